"""What a still map shows, and how its metres become points of a sheet."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import shapely

from cluster_data.document import Map
from cluster_data.drawing.ground import Ground
from cluster_data.drawing.pictures.canvas import Bounds, Canvas
from cluster_data.model.projection import Geometries, east_north
from cluster_data.palette import Palette

MARGIN, LEAST = 4_000, 30_000  # metres: around the region, and the least that a map shows
CLOSER, ROUND = 1.25, 1.12  # the window of a map of areas and of one round a circle, as a multiple of what it shows


@dataclass
class Drawing:
    """A map being drawn: its canvas, ground and size of words, its box on the sheet, and the metres it shows.

    `span` are the metres across what it must show; `marks` the boxes of marks, which names cover if they must; and
    `circles` the numbered ones, each by its middle and half its width.
    """

    canvas: Canvas
    palette: Palette
    size: float
    box: Bounds
    west: float
    north: float
    scale: float
    span: float
    marks: list[Bounds] = field(default_factory=list)
    circles: list[tuple[float, float, float]] = field(default_factory=list)

    def place(self, east: Any, north: Any) -> tuple[Any, Any]:
        """Points from the left and from the top of places in metres."""
        return self.box[0] + (east - self.west) * self.scale, self.box[1] + (self.north - north) * self.scale

    def shows(self, x: float, y: float) -> bool:
        """Whether a place of the sheet lies on the map."""
        return self.box[0] < x < self.box[2] and self.box[1] < y < self.box[3]

    def rows_on_map(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows whose place, east and north in metres, lies on the map."""
        x, y = self.place(rows["east"], rows["north"])
        left, top, right, bottom = self.box
        return rows[(left < x) & (x < right) & (top < y) & (y < bottom)]

    def covers(self, box: Bounds) -> bool:
        """Whether all of a box of the sheet lies on the map."""
        return self.shows(*box[:2]) and self.shows(*box[2:])

    def edge(self, box: Bounds) -> Bounds | None:
        """The box of the map, if a box of the sheet stands out of it."""
        return None if self.covers(box) else self.box

    def ground_of(self, box: Bounds) -> Bounds:
        """West, south, east and north, in metres, of a box of the sheet."""
        west, north = self.west - self.box[0] / self.scale, self.north + self.box[1] / self.scale
        left, top, right, bottom = (side / self.scale for side in box)
        return west + left, north - bottom, west + right, north - top

    def visible(self, shapes: Geometries) -> Geometries:
        """What the map shows of shapes."""
        return np.asarray(shapely.clip_by_rect(shapes, *self.ground_of(self.box)))


def window(ground: Ground, shown: Map) -> Bounds:
    """East and north of the middle, width and height of what a map shows: a circle, areas seen closer, or all."""
    if shown.circle:
        wide = ROUND * 2000 * shown.circle.km
        return *east_north(shown.circle.lat, shown.circle.lon)[0], wide, wide
    west, south, east, north = ground.box(shown.seen)
    if ground.own(shown.seen).any():
        wide, high = max(LEAST, CLOSER * (east - west)), max(LEAST, CLOSER * (north - south))
    else:
        wide, high = east - west + 2 * MARGIN, north - south + 2 * MARGIN
    return (west + east) / 2, (south + north) / 2, wide, high


def looking(
    canvas: Canvas, palette: Palette, size: float, box: Bounds, seen: Bounds, frame: Bounds | None = None
) -> Drawing:
    """The map's scale and corner: what it shows in the middle of a box, which is its frame or lies in it."""
    east, north, wide, high = seen
    left, top, right, bottom = box
    frame = frame or box
    scale = min((right - left) / wide, (bottom - top) / high)
    west, north = east - ((left + right) / 2 - frame[0]) / scale, north + ((top + bottom) / 2 - frame[1]) / scale
    return Drawing(canvas, palette, size, frame, west, north, scale, max(wide, high))
