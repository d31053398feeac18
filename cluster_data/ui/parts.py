"""What a page is made of and what can be taken away from it: headings, charts, tables. Each is noted as it is drawn.

In print there is nothing to open or to scroll: charts are still pictures on a light ground, tables stand in full.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd
import streamlit as st

from cluster_data import words
from cluster_data.document import Chart, Heading, Map, Table, Text
from cluster_data.formats import Link, Number, as_csv, as_data, columns_of, for_readers, formats_of, in_words
from cluster_data.measures import captions, citations, organisations
from cluster_data.palette import LIGHT, Palette, palette
from cluster_data.ui.failures import download_button
from cluster_data.ui.frame import View, address_of
from cluster_data.ui.touch import swiped

if TYPE_CHECKING:  # only pages that draw with it load it
    import plotly.graph_objects as go

MOST, MOST_PRINTED = 500, 1000
WIDEST = 6
PRINT_WIDE, PRINT_HIGH, DOTS_PER_INCH = 7.5, 6.0, 96
NOT_CLICKED = SimpleNamespace(selection=SimpleNamespace(points=[], rows=[], objects={}))

Rows: TypeAlias = "pd.DataFrame | Callable[[], pd.DataFrame]"


def section(view: View, text: str) -> None:
    """The heading of a part of the page, in plain words: a finding where there is one."""
    view.draft.parts.append(Heading(text))
    st.header(words.plain(text), anchor=False)


def subsection(view: View, text: str) -> None:
    """The heading of a part of a section."""
    view.draft.parts.append(Heading(text))
    st.subheader(words.plain(text), anchor=False)


def paragraph(view: View, text: str) -> None:
    """A paragraph in Markdown; it is taken away as a reader sees it."""
    if text:
        view.draft.parts.append(Text(words.bare(text)))
        st.markdown(text)


def notice(view: View, text: str) -> None:
    """What a reader must not miss, in Markdown."""
    view.draft.parts.append(Text(words.bare(text)))
    st.info(text)


def small_print(view: View, text: str) -> None:
    """How to read what is shown, in Markdown, small."""
    view.draft.parts.append(Text(words.bare(text)))
    st.caption(text)


def bullets(view: View, items: Iterable[str]) -> None:
    """A list of sentences in plain words."""
    said = list(items)
    view.draft.parts += [Text(item) for item in said]
    st.markdown(words.bullets(map(words.plain, said)))


def goes_without_saying(view: View, *keys: str) -> None:
    """Leave boxes of the page out of what is stated when it is taken away, because the title or statement names it."""
    for key in keys:
        view.draft.asked.pop(key, None)


def source_line(view: View) -> str:
    """Where counts of records come from, in Markdown."""
    return words.plain(captions.source_line(view.cluster))


def cited(view: View, source_ids: str, most: int = citations.MOST_NAMED) -> str:
    """The sources of a row as links, named by title, publisher and year; those after the first `most` without title."""
    return words.links(citations.pairs(view.cluster, source_ids, most))


def figure(
    view: View,
    draw: Callable[[Palette], "go.Figure"],
    rows: Rows,
    alt: str,
    key: str,
    note: str,
    of: str = "companies",
    **more: Any,
) -> Any:
    """A chart with its unit, period and source and its table twin; gives what was clicked if asked to rerun on it."""
    view.draft.parts.append(Chart(alt, words.bare(note), draw, _made(rows)))
    event: Any = NOT_CLICKED
    if view.printing:
        _still(draw, alt)
    else:
        bare = {"displayModeBar": False, "responsive": True}
        drawn = draw(palette(view.dark))
        with swiped(key) if more else nullcontext():
            event = st.plotly_chart(drawn, theme=None, key=f"chart {key}", alt=alt, config=bare, **more)
    st.caption(note)
    twin(view, rows, alt, key, of)
    return event


def _still(draw: Callable[[Palette], "go.Figure"], alt: str) -> None:
    from cluster_data import pictures

    chart = draw(LIGHT)
    high = (chart.layout.height or 400) / DOTS_PER_INCH
    st.image(pictures.svg(pictures.chart_picture(chart, PRINT_WIDE, high)), alt=alt, width="stretch")


def note_map(view: View, shown: Map) -> None:
    """A map for what is taken away."""
    view.draft.parts.append(shown)


def _made(rows: Rows) -> Callable[[], pd.DataFrame]:
    return rows if callable(rows) else lambda: rows


def table_twin(
    view: View,
    rows: Rows,
    about: str,
    key: str,
    of: str = "companies",
    label: str = "The same as a table",
    note: str | None = None,
) -> None:
    """A table for those who read rather than look, with its download; made and sent when opened."""
    note_table(view, rows, about, note)
    twin(view, rows, about, key, of, label)


def twin(
    view: View,
    rows: Rows,
    about: str,
    key: str,
    of: str = "companies",
    label: str = "The same as a table",
) -> None:
    """The table behind a picture, made and sent when opened, with its download."""
    opened = fold(view, label, f"twin {key}")
    if opened is None:
        return
    with opened:
        whole = _made(rows)()
        first = whole.head(MOST_PRINTED if view.printing else MOST)
        written_table(view, in_markdown(view, first), about, of)
        if len(whole) > len(first):
            st.caption(f"The first {len(first):,} of {len(whole):,} rows are shown; the download holds all.")
        csv_button(view, whole, about)


def on_screen(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows as a screen shows them: in words, but for columns of nothing but numbers, which a reader can sort by."""
    said = in_words(rows)
    for place, (_, cells, shown) in enumerate(columns_of(for_readers(rows))):
        if shown == Number() and pd.api.types.is_numeric_dtype(cells) and cells.notna().all():
            said.isetitem(place, cells)
    said.attrs = {}
    return said


def without_links(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows without their columns of addresses."""
    return rows.loc[:, [not isinstance(shown, Link) for shown in formats_of(rows)]]


def in_markdown(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows on screen with their text made harmless for Markdown, and addresses of websites and sources as links.

    A source is named by its title, publisher and year, a website by its site.
    """
    known, naming = organisations.known_addresses(view.cluster), citations.naming(view.cluster)
    shown = on_screen(rows).map(lambda cell: words.linked(cell, known, naming) if isinstance(cell, str) else cell)
    return shown.rename(columns=words.plain)


def beside(view: View, widths: Sequence[int]) -> Sequence[Any]:
    """Places beside each other; on paper, where tables need the width, below each other."""
    return [st.container() for _ in widths] if view.printing else st.columns(widths, gap="large")


def fold(view: View, label: str, key: str, at_first: bool = False) -> Any:
    """A part of the page that is made and sent when it is opened: where to draw it, or None while it is closed.

    It is open `at_first` if so asked.
    """
    if view.printing:
        st.markdown(f"**{label}**")
        return st.container()
    folded = st.expander(label, expanded=at_first, key=key, on_change="rerun")
    return folded if folded.open else None


def table(
    view: View,
    rows: pd.DataFrame,
    about: str,
    of: str = "companies",
    note: str | None = None,
    leading: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """A table in full. The columns `leading` stand on the page as given, in Markdown, for those of the same names."""
    note_table(view, rows, about, note)
    written_table(view, in_markdown(view, rows).assign(**leading or {}), about, of)


def written_table(view: View, rows: pd.DataFrame, about: str, of: str = "companies") -> None:
    """A table in full, its text in Markdown. Its first heading leads to where the words of that column are explained.

    A table wider than a phone scrolls, and only one that holds a link can be reached and scrolled by keyboard.
    """
    if view.printing:
        guarded = rows.rename(columns=lambda heading: words.plain(words.bare(heading)))
        st.markdown(words.markdown_table(_narrowed(guarded)))
        return
    first = rows.columns[0]
    explained = f"[{first}](<{address_of('Data', table=of)}>)"
    st.table(rows.rename(columns={first: explained}), alt=about, hide_index=True)


def note_table(view: View, rows: Rows, about: str, note: str | None = None) -> None:
    """A table for what is taken away; its note is by default the source of counts."""
    said = captions.source_line(view.cluster) if note is None else note
    view.draft.parts.append(Table(about, _made(rows), said))


def _narrowed(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows for paper: of a wide table the last columns stand in one, each cell with its heading."""
    if rows.shape[1] <= WIDEST:
        return rows
    first, rest = rows[rows.columns[: WIDEST - 1]], rows[rows.columns[WIDEST - 1 :]]
    filled = rest.astype(object).where(rest.notna() & (rest != ""))
    said = [
        "; ".join(f"{name}: {cell}" for name, cell in zip(rest.columns, line, strict=True) if pd.notna(cell))
        for line in filled.itertuples(index=False)
    ]
    return first.assign(More=said)


def download(view: View, rows: Rows, about: str, label: str = "Download as CSV", note: str | None = None) -> None:
    """The table behind a list that is drawn otherwise, as a CSV file."""
    note_table(view, rows, about, note)
    csv_button(view, rows, about, label)


def csv_button(view: View, rows: Rows, about: str, label: str = "Download as CSV") -> None:
    """The table as a CSV file that a spreadsheet will not take for formulas; made when asked for."""
    if view.printing:
        return
    name = f"{words.slug(about)}.csv"
    made = _made(rows)
    download_button(view, label, lambda: as_csv(as_data(made())), name, "text/csv", f"csv {about}", type="tertiary")
