"""What views of counted records answer: how many, where, of which D, at which stage, how old."""

from dataclasses import replace
from functools import partial

from cluster_data import charts, map_parts, words
from cluster_data.cluster import Cluster
from cluster_data.document import Chart, Map, Table
from cluster_data.filters import Filter
from cluster_data.measures import area_words, areas, captions, counts, coverage, findings, organisations, places
from cluster_data.scenes.view import BARS, ROWS, Answer, View, place_of

COUNTED = ("company", "university", "trust", "asset", "offer")
WITHIN = ("10", "2", "5", "20", "40")
DENSITY = "firms per 100,000 residents"


def overview(view: View) -> Answer:
    """How big the cluster is: records by sort."""
    cluster, chosen = view.cluster, view.chosen.but(kinds=())
    firms = words.count(chosen.keeps_of(cluster, "company").sum(), area_words.firm_noun(cluster, chosen))
    rows = counts.by_sort(cluster, chosen)
    rows = rows[rows["sort"].isin(COUNTED)].rename(columns={"records": "all"})
    picture = Chart(
        f"Records by kind: {chosen.words(cluster, 'records')}",
        f"Records; each counts once in its kind. {captions.source_line(cluster)}",
        partial(charts.shares_chart, rows),
        lambda: rows[["label", "all"]].set_axis(["Kind", "Records"], axis=1),
    )
    return Answer(f"{firms}, {findings.company_kept(cluster, chosen)}", picture, chosen.counted(cluster))


def on_map(view: View) -> Answer:
    """Where firms are, or what lies near a place, or where firms are dense."""
    cluster, chosen = view.cluster, view.chosen
    show = view.one_of_labels("show", ("organisations", DENSITY))
    place, within = place_of(view), float(view.one_of_labels("within", WITHIN, WITHIN[0]))
    if place:
        return _near(view, place, within, show == DENSITY)
    if show == DENSITY:
        return _density(view)
    picture = _map(cluster, chosen.but(kinds=("company",)) if chosen.keeps_firms() else chosen)
    return Answer(findings.map_finding(cluster, chosen), picture, chosen.statement(cluster))


def _near(view: View, place: places.Place, within: float, shaded: bool) -> Answer:
    """What lies within a circle round a place."""
    cluster, chosen = view.cluster, view.chosen
    near, circle = places.near(cluster, chosen, place, within), map_parts.circle(place, within)
    picture = map_parts.map_of_density(cluster, chosen, circle)
    if not shaded:
        picture = replace(
            map_parts.map_of_organisations(cluster, chosen, circle),
            note=_note(cluster, chosen),
            rows=lambda: organisations.near_in_words(cluster, near),
        )
    statement = captions.near_statement(cluster, chosen, place, within, near)
    return Answer(findings.map_finding(cluster, chosen, place, within, near), picture, statement)


def _note(cluster: Cluster, chosen: Filter) -> str:
    return f"{captions.map_key_in_short(cluster, chosen)} {captions.source_line(cluster)}"


def _map(cluster: Cluster, chosen: Filter) -> Map:
    return Map(
        alt=captions.map_in_words(cluster, chosen),
        note=_note(cluster, chosen),
        points=lambda: places.points(cluster, chosen),
        bubbles=lambda: places.bubbles(cluster, chosen),
        rows=lambda: counts.firms_by_area_in_words(counts.firms_by_area(cluster, chosen)),
        outlined=tuple(places.outlined(cluster)),
        seen=tuple(sorted(chosen.area_codes(cluster))),
    )


def _density(view: View) -> Answer:
    cluster, chosen = view.cluster, view.chosen.but(kinds=())
    found, picture = findings.map_finding(cluster, chosen, dense=True), map_parts.map_of_density(cluster, chosen)
    return Answer(found, picture, chosen.statement(cluster))


def by_d(view: View) -> Answer:
    """Which Ds have most firms."""
    cluster, chosen = view.cluster, view.chosen.but(kinds=())
    rows = counts.by_d(cluster, chosen)
    picture = Chart(
        f"Firms by D: {chosen.words(cluster)}",
        f"Firms. {captions.firms_overlap(chosen)} {captions.source_line(cluster)}",
        partial(charts.by_d_chart, rows, {"company": cluster.plurals("sort")["company"]}),
        lambda: rows[["label", "company"]].set_axis(["D", "Firms"], axis=1),
    )
    return Answer(findings.which_d_leads(cluster, chosen), picture, chosen.statement(cluster))


def area(view: View) -> Answer:
    """What one area holds, or which areas hold most."""
    cluster, chosen = view.cluster, areas.of_region(view.chosen)
    only = view.chosen.areas[0] if len(view.chosen.areas) == 1 else ""
    asked = view.one_of_labels("in", cluster.area_codes, only)
    if asked:
        here = areas.of_area(chosen, asked)
        picture = replace(map_parts.map_of_area(cluster, chosen, asked), note=_note(cluster, here))
        return Answer(area_words.title(cluster, chosen, asked), picture, here.counted(cluster))
    rows = counts.firms_by_area(cluster, view.chosen).query("all > 0")
    more = f"The first {BARS} of {len(rows)} areas with firms. " if len(rows) > BARS else ""
    chart = Chart(
        f"Firms by area: {view.chosen.words(cluster)}",
        f"{more}Firms; each counts once. {captions.source_line(cluster)}",
        partial(charts.shares_chart, rows.head(BARS)),
        lambda: counts.firms_by_area_in_words(rows),
    )
    return Answer(findings.where_firms_are(cluster, view.chosen), chart, view.chosen.statement(cluster))


def not_known(view: View) -> Answer:
    """How old the data is, and how much of it is undated."""
    cluster, chosen = view.cluster, view.chosen
    rows = coverage.ages_in_words(coverage.ages(cluster, chosen))
    left_out = f"; the first {ROWS} of {len(rows)} kinds" if len(rows) > ROWS else ""
    picture = Table(
        "Records by age of their newest source",
        lambda: rows.head(ROWS),
        f"Records by the year of their newest source{left_out}. {captions.source_line(cluster)}",
    )
    return Answer(findings.how_old(cluster, chosen).said.rstrip(","), picture, chosen.statement(cluster))
