"""The PDF, read again by another program: pages, tags, words, links, and what it leaves out."""

import io
import re
import shutil
import subprocess
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from cluster_data.document import Chart, Heading, Map, Table, Text
from cluster_data.exports import pdf
from cluster_data.exports.pdf import fitting, grid, heights, letters, sheet, typeset
from cluster_data.filters import Filter
from cluster_data.formats import FIRM, typed
from cluster_data.measures import reasons, support
from cluster_data.read import read_cluster
from tests import documents
from tests.packs import PACK, STEADY, TODAY

pytestmark = pytest.mark.slow

SORTS = ("document", "empty", "long", "odd")
FORM = sheet.VIEW.sizes, sheet.VIEW.shares
CITED = "https://example.org/gazette", "https://example.com/survey"
MADE_ON, LICENCE = "21 November 2026", "Invented data, free for any use."


@cache
def invented():
    """The invented pack."""
    return read_cluster(PACK, TODAY)


@cache
def known(sort):
    """A document of tests/documents.py as a file."""
    return pdf.made(getattr(documents, sort)(invented()))


def opened(document):
    """A document as a file, opened again."""
    return PdfReader(io.BytesIO(pdf.made(document)))


def of_parts(*parts, **changes):
    """A document of these parts, opened again."""
    return opened(documents.document(invented(), parts=parts, **changes))


def told(reader):
    """All words of a file, each run of spaces as one."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def together(text):
    """The text without spaces: a reader sees no difference where a long word is broken."""
    return "".join(text.split())


def elements(reader):
    """Every element of the structure tree, in reading order: its tag and its dictionary."""

    def below(node):
        node = node.get_object()
        if isinstance(node, ArrayObject):
            for child in node:
                yield from below(child)
        elif isinstance(node, DictionaryObject) and "/S" in node:
            yield node["/S"][1:], node
        if isinstance(node, DictionaryObject) and "/K" in node:
            yield from below(node["/K"])

    return list(below(reader.trailer["/Root"]["/StructTreeRoot"]))


def tags(reader, tag):
    """The elements of one tag."""
    return [element for name, element in elements(reader) if name == tag]


def addresses(reader):
    """Where the links of a file lead."""
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    return [note["/A"]["/URI"] for note in notes]


# ---- an accessible file ---------------------------------------------------


@pytest.mark.parametrize("sort", SORTS)
def test_a_view_is_a_tagged_file_of_one_to_three_upright_pages(sort):
    reader = PdfReader(io.BytesIO(known(sort)))
    root = reader.trailer["/Root"]
    assert 1 <= len(reader.pages) <= 3
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {(595, 842)}
    assert root["/MarkInfo"]["/Marked"] and root["/StructTreeRoot"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert reader.metadata.title == getattr(documents, sort)(invented()).title
    assert reader.metadata.creation_date.date() == documents.document(invented()).made
    assert not {"/JavaScript", "/OpenAction", "/AA", "/AcroForm"} & {*root, *root.get("/Names", {})}


@pytest.mark.parametrize("sort", SORTS)
def test_each_page_carries_filter_link_date_licences_and_its_number(sort):
    reader = PdfReader(io.BytesIO(known(sort)))
    document = getattr(documents, sort)(invented())
    for number, page in enumerate(reader.pages, 1):
        words = " ".join(page.extract_text().split())
        assert all(word in words for word in document.statement.split())
        assert documents.LINK in words and f"Made on {MADE_ON}" in words and LICENCE in words
        assert f"Page {number} of {len(reader.pages)}" in words
    assert addresses(reader) == [documents.LINK]


def test_headings_pictures_and_tables_are_tagged_in_the_order_of_the_view():
    reader = PdfReader(io.BytesIO(known("document")))
    order = [tag for tag, _ in elements(reader) if tag in ("H1", "H2", "Figure", "Table")]
    assert order == ["H1", "Figure", "H2", "Figure", "Table"]
    assert [figure["/Alt"] for figure in tags(reader, "Figure")] == [
        "Records by D",
        "Map of heartland firms in Northmark",
    ]
    assert len(tags(reader, "TH")) == 7 and len(tags(reader, "TD")) == 7 * 5 and len(tags(reader, "THead")) == 1
    assert "Say that the Ds overlap." not in told(reader)


def test_the_words_and_numbers_are_those_of_the_view():
    words = told(PdfReader(io.BytesIO(known("document"))))
    for said in ("What does each D hold?", "Devices lead; robotics is thin", "A record counts under each of its Ds."):
        assert said in words
    assert "Heartland firms in Northmark: 8" in words
    assert "Records. Source: the list of organisations." in words
    assert "Area Data Devices Diagnostics Digital Robotics All firms" in words
    rows = ("Aldbrook 1 1 0 0 1 2", "Birkwick 0 1 0 1 1 2", "Carrow Vale 1 0 1 1 0 2", "Dunmere 0 0 1 0 0 1")
    assert [row for row in (*rows, "Unknown 0 1 0 0 0 1") if row not in words] == []


def test_every_font_comes_with_the_dashboard_and_lies_in_the_file():
    for sort in ("document", "odd"):
        reader = PdfReader(io.BytesIO(known(sort)))
        fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
        names = {font["/BaseFont"].split("+")[1] for font in fonts}
        assert names and all(re.match(r"Source(Sans|Serif)Pro|DejaVuSans", name) for name in names)
        inner = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
        assert all({"/FontFile2", "/FontFile3"} & set(each) for each in inner)


def test_equal_documents_give_equal_files():
    assert pdf.made(documents.document(invented())) == known("document")


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="pdfinfo is not installed")
@pytest.mark.parametrize("sort", ["document", "empty", "odd"])
def test_another_program_finds_the_tags(sort, tmp_path):
    file = tmp_path / "view.pdf"
    file.write_bytes(known(sort))
    about = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Tagged: +yes", about) and re.search(r"JavaScript: +no", about)
    spoken = subprocess.run(["pdfinfo", "-struct-text", file], capture_output=True, text=True, check=True).stdout
    title = getattr(documents, sort)(invented()).title
    assert re.search(r"\bH1 .*\n +\"", spoken) and title[:20] in spoken and LICENCE in spoken


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
@pytest.mark.parametrize("sort", SORTS)
def test_every_word_lies_on_its_page(sort, tmp_path):
    file = tmp_path / "view.pdf"
    file.write_bytes(known(sort))
    boxes = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True).stdout
    found = re.findall(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">', boxes)
    edges = np.array(found, dtype=float)
    assert len(edges) > 20
    assert edges[:, :2].min() > 40 and edges[:, 2].max() < 595 - 50 and edges[:, 3].max() < 842 - 18


# ---- names that are no markup ---------------------------------------------


def test_odd_names_appear_as_they_are():
    words = together(told(PdfReader(io.BytesIO(known("odd")))))
    for name in documents.ODD_NAMES:
        if name.isascii():
            assert together(name) in words
    assert all(word in words for word in documents.ODD_NAMES[9].split())
    assert "Gentle�Robotics😀" in words
    assert "1 sign cannot be shown in this file (here �); the workbook holds all." in told(
        PdfReader(io.BytesIO(known("odd")))
    )


def test_only_known_addresses_are_links():
    asked = [
        "javascript:alert(1)",
        "www.b.example",
        f"see {CITED[0]}",
        "https://evil.example/x",
        f"{CITED[0]} and",
        CITED[1],
    ]
    table = Table("Sites", lambda: pd.DataFrame({"Site": asked}), f"Source: {CITED[0]}")
    assert addresses(of_parts(table, Text(CITED[0]))) == [CITED[1], documents.LINK]


def test_the_text_of_a_scene_may_end_with_a_link_to_its_view():
    view = "https://dashboard.example/Map?d=Devices"
    table = Table("Sites", lambda: pd.DataFrame({"Site": ["A"]}), f"Firms. This view: {view}")
    reader = of_parts(
        Heading("One"), Text(f"This view: {view}"), table, Text(f"{view}&more"), story=True, views=(view,)
    )
    assert {*addresses(reader)} == {view, documents.LINK} and told(reader).count(f"This view: {view}") == 2


def test_lists_of_addresses_are_shown_by_their_sites():
    reader = of_parts(Table("Firms", lambda: pd.DataFrame({"Firm": ["One"], "Sources": [" ".join(CITED)]})))
    assert "One example.org example.com" in told(reader)
    assert "Addresses are shown by their site; each leads to its page." in told(reader)
    assert addresses(reader) == [*CITED, documents.LINK]


def test_a_view_without_words_is_a_file_too():
    nothing = Chart("", "", lambda ground: None, lambda: pd.DataFrame())
    bare = pd.DataFrame({"": ["", None], "\ue000\x00": ["\ue000", "\u202eabc"]})
    parts = (Heading(""), Text(""), nothing, Table("", lambda: bare), Table("", lambda: pd.DataFrame()))
    for story in (False, True):
        reader = of_parts(*parts, title="", question="", statement="", link="", story=story)
        assert len(reader.pages) == 1 and reader.metadata.title
        assert "There is no row to show." in told(reader)


# ---- what there is room for -----------------------------------------------


def test_an_empty_view_says_what_it_lacks():
    reader = PdfReader(io.BytesIO(known("empty")))
    words = told(reader)
    assert "No firm is known for this choice" in words
    for lacking in ("Nothing to draw: No record.", "Nothing to draw: Map without firms.", "There is no row to show."):
        assert lacking in words
    assert tags(reader, "Figure") == [] and tags(reader, "Table") == []


def test_a_long_table_fills_three_pages_and_says_where_it_ends():
    reader = PdfReader(io.BytesIO(known("long")))
    words = told(reader)
    shown = int(re.search(r"The first (\d+) of 5,000 rows are shown; the workbook holds all\.", words)[1])
    assert len(reader.pages) == 3 and shown > 150
    assert all("Name Firms Share Known" in page.extract_text() for page in reader.pages)
    assert len(tags(reader, "TR")) == shown + 1
    last = shown - 1
    assert f"Firm {last} {last} {last / 5000:.4f} {'yes' if last % 2 == 0 else 'no'}" in words
    assert f"Firm {shown} " not in words


def test_all_tables_are_cut_to_the_same_length():
    tables = [Table(f"Table {number}", lambda: pd.DataFrame({"Row": range(400)})) for number in range(3)]
    words = told(of_parts(*tables, Table("Short", lambda: pd.DataFrame({"Row": ["whole"]}))))
    cuts = re.findall(r"The first (\d+) of 400 rows", words)
    assert len(cuts) == 3 and len(set(cuts)) == 1 and int(cuts[0]) > 30
    assert "whole" in words


@pytest.mark.parametrize(
    ("most", "total", "shown"),
    [(7, 5, 5), (7, 7, 7), (7, 10, 10), (7, 11, 5), (7, 400, 3), (13, 16, 16), (16, 400, 3), (20, 19, 19), (20, 24, 7)],
)
def test_short_tables_are_whole_first_and_none_is_cut_for_a_few_rows(most, total, shown):
    rows = [[["a cell"]]] * total
    part = {"sort": "table", "rows": rows, "total": total, "beneath": [[]] * total, "names_beneath": []}
    assert fitting.rows_shown(part, most) == shown
    said = letters.whole(fitting.shown(part, shown, shown)["cut"])
    assert said == (f"The first {shown} of {total} rows are shown; the workbook holds all." if total > shown else "")


def test_a_short_table_is_whole_beside_long_ones():
    def named(name, rows):
        return Table(
            name, lambda: pd.DataFrame({"Row": [f"{name}{at:03}" for at in range(rows)], "Told": "told " * 60})
        )

    words = told(of_parts(named("Short", 14), *(named(f"Long{number}", 92) for number in range(4))))
    assert [at for at in range(14) if f"Short{at:03}" not in words] == []
    cuts = re.findall(r"The first (\d+) of (\d+) rows", words)
    assert len(cuts) == 4 and len(set(cuts)) == 1 and cuts[0][1] == "92"


def test_short_tables_are_cut_where_even_few_rows_of_long_ones_leave_no_room():
    tall = [Table(f"T{number}", lambda: pd.DataFrame({"Row": range(16), "Told": "told " * 150})) for number in range(4)]
    reader = of_parts(*tall, Table("Shorter", lambda: pd.DataFrame({"Row": [f"row{at:02}" for at in range(8)]})))
    assert len(reader.pages) == 3
    assert "The first 5 of 16 rows" in told(reader) and "row07" in told(reader)


def test_pictures_become_smaller_where_that_makes_room_for_much():
    whole = documents.document(invented())
    drawn_map = next(part for part in whole.parts if isinstance(part, Map))
    rows = Table("Rows", lambda: pd.DataFrame({"Row": range(400)}))
    heights = {}
    for number in (1, 4):
        reader = opened(replace(whole, parts=(*[drawn_map] * number, rows)))
        boxes = [said["/BBox"] for said in tags(reader, "Figure")[0]["/A"] if "/BBox" in said]
        heights[number] = float(boxes[0][3] - boxes[0][1])
        assert len(reader.pages) == 3 and len(tags(reader, "Figure")) == number
    assert heights[4] < 0.9 * heights[1]


def test_the_last_parts_are_left_out_where_there_is_no_room_and_named():
    paragraphs = [Text(f"Paragraph {number} begins. " + "More of it. " * 80) for number in range(40)]
    reader = of_parts(*paragraphs, Heading("The end"), Table("Last table", lambda: pd.DataFrame({"Row": [1]})))
    words = told(reader)
    assert len(reader.pages) == 3
    left_out = re.search(r"Left out for want of room, and held by the workbook: (.*) This view:", words)[1]
    first = int(re.match(r"Paragraph (\d+) begins", left_out)[1])
    assert first > 5 and f"Paragraph {first - 1} begins. More" in words
    assert left_out.endswith(f"; {42 - first - 8} more.")


def test_a_name_left_out_is_not_cut_within_a_word():
    name = "How large the sector is, and what of it comes later than was said in the plans of the region"
    reader = of_parts(Text("Word " * 2100), Heading(name), Text("Word " * 4000))
    assert "How large the sector is, and what of it comes later than…" in told(reader)
    assert fitting.shortened("W" * 30, 10) == "WWWWWWWWW…" and fitting.shortened("One two", 7) == "One two"


@pytest.mark.parametrize("lines", [30, 34, 36])
def test_a_heading_stays_with_the_first_rows_below_it(lines):
    frame = pd.DataFrame({"Row": [f"row{at:02}" for at in range(40)], "Told": "told " * 40})
    parts = (Heading("The heading"), Text("It leads."), Table("Its name", lambda: frame, "Its note."))
    reader = of_parts(*(Text(f"Line {at}.") for at in range(lines)), *parts)
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    together_on = [page for page in pages if "The heading" in page]
    assert len(together_on) == 1
    assert all(word in together_on[0] for word in ("It leads.", "Its name", "Its note.", "Row Told", "row00"))
    assert all(re.search(r"row\d\d", page) for page in pages if "Row Told" in page)


@pytest.mark.parametrize("lines", [31, 34, 36])
def test_a_short_table_is_not_broken_and_its_heading_stays_with_it(lines):
    frame = pd.DataFrame({"Row": [f"row{at:02}" for at in range(8)]})
    parts = (Heading("The heading"), Table("Its name", lambda: frame, "Its note."))
    reader = of_parts(*(Text(f"Line {at}.") for at in range(lines)), *parts)
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert len(pages) == 2
    together_on = next(page for page in pages if "The heading" in page)
    assert [at for at in range(8) if f"row{at:02}" not in together_on] == []


def test_a_heading_is_not_left_alone():
    paragraphs = [Text("Word " * 700) for _ in range(3)]
    long = Table("Alone", lambda: pd.DataFrame({"Row": ["Word " * 4000]}))
    reader = of_parts(*paragraphs, Heading("Alone"), Text("Word " * 4000), long)
    assert tags(reader, "H2") == []
    assert re.search(r"held by the workbook: Alone; Word Word [^;]* This view", told(reader))


def wide(rows, columns=20):
    """A table of too many columns for the width of a page."""
    return pd.DataFrame(
        {f"Column {at:02}": [f"Somethinglong{at:02}x{row:03}" for row in range(rows)] for at in range(columns)}
    )


def test_columns_for_which_there_is_no_room_stand_beneath_their_row():
    reader = of_parts(Table("Wide", lambda: wide(3)))
    words, held = told(reader), together(told(reader))
    assert "Left out" not in words and len(reader.pages) == 1
    assert [at for at in range(20) for row in range(3) if f"Somethinglong{at:02}x{row:03}" not in held] == []
    assert "Somethinglong05x000Column06:Somethinglong06x000;Column07:Somethinglong07x000;" in held
    assert "Column19:Somethinglong19x000Somethinglong00x001" in held
    spans = [cell["/A"] for cell in tags(reader, "TD") if "/A" in cell]
    shown = len(tags(reader, "TH"))
    assert [said["/ColSpan"] for said in map(first_of, spans) if "/ColSpan" in said] == [shown - 1] * 3
    assert [said["/RowSpan"] for said in map(first_of, spans) if "/RowSpan" in said] == [2] * 3


def first_of(attributes):
    return attributes[0].get_object() if isinstance(attributes, ArrayObject) else attributes.get_object()


def test_support_for_a_need_is_told_with_its_summaries_and_sources(real):
    need = support.Need(str(real.table("challenges")["id"].iloc[1]))
    listed = reasons.list_in_words(real, Filter(), need, support.ranked(real, Filter(), need))
    taken = reasons.for_download(listed).drop(columns="id")
    reader = opened(documents.document(real, parts=(Table("Help", lambda: taken),)))
    held, led = together(told(reader)), addresses(reader)
    assert [text for text in taken["Summary"] if together(text) not in held] == []
    assert {address for cell in taken["Sources"] for address in cell.split()} <= set(led)


def test_a_table_is_whole_before_columns_stand_beneath_its_rows_and_those_left_out_are_named():
    words = told(of_parts(Table("Wide", lambda: wide(60))))
    held = together(words)
    assert [row for row in range(60) if f"Somethinglong00x{row:03}" not in held] == []
    said = re.search(r"From row (\d+) on, left out for want of room, and held by the workbook: (.*?)\.", words)
    start, named = said.groups()
    assert int(start) > 5 and named.endswith("Column 18 and Column 19")
    assert f"Somethinglong19x{int(start) - 2:03}" in held and f"Somethinglong19x{int(start) - 1:03}" not in held


def test_a_table_that_is_cut_anyway_has_all_columns_for_the_rows_that_are_shown():
    words = told(of_parts(Table("Wide", lambda: wide(600))))
    shown = int(re.search(r"The first (\d+) of 600 rows are shown", words)[1])
    assert shown > 10 and "Left out" not in words and "left out" not in words
    assert together(words).count("Somethinglong19x") == shown


def test_columns_of_a_story_for_which_there_is_no_room_are_named():
    words = told(of_parts(Heading("Wide"), Table("Wide", lambda: wide(3)), story=True))
    assert re.search(r"Left out for want of room, and held by the workbook: Column .* and Column 19\.", words)


def test_what_is_not_known_of_a_row_is_named_beneath_it():
    frame = wide(2).assign(Summary=["A few words", None], Deals=[None, None], Notes=["", ""], Stage="seed")
    words = told(of_parts(Table("Wide", lambda: frame)))
    assert "Summary: A few words Somethinglong00x001" in words and "Not known: Summary This view" in words
    assert "The same in every row: Deals: not known; Notes: empty; Stage: seed." in words


def test_sources_give_way_last_and_long_texts_first():
    frame = wide(2).assign(Website="https://example.org/a", Sources=" ".join(CITED))
    frame.insert(1, "Told", "A text of many words that goes on and on and on")
    words, made = told(of_parts(Table("Wide", lambda: frame))), grid.grid(frame, 490.0, *FORM, known=CITED)
    names = [letters.whole(column.name) for column in made.columns]
    assert {"Column 00", "Sources"} < set(names) and not {"Told", "Website"} & set(names)
    assert "Sources" not in made.names() and "example.org example.com" in words


def test_columns_give_way_where_high_rows_would_be_cramped_but_not_in_a_story():
    words = {n: [f"WWWWWWW{row} " * n for row in range(3)] for n in (1, 4)}
    airy, cramped = (pd.DataFrame({f"Column {at:02}": words[n] for at in range(8)}) for n in words)
    assert grid.grid(airy, 490.0, *FORM).names() == []
    assert grid.grid(cramped, 490.0, *FORM).names() == ["Column 07"]
    assert grid.grid(cramped, 490.0, sheet.VIEW.sizes, sheet.STORY.shares).names() == []


@pytest.mark.parametrize("heading", ["Where", "Place"])
def test_columns_that_tell_rows_hardly_apart_give_way_first(heading):
    frame = pd.DataFrame({f"Column {at:02}": [f"Somethinglong{at:02}x", f"Somethinglong{at:02}y"] for at in range(9)})
    frame.insert(1, "Same", "Thesameeverywhere")
    frame.insert(2, "Blank", "")
    frame.insert(3, "Unknown", None)
    frame["Status"], frame[heading] = ["Activeorganisation", "Closedorganisation"], ["Wolverhampton", "Walsall"]
    frame = typed(frame, {"Status": FIRM, heading: FIRM})
    words = told(of_parts(Table("Wide", lambda: frame)))
    assert "The same in every row: Same: Thesameeverywhere; Blank: empty; Unknown: not known." in words
    shown = {letters.whole(column.name) for column in grid.grid(frame, 490.0, *FORM).columns}
    assert {"Column 00", "Status", heading} < shown


def test_a_column_of_long_texts_is_not_narrow():
    frame = pd.DataFrame({f"Column {at}": [f"Somethinglong{at}", f"Another{at}"] for at in range(8)})
    frame["Note"] = ["A text of many words that goes on and on " * 3, "Other words that are as many as the others are"]
    made = grid.grid(frame, 490.0, *FORM)
    widths = {letters.whole(column.name): width for column, width in zip(made.columns, made.widths, strict=True)}
    assert "Note" not in widths or widths["Note"] >= 0.18 * 490
    made = grid.grid(typed(frame, {"Note": FIRM}), 490.0, *FORM)
    assert letters.whole(made.columns[-1].name) == "Note" and made.widths[-1] >= 0.18 * 490
    assert sum(made.widths) <= 490 and made.names()


def test_the_limits_of_the_pack_stand_before_the_licences_on_the_last_page():
    for sort in SORTS:
        reader = PdfReader(io.BytesIO(known(sort)))
        last = " ".join(reader.pages[-1].extract_text().split())
        assert re.search(r"What it cannot tell: • 8 firms are listed, and none exists\. Licences:", last)


def test_a_statement_of_any_length_leaves_room_for_the_view():
    long = "heartland firms matching " + "a very long search " * 2000
    reader = of_parts(Text("Still here."), statement=long, title=long, link=f"{documents.LINK}&q={'x' * 3000}")
    assert len(reader.pages) <= 3 and "Still here." in told(reader)
    assert all("Page" in page.extract_text() and LICENCE in page.extract_text() for page in reader.pages)


def test_a_row_taller_than_a_page_runs_on():
    words = [f"word{number}" for number in range(1500)]
    frame = pd.DataFrame({"A": [" ".join(words)], "B": ["x"]})
    assert set(words) <= set(told(of_parts(Table("Tall", lambda: frame))).split())


# ---- a story --------------------------------------------------------------


def scenes(number, *parts):
    """A story of scenes with a heading and the same parts."""
    return [part for at in range(number) for part in (Heading(f"Finding {at}"), *parts)]


def test_a_story_has_a_page_across_for_each_scene():
    whole = documents.document(invented())
    chart, drawn_map = (next(part for part in whole.parts if isinstance(part, sort)) for sort in (Chart, Map))
    parts = (Heading("First"), Text("One sentence."), chart, Heading("Second"), *whole.parts[-1:], drawn_map)
    reader = opened(replace(whole, parts=parts, story=True))
    assert [(page.mediabox.width > page.mediabox.height) for page in reader.pages] == [True, True]
    for page, said in zip(reader.pages, ("First", "Second"), strict=True):
        words = page.extract_text()
        assert said in words and LICENCE in words and documents.LINK in words and MADE_ON in words
    assert len(tags(reader, "H1")) == 2
    assert [figure["/Alt"] for figure in tags(reader, "Figure")] == [chart.alt, drawn_map.alt]
    assert addresses(reader) == [documents.LINK]
    assert "Say that the Ds overlap." not in told(reader)


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [Text("Much is said. " * 60)],
        [Text(documents.ODD_NAMES[10])],
        [Table("Rows", lambda: pd.DataFrame({"Row": range(500), "Name": "A name"}))],
    ],
)
def test_a_story_has_as_many_pages_as_scenes_whatever_they_hold(parts):
    assert len(of_parts(*scenes(3, *parts), story=True).pages) == 3


def test_words_become_smaller_where_a_picture_would_find_no_room():
    whole = documents.document(invented())
    chart = next(part for part in whole.parts if isinstance(part, Chart))
    reader = opened(replace(whole, parts=(Heading("Long " * 60), Text("Much is said. " * 60), chart), story=True))
    assert len(reader.pages) == 1 and len(tags(reader, "Figure")) == 1
    box = next(said["/BBox"] for said in tags(reader, "Figure")[0]["/A"] if "/BBox" in said)
    left, low, right, high = (float(edge) for edge in box)
    assert high - low > 150 and right - left > 300


def test_a_story_without_scenes_says_so():
    reader = of_parts(story=True)
    assert len(reader.pages) == 1 and "No scene is in it." in told(reader)


# ---- the parts of it ------------------------------------------------------


@STEADY
@given(
    least=st.lists(st.floats(5, 60), min_size=1, max_size=8),
    rows=st.lists(st.lists(st.floats(5, 900), min_size=8, max_size=8), min_size=1, max_size=5),
)
def test_columns_share_the_room_and_none_is_too_narrow(least, rows):
    wish = np.maximum(np.array(rows)[:, : len(least)], least)
    widths = grid.shared(np.array(least), wish, 500.0)
    assert (widths >= least).all() and widths.sum() <= 500.0
    wanting = widths < wish.max(axis=0)
    assert not wanting.any() or widths.sum() > 500.0 - grid.STEP


@pytest.mark.parametrize("sort", ["document", "long", "odd"])
def test_pages_are_filled_about_as_reckoned(sort):
    made = sheet.sheet(getattr(documents, sort)(invented()))
    high = heights.heights(made)
    shown = fitting.best(made.data["parts"], high, 3)
    assert abs(high.filled(shown) - typeset.measured(fitting.fitted(made))["filled"]) < 0.1


@STEADY
@given(end=st.integers(0, 300), most=st.integers(0, 300))
def test_the_largest_number_that_fits_is_found(end, most):
    assert fitting.largest(0, most, lambda rows: rows <= end) == min(most, end)


@STEADY
@given(text=st.text(max_size=200))
def test_any_text_keeps_its_letters_and_lies_in_pieces_that_fit(text):
    runs = letters.flow(text, ())
    assert letters.whole(runs) == letters.shown(text)
    assert all(len(chunk) <= 22 for chunk in letters.chunks(runs))
    assert letters.shown(letters.shown(text)) == letters.shown(text)
