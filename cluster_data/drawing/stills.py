"""Still pictures as SVG text: the map of the region and the bars of the first page. Tables in, text out.

The ground of the map is drawn once per pack and theme; marks are laid over it, so that a choice of the reader costs
next to nothing. The paths are written straight from the geometries: a plotting library would take longer to load than
everything else on the first page.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from cluster_data.drawing.pictograms import SHAPES, mark
from cluster_data.measures import places
from cluster_data.model import words
from cluster_data.palette import Palette, readable_on

METRES = 27700
DEGREES = 4326
WIDE, FINER = 560, 10
MARGIN, GAP = 4000, 60
COARSE, MEDIUM, FINE = 750, 100, 150  # metres: borders of the region, of an area, roads and what is around
LEAST, NEXT, SHAPE, MARK = 30_000, 1_000, 0.72, 10
FONT = "Source Sans, Arial, Helvetica, sans-serif"
BAR_ROW, BAR_NAME = 54, 40

Box = tuple[float, float, float]  # pixels from the left and from the top to the middle, and half the width
Geometries = npt.NDArray[np.object_]
Layer = tuple[Geometries, str, str, float]


def bar(value: float, most: float, colour: str, ground: Palette, hollow: bool = False) -> str:
    """A bar of `value` against `most`, without words: they stand beside it. What is not known is hollow."""
    share = 400 * value / most if most else 0
    if hollow:
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 24" width="400" height="24">'
            f'<rect width="400" height="24" rx="4" fill="{ground.land}"/>'
            f'<rect x="1" y="1" width="{max(share - 2, 0):.0f}" height="22" rx="4" fill="{ground.ground}" '
            f'stroke="{ground.quiet}" stroke-width="2" stroke-dasharray="6 4"/></svg>'
        )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 24" width="400" height="24">'
        f'<rect width="400" height="24" rx="4" fill="{ground.land}"/>'
        f'<rect width="{share:.0f}" height="24" rx="4" fill="{colour}"/></svg>'
    )


def bars(table: pd.DataFrame, ground: Palette, hollow: str) -> str:
    """The column `all` of a table by label, a bar with its number each; that of the label `hollow` is not filled."""
    most, high = max([1, *table["all"]]), BAR_ROW * len(table)
    drawn = []
    for place, row in enumerate(table.to_dict("records")):
        y, wide = place * BAR_ROW, 335 * row["all"] / most
        look = f'fill="{ground.accent}"'
        if row["label"] == hollow:
            look = f'fill="{ground.ground}" stroke="{ground.quiet}" stroke-width="1.5" stroke-dasharray="5 3"'
        drawn.append(
            f'<text x="0" y="{y + 18}">{escape(words.cut(str(row["label"]), BAR_NAME))}</text>'
            f'<rect x="1" y="{y + 26}" width="{max(wide, 2):.0f}" height="16" rx="2" {look}/>'
            f'<text x="{wide + 8:.0f}" y="{y + 41}">{row["all"]:,}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 {high}" width="400" height="{high}">'
        f'<g font-family="{FONT}" font-size="19" fill="{ground.text}">{"".join(drawn)}</g></svg>'
    )


@dataclass(frozen=True)
class Ground:
    """The drawn ground of a map: SVG text without its end, how metres become its pixels, and the metres it shows."""

    svg: str
    west: float
    north: float
    scale: float
    span: float

    def place(self, table: pd.DataFrame) -> tuple[Any, Any]:
        """Pixels from the left and from the top of the columns east and north, in metres."""
        return (table["east"] - self.west) * self.scale, (self.north - table["north"]) * self.scale


def region_ground(boundaries: dict[str, Any], basemap: dict[str, Any], outlined: list[str], palette: Palette) -> Ground:
    """Neighbours, areas, roads and railways, with the common border of the areas `outlined` drawn strong."""
    fine, around = _frame(boundaries), _frame(basemap)
    areas = fine.set_geometry(fine.geometry.simplify_coverage(COARSE))
    around["geometry"] = around.geometry.simplify(COARSE)
    west, south, east, north = areas.total_bounds + [-MARGIN, -MARGIN, MARGIN, MARGIN]
    scale = WIDE / (east - west)
    around = around.clip((west, south, east, north))
    neighbours = around["layer"] == "neighbour"
    strong = fine[fine["lad_code"].isin(outlined)].union_all().buffer(GAP).buffer(-GAP).simplify(COARSE / 2)
    layers = (
        (_array(around[neighbours]), palette.outside, palette.line, 0.7),
        (_array(areas), palette.land, palette.line, 0.9),
        (_array(around[~neighbours]), "none", palette.line, 0.8),
        (np.array([strong]), "none", palette.text, 1.8),
    )
    drawn = _opening((north - south) * scale) + _layers(layers, west, north, scale)
    return Ground(drawn, west, north, scale, max(east - west, north - south))


def _opening(high: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high:.0f}" width="{WIDE}" height="{high:.0f}">'
    )


def _layers(layers: Iterable[Layer], west: float, north: float, scale: float) -> str:
    drawn = "".join(
        f'<path d="{"".join(_paths(shapes, west, north, scale))}" fill="{fill}" stroke="{line}" '
        f'stroke-width="{width * FINER:g}"/>'
        for shapes, fill, line, width in layers
    )
    return f'<g transform="scale({1 / FINER:g})" stroke-linejoin="round">{drawn}</g>'


def _paths(shapes: Geometries, west: float, north: float, scale: float) -> Iterator[str]:
    """Every ring and line of the shapes as an SVG path in tenths of pixels, each point by its step from the last."""
    shapes = shapes[~shapely.is_empty(shapes)]
    filled = shapely.area(shapes) > 0
    rings = shapely.get_parts(shapely.line_merge(shapely.get_parts(shapely.boundary(shapes[filled]))))
    for line in [*rings, *shapely.get_parts(shapes[~filled])]:
        points = np.rint((shapely.get_coordinates(line) - [west, north]) * [scale * FINER, -scale * FINER])
        (x, y), *steps = points[:1].astype(int).tolist() + np.diff(points, axis=0).astype(int).tolist()
        yield f"M{x} {y}l" + " ".join([f"{right} {down}" for right, down in steps if right or down])


def region_map(
    ground: Ground, points: pd.DataFrame, bubbles: pd.DataFrame, towns: pd.DataFrame, palette: Palette
) -> str:
    """Points by D, one bubble per place that stands for several firms, and the names of towns over the ground.

    `points`: letter, symbol, colour_light, colour_dark. `bubbles`: records. `towns`: name. Each with east and north in
    metres.
    """
    marks = [*_points(ground, points, palette), *_bubbles(ground, bubbles, palette), *_towns(ground, towns, palette)]
    return f"{ground.svg}<g font-family='{FONT}' text-anchor='middle'>{''.join(marks)}</g></svg>"


@dataclass(frozen=True, eq=False)
class Shapes:
    """The geometries of a pack in metres, ready to be drawn closer: areas with code and name, and what is around."""

    areas: Geometries
    codes: npt.NDArray[np.object_]
    names: npt.NDArray[np.object_]
    neighbours: Geometries
    lines: Geometries


def shapes_of(boundaries: dict[str, Any], basemap: dict[str, Any]) -> Shapes:
    """The geometries of a pack for maps of one area each."""
    areas, around = _frame(boundaries), _frame(basemap)
    neighbours = (around["layer"] == "neighbour").to_numpy()
    lines = shapely.simplify(_array(around), FINE)
    return Shapes(
        areas=shapely.coverage_simplify(_array(areas), MEDIUM),
        codes=areas["lad_code"].to_numpy(object),
        names=areas["name"].to_numpy(object),
        neighbours=lines[neighbours],
        lines=lines[~neighbours],
    )


@dataclass(frozen=True)
class AreaGround:
    """The drawn ground of the map of one area, and the names to write on it: name, left, top (pixels)."""

    ground: Ground
    names: tuple[tuple[str, float, float], ...]


def area_ground(shapes: Shapes, codes: Collection[str], palette: Palette) -> AreaGround:
    """The areas of these codes among their neighbours, with their common border drawn strong."""
    own = np.isin(shapes.codes, list(codes))
    whole = shapely.buffer(shapely.buffer(shapely.union_all(shapes.areas[own]), GAP), -GAP)
    outline = shapely.simplify(whole, GAP / 2)
    ground = _area_ground(shapes, own, outline, palette)
    near = shapely.dwithin(outline, shapes.areas, NEXT)
    named = np.concatenate([np.flatnonzero(own), np.flatnonzero(near & ~own)])
    wide, high = WIDE / ground.scale, WIDE * SHAPE / ground.scale
    seen = shapely.clip_by_rect(shapes.areas[named], ground.west, ground.north - high, ground.west + wide, ground.north)
    named, seen = named[~shapely.is_empty(seen)], seen[~shapely.is_empty(seen)]
    middle = shapely.get_coordinates(shapely.point_on_surface(seen))
    left, top = ground.place(pd.DataFrame(middle, columns=["east", "north"]))
    return AreaGround(ground, tuple(zip(shapes.names[named], left, top, strict=True)))


def area_map(drawn: AreaGround, points: pd.DataFrame, bubbles: pd.DataFrame, palette: Palette) -> str:
    """The map of one area with marks as in region_map, and the names for which there is room."""
    ground = drawn.ground
    marks = [*_points(ground, points, palette), *_bubbles(ground, bubbles, palette)]
    taken = [(x, y, float(MARK)) for rows in (points, bubbles) for x, y in zip(*ground.place(rows), strict=True)]
    names = _names(drawn.names, taken, palette)
    return f"{ground.svg}<g font-family='{FONT}' text-anchor='middle'>{''.join([*marks, *names])}</g></svg>"


def _area_ground(shapes: Shapes, own: npt.NDArray[np.bool_], outline: Any, palette: Palette) -> Ground:
    chosen = shapes.areas[own]
    west, south, east, north = shapely.total_bounds(chosen)
    wide = max(LEAST, 1.25 * (east - west), 1.25 * (north - south) / SHAPE)
    span = max(LEAST, 1.25 * (east - west), 1.25 * (north - south))
    west, north = (west + east - wide) / 2, (south + north + wide * SHAPE) / 2
    scale, high = WIDE / wide, WIDE * SHAPE
    window = (west - MARGIN, north - wide * SHAPE - MARGIN, west + wide + MARGIN, north + MARGIN)
    layers = (
        (shapely.clip_by_rect(shapes.neighbours, *window), palette.outside, palette.line, 0.7),
        (shapely.clip_by_rect(shapes.areas[~own], *window), palette.land, palette.line, 0.9),
        (chosen, palette.steps[1], palette.line, 0.9),
        (shapely.clip_by_rect(shapes.lines, *window), "none", palette.line, 0.8),
        (np.array([outline]), "none", palette.text, 1.8),
    )
    return Ground(_opening(high) + _layers(layers, west, north, scale), west, north, scale, span)


def _names(names: Iterable[tuple[str, float, float]], taken: list[Box], palette: Palette) -> Iterator[str]:
    """The names, the first ones first, each at its place or just above or below it, where nothing is yet."""
    style = f'font-size="18" fill="{palette.text}" stroke="{palette.land}" stroke-width="3" paint-order="stroke"'
    for name, x, down in names:
        boxes = [(x, y, 4.7 * len(name)) for y in (down, down - 2.2 * MARK, down + 2.2 * MARK)]
        free = [box for box in boxes if _free(box, taken)]
        taken = [*taken, *free[:1]]
        yield from (f'<text x="{x:.1f}" y="{y + 6:.1f}" {style}>{escape(name)}</text>' for x, y, _ in free[:1])


def _free(box: Box, taken: list[Box]) -> bool:
    x, y, half = box
    inside = half < x < WIDE - half and MARK < y < WIDE * SHAPE - MARK
    return inside and all(abs(x - at) > half + wide or abs(y - down) > 2 * MARK for at, down, wide in taken)


def _frame(geojson: dict[str, Any]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame.from_features(geojson["features"], crs=DEGREES).to_crs(METRES)


def _array(frame: gpd.GeoDataFrame) -> Geometries:
    return np.asarray(frame.geometry.values, dtype=object)


def _points(ground: Ground, points: pd.DataFrame, palette: Palette) -> list[str]:
    points = points.sort_values("letter", ascending=False, kind="stable")
    symbols = points["symbol"].fillna("circle")
    colours = points[palette.d_column].fillna(palette.quiet)
    left, top = ground.place(points)
    drawn = [
        f'<g transform="translate({x - 8.5:.1f} {y - 8.5:.1f}) scale(.36)" fill="{colour}">'
        f"{mark(symbol, colour, palette.ground, letter) if letter else SHAPES[symbol]}</g>"
        for x, y, symbol, colour, letter in zip(left, top, symbols, colours, points["letter"], strict=True)
    ]
    return [f'<g stroke="{palette.ground}" stroke-width="4">', *drawn, "</g>"]


def _bubbles(ground: Ground, bubbles: pd.DataFrame, palette: Palette) -> list[str]:
    words = f'fill="{readable_on(palette.accent)}" stroke="none"'
    counted = places.gathered(bubbles, ground.span)
    drawn = [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_radius(records):.1f}"/>'
        f'<text x="{x:.1f}" y="{y + 4.5:.1f}" {words}>{records}</text>'
        for x, y, records in zip(*ground.place(counted), counted["records"], strict=True)
    ]
    style = f'fill="{palette.accent}" stroke="{palette.ground}" font-size="13" font-weight="700"'
    return [f"<g {style}>", *drawn, "</g>"]


def _radius(records: int) -> float:
    return float(7.5 + 1.6 * records**0.5)


def _towns(ground: Ground, towns: pd.DataFrame, palette: Palette) -> list[str]:
    left, top = ground.place(towns)
    style = f'font-size="15" fill="{palette.text}" stroke="{palette.land}" stroke-width="3" paint-order="stroke"'
    return [
        f'<text x="{x:.1f}" y="{y - 14:.1f}" {style}>{escape(name)}</text>'
        for x, y, name in zip(left, top, towns["name"], strict=True)
    ]
