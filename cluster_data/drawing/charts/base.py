"""What every chart shares: one figure made in one piece, which is fastest, on the ground in use."""

import math
from collections.abc import Sequence
from html import escape
from typing import Any

import plotly.graph_objects as go

from cluster_data.palette import Palette

FONT = "Source Sans, sans-serif"
AXIS = {"showgrid": False, "zeroline": False, "fixedrange": True}
LEGEND = {
    "orientation": "h",
    "x": 0,
    "y": 1,
    "yanchor": "bottom",
    "itemsizing": "constant",
    "itemclick": False,
    "itemdoubleclick": False,
    "font": {"size": 13},
}

Trace = dict[str, Any]


def inert(text: object) -> str:
    """A text as Plotly shows it letter by letter: its tags and entities would be acted on."""
    return escape(str(text), quote=False)


def scatter(mode: str, x: Sequence[Any], y: Sequence[Any], **look: Any) -> Trace:
    """Lines, marks or words at these places; they answer to no pointer unless the look says what it tells.

    Only lines end where the picture of the marks does.
    """
    silent = {} if "hovertemplate" in look else {"hoverinfo": "skip"}
    placed = {"x": list(x), "y": list(y), "cliponaxis": mode == "lines"}
    return {"type": "scatter", "mode": mode} | placed | silent | look


def texts(x: Sequence[Any], y: Sequence[Any], said: Sequence[str], side: str, mode: str = "text", **look: Any) -> Trace:
    """Words beside these places."""
    return scatter(mode, x, y, text=list(said), textposition=side, **look)


def bars(x: Sequence[Any], y: Sequence[Any], **look: Any) -> Trace:
    """Lying bars so long, at these places or labels."""
    return {"type": "bar", "orientation": "h", "x": list(x), "y": list(y), "cliponaxis": False} | look


def rows_at(places: Sequence[float], names: Sequence[str]) -> Trace:
    """The axis of rows with these names, a row high each, from the top down."""
    axis = {"tickvals": list(places), "ticktext": list(names), "ticks": "", "ticklabelstandoff": 6}
    return axis | {"range": [max(places, default=0) + 0.5, -0.5]}


def years(first: float, last: float, step: int) -> Trace:
    """The axis of years from one to another, and every so many of them named."""
    named = [year for year in range(math.ceil(first), math.floor(last) + 1) if year % step == 0]
    told = {"tickvals": named, "ticktext": list(map(str, named)), "ticks": "outside", "automargin": True}
    return {"range": [first, last]} | told


def figure_of(ground: Palette, height: int, traces: list[Trace], x: Trace, y: Trace, **layout: Any) -> go.Figure:
    """A figure of traces (dicts as Plotly takes them) with its axes and what else its layout needs.

    Rows that traces name stand one below the other. Still pictures and slides are made of bars, scatters and heat maps
    alone, and go by the `range`, `tickvals` and `ticktext` of the axes.
    """
    names = dict.fromkeys(row for trace in traces for row in trace["y"] if isinstance(row, str))
    if names:
        at = {name: place for place, name in enumerate(names)}
        traces = [trace | {"y": [at[name] for name in trace["y"]]} for trace in traces]
        y = rows_at(list(at.values()), list(names)) | y
    whole = {
        "template": None,
        "height": height,
        "margin": {"l": 4, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": ground.ground,
        "plot_bgcolor": ground.ground,
        "font": {"family": FONT, "size": 14, "color": ground.text},
        "showlegend": False,
        "legend": LEGEND,
        "hovermode": "closest",
        "dragmode": False,
        "bargap": 0.3,
        "xaxis": AXIS | x,
        "yaxis": AXIS | {"automargin": True} | y,
    }
    return go.Figure({"data": traces, "layout": whole | layout})
