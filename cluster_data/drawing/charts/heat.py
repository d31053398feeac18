"""Heat maps whose cells can be clicked: challenges by what they are split by, firms by area and D."""

import textwrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from cluster_data.drawing.charts.base import Trace, figure_of, inert, rows_at, scatter, texts
from cluster_data.palette import Palette, readable_on

MOST_LEVEL = 6  # labels above the columns that are not turned
BESIDE = 0.48  # half a cell's width, in columns
MOST_ACROSS = 10  # columns of challenges, or they are the rows
TITLE, AREA = 11, 17  # letters of a line of the names of columns of challenges, and of areas
WIDE, NARROW = 12, 10  # the size of headings, and of those that stand beside each other on a phone

Chosen = tuple[str | None, str | None]


def challenge_grid_chart(grid: pd.DataFrame, ground: Palette, chosen: Chosen) -> go.Figure:
    """A row per challenge with its title above the cells, a column per `column`, the number in each cell.

    `grid` is the table of measures.help.challenge_grid, perhaps with_whole; if its columns are many, they are the
    rows. A click gives customdata [challenge, column]. `chosen` is framed. Cells that hold nothing, or no number, are
    hollow; what `with_whole` puts first is outlined.
    """
    titles = grid["challenge"] + "  " + grid["title"]
    few = grid["column"].nunique() <= MOST_ACROSS
    (down, named), (across, headed) = ((grid["challenge"], titles), (grid["column"], grid["label"]))[
        :: 1 if few else -1
    ]
    named = named.map(inert)
    cells = grid.assign(x=pd.factorize(across)[0], y=pd.factorize(down)[0], named=named, headed=headed)
    cells = cells.sort_values(["y", "x"], kind="stable")
    had = cells["drawn"].isna() & cells["value"].gt(0)
    cells["line"] = had.map({True: "solid", False: "dot"}).where(_steps(cells, ground).isna(), "")
    return _heat_map(cells, ground, ["challenge", "column"], chosen, 58 if few else 44, TITLE, WIDE)


def d_by_area_chart(grid: pd.DataFrame, ground: Palette, chosen: Chosen) -> go.Figure:
    """A row per area with its name beside the cells, a column per D, the number in each cell.

    `grid` is the table of measures.heat.grid; a click gives customdata [place, column]. `chosen` is framed. Cells
    without a number are hollow, those with none of anything have no colour.
    """
    lines = grid["title"].map(lambda title: textwrap.wrap(title, AREA))
    cells = grid.assign(x=pd.factorize(grid["column"])[0], y=pd.factorize(grid["place"])[0], drawn=grid["value"])
    cells = cells.assign(headed=cells["label"], line=cells["unknown"].map({True: "dot", False: ""}))
    cells["named"] = lines.map(lambda parts: "<br>".join(map(inert, parts)))
    row = max(29, 15 * max(map(len, lines), default=1) + 1)
    return _heat_map(cells, ground, ["place", "column"], chosen, row, 1, NARROW, beside=True)


def _heat_map(
    cells: pd.DataFrame,
    ground: Palette,
    ids: list[str],
    chosen: Chosen,
    row: int,
    wide: int,
    heads: int,
    beside: bool = False,
) -> go.Figure:
    """Shaded cells with a number in each, the names of their rows above or `beside` them, and lines around some.

    `cells` holds one row a cell, row by row: x, y (its place from the left and from the top), drawn (what its shade
    goes by), short (its number), named and headed (what its row and column are called), title, label and told (for the
    pointer), the line around it, and the `ids` of its row and column. Rows are so many pixels apart, labels stand in
    lines of `wide` letters of the size `heads`.
    """
    half, first = (0.45, -0.5) if beside else (0.27, -0.8)
    framed, rows = _framed(cells, ids, chosen), list(cells.drop_duplicates("y")["named"])
    places = list(range(len(rows)))
    titles = texts([-0.5] * len(rows), [at - 0.3 for at in places], rows, "top right", textfont={"size": 13})
    labels, pixels, turn = _headings(cells.drop_duplicates("x").sort_values("x")["headed"].tolist(), wide)
    across = {"side": "top", "ticks": "", "range": [-0.5, len(labels) - 0.5], "tickfont": {"size": heads}}
    lines = [_around(cells.iloc[[at]], half, ground.quiet, 1, line) for at, line in enumerate(cells["line"]) if line]
    return figure_of(
        ground,
        pixels + 20 + row * len(rows),
        [
            _shades(cells, ground, round(row * (1 - 2 * half))),
            _numbers(cells, ground),
            *([] if beside else [titles]),
            _targets(cells, ids, round(2 * half * row)),
        ],
        across | {"ticktext": labels, "tickvals": list(range(len(labels))), "tickangle": turn},
        rows_at(places, rows) | {"visible": beside, "range": [len(rows) - 0.5, first], "tickfont": {"size": 12}},
        margin={"l": 4, "r": 8, "t": pixels, "b": 8},
        clickmode="event+select",
        shapes=[*lines, *([_around(framed, half, ground.text, 3)] if len(framed) else [])],
    )


def _headings(labels: list[str], wide: int) -> tuple[list[str], int, int]:
    """The labels above the columns in lines so wide, the pixels they need, and how they turn: upright if many."""
    if len(labels) > MOST_LEVEL:
        return [*map(inert, labels)], 30 + 7 * max(map(len, labels)), -90
    wrapped = [textwrap.wrap(label, wide, break_long_words=False) for label in labels]
    return ["<br>".join(map(inert, lines)) for lines in wrapped], 34 + 18 * max(map(len, wrapped), default=0), 0


def _shades(cells: pd.DataFrame, ground: Palette, between: int) -> Trace:
    """The cells in steps of colour, so many pixels between their rows."""
    rows, columns, most = cells["y"].nunique(), cells["x"].nunique(), len(ground.steps) - 1
    return {
        "type": "heatmap",
        "z": _steps(cells, ground).to_numpy().reshape(rows, columns),
        "x": list(range(columns)),
        "y": list(range(rows)),
        "colorscale": [[place / most, colour] for place, colour in enumerate(ground.steps)],
        "zmin": 0,
        "zmax": most,
        "xgap": 4,
        "ygap": between,
        "showscale": False,
        "hoverinfo": "skip",
    }


def _steps(cells: pd.DataFrame, ground: Palette) -> pd.Series:
    """Which of the ground's steps of colour each cell has; missing where there is nothing or no number."""
    some = cells["drawn"].where(cells["drawn"] > 0)
    return (some / max(1.0, some.fillna(0).max()) * (len(ground.steps) - 1)).round()


def _numbers(cells: pd.DataFrame, ground: Palette) -> Trace:
    """The number in each cell."""
    inks = [ground.text if pd.isna(step) else readable_on(ground.steps[int(step)]) for step in _steps(cells, ground)]
    many = cells["x"].nunique() > MOST_LEVEL
    said = [short.replace(" ", "<br>") if many else short for short in cells["short"]]
    return scatter("text", cells["x"], cells["y"], text=said, textfont={"color": inks, "size": 12 if many else 14})


def _targets(cells: pd.DataFrame, ids: list[str], size: int) -> Trace:
    """Squares of so many pixels that nobody sees: a click gives the ids, the pointer tells the cell."""
    invisible = {"marker": {"opacity": 0}}
    told = [f"{inert(row['title'])}<br>{inert(row['label'])}: {inert(row['told'])}" for row in cells.to_dict("records")]
    return scatter(
        "markers",
        cells["x"],
        cells["y"],
        marker={"symbol": "square", "size": size, "opacity": 0},
        selected=invisible,
        unselected=invisible,
        customdata=cells[ids].to_numpy().tolist(),
        text=told,
        hovertemplate="%{text}<extra></extra>",
    )


def _framed(cells: pd.DataFrame, ids: list[str], chosen: Chosen) -> pd.DataFrame:
    """The cell chosen, or all cells of its first id."""
    row = cells[cells[ids[0]] == chosen[0]]
    one = row[row[ids[1]] == chosen[1]]
    return one if len(one) else row


def _around(cells: pd.DataFrame, half: float, colour: str, width: int, dash: str | None = None) -> dict[str, Any]:
    """A line around cells that are `half` a row high up and down from their middle."""
    return {
        "type": "rect",
        "x0": cells["x"].min() - BESIDE,
        "x1": cells["x"].max() + BESIDE,
        "y0": cells["y"].min() - half,
        "y1": cells["y"].max() + half,
        "line": {"color": colour, "width": width, "dash": dash},
    }
