"""Help as a list: who offers what, and why it is listed."""

import pandas as pd
import streamlit as st

from cluster_data import words
from cluster_data.ui.frame import View, link_to


def help_list(view: View, rows: pd.DataFrame) -> None:
    """A numbered list of the table of measures.reasons.list_in_words, each with the way to its profile."""
    for place, row in enumerate(rows.to_dict("records"), 1):
        with st.container(border=True, gap="xsmall"):
            st.subheader(f"{place}\\. {words.plain(row['Name'])}", anchor=False)
            st.markdown("  \n".join(_lines(row)))
            link_to(view, "Organisations", "Profile", "domain", org=row["id"])


def _lines(row: dict) -> list[str]:
    said = {name: words.plain(text) for name, text in row.items() if isinstance(text, str)}
    run_by = f", run by {said['Run by']}" if said["Run by"] else ""
    lines = [
        said["Summary"],
        f"**{said['Why']}**" if said["Why"] else "",
        f"{said['Sort']} ({said['Help'].lower()}){run_by}",
        f"{said['Where']} · {said['Status']}",
        *(f"{label}: {said[label]}" for label in ("Size of help", "Who may apply") if said[label]),
    ]
    website = [f"[Website](<{row['Website']}>)"] if row["Website"] else []
    return [line for line in lines if line] + [" · ".join([*website, f"Sources: {words.links(row['cited'])}"])]
