"""The frame around every page: the menu, the filter bar, and the guard each page begins with."""

from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage

from cluster_data import views
from cluster_data.load import Loaded, load_cluster
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.filters import Filter, options
from cluster_data.model.page_files import page_files, page_name
from cluster_data.ui import address, filter_bar, story
from cluster_data.ui.address import STAGE, page_file
from cluster_data.ui.scripts import component
from cluster_data.views import Opened

ICON = f"data:image/png;base64,{b64encode((Path(__file__).parents[1] / 'icon.png').read_bytes()).decode()}"
_paper = component("printing", '<button type="button">Print this page</button>')


@dataclass(frozen=True)
class View:
    """What one run of a page works with.

    `bare` is a view without menu and filter bar: on stage, embedded in another page, or `printing`. `shown` is the view
    of the page; `tray` the place for taking it away, `files` the names of those offered so far.
    """

    cluster: Cluster
    chosen: Filter
    page: StreamlitPage
    dark: bool
    loaded: Loaded
    printing: bool = False
    bare: bool = False
    shown: Opened | None = None
    tray: DeltaGenerator | None = None
    files: list[str] = field(default_factory=list)


def menu() -> list[StreamlitPage]:
    """The pages folder as a menu. The first page stands at the root and, not shown a second time, under its name."""
    first, *others = page_files()
    return [
        st.Page(first, default=True, url_path="", icon=_icon(first)),
        *(st.Page(file, icon=_icon(file)) for file in others),
        st.Page(first, url_path=page_name(first), visibility="hidden", icon=_icon(first)),
    ]


def _icon(file: Path) -> str:
    return f":material/{views.icon_of(page_name(file))}:"


def frame() -> None:
    """Draw the menu and the filter bar, then the page asked for.

    The icon is set before the menu is declared: else a browser asks another host for the menu entry's symbol.
    """
    st.set_page_config(page_icon=ICON, layout="wide")
    printing = address.on_paper()
    bare = printing or bool(st.context.is_embedded)
    page = st.navigation(menu(), position="hidden" if bare else "sidebar", expanded=True)
    if page.url_path == STAGE:
        bare, page = True, st.navigation(menu(), position="hidden")
    address.keep_in_step()
    loaded = load_cluster()
    if loaded.cluster is None:
        refuse(loaded)
        return
    cluster = loaded.cluster
    st.set_page_config(page_title=f"{page.title} · {cluster.pack.name}")
    address.arrive(page, cluster, options(cluster))
    if not bare:
        with st.sidebar, st.container():  # there at all times, so that nothing below it is drawn anew
            story.tray(cluster)
        filter_bar.draw(cluster, views.filter_box_of(page.url_path))
    dark = st.context.theme.type == "dark" and not printing
    notices = st.container()
    st.session_state["view"] = View(cluster, filter_bar.chosen(cluster), page, dark, loaded, printing, bare)
    page.run()
    address.settle(page, notices)


def begin(question: str | None) -> View:
    """The first line of every page: shows its question and gives what it works with.

    While a folder called pages/ stands beside app.py, a first visitor's deep link runs the page alone, without app.py.
    Then no view was made, and declaring the menu hands the next run to app.py.
    """
    view = st.session_state.pop("view", None)
    if not isinstance(view, View):
        st.set_page_config(page_icon=ICON)
        st.navigation(menu())
        st.rerun()
    asked = (question or "").strip().split("\n")[0]
    st.caption(words.plain(f"{view.cluster.pack.name} · {asked}"))
    if view.printing:
        _paper(key="paper")
    return view


def refuse(loaded: Loaded) -> None:
    """No good data was ever read: say so and list every fault."""
    st.set_page_config(page_title="The data cannot be shown yet")
    st.title("The data cannot be shown yet", anchor=False)
    st.write(f"Its files hold {words.count(len(loaded.faults), 'fault')}. Mend them and open this page again.")
    for fault in loaded.faults[:50]:
        st.text(str(fault))


def link_to(name: str, label: str, icon: str = "arrow_forward", **parameters: Any) -> None:
    """A link to another view; the filter goes along."""
    asked = address.along(**parameters)
    sign = f":material/{icon}:" if icon else None
    st.page_link(page_file(name), label=label, icon=sign, query_params=asked)


def address_of(name: str, **parameters: Any) -> str:
    """The address of another view, with the filter: for links within tables and text, which open
    a new tab unless they lead to the same page.
    """
    return f"{name}?{urlencode(address.along(**parameters), doseq=True)}"
