"""What views of challenges, help, organisations, links and goals answer."""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from cluster_data import charts, words
from cluster_data.cluster import Cluster
from cluster_data.document import Chart, Table
from cluster_data.measures import (
    captions,
    findings,
    goals,
    help,
    indicators,
    pace,
    reasons,
    support,
)
from cluster_data.scenes.view import ROWS, Answer, Picture, View, place_of


def challenges(view: View) -> Answer:
    """Where help is missing, or what a challenge or a cell of the heat map holds."""
    cluster, chosen = view.cluster, view.chosen
    lens = help.LENS[view.one_of_labels("lens", help.LENS, help.LENSES[0].name)]
    by = view.one_of_labels("by", lens.splits, lens.splits[0])
    grid = help.challenge_grid(cluster, chosen, lens.name, by)
    challenge = view.one_of("challenge", help.challenge_labels(grid))
    column = view.one_of("column", dict(zip(grid["column"], grid["label"], strict=True)))
    few, how = _thinnest(grid, lens, challenge), captions.how_split(lens, by)
    picture = Chart(
        f"{words.first_upper(lens.name)} by challenge and {by}: {chosen.words(cluster)}",
        f"{words.first_upper(lens.unit)} {_which_rows(grid, few)}. {how} {captions.source_line(cluster)}",
        lambda ground: charts.challenge_grid_chart(few, ground, (challenge or None, column or None)),
        lambda: help.grid_in_words(grid),
    )
    finding = captions.challenges_finding(cluster, chosen, grid, lens, by, challenge or None, column or None)
    return Answer(finding, picture, chosen.statement(cluster))


def _thinnest(grid: pd.DataFrame, lens: help.Lens, challenge: str) -> pd.DataFrame:
    """What an audience can read of the heat map: the rows with the thinnest cells and the challenge asked for."""
    least = grid["value"].fillna(float("inf")).mul(-1) if lens.divides else grid["value"].fillna(0)
    order = least.groupby(grid["challenge"], sort=False).min().sort_values(kind="stable").index
    first = [*([challenge] if challenge else []), *(other for other in order if other != challenge)][:ROWS]
    return grid[grid["challenge"].isin(first)]


def _which_rows(grid: pd.DataFrame, few: pd.DataFrame) -> str:
    shown, all_of_them = few["challenge"].nunique(), grid["challenge"].nunique()
    return "for each challenge" if shown == all_of_them else f"for {shown} of {all_of_them} challenges"


def find_support(view: View) -> Answer:
    """Who could help with a need: the first of the list."""
    cluster, chosen = view.cluster, view.chosen
    need = support.Need(
        view.one_of("need", reasons.can_be_asked(cluster)),
        view.one_of("help_stage", cluster.labels("offer_stage")),
        place_of(view),
        view.one_of("theme", reasons.themes(cluster)),
    )
    chosen = chosen.but(ended=view.one_of_labels("ended", ("left out", "listed too")) == "listed too")
    found = support.ranked(cluster, chosen, need)
    listed = reasons.list_in_words(cluster, chosen, need, found.head(ROWS))
    shown = f"The first {ROWS} of {len(found):,}, in the order of the page Find support. " if len(found) > ROWS else ""
    picture = Table(
        f"Help {reasons.asked_in_words(cluster, chosen, need)}".strip(),
        lambda: listed[["Name", "Where"]],
        f"{shown}{captions.source_line(cluster)}",
    )
    return Answer(reasons.finding(cluster, chosen, need), picture, chosen.statement(cluster))


def growth(view: View) -> Answer:
    """What a goal asks for, or where the region stands among others."""
    cluster, statement = view.cluster, indicators.about_region(view.cluster)
    metric = view.one_of("metric", indicators.complete_series(cluster))
    if metric:
        return _regions(cluster, metric, statement)
    measures = pace.measures(cluster)
    if not measures:
        rows = findings.headline_figures(cluster)[["name", "figure", "period"]]
        table = Table("Published figures", lambda: rows.set_axis(["What", "Figure", "Period"], axis=1).head(ROWS))
        return Answer(goals.nothing_to_reach(cluster), table, statement)
    counting = _counting(view, measures)
    picture = _way(cluster, counting)
    if isinstance(picture, Chart):  # of the one goal that has a year
        view.read.difference_update(("since", "until"))
    return Answer(goals.target_finding(cluster, counting), picture, statement)


def _counting(view: View, measures: Mapping[str, str]) -> pace.Counting:
    measure = view.one_of("measure", measures, next(iter(measures)))
    known = pace.baseline_labels(view.cluster, measure)
    starts, ends = pace.years_offered(view.cluster)
    return pace.Counting(
        measure,
        view.one_of("baseline", known, next(iter(known), "")) or None,
        int(view.one_of("since", starts, list(starts)[-1])),
        int(view.one_of("until", ends, pace.goal_year(view.cluster))),
    )


def _way(cluster: Cluster, counting: pace.Counting) -> Picture:
    way, heading = goals.path(cluster, counting), goals.path_finding(cluster, counting)
    if way.empty:
        table = goals.goals_table(cluster, counting)
        return Table(
            "Goals",
            lambda: table[["Goal", "Figure", "A year"]].head(ROWS),
            _by(pace.paces(cluster, counting)["source"]),
        )
    others = " Open marks: other sources." if (way["role"] == "other").any() else ""
    return Chart(
        heading,
        f"Filled mark: the baseline.{others} Bar at the end: with the goal; dotted: a straight line, not a forecast. "
        f"{_by(way['source'].iloc[::-1])}",
        partial(charts.path_chart, way),
        lambda: goals.path_in_words(way),
    )


def _by(sources: pd.Series) -> str:
    """The first source in words: a stage has no room for all, the page names them."""
    more = "; the page names the others" if len(set(sources)) > 1 else ""
    return f"Source: {sources.iloc[0]}{more}."


def _regions(cluster: Cluster, metric: str, statement: str) -> Answer:
    rows, finding = indicators.compared(cluster, metric), indicators.region_finding(cluster, metric)
    first = rows.head(ROWS)
    if not first["own"].any():
        first = pd.concat([rows.head(ROWS - 1), rows[rows["own"]]])
    picture = Table(
        finding,
        lambda: indicators.compared_in_words(first),
        f"{len(first)} of {len(rows)} regions. Source: {indicators.series_cited(cluster, metric)}.",
    )
    return Answer(finding, picture, statement)
