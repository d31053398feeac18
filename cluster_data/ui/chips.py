"""The filter as chips below the finding, each of which takes its part off; and the ways out of an empty choice."""

from functools import partial

import streamlit as st

from cluster_data.model import words
from cluster_data.model.filters import Filter, parts_of, ways_out
from cluster_data.model.link_words import FILTER
from cluster_data.ui import address
from cluster_data.ui.frame import View

MOST_WAYS = 3


def chips(view: View) -> None:
    """The parts of the filter that are not as at first, each with the way to take it off."""
    parts = parts_of(view.cluster, view.chosen)
    for part in parts:
        _button(words.plain(part.said), f"take off {part.said}", part.without, f"Take off {part.said}")
    if len(parts) > 1:
        _button("Clear all", "take off all", dict.fromkeys(FILTER), "Take off all of the filter", "undo")


def out_of_nothing(view: View) -> None:
    """Where the choice keeps nothing: what to take off to get something, and how much."""
    cluster = view.cluster
    if view.bare or view.chosen.counts(cluster):
        return
    ways, at_first = ways_out(cluster, view.chosen)[:MOST_WAYS], Filter.default(cluster)
    single = any(part in parts_of(cluster, view.chosen) for part, _ in ways)
    with st.container(border=True, gap="small"):
        st.markdown("**Take off one part of the choice:**" if single else "**More than one part has to go:**")
        with st.container(horizontal=True, gap="small"):
            if not single:
                label = f"Clear all: {words.count(at_first.counts(cluster), 'firm')}"
                _button(label, "way out of all", dict.fromkeys(FILTER), "Take off all of the filter", "undo")
            for part, other in ways:
                noun = "firm" if other.keeps_firms() else "record"
                label = f"Without {words.plain(part.said)}: {words.count(other.counts(cluster), noun)}"
                _button(label, f"way out {part.said}", part.without, f"Take off {part.said}")


def _button(label: str, key: str, changes: dict[str, list[str] | None], hint: str, icon: str = "close") -> None:
    put = partial(address.put, **changes)
    st.button(label, key=key, help=words.plain(hint), on_click=put, icon=f":material/{icon}:", width="content")
