"""What heat maps share: shaded cells with a number in each, which can be clicked, and lines around them.

`cells` holds one row a cell, row by row: x, y (its place from the left and from the top), drawn (what its shade goes
by), short (its number), title, label and told (for the pointer), and the ids of its row and column.
"""

import textwrap
from typing import Any

import pandas as pd

from cluster_data.drawing.charts.base import Trace, inert, scatter
from cluster_data.palette import Palette, readable_on

MOST_LEVEL = 6
BESIDE = 0.48  # half a cell's width, in columns

Chosen = tuple[str | None, str | None]


def headings(labels: list[str], wide: int) -> tuple[list[str], int, int]:
    """The labels above the columns in lines so wide, the pixels they need, and how they turn: upright if many."""
    if len(labels) > MOST_LEVEL:
        return [*map(inert, labels)], 30 + 7 * max(map(len, labels)), -90
    wrapped = [textwrap.wrap(label, wide, break_long_words=False) for label in labels]
    return ["<br>".join(map(inert, lines)) for lines in wrapped], 34 + 18 * max(map(len, wrapped), default=0), 0


def axis_of(labels: list[str], turn: int, least: float) -> Trace:
    """The axis that names the columns; the picture begins at the place `least`."""
    places = list(range(len(labels)))
    said = {"ticktext": labels, "tickvals": places, "tickangle": turn}
    return {"side": "top", "ticks": "", "range": [least, len(labels) - 0.5]} | said


def shades(cells: pd.DataFrame, rows: int, columns: int, ground: Palette, between: int) -> Trace:
    """The cells in steps of colour, so many pixels between their rows."""
    return {
        "type": "heatmap",
        "z": steps(cells, ground).to_numpy().reshape(rows, columns),
        "x": list(range(columns)),
        "y": list(range(rows)),
        "colorscale": [[place / (len(ground.steps) - 1), colour] for place, colour in enumerate(ground.steps)],
        "zmin": 0,
        "zmax": len(ground.steps) - 1,
        "xgap": 4,
        "ygap": between,
        "showscale": False,
        "hoverinfo": "skip",
    }


def steps(cells: pd.DataFrame, ground: Palette) -> pd.Series:
    """Which of the ground's steps of colour each cell has; missing where there is nothing or no number."""
    some = cells["drawn"].where(cells["drawn"] > 0)
    return (some / max(1.0, some.fillna(0).max()) * (len(ground.steps) - 1)).round()


def numbers(cells: pd.DataFrame, ground: Palette) -> Trace:
    """The number in each cell."""
    inks = [ground.text if pd.isna(step) else readable_on(ground.steps[int(step)]) for step in steps(cells, ground)]
    many = cells["x"].nunique() > MOST_LEVEL
    said = [short.replace(" ", "<br>") if many else short for short in cells["short"]]
    return scatter("text", cells["x"], cells["y"], text=said, textfont={"color": inks, "size": 12 if many else 14})


def targets(cells: pd.DataFrame, ids: list[str], size: int) -> Trace:
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


def frame(cells: pd.DataFrame, ids: list[str], chosen: Chosen, ground: Palette, half: float) -> list[dict[str, Any]]:
    """A line around the cell chosen, or around all cells of its first id."""
    framed = cells[cells[ids[0]] == chosen[0]]
    if (framed[ids[1]] == chosen[1]).any():
        framed = framed[framed[ids[1]] == chosen[1]]
    return [around(framed, half, ground.text, 3)] if len(framed) else []


def around(cells: pd.DataFrame, half: float, colour: str, width: int, dash: str | None = None) -> dict[str, Any]:
    """A line around cells that are `half` a row high up and down from their middle."""
    return {
        "type": "rect",
        "x0": cells["x"].min() - BESIDE,
        "x1": cells["x"].max() + BESIDE,
        "y0": cells["y"].min() - half,
        "y1": cells["y"].max() + half,
        "line": {"color": colour, "width": width, "dash": dash},
    }
