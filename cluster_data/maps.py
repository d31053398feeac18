"""The clickable map: tables in, a pydeck Deck out. Nothing is fetched: the ground is our own borders and lines."""

import math
from typing import Any
from urllib.parse import quote

import geopandas as gpd
import pandas as pd
import pydeck as pdk

from cluster_data import words
from cluster_data.palette import Palette, readable_on, rgb
from cluster_data.pictograms import mark

METRES = 27700
DEGREES = 4326
TILE = 512
WIDTH = 400


def view_of(west: float, south: float, east: float, north: float, height: int, closer: int = 0) -> pdk.ViewState:
    """The view that shows a box of degrees in a map of WIDTH by `height` pixels; wider maps show more around it."""
    middle = (south + north) / 2
    wide = WIDTH / TILE * 360 / max(east - west, 1e-6)
    high = height / TILE * 360 / max(north - south, 1e-6) * math.cos(math.radians(middle))
    zoom = math.log2(min(wide, high)) - 0.15 + closer
    return pdk.ViewState(latitude=middle, longitude=(west + east) / 2, zoom=zoom, min_zoom=6, max_zoom=15)


def ground_layers(
    boundaries: dict[str, Any], basemap: dict[str, Any], outlines: dict[str, Any], ground: Palette
) -> list[pdk.Layer]:
    """Neighbours, areas, motorways and railways, and the strong outlines."""
    around = _split(basemap)
    line = rgb(ground.line)
    return [
        _shapes("neighbours", around["neighbour"], rgb(ground.outside), line, 1),
        _shapes("areas", boundaries, rgb(ground.land), line, 1),
        _shapes("railways", around["railway"], None, rgb(ground.line, 150), 1),
        _shapes("motorways", around["motorway"], None, rgb(ground.quiet, 170), 2),
        _shapes("outlines", outlines, None, rgb(ground.text), 2),
    ]


def _split(basemap: dict[str, Any]) -> dict[str, dict[str, Any]]:
    layers: dict[str, dict[str, Any]] = {}
    for name in ("neighbour", "motorway", "railway"):
        features = [shape for shape in basemap["features"] if shape["properties"]["layer"] == name]
        layers[name] = {"type": "FeatureCollection", "features": features}
    return layers


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


def outlines_of(boundaries: dict[str, Any], groups: list[tuple[str, ...]]) -> dict[str, Any]:
    """The common borders of groups of area codes, as GeoJSON."""
    areas = gpd.GeoDataFrame.from_features(boundaries["features"], crs=DEGREES).to_crs(METRES).set_index("lad_code")
    merged = [areas.loc[list(codes)].union_all().buffer(60).buffer(-60).boundary for codes in groups]
    outlines: dict[str, Any] = gpd.GeoSeries(merged, crs=METRES).to_crs(DEGREES).__geo_interface__
    return outlines


def bounds_of(boundaries: dict[str, Any], codes: frozenset[str]) -> tuple[float, float, float, float]:
    """West, south, east, north of the areas named, or of all if none is."""
    areas = gpd.GeoDataFrame.from_features(boundaries["features"], crs=DEGREES)
    kept = areas[areas["lad_code"].isin(codes)] if codes else areas
    west, south, east, north = kept.total_bounds
    return float(west), float(south), float(east), float(north)


def organisations_map(
    ground_layers: list[pdk.Layer],
    points: pd.DataFrame,
    bubbles: pd.DataFrame,
    ground: Palette,
    view: pdk.ViewState,
    rings: dict[str, Any] | None = None,
    place: tuple[float, float, str] | None = None,
) -> pdk.Deck:
    """Points by D and sort, one bubble per approximate place with its count, and rings around a place.

    `points`: id, name, said, lat, lon, letter, symbol, colour_light, colour_dark. `bubbles`: town, names, lat, lon,
    records. `place`: latitude, longitude, name.
    """
    layers = list(ground_layers)
    if rings:
        layers.append(_shapes("rings", rings, rgb(ground.accent, 24), rgb(ground.accent), 2))
    circles, counts = _bubble_layers(bubbles, ground)
    layers += [circles, *_point_layers(points, ground), counts]
    if place:
        layers.append(_place_layer(place, ground))
    return _deck(layers, view, ground)


def density_map(
    ground_layers: list[pdk.Layer],
    boundaries: dict[str, Any],
    table: pd.DataFrame,
    ground: Palette,
    view: pdk.ViewState,
) -> pdk.Deck:
    """Areas shaded by firms per 100,000 residents, with the number written on each.

    `table`: lad_code, label, firms, rate, step (which shade, or missing where the rate is unknown).
    """
    known = table.set_index("lad_code")
    shapes = gpd.GeoDataFrame.from_features(boundaries["features"], crs=DEGREES)
    middles = shapes.to_crs(METRES).representative_point().to_crs(DEGREES)
    labels = []
    for feature, middle in zip(boundaries["features"], middles, strict=True):
        row = known.loc[feature["properties"]["lad_code"]]
        colour = ground.steps[int(row["step"])]
        name, said = (
            row["label"],
            f"{words.count(row['firms'], 'firm')}, {row['rate']:.1f} per 100,000 residents",
        )
        feature["properties"] = {"name": name, "said": said, "fill": rgb(colour)}
        labels.append({"lat": middle.y, "lon": middle.x, "text": f"{row['rate']:.1f}", "ink": rgb(readable_on(colour))})
    shaded = pdk.Layer(
        "GeoJsonLayer",
        boundaries,
        id="shaded areas",
        pickable=True,
        stroked=True,
        get_fill_color="properties.fill",
        get_line_color=rgb(ground.text, 120),
        line_width_min_pixels=1,
    )
    neighbours, _, *lines = ground_layers
    return _deck([neighbours, shaded, *lines[1:], _text("rates", pd.DataFrame(labels), "ink", 13)], view, ground)


def _bubble_layers(bubbles: pd.DataFrame, ground: Palette) -> list[pdk.Layer]:
    rows = bubbles.assign(
        id="",
        name=bubbles["town"] + " (position approximate)",
        said=[
            f"{words.count(n, 'record')}: {names}"
            for n, names in zip(bubbles["records"], bubbles["names"], strict=True)
        ],
        text=bubbles["records"].astype(str),
        radius=12 + 2.2 * bubbles["records"] ** 0.5,
    )
    columns = ["id", "town", "name", "said", "lat", "lon", "text", "radius"]
    circles = pdk.Layer(
        "ScatterplotLayer",
        rows[columns],
        id="places",
        pickable=True,
        get_position="[lon, lat]",
        get_radius="radius",
        radius_units="'pixels'",
        get_fill_color=rgb(ground.accent, 225),
        get_line_color=rgb(ground.ground),
        stroked=True,
        line_width_min_pixels=1.5,
    )
    ink = rgb(readable_on(ground.accent))
    return [circles, _text("counts", rows[["lat", "lon", "text"]].assign(ink=[ink] * len(rows)), "ink", 13)]


def _point_layers(points: pd.DataFrame, ground: Palette) -> list[pdk.Layer]:
    rows = points[["id", "name", "said", "lat", "lon"]].copy()
    rows["icon"] = [_icon(row, ground) for row in points.to_dict("records")]
    return [
        pdk.Layer(
            "IconLayer",
            rows,
            id="organisations",
            pickable=True,
            get_position="[lon, lat]",
            get_icon="icon",
            get_size=24,
            size_units="'pixels'",
        )
    ]


def _icon(row: dict[str, Any], ground: Palette) -> dict[str, Any]:
    colour = row[ground.d_column] if isinstance(row[ground.d_column], str) else ground.quiet
    symbol = row["symbol"] if isinstance(row["symbol"], str) else "circle"
    svg = mark(symbol, colour, ground.ground, row["letter"])
    return {"url": f"data:image/svg+xml;charset=utf-8,{quote(svg)}", "width": 48, "height": 48, "anchorY": 24}


def _place_layer(place: tuple[float, float, str], ground: Palette) -> pdk.Layer:
    latitude, longitude, name = place
    row = pd.DataFrame([{"lat": latitude, "lon": longitude, "text": f"✛ {name}", "ink": rgb(ground.text)}])
    return _text("searched place", row, "ink", 15)


def _text(name: str, rows: pd.DataFrame, colour: str, size: int) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        rows,
        id=name,
        pickable=False,
        get_position="[lon, lat]",
        get_text="text",
        get_color=colour,
        get_size=size,
        font_weight=700,
        font_family="'Source Sans, Arial, sans-serif'",
        character_set="'auto'",
    )


def _deck(layers: list[pdk.Layer], view: pdk.ViewState, ground: Palette) -> pdk.Deck:
    style = {
        "backgroundColor": ground.ground,
        "color": ground.text,
        "maxWidth": "18rem",
        "border": f"1px solid {ground.line}",
    }
    tooltip = {"text": "{name}\n{said}", "style": style}
    return pdk.Deck(layers=layers, initial_view_state=view, map_provider=None, tooltip=tooltip)  # type: ignore[arg-type]


def rings_around(latitude: float, longitude: float, kilometres: list[float]) -> dict[str, Any]:
    """Circles of these radii around a point, as GeoJSON, true on the British National Grid."""
    centre = gpd.GeoSeries(gpd.points_from_xy([longitude], [latitude]), crs=DEGREES).to_crs(METRES).iloc[0]
    circles = gpd.GeoSeries([centre.buffer(km * 1000, 64) for km in kilometres], crs=METRES).to_crs(DEGREES)
    rings: dict[str, Any] = circles.__geo_interface__
    return rings


def bounds_of_rings(rings: dict[str, Any]) -> tuple[float, float, float, float]:
    """West, south, east, north of the widest ring."""
    west, south, east, north = gpd.GeoDataFrame.from_features(rings["features"]).total_bounds
    return float(west), float(south), float(east), float(north)
