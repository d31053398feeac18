"""What views of organisations, links and goals answer."""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from cluster_data import charts
from cluster_data.cluster import Cluster
from cluster_data.document import Chart, Table
from cluster_data.measures import (
    findings,
    goals,
    indicators,
    pace,
)
from cluster_data.scenes.view import ROWS, Answer, Picture, View


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
