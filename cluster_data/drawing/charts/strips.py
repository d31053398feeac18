"""Strips of dots: a row for each measure, a dot for each place, strong marks for those chosen and the region."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from cluster_data.drawing.charts.base import Trace, figure_of, inert, scatter, texts
from cluster_data.palette import Palette

ROW, ABOVE, ENDS_ROOM, LINE = 44, 64, 24, 17
MARKS = (("diamond", "◆"), ("square", "■"), ("triangle-up", "▲"))
REGION = ("triangle-down", "▼")
WORDS, DOTS, BELOW, ENDS = -14, 10, 6, 28  # pixels from a row's middle: words, dots, from them the region's mark, ends
APART = 0.045  # of a strip, from one strong mark to the next: as wide as they are on a phone
LEVEL = 8  # pixels from one strong mark down to the next that it would hide


def strips_chart(table: pd.DataFrame, places: Sequence[str], others: str, region: str, ground: Palette) -> go.Figure:
    """The table of measures.compared.dots: each measure from 0 to the most that a place has.

    `others` and `region` are what the key calls the dots and the region's mark. A click on a dot gives its place as
    customdata. Strong marks that would hide one another stand above each other; below the first strip they have their
    names. Where no place is chosen, the places with least and most are named.
    """
    high = ROW if places else ROW + ENDS_ROOM
    lines = (len(places) + 1.4) * LINE / high if places else 0.0
    rows = {measure: row + lines * (row > 0) for row, measure in enumerate(dict.fromkeys(table["measure"]))}
    most = table.groupby("measure")["value"].transform("max").clip(lower=1e-9)
    at = table.assign(x=table["value"] / most, y=table["measure"].map(rows) + DOTS / high)
    strong = at["area"].isin(places)
    on_one_line = 2 * at["y"][strong] + at["x"][strong]  # strip after strip, none within 1 of the next
    at.loc[strong, "y"] += levels(on_one_line) * LEVEL / high
    down = [end for row in rows.values() for end in (row + DOTS / high, row + DOTS / high, None)]
    traces = [
        scatter("lines", [0.0, 1.0, None] * len(rows), down, line={"color": ground.line, "width": 1}, showlegend=False)
    ]
    traces.append(_marks(at[~at["area"].isin(["", *places])], others, ground))
    unnamed = {"showlegend": not places}
    for place, (symbol, _), colour in zip(places, MARKS, ground.parts[::-1], strict=False):
        look = {"symbol": symbol, "size": 15, "color": colour, "line": {"color": ground.ground, "width": 1.5}}
        traces.append(_marks(at[at["area"] == place], place, ground) | {"marker": look} | unnamed)
    below = at[at["area"] == ""].assign(y=lambda own: own["y"] + BELOW / high)
    mark = {"symbol": REGION[0], "size": 9, "color": ground.text}
    traces.append(_marks(below, region, ground) | {"marker": mark, "customdata": None} | unnamed)
    if places:
        named = at[(at["measure"] == next(iter(rows))) & at["area"].isin(["", *places])]
        traces += _names(named.assign(area=named["area"].replace("", region)), ground, high)
    return figure_of(
        ground,
        ABOVE + round(high * (len(rows) + lines)),
        [*traces, *_words(table, rows, places, ground, high)],
        {"visible": False, "range": [-0.02, 1.02]},
        {"visible": False, "range": [len(rows) + lines - 0.5, -0.6]},
        showlegend=True,
        clickmode="event+select",
    )


def _names(marks: pd.DataFrame, ground: Palette, high: float) -> list[Trace]:
    """The names of marks of one strip, each on a line of its own below its mark: those further in stand higher, so that
    no line crosses a name.
    """
    lines: list[Trace] = []
    names: list[Trace] = []
    inwards = marks.assign(out=(marks["x"] - 0.5).abs()).sort_values("out", kind="stable")
    for line, row in enumerate(inwards.itertuples(), start=1):
        down, side = row.y + (line * LINE + BELOW) / high, "middle right" if row.x < 0.5 else "middle left"
        look: Trace = {"textfont": {"size": 13, "color": ground.text}, "showlegend": False}
        thin = {"color": ground.quiet, "width": 1}
        lines.append(scatter("lines", [row.x] * 2, [row.y, down], line=thin, showlegend=False))
        names.append(texts([row.x], [down], [inert(row.area)], side, **look))
    return [*lines, *names]


def levels(values: pd.Series) -> pd.Series:
    """How far below their strip marks stand that would hide one another: 0 for one alone, -0.5 and 0.5 for two."""
    order = values.sort_values(kind="stable")
    place, first = np.arange(len(order)), np.flatnonzero(order.diff().fillna(APART) >= APART)
    marks = np.diff(first, append=len(order))  # that stand together
    below = place - np.repeat(first + (marks - 1) / 2, marks)
    return pd.Series(below, order.index).reindex(values.index)


def _marks(rows: pd.DataFrame, name: str, ground: Palette) -> Trace:
    bright = {"marker": {"opacity": 1}}
    cells = zip(rows["area"], rows["label"], rows["said"], strict=True)
    told = [f"{inert(area or name)}<br>{inert(label)}: {inert(said)}" for area, label, said in cells]
    return scatter(
        "markers",
        rows["x"],
        rows["y"],
        name=inert(name),
        marker={"symbol": "circle-open", "size": 10, "color": ground.quiet},
        selected=bright,
        unselected=bright,
        customdata=[[area] for area in rows["area"]],
        text=told,
        hovertemplate="%{text}<extra></extra>",
    )


def _words(
    table: pd.DataFrame, rows: dict[str, float], places: Sequence[str], ground: Palette, high: float
) -> list[Trace]:
    """Above each strip what is measured on its left, and on its right what the places chosen and the region have; below
    it, if none is chosen, who has least and most.
    """
    labels = dict(zip(table["measure"], table["label"], strict=True))
    signs = {place: sign for place, (_, sign) in zip(places, MARKS, strict=False)}
    told = table[table["area"].isin(["", *places])]
    told = told.assign(sign=[signs.get(area, REGION[1]) for area in told["area"]])
    values = (told["sign"] + " " + told["said"]).groupby(told["measure"]).agg("   ".join)
    left, right = [inert(labels[measure]) for measure in rows], [values.get(measure, "") for measure in rows]
    above, below = ([row + down / high for row in rows.values()] for down in (WORDS, ENDS))
    look: Trace = {"textfont": {"size": 13, "color": ground.text}, "showlegend": False}
    written = [(0.0, above, left, "middle right"), (1.0, above, right, "middle left")]
    if not places:
        of_measure = dict(list(table[table["area"] != ""].groupby("measure")))
        least, most = ([_end(of_measure.get(each), last) for each in rows] for last in (False, True))
        written += [(0.0, below, least, "middle right"), (1.0, below, most, "middle left")]
    return [texts([x] * len(rows), y, said, side, **look) for x, y, said, side in written]


def _end(rows: pd.DataFrame | None, last: bool) -> str:
    """Who has least or most, and how much: "Aldbrook 2"; of several, how many they are."""
    if rows is None:
        return ""
    found = rows[rows["value"] == (rows["value"].max() if last else rows["value"].min())]
    who = found["area"].iloc[0] if len(found) == 1 else f"{len(found):,} places"
    return inert(f"{who}: {found['said'].iloc[0]}")
