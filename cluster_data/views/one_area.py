"""What is in one place, part by part: firms by D, who is there, help in reach, links, places like it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd

from cluster_data.document import Heading, PageLink, Text
from cluster_data.elements import Bar, Group
from cluster_data.findings import area_words, captions, compared, headlines
from cluster_data.findings.help_words import least_help
from cluster_data.measures import areas, organisations
from cluster_data.measures.rates import FEW
from cluster_data.measures.spots import sites_in_words
from cluster_data.model import words
from cluster_data.model.filters import Filter
from cluster_data.model.wording import with_types
from cluster_data.model.words import sentences
from cluster_data.palette import GLYPHS, Palette
from cluster_data.views.page import Page, Parameter

IN = Parameter("in", "Area", hint="Choose an area or a group of areas", entry=True)
NAMED = 4


def parts(page: Page, chosen: Filter, area: str) -> None:
    """The parts of one place, after what it has in common with others."""
    _firms_by_d(page, chosen, area)
    _who_is_in(page, chosen, area)
    _help(page, chosen, area)
    _links(page, chosen, area)
    _similar(page, chosen, area)


def _firms_by_d(page: Page, chosen: Filter, area: str) -> None:
    """The firms of an area by D, each beside the region's, with a bar against all firms of the area."""
    cluster = page.cluster
    page.heading(headlines.which_d_leads(cluster, areas.of_area(chosen, area)))
    if not areas.of_one(cluster, chosen, area)["company"]:
        return
    by_d = area_words.d_beside_region(cluster, chosen, area)
    taken = by_d[["label", "firms", "said"]].rename(columns={"label": "D", "firms": "Firms", "said": "Said"})
    with page.only("files"):
        page.table(taken, f"Firms of {area} by D")
    with page.only("screen"):
        with page.group("grid", most=4, width=150):
            page.add(*map(_tile, by_d.to_dict("records")))
        few = areas.of_one(cluster, chosen, area)["company"] < FEW
        note, overlap = area_words.WHY_NO_PERCENTAGE if few else "", captions.overlap_note(page.chosen)
        page.small(sentences("A full bar is all firms of the area.", note, overlap, page.source()))


def _tile(row: dict[str, Any]) -> Group:
    def colour(ground: Palette) -> str:
        return str(row[ground.d_column])

    name = Heading(f"{GLYPHS[row['symbol']]} {row['label']} {row['firms']:,}", 3)
    said = Text(words.first_upper(row["said"]), "small")
    return Group("card", [name, Bar(row["firms"], row["total"], colour), said])


def _who_is_in(page: Page, chosen: Filter, area: str) -> None:
    """The organisations of an area by name, with links to their profiles, and all of them as a list."""
    cluster = page.cluster
    rows = areas.who_is_in(cluster, chosen, area)
    page.heading(headlines.who_is_linked(cluster, rows, area))
    if rows.empty:
        return
    with page.only("screen"):
        types = ("company", "asset"), ("university", "trust", "board")
        for place, several in zip(page.columns(1, 1), types, strict=True):
            with page.within(place):
                for record_type in several:
                    _named(page, record_type, rows[rows["record_type"] == record_type])
    sites = areas.sites_in(cluster, chosen, area)
    if len(sites):
        page.heading(f"{sites_in_words(cluster, cluster.records.iloc[sites['row']])} here", 3)
        page.hint("NHS bodies stand in an area by their head office or by a site of theirs; these are the sites.")
        page.records(organisations.sites_in_words(cluster, sites), f"NHS sites in {area}", folded="The sites")
    listed, folded = partial(organisations.directory, cluster), f"All {len(rows):,} as a list"
    page.listed(listed, rows, f"Organisations in {area}", folded=folded)


def _named(page: Page, record_type: str, rows: pd.DataFrame) -> None:
    """How many of a type there are, and the first by name."""
    one, several = (
        words.noun(of[record_type]) for of in (page.cluster.labels("record_type"), page.cluster.plurals("record_type"))
    )
    none = f"No {one} {'of this choice' if page.chosen.is_limited() else 'is placed here'}"
    page.text("", words.count(len(rows), one, several) if len(rows) else none)
    first = rows.head(NAMED)
    with page.group("close"):
        for record, name in zip(first["id"], first["name"], strict=True):
            page.link("Organisations", name, "domain", org=record)
    if len(rows) > NAMED:
        page.small(f"The first {NAMED} by name; {len(rows) - NAMED:,} more in the list below.")


def _help(page: Page, chosen: Filter, area: str) -> None:
    """Help that reaches an area, challenge by challenge, beside the region's."""
    cluster = page.cluster
    least = areas.help_beside_region(cluster, chosen, area)
    page.heading(least_help(least) if len(least) else "No challenge is on record")
    rows = area_words.help_in_words(cluster, chosen, area)
    if len(rows):
        led = [{"challenge": challenge, "area": [area]} for challenge in rows["challenge"]]
        about = f"Help per challenge in {area} beside the region"
        with page.group("folded", label=f"All {len(rows):,} challenges, with the help for each"):
            page.table(rows, about, "challenges", leads=leads_of("Challenges", rows["Challenge"], led))
            counted = with_types(cluster, "{offers} that reach the area or a part of it, and {assets} that stand in it")
            page.hint(
                f"{words.first_upper(counted)}; what is both counts once. A challenge opens in a new tab, with its "
                f"help for this area. {page.source()}"
            )
    page.text(area_words.reach(cluster, chosen, area))
    if len(areas.offers_by_reach(cluster, chosen, area)):
        offers = cluster.plurals("record_type")["offer"]
        page.link("Organisations", f"{offers} that reach {area}", area=[area], kind=[offers])


def leads_of(page: str, labels: pd.Series, asked: Sequence[dict[str, Any]]) -> tuple[PageLink, ...]:
    """The views of a page that the cells of a table's first column lead to."""
    return tuple(PageLink(page, label, of) for label, of in zip(labels, asked, strict=True))


def _links(page: Page, chosen: Filter, area: str) -> None:
    """The links of an area: how many lead out of it, by kind, and one by one with their sources when asked for."""
    cluster = page.cluster
    page.heading(area_words.links_finding(cluster, chosen, area))
    by_kind = area_words.links_by_kind_in_words(cluster, chosen, area)
    if by_kind.empty:
        page.text(area_words.links_note(cluster, chosen, area))
        return
    page.table(by_kind, f"Links of {area} by kind and place of the other end", "links", folded="The links by kind")
    one_by_one = partial(area_words.links_in_words, cluster, chosen, area)
    page.table(one_by_one, f"Links of {area}", "links", folded="The links one by one, with their sources")
    page.small(area_words.links_note(cluster, chosen, area))


def _similar(page: Page, chosen: Filter, area: str) -> None:
    """The areas most like one, with links that open them, and what likeness means."""
    cluster = page.cluster
    page.heading(compared.similar_finding(cluster, chosen, area))
    alike = compared.similar_in_words(cluster, chosen, area)
    if not alike:
        return
    for other, said in alike:
        page.text(said, lead=f"{other}.")
        with page.group("row"):
            page.link("Areas", f"Open {other}", "location_city", **{IN.name: other})
            page.link("Areas", f"{area} beside {other}", "compare_arrows", **{IN.name: [area, other]})
    page.small(sentences(compared.LIKENESS, area_words.residents_source(cluster), page.source()))
    in_order = partial(compared.similar_table, cluster, chosen, area)
    page.table(in_order, f"Areas like {area}", "areas", folded="All of its kind in order of likeness")
