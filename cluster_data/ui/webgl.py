"""Whether the browser can draw a live map: only it knows, and it tells only if it cannot."""

import streamlit as st

NONE = "the browser has no WebGL"

_canvas = st.components.v2.component(
    "webgl",
    isolate_styles=False,
    js="""
    let works;
    const tried = () => {
      const context = document.createElement("canvas").getContext("webgl2");
      context?.getExtension("WEBGL_lose_context")?.loseContext();
      return Boolean(context);
    };
    export default function ({ parentElement, setTriggerValue }) {
      const drawing = parentElement.closest('[data-testid="stVerticalBlock"]');
      const lost = (event) => { if (event.target.isConnected) setTriggerValue("missing", true); };
      works ??= tried();
      if (!works) setTriggerValue("missing", true);
      drawing?.addEventListener("webglcontextlost", lost, true);
      return () => drawing?.removeEventListener("webglcontextlost", lost, true);
    }
    """,
)


def is_missing() -> bool:
    """Did the browser tell in this visit that it draws no live map, or that it lost one?"""
    return NONE in st.session_state


def ask() -> None:
    """Let the browser tell if it cannot draw the live map beside this; then the page runs again."""
    _canvas(key="webgl", on_missing_change=_keep)


def _keep() -> None:
    st.session_state[NONE] = True
