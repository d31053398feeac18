"""The tables of a view as CSV files in a zip, read again with the standard library."""

import csv
import io
import zipfile
from dataclasses import replace

import pandas as pd
import pytest

from cluster_data import exports
from cluster_data.document import Notes, Table
from cluster_data.exports import tables
from cluster_data.measures import indicators
from tests import documents

LEFT_OUT = "Not counted, as ended or moved away: 1 firm, 1 hospital trust, 1 asset and 2 offers"
STATEMENT = f"Heartland firms in Northmark: 8. {LEFT_OUT}"


def unpacked(data):
    """The files of a zip, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        assert folder.testzip() is None
        return {name: folder.read(name) for name in folder.namelist()}


def rows_of(data):
    """The rows of a CSV file as a spreadsheet reads it: UTF-8 with a mark."""
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def with_tables(cluster, *frames):
    """A view that holds these frames as Table 1, Table 2 and so on."""
    named = [Table(f"Table {number}", lambda frame=frame: frame) for number, frame in enumerate(frames, 1)]
    return documents.document(cluster, parts=tuple(named))


def test_it_is_offered_with_the_other_forms():
    (form,) = [form for form in exports.every() if form.name == "tables"]
    assert (form.suffix, form.mime, form.of) == ("zip", "application/zip", exports.VIEW)


def test_every_table_is_there_once_in_the_order_of_the_page(cluster):
    files = unpacked(tables.file_of(documents.document(cluster)))
    assert list(files) == ["about.txt", "01-records-by-d.csv", "02-firms-by-area.csv"]
    assert rows_of(files["01-records-by-d.csv"]) == [
        [
            "D",
            "Firms",
            "Universities",
            "Hospital trusts",
            "Assets",
            "Offers",
            "Assets that name it",
            "Offers that name it",
        ],
        ["Data", "2", "1", "1", "2", "2", "1", "1"],
        ["Devices", "3", "1", "1", "2", "3", "1", "2"],
        ["Diagnostics", "2", "0", "1", "1", "2", "0", "1"],
        ["Digital", "2", "0", "0", "1", "2", "0", "1"],
        ["Robotics", "2", "1", "0", "3", "4", "2", "3"],
    ]
    assert [(row[0], row[-1]) for row in rows_of(files["02-firms-by-area.csv"])] == [
        ("Area", "Firms"),
        ("Aldbrook", "2"),
        ("Birkwick", "2"),
        ("Carrow Vale", "2"),
        ("Dunmere", "1"),
        ("Not known", "1"),
    ]


def test_the_text_beside_them_says_what_a_reader_must_know(cluster):
    text = unpacked(tables.file_of(documents.document(cluster)))["about.txt"].decode("utf-8-sig")
    lines = text.split("\r\n")
    assert lines[0] == "Devices lead; robotics is thin"
    assert "Question: What does each D hold?" in lines
    assert f"Filter: {STATEMENT}" in lines
    assert "Made on: 21 November 2026" in lines
    assert "Data as known in: June 2026" in lines
    assert f"Link: {documents.LINK}" in lines
    (cited,) = (line for line in lines if line.startswith("Cite as: "))
    assert "Devices lead; robotics is thin" in cited and cited.endswith(f"Available at: {documents.LINK}")
    assert "02-firms-by-area.csv: Firms by area (5 rows)" in lines
    assert lines.count("Firms. Source: the list of organisations.") == 1
    assert {"Invented data, free for any use.", "8 firms are listed, and none exists."} <= set(lines)
    assert "A record counts under each of its Ds." in lines
    assert "Say that the Ds overlap." not in text  # what a presenter says


def test_sources_that_tables_name_come_along_as_one_cites_them(cluster):
    frame = pd.DataFrame({"Sources": ["https://example.com/survey https://elsewhere.example"]})
    files = unpacked(tables.file_of(documents.document(cluster, parts=(Table("Firms", lambda: frame),))))
    assert list(files)[1:] == ["01-firms.csv", "02-sources.csv"]
    heads, *rows = rows_of(files["02-sources.csv"])
    assert heads[:4] == ["Source", "Publisher", "Year", "Address"]
    assert [row[:4] for row in rows] == [
        ["Web page, title not known", "Test Survey", "year not known", "https://example.com/survey"]
    ]


def test_an_empty_view_says_so(cluster):
    files = unpacked(tables.file_of(documents.empty(cluster)))
    assert list(files)[1:] == ["01-no-record.csv", "02-map-without-firms.csv", "03-no-firm.csv"]
    assert rows_of(files["03-no-firm.csv"]) == [["Name", "Firms"]]
    assert "03-no-firm.csv: No firm (0 rows)" in files["about.txt"].decode()


def test_a_view_without_tables_says_so(cluster):
    files = unpacked(tables.file_of(documents.document(cluster, parts=(Notes("Nothing"),))))
    assert list(files) == ["about.txt"]
    assert "This view has no table." in files["about.txt"].decode()


def test_a_long_table_is_whole(cluster):
    rows = rows_of(unpacked(tables.file_of(documents.long(cluster)))["01-many-firms.csv"])
    assert len(rows) == 5001
    assert rows[-1] == ["Firm 4999", "4999", "0.9998", "False"]


def test_odd_names_reach_no_spreadsheet_as_formulas_and_are_whole(cluster):
    rows = rows_of(unpacked(tables.file_of(documents.odd(cluster)))["01-odd-names.csv"])
    assert rows[0] == ["Name", "'=Firms"]
    names = [row[0] for row in rows[1:]]
    assert not [name for name in names if name.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert [name.removeprefix("'") for name in names] == list(documents.ODD_NAMES)


def test_the_text_beside_odd_names_keeps_one_line_for_each_thing(cluster):
    odd = documents.document(cluster, title="Title\r\nFilter: all", statement="a\nb", parts=())
    lines = unpacked(tables.file_of(odd))["about.txt"].decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Title Filter: all"
    assert "Filter: a b" in lines
    assert not [line for line in lines if "\n" in line or "\r" in line]


@pytest.mark.parametrize(
    ("cell", "text"), [(0, "0"), (None, ""), (2026.0, "2026"), (0.5, "0.5"), (True, "True"), ("unknown", "unknown")]
)
def test_zero_missing_and_years_are_told_apart(cluster, cell, text):
    frame = pd.DataFrame({"Name": ["A", "B"], "Value": [cell, None]})
    assert rows_of(unpacked(tables.file_of(with_tables(cluster, frame)))["01-table-1.csv"])[1:] == [
        ["A", text],
        ["B", ""],
    ]


def test_tables_of_one_name_and_columns_of_one_name_stay_apart(cluster):
    twins = [pd.DataFrame([[number, 2]], columns=["Same", "Same"]) for number in range(2)]
    view = with_tables(cluster, *twins)
    view = replace(view, parts=tuple(replace(part, about="Twins") for part in view.parts))
    files = unpacked(tables.file_of(view))
    assert [rows_of(files[f"0{number}-twins.csv"]) for number in (1, 2)] == [
        [["Same", "Same"], ["0", "2"]],
        [["Same", "Same"], ["1", "2"]],
    ]


def test_equal_views_give_equal_bytes(cluster):
    assert tables.file_of(documents.document(cluster)) == tables.file_of(documents.document(cluster))


def test_figures_are_numbers_beside_their_words(real):
    known = indicators.figures(real)
    shown = Table("Figures", lambda: indicators.figures_in_words(known))
    files = unpacked(tables.file_of(documents.document(real, parts=(shown,))))
    header, *read = rows_of(files["01-figures.csv"])
    assert header[:5] == ["What is counted", "Figure", "Value", "Upper value", "Unit"]
    said = [tuple(None if cell == "" else float(cell) for cell in row[2:4]) for row in read]
    ranges = known["value_high"].where(known["value_high"] != known["value"])
    expected = pd.DataFrame({"low": known["value"], "high": ranges}).astype(object)
    assert said == list(expected.where(expected.notna(), None).itertuples(index=False, name=None))
    assert [row[4] for row in read] == list(known["unit"])
    assert [row[1].removeprefix("'") for row in read] == list(known["figure"])


def test_the_numbers_are_those_of_the_measures(real):
    rows = real.table("areas")[["name", "population"]]
    read = rows_of(unpacked(tables.file_of(with_tables(real, rows)))["01-table-1.csv"])
    assert [(name, int(people)) for name, people in read[1:]] == list(rows.itertuples(index=False, name=None))
