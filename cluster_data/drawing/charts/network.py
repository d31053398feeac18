"""The network of links: a mark for each organisation, a line for each pair that is linked."""

import textwrap
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from itertools import groupby, pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from cluster_data.drawing.charts.base import Trace, figure_of, inert, scatter
from cluster_data.drawing.pictures.canvas import Bounds, box_around, touch
from cluster_data.drawing.pictures.names import SIDES, spots
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
FAINT, LEAST_SPAN, ROOM_FOR_NAMES, MANY = 0.25, 0.15, 1.25, 60
TEXT, MOST_NAMED, ON_SCREEN, WRAP, GAP, AIR = 12, 10, 6, 22, 0.2, 0.03
DOWN, ACROSS = {-1: "top", 0: "middle", 1: "bottom"}, {-1: "left", 0: "center", 1: "right"}
POSITIONS = [f"{DOWN[down]} {ACROSS[across]}" for across, down in SIDES]
AXIS = {"visible": False}
Node = Mapping[str, Any]
Pair = tuple[str, str]
Room = tuple[int, int]


def network_chart(
    nodes: pd.DataFrame,
    lines: pd.DataFrame,
    types: Mapping[str, str],
    ground: Palette,
    around: str | None,
    room: Room = (PHONE, PLOT),
    way: Sequence[str] = (),
) -> go.Figure:
    """Marks by type (symbol) and part (colour), larger the more organisations each is linked with.

    `nodes` has id, name, record_type, part, neighbours, x and y from 0 to 1; `lines` one and other, by id; `types` the
    labels. With `around`, that organisation and those it is linked with stand out; with a `way`, its ids and the lines
    between them. A click gives customdata [id].
    What stands out fills the picture; places keep their order and proportion. `room` is the width and height of the
    plot, in pixels of a screen, in which names must not touch one another.
    """
    pairs = list(zip(lines["one"], lines["other"], strict=True))
    near: set[str | None] = set(nodes["id"])
    if way:
        steps = [{*step} for step in pairwise(way)]
        own, near = [pair for pair in pairs if {*pair} in steps], {*way}
    else:
        own = [pair for pair in pairs if around in pair]
        near = {around}.union(*own) if around in near else near
    more = ROOM_FOR_NAMES if len(near) < MANY else 1
    placed, axes = _framed(nodes.assign(size=_sizes(nodes, room)), near, room, more)
    place = {node.id: (node.x, node.y) for node in placed.itertuples()}
    traces = [_lines(place, pairs, ground.line, 1)]
    if own:
        traces.append(_lines(place, own, ground.text, 1.6))
    marks = placed[placed["within"]].to_dict("records")
    traces += _marks(marks, near, types, ground)
    traces.append(_names([node for node in marks if node["id"] in near], around, ground, room))
    return figure_of(
        ground,
        HEIGHT - PLOT + room[1],
        traces,
        AXIS | {"range": axes[0]},
        AXIS | {"range": axes[1]},
        showlegend=True,
        clickmode="event+select",
    )


def _sizes(nodes: pd.DataFrame, room: Room) -> pd.Series:
    """How wide the marks are, in pixels: smaller where there is less room than on a phone, none too large."""
    scale = min(1.0, (room[0] * room[1] / (PHONE * PLOT)) ** 0.5)
    return ((4 + 5 * nodes["neighbours"] ** 0.5) * scale).clip(upper=min(room) / 4)


def _framed(
    nodes: pd.DataFrame, near: Collection[str | None], room: Room, more: float
) -> tuple[pd.DataFrame, list[list[float]]]:
    """The nodes with `left` and `top`, where they stand in the room, and whether they lie `within` it; and the axes'
    ranges. Those in `near` fill the room, which is so much `more` than they take, and none of their marks is cut.
    """
    shown, within, axes = nodes["id"].isin(near), True, []
    for axis, side, pixels in (("x", "left", room[0]), ("y", "top", room[1])):
        at = nodes[axis]
        ends = at[shown].agg(["min", "max"]).fillna(0)
        span = max(ends["max"] - ends["min"], LEAST_SPAN) * more
        half = nodes["size"] / 2 * span / (pixels - nodes["size"].max())
        low = min(ends.mean() - span / 2, (at - half)[shown].min()) - AIR * span
        high = max(ends.mean() + span / 2, (at + half)[shown].max()) + AIR * span
        within &= (at - half >= low) & (at + half <= high)
        nodes = nodes.assign(**{side: (at - low) / (high - low) * pixels})
        axes.append([low, high])
    return nodes.assign(top=room[1] - nodes["top"], within=within), axes


def _lines(place: Mapping[str, tuple[float, float]], pairs: Sequence[Pair], colour: str, wide: float) -> Trace:
    x, y = ([part for one, other in pairs for part in (place[one][axis], place[other][axis], None)] for axis in (0, 1))
    return scatter("lines", x, y, line={"color": colour, "width": wide}, showlegend=False)


def _marks(
    marks: Sequence[Node], near: Collection[str | None], types: Mapping[str, str], ground: Palette
) -> list[Trace]:
    """A trace for each type, first of those that stand back; each type stands once in the key."""

    def kind(node: Node) -> tuple[bool, int]:
        return node["id"] in near, list(SYMBOLS).index(node["record_type"])

    strong = {node["record_type"] for node in marks if node["id"] in near}
    traces = []
    for (lit, rank), group in groupby(sorted(marks, key=kind), kind):
        alike = list(group)
        label = inert(types[alike[0]["record_type"]])
        look = {"showlegend": lit or alike[0]["record_type"] not in strong, "legendrank": 1 + rank}
        traces.append(_marks_alike(alike, label, ground, 1 if lit else FAINT) | look)
    return traces


def _marks_alike(alike: Sequence[Node], label: str, ground: Palette, opacity: float) -> Trace:
    first, same = alike[0], {"marker": {"opacity": opacity}}
    marker = {
        "symbol": SYMBOLS[first["record_type"]],
        "color": ground.parts[PART_COLOURS[first["part"]]] if first["part"] else ground.quiet,
        "size": [node["size"] for node in alike],
        "opacity": opacity,
        "line": {"color": ground.ground, "width": 1},
    }
    return scatter(
        "markers",
        [node["x"] for node in alike],
        [node["y"] for node in alike],
        name=label,
        marker=marker,
        selected=same,
        unselected=same,
        customdata=[[node["id"]] for node in alike],
        text=[f"{inert(node['name'])}<br>{label}: linked with {node['neighbours']}" for node in alike],
        hovertemplate="%{text}<extra></extra>",
    )


def _names(marks: Sequence[Node], around: str | None, ground: Palette, room: Room) -> Trace:
    """The names of those linked with most, each beside its mark where it hides fewest others, as far as none touches
    another and the room holds it. `meta` holds some more, for a picture with room of its own.
    """
    first = sorted(marks, key=lambda node: (node["id"] != around, -node["neighbours"]))[:MOST_NAMED]
    names = ["\n".join(textwrap.wrap(node["name"], WRAP)) for node in first]
    solid = [box_around(node["left"], node["top"], node["size"] / 2) for node in marks]
    taken = [box_around(node["left"], node["top"], node["size"] / 2) for node in first[:ON_SCREEN]]
    where = [""] * len(first)
    for place, (node, name) in enumerate(zip(first[:ON_SCREEN], names, strict=False)):
        found = spots(name, (node["left"], node["top"]), TEXT, (GAP,), node["size"] / 2)
        boxes = dict(zip(POSITIONS, found, strict=True))
        inside = {at: box for at, box in boxes.items() if min(box) >= 0 and box[2] <= room[0] and box[3] <= room[1]}
        free = [at for at, box in inside.items() if not any(map(partial(touch, box), taken))]
        if free:
            where[place] = min(free, key=lambda at: _hidden(boxes[at], solid))
            taken.append(boxes[where[place]])
    said = ["<br>".join(map(inert, name.split("\n"))) for name in names]
    return scatter(
        "markers+text",
        [node["x"] for node in first],
        [node["y"] for node in first],
        marker={"size": [node["size"] for node in first], "opacity": 0},
        text=[name if at else "" for name, at in zip(said, where, strict=True)],
        textposition=[at or POSITIONS[0] for at in where],
        textfont={"size": TEXT, "color": ground.text, "shadow": _halo(ground.ground)},
        showlegend=False,
        meta=said,
    )


def _hidden(box: Bounds, marks: Sequence[Bounds]) -> float:
    """How much room the marks take that a name would touch."""
    return sum((right - left) * (bottom - top) for left, top, right, bottom in filter(partial(touch, box), marks))


def _halo(colour: str) -> str:
    """A rim of the ground's colour that hides marks and lines behind the letters."""
    ring = [f"{across}px {down}px 1px {colour}" for across in (-2, 0, 2) for down in (-2, 0, 2)]
    return ", ".join([*ring, *[f"0 0 4px {colour}"] * 6])
