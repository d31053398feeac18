"""Which columns of a table find room beside each other, and how wide they are, on paper and on slides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import mean, median

from cluster_data.drawing.fonts import width
from cluster_data.model.formats import KEPT, NOT_KNOWN, Format

LONG, LONG_LEAST = 40, 0.16  # letters of a usual cell that says much, and the least share of the width for its column
MOST_OF_A_WORD = 1 / 3  # of the width, for a word; longer ones are broken
SPARSE = 2 / 3  # share of empty cells in a dull column
FULL = 0.92  # of the width, for columns at their narrowest
USUAL, HEAD_LINES = 1.5, 2  # times the mean cell is enough, and so many lines of a heading


@dataclass(frozen=True)
class Columns:
    """The columns of a table, heads and cells as they are read, in so much `room`.

    `inset` stands on either side of each cell; words are so much `wider` than the own font has them, and those of more
    letters than `longest` are broken.
    """

    heads: Sequence[str]
    cells: Sequence[Sequence[str]]
    formats: Sequence[Format]
    room: float
    inset: float
    wider: float
    longest: int

    def kept(self, size: float, share: float = 1.0) -> list[int]:
        """The places of the columns that find room in words of this size in a share of the width.

        First go those that do not tell rows apart, then long texts, then the last ones; those of priority go later, and
        the first column stays.
        """
        kept = list(range(len(self.heads)))
        for place in sorted(kept[1:], key=self._worth):
            if self.fit(size, kept, share):
                break
            kept.remove(place)
        return kept

    def fit(self, size: float, kept: Sequence[int], share: float = 1.0) -> bool:
        """Whether columns find room beside each other without a break within a word."""
        return sum(self._least(place, size) for place in kept) <= FULL * share * self.room

    def widths(self, size: float, kept: Sequence[int]) -> list[float]:
        """What each column asks for, or what it needs and its share of the rest."""
        least = [self._least(place, size) for place in kept]
        asked = [
            [max(low, of * size + 2 * self.inset) for of in self._measured[place][2:]]
            for place, low in zip(kept, least, strict=True)
        ]
        heads, most = [one[0] for one in asked], [one[2] for one in asked]
        least = heads if sum(heads) <= FULL * self.room else least
        if sum(most) <= self.room:
            return most
        more = [max(min(one[1:]) - low, 0.1) for low, one in zip(least, asked, strict=True)]
        share = (self.room - sum(least)) / sum(more)
        return [low + share * wanted for low, wanted in zip(least, more, strict=True)]

    def _worth(self, place: int) -> tuple[bool, bool, bool, int, int]:
        said, priority = self.cells[place], self.formats[place].priority
        empty = sum(text in ("", NOT_KNOWN) for text in said) > SPARSE * len(said)
        dull = empty or len(set(said)) < 2
        return priority >= KEPT, not dull, not self._is_long(place), priority, -place

    def _is_long(self, place: int) -> bool:
        return median(map(len, self.cells[place] or [""])) > LONG

    def _least(self, place: int, size: float) -> float:
        head, word, *_ = self._measured[place]
        much = LONG_LEAST * self.room if self._is_long(place) else 0
        return max(min(head * size, self.room / 2), min(word * size, MOST_OF_A_WORD * self.room), much) + 2 * self.inset

    @cached_property
    def _measured(self) -> list[tuple[float, ...]]:
        """For each column, in words of size 1, its widest words, head and below, then head, usual and widest cell."""
        part, found = re.compile(rf"[^\s-]{{1,{self.longest}}}-?|-"), list[tuple[float, ...]]()
        for head, said in zip(self.heads, self.cells, strict=True):
            words = (self.wider * width(word, 1, True) for word in head.split())
            parts = (self.wider * width(word, 1) for text in set(said) for word in part.findall(text))
            whole, cells = self.wider * width(head, 1, True), [self.wider * width(text, 1) for text in said]
            usual, most = USUAL * mean([whole, *cells]), max([whole, *cells])
            found.append((max(words, default=0), max(parts, default=0), whole / HEAD_LINES, usual, most))
        return found
