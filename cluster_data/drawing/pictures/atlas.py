"""Maps as still pictures: the ground, the marks upon it, the names beside them, the key and the licences."""

import math
from typing import Any

import numpy as np
import pandas as pd
import shapely

from cluster_data.document import Circle, Map
from cluster_data.drawing.pictures import ground as land
from cluster_data.drawing.pictures import signs
from cluster_data.drawing.pictures.canvas import Box, Canvas, height_of, sheet, wrapped
from cluster_data.drawing.pictures.key import Key, entries_of, fitting
from cluster_data.measures import places
from cluster_data.model.cluster import Cluster
from cluster_data.palette import Palette

EDGE, SMALL, ROOM_FOR_LICENCES = 4.0, 0.62, 0.12
LEADING = 4  # as many areas as findings name
BESIDE = 1.2  # sheets this much wider than high have the key beside the map


def drawn(cluster: Cluster, shown: Map, ground: Palette, wide: float, high: float, text: float) -> Any:
    """The map as a picture of this size."""
    canvas, shapes = sheet(wide, high, ground.ground, ground.text), land.shapes_of(cluster)
    points, bubbles = shown.points(), shown.bubbles()
    rates = stepped(shown.rates()) if shown.rates else None
    key = fitting(canvas, text, wide > BESIDE * high, entries_of(cluster, shown, points, bubbles, rates, ground))
    box = _room(cluster, canvas, key, ground)
    drawing = land.looking(canvas, ground, text, box, shapes, shown)
    land.ground_of(drawing, shapes, rates)
    land.outline(drawing, shapes, shown.outlined)
    signs.points(drawing, points)
    signs.bubbles(drawing, bubbles)
    land.border(drawing)
    if shown.circle:
        signs.circle(drawing, shown.circle)
    first = [row[0] for row in shown.rows().itertuples(index=False)]
    if rates is not None:
        signs.numbers(drawing, shapes, rates)
    elif shown.circle:
        signs.towns(drawing, _around(cluster, shown.circle, bubbles))
    elif shown.seen:
        signs.areas(drawing, shapes, shown.seen, first)
    else:
        signs.towns(drawing, _named(cluster, shapes, first))
    return canvas.figure


def _around(cluster: Cluster, circle: Circle, bubbles: pd.DataFrame) -> pd.DataFrame:
    """What to name on a map round a circle: cities, where numbers stand, towns, other places; of each the nearest."""
    named, (east, north) = places.by_rank(cluster), land.middle(circle)
    named = named[named["name"] != circle.name]
    away = np.hypot(named["east"] - east, named["north"] - north)
    counted = named["name"].isin(bubbles["town"])
    return named.assign(away=away, counted=~counted & (named["rank"] > 0)).sort_values(["counted", "rank", "away"])


def _named(cluster: Cluster, shapes: land.Shapes, first: list[str]) -> pd.DataFrame:
    """What to name on a map of the whole region: the areas that head its table, then cities."""
    cities, leading = places.cities(cluster), first[:LEADING]
    lead = np.isin(shapes.names, [name for name in leading if not name.startswith(tuple(cities["name"]))])
    middles = shapely.get_coordinates(shapely.point_on_surface(shapes.areas[lead]))
    areas = pd.DataFrame({"name": shapes.names[lead], "east": middles[:, 0], "north": middles[:, 1]})
    named = pd.concat([areas, cities[["name", "east", "north"]]], ignore_index=True)
    return named.sort_values("name", key=lambda names: ~names.isin(leading), kind="stable")


def _room(cluster: Cluster, canvas: Canvas, key: Key, ground: Palette) -> Box:
    """The box of the map: what the key and the licence lines, once written, leave of the sheet."""
    said, size = " ".join(cluster.pack.licences), SMALL * key.size
    if key.beside:
        left = canvas.wide - key.wide - EDGE
        key.write(left, EDGE)
        _licences(canvas, said, size, left, canvas.high - key.high, ground)
        return EDGE, EDGE, left - 2 * EDGE, canvas.high - EDGE
    high = _licences(canvas, said, size, EDGE, ROOM_FOR_LICENCES * canvas.high, ground)
    bottom = canvas.high - high - key.high
    key.write(EDGE, bottom)
    return EDGE, EDGE, canvas.wide - EDGE, bottom - EDGE


def _licences(canvas: Canvas, said: str, size: float, left: float, room: float, ground: Palette) -> float:
    """The licence lines at the foot of the sheet, if there is room; the points they take."""
    lines = wrapped(said, canvas.wide - left - EDGE, size)
    high = height_of(lines, size) + 2 * EDGE
    if not lines or high > room:
        return 0.0
    canvas.write(left, canvas.high - EDGE, lines, size, ground.quiet, down="bottom")
    return high


def stepped(rates: pd.DataFrame) -> pd.DataFrame:
    """The known rates with their shade `step` (0: none, 1 to 5: fifths of the areas) and whether firms are `few`."""
    known = rates[rates["rate"].notna()].copy()
    some = known.loc[known["rate"] > 0, "rate"].rank(pct=True)
    known["step"] = (some * 5).map(math.ceil).reindex(known.index, fill_value=0).astype(int)
    return known.assign(few=known.get("few", False))
