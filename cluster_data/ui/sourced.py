"""Published figures on screen: each with what it is, when and where it holds, who says so and how sure it is."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from cluster_data import words
from cluster_data.measures import citations, indicators
from cluster_data.ui.copying import copy_citation
from cluster_data.ui.frame import View
from cluster_data.ui.parts import cited, csv_button, note_table, on_screen, subsection


def figures(view: View, rows: pd.DataFrame, about: str = "", notes: bool = False) -> None:
    """Sourced figures: each with its name, detail if it has one, period, sort, publisher and, if asked for, note."""
    if about:
        note_table(view, partial(indicators.figures_in_words, rows), about, "")
    with st.grid(min_column_width=240):
        for place, row in enumerate(rows.to_dict("records")):
            with st.container(gap="xxsmall"):
                st.markdown(words.plain(row["name"]))
                st.markdown(f"### {words.plain(row['figure'])}")
                if "detail" in row:
                    st.markdown(words.plain(row["detail"]))
                st.markdown(_origin(view, row))
                _cite(view, row, f"{about} {place}")
                if notes and isinstance(row["note"], str):
                    st.caption(f"Note: {words.plain(row['note'])}")


def _origin(view: View, row: dict[str, Any]) -> str:
    """Kind, period, area, scope, confidence and source of a figure."""
    scope = [f"scope: {row['scope']}"] if isinstance(row.get("scope"), str) else []
    parts = [row["kind"], row["period"], row["geography"], *scope]
    sure = f"Confidence: {words.first_lower(str(row['confidence']))}."
    source = f"Source: {cited(view, row['source_ids'])}"
    return f"{words.plain(', '.join(map(str, parts)))}. {words.plain(sure)} {source}"


def _cite(view: View, row: dict[str, Any], key: str) -> None:
    """The button that copies the citation of a figure."""
    copy_citation(view, citations.of_figure(view.cluster, row, indicators.amount_in_words(row)), f"figure {key}")


def references(view: View) -> None:
    """Every source as one cites it, with the download."""
    cluster = view.cluster
    subsection(view, citations.finding(cluster))
    about = "Every source with its citation"
    note_table(view, lambda: citations.table(cluster), about, "")
    if not view.printing:
        st.dataframe(on_screen(citations.table(cluster)), hide_index=True, alt=about)
        csv_button(view, lambda: citations.table(cluster), about)
