"""The heat map of firms by area and D, whose cells can be clicked."""

import textwrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from cluster_data.charts.base import Trace, figure_of, inert
from cluster_data.palette import Palette, readable_on

MOST_LEVEL = 6
NAMES, NAME = 2.1, 17  # columns that the names of rows take beside the cells, and letters of a line of them
LEAST_ROW, HALF, TARGET = 29, 0.45, 26  # pixels from row to row; half a cell's height in rows; pixels to click


def d_by_area_chart(grid: pd.DataFrame, ground: Palette, chosen: tuple[str | None, str | None]) -> go.Figure:
    """The heat map: a row per area with its name beside the cells, a column per D, the number in each cell.

    `grid` is the table of measures.heat.grid; a click gives customdata [place, column]. `chosen` is framed. Cells
    without a number are hollow, those with none of anything have no colour.
    """
    lines = [textwrap.wrap(title, NAME) for title in grid["title"]]
    row = max(LEAST_ROW, 15 * max(map(len, lines), default=1) + 1)
    cells = grid.assign(said=["<br>".join(map(inert, words)) for words in lines])
    down, across = list(dict.fromkeys(grid["place"])), list(dict.fromkeys(grid["column"]))
    labels, above, turn = _headings(list(dict.fromkeys(grid["label"])))
    x = [across.index(column) for column in grid["column"]]
    y = [down.index(place) for place in grid["place"]]
    shades = _shades(grid, len(down), len(across), ground, row)
    return figure_of(
        ground,
        above + 20 + row * len(down),
        [shades, _numbers(grid, x, y, ground), _titles(cells), _targets(grid, x, y)],
        {
            "side": "top",
            "ticks": "",
            "tickvals": list(range(len(across))),
            "ticktext": labels,
            "tickangle": turn,
            "tickfont": {"size": 11},
            "range": [-0.5 - NAMES, len(across) - 0.5],
        },
        {"visible": False, "range": [len(down) - 0.5, -0.5]},
        margin={"l": 4, "r": 8, "t": above, "b": 8},
        clickmode="event+select",
        shapes=[*_hollow(grid, x, y, ground), *_frame(across, down, chosen, ground)],
    )


def _headings(labels: list[str]) -> tuple[list[str], int, int]:
    """The labels above the columns, a word a line, the pixels they need, and how they turn: upright if many."""
    if len(labels) > MOST_LEVEL:
        return [*map(inert, labels)], 30 + 7 * max(map(len, labels)), -90
    wrapped = [textwrap.wrap(label, 1, break_long_words=False) for label in labels]
    return ["<br>".join(map(inert, lines)) for lines in wrapped], 34 + 18 * max(map(len, wrapped), default=0), 0


def _shades(grid: pd.DataFrame, rows: int, columns: int, ground: Palette, row: int) -> Trace:
    return {
        "type": "heatmap",
        "z": _steps(grid, ground).to_numpy().reshape(rows, columns),
        "x": list(range(columns)),
        "y": list(range(rows)),
        "colorscale": [[place / (len(ground.steps) - 1), colour] for place, colour in enumerate(ground.steps)],
        "zmin": 0,
        "zmax": len(ground.steps) - 1,
        "xgap": 4,
        "ygap": round(row * (1 - 2 * HALF)),
        "showscale": False,
        "hoverinfo": "skip",
    }


def _steps(grid: pd.DataFrame, ground: Palette) -> pd.Series:
    """Which of the ground's steps of colour each cell has; missing where there is nothing or no number."""
    some = grid["value"].where(grid["value"] > 0)
    return (some / max(1.0, some.fillna(0).max()) * (len(ground.steps) - 1)).round()


def _numbers(grid: pd.DataFrame, x: list[int], y: list[int], ground: Palette) -> Trace:
    steps = _steps(grid, ground)
    inks = [ground.text if pd.isna(step) else readable_on(ground.steps[int(step)]) for step in steps]
    many = grid["column"].nunique() > MOST_LEVEL
    said = [short.replace(" ", "<br>") if many else short for short in grid["short"]]
    font = {"color": inks, "size": 12 if many else 14}
    return {"type": "scatter", "mode": "text", "x": x, "y": y, "text": said, "textfont": font, "hoverinfo": "skip"}


def _titles(cells: pd.DataFrame) -> Trace:
    said = cells.drop_duplicates("place")["said"]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [-0.5 - NAMES] * len(said),
        "y": list(range(len(said))),
        "text": said.tolist(),
        "textposition": "middle right",
        "textfont": {"size": 12},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _targets(grid: pd.DataFrame, x: list[int], y: list[int]) -> Trace:
    invisible = {"marker": {"opacity": 0}}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y,
        "marker": {"symbol": "square", "size": TARGET, "opacity": 0},
        "selected": invisible,
        "unselected": invisible,
        "customdata": grid[["place", "column"]].to_numpy().tolist(),
        "text": [
            f"{inert(row['title'])}<br>{inert(row['label'])}: {inert(row['told'])}" for row in grid.to_dict("records")
        ],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _hollow(grid: pd.DataFrame, x: list[int], y: list[int], ground: Palette) -> list[dict[str, Any]]:
    line = {"color": ground.quiet, "width": 1, "dash": "dot"}
    return [
        _rectangle(left - 0.48, left + 0.48, top, line)
        for left, top, nothing in zip(x, y, grid["unknown"], strict=True)
        if nothing
    ]


def _frame(
    across: list[str], down: list[str], chosen: tuple[str | None, str | None], ground: Palette
) -> list[dict[str, Any]]:
    row, column = chosen
    if row not in down:
        return []
    left, right = (-0.5, len(across) - 0.5)
    if column in across:
        left, right = across.index(column) - 0.48, across.index(column) + 0.48
    return [_rectangle(left, right, down.index(row), {"color": ground.text, "width": 3})]


def _rectangle(left: float, right: float, row: int, line: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rect", "x0": left, "x1": right, "y0": row - HALF, "y1": row + HALF, "line": line}
