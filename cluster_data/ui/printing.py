"""The view for paper: on a light ground and without the frame of the app, whatever address it was opened by."""

import streamlit as st

_paper = st.components.v2.component(
    "paper",
    html='<button type="button">Print this page</button>',
    css="""
    button { font: inherit; padding: 0.35rem 0.75rem; border-radius: var(--st-button-radius); cursor: pointer;
             color: var(--st-text-color); background: transparent; border: 1px solid var(--st-border-color); }
    button:focus-visible { outline: 3px solid var(--st-primary-color); }
    @media print { button { display: none; } }
    """,
    js="""
    export default function ({ parentElement }) {
      const address = new URL(location.href);
      if (address.searchParams.get("embed_options") !== "light_theme") {
        address.searchParams.set("embed", "true");
        address.searchParams.set("embed_options", "light_theme");
        location.replace(address);
      }
      parentElement.querySelector("button").onclick = () => window.print();
    }
    """,
)


def on_paper() -> None:
    """A button that prints the page; opens the address anew on a light ground if it is not on one."""
    _paper(key="paper")
