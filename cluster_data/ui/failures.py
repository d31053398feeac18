"""Buttons for files, and what a visitor reads when a file cannot be made; the server's log has the reason.

A file is made after its button is pressed, while no script runs. If that fails Streamlit writes a few small words below
the button and takes them away after five seconds; the message of the page stays in sight until it is closed or another
file is asked for.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st

from cluster_data.ui.frame import View

SAID = (
    "This file could not be made. The page and the other files are not affected; "
    "the log of the server holds the reason for whoever runs it."
)

_message = st.components.v2.component(
    "file_not_made",
    html='<div popover="manual"><p role="alert"></p><button type="button">Close</button></div>',
    css="""
    [popover] { inset: auto 1rem 1rem; margin: 0 auto; max-width: 40rem; padding: 0.75rem 1rem; line-height: 1.5;
          color: var(--st-text-color); background: var(--st-background-color);
          border: 2px solid var(--st-primary-color); border-radius: var(--st-button-radius); }
    p { margin: 0 0 0.5rem; }
    button { font: inherit; padding: 0.35rem 0.75rem; border-radius: var(--st-button-radius); cursor: pointer;
             color: inherit; background: transparent; border: 1px solid var(--st-border-color); }
    button:focus-visible { outline: 3px solid var(--st-primary-color); }
    """,
    js="""
    const ASKED = '[data-testid="stDownloadButton"]';
    const FAILED = '[data-testid="stDownloadButtonError"]';
    export default function ({ data, parentElement }) {
      const message = parentElement.querySelector("[popover]");
      const line = parentElement.querySelector("p");
      let closed = null;
      const hide = () => { line.textContent = ""; message.hidePopover(); };
      const look = () => {
        const failed = document.querySelector(FAILED);
        if (!failed || failed === closed || line.textContent) return;
        message.showPopover();
        line.textContent = data.said;
      };
      const asked = (event) => { if (event.target.closest?.(ASKED)) { closed = null; hide(); } };
      parentElement.querySelector("button").onclick = () => { closed = document.querySelector(FAILED); hide(); };
      const seen = new MutationObserver(look);
      seen.observe(document.body, { childList: true, subtree: true });
      document.addEventListener("click", asked, true);
      return () => { seen.disconnect(); document.removeEventListener("click", asked, true); };
    }
    """,
)


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
