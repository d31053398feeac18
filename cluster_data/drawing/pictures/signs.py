"""What lies on the ground of a still map: marks, numbered circles, numbers and names."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import shapely

from cluster_data.document import Circle, Map
from cluster_data.drawing import pictograms
from cluster_data.drawing.ground import Ground, ground_of, middles
from cluster_data.drawing.pictures.canvas import Bounds, Canvas, Spot, box_around, box_of
from cluster_data.drawing.pictures.extent import Drawing
from cluster_data.drawing.pictures.names import AROUND_PLACES, Among
from cluster_data.measures import places
from cluster_data.model.cluster import Cluster
from cluster_data.model.projection import east_north
from cluster_data.palette import Palette, readable_on

NEXT, MOST_TOWNS = 1_000, 12
DRAWN = 0.75  # of its room, a numbered circle
CLOSER = 0.6  # of what keeps circles apart
LEADING = 4  # as many areas as findings name
NUMBERS = NAMES = 0.85  # of most words, numbers and the names of places
BETWEEN = 0.4  # heights of words, from a name to the next on its line
NO_CIRCLE = 8  # as many steps away stands the name of what has no circle
AWAY = (0, -1, 1, -2, 2, -3, 3)


def points(drawing: Drawing, points: pd.DataFrame) -> None:
    """Firms by the symbol and colour of their D; before them, what is no firm as a ringed letter."""
    palette, size = drawing.palette, drawing.size
    points = points.sort_values("letter", ascending=False, kind="stable")
    symbols, colours = points["symbol"].fillna("circle"), points[palette.d_column].fillna(palette.quiet)
    where = zip(*drawing.place(points["east"], points["north"]), strict=True)
    for at, symbol, colour, letter in zip(where, symbols, colours, points["letter"], strict=True):
        if drawing.shows(*at):
            box = box_around(*at, size / 2)
            mark(drawing.canvas, at, size, symbol, colour, palette, letter, drawing.edge(box))
            drawing.marks.append(box)


def mark(
    canvas: Canvas,
    at: Spot,
    size: float,
    symbol: str,
    colour: str,
    palette: Palette,
    letter: str = "",
    within: Bounds | None = None,
) -> None:
    """One mark of the map, about as wide as words are high; with a letter, a ring round that letter."""
    scale = size * (1.45 if letter else 1.25) / pictograms.SIZE
    place = f"translate({at[0] - 24 * scale:.1f} {at[1] - 24 * scale:.1f}) scale({scale:.3f})"
    name = f"m{letter or symbol}{colour}".replace("#", "")
    canvas.share(name, "g", pictograms.mark(symbol, colour, palette.ground, letter))
    canvas.add(3, "use", within=within, href=f"#{name}", transform=place)


def bubbles(drawing: Drawing, bubbles: pd.DataFrame) -> None:
    """Numbered circles; where there is little room, as small as it takes for none to hide much of another.

    Their numbers keep their size: they are to be read.
    """
    counted = _circles(drawing, bubbles)
    size = min(drawing.size, places.room_for(counted) * drawing.scale)
    for x, y, records in zip(*drawing.place(counted["east"], counted["north"]), counted["records"], strict=True):
        if drawing.shows(x, y):
            half = DRAWN * places.radius(records) * size
            box = box_around(x, y, half)
            bubble(drawing.canvas, x, y, str(records), half, drawing.size, drawing.palette, drawing.edge(box))
            drawing.canvas.taken.append(box)
            drawing.marks.append(box)
            drawing.circles.append((x, y, half))


def _circles(drawing: Drawing, bubbles: pd.DataFrame) -> pd.DataFrame:
    """The numbered circles of a map; those of whole areas may come closer to one another."""
    if "name" in bubbles:
        return places.gathered(bubbles.set_index("name"), CLOSER * drawing.span)
    return places.gathered(bubbles, drawing.span)


def bubble(
    canvas: Canvas,
    x: float,
    y: float,
    said: str,
    half: float,
    size: float,
    palette: Palette,
    within: Bounds | None = None,
) -> None:
    """A circle with words in it."""
    look: dict[str, Any] = {"fill": palette.accent, "stroke": palette.ground, "stroke_width": size / 16}
    canvas.add(4, "circle", within=within, cx=x, cy=y, r=half, **look)
    canvas.write(
        x, y, said, NUMBERS * size, readable_on(palette.accent), across="center", bold=True, rim=palette.accent
    )


def names(drawing: Drawing, cluster: Cluster, shown: Map, bubbles: pd.DataFrame, rates: pd.DataFrame | None) -> None:
    """What is written on a map: the rates of its areas, or the names of a circle, of areas seen closer, or of all."""
    ground = ground_of(cluster)
    first = [row[0] for row in shown.rows().itertuples(index=False)]
    if shown.circle:
        _circle(drawing, shown.circle)
    if rates is not None:
        _rates(drawing, ground, rates)
    elif shown.circle:
        _towns(drawing, _around(cluster, shown.circle, bubbles))
    elif shown.seen:
        _areas(drawing, ground, shown.seen, first)
    elif "name" in bubbles:
        _towns(drawing, _by_area(drawing, bubbles))
    else:
        _towns(drawing, _leading(cluster, ground, first))


def _around(cluster: Cluster, circle: Circle, bubbles: pd.DataFrame) -> pd.DataFrame:
    """What to name on a map round a circle: cities, where numbers stand, towns, other places; of each the nearest."""
    named, (east, north) = places.by_rank(cluster), east_north(circle.lat, circle.lon)[0]
    named = named[named["name"] != circle.name]
    away = np.hypot(named["east"] - east, named["north"] - north)
    counted = named["name"].isin(bubbles["town"])
    return named.assign(away=away, counted=~counted & (named["rank"] > 0)).sort_values(["counted", "rank", "away"])


def _by_area(drawing: Drawing, counted: pd.DataFrame) -> pd.DataFrame:
    """What to name on a map of numbers by area: the area of most records of each circle, and how many share it."""
    circles = _circles(drawing, counted)
    shared = circles["members"].str[0] + circles["members"].map(lambda areas: f" and {len(areas) - 1} more")
    return circles.assign(name=shared.where(circles["members"].str.len() > 1, circles["members"].str[0]))


def _leading(cluster: Cluster, ground: Ground, first: list[str]) -> pd.DataFrame:
    """What to name on a map of the whole region: the areas that head its table, then cities."""
    cities, leading = places.cities(cluster), first[:LEADING]
    lead = np.isin(ground.names, [name for name in leading if not name.startswith(tuple(cities["name"]))])
    inside = middles(ground.areas[lead])
    areas = pd.DataFrame({"name": ground.names[lead], "east": inside[:, 0], "north": inside[:, 1]})
    named = pd.concat([areas, cities[["name", "east", "north"]]], ignore_index=True)
    order = {name: place for place, name in enumerate(first)}
    return named.sort_values("name", key=lambda names: names.map(order), kind="stable")


def _circle(drawing: Drawing, around: Circle) -> None:
    """A circle round a place, and the name of that place at a cross in its middle."""
    canvas, palette, size, thick = drawing.canvas, drawing.palette, drawing.size, drawing.size / 7
    x, y = drawing.place(*east_north(around.lat, around.lon)[0])
    ring = {"cx": x, "cy": y, "r": 1000 * around.km * drawing.scale, "fill": "none"}
    canvas.add(2, "circle", within=drawing.box, stroke=palette.accent, stroke_width=thick, **ring)
    for right, down in ((size / 2, 0), (0, size / 2)):
        canvas.line([(x - right, y - down), (x + right, y + down)], palette.text, thick, 3)
    canvas.taken.append(box_around(x, y, size / 2))
    _named(drawing, _among(drawing), around.name, (x, y), size / 2, bold=True)


def _rates(drawing: Drawing, ground: Ground, rates: pd.DataFrame) -> None:
    """The rate of each area in its middle, where there is room: those of the largest areas first."""
    steps = rates.set_index("lad_code").to_dict("index")
    visible = drawing.visible(ground.areas)
    for place in np.argsort(-shapely.area(visible)):
        row = steps.get(ground.codes[place])
        if row is None or shapely.is_empty(visible[place]):
            continue
        x, y = drawing.place(*middles(visible[place])[0])
        said, size = row["shown"], 0.85 * drawing.size
        box = box_of(x, y, said, size, "center", "center")
        if drawing.covers(box) and drawing.canvas.free(box):
            shade = drawing.palette.steps[row["step"]]
            drawing.canvas.write(x, y, said, size, readable_on(shade), across="center", rim=shade)


def _towns(drawing: Drawing, named: pd.DataFrame) -> None:
    """The names of the first places that the map shows, each beside its place or the circle upon it, if that has none.

    Should one of those that lead find no room among the others, it is written before them.
    """
    found = zip(named["name"], *drawing.place(named["east"], named["north"]), strict=True)
    shown = [(name, (x, y)) for name, x, y in found if drawing.shows(x, y)][:MOST_TOWNS]
    trial = replace(drawing.canvas, taken=[*drawing.canvas.taken], drawn=[])
    written = _written(replace(drawing, canvas=trial), shown)
    lead = [spot for spot in shown[:LEADING] if spot[0] not in written]
    if lead:
        _written(drawing, [*lead, *(spot for spot in shown if spot not in lead)])
    else:
        drawing.canvas.taken[:] = trial.taken
        drawing.canvas.drawn.extend(trial.drawn)


def _written(drawing: Drawing, shown: Sequence[tuple[str, Spot]]) -> set[str]:
    """Writes the names of places, as far as there is room for them, and tells which."""
    among, waiting, written = _among(drawing), list(drawing.circles), set()
    for name, at in shown:
        own = next((circle for circle in drawing.circles if math.dist(circle[:2], at) < circle[2]), None)
        if own is None:
            box = _named(drawing, replace(among, away=AROUND_PLACES[:NO_CIRCLE]), name, at)
        else:
            box = _named(drawing, among, name, own[:2], own[2]) if own in waiting else None
        if box:
            written.add(name)
            waiting = [circle for circle in waiting if circle != own]
    return written


def _among(drawing: Drawing) -> Among:
    return Among(drawing.canvas, NAMES * drawing.size, drawing.marks, AROUND_PLACES, drawing.box)


def _named(drawing: Drawing, among: Among, name: str, at: Spot, half: float = 0.0, bold: bool = False) -> Bounds | None:
    box = among.find(name, at, half, surely=True, bold=bold)
    if box:
        _name(drawing, box, name, drawing.palette.text, bold, among.size)
        drawing.canvas.taken.append((box[0] - BETWEEN * among.size, box[1], box[2] + BETWEEN * among.size, box[3]))
    return box


def _free(drawing: Drawing, boxes: Sequence[Bounds]) -> Bounds | None:
    """The first box of a name that covers nothing, or else no number and no other name."""
    on_map = [box for box in boxes if drawing.covers(box)]
    clear = (box for marks in (drawing.marks, ()) for box in on_map if drawing.canvas.free(box, marks))
    return next(clear, None)


def _areas(drawing: Drawing, ground: Ground, seen: Iterable[str], first: list[str]) -> None:
    """The names of the areas seen closer and of their neighbours, in or near their middle, where there is room.

    The names in `first` find room before others, in their order.
    """
    own = ground.own(list(seen))
    near = shapely.dwithin(shapely.union_all(ground.areas[own]), ground.areas, NEXT) & ~own
    for group, colour in ((own, drawing.palette.text), (near, drawing.palette.quiet)):
        visible = drawing.visible(ground.areas[group])
        some = ~shapely.is_empty(visible)
        named = list(zip(ground.names[group][some], middles(visible[some]), strict=True))
        named.sort(key=lambda pair: first.index(pair[0]) if pair[0] in first else len(first))
        for name, middle in named:
            x, y = drawing.place(*middle)
            size = drawing.size
            box = _free(drawing, [box_of(x, y + away * size, name, size, "center", "center") for away in AWAY])
            if box:
                _name(drawing, box, name, colour)


def _name(drawing: Drawing, box: Bounds, name: str, colour: str, bold: bool = False, size: float = 0.0) -> None:
    rim = drawing.palette.land
    drawing.canvas.write(*box[:2], name, size or drawing.size, colour, down="top", bold=bold, rim=rim)
