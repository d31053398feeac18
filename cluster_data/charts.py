"""Charts one can hover and click: tables in, Plotly figures out. Each is made in one piece: that is fastest."""

import textwrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from cluster_data.palette import GLYPHS, Palette, readable_on

FONT = "Source Sans, sans-serif"
ROW = 58
BETWEEN_ROWS = 26
UNKNOWN = "Unknown"
MOST_LEVEL = 6
AXIS = {"showgrid": False, "zeroline": False, "fixedrange": True}

Trace = dict[str, Any]


def _figure(ground: Palette, height: int, traces: list[Trace], x: Trace, y: Trace, **layout: Any) -> go.Figure:
    whole = {
        "template": None,
        "height": height,
        "margin": {"l": 4, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": ground.ground,
        "plot_bgcolor": ground.ground,
        "font": {"family": FONT, "size": 14, "color": ground.text},
        "showlegend": False,
        "dragmode": False,
        "bargap": 0.3,
        "xaxis": AXIS | x,
        "yaxis": AXIS | {"automargin": True} | y,
    }
    return go.Figure({"data": traces, "layout": whole | layout})


def by_d_chart(table: pd.DataFrame, sorts: dict[str, str], ground: Palette) -> go.Figure:
    """One group of bars per sort of record, one bar per D with its number: the table of measures.counts.by_d.

    `sorts` gives the columns to draw and their labels.
    """
    traces: list[Trace] = []
    for row in table.to_dict("records"):
        values = [int(row[sort]) for sort in sorts]
        mark = f"{GLYPHS[row['symbol']]} {row['label']}"
        traces.append(_bars([list(sorts.values()), [mark] * len(sorts)], values, row[ground.d_column]))
    most = max([1, *(max(trace["x"], default=0) for trace in traces)])
    return _figure(
        ground,
        60 + 34 * len(sorts) * len(table),
        traces,
        {"visible": False, "range": [0, most * 1.12]},
        {"autorange": "reversed", "showdividers": False},
        barmode="stack",
    )


def shares_chart(table: pd.DataFrame, ground: Palette) -> go.Figure:
    """Horizontal bars of the column `all` of a table by label; the bar of what is not known is hollow."""
    rows = table[(table["all"] > 0) | (table["label"] != UNKNOWN)]
    hollow = list(rows["label"] == UNKNOWN)
    values = [int(value) for value in rows["all"]]
    marker = {
        "color": [ground.ground if empty else ground.accent for empty in hollow],
        "line": {"color": ground.quiet, "width": [1.5 if empty else 0 for empty in hollow]},
    }
    return _figure(
        ground,
        40 + 34 * len(rows),
        [_bars(list(rows["label"]), values, None) | {"marker": marker}],
        {"visible": False, "range": [0, max([1, *values]) * 1.15]},
        {"autorange": "reversed"},
    )


def _bars(y: list[Any], values: list[int], colour: str | None) -> Trace:
    return {
        "type": "bar",
        "orientation": "h",
        "y": y,
        "x": values,
        "marker": {"color": colour},
        "text": [f"{value:,}" for value in values],
        "textposition": "outside",
        "cliponaxis": False,
        "hovertemplate": "%{y}: %{x}<extra></extra>",
    }


def matches_compared_chart(table: pd.DataFrame, colours: pd.Series, ground: Palette) -> go.Figure:
    """For each D, firms with it as primary D (filled mark) and as any of their Ds (open mark), joined by a line."""
    traces: list[Trace] = []
    for row, colour in zip(table.to_dict("records"), colours, strict=True):
        traces.append(
            {
                "type": "scatter",
                "x": [row["primary"], row["any"]],
                "y": [row["label"], row["label"]],
                "mode": "lines+markers+text",
                "line": {"color": colour, "width": 3},
                "marker": {"size": 16, "color": [colour, ground.ground], "line": {"color": colour, "width": 3}},
                "text": [f"{row['primary']}", f"{row['any']}"],
                "textposition": ["middle left", "middle right"],
                "cliponaxis": False,
                "hovertemplate": "%{y}: %{x}<extra></extra>",
            }
        )
    most = max([1, *table["any"]])
    across = {"visible": False, "range": [-0.12 * most - 1, most * 1.15 + 1]}
    return _figure(ground, 70 + 44 * len(table), traces, across, {"autorange": "reversed"})


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
    return _figure(
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
        return labels, 30 + 7 * max(map(len, labels)), -90
    wrapped = [textwrap.wrap(label, 11, break_long_words=False) for label in labels]
    return ["<br>".join(lines) for lines in wrapped], 34 + 18 * max(map(len, wrapped), default=0), 0


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
    said = [shown.replace(" ", "<br>") if many else shown for shown in grid["shown"]]
    font = {"color": inks, "size": 12 if many else 14}
    return {"type": "scatter", "mode": "text", "x": x, "y": y, "text": said, "textfont": font, "hoverinfo": "skip"}


def _titles(grid: pd.DataFrame, down: list[str]) -> Trace:
    titles = grid.drop_duplicates("challenge").set_index("challenge")["title"]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [-0.5] * len(down),
        "y": [place - 0.30 for place in range(len(down))],
        "text": [f"{challenge}  {titles[challenge]}" for challenge in down],
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
        "text": [f"{row['title']}<br>{row['label']}: {row['shown']}" for row in grid.to_dict("records")],
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


def coverage_chart(table: pd.DataFrame, ground: Palette) -> go.Figure:
    """Share of each column that is known: bars from 0 to 100%, the table of measures.coverage.known."""
    whole = {"type": "bar", "orientation": "h", "y": list(table["column"]), "x": [100] * len(table)}
    known = {
        "type": "bar",
        "orientation": "h",
        "y": list(table["column"]),
        "x": list(table["share"]),
        "marker": {"color": ground.accent},
        "text": [f"{row['known']:,} of {row['rows']:,}" for row in table.to_dict("records")],
        "textposition": ["inside" if share > 40 else "outside" for share in table["share"]],
        "textangle": 0,
        "constraintext": "none",
        "hovertemplate": "%{y}: %{x:.0f}%<extra></extra>",
        "cliponaxis": False,
    }
    return _figure(
        ground,
        40 + 28 * len(table),
        [whole | {"marker": {"color": ground.land}, "hoverinfo": "skip"}, known],
        {"visible": False, "range": [0, 104]},
        {"autorange": "reversed"},
        barmode="overlay",
    )
