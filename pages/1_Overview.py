"""How big is the cluster, and where is its weight?"""

import streamlit as st

from cluster_data import map_parts, stills, ui
from cluster_data.cluster import Cluster
from cluster_data.load import drawn_once
from cluster_data.measures import counts, findings, places
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
ui.small_print(view, f"{ui.overlap_note(view)} {ui.source_line(view)}")
ui.table_twin(view, counts.by_d_in_words(cluster, by_d), f"Records by D: {chosen.words(cluster)}", "by_d", "ds")

where, worth = ui.beside(view, [3, 2])
with where:
    ui.section(view, findings.where_firms_are(cluster, chosen))
    firms = chosen.but(kinds=("company",))
    picture = stills.region_map(
        drawn_once(cluster, view.dark, ground),
        places.points(cluster, firms),
        places.bubbles(cluster, firms),
        places.cities(cluster),
        palette(view.dark),
    )
    ui.still_map(
        view, picture, map_parts.map_of_firms(cluster, chosen), f"Firms by area: {chosen.words(cluster)}", "areas"
    )
with worth:
    known = findings.worth_knowing(cluster, chosen)
    ui.section(view, "Worth knowing" if known else "Nothing of this choice is known")
    for finding in known:
        with st.container(border=True):
            ui.paragraph(view, f"**{plain(finding.said)}** {plain(finding.detail)}")
            ui.link_to(view, finding.page, finding.invitation, **finding.parameters)

ui.section(view, "What the region says of itself")
ui.figures(view, findings.headline_figures(cluster), "What the region says of itself")
with st.container(horizontal=True):
    ui.link_to(view, "Growth", "How far the targets are")
    ui.link_to(view, "Areas", "What your place looks like")
    ui.link_to(view, "Find_support", "Who can help with a need")
ui.foot(view)
