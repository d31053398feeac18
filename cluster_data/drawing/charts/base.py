"""What every chart shares: one figure made in one piece, which is fastest, on the ground in use."""

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


def figure_of(ground: Palette, height: int, traces: list[Trace], x: Trace, y: Trace, **layout: Any) -> go.Figure:
    """A figure of traces (dicts as Plotly takes them) with its axes and what else its layout needs.

    Still pictures are drawn of bars, scatters and heat maps alone, and go by the `range` of the axes of numbers.
    """
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
