"""The heat map of challenges, whose cells can be clicked."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from cluster_data.drawing.charts import cells as drawn
from cluster_data.drawing.charts.base import Trace, figure_of, inert, texts
from cluster_data.palette import Palette

ROW, ROW_OF_MANY = 58, 44
BETWEEN_ROWS, HALF, TARGET = 26, 0.27, 38  # pixels; half a cell's height, in rows; pixels to click
MOST_ACROSS = 10
IDS = ["challenge", "column"]


def challenge_grid_chart(grid: pd.DataFrame, ground: Palette, chosen: drawn.Chosen) -> go.Figure:
    """The heat map: a row per challenge with its title above the cells, a column per `column`, the number in each cell.

    `grid` is the table of measures.help.challenge_grid, perhaps with_whole; if its columns are many, they are the
    rows. Cells are square markers too, so that a click gives customdata [challenge, column]. `chosen` is framed. Cells
    that hold nothing, or no number, are hollow; what `with_whole` puts first is outlined.
    """
    cells = _laid(grid)
    named, headed = _each(cells, "y", "named"), _each(cells, "x", "headed")
    labels, above, turn = drawn.headings(headed, 11)
    row = ROW if grid["column"].nunique() <= MOST_ACROSS else ROW_OF_MANY
    return figure_of(
        ground,
        above + 20 + row * len(named),
        [
            drawn.shades(cells, len(named), len(headed), ground, BETWEEN_ROWS),
            drawn.numbers(cells, ground),
            _titles(named),
            drawn.targets(cells, IDS, TARGET),
        ],
        drawn.axis_of(labels, turn, -0.5),
        {"visible": False, "range": [len(named) - 0.6, -0.8]},
        margin={"l": 4, "r": 8, "t": above, "b": 8},
        clickmode="event+select",
        shapes=[*_outlined(cells, ground), *drawn.frame(cells, IDS, chosen, ground, HALF)],
    )


def _laid(grid: pd.DataFrame) -> pd.DataFrame:
    """The cells row by row, with their place x and y, what their row is `named` and how their column is `headed`."""
    titles = grid["challenge"] + "  " + grid["title"]
    if grid["column"].nunique() <= MOST_ACROSS:
        down, across = grid["challenge"], grid["column"]
        cells = grid.assign(named=titles, headed=grid["label"])
    else:
        down, across = grid["column"], grid["challenge"]
        cells = grid.assign(named=grid["label"], headed=titles)
    return cells.assign(x=pd.factorize(across)[0], y=pd.factorize(down)[0]).sort_values(["y", "x"], kind="stable")


def _each(cells: pd.DataFrame, place: str, said: str) -> list[str]:
    """The words of each row or column, in order."""
    return cells.drop_duplicates(place).sort_values(place)[said].tolist()


def _titles(named: list[str]) -> Trace:
    places = [place - 0.30 for place in range(len(named))]
    return texts([-0.5] * len(named), places, [*map(inert, named)], "top right", textfont={"size": 13})


def _outlined(cells: pd.DataFrame, ground: Palette) -> list[dict[str, Any]]:
    """Dots around what holds nothing, or no number; a thin line around what stands first."""
    bare = cells[drawn.steps(cells, ground).isna()]
    known = bare["drawn"].isna() & bare["value"].gt(0)
    return [
        drawn.around(bare.iloc[[place]], HALF, ground.quiet, 1, "solid" if had else "dot")
        for place, had in enumerate(known)
    ]
