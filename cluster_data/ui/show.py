"""What stands on a page: findings, figures with their sources, pictures with their tables, lists of records."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from cluster_data import words
from cluster_data.document import Map
from cluster_data.filters import Filter
from cluster_data.measures import captions, organisations
from cluster_data.ui import failures, take_away
from cluster_data.ui.frame import STAGE, View, link_to, open_profile
from cluster_data.ui.parts import (
    MOST,
    MOST_PRINTED,
    csv_button,
    fold,
    in_markdown,
    note_map,
    note_table,
    on_screen,
    section,
    twin,
    without_links,
    written_table,
)
from cluster_data.ui.status import speak


def headline(view: View, finding: str, more: str = "", about: str = "", said: str = "") -> None:
    """The page's finding as its title, and below it the filter in words with what it keeps, or `said` in its place.

    Where the filter does not apply, `about` says what the page is about; that is stated when it is taken away.
    """
    left_out = "" if said else view.chosen.not_counted(view.cluster)
    said, more = said or view.chosen.counted(view.cluster), more.rstrip(".")
    rest = f". {left_out}" if left_out else ""
    view.draft.title, view.draft.statement = finding, about or f"{said}{more}{rest}"
    st.title(words.plain(finding), anchor=False)
    st.markdown(f"**{words.plain(said)}**{words.plain(f'{more}{rest}')}{'.' if more or rest else ''}")
    speak(f"{said}. {finding}")


def overlap_note(view: View) -> str:
    """How the columns by D relate to the total."""
    return captions.overlap_note(view.chosen)


def records(
    view: View,
    rows: pd.DataFrame,
    key: str,
    about: str,
    total: int = 0,
    everything: Callable[[], pd.DataFrame] | None = None,
    links: bool = False,
) -> None:
    """A list of records with its download, which holds the links too if the list does not; choosing a row opens its
    profile.

    `rows` has the column id. Of a long list, it holds the first ones, `total` says
    how many there are, and `everything` gives all of them.
    """
    whole = everything or (lambda: rows)
    note_table(view, whole, about)
    if rows.empty:
        st.info("No record of this choice.")
        return
    if view.printing:
        shown = whole().head(MOST_PRINTED)
        written_table(view, in_markdown(view, shown), about)
        if total > len(shown):
            st.caption(f"The first {len(shown):,} of {total:,} rows; the workbook of this view holds all.")
        return
    picked = st.dataframe(
        on_screen(rows if links else without_links(rows)),
        hide_index=True,
        key=f"list {key}",
        alt=about,
        on_select="rerun",
        selection_mode="single-row",
    )
    if picked.selection.rows:
        open_profile(view, rows["id"].iloc[picked.selection.rows[0]])
    shown = f" The first {len(rows):,} of {total:,} are shown; the download holds all." if total > len(rows) else ""
    st.caption(f"Choose a row to open its profile: by the box on its left, or Shift and Space.{shown}")
    csv_button(view, everything or rows, about)


def folded_records(
    view: View,
    label: str,
    about: str,
    first: Callable[[], pd.DataFrame],
    total: int,
    everything: Callable[[], pd.DataFrame],
) -> None:
    """A list of records as `records` draws it, made and sent when it is opened."""
    opened = fold(view, label, f"twin {label}")
    if opened is None:
        note_table(view, everything, about)
        return
    with opened:
        records(view, first(), label, about, total, everything)


def firms_of_choice(view: View, chosen: Filter) -> None:
    """The firms of a choice as a folded list, headed by the sentence that counts them."""
    cluster = view.cluster
    section(view, chosen.statement(cluster))

    def firms() -> pd.DataFrame:
        return organisations.found(cluster, chosen.but(kinds=("company",)))

    folded_records(
        view,
        "The firms of this choice",
        f"List of {chosen.words(cluster)}",
        lambda: organisations.directory(cluster, firms().head(MOST)),
        int(chosen.keeps_of(cluster, "company").sum()),
        lambda: organisations.directory(cluster, firms()),
    )


def no_such_place(view: View, asked: str, close_names: Sequence[str]) -> None:
    """Say that a place asked for is not known, and what comes close."""
    view.draft.asked["near"] = view.draft.asked["near"]._replace(chosen=f"“{asked}”, which is not known here")
    hint = f"Did you mean {words.listing(close_names, 'or')}?"
    if not close_names:
        hint = f"It may lie outside {view.cluster.pack.the_region}, or be misspelt. Nothing is measured from it."
    st.warning(f"No place “{words.plain(asked)}” is known here. {words.plain(hint)}")


def still_map(view: View, picture: str, shown: Map, about: str, key: str) -> None:
    """A map as a still picture, with its key, its source and its table twin; `about` names the table."""
    note_map(view, shown)
    st.image(picture, alt=shown.alt, width="stretch")
    st.caption(words.plain(shown.note))
    twin(view, shown.rows, about, key, "areas")


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


def foot(view: View) -> None:
    """What stands below every page: how things are counted, where to learn more, the licence lines."""
    take_away.offer(view)
    failures.tell(view)
    st.divider()
    pack = view.cluster.pack
    st.caption(words.plain(" ".join([f"Data as known in {pack.as_of_words}.", *pack.licences])))
    if view.bare:
        if view.printing or view.page.url_path != STAGE:
            _stated(view)
        return
    with st.container(horizontal=True):
        link_to(view, "Data", "Sources and what we do not know", "table_rows")
        link_to(view, "About", "How it is counted", "info")


def _stated(view: View) -> None:
    """What a page that stands alone must say: what is chosen, and where the whole is found."""
    link, said = take_away.link_of_view(view), view.draft.whole_statement().rstrip(".")
    st.markdown(f"{words.plain(said)}. The whole view: [{words.plain(link)}](<{link}>)")
