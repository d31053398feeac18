"""What views of organisations, links and goals answer."""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from cluster_data import charts, words
from cluster_data.cluster import Cluster
from cluster_data.document import Chart, Table
from cluster_data.formats import NOT_KNOWN
from cluster_data.measures import (
    captions,
    citations,
    counts,
    findings,
    goals,
    indicators,
    network,
    network_words,
    organisations,
    pace,
    profiles,
)
from cluster_data.scenes.view import ROWS, Answer, Picture, View

ANY_KIND = "any kind"
ROOM, MOST_DRAWN, SOURCES = (360, 235), 80, 2
COLOURS = "Violet: academic; orange: business; blue: clinical; grey: none of these."


def organisation(view: View) -> Answer:
    """Who is here, or what is known of one organisation."""
    cluster, chosen = view.cluster, view.chosen
    record = view.one_of("org", organisations.names(cluster))
    if record:
        return _profile(cluster, record)
    rows = counts.by_sort(cluster, chosen)
    picture = Table(
        f"Records by kind: {chosen.words(cluster, 'records')}",
        lambda: rows.loc[rows["records"] > 0, ["label", "records"]].set_axis(["Kind", "Records"], axis=1).head(ROWS),
        captions.source_line(cluster),
    )
    return Answer(findings.who_is_here(cluster, chosen), picture, chosen.statement(cluster))


def _profile(cluster: Cluster, record: str) -> Answer:
    first = profiles.records_of(cluster, record).iloc[0]
    facts = profiles.facts(cluster, first["sort"], record)
    facts = facts[facts["Said"] != NOT_KNOWN]
    does = f": {words.first_lower(first['summary'])}" if isinstance(first["summary"], str) else ""
    sure, _ = captions.how_sure(cluster, first["confidence"], first["year"])
    cited = [one.short for one in citations.of_records(cluster, cluster.records.loc[[first.name]])]
    more = f" and {words.count(len(cited) - SOURCES, 'more', 'more')}" if len(cited) > SOURCES else ""
    sure = f"{sure} {captions.how_founded(cluster, int(str(first.name)))}".rstrip()
    source = f"Source: {'; '.join(cited[:SOURCES])}{more}. " if cited else ""
    picture = Table(
        f"Facts of {first['name']}",
        lambda: facts.head(ROWS),
        f"{source}{sure}",
    )
    return Answer(f"{first['name']}{does}", picture, profiles.profile_in_words(cluster, record))


def connections(view: View) -> Answer:
    """Who is linked with whom, in the whole network, around one organisation, or between two."""
    cluster, chosen = view.cluster, view.chosen
    kind = view.one_of("link", {"": ANY_KIND, **cluster.labels("link_kind")})
    around, start, end = (view.one_of(key, organisations.names(cluster)) for key in ("around", "from", "to"))
    if start and end:
        view.read.discard("around")
        return _path(cluster, start, end, kind)
    drawn, lines = _few(network.drawn(cluster, chosen, kind), network.lines(cluster, chosen, kind), around)

    def links() -> pd.DataFrame:
        if around:
            return network_words.links_around(cluster, around, kind)
        return network_words.links_in_words(cluster, chosen, kind)

    picture: Picture = Table("Links", lambda: links().head(ROWS), captions.source_line(cluster))
    if len(drawn):
        picture = Chart(
            f"Network of links: {chosen.words(cluster, 'records')}",
            f"{_what_is_drawn(cluster, drawn, around)} {COLOURS} {captions.source_line(cluster)}",
            lambda ground: charts.network_chart(drawn, lines, cluster.plurals("sort"), ground, around or None, ROOM),
            links,
        )
    return Answer(network_words.finding(cluster, chosen, kind, around or None), picture, chosen.counted(cluster))


def _few(drawn: pd.DataFrame, lines: pd.DataFrame, around: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The organisations that an audience can tell apart, spread over the picture, and the lines between them.

    Those linked with one organisation, or those linked with most.
    """
    own = lines[(lines["one"] == around) | (lines["other"] == around)]
    rows = drawn[drawn["id"].isin({around, *own["one"], *own["other"]})] if around else drawn.head(MOST_DRAWN)
    for axis in ("x", "y"):
        least, most = rows[axis].min(), rows[axis].max()
        rows = rows.assign(**{axis: (rows[axis] - least) / (most - least) if most > least else 0.5})
    return rows, lines[lines["one"].isin(rows["id"]) & lines["other"].isin(rows["id"])]


def _what_is_drawn(cluster: Cluster, drawn: pd.DataFrame, around: str) -> str:
    if around:
        return f"Drawn: {organisations.names(cluster)[around]} and those it is linked with."
    return f"Drawn: {words.count(len(drawn), 'organisation')}, those linked with most."


def _path(cluster: Cluster, start: str, end: str, kind: str) -> Answer:
    steps = network.path(cluster, start, end, kind)
    picture = Table(
        "The steps of the shortest way",
        lambda: steps[["one_name", "said", "other_name"]].set_axis(["From", "Link", "To"], axis=1).head(ROWS),
        f"The shortest way, through the whole network. {captions.source_line(cluster)}",
    )
    named = organisations.names(cluster)
    statement = f"From {named[start]} to {named[end]}, whatever the filter"
    return Answer(network_words.path_finding(cluster, start, end, kind), picture, statement)


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
