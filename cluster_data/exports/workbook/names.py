"""Names and texts of a length and with signs that Excel allows."""

import re
from collections.abc import Iterable
from itertools import count

from cluster_data.model.clean import cleaned

LONGEST_NAME, LONGEST_HEADING = 31, 255
NOT_IN_NAMES = r"[\[\]:*?/\\']"
ESCAPED = r"_(?=x[0-9A-Fa-f]{4}_)"  # as Excel writes a sign by its number


def sheet_name(number: int, about: str) -> str:
    """A name that Excel allows for a sheet; its number makes it the only one: "2 Firms by area"."""
    return cut(printable(f"{number} {re.sub(NOT_IN_NAMES, ' ', about)}"), LONGEST_NAME)


def headings(names: Iterable[object]) -> list[str]:
    """Names of columns as Excel wants them: none empty or too long, no two alike."""
    found: dict[str, str] = {}
    for place, name in enumerate(names, 1):
        heading = whole = cut(printable(str(name)), LONGEST_HEADING - 10) or f"Column {place}"
        again = count(2)
        while heading.lower() in found:
            heading = f"{whole} ({next(again)})"
        found[heading.lower()] = heading
    return list(found.values())


def printable(text: str) -> str:
    """The text in one line, without signs that no name may hold."""
    return " ".join(re.sub(ESCAPED, " ", cleaned(text)).split())


def cut(text: str, most: int, ending: str = "…") -> str:
    """The text, or its start with an ending, within a length as Excel counts it: an emoji as two."""
    if len(text) * 2 <= most:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * most:
        return text
    return units[: 2 * (most - len(ending))].decode("utf-16-le", "ignore").rstrip() + ending
