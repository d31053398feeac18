"""The story that is gathered on this visit: a button on every page, and in the sidebar what is gathered, in its order.

The tab keeps the story over reloads; the address of the story keeps it for good.
"""

from collections.abc import Sequence

import streamlit as st

from cluster_data.measures import organisations
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.filters import filter_of_link
from cluster_data.model.link_words import OF_EVERY_PAGE
from cluster_data.model.page_files import page_title
from cluster_data.model.tables.story import SCENES
from cluster_data.scenes import MOST_VIEWS, scenes_of_link
from cluster_data.ui import address
from cluster_data.ui.address import STAGE, page_file

GATHER, LONGEST = "add to my story or take out", 64
HIGH, MOST_SEEN = 320, 3  # pixels of the tray, once it holds more views than this
LASTING = "Kept until this tab is closed; the address of the story keeps it for good."


def _keep(story: list[str]) -> None:
    address.keep_in_tab(STAGE, story)


def gather(page: str) -> None:
    """The button that adds the view to the story or takes it out, on pages that can be scenes; then the way to it."""
    story, asked = address.kept(STAGE), address.query()
    here = f"{page}?{asked}" if asked else page
    if page not in SCENES:
        return
    if here in story:
        rest = [view for view in story if view != here]
        st.button("Take it out of my story", GATHER, on_click=_keep, args=[rest], icon=":material/remove:")
        _way_to(story)
    else:
        full = len(story) >= MOST_VIEWS
        add = "My story is full" if full else "Add to my story"
        st.button(add, GATHER, on_click=_keep, args=[[*story, here]], icon=":material/add:", disabled=full)


def tray(cluster: Cluster) -> None:
    """The way to present what is gathered, and each view of it in its order, to be moved or removed."""
    story = address.kept(STAGE)
    if not story:
        return
    _way_to(story)
    with st.container(height=HIGH if len(story) > MOST_SEEN else "content", gap="xsmall", border=False):
        for place, view in enumerate(story):
            st.markdown(f"{place + 1}\\. {words.plain(said_of(cluster, view))}")
            rest = [*story[:place], *story[place + 1 :]]
            with st.container(horizontal=True, gap="small"):
                for label, icon, to in (("Up", "arrow_upward", place - 1), ("Down", "arrow_downward", place + 1)):
                    if 0 <= to < len(story):
                        hint = f"Move view {place + 1} of my story {label.lower()}"
                        _button(label, hint, icon, place, [*rest[:to], story[place], *rest[to:]])
                _button("Remove", f"Remove view {place + 1} of my story", "close", place, rest)
    st.caption(LASTING)
    st.divider()


def said_of(cluster: Cluster, view: str) -> str:
    """A view in words: its page, and what it asks for there, records by their names, or else its choice."""
    (scene,) = scenes_of_link([view])
    asked, names = dict(scene.asked), organisations.names(cluster)
    besides = [names.get(value, value) for key, values in asked.items() if key not in OF_EVERY_PAGE for value in values]
    chosen, _ = filter_of_link(cluster, asked)
    said = words.listing(filter(None, besides)) or chosen.words(cluster)
    return words.cut(f"{page_title(scene.page)}: {said}", LONGEST)


def _button(label: str, hint: str, icon: str, place: int, story: list[str]) -> None:
    key = f"{label} {place} of my story"
    st.button(label, key, hint, on_click=_keep, args=[story], type="tertiary", icon=f":material/{icon}:")


def link_to_story(shown: Sequence[str] = ()) -> None:
    """The way to the story gathered on this visit, if there is one and it is not the one `shown`."""
    story = address.kept(STAGE)
    if story and story != list(shown):
        _way_to(story)
        st.caption(LASTING)


def _way_to(story: list[str]) -> None:
    label = f"Present my story of {words.count(len(story), 'view')}"
    asked = address.along(view=story)
    st.page_link(page_file(STAGE), label=label, icon=":material/slideshow:", query_params=asked)
