"""Who works with whom?"""

import streamlit as st

from cluster_data import charts, ui
from cluster_data.measures import network, organisations, suggestions
from cluster_data.measures import network_words as said
from cluster_data.words import plain

FIRST = 12

view = ui.begin(__doc__)
cluster, chosen = view.cluster, view.chosen
names, kinds = organisations.names(cluster), ui.kinds_of_link(cluster)

answer = st.container()
with st.grid(2, min_column_width=240):
    kind = kinds[ui.one_of("Kind of link", "link", list(kinds))]
    offered = suggestions.linked_or_suggestible(cluster)
    hint = "Choose one, or a mark below"
    around = ui.chosen_id("Look at one organisation", "around", names, hint, offered=offered)
with answer:
    ui.headline(view, said.finding(cluster, chosen, kind, around))
    if around:
        ui.link_to(view, "Organisations", f"Profile of {plain(names[around])}", "domain", org=around)

if len(drawn := network.drawn(cluster, chosen, kind)):
    joined, sorts = network.lines(cluster, chosen, kind), cluster.plurals("sort")
    event = ui.figure(
        view,
        lambda ground: charts.network_chart(drawn, joined, sorts, ground, around),
        lambda: said.links_in_words(cluster, chosen, kind),
        f"Network of links: {chosen.words(cluster, 'records')}",
        "network",
        f"{plain(said.what_is_shown(cluster, chosen, kind, around))} {said.KEY} {ui.source_line(view)}",
        "links",
        on_select="rerun",
        selection_mode="points",
    )
    ui.follow_click(event, ("around",))

if around:
    links, partners = said.links_around(cluster, around, kind), suggestions.partners_for(cluster, around, None, chosen)
    ui.section(view, said.links_found(links))
    if len(links):
        ui.records(view, links, "around", f"Links of {names[around]}")
    ui.section(view, said.partners_found(cluster, around, partners))
    ui.partners(view, partners.head(FIRST))
    more = said.first_of(FIRST, len(partners))
    st.caption(f"{suggestions.REASONS} {suggestions.RULE_FOR_ONE} {more} {ui.source_line(view)}")
    ui.download(view, lambda: said.for_download(partners), f"Who might meet {names[around]}")
elif len(drawn):
    across, about = network.bridges(cluster, chosen, kind), "Organisations linked with most others"
    ui.section(view, about)
    ui.records(view, said.connected_in_words(cluster, network.most_connected(cluster, chosen, kind)), "most", about)
    ui.section(view, said.bridges_found(across))
    ui.small_print(view, said.BRIDGE)
    if len(across):
        first, about = said.bridges_in_words(cluster, across.head(ui.MOST)), "Bridges between the three parts"
        ui.records(view, first, "bridges", about, len(across), lambda: said.bridges_in_words(cluster, across))

heading = st.container()
start, end = ui.two_ends(view, names)
heading.header(plain(said.path_finding(cluster, start, end, kind)), anchor=False)
if start and end:
    st.markdown(plain(said.path_detail(cluster, start, end, kind)))
    ui.path(view, network.path(cluster, start, end, kind))
st.caption(said.PATH)

if not around:
    pairs = len(suggestions.ranked(cluster, chosen))
    ui.section(view, said.pairs_found(pairs, suggestions.MOST_PAIRS))
    ui.pairs(view, suggestions.pairs_not_linked(cluster, chosen, FIRST))
    st.caption(f"{suggestions.REASONS} {suggestions.RULE} {said.first_of(FIRST, pairs)} {ui.source_line(view)}")
    if pairs:
        whole = suggestions.pairs_not_linked
        ui.download(view, lambda: said.for_download(whole(cluster, chosen)), "Pairs not yet linked")
ui.foot(view)
