"""Old links: ids that were merged into others are put right in the address, and the reader is told once."""

import streamlit as st

from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.link_words import Asked
from cluster_data.model.redirects import NAMING_RECORDS, Moved, moved_in_words


def _records(held: Asked) -> dict[str, list[str]]:
    return {key: list(held.get(key, ())) for key in NAMING_RECORDS}


def remember(page: str, moved: Moved, held: Asked) -> None:
    """Keep which ids of the link of a page were older ones, with what the address holds now."""
    if moved:
        st.session_state["moved"] = (page, moved, _records(held))


def tell(cluster: Cluster, page: str, held: Asked) -> None:
    """Say which ids of the link were older ones, as long as the records it names stay chosen."""
    place, moved, named = st.session_state.get("moved", (None, (), {}))
    if place != page or named != _records(held):
        st.session_state.pop("moved", None)
        return
    st.info(words.plain(moved_in_words(cluster, moved)))
