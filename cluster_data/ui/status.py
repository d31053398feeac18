"""A line that screen readers speak when it changes; nobody sees it. A first view needs none: its title is read."""

import streamlit as st

_line = st.components.v2.component(
    "spoken_line",
    html='<p role="status"></p>',
    css="p { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); }",
    js="""
    export default function ({ data, parentElement }) {
      const line = parentElement.querySelector("p");
      if (line.textContent !== data.said) setTimeout(() => { line.textContent = data.said; }, 150);
    }
    """,
)


def speak(said: str) -> None:
    """Let a screen reader say what the page now shows, once that has changed in this visit.

    The line comes after all else, as what stands behind it would be drawn anew when it comes, and lose the focus.
    """
    if st.session_state.setdefault("said at first", said) != said:
        st.session_state["said at first"] = ""
        _line(data={"said": said}, key="spoken line")
