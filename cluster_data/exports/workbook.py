"""The view as a workbook for Excel and other spreadsheets: a cover, a sheet for each table, the sources."""

import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import count
from numbers import Real
from typing import Any, TypeGuard

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from cluster_data import words
from cluster_data.document import Document
from cluster_data.exports import VIEW
from cluster_data.exports.tables import Held, facts, held, small_print
from cluster_data.palette import LIGHT

ORDER = 10
LABEL = "Excel workbook"
SAYS = "A cover with filter, date, link, sources and licences, and a sheet for each table, chart and map."
SUFFIX = "xlsx"
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OF = VIEW

COVER, SOURCES = "Cover", "Sources"
CITED = "Every page and data set cited, with its address."
TEXT_STAYS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LETTER_SIZE = 12
LETTERS = {"font_name": "Arial", "font_size": LETTER_SIZE, "font_scheme": "none"}
PIXELS = 80  # of a column, as these letters need
A4 = 9
MOST_ROWS = 1_048_575  # below the header
MOST_LINKS = 65_530
LARGEST_EXACT = 10**15
LONGEST_NAME, LONGEST_HEADING, LONGEST_TEXT, LONGEST_PRINTED = 31, 255, 32_767, 120
CUT = " … (cut here: a cell holds no more)"
COVER_WIDTHS = (32, 100)  # widths are counted in digits
NARROWEST, WIDEST, WIDEST_SOURCE, FILTER_BUTTON = 8, 70, 110, 4
PAGE = 200  # digits that can still be read across one page
SMALL_LETTER, OTHER_SIGN = 0.85, 1.7
BROKEN = 1.2  # how much longer a word gets that is broken, as it breaks at its own signs
LINE, SECTION, TALLEST = 15.75, 33, 409  # points
TITLE = 1.5  # times as large as text
ROWS_MEASURED = 1000
NOT_IN_NAMES = r"[\[\]:*?/\\']"
UNPRINTABLE = r"[\x00-\x1f\x7f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)"
OTHER_SIGNS = re.compile(r"[^a-z0-9 .,;:/()-]")
ADDRESS = re.compile(r"https?://(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2}){1,2000}")


@dataclass(frozen=True)
class Looks:
    """How cells look. A whole number has commas from 10,000 on, so that a year never has one."""

    text: Format
    whole: Format
    other: Format
    head: Format
    number_head: Format
    title: Format
    section: Format
    link: Format

    @classmethod
    def of(cls, book: xlsxwriter.Workbook) -> "Looks":
        """The looks of one workbook."""

        def look(**traits: object) -> Format:
            return book.add_format({"valign": "top", "text_wrap": True} | traits)

        strong: dict[str, object] = {"bold": True, "font_color": LIGHT.accent, "bottom_color": LIGHT.accent}
        return cls(
            text=look(),
            whole=look(text_wrap=False, num_format="[>=10000]#,##0;[<=-10000]-#,##0;0"),
            other=look(text_wrap=False),
            head=look(**strong, bottom=2),
            number_head=look(**strong, bottom=2, align="right", indent=2),
            title=look(**strong, font_size=TITLE * LETTER_SIZE),
            section=look(**strong, bottom=1, valign="bottom"),
            link=look(font_color=LIGHT.accent, underline=1),
        )


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a sheet: its heading, its cells, None where one is missing, and its width."""

    heading: str
    cells: Sequence[object]
    width: int

    @property
    def of_numbers(self) -> bool:
        """Whether it holds numbers and nothing else."""
        known = [value for value in self.cells if value is not None]
        return bool(known) and all(map(is_number, known))


def made(document: Document) -> bytes:
    """The bytes of the workbook; equal documents give equal bytes."""
    whole = io.BytesIO()
    letters = {"default_format_properties": LETTERS.copy(), "default_column_width": PIXELS}
    with xlsxwriter.Workbook(whole, TEXT_STAYS_TEXT | letters) as book:
        book.set_properties(properties(document))
        looks = Looks.of(book)
        tables = {sheet_name(number, table.about): table for number, table in enumerate(held(document), 1)}
        write_cover(book.add_worksheet(COVER), document, tables, looks)
        for name, table in tables.items():
            write_table(book.add_worksheet(name), table, looks)
        write_sources(book.add_worksheet(SOURCES), document, looks)
    return whole.getvalue()


def properties(document: Document) -> dict[str, Any]:
    """What the file says of itself to the program that opens it."""
    texts = {"title": document.title, "subject": document.statement, "comments": document.link, "company": ""}
    named = {key: cut(printable(text), LONGEST_HEADING) for key, text in texts.items()}
    return named | {"created": datetime.combine(document.made, time())}


# ---- sheets ---------------------------------------------------------------


def write_cover(sheet: Worksheet, document: Document, tables: Mapping[str, Held], looks: Looks) -> None:
    """The first sheet: what the view says, what the other sheets hold, and on what terms."""
    lay_out(sheet, COVER_WIDTHS)
    sheet.hide_gridlines(2)
    for row, (left, right) in enumerate(cover(document, tables)):
        look = looks.title if row == 0 else looks.text if right else looks.section
        larger = TITLE if row == 0 else 1
        lines = max(
            lines_in(text, int(width / larger)) for text, width in zip((left, right), COVER_WIDTHS, strict=True)
        )
        sheet.set_row(row, min(lines * LINE * larger, TALLEST) if right else SECTION)
        write_text(sheet, row, 0, left, look)
        write_text(sheet, row, 1, right, look)
        if right and (left in tables or left == SOURCES):
            sheet.write_url(row, 0, f"internal:'{left}'!A1", looks.link, left)
        elif ADDRESS.fullmatch(right):
            sheet.write_url(row, 1, right, looks.link, right)


def cover(document: Document, tables: Mapping[str, Held]) -> Iterator[tuple[str, str]]:
    """The lines of the cover: a name and what it stands for; with nothing on the right, the name is a heading."""
    yield document.page.replace("_", " "), document.title
    yield from ((name, fact) for name, fact in facts(document).items() if fact)
    yield "Sheets", ""
    yield from ((name, contents(table)) for name, table in tables.items())
    yield SOURCES, CITED
    for heading, lines in small_print(document).items():
        yield heading, ""
        yield from (("", line) for line in lines)


def contents(table: Held) -> str:
    """What a sheet holds, as the cover says it."""
    rows = len(table.rows)
    size = words.count(rows, "row") if rows else "No row"
    if rows > MOST_ROWS:
        size = f"The first {MOST_ROWS:,} of {rows:,} rows, as a sheet holds no more; as CSV you get all of them"
    return " ".join(f"{table.about}. {size}. {table.note}".split())


def write_table(sheet: Worksheet, table: Held, looks: Looks, widest: int = WIDEST) -> None:
    """A table from the first cell on: headings that stay in sight and can be filtered by, then typed rows."""
    columns = columns_of(table.rows.head(MOST_ROWS), widest)
    lay_out(sheet, [column.width for column in columns])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header("&L" + (cut(printable(table.about), LONGEST_PRINTED).replace("&", "&&") or "&A"))
    if columns:
        write_frame(sheet, table, columns)
    for place, column in enumerate(columns):
        write_text(sheet, 0, place, column.heading, looks.number_head if column.of_numbers else looks.head)
        for row, value in enumerate(column.cells, 1):
            write_cell(sheet, row, place, value, looks)
    for row, lines in tall(columns).items():
        sheet.set_row(row, min(lines * LINE, TALLEST))


def write_frame(sheet: Worksheet, table: Held, columns: Sequence[Column]) -> None:
    """What makes cells a table to Excel and to screen readers: headings, filters, its name and what it holds."""
    corners = (0, 0, max(len(columns[0].cells), 1), len(columns) - 1)
    named = {"title": cut(printable(table.about), LONGEST_HEADING), "description": printable(contents(table))}
    listed = [{"header": column.heading} for column in columns]
    sheet.add_table(*corners, {"columns": listed, "style": "Table Style Light 1", **named})
    sheet.ignore_errors({"number_stored_as_text": xl_range(*corners)})


def write_sources(sheet: Worksheet, document: Document, looks: Looks) -> None:
    """The last sheet: every page and data set that the pack cites, with links."""
    columns = {"publisher": "Publisher", "url": "Address", "title": "Title", "note": "What was used of it"}
    rows = document.cluster.table("sources")[list(columns)].rename(columns=columns)
    write_table(sheet, Held(SOURCES, CITED, rows, drawn=False), looks, WIDEST_SOURCE)
    for row, address in enumerate(rows["Address"].head(MOST_LINKS), 1):
        if ADDRESS.fullmatch(address):
            sheet.write_url(row, 1, address, looks.link, address)


def lay_out(sheet: Worksheet, widths: Sequence[int]) -> None:
    """How wide the columns are, and how it is printed: on A4 across, so that it can be read, with name and page."""
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(max(math.ceil(sum(widths) / PAGE), 1), 0)
    sheet.repeat_columns(0)
    sheet.set_footer("&L&A&RPage &P of &N")


# ---- columns and cells ----------------------------------------------------


def columns_of(rows: pd.DataFrame, widest: int) -> list[Column]:
    """The columns of a frame."""
    found = []
    for heading, (_, values) in zip(headings(rows.columns), rows.items(), strict=True):
        cells = values.astype(object).where(values.notna(), None).tolist()
        needed = max(size(heading) + FILTER_BUTTON, usual_size(cells) + 1)
        found.append(Column(heading, cells, min(max(math.ceil(needed), NARROWEST), widest)))
    return found


def usual_size(cells: Sequence[object]) -> float:
    """The width that all but the longest twentieth of a column need, by its first rows."""
    first = [str(value) for value in cells[:ROWS_MEASURED] if value is not None]
    sizes = sorted(max(map(size, text.split("\n"))) for text in first)
    return sizes[math.ceil(0.95 * len(sizes)) - 1] if sizes else 0


def tall(columns: Iterable[Column]) -> dict[int, int]:
    """The rows that need more than one line, and how many they need."""
    found: dict[int, int] = {}
    for column in columns:
        for row, value in enumerate((column.heading, *column.cells)):
            lines = lines_in(value, column.width) if isinstance(value, str) else 1
            if lines > found.get(row, 1):
                found[row] = lines
    return found


def lines_in(text: str, width: int) -> int:
    """How many lines a text takes in a column of a width, broken between words where it can be."""
    if len(text) * OTHER_SIGN < width and "\n" not in text:
        return 1
    lines = 0
    for line in text.split("\n"):
        room = 0.0
        for word in line.split(" "):
            needed = size(word) + SMALL_LETTER
            if needed > room:
                more = 1 if needed <= width else math.ceil(needed / width * BROKEN)
                lines, room = lines + more, more * width
            room -= needed
    return lines


def size(text: str) -> float:
    """How wide a text is, at most, in digits."""
    wide = len(OTHER_SIGNS.findall(text))
    return (len(text) - wide) * SMALL_LETTER + wide * OTHER_SIGN


def write_cell(sheet: Worksheet, row: int, column: int, value: object, looks: Looks) -> None:
    """A value as what it is: text, a number, true or false; nothing if it is missing."""
    if isinstance(value, bool | np.bool_):
        sheet.write_boolean(row, column, bool(value), looks.other)
    elif is_number(value):
        sheet.write_number(row, column, float(value), looks.whole if value % 1 == 0 else looks.other)
    elif value is not None:
        write_text(sheet, row, column, str(value), looks.text)


def is_number(value: object) -> TypeGuard[float]:
    """Whether Excel holds it as a number, to the last digit before the point."""
    if isinstance(value, str | bool) or not isinstance(value, Real):
        return False
    return math.isfinite(value) and abs(float(value)) < LARGEST_EXACT


def write_text(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    """Text as text, whatever it looks like; an empty one leaves the cell empty."""
    fitting = cut(text, LONGEST_TEXT, CUT)
    if not fitting:
        sheet.write_blank(row, column, None, look)
    elif fitting.startswith("<r>"):  # the writer would take it for markup
        sheet.write_rich_string(row, column, *fitting[:2], fitting[2:], look)
    else:
        sheet.write_string(row, column, fitting, look)


# ---- names ----------------------------------------------------------------


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
    return " ".join(re.sub(UNPRINTABLE, " ", text).split())


def cut(text: str, most: int, ending: str = "…") -> str:
    """The text, or its start with an ending, within a length as Excel counts it: an emoji as two."""
    if len(text) * 2 <= most:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * most:
        return text
    return units[: 2 * (most - len(ending))].decode("utf-16-le", "ignore").rstrip() + ending
