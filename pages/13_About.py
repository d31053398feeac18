"""On what terms can I use this?"""

import streamlit as st

from cluster_data import ui
from cluster_data.measures import captions
from cluster_data.measures.help import LENSES
from cluster_data.words import bullets, first_upper, plain

view = ui.begin(__doc__)
cluster, pack = view.cluster, view.cluster.pack
ui.headline(view, f"{pack.name}: free to use, with its sources named")
ui.prose("about.md", the_region=pack.the_region, as_of=pack.as_of_words)

ui.section(view, "What the words mean")
ui.table(view, captions.word_list(cluster), "What the words mean", "vocabulary")
st.markdown(bullets(f"**{first_upper(lens.name)}**: {plain(lens.definition)}" for lens in LENSES))

ui.section(view, "What it cannot tell")
ui.bullets(view, pack.limits)

ui.section(view, "Licences")
ui.bullets(view, pack.licences)
ui.foot(view)
