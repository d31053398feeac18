"""A view as a workbook, read again with openpyxl and as plain XML."""

import io
import re
import zipfile
from datetime import date
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from openpyxl.utils.escape import unescape

from cluster_data import exports
from cluster_data.document import Notes, Table
from cluster_data.exports import workbook
from cluster_data.exports.tables import Held
from cluster_data.exports.workbook import cells, contents
from cluster_data.measures import citations, organisations
from cluster_data.model.clean import cleaned
from cluster_data.model.filters import Filter
from cluster_data.model.formats import Date, Money, Number, Words, Year, typed
from tests import documents
from tests.packs import STEADY

ANY_TEXT = some.text(some.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
BY_D = [
    ("D", "Firms", "Universities", "Hospital trusts", "Assets", "Offers", "Assets that name it", "Offers that name it"),
    ("Data", 2, 1, 1, 2, 2, 1, 1),
    ("Devices", 3, 1, 1, 2, 3, 1, 2),
    ("Diagnostics", 2, 0, 1, 1, 2, 0, 1),
    ("Digital", 2, 0, 0, 1, 2, 0, 1),
    ("Robotics", 2, 1, 0, 3, 4, 2, 3),
]

LEFT_OUT = "Not counted, as ended or moved away: 1 firm, 1 hospital trust, 1 asset and 2 offers"
STATEMENT = f"Heartland firms in Northmark: 8. {LEFT_OUT}"


def opened(data):
    """The workbook as openpyxl reads it, every part of it sound XML."""
    for _, part in parts(data):
        ElementTree.fromstring(part)
    return openpyxl.load_workbook(io.BytesIO(data))


def parts(data):
    """The XML parts of the file: name and bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        return [(name, whole.read(name)) for name in whole.namelist() if name.endswith((".xml", ".rels"))]


def values(sheet):
    """The cells of a sheet, row by row, as a spreadsheet shows them."""
    return [
        tuple(unescape(cell) if isinstance(cell, str) else cell for cell in row)
        for row in sheet.iter_rows(values_only=True)
    ]


def of(cluster, frame, about="Table", note=""):
    """The sheet of a frame, in a workbook that holds nothing else."""
    view = documents.document(cluster, parts=(Table(about, lambda: frame, note),))
    return opened(workbook.file_of(view)).worksheets[1]


@pytest.fixture(scope="module")
def book(cluster):
    """The workbook of a view with each sort of part."""
    return opened(workbook.file_of(documents.document(cluster)))


# ---- the whole ------------------------------------------------------------


def test_it_is_offered_first():
    form = exports.every()[0]
    assert (form.name, form.suffix, form.of) == ("workbook", "xlsx", exports.VIEW)


def test_a_cover_then_every_table_once(book):
    assert book.sheetnames == ["Cover", "1 Records by D", "2 Firms by area"]
    assert values(book["1 Records by D"]) == BY_D
    assert [(row[0], row[-1]) for row in values(book["2 Firms by area"])] == [
        ("Area", "Firms"),
        ("Aldbrook", 2),
        ("Birkwick", 2),
        ("Carrow Vale", 2),
        ("Dunmere", 1),
        ("Not known", 1),
    ]


def test_the_cover_says_what_a_reader_must_know(book, cluster):
    said, whole = values(book["Cover"]), documents.document(cluster)
    assert said[:7] == [
        ("Four Ds", "Devices lead; robotics is thin"),
        ("Question", "What does each D hold?"),
        ("Filter", STATEMENT),
        ("Made on", "21 November 2026"),
        ("Data as known in", "June 2026"),
        ("Link", documents.LINK),
        ("Cite as", citations.of_view(cluster.pack, whole.title, whole.statement, whole.link)),
    ]
    assert ("1 Records by D", "Records by D. 5 rows. Records. Source: the list of organisations.") in said
    assert said[said.index(("Sources", None)) + 1 :] == [
        (None, "Records. Source: the list of organisations."),
        (None, "Firms. Source: the list of organisations."),
        ("Licences", None),
        (None, "Invented data, free for any use."),
        ("Limits", None),
        (None, "8 firms are listed, and none exists."),
    ]
    assert (None, "A record counts under each of its Ds.") in said
    assert "Say that the Ds overlap." not in {cell for row in said for cell in row}


def test_the_cover_leads_to_the_view_and_to_each_sheet(book):
    links = {cell.value: cell.hyperlink for row in book["Cover"] for cell in row if cell.hyperlink}
    assert links.pop(documents.LINK).target == documents.LINK
    assert {name: link.location for name, link in links.items()} == {
        name: f"'{name}'!A1" for name in book.sheetnames[1:]
    }


def test_the_file_says_what_it_is(book):
    said = book.properties
    assert (said.title, said.subject) == ("Devices lead; robotics is thin", STATEMENT)
    assert said.created.date() == date(2026, 11, 21)
    assert not said.creator


def test_equal_views_give_equal_bytes(cluster):
    assert workbook.file_of(documents.document(cluster)) == workbook.file_of(documents.document(cluster))


# ---- sheets ---------------------------------------------------------------


def test_a_sheet_begins_with_a_bold_frozen_header_that_filters(book):
    sheet = book["1 Records by D"]
    (table,) = sheet.tables.values()
    assert (sheet.freeze_panes, table.ref, table.autoFilter.ref) == ("A2", "A1:H6", "A1:H6")
    assert [column.name for column in table.tableColumns] == list(BY_D[0])
    assert all(cell.font.b for cell in sheet[1])
    assert sheet.print_title_rows == "$1:$1"


def test_a_screen_reader_is_told_what_a_table_holds(cluster):
    xml = dict(parts(workbook.file_of(documents.document(cluster))))["xl/tables/table1.xml"].decode()
    assert 'altText="Records by D"' in xml
    assert 'altTextSummary="Records by D. 5 rows. Records. Source: the list of organisations."' in xml


def test_columns_are_as_wide_as_they_must_be_and_no_wider(cluster):
    frame = pd.DataFrame({"No": [1], "Name": ["A firm with a rather long name indeed"], "Note": ["word " * 60]})
    sheet = of(cluster, frame)
    short, name, note = (sheet.column_dimensions[letter].width for letter in "ABC")
    assert 8 <= short < 10
    assert 30 < name < 45
    assert 60 < note < 75
    assert sheet["C2"].alignment.wrap_text
    assert sheet.row_dimensions[2].height is None  # as high as its lines, which the program that opens it knows


def test_a_view_whose_tables_name_no_source_lists_none_and_says_where_all_are(book):
    said = dict(row for row in values(book["Cover"]) if row[0] and row[1])["Sources"]
    assert said.startswith("No cell holds the address of a source: what the tables rest on stands below")
    assert said.endswith("the page Data gives all of the 3 pages and data sets cited.")


def test_a_name_that_ends_with_a_full_stop_has_no_second_one():
    assert contents(Held("Firms and their neighbours.", "Firms.", pd.DataFrame({"a": [1]}), True)) == (
        "Firms and their neighbours. 1 row. Firms."
    )


def test_every_source_that_a_table_names_is_listed_with_its_link(cluster):
    frame = pd.DataFrame({"Source": list(cluster.table("sources")["url"])})
    book = opened(workbook.file_of(documents.document(cluster, parts=(Table("Cited", lambda: frame),))))
    sheet, cited = book["Sources"], list(citations.table(cluster)["Citation"])
    used = "Names and towns"
    assert values(sheet) == [
        ("Source", "Publisher", "Year", "Address", "What was used of it", "Citation"),
        ("Firms of Northmark", "Test Gazette", "year not known", "https://example.org/gazette", None, cited[0]),
        (
            "Register of test bodies",
            "Test Register",
            "year not known",
            "https://example.org/register?page=1",
            used,
            cited[1],
        ),
        (
            "Web page, title not known",
            "Test Survey",
            "year not known",
            "https://example.com/survey",
            None,
            cited[2],
        ),
    ]
    assert [sheet.cell(row, 4).hyperlink.target for row in (2, 3, 4)] == [row[3] for row in values(sheet)[1:]]


def test_the_sources_listed_are_those_that_the_tables_name_in_their_order(cluster):
    frame = pd.DataFrame({"Source": ["https://example.com/survey", None], "Sources": ["", "https://elsewhere.example"]})
    both = pd.DataFrame({"Sources": ["https://example.com/survey https://example.org/gazette"]})
    for frames, named in (((frame,), [4]), ((frame, both), [4, 2]), ((both.iloc[:0], frame), [4])):
        tables = tuple(Table(f"Table {len(one)}", lambda one=one: one) for one in frames)
        book = opened(workbook.file_of(documents.document(cluster, parts=tables)))
        every = list(cluster.table("sources")["url"])
        assert [row[3] for row in values(book["Sources"])[1:]] == [every[place - 2] for place in named]
        said = dict(row for row in values(book["Cover"]) if row[0] and row[1])["Sources"]
        assert said.startswith(f"The pages and data sets that these tables name, {len(named)} of the 3 cited")
        assert (None, "Invented data, free for any use.") in values(book["Cover"])


def test_no_other_line_of_the_cover_becomes_a_link(cluster):
    changed = documents.document(cluster, title="https://evil.example/x", question="https://evil.example/y")
    cover = opened(workbook.file_of(changed)).worksheets[0]
    assert {cell.hyperlink.target for row in cover for cell in row if cell.hyperlink} - {None} == {documents.LINK}


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "https://a.b/" + "c" * 2500, "https://a.b/<x>", "file:///etc/passwd", "a", ""]
)
def test_what_is_no_sound_address_is_no_link(cluster, link):
    cover = opened(workbook.file_of(documents.document(cluster, link=link))).worksheets[0]
    targets = [cell.hyperlink.target for row in cover for cell in row if cell.hyperlink]
    assert not any(targets)  # links within the workbook have none
    assert (("Link", link) in values(cover)) == bool(link)


# ---- cells ----------------------------------------------------------------


def test_a_cell_is_what_it_was(cluster):
    frame = pd.DataFrame(
        {
            "Text": ["007", "1,200", "TRUE", "2026"],
            "Whole": pd.array([0, -5, None, 17_000], dtype="Int64"),
            "Year": [2026.0, 1999.0, None, 2011.0],
            "Share": [0.0, 0.25, None, 1.5],
            "Known": [True, False, None, True],
            "Sort": pd.Categorical(["a", "b", None, "a"]),
            "Mixed": [1, "1", None, "unknown"],
        }
    )
    sheet = of(cluster, frame)
    assert values(sheet)[1:] == [
        ("007", 0, 2026, 0, True, "a", 1),
        ("1,200", -5, 1999, 0.25, False, "b", "1"),
        ("TRUE", None, None, None, None, None, None),
        ("2026", 17_000, 2011, 1.5, True, "a", "unknown"),
    ]
    kinds = [[cell.data_type for cell in row] for row in sheet["A2:G2"]]
    assert kinds == [["s", "n", "n", "n", "b", "s", "n"]]


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), 10**15, 123456789012345678901234567890])
def test_a_number_that_excel_cannot_hold_is_text(cluster, number):
    assert of(cluster, pd.DataFrame({"Value": [number]}))["A2"].value == str(number)


FORMATS = {
    "Count": (
        Number(),
        [1204, 0, None, "too few", 0.5],
        [1204, 0, None, "too few", 0.5],
        ["#,##0", "#,##0", "#,##0.0###"],
    ),
    "Share": (Number("%", 0), [26.4, 0], [0.264, 0], ["#,##0%", "#,##0%"]),
    "Distance": (Number("km", 1), [4.25], [4.25], ['#,##0.0 "km"']),
    "Sum": (Money(), [1_600_000, 0, "see the note"], [1_600_000, 0, "see the note"], ['"£"#,##0', '"£"#,##0']),
    "Founded": (Year(unknown="not known"), [2019, None], [2019, "not known"], ["0"]),
    "Opens": (Date(), ["2026-03-01", "soon"], [pd.Timestamp(2026, 3, 1), "soon"], ["d mmmm yyyy"]),
    "Code": (Words(), ["01234567", "2019", "26%", "£1.6m"], ["01234567", "2019", "26%", "£1.6m"], []),
}


@pytest.mark.parametrize("heading", FORMATS)
def test_a_cell_is_written_as_its_column_is_declared(cluster, heading):
    shown, cells, values, forms = FORMATS[heading]
    frame = typed(pd.DataFrame({heading: pd.Series(cells, dtype=object)}), {heading: shown})
    found = [row[0] for row in of(cluster, frame).iter_rows(min_row=2)]
    assert [cell.value for cell in found] == values
    assert [cell.number_format for cell in found if cell.data_type in "nd" and cell.value is not None] == forms


def test_odd_names_are_text_and_unchanged(cluster):
    sheet = opened(workbook.file_of(documents.odd(cluster)))["1 Odd & <names>"]
    assert [cell.value for cell in sheet[1]] == ["Name", "=Firms"]
    assert [name for name, _ in values(sheet)[1:]] == [name or None for name in documents.ODD_NAMES]
    assert {cell.data_type for cell in sheet["A"] if cell.value is not None} == {"s"}
    assert {cell.hyperlink for cell in sheet["A"]} == {None}


@given(text=ANY_TEXT)
@STEADY
@example("<r><t>not markup</t></r>")
@example("<r></r>")
@example("=1+1")
@example("\x00\x0b\ufffe\uffff")
@example(" \n ")
def test_any_text_stays_as_it_is_wherever_it_stands(cluster, text):
    frame = pd.DataFrame({text: [text, "after"]})
    view = documents.document(cluster, title=text, statement=text, parts=(Table(text, lambda: frame, text),))
    book = opened(workbook.file_of(view))
    cover, sheet = book.worksheets[0], book.worksheets[1]
    assert unescape(sheet["A2"].value) == unescape(cover["B1"].value) == cleaned(text)
    assert {sheet[cell].data_type for cell in ("A1", "A2", "A3")} == {"s"}
    (table,) = sheet.tables.values()
    assert [column.name for column in table.tableColumns] == [unescape(sheet["A1"].value)]
    assert book.sheetnames[1].startswith("1")
    assert not re.search(r"[\[\]:*?/\\']", book.sheetnames[1])


def test_a_text_that_looks_like_an_escaped_letter_stays_as_it_is(cluster):
    view = documents.document(cluster, parts=(Table("_x0042_", lambda: pd.DataFrame({"_x0043_": ["_x0041_"]})),))
    xml = dict(parts(workbook.file_of(view)))
    assert b"<t>_x005F_x0041_</t>" in xml["xl/sharedStrings.xml"]
    assert b"_x004" not in xml["xl/workbook.xml"] + xml["xl/tables/table1.xml"]


def test_a_text_longer_than_a_cell_says_that_it_is_cut(cluster):
    sheet = of(cluster, pd.DataFrame({"Name": ["a" * 32_767, "b" * 32_768, "🦾" * 16_384]}))
    whole, short, emoji = (sheet[f"A{row}"].value for row in (2, 3, 4))
    assert whole == "a" * 32_767
    assert short == "b" * (32_767 - len(cells.CUT)) + cells.CUT
    assert emoji.endswith(cells.CUT)
    assert len(emoji.encode("utf-16-le")) <= 2 * 32_767


# ---- names ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("1 Firms by area", "Firms by area"),
        ("1 Records by D core firms in A…", "Records by D: core firms in Aldbrook and Birkwick"),
        ("1 a b c d e f g h", "a[b]c:d*e?f/g\\h"),
        ("1 Firms", "Firms'"),
        ("1 History", "History"),
        ("1", "\x00"),
        ("1 " + "🦾" * 14 + "…", "🦾" * 40),
        ("1 شركة", "شركة"),
    ],
)
def test_a_sheet_is_named_as_excel_allows(cluster, name, about):
    sheet = of(cluster, pd.DataFrame({"A": [1]}), about=about)
    assert sheet.title == name
    assert len(name.encode("utf-16-le")) // 2 <= 31


def test_tables_of_one_name_have_sheets_of_their_own(cluster):
    parts = tuple(Table("Twins", lambda number=number: pd.DataFrame({"A": [number]})) for number in range(3))
    book = opened(workbook.file_of(documents.document(cluster, parts=parts)))
    assert book.sheetnames == ["Cover", "1 Twins", "2 Twins", "3 Twins"]
    assert [sheet["A2"].value for sheet in book.worksheets[1:4]] == [0, 1, 2]


def test_headings_are_filled_told_apart_and_no_longer_than_excel_allows(cluster):
    sheet = of(cluster, pd.DataFrame([[1, 2, 3, 4, 5, 6]], columns=["Same", "same", "", "W" * 300, "A\nB", 2026]))
    (table,) = sheet.tables.values()
    names = [column.name for column in table.tableColumns]
    assert names == [cell.value for cell in sheet[1]]
    assert names == ["Same", "same (2)", "Column 3", "W" * 244 + "…", "A B", "2026"]


# ---- sizes ----------------------------------------------------------------


def test_an_empty_view_opens_and_says_so(cluster):
    book = opened(workbook.file_of(documents.empty(cluster)))
    assert book.sheetnames == ["Cover", "1 No record", "2 Map without firms", "3 No firm"]
    assert values(book["3 No firm"])[0] == ("Name", "Firms")
    assert not any(cell for row in values(book["3 No firm"])[1:] for cell in row)
    assert ("3 No firm", "No firm. No row.") in values(book["Cover"])


@pytest.mark.parametrize("parts", [(), (Notes("Nothing"),), (Table("None", pd.DataFrame),)])
def test_a_view_without_a_table_opens(cluster, parts):
    book = opened(workbook.file_of(documents.document(cluster, parts=parts)))
    assert book.sheetnames == ["Cover", *(["1 None"] if parts and isinstance(parts[0], Table) else [])]


def test_a_long_table_is_whole(cluster):
    sheet = opened(workbook.file_of(documents.long(cluster)))["1 Many firms"]
    assert values(sheet)[0] == ("Name", "Firms", "Share", "Known")
    assert values(sheet)[1:] == [(f"Firm {row}", row, row / 5000, row % 2 == 0) for row in range(5000)]


def test_a_table_that_no_sheet_holds_says_what_it_lacks(cluster, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 10)
    book = opened(workbook.file_of(documents.long(cluster, rows=1200)))
    assert len(values(book["1 Many firms"])) == 11
    said = dict(row for row in values(book["Cover"]) if row[0])["1 Many firms"]
    assert said.startswith("Many firms. The first 10 of 1,200 rows")


def test_the_directory_of_all_organisations_is_whole(real):
    rows = organisations.directory(real, organisations.found(real, Filter()))
    read = values(of(real, rows, "Directory of records"))
    rows = rows.drop(columns="id").fillna({"Newest source": "year not known"})
    assert list(read[0]) == list(rows.columns)
    assert [[cell or "" for cell in row] for row in read[1:]] == rows.fillna("").to_numpy().tolist()
