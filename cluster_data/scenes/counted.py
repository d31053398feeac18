"""What views of counted records answer: how many, where, of which D, at which stage, how old."""

from dataclasses import replace
from functools import partial

from cluster_data import charts, map_parts, words
from cluster_data.cluster import Cluster
from cluster_data.document import Chart, Table
from cluster_data.filters import Filter
from cluster_data.measures import area_words, areas, captions, counts, coverage, findings, invest
from cluster_data.scenes.view import BARS, ROWS, Answer, View

OF_A_FIRM = ("Stage", "Ds", "Funding seen")


def _note(cluster: Cluster, chosen: Filter) -> str:
    return f"{captions.map_key_in_short(cluster, chosen)} {captions.source_line(cluster)}"


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
