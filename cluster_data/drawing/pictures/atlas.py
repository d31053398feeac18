"""Still maps: the ground, the marks upon it, the names beside them, the key and the licences."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import shapely

from cluster_data.document import Map
from cluster_data.drawing.ground import Ground, ground_of
from cluster_data.drawing.pictures import afar, signs
from cluster_data.drawing.pictures.canvas import Bounds, Canvas, element, empty_canvas, height_of, wrapped
from cluster_data.drawing.pictures.extent import Drawing, looking, window
from cluster_data.drawing.pictures.key import KeyBlock, entries_of, fitting
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.projection import Geometries
from cluster_data.palette import Palette, readable_on

TEXT = 9
EDGE, SMALL, ROOM_FOR_LICENCES = 4.0, 0.62, 0.12
BESIDE = 1.2  # sheets this much wider than high have the key beside the map
FAR, NEAR, FINE = 400, 100, 300  # metres: how coarse borders are drawn of all areas and near, and what lies around
BORDERS = 1.5  # the level of strong borders, below all marks
STEP = 10  # metres: to which borders are rounded


def map_picture(
    cluster: Cluster,
    shown: Map,
    palette: Palette,
    wide: float,
    high: float = 0.0,
    text: float = TEXT,
    alone: bool = False,
    licensed: bool = True,
    far: bool = False,
) -> Canvas:
    """A map as a picture of this size: areas, roads, railways, marks, names, key and licence line.

    A map `alone` has neither key nor licence line, one not `licensed` a key alone. Without a height it has that of what
    it shows. One to be read from `far` has no roads, numbers in place of many marks, and its key in a free corner.
    """
    ground = ground_of(cluster)
    extent = window(ground, shown)
    canvas = empty_canvas(wide, high or wide * extent[3] / extent[2], palette.ground, palette.text)
    whole, rates = (0.0, 0.0, canvas.wide, canvas.high), shown.rates() if shown.rates else None
    drawing = looking(canvas, palette, text, afar.aside(canvas, extent) if far else whole, extent, whole)
    points, bubbles = drawing.rows_on_map(shown.points()), drawing.rows_on_map(shown.bubbles())
    counted = bubbles
    if far and len(points) + len(bubbles) > afar.MANY:
        points, counted = points.head(0), afar.numbered(ground, shown, points, bubbles)
    entries = entries_of(cluster, shown, points, counted, rates, palette, far)
    upon = far and rates is None and afar.key_upon(drawing, ground, shown, entries, points, counted)
    if not alone and not upon:
        key = fitting(canvas, text, canvas.wide > BESIDE * canvas.high, entries, far)
        box = _room(cluster.pack.licences if licensed and not far else (), canvas, key, palette)
        drawing = looking(canvas, palette, text, box, extent)
    _ground(cluster, drawing, shown, rates, roads=rates is None and not far)
    signs.points(drawing, points)
    signs.bubbles(drawing, counted)
    if not alone:
        canvas.rectangle(drawing.box, 4, fill="none", stroke=palette.line, stroke_width=0.6)
    signs.names(drawing, cluster, shown, counted if "name" in counted else bubbles, rates)
    return canvas


def _room(licences: Sequence[str], canvas: Canvas, key: KeyBlock, palette: Palette) -> Bounds:
    """The box of the map: what the key and the licence lines, once written, leave of the sheet."""
    said, size = " ".join(licences), SMALL * key.size
    if key.column:
        left = (1 - key.share) * canvas.wide - EDGE
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


@remembered
def _paths(cluster: Cluster, coarse: int) -> dict[str, str]:
    """The areas by their codes and what lies around by its layer, as SVG paths of STEP metres from the corner."""
    ground = ground_of(cluster)
    areas = shapely.orient_polygons(shapely.coverage_simplify(ground.areas, coarse))
    west, south, east, north = ground.box(())
    wide, high = east - west, north - south
    around = (west - wide, south - high / 2, east + wide, north + high / 2)
    paths = {
        layer: _path(ground, shapely.clip_by_rect(shapely.simplify(shapes, FINE), *around))
        for layer, shapes in ground.around.items()
    }
    return paths | {code: _path(ground, np.array([area])) for code, area in zip(ground.codes, areas, strict=True)}


@remembered
def _outline(cluster: Cluster, codes: tuple[str, ...], coarse: int) -> str:
    ground = ground_of(cluster)
    return _path(ground, np.array([shapely.simplify(ground.outline(codes), coarse / 2)]))


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


def _ground(cluster: Cluster, drawing: Drawing, shown: Map, rates: pd.DataFrame | None, roads: bool) -> None:
    """Neighbours, areas, railways and motorways, outlines."""
    palette, ground, scale = drawing.palette, ground_of(cluster), STEP * drawing.scale
    coarse = NEAR if shown.seen or shown.circle else FAR
    paths = _paths(cluster, coarse)
    fills: dict[str, list[str]] = {}
    for code in ground.codes[~shapely.is_empty(drawing.visible(ground.areas))]:
        fills.setdefault(_fill(drawing, shown, rates, code), []).append(paths[code])
    layers = [
        (paths["neighbour"], palette.outside, palette.line, 0.5),
        *(("".join(areas), fill, palette.line, 0.6) for fill, areas in fills.items()),
    ]
    if roads:
        layers.append((paths["railway"], "none", palette.line, 0.6))
        layers.append((paths["motorway"], "none", palette.quiet, 0.9))
    strong = []
    if shown.outlined:
        border = _outline(cluster, tuple(shown.outlined), coarse)
        strong = [
            (border, "none", colour, drawing.size / part) for colour, part in ((palette.ground, 4.5), (palette.text, 8))
        ]
    west, _, _, north = ground.box(())
    x, y = drawing.place(west, north)
    turned = f"translate({x:.2f} {y:.2f}) scale({scale:.6f})"
    for level, paths_of_level in ((1, layers), (BORDERS, strong)):
        drawn = [
            element("path", d=path, fill=fill, stroke=line, stroke_width=wide / scale)
            for path, fill, line, wide in paths_of_level
        ]
        drawing.canvas.add(level, "g", "".join(drawn), drawing.box, transform=turned, stroke_linejoin="round")


def _fill(drawing: Drawing, shown: Map, rates: pd.DataFrame | None, code: str) -> str:
    """The fill of an area: its shade, hatched where firms are few; none of its own where the choice leaves it out."""
    palette, canvas, scale = drawing.palette, drawing.canvas, STEP * drawing.scale
    if rates is None:
        return palette.steps[1] if code in shown.seen and shown.outlined == shown.seen else palette.land
    row = rates[rates["lad_code"] == code]
    if row.empty:
        return palette.land
    shade = palette.steps[int(row["step"].iloc[0])]
    return canvas.hatched(shade, readable_on(shade), scale, thick=0.25) if row["few"].iloc[0] else shade
