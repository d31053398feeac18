"""What lies on the ground of a still map: marks, numbered circles, numbers and names."""

import math
from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
import shapely
from matplotlib.lines import Line2D
from matplotlib.patches import Circle

from cluster_data import document
from cluster_data.drawing.pictures import ground as land
from cluster_data.drawing.pictures.canvas import Box, Canvas, box_of
from cluster_data.drawing.pictures.ground import Shapes, Sheet
from cluster_data.drawing.pictures.names import lead, spots, way_to
from cluster_data.measures import places
from cluster_data.palette import Palette, readable_on

NEXT, MOST_TOWNS = 1_000, 12
AWAY = (0, -1, 1, -2, 2, -3, 3)
SYMBOLS = {"square": "s", "circle": "o", "triangle": "^", "diamond": "D", "pentagon": "p", "cross": "P"}


def points(drawing: Sheet, points: pd.DataFrame) -> None:
    """Firms by the symbol and colour of their D; before them, what is no firm as a ringed letter."""
    ground, size = drawing.ground, drawing.size
    for row in points.sort_values("letter", ascending=False, kind="stable").to_dict("records"):
        x, y = drawing.place(row["east"], row["north"])
        if not drawing.shows(x, y):
            continue
        colour = ground.quiet if pd.isna(row[ground.d_column]) else row[ground.d_column]
        symbol = "circle" if pd.isna(row["symbol"]) else row["symbol"]
        drawn = mark(drawing.canvas, x, y, size, symbol, colour, ground, row["letter"])
        drawn.set_clip_path(drawing.window)
        drawing.canvas.taken.append((x - size / 2, y - size / 2, x + size / 2, y + size / 2))


def mark(
    canvas: Canvas, x: float, y: float, size: float, symbol: str, colour: str, ground: Palette, letter: str = ""
) -> Line2D:
    """One mark of the map, as wide as words are high; with a letter, a ring round that letter."""
    wide = size * (0.8 if symbol == "diamond" and not letter else 1.3 if letter else 0.95)
    (drawn,) = canvas.axes.plot(
        [x],
        [y],
        marker="o" if letter else SYMBOLS[symbol],
        markersize=wide,
        markerfacecolor=ground.ground if letter else colour,
        markeredgecolor=colour if letter else ground.ground,
        markeredgewidth=size / 9 if letter else size / 16,
        zorder=3,
    )
    if letter:
        canvas.axes.text(x, y, letter, size=0.85 * size, color=colour, ha="center", va="center_baseline", zorder=3)
    return drawn


def bubbles(drawing: Sheet, bubbles: pd.DataFrame) -> None:
    """Numbered circles; where there is little room, as small as it takes for none to hide much of another.

    Their numbers keep their size: they are to be read.
    """
    counted = places.gathered(bubbles, drawing.span)
    size = min(drawing.size, places.room_for(counted) * drawing.scale)
    for x, y, records in zip(*drawing.place(counted["east"], counted["north"]), counted["records"], strict=True):
        if drawing.shows(x, y):
            half = places.radius(records) * size
            drawn = bubble(drawing.canvas, x, y, str(records), half, drawing.size, drawing.ground)
            drawn.set_clip_path(drawing.window)
            drawing.canvas.taken.append((x - half, y - half, x + half, y + half))


def bubble(canvas: Canvas, x: float, y: float, said: str, half: float, size: float, ground: Palette) -> Circle:
    """A circle with words in it."""
    drawn = Circle((x, y), half, facecolor=ground.accent, edgecolor=ground.ground, linewidth=size / 16, zorder=4)
    canvas.axes.add_artist(drawn)
    canvas.write(x, y, said, 0.85 * size, readable_on(ground.accent), across="center", bold=True)
    return drawn


def circle(drawing: Sheet, around: document.Circle) -> None:
    """A circle round a place, and the name of that place at a cross in its middle."""
    x, y = drawing.place(*land.middle(around))
    ground, size, thick = drawing.ground, drawing.size, drawing.size / 7
    reach = land.radius(around) * drawing.scale
    ring = Circle((x, y), reach, facecolor="none", edgecolor=ground.accent, linewidth=thick, zorder=2)
    drawing.canvas.axes.add_artist(ring)
    ring.set_clip_path(drawing.window)
    drawing.canvas.axes.plot([x], [y], marker="+", markersize=size, markeredgewidth=thick, color=ground.text, zorder=3)
    drawing.canvas.taken.append((x - size / 2, y - size / 2, x + size / 2, y + size / 2))
    _named(drawing, around.name, (x, y), bold=True)


def numbers(drawing: Sheet, shapes: Shapes, rates: pd.DataFrame) -> None:
    """The rate of each area in its middle, where there is room: those of the largest areas first."""
    steps = rates.set_index("lad_code").to_dict("index")
    visible = shapely.clip_by_rect(shapes.areas, *drawing.metres)
    for place in np.argsort(-shapely.area(visible)):
        row = steps.get(shapes.codes[place])
        if row is None or shapely.is_empty(visible[place]):
            continue
        x, y = drawing.place(*shapely.get_coordinates(shapely.point_on_surface(visible[place]))[0])
        said, size = row.get("shown") or rate_in_words(row["rate"]), 0.85 * drawing.size
        box = box_of(x, y, said, size, "center", "center")
        if drawing.covers(box) and drawing.canvas.free(box):
            drawing.canvas.write(x, y, said, size, readable_on(drawing.ground.steps[row["step"]]), across="center")


def rate_in_words(rate: float) -> str:
    """A rate with one decimal; none at all is "0", as "0.0" may be a little."""
    return f"{rate:.1f}" if rate else "0"


def towns(drawing: Sheet, named: pd.DataFrame) -> None:
    """The names of the first places that the map shows, each as near as there is room."""
    found = zip(named["name"], *drawing.place(named["east"], named["north"]), strict=True)
    shown = [(name, (x, y)) for name, x, y in found if drawing.shows(x, y)]
    for name, spot in shown[:MOST_TOWNS]:
        _named(drawing, name, spot)


def _named(drawing: Sheet, name: str, spot: tuple[float, float], bold: bool = False) -> None:
    boxes = spots(name, spot, drawing.size, bold=bold)
    box = next((box for box in boxes if drawing.covers(box) and drawing.canvas.free(box)), None)
    if box:
        way = way_to(box, spot)
        if math.dist(*way) > drawing.size:
            lead(drawing.canvas, way, drawing.size)
        _name(drawing, box, name, drawing.ground.text, bold)


def areas(drawing: Sheet, shapes: Shapes, seen: Collection[str], first: Sequence[str] = ()) -> None:
    """The names of the areas seen closer and of their neighbours, in or near their middle, where there is room.

    The names in `first` find room before others, in their order.
    """
    own = np.isin(shapes.codes, list(seen))
    near = shapely.dwithin(shapely.union_all(shapes.areas[own]), shapes.areas, NEXT) & ~own
    for group, colour in ((own, drawing.ground.text), (near, drawing.ground.quiet)):
        shown = shapely.clip_by_rect(shapes.areas[group], *drawing.metres)
        middles = shapely.get_coordinates(shapely.point_on_surface(shown[~shapely.is_empty(shown)]))
        named = list(zip(shapes.names[group][~shapely.is_empty(shown)], middles, strict=True))
        named.sort(key=lambda pair: first.index(pair[0]) if pair[0] in first else len(first))
        for name, middle in named:
            x, y = drawing.place(*middle)
            spots = [box_of(x, y + away * drawing.size, name, drawing.size, "center", "center") for away in AWAY]
            box = next((box for box in spots if drawing.covers(box) and drawing.canvas.free(box)), None)
            if box:
                _name(drawing, box, name, colour)


def _name(drawing: Sheet, box: Box, name: str, colour: str, bold: bool = False) -> None:
    drawing.canvas.write(*box[:2], name, drawing.size, colour, down="top", bold=bold, rim=drawing.ground.land)
