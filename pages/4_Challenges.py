"""Which challenge meets which D, and where is help missing?"""

import streamlit as st

from cluster_data import charts, ui
from cluster_data.measures import captions, help, organisations, reasons, support
from cluster_data.words import first_upper, plain

view = ui.begin(__doc__)
cluster, chosen = view.cluster, view.chosen

answer = st.container()
choices = st.grid(4, min_column_width=150)
with choices:
    lens = help.LENS[ui.one_of("Lens", "lens")]
    by = ui.one_of("Columns by", "by", resets=["column"])
if by not in lens.splits:
    st.warning(plain(captions.no_such_split(lens, by)))
    ui.goes_without_saying(view, "by")
    by = lens.splits[0]
grid = help.challenge_grid(cluster, chosen, lens.name, by)
titles = help.challenge_labels(grid)
labels = dict(zip(grid["column"], grid["label"], strict=True))
with choices:
    challenge = ui.chosen_id("Challenge", "challenge", titles, "Choose a challenge")
    column = ui.chosen_id(first_upper(by), "column", labels, "All columns")

with answer:
    ui.headline(view, captions.challenges_finding(cluster, chosen, grid, lens, by, challenge, column))
ui.small_print(view, f"**{first_upper(lens.name)}**: {plain(lens.definition)} {captions.how_split(lens, by)}")
st.caption("Choose a cell, or a challenge in the box above, to see what is behind it.")
alt = f"{first_upper(lens.name)} by challenge and {by}: {chosen.words(cluster)}"
event = ui.figure(
    view,
    lambda ground: charts.challenge_grid_chart(grid, ground, (challenge, column)),
    help.grid_in_words(grid),
    alt,
    "grid",
    f"{first_upper(lens.unit)}. {ui.source_line(view)}",
    "challenges",
    on_select="rerun",
    selection_mode="points",
)
ui.follow_click(event, ("challenge", "column"))

if challenge:
    ui.section(view, captions.cell_title(titles[challenge], labels.get(column)))
    ui.paragraph(view, plain(help.meaning(cluster, challenge)))
    behind = support.behind_cell(cluster, chosen, lens.name, by, challenge, column)
    for sort, heading in captions.cell_parts(behind, by, column):
        if not len(behind[sort]):
            ui.paragraph(view, f"**{heading}**")
        else:
            st.markdown(f"**{heading}**")
            ui.records(
                view,
                organisations.behind_in_words(cluster, behind[sort]),
                sort,
                f"{heading}: {captions.cell_title(titles[challenge], labels.get(column))}",
            )
    asked = reasons.address_of_cell(cluster, chosen, by, challenge, column)
    ui.link_to(view, "Find_support", "Who can help with this?", "handshake", **asked)
    if not len(behind["offer"]) and not len(behind["asset"]):
        ui.notice(view, plain(captions.nearest_miss(cluster, chosen, lens, by, challenge, titles[challenge])))
ui.foot(view)
