"""The one filter, drawn in the sidebar and bound to the address."""

from collections.abc import Sequence

import streamlit as st

from cluster_data import link_words, words
from cluster_data.cluster import Cluster
from cluster_data.filters import Filter, filter_of_link
from cluster_data.link_words import ANY, MATCHES, Options
from cluster_data.search import MOST_LETTERS, MOST_WORDS, cut
from cluster_data.ui.address import on_paper, text_of


def options(cluster: Cluster) -> Options:
    """For each parameter of the filter, what a link may say: label to id, in order."""
    return link_words.options(cluster.table)


def draw(cluster: Cluster, in_page: str | None) -> Filter:
    """Draw the filter; give the reader's choice.

    A page may show one part itself: "q" with `search_box`, or "d" with `ds_box`.
    """
    known = options(cluster)
    default_roles = Filter.default(cluster).roles
    with st.sidebar:
        if in_page != "q":
            search_box()
        ds = _as_chosen(known, "d") if in_page == "d" else ds_box(cluster)
        areas = _several(known, "area", "Areas", "Whole region")
        at_first = [label for label, role in known["role"].items() if role in default_roles]
        roles = _several(known, "role", "Firms by role", "All roles", at_first)
        with st.expander("More choices"):
            match = st.radio(
                "Which of a record’s Ds count",
                MATCHES,
                key="match",
                bind="query-params",
                horizontal=True,
                help="any: a record counts under each of its Ds, so columns overlap. primary: only under its first.",
            )
            kinds = _several(known, "kind", "Kinds of record", "All kinds")
            stages = _several(known, "stage", "Firms by stage", "All stages")
            statuses = _several(known, "status", "Status", "Any status")
        at_first_all = {"role": at_first, "match": ANY, "q": ""}
        st.button("Reset filters", on_click=_reset, args=[known, at_first_all], type="tertiary", icon=":material/undo:")
    return Filter(
        ds=ds,
        match=match or ANY,
        areas=areas,
        kinds=kinds,
        roles=roles,
        stages=stages,
        statuses=statuses,
        text=cut(_asked_text()),
    )


def of_address(cluster: Cluster) -> Filter:
    """The filter as the address has it, where no bar is drawn."""
    chosen, _ = filter_of_link(cluster, {key: st.query_params.get_all(key) for key in st.query_params})
    return chosen


def _asked_text() -> str:
    return st.session_state.get("q") or st.query_params.get("q", "")


def say_if_cut() -> None:
    """Tell the reader if a search is longer than what is searched for."""
    asked = _asked_text().strip()
    if cut(asked) != asked:
        st.warning(
            f"A search goes by its first {MOST_WORDS} words and {MOST_LETTERS} characters. "
            f"This one was cut to “{words.plain(cut(asked))}”."
        )


def search_box() -> None:
    """The text part of the filter."""
    if not on_paper():
        text_of("Search", "q", "Name, town or what they do", ":material/search:")


def ds_box(cluster: Cluster) -> tuple[str, ...]:
    """The Ds of the filter."""
    if on_paper():
        return _as_chosen(options(cluster), "d")
    return _several(options(cluster), "d", "Ds", "All Ds")


def _as_chosen(known: Options, key: str) -> tuple[str, ...]:
    """What a box that is drawn later on the page holds."""
    chosen = st.session_state.get(key) or st.query_params.get_all(key)
    return tuple(known[key][name] for name in chosen if name in known[key])


def _several(known: Options, key: str, label: str, placeholder: str, at_first: Sequence[str] = ()) -> tuple[str, ...]:
    chosen = st.multiselect(
        label,
        list(known[key]),
        default=list(at_first),
        key=key,
        bind="query-params",
        placeholder=placeholder,
        select_all=False,
    )
    return tuple(known[key][name] for name in chosen)


def _reset(known: Options, at_first: dict[str, object]) -> None:
    for key in (*known, "q"):
        st.session_state[key] = at_first.get(key, [])
