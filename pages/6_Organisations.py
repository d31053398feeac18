"""Who is here?"""

import streamlit as st

from cluster_data import ui
from cluster_data.measures import captions, findings, organisations
from cluster_data.words import plain

view = ui.begin(__doc__)
cluster, chosen = view.cluster, view.chosen
answer = st.container()
names = organisations.names(cluster)
with st.grid(3, min_column_width=240):
    ui.search_box()
    org = ui.chosen_id("Profile", "org", names, "Choose an organisation by name")
    other = ui.chosen_id("Compare with", "compare", names, "Choose another")
if other and not org:
    st.info("Choose a profile too, to see both side by side.")

if org:
    with answer:
        ui.link_to(view, "Organisations", "All organisations", "arrow_back")
        if other:
            ui.compared(view, [org, other])
        else:
            ui.profile(view, org)
    st.caption(f"Your choice of records stays: {plain(chosen.statement(cluster))}")
else:
    with answer:
        ui.headline(view, findings.who_is_here(cluster, chosen))
    total = int(chosen.keeps(cluster).sum())
    ui.section(view, captions.listed_in_words(chosen, cluster, total))
    ui.paragraph(view, captions.listed_once(cluster, chosen))
    ui.records(
        view,
        organisations.directory(cluster, organisations.found(cluster, chosen, ui.MOST)),
        "directory",
        "Directory of records",
        total,
        lambda: organisations.directory(cluster, organisations.found(cluster, chosen)),
    )
ui.foot(view)
