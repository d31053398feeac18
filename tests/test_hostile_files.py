"""Whatever a pack holds, no text of it becomes a link, a formula, a picture or code in a file that is taken away."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from html import unescape

import openpyxl
import pytest
from lxml import etree
from pypdf import PdfReader

from cluster_data import exports, scenes
from cluster_data.input.read import read_cluster
from cluster_data.measures.organisations import known_addresses
from cluster_data.scenes.showing import document_of, shown_scene
from tests.documents import LINK
from tests.hostile import either, hostile_pack
from tests.packs import TODAY

pytestmark = pytest.mark.slow

FORMULA = ("=", "+", "-", "@", "\t", "\r")
VIEWS = [
    ("2_Map.py", {}),
    ("3_Four_Ds.py", {}),
    ("5_Find_support.py", {"need": "N1"}),
    ("6_Organisations.py", {}),
    ("6_Organisations.py", {"show": "landscape"}),
    ("6_Organisations.py", {"org": "test-firm-a"}),
    ("7_Connections.py", {"around": "test-firm-e"}),
    ("8_Areas.py", {}),
    ("10_Invest.py", {"pick": "test-firm-a"}),
    ("12_Data.py", {}),
]


@pytest.fixture(scope="module")
def traps(tmp_path_factory):
    """A pack full of traps: texts with traps behind them, and addresses for texts."""
    return hostile_pack(tmp_path_factory.mktemp("hostile") / "pack", either)


def targets_of_pdf(file):
    """Where the links of a PDF lead; nothing else in it can be acted on."""
    reader = PdfReader(io.BytesIO(file))
    root = reader.trailer["/Root"]
    assert not {"/JavaScript", "/EmbeddedFiles", "/OpenAction", "/AA", "/AcroForm"} & {*root, *root.get("/Names", {})}
    notes = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    assert {note["/Subtype"] for note in notes} <= {"/Link"}
    assert {note["/A"]["/S"] for note in notes if "/A" in note} <= {"/URI"}
    return {note["/A"]["/URI"] for note in notes if "/A" in note}


def targets_of_office(file):
    """What a file of Office, or one within it, refers to outside of itself, be it a link or a picture."""
    found = set()
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        for name in parts.namelist():
            if name.endswith(".rels"):
                said = parts.read(name).decode()
                found |= {unescape(to) for to in re.findall(r'Target="([^"]+)" TargetMode="External"', said)}
                assert said.count('TargetMode="External"') == len(re.findall(r'" TargetMode="External"', said))
            if name.endswith(".xlsx"):
                found |= targets_of_workbook(parts.read(name))
    return found


def targets_of_workbook(file):
    """Where the links of a workbook lead; it computes nothing."""
    book = openpyxl.load_workbook(io.BytesIO(file))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == [] and not book.defined_names
    return {cell.hyperlink.target for cell in cells if cell.hyperlink and cell.hyperlink.target} | targets_of_office(
        file
    )


def targets_of_tables(file):
    """A table as CSV has no links; no cell of it is a formula."""
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        for name in parts.namelist():
            if name.endswith(".csv"):
                rows = csv.reader(io.StringIO(parts.read(name).decode("utf-8-sig"), newline=""))
                texts = [cell for row in rows for cell in row if not re.fullmatch(r"-?[\d.]+(e[+-]\d+)?", cell)]
                assert [text for text in texts if text.startswith(FORMULA)] == []
    return set()


def targets_of_page(file):
    """Where the links of a page lead outside of it; it loads nothing that it does not hold."""
    text = file.decode()
    assert [to for to in re.findall(r'src="([^"]*)"', text) if not to.startswith("data:image/svg+xml;base64,")] == []
    assert "<script" not in text
    return {unescape(to) for to in re.findall(r'href="([^#"][^"]*)"', text)}


def targets_of_poster(file):
    """A poster leads to the profiles of the same site alone."""
    led = targets_of_pdf(file)
    assert led and all(to.startswith("https://dashboard.example/") for to in led)
    return set()


def targets_of_svg(file):
    """A picture runs nothing and leads nowhere else."""
    root = etree.fromstring(file)
    assert not [part for part in root.iter() if etree.QName(part).localname in ("script", "foreignObject", "image")]
    led = {value for part in root.iter("{*}a") for key, value in part.attrib.items() if key.endswith("href")}
    assert all(to.startswith("https://dashboard.example/") for to in led)
    return set()


TARGETS = {
    "json": lambda file: set(),
    "text": lambda file: set(),
    "html": targets_of_page,
    "pdf": targets_of_pdf,
    "slides": targets_of_office,
    "workbook": targets_of_workbook,
    "tables": targets_of_tables,
    "datapackage": targets_of_tables,
    "poster_pdf": targets_of_poster,
    "poster_pptx": targets_of_office,
    "poster_svg": targets_of_svg,
    "poster_png": lambda file: set(),
}


def led_to(document):
    """Make the document in each form: where their links lead besides the view, which each form with links leads to."""
    forms = [form for form in exports.every() if form.of != exports.POSTER or document.poster]
    led = {form.name: TARGETS[form.name](form.file_of(document)) for form in forms}
    assert all(LINK in led[form] for form in ("pdf", "slides", "workbook"))
    return {form: to - {LINK} for form, to in led.items()}


@pytest.mark.parametrize(
    ("page", "link"), VIEWS, ids=lambda part: "-".join(part.values()) if isinstance(part, dict) else part
)
def test_the_files_of_a_view_lead_to_known_addresses_alone(taken, traps, page, link):
    document = taken(page, traps, **link)
    assert "evil" in str([document.title, *document.parts])
    led = led_to(replace(document, link=LINK))
    assert set().union(*led.values()) <= known_addresses(document.cluster)
    if link == {"org": "test-firm-a"}:
        assert led["pdf"] and led["slides"] and led["workbook"]


def test_the_files_of_a_story_lead_to_its_views_alone(traps):
    cluster = read_cluster(traps, TODAY)
    told = [shown_scene(cluster, scene, {}) for scene in scenes.scenes_of_pack(cluster)]
    views = [f"https://dashboard.example/Four_Ds?scene={place}" for place in range(len(told))]
    led = led_to(document_of(cluster, told, LINK, TODAY, views))
    assert led["pdf"] == set(views)
    assert set().union(*led.values()) <= {*views, *known_addresses(cluster)}
