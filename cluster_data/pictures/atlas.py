"""Maps as still pictures: the ground, the marks upon it, the names beside them, the key and the licences."""

import math
from typing import Any

import pandas as pd

from cluster_data.cluster import Cluster
from cluster_data.document import Map
from cluster_data.measures import places
from cluster_data.palette import Palette
from cluster_data.pictures import ground as land
from cluster_data.pictures import signs
from cluster_data.pictures.canvas import Canvas, height_of, sheet, wrapped
from cluster_data.pictures.key import Key, entries_of

EDGE, SMALL, ROOM_FOR_LICENCES = 4.0, 0.62, 0.12
BESIDE = 1.25  # sheets this much wider than high have the key beside the map


def drawn(cluster: Cluster, shown: Map, ground: Palette, wide: float, high: float, text: float) -> Any:
    """The map as a picture of this size."""
    canvas, shapes = sheet(wide, high, ground.ground, ground.text), land.shapes_of(cluster)
    points, bubbles = shown.points(), shown.bubbles()
    rates = stepped(shown.rates()) if shown.rates else None
    bottom = _licences(cluster, canvas, ground, text)
    key = Key(canvas, text, wide > BESIDE * high, entries_of(cluster, shown, points, bubbles, rates, ground))
    right, lower = (canvas.wide - key.wide, bottom) if key.beside else (canvas.wide, bottom - key.high)
    drawing = land.looking(canvas, ground, text, (EDGE, EDGE, right - EDGE, lower - EDGE), shapes, shown.seen)
    land.ground_of(drawing, shapes, rates)
    land.outline(drawing, shapes, shown.outlined)
    signs.points(drawing, points)
    signs.bubbles(drawing, bubbles)
    land.border(drawing)
    if rates is not None:
        signs.numbers(drawing, shapes, rates)
    elif shown.seen:
        signs.names(drawing, signs.area_names(shapes, shown.seen))
    else:
        signs.names(drawing, places.cities(cluster))
    key.write(*((right + EDGE, EDGE) if key.beside else (EDGE, lower)))
    return canvas.figure


def stepped(rates: pd.DataFrame) -> pd.DataFrame:
    """The known rates with their shade `step`: 0 for none, then fifths of the areas from 1 to 5."""
    known = rates[rates["rate"].notna()].copy()
    some = known.loc[known["rate"] > 0, "rate"].rank(pct=True)
    known["step"] = (some * 5).map(math.ceil).reindex(known.index, fill_value=0).astype(int)
    return known


def _licences(cluster: Cluster, canvas: Canvas, ground: Palette, text: float) -> float:
    """The licence lines at the foot, if there is room; the points from the top that are left."""
    size = SMALL * text
    lines = wrapped(" ".join(cluster.pack.licences), canvas.wide - 2 * EDGE, size)
    high = height_of(lines, size)
    if not lines or high > ROOM_FOR_LICENCES * canvas.high:
        return canvas.high
    canvas.write(EDGE, canvas.high - EDGE, lines, size, ground.quiet, down="bottom")
    return canvas.high - EDGE - high
