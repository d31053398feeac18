"""The ground of a still map: the geometries of a pack, and how its metres become points of a sheet."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from cluster_data.document import Circle, Map
from cluster_data.drawing.pictures.canvas import Box, Canvas
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.palette import Palette, readable_on

METRES, DEGREES = 27700, 4326
BORDERS, FINE, MARGIN, LEAST = 100, 150, 4_000, 30_000
CLOSER = 1.25  # the window of a map drawn closer, as a multiple of what it shows
AROUND = 1.12  # the same of a map round a circle
HATCHED, CROSSED = "///", "xxxx"  # areas with few firms, and those not known

Geometries = npt.NDArray[np.object_]


@dataclass(frozen=True, eq=False)
class Shapes:
    """The geometries of a pack in metres: areas with code and name, neighbours, railways and motorways."""

    areas: Geometries
    codes: npt.NDArray[np.object_]
    names: npt.NDArray[np.object_]
    around: dict[str, Geometries]


@remembered
def shapes_of(cluster: Cluster) -> Shapes:
    """The geometries of the pack, made once."""
    areas, around = _frame(cluster.geojson("boundaries")), _frame(cluster.geojson("basemap"))
    lines = shapely.simplify(np.asarray(around.geometry.values, dtype=object), FINE)
    return Shapes(
        shapely.orient_polygons(shapely.coverage_simplify(np.asarray(areas.geometry.values, dtype=object), BORDERS)),
        areas["lad_code"].to_numpy(object),
        areas["name"].to_numpy(object),
        {layer: lines[(around["layer"] == layer).to_numpy()] for layer in ("neighbour", "railway", "motorway")},
    )


def _frame(geojson: dict[str, Any]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame.from_features(geojson["features"], crs=DEGREES).to_crs(METRES)


@dataclass
class Sheet:
    """A map being drawn: its canvas, ground and size of words, its box on the sheet, and the metres it shows.

    `span` are the metres across what it must show.
    """

    canvas: Canvas
    ground: Palette
    size: float
    box: Box
    west: float
    north: float
    scale: float
    span: float

    def place(self, east: Any, north: Any) -> tuple[Any, Any]:
        """Points from the left and from the top of places in metres."""
        return self.box[0] + (east - self.west) * self.scale, self.box[1] + (self.north - north) * self.scale

    def shows(self, x: float, y: float) -> bool:
        """Whether a place of the sheet lies on the map."""
        return self.box[0] < x < self.box[2] and self.box[1] < y < self.box[3]

    def covers(self, box: Box) -> bool:
        """Whether all of a box of the sheet lies on the map."""
        return self.shows(*box[:2]) and self.shows(*box[2:])

    @property
    def metres(self) -> Box:
        """West, south, east and north of what the map shows."""
        left, top, right, bottom = self.box
        return self.west, self.north - (bottom - top) / self.scale, self.west + (right - left) / self.scale, self.north

    @property
    def window(self) -> Rectangle:
        """The box of the map, for what must not stand out of it."""
        return self.canvas.window(self.box)


def looking(canvas: Canvas, ground: Palette, size: float, box: Box, shapes: Shapes, shown: Map) -> Sheet:
    """The map's scale and corner: what it shows, in the middle of its box."""
    east, north, wide, high = _window(shapes, shown)
    scale = min((box[2] - box[0]) / wide, (box[3] - box[1]) / high)
    left = east - (box[2] - box[0]) / scale / 2
    top = north + (box[3] - box[1]) / scale / 2
    return Sheet(canvas, ground, size, box, left, top, scale, max(wide, high))


def _window(shapes: Shapes, shown: Map) -> Box:
    """East and north of the middle, width and height of what a map shows: a circle, areas seen closer, or all."""
    if shown.circle:
        wide = AROUND * 2 * radius(shown.circle)
        return *middle(shown.circle), wide, wide
    near = np.isin(shapes.codes, list(shown.seen))
    west, south, east, north = shapely.total_bounds(shapes.areas[near] if near.any() else shapes.areas)
    if near.any():
        wide, high = max(LEAST, CLOSER * (east - west)), max(LEAST, CLOSER * (north - south))
    else:
        wide, high = east - west + 2 * MARGIN, north - south + 2 * MARGIN
    return (west + east) / 2, (south + north) / 2, wide, high


def middle(circle: Circle) -> tuple[float, float]:
    """East and north of the middle of a circle, in metres."""
    spot = gpd.GeoSeries(gpd.points_from_xy([circle.lon], [circle.lat]), crs=DEGREES).to_crs(METRES).iloc[0]
    return spot.x, spot.y


def radius(circle: Circle) -> float:
    """Half the width of a circle, in metres."""
    return 1000 * circle.km


def ground_of(drawing: Sheet, shapes: Shapes, rates: pd.DataFrame | None) -> None:
    """Neighbours, areas in their shades (hatched: few firms; crossed: not known), railways and motorways."""
    ground = drawing.ground
    _areas(drawing, shapes.around["neighbour"], facecolor=ground.outside, edgecolor=ground.line, linewidth=0.5)
    border = {"edgecolor": ground.line, "linewidth": 0.6}
    if rates is None:
        _areas(drawing, shapes.areas, facecolor=ground.land, **border)
        _lines(drawing, shapes.around["railway"], ground.line, 0.6)
        _lines(drawing, shapes.around["motorway"], ground.quiet, 0.9)
        return
    for (step, few), group in rates.groupby(["step", "few"])["lad_code"]:
        shade = ground.steps[int(step)]
        lines = {"hatch": HATCHED, "hatchcolor": readable_on(shade), "hatch_linewidth": 0.4} if few else {}
        _areas(drawing, shapes.areas[np.isin(shapes.codes, list(group))], facecolor=shade, **lines, **border)
    unknown = shapes.areas[~np.isin(shapes.codes, list(rates["lad_code"]))]
    _areas(drawing, unknown, facecolor=ground.nothing, hatch=CROSSED, hatch_linewidth=0.5, **border)


def _areas(drawing: Sheet, shapes: Geometries, **look: Any) -> None:
    """Polygons with their holes, alike, as one patch."""
    rings = shapely.get_rings(shapely.get_parts(shapes))
    if len(rings):
        outlines = [Path(_on_sheet(drawing, ring), closed=True) for ring in rings]
        patch = PathPatch(Path.make_compound_path(*outlines), joinstyle="round", **look)
        drawing.canvas.axes.add_artist(patch)
        patch.set_clip_path(drawing.window)


def _on_sheet(drawing: Sheet, line: Any) -> npt.NDArray[np.float64]:
    return np.column_stack(drawing.place(*shapely.get_coordinates(line).T))


def _lines(drawing: Sheet, shapes: Geometries, colour: str, width: float) -> None:
    parts = [_on_sheet(drawing, line) for line in shapely.get_parts(shapes)]
    lines = LineCollection(parts, colors=colour, linewidths=width, capstyle="round")
    drawing.canvas.axes.add_collection(lines, autolim=False)
    lines.set_clip_path(drawing.window)


def outline(drawing: Sheet, shapes: Shapes, codes: Collection[str]) -> None:
    """The common border of the areas named, drawn strong."""
    own = shapes.areas[np.isin(shapes.codes, list(codes))]
    if len(own):
        whole = shapely.buffer(shapely.buffer(shapely.union_all(own), 60), -60)
        _areas(
            drawing,
            np.array([whole]),
            facecolor="none",
            edgecolor=drawing.ground.text,
            linewidth=drawing.size / 7,
            zorder=2,
        )


def border(drawing: Sheet) -> None:
    """The line round the map."""
    drawing.canvas.rectangle(drawing.box, facecolor="none", edgecolor=drawing.ground.line, linewidth=0.6, zorder=4)
