"""One table of a pack as text, with the line of each row, or what keeps it from being read as a table."""

import csv
import io
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from cluster_data.input.faults import (
    ODD_ADVICE,
    Fault,
    at_most_ten,
    closest,
    did_you_mean,
    sentences,
    shown,
    signs_in_words,
)
from cluster_data.input.files import is_empty, read_text
from cluster_data.model import clean, words
from cluster_data.model.columns import is_free_text
from cluster_data.model.tables import Table

NAMES = ("name", "label", "plural")  # they are looked for, in boxes and addresses
AROUND = " \t\r\n\xa0"  # spreadsheets and web pages leave it round a cell
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table as far as it could be read.

    `texts` is what the file holds, `rows` the same with numbers as numbers; the index of both is the line in the
    file. `whole` is false if the file or a line of it was lost. `spoilt`
    names, by column, the lines whose cell has a fault.
    """

    file: str
    model: type[Table]
    texts: pd.DataFrame
    rows: pd.DataFrame
    whole: bool
    faults: tuple[Fault, ...] = ()
    spoilt: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def columns(self) -> Mapping[str, pa.Column]:
        """Every column that the table should have."""
        columns: Mapping[str, pa.Column] = self.model.to_schema().columns
        return columns

    @property
    def traits(self) -> Mapping[str, bool]:
        """What its class in tables/ says of the whole table."""
        return getattr(self.model.Config, "metadata", {})

    def has(self, *columns: str) -> bool:
        """Whether all these columns could be read."""
        return set(columns) <= set(self.rows.columns)

    def sound(self, *columns: str) -> pd.DataFrame:
        """The rows in which all these cells are free of faults; none if a column is missing."""
        if not self.has(*columns):
            return pd.DataFrame(columns=list(columns))
        lost = frozenset[int]().union(*(self.spoilt.get(column, frozenset()) for column in columns))
        return self.rows[~self.rows.index.isin(list(lost))] if lost else self.rows

    def about(self, column: str) -> Mapping[str, Any]:
        """What the schema says of a column beyond its type: refers, vocabulary, many, past."""
        return self.columns[column].metadata or {}


@dataclass
class Records:
    """The filled rows of a CSV text, the line on which each starts, and where reading had to stop."""

    cells: list[list[str]]
    lines: list[int]
    broken_at: int | None = None


def read_sheet(path: Path, model: type[Table]) -> Sheet:
    """The table of a file, every cell as text, empty cells as missing values. Without its file some are empty."""
    if not os.path.exists(path) and getattr(model.Config, "metadata", {}).get("may_be_missing", False):
        return replace(unreadable(path.name, model), whole=True)
    text = read_text(path)
    if isinstance(text, Fault):
        return unreadable(path.name, model, text)
    known = model.to_schema().columns
    other = separator(text, set(known))
    if other != ",":
        return unreadable(path.name, model, other_separator(path.name, other))
    records = parsed(text)
    if records.broken_at is not None:
        return unreadable(path.name, model, unclosed(path.name, records.broken_at))
    if not records.cells:
        return unreadable(path.name, model, is_empty(path.name))
    odd = odd_cells(path.name, records, known) if clean.may_be_odd(text) else []
    header, line = [name.strip() for name in records.cells[0]], records.lines[0]
    if not set(header) & set(known):
        return unreadable(path.name, model, *odd, no_known_column(path.name, line, list(known)))
    lost = length_faults(path.name, records, len(header))
    faults = odd + header_faults(path.name, line, header, known) + lost
    texts = frame(records, header, list(known))
    sheet = Sheet(path.name, model, texts, texts, not lost, tuple(faults))
    if len(records.cells) == 1 and not sheet.traits.get("may_be_empty", True):
        return unreadable(path.name, model, *faults, no_rows(path.name, line))
    return sheet


def unreadable(file: str, model: type[Table], *faults: Fault) -> Sheet:
    """The sheet of a file that gives no table."""
    nothing = pd.DataFrame(columns=list(model.to_schema().columns), dtype="str")
    return Sheet(file, model, nothing, nothing, False, faults)


def parsed(text: str) -> Records:
    """The rows that hold anything at all, each with the line it starts on: a cell may hold line breaks."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, skipinitialspace=True)
    records = Records([], [])
    start = 1
    try:
        for record in reader:
            if any(map(str.strip, record)):
                records.cells.append(record)
                records.lines.append(start)
            start = reader.line_num + 1
    except csv.Error:
        records.broken_at = start
    return records


def odd_cells(file: str, records: Records, known: Mapping[str, pa.Column]) -> list[Fault]:
    """A fault for each cell with odd signs, which are then taken out of the records: they make no other fault."""
    faults, header = list[Fault](), list[str]()
    for line, cells in zip(records.lines, records.cells, strict=True):
        for place, cell in enumerate(cells):
            column = known.get(header[place]) if place < len(header) else None
            core = cell.strip(AROUND)
            odd = list(clean.odd_signs(core, spaces=column is None or spaces_matter(column)))
            if not odd:
                continue
            cells[place] = clean.mended(core)
            if header:
                faults.append(odd_cell(file, line, header[place] if place < len(header) else None, core, odd))
            else:
                faults.append(odd_name(file, line, place + 1, cells[place], core, odd))
        header = header or [name.strip() for name in cells]
    return faults


def spaces_matter(column: pa.Column) -> bool:
    """Whether a space that only looks like one makes another word of it: in all but free text."""
    return column.name in NAMES or not is_free_text(column)


def frame(records: Records, header: list[str], known: list[str]) -> pd.DataFrame:
    """The known columns of the rows as long as the header; of two columns of one name, the first."""
    fits = [len(cells) == len(header) for cells in records.cells[1:]]
    rows = [cells for cells, fit in zip(records.cells[1:], fits, strict=True) if fit]
    lines = [line for line, fit in zip(records.lines[1:], fits, strict=True) if fit]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(header)
    texts = {name: tidy(columns[header.index(name)]) for name in header if name in known}
    return pd.DataFrame(texts, index=lines, dtype="str")


def tidy(cells: tuple[str, ...]) -> list[str | None]:
    """Cells without white space around them; empty ones are missing."""
    return [cell.strip() or None for cell in cells]


def separator(text: str, known: set[str]) -> str:
    """The mark that parts the first line into most columns of the table."""
    first = text.lstrip().splitlines()[0]
    return max(SEPARATORS, key=lambda mark: len({cell.strip(' "') for cell in first.split(mark)} & known))


def header_faults(file: str, line: int, header: list[str], known: Mapping[str, pa.Column]) -> list[Fault]:
    """What is wrong with the first line."""
    absent = [name for name in known if name not in header]
    unknown = dict.fromkeys(name for name in header if name and name not in known)
    meant = meant_columns(list(unknown), absent, list(known))
    twice = dict.fromkeys(name for name in header if name and header.count(name) > 1)
    return [
        *(unnamed_column(file, line, place) for place, name in enumerate(header, 1) if not name),
        *(twice_named(file, line, name) for name in twice),
        *(unknown_column(file, line, name, near, list(known)) for name, near in meant.items()),
        *(missing_column(file, line, known[name]) for name in absent if name not in meant.values()),
    ]


def meant_columns(unknown: list[str], absent: list[str], known: list[str]) -> dict[str, str | None]:
    """For each unknown name the missing one it is most like; none twice, and none if another is liker."""
    meant = dict[str, str | None]()
    for name in unknown:
        near = closest(name, [column for column in known if column not in meant.values()])
        meant[name] = near if near in absent else None
    return meant


def odd_cell(file: str, line: int, column: str | None, text: str, odd: list[tuple[int, str]]) -> Fault:
    """A cell with signs that nobody sees, or that stand for no letter."""
    says = f"the text holds {signs_in_words(text, odd)}."
    return Fault(file, line, column, text, says, ODD_ADVICE)


def odd_name(file: str, line: int, place: int, name: str, text: str, odd: list[tuple[int, str]]) -> Fault:
    """A name of a column with such signs."""
    says = f"the name of column {place} holds {signs_in_words(text, odd)}."
    return Fault(file, line, name, text, says, f"Delete the sign: write {shown(name)} anew.")


def length_faults(file: str, records: Records, width: int) -> list[Fault]:
    """Rows with more or fewer cells than the first line."""
    pairs = zip(records.lines[1:], records.cells[1:], strict=True)
    return [other_length(file, line, len(cells), width) for line, cells in pairs if len(cells) != width]


def unclosed(file: str, line: int) -> Fault:
    """Quotation marks that do not come in pairs, or a cell without end."""
    says = (
        "the row that starts here cannot be read: a quotation mark is not closed as it should be, "
        "or a cell is longer than 131,072 characters."
    )
    advice = "Close the quotation mark before the next comma; write a quotation mark inside a quoted cell twice."
    return Fault(file, line, None, None, says, advice)


def no_rows(file: str, line: int) -> Fault:
    """A table that needs rows has its header alone."""
    says = "there is no row below the first line."
    return Fault(file, line, None, None, says, "This table needs at least one: add it.")


def other_separator(file: str, mark: str) -> Fault:
    """Cells parted by something else than commas."""
    says = f"the cells are parted by {SEPARATORS[mark]}."
    return Fault(file, None, None, None, says, "Save the file as CSV with commas between the cells.")


def no_known_column(file: str, line: int, known: list[str]) -> Fault:
    """A first line that is no header of this table."""
    says = f"the first line names none of this table's columns. They are: {at_most_ten(known)}."
    return Fault(file, line, None, None, says, "Put the names of the columns on the first line.")


def unnamed_column(file: str, line: int, place: int) -> Fault:
    """An empty cell in the header."""
    return Fault(file, line, None, None, f"column {place} has no name.", "Delete the column or name it.")


def twice_named(file: str, line: int, name: str) -> Fault:
    """Two columns of one name."""
    return Fault(file, line, name, name, "two columns have this name.", "Delete one of them.")


def unknown_column(file: str, line: int, name: str, missing: str | None, known: list[str]) -> Fault:
    """A column that the table does not have; one that is missing is the likeliest meant."""
    if missing is not None:
        says = f"the table has no column of this name, and {shown(missing)} is missing."
        return Fault(file, line, name, name, says, f"If it is {shown(missing)}, rename it.")
    advice = sentences(did_you_mean(closest(name, known)), "Rename or delete the column.")
    return Fault(file, line, name, name, "the table has no column of this name.", advice)


def missing_column(file: str, line: int, column: pa.Column) -> Fault:
    """A column that should be there."""
    needed = "Cells may be empty." if column.nullable else "Every row needs a value in it."
    advice = f"Add it: {column.description}. {needed}"
    return Fault(file, line, str(column.name), None, "this column is missing.", advice)


def other_length(file: str, line: int, cells: int, width: int) -> Fault:
    """A comma too many or too few."""
    says = f"the row has {words.count(cells, 'cell')}; the first line has {width}."
    more = "Put a text that holds a comma in quotation marks."
    fewer = "Put a comma for each empty cell, and quotation marks round a text with line breaks."
    return Fault(file, line, None, None, says, more if cells > width else fewer)
