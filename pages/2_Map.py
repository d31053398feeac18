"""Where is everything?"""

import streamlit as st

from cluster_data import map_parts, maps, ui
from cluster_data.cluster import Cluster
from cluster_data.load import drawn_once
from cluster_data.measures import captions, findings, organisations, places
from cluster_data.palette import palette
from cluster_data.words import count, plain

HEIGHT = 520


def map_ground(cluster: Cluster, dark: bool) -> maps.MapGround:
    """What lies under the marks of the map."""
    borders, around = cluster.geojson("boundaries"), cluster.geojson("basemap")
    return maps.map_ground(borders, around, places.outline_groups(cluster), palette(dark))


view = ui.begin(__doc__)
cluster, chosen = view.cluster, view.chosen
answer = st.container()

with st.grid(4, min_column_width=160):
    show = ui.one_of("Show", "show")
    asked = ui.text_of("Near a postcode or place", "near", "Postcode, town or suburb")
    within = float(ui.one_of("Within (km)", "within"))
    closer = ui.CHOICES["zoom"].index(ui.one_of("Zoom", "zoom"))

place, close_names = places.find_place(cluster, asked)
near = places.near(cluster, chosen, place, within) if place else None
with answer:
    found = findings.map_finding(cluster, chosen, place, within, near, show != ui.CHOICES["show"][0])
    ui.headline(view, found, said=captions.near_statement(cluster, chosen, place, within, near))
    if place:
        ui.goes_without_saying(view, "near", "within")
        st.caption(f"Distances from {plain(place.said)}, in a straight line.")
if asked and place is None:
    ui.no_such_place(view, asked, close_names)

ground = drawn_once(cluster, view.dark, map_ground)
rings, box = None, ground.box(chosen.area_codes(cluster))
around = map_parts.circle(place, within)
if place:
    rings, box = maps.rings_around(place.lat, place.lon, [within / 2, within])
looking = maps.view_of(box, HEIGHT, closer)

if show == ui.CHOICES["show"][0]:
    points, bubbles = places.points(cluster, chosen), places.bubbles(cluster, chosen)
    spot = (place.lat, place.lon, place.name) if place else None
    deck = maps.organisations_map(ground, points, bubbles, places.cities(cluster), looking, rings, spot)
    ui.clickable_map(view, deck, HEIGHT, map_parts.map_of_organisations(cluster, chosen, around))
else:
    table = places.firms_per_100_000(cluster, chosen)
    deck = maps.density_map(ground, table, looking)
    ui.shaded_map(view, deck, HEIGHT, map_parts.map_of_density(cluster, chosen, around))

if place and near is not None:
    for approximate, heading in captions.near_parts(cluster, place, within, near):
        ui.section(view, heading)
        part = near[near["approximate"] == approximate]
        ui.records(
            view,
            organisations.near_in_words(cluster, part),
            f"near {approximate}",
            heading,
        )
if show == ui.CHOICES["show"][0]:
    total = organisations.placed(cluster, chosen)
    ui.section(view, f"All {count(total, 'organisation')} of this choice")
    first, about = organisations.on_map(cluster, chosen, ui.MOST), "The organisations of the map"
    ui.records(view, first, "all", about, total, lambda: organisations.on_map(cluster, chosen))
ui.foot(view)
