"""Numbers of a sheet, those among them that a table holds in words: "1,204", "26%", "£1.6m", "2026"."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from numbers import Real
from typing import TypeGuard

LARGEST_EXACT = 10**15
SIZES = {"": ("1", ""), "%": ("0.01", "%"), "m": ("1000000", ',,"m"'), "bn": ("1000000000", ',,,"bn"')}
SAID = re.compile(
    r"(?P<before>[-−]?)(?P<sign>(?:£|US\$|\$|€)?)(?P<after>[-−]?)"
    r"(?P<whole>[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,3}|0)(?P<part>(?:\.\d+)?)(?P<size>%|m|bn|)"
)
OF_CODES = re.compile(r"\b(ids?|codes?|references?)$", re.IGNORECASE)


@dataclass(frozen=True)
class Figure:
    """A number with the words it was read from, and the form in which a spreadsheet shows the same."""

    text: str
    value: float
    form: str

    def __str__(self) -> str:
        return self.text


def read(heading: str, cells: Sequence[object]) -> Sequence[object]:
    """The cells of a column as figures, if each text among them can be read as one; else as they are.

    A figure of five digits or more has commas: without them it is a code, as is what begins with a needless zero and
    what stands under a heading that says so.
    """
    texts = [cell for cell in cells if isinstance(cell, str) and cell]
    if not texts or OF_CODES.search(heading) or not all(map(read_one, texts)):
        return cells
    if not all(cell is None or isinstance(cell, str) or is_number(cell) for cell in cells):
        return cells
    return [(read_one(cell) if isinstance(cell, str) else cell) for cell in cells]


@lru_cache(maxsize=10_000)
def read_one(text: str) -> Figure | None:
    """The number that a text says, or None if it says anything else."""
    said = SAID.fullmatch(text)
    if said is None or (said["before"] and said["after"]):
        return None
    times, ending = SIZES[said["size"]]
    number = float(Decimal(said["whole"].replace(",", "") + said["part"]) * Decimal(times))
    if not is_number(number):
        return None
    sign = f'"{said["sign"]}"' if said["sign"] else ""
    whole = "#,##0" if "," in said["whole"] else "0"
    decimals = f".{'0' * (len(said['part']) - 1)}" if said["part"] else ""
    return Figure(text, -number if said["before"] or said["after"] else number, f"{sign}{whole}{decimals}{ending}")


def is_number(value: object) -> TypeGuard[float]:
    """Whether Excel holds it as a number, to the last digit before the point."""
    if isinstance(value, str | bool) or not isinstance(value, Real):
        return False
    return math.isfinite(value) and abs(float(value)) < LARGEST_EXACT
