"""Packs in temporary folders: copies of the invented pack in tests/pack, with changes.

    write_pack(folder, companies=edit("test-firm-a", employees="1,200"), links=None, pack="name = 1")

A change is the new content (text or bytes), None to leave the file out, or a function from the old text to the new.
"""

import csv
import io
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hypothesis import settings

from cluster_data.input.check import check

PACK = Path(__file__).parent / "pack"
TODAY = date(2026, 11, 21)
STEADY = settings(deadline=None, derandomize=True, database=None, max_examples=30)  # the same examples on every machine
FEW = settings(STEADY, max_examples=12)  # for what takes long
NOT_TABLES = {"pack": "pack.toml", "boundaries": "boundaries.geojson", "basemap": "basemap.geojson"}

Change = str | bytes | None | Callable[[str], str]


def write_pack(folder: Path, **changes: Change) -> Path:
    """A copy of the invented pack in the folder, with the files named changed."""
    shutil.copytree(PACK, folder, dirs_exist_ok=True)
    for name, change in changes.items():
        path = folder / NOT_TABLES.get(name, f"{name}.csv")
        if change is None:
            path.unlink()
        elif isinstance(change, bytes):
            path.write_bytes(change)
        else:
            text = change(path.read_text(encoding="utf-8")) if callable(change) else change
            path.write_bytes(text.encode())
    return folder


def faults_of(folder: Path, day: date = TODAY) -> list[str]:
    """Every fault of a pack on a day, as it is printed."""
    return [str(fault) for fault in check(folder, day).faults]


def rows_of(folder: Path) -> int:
    """How many rows all tables of a pack hold, counted without the package."""
    return sum(sum(1 for _ in csv.DictReader(file.open(encoding="utf-8", newline=""))) for file in folder.glob("*.csv"))


def edit(key: str, **cells: str) -> Callable[[str], str]:
    """The row whose first cell is the key, with cells changed."""

    def edited(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        columns = list(rows[0])
        assert any(row[columns[0]] == key for row in rows), key
        return [row | cells if row[columns[0]] == key else row for row in rows]

    return on_rows(edited)


def add(**cells: str) -> Callable[[str], str]:
    """One more row at the end; it is like the last one but for these cells."""
    return on_rows(lambda rows: [*rows, rows[-1] | cells])


def drop(key: str) -> Callable[[str], str]:
    """The row whose first cell is the key, left out."""
    return on_rows(lambda rows: [row for row in rows if next(iter(row.values())) != key])


def without(column: str) -> Callable[[str], str]:
    """A column left out."""
    return on_rows(lambda rows: [{name: cell for name, cell in row.items() if name != column} for row in rows])


def renamed(old: str, new: str) -> Callable[[str], str]:
    """A column with another name."""
    return on_rows(lambda rows: [{new if name == old else name: cell for name, cell in row.items()} for row in rows])


def on_rows(change: Callable[[list[dict[str, str]]], list[dict[str, str]]]) -> Callable[[str], str]:
    """A change of rows as a change of text."""

    def changed(text: str) -> str:
        return as_csv(change(list(csv.DictReader(io.StringIO(text, newline="")))))

    return changed


def as_csv(rows: list[dict[str, str]]) -> str:
    """Rows as the text of a CSV file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
