"""The heat map of firms by area and D, whose cells can be clicked."""

import textwrap

import pandas as pd
import plotly.graph_objects as go

from cluster_data.drawing.charts import cells as drawn
from cluster_data.drawing.charts.base import Trace, figure_of, inert, texts
from cluster_data.palette import Palette

NAMES, NAME = 2.1, 17  # columns that the names of rows take beside the cells, and letters of a line of them
LEAST_ROW, HALF, TARGET = 29, 0.45, 26  # pixels from row to row; half a cell's height, in rows; pixels to click
IDS = ["place", "column"]


def d_by_area_chart(grid: pd.DataFrame, ground: Palette, chosen: drawn.Chosen) -> go.Figure:
    """The heat map: a row per area with its name beside the cells, a column per D, the number in each cell.

    `grid` is the table of measures.heat.grid; a click gives customdata [place, column]. `chosen` is framed. Cells
    without a number are hollow, those with none of anything have no colour.
    """
    cells = grid.assign(x=pd.factorize(grid["column"])[0], y=pd.factorize(grid["place"])[0], drawn=grid["value"])
    named = [textwrap.wrap(title, NAME) for title in cells.drop_duplicates("y")["title"]]
    row = max(LEAST_ROW, 15 * max(map(len, named), default=1) + 1)
    labels, above, turn = drawn.headings(cells.drop_duplicates("x")["label"].tolist(), 1)
    unknown = cells[cells["unknown"]]
    return figure_of(
        ground,
        above + 20 + row * len(named),
        [
            drawn.shades(cells, len(named), len(labels), ground, round(row * (1 - 2 * HALF))),
            drawn.numbers(cells, ground),
            _names(named),
            drawn.targets(cells, IDS, TARGET),
        ],
        drawn.axis_of(labels, turn, -0.5 - NAMES) | {"tickfont": {"size": 11}},
        {"visible": False, "range": [len(named) - 0.5, -0.5]},
        margin={"l": 4, "r": 8, "t": above, "b": 8},
        clickmode="event+select",
        shapes=[
            *(drawn.around(unknown.iloc[[place]], HALF, ground.quiet, 1, "dot") for place in range(len(unknown))),
            *drawn.frame(cells, IDS, chosen, ground, HALF),
        ],
    )


def _names(named: list[list[str]]) -> Trace:
    said = ["<br>".join(map(inert, lines)) for lines in named]
    return texts([-0.5 - NAMES] * len(named), range(len(named)), said, "middle right", textfont={"size": 12})
