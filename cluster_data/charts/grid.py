"""Heat maps whose cells can be clicked: challenges, and areas by D."""

import textwrap
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from cluster_data.charts.base import Trace, figure_of, inert
from cluster_data.palette import Palette, readable_on

MOST_LEVEL = 6
NAMES, NAME = 2.1, 17  # columns that the names of rows take beside the cells, and letters of a line of them


@dataclass(frozen=True)
class Form:
    """How a heat map looks: the column that names its rows, and where their titles stand.

    Beside the cells they take `names` columns; else they stand above. `row` pixels from row to row, of which `half` a
    row is a cell's height up and down from its middle.
    """

    down: str
    row: int
    half: float
    target: int
    names: float = 0.0


ABOVE = Form("challenge", 58, 0.27, 38)
BESIDE = Form("place", 29, 0.45, 26, NAMES)


def challenge_grid_chart(grid: pd.DataFrame, ground: Palette, chosen: tuple[str | None, str | None]) -> go.Figure:
    """The heat map: a row per challenge with its title above the cells, a column per `column`, the number in each cell.

    `grid` is the table of measures.help.challenge_grid. Cells are square markers too, so that a click gives
    customdata [challenge, column]. `chosen` is framed. Cells that hold nothing, or no number, are hollow.
    """
    said = [f"{challenge}  {title}" for challenge, title in zip(grid["challenge"], grid["title"], strict=True)]
    hollow = grid["value"].isna() | (grid["value"] == 0)
    return _grid_chart(grid.assign(said=said, hollow=hollow), ground, chosen, ABOVE)


def d_by_area_chart(grid: pd.DataFrame, ground: Palette, chosen: tuple[str | None, str | None]) -> go.Figure:
    """The heat map: a row per area with its name beside the cells, a column per D, the number in each cell.

    `grid` is the table of measures.heat.grid; a click gives customdata [place, column]. `chosen` is framed. Cells
    without a number are hollow, those with none of anything have no colour.
    """
    lines = [textwrap.wrap(title, NAME) for title in grid["title"]]
    most = max(map(len, lines), default=1)
    form = replace(BESIDE, row=max(BESIDE.row, 15 * most + 1))
    return _grid_chart(
        grid.assign(said=["\n".join(words) for words in lines], hollow=grid["unknown"]), ground, chosen, form
    )


def _grid_chart(grid: pd.DataFrame, ground: Palette, chosen: tuple[str | None, str | None], form: Form) -> go.Figure:
    down, across = list(dict.fromkeys(grid[form.down])), list(dict.fromkeys(grid["column"]))
    labels, above, turn = _headings(list(dict.fromkeys(grid["label"])), 1 if form.names else 11)
    x = [across.index(column) for column in grid["column"]]
    y = [down.index(row) for row in grid[form.down]]
    numbers, titles = _numbers(grid, x, y, ground), _titles(grid, form)
    top = -0.8 if not form.names else -0.5
    return figure_of(
        ground,
        above + 20 + form.row * len(down),
        [_cells(grid, len(down), len(across), ground, form), numbers, titles, _targets(grid, x, y, form)],
        {
            "side": "top",
            "ticks": "",
            "tickvals": list(range(len(across))),
            "ticktext": labels,
            "tickangle": turn,
            "range": [-0.5 - form.names, len(across) - 0.5],
        }
        | ({"tickfont": {"size": 11}} if form.names else {}),
        {"visible": False, "range": [len(down) - 0.6 + (0.1 if form.names else 0), top]},
        margin={"l": 4, "r": 8, "t": above, "b": 8},
        clickmode="event+select",
        shapes=[*_hollow(grid, x, y, ground, form), *_frame(across, down, chosen, ground, form)],
    )


def _headings(labels: list[str], wide: int) -> tuple[list[str], int, int]:
    """The labels above the columns in lines so wide, the pixels they need, and how they turn: upright if many."""
    if len(labels) > MOST_LEVEL:
        return [*map(inert, labels)], 30 + 7 * max(map(len, labels)), -90
    wrapped = [textwrap.wrap(label, wide, break_long_words=False) for label in labels]
    return ["<br>".join(map(inert, lines)) for lines in wrapped], 34 + 18 * max(map(len, wrapped), default=0), 0


def _cells(grid: pd.DataFrame, rows: int, columns: int, ground: Palette, form: Form) -> Trace:
    return {
        "type": "heatmap",
        "z": _steps(grid, ground).to_numpy().reshape(rows, columns),
        "x": list(range(columns)),
        "y": list(range(rows)),
        "colorscale": [[place / (len(ground.steps) - 1), colour] for place, colour in enumerate(ground.steps)],
        "zmin": 0,
        "zmax": len(ground.steps) - 1,
        "xgap": 4,
        "ygap": round(form.row * (1 - 2 * form.half)),
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


def _titles(grid: pd.DataFrame, form: Form) -> Trace:
    said = grid.drop_duplicates(form.down)["said"]
    above = not form.names
    return {
        "type": "scatter",
        "mode": "text",
        "x": [-0.5 - form.names] * len(said),
        "y": [place - 0.30 if above else place for place in range(len(said))],
        "text": [inert(title).replace("\n", "<br>") for title in said],
        "textposition": "top right" if above else "middle right",
        "textfont": {"size": 13 if above else 12},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _targets(grid: pd.DataFrame, x: list[int], y: list[int], form: Form) -> Trace:
    invisible = {"marker": {"opacity": 0}}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": x,
        "y": y,
        "marker": {"symbol": "square", "size": form.target, "opacity": 0},
        "selected": invisible,
        "unselected": invisible,
        "customdata": grid[[form.down, "column"]].to_numpy().tolist(),
        "text": [
            f"{inert(row['title'])}<br>{inert(row['label'])}: {inert(row['told'])}" for row in grid.to_dict("records")
        ],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _hollow(grid: pd.DataFrame, x: list[int], y: list[int], ground: Palette, form: Form) -> list[dict[str, Any]]:
    line = {"color": ground.quiet, "width": 1, "dash": "dot"}
    return [
        _rectangle(left - 0.48, left + 0.48, top, form, line)
        for left, top, nothing in zip(x, y, grid["hollow"], strict=True)
        if nothing
    ]


def _frame(
    across: list[str], down: list[str], chosen: tuple[str | None, str | None], ground: Palette, form: Form
) -> list[dict[str, Any]]:
    row, column = chosen
    if row not in down:
        return []
    left, right = (-0.5, len(across) - 0.5)
    if column in across:
        left, right = across.index(column) - 0.48, across.index(column) + 0.48
    return [_rectangle(left, right, down.index(row), form, {"color": ground.text, "width": 3})]


def _rectangle(left: float, right: float, row: int, form: Form, line: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rect", "x0": left, "x1": right, "y0": row - form.half, "y1": row + form.half, "line": line}
