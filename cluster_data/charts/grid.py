"""The heat map of challenges, whose cells can be clicked."""

import textwrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from cluster_data import words
from cluster_data.charts.base import Trace, figure_of, inert
from cluster_data.palette import Palette, readable_on

ROW, ROW_OF_MANY = 58, 44
BETWEEN_ROWS = 26
MOST_LEVEL, MOST_ACROSS = 6, 10
LONGEST_HEADING = 24


def challenge_grid_chart(grid: pd.DataFrame, ground: Palette, chosen: tuple[str | None, str | None]) -> go.Figure:
    """The heat map: a row per challenge with its title above the cells, a column per `column`, the number in each cell.

    `grid` is the table of measures.help.challenge_grid, perhaps with_everywhere; if its columns are many, they are the
    rows. Cells are square markers too, so that a click gives customdata [challenge, column]. `chosen` is framed. Cells
    that hold nothing, or no number, are hollow; what every area has is outlined.
    """
    cells = _laid(grid)
    named, headed = _each(cells, "y", "named"), _each(cells, "x", "headed")
    labels, above, turn = _headings(headed)
    row = ROW if grid["column"].nunique() <= MOST_ACROSS else ROW_OF_MANY
    return figure_of(
        ground,
        above + 20 + row * len(named),
        [_shades(cells, len(named), len(headed), ground), _numbers(cells, ground), _titles(named), _targets(cells)],
        {
            "side": "top",
            "ticks": "",
            "tickvals": list(range(len(headed))),
            "ticktext": labels,
            "tickangle": turn,
            "range": [-0.5, len(headed) - 0.5],
        },
        {"visible": False, "range": [len(named) - 0.6, -0.8]},
        margin={"l": 4, "r": 8, "t": above, "b": 8},
        clickmode="event+select",
        shapes=[*_outlined(cells, ground), *_frame(cells, chosen, ground)],
    )


def _laid(grid: pd.DataFrame) -> pd.DataFrame:
    """The cells row by row, with their place x and y, what their row is `named` and how their column is `headed`."""
    titles = grid["challenge"] + "  " + grid["title"]
    if grid["column"].nunique() <= MOST_ACROSS:
        down, across = grid["challenge"], grid["column"]
        cells = grid.assign(named=titles, headed=grid["label"])
    else:
        down, across = grid["column"], grid["challenge"]
        cells = grid.assign(named=grid["label"], headed=titles.map(lambda title: words.cut(title, LONGEST_HEADING)))
    return cells.assign(x=pd.factorize(across)[0], y=pd.factorize(down)[0]).sort_values(["y", "x"], kind="stable")


def _each(cells: pd.DataFrame, place: str, said: str) -> list[str]:
    """The words of each row or column, in order."""
    return cells.drop_duplicates(place).sort_values(place)[said].tolist()


def _headings(labels: list[str]) -> tuple[list[str], int, int]:
    """The labels above the columns, the pixels they need, and how they are turned: upright if there are many."""
    if len(labels) > MOST_LEVEL:
        return [*map(inert, labels)], 30 + 7 * max(map(len, labels)), -90
    wrapped = [textwrap.wrap(label, 11, break_long_words=False) for label in labels]
    return ["<br>".join(map(inert, lines)) for lines in wrapped], 34 + 18 * max(map(len, wrapped), default=0), 0


def _shades(cells: pd.DataFrame, rows: int, columns: int, ground: Palette) -> Trace:
    return {
        "type": "heatmap",
        "z": _steps(cells, ground).to_numpy().reshape(rows, columns),
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


def _steps(cells: pd.DataFrame, ground: Palette) -> pd.Series:
    """Which of the ground's steps of colour each cell has; missing where there is nothing or no number."""
    some = cells["drawn"].where(cells["drawn"] > 0)
    return (some / max(1.0, some.fillna(0).max()) * (len(ground.steps) - 1)).round()


def _numbers(cells: pd.DataFrame, ground: Palette) -> Trace:
    steps = _steps(cells, ground)
    inks = [ground.text if pd.isna(step) else readable_on(ground.steps[int(step)]) for step in steps]
    many = cells["x"].nunique() > MOST_LEVEL
    said = [short.replace(" ", "<br>") if many else short for short in cells["short"]]
    font = {"color": inks, "size": 12 if many else 14}
    return _written(cells["x"].tolist(), cells["y"].tolist(), said, textfont=font)


def _titles(named: list[str]) -> Trace:
    return _written(
        [-0.5] * len(named),
        [place - 0.30 for place in range(len(named))],
        [*map(inert, named)],
        textposition="top right",
        textfont={"size": 13},
        cliponaxis=False,
    )


def _written(x: list[Any], y: list[Any], text: list[str], **more: Any) -> Trace:
    return {"type": "scatter", "mode": "text", "x": x, "y": y, "text": text, "hoverinfo": "skip"} | more


def _targets(cells: pd.DataFrame) -> Trace:
    invisible = {"marker": {"opacity": 0}}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": cells["x"].tolist(),
        "y": cells["y"].tolist(),
        "marker": {"symbol": "square", "size": 38, "opacity": 0},
        "selected": invisible,
        "unselected": invisible,
        "customdata": cells[["challenge", "column"]].to_numpy().tolist(),
        "text": [
            f"{inert(row['title'])}<br>{inert(row['label'])}: {inert(row['told'])}" for row in cells.to_dict("records")
        ],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _outlined(cells: pd.DataFrame, ground: Palette) -> list[dict[str, Any]]:
    """Dots around what holds nothing, or no number; a thin line around what every area has."""
    bare = cells[_steps(cells, ground).isna()]
    return [
        _around(
            cell.x, cell.x, cell.y, cell.y, {"color": ground.quiet, "width": 1, "dash": "solid" if known else "dot"}
        )
        for cell, known in zip(bare.itertuples(), bare["drawn"].isna() & bare["value"].gt(0), strict=True)
    ]


def _frame(cells: pd.DataFrame, chosen: tuple[str | None, str | None], ground: Palette) -> list[dict[str, Any]]:
    challenge, column = chosen
    framed = cells[cells["challenge"] == challenge]
    if (framed["column"] == column).any():
        framed = framed[framed["column"] == column]
    if framed.empty:
        return []
    x, y = framed["x"], framed["y"]
    return [_around(x.min(), x.max(), y.min(), y.max(), {"color": ground.text, "width": 3})]


def _around(left: int, right: int, top: int, bottom: int, line: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "rect",
        "x0": left - 0.48,
        "x1": right + 0.48,
        "y0": top - 0.27,
        "y1": bottom + 0.27,
        "line": line,
    }
