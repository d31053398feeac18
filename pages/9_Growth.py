"""Where do we stand, and how far is the target?"""

import streamlit as st

from cluster_data import charts, ui
from cluster_data.measures import goals, indicators, pace
from cluster_data.words import plain

view = ui.begin(__doc__)
cluster, about = view.cluster, indicators.about_region(view.cluster)
answer = st.container()

measures = pace.measures(cluster)
if not measures:
    with answer:
        ui.headline(view, goals.nothing_to_reach(cluster), about=about)
else:
    with st.grid(2, min_column_width=240):
        measure = ui.first_of("Goals for", "measure", measures, resets=["baseline"])
        known = pace.baseline_labels(cluster, measure)
        baseline = ui.first_of("Counted from", "baseline", known, placeholder="No baseline is known")
    drawing, asked = st.container(), st.container()
    starts, ends = pace.years_offered(cluster)
    with st.grid(4, min_column_width=200):
        since = ui.chosen_id("Goals without a year: from", "since", starts, default=list(starts)[-1])
        until = ui.chosen_id("Goals without a year: until", "until", ends, default=pace.goal_year(cluster))
    counting = pace.Counting(measure, baseline, int(since), int(until))
    with answer:
        ui.headline(view, goals.target_finding(cluster, counting), about=about)
        ui.paragraph(view, plain(goals.on_pace(cluster, counting)))
    way, heading = goals.path(cluster, counting), goals.path_finding(cluster, counting)
    if len(way):
        with drawing:
            ui.section(view, heading)
            ui.path_to_goal(view, lambda ground: charts.path_chart(way, ground), way, heading)
    with asked:
        ui.section(view, "What each goal asks for a year")
    ui.figures(view, goals.goals_in_words(cluster, counting), notes=True)
    named = f"Goals for {measures[measure]} and their yearly pace"
    table = goals.goals_table(cluster, counting)
    ui.table_twin(view, table, named, "goals", "indicators", note=goals.TABLE_SOURCE)
    ui.subsection(view, "What this takes for granted")
    ui.bullets(view, goals.assumptions(cluster, counting))
with answer:
    st.markdown(indicators.filter_note(cluster, view.chosen))

ui.section(view, "The regions side by side")
series, left_out = indicators.complete_series(cluster), indicators.not_compared(cluster)
if not series:
    st.info("No series holds every region, so none is compared.")
else:
    with st.grid(2, min_column_width=240):
        metric = ui.first_of("Compare by", "metric", series)
    rows, finding = indicators.compared(cluster, metric), indicators.region_finding(cluster, metric)
    ui.subsection(view, finding)
    ui.paragraph(view, indicators.series_about(cluster, metric))
    ui.regions(view, lambda ground: charts.regions_chart(rows, ground), rows, metric)

ui.section(view, "Where we stand: the published figures")
topics = indicators.topic_labels(cluster)
if not topics:
    st.info(f"The data holds no published figure of {plain(cluster.pack.the_region)}.")
else:
    with st.grid(4, min_column_width=200):
        topic = ui.first_of("Topic", "topic", topics)
        notes = ui.one_of("Notes on other figures", "notes") == ui.CHOICES["notes"][1]
    st.markdown(f"**{plain(indicators.topic_in_words(cluster, topic))}**")
    for question, said in indicators.answers(cluster, topic).items():
        ui.answers(view, question, said)
    ui.other_figures(view, topic, notes)
if len(left_out):
    label = f"Not compared between regions, because some are missing: {len(left_out)} series"
    ui.table_twin(view, left_out, "Series that are not compared", "left out", "comparisons", label)
ui.foot(view)
