"""One table of a pack as text, with the line of each row, or what keeps it from being read as a table."""

import csv
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from cluster_data.input.faults import ODD_ADVICE, Fault, at_most_ten, closest, did_you_mean, in_quotes, signs_in_words
from cluster_data.input.files import PUT_BACK, read_text
from cluster_data.model import clean, words
from cluster_data.model.columns import is_free_text
from cluster_data.model.tables import Schema

NAMES = ("name", "label", "plural")  # they are looked for, in boxes and addresses
AROUND = " \t\r\n\xa0"  # spreadsheets and web pages leave it round a cell
FORMER = {"field": {"sort": "record_type"}}  # by column: words of older packs, read as those of now
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright strokes"}

Columns = Mapping[str, pa.Column]
# The filled rows of a CSV text, the header first, each with the line that it starts on.
Records = list[tuple[int, list[str]]]


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table as far as it could be read.

    `texts` is what the file holds, `rows` the same with numbers as numbers; the index of both is the line in the
    file. `whole` is false if the file or a line of it was lost. `spoilt` names, by column, the lines whose cell has a
    fault.
    """

    file: str
    model: type[Schema]
    texts: pd.DataFrame
    rows: pd.DataFrame
    whole: bool
    faults: tuple[Fault, ...] = ()
    spoilt: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def columns(self) -> Columns:
        """Every column that the table should have."""
        columns: Columns = self.model.to_schema().columns
        return columns

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

    def free_texts(self) -> Iterator[tuple[int, str, str]]:
        """Line, column and text of each filled cell that holds words of its own."""
        for column in self.texts.columns:
            if is_free_text(self.columns[column]):
                cells = self.texts[column].dropna()
                yield from ((line, column, text) for line, text in zip(cells.index, cells.tolist(), strict=True))

    def fault(self, line: Any, column: str | None, value: str | None, says: str, advice: str) -> Fault:
        """A fault of one cell, or of the line or lines named."""
        first, *others = map(int, line) if isinstance(line, Sequence) else (int(line),)
        return Fault(self.file, says, advice, value, first, column, tuple(others))

    def each(self, cells: pd.Series, says: str, advice: str) -> Iterator[Fault]:
        """A fault of each of these cells of a column; {} in `says` stands for what the file has there."""
        column = str(cells.name)
        for line in cells.index:
            text = None if pd.isna(self.texts.loc[line, column]) else self.texts.loc[line, column]
            yield self.fault(line, column, text, says.replace("{}", in_quotes(text or "")), advice)

    def twins(self, rows: pd.DataFrame, column: str | None, says: str, advice: str) -> Iterator[Fault]:
        """A fault of lines that hold the same; `says` may name {both}, or all, of them and the {value} of a column."""
        for _, same in rows[rows.duplicated(keep=False)].groupby(list(rows), dropna=False):
            value = column and str(self.texts.loc[same.index[0], column])
            told = says.format(both="both" if len(same) == 2 else "all", value=in_quotes(value or ""))
            yield self.fault(list(same.index), column, value, told, advice)


def read_sheet(path: Path, model: type[Schema]) -> Sheet:
    """The table of a file, every cell as text, empty cells as missing values. Without its file some are empty."""
    if model.trait("may_be_missing") and not os.path.exists(path):
        return replace(unreadable(path.name, model), whole=True)
    known = model.to_schema().columns
    text = read_text(path)
    records = text if isinstance(text, Fault) else records_of(path.name, text, known)
    if isinstance(records, Fault):
        return unreadable(path.name, model, records)
    odd = odd_cells(path.name, records, known) if clean.may_be_odd(str(text)) else []
    line, header = records[0][0], [name.strip() for name in records[0][1]]
    if not set(header) & set(known):
        says = f"the first line names none of this table's columns. They are: {at_most_ten(known)}."
        nameless = Fault(path.name, says, "Put the names of the columns on the first line.", line=line)
        return unreadable(path.name, model, *odd, nameless)
    lost = list(length_faults(path.name, records, len(header)))
    faults = (*odd, *header_faults(path.name, line, header, known), *lost)
    if len(records) == 1 and not model.trait("may_be_empty"):
        says, advice = "there is no row below the first line.", "This table needs at least one: add it."
        return unreadable(path.name, model, *faults, Fault(path.name, says, advice, line=line))
    texts = frame(records[1:], header, known)
    return Sheet(path.name, model, texts, texts, not lost, faults)


def unreadable(file: str, model: type[Schema], *faults: Fault) -> Sheet:
    """The sheet of a file that gives no table."""
    nothing = pd.DataFrame(columns=list(model.to_schema().columns), dtype="str")
    return Sheet(file, model, nothing, nothing, False, faults)


def records_of(file: str, text: str, known: Columns) -> Records | Fault:
    """The rows that hold anything at all; a cell may hold line breaks."""
    first = text.lstrip().splitlines()[0]
    mark = max(SEPARATORS, key=lambda mark: len({cell.strip(' "') for cell in first.split(mark)} & set(known)))
    if mark != ",":
        says = f"the cells are parted by {SEPARATORS[mark]}."
        return Fault(file, says, "Save the file as CSV with commas between the cells.")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, skipinitialspace=True)
    records: Records = []
    start = 1
    try:
        for cells in reader:
            if any(map(str.strip, cells)):
                records.append((start, cells))
            start = reader.line_num + 1
    except csv.Error:
        says = (
            "the row that starts here cannot be read: a quotation mark is not closed as it should be, "
            "or a cell is longer than 131,072 characters."
        )
        advice = "Close the quotation mark before the next comma; write a quotation mark inside a quoted cell twice."
        return Fault(file, says, advice, line=start)
    return records or Fault(file, "this file is empty.", PUT_BACK)


def odd_cells(file: str, records: Records, known: Columns) -> list[Fault]:
    """A fault for each cell with odd signs, which are then taken out of the records: they make no other fault."""
    faults, header = list[Fault](), list[str]()
    for line, cells in records:
        for place, cell in enumerate(cells):
            name = header[place] if place < len(header) else None
            core = cell.strip(AROUND)
            column = known.get(name or "")  # a space that only looks like one makes another word in all but free text
            spaces = column is None or column.name in NAMES or not is_free_text(column)
            odd = list(clean.odd_signs(core, spaces))
            if not odd:
                continue
            cells[place] = clean.mended(core)
            says, advice = "the text holds", ODD_ADVICE
            if not header:
                name, says = cells[place], f"the name of column {place + 1} holds"
                advice = f"Delete the sign: write {in_quotes(name)} anew."
            faults.append(Fault(file, f"{says} {signs_in_words(core, odd)}.", advice, core, line, name))
        header = header or [name.strip() for name in cells]
    return faults


def frame(records: Records, header: list[str], known: Columns) -> pd.DataFrame:
    """The known columns of the rows as long as the header; of two columns of one name, the first. Empty is missing."""
    fitting = [(line, cells) for line, cells in records if len(cells) == len(header)]
    columns = list(zip(*(cells for _, cells in fitting), strict=True)) or [()] * len(header)
    texts = {name: [cell.strip() or None for cell in columns[header.index(name)]] for name in header if name in known}
    return pd.DataFrame(texts, index=[line for line, _ in fitting], dtype="str").replace(FORMER)


def header_faults(file: str, line: int, header: list[str], known: Columns) -> Iterator[Fault]:
    """What is wrong with the first line."""
    absent = [name for name in known if name not in header]
    meant = meant_columns([name for name in header if name and name not in known], absent, list(known))
    for place, name in enumerate(header, 1):
        if not name:
            yield Fault(file, f"column {place} has no name.", "Delete the column or name it.", line=line)
    for name in dict.fromkeys(name for name in header if name and header.count(name) > 1):
        yield Fault(file, "two columns have this name.", "Delete one of them.", name, line, name)
    for name, near in meant.items():
        says, advice = "the table has no column of this name", "Rename or delete the column."
        if near:
            says, advice = f"{says}, and {in_quotes(near)} is missing", f"If it is {in_quotes(near)}, rename it."
        else:
            advice = words.sentences(did_you_mean(closest(name, list(known))), advice)
        yield Fault(file, f"{says}.", advice, name, line, name)
    for name in (name for name in absent if name not in meant.values()):
        needed = "Cells may be empty." if known[name].nullable else "Every row needs a value in it."
        advice = f"Add it: {known[name].description}. {needed}"
        yield Fault(file, "this column is missing.", advice, line=line, column=name)


def meant_columns(unknown: list[str], absent: list[str], known: list[str]) -> dict[str, str | None]:
    """For each unknown name the missing one it is most like; none twice, and none if another is liker."""
    meant = dict[str, str | None]()
    for name in dict.fromkeys(unknown):
        near = closest(name, [column for column in known if column not in meant.values()])
        meant[name] = near if near in absent else None
    return meant


def length_faults(file: str, records: Records, width: int) -> Iterator[Fault]:
    """Rows with more or fewer cells than the first line: a comma too many or too few."""
    more = "Put a text that holds a comma in quotation marks."
    fewer = "Put a comma for each empty cell, and quotation marks round a text with line breaks."
    for line, cells in records[1:]:
        if len(cells) != width:
            says = f"the row has {words.count(len(cells), 'cell')}; the first line has {width}."
            yield Fault(file, says, more if len(cells) > width else fewer, line=line)
