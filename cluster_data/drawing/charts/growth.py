"""Charts of growth: the way from a baseline to a goal, and the regions of the country side by side."""

import math

import pandas as pd
import plotly.graph_objects as go

from cluster_data.drawing.charts.base import Trace, bars, figure_of, inert, rows_at, scatter, texts, years
from cluster_data.model import words
from cluster_data.palette import Palette

ROOM, STEPS = 1.25, 4  # room above the highest figure; steps of the axis of values
BELOW = 0.03  # how far below the gap its words stand
ROW = 46
BESIDE = 0.25  # how far the line of zero reaches above and below the middle of a bar, short of the words


def path_chart(way: pd.DataFrame, ground: Palette) -> go.Figure:
    """Figures by year with the band from the baseline to the goal: the table of measures.goals.path.

    Filled mark: the baseline; open marks: other sources; bar at the end: what the goal and the baseline make together.
    """
    base, goal = (way[way["role"] == role].iloc[0] for role in ("baseline", "goal"))
    band = scatter(
        "lines",
        [base["year"], goal["year"], goal["year"], base["year"]],
        [base["low"], goal["low"], goal["high"], base["high"]],
        fill="toself",
        fillcolor=ground.steps[1],
        line={"color": ground.accent, "width": 1.5, "dash": "dot"},
    )
    said = ["", f"<b>{inert(goal['said'])}</b>"]
    at = [goal["year"]] * 2
    end = texts(
        at, [goal["low"], goal["high"]], said, "top left", line={"color": ground.accent, "width": 8}, mode="lines+text"
    )
    at = [base["year"], *[goal["year"]] * 3]
    values = [base["low"], base["low"], goal["low"], base["low"] - BELOW * way["high"].max()]
    said = ["", "", "", "<br>".join(inert(part) for part in goal["asked"].split(": "))]
    gap = texts(at, values, said, "bottom left", line={"color": ground.quiet, "width": 1}, mode="lines+text")
    across = years(way["year"].min() - 1.5, way["year"].max() + 0.8, 2)
    marks = [_mark(row, ground) for row in way.to_dict("records") if row["role"] != "goal"]
    upright = _values(way["high"].max() * ROOM, goal["unit"], ground)
    return figure_of(ground, 320, [band, gap, end, *marks], across | {"title": {"text": "Year"}}, upright)


def _values(most: float, unit: str, ground: Palette) -> Trace:
    """The axis of values from zero, in steps of 1, 2 or 5, in words."""
    rough = most / STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * one for one in (1, 2, 5, 10) if power * one >= rough)
    values = [step * place for place in range(int(most / step) + 1)]
    money = unit in words.MONEY
    return {
        "range": [0, most],
        "tickvals": values,
        "ticktext": [words.amount(value, unit) if money else words.figure(value) for value in values],
        "title": {"text": "Pounds" if unit.startswith("GBP") else inert(words.first_upper(unit)), "standoff": 6},
        "showgrid": True,
        "gridcolor": ground.land,
    }


def _mark(row: dict[str, object], ground: Palette) -> Trace:
    chosen, said = row["role"] == "baseline", inert(row["said"])
    values = list(dict.fromkeys([row["low"], row["high"]]))
    fill = ground.accent if chosen else ground.ground
    return scatter(
        "lines+markers+text",
        [row["year"]] * len(values),
        values,
        line={"color": ground.accent, "width": 3},
        marker={"size": 13, "color": fill, "line": {"color": ground.accent, "width": 2}},
        text=[f"<b>{said}</b>" if chosen else said],
        textposition="top center" if chosen else "bottom center",
        hovertext=said,
        hovertemplate="%{hovertext}<extra></extra>",
    )


def regions_chart(rows: pd.DataFrame, ground: Palette) -> go.Figure:
    """A bar for each region, highest first, left of zero where negative: the table of measures.indicators.regions.

    Name and figure stand above each bar. The own region's bar is filled and hatched, its words bold.
    """
    own, values, down = list(rows["own"]), list(rows["value"]), list(range(len(rows)))
    least, most = min([0.0, *values]), max([0.0, *values])
    hatched = ["/" if ours else "" for ours in own]
    marker = {
        "color": [ground.accent if ours else ground.steps[1] for ours in own],
        "line": {"color": ground.accent, "width": 1},
        "pattern": {"shape": hatched, "fillmode": "overlay", "fgcolor": ground.ground, "solidity": 0.15},
    }
    names, figures = ([inert(text) for text in rows[column]] for column in ("region", "figure"))
    tags = [("<b>", "</b>") if ours else ("", "") for ours in own]
    said = [text.join(tag) for text, tag in zip(map("{}  {}".format, names, figures), tags, strict=True)]
    figures = [text.join(tag) for text, tag in zip(figures, tags, strict=True)]
    traces = [
        bars(values, down, width=0.42, marker=marker, hoverinfo="skip", text=figures, textposition="none"),
        texts([least] * len(rows), [place - 0.26 for place in down], said, "top right"),
    ]
    across = {"visible": False, "range": [least, most if most > least else least + 1]}
    thin = {"color": ground.quiet, "width": 1}
    zero = [
        {"type": "line", "x0": 0, "x1": 0, "y0": place - BESIDE, "y1": place + BESIDE, "line": thin} for place in down
    ]
    upright = rows_at(down, names) | {"visible": False, "range": [len(rows) - 0.6, -0.9]}
    return figure_of(ground, 20 + ROW * len(rows), traces, across, upright, shapes=zero if least < 0 else [])
