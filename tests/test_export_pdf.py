"""The PDF, read again by another program: pages, tags, words, links, and which rows it leaves out."""

import io
import re
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from cluster_data.document import Chart, Heading, Map, Table, Text
from cluster_data.drawing import fonts
from cluster_data.exports import pdf
from cluster_data.exports.pdf import letters, template_data
from cluster_data.findings import reasons
from cluster_data.input.read import read_cluster
from cluster_data.measures import support
from cluster_data.model.filters import Filter
from cluster_data.model.formats import FIRM, SOURCES, Year, typed
from tests import documents
from tests.packs import PACK, STEADY, TODAY

pytestmark = pytest.mark.slow

VIEWS = ("document", "empty", "long", "odd")
LEFT, RIGHT = 51, 595 - 51  # the edges of what is printed, in points
KERNED = 0.99  # of its letters' widths a text takes at least so much
CITED = "https://example.org/gazette", "https://example.com/survey"
MADE_ON, LICENCE = "21 November 2026", "Invented data, free for any use."


@cache
def invented():
    """The invented pack."""
    return read_cluster(PACK, TODAY)


@cache
def known(named):
    """A document of tests/documents.py as a file."""
    return pdf.file_of(getattr(documents, named)(invented()))


def opened(document):
    """A document as a file, opened again."""
    return PdfReader(io.BytesIO(pdf.file_of(document)))


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
    return [note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})]


def columns(reader):
    """What the columns of the first table are called that stand beside each other: all that is printed on its first
    line, in a table whose names are of one line."""
    found = printed(reader)
    at = next(piece for piece in found if piece.text in ("Column 00", "Row"))
    return [piece.text for piece in found if (piece.page, piece.at) == (at.page, at.at)]


class Printed(NamedTuple):
    """A piece of text where it is printed: page, height, left and right edge, size of its type."""

    page: int
    at: float
    left: float
    right: float
    size: float
    text: str


def printed(reader):
    """All pieces of text, as wide as the regular letters are."""
    found = []
    for number, page in enumerate(reader.pages):

        def seen(text, place, _matrix, _font, size, number=number):
            if said := text.strip():
                left = float(place[4])
                found.append(Printed(number, round(float(place[5]), 1), left, left + size * wide(said), size, said))

        page.extract_text(visitor_text=seen)
    return found


@cache
def letter_widths():
    """How wide the letters of the text are, in sizes of the type."""
    with TTFont(Path(fonts.folders()[0]) / "SourceSansPro-Regular.ttf") as font:
        return {code: font["hmtx"][name][0] / font["head"].unitsPerEm for code, name in font.getBestCmap().items()}


def wide(text):
    """How wide a text is, in sizes of the type."""
    return sum(letter_widths().get(ord(letter), 0.3) for letter in text)


# ---- an accessible file ---------------------------------------------------


@pytest.mark.parametrize("named", VIEWS)
def test_a_view_is_a_tagged_file_of_a_few_upright_pages(named):
    reader = PdfReader(io.BytesIO(known(named)))
    root = reader.trailer["/Root"]
    assert 1 <= len(reader.pages) <= 3
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {(595, 842)}
    assert root["/MarkInfo"]["/Marked"] and root["/StructTreeRoot"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert reader.metadata.title == getattr(documents, named)(invented()).title
    assert reader.metadata.creation_date.date() == documents.document(invented()).made
    assert not {"/JavaScript", "/OpenAction", "/AA", "/AcroForm"} & {*root, *root.get("/Names", {})}


@pytest.mark.parametrize("named", VIEWS)
def test_each_page_carries_filter_link_date_licences_and_its_number(named):
    reader = PdfReader(io.BytesIO(known(named)))
    document = getattr(documents, named)(invented())
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


def test_headings_are_as_deep_as_those_above_them_and_skip_no_level():
    levels = (3, 3, 2, 4, 3, 4, 2)
    reader = of_parts(*(Heading(f"Finding {at}", level) for at, level in enumerate(levels)))
    deep = [tag for tag, _ in elements(reader) if re.fullmatch(r"H\d", tag)]
    assert deep == ["H1", "H2", "H2", "H2", "H3", "H3", "H4", "H2"]


def test_each_text_is_a_paragraph_also_where_it_stays_with_what_follows():
    texts = [
        of_parts(*[part for at in range(number) for part in (Heading("One"), Text(f"Text {at}."))]) for number in (1, 4)
    ]
    assert len(tags(texts[1], "P")) - len(tags(texts[0], "P")) == 3


def test_the_words_and_numbers_are_those_of_the_view():
    words = told(PdfReader(io.BytesIO(known("document"))))
    for said in ("What does each D hold?", "Devices lead; robotics is thin", "A record counts under each of its Ds."):
        assert said in words
    assert "Heartland firms in Northmark: 8" in words
    assert "Records. Source: the list of organisations." in words
    assert "Area Data Devices Diagnostics Digital Robotics Firms" in words
    rows = ("Aldbrook 1 1 0 0 1 2", "Birkwick 0 1 0 1 1 2", "Carrow Vale 1 0 1 1 0 2", "Dunmere 0 0 1 0 0 1")
    assert [row for row in (*rows, "Not known 0 1 0 0 0 1") if row not in words] == []


def test_every_font_comes_with_the_dashboard_and_lies_in_the_file():
    for named in ("document", "odd"):
        reader = PdfReader(io.BytesIO(known(named)))
        fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
        names = {font["/BaseFont"].split("+")[1] for font in fonts}
        assert names and all(re.match(r"Source(Sans|Serif)Pro|DejaVuSans", name) for name in names)
        inner = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
        assert all({"/FontFile2", "/FontFile3"} & set(each) for each in inner)


def test_equal_documents_give_equal_files():
    assert pdf.file_of(documents.document(invented())) == known("document")


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="pdfinfo is not installed")
@pytest.mark.parametrize("named", ["document", "empty", "odd"])
def test_another_program_finds_the_tags(named, tmp_path):
    file = tmp_path / "view.pdf"
    file.write_bytes(known(named))
    about = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Tagged: +yes", about) and re.search(r"JavaScript: +no", about)
    spoken = subprocess.run(["pdfinfo", "-struct-text", file], capture_output=True, text=True, check=True).stdout
    title = getattr(documents, named)(invented()).title
    assert re.search(r"\bH1 .*\n +\"", spoken) and title[:20] in spoken and LICENCE in spoken


@pytest.mark.parametrize("named", VIEWS)
def test_every_word_lies_on_its_page(named):
    found = printed(PdfReader(io.BytesIO(known(named))))
    assert len(found) > 10
    assert [
        piece for piece in found if piece.left < LEFT - 1 or piece.right > RIGHT + 1 or not 20 < piece.at < 800
    ] == []


# ---- names that are no markup ---------------------------------------------


def test_odd_names_appear_as_they_are():
    words = together(told(PdfReader(io.BytesIO(known("odd")))))
    for name in documents.ODD_NAMES:
        if name.isascii():
            assert together(name) in words
    assert all(word in words for word in documents.ODD_NAMES[9].split())
    assert "Gentle�Robotics😀" in words
    assert "Signs for which the fonts have no shape stand as �; the workbook holds all." in told(
        PdfReader(io.BytesIO(known("odd")))
    )
    assert "no shape" not in told(PdfReader(io.BytesIO(known("document"))))


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
    assert "Addresses are shown by their site" in told(reader)
    assert addresses(reader) == [*CITED, documents.LINK]


def test_a_site_of_several_addresses_is_named_once_and_each_still_leads_to_its_page():
    pages = ["https://example.org/one", *CITED, "https://example.org/two", CITED[1]]
    runs = letters.by_site(letters.flow(" ".join(pages), pages))
    assert letters.whole(runs) == "example.org (1, 2, 3) example.com"
    assert [run["to"] for run in runs if run["to"]] == [pages[0], pages[1], pages[3], pages[2]]
    assert letters.by_site(letters.flow("No address", pages)) == letters.flow("No address", pages)


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


def test_a_long_table_runs_over_pages_with_its_first_rows_and_says_where_it_ends():
    reader = PdfReader(io.BytesIO(known("long")))
    words = told(reader)
    assert "The first 30 of 5,000 rows are shown; the workbook holds all." in words
    assert len(tags(reader, "TR")) == 31
    assert "Firm 29 29 0.0058 no" in words and "Firm 30 " not in words


@pytest.mark.parametrize(("total", "shown"), [(1, 1), (30, 30), (33, 33), (34, 30), (1234, 30)])
def test_no_table_is_cut_for_a_few_rows(total, shown):
    reader = of_parts(Table("Rows", lambda: pd.DataFrame({"Row": [f"row{at:04}" for at in range(total)]})))
    found = re.findall(r"row\d{4}", told(reader))
    assert found == [f"row{at:04}" for at in range(shown)]
    cut = re.findall(r"The first ([\d,]+) of ([\d,]+) rows", told(reader))
    assert cut == ([(f"{shown:,}", f"{total:,}")] if shown < total else [])


def test_the_names_of_the_columns_stand_on_each_page_of_a_table():
    frame = pd.DataFrame({"Row": [f"row{at:02}" for at in range(30)], "Told": "told " * 120})
    reader = of_parts(Table("Its name", lambda: frame))
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert len(pages) > 2 and all("Row Told" in page for page in pages if re.search(r"row\d\d", page))


def test_many_tables_have_fewer_rows_so_that_the_pages_stay_few():
    def named(name, rows):
        return Table(
            name, lambda: pd.DataFrame({"Row": [f"{name}{at:03}" for at in range(rows)], "Told": "told " * 60})
        )

    reader = of_parts(named("Short", 8), *(named(f"Long{number}", 92) for number in range(8)))
    words = told(reader)
    assert len(reader.pages) <= 6
    assert [at for at in range(8) if f"Short{at:03}" not in words] == []
    cuts = re.findall(r"The first (\d+) of (\d+) rows", words)
    assert len(cuts) == 8 and len(set(cuts)) == 1 and 5 <= int(cuts[0][0]) < 30 and cuts[0][1] == "92"


def test_nothing_but_rows_is_left_out_and_a_list_says_on_which_page_what_stands():
    parts = [
        part
        for at in range(12)
        for part in (Heading(f"Finding{at:02}"), Text(f"Paragraph{at:02}. " + "More of it. " * 200))
    ]
    reader = of_parts(*parts, Heading("The end"), Table("Last table", lambda: pd.DataFrame({"Row": ["lastrow"]})))
    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) > 3 and "lastrow" in told(reader)
    listed = dict(re.findall(r"(Finding\d\d)[ .]+(\d+)", pages[0]))
    assert len(listed) == 12
    for name, number in listed.items():
        assert f"Paragraph{name[-2:]}" in pages[int(number) - 1]
    assert len(tags(reader, "TOCI")) == 13
    assert "On these pages" not in told(PdfReader(io.BytesIO(known("document"))))


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


def many_columns(rows, number=20):
    """A table of too many columns for the width of a page."""
    return pd.DataFrame(
        {f"Column {at:02}": [f"Somethinglong{at:02}x{row:03}" for row in range(rows)] for at in range(number)}
    )


def test_columns_for_which_there_is_no_room_stand_beneath_their_row():
    reader = of_parts(Table("Wide", lambda: many_columns(3)))
    words, held = told(reader), together(told(reader))
    assert "Left out" not in words and len(reader.pages) == 1
    assert [at for at in range(20) for row in range(3) if f"Somethinglong{at:02}x{row:03}" not in held] == []
    shown = len(tags(reader, "TH"))
    assert 3 < shown < 10
    assert f"x000Column{shown:02}:Somethinglong{shown:02}x000;Column{shown + 1:02}:Somethinglong" in held
    assert "Column19:Somethinglong19x000Somethinglong00x001" in held
    spans = [cell["/A"] for cell in tags(reader, "TD") if "/A" in cell]
    assert [said["/ColSpan"] for said in map(first_of, spans) if "/ColSpan" in said] == [shown - 1] * 3
    assert [said["/RowSpan"] for said in map(first_of, spans) if "/RowSpan" in said] == [2] * 3


def first_of(attributes):
    return attributes[0].get_object() if isinstance(attributes, ArrayObject) else attributes.get_object()


def test_support_for_a_need_is_told_with_its_summaries_and_sources(real):
    need = support.Need(str(real.table("challenges")["id"].iloc[1]))
    listed = reasons.list_in_words(real, Filter(), need, support.help_for(real, Filter(), need))
    taken = reasons.for_download(listed).drop(columns="id")
    reader = opened(documents.document(real, parts=(Table("Help", lambda: taken),)))
    held, led = together(told(reader)), addresses(reader)
    assert [text for text in taken["Summary"] if together(text) not in held] == []
    assert {address for cell in taken["Sources"] for address in cell.split()} <= set(led)


def test_a_table_that_is_cut_has_all_columns_for_the_rows_that_are_shown():
    words = told(of_parts(Table("Wide", lambda: many_columns(600))))
    shown = int(re.search(r"The first (\d+) of 600 rows are shown", words)[1])
    assert shown >= 10
    assert together(words).count("Somethinglong19x") == shown


def test_columns_of_a_story_for_which_there_is_no_room_are_named():
    reader = of_parts(Heading("Wide"), Table("Wide", lambda: many_columns(3)), story=True)
    assert re.search(r"Left out for want of room, and held by the view: Column .* and Column 19\.", told(reader))
    assert len(reader.pages) == 1


def test_what_is_not_known_of_a_row_is_named_beneath_it():
    frame = many_columns(2).assign(Summary=["A few words", None], Deals=[None, None], Notes=["", ""], Stage="seed")
    words = told(of_parts(Table("Wide", lambda: frame)))
    assert "Summary: A few words Somethinglong00x001" in words and "Not known: Summary This view" in words
    assert "The same in every row: Deals: not known; Notes: empty; Stage: seed." in words


def test_sources_give_way_last_and_long_texts_first():
    frame = many_columns(2).assign(Website="https://example.org/a", Sources=" ".join(CITED))
    frame.insert(1, "Told", "A text of many words that goes on and on and on")
    reader = of_parts(Table("Wide", lambda: typed(frame, {"Sources": SOURCES})))
    beside = columns(reader)
    assert beside[0] == "Column 00" and beside[-1] == "Sources" and not {"Told", "Website"} & set(beside)
    assert "example.org example.com" in told(reader) and set(CITED) < set(addresses(reader))


@pytest.mark.parametrize("heading", ["Where", "Place"])
def test_columns_that_tell_rows_hardly_apart_give_way_first(heading):
    frame = pd.DataFrame({f"Column {at:02}": [f"Somethinglong{at:02}x", f"Somethinglong{at:02}y"] for at in range(9)})
    frame.insert(1, "Same", "Thesameeverywhere")
    frame.insert(2, "Blank", "")
    frame.insert(3, "Unknown", None)
    frame["Status"], frame[heading] = ["Activeorganisation", "Closedorganisation"], ["Wolverhampton", "Walsall"]
    reader = of_parts(Table("Wide", lambda: typed(frame, {"Status": FIRM, heading: FIRM})))
    assert "The same in every row: Same: Thesameeverywhere; Blank: empty; Unknown: not known." in told(reader)
    beside = columns(reader)
    assert beside[0] == "Column 00" and beside[-2:] == ["Status", heading]


SITES = "https://wwwwalsallhealthcare.example", *CITED
LONG_ADDRESS = f"https://{'a-very-long-name.' * 6}example/{'x' * 90}?q={'y' * 90}"


@pytest.mark.parametrize(
    "frame",
    [
        many_columns(5),
        pd.DataFrame({"Row": list(documents.ODD_NAMES), "Told": "W" * 200, "Count": range(len(documents.ODD_NAMES))}),
        pd.DataFrame({f"Column {at:02}": [LONG_ADDRESS, "W" * 60, "short"] for at in range(7)}),
        pd.DataFrame({f"Column {at:02}": ["words of a usual length " * 4] for at in range(11)}),
        pd.DataFrame({f"{'Longheading' * 4}{at}": [at, 10**at] for at in range(9)}),
        pd.DataFrame({"Row": ["a"], "Told": [" ".join(["words"] * 400)], "Site": [LONG_ADDRESS]}),
        pd.DataFrame({"Row": ["a"]} | {f"Site {at}": [SITES[0]] for at in range(4)} | {"Sources": [" ".join(SITES)]}),
    ],
)
@pytest.mark.parametrize("story", [False, True])
def test_no_word_runs_into_the_next_column_or_over_the_edge(frame, story, monkeypatch):
    monkeypatch.setattr(template_data.organisations, "known_addresses", lambda _: SITES)
    reader = of_parts(Heading("All"), Table("Names", lambda: frame), story=story)
    edge = RIGHT if not story else 842 - LEFT
    found = sorted(printed(reader))
    assert found and all(piece.left >= LEFT - 1 and piece.right <= edge + 1 for piece in found)
    for _, line in groupby(found, key=lambda piece: (piece.page, piece.at)):
        assert [
            (one, other) for one, other in pairwise(line) if one.left + KERNED * (one.right - one.left) > other.left
        ] == []


def test_numbers_stand_with_their_digits_below_each_other():
    frame = typed(
        pd.DataFrame({"Row": ["a", "b", "c"], "Firms": [7, 1204, 35], "Year": [2019, None, 2024]}), {"Year": Year()}
    )
    found = {piece.text: piece for piece in printed(of_parts(Table("Firms", lambda: frame)))}
    for values in (("7", "1,204", "35"), ("2019", "not known", "2024")):
        assert np.ptp([found[value].right for value in values]) < 0.5


def test_long_texts_stand_beneath_their_row_rather_than_in_a_narrow_column():
    frame = many_columns(2, 5)
    frame["Note"] = ["A text of many words that goes on and on " * 3, "Other words that are as many as the others are"]
    assert 71 < 7.5 * wide(frame.iloc[0, 0]) + 9 < 80
    assert "Note: A text of many words" in told(of_parts(Table("Wide", lambda: frame)))
    assert "Note:" not in told(of_parts(Table("Wide", lambda: frame.iloc[:, 1:])))


def test_the_limits_of_the_pack_stand_before_the_licences_on_the_last_page():
    for named in VIEWS:
        reader = PdfReader(io.BytesIO(known(named)))
        last = " ".join(reader.pages[-1].extract_text().split())
        assert re.search(r"What it cannot tell: • 8 firms are listed, and none exists\. Licences:", last)


def test_a_statement_of_any_length_leaves_room_for_the_view():
    long = "heartland firms matching " + "a very long search " * 2000
    reader = of_parts(Text("Still here."), statement=long, title=long, link=f"{documents.LINK}&q={'x' * 3000}")
    assert len(reader.pages) <= 3 and "Still here." in told(reader)
    assert all("Page" in page.extract_text() and LICENCE in page.extract_text() for page in reader.pages)


def test_the_foot_of_a_page_says_whole_sentences_of_a_long_statement():
    statement = f"Firms: 8. Per 100,000 residents: 2.3. Not counted: {'one firm and ' * 20}two offers"
    (page,) = of_parts(Text("Short."), statement=statement).pages
    said = " ".join(page.extract_text().split())
    assert (
        said.count("Firms: 8. Per 100,000 residents: 2.3") == 2 and said.count("Not counted") == 1 and "…" not in said
    )


def test_licences_stand_once_on_each_page():
    for named in VIEWS:
        for page in PdfReader(io.BytesIO(known(named))).pages:
            assert page.extract_text().count(LICENCE) == 1


@pytest.mark.parametrize("lines", range(36, 45))
def test_the_end_of_a_view_has_no_page_of_its_own(lines):
    pages = of_parts(*(Text("A line of words.") for _ in range(lines))).pages
    assert pages[-1].extract_text().strip().startswith("A line" if len(pages) > 1 else "Northmark")


def test_a_heading_is_no_tower_where_there_is_room():
    frame = pd.DataFrame({"Row": ["a", "b"], "How good the reason is": "strong", "Why": "The reason in words. " * 12})
    lines = {
        piece.at for piece in printed(of_parts(Table("Pairs", lambda: frame))) if piece.text in "How good the reason is"
    }
    assert len(lines) <= 3


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
    chart, drawn_map = (next(part for part in whole.parts if isinstance(part, kind)) for kind in (Chart, Map))
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


# ---- any text -------------------------------------------------------------


@STEADY
@given(text=st.text(max_size=200))
def test_any_text_keeps_its_letters_and_lies_in_pieces_that_fit(text):
    runs = letters.flow(text, ())
    assert letters.whole(runs) == letters.one_line(text)
    assert all(len(word) <= 22 for run in runs for piece in run["pieces"] for word in piece.split())
    assert letters.one_line(letters.one_line(text)) == letters.one_line(text)
