"""Still maps: the ground, the marks upon it, the names beside them, the key and the licences."""

import math
from collections.abc import Collection
from functools import partial

import numpy as np
import pandas as pd
import shapely

from cluster_data.document import Map
from cluster_data.drawing.ground import Geometries, Ground, ground_of
from cluster_data.drawing.pictures import signs
from cluster_data.drawing.pictures.canvas import Box, Canvas, element, height_of, sheet, wrapped
from cluster_data.drawing.pictures.extent import Drawing, looking, window
from cluster_data.drawing.pictures.key import Key, entries_of, fitting
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.palette import Palette

TEXT = 9
EDGE, SMALL, ROOM_FOR_LICENCES = 4.0, 0.62, 0.12
BESIDE = 1.25  # sheets this much wider than high have the key beside the map
BORDERS, FINE = 500, 300  # metres: how coarse borders are drawn, and what lies around
STEP = 10  # metres: to which borders are rounded


def map_picture(
    cluster: Cluster,
    shown: Map,
    palette: Palette,
    wide: float,
    high: float = 0.0,
    text: float = TEXT,
    alone: bool = False,
) -> Canvas:
    """A map as a picture of this size: areas, roads, railways, marks, names, key and licence line.

    A map `alone` has neither key nor licence line. Without a height it has that of what it shows.
    """
    ground = ground_of(cluster)
    extent = window(ground, shown)
    canvas = sheet(wide, high or wide * extent[3] / extent[2], palette.ground, palette.text)
    points, bubbles = shown.points(), shown.bubbles()
    rates = stepped(shown.rates()) if shown.rates else None
    box: Box = (0.0, 0.0, canvas.wide, canvas.high)
    if not alone:
        beside = wide > BESIDE * high
        key = fitting(canvas, text, beside, entries_of(cluster, shown, points, bubbles, rates, palette))
        box = _room(cluster, canvas, key, palette)
    drawing = looking(canvas, palette, text, box, extent)
    _ground(cluster, drawing, shown, rates)
    signs.points(drawing, points)
    signs.bubbles(drawing, bubbles)
    if not alone:
        canvas.rectangle(box, 4, fill="none", stroke=palette.line, stroke_width=0.6)
    signs.names(drawing, cluster, shown, bubbles, rates)
    return canvas


def _room(cluster: Cluster, canvas: Canvas, key: Key, palette: Palette) -> Box:
    """The box of the map: what the key and the licence lines, once written, leave of the sheet."""
    said, size = " ".join(cluster.pack.licences), SMALL * key.size
    if key.beside:
        left = canvas.wide - key.wide - EDGE
        key.write(left, EDGE)
        _licences(canvas, said, size, left, canvas.high - key.high, palette)
        return EDGE, EDGE, left - 2 * EDGE, canvas.high - EDGE
    high = _licences(canvas, said, size, EDGE, ROOM_FOR_LICENCES * canvas.high, palette)
    bottom = canvas.high - high - key.high
    key.write(EDGE, bottom)
    return EDGE, EDGE, canvas.wide - EDGE, bottom - EDGE


def _licences(canvas: Canvas, said: str, size: float, left: float, room: float, palette: Palette) -> float:
    """The licence lines at the foot of the sheet, if there is room; the points they take."""
    lines = wrapped(said, canvas.wide - left - EDGE, size)
    high = height_of(lines, size) + 2 * EDGE
    if not lines or high > room:
        return 0.0
    canvas.write(left, canvas.high - EDGE, lines, size, palette.quiet, down="bottom")
    return high


def stepped(rates: pd.DataFrame) -> pd.DataFrame:
    """The known rates with their shade `step`: 0 for none, then fifths of the areas from 1 to 5."""
    known = rates[rates["rate"].notna()].copy()
    some = known.loc[known["rate"] > 0, "rate"].rank(pct=True)
    known["step"] = (some * 5).map(math.ceil).reindex(known.index, fill_value=0).astype(int)
    return known


@remembered
def _paths(cluster: Cluster) -> dict[str, str]:
    """The areas by their codes and what lies around by its layer, as SVG paths of STEP metres from the corner."""
    ground = ground_of(cluster)
    areas = shapely.orient_polygons(shapely.coverage_simplify(ground.areas, BORDERS))
    west, south, east, north = ground.box(())
    wide, high = east - west, north - south
    near = (west - wide, south - high / 2, east + wide, north + high / 2)
    paths = {
        layer: _path(ground, shapely.clip_by_rect(shapely.simplify(shapes, FINE), *near))
        for layer, shapes in ground.around.items()
    }
    return paths | {code: _path(ground, np.array([area])) for code, area in zip(ground.codes, areas, strict=True)}


@remembered
def _outline(cluster: Cluster, codes: Collection[str]) -> str:
    ground = ground_of(cluster)
    return _path(ground, np.array([shapely.simplify(ground.outline(codes), BORDERS / 2)]))


def _path(ground: Ground, shapes: Geometries) -> str:
    """Every ring and line of the shapes, each point by its step from the last."""
    west, _, _, north = ground.box(())
    parts = shapely.get_parts(shapes)
    filled = shapely.get_dimensions(parts) > 1
    drawn = []
    for line in [*shapely.get_rings(parts[filled]), *parts[~filled]]:
        points = np.rint((shapely.get_coordinates(line) - [west, north]) / [STEP, -STEP]).astype(int)
        steps = " ".join(f"{right} {down}" for right, down in np.diff(points, axis=0).tolist() if right or down)
        drawn.append(f"M{points[0, 0]} {points[0, 1]}l{steps}")
    return "".join(drawn)


def _ground(cluster: Cluster, drawing: Drawing, shown: Map, rates: pd.DataFrame | None) -> None:
    """Neighbours, areas in their shades (hatched where the rate is not known), railways and motorways, outlines."""
    palette, paths, ground = drawing.palette, _paths(cluster), ground_of(cluster)
    scale = STEP * drawing.scale
    layers: list[tuple[str, str, str, float]] = [(paths["neighbour"], palette.outside, palette.line, 0.5)]
    if rates is None:
        seen = set(shown.seen) if shown.outlined == shown.seen else set()
        for codes, fill in ((set(ground.codes) - seen, palette.land), (seen, palette.steps[1])):
            layers.append(("".join(paths[code] for code in ground.codes if code in codes), fill, palette.line, 0.6))
        layers.append((paths["railway"], "none", palette.line, 0.6))
        layers.append((paths["motorway"], "none", palette.quiet, 0.9))
    else:
        shades = dict(zip(rates["lad_code"], rates["step"], strict=True))
        unknown = drawing.canvas.hatched(palette.nothing, palette.line, scale)
        fills = {code: palette.steps[shades[code]] if code in shades else unknown for code in ground.codes}
        layers += [(paths[code], fill, palette.line, 0.6) for code, fill in fills.items()]
    if shown.outlined:
        layers.append((_outline(cluster, tuple(shown.outlined)), "none", palette.text, drawing.size / 7))
    west, _, _, north = ground.box(())
    x, y = drawing.place(west, north)
    drawn = map(partial(_layer, scale), layers)
    turned = f"translate({x:.2f} {y:.2f}) scale({scale:.6f})"
    drawing.canvas.add(1, "g", "".join(drawn), drawing.box, transform=turned, stroke_linejoin="round")


def _layer(scale: float, layer: tuple[str, str, str, float]) -> str:
    path, fill, line, wide = layer
    return element("path", d=path, fill=fill, stroke=line, stroke_width=wide / scale)
