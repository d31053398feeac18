"""What runs in the browser beside the app: a script each, and its looks if it has any."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent


def component(name: str, html: str = "", isolated: bool = True) -> Any:
    """The component of NAME.js and NAME.css, with the app's buttons; `isolated` from the styles of the page."""
    looks = ["button", name] if "<button" in html else [name]
    css = "".join((HERE / f"{one}.css").read_text("utf-8") for one in looks if (HERE / f"{one}.css").exists())
    js = (HERE / f"{name}.js").read_text("utf-8")
    return st.components.v2.component(name, html=html or None, css=css or None, js=js, isolate_styles=isolated)


_copy = component(
    "copying",
    '<button type="button"></button><span role="status"></span><textarea readonly hidden rows="4"></textarea>',
)


def copy_button(label: str, text: str, key: str) -> None:
    """A button that copies a text, and says so; where a browser forbids it, the text stands there to be copied."""
    _copy(data={"label": label, "text": text}, key=key)


_chosen = component("chosen", isolated=False)


def readable_when_chosen(accent: str, key: str) -> None:
    """Words of the open tab, or of chosen chips, have this colour."""
    _chosen(data={"accent": accent}, key=key)


_swipes = component("touch", isolated=False)


@contextmanager
def swiped(key: str, leads: bool = True) -> Iterator[None]:
    """What is drawn within lets a swipe scroll the page; a tap selects, two fingers move a map. `key` names it.

    What a map says of a mark stays within its frame. Over a mark of a chart that `leads` somewhere the pointer is a
    hand, else an arrow.

    Neither Streamlit nor what it draws with has a setting for it: Streamlit gives a chart that can be clicked a way of
    dragging, for which Plotly takes every touch, and lets no word on touch through to deck.gl, which takes them all.
    """
    with st.container(gap=None):
        yield
        _swipes(data={"leads": leads}, key=f"swipes {key}")
