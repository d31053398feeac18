"""Signs that nobody sees, and text that a spreadsheet would work out: found by the check, harmless in every file."""

import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pandas as pd
import pptx
import pypdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as some
from lxml import etree
from PIL import Image

from cluster_data import exports
from cluster_data.document import Chart, Heading, Notes, Poster, Table, Text
from cluster_data.measures import landscape
from cluster_data.model import clean, day
from cluster_data.model.filters import Filter
from tests import documents
from tests.packs import FEW, STEADY, edit, faults_of, on_rows, renamed, write_pack
from tests.test_files import read, said

pytestmark = pytest.mark.slow

ODD = {
    "\x00": "NUL",
    "\t": "TAB",
    "\x07": "CONTROL CHARACTER",
    "\x0b": "VERTICAL TAB",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
    "\x9d": "CONTROL CHARACTER",
    "\xad": "SOFT HYPHEN",
    "\u034f": "COMBINING GRAPHEME JOINER",
    "\u061c": "ARABIC LETTER MARK",
    "\u180e": "MONGOLIAN VOWEL SEPARATOR",
    "\u200b": "ZERO WIDTH SPACE",
    "\u200c": "ZERO WIDTH NON-JOINER",
    "\u200d": "ZERO WIDTH JOINER",
    "\u200e": "LEFT-TO-RIGHT MARK",
    "\u2028": "LINE SEPARATOR",
    "\u2029": "PARAGRAPH SEPARATOR",
    "\u202e": "RIGHT-TO-LEFT OVERRIDE",
    "\u2060": "WORD JOINER",
    "\u2066": "LEFT-TO-RIGHT ISOLATE",
    "\u2800": "BRAILLE PATTERN BLANK",
    "\u3164": "HANGUL FILLER",
    "\ufe0f": "VARIATION SELECTOR-16",
    "\ufeff": "ZERO WIDTH NO-BREAK SPACE",
    "\ufffc": "OBJECT REPLACEMENT CHARACTER",
    "\ufffd": "REPLACEMENT CHARACTER",
    "\uf0b7": "PRIVATE USE CHARACTER",
    "\ufdd0": "NO CHARACTER",
    "\uffff": "NO CHARACTER",
    "\U000e0041": "TAG LATIN CAPITAL LETTER A",
    "\U0010ffff": "NO CHARACTER",
    chr(0xD800): "LONE SURROGATE",
}
IN_UTF8 = [sign for sign in ODD if sign not in "\0\ud800"]
RIGHT = [
    "Société “Été” – 5 µg/m³, 20 °C, 3 × 4, a‑b, 5%, H₂O, €5m, ½",
    "شركة الاختبار",
    "می\u200cخواهم",
    "क्\u200dष",
    "👩\u200d⚕️ 🧑🏽\u200d🔬 ❤️\u200d🔥 🏳️\u200d🌈 ✔️ 1️⃣ ©️ 🦾",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "two lines:\nthe second\r\nand the third",
    "10\xa0km",
    "a-b a+b a=b a@ -",
    "C++ and C#",
]
FORMULAS = [
    *(
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "＝1+1",
        "＋1+1",
        "－1+1",
        "＠SUM(A1)",
        "- 5%",
        "-cmd|' /C calc'!A0",
        "+44 a",
        "@us",
    ),
    *("a\n=1+1", "a\r\n=1+1", "a\n  +1", "  =1+1", "\u200b=1+1", "\xa0=1+1"),
]
ANY = some.text(
    some.sampled_from([*ODD, *"=+-@＝ \n\r;,\"'&<>#$*_[]\\{}`~"]) | some.characters(exclude_categories=["Cs"]),
    max_size=20,
)


def firm(**cells: str):
    return {"companies": edit("test-firm-a", **cells)}


# ---- the check ------------------------------------------------------------


@pytest.mark.parametrize("sign", IN_UTF8, ids=lambda sign: f"U+{ord(sign):04X}")
def test_an_odd_sign_is_named_with_its_cell(tmp_path, sign):
    (fault,) = said(read(tmp_path, f"id,name\na,Test{sign}Firm\n".encode()))
    start = f"partners.csv line 2, column 'name': the text holds U+{ord(sign):04X} ({ODD[sign]}"
    assert fault.startswith(start)
    assert "after 'Test'" in fault


@pytest.mark.parametrize("sign", ["\u200b", "\x0b"])
@pytest.mark.parametrize("column", ["name", "postcode", "employees", "status", "source_ids"])
def test_an_odd_sign_makes_one_fault_in_any_sort_of_column(tmp_path, sign, column):
    old = {"postcode": "NM1 1AA", "employees": "12", "source_ids": "test-gazette", "status": "trading"}
    text = old.get(column, "Test Firm A")
    (fault,) = faults_of(write_pack(tmp_path, **firm(**{column: text[:1] + sign + text[1:]})))
    assert fault.startswith(f"companies.csv line 2, column '{column}': the text holds U+{ord(sign):04X}")


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\xa0", "\x0b", "\xad", "\u202e"])
def test_an_odd_sign_in_the_name_of_a_column_is_named_and_nothing_else(tmp_path, sign):
    (fault,) = faults_of(write_pack(tmp_path, groups=renamed("label", f"la{sign}bel".replace("\xa0", "\u200b"))))
    assert fault.startswith("groups.csv line 1, column 'la")
    assert "the name of column 2 holds U+" in fault


def test_the_first_column_may_hold_it_too(tmp_path):
    (fault,) = faults_of(write_pack(tmp_path, groups=renamed("id", "id\u200b")))
    assert fault == (
        "groups.csv line 1, column 'id': the name of column 1 holds U+200B (ZERO WIDTH SPACE) after 'id'. "
        "Delete the sign: write 'id' anew."
    )


def test_every_odd_cell_is_named_with_all_its_signs(tmp_path):
    faults = faults_of(write_pack(tmp_path, **firm(summary="\u200bA\x0bB\x0b", note="x\u202ey")))
    assert [fault.split(" Delete")[0] for fault in faults] == [
        "companies.csv line 2, column 'note': the text holds U+202E (RIGHT-TO-LEFT OVERRIDE) after 'x'.",
        "companies.csv line 2, column 'summary': the text holds U+200B (ZERO WIDTH SPACE) at the start, "
        "and U+000B (VERTICAL TAB).",
    ]


@pytest.mark.parametrize("column", ["name", "postcode", "status", "lat", "source_ids"])
def test_another_space_is_named_where_it_makes_another_word(tmp_path, column):
    old = {
        "name": "Test Firm",
        "postcode": "NM1 1AA",
        "status": "tra ding",
        "lat": "5 4.503",
        "source_ids": "test gazette",
    }
    faults = faults_of(write_pack(tmp_path, **firm(**{column: old[column].replace(" ", "\xa0")})))
    assert any(f"column '{column}': the text holds U+00A0 (NO-BREAK SPACE) after" in fault for fault in faults)


@pytest.mark.parametrize("text", RIGHT)
def test_what_scripts_and_emoji_need_is_right(tmp_path, text):
    assert faults_of(write_pack(tmp_path, **firm(summary=text, note=f" {text}\xa0"))) == []
    assert clean.cleaned(text) == text


@pytest.mark.parametrize("sign", ["\u200b", "\ud800", "\x85"])
def test_odd_signs_in_properties_of_borders_are_named(tmp_path, sign):
    escaped = f"\\u{ord(sign):04x}"
    folder = write_pack(tmp_path, boundaries=lambda text: text.replace('"Aldbrook"', f'"Ald{escaped}brook"'))
    (fault,) = faults_of(folder)
    assert fault.startswith(f"boundaries.geojson: feature 1, property 'name', holds U+{ord(sign):04X} (")


@pytest.mark.parametrize("says", ['region = "North\\u200Bmark"', 'region = "=Northmark"', '"region\\u202E" = "a"'])
def test_odd_text_in_what_the_pack_says_of_itself_is_named(tmp_path, says):
    faults = faults_of(write_pack(tmp_path, pack=lambda text: f"{says}\n" + text.replace('\nregion = "', '\nx = "')))
    assert any(re.match(r"pack\.toml: 'region' (?:holds U\+2|'=North)", fault) for fault in faults)


def test_what_a_spreadsheet_would_work_out_is_refused_in_each_line(tmp_path):
    rows = [{"id": f"a-{place}", "name": text} for place, text in enumerate(FORMULAS)]
    faults = faults_of(write_pack(tmp_path, partners=on_rows(lambda old: old + rows)))
    assert sum("column 'name'" in fault and "takes it for a formula" in fault for fault in faults) == len(FORMULAS)


@pytest.mark.parametrize("cells", [{"note": "-1"}, {"lon": "-2.198"}, {"summary": "−5%, 1+1=2"}, {"note": "'=1"}])
def test_numbers_and_signs_inside_a_text_are_no_formula(tmp_path, cells):
    assert faults_of(write_pack(tmp_path, **firm(**cells))) == []


@FEW
@given(text=ANY.filter(lambda text: not set(text) & {"\0", "\ud800"}))
def test_any_text_in_a_cell_is_named_or_harmless(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("any")
    faults = faults_of(write_pack(folder, **firm(note=text)))
    harmless = clean.cleaned(text.strip()) == text.strip().replace("\t", " ") and not clean.is_formula(text.strip())
    assert faults or harmless
    shutil.rmtree(folder)


# ---- the files ------------------------------------------------------------

TYPESET = ("pdf", "poster_pdf", "poster_pptx", "poster_svg", "poster_png")  # which share the way of their texts


@STEADY
@given(text=ANY)
@example("x\ufe0f\u200d🦾")
@example("🦾\u200d\u2800\u200d🦾")
def test_cleaned_text_is_legal_in_xml_holds_nothing_unseen_and_stays_so(text):
    found = clean.cleaned(text)
    etree.fromstring(f"<a>{found.replace('&', '').replace('<', '')}</a>")
    assert {sign for _, sign in clean.odd_signs(found)} <= {clean.LOST, "\t"}
    assert clean.cleaned(found) == found
    assert not clean.is_formula(clean.inert(text))


def view(cluster, text):
    """A view in which the text stands in every place that a reader or a file may fill."""
    table = pd.DataFrame({text or "a": [text, "after"], "Firms": [1, 2]})
    bars = pd.DataFrame({"label": [text, "Plain"], "all": [1, 2], "share": [0.5, 0.5]})
    parts = (
        Heading(text),
        Text(text),
        Chart(text, text, lambda ground: documents.charts.shares_chart(bars, ground), lambda: bars),
        Table(text, lambda: table, text),
        Notes(text),
    )
    changes = {"title": text, "statement": text, "question": text, "link": f"https://example.org/?q={text}"}
    firms = cluster.table("companies").copy()
    firms.loc[0, "name"] = text
    odd = replace(cluster, tables={**cluster.tables, "companies": firms})
    poster = Poster(text, text, (text,), lambda: landscape.firms(odd, Filter(), "kind"))
    return replace(documents.document(cluster, parts=parts, **changes), cluster=odd, poster=poster)


def pages_of(data: bytes) -> int:
    """How many pages a PDF has."""
    return len(pypdf.PdfReader(io.BytesIO(data)).pages)


OPENED = {
    "pdf": pages_of,
    "poster_pdf": pages_of,
    "poster_svg": lambda data: etree.fromstring(data) is not None,
    "poster_png": lambda data: Image.open(io.BytesIO(data)).width,
}  # by form: what is true of one that opens


def opened(name: str, data: bytes) -> None:
    """Open a file with another program than the one that made it; every XML in it is read."""
    if name in OPENED:
        assert OPENED[name](data)
        return
    if name in ("json", "text", "html"):
        assert name != "json" or json.loads(data)
        assert {sign for _, sign in clean.odd_signs(data.decode())} <= {clean.LOST, "\t"}
        return
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        for part in whole.namelist():
            if part.endswith((".xml", ".rels")):
                etree.fromstring(whole.read(part))
            elif part.endswith((".csv", ".txt", ".json", ".toml")):
                whole.read(part).decode("utf-8")
    if name in ("slides", "poster_pptx"):
        pptx.Presentation(io.BytesIO(data))
    if name == "workbook":
        cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(data)) for row in sheet for cell in row]
        assert "f" not in {cell.data_type for cell in cells}


@pytest.mark.parametrize("form", exports.every(), ids=lambda form: form.name)
@pytest.mark.parametrize("text", ["".join(f"{sign}a" for sign in ODD), *FORMULAS[:2], "a\n=1+1"])
def test_every_form_is_made_and_opens_again_with_odd_text_everywhere(cluster, form, text):
    opened(form.name, form.file_of(view(cluster, text)))


@pytest.mark.parametrize(
    "form", [form for form in exports.every() if form.name not in TYPESET], ids=lambda form: form.name
)
@FEW
@given(text=ANY)
def test_every_form_is_made_and_opens_again_with_any_text(cluster, form, text):
    opened(form.name, form.file_of(view(cluster, text)))


# ---- the day --------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 6, 30, 22, 30, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), date(2026, 12, 31)),
    ],
)
def test_the_day_is_that_of_readers_in_the_united_kingdom(monkeypatch, moment, expected):
    class Clock(datetime):
        @classmethod
        def now(cls, zone=None):
            return moment.astimezone(zone)

    monkeypatch.setattr(day, "datetime", Clock)
    assert day.today() == expected
