"""What views of counted records answer: how many, where, of which D, at which stage, how old."""

from dataclasses import replace
from functools import partial

from cluster_data import charts, map_parts, words
from cluster_data.cluster import Cluster
from cluster_data.document import Chart, Map, Table
from cluster_data.filters import Filter
from cluster_data.measures import area_words, captions, counts, findings, invest, organisations, places
from cluster_data.scenes.view import Answer, View, place_of

COUNTED = ("company", "university", "trust", "asset", "offer")
WITHIN = ("10", "2", "5", "20", "40")
DENSITY = "firms per 100,000 residents"
OF_A_FIRM = ("Stage", "Ds", "Funding seen")


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


def investing(view: View) -> Answer:
    """What an investor finds: firms by stage, or those of a shortlist."""
    cluster, chosen = view.cluster, view.chosen.but(kinds=())
    if picks := view.several_of("pick", invest.firm_names(cluster))[: invest.MOST_PICKED]:
        return _shortlist(cluster, picks)
    rows = invest.by_stage(cluster, chosen)
    picture = Chart(
        f"Firms by stage: {chosen.words(cluster)}",
        f"Firms by stage; each counts once. Outlined bar: not known. {captions.source_line(cluster)}",
        partial(charts.shares_chart, rows.rename(columns={"firms": "all"})),
        lambda: invest.by_stage_in_words(rows),
    )
    return Answer(invest.finding(cluster, chosen), picture, chosen.statement(cluster))


def _shortlist(cluster: Cluster, picks: list[str]) -> Answer:
    rows = invest.side_by_side(cluster, picks).set_index("Fact").loc[list(OF_A_FIRM)].T
    rows = rows.replace(invest.SEE_NOTE, invest.SUM_NOT_KNOWN)
    listed = words.listing(rows.index)
    picture = Table(
        f"Shortlist of {listed}", lambda: rows.rename_axis("Firm").reset_index(), captions.source_line(cluster)
    )
    return Answer(f"Shortlist: {listed}", picture, f"{words.count(len(rows), 'firm')}, whatever the filter")
