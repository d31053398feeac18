"""One record on a page: what it is, every fact beside its sources, its links in words, the nearest help."""

import pandas as pd
import streamlit as st

from cluster_data import words
from cluster_data.cluster import TABLE_OF_SORT
from cluster_data.document import Text
from cluster_data.formats import Link, typed
from cluster_data.measures import captions, citations, organisations, profiles, reasons
from cluster_data.ui.copying import copy_citation
from cluster_data.ui.frame import View, link_to, profile_link
from cluster_data.ui.parts import beside, cited, goes_without_saying, note_table, paragraph, section, table
from cluster_data.ui.take_away import link_of_view


def profile(view: View, record: str) -> None:
    """The profile of a record, for all tables it stands in."""
    cluster = view.cluster
    rows = profiles.records_of(cluster, record)
    first = rows.iloc[0]
    view.draft.title, view.draft.statement = first["name"], profiles.profile_in_words(cluster, record)
    goes_without_saying(view, "org")
    st.title(words.plain(first["name"]), anchor=False)
    st.markdown(f"**{words.plain(view.draft.statement)}**")
    for summary in rows["summary"].dropna().drop_duplicates():
        paragraph(view, words.plain(summary))
    for row in rows.itertuples():
        said, old = captions.how_sure(cluster, row.confidence, row.year)
        said = f"{said} {captions.how_founded(cluster, row.Index)}".rstrip()
        named = f"{cluster.labels('sort')[row.sort]}. {said}" if len(rows) > 1 else said
        (st.warning if old else st.caption)(words.plain(named))
        view.draft.parts.append(Text(named))
    with st.container(horizontal=True):
        _website(first["website"])
        _correction(view, record, first["name"])
        copy_citation(view, citations.of_record(cluster, record, link_of_view(view)), record)
    facts, ties = beside(view, [3, 2])
    with facts:
        for sort in rows["sort"]:
            _facts(view, sort, record, len(rows) > 1)
        _sites(view, record)
    with ties:
        _links(view, record)
        _nearest(view, record)


def _website(address: object) -> None:
    if isinstance(address, str):
        st.link_button("Website", address, icon=":material/open_in_new:")


def _correction(view: View, record: str, name: str) -> None:
    address = view.cluster.pack.correction_link(record, name)
    if address:
        st.link_button("Suggest a correction", address, icon=":material/edit:")


def _facts(view: View, sort: str, record: str, several: bool) -> None:
    cluster = view.cluster
    label = cluster.labels("sort")[sort]
    section(view, f"What is known of the {words.first_lower(label)}" if several else "What is known")
    facts = profiles.facts(cluster, sort, record)
    if len(facts):
        table(view, facts, f"What is known: {label}", TABLE_OF_SORT[sort], "")
    if "source_ids" in cluster.table(TABLE_OF_SORT[sort]).columns:
        sources = profiles.sources(cluster, sort, record)
        said = f"{words.first_upper(words.count(len(sources), 'source'))} for these facts"
        named = sources[["title", "url"]].rename(columns={"title": "Source", "url": "Address"})
        note_table(view, typed(named, {"Address": Link(told=True)}), said, "")
        st.markdown(f"**{words.plain(said)}**")
        _source_list(sources)


def _sites(view: View, record: str) -> None:
    """The sites of an NHS body, each with its own sources."""
    rows = profiles.sites_of(view.cluster, record)
    if rows.empty:
        return
    said = words.first_upper(words.count(len(rows), "site"))
    section(view, said)
    listed = organisations.sites_in_words(view.cluster, rows).drop(columns=["id", "NHS body"])
    note_table(view, listed, said, "")
    for site, sources in zip(listed.to_dict("records"), rows["source_ids"], strict=True):
        where = ", ".join(words.plain(site[part]) for part in ("Sort", "Postcode", "Area"))
        note = f" {words.plain(site['Note'])}." if site["Note"] else ""
        dated = f"Newest list: {words.plain(site['Newest list'])}."
        with st.container(gap="xxsmall"):
            st.markdown(f"**{words.plain(site['Site'])}**")
            st.markdown(f"{where}. {dated}{note} Source: {cited(view, sources)}")


def _source_list(sources: pd.DataFrame) -> None:
    st.markdown("\n".join(f"- [{words.plain(row.title)}](<{row.url}>)" for row in sources.itertuples()))


def _links(view: View, record: str) -> None:
    cluster = view.cluster
    links = profiles.linked(cluster, record)
    section(view, words.first_upper(words.count(len(links), "link")) if len(links) else "No link is listed")
    if len(links):
        note_table(view, profiles.links_in_words(cluster, links), "Links", "")
    for row in links.itertuples():
        year = f", {row.year}" if pd.notna(row.year) else ""
        note = f": {words.plain(row.note)}" if isinstance(row.note, str) else ""
        with st.container(gap="xxsmall"):
            profile_link(view, row.name, row.other, "link")
            said, source = words.plain(words.first_upper(row.said)), cited(view, row.source_ids, 1)
            st.markdown(f"{said}{year}{note}. Source: {source}")


def _nearest(view: View, record: str) -> None:
    cluster = view.cluster
    near = reasons.nearest_in_words(cluster, record)
    section(view, "Help that names its D" if len(near) else "No help that names a D of it is listed")
    if len(near):
        taken = reasons.for_download(near)[["Name", "Sort", "Where", "Status", "Sources"]]
        note_table(view, taken, "Help that names its D")
        st.caption(
            "The first research assets, then the first support offers open to it, in the order of Find support: assets "
            "of its own authority first, then by how far an offer reaches, by status, and by distance."
        )
    for row in near.to_dict("records"):
        profile_link(view, row["Name"], row["id"], "handshake")
        st.caption(words.plain(f"{row['Sort']}. {row['Where']}. {row['Status']}"))
    asked = reasons.address_of_record(cluster, view.chosen, record)
    link_to(view, "Find_support", "Find more support from here", **asked)
    around = profiles.neighbours(cluster, record)
    if len(around):
        section(view, "Nearest with the same D")
        near_by = around.assign(Distance=[captions.neighbour_in_words(row) for row in around.itertuples()])
        note_table(view, near_by[["name", "Distance"]].rename(columns={"name": "Name"}), "Nearest with the same D")
        for row in around.itertuples():
            profile_link(view, row.name, row.id, "place")
            st.caption(words.plain(captions.neighbour_in_words(row)))
    link_to(view, "Connections", "Whom it might meet", "hub", around=record)
