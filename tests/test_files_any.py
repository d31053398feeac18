"""Properties of reading: what holds for any table, any bytes and any line break."""

import csv
import io

from hypothesis import assume, given, settings
from hypothesis import strategies as some

from cluster_data.model.clean import odd_signs
from cluster_data.model.tables import TABLES
from tests.packs import STEADY
from tests.test_files import HEADER, read, said

CELLS = some.text(some.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
CELLS = CELLS.filter(lambda text: not list(odd_signs(text, spaces=True)))
SOURCES = list(TABLES["sources"].to_schema().columns)
ROWS = some.lists(some.tuples(*[CELLS] * len(SOURCES)).filter(lambda row: any(map(str.strip, row))), max_size=6)


@settings(STEADY)
@given(rows=ROWS, ending=some.sampled_from(["\n", "\r\n"]), mark=some.booleans())
def test_what_is_written_is_read_back(tmp_path_factory, rows, ending, mark):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=ending, quoting=csv.QUOTE_ALL).writerows([SOURCES, *rows])
    data = text.getvalue().encode("utf-8-sig" if mark else "utf-8")
    sheet = read(tmp_path_factory.getbasetemp(), data, "sources")
    assert said(sheet) == []
    assert sheet.texts.fillna("").to_numpy().tolist() == [[cell.strip() for cell in row] for row in rows]


@settings(STEADY)
@given(
    rows=some.lists(some.tuples(some.integers(0, 3), some.integers(0, 3)), max_size=8),
    ending=some.sampled_from([b"\n", b"\r\n", b"\r"]),
)
def test_rows_are_found_by_the_line_they_start_on(tmp_path_factory, rows, ending):
    """Each row is so many blank lines, then a cell of so many line breaks."""
    lines, data, next_line = [], b"id,name" + ending, 2
    for blank, breaks in rows:
        lines.append(next_line + blank)
        data += ending * blank + b'a,"b' + ending * breaks + b'c"' + ending
        next_line += blank + breaks + 1
    sheet = read(tmp_path_factory.getbasetemp(), data)
    assert said(sheet) == []
    assert sheet.texts.index.tolist() == lines


@settings(STEADY)
@given(data=some.binary(max_size=300))
def test_any_bytes_give_a_table_or_faults(tmp_path_factory, data):
    sheet = read(tmp_path_factory.getbasetemp(), data)
    assert sheet.faults or set(sheet.texts.columns) == {"id", "name"}


@settings(STEADY)
@given(text=some.text(max_size=60))
def test_any_text_below_the_header_gives_rows_or_faults(tmp_path_factory, text):
    assume("\0" not in text)
    sheet = read(tmp_path_factory.getbasetemp(), HEADER + text.encode(errors="replace"))
    assert sheet.faults or sheet.texts.index.is_unique
