"""Where is everything?"""

import streamlit as st

from cluster_data import maps, ui
from cluster_data.cluster import Cluster
from cluster_data.load import drawn_once
from cluster_data.measures import captions, findings, organisations, places
from cluster_data.palette import palette
from cluster_data.words import count, listing, plain

HEIGHT = 520
SHOW = ("organisations", "firms per 100,000 residents")
WITHIN = ("10", "2", "5", "20", "40")
CLOSER = ("0", "1", "2", "3", "4")


def map_ground(cluster: Cluster, dark: bool) -> maps.MapGround:
    """What lies under the marks of the map."""
    borders, around = cluster.geojson("boundaries"), cluster.geojson("basemap")
    return maps.map_ground(borders, around, places.outline_groups(cluster), palette(dark))


view = ui.begin(__doc__)
cluster, chosen = view.cluster, view.chosen
ui.headline(view, findings.where_firms_are(cluster, chosen))

with st.grid(4, min_column_width=160):
    show = ui.one_of(view.page, "Show", "show", SHOW)
    st.text_input("Near a postcode or place", key="near", bind="query-params", placeholder="B15 2TT or Malvern")
    within = float(ui.one_of(view.page, "Within (km)", "within", WITHIN))
    closer = int(ui.one_of(view.page, "Zoom in by", "zoom", CLOSER))

place, close_names = places.find_place(cluster, st.session_state.near or "")
if st.session_state.near and place is None:
    hint = f" Did you mean {listing(close_names, 'or')}?" if close_names else " Try a town or a postcode of the region."
    st.warning(f"No place “{plain(st.session_state.near)}” is known.{plain(hint)}")

ground = drawn_once(cluster, view.dark, map_ground)
rings, box = None, ground.box(chosen.area_codes(cluster))
if place:
    rings, box = maps.rings_around(place.lat, place.lon, [within / 2, within])
looking = maps.view_of(box, HEIGHT, closer)

if show == SHOW[0]:
    points, bubbles = places.points(cluster, chosen), places.bubbles(cluster, chosen)
    spot = (place.lat, place.lon, place.name) if place else None
    deck = maps.organisations_map(ground, points, bubbles, looking, rings, spot)
    ui.clickable_map(view, deck, HEIGHT, f"Map of organisations: {chosen.words(cluster)}")
    st.caption(captions.map_marks(cluster, chosen))
else:
    table = places.firms_per_100_000(cluster, chosen)
    deck = maps.density_map(ground, table, looking)
    alt = f"Map of {chosen.words(cluster)} per 100,000 residents by local authority"
    st.pydeck_chart(deck, height=HEIGHT, alt=alt, key="density")
    st.caption(captions.density_key(cluster, table))
    ui.table_twin(places.density_in_words(table), alt, "density")

if place:
    near = places.near(cluster, chosen, place, within)
    st.header(f"{count(len(near), 'record')} within {within:g} km of {plain(place.name)}", anchor=False)
    st.caption(f"Distances from {plain(place.said)}, in a straight line; “about” where a position is approximate.")
    ui.records(organisations.near_in_words(cluster, near), "near", f"Records near {place.name}")
if show == SHOW[0]:
    total = organisations.placed(cluster, chosen)
    st.header(f"All {count(total, 'organisation')} of this choice", anchor=False)
    first = organisations.on_map(cluster, chosen, ui.MOST)
    ui.records(first, "all", "The organisations of the map", total, lambda: organisations.on_map(cluster, chosen))
ui.foot(view)
