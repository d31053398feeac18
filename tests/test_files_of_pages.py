"""What is taken away of every page: few pages, tables that can be read on a slide, the sources of its tables."""

import io
import re

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from cluster_data.api.taken import STORY, pages, taken
from cluster_data.document import Chart, Map
from cluster_data.elements import in_files
from cluster_data.exports import every
from cluster_data.exports.slides.outline import MOST_ROWS
from cluster_data.exports.slides.tables import MOST_GRID
from cluster_data.model.filters import Filter
from cluster_data.views.page import Page

ORDERED = re.compile(r"The first [\d,]+ of [\d,]+ \w+, (?:by |in the order of )")
FORMS = {form.name: form for form in every()}
VIEWS = [(name, {}) for name in pages() if name != STORY] + [
    ("Map", {"show": ["firms per 100,000 residents"]}),
    ("Organisations", {"org": ["test-firm-a"]}),
    ("Areas", {"in": ["Aldbrook"]}),
    ("Areas", {"in": ["Aldbrook", "Dunmere"]}),
]
LEAST, MOST_PAGES = 12, 6  # points, pages


@pytest.mark.slow
@pytest.mark.parametrize(("name", "asked"), VIEWS)
def test_what_is_taken_of_a_page_is_short_and_can_be_read(cluster, name, asked):
    document = taken(name, cluster, asked).document
    assert len(PdfReader(io.BytesIO(FORMS["pdf"].file_of(document))).pages) <= MOST_PAGES
    slides = Presentation(io.BytesIO(FORMS["slides"].file_of(document))).slides
    drawn = [shape for slide in slides for shape in slide.shapes if shape.shape_type == 13 or shape.has_chart]
    tables = [(slide, shape.table) for slide in slides for shape in slide.shapes if shape.has_table]
    pictures = [part for part in document.parts if isinstance(part, Chart | Map)]
    assert len(drawn) + len(tables) >= len(pictures) and all(slide.shapes.title.text for slide in slides)
    for slide, table in tables:
        said = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert len(table.rows) - 1 <= MOST_GRID and min(sizes(table)) >= LEAST
        assert "The first" not in said or (len(table.rows) - 1 <= MOST_ROWS and ORDERED.search(said))
    book = load_workbook(io.BytesIO(FORMS["workbook"].file_of(document)))
    cells = "\n".join(
        str(cell.value) for sheet in book.worksheets[1:] if sheet.title != "Sources" for row in sheet for cell in row
    )
    if "Sources" in book.sheetnames:
        named = [row[3].value for row in book["Sources"].iter_rows(min_row=2)]
        assert named and [address for address in named if address not in cells] == []


def sizes(table):
    """The points of the words of a table."""
    cells = [cell for row in table.rows for cell in row.cells]
    return {
        run.font.size.pt for cell in cells for text in cell.text_frame.paragraphs for run in text.runs if run.font.size
    }


def test_what_is_folded_at_first_is_made_once_and_when_it_is_first_read(cluster):
    page, made = Page(cluster, Filter(), {}), []

    def add():
        made.append("read")
        page.text("Folded")

    page.later("folded", add, label="More")
    page.text("After")
    folded, after = page.elements
    assert not made and after.text == "After"
    assert [part.text for part in folded.parts] == ["Folded"] and len(folded.parts) == 1
    assert made == ["read"] and len(page.elements) == 2
    assert [part.text for part in in_files(page.elements)] == ["More", "Folded", "After"]
