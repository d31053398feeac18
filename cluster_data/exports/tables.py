"""All tables of a view as CSV files in one zip, with a text that says what they are."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from cluster_data.document import Chart, Document, Map, Table, Text, title_of
from cluster_data.exports import VIEW
from cluster_data.measures import citations
from cluster_data.model import clean, words
from cluster_data.model.formats import Link, as_csv, as_data, for_readers, formats_of

ORDER = 20
LABEL = "Tables as CSV"
SAYS = "Every table of this view, those behind its charts and maps included, for any program. One zip."
SUFFIX = "zip"
MIME = "application/zip"
OF = VIEW
ABOUT = "about.txt"
CITED = "Sources", "The pages and data sets that these tables name, each with its citation."
MOST_REFERENCES = 10
IN_FILES = (
    "An empty cell holds no value. A text or line that begins with = + - or @ has an apostrophe before it, so that "
    "no spreadsheet takes it for a formula."
)


@dataclass(frozen=True, eq=False)
class Held:
    """A table that a view holds: its name, its unit, period and source, and its rows. `drawn`: behind a picture."""

    about: str
    note: str
    rows: pd.DataFrame
    drawn: bool


def file_of(document: Document) -> bytes:
    """The bytes of a zip: a CSV file for each table, numbered in the order of the page, and about.txt."""
    found = held(document)
    named = sources_named(document, found)
    found += [] if named.empty else [Held(*CITED, named, drawn=False)]
    tables = {f"{number:02}-{words.slug(table.about)}.csv": table for number, table in enumerate(found, 1)}
    files = {ABOUT: about(document, tables).encode("utf-8-sig")}
    return zipped(files | {name: as_csv(table.rows) for name, table in tables.items()}, document)


def held(document: Document) -> list[Held]:
    """The tables of a view in the order of the page. Rows shown twice count once, under the name of the table."""
    found: list[Held] = []
    for table in all_held(document):
        alike = [place for place, other in enumerate(found) if len(table.rows) and table.rows.equals(other.rows)]
        if not alike:
            found.append(table)
        elif found[alike[0]].drawn:
            found[alike[0]] = table
    return found


def all_held(document: Document) -> Iterator[Held]:
    """The tables of a view, and those behind its pictures, in the order of the page."""
    for part in document.parts:
        if isinstance(part, Table | Chart | Map):
            yield Held(title_of(part), part.note, as_data(for_readers(part.rows())), not isinstance(part, Table))


def sources_named(document: Document, tables: Iterable[Held]) -> pd.DataFrame:
    """The sources of the pack that the tables name by their addresses, as measures.citations.table."""
    return citations.named_in(document.cluster, (address for table in tables for address in _addresses(table.rows)))


def _addresses(rows: pd.DataFrame) -> Iterator[str]:
    """The web addresses in the cells of a table; a cell may hold several, parted by spaces or semicolons."""
    for _, cells in rows.select_dtypes(["object", "string", "category"]).items():
        for text in cells.unique():
            if isinstance(text, str) and "://" in text:
                yield from re.split(r";?\s+", text.strip())


def references(document: Document) -> list[str]:
    """The first sources that the tables of a view name, for a list at its end; then how many more there are.

    Left out is what a table of sources tells in words already.
    """
    tables = [
        table
        for table in all_held(document)
        if not any(isinstance(one, Link) and one.told for one in formats_of(table.rows))
    ]
    named = sources_named(document, tables)
    said = [f"{row.Source}, {row.Publisher}, {row.Year}." for row in named.head(MOST_REFERENCES).itertuples()]
    more = len(named) - len(said)
    return [*said, f"And {more:,} more: the workbook of this view cites them all."] if more else said


def order_of(rows: pd.DataFrame) -> str:
    """What orders the rows of a table, as its columns tell: the first of them that rises or falls all the way."""
    for name, cells in rows.items():
        known = cells.dropna()
        if known.nunique() < 2 or cells.iloc[: len(known)].isna().any():
            continue
        if pd.api.types.is_numeric_dtype(known):
            ways = {"highest": known.is_monotonic_decreasing, "lowest": known.is_monotonic_increasing}
            way = next((way for way, holds in ways.items() if holds), "")
            if way:
                return f"by {name}, {way} first"
        elif known.astype(str).str.casefold().is_monotonic_increasing:
            return f"by {name}"
    return "in the order of the page"


def facts(document: Document) -> dict[str, str]:
    """What a reader must know of a view, by name of the fact."""
    return {
        "Question": document.question,
        "Filter": document.statement,
        "Made on": document.made_words,
        "Data as known in": document.cluster.pack.as_of_words,
        "Link": document.link,
        "Cite as": citations.of_view(document.cluster.pack, document.title, document.statement, document.link),
    }


def small_print(document: Document) -> dict[str, list[str]]:
    """What goes with the tables of a view, under its headings: each line once."""
    pack = document.cluster.pack
    said = {
        "How to read it": [part.text for part in document.parts if isinstance(part, Text)],
        "Sources": [part.note for part in document.parts if isinstance(part, Chart | Map | Table) and part.note],
        "Licences": pack.licences,
        "Limits": pack.limits,
    }
    return {heading: list(dict.fromkeys(lines)) for heading, lines in said.items() if lines}


def about(document: Document, tables: Mapping[str, Held]) -> str:
    """The text that goes with the files, by name: what the view says and what each file holds."""
    listed = [f"{name}: {table.about} ({words.count(len(table.rows), 'row')})" for name, table in tables.items()]
    blocks = {"Files": listed or ["This view has no table."]} | small_print(document)
    blocks["Files"] += [IN_FILES]
    lines = [document.title, "", *(f"{name}: {fact}" for name, fact in facts(document).items())]
    for heading, block in blocks.items():
        lines += ["", heading, *block]
    return "\r\n".join(" ".join(clean.cleaned(line).split()) for line in lines) + "\r\n"


def zipped(files: Mapping[str, bytes], document: Document) -> bytes:
    """Files as a zip. Equal files of one day give equal bytes."""
    whole = io.BytesIO()
    made = document.made
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, data in files.items():
            file = zipfile.ZipInfo(name, (made.year, made.month, made.day, 0, 0, 0))
            file.external_attr = 0o644 << 16
            file.compress_type = zipfile.ZIP_DEFLATED
            folder.writestr(file, data)
    return whole.getvalue()
