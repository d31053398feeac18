"""A view as plain text for a terminal: its finding, its statement and its tables."""

import textwrap
from collections.abc import Iterator

import pandas as pd

from cluster_data.document import Chart, Document, Heading, Map, Notes, Part, Table, title_of
from cluster_data.exports import PROGRAM
from cluster_data.model import words
from cluster_data.model.clean import cleaned
from cluster_data.model.formats import Format, columns_of, for_readers, written

ORDER = 110
LABEL = "Plain text"
SAYS = "The words and the tables of this view, for a terminal."
SUFFIX = "txt"
MIME = "text/plain; charset=utf-8"
OF = PROGRAM
WIDE, MOST, WIDEST_CELL = 100, 40, 48


def file_of(document: Document) -> bytes:
    """The text in UTF-8, lines of at most WIDE signs where words allow it."""
    pack = document.cluster.pack
    blocks = [
        _headed(document.title, "="),
        _wrapped(document.statement),
        *map(_part, document.parts),
        _wrapped(f"{pack.name}, data as known in {pack.as_of_words}. {document.link}"),
        *map(_wrapped, pack.licences),
    ]
    return ("\n\n".join(filter(None, blocks)) + "\n").encode()


def _part(part: Part) -> str:
    if isinstance(part, Heading):
        return _headed(part.text, "-" if part.level == 2 else "")
    if isinstance(part, Table | Chart | Map):
        return "\n".join(filter(None, [_wrapped(title_of(part)), _rows(part.rows()), _wrapped(part.note)]))
    return "" if isinstance(part, Notes) else _wrapped(part.whole)


def _rows(rows: pd.DataFrame) -> str:
    if rows.empty:
        return "  (no row)"
    columns = [_column(name, *cells) for name, *cells in columns_of(for_readers(rows.head(MOST)))]
    blocks = ["\n".join("  ".join(line).rstrip() for line in zip(*block, strict=True)) for block in _blocks(columns)]
    more = f"\n  The first {MOST:,} of {len(rows):,} rows." if len(rows) > MOST else ""
    return textwrap.indent("\n\n".join(blocks), "  ") + more


def _column(name: str, cells: pd.Series, shown: Format) -> list[str]:
    """The heading and the cells of a column, all as wide as the widest."""
    said = [words.cut(_line(text), WIDEST_CELL) for text in (name, *written(cells, shown))]
    wide = max(map(len, said))
    return [text.rjust(wide) if shown.right else text.ljust(wide) for text in said]


def _blocks(columns: list[list[str]]) -> Iterator[list[list[str]]]:
    """As many columns beside each other as find room; each further block begins with the first column again."""
    block = columns[:1]
    for column in columns[1:]:
        if len(block) > 1 and sum(len(cells[0]) + 2 for cells in (*block, column)) > WIDE:
            yield block
            block = columns[:1]
        block.append(column)
    yield block


def _headed(text: str, rule: str) -> str:
    told = _wrapped(text)
    return f"{told}\n{rule * max(map(len, told.splitlines()), default=0)}".rstrip()


def _wrapped(text: str) -> str:
    return textwrap.fill(_line(text), WIDE, break_long_words=False, break_on_hyphens=False)


def _line(text: object) -> str:
    return " ".join(cleaned(str(text)).split())
