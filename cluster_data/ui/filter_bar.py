"""The one filter, drawn in the sidebar: its boxes show what the address says, and the address gives the choice."""

from collections.abc import Mapping, Sequence

import streamlit as st

from cluster_data.elements import Box
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.filters import Filter, filter_of_link, options
from cluster_data.model.link_words import AREA, FILTER, KIND, MATCH, MATCHES, ROLE, STAGE, STATUS, TEXT, D, Options
from cluster_data.ui import address


def chosen(cluster: Cluster) -> Filter:
    """The reader's choice, as the address has it."""
    found, _ = filter_of_link(cluster, address.parameters())
    return found


def draw(cluster: Cluster, in_page: str) -> None:
    """Draw the filter. A page may show one part itself, by its `box`."""
    known = options(cluster)
    with st.sidebar:
        for name in (TEXT, D):
            if name != in_page:
                box(cluster, name)
        _multiselect(known, AREA, "Areas", "Whole region")
        default_roles = Filter.default(cluster).roles
        at_first = [label for label, role in known[ROLE].items() if role in default_roles]
        _multiselect(known, ROLE, "Firms by role", "All roles", at_first)
        with st.expander("More choices"):
            _match()
            _multiselect(known, KIND, "Kinds of record", "All kinds")
            _multiselect(known, STAGE, "Firms by stage", "All stages")
            _multiselect(known, STATUS, "Status", "Any status")
        nothing = dict.fromkeys(FILTER)
        st.button("Reset filters", on_click=address.put, kwargs=nothing, type="tertiary", icon=":material/undo:")


def box(cluster: Cluster, name: str) -> None:
    """The box of the words or of the Ds of the filter, which a page may show itself."""
    if name == TEXT:
        hint = "Name, town or what they do"
        address.draw_box(Box(TEXT, "Search", None, address.get(TEXT), hint=hint, icon=":material/search:"))
    elif not address.on_paper():
        known = options(cluster)
        _multiselect(
            known, D, "Ds", "All Ds", tooltip=f"The Ds that records are grouped by: {words.listing(known[D])}."
        )


def _multiselect(
    known: Options, key: str, label: str, placeholder: str, at_first: Sequence[str] = (), tooltip: str = ""
) -> None:
    asked = [name for name in address.parameters().get(key, at_first) if name]
    address.show(key, asked)
    st.multiselect(
        label,
        list(known[key]),
        key=key,
        on_change=address.keep,
        args=(key, key, list(at_first)),
        placeholder=placeholder,
        select_all=False,
        help=words.plain(tooltip) or None,
    )


def chips_of(cluster: Cluster, name: str, label: str, signs: Mapping[str, str]) -> None:
    """A part of the filter as chips, each with its sign in Markdown; what else of it is chosen is a chip, too."""
    known = options(cluster)[name]
    asked, key = [value for value in address.parameters().get(name, ()) if value in known], f"chips {name}"
    address.show(key, asked)
    st.pills(
        label,
        [*signs, *(value for value in asked if value not in signs)],
        selection_mode="multi",
        key=key,
        format_func=lambda value: f"{signs.get(value, '')} {words.plain(value)}".strip(),
        on_change=address.keep,
        args=(name, key, []),
        label_visibility="collapsed",
    )


def _match() -> None:
    address.show(MATCH, address.get(MATCH) or MATCHES[0])
    st.radio(
        "Which of a record’s Ds count",
        MATCHES,
        key=MATCH,
        on_change=address.keep,
        args=(MATCH, MATCH, MATCHES[0]),
        horizontal=True,
        help="any: a record counts under each of its Ds, so columns overlap. primary: only under its first.",
    )
