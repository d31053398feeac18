"""On what terms can I use this?"""

import streamlit as st

from cluster_data import ui
from cluster_data.measures import findings
from cluster_data.measures.help import LENSES
from cluster_data.words import first_upper, plain

view = ui.begin(__doc__)
cluster, pack = view.cluster, view.cluster.pack
ui.headline(view, f"{pack.name}: free to use, with its sources named")

st.subheader("What this is", anchor=False)
st.markdown(
    f"One open place for what is publicly known of health technology in {plain(pack.the_region)}: firms, universities, NHS "
    "bodies, research assets, support on offer, and the challenges that firms named. It is compiled from public pages and "
    f"open official data as known in {plain(pack.as_of_words)}. It is not official statistics."
)

st.subheader("How things are counted", anchor=False)
st.markdown(
    "- **Firms** counted at first are *core* firms. Other roles are added with *Firms by role*.\n"
    "- A firm counts **once in any total**. By D it counts under each of its Ds, unless *primary* is chosen.\n"
    "- **NHS trusts** are those not dissolved. Integrated care boards stand apart.\n"
    "- **Help** leaves out what is known to be closed. *Continuing* holds for the year beside it.\n"
    "- **Per 100,000 residents** divides firms of an area by its residents, whose year stands beside the figure.\n"
    "- **Unknown** is a category of its own. It is shown and never filled by a guess.\n"
    "- Figures of different years or definitions are never added up."
)
st.table(findings.word_list(cluster), hide_index=True, alt="What the words mean")
st.markdown("\n".join(f"- **{first_upper(lens.name)}**: {plain(lens.definition)}" for lens in LENSES))

st.subheader("What it cannot tell", anchor=False)
st.markdown("\n".join(f"- {plain(limit)}" for limit in pack.limits))

st.subheader("Positions", anchor=False)
st.markdown(
    "Only records with a full postcode are drawn as points, to about 100 metres. Records known by postcode sector or town "
    "share one numbered circle in its middle. Records without either are counted as not on the map. Distances are straight "
    "lines. Borders are simplified for drawing."
)

st.subheader("Licences", anchor=False)
st.markdown("\n".join(f"- {plain(licence)}" for licence in pack.licences))
st.markdown(
    "Facts and figures may be reused with their source named. Summaries are in our own words. Names of organisations belong "
    "to them; a listing is no endorsement."
)

st.subheader("Privacy", anchor=False)
st.markdown(
    "The dashboard stores organisations, never people: no personal names, e-mail addresses or telephone numbers. It does not "
    "track visitors, sets no cookie but the one that guards forms against misuse, and asks nothing of any other host. What "
    "you choose stands in the address of the page and nowhere else."
)

st.subheader("Correct a record", anchor=False)
st.markdown(
    "Open the record under *Organisations* and choose *Suggest a correction*: the message holds its id. Please give a public "
    "source."
)

st.subheader("Accessibility", anchor=False)
st.markdown(
    "This dashboard aims at WCAG 2.2, levels A and AA, and is **partially compliant**. It is tested with axe-core on every "
    "page, at two widths and in both themes, each time the code changes. Known to fail or to fall short:\n"
    "- The map and long lists are drawn on a canvas. Each has a list or a table beside it, a download, and choices of place "
    "and zoom that work by keyboard; the drawing itself cannot be reached by keyboard.\n"
    "- Cells of the heat map cannot be chosen by keyboard. The two boxes *Challenge* and its column do the same.\n"
    "- Screen readers are not told when a choice changes the figures; the sentence below the title states the choice.\n"
    "- The framework’s shortcut keys cannot be switched off.\n\n"
    "Automatic tests find only part of what can be wrong. Tell us of anything that stops you by the same way as a correction."
)
ui.foot(view)
