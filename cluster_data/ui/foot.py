"""What stands below every page, and what is said where the files as they are now hold faults."""

import streamlit as st

from cluster_data.model import words
from cluster_data.ui import failures, take_away
from cluster_data.ui.frame import STAGE, View, link_to


def foot(view: View) -> None:
    """How things are counted, where to learn more, the licence lines."""
    take_away.offer(view)
    failures.tell(view)
    st.divider()
    pack, draft = view.cluster.pack, view.shown.page.draft if view.shown else None
    left_out = [f"{draft.left_out}."] if draft and draft.left_out and not view.bare else []
    st.caption(words.plain(" ".join([*left_out, f"Data as known in {pack.as_of_words}.", *pack.licences])))
    if view.bare:
        # What stands alone says what is chosen, and where the whole is.
        if view.printing or view.page.url_path != STAGE:
            link = take_away.link_of_view()
            whole = draft.whole_statement().rstrip(".") if draft else ""
            st.markdown(f"{words.plain(whole)}. The whole view: [{words.plain(link)}](<{link}>)")
        return
    with st.container(horizontal=True):
        link_to("Data", "Sources and what we do not know", "table_rows")
        link_to("About", "How it is counted", "info")


def faults(view: View) -> None:
    """If the files as they are now hold faults, say so, and that the last good data is shown."""
    found = view.loaded.faults
    if not found:
        return
    st.warning(
        f"The data files were changed and now hold {words.count(len(found), 'fault')}. "
        "What you see is the last good data."
    )
    with st.expander("The faults"):
        for fault in found[:50]:
            st.text(str(fault))
