"""What lies under the marks of the clickable map: areas, their borders and those of groups, roads and railways."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pydeck as pdk
import shapely

from cluster_data.drawing.ground import Bounds, Ground, middles
from cluster_data.model.projection import Geometries, to_degrees
from cluster_data.palette import Palette, rgb

FINE = 0.0001
REGION, NEAR = 300, 0  # metres: how coarse borders are for all areas, where a pixel is as wide, and near


@dataclass(frozen=True)
class Written:
    """The data of a layer as JSON: what is the same in every map is written once."""

    text: str


@dataclass(frozen=True)
class MapGround:
    """What does not change with the reader's choice, made once per pack and theme.

    `boxes` and `middles` hold west, south, east, north and longitude, latitude by area code.
    """

    palette: Palette
    boundaries: dict[str, Any]
    neighbours: pdk.Layer
    areas: pdk.Layer
    lines: tuple[pdk.Layer, ...]
    boxes: dict[str, Bounds]
    middles: dict[str, tuple[float, float]]

    def box(self, codes: frozenset[str]) -> Bounds:
        """The box round the areas named, or round all if none is."""
        boxes = [box for code, box in self.boxes.items() if code in codes] or list(self.boxes.values())
        west, south, east, north = zip(*boxes, strict=True)
        return min(west), min(south), max(east), max(north)


def map_ground(ground: Ground, groups: list[tuple[str, ...]], palette: Palette, border: int = REGION) -> MapGround:
    """Neighbours, areas, motorways and railways, and the common borders of the groups of area codes.

    `border`: REGION or NEAR.
    """
    named = [{"lad_code": code, "name": name} for code, name in zip(ground.codes, ground.names, strict=True)]
    drawn = ground.simplified(border)
    borders = geojson_of(drawn.areas, named)
    outlines = shapely.boundary([drawn.outline(codes) for codes in groups])
    around = {layer: geojson_of(shapes) for layer, shapes in ground.around.items()}
    line = rgb(palette.line)
    boxes = shapely.bounds(to_degrees(ground.areas)).tolist()
    inside = shapely.get_coordinates(to_degrees(shapely.points(middles(ground.areas)))).tolist()
    return MapGround(
        palette,
        borders,
        _of_every_map("neighbours", around["neighbour"], rgb(palette.outside), line, 1),
        _of_every_map("areas", borders, rgb(palette.land), line, 1),
        (
            _of_every_map("railways", around["railway"], None, rgb(palette.line, 150), 1),
            _of_every_map("motorways", around["motorway"], None, rgb(palette.quiet, 170), 2),
            _of_every_map("outlines", geojson_of(outlines), None, rgb(palette.text), 2),
        ),
        dict(zip(ground.codes, map(tuple, boxes), strict=True)),
        dict(zip(ground.codes, map(tuple, inside), strict=True)),
    )


def geojson_of(shapes: Geometries, properties: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Shapes in metres as GeoJSON in degrees, each with its properties."""
    fine = shapely.set_precision(to_degrees(shapes), FINE, mode="pointwise")
    written = [json.loads(text, parse_float=lambda part: round(float(part), 4)) for text in shapely.to_geojson(fine)]
    features = [
        {"type": "Feature", "properties": dict(said), "geometry": geometry}
        for said, geometry in zip(properties or [{}] * len(fine), written, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def _of_every_map(name: str, geojson: dict[str, Any], *look: Any) -> pdk.Layer:
    """As `shapes`, Written once."""
    layer = shapes(name, {}, *look)
    layer.data = Written(json.dumps(geojson, separators=(",", ":")))
    return layer


def shapes(name: str, geojson: dict[str, Any], fill: list[int] | None, line: list[int], width: int) -> pdk.Layer:
    """A layer of shapes of one look that answers to no click."""
    return pdk.Layer(
        "GeoJsonLayer",
        geojson,
        id=name,
        pickable=False,
        stroked=True,
        filled=fill is not None,
        get_fill_color=fill or [0, 0, 0, 0],
        get_line_color=line,
        line_width_min_pixels=width,
        line_width_max_pixels=width,
    )
