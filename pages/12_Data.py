"""Where does this come from, how fresh is it, and how sure?"""

import streamlit as st

from cluster_data import charts, ui
from cluster_data.measures import captions, coverage, findings
from cluster_data.words import count, plain

view = ui.begin(__doc__)
cluster, chosen = view.cluster, view.chosen
ui.headline(view, findings.how_old(cluster, chosen).said.rstrip(","))
ui.faults(view)

ages = coverage.ages(cluster, chosen)
ui.section(view, coverage.ages_finding(cluster, chosen))
ui.table(view, coverage.ages_in_words(ages), "Records by age of their newest source", "sources")
several = captions.listed_once(cluster, chosen)
st.caption(f"Records of the choice by the year of their newest source. {several} {ui.source_line(view)}")

sure = coverage.sureness(cluster, chosen)
ui.section(view, coverage.sureness_finding(cluster, chosen))
ui.table(view, sure, "Records by confidence", "vocabulary")
st.caption(plain(captions.confidence_words(cluster)))

rests = coverage.foundations(cluster, chosen)
ui.section(view, coverage.foundations_finding(cluster, chosen))
ui.table(view, rests, "Records by number of sources", "sources")
st.caption(f"Records of the choice by how many sources they name. {ui.source_line(view)}")

ui.section(view, coverage.firms_finding(cluster, chosen))
by = ui.one_of("By", "by", ("D", "area"))
split = coverage.by_split_in_words(coverage.by_split(cluster, chosen, by), by)
ui.table(view, split, f"What is known of firms by {by}")
st.caption(f"Share of firms with each fact. Under ten firms no percentage is given. {ui.source_line(view)}")

ui.section(view, "Every table")
name = ui.one_of("Table", "table")
rows = cluster.table(name)
st.markdown(f"**{count(len(rows), 'row')}.** {plain(coverage.about(name))}")
ui.table_downloads(view, name)
known = coverage.known(cluster, name)
ui.figure(
    view,
    lambda ground: charts.coverage_chart(known, ground),
    coverage.known_in_words(known),
    f"Share of each column of {name} that is known",
    "coverage",
    f"Rows of {name} in which the column is filled, all rows of the table, whatever the filter. {ui.source_line(view)}",
    name,
)
with st.expander(f"What each column of {name} holds", expanded=view.printing):
    ui.table(view, coverage.dictionary(name), f"Data dictionary of {name}", name, "")
with st.expander(f"All rows of {name}"):
    st.dataframe(rows, hide_index=True, alt=f"All rows of {name}")
if name == "sources":
    ui.references(view)
ui.foot(view)
