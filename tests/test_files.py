"""Files as they come out of spreadsheets, browsers and accidents: each gives a table or one plain answer."""

import os
from pathlib import Path

import pytest

from cluster_data.input.sheets import read_sheet
from cluster_data.model.tables import TABLES
from tests.packs import PACK

HEADER = b"id,name\n"
UTF8 = "Save it as UTF-8: in Excel choose “CSV UTF-8”, in LibreOffice the character set “Unicode (UTF-8)”."
EXPORT = "Open it in the program it comes from and save it as “CSV UTF-8”."
EMPTY = "partners.csv: this file is empty. Put its contents back, the first line included."
UNCLOSED = (
    "the row that starts here cannot be read: a quotation mark is not closed as it should be, or a cell is longer "
    "than 131,072 characters. Close the quotation mark before the next comma; write a quotation mark inside a quoted "
    "cell twice."
)


def read(tmp_path: Path, data: bytes, table: str = "partners"):
    path = tmp_path / f"{table}.csv"
    path.write_bytes(data)
    return read_sheet(path, TABLES[table])


def said(sheet) -> list[str]:
    return [str(fault) for fault in sheet.faults]


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (b"", EMPTY),
        (b" \r\n\n", EMPTY),
        (b"\xef\xbb\xbf", EMPTY),
        (b'"",""\n', EMPTY),
        (b"PK\x03\x04\0\0", f"partners.csv: this is an Excel workbook or another zip file. {EXPORT}"),
        (b"\xd0\xcf\x11\xe0\xa1", f"partners.csv: this is an old Excel workbook. {EXPORT}"),
        (b"%PDF-1.7\n", f"partners.csv: this is a PDF. {EXPORT}"),
        (b"\x1f\x8b\x08", f"partners.csv: this is a gzip file. {EXPORT}"),
        (b"PAR1\x15", f"partners.csv: this is a Parquet file. {EXPORT}"),
        (
            b"\n <!DOCTYPE html><html>",
            "partners.csv: this is a web page. Download the file itself, not the page that shows it.",
        ),
        ("id,name\n".encode("utf-16"), f"partners.csv: this is text in UTF-16 or UTF-32, not UTF-8. {UTF8}"),
        (
            HEADER + b"a,b\nc,d\0\n",
            "partners.csv line 3: this is not text in UTF-8: a zero byte is there. "
            f"It may be UTF-16, or no text at all. {UTF8}",
        ),
        (
            HEADER + b"a,Caf\xe9 One\n",
            "partners.csv line 2: byte 14 of the file, 0xE9, is not UTF-8. "
            f"Read as Windows-1252 the word is 'Café'. {UTF8}",
        ),
        (
            b"id,name\r\na,b\r\nc,\x81\r\n",
            f"partners.csv line 3: byte 17 of the file, 0x81, is not UTF-8. {UTF8}",
        ),
        (
            b"id;name\na;b\n",
            "partners.csv: the cells are parted by semicolons. Save the file as CSV with commas between the cells.",
        ),
        (
            b'"id"\t"name"\na\tb\n',
            "partners.csv: the cells are parted by tabs. Save the file as CSV with commas between the cells.",
        ),
        (
            b'{"id": 1}',
            "partners.csv line 1: the first line names none of this table's columns. They are: id, name. "
            "Put the names of the columns on the first line.",
        ),
        (HEADER + b'a,b\n"c,d\n', f"partners.csv line 3: {UNCLOSED}"),
        (HEADER + b'a,"b" c\n', f"partners.csv line 2: {UNCLOSED}"),
        (HEADER + b"a," + b"b" * 131_073 + b"\n", f"partners.csv line 2: {UNCLOSED}"),
    ],
)
def test_a_file_that_is_no_table_gives_one_answer(tmp_path, data, answer):
    sheet = read(tmp_path, data)
    assert said(sheet) == [answer]
    assert sheet.texts.empty
    assert not sheet.whole


@pytest.mark.parametrize(
    ("data", "answers"),
    [
        (
            b"id,name\na,b,c\nd\n",
            [
                "partners.csv line 2: the row has 3 cells; the first line has 2. "
                "Put a text that holds a comma in quotation marks.",
                "partners.csv line 3: the row has 1 cell; the first line has 2. "
                "Put a comma for each empty cell, and quotation marks round a text with line breaks.",
            ],
        ),
        (
            b"id,name,name\na,b,c\n",
            ["partners.csv line 1, column 'name': two columns have this name. Delete one of them."],
        ),
        (b"id,name,\na,b,\n", ["partners.csv line 1: column 3 has no name. Delete the column or name it."]),
        (
            b"id,name,town\na,b,c\n",
            ["partners.csv line 1, column 'town': the table has no column of this name. Rename or delete the column."],
        ),
        (
            b"id,Name\na,b\n",
            [
                "partners.csv line 1, column 'Name': the table has no column of this name, and 'name' is missing. "
                "If it is 'name', rename it."
            ],
        ),
        (
            b"id,name,names\na,b,c\n",
            [
                "partners.csv line 1, column 'names': the table has no column of this name. Did you mean 'name'? "
                "Rename or delete the column."
            ],
        ),
        (
            b"\n\nid\na\n",
            [
                "partners.csv line 3, column 'name': this column is missing. Add it: Name. "
                "Every row needs a value in it."
            ],
        ),
    ],
)
def test_a_table_with_faults_of_form_tells_each(tmp_path, data, answers):
    assert said(read(tmp_path, data)) == answers


def test_a_missing_column_that_may_be_empty_says_so(tmp_path):
    sheet = read(tmp_path, b"id,publisher,title,url\n", "sources")
    assert said(sheet) == [
        "sources.csv line 1, column 'note': this column is missing. Add it: What was used of it. Cells may be empty."
    ]


def test_a_table_may_have_no_rows_unless_its_schema_says_otherwise(tmp_path):
    assert said(read(tmp_path, HEADER)) == []
    header = (PACK / "challenges.csv").read_bytes().splitlines(keepends=True)[0]
    assert said(read(tmp_path, header, "challenges")) == [
        "challenges.csv line 1: there is no row below the first line. This table needs at least one: add it."
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfid,name\r\na,b\r\n\r\nc,\r\n",
        b" id , name \n a , b \n,\n  \nc,  \n",
        b'"id","name"\n"a","b"\n"c",""',
        b'id, "name"\na, "b"\nc, ""\n',
        b"id,name\ra,b\rc,\r",
    ],
    ids=["mark and CRLF", "stray spaces", "quotes", "space before quotes", "CR alone"],
)
def test_what_spreadsheets_do_to_a_file_is_taken_quietly(tmp_path, data):
    sheet = read(tmp_path, data)
    assert said(sheet) == []
    assert sheet.whole
    assert sheet.texts.fillna("-").to_numpy().tolist() == [["a", "b"], ["c", "-"]]


def test_every_column_is_text_and_missing_where_empty(tmp_path):
    sheet = read(tmp_path, HEADER + b"007,NA\n1.0,nan\n2,\n")
    assert [str(kind) for kind in sheet.texts.dtypes] == ["str", "str"]
    assert sheet.texts["id"].tolist() == ["007", "1.0", "2"]
    assert sheet.texts["name"].isna().tolist() == [False, False, True]


def test_a_line_lost_leaves_the_others(tmp_path):
    sheet = read(tmp_path, HEADER + b"a,b\nc\nd,e\n")
    assert sheet.texts.index.tolist() == [2, 4]
    assert not sheet.whole


def test_a_file_of_200_mb_is_not_read(tmp_path):
    path = tmp_path / "partners.csv"
    path.touch()
    os.truncate(path, 200_000_000)
    assert said(read_sheet(path, TABLES["partners"])) == [
        "partners.csv: this file holds 200 MB; at most 50 MB are read. "
        "Check that it is the right file, and leave out rows that are not needed."
    ]


def test_a_missing_file_is_named_with_the_one_that_may_be_meant(tmp_path):
    path = tmp_path / "partners.csv"
    assert said(read_sheet(path, TABLES["partners"])) == ["partners.csv: this file is missing. Add it to the folder."]
    (tmp_path / "Partner.CSV").touch()
    (tmp_path / "parts.csv").touch()
    (tmp_path / "participants.txt").touch()
    assert said(read_sheet(path, TABLES["partners"])) == [
        "partners.csv: this file is missing. If it is the file 'Partner.CSV', rename it; otherwise add it."
    ]


def test_another_table_is_never_offered_for_a_missing_one(tmp_path):
    (tmp_path / "comparisons.csv").touch()
    assert said(read_sheet(tmp_path / "companies.csv", TABLES["companies"])) == [
        "companies.csv: this file is missing. Add it to the folder."
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes need a Unix")
def test_folders_and_pipes_are_not_opened(tmp_path):
    (tmp_path / "partners.csv").mkdir()
    os.mkfifo(tmp_path / "events.csv")
    for table in ("partners", "events"):
        assert said(read_sheet(tmp_path / f"{table}.csv", TABLES[table])) == [
            f"{table}.csv: this is not an ordinary file. Put the file itself in its place."
        ]


@pytest.mark.skipif(os.name != "posix", reason="links need a Unix")
def test_a_file_that_the_system_refuses_is_named(tmp_path):
    path = tmp_path / "partners.csv"
    path.symlink_to(path)
    assert said(read_sheet(path, TABLES["partners"])) == [
        "partners.csv: this file cannot be opened (too many levels of symbolic links). "
        "Make it readable for the account that runs this command."
    ]
