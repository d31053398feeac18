"""Old links: ids that were merged into others are put right in the address, and the reader is told once."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from cluster_data import words
from cluster_data.cluster import Cluster
from cluster_data.redirects import NAMING_RECORDS, moved_in_words, redirected
from cluster_data.ui.printing import on_paper


def follow(cluster: Cluster, page: StreamlitPage) -> None:
    """Rewrite the address by the ids that are used now. This must come before any widget.

    A view for paper first opens its own address anew, in a session of its own: that is the one to tell of it.
    """
    asked = {key: st.query_params.get_all(key) for key in st.query_params}
    now, moved = redirected(cluster, asked)
    if moved and "print" in asked and not st.context.is_embedded:
        on_paper()
        st.stop()
    if moved:
        named = {key: values for key, values in now.items() if key in NAMING_RECORDS}
        st.session_state["moved"] = (page.url_path, moved, named)
        st.switch_page(page, query_params=now)


def tell(cluster: Cluster, page: StreamlitPage) -> None:
    """Say which ids of the link were older ones, as long as the records it names stay chosen."""
    path, moved, named = st.session_state.get("moved", (None, (), {}))
    if path != page.url_path or named != {key: st.query_params.get_all(key) for key in named}:
        st.session_state.pop("moved", None)
        return
    st.info(words.plain(moved_in_words(cluster, moved)))
