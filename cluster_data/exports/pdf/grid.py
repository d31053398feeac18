"""A frame as a table on paper: its cells in words, its columns as wide as they need, and what stands beneath a row."""

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
import numpy.typing as npt
import pandas as pd

from cluster_data import words
from cluster_data.exports.pdf import letters
from cluster_data.exports.pdf.letters import Flow
from cluster_data.formats import KEPT, Format, columns_of, for_readers, written
from cluster_data.formats import NOT_KNOWN as UNKNOWN

MOST_ROWS = 200
NOTHING = "empty"
GAP = 9.0
SLACK = 1.04
TALL = 25
LOOSE, CRAMPED = 0.85, 2.5
FEW_COLUMNS = 3
STEP, SHARPNESS = 4.0, 6
LONG_TEXT, LEAST_SHARE = 40, 0.18
SPARSE = 2 / 3

Widths = npt.NDArray[np.float64]


class Said(TypedDict):
    """A cell that stands beneath its row, after the name of its column."""

    name: Flow
    said: Flow


@dataclass(frozen=True)
class Column:
    """A column on paper: its name, its cells, what they are, and whether they are addresses for which there is little
    room and which are shown by their sites."""

    name: Flow
    cells: list[Flow]
    shown: Format
    by_site: bool

    def widths(self) -> Widths:
        """How wide the name and each cell are in one line, in units of the size of the type."""
        name = letters.wide(letters.whole(self.name), strong=True)
        return np.array([name, *(letters.wide(letters.whole(runs)) for runs in self.cells)])

    def leads(self) -> bool:
        """Whether it holds addresses."""
        return any(run["to"] for runs in self.cells for run in runs)

    def is_long(self) -> bool:
        """Whether most of its cells are long texts, which are hard to read in a narrow column."""
        lengths = [len(letters.whole(runs)) for runs in self.cells]
        return not self.by_site and bool(lengths) and float(np.median(lengths)) > LONG_TEXT

    def dullness(self) -> float:
        """1 if it is empty or the same in every row, else the share of its empty cells, if they are most."""
        said = Counter(letters.whole(runs) for runs in self.cells)
        if len(said) == 1 and (len(self.cells) > 1 or set(said) <= {"", UNKNOWN}):
            return 1.0
        empty = said[""] / max(said.total(), 1)
        return empty if empty >= SPARSE else 0.0

    def is_same(self) -> bool:
        """Whether every row says the same."""
        return len(self.cells) > 1 and all(runs == self.cells[0] for runs in self.cells)

    def least(self) -> float:
        """How wide the widest part is that cannot be broken, in the same unit."""
        named = (letters.wide(chunk, strong=True) for chunk in letters.chunks(self.name))
        held = (letters.wide(chunk) for runs in self.cells for chunk in letters.chunks(runs))
        return max([*named, *held], default=0.0)


@dataclass(frozen=True)
class Grid:
    """The columns that fit beside each other, their widths, the size of the type in points; the columns for which there
    is no room, and those of them that say the same in every row."""

    columns: list[Column]
    widths: list[float]
    size: float
    others: list[Column]
    same: list[Column]
    tall: bool  # a row may be so tall that it has to run over a page's end

    def rows(self) -> list[list[Flow]]:
        """The cells row by row."""
        return [list(row) for row in zip(*(column.cells for column in self.columns), strict=True)]

    def beneath(self) -> list[list[Said]]:
        """What stands beneath each row: the cells of the other columns that say something, then what is not known."""
        return [_beneath(self.others, at) for at in range(len(self.columns[0].cells) if self.columns else 0)]

    def names(self) -> list[str]:
        """What the columns are called that stand beneath a row, if anywhere."""
        return [letters.whole(column.name) for column in self.others]

    def the_same(self) -> list[str]:
        """What is the same in every row, each with the name of its column."""
        return [f"{letters.whole(column.name)}: {letters.whole(column.cells[0]) or NOTHING}" for column in self.same]


def _beneath(columns: Sequence[Column], at: int) -> list[Said]:
    said = [Said(name=column.name, said=column.cells[at]) for column in columns]
    unknown = [letters.whole(one["name"]) for one in said if letters.whole(one["said"]) == UNKNOWN]
    known = [one for one in said if one["said"] and letters.whole(one["said"]) != UNKNOWN]
    last = Said(name=letters.plain(words.first_upper(UNKNOWN)), said=letters.plain(words.listing(unknown)))
    return [*known, last] if unknown else known


def grid(
    frame: pd.DataFrame, room: float, sizes: Sequence[float], shares: Sequence[float], known: Container[str] = ()
) -> Grid:
    """The first rows of a frame in `room` points: where it is wide in smaller type, then with fewer columns.

    `shares` are the shares of the room that the narrowest columns may take: of several the next one holds where rows
    are high for want of room. Only the addresses that are `known` become links.
    """
    columns = [
        _column(name, cells, shown, known, roomy=frame.shape[1] <= FEW_COLUMNS)
        for name, cells, shown in columns_of(for_readers(frame.iloc[:MOST_ROWS]))
    ]
    units = np.array([column.least() * SLACK for column in columns])
    floors = np.array([column.is_long() * LEAST_SHARE * room for column in columns])
    size = next((size for size in sizes if (units * size + GAP).sum() <= LOOSE * room), sizes[-1])
    least = np.maximum(units * size + GAP, floors)
    wishes = [column.widths() * size * SLACK + GAP for column in columns]
    for share in shares:
        kept = _kept(columns, least, share * room)
        wish = np.array([wishes[place] for place in kept]).T
        widths = shared(least[kept], wish, room)
        if (wish / widths).max(axis=-1, initial=0).mean() <= CRAMPED:
            break
    shown = [columns[place] for place in kept]
    others = [column for place, column in enumerate(columns) if place not in kept]
    same = [column for column in others if len(frame) <= MOST_ROWS and column.is_same() and not column.leads()]
    others = [column for column in others if column not in same]
    tall = bool((wish / widths).max(initial=0) > TALL)
    return Grid(shown, list(widths), size, others, same, tall or _are_tall(others, sum(widths[:-1]) / size))


def _are_tall(others: Sequence[Column], room: float) -> bool:
    """Whether what stands beneath a row may be tall, in a width of `room` sizes of type."""
    wide = sum((column.widths()[1:] for column in others), start=np.zeros(1))
    return bool(wide.max(initial=0) > TALL * room)


def _kept(columns: list[Column], least: Widths, room: float) -> list[int]:
    """The places of the columns for which there is room.

    First long texts give way, which read well beneath a row, then columns that tell rows hardly apart, then the last
    ones; after these the first, those of high priority and the last one that holds addresses.
    """
    kept = list(range(len(columns)))
    sources = max((place for place, column in enumerate(columns) if column.leads()), default=None)

    def weight(place: int) -> tuple[bool, bool, bool, float, int]:
        column = columns[place]
        firm = place == 0 or column.shown.priority >= KEPT
        return place == sources, firm, not column.is_long(), -column.dullness(), -place

    leaving = sorted(kept, key=weight)
    while least[kept].sum() > room:
        kept.remove(leaving.pop(0))
    return kept


def shared(least: Widths, wish: Widths, room: float) -> Widths:
    """Widths of columns that fill no more than the room, such that the rows become low.

    `least` has a width for each column, `wish` the width at which it stands in one line for each row and column. Room
    is given in small steps, each to the column whose widening lowers the rows most.
    """
    widths, widest = least.copy(), wish.max(axis=0, initial=0)
    for _ in range(int((room - least.sum()) / STEP)):
        wanting = np.flatnonzero(widths < widest)
        if not wanting.size:
            break
        tried = [_height(wish, widths + STEP * (np.arange(widths.size) == column)) for column in wanting]
        widths[wanting[int(np.argmin(tried))]] += STEP
    return widths


def _height(wish: Widths, widths: Widths) -> float:
    """About how high all rows are together, in lines: of each row mostly its longest cell counts."""
    return float((((wish / widths) ** SHARPNESS).sum(axis=1) ** (1 / SHARPNESS)).sum())


def _column(name: str, values: pd.Series, shown: Format, known: Container[str], roomy: bool) -> Column:
    cells = [letters.flow(text, known) for text in written(values, shown)]
    most = max((sum(bool(run["to"]) for run in runs) for runs in cells), default=0)
    by_site = most > (1 if roomy else 0)
    return Column(letters.plain(name), [letters.by_site(runs) for runs in cells] if by_site else cells, shown, by_site)
