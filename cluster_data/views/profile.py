"""One record: what it is, every fact beside its sources, its links in words, the nearest help."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd

from cluster_data.document import PageLink, Table, Text
from cluster_data.drawing import charts
from cluster_data.elements import Copy, Element, ExternalLink, Group
from cluster_data.findings import captions, network_words, reasons
from cluster_data.measures import citations, organisations, profiles
from cluster_data.model import wording, words
from cluster_data.model.cluster import TABLE_OF_TYPE
from cluster_data.model.formats import NOT_KNOWN, Link, Year, typed
from cluster_data.views.page import OF_A_SCENE, Page, Parameter

SOURCES_OF_A_SCENE = 2
MOST_AT_ONCE, MOST_SOURCES = 3, 2  # links or events, before the rest is folded; sources of each
DRAWN_FROM = 3  # years of which something is known, for a picture of them
ROOM = (350, 340)  # of the picture of links, in pixels
ORDER_OF_HELP = (
    "The first {assets}, then the first {offers} open to it, in the order of Find support: what is known "
    "to be open first, then assets of its own authority, then by how far an offer reaches, by status, and by distance."
)


def fill(page: Page, record: str, back: PageLink, parameter: Parameter) -> None:
    """The profile of a record, for all tables it stands in, with the way back to all; a mark of its links opens others
    by the parameter.
    """
    cluster, rows = page.cluster, profiles.records_of(page.cluster, record)
    first = rows.iloc[0]
    stated = profiles.profile_in_words(cluster, record)
    page.headline(first["name"], about=stated, said=stated)
    with page.group("card"):
        _at_first_sight(page, rows)
        with page.group("row"):
            if isinstance(first["website"], str):
                page.add(ExternalLink(first["website"], "Website"))
            if address := cluster.pack.correction_link(record, first["name"]):
                page.add(ExternalLink(address, "Suggest a correction", "edit"))
            page.add(Copy(partial(citations.of_record, cluster, record), record), back)
    facts, ties = page.columns(3, 2)
    with page.within(facts):
        for record_type in rows["record_type"]:
            _facts(page, record_type, record, len(rows) > 1)
        _sites(page, record)
        _time_line(page, record, first["name"])
    with page.within(ties):
        _links(page, record, parameter)
        _nearest_help(page, record)
        _neighbours(page, record)


def _at_first_sight(page: Page, rows: pd.DataFrame) -> None:
    """What it does, its stage, and how sure that is."""
    for summary in rows["summary"].dropna().drop_duplicates():
        page.text(summary)
    for row in rows.itertuples():
        said, old = wording.how_sure(page.cluster, row.confidence, row.year)
        said = f"{said} {captions.how_founded(page.cluster, row.Index)}".rstrip()
        stage = page.cluster.labels("stage").get(row.stage, NOT_KNOWN)
        said = f"Stage: {stage.lower()}. {said}" if row.record_type == "company" else said
        named = f"{page.cluster.labels('record_type')[row.record_type]}. {said}" if len(rows) > 1 else said
        page.add(Text(named, "warning" if old else "small"))


def on_stage(page: Page, record: str, shows: Sequence[Parameter]) -> None:
    """What a scene shows of a record: what it does, and its first facts."""
    cluster = page.cluster
    first = profiles.records_of(cluster, record).iloc[0]
    does = f": {words.first_lower(first['summary'])}" if isinstance(first["summary"], str) else ""
    sure, _ = wording.how_sure(cluster, first["confidence"], first["year"])
    cited = [one.short for one in citations.of_records(cluster, cluster.records.loc[[first.name]])]
    rest = len(cited) - SOURCES_OF_A_SCENE
    more = f" and {words.count(rest, 'more', 'more')}" if rest > 0 else ""
    source = f"Source: {'; '.join(cited[:SOURCES_OF_A_SCENE])}{more}. " if cited else ""
    page.on_stage(
        Table(
            f"Facts of {first['name']}",
            lambda: profiles.facts(cluster, first["record_type"], record).query("Said != @NOT_KNOWN").head(OF_A_SCENE),
            f"{source}{sure} {captions.how_founded(cluster, int(str(first.name)))}".rstrip(),
        ),
        shows,
        f"{first['name']}{does}",
        profiles.profile_in_words(cluster, record),
    )


def _facts(page: Page, record_type: str, record: str, several: bool) -> None:
    cluster, table = page.cluster, TABLE_OF_TYPE[record_type]
    label = cluster.labels("record_type")[record_type]
    known = f"What is known of the {words.first_lower(label)}" if several else "What is known"
    page.heading(known)
    facts = profiles.facts(cluster, record_type, record)
    if len(facts):
        with page.only("files"):
            page.table(facts, f"What is known: {label}", table, "")
        with page.only("screen"), page.group("grid", width=230):
            told_at: dict[str, str] = {}
            for name, told, cited in profiles.facts_in_groups(cluster, record_type, record):
                _group_of_facts(page, name, told, cited, told_at.setdefault(cited, name))
    if "source_ids" in cluster.table(table).columns:
        about = f"for {words.first_lower(known)}" if several else "for these facts"
        _sources(page, profiles.sources(cluster, record_type, record), about)


def _group_of_facts(page: Page, name: str, told: pd.DataFrame, cited: str, first: str) -> None:
    """Facts that belong together, with where they come from; or the `first` group that comes from there."""
    with page.group("card"), page.group("close"):
        page.heading(name, 4)
        page.add(Group("lines", [Text(row.Said, lead=f"{row.Fact}:") for row in told.itertuples()]))
        if cited and name != first:
            page.small(f"Source: the same as of “{first}”.")
        elif cited:
            page.add(_source(page, "", cited, "in the list below", "small"))


def _source(page: Page, said: str, cited: str, where: str, kind: str = "paragraph", lead: str = "") -> Text:
    """A text with its sources; of many the first, and `where` the others stand."""
    pairs = citations.pairs(page.cluster, cited, 1)
    shown = len(pairs) if len(pairs) <= MOST_SOURCES + 1 else MOST_SOURCES
    more = f"Source, with {len(pairs) - shown} more {where}:" if shown < len(pairs) else "Source:"
    return Text(f"{said} {more}".strip(), kind, lead, tuple(pairs[:shown]))


def _time_line(page: Page, record: str, name: str) -> None:
    """What is known to have happened when, newest first."""
    rows = profiles.time_line(page.cluster, record)
    if rows.empty:
        return
    about, note = "What happened when", f"A link stands at the year that its source states it for. {page.source()}"
    page.heading(about)
    told = typed(rows[["year", "said"]].set_axis(["Year", "What"], axis=1), {"Year": Year()})
    cited: list[Element] = [
        _source(page, f"{row.said}.", row.source_ids, "in the lists of this page", "item", str(row.year))
        for row in rows.itertuples()
    ]
    if rows["year"].nunique() < DRAWN_FROM:
        with page.only("files"):
            page.table(told, about, note="")
        with page.only("screen"):
            first_and_rest(page, cited, "event", "events")
        page.hint(note)
        return
    drawn = rows.assign(id=rows["kind"], firm=rows["kind"], sum="", funders=rows["other"])
    page.chart("time", partial(charts.rounds_chart, drawn, unknown="an event"), told, f"{about}: {name}", note)
    with page.only("screen"), page.group("folded", label=f"{words.count(len(cited), 'event')} with their sources"):
        page.add(*cited)


def first_and_rest(page: Page, parts: Sequence[Element], one: str, several: str) -> None:
    """The first of many parts, and the rest behind a fold."""
    most = len(parts) if len(parts) <= MOST_AT_ONCE + 2 else MOST_AT_ONCE
    page.add(*parts[:most])
    if len(parts) > most:
        rest = words.count(len(parts) - most, f"more {one}", f"more {several}")
        page.add(Group("rest", list(parts[most:]), label=rest))


def _sources(page: Page, sources: pd.DataFrame, about: str) -> None:
    said = f"{words.first_upper(words.count(len(sources), 'source'))} {about}"
    named = sources[["title", "url"]].rename(columns={"title": "Source", "url": "Address"})
    with page.only("files"):
        page.table(typed(named, {"Address": Link(told=True)}), said, note="")
    with page.only("screen"), page.group("folded", label=said):
        page.add(*(Text("", "item", links=((row.title, row.url),)) for row in sources.itertuples()))


def _sites(page: Page, record: str) -> None:
    """The sites of an NHS body, each with its own sources."""
    rows = profiles.sites_of(page.cluster, record)
    if rows.empty:
        return
    heading = words.count(len(rows), "site")
    page.heading(heading)
    listed = organisations.sites_in_words(page.cluster, rows).drop(columns=["id", "NHS body"])
    with page.only("files"):
        page.table(listed, heading, note="")
    told = []
    for site, sources in zip(listed.to_dict("records"), rows["source_ids"], strict=True):
        where = ", ".join(site[part] for part in ("Kind", "Postcode", "Area"))
        note = f" {site['Note']}." if site["Note"] else ""
        said = f"{where}. Newest list: {site['Newest list']}.{note} Source:"
        cited = Text(said, links=tuple(citations.pairs(page.cluster, sources)))
        told.append(Group("close", [Text("", lead=site["Site"]), cited]))
    with page.only("screen"):
        first_and_rest(page, told, "site", "sites")


def _links(page: Page, record: str, parameter: Parameter) -> None:
    """The links of a record as a picture, then each in words with its source."""
    cluster, links = page.cluster, profiles.links_of(page.cluster, record)
    said = words.first_upper(words.count(len(links), "link")) if len(links) else "No link is listed"
    page.heading(said)
    if links.empty:
        return
    nodes, lines = profiles.star(cluster, record)
    if len(nodes) > 1:
        others = links["other"].nunique()
        cut = f"The {len(lines)} of {others} linked with most others are drawn. " if others > len(lines) else ""
        page.chart(
            "links",
            partial(charts.network_chart, nodes, lines, cluster.plurals("record_type"), around=record, room=ROOM),
            lambda: profiles.links_in_words(cluster, links),
            f"Links of {nodes['name'].iloc[0]}",
            f"{cut}{network_words.KEY} {page.source()}",
            "links",
            (parameter,),
        )
    with page.only("files"):
        page.table(lambda: profiles.links_in_words(cluster, links), "Links", note="")
    with page.only("screen"):
        first_and_rest(page, [link_in_words(page, row) for row in links.itertuples()], "link", "links")


def link_in_words(page: Page, row: Any) -> Group:
    """A link, a row of measures.profiles.links_of: the other, what the link is, and its sources."""
    year = f", {row.year}" if pd.notna(row.year) else ""
    note = f": {row.note}" if isinstance(row.note, str) else ""
    way = PageLink("Organisations", row.name, {"org": row.other}, "link", narrow=True)
    said = f"{words.first_upper(row.said)}{year}{note}."
    return Group("close", [way, _source(page, said, row.source_ids, "in the list of links")])


def _nearest_help(page: Page, record: str) -> None:
    cluster, near = page.cluster, reasons.nearest_in_words(page.cluster, record)
    about = "Help that names its D"
    page.heading(about if len(near) else "No help that names a D of it is listed")
    if len(near):
        with page.only("files"):
            page.table(reasons.for_download(near)[["Name", "Kind", "Where", "Status", "Sources"]], about)
        page.hint(wording.with_types(page.cluster, ORDER_OF_HELP))
    with page.only("screen"):
        told = [
            _near(row["id"], row["Name"], "handshake", f"{row['Kind']}. {row['Where']}. {row['Status']}")
            for row in near.to_dict("records")
        ]
        first_and_rest(page, told, "source of help", "sources of help")
    page.link("Find_support", "Find more support from here", **reasons.address_of_record(cluster, page.chosen, record))


def _near(record: str, name: str, icon: str, said: str) -> Group:
    way = PageLink("Organisations", name, {"org": record}, icon, narrow=True)
    return Group("close", [way, Text(said, "small")])


def _neighbours(page: Page, record: str) -> None:
    around = profiles.neighbours(page.cluster, record)
    if len(around):
        about = "Nearest with the same D"
        away = map(captions.distance_in_words, around["km"], around["approximate"])
        known = around["linked"].map({True: "; linked", False: "; no link known"})
        near_by = around.assign(Distance=list(map(words.first_upper, away)) + known)
        page.heading(about)
        with page.only("files"):
            page.table(near_by[["name", "Distance"]].rename(columns={"name": "Name"}), about)
        with page.only("screen"):
            told = [_near(row.id, row.name, "place", row.Distance) for row in near_by.itertuples()]
            first_and_rest(page, told, "neighbour", "neighbours")
    page.link("Connections", "Whom it might meet", "hub", around=record, show="who should meet whom")
