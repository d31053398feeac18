"""Whether the browser can draw a live map: only it knows, and it tells only if it cannot."""

import streamlit as st

from cluster_data.ui.scripts import component

NONE = "the browser has no WebGL"

_canvas = component("webgl", isolated=False)


def is_missing() -> bool:
    """Did the browser tell in this visit that it draws no live map, or that it lost one?"""
    return NONE in st.session_state


def ask() -> None:
    """Let the browser tell if it cannot draw the live map beside this; then the page runs again."""
    _canvas(key="webgl", on_missing_change=_keep)


def _keep() -> None:
    st.session_state[NONE] = True
