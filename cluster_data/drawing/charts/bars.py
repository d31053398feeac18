"""Charts of counts: bars and marks by D, by label, by column."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from cluster_data.drawing.charts.base import Trace, bars, figure_of, inert, rows_at, scatter, texts
from cluster_data.measures.counts import UNKNOWN
from cluster_data.palette import GLYPHS, Palette


def by_d_chart(table: pd.DataFrame, types: dict[str, str], ground: Palette) -> go.Figure:
    """One group of bars per type of record, one bar per D with its number: the table of measures.counts.by_d.

    `types` gives the columns to draw and their labels.
    """
    ds, groups = table.to_dict("records"), range(len(types))
    marks = [f"{GLYPHS[d['symbol']]} {inert(d['label'])}" for d in ds]
    heads = [group * (len(ds) + 1) for group in groups]
    traces = [
        _bars([head + place for head in heads], [int(d[each]) for each in types], d[ground.d_column]) | {"name": mark}
        for place, (d, mark) in enumerate(zip(ds, marks, strict=True), 1)
    ]
    most = max([1, *(max(trace["x"], default=0) for trace in traces)])
    rows = [head + place for head in heads for place in range(1, len(ds) + 1)]
    titles = texts([0] * len(heads), heads, [f"<b>{inert(label)}</b>" for label in types.values()], "middle right")
    return figure_of(
        ground,
        30 + 30 * len(types) * (len(ds) + 1),
        [*traces, titles] if ds else [],
        {"visible": False, "range": [0, most * 1.12]},
        rows_at(rows, marks * len(types)),
    )


def shares_chart(table: pd.DataFrame, ground: Palette) -> go.Figure:
    """Horizontal bars of the column `all` of a table by label; the bar of what is not known is hollow."""
    rows = table[(table["all"] > 0) | (table["label"] != UNKNOWN)]
    hollow = list(rows["label"] == UNKNOWN)
    values = [int(value) for value in rows["all"]]
    marker = {
        "color": [ground.ground if empty else ground.accent for empty in hollow],
        "line": {"color": ground.quiet, "width": [1.5 if empty else 0 for empty in hollow]},
    }
    drawn = _bars([*map(inert, rows["label"])], values, None) | {"marker": marker}
    return figure_of(
        ground, 40 + 34 * len(rows), [drawn], {"visible": False, "range": [0, max([1, *values]) * 1.15]}, {}
    )


def _bars(y: list[Any], values: list[int], colour: str | None) -> Trace:
    said = [f"{value:,}" for value in values]
    look = {"marker": {"color": colour}, "hovertemplate": "%{y}: %{x}<extra></extra>"}
    return bars(values, y, text=said, textposition="outside", **look)


def matches_compared_chart(table: pd.DataFrame, colours: pd.Series, ground: Palette) -> go.Figure:
    """For each D, firms with it as primary D (filled mark) and as any of their Ds (open mark), joined by a line."""
    traces: list[Trace] = []
    for row, colour in zip(table.to_dict("records"), colours, strict=True):
        line = {"color": colour, "width": 3}
        pair = scatter(
            "lines+markers+text",
            [row["primary"], row["any"]],
            [inert(row["label"])] * 2,
            line=line,
            marker={"size": 16, "color": [colour, ground.ground], "line": line},
            text=[f"{row['primary']}", f"{row['any']}"],
            textposition=["middle left", "middle right"],
            hovertemplate="%{y}: %{x}<extra></extra>",
        )
        traces.append(pair)
    most = max([1, *table["any"]])
    across = {"visible": False, "range": [-0.12 * most - 1, most * 1.15 + 1]}
    return figure_of(ground, 70 + 44 * len(table), traces, across, {})


def coverage_chart(table: pd.DataFrame, ground: Palette) -> go.Figure:
    """Share of each column that is known: bars from 0 to 100%, the table of measures.coverage.columns_known."""
    whole = bars([100] * len(table), table["column"], marker={"color": ground.land}, hoverinfo="skip")
    known = bars(
        table["share"],
        table["column"],
        name="Known, %",
        marker={"color": ground.accent},
        text=[f"{row['known']:,} of {row['rows']:,}" for row in table.to_dict("records")],
        textposition=["inside" if share > 40 else "outside" for share in table["share"]],
        textangle=0,
        constraintext="none",
        hovertemplate="%{y}: %{x:.0f}%<extra></extra>",
    )
    return figure_of(
        ground, 40 + 28 * len(table), [whole, known], {"visible": False, "range": [0, 104]}, {}, barmode="overlay"
    )
