"""Buttons for files, and what a visitor reads when a file cannot be made; the server's log has the reason.

A file is made after its button is pressed, while no script runs. If that fails Streamlit writes a few small words below
the button and takes them away after five seconds; the message of the page stays in sight until it is closed or another
file is asked for.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from cluster_data.ui.frame import View
from cluster_data.ui.scripts import component

SAID = (
    "This file could not be made. The page and the other files are not affected; "
    "the log of the server holds the reason for whoever runs it."
)

_message = component("failures", '<div popover="manual"><p role="alert"></p><button type="button">Close</button></div>')


def download_button(
    view: View, label: str, made: Callable[[], Any], name: str, mime: str, key: str, **looks: Any
) -> None:
    """A button for a file that is made when asked for, without another run of the page."""
    st.download_button(label, made, name, mime, key=key, on_click="ignore", **looks)
    view.files.append(name)


def tell(view: View) -> None:
    """Once at the end of a page that offers files: say so if one cannot be made."""
    if view.files:
        _message(data={"said": SAID}, key="file not made")
