"""How big the cluster is, and where its weight lies."""

from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from cluster_data.document import Chart, Map
from cluster_data.drawing import charts
from cluster_data.findings import area_words, captions, headlines
from cluster_data.measures import counts, places
from cluster_data.model import words
from cluster_data.model.cluster import KINDS_OF_HELP, Cluster, remembered
from cluster_data.model.filters import Filter, open_to_every_d
from cluster_data.model.wording import counted_in_words
from cluster_data.palette import GLYPHS, Palette
from cluster_data.views.page import Page, Parameter
from cluster_data.views.parts import figures, nothing_kept

PARAMETERS: tuple[Parameter, ...] = ()
ICON = "home"
OF_A_SCENE = ("company", "university", "trust", "asset", "offer")


def view(page: Page) -> None:
    """The Ds, then where firms are beside what is worth knowing, then what the region says of itself."""
    cluster, chosen = page.cluster, page.chosen
    page.headline(headlines.which_d_leads(cluster, chosen), f", {headlines.company_kept(cluster, chosen)}.")
    if not nothing_kept(page, chosen):
        _ds(page, chosen.but(kinds=()))
        _where(page, chosen)
    page.heading("What the region says of itself")
    figures(page, headlines.headline_figures(cluster), "What the region says of itself", notes=True)
    with page.group("row"):
        page.link("Growth", "How far the targets are")
        page.link("Areas", "What your place looks like")
        page.link("Find_support", "Who can help with a need")
    _scene(page, chosen.but(kinds=()))


def _where(page: Page, chosen: Filter) -> None:
    """Where firms are, beside what is worth knowing."""
    cluster = page.cluster
    where, worth = page.columns(3, 2)
    with page.within(where):
        page.subheading(headlines.where_firms_are(cluster, chosen), 2)
        page.add(_firms(cluster, chosen))
    with page.within(worth):
        page.heading("Worth knowing")
        for finding in headlines.worth_knowing(cluster, chosen):
            with page.group("card"):
                page.text(finding.detail, lead=finding.said)
                page.link(finding.page, finding.invitation, **finding.parameters)


def _ds(page: Page, chosen: Filter) -> None:
    cluster, by_d = page.cluster, counts.by_d(page.cluster, chosen)
    helping = chosen.in_each_kind(cluster) & cluster.holds("record_type", KINDS_OF_HELP)
    named, for_any = chosen.record_ds(cluster), np.flatnonzero(helping & open_to_every_d(cluster))
    named = named[helping[named["row"]]]

    def counted(rows: np.ndarray) -> str:
        return words.listing(counted_in_words(cluster, rows, KINDS_OF_HELP))

    firms = words.first_upper(words.plural(area_words.firm_noun(page.cluster, page.chosen)))
    with page.only("screen"), page.group("grid", most=4, width=150):
        for row in by_d.itertuples():
            meant = counted(named.loc[named["d"] == row.d, "row"].to_numpy())
            with page.group("card"):
                page.heading(f"{GLYPHS[row.symbol]} {row.label} {row.company:,}", 3)
                page.bar(row.company, by_d["company"].max(), partial(_colour, row))
                page.small(f"{firms}. Help meant for this D: {meant}")
                page.link("Four_Ds", "By area", d=[row.label])
    page.small(f"{captions.overlap_note(chosen)} Open to every D: {counted(for_any)}. {page.source()}")
    page.table(
        partial(counts.by_d_in_words, page.cluster, by_d),
        f"Records by D: {page.chosen.words(page.cluster)}",
        "ds",
        folded="The same as a table",
        key="by_d",
    )


def _colour(row: Any, ground: Palette) -> str:
    return str(getattr(row, ground.d_column))


@remembered
def _firms(cluster: Cluster, chosen: Filter) -> Map:
    """The firms of a choice in the whole region."""
    firms = chosen.but(kinds=("company",))
    return Map(
        alt=captions.map_in_words(cluster, chosen),
        note=f"{captions.map_key(cluster, chosen)} {captions.source_line(cluster)}",
        points=partial(places.points, cluster, firms),
        bubbles=partial(places.bubbles, cluster, firms),
        rows=lambda: counts.firms_by_area_in_words(counts.firms_by_area(cluster, chosen)),
        outlined=tuple(places.outlined(cluster)),
        drawn="region",
        about=f"Firms by area: {chosen.words(cluster)}",
    )


def _scene(page: Page, chosen: Filter) -> None:
    """Records by type."""
    cluster = page.cluster

    def rows() -> pd.DataFrame:
        found = counts.by_type(cluster, chosen)
        return found[found["record_type"].isin(OF_A_SCENE)].rename(columns={"records": "all"})

    picture = Chart(
        f"Records by kind: {chosen.words(cluster, 'records')}",
        f"Records; each counts once in its kind. {page.source()}",
        lambda ground: charts.shares_chart(rows(), ground),
        lambda: rows()[["label", "all"]].set_axis(["Kind", "Records"], axis=1),
    )
    firms = words.count(chosen.keeps_of(cluster, "company").sum(), area_words.firm_noun(cluster, chosen))
    finding = f"{firms}, {headlines.company_kept(cluster, chosen)}"
    page.on_stage(picture, finding=finding, statement=chosen.counted(cluster))
