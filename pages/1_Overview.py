"""How big is the cluster, and where is its weight?"""

import streamlit as st

from cluster_data import stills, ui
from cluster_data.cluster import Cluster
from cluster_data.load import drawn_once
from cluster_data.measures import captions, counts, findings, places
from cluster_data.palette import palette
from cluster_data.words import plain


def ground(cluster: Cluster, dark: bool) -> stills.Ground:
    """What lies under the marks of the map."""
    borders, around = cluster.geojson("boundaries"), cluster.geojson("basemap")
    return stills.region_ground(borders, around, places.outlined(cluster), palette(dark))


view = ui.begin(__doc__)
cluster, chosen = view.cluster, view.chosen
by_d = counts.by_d(cluster, chosen.but(kinds=()))

ui.headline(view, findings.which_d_leads(cluster, chosen), f", {findings.company_kept(cluster, chosen)}.")
with st.grid(4, min_column_width=150):
    for row in by_d.itertuples():
        ui.tile(view, row, by_d["company"].max())
st.caption(f"{ui.overlap_note(view)} Assets and offers known to be closed are left out. {ui.source_line(view)}")
ui.table_twin(counts.by_d_in_words(cluster, by_d), f"Records by D: {chosen.words(cluster)}", "by_d", "ds")

where, worth = st.columns([3, 2], gap="large")
with where:
    st.header(plain(findings.where_firms_are(cluster, chosen)), anchor=False)
    firms = chosen.but(kinds=("company",))
    picture = stills.region_map(
        drawn_once(cluster, view.dark, ground),
        places.points(cluster, firms),
        places.bubbles(cluster, firms),
        places.cities(cluster),
        palette(view.dark),
    )
    st.image(picture, alt=captions.map_in_words(cluster, chosen), width="stretch")
    st.caption(f"{captions.map_key(cluster, chosen)} {ui.source_line(view)}")
    areas = counts.firms_by_area(cluster, chosen)
    ui.table_twin(counts.firms_by_area_in_words(areas), f"Firms by area: {chosen.words(cluster)}", "areas", "areas")
with worth:
    st.header("Worth knowing", anchor=False)
    for finding in findings.worth_knowing(cluster, chosen):
        with st.container(border=True):
            st.markdown(f"**{plain(finding.said)}** {plain(finding.detail)}")
            ui.link_to(view, finding.page, finding.invitation, **finding.parameters)

st.header("What the region says of itself", anchor=False)
ui.figures(findings.headline_figures(cluster))
with st.container(horizontal=True):
    ui.link_to(view, "Growth", "How far the targets are")
    ui.link_to(view, "Areas", "What your place looks like")
    ui.link_to(view, "Find_support", "Who can help with a need")
ui.foot(view)
