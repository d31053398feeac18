"""A map on screen: one that can be moved, or a still where it cannot be or need not be."""

from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from cluster_data.document import Map
from cluster_data.drawing import map_ground, maps
from cluster_data.drawing.ground import Bounds, ground_of
from cluster_data.drawing.pictures import map_picture
from cluster_data.load import drawn_once
from cluster_data.measures import places
from cluster_data.model import words
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.palette import Palette, palette
from cluster_data.ui import address
from cluster_data.ui.frame import View
from cluster_data.ui.scripts import component, swiped
from cluster_data.ui.tables import twin

HEIGHT = 470
MARKS, CIRCLES = "organisations", "places"
MOST_CANDIDATES = 60  # places that a name may be drawn of
OF_AREAS = 0.5  # the rank of areas among them, after cities
PRINT_WIDE, PRINT_HIGH = 7.5, 6.0
STILL_WIDE, AREA_HIGH, STILL_TEXT = 7.8, 5.6, 14  # inches, and points that a browser draws as pixels
SCREEN_WIDE, SCREEN_HIGH, SCREEN_PIXELS = 4.2, 5.0, 600
NO_WEBGL = "This browser cannot draw a live map: it lacks WebGL, or lost it. Here is the map as a still picture."
FIT, FARTHER, FITTED = "fit the map", "farther", "times that the map was fitted"
MISSING = "the browser has no WebGL"  # only it knows, and it tells only if it cannot draw a live map, or lost one

_canvas = component("webgl", isolated=False)


def draw(view: View, shown: Map) -> None:
    """A map with its key, its source and its table twin; a click on a mark puts what it is in the address."""
    if shown.drawn != "live":
        st.image(_still(view.cluster, shown, palette(view.dark)), alt=shown.alt, width="stretch")
        st.caption(words.plain(shown.note))
        twin(view, shown.rows, shown.about or shown.alt, f"map {shown.drawn}", "areas")
        return
    if view.printing or lacks_webgl():
        if not view.printing:
            st.info(NO_WEBGL)
        _picture(view, shown)
    else:
        _live(view, shown)
    if shown.rates:
        twin(view, shown.rows, shown.alt, "density", "areas")


@remembered
def _still(cluster: Cluster, shown: Map, ground: Palette) -> str:
    """A still as SVG, drawn once for each choice and theme: its view remembers the map, too."""
    high = AREA_HIGH if shown.drawn == "area" else 0.0
    return map_picture(cluster, shown, ground, STILL_WIDE, high, STILL_TEXT, alone=True).svg()


def lacks_webgl() -> bool:
    """Did the browser tell in this visit that it draws no live map, or that it lost one?"""
    return MISSING in st.session_state


def _live(view: View, shown: Map) -> None:
    """The map that can be moved. To fit it, or to see more of it again, it is made anew: where it was moved to, only
    the browser knows.
    """
    fitted = st.session_state.get(FITTED, 0) + bool(st.session_state.get(FIT) or st.session_state.get(FARTHER))
    st.session_state[FITTED] = fitted
    key = f"{'density' if shown.rates else 'map'} {fitted}"
    clicked: dict[str, Any] = {}
    if shown.opens:
        clicked = {"on_select": partial(_mark, key, shown.opens), "selection_mode": "single-object"}
    with swiped(key):
        st.pydeck_chart(_deck(view, shown), height=HEIGHT, alt=shown.alt, key=key, **clicked)
        _canvas(key="webgl", on_missing_change=lambda: st.session_state.update({MISSING: True}))
    if shown.note:
        st.caption(words.plain(shown.note))


def _mark(key: str, opens: str) -> None:
    """Put what was clicked in the address: the id of a mark, or the town of a numbered circle."""
    picked = st.session_state[key].selection.objects
    ids = [row["id"] for row in picked.get(MARKS, ())] + [row["town"] for row in picked.get(CIRCLES, ())]
    address.put(**{opens: ids[0] if ids else None})


def _picture(view: View, shown: Map) -> None:
    """A map as it is taken away, with its key and its source: for paper, or small enough to be read on a phone."""
    wide, high = (PRINT_WIDE, PRINT_HIGH) if view.printing else (SCREEN_WIDE, SCREEN_HIGH)
    drawn = map_picture(view.cluster, shown, palette(view.dark), wide, high)
    st.image(drawn.svg(), alt=shown.alt, width="stretch" if view.printing else SCREEN_PIXELS)
    if shown.note:
        st.caption(words.plain(shown.note))


def _deck(view: View, shown: Map) -> Any:
    cluster, around = view.cluster, shown.circle
    ground = drawn_once(cluster, view.dark, _near if shown.seen or around or shown.closer else _region)
    rings, box, spot = None, ground.box(frozenset(shown.seen)), None
    if around:
        rings, box = maps.rings_around(around.lat, around.lon, [around.km / 2, around.km])
        spot = (around.lat, around.lon, around.name)
    looking = maps.view_of(box, HEIGHT, shown.closer)
    if shown.closer and not around:
        looking.latitude, looking.longitude = _nearer(shown) or (looking.latitude, looking.longitude)
    border = _border(cluster, shown.seen) if shown.seen else None
    if shown.rates:
        return maps.density_map(ground, shown.rates(), looking, border)
    named = _to_name(cluster, shown, maps.box_of(looking, HEIGHT) if shown.closer else box)
    return maps.organisations_map(
        ground, shown.points(), shown.bubbles(), named, looking, rings, spot, shown.marked, border
    )


@remembered
def _border(cluster: Cluster, codes: tuple[str, ...]) -> dict[str, Any]:
    """The common border of the areas chosen."""
    return map_ground.geojson_of(np.array([ground_of(cluster).outline(codes)], dtype=object))


def _nearer(shown: Map) -> tuple[float, float] | None:
    """Where a map comes closer: to what is marked, or to the circle of most."""
    if shown.marked or shown.rates:
        return next(iter(shown.marked), None)
    most = shown.bubbles().nlargest(1, "records")
    return next(zip(most["lat"], most["lon"], strict=True), None)


def _to_name(cluster: Cluster, shown: Map, box: Bounds) -> pd.DataFrame:
    """The places within a box that the map may name, the most important first: cities, and of these that of the largest
    circle, then areas; of towns only where the map is near.
    """
    rows, (west, south, east, north) = _nameable(cluster), box
    inside = rows[rows["lat"].between(south, north) & rows["lon"].between(west, east)]
    if not (shown.circle or shown.seen or shown.closer):
        inside = inside[inside["rank"] <= OF_AREAS]
    records = shown.bubbles().groupby("town")["records"].max()
    inside = inside.assign(fewer=-inside["name"].map(records).fillna(0))
    return inside.sort_values(["rank", "fewer"], kind="stable").head(MOST_CANDIDATES)


@remembered
def _nameable(cluster: Cluster) -> pd.DataFrame:
    """Cities, areas and other places: name, rank, lat, lon."""
    rows = places.by_rank(cluster)
    middles = places.middles_of_areas(cluster).assign(name=cluster.area_names, rank=OF_AREAS)
    return pd.concat([rows[rows["rank"] < OF_AREAS], middles, rows[rows["rank"] > OF_AREAS]]).drop_duplicates("name")


def _region(cluster: Cluster, dark: bool) -> map_ground.MapGround:
    """What lies under the marks of the live map, simplified for all areas."""
    return _ground(cluster, dark, map_ground.REGION)


def _near(cluster: Cluster, dark: bool) -> map_ground.MapGround:
    """The same with the borders of the pack as they are, for a map that is near."""
    return _ground(cluster, dark, map_ground.NEAR)


def _ground(cluster: Cluster, dark: bool, border: int) -> map_ground.MapGround:
    return map_ground.map_ground(ground_of(cluster), places.outline_groups(cluster), palette(dark), border)
