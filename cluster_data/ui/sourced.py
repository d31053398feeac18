"""Published figures on screen: each with what it is, when and where it holds, who says so and how sure it is."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd
import streamlit as st

from cluster_data import stills, words
from cluster_data.measures import citations, goals, indicators
from cluster_data.palette import Palette, palette
from cluster_data.ui.copying import copy_citation
from cluster_data.ui.frame import View
from cluster_data.ui.parts import (
    cited,
    figure,
    note_table,
    paragraph,
    subsection,
    table_twin,
    twin,
)

if TYPE_CHECKING:  # only pages that draw with it load it
    import plotly.graph_objects as go

SAME = "The same as a table"
Draw: TypeAlias = "Callable[[Palette], go.Figure]"


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


def answers(view: View, question: str, rows: pd.DataFrame) -> None:
    """What several sources say on one question: side by side, with a bar each and what may explain the difference."""
    said = indicators.answers_in_words(question, rows)
    subsection(view, said)
    paragraph(view, words.plain(indicators.differences(rows)))
    ground = palette(view.dark)
    with st.grid(min_column_width=220):
        for place, row in enumerate(rows.to_dict("records")):
            with st.container(border=True, gap="xxsmall"):
                st.markdown(f"#### {words.plain(row['figure'])}")
                if pd.notna(row["share"]):
                    st.image(stills.bar(row["share"], 1, ground.accent, ground), alt="", width="stretch")
                st.markdown(f"**{words.plain(row['name'])}**")
                st.markdown(_origin(view, row))
                _cite(view, row, f"{question} {place}")
                if isinstance(row["note"], str):
                    st.caption(f"Note: {words.plain(row['note'])}")
    _table(view, table_twin, rows, said, SAME, "")


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


def other_figures(view: View, topic: str, notes: bool) -> None:
    """The figures of a topic that stand alone: the region's own in full, those of other places on request."""
    cluster = view.cluster
    labels, own = cluster.labels("indicator_place"), cluster.flagged("indicator_place", "default")
    for place, rows in indicators.others(cluster, topic).items():
        about = f"{labels[place]}: {words.count(len(rows), 'figure')}"
        if place in own:
            subsection(view, about)
            figures(view, rows, about, notes)
            _table(view, twin, rows, about, SAME)
        else:
            _table(view, table_twin, rows, about, words.plain(about), "")


def _table(view: View, draw: Callable[..., None], rows: pd.DataFrame, about: str, *more: str) -> None:
    """Figures as a table with their notes, behind a line that says what they are."""
    draw(view, partial(indicators.figures_in_words, rows), about, f"figures {about}", "indicators", *more)


def path_to_goal(view: View, draw: Draw, way: pd.DataFrame, heading: str) -> None:
    """The drawing of goals.path with its table."""
    figure(
        view,
        draw,
        goals.path_in_words(way),
        heading,
        "path",
        words.plain(goals.path_source(way)),
        "indicators",
    )


def regions(view: View, draw: Draw, rows: pd.DataFrame, metric: str) -> None:
    """The drawing of indicators.compared with its table."""
    figure(
        view,
        draw,
        indicators.compared_in_words(rows),
        indicators.region_finding(view.cluster, metric),
        "regions",
        words.plain(indicators.series_source(view.cluster, metric)),
        "comparisons",
    )
