"""Who can help with this?"""

import streamlit as st

from cluster_data import ui
from cluster_data.measures import places, reasons, support
from cluster_data.words import plain

view = ui.begin(__doc__)
cluster, chosen = view.cluster, view.chosen
answer = st.container()

with st.grid(4, min_column_width=176):
    asked = ui.chosen_id("Challenge or theme", "need", reasons.can_be_asked(cluster), "Any")
    ui.ds_box(cluster)
    stage = ui.chosen_id("Stage of the product", "help_stage", cluster.labels("offer_stage"), "Any stage")
    typed = ui.text_of("Where you are", "near", "Postcode, town or borough")
listed = st.container()
with st.grid(4, min_column_width=200):
    most = int(ui.one_of("How many to show", "most"))
    theme = ui.chosen_id("Within a theme", "theme", reasons.themes(cluster), "Any theme")
    ended = ui.one_of("Help known to have ended", "ended") != ui.CHOICES["ended"][0]

place, close_names = places.find_place(cluster, typed)
chosen = chosen.but(ended=ended)
need = support.Need(asked or "", stage or "", place, theme or "")
found = support.ranked(cluster, chosen, need)
with answer:
    ui.headline(view, reasons.finding(cluster, chosen, need))
    if len(found):
        st.markdown(plain(reasons.names_in_order(found)))
with listed:
    ui.paragraph(view, plain(reasons.how_they_fit(cluster, chosen, need)))
    if typed and place is None:
        ui.no_such_place(view, typed, close_names)
    if place:
        st.markdown(plain(reasons.place_in_words(cluster, place)))
    if len(found):
        ui.help_list(view, reasons.list_in_words(cluster, chosen, need, found.head(most)))
        st.caption(f"{reasons.how_many_shown(cluster, chosen, need, most)} {ui.source_line(view)}")
        ui.download(
            view,
            lambda: reasons.for_download(reasons.list_in_words(cluster, chosen, need, found)),
            f"Help {reasons.asked_in_words(cluster, chosen, need)}",
            f"Download all {len(found):,} as CSV",
        )
    else:
        close = reasons.close_in_words(cluster, chosen, need)
        ui.section(view, "What comes closest" if len(close) else "Nothing comes close either")
        ui.help_list(view, close)

ui.section(view, "How this list is ordered")
ui.paragraph(view, plain(reasons.rule(cluster)))
ui.foot(view)
