"""The way of a finger over a chart or a map: a swipe scrolls the page, a tap selects, two fingers move a map.

Neither Streamlit nor what it draws with has a setting for this: Streamlit gives a chart that can be clicked a way of
dragging, for which Plotly takes every touch, and lets no word on touch through to deck.gl, which takes them all.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from cluster_data.ui.scripts import component

_swipes = component("touch", isolated=False)


@contextmanager
def swiped(key: str) -> Iterator[None]:
    """What is drawn within lets a swipe scroll the page; `key` names it."""
    with st.container(gap=None):
        yield
        _swipes(key=f"swipes {key}")
