"""What does my place look like?"""

import streamlit as st

from cluster_data import ui
from cluster_data.measures import findings

view = ui.begin(__doc__)
cluster, chosen = view.cluster, view.chosen

answer = st.container()
places = {label: label for label in cluster.area_codes}
asked = ui.chosen_id("Area", "in", places, "Choose an area or a group of areas")
area = ui.area.area_of(view, asked)
if area:
    with answer:
        ui.area.answer(view, area)
    ui.area.area_note(view, area, asked)
    ui.area.beside_region(view, area)
    ui.area.firms_by_d(view, area)
    ui.area.who_is_in(view, area)
    ui.area.help_here(view, area)
    ui.area.links_here(view, area)
    ui.area.similar_areas(view, area)
else:
    with answer:
        ui.headline(view, findings.where_firms_are(cluster, chosen))
    ui.area.area_list(view)
ui.foot(view)
