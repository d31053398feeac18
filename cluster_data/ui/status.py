"""A line that screen readers speak when it changes; nobody sees it."""

import streamlit as st

_line = st.components.v2.component(
    "spoken_line",
    html='<p role="status"></p>',
    css="p { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }",
    js="""
    export default function ({ data, parentElement }) {
      const line = parentElement.querySelector("p");
      if (line.textContent !== data.said) line.textContent = data.said;
    }
    """,
)


def speak(said: str) -> None:
    """Let a screen reader say what the page now shows."""
    _line(data={"said": said}, key="spoken line")
