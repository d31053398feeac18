"""A button that copies a text: a link, a snippet, a citation. Works by keyboard, and says that it has copied."""

import streamlit as st

from cluster_data.ui.frame import View

_copy = st.components.v2.component(
    "copy_text",
    html='<button type="button"></button><span role="status"></span><textarea readonly hidden rows="4"></textarea>',
    css="""
    button { font: inherit; padding: 0.35rem 0.75rem; border-radius: var(--st-button-radius); cursor: pointer;
             color: var(--st-text-color); background: transparent; border: 1px solid var(--st-border-color); }
    button:focus-visible { outline: 3px solid var(--st-primary-color); }
    span:not(:empty) { margin-left: 0.75rem; }
    textarea { display: block; box-sizing: border-box; width: 100%; margin-top: 0.5rem; font: inherit;
               color: var(--st-text-color); background: var(--st-secondary-background-color); }
    textarea[hidden] { display: none; }
    """,
    js="""
    async function copied(box) {
      try { await navigator.clipboard.writeText(box.value); return true; } catch (error) { /* not allowed here */ }
      box.hidden = false;
      box.select();
      const done = document.execCommand("copy");
      box.hidden = done;
      return done;
    }
    export default function ({ data, parentElement }) {
      const [button, said, box] = ["button", "span", "textarea"].map((part) => parentElement.querySelector(part));
      button.textContent = data.label;
      button.title = data.text;
      box.setAttribute("aria-label", data.label);
      if (box.value !== data.text) { box.value = data.text; box.hidden = true; said.textContent = ""; }
      button.onclick = async () => {
        const done = await copied(box);
        said.textContent = done ? "Copied" : "Copy it from here:";
        if (done) button.focus();
      };
    }
    """,
)


def copy_button(label: str, text: str, key: str) -> None:
    """A button of this label that copies the text; where a browser forbids it, the text stands there to be copied."""
    _copy(data={"label": label, "text": text}, key=key)


def copy_citation(view: View, citation: str, key: str) -> None:
    """A button that copies a citation; paper has none."""
    if not view.printing:
        copy_button("Copy citation", citation, f"cite {key}")
