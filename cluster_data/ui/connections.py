"""Who is linked with whom, in words: a path step by step, and those who might meet."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from cluster_data import words
from cluster_data.ui import address
from cluster_data.ui.address import chosen_id
from cluster_data.ui.frame import View, profile_link
from cluster_data.ui.parts import cited


def two_ends(view: View, names: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The boxes for both ends of a path, sent when opened; the ends that stand in the address."""
    asked = bool(address.get("from") or address.get("to"))
    boxes = st.expander("Choose two organisations", expanded=asked, key="two ends", on_change="rerun")
    if not (asked or boxes.open):
        return None, None
    with boxes, st.grid(2, min_column_width=240):
        start = chosen_id("From", "from", names, "Choose an organisation")
        end = chosen_id("To", "to", names, "Choose another") if start or address.get("to") else None
    return start, end


def path(view: View, steps: pd.DataFrame) -> None:
    """Each step of a path with its year, what the source says and the source: the table of measures.network.path."""
    for row in steps.itertuples():
        year = f", {row.year}" if pd.notna(row.year) else ""
        note = f": {words.plain(row.note)}" if isinstance(row.note, str) else ""
        one, other = words.plain(row.one_name), words.plain(row.other_name)
        st.markdown(
            f"{row.step}\\. **{one}** {words.plain(row.said)} **{other}**{year}{note}. "
            f"Source: {cited(view, row.source_ids)}"
        )


def pairs(view: View, rows: pd.DataFrame) -> None:
    """Pairs that might meet, with why: the table of measures.suggestions.pairs_not_linked."""
    with st.grid(min_column_width=330):
        for row in rows.itertuples():
            with st.container(gap="xxsmall"):
                profile_link(view, row.one_name, row.one, "handshake")
                profile_link(view, row.other_name, row.other, "add")
                st.caption(words.plain(row.why))


def partners(view: View, rows: pd.DataFrame) -> None:
    """Whom one organisation might meet, with why: the table of measures.suggestions.partners_for."""
    with st.grid(min_column_width=330):
        for row in rows.itertuples():
            with st.container(gap="xxsmall"):
                profile_link(view, row.name, row.id, "handshake")
                st.caption(words.plain(row.why))
