"""Cells of a sheet, typed and in few looks; names and texts of a length and with signs that Excel allows."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import count
from typing import TypeGuard

import numpy as np
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cluster_data.model import formats
from cluster_data.model.clean import cleaned
from cluster_data.model.formats import Money, Number, Year
from cluster_data.palette import LIGHT

LONGEST_NAME, LONGEST_HEADING = 31, 255
NOT_IN_NAMES = r"[\[\]:*?/\\']"
ESCAPED = r"_(?=x[0-9A-Fa-f]{4}_)"  # as Excel writes a sign by its number
LETTER_SIZE = 12
TITLE = 1.5  # times as large as text
LARGEST_EXACT = 10**15  # that Excel holds to the last digit before the point
POUNDS, DAY = '"£"#,##0', "d mmmm yyyy"
LONGEST_TEXT = 32_767
CUT = " … (cut here: a cell holds no more)"


Looks = Callable[[str], Format]


def looks_of(book: xlsxwriter.Workbook) -> Looks:
    """The looks of the cells of a workbook by name, or by the form of a number or a day."""

    def look(**traits: object) -> Format:
        return book.add_format({"valign": "top", "text_wrap": True} | traits)

    strong: dict[str, object] = {"bold": True, "font_color": LIGHT.accent, "bottom_color": LIGHT.accent}
    named = {
        "text": look(),
        "other": look(text_wrap=False),
        "head": look(**strong, bottom=2),
        "number head": look(**strong, bottom=2, align="right", indent=2),
        "title": look(**strong, font_size=TITLE * LETTER_SIZE),
        "section": look(**strong, bottom=1, valign="bottom"),
        "link": look(font_color=LIGHT.accent, underline=1),
    }
    return cache(lambda name: named[name] if name in named else look(text_wrap=False, num_format=name))


def write_cell(sheet: Worksheet, row: int, column: int, value: object, shown: formats.Format, looks: Looks) -> None:
    """A value as what it is: text, a number, a day, true or false; nothing if it is missing."""
    if isinstance(value, bool | np.bool_):
        sheet.write_boolean(row, column, bool(value), looks("other"))
    elif day := formats.as_day(value, shown):
        sheet.write_datetime(row, column, day, looks(DAY))
    elif is_exact(value):
        of_hundred = isinstance(shown, Number) and shown.unit == "%"
        sheet.write_number(row, column, value / 100 if of_hundred else float(value), looks(form(value, shown)))
    elif value is not None:
        write_text(sheet, row, column, str(value), looks("text"))


def is_exact(value: object) -> TypeGuard[float]:
    """Whether Excel holds it as a number, to the last digit before the point."""
    return formats.is_number(value) and abs(float(str(value))) < LARGEST_EXACT


def form(value: float, shown: formats.Format) -> str:
    """The form in which a spreadsheet shows a number; one without given decimals shows as many as it has."""
    if isinstance(shown, Money):
        return POUNDS
    if not isinstance(shown, Number):
        return "0" if isinstance(shown, Year) else "General"
    part = "0" * shown.decimals if shown.decimals is not None else "0###" if formats.decimals_of(value) else ""
    unit = "" if shown.unit in ("", "%") else f' "{shown.unit}"'
    return f"#,##0{'.' if part else ''}{part}{'%' if shown.unit == '%' else unit}"


def write_text(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    """Text as text, whatever it looks like; an empty one leaves the cell empty."""
    fitting = cut(cleaned(text), LONGEST_TEXT, CUT)
    if not fitting:
        sheet.write_blank(row, column, None, look)
    elif fitting.startswith("<r>"):  # the writer would take it for markup
        sheet.write_rich_string(row, column, *fitting[:2], fitting[2:], look)
    else:
        sheet.write_string(row, column, fitting, look)


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
