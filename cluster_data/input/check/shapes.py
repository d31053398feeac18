"""Rules of the GeoJSON files: they can be read, lie on the globe, and have one border for each area.

What is odd about a file is told as one fault that names the features; borders.py holds it against the tables.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from cluster_data.input.check.text import text_faults, texts_in
from cluster_data.input.faults import Fault, at_most_ten, in_quotes
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
    listed = text if isinstance(text, Fault) else features_in(path.name, text)
    if isinstance(listed, Fault):
        return Shapes(path.name, faults=[listed])
    shapes = Shapes(path.name, str(text))
    take(shapes, listed)
    return shapes


def features_in(file: str, text: str) -> list[Any] | Fault:
    """The features that a text lists."""
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError) as error:
        says = f"this is not GeoJSON: it cannot be read beyond character {getattr(error, 'colno', 1):,} of the line."
        advice = "Export the file anew from the program that made it."
        return Fault(file, says, advice, line=getattr(error, "lineno", 1))
    listed = parsed.get("features") if isinstance(parsed, dict) else None
    if not isinstance(listed, list) or parsed.get("type") != "FeatureCollection":
        advice = f"Export it as one; a file without features is {EMPTY}."
        return Fault(file, "this is not a GeoJSON FeatureCollection.", advice)
    if system := other_system(parsed.get("crs")):
        grid = GRIDS.get(re.split(r"[:/]", system)[-1])
        says = f"the file says that its coordinates are in {in_quotes(system)}{f' ({grid})' if grid else ''}."
        return Fault(file, says, f"Export it with coordinates in WGS84 (EPSG:4326). {DEGREES}", system)
    return listed


def other_system(crs: object) -> str:
    """The system of coordinates that a file names, if it is not longitude and latitude; nothing if it names none."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) and name and not IN_DEGREES.search(name) else ""


def take(shapes: Shapes, listed: Sequence[object]) -> None:
    """Take the features in, or say what is wrong with them."""
    unread, beyond = list[int](), dict[int, shapely.Geometry]()
    for place, feature in enumerate(listed, 1):
        whole = feature if isinstance(feature, dict) else {}
        properties, shape = whole.get("properties"), shape_of(whole.get("geometry"))
        if not isinstance(properties, dict) or shape is None or shape.is_empty:
            unread.append(place)
        elif (np.abs(shapely.get_coordinates(shape)) > [180, 90]).any():
            beyond[place] = shape
        else:
            shapes.features.append((properties, shape))
            for name, text in texts_in(properties, ""):
                what = f"feature {place}, property {in_quotes(name)},"
                shapes.faults += text_faults(shapes.file, what, text, may_be_formula=True)
    if unread:
        says = f"{features_have(unread)} no properties, or no shape that can be read."
        advice = f"Mend or delete {'them' if len(unread) > 1 else 'it'}. {DEGREES}"
        shapes.faults.append(Fault(shapes.file, says, advice))
    if beyond:
        shapes.faults.append(off_the_globe(shapes.file, beyond))


def shape_of(geometry: object) -> shapely.Geometry | None:
    """The shape that a GeoJSON geometry describes, if it describes one of numbers that are numbers."""
    try:
        shape = shapely.from_geojson(json.dumps(geometry), on_invalid="ignore")
    except RecursionError:
        return None
    whole = shape is not None and np.isfinite(shapely.get_coordinates(shape)).all()
    return shape if whole else None


def features_have(places: Sequence[int]) -> str:
    """The begin of a sentence on features by number: "feature 3 has", "features 1, 2 have"."""
    return f"features {at_most_ten(places)} have" if len(places) > 1 else f"feature {places[0]} has"


def layer_faults(basemap: Shapes) -> Iterator[Fault]:
    """Shapes of the base map that belong to no layer the maps draw."""
    for place, (properties, _) in enumerate(basemap.features, 1):
        layer = properties.get("layer")
        if layer not in LAYERS:
            has = "no property 'layer'" if layer is None else f"the layer {in_quotes(str(layer))}"
            says = f"feature {place} has {has}. Known: {', '.join(LAYERS)}."
            yield Fault(basemap.file, says, "Write one of them as its 'layer'.", layer and str(layer))


def off_the_globe(file: str, beyond: Mapping[int, shapely.Geometry]) -> Fault:
    """Shapes in metres on some grid, most often; by the place of their feature."""
    says = f"{features_have([*beyond])} coordinates beyond 180 degrees of longitude or 90 of latitude."
    points = np.concatenate([shapely.get_coordinates(shape) for shape in beyond.values()])
    for (least, most), grid in ((BRITISH_GRID, GRIDS["27700"]), (MERCATOR, GRIDS["3857"])):
        if np.all((points >= least) & (points <= most)) and np.abs(points).max() > 1000:
            says = f"{says} They look like metres of the {grid}."
            break
    return Fault(file, says, f"Export it with coordinates in WGS84. {DEGREES}")
