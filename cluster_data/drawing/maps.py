"""The clickable map: tables in, a pydeck Deck out. Nothing is fetched: the ground is our own borders and lines."""

import json
import math
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import pandas as pd
import pydeck as pdk
import shapely
from pydeck.bindings.json_tools import default_serialize

from cluster_data.drawing import labels
from cluster_data.drawing.fonts import width
from cluster_data.drawing.ground import Bounds
from cluster_data.drawing.map_ground import MapGround, Written, geojson_of, shapes
from cluster_data.drawing.pictograms import LETTERS, SHAPES, mark
from cluster_data.measures.rates import LEFT_OUT
from cluster_data.model import words
from cluster_data.model.projection import east_north, to_degrees
from cluster_data.palette import Palette, readable_on, rgb

WIDTH = 400
ICON = 48
MARK_METRES = 1500
CLOSE, SMALL = 8.3, 12  # the zoom from which a map is near, and the pixels of a mark on one that is not
MARKED = 17  # pixels: half the width of the ring round what is marked
NUMBER, LEAST, WIDEST, MANY = 13, 9, 22, 100  # pixels: numbers, the least and the widest half of a circle; its records
INSIDE = 0.7  # how much of the width of an area its name may take
HATCH, STRIPE = 70, 32  # how dark hatching is, of 255; pixels of its pattern


class CompactDeck(pdk.Deck):
    """A Deck written without white space: a map that changes with each choice is sent each time."""

    def to_json(self) -> str:
        """The Deck as JSON; what is Written already is put in as it is."""
        written: list[str] = []

        def told(part: Any) -> Any:
            if isinstance(part, Written):
                written.append(part.text)
                return Written.__name__
            return default_serialize(part)

        text = json.dumps(self, sort_keys=True, default=told, separators=(",", ":"))
        first, *rest = text.split(f'"data":"{Written.__name__}"')
        return "".join([first, *(f'"data":{data}{more}' for data, more in zip(written, rest, strict=True))])


def rings_around(latitude: float, longitude: float, kilometres: list[float]) -> tuple[dict[str, Any], Bounds]:
    """Circles of these radii around a point, true on the British National Grid, and the box round the widest."""
    centre = shapely.points(east_north(latitude, longitude))[0]
    circles = shapely.buffer(centre, [km * 1000 for km in kilometres], quad_segs=32)
    west, south, east, north = shapely.total_bounds(to_degrees(circles))
    return geojson_of(circles), (float(west), float(south), float(east), float(north))


def view_of(box: Bounds, height: int, closer: int = 0) -> pdk.ViewState:
    """The view that shows a box of degrees in a map of WIDTH by `height` pixels; wider maps show more around it."""
    west, south, east, north = box
    middle = (south + north) / 2
    wide = WIDTH / labels.TILE * 360 / max(east - west, 1e-6)
    high = height / labels.TILE * 360 / max(north - south, 1e-6) * math.cos(math.radians(middle))
    zoom = math.log2(min(wide, high)) - 0.15 + closer
    return pdk.ViewState(latitude=middle, longitude=(west + east) / 2, zoom=zoom, min_zoom=6, max_zoom=15)


def box_of(view: pdk.ViewState, height: int) -> Bounds:
    """The box of degrees that such a map shows with a view."""
    wide, high = (pixels / labels.TILE * 180 / 2**view.zoom for pixels in (WIDTH, height))
    high *= math.cos(math.radians(view.latitude))
    return view.longitude - wide, view.latitude - high, view.longitude + wide, view.latitude + high


def organisations_map(
    ground: MapGround,
    points: pd.DataFrame,
    bubbles: pd.DataFrame,
    towns: pd.DataFrame,
    view: pdk.ViewState,
    rings: dict[str, Any] | None = None,
    place: tuple[float, float, str] | None = None,
    marked: Sequence[tuple[float, float]] = (),
    border: dict[str, Any] | None = None,
) -> pdk.Deck:
    """Points by D and type, one circle per approximate place with its count, and rings around a place.

    `points`: id, name, said, lat, lon, letter, symbol, colour_light, colour_dark. `bubbles`: town, names, lat, lon,
    records. `towns`: name, lat, lon, the first to name first. `place`: latitude, longitude, name. What is `marked`, by
    latitude and longitude, has a ring; the `border` is that of the areas chosen. Circles lie above marks, numbers and
    names above all.
    """
    palette = ground.palette
    layers = [ground.neighbours, ground.areas, *ground.lines, *_chosen(border, palette, rgb(palette.accent, 24))]
    if rings:
        layers.append(shapes("rings", rings, rgb(palette.accent, 24), rgb(palette.accent), 2))
    firms = points["letter"] == ""
    circles = _circles(bubbles, view.zoom)
    discs = circles.drop(columns=["text", "radius"]).assign(size=2 * circles["radius"])
    disc = f'fill="{palette.accent}" stroke="{palette.ground}" stroke-width="3"'
    layers += [
        _marks(pd.concat([points[~firms], points[firms]]), view.zoom, palette),
        _rounds("places", discs, disc, pickable=True),
        _words(circles, towns, place, view, palette),
    ]
    if marked:
        layers.append(_marked(marked, circles, palette))
    return _deck(layers, view, palette)


def _chosen(border: dict[str, Any] | None, palette: Palette, fill: list[int] | None = None) -> list[pdk.Layer]:
    """The areas chosen, if any are."""
    return [shapes("chosen", border, fill, rgb(palette.accent), 4)] if border else []


def _circles(bubbles: pd.DataFrame, zoom: float) -> pd.DataFrame:
    """The numbered circles: town, name, said, lat, lon, text, radius and shift, in pixels."""
    said = [
        f"{words.count(n, 'record')}: {names}" for n, names in zip(bubbles["records"], bubbles["names"], strict=True)
    ]
    text = [f"{number:,}" for number in bubbles["records"]]
    share = bubbles["records"] / max([MANY, *bubbles["records"]])
    least = [width(number, NUMBER, bold=True) / 2 + 1 for number in text]
    rows = bubbles[["town", "lat", "lon"]].assign(
        name=bubbles["town"] + " (position approximate)",
        said=said,
        text=text,
        radius=(LEAST + (WIDEST - LEAST) * share**0.5).round(1).clip(lower=least),
    )
    return rows.assign(shift=labels.spread(rows, zoom))


def _words(
    circles: pd.DataFrame,
    towns: pd.DataFrame,
    place: tuple[float, float, str] | None,
    view: pdk.ViewState,
    palette: Palette,
) -> pdk.Layer:
    """The numbers of circles, the names of towns that find room, and that of a place: names on a ground."""
    named = labels.apart(towns, circles, view.zoom, view.longitude).rename(columns={"name": "text"})
    if place:
        own = pd.DataFrame([{"lat": place[0], "lon": place[1], "text": f"✛ {place[2]}", "shift": [0, 0]}])
        named = pd.concat([named[named["text"] != place[2]], own], ignore_index=True)
    looks = [
        (circles[["lat", "lon", "text", "shift"]], NUMBER, rgb(readable_on(palette.accent)), [0, 0, 0, 0]),
        (named, labels.NAME_SIZE, rgb(palette.text), rgb(palette.ground, 190)),
    ]
    rows = pd.concat(
        [rows.assign(size=size, ink=[ink] * len(rows), under=[under] * len(rows)) for rows, size, ink, under in looks],
        ignore_index=True,
    )
    ground = {"background": True, "get_background_color": "under", "background_padding": [2, 0]}
    return _text("words", rows, "size", "shift", **ground, background_border_radius=6)


def _marked(spots: Sequence[tuple[float, float]], circles: pd.DataFrame, palette: Palette) -> pdk.Layer:
    """Rings round what is marked, round a circle where that stands."""
    rows = pd.DataFrame(spots, columns=["lat", "lon"]).merge(circles, on=["lat", "lon"], how="left")
    rows["size"] = 2 * (rows["radius"] + 4).fillna(MARKED)
    rows["shift"] = [shift if isinstance(shift, list) else [0, 0] for shift in rows["shift"]]
    return _rounds(
        "marked", rows[["lat", "lon", "shift", "size"]], f'fill="none" stroke="{palette.text}" stroke-width="10"'
    )


def _rounds(name: str, rows: pd.DataFrame, look: str, pickable: bool = False) -> pdk.Layer:
    """Circles of one look, by `size` across and `shift` in pixels."""
    drawn = f'<circle cx="{ICON}" cy="{ICON}" r="{ICON - 5}" {look}/>'
    atlas = _picture(2 * ICON, 2 * ICON, drawn)
    return pdk.Layer(
        "IconLayer",
        rows,
        id=name,
        pickable=pickable,
        get_position="[lon, lat]",
        get_icon="'round'",
        icon_atlas=pdk.types.String(atlas),
        icon_mapping={"round": {"x": 0, "y": 0, "width": 2 * ICON, "height": 2 * ICON}},
        get_size="size",
        get_pixel_offset="shift",
    )


def density_map(
    ground: MapGround, table: pd.DataFrame, view: pdk.ViewState, border: dict[str, Any] | None = None
) -> pdk.Deck:
    """Areas shaded by firms per 100,000 residents, with the number written on each; hatched where firms are few.

    An area that is not in the table has neither shade nor number; one with room has its name, too. The `border` is that
    of the areas chosen.

    `table`: lad_code, label, firms, rate, step (which shade), few (whether to hatch it), shown (the number written).
    """
    palette = ground.palette
    known = table.set_index("lad_code").to_dict("index")
    drawn, rates = [], []
    for shape in ground.boundaries["features"]:
        code, name = (shape["properties"][key] for key in ("lad_code", "name"))
        if code not in known:
            plain = {"name": name, "said": LEFT_OUT, "fill": rgb(palette.land), "hatch": rgb(palette.land, 0)}
            drawn.append(shape | {"properties": plain})
            continue
        row = known[code]
        colour = palette.steps[int(row["step"])]
        fill, ink = rgb(colour), readable_on(colour)
        said = f"{words.count(row['firms'], 'firm')}, {row['rate']:.1f} per 100,000 residents"
        look = {"fill": fill, "hatch": rgb(ink, HATCH if row["few"] else 0)}
        drawn.append(shape | {"properties": {"name": row["label"], "said": said, **look}})
        (east, north), (left, low, right, high) = ground.middles[code], ground.boxes[code]
        room = (right - left) * (high - low)
        wide = (right - left) / 360 * labels.TILE * 2**view.zoom
        text = f"{name}\n{row['shown']}" if width(name, NUMBER, bold=True) < wide * INSIDE else row["shown"]
        rates.append({"lat": north, "lon": east, "text": text, "ink": rgb(ink), "under": fill, "room": room})
    few = [shape for shape in drawn if shape["properties"]["hatch"][3]]
    shaded = pdk.Layer(
        "GeoJsonLayer",
        {"type": "FeatureCollection", "features": drawn},
        id="shaded areas",
        pickable=True,
        stroked=True,
        get_fill_color="properties.fill",
        get_line_color=rgb(palette.text, 120),
        line_width_min_pixels=1,
    )
    over = [_hatched(few), ground.lines[-1], *_chosen(border, palette), _numbers(rates)]
    layers = [ground.neighbours, shaded, *over]
    return _deck(layers, view, palette)


def _numbers(rates: list[dict[str, Any]]) -> pdk.Layer:
    """The number of each area, those of small areas only once there is room for them."""
    rows = pd.DataFrame(rates)
    return _text(
        "rates",
        rows.assign(room=rows["room"].rank(method="first").astype(int)),
        NUMBER,
        background=True,
        get_background_color="under",
        extensions=[{"@@type": "CollisionFilterExtension"}],
        get_collision_priority="room",
        collision_test_props={"sizeScale": 1.5},
    )


def _hatched(drawn: list[dict[str, Any]]) -> pdk.Layer:
    """Lines across areas, as far from each other at every zoom."""
    lines = (
        f'<path d="M-8 8 8-8M0 {STRIPE} {STRIPE} 0M{STRIPE - 8} {STRIPE + 8}l16-16" stroke="#000" stroke-width="5"/>'
    )
    return pdk.Layer(
        "GeoJsonLayer",
        {"type": "FeatureCollection", "features": drawn},
        id="few firms",
        pickable=False,
        stroked=False,
        get_fill_color="properties.hatch",
        extensions=[{"@@type": "FillStyleExtension", "pattern": True}],
        fill_pattern_atlas=pdk.types.String(_picture(STRIPE, STRIPE, lines)),
        fill_pattern_mapping={"lines": {"x": 0, "y": 0, "width": STRIPE, "height": STRIPE}},
        fill_pattern_mask=True,
        fill_pattern_size_units="'pixels'",
        get_fill_pattern="'lines'",
        get_fill_pattern_scale=0.25,
    )


def _marks(points: pd.DataFrame, zoom: float, palette: Palette) -> pdk.Layer:
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
        size_min_pixels=SMALL if zoom < CLOSE else 16,
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
    return _picture(ICON * max(1, len(marks)), ICON, "".join(drawn)), places


def _picture(wide: int, high: int, drawn: str) -> str:
    """The address of a picture that holds what was drawn."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}">{drawn}</svg>'
    return f"data:image/svg+xml;charset=utf-8,{quote(svg)}"


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
