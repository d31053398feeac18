"""How the Ds overlap: a row for each combination, with a mark for each of its Ds and a bar for its firms."""

import pandas as pd
import plotly.graph_objects as go

from cluster_data.drawing.charts.base import Trace, bars, figure_of, inert, scatter
from cluster_data.palette import GLYPHS, Palette

ROW, LETTER, MARK = 34, 7, 15
APART = 0.17  # from the marks of one D to the next, as a share of the longest bar
SIGNS = {"triangle": "triangle-up"}


def overlap_chart(table: pd.DataFrame, ds: pd.DataFrame, ground: Palette) -> go.Figure:
    """The combinations of measures.counts.combinations_of_ds; `ds` is the frame of measures.counts.ds_in_order."""
    most = max([1, *table["firms"]])
    above = 40 + LETTER * max(map(len, ds["label"]), default=0)
    apart = APART * most
    at = [(place - len(ds)) * apart for place in range(len(ds))]
    marks = [_marks(table, d, x, ground) for d, x in zip(ds.to_dict("records"), at, strict=True)]
    return figure_of(
        ground,
        above + 12 + ROW * len(table),
        [*_lines(table, list(ds["d"]), at, ground), *marks, _bars(table, ground)],
        {
            "side": "top",
            "ticks": "",
            "tickvals": at,
            "ticktext": [f"{GLYPHS[d['symbol']]} {inert(d['label'])}" for d in ds.to_dict("records")],
            "tickangle": -90,
            "range": [at[0] - apart * 0.7 if at else 0, most * 1.15],
        },
        {"visible": False, "range": [len(table) - 0.5, -0.5]},
        margin={"l": 4, "r": 8, "t": above, "b": 8},
    )


def _lines(table: pd.DataFrame, ds: list[str], at: list[float], ground: Palette) -> list[Trace]:
    """What joins the marks of one combination."""
    line = {"color": ground.quiet, "width": 2}
    found = []
    for row, held in enumerate(table["ds"]):
        across = [at[ds.index(d)] for d in held]
        if len(across) > 1:
            found.append(scatter("lines", [min(across), max(across)], [row, row], line=line))
    return found


def _marks(table: pd.DataFrame, d: dict[str, str], x: float, ground: Palette) -> Trace:
    """The marks of one D: its own sign in its colour where a combination holds it, else a pale dot."""
    held = [d["d"] in combination for combination in table["ds"]]
    sign = SIGNS.get(d["symbol"], d["symbol"])
    marker = {
        "symbol": sign,
        "size": [MARK if is_held else MARK / 2.5 for is_held in held],
        "opacity": 1,
        "color": [d[ground.d_column] if is_held else ground.line for is_held in held],
    }
    return scatter("markers", [x] * len(table), range(len(table)), marker=marker)


def _bars(table: pd.DataFrame, ground: Palette) -> Trace:
    return bars(
        [int(firms) for firms in table["firms"]],
        range(len(table)),
        width=0.62,
        marker={"color": ground.accent},
        text=[f"{firms:,}" for firms in table["firms"]],
        textposition="outside",
        customdata=[[inert(label)] for label in table["label"]],
        hovertemplate="%{customdata[0]}: %{x}<extra></extra>",
    )
