"""Rules of the GeoJSON files: they can be read, lie on the globe, and have one border for each area."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from cluster_data.faults import Fault, closest, did_you_mean, sentences, shown
from cluster_data.files import read_text
from cluster_data.sheets import Sheet

LAYERS = ("neighbour", "motorway", "railway")
EMPTY = '{"type": "FeatureCollection", "features": []}'
DEGREES = "Coordinates are longitude, then latitude, in degrees (WGS84)."


@dataclass
class Shapes:
    """A GeoJSON file as far as it could be read: its text, and the properties and shape of each feature."""

    file: str
    text: str = ""
    features: list[tuple[dict[str, Any], shapely.Geometry]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_shapes(path: Path) -> Shapes:
    """The features of a GeoJSON file."""
    text = read_text(path)
    if isinstance(text, Fault):
        return Shapes(path.name, faults=[text])
    try:
        parsed = json.loads(text)
    except json.JSONDecodeError as error:
        return Shapes(path.name, faults=[no_json(path.name, error.lineno, error.colno)])
    except (ValueError, RecursionError):
        return Shapes(path.name, faults=[no_json(path.name, 1, 1)])
    listed = parsed.get("features") if isinstance(parsed, dict) else None
    if not isinstance(listed, list) or parsed.get("type") != "FeatureCollection":
        return Shapes(path.name, faults=[no_collection(path.name)])
    shapes = Shapes(path.name, text)
    for place, feature in enumerate(listed, 1):
        add_feature(shapes, place, feature)
    return shapes


def add_feature(shapes: Shapes, place: int, feature: object) -> None:
    """Take a feature in, or say what is wrong with it."""
    whole = feature if isinstance(feature, dict) else {}
    properties, geometry = whole.get("properties"), whole.get("geometry")
    shape = shape_of(geometry)
    if not isinstance(properties, dict) or shape is None or shape.is_empty:
        shapes.faults.append(no_feature(shapes.file, place))
    elif not on_the_globe(shape):
        shapes.faults.append(off_the_globe(shapes.file, place))
    else:
        shapes.features.append((properties, shape))


def shape_of(geometry: object) -> shapely.Geometry | None:
    """The shape that a GeoJSON geometry describes, if it describes one."""
    try:
        return shapely.from_geojson(json.dumps(geometry), on_invalid="ignore")
    except RecursionError:
        return None


def on_the_globe(shape: shapely.Geometry) -> bool:
    """Whether all coordinates are longitudes and latitudes."""
    points = shapely.get_coordinates(shape)
    return bool(np.all(np.abs(points) <= [180, 90]))


def border_faults(boundaries: Shapes, areas: Sheet) -> Iterator[Fault]:
    """Borders without area, areas without border, borders that enclose nothing, and two borders of one area."""
    if boundaries.faults:
        return
    yield from boundary_faults(boundaries)
    if not (areas.whole and areas.has("lad_code")):
        return
    lines = areas.texts["lad_code"].dropna()
    known = list(lines)
    drawn = dict.fromkeys(code_of(properties) for properties, _ in boundaries.features)
    for code in drawn:
        if code is not None and code not in known:
            says = f"the border of {shown(code)} belongs to no area of {areas.file}."
            advice = sentences(did_you_mean(closest(code, known)), "Delete the border, or add the area.")
            yield Fault(boundaries.file, None, None, code, says, advice)
    for line, code in lines.items():
        if code not in drawn:
            says = f"{shown(code)} has no border in {boundaries.file}."
            advice = "Add a feature whose property 'lad_code' is this code."
            yield Fault(areas.file, int(line), "lad_code", code, says, advice)


def boundary_faults(boundaries: Shapes) -> Iterator[Fault]:
    """What is wrong with the borders themselves."""
    seen = set[str]()
    for place, (properties, shape) in enumerate(boundaries.features, 1):
        code = code_of(properties)
        if code is None:
            says = f"feature {place} has no property 'lad_code'."
            yield Fault(boundaries.file, None, None, None, says, "Give it the code of its area.")
        elif code in seen:
            says = f"{shown(code)} has two borders."
            yield Fault(boundaries.file, None, None, code, says, "Join them into one MultiPolygon, or delete one.")
        elif shape.geom_type not in ("Polygon", "MultiPolygon"):
            says = f"the border of {shown(code)} is a {shape.geom_type} and encloses nothing."
            yield Fault(boundaries.file, None, None, code, says, "Make it a Polygon or MultiPolygon.")
        seen.add(code or "")


def layer_faults(basemap: Shapes) -> Iterator[Fault]:
    """Shapes of the base map that belong to no layer the maps draw."""
    for place, (properties, _) in enumerate(basemap.features, 1):
        layer = properties.get("layer")
        if layer not in LAYERS:
            says = f"feature {place} has the layer {shown(str(layer))}. Known: {', '.join(LAYERS)}."
            if layer is None:
                says = f"feature {place} has no property 'layer'. Known: {', '.join(LAYERS)}."
            yield Fault(basemap.file, None, None, layer and str(layer), says, "Write one of them as its 'layer'.")


def code_of(properties: dict[str, Any]) -> str | None:
    """The area that a border belongs to."""
    code = properties.get("lad_code")
    return code if isinstance(code, str) and code else None


def no_json(file: str, line: int, place: int) -> Fault:
    """Text that is no JSON."""
    says = f"this is not GeoJSON: it cannot be read beyond character {place:,} of the line."
    return Fault(file, line, None, None, says, "Export the file anew from the program that made it.")


def no_collection(file: str) -> Fault:
    """JSON that is no collection of features."""
    says = "this is not a GeoJSON FeatureCollection."
    return Fault(file, None, None, None, says, f"Export it as one; a file without features is {EMPTY}.")


def no_feature(file: str, place: int) -> Fault:
    """A feature without properties or without a shape that can be drawn."""
    says = f"feature {place} has no properties, or no shape that can be read."
    return Fault(file, None, None, None, says, f"Mend or delete it. {DEGREES}")


def off_the_globe(file: str, place: int) -> Fault:
    """A shape in metres on some grid, most often."""
    says = f"feature {place} has coordinates beyond 180 degrees of longitude or 90 of latitude."
    return Fault(file, None, None, None, says, f"Export it with coordinates in WGS84. {DEGREES}")
