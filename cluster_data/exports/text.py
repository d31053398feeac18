"""A view as plain text for a terminal: its finding, its statement and its tables."""

import textwrap
from collections.abc import Iterator
from itertools import zip_longest

import pandas as pd

from cluster_data.document import Chart, Document, Heading, Map, Notes, Part, Table, title_of
from cluster_data.exports import PROGRAM
from cluster_data.exports.tables import held
from cluster_data.model.clean import cleaned
from cluster_data.model.formats import Format, columns_of, for_readers, written

ORDER = 110
LABEL = "Plain text"
SAYS = "The words and the tables of this view, for a terminal."
SUFFIX = "txt"
MIME = "text/plain; charset=utf-8"
OF = PROGRAM
WIDE, MOST, WIDEST_CELL = 100, 40, 48

Cell = list[str]  # its lines


def file_of(document: Document) -> bytes:
    """The text in UTF-8, lines of at most WIDE signs where words allow it."""
    pack, tables = document.cluster.pack, {table.about for table in held(document)}
    blocks = [
        _headed(document.title, "="),
        _wrapped(document.statement),
        *(_part(part, tables) for part in document.parts),
        _wrapped(f"{pack.name}, data as known in {pack.as_of_words}. {document.link}"),
        *map(_wrapped, pack.licences),
    ]
    return ("\n\n".join(filter(None, blocks)) + "\n").encode()


def _part(part: Part, tables: set[str]) -> str:
    """A part in lines; of a picture whose table stands elsewhere, its note alone."""
    if isinstance(part, Heading):
        return _headed(part.text, "-" if part.level == 2 else "")
    if isinstance(part, Table | Chart | Map):
        rows = [_wrapped(title_of(part)), _rows(part.rows())] if title_of(part) in tables else []
        return "\n".join(filter(None, [*rows, _wrapped(part.note)]))
    return "" if isinstance(part, Notes) else _wrapped(part.whole)


def _rows(rows: pd.DataFrame) -> str:
    if rows.empty:
        return "  (no row)"
    columns = [_column(name, *cells) for name, *cells in columns_of(for_readers(rows.head(MOST)))]
    blocks = ["\n".join("\n".join(_lines(row)) for row in zip(*block, strict=True)) for block in _blocks(columns)]
    more = f"\n  The first {MOST:,} of {len(rows):,} rows." if len(rows) > MOST else ""
    return textwrap.indent("\n\n".join(blocks), "  ") + more


def _column(name: str, cells: pd.Series, shown: Format) -> list[Cell]:
    """The heading and the cells of a column in lines as wide as the widest; an address is never broken."""
    said = [_wrapped(text, WIDEST_CELL).splitlines() or [""] for text in (name, *written(cells, shown))]
    wide = max(len(line) for cell in said for line in cell)
    return [[line.rjust(wide) if shown.right else line.ljust(wide) for line in cell] for cell in said]


def _lines(row: tuple[Cell, ...]) -> Iterator[str]:
    """A row of cells, as many lines as its longest cell has."""
    blank = [" " * len(cell[0]) for cell in row]
    for line in zip_longest(*row):
        yield "  ".join(text if text is not None else room for text, room in zip(line, blank, strict=True)).rstrip()


def _blocks(columns: list[list[Cell]]) -> Iterator[list[list[Cell]]]:
    """As many columns beside each other as find room; each further block begins with the first column again."""
    block = columns[:1]
    for column in columns[1:]:
        if len(block) > 1 and sum(len(cells[0][0]) + 2 for cells in (*block, column)) > WIDE:
            yield block
            block = columns[:1]
        block.append(column)
    yield block


def _headed(text: str, rule: str) -> str:
    told = _wrapped(text)
    return f"{told}\n{rule * max(map(len, told.splitlines()), default=0)}".rstrip()


def _wrapped(text: str, wide: int = WIDE) -> str:
    return textwrap.fill(_line(text), wide, break_long_words=False, break_on_hyphens=False)


def _line(text: object) -> str:
    return " ".join(cleaned(str(text)).split())
