"""What stands on a page: findings, figures with their sources, pictures with their tables, lists of records."""

from collections.abc import Callable, Sequence
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from cluster_data import stills, words
from cluster_data.cluster import SEPARATOR
from cluster_data.filters import PRIMARY
from cluster_data.measures import organisations, places, profiles
from cluster_data.palette import GLYPHS, palette
from cluster_data.ui.address import remember_view
from cluster_data.ui.frame import View, link_to, open_profile
from cluster_data.ui.status import speak

if TYPE_CHECKING:  # only pages that draw with them load them
    import plotly.graph_objects as go
    import pydeck as pdk

MOST = 500


def headline(view: View, finding: str, more: str = "") -> None:
    """The page's finding as its title, and below it the filter in words with what it keeps."""
    said = view.chosen.statement(view.cluster)
    st.title(words.plain(finding), anchor=False)
    st.markdown(f"**{words.plain(said)}**{words.plain(more)}")
    speak(f"{said}. {finding}")


def tile(view: View, row: Any, most: int) -> None:
    """A D with its firms, a bar against the D with most, and its help."""
    with st.container(border=True):
        st.markdown(f"### {GLYPHS[row.symbol]} {words.plain(row.label)} {row.company:,}")
        colour = getattr(row, palette(view.dark).d_column)
        st.image(stills.bar(row.company, most, colour, palette(view.dark)), alt="", width="stretch")
        helped = f"{words.count(row.asset, 'asset')} and {words.count(row.offer, 'support offer')}"
        st.caption(f"{words.first_upper(firms_noun(view))}, with {helped}")


def firms_noun(view: View) -> str:
    """What the firms counted are called: "core firms", or "firms" if several roles count."""
    roles = view.chosen.roles
    return f"{view.cluster.labels('role')[roles[0]].lower()} firms" if len(roles) == 1 else "firms"


def overlap_note(view: View) -> str:
    """How the columns by D relate to the total."""
    if view.chosen.match == PRIMARY:
        return "Each record counts once, under its primary D."
    return "A record counts under each of its Ds, so the Ds overlap and do not add up to the total."


def source_line(view: View) -> str:
    """Where counts of records come from."""
    cited, as_of = len(view.cluster.table("sources")), view.cluster.pack.as_of_words
    return f"Source: this dashboard’s list of organisations, compiled from {cited:,} cited pages, {as_of}."


def figure(
    chart: "go.Figure",
    rows: pd.DataFrame | Callable[[], pd.DataFrame],
    alt: str,
    key: str,
    source: str,
    of: str = "companies",
    **more: Any,
) -> Any:
    """A chart with its source line and its table twin; gives what was clicked if asked to rerun on selection."""
    bare = {"displayModeBar": False, "responsive": True}
    event = st.plotly_chart(chart, theme=None, key=f"chart {key}", alt=alt, config=bare, **more)
    st.caption(source)
    table_twin(rows, alt, key, of)
    return event


def table_twin(
    rows: pd.DataFrame | Callable[[], pd.DataFrame],
    about: str,
    key: str,
    of: str = "companies",
    label: str = "The same as a table",
) -> None:
    """The table behind a picture, for those who read rather than look, with its download; made and sent when opened."""
    twin = st.expander(label, key=f"twin {key}", on_change="rerun")
    if twin.open:
        with twin:
            whole = rows() if callable(rows) else rows
            first = whole.head(MOST)
            table(first.map(lambda cell: words.plain(cell) if isinstance(cell, str) else cell), about, of)
            if len(whole) > MOST:
                st.caption(f"The first {MOST:,} of {len(whole):,} rows are shown; the download holds all.")
            download(whole, about)


def cited(view: View, source_ids: str) -> str:
    """The sources of a row as links, named by their publishers."""
    sources = view.cluster.table("sources").set_index("id")
    rows = sources.loc[[part.strip() for part in source_ids.split(SEPARATOR)]]
    return words.links(zip(rows["publisher"], rows["url"], strict=True))


def table(rows: pd.DataFrame, about: str, of: str = "companies") -> None:
    """A table in full. Its first heading leads to the table of the pack that says what the words of that column mean.

    A table wider than a phone scrolls, and only one that holds a link can be reached and scrolled by keyboard.
    """
    first = rows.columns[0]
    st.table(rows.rename(columns={first: f"[{first}](<Data?table={of}>)"}), alt=about, hide_index=True)


def download(table: pd.DataFrame | Callable[[], pd.DataFrame], about: str, label: str = "Download as CSV") -> None:
    """The table as a CSV file that a spreadsheet will not take for formulas; made when asked for."""

    def made() -> bytes:
        return words.safe_csv(table() if callable(table) else table)

    name = f"{words.slug(about)}.csv"
    st.download_button(
        label,
        made,
        name,
        "text/csv",
        key=f"csv {about}",
        on_click="ignore",
        type="tertiary",
    )


def records(
    view: View,
    rows: pd.DataFrame,
    key: str,
    about: str,
    total: int = 0,
    everything: Callable[[], pd.DataFrame] | None = None,
) -> None:
    """A list of records with its download; choosing a row opens its profile. `rows` has the column id.

    Of a long list, `rows` holds the first ones, `total` says how many there are, and `everything` gives all of them.
    """
    if rows.empty:
        st.info("No record of this choice.")
        return
    picked = st.dataframe(
        rows.drop(columns="id"),
        hide_index=True,
        key=f"list {key}",
        alt=about,
        on_select="rerun",
        selection_mode="single-row",
    )
    if picked.selection.rows:
        open_profile(view, rows["id"].iloc[picked.selection.rows[0]])
    shown = f" The first {len(rows):,} of {total:,} are shown; the download holds all." if total > len(rows) else ""
    st.caption(f"Choose a row to open its profile: by the box on its left, or Shift and Space.{shown}")
    download(everything or rows, about)


def compared(view: View, chosen: Sequence[str]) -> None:
    """Records side by side, with links to their profiles and the download."""
    rows = profiles.side_by_side(view.cluster, chosen)
    names = list(rows.columns[1:])
    st.title(words.plain(f"{words.listing(names)} side by side"), anchor=False)
    for record, name in zip(chosen, names, strict=True):
        link_to(view, "Organisations", words.plain(name), "domain", org=record)
    shown = rows.rename(columns=words.plain)
    about = f"Comparison of {words.listing(names)}"
    table(shown.assign(**{name: shown[name].map(words.plain) for name in shown.columns[1:]}), about)
    st.caption(f"Empty: its sort has no such fact. Sources stand on each profile. {source_line(view)}")
    download(rows, about)


def no_such_place(view: View, asked: str, close_names: Sequence[str]) -> None:
    """Say that a place asked for is not known, and what comes close."""
    hint = f"Did you mean {words.listing(close_names, 'or')}?"
    if not close_names:
        hint = f"It may lie outside {view.cluster.pack.the_region}, or be misspelt. Nothing is measured from it."
    st.warning(f"No place “{words.plain(asked)}” is known here. {words.plain(hint)}")


def clickable_map(view: View, deck: "pdk.Deck", height: int, alt: str) -> None:
    """The map of organisations: a click on a mark opens its profile, a click on a circle lists who is there."""
    event = st.pydeck_chart(deck, height=height, alt=alt, key="map", on_select="rerun", selection_mode="single-object")
    picked = event.selection.objects
    if picked.get("organisations"):
        open_profile(view, picked["organisations"][0]["id"])
    if picked.get("places"):
        circle = picked["places"][0]
        here = places.at_place(view.cluster, view.chosen, circle["lat"], circle["lon"])
        st.header(f"{words.count(len(here), 'record')} known to be in {words.plain(circle['town'])}", anchor=False)
        records(view, organisations.directory(view.cluster, here), "here", f"Records in {circle['town']}")


def prose(name: str, **words_for: str) -> None:
    """A text of the package, with its $names filled in."""
    text = Path(__file__).parents[1] / name
    filled = {name: words.plain(value) for name, value in words_for.items()}
    st.markdown(Template(text.read_text(encoding="utf-8")).substitute(filled))


def faults(view: View) -> None:
    """If the files as they are now hold faults, say so, and that the last good data is shown."""
    found = view.loaded.faults
    if not found:
        return
    st.warning(
        f"The data files were changed and now hold {words.count(len(found), 'fault')}. "
        "What you see is the last good data."
    )
    with st.expander("The faults"):
        for fault in found[:50]:
            st.text(str(fault))


def table_downloads(view: View, name: str) -> None:
    """A table of the pack as CSV and, where its rows have positions, as GeoJSON."""
    rows = view.cluster.table(name)
    with st.container(horizontal=True):
        download(rows, name, f"Download {name} as CSV")
        if {"lat", "lon"} <= set(rows.columns):
            st.download_button(
                f"Download {name} as GeoJSON",
                lambda: places.geojson(rows),
                f"{name}.geojson",
                "application/geo+json",
                key=f"geojson {name}",
                on_click="ignore",
                type="tertiary",
            )


def foot(view: View) -> None:
    """What stands below every page: how things are counted, where to learn more, the licence lines."""
    remember_view(view.page)
    st.divider()
    st.caption(f"Data as known in {view.cluster.pack.as_of_words}. " + " ".join(view.cluster.pack.licences))
    with st.container(horizontal=True):
        link_to(view, "Data", "Sources and what we do not know", "table_rows")
        link_to(view, "About", "How it is counted", "info")
