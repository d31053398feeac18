"""The clickable map: tables in, a pydeck Deck out. Nothing is fetched: the ground is our own borders and lines."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import geopandas as gpd
import pandas as pd
import pydeck as pdk
import shapely
from pydeck.bindings.json_tools import default_serialize

from cluster_data.drawing import labels
from cluster_data.drawing.ground import DEGREES, METRES, Box, Geometries, Ground, metres
from cluster_data.drawing.pictograms import LETTERS, SHAPES, mark
from cluster_data.model import words
from cluster_data.palette import Palette, readable_on, rgb

WIDTH = 400
ICON = 48
MARK_METRES = 1500
MARKED = 17  # pixels: half the width of the ring round what is marked
FINE = 0.0001
BORDER = 200  # metres: how coarse borders are drawn; neighbours keep the line they share


class CompactDeck(pdk.Deck):
    """A Deck written without white space: a map that changes with each choice is sent each time."""

    def to_json(self) -> str:
        """The Deck as JSON."""
        return json.dumps(self, sort_keys=True, default=default_serialize, separators=(",", ":"))


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
    boxes: dict[str, Box]
    middles: dict[str, tuple[float, float]]

    def box(self, codes: frozenset[str]) -> Box:
        """The box round the areas named, or round all if none is."""
        boxes = [box for code, box in self.boxes.items() if code in codes] or list(self.boxes.values())
        west, south, east, north = zip(*boxes, strict=True)
        return min(west), min(south), max(east), max(north)


def map_ground(ground: Ground, groups: list[tuple[str, ...]], palette: Palette) -> MapGround:
    """Neighbours, areas, motorways and railways, and the common borders of the groups of area codes."""
    borders = _geojson(
        shapely.coverage_simplify(ground.areas, BORDER),
        [{"lad_code": code, "name": name} for code, name in zip(ground.codes, ground.names, strict=True)],
    )
    outlines = shapely.boundary([ground.outline(codes) for codes in groups])
    around = {layer: _geojson(shapes) for layer, shapes in ground.around.items()}
    line = rgb(palette.line)
    inside = gpd.GeoSeries(shapely.point_on_surface(ground.areas), crs=METRES).to_crs(DEGREES)
    boxes = gpd.GeoSeries(ground.areas, crs=METRES).to_crs(DEGREES).bounds
    return MapGround(
        palette,
        borders,
        _shapes("neighbours", around["neighbour"], rgb(palette.outside), line, 1),
        _shapes("areas", borders, rgb(palette.land), line, 1),
        (
            _shapes("railways", around["railway"], None, rgb(palette.line, 150), 1),
            _shapes("motorways", around["motorway"], None, rgb(palette.quiet, 170), 2),
            _shapes("outlines", _geojson(outlines), None, rgb(palette.text), 2),
        ),
        dict(zip(ground.codes, boxes.itertuples(index=False, name=None), strict=True)),
        dict(zip(ground.codes, zip(inside.x, inside.y, strict=True), strict=True)),
    )


def _geojson(shapes: Geometries, properties: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """Shapes in metres as GeoJSON."""
    placed = gpd.GeoSeries(shapes, crs=METRES).to_crs(DEGREES)
    fine = shapely.set_precision(placed.values, FINE, mode="pointwise")
    features = [
        {"type": "Feature", "properties": dict(said), "geometry": _rounded(shape)}
        for said, shape in zip(properties or [{}] * len(fine), fine, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def _rounded(shape: shapely.Geometry) -> dict[str, Any]:
    geometry: dict[str, Any] = json.loads(shapely.to_geojson(shape), parse_float=lambda text: round(float(text), 4))
    return geometry


def _shapes(name: str, geojson: dict[str, Any], fill: list[int] | None, line: list[int], width: int) -> pdk.Layer:
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


def rings_around(latitude: float, longitude: float, kilometres: list[float]) -> tuple[dict[str, Any], Box]:
    """Circles of these radii around a point, true on the British National Grid, and the box round the widest."""
    centre = shapely.Point(metres(latitude, longitude))
    circles = shapely.buffer(centre, [km * 1000 for km in kilometres], quad_segs=32)
    west, south, east, north = gpd.GeoSeries(circles, crs=METRES).to_crs(DEGREES).total_bounds
    return _geojson(circles), (float(west), float(south), float(east), float(north))


def view_of(box: Box, height: int, closer: int = 0) -> pdk.ViewState:
    """The view that shows a box of degrees in a map of WIDTH by `height` pixels; wider maps show more around it."""
    west, south, east, north = box
    middle = (south + north) / 2
    wide = WIDTH / labels.TILE * 360 / max(east - west, 1e-6)
    high = height / labels.TILE * 360 / max(north - south, 1e-6) * math.cos(math.radians(middle))
    zoom = math.log2(min(wide, high)) - 0.15 + closer
    return pdk.ViewState(latitude=middle, longitude=(west + east) / 2, zoom=zoom, min_zoom=6, max_zoom=15)


def organisations_map(
    ground: MapGround,
    points: pd.DataFrame,
    bubbles: pd.DataFrame,
    towns: pd.DataFrame,
    view: pdk.ViewState,
    rings: dict[str, Any] | None = None,
    place: tuple[float, float, str] | None = None,
    marked: Sequence[tuple[float, float]] = (),
) -> pdk.Deck:
    """Points by D and sort, one bubble per approximate place with its count, and rings around a place.

    `points`: id, name, said, lat, lon, letter, symbol, colour_light, colour_dark. `bubbles`: town, names, lat, lon,
    records. `towns`: name, lat, lon, the first to name first. `place`: latitude, longitude, name. What is `marked`, by
    latitude and longitude, has a ring. Numbers and names lie above all marks.
    """
    palette = ground.palette
    layers = [ground.neighbours, ground.areas, *ground.lines]
    if rings:
        layers.append(_shapes("rings", rings, rgb(palette.accent, 24), rgb(palette.accent), 2))
    firms = points["letter"] == ""
    marks = _marks(pd.concat([points[~firms], points[firms]]), palette)
    circles = _circles(bubbles, palette)
    numbers = bubbles[["lat", "lon"]].assign(text=bubbles["records"].astype(str))
    layers += [circles, marks, _words(numbers, towns, place, view.zoom, palette)]
    if marked:
        layers.append(_marked(marked, palette))
    return _deck(layers, view, palette)


def _words(
    numbers: pd.DataFrame, towns: pd.DataFrame, place: tuple[float, float, str] | None, zoom: float, palette: Palette
) -> pdk.Layer:
    """The numbers of circles, the names of towns that find room, and that of a place: each on a ground of its own."""
    written = labels.apart(towns, numbers, zoom).rename(columns={"name": "text"})
    if place:
        own = pd.DataFrame([{"lat": place[0], "lon": place[1], "text": f"✛ {place[2]}", "shift": [0, 0]}])
        written = pd.concat([written[written["text"] != place[2]], own], ignore_index=True)
    written = written.assign(size=labels.NAME_SIZE)
    counted = numbers.assign(size=labels.NUMBER_SIZE, shift=_each(numbers, [0, 0]))
    counted["ink"], counted["under"] = (
        _each(counted, rgb(readable_on(palette.accent))),
        _each(counted, rgb(palette.accent)),
    )
    written["ink"], written["under"] = _each(written, rgb(palette.text)), _each(written, rgb(palette.ground, 190))
    rows = pd.concat([counted, written], ignore_index=True)
    ground = {"background": True, "get_background_color": "under", "background_padding": [2, 0]}
    return _text("words", rows, "size", "shift", **ground, background_border_radius=6)


def _each(rows: pd.DataFrame, value: list[int]) -> list[list[int]]:
    return [value] * len(rows)


def _marked(spots: Sequence[tuple[float, float]], palette: Palette) -> pdk.Layer:
    """Rings round what is marked."""
    return pdk.Layer(
        "ScatterplotLayer",
        pd.DataFrame(spots, columns=["lat", "lon"]),
        id="marked",
        pickable=False,
        get_position="[lon, lat]",
        get_radius=MARKED,
        radius_units="'pixels'",
        filled=False,
        stroked=True,
        get_line_color=rgb(palette.text),
        line_width_min_pixels=4,
    )


def density_map(ground: MapGround, table: pd.DataFrame, view: pdk.ViewState) -> pdk.Deck:
    """Areas shaded by firms per 100,000 residents, with the number written on each.

    `table`: lad_code, label, firms, rate, step (which shade), shown (the number written).
    """
    palette = ground.palette
    known = table.set_index("lad_code").to_dict("index")
    shapes, rates = [], []
    for shape in ground.boundaries["features"]:
        code = shape["properties"]["lad_code"]
        row = known.get(code, {"label": code, "firms": 0, "rate": 0.0, "step": 0, "shown": "0"})
        colour = palette.steps[int(row["step"])]
        said = f"{words.count(row['firms'], 'firm')}, {row['rate']:.1f} per 100,000 residents"
        shapes.append(shape | {"properties": {"name": row["label"], "said": said, "fill": rgb(colour)}})
        east, north = ground.middles[code]
        rates.append({"lat": north, "lon": east, "text": row["shown"], "ink": rgb(readable_on(colour))})
    shaded = pdk.Layer(
        "GeoJsonLayer",
        {"type": "FeatureCollection", "features": shapes},
        id="shaded areas",
        pickable=True,
        stroked=True,
        get_fill_color="properties.fill",
        get_line_color=rgb(palette.text, 120),
        line_width_min_pixels=1,
    )
    return _deck([ground.neighbours, shaded, ground.lines[-1], _text("rates", pd.DataFrame(rates), 13)], view, palette)


def _circles(bubbles: pd.DataFrame, palette: Palette) -> pdk.Layer:
    said = [
        f"{words.count(n, 'record')}: {names}" for n, names in zip(bubbles["records"], bubbles["names"], strict=True)
    ]
    rows = pd.DataFrame(
        {
            "town": bubbles["town"],
            "name": bubbles["town"] + " (position approximate)",
            "said": said,
            "lat": bubbles["lat"],
            "lon": bubbles["lon"],
            "radius": _radius(bubbles),
        }
    )
    return pdk.Layer(
        "ScatterplotLayer",
        rows,
        id="places",
        pickable=True,
        get_position="[lon, lat]",
        get_radius="radius",
        radius_units="'pixels'",
        get_fill_color=rgb(palette.accent, 225),
        get_line_color=rgb(palette.ground),
        stroked=True,
        line_width_min_pixels=1.5,
    )


def _radius(bubbles: pd.DataFrame) -> pd.Series:
    """Half the width of each numbered circle in pixels."""
    return (9 + 1.8 * bubbles["records"] ** 0.5).round(1)


def _marks(points: pd.DataFrame, palette: Palette) -> pdk.Layer:
    colours = points[palette.d_column].fillna(palette.quiet)
    symbols = points["symbol"].fillna("circle").where(points["letter"] == "", points["letter"])
    rows = points[["id", "name", "said", "lat", "lon"]].assign(mark=symbols + " " + colours)
    atlas, places = _atlas(sorted(set(rows["mark"])), palette)
    return pdk.Layer(
        "IconLayer",
        rows,
        id="organisations",
        pickable=True,
        get_position="[lon, lat]",
        get_icon="mark",
        icon_atlas=pdk.types.String(atlas),
        icon_mapping=places,
        get_size=MARK_METRES,
        size_units="'meters'",
        size_min_pixels=16,
        size_max_pixels=28,
    )


def _atlas(marks: list[str], palette: Palette) -> tuple[str, dict[str, Any]]:
    """One picture that holds all marks side by side, and where each stands in it."""
    drawn, places = [], {}
    for place, name in enumerate(marks):
        symbol, colour = name.split(" ")
        shape, letter = ("circle", symbol) if symbol in LETTERS else (symbol if symbol in SHAPES else "circle", "")
        drawn.append(f'<g transform="translate({place * ICON})">{mark(shape, colour, palette.ground, letter)}</g>')
        places[name] = {"x": place * ICON, "y": 0, "width": ICON, "height": ICON}
    size = f'width="{ICON * max(1, len(marks))}" height="{ICON}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(drawn)}</svg>'
    return f"data:image/svg+xml;charset=utf-8,{quote(svg)}", places


def _text(
    name: str,
    rows: pd.DataFrame,
    size: int | str,
    offset: str = "[0, 0]",
    **more: Any,
) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        rows,
        id=name,
        pickable=False,
        get_position="[lon, lat]",
        get_text="text",
        get_color="ink",
        get_size=size,
        get_alignment_baseline="'center'",
        get_pixel_offset=offset,
        font_weight=700,
        font_family="'Source Sans, Arial, sans-serif'",
        character_set="'auto'",
        **more,
    )


def _deck(layers: list[pdk.Layer], view: pdk.ViewState, palette: Palette) -> pdk.Deck:
    style = {"backgroundColor": palette.ground, "color": palette.text, "border": f"1px solid {palette.line}"}
    tooltip = {"text": "{name}\n{said}", "style": style | {"maxWidth": "18rem"}}
    return CompactDeck(layers=layers, initial_view_state=view, map_provider=None, tooltip=tooltip)
