"""The network of links: a mark for each organisation, a line for each pair that is linked."""

import textwrap
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from cluster_data.drawing.charts.base import LEGEND, Trace, figure_of, inert, scatter
from cluster_data.drawing.pictures.canvas import Box, box_of, touch
from cluster_data.palette import Palette

HEIGHT, PLOT, PHONE = 660, 540, 350
PART_COLOURS = {"academic": 0, "business": 1, "clinical": 2}
SYMBOLS = {
    "company": "circle",
    "university": "square",
    "trust": "diamond",
    "board": "hexagon",
    "asset": "triangle-up",
    "offer": "triangle-down",
    "investor": "pentagon",
    "partner": "circle-open",
}
FAINT, LEAST_SPAN, ROOM_FOR_NAMES = 0.25, 0.15, 1.25
TEXT, MOST_NAMED, WRAP, MOST_LINES = 12, 10, 17, 3
AXIS = {"visible": False, "range": [-0.03, 1.03]}
Node = Mapping[str, Any]
Pair = tuple[str, str]
Room = tuple[int, int]


def network_chart(
    nodes: pd.DataFrame,
    lines: pd.DataFrame,
    sorts: Mapping[str, str],
    ground: Palette,
    around: str | None,
    room: Room = (PHONE, PLOT),
) -> go.Figure:
    """Marks by sort (symbol) and part (colour), larger the more organisations each is linked with.

    `nodes` has id, name, sort, part, neighbours, x and y from 0 to 1; `lines` one and other, by id; `sorts` the label
    of each sort. With `around`, that organisation and those it is linked with stand out. A click gives customdata [id].
    What stands out fills the picture; places keep their order and proportion. `room` is the width and height of the
    plot, in pixels of a screen, in which names must not touch one another.
    """
    pairs = list(zip(lines["one"], lines["other"], strict=True))
    own = [pair for pair in pairs if around in pair]
    near = {around}.union(*own) if around in set(nodes["id"]) else set(nodes["id"])
    marks = _closer(nodes, near, ROOM_FOR_NAMES if own else 1).to_dict("records")
    place = {node["id"]: (node["x"], node["y"]) for node in marks}
    traces = [_lines(place, pairs, ground.line, 1)]
    if around in place:
        traces.append(_lines(place, own, ground.text, 1.6))
    traces += _marks(marks, near, sorts, ground)
    traces.append(_names([node for node in marks if node["id"] in near], around, ground, room))
    return figure_of(
        ground,
        HEIGHT - PLOT + room[1],
        traces,
        AXIS,
        AXIS | {"range": [-0.03, 1.05]},
        showlegend=True,
        legend=LEGEND,
        clickmode="event+select",
        hovermode="closest",
    )


def _closer(nodes: pd.DataFrame, near: Collection[str | None], room: float) -> pd.DataFrame:
    """The nodes with x and y so that those in `near` reach from 0 to 1, less some room, or stand in the middle."""
    shown = nodes.loc[nodes["id"].isin(near), ["x", "y"]]
    span = (shown.max() - shown.min()).clip(lower=LEAST_SPAN) * room
    start = (shown.max() + shown.min() - span) / 2
    return nodes.assign(**{axis: (nodes[axis] - start[axis]) / span[axis] for axis in ("x", "y")})


def _lines(place: Mapping[str, tuple[float, float]], pairs: Sequence[Pair], colour: str, wide: float) -> Trace:
    x, y = ([part for one, other in pairs for part in (place[one][axis], place[other][axis], None)] for axis in (0, 1))
    return scatter("lines", x, y, line={"color": colour, "width": wide}, showlegend=False)


def _marks(
    marks: Sequence[Node], near: Collection[str | None], sorts: Mapping[str, str], ground: Palette
) -> list[Trace]:
    """A trace for each sort, first of those that stand back; each sort stands once in the key."""

    def kind(node: Node) -> tuple[bool, int]:
        return node["id"] in near, list(SYMBOLS).index(node["sort"])

    strong = {node["sort"] for node in marks if node["id"] in near}
    traces = []
    for (lit, rank), group in groupby(sorted(marks, key=kind), kind):
        alike = list(group)
        label = inert(sorts[alike[0]["sort"]])
        look = {"showlegend": lit or alike[0]["sort"] not in strong, "legendrank": 1 + rank}
        traces.append(_marks_alike(alike, label, ground, 1 if lit else FAINT) | look)
    return traces


def _marks_alike(alike: Sequence[Node], label: str, ground: Palette, opacity: float) -> Trace:
    first, same = alike[0], {"marker": {"opacity": opacity}}
    marker = {
        "symbol": SYMBOLS[first["sort"]],
        "color": ground.parts[PART_COLOURS[first["part"]]] if first["part"] else ground.quiet,
        "size": [_size(node["neighbours"]) for node in alike],
        "opacity": opacity,
        "line": {"color": ground.ground, "width": 1},
    }
    return scatter(
        "markers",
        [node["x"] for node in alike],
        [node["y"] for node in alike],
        cliponaxis=False,
        name=label,
        marker=marker,
        selected=same,
        unselected=same,
        customdata=[[node["id"]] for node in alike],
        text=[f"{inert(node['name'])}<br>{label}: linked with {node['neighbours']}" for node in alike],
        hovertemplate="%{text}<extra></extra>",
    )


def _names(marks: Sequence[Node], around: str | None, ground: Palette, room: Room) -> Trace:
    """The names of those linked with most, as far as they find room without touching one another."""
    first = sorted(marks, key=lambda node: (node["id"] != around, -node["neighbours"]))[:MOST_NAMED]
    taken: list[Box] = []
    named: list[tuple[Node, str]] = []
    for node in first:
        for side in ("bottom", "top"):
            box = _box(node, side, room)
            if box[0] >= 0 and box[2] <= room[0] and not any(map(partial(touch, box), taken)):
                taken.append(box)
                named.append((node, side))
                break
    return scatter(
        "markers+text",
        [node["x"] for node, _ in named],
        [node["y"] for node, _ in named],
        marker={"size": [_size(node["neighbours"]) for node, _ in named], "opacity": 0},
        text=["<br>".join(map(inert, _wrapped(node["name"]))) for node, _ in named],
        textposition=[f"{side} center" for _, side in named],
        textfont={"size": TEXT, "color": ground.text, "shadow": _halo(ground.ground)},
        showlegend=False,
    )


def _halo(colour: str) -> str:
    """A rim of the ground's colour that hides marks and lines behind the letters."""
    ring = [f"{across}px {down}px 1px {colour}" for across in (-2, 0, 2) for down in (-2, 0, 2)]
    return ", ".join([*ring, *[f"0 0 4px {colour}"] * 6])


def _wrapped(name: str) -> list[str]:
    return textwrap.wrap(name, WRAP, max_lines=MOST_LINES, placeholder="…")


def _size(neighbours: int) -> float:
    return float(4 + 5 * neighbours**0.5)


def _box(node: Node, side: str, room: Room) -> Box:
    """The box of a name below or above its mark, in pixels."""
    away = _size(node["neighbours"]) / 2 * (1 if side == "bottom" else -1)
    x, y = node["x"] * room[0], (1 - node["y"]) * room[1] + away
    return box_of(x, y, "\n".join(_wrapped(node["name"])), TEXT, "center", "top" if side == "bottom" else "bottom")
