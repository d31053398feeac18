"""The landscape of firms: who stands where with what marks, on the screen and on the sheets to take away."""

import csv
import io
from dataclasses import replace

import pandas as pd
import pypdf
import pytest
from lxml import etree
from PIL import Image
from pptx import Presentation

from cluster_data import exports, views
from cluster_data.measures import landscape
from cluster_data.model.filters import Filter
from tests.documents import LINK
from tests.packs import PACK

SITE = "https://dashboard.example/Organisations?show=landscape&role="


def placed(table):
    """For each D and group, the last letters of the firms' ids with their signs."""
    found = {}
    for row in table.itertuples():
        found.setdefault((row.label, row.group), []).append(f"{row.id[-1]} {landscape.signs(row)}".strip())
    return found


def test_each_firm_stands_once_under_its_first_d_and_the_group_of_its_area(cluster):
    table = landscape.firms(cluster, Filter(), "area group")
    assert placed(table) == {  # firm d has ended
        ("Data", "Moor and Dale ICS"): ["a £"],
        ("Data", "Coast ICS"): ["g ?"],
        ("Devices", "Moor and Dale ICS"): ["b", "k"],
        ("Devices", "Place not known"): ["h"],
        ("Diagnostics", "Coast ICS"): ["c", "i"],
        ("Digital", "Place not known"): ["l"],
        ("Robotics", "Moor and Dale ICS"): ["e £", "f ↗"],
        ("No D named", "Moor and Dale ICS"): ["j"],
    }
    assert list(dict.fromkeys(table["label"])) == [
        "Data",
        "Devices",
        "Diagnostics",
        "Digital",
        "Robotics",
        "No D named",
    ]


def test_a_firm_kept_for_its_second_d_stands_under_that(cluster):
    assert placed(landscape.firms(cluster, Filter(ds=("digital",)), "area")) == {
        ("Digital", "Birkwick"): ["b"],
        ("Digital", "Carrow Vale"): ["g ?"],
        ("Digital", "Place not known"): ["l"],
    }
    primary = landscape.firms(cluster, Filter(ds=("digital",), match="primary"), "area")
    assert primary["id"].tolist() == ["test-firm-l"]


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("stage", {"In the lab": 3, "At launch": 2, "Grown": 5, "Stage not known": 1}),
        ("kind", {"Independent": 9, "Branch": 1, "Spin-out": 1}),
        ("area", {"Aldbrook": 3, "Birkwick": 3, "Carrow Vale": 2, "Dunmere": 1, "Place not known": 2}),
    ],
)
def test_firms_are_grouped_by_what_is_asked_for(cluster, by, groups):
    table = landscape.firms(cluster, Filter(), by)
    assert table["group"].value_counts().to_dict() == groups
    counted = landscape.sizes(table)
    assert counted["Group"].tolist() == list(groups)
    assert counted.drop(columns="Group").sum(axis=1).tolist() == list(groups.values())


def test_a_firm_without_a_year_is_marked_as_thin(cluster):
    records = cluster.tables["companies"].copy()
    records["source_ids"] = None
    records[["source_year", "employees_year"]] = pd.NA
    odd = replace(cluster, tables={**cluster.tables, "companies": records})
    assert landscape.firms(odd, Filter(), "stage")["thin"].all()


def test_no_group_is_left_out_where_names_are_too_many(cluster):
    table = landscape.firms(cluster, Filter(), "area group")
    for most in range(1, 13):
        cells = landscape.cells(table, most)
        shown = [len(cell.rows) for cell in cells]
        assert [cell.total for cell in cells] == [1, 1, 2, 1, 2, 1, 2, 1]
        assert min(shown) == 1 and sum(shown) <= max(most, len(cells))
    assert sum(shown) == len(table) == 11


@pytest.mark.parametrize("by", landscape.BY)
def test_the_finding_names_the_largest_group_alone(cluster, by):
    said = landscape.finding(landscape.firms(cluster, Filter(), by), by)
    assert said.startswith("11 firms by name")
    table = landscape.firms(cluster, Filter(ds=("devices",)), "area group")  # b, e, k inner; h nowhere
    assert landscape.finding(table, "area group") == "4 firms by name"
    assert landscape.finding(table.head(0), "stage") == "No firm matches this choice"


# ---- on the screen --------------------------------------------------------


def test_every_name_leads_to_its_profile_and_bears_its_marks(visit):
    app = visit("6_Organisations.py", show="landscape", role="", by="area")
    links = {link.proto.query_string.rpartition("org=")[2]: link.label for link in app.get("page_link")}
    firms = {row["id"] for row in csv.DictReader((PACK / "companies.csv").open("r", encoding="utf-8"))}
    assert firms - {"test-firm-d"} <= set(links)
    assert links["test-firm-f"].endswith("↗") and links["test-firm-a"].endswith("£")


def test_cards_and_list_hold_the_same_files(cluster):
    documents = [
        views.opened("Organisations", cluster, {"show": [show]} if show else {}).document()
        for show in ("", "list", "cards")
    ]
    tables = [[part.rows().to_csv() for part in document.parts if hasattr(part, "rows")] for document in documents]
    assert tables[0] == tables[1] == tables[2]
    assert all(document.poster is None for document in documents)


def test_a_choice_without_firms_has_a_landscape_that_says_so(cluster):
    document = views.opened("Organisations", cluster, {"show": ["landscape"], "q": ["zzzz"]}).document(LINK)
    assert document.title == "No firm matches this choice"
    assert all(form.file_of(document) for form in exports.suited(document))


# ---- the sheets -----------------------------------------------------------


@pytest.fixture(scope="module")
def document(cluster):
    """The landscape of all firms of the invented pack."""
    return views.opened("Organisations", cluster, {"show": ["landscape"], "role": [""]}).document(SITE)


def made(document, name):
    """One form of a document."""
    return next(form for form in exports.suited(document) if form.name == name).file_of(document)


def test_only_the_landscape_goes_away_as_a_poster(cluster, document):
    posters = {"poster_pdf", "poster_pptx", "poster_svg", "poster_png"}
    assert {form.name for form in exports.suited(document)[: len(posters)]} == posters
    for page, asked in (("Organisations", {}), ("Four_Ds", {}), ("Data", {})):
        other = views.opened(page, cluster, asked).document(LINK)
        assert not posters & {form.name for form in exports.suited(other)}
        assert ("datapackage" in {form.name for form in exports.suited(other)}) == (page == "Data")


def test_the_poster_is_one_a3_page_with_every_name_the_key_the_filter_and_the_licences(document):
    reader = pypdf.PdfReader(io.BytesIO(made(document, "poster_pdf")))
    (page,) = reader.pages
    assert sorted(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) == [297, 420]
    said = " ".join(page.extract_text().replace("\xa0", " ").split())
    for name in landscape.firms(document.cluster, Filter(), "area group")["name"]:
        if name.isascii():
            assert name in said
    for line in (document.title, document.statement, *landscape.KEY, *document.cluster.pack.licences):
        assert line in said, line
    led = {note.get_object()["/A"]["/URI"] for note in page["/Annots"]}
    assert f"{SITE.partition('?')[0]}?org=test-firm-a" in led and len(led) == 11


def test_what_runs_on_into_the_next_column_has_its_heads_there(document):
    rows = document.poster.rows()
    one = pd.concat([rows[rows["d"] == rows["d"].iloc[0]].head(1)] * 300, ignore_index=True)
    grown = replace(document, poster=replace(document.poster, rows=lambda: one))
    (page,) = pypdf.PdfReader(io.BytesIO(made(grown, "poster_pdf"))).pages
    label, group = one["label"].iloc[0], one["group"].iloc[0]
    said = " ".join(page.extract_text().replace("\xa0", " ").split())
    columns = said.count(f"{label}, continued")
    assert said.count(f"{label} · 300") == said.count(f"{group} · 300") == 1
    assert columns >= 2 and said.count(f"{group}, continued") == columns


def test_slide_svg_and_png_are_sixteen_to_nine(document):
    (slide,) = Presentation(io.BytesIO(made(document, "poster_pptx"))).slides
    assert slide.shapes.title.text_frame.text == document.title
    (picture,) = [shape for shape in slide.shapes if shape.shape_type == 13]
    assert document.statement in picture._element.xpath(".//p:cNvPr/@descr")[0]
    assert picture.width * 9 == pytest.approx(picture.height * 16, rel=0.001)
    assert document.cluster.pack.licences[0] in slide.notes_slide.notes_text_frame.text
    drawing = etree.fromstring(made(document, "poster_svg"))
    wide, high = map(float, drawing.get("viewBox").split()[2:])
    assert wide * 9 == pytest.approx(high * 16)
    assert drawing.find("{*}title").text and document.cluster.pack.licences[0] in drawing.find("{*}desc").text
    wide, high = Image.open(io.BytesIO(made(document, "poster_png"))).size
    assert wide * 9 == pytest.approx(high * 16, abs=16) and wide >= 1920


@pytest.mark.parametrize("times", [1, 12, 400])
def test_the_names_of_few_and_of_many_firms_fit_on_one_page(document, times):
    rows = document.poster.rows()
    long = rows.assign(name=[f"{name} of the Longest Name in All of Northmark, Limited" for name in rows["name"]])
    many = pd.concat([long] * times, ignore_index=True)
    grown = replace(document, poster=replace(document.poster, rows=lambda: many))
    reader = pypdf.PdfReader(io.BytesIO(made(grown, "poster_pdf")))
    assert len(reader.pages) == 1
    said = " ".join(reader.pages[0].extract_text().split())
    assert ("more" in said and "of 4,400" in said) == (times == 400)


def test_equal_landscapes_give_equal_files(document):
    for name in ("poster_pdf", "poster_svg", "poster_png"):
        assert made(document, name) == made(document, name)
