"""What of a table paper has room for: a view is to be a few pages long, and its workbook holds the rest."""

from collections.abc import Iterable, Sequence

import pandas as pd

from cluster_data.document import Chart, Map, Table, Text
from cluster_data.elements import Element, Group, Only, Records
from cluster_data.model import words
from cluster_data.model.formats import Link, for_readers, formats_of
from cluster_data.ui.frame import View

ROOM, LEAST = 30, 3  # rows of all tables of a view together, and of each
MOST_COLUMNS, LONGEST = 5, 80  # of a table, and letters of a cell
MOST_CARDS = 6  # of a grid
LEFT = "{}: the workbook of this view holds what is not shown here."
CUT = "Shown are {}; the workbook of this view holds all."


def room(view: View) -> int:
    """The most rows of a table."""
    return max(LEAST, ROOM // max(1, _tables(view.shown.page.elements if view.shown else ())))


def cut(view: View, rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """The first rows and the columns of a table for which paper has room, and what it lacks with where that is.

    Columns of addresses go first, where others are left to read, then those of low priority.
    """
    whole = for_readers(rows)
    first, formats = whole.head(room(view)), formats_of(whole)
    order = sorted(
        range(1, len(formats)), key=lambda place: (isinstance(formats[place], Link), -formats[place].priority, place)
    )
    told = [place for place in order if not isinstance(formats[place], Link)]
    kept = first.iloc[:, sorted([0, *(told if len(told) > 1 else order)[: MOST_COLUMNS - 1]])]
    kept = kept.map(lambda cell: words.cut(cell, LONGEST) if isinstance(cell, str) and "://" not in cell else cell)
    lacks = [f"the first {len(kept):,} of {len(whole):,} rows"] if len(kept) < len(whole) else []
    lacks += [f"{kept.shape[1]} of {whole.shape[1]} columns"] if kept.shape[1] < whole.shape[1] else []
    return kept, CUT.format(" and ".join(lacks)) if lacks else ""


def _tables(parts: Iterable[Element]) -> int:
    """How many tables and pictures these parts print."""
    found = 0
    for part in parts:
        if isinstance(part, Group) or (isinstance(part, Only) and part.where == "screen"):
            found += _tables(part.parts)
        elif isinstance(part, Records | Chart | Map) or (isinstance(part, Table) and not part.long):
            found += 1
    return found


def first_cards(part: Group) -> Sequence[Element]:
    """The parts of a group; of a grid of many the first, with a word where the rest is."""
    if part.layout != "grid" or len(part.parts) <= MOST_CARDS:
        return part.parts
    return [*part.parts[:MOST_CARDS], Text(CUT.format(f"the first {MOST_CARDS} of {len(part.parts):,}"), "small")]
