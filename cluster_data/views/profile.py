"""One record: what it is, every fact beside its sources, its links in words, the nearest help."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd

from cluster_data import words
from cluster_data.cluster import TABLE_OF_SORT
from cluster_data.document import Link, Table, Text
from cluster_data.elements import Copy, Site
from cluster_data.formats import NOT_KNOWN, typed
from cluster_data.formats import Link as Address
from cluster_data.measures import captions, citations, organisations, profiles, reasons
from cluster_data.views.page import OF_A_SCENE, Page, Parameter

SOURCES_OF_A_SCENE = 2
ORDER_OF_HELP = (
    "The first research assets, then the first support offers open to it, in the order of Find support: what is known "
    "to be open first, then assets of its own authority, then by how far an offer reaches, by status, and by distance."
)


def fill(page: Page, record: str, back: Link) -> None:
    """The profile of a record, for all tables it stands in, with the way back to all."""
    cluster, rows = page.cluster, profiles.records_of(page.cluster, record)
    first = rows.iloc[0]
    stated = profiles.profile_in_words(cluster, record)
    page.headline(first["name"], about=stated, said=stated)
    page.add(back)
    for summary in rows["summary"].dropna().drop_duplicates():
        page.text(summary)
    for row in rows.itertuples():
        said, old = captions.how_sure(cluster, row.confidence, row.year)
        said = f"{said} {captions.how_founded(cluster, row.Index)}".rstrip()
        named = f"{cluster.labels('sort')[row.sort]}. {said}" if len(rows) > 1 else said
        page.add(Text(named, "warning" if old else "small"))
    with page.group("row"):
        _ways_out(page, record, first)
    facts, ties = page.columns(3, 2)
    with page.within(facts):
        for sort in rows["sort"]:
            _facts(page, sort, record, len(rows) > 1)
        _sites(page, record)
    with page.within(ties):
        _links(page, record)
        _nearest_help(page, record)
        _neighbours(page, record)


def on_stage(page: Page, record: str, shows: Sequence[Parameter]) -> None:
    """What a scene shows of a record: what it does, and its first facts."""
    cluster = page.cluster
    first = profiles.records_of(cluster, record).iloc[0]
    does = f": {words.first_lower(first['summary'])}" if isinstance(first["summary"], str) else ""
    sure, _ = captions.how_sure(cluster, first["confidence"], first["year"])
    cited = [one.short for one in citations.of_records(cluster, cluster.records.loc[[first.name]])]
    rest = len(cited) - SOURCES_OF_A_SCENE
    more = f" and {words.count(rest, 'more', 'more')}" if rest > 0 else ""
    source = f"Source: {'; '.join(cited[:SOURCES_OF_A_SCENE])}{more}. " if cited else ""
    page.on_stage(
        Table(
            f"Facts of {first['name']}",
            partial(_first_facts, page, first["sort"], record),
            f"{source}{sure} {captions.how_founded(cluster, int(str(first.name)))}".rstrip(),
        ),
        shows,
        f"{first['name']}{does}",
        profiles.profile_in_words(cluster, record),
    )


def _first_facts(page: Page, sort: str, record: str) -> pd.DataFrame:
    facts = profiles.facts(page.cluster, sort, record)
    return facts[facts["Said"] != NOT_KNOWN].head(OF_A_SCENE)


def _ways_out(page: Page, record: str, first: Any) -> None:
    """Its website, the way to correct what is said of it, its citation."""
    if isinstance(first["website"], str):
        page.add(Site(first["website"], "Website"))
    address = page.cluster.pack.correction_link(record, first["name"])
    if address:
        page.add(Site(address, "Suggest a correction", "edit"))
    page.add(Copy(partial(citations.of_record, page.cluster, record), record))


def _facts(page: Page, sort: str, record: str, several: bool) -> None:
    cluster, table = page.cluster, TABLE_OF_SORT[sort]
    label = cluster.labels("sort")[sort]
    page.heading(f"What is known of the {words.first_lower(label)}" if several else "What is known")
    facts = profiles.facts(cluster, sort, record)
    if len(facts):
        page.table(facts, f"What is known: {label}", table, "")
    if "source_ids" in cluster.table(table).columns:
        _sources(page, profiles.sources(cluster, sort, record))


def _sources(page: Page, sources: pd.DataFrame) -> None:
    said = f"{words.first_upper(words.count(len(sources), 'source'))} for these facts"
    named = sources[["title", "url"]].rename(columns={"title": "Source", "url": "Address"})
    with page.only("files"):
        page.table(typed(named, {"Address": Address(told=True)}), said, note="")
    with page.only("screen"):
        page.text("", lead=said)
        page.add(*(Text("", "item", links=((row.title, row.url),)) for row in sources.itertuples()))


def _sites(page: Page, record: str) -> None:
    """The sites of an NHS body, each with its own sources."""
    rows = profiles.sites_of(page.cluster, record)
    if rows.empty:
        return
    said = words.first_upper(words.count(len(rows), "site"))
    page.heading(said)
    listed = organisations.sites_in_words(page.cluster, rows).drop(columns=["id", "NHS body"])
    with page.only("files"):
        page.table(listed, said, note="")
    with page.only("screen"):
        for site, sources in zip(listed.to_dict("records"), rows["source_ids"], strict=True):
            where = ", ".join(site[part] for part in ("Sort", "Postcode", "Area"))
            note = f" {site['Note']}." if site["Note"] else ""
            with page.group("close"):
                page.text("", lead=site["Site"])
                _sourced(page, f"{where}. Newest list: {site['Newest list']}.{note}", sources)


def _sourced(page: Page, said: str, sources: str, most: int = citations.MOST_NAMED) -> None:
    page.text(f"{said} Source:", links=citations.pairs(page.cluster, sources, most))


def _links(page: Page, record: str) -> None:
    cluster, links = page.cluster, profiles.linked(page.cluster, record)
    page.heading(words.first_upper(words.count(len(links), "link")) if len(links) else "No link is listed")
    if len(links):
        with page.only("files"):
            page.table(lambda: profiles.links_in_words(cluster, links), "Links", note="")
    with page.only("screen"):
        for row in links.itertuples():
            year = f", {row.year}" if pd.notna(row.year) else ""
            note = f": {row.note}" if isinstance(row.note, str) else ""
            with page.group("close"):
                page.profile(row.name, row.other, "link")
                _sourced(page, f"{words.first_upper(row.said)}{year}{note}.", row.source_ids, 1)


def _nearest_help(page: Page, record: str) -> None:
    cluster, near = page.cluster, reasons.nearest_in_words(page.cluster, record)
    about = "Help that names its D"
    page.heading(about if len(near) else "No help that names a D of it is listed")
    if len(near):
        with page.only("files"):
            page.table(reasons.for_download(near)[["Name", "Sort", "Where", "Status", "Sources"]], about)
        page.hint(ORDER_OF_HELP)
    with page.only("screen"):
        for row in near.to_dict("records"):
            page.profile(row["Name"], row["id"], "handshake")
            page.small(f"{row['Sort']}. {row['Where']}. {row['Status']}")
    page.link("Find_support", "Find more support from here", **reasons.address_of_record(cluster, page.chosen, record))


def _neighbours(page: Page, record: str) -> None:
    around = profiles.neighbours(page.cluster, record)
    if len(around):
        about = "Nearest with the same D"
        near_by = around.assign(Distance=[captions.neighbour_in_words(row) for row in around.itertuples()])
        page.heading(about)
        with page.only("files"):
            page.table(near_by[["name", "Distance"]].rename(columns={"name": "Name"}), about)
        with page.only("screen"):
            for row in near_by.itertuples():
                page.profile(row.name, row.id, "place")
                page.small(row.Distance)
    page.link("Connections", "Whom it might meet", "hub", around=record)
