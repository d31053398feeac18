"""Strips of dots: a row for each measure, a dot for each place, strong marks for those chosen and the region."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from cluster_data.drawing.charts.base import Trace, figure_of, inert
from cluster_data.drawing.charts.network import LEGEND
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
    traces = [_ground_lines(len(rows), ground)]
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


def _ground_lines(number: int, ground: Palette) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [0.0, 1.0, None] * number,
        "y": [value for row in range(number) for value in (row + DOTS, row + DOTS, None)],
        "line": {"color": ground.line, "width": 1},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _marks(rows: pd.DataFrame, name: str, ground: Palette) -> Trace:
    bright = {"marker": {"opacity": 1}}
    return {
        "type": "scatter",
        "mode": "markers",
        "name": inert(name),
        "x": list(rows["x"]),
        "y": list(rows["y"]),
        "marker": {"symbol": "circle-open", "size": 10, "color": ground.quiet},
        "selected": bright,
        "unselected": bright,
        "customdata": [[area] for area in rows["area"]],
        "text": [
            f"{inert(row['area'] or name)}<br>{inert(row['label'])}: {row['said']}" for row in rows.to_dict("records")
        ],
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
    }


def _words(table: pd.DataFrame, rows: dict[str, float], places: Sequence[str], ground: Palette) -> list[Trace]:
    """Above each strip what is measured on its left, and on its right what the places chosen and the region have."""
    labels = dict(zip(table["measure"], table["label"], strict=True))
    signs = {place: sign for place, (_, sign) in zip(places, MARKS, strict=False)}
    told = table[table["area"].isin(["", *places])]
    told = told.assign(sign=[signs.get(area, REGION[1]) for area in told["area"]])
    values = (told["sign"] + " " + told["said"]).groupby(told["measure"]).agg("   ".join)
    left, right = [inert(labels[measure]) for measure in rows], [values.get(measure, "") for measure in rows]
    return [_texts(list(rows.values()), left, 0.0, "middle right", ground)] + [
        _texts(list(rows.values()), right, 1.0, "middle left", ground)
    ]


def _texts(rows: list[float], said: list[str], x: float, side: str, ground: Palette) -> Trace:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [x] * len(rows),
        "y": [row + WORDS for row in rows],
        "text": said,
        "textposition": side,
        "textfont": {"size": 13, "color": ground.text},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
    }
