"""Who is here?"""

import streamlit as st

from cluster_data import ui
from cluster_data.measures import captions, findings, organisations
from cluster_data.words import plain

view = ui.begin(__doc__)
cluster, chosen = view.cluster, view.chosen
answer = st.container()
with st.grid(2, min_column_width=260):
    ui.search_box()
    org = ui.chosen_id(view.page, "Profile", "org", organisations.names(cluster), "Choose an organisation by name")

if org:
    with answer:
        ui.link_to(view, "Organisations", "All organisations", "arrow_back")
        ui.profile(view, org)
    st.caption(f"Your choice of records stays: {plain(chosen.statement(cluster))}")
else:
    with answer:
        ui.headline(view, findings.who_is_here(cluster, chosen))
    total = int(chosen.keeps(cluster).sum())
    st.header(plain(captions.listed_in_words(chosen, cluster, total)), anchor=False)
    ui.records(
        view,
        organisations.directory(cluster, organisations.found(cluster, chosen, ui.MOST)),
        "directory",
        "Directory of records",
        total,
        lambda: organisations.directory_with_sources(cluster, organisations.found(cluster, chosen)),
    )
ui.foot(view)
