"""What is here for an investor?"""

import streamlit as st

from cluster_data import ui
from cluster_data.measures import captions, invest, investors
from cluster_data.words import plain

view = ui.begin(__doc__)
cluster, chosen = view.cluster, view.chosen.but(kinds=())

picks = ui.shortlisted(view)
ui.headline(view, invest.shortlist_finding(cluster, picks) if picks else invest.finding(cluster, chosen))
ui.shortlist(view)
st.caption("Nothing here is scored or ranked by worth: what no source says is shown as not known.")

stages = invest.by_stage(cluster, chosen)
ui.section(view, invest.stages_known(stages))
with st.grid(5, min_column_width=150):
    for row in stages.itertuples():
        ui.stage_tile(view, row, stages["firms"].max())
st.caption(f"Firms; each counts once. {invest.FUNDED_MEANS} {ui.source_line(view)}")
ui.table_twin(view, invest.by_stage_in_words(stages), f"Firms by stage: {chosen.words(cluster)}", "stages")
about = f"What is known of {chosen.words(cluster)}"
ui.table_twin(view, invest.known(cluster, chosen), about, "known", label="How much is known of these firms")

answer = st.container()
with st.grid(4, min_column_width=160):
    spinout = ui.one_of("Origin", "spinout")
    funded = ui.one_of("Funding", "funded")
    linked = ui.one_of("Trusts", "linked")
    order = ui.one_of("In order", "order")
kept = invest.in_order(invest.kept(cluster, chosen, spinout, funded, linked), order)
with answer:
    ui.section(view, invest.list_in_words(kept, stages["firms"].sum(), spinout, funded, linked))
    st.caption(invest.order_said(kept, order))
ui.records(
    view,
    invest.listed(cluster, kept.head(ui.MOST)),
    "firms",
    f"For investors: {chosen.words(cluster)}",
    len(kept),
    lambda: invest.listed(cluster, kept),
)
st.caption(plain(f"{invest.LIST_NOTE} {captions.confidence_words(cluster)}"))

rows = investors.funded(cluster, chosen)
ui.section(view, investors.funded_said(rows))
if len(rows):
    about = f"Who funds {chosen.words(cluster)}"
    ui.records(view, rows.head(ui.MOST), "funded", about, len(rows), lambda: rows, links=True)

offers = investors.support_that_invests(cluster, chosen)
ui.section(view, investors.support_said(cluster, offers))
st.caption("Chosen by area and D alone, in the order of Find support; an offer that names no D is open to every D.")
if len(offers):
    support = investors.support_in_words(cluster, offers)
    about, first = "Support that invests or lends", support.head(ui.MOST)
    ui.records(view, first, "support", about, len(support), lambda: support, links=True)
ui.link_to(view, "Find_support", "Find support of other kinds")

ui.investors_seen(view)
ui.foot(view)
