"""What does each D hold?"""

import streamlit as st

from cluster_data import charts, ui
from cluster_data.measures import captions, counts, findings

view = ui.begin(__doc__)
cluster, chosen = view.cluster, view.chosen.but(kinds=())
by_d = counts.by_d(cluster, chosen)

ui.headline(view, findings.which_d_leads(cluster, chosen))
ui.small_print(view, ui.overlap_note(view))
source = ui.source_line(view)
sorts = {sort: label for sort, label in cluster.plurals("sort").items() if sort in by_d}
ui.figure(
    view,
    lambda ground: charts.by_d_chart(by_d, sorts, ground),
    counts.by_d_in_words(cluster, by_d),
    f"Records by D: {chosen.words(cluster)}",
    "by_d",
    source,
    "ds",
)

left, right = ui.beside(view, [1, 1])
with left:
    ui.section(view, findings.how_match_matters(cluster, chosen))
    compared = counts.matches_compared(cluster, chosen)
    ui.figure(
        view,
        lambda ground: charts.matches_compared_chart(compared, by_d[ground.d_column], ground),
        compared.drop(columns="d").rename(columns={"label": "D", "any": "Any D", "primary": "Primary D"}),
        f"Firms by any D and by primary D: {chosen.words(cluster)}",
        "matches",
        f"Firms. Open mark: the D is any of the firm’s Ds; filled: its primary D. {source}",
        "ds",
    )
with right:
    ui.section(view, findings.how_many_span(cluster, chosen))
    spanning = counts.firms_spanning(cluster, chosen).reset_index()
    ui.table(view, spanning, "Firms with both of two Ds", "ds", f"{captions.SPANNING} {captions.source_line(cluster)}")
    st.caption(f"{captions.SPANNING} {source}")

answer = st.container()
cut = ui.one_of("Split firms by", "split")
split = counts.firms_split(cluster, chosen, cut, cluster.pack.as_of.year)
with answer:
    ui.section(view, captions.split_finding(split, cut))
ui.figure(
    view,
    lambda ground: charts.shares_chart(split, ground),
    split.rename(columns={"label": cut.capitalize(), "all": "All firms"}),
    f"Firms by {cut}: {chosen.words(cluster)}",
    "split",
    f"Firms; each counts once. Outlined bar: not known. {source}",
)

ui.section(view, findings.where_firms_are(cluster, chosen))
areas = counts.firms_by_area(cluster, chosen).query("all > 0")
ui.figure(
    view,
    lambda ground: charts.shares_chart(areas, ground),
    counts.firms_by_area_in_words(areas),
    f"Firms by area: {chosen.words(cluster)}",
    "areas",
    f"Firms; areas without any are left out. Outlined bar: area not known. {source}",
    "areas",
)

jobs = counts.head_counts(cluster, chosen)
ui.section(view, captions.jobs_known(cluster, chosen))
ui.small_print(view, "Years and scopes differ, and some figures are worldwide, so they are never added up.")
label = "The firms with a known number of employees"
ui.table_twin(view, counts.head_counts_in_words(jobs), label, "jobs", label=label)
ui.firms_of_choice(view, chosen)
ui.foot(view)
