"""What a visitor reads when a file cannot be made; the server's log has the reason.

A file is made after its button is pressed, while no script runs. If that fails Streamlit writes a few small words below
the button and takes them away after five seconds; this line stays.
"""

import streamlit as st

SAID = (
    "This file could not be made. The page and the other files are not affected; "
    "the log of the server holds the reason for whoever runs it."
)

_line = st.components.v2.component(
    "file_not_made",
    html='<p role="alert"></p>',
    css="p { margin: 0; } p:empty { display: none; }",
    js="""
    const ASKED = '[data-testid="stDownloadButton"]';
    const FAILED = '[data-testid="stDownloadButtonError"]';
    export default function ({ data, parentElement }) {
      const line = parentElement.querySelector("p");
      const look = () => { if (document.querySelector(FAILED)) line.textContent = data.said; };
      const hide = (event) => { if (event.target.closest?.(ASKED)) line.textContent = ""; };
      const seen = new MutationObserver(look);
      seen.observe(document.body, { childList: true, subtree: true });
      document.addEventListener("click", hide, true);
      return () => { seen.disconnect(); document.removeEventListener("click", hide, true); };
    }
    """,
)


def tell() -> None:
    """Below the buttons for files: say so if one cannot be made, until another is asked for."""
    _line(data={"said": SAID}, key="file not made")
