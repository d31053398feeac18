"""What views of counted records answer: how many, where, of which D, at which stage, how old."""

from functools import partial

from cluster_data import charts, words
from cluster_data.cluster import Cluster
from cluster_data.document import Chart, Table
from cluster_data.filters import Filter

OF_A_FIRM = ("Stage", "Ds", "Funding seen")


def _note(cluster: Cluster, chosen: Filter) -> str:
    return f"{captions.map_key_in_short(cluster, chosen)} {captions.source_line(cluster)}"


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
