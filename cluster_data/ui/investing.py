"""What the page for investors draws: stages, a shortlist of firms that stands in the address, investors seen."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from cluster_data import stills, words
from cluster_data.cluster import SEPARATOR
from cluster_data.document import Asked
from cluster_data.formats import NOT_KNOWN
from cluster_data.measures import citations, invest, investors
from cluster_data.measures.counts import UNKNOWN
from cluster_data.palette import palette
from cluster_data.ui.address import picked_ids, put
from cluster_data.ui.frame import View, link_to
from cluster_data.ui.parts import download, section, written_table

KEY, MOST, MOST_SHOWN = "pick", invest.MOST_PICKED, 24


def stage_tile(view: View, row: Any, most: int) -> None:
    """A stage of invest.by_stage with its firms, a bar against the stage with most, and what is seen of them."""
    unknown = row.label == UNKNOWN
    ground = palette(view.dark)
    with st.container(border=True):
        st.markdown(f"**{'Not known' if unknown else words.plain(row.label)}: {row.firms:,}**")
        st.image(stills.bar(row.firms, most, ground.accent, ground, unknown), alt="", width="stretch")
        st.caption("  \n".join(map(words.plain, invest.stage_said(row))))


def shortlisted(view: View) -> list[str]:
    """The firms that the address picks, no more than are compared; stated when the view is taken away."""
    names = invest.firm_names(view.cluster)
    picks = picked_ids(KEY, names)[:MOST]
    if picks:
        view.draft.asked[KEY] = Asked("Shortlist", words.listing(names[record] for record in picks), record=True)
    return picks


def shortlist(view: View) -> None:
    """The firms picked in the address side by side, then a button to remove each and a box to add one."""
    names = invest.firm_names(view.cluster)
    asked = picked_ids(KEY, names)
    picks = asked[:MOST]
    if picks:
        section(view, f"Shortlist: {words.count(len(picks), 'firm')}")
        if len(asked) > MOST:
            named, more = asked[MOST : 2 * MOST], len(asked) - 2 * MOST
            left_out = words.listing([names[record] for record in named] + ([f"{more:,} more"] if more > 0 else []))
            st.info(f"The first {MOST} of {len(asked):,} are compared. Left out: {words.plain(left_out)}.")
        _side_by_side(view, picks)
        _picks(view, names, asked)
    else:
        st.header("Shortlist", anchor=False)
    if not view.printing:
        _add_box(names, asked)
    if not picks:
        st.caption(f"Up to {MOST} firms side by side. The address of the page holds them: copy it to share them.")


def _add_box(names: dict[str, str], asked: list[str]) -> None:
    full = len(asked) >= MOST
    st.selectbox(
        "Add a firm to the shortlist",
        list(names),
        format_func=lambda record: names[record],
        index=None,
        placeholder="Remove one to add another" if full else "Choose a firm by name",
        key="add to shortlist",
        on_change=_add,
        args=[asked],
        disabled=full,
    )


def _add(asked: list[str]) -> None:
    chosen = st.session_state["add to shortlist"]
    st.session_state["add to shortlist"] = None
    if chosen:
        put(**{KEY: [*asked, chosen]})


def _picks(view: View, names: dict[str, str], asked: list[str]) -> None:
    """A link to each profile, with a button that takes the firm out."""
    for record in asked[:MOST]:
        with st.container(horizontal=True, vertical_alignment="center"):
            link_to(view, "Organisations", words.plain(names[record]), "domain", org=record)
            others = [other for other in asked if other != record]
            label = f"Remove {words.plain(names[record])}"
            remove = partial(put, **{KEY: others})
            if not view.printing:
                st.button(label, key=f"remove {record}", on_click=remove, type="tertiary", icon=":material/close:")


def _side_by_side(view: View, picks: list[str]) -> None:
    rows = invest.side_by_side(view.cluster, picks)
    cited = invest.sources(view.cluster)
    parts = [cited[cited["id"] == record] for record in picks]
    about = f"Shortlist of {words.listing(rows.columns[1:])}"
    shown = rows.map(words.plain).rename(columns=words.plain)
    shown.loc[len(shown)] = ["Sources", *(_links(view, part) for part in parts)]
    written_table(view, shown, about, "companies")
    st.caption("“Not known”: no source of this dashboard says it; it does not mean no.")
    whole = rows.copy()
    whole.loc[len(whole)] = ["Sources", *(" ".join(part["url"]) for part in parts)]
    download(view, whole, about, "Download the shortlist as CSV", "")


def _links(view: View, cited: pd.DataFrame) -> str:
    """Sources as links, each named by its title, publisher and year."""
    naming = citations.naming(view.cluster)
    return words.links((naming(url), url) for url in cited["url"])


def investors_seen(view: View) -> None:
    """A card for each investor: its words, the deals seen, firms linked to it, its sources; and the download of all."""
    cluster = view.cluster
    rows, cited = investors.seen(cluster), investors.sources(cluster)
    if rows.empty:
        section(view, "No investor is listed")
        return
    seen_in = f"{words.count(len(rows), 'investor')} seen in {cluster.pack.the_region}"
    section(view, seen_in)
    with st.grid(min_column_width=300):
        for row in rows.head(MOST_SHOWN).to_dict("records"):
            with st.container(border=True):
                st.markdown(_card(view, row, cited[cited["id"] == row["id"]]))
    if len(rows) > MOST_SHOWN:
        st.caption(f"The first {MOST_SHOWN} of {len(rows):,} are shown; the download holds all.")
    download(view, rows, "Investors seen in the region", note="")


def _card(view: View, row: dict[str, Any], cited: pd.DataFrame) -> str:
    said = {head: words.plain(value) for head, value in row.items()}
    facts = ". ".join(f"{head}: {said[head]}" for head in ("Sorts", "Town", "Stage", "Usual size"))
    parts = [f"### {said['Investor']}", f"{facts}."]
    if row[investors.DEALS] != NOT_KNOWN:
        parts += [f"{investors.DEALS}:", words.bullets(part.strip() for part in said[investors.DEALS].split(SEPARATOR))]
    if row[investors.LINKED] != investors.NONE_LINKED:
        parts.append(f"{investors.LINKED}: {said[investors.LINKED]}")
    sources = "Sources" if len(cited) > 1 else words.first_upper(citations.ONE_ONLY)
    return "\n\n".join([*parts, f"{sources}: {_links(view, cited)}"])
