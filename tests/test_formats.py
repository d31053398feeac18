"""Columns that say what they hold: written in every form as declared, with unknown, zero and no value told apart."""

import io
import zipfile

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some
from pptx import Presentation
from pypdf import PdfReader

from cluster_data.document import Table
from cluster_data.exports import datapackage, pdf, slides, tables, workbook
from cluster_data.input.read import read_cluster
from cluster_data.measures import profiles
from cluster_data.model.columns import year
from cluster_data.model.formats import (
    Amount,
    Date,
    Link,
    Money,
    Number,
    Range,
    Record,
    Words,
    Year,
    as_csv,
    as_data,
    formats_of,
    in_words,
    typed,
    written,
)
from cluster_data.model.tables import TABLES, as_read
from cluster_data.model.tables.model import Whole
from cluster_data.model.tables.organisations import Companies
from cluster_data.ui.tables import on_screen
from tests import documents
from tests.packs import STEADY, TODAY, on_rows, write_pack


def in_every_form(cluster, frame):
    """The rows of a table as each form holds them, in text."""
    view = documents.document(cluster, parts=(Table("The table", lambda: frame),))
    book = openpyxl.load_workbook(io.BytesIO(workbook.file_of(view))).worksheets[1]
    with zipfile.ZipFile(io.BytesIO(tables.file_of(view))) as folder:
        csv = folder.read("01-the-table.csv").decode("utf-8-sig").splitlines()
    show = Presentation(io.BytesIO(slides.file_of(view)))
    (shown,) = [shape.table for slide in show.slides for shape in slide.shapes if shape.has_table]
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf.file_of(view))).pages]
    return {
        "workbook": [[str(cell.value) for cell in row] for row in book.iter_rows(min_row=2)],
        "csv": [line.split(",") for line in csv[1:]],
        "slides": [[cell.text for cell in row.cells] for row in list(shown.rows)[1:]],
        "pdf": [line.split() for line in "\n".join(pages).splitlines()],
        "screen": [[str(cell) for cell in row] for row in on_screen(frame).to_numpy().tolist()],
    }


@pytest.mark.parametrize(
    ("shown", "cells", "said"),
    [
        (Number(), [1204, 0, 7, None], ["1,204", "0", "7", "not known"]),
        (Number(), [0.25, 3.0, 12345.5], ["0.25", "3.00", "12,345.50"]),
        (Number(decimals=2), [1 / 3, float("nan"), "too few"], ["0.33", "not known", "too few"]),
        (Number("%", 0, unknown="too few"), [26.4, 0, None], ["26%", "0%", "too few"]),
        (Number("km", 1), [4.25, 1200], ["4.2 km", "1,200.0 km"]),
        (Number(), [Amount("joint 2", 2), 1], ["joint 2", "1"]),
        (Money(), [1_600_000, 0, None, "see the note"], ["£1.6m", "£0", "not known", "see the note"]),
        (Year(unknown="year not known"), [2019.0, None, ""], ["2019", "year not known", ""]),
        (Date(), ["2026-03-01", None, "soon"], ["1 March 2026", "not known", "soon"]),
        (Words(), ["", None, True, ["a", "b"], "01"], ["", "not known", "yes", "['a', 'b']", "01"]),
        (Number(), [float("inf"), "n/a"], ["inf", "n/a"]),
    ],
)
def test_cells_are_written_as_declared_and_unknown_is_not_zero(shown, cells, said):
    assert written(pd.Series(cells, dtype=object), shown) == said


@STEADY
@given(some.lists(some.integers(1000, 2999), min_size=1, max_size=5))
def test_a_year_is_its_digits(years):
    assert written(pd.Series(years), Year()) == written(pd.Series(years, dtype=float), Year()) == list(map(str, years))


def test_zero_unknown_and_too_few_look_different_in_every_form(cluster):
    frame = pd.DataFrame({"Name": ["A", "B", "C"], "Firms": pd.Series([0, None, "few"], dtype=object)})
    for form, rows in in_every_form(cluster, typed(frame, {"Firms": Number()})).items():
        said = [row[-1] for row in rows if row[0] in "ABC"]
        assert said[0] == "0" and said[2] == "few" and len(set(said)) == 3, form


def test_a_new_year_column_of_the_pack_is_written_as_years_everywhere(monkeypatch, tmp_path):
    class WithListing(Companies):
        """Firms with the year of their listing."""

        listed: Whole = year("Year of listing")

    monkeypatch.setitem(TABLES, "companies", WithListing)
    folder = write_pack(tmp_path, companies=on_rows(lambda rows: [row | {"listed": "2019"} for row in rows]))
    pack = read_cluster(folder, TODAY)
    facts = profiles.facts(pack, "company", "test-firm-a").set_index("Fact")["Said"]
    assert facts["Year of listing"] == "2019"
    frame = as_read(pack.table("companies"), "companies", {"id": "Id", "listed": "Since"}).head(3)
    for form, rows in in_every_form(pack, frame).items():
        assert sum(row[-1] == "2019" for row in rows) == 3 and "2,019" not in str(rows), form
    column = TABLES["companies"].to_schema().columns["listed"]
    assert datapackage.field_of(pack, "listed", column)["type"] == "year"


def test_formats_go_with_a_frame_and_are_guessed_of_nothing_but_its_types():
    frame = pd.DataFrame({"Year": [2019], "Sources": ["https://example.org"], "Known": [True]})
    assert formats_of(frame) == [Number(), Words(), Words()]
    frame = typed(frame, {"Year": Year()})
    for same in (frame.head(1), frame.assign(More=1), frame.drop(columns="Known"), frame[["Year"]], frame.copy()):
        assert formats_of(same)[0] == Year()
    assert formats_of(typed(frame, {"Sources": Link()})) == [Year(), Link(), Words()]


def test_readers_see_no_ids_and_data_holds_amounts_as_numbers():
    amounts = [Amount("298 to 800 firms", 298, 800, "firms"), Amount("not readable")]
    frame = pd.DataFrame({"id": ["a", "b"], "Figure": amounts, "Share": [5.5, None]})
    frame = typed(frame, {"id": Record(), "Figure": Range(), "Share": Number("%")})
    assert in_words(frame).to_numpy().tolist() == [["298 to 800 firms", "5.5%"], ["not readable", "not known"]]
    data = as_data(frame)
    assert list(data.columns) == ["id", "Figure", "Value", "Upper value", "Unit", "Share"]
    assert data.iloc[0].tolist() == ["a", "298 to 800 firms", 298, 800, "firms", 5.5]
    assert data.iloc[1, 2:].isna().sum() == 3
    assert as_csv(data).decode("utf-8-sig").startswith("id,Figure,Value,Upper value,Unit,Share (%)")
