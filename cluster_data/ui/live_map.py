"""A map on screen: one that can be moved, or a still where it cannot be or need not be."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from cluster_data import maps, stills, words
from cluster_data.cluster import Cluster, remembered
from cluster_data.document import Heading, Map
from cluster_data.elements import Element, Records
from cluster_data.load import drawn_once
from cluster_data.measures import captions, organisations, places
from cluster_data.palette import palette
from cluster_data.ui import webgl
from cluster_data.ui.frame import View, open_profile
from cluster_data.ui.tables import twin
from cluster_data.ui.touch import swiped

HEIGHT = 520
PRINT_WIDE, PRINT_HIGH = 7.5, 6.0
SCREEN_WIDE, SCREEN_HIGH, SCREEN_PIXELS = 4.2, 5.0, 600
NO_WEBGL = "This browser cannot draw a live map: it lacks WebGL, or lost it. Here is the map as a still picture."


def draw(view: View, shown: Map, draw_parts: Callable[[list[Element]], None]) -> None:
    """A map with its key, its source and its table twin; a click on a mark opens a profile, on a circle its list."""
    if shown.drawn != "live":
        st.image(_still(view, shown), alt=shown.alt, width="stretch")
        st.caption(words.plain(shown.note))
        twin(view, shown.rows, shown.about or shown.alt, f"map {shown.drawn}", "areas")
        return
    if view.printing or webgl.is_missing():
        if not view.printing:
            st.info(NO_WEBGL)
        _picture(view, shown)
    else:
        _clicked(view, _live(view, shown), draw_parts)
    if shown.rates:
        twin(view, shown.rows, shown.alt, "density", "areas")


def _live(view: View, shown: Map) -> Any:
    chosen: dict[str, Any] = {} if shown.rates else {"on_select": "rerun", "selection_mode": "single-object"}
    key = "density" if shown.rates else "map"
    with swiped(key):
        event = st.pydeck_chart(_deck(view, shown), height=HEIGHT, alt=shown.alt, key=key, **chosen)
        webgl.ask()
    st.caption(words.plain(shown.note))
    return event.selection.objects if chosen else {}


def _clicked(view: View, picked: dict[str, Any], draw_parts: Callable[[list[Element]], None]) -> None:
    if picked.get("organisations"):
        open_profile(view, picked["organisations"][0]["id"])
    if picked.get("places"):
        circle = picked["places"][0]
        here = places.at_place(view.cluster, view.chosen, circle["lat"], circle["lon"])
        listed = organisations.directory(view.cluster, here)
        said = f"{words.count(len(here), 'record')} known to be in {circle['town']}"
        note = captions.source_line(view.cluster)
        parts: list[Element] = [
            Heading(said),
            Records(f"Records in {circle['town']}", lambda: listed, lambda: listed, len(here), note),
        ]
        if view.shown:
            view.shown.page.add(*parts)
        draw_parts(parts)


def _picture(view: View, shown: Map) -> None:
    """A map as it is taken away, with its key and its source: for paper, or small enough to be read on a phone."""
    from cluster_data import pictures

    wide, high = (PRINT_WIDE, PRINT_HIGH) if view.printing else (SCREEN_WIDE, SCREEN_HIGH)
    drawn = pictures.map_picture(view.cluster, shown, palette(view.dark), wide, high)
    st.image(pictures.svg(drawn), alt=shown.alt, width="stretch" if view.printing else SCREEN_PIXELS)
    st.caption(words.plain(shown.note))


def _deck(view: View, shown: Map) -> Any:
    cluster, ground = view.cluster, drawn_once(view.cluster, view.dark, _ground)
    around = shown.circle
    rings, box, spot = None, ground.box(frozenset(shown.seen)), None
    if around:
        rings, box = maps.rings_around(around.lat, around.lon, [around.km / 2, around.km])
        spot = (around.lat, around.lon, around.name)
    looking = maps.view_of(box, HEIGHT, shown.closer)
    if shown.rates:
        return maps.density_map(ground, shown.rates(), looking)
    return maps.organisations_map(ground, shown.points(), shown.bubbles(), places.cities(cluster), looking, rings, spot)


def _ground(cluster: Cluster, dark: bool) -> maps.MapGround:
    """What lies under the marks of the live map."""
    borders, around = cluster.geojson("boundaries"), cluster.geojson("basemap")
    return maps.map_ground(borders, around, places.outline_groups(cluster), palette(dark))


def _still(view: View, shown: Map) -> str:
    colours = palette(view.dark)
    if shown.drawn == "area":
        close = _area_ground(view.cluster, shown.seen, view.dark)
        return stills.area_map(close, shown.points(), shown.bubbles(), colours)
    cities = places.cities(view.cluster)
    ground = drawn_once(view.cluster, view.dark, _region_ground)
    return stills.region_map(ground, shown.points(), shown.bubbles(), cities, colours)


def _region_ground(cluster: Cluster, dark: bool) -> stills.Ground:
    borders, around = cluster.geojson("boundaries"), cluster.geojson("basemap")
    return stills.region_ground(borders, around, places.outlined(cluster), palette(dark))


@remembered
def _area_ground(cluster: Cluster, codes: tuple[str, ...], dark: bool) -> stills.AreaGround:
    return stills.area_ground(_shapes(cluster), codes, palette(dark))


@remembered
def _shapes(cluster: Cluster) -> stills.Shapes:
    return stills.shapes_of(cluster.geojson("boundaries"), cluster.geojson("basemap"))
