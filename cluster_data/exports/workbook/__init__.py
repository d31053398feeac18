"""The view as a workbook for Excel and other spreadsheets: a cover, a sheet for each table, the sources."""

import io
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from cluster_data.document import Document
from cluster_data.exports import VIEW
from cluster_data.exports.tables import Held, facts, held, small_print, sources_named
from cluster_data.exports.workbook.cells import (
    LETTER_SIZE,
    LONGEST_HEADING,
    Looks,
    cut,
    headings,
    looks_of,
    printable,
    sheet_name,
    write_cell,
    write_text,
)
from cluster_data.model import words
from cluster_data.model.formats import Link, columns_of

ORDER = 10
LABEL = "Excel workbook"
SAYS = "A cover with filter, date, link, sources and licences, and a sheet for each table, chart and map."
SUFFIX = "xlsx"
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OF = VIEW

COVER, SOURCES = "Cover", "Sources"
NONE_NAMED = (
    "No cell holds the address of a source: what the tables rest on stands below, and the page Data gives all of the "
    "{:,} pages and data sets cited."
)
NAMED = (
    "The pages and data sets that these tables name, {:,} of the {:,} cited, each with its address. Counts of records "
    "rest on all of them: the page Data gives them with all data."
)
TEXT_STAYS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LETTERS = {"font_name": "Arial", "font_size": LETTER_SIZE, "font_scheme": "none"}
PIXELS = 80  # of a column, as these letters need
A4 = 9
MOST_ROWS = 1_048_575  # below the header
MOST_LINKS = 65_530
LONGEST_PRINTED, LONGEST_LINK = 120, 2000
NARROWEST, WIDEST, COVER_WIDTHS = 75, 630, (290, 900)  # pixels of columns
LARGER = 1.25  # than the letters that the writer fits columns to
ACROSS = 8  # columns that can be read across one page
SECTION = 33  # points


def file_of(document: Document) -> bytes:
    """The bytes of the workbook; equal documents give equal bytes."""
    whole = io.BytesIO()
    letters = {"default_format_properties": LETTERS.copy(), "default_column_width": PIXELS}
    with xlsxwriter.Workbook(whole, TEXT_STAYS_TEXT | letters) as book:
        book.set_properties(properties(document))
        looks = looks_of(book)
        tables = {sheet_name(number, table.about): table for number, table in enumerate(held(document), 1)}
        cited = sources(document, tables.values())
        write_cover(book.add_worksheet(COVER), document, tables, cited, looks)
        for name, table in tables.items():
            write_table(book.add_worksheet(name), table, looks)
        if len(cited.rows):
            write_table(book.add_worksheet(SOURCES), cited, looks)
    return whole.getvalue()


def properties(document: Document) -> dict[str, Any]:
    """What the file says of itself to the program that opens it."""
    texts = {"title": document.title, "subject": document.statement, "comments": document.link, "company": ""}
    named = {key: cut(printable(text), LONGEST_HEADING) for key, text in texts.items()}
    return named | {"created": datetime.combine(document.made, time())}


# ---- sheets ---------------------------------------------------------------


def write_cover(sheet: Worksheet, document: Document, tables: Mapping[str, Held], cited: Held, looks: Looks) -> None:
    """The first sheet: what the view says, what the other sheets hold, and on what terms."""
    lay_out(sheet, 1)
    sheet.hide_gridlines(2)
    for place, width in enumerate(COVER_WIDTHS):
        sheet.set_column_pixels(place, place, width)
    for row, (left, right) in enumerate(cover(document, tables, cited)):
        look = looks("title" if row == 0 else "text" if right else "section")
        if not right:
            sheet.set_row(row, SECTION)
        write_text(sheet, row, 0, left, look)
        write_text(sheet, row, 1, right, look)
        if right and (left in tables or (left == SOURCES and len(cited.rows))):
            sheet.write_url(row, 0, f"internal:'{left}'!A1", looks("link"), left)
        elif right == document.link:
            write_link(sheet, row, 1, right, looks)


def cover(document: Document, tables: Mapping[str, Held], cited: Held) -> Iterator[tuple[str, str]]:
    """The lines of the cover: a name and what it stands for; with nothing on the right, the name is a heading."""
    yield document.page.replace("_", " "), document.title
    yield from ((name, fact) for name, fact in facts(document).items() if fact)
    yield "Sheets", ""
    yield from ((name, contents(table)) for name, table in tables.items())
    yield SOURCES, cited.note
    for heading, lines in small_print(document).items():
        yield heading, ""
        yield from (("", line) for line in lines)


def contents(table: Held) -> str:
    """What a sheet holds, as the cover says it."""
    rows = len(table.rows)
    size = words.count(rows, "row") if rows else "No row"
    if rows > MOST_ROWS:
        size = f"The first {MOST_ROWS:,} of {rows:,} rows, as a sheet holds no more; as CSV you get all of them"
    return " ".join(f"{table.about.rstrip('.')}. {size}. {table.note}".split())


def write_table(sheet: Worksheet, table: Held, looks: Looks) -> None:
    """A table from the first cell on: headings that stay in sight and can be filtered by, then typed rows."""
    rows = table.rows.head(MOST_ROWS)
    columns = list(zip(headings(rows.columns), columns_of(rows), strict=True))
    lay_out(sheet, math.ceil(len(columns) / ACROSS))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header("&L" + (cut(printable(table.about), LONGEST_PRINTED).replace("&", "&&") or "&A"))
    if columns:
        write_frame(sheet, table, [heading for heading, _ in columns], len(rows))
    for place, (heading, (_, values, shown)) in enumerate(columns):
        cells = values.astype(object).where(values.notna(), None).tolist()
        write_text(sheet, 0, place, heading, looks("number head" if shown.right else "head"))
        for row, value in enumerate(cells, 1):
            write_cell(sheet, row, place, value, shown, looks)
        if isinstance(shown, Link) and shown.told:
            for row, address in enumerate(cells[:MOST_LINKS], 1):
                write_link(sheet, row, place, str(address), looks)
    sheet.autofit()
    for place, fitted in sheet.col_info.items():
        sheet.set_column_pixels(place, place, min(max(LARGER * fitted.width, NARROWEST), WIDEST))


def write_frame(sheet: Worksheet, table: Held, names: Sequence[str], rows: int) -> None:
    """What makes cells a table to Excel and to screen readers: headings, filters, its name and what it holds."""
    corners = (0, 0, max(rows, 1), len(names) - 1)
    named = {"title": cut(printable(table.about), LONGEST_HEADING), "description": printable(contents(table))}
    listed = [{"header": name} for name in names]
    sheet.add_table(*corners, {"columns": listed, "style": "Table Style Light 1", **named})
    sheet.ignore_errors({"number_stored_as_text": xl_range(*corners)})


def sources(document: Document, tables: Iterable[Held]) -> Held:
    """The pages and data sets that the tables name by their addresses."""
    named, cited = sources_named(document, tables), len(document.cluster.table("sources"))
    said = NONE_NAMED.format(cited) if named.empty else NAMED.format(len(named), cited)
    return Held(SOURCES, said, named, drawn=False)


def write_link(sheet: Worksheet, row: int, column: int, address: str, looks: Looks) -> None:
    """A cell as a link, if it is a sound address that is not too long for one."""
    if words.is_address(address) and len(address) <= LONGEST_LINK:
        sheet.write_url(row, column, address, looks("link"), address)


def lay_out(sheet: Worksheet, pages: int) -> None:
    """How it is printed: on A4 across, on so many pages side by side, with name and page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(max(pages, 1), 0)
    sheet.repeat_columns(0)
    sheet.set_footer("&L&A&RPage &P of &N")
