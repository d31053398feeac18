"""What each D holds: records by D, how Ds overlap, firms by stage and other sorts, and by area."""

from functools import partial

import pandas as pd

from cluster_data import charts
from cluster_data.document import Chart
from cluster_data.filters import Filter
from cluster_data.measures import captions, counts, findings
from cluster_data.views.page import Page, Parameter
from cluster_data.views.parts import firms_of_choice

SPLIT = Parameter("split", "Split firms by", counts.SPLITS_OF_FIRMS)
PARAMETERS = (SPLIT,)


def view(page: Page) -> None:
    """Records by D first, then the firms alone."""
    cluster, chosen, source = page.cluster, page.chosen.but(kinds=()), page.source()
    by_d, split = counts.by_d(cluster, chosen), page.one_of(SPLIT)
    page.headline(findings.which_d_leads(cluster, chosen))
    page.small(captions.overlap_note(page.chosen))
    sorts = {sort: label for sort, label in cluster.plurals("sort").items() if sort in by_d}
    page.chart(
        "by_d",
        partial(charts.by_d_chart, by_d, sorts),
        counts.by_d_in_words(cluster, by_d),
        f"Records by D: {chosen.words(cluster)}",
        source,
        "ds",
    )
    left, right = page.columns(1, 1)
    with page.within(left):
        _matches(page, chosen, by_d)
    with page.within(right):
        page.heading(findings.how_many_span(cluster, chosen))
        spanning = counts.firms_spanning(cluster, chosen).reset_index()
        page.table(spanning, "Firms with both of two Ds", "ds", f"{captions.SPANNING} {source}")
        page.hint(f"{captions.SPANNING} {source}")
    _split(page, chosen, split)
    _by_area(page, chosen)
    _jobs(page, chosen)
    firms_of_choice(page, chosen)
    page.on_stage(_scene(page, chosen, by_d), statement=chosen.statement(cluster))


def _matches(page: Page, chosen: Filter, by_d: pd.DataFrame) -> None:
    cluster = page.cluster
    page.heading(findings.how_match_matters(cluster, chosen))
    compared = counts.matches_compared(cluster, chosen)
    page.chart(
        "matches",
        lambda ground: charts.matches_compared_chart(compared, by_d[ground.d_column], ground),
        compared.drop(columns="d").rename(columns={"label": "D", "any": "Any D", "primary": "Primary D"}),
        f"Firms by any D and by primary D: {chosen.words(cluster)}",
        f"Firms. Open mark: the D is any of the firm’s Ds; filled: its primary D. {page.source()}",
        "ds",
    )


def _split(page: Page, chosen: Filter, cut: str) -> None:
    split = counts.firms_split(page.cluster, chosen, cut, page.cluster.pack.as_of.year)
    page.heading(captions.split_finding(split, cut))
    page.boxes(SPLIT)
    page.chart(
        "split",
        partial(charts.shares_chart, split),
        split.rename(columns={"label": cut.capitalize(), "all": "All firms"}),
        f"Firms by {cut}: {chosen.words(page.cluster)}",
        f"Firms; each counts once. Outlined bar: not known. {page.source()}",
    )


def _by_area(page: Page, chosen: Filter) -> None:
    page.heading(findings.where_firms_are(page.cluster, chosen))
    areas = counts.firms_by_area(page.cluster, chosen).query("all > 0")
    page.chart(
        "areas",
        partial(charts.shares_chart, areas),
        counts.firms_by_area_in_words(areas),
        f"Firms by area: {chosen.words(page.cluster)}",
        f"Firms; areas without any are left out. Outlined bar: area not known. {page.source()}",
        "areas",
    )


def _jobs(page: Page, chosen: Filter) -> None:
    jobs = counts.head_counts(page.cluster, chosen)
    page.heading(captions.jobs_known(page.cluster, chosen))
    page.small("Years and scopes differ, and some figures are worldwide, so they are never added up.")
    label = "The firms with a known number of employees"
    page.table(counts.head_counts_in_words(jobs), label, folded=label)


def _scene(page: Page, chosen: Filter, by_d: pd.DataFrame) -> Chart:
    """The firms alone, whatever they are split by."""
    return Chart(
        f"Firms by D: {chosen.words(page.cluster)}",
        f"Firms. {captions.firms_overlap(chosen)} {page.source()}",
        partial(charts.by_d_chart, by_d, {"company": page.cluster.plurals("sort")["company"]}),
        lambda: by_d[["label", "company"]].set_axis(["D", "Firms"], axis=1),
    )
