"""The invented pack with all its texts turned into traps: each column of words holds what a page might act on."""

import csv
import re
from collections.abc import Callable
from pathlib import Path
from zlib import crc32

from cluster_data.model import words
from cluster_data.model.tables import TABLES
from tests.packs import PACK, Change, on_rows, write_pack

TRAP = (
    ":streamlit: https://evil.example/x www.evil.example *e* <b>b</b> $x$ :red[r] [a](https://evil.example) `c` -> <br>"
)
RAW = re.compile(r"https://evil|www\.evil|:streamlit:|\*e\*|<b>|\$x\$|:red\[|\]\(https://evil|`c`|(?<!\\)<br>")
NAMES_OTHERS = {  # texts that other cells must repeat, or that the code reads
    ("vocabulary", "field"),
    ("vocabulary", "id"),
    ("groups", "value"),
    ("areas", "ics"),
    ("postcode_sectors", "lad_code"),
    ("scenes", "filter"),
    ("scenes", "highlight"),
}
RULED = {"refers", "vocabulary", "past"}
OWN_WORDS = "name|region|the_region|as_of_words|population_source|text|outline_kind"


def free_texts(table: str) -> list[str]:
    """The columns of a table that hold words as somebody put them."""
    columns = TABLES[table].to_schema().columns.items()
    return [
        name
        for name, column in columns
        if str(column.dtype).startswith("str")
        and not (column.unique or any((column.metadata or {}).get(rule) for rule in RULED))
        and not any(check.name == "str_matches" for check in column.checks)
        and (table, name) not in NAMES_OTHERS
    ]


def with_trap(text: str) -> str:
    """A text with the trap behind it."""
    return f"{text} {TRAP}"


def as_address(text: str) -> str:
    """An address that no list of websites and sources holds, in place of a text."""
    return f"https://evil.example/{words.slug(text)}"


def either(text: str) -> str:
    """One of the two traps; a text has always the same."""
    return (with_trap, as_address)[crc32(text.encode()) % 2](text)


def trapped(table: str, trap: Callable[[str], str]) -> Change:
    """Every text of a table made a trap; scenes that filter by area, whose name is another now, do not."""
    columns = free_texts(table)

    def rows_trapped(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        traps = [{name: trap(row[name]) for name in columns if row[name]} for row in rows]
        cut = [{"filter": ""} if "area=" in row.get("filter", "") else {} for row in rows]
        return [row | trap | less for row, trap, less in zip(rows, traps, cut, strict=True)]

    return on_rows(rows_trapped)


def hostile_pack(folder: Path, trap: Callable[[str], str] = with_trap) -> Path:
    """A copy of the invented pack full of traps that the check lets pass."""
    own = re.compile(rf'^({OWN_WORDS}) = "(.*)"', re.MULTILINE)
    tables = {table: trapped(table, trap) for table in TABLES if (PACK / f"{table}.csv").exists()}
    return write_pack(
        folder, **tables, pack=lambda text: own.sub(lambda found: f'{found[1]} = "{trap(found[2])}"', text)
    )


def areas_of(folder: Path) -> list[str]:
    """The names of the areas of a pack."""
    with (folder / "areas.csv").open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]
