"""Strips of dots: a row for each measure, a dot for each place, strong marks for those chosen and the region."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from cluster_data.drawing.charts.base import LEGEND, Trace, figure_of, inert, scatter, texts
from cluster_data.palette import Palette

ROW, ABOVE = 44, 64
MARKS = (("diamond", "◆"), ("square", "■"), ("triangle-up", "▲"))
REGION = ("triangle-down", "▼")
WORDS, DOTS, BELOW = -0.32, 0.22, 0.13  # of a row: where its words, its dots and, under them, the region's mark stand


def strips_chart(table: pd.DataFrame, places: Sequence[str], others: str, region: str, ground: Palette) -> go.Figure:
    """The table of measures.compared.dots: each measure from 0 to the most that a place has.

    `others` and `region` are what the key calls the dots and the region's mark. A click on a dot gives its place as
    customdata.
    """
    rows = {measure: float(row) for row, measure in enumerate(dict.fromkeys(table["measure"]))}
    most = table.groupby("measure")["value"].transform("max").clip(lower=1e-9)
    at = table.assign(x=table["value"] / most, y=table["measure"].map(rows) + DOTS)
    down = [end for row in rows.values() for end in (row + DOTS, row + DOTS, None)]
    traces = [
        scatter("lines", [0.0, 1.0, None] * len(rows), down, line={"color": ground.line, "width": 1}, showlegend=False)
    ]
    traces.append(_marks(at[~at["area"].isin(["", *places])], others, ground))
    for place, (symbol, _) in zip(places, MARKS, strict=False):
        strong = {"symbol": symbol, "size": 15, "color": ground.accent, "line": {"color": ground.ground, "width": 1.5}}
        traces.append(_marks(at[at["area"] == place], place, ground) | {"marker": strong})
    below = at[at["area"] == ""].assign(y=lambda own: own["y"] + BELOW)
    mark = {"symbol": REGION[0], "size": 9, "color": ground.text}
    traces.append(_marks(below, region, ground) | {"marker": mark, "customdata": None})
    return figure_of(
        ground,
        ABOVE + ROW * len(rows),
        [*traces, *_words(table, rows, places, ground)],
        {"visible": False, "range": [-0.02, 1.02]},
        {"visible": False, "range": [len(rows) - 0.5, -0.6]},
        showlegend=True,
        legend=LEGEND,
        clickmode="event+select",
        hovermode="closest",
    )


def _marks(rows: pd.DataFrame, name: str, ground: Palette) -> Trace:
    bright = {"marker": {"opacity": 1}}
    told = [
        f"{inert(row['area'] or name)}<br>{inert(row['label'])}: {inert(row['said'])}"
        for row in rows.to_dict("records")
    ]
    return scatter(
        "markers",
        rows["x"],
        rows["y"],
        name=inert(name),
        marker={"symbol": "circle-open", "size": 10, "color": ground.quiet},
        selected=bright,
        unselected=bright,
        customdata=[[area] for area in rows["area"]],
        text=told,
        hovertemplate="%{text}<extra></extra>",
        cliponaxis=False,
    )


def _words(table: pd.DataFrame, rows: dict[str, float], places: Sequence[str], ground: Palette) -> list[Trace]:
    """Above each strip what is measured on its left, and on its right what the places chosen and the region have."""
    labels = dict(zip(table["measure"], table["label"], strict=True))
    signs = {place: sign for place, (_, sign) in zip(places, MARKS, strict=False)}
    told = table[table["area"].isin(["", *places])]
    told = told.assign(sign=[signs.get(area, REGION[1]) for area in told["area"]])
    values = (told["sign"] + " " + told["said"]).groupby(told["measure"]).agg("   ".join)
    left, right = [inert(labels[measure]) for measure in rows], [values.get(measure, "") for measure in rows]
    above = [row + WORDS for row in rows.values()]
    look: Trace = {"textfont": {"size": 13, "color": ground.text}, "showlegend": False}
    return [
        texts([x] * len(rows), above, said, side, **look)
        for x, said, side in ((0.0, left, "middle right"), (1.0, right, "middle left"))
    ]
