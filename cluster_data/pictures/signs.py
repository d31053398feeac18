"""What lies on the ground of a still map: marks, numbered circles, numbers and names."""

import math
from collections.abc import Collection

import numpy as np
import pandas as pd
import shapely
from matplotlib.patches import Circle

from cluster_data.palette import Palette, readable_on
from cluster_data.pictures.canvas import LINE, Canvas, width_of
from cluster_data.pictures.ground import Shapes, Sheet

NEXT = 1_000
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
        mark(drawing.canvas, x, y, size, symbol, colour, ground, row["letter"])
        drawing.canvas.taken.append((x - size / 2, y - size / 2, x + size / 2, y + size / 2))


def mark(
    canvas: Canvas, x: float, y: float, size: float, symbol: str, colour: str, ground: Palette, letter: str = ""
) -> None:
    """One mark of the map, as wide as words are high; with a letter, a ring round that letter."""
    wide = size * (0.8 if symbol == "diamond" and not letter else 1.1 if letter else 0.95)
    canvas.axes.plot(
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
        canvas.axes.text(x, y, letter, size=0.7 * size, color=colour, ha="center", va="center_baseline", zorder=3)


def bubbles(drawing: Sheet, bubbles: pd.DataFrame) -> None:
    """Numbered circles; one whose middle another would cover is counted with that."""
    x, y = drawing.place(bubbles["east"], bubbles["north"])
    gathered: dict[tuple[float, float], int] = {}
    for spot in zip(x, y, bubbles["records"], strict=True):
        if drawing.shows(*spot[:2]):
            near = (at for at, already in gathered.items() if math.dist(at, spot[:2]) < radius(already, drawing.size))
            middle = next(near, spot[:2])
            gathered[middle] = gathered.get(middle, 0) + int(spot[2])
    for (left, top), records in gathered.items():
        bubble(drawing.canvas, left, top, str(records), radius(records, drawing.size), drawing.size, drawing.ground)


def radius(records: int, size: float) -> float:
    """Half the width of a numbered circle, in points."""
    return size * (0.55 + 0.12 * float(records) ** 0.5)


def bubble(canvas: Canvas, x: float, y: float, said: str, half: float, size: float, ground: Palette) -> None:
    """A circle with words in it."""
    edge = {"edgecolor": ground.ground, "linewidth": size / 16, "zorder": 4}
    canvas.axes.add_patch(Circle((x, y), half, facecolor=ground.accent, **edge))
    canvas.write(x, y, said, 0.85 * size, readable_on(ground.accent), across="center", bold=True)


def numbers(drawing: Sheet, shapes: Shapes, rates: pd.DataFrame) -> None:
    """The rate of each area, in its middle."""
    middles = dict(zip(shapes.codes, shapely.get_coordinates(shapely.point_on_surface(shapes.areas)), strict=True))
    for row in rates[rates["lad_code"].isin(list(middles))].to_dict("records"):
        x, y = drawing.place(*middles[row["lad_code"]])
        if drawing.shows(x, y):
            fill = drawing.ground.steps[int(row["step"])]
            drawing.canvas.write(x, y, f"{row['rate']:.1f}", 0.9 * drawing.size, readable_on(fill), across="center")


def area_names(shapes: Shapes, seen: Collection[str]) -> pd.DataFrame:
    """The names of the areas seen closer, then those of their neighbours, each with a point inside it."""
    own = np.isin(shapes.codes, list(seen))
    near = shapely.dwithin(shapely.union_all(shapes.areas[own]), shapes.areas, NEXT)
    order = np.concatenate([np.flatnonzero(own), np.flatnonzero(near & ~own)])
    east, north = shapely.get_coordinates(shapely.point_on_surface(shapes.areas[order])).T
    return pd.DataFrame({"name": shapes.names[order], "east": east, "north": north})


def names(drawing: Sheet, names: pd.DataFrame) -> None:
    """The names, the first ones first, each where nothing is yet: above, below or beside its place."""
    size = drawing.size
    for name, x, y in zip(names["name"], *drawing.place(names["east"], names["north"]), strict=True):
        wide, high = width_of(name, size), LINE * size
        for right, down in ((0, -1.1), (0, 1.1), (0, 0), (0.6, -0.6), (-0.6, -0.6), (0.6, 0.6), (-0.6, 0.6), (0, -2)):
            left, top = x + right * (wide + size), y + down * size
            box = (left - wide / 2, top - high / 2, left + wide / 2, top + high / 2)
            corners = drawing.shows(*box[:2]) and drawing.shows(*box[2:])
            if corners and drawing.canvas.free(box):
                drawing.canvas.write(left, top, name, size, across="center", rim=drawing.ground.land)
                break
