"""Rules of the GeoJSON files: they can be read, lie on the globe, and have one border for each area.

What is odd about a file is told as one fault that names the features; borders.py holds it against the tables.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from cluster_data.input.check.text import text_faults, texts_in
from cluster_data.input.faults import Fault, at_most_ten, sentences, shown
from cluster_data.input.files import read_text

LAYERS = ("neighbour", "motorway", "railway")
EMPTY = '{"type": "FeatureCollection", "features": []}'
IN_DEGREES = re.compile(r"CRS:?84$|EPSG:+(?:[0-9.]*:)?(?:4326|4258|4269|4979)$", re.IGNORECASE)
GRIDS = {"27700": "British National Grid", "29902": "Irish Grid", "3857": "Web Mercator", "900913": "Web Mercator"}
BRITISH_GRID, MERCATOR = ((0, 0), (800_000, 1_400_000)), ((-1_300_000, 6_000_000), (400_000, 9_000_000))
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
    if system := other_system(parsed.get("crs")):
        return Shapes(path.name, faults=[in_another_system(path.name, system)])
    shapes = Shapes(path.name, text)
    take(shapes, listed)
    return shapes


def other_system(crs: object) -> str:
    """The system of coordinates that a file names, if it is not longitude and latitude; nothing if it names none."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) and name and not IN_DEGREES.search(name) else ""


def take(shapes: Shapes, listed: Sequence[object]) -> None:
    """Take the features in, or say what is wrong with them."""
    unread, beyond, far = list[int](), list[int](), list[shapely.Geometry]()
    for place, feature in enumerate(listed, 1):
        whole = feature if isinstance(feature, dict) else {}
        properties, shape = whole.get("properties"), shape_of(whole.get("geometry"))
        if not isinstance(properties, dict) or shape is None or shape.is_empty:
            unread.append(place)
        elif not on_the_globe(shape):
            beyond.append(place)
            far.append(shape)
        else:
            shapes.features.append((properties, shape))
            shapes.faults += sign_faults(shapes.file, place, properties)
    if unread:
        shapes.faults.append(no_features(shapes.file, unread))
    if beyond:
        shapes.faults.append(off_the_globe(shapes.file, beyond, far))


def sign_faults(file: str, place: int, properties: dict[str, Any]) -> Iterator[Fault]:
    """Properties with signs that nobody sees."""
    for name, text in texts_in(properties, ""):
        yield from text_faults(file, f"feature {place}, property {shown(name)},", text, may_be_formula=True)


def shape_of(geometry: object) -> shapely.Geometry | None:
    """The shape that a GeoJSON geometry describes, if it describes one of numbers that are numbers."""
    try:
        shape = shapely.from_geojson(json.dumps(geometry), on_invalid="ignore")
    except RecursionError:
        return None
    whole = shape is not None and np.isfinite(shapely.get_coordinates(shape)).all()
    return shape if whole else None


def on_the_globe(shape: shapely.Geometry) -> bool:
    """Whether all coordinates are longitudes and latitudes."""
    points = shapely.get_coordinates(shape)
    return bool(np.all(np.abs(points) <= [180, 90]))


def features_in_words(places: Sequence[int]) -> str:
    """Features by number: "feature 3", "features 1, 2"."""
    return f"feature{'s' if len(places) > 1 else ''} {at_most_ten(places)}"


def layer_faults(basemap: Shapes) -> Iterator[Fault]:
    """Shapes of the base map that belong to no layer the maps draw."""
    for place, (properties, _) in enumerate(basemap.features, 1):
        layer = properties.get("layer")
        if layer not in LAYERS:
            says = f"feature {place} has the layer {shown(str(layer))}. Known: {', '.join(LAYERS)}."
            if layer is None:
                says = f"feature {place} has no property 'layer'. Known: {', '.join(LAYERS)}."
            yield Fault(basemap.file, None, None, layer and str(layer), says, "Write one of them as its 'layer'.")


def no_json(file: str, line: int, place: int) -> Fault:
    """Text that is no JSON."""
    says = f"this is not GeoJSON: it cannot be read beyond character {place:,} of the line."
    return Fault(file, line, None, None, says, "Export the file anew from the program that made it.")


def no_collection(file: str) -> Fault:
    """JSON that is no collection of features."""
    says = "this is not a GeoJSON FeatureCollection."
    return Fault(file, None, None, None, says, f"Export it as one; a file without features is {EMPTY}.")


def no_features(file: str, places: Sequence[int]) -> Fault:
    """Features without properties or without a shape that can be drawn."""
    have = "have" if len(places) > 1 else "has"
    says = f"{features_in_words(places)} {have} no properties, or no shape that can be read."
    return Fault(file, None, None, None, says, f"Mend or delete {'them' if len(places) > 1 else 'it'}. {DEGREES}")


def off_the_globe(file: str, places: Sequence[int], shapes: Sequence[shapely.Geometry]) -> Fault:
    """Shapes in metres on some grid, most often."""
    have = "have" if len(places) > 1 else "has"
    says = f"{features_in_words(places)} {have} coordinates beyond 180 degrees of longitude or 90 of latitude."
    grid = grid_of(np.concatenate([shapely.get_coordinates(shape) for shape in shapes]))
    guess = f"They look like metres of the {grid}." if grid else ""
    return Fault(file, None, None, None, sentences(says, guess), f"Export it with coordinates in WGS84. {DEGREES}")


def grid_of(points: np.ndarray) -> str:
    """The grid that points in metres most likely lie on."""
    for (least, most), name in ((BRITISH_GRID, GRIDS["27700"]), (MERCATOR, GRIDS["3857"])):
        if np.all((points >= least) & (points <= most)) and np.abs(points).max() > 1000:
            return name
    return ""


def in_another_system(file: str, system: str) -> Fault:
    """A file that says itself that its coordinates are no longitudes and latitudes."""
    grid = GRIDS.get(re.split(r"[:/]", system)[-1])
    named = f"{shown(system)} ({grid})" if grid else shown(system)
    advice = f"Export it with coordinates in WGS84 (EPSG:4326). {DEGREES}"
    return Fault(file, None, None, system, f"the file says that its coordinates are in {named}.", advice)
