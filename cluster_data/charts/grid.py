"""The heat map of challenges, whose cells can be clicked."""

import textwrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from cluster_data.charts.base import Trace, figure_of, inert
from cluster_data.palette import Palette, readable_on

ROW = 58
BETWEEN_ROWS = 26
MOST_LEVEL = 6


def challenge_grid_chart(grid: pd.DataFrame, ground: Palette, chosen: tuple[str | None, str | None]) -> go.Figure:
    """The heat map: a row per challenge with its title above the cells, a column per `column`, the number in each cell.

    `grid` is the table of measures.help.challenge_grid. Cells are square markers too, so that a click gives
    customdata [challenge, column]. `chosen` is framed. Cells that hold nothing, or no number, are hollow.
    """
    down, across = list(dict.fromkeys(grid["challenge"])), list(dict.fromkeys(grid["column"]))
    labels, above, turn = _headings(list(dict.fromkeys(grid["label"])))
    x = [across.index(column) for column in grid["column"]]
    y = [down.index(challenge) for challenge in grid["challenge"]]
    traces = [_cells(grid, len(down), len(across), ground), _numbers(grid, x, y, ground), _titles(grid, down)]
    return figure_of(
        ground,
        above + 20 + ROW * len(down),
        [*traces, _targets(grid, x, y)],
        {
            "side": "top",
            "ticks": "",
            "tickvals": list(range(len(across))),
            "ticktext": labels,
            "tickangle": turn,
            "range": [-0.5, len(across) - 0.5],
        },
        {"visible": False, "range": [len(down) - 0.6, -0.8]},
        margin={"l": 4, "r": 8, "t": above, "b": 8},
        clickmode="event+select",
        shapes=[*_hollow(grid, x, y, ground), *_frame(across, down, chosen, ground)],
    )


def _headings(labels: list[str]) -> tuple[list[str], int, int]:
    """The labels above the columns, the pixels they need, and how they are turned: upright if there are many."""
    if len(labels) > MOST_LEVEL:
        return [*map(inert, labels)], 30 + 7 * max(map(len, labels)), -90
    wrapped = [textwrap.wrap(label, 11, break_long_words=False) for label in labels]
    return ["<br>".join(map(inert, lines)) for lines in wrapped], 34 + 18 * max(map(len, wrapped), default=0), 0


def _cells(grid: pd.DataFrame, rows: int, columns: int, ground: Palette) -> Trace:
    return {
        "type": "heatmap",
        "z": _steps(grid, ground).to_numpy().reshape(rows, columns),
        "x": list(range(columns)),
        "y": list(range(rows)),
        "colorscale": [[place / (len(ground.steps) - 1), colour] for place, colour in enumerate(ground.steps)],
        "zmin": 0,
        "zmax": len(ground.steps) - 1,
        "xgap": 4,
        "ygap": BETWEEN_ROWS,
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


def _titles(grid: pd.DataFrame, down: list[str]) -> Trace:
    titles = grid.drop_duplicates("challenge").set_index("challenge")["title"]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [-0.5] * len(down),
        "y": [place - 0.30 for place in range(len(down))],
        "text": [f"{challenge}  {inert(titles[challenge])}" for challenge in down],
        "textposition": "top right",
        "textfont": {"size": 13},
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
        "marker": {"symbol": "square", "size": 38, "opacity": 0},
        "selected": invisible,
        "unselected": invisible,
        "customdata": grid[["challenge", "column"]].to_numpy().tolist(),
        "text": [
            f"{inert(row['title'])}<br>{inert(row['label'])}: {inert(row['told'])}" for row in grid.to_dict("records")
        ],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _hollow(grid: pd.DataFrame, x: list[int], y: list[int], ground: Palette) -> list[dict[str, Any]]:
    line = {"color": ground.quiet, "width": 1, "dash": "dot"}
    empty = _steps(grid, ground).isna()
    return [
        {"type": "rect", "x0": left - 0.48, "x1": left + 0.48, "y0": top - 0.27, "y1": top + 0.27, "line": line}
        for left, top, nothing in zip(x, y, empty, strict=True)
        if nothing
    ]


def _frame(
    across: list[str], down: list[str], chosen: tuple[str | None, str | None], ground: Palette
) -> list[dict[str, Any]]:
    challenge, column = chosen
    if challenge not in down:
        return []
    y = down.index(challenge)
    left, right = (-0.5, len(across) - 0.5)
    if column in across:
        left, right = across.index(column) - 0.48, across.index(column) + 0.48
    line = {"color": ground.text, "width": 3}
    return [{"type": "rect", "x0": left, "x1": right, "y0": y - 0.27, "y1": y + 0.27, "line": line}]
