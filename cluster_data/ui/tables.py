"""Tables on screen and on paper: in full, folded behind a label, and as a file.

In print there is nothing to open or to scroll: tables stand there, cut to what paper has room for.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from cluster_data.document import Rows, Table
from cluster_data.elements import Records
from cluster_data.measures import citations, organisations
from cluster_data.model import words
from cluster_data.model.formats import Link, Number, as_csv, as_data, columns_of, for_readers, formats_of, in_words
from cluster_data.ui import address
from cluster_data.ui.failures import download_button
from cluster_data.ui.frame import View, address_of, link_to
from cluster_data.ui.paper import LEFT, cut, room
from cluster_data.views.page import MOST
from cluster_data.views.parts import SAME

NO_RECORD = "No record of this choice."
FEW = 10  # records that stand in full where there is little room
TOOLS: Final = "small"  # the room above a list for its buttons, which else lie over the words there


def twin(view: View, rows: Rows, about: str, key: str, of: str = "companies", label: str = SAME) -> None:
    """The table behind a picture, made and sent when opened, with its download; on paper one that need not be cut."""
    if view.printing:
        if label != SAME:
            _twin_on_paper(view, rows(), label)
        return
    opened = fold(view, label, f"twin {key}")
    if opened is not None:
        with opened:
            whole = rows()
            written_table(in_markdown(view, whole.head(MOST)), about, of)
            _cut(whole)
            csv_button(view, rows, about)


def _twin_on_paper(view: View, rows: pd.DataFrame, label: str) -> None:
    if len(rows) > room(view):
        st.caption(LEFT.format(label))
    else:
        st.markdown(f"**{label}**")
        printed(view, rows)


def _cut(rows: pd.DataFrame) -> None:
    """That only the first rows are shown, if there are more."""
    if len(rows) > MOST:
        st.caption(f"The first {MOST:,} of {len(rows):,} rows are shown; the download holds all.")


def on_screen(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows as a screen shows them: in words, but for columns of nothing but numbers, which a reader can sort by."""
    said = in_words(rows)
    for place, (_, cells, shown) in enumerate(columns_of(for_readers(rows))):
        if shown == Number() and pd.api.types.is_numeric_dtype(cells) and cells.notna().all():
            said.isetitem(place, cells)
    said.attrs = {}
    return said


def in_markdown(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows on screen with their text made harmless for Markdown, and addresses of websites and sources as links.

    A source is named by its title, publisher and year, a website by its site.
    """
    known, naming = organisations.known_addresses(view.cluster), citations.naming(view.cluster)
    shown = on_screen(rows).map(lambda cell: words.linked(cell, known, naming) if isinstance(cell, str) else cell)
    return shown.rename(columns=words.plain)


def fold(view: View, label: str, key: str, at_first: bool = False) -> Any:
    """A part of the page that is made and sent when it is opened: where to draw it, or None while it is closed.

    It is open `at_first` if so asked.
    """
    if view.printing:
        st.markdown(f"**{label}**")
        return st.container()
    folded = st.expander(label, expanded=at_first, key=key, on_change="rerun")
    return folded if folded.open else None


def written_table(rows: pd.DataFrame, about: str, of: str = "companies") -> None:
    """A table in full, its text in Markdown. A sign in its head leads to where the words of its columns are explained.

    A table wider than a phone scrolls, and only one that holds a link can be reached and scrolled by keyboard.
    """
    first = rows.columns[0]
    explained = f'{first} [:material/info:](<{address_of("Data", table=of)}> "What the columns mean")'
    st.table(rows.rename(columns={first: explained}), alt=about, hide_index=True)


def printed(view: View, rows: pd.DataFrame) -> None:
    """As much of a table as paper has room for, and what it lacks."""
    kept, said = cut(view, rows)
    guarded = in_markdown(view, kept).rename(columns=lambda heading: words.plain(words.bare(heading)))
    st.markdown(words.markdown_table(guarded))
    if said:
        st.caption(said)


def csv_button(view: View, rows: Rows, about: str, label: str = "Download as CSV") -> None:
    """The table as a CSV file that a spreadsheet will not take for formulas; made when asked for."""
    if view.printing:
        return
    name = f"{words.slug(about)}.csv"
    download_button(view, label, lambda: as_csv(as_data(rows())), name, "text/csv", f"csv {about}", type="tertiary")


def table(view: View, part: Table) -> None:
    """A table in full, folded behind its label, or long in a box of its own."""
    if part.long:
        _scrolled(view, part)
        return
    if part.folded:
        twin(view, part.rows, part.about, part.key or part.folded, part.of, words.plain(part.folded))
        return
    rows = part.rows()
    if view.printing:
        printed(view, rows)
        return
    shown = in_markdown(view, rows.head(MOST))
    if part.leads:
        shown = _led(shown, [address_of(to.page, **to.asked) for to in part.leads[:MOST]])
    written_table(shown, part.about, part.of)
    _cut(rows)
    if part.saved:
        csv_button(view, part.rows, part.about)


def _led(shown: pd.DataFrame, addresses: Sequence[str]) -> pd.DataFrame:
    """Rows in Markdown with the cells of the first column as links to these addresses."""
    first = shown.columns[0]
    cells = zip(shown[first], addresses, strict=True)
    return shown.assign(**{first: [f"[{cell}](<{to}>)" for cell, to in cells]})


def _scrolled(view: View, part: Table) -> None:
    """A long table as a file of it holds it, in a box that scrolls; on paper there is no room for it."""
    if view.printing:
        return
    opened = fold(view, words.plain(part.folded), f"twin {part.folded}") if part.folded else st.container()
    if opened is None:
        return
    with opened:
        rows = as_data(part.rows())
        rows.attrs = {}
        st.space(TOOLS)
        st.dataframe(rows, hide_index=True, alt=part.about, placeholder="")
        if part.saved:
            csv_button(view, part.rows, part.about)


def records(view: View, part: Records) -> None:
    """A list of records of which one can be chosen, folded behind its label if it has one."""
    opened = fold(view, words.plain(part.folded), f"twin {part.folded}") if part.folded else st.container()
    if opened is not None:
        with opened:
            _list(view, part)


def _list(view: View, part: Records) -> None:
    """The rows as a list of which one can be chosen, which opens its profile, with the download of all."""
    if not part.total:
        st.info(NO_RECORD)
        return
    if view.printing:
        printed(view, part.rows())
        return
    rows = part.first()
    ids = tuple(rows["id"])
    key = f"list {part.about} {hash(ids)}"  # a list of others is another: nothing in it is chosen
    shown = [part.links or not isinstance(of, Link) for of in formats_of(rows)]  # columns of addresses if asked for
    if part.narrow and part.total <= FEW:
        _names(view, part, rows.loc[:, shown])
        return
    way = st.container()
    st.space(TOOLS)
    picked = st.dataframe(
        on_screen(rows.loc[:, shown]),
        hide_index=True,
        key=key,
        alt=part.about,
        on_select=partial(_mark_row, part.opens, ids, key) if part.opens else "rerun",
        selection_mode=["single-row", "single-cell"],
        column_config={"Name": st.column_config.Column(width="medium")} if part.narrow else None,
    )
    if picked.selection.rows and not part.opens:
        address.lead_to("Organisations", org=ids[picked.selection.rows[0]])
    with way:
        _way(part, rows, picked.selection.cells)
    cut = f" The first {len(rows):,} of {part.total:,} are shown; the download holds all."
    more = cut if part.total > len(rows) else ""
    what = "shows it here" if part.opens else "opens its profile"
    st.caption(f"The box of a row, or Shift and Space, {what}.{more}")
    csv_button(view, part.rows, part.about)


def _way(part: Records, rows: pd.DataFrame, cells: Sequence[tuple[int, str]]) -> None:
    """The way to the profile of the row in which a cell was chosen, or how to come by it."""
    if cells and not part.opens:
        name, record = rows.drop(columns="id").iloc[cells[0][0], 0], rows["id"].iloc[cells[0][0]]
        link_to("Organisations", f"**{words.plain(name)}**", "domain", org=record)
    else:
        st.caption("Choose a row to show it here." if part.opens else "Choose a row for the way to its profile.")


def _names(view: View, part: Records, rows: pd.DataFrame) -> None:
    """A few records in full: each name leads to the profile, or to this view with its id in what the list opens."""
    page = address.name_of(view.page)
    ways = [
        f"{page}?{address.query(**{part.opens: each})}" if part.opens else address_of("Organisations", org=each)
        for each in rows["id"]
    ]
    written_table(_led(in_markdown(view, rows), ways), part.about)
    csv_button(view, part.rows, part.about)


def _mark_row(opens: str, ids: Sequence[str], key: str) -> None:
    """Put the id of the row chosen last, by its box or by a cell, in the parameter that the list opens."""
    picked = st.session_state[key].selection
    chosen = [ids[row] for row in (*picked.rows, *(row for row, _ in picked.cells))]
    address.put(**{opens: next((each for each in chosen if each != address.get(opens)), next(iter(chosen), None))})
