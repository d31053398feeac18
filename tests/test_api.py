"""The API: what it gives, how it refuses, and that its numbers are those of the pages, the plain pages and files."""

import csv
import io
import json
from contextlib import redirect_stdout
from unittest.mock import patch
from urllib.parse import parse_qs, urlencode, urlsplit

import lxml.html
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as some
from openapi_spec_validator import validate

from cluster_data import cli, views
from cluster_data.api import answers, openapi, resources, taken
from cluster_data.exports import html
from cluster_data.input.read import read_cluster
from cluster_data.measures import areas, counts, indicators, network, organisations, spots, support
from cluster_data.model import link_words
from cluster_data.model.filters import Filter, filter_of_link, link_of_filter
from cluster_data.model.formats import in_words
from cluster_data.serving import readable
from cluster_data.serving.recent import Recent
from tests.asgi import ask
from tests.packs import PACK, STEADY, TODAY, edit, write_pack
from tests.test_serving import served

LISTS = list(resources.EVERY)
PAGES = [page for page in taken.pages() if page != taken.STORY]
OFTEN = settings(
    STEADY, max_examples=50, phases=[Phase.explicit, Phase.generate]
)  # a failure is told as found: to shrink it takes long


def given_for(cluster, path, accept="", **asked):
    """The answer to a path and parameters, which must be one, as data."""
    answer = answers.answer(cluster, path, {key: [*values] for key, values in asked.items()}, accept)
    assert answer.status == 200, answer.body
    return json.loads(answer.body)


@pytest.fixture(scope="module")
def app(cluster):
    return served(cluster)[1]


# ---- the same numbers everywhere ------------------------------------------


def choices(cluster):
    """Parameters of links as a reader of this pack may choose them."""
    known = link_words.options(cluster.table)
    named = {key: some.lists(some.sampled_from(list(labels)), max_size=2, unique=True) for key, labels in known.items()}
    named["match"] = some.sampled_from([[], ["any"], ["primary"]])
    named["role"] = some.one_of(named["role"], some.just([""]))
    words = sorted({word for name in cluster.records["name"].head(12) for word in name.split() if word.isalpha()})
    named["q"] = some.sampled_from([[], [], [], *([word] for word in words)])
    return some.fixed_dictionaries(named).map(lambda asked: {key: values for key, values in asked.items() if values})


CLUSTER = read_cluster(PACK, TODAY)


@OFTEN
@given(asked=choices(CLUSTER))
def test_lists_hold_what_the_pages_count(asked):
    cluster = CLUSTER
    chosen, _ = filter_of_link(cluster, asked)
    found = {name: given_for(cluster, name, limit=["1000"], **asked) for name in LISTS}
    totals = {name: data["total"] for name, data in found.items()}
    assert totals == {name: len(data["records"]) for name, data in found.items()}
    assert totals == {
        "organisations": chosen.keeps(cluster).sum(),
        "support": len(support.help_for(cluster, chosen, support.Need())),
        "links": network.links_kept(cluster, chosen, "").sum(),
        "indicators": len(indicators.figures(cluster)),
        "areas": len(chosen.areas or areas.all_areas(cluster, chosen)),
        "sites": len(spots.sites_kept(cluster, chosen)),
    }
    ids = [row["id"] for row in found["organisations"]["records"]]
    assert ids == list(organisations.found(cluster, chosen)["id"])
    of_areas = {row["area"]: row["company"] for row in found["areas"]["records"]}
    by_area = counts.firms_by_area(cluster, chosen.but(kinds=())).dropna(subset="lad_code")
    if not chosen.areas:
        assert {area: of_areas[area] for area in by_area["label"]} == dict(
            zip(by_area["label"], by_area["all"], strict=True)
        )


@pytest.mark.slow
@OFTEN
@given(asked=choices(CLUSTER), page=some.sampled_from(PAGES))
def test_a_view_says_the_same_on_the_page_in_the_api_on_a_plain_page_and_on_the_command_line(asked, page):
    opened = views.opened(page, CLUSTER, asked)
    document = opened.document()
    told = given_for(CLUSTER, f"views/{page}", limit=["1000"], **asked)
    assert (told["title"], told["statement"]) == (document.title, document.statement)
    chosen, _ = filter_of_link(CLUSTER, asked)
    assert told["statement"] == document.statement and chosen == opened.page.chosen
    rows = [part.rows() for part in document.parts if hasattr(part, "rows")]
    shown = [part for part in told["parts"] if "records" in part]
    assert [part["total"] for part in shown] == list(map(len, rows))

    with patch.object(cli, "read_cluster", lambda *_: CLUSTER), redirect_stdout(io.StringIO()) as out:
        assert cli.main(["view", f"{page}?{urlencode(asked, doseq=True)}", "--as", "json"]) == 0
    assert json.loads(out.getvalue())["parts"] == told["parts"]

    read = lxml.html.fromstring(html.page(document, document.parts, html.Ways(picture=lambda number: "x")).decode())
    assert read.findtext(".//h1").strip() == document.title.strip()
    said = [in_words(frame).head(html.MOST) for frame in rows]
    bodies = [[[cell_of(cell) for cell in line] for line in table.iterfind("tbody/tr")] for table in read.iter("table")]
    assert len(bodies) == len(said)
    known = organisations.known_addresses(CLUSTER)
    for body, frame in zip(bodies, said, strict=True):
        for line, words in zip(body, frame.itertuples(index=False), strict=False):
            for cell, text in zip(line, words, strict=True):
                assert cell == " ".join(text.split()) or any(part in known for part in text.split())


def cell_of(cell):
    return " ".join(cell.text_content().split())


@OFTEN
@given(asked=choices(CLUSTER))
def test_the_numbers_of_a_chart_are_those_of_its_measure(asked):
    chosen, _ = filter_of_link(CLUSTER, asked)
    by_d = counts.by_d(CLUSTER, chosen.but(kinds=()))
    firms = CLUSTER.plurals("record_type")["company"]
    parts = [part for part in given_for(CLUSTER, "views/Four_Ds", **asked)["parts"] if part["type"] == "chart"]
    (found,) = [part for part in parts if {"D", firms} <= set(part["records"][0] if part["records"] else ())]
    assert [(row["D"], row[firms]) for row in found["records"]] == list(
        zip(by_d["label"], by_d["company"], strict=True)
    )


# ---- lists ----------------------------------------------------------------


def test_a_record_is_told_with_typed_columns_and_null_for_what_is_not_known(cluster):
    told = given_for(cluster, "organisations", kind=["Firms"], area=["Birkwick"])
    (row, *_) = told["records"]
    assert row["name"] == "Test Firm B" and row["ds"] == ["devices", "digital"]
    assert row["website"] is None and row["newest_source"] == 2024 and row["area"] == "Birkwick"
    formats = {column["name"]: column["format"] for column in told["columns"]}
    assert (formats["newest_source"], formats["lat"], formats["sources"]) == ("year", "number", "link")
    (rate,) = [column for column in given_for(cluster, "areas")["columns"] if "unit" in column]
    assert rate["unit"] == "firms per 100,000 residents"


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_parts_of_a_list_make_the_whole(cluster, name, form):
    def rows(body):
        if form == "json":
            return [json.dumps(row) for row in json.loads(body)["records"]]
        return [json.dumps(row) for row in csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))][1:]

    whole = answers.answer(cluster, name, {"limit": ["1000"], "role": [""], "format": [form]})
    parted, asked, steps = [], {"limit": ["1"], "role": [""], "format": [form]}, 0
    while asked and steps < 60:
        answer, steps = answers.answer(cluster, name, asked), steps + 1
        parted += rows(answer.body)
        following = answer.headers.get("Link", "").partition(">")[0].strip("<")
        asked = parse_qs(urlsplit(following).query, keep_blank_values=True)
    assert parted == rows(whole.body) and len(parted) == int(whole.headers["X-Total-Count"]) > 1


@pytest.mark.parametrize(
    ("accept", "mime"),
    [
        ("text/csv;q=0.5, application/json", "application/json"),
        ("application/json; q=0.1, text/csv; q=0.9", "text/csv"),
        ("text/csv, application/json", "text/csv"),
        ("text/csv;q=0, application/geo+json;q=0.2", "application/geo+json"),
        ("text/csv;q=much, */*", "application/json"),
    ],
)
def test_the_form_is_what_a_reader_likes_best(cluster, accept, mime):
    assert answers.answer(cluster, "organisations", {}, accept).mime.partition(";")[0] == mime


def test_places_are_features_and_what_has_none_has_no_geometry(cluster):
    told = given_for(cluster, "organisations", format=["geojson"], limit=["1000"])
    assert told["type"] == "FeatureCollection" and len(told["features"]) == told["total"]
    for feature in told["features"]:
        at = [feature["properties"]["lon"], feature["properties"]["lat"]]
        assert feature["geometry"] == (None if None in at else {"type": "Point", "coordinates": at})
    assert any(feature["geometry"] for feature in told["features"])
    borders = given_for(cluster, "areas", accept="application/geo+json", limit=["1000"])["features"]
    kinds = {f["properties"]["area"]: (f["geometry"] or {}).get("type") for f in borders}
    assert kinds["Aldbrook"] in ("Polygon", "MultiPolygon") and kinds["Inner Northmark"] is None


@pytest.mark.parametrize(
    ("path", "asked", "said"),
    [
        ("organisations", {"d": ["Arms"]}, "d = “Arms”"),
        ("organisations", {"colour": ["red"]}, "colour = “red”"),
        ("organisations", {"limit": ["0"]}, "limit is “0”"),
        ("organisations", {"limit": ["1001"]}, "limit"),
        ("organisations", {"limit": ["٣"]}, "limit"),
        ("organisations", {"offset": ["-1"]}, "offset"),
        ("organisations", {"format": ["xml"]}, "format is “xml”"),
        ("links", {"format": ["geojson"]}, "json or csv"),
        ("organisations", {"limit": ["1", "2"]}, "limit stands 2 times"),
        ("views", {"x": ["1"]}, "x = “1”"),
        ("views/Four_Ds", {"split": ["zz"]}, "split = “zz”"),
        ("views/Four_Ds", {"split": ["age", "size"]}, "split = “size”"),
        ("views/Four_Ds", {"org": ["x"]}, "org = “x”"),
        ("views/Four_Ds", {"format": ["csv"]}, "format"),
        ("views/Present", {"d": ["Arms"]}, "d = “Arms”"),
        ("views/Present", {"view": ["Data", "Nowhere"]}, "the page “Nowhere”"),
        ("views/Present", {"view": ["Data?table=payroll"]}, "table = “payroll”"),
    ],
)
def test_bad_parameters_are_refused_in_words(cluster, path, asked, said):
    answer = answers.answer(cluster, path, asked)
    told = json.loads(answer.body)
    assert answer.status == told["status"] == 400 and said in told["detail"]
    assert answer.mime == "application/problem+json"


def test_a_view_is_refused_in_the_words_of_its_notice(cluster):
    asked = {"d": ["Arms", "Data"], "x": ["1"]}
    told = json.loads(answers.answer(cluster, "views/Four_Ds", asked).body)
    assert told["detail"] == " ".join(views.opened("Four_Ds", cluster, asked).notices())
    of_list = json.loads(answers.answer(cluster, "organisations", asked).body)
    assert of_list["detail"] == told["detail"]


@pytest.mark.parametrize("path", ["", "views/Nope", "organisations/x", "nope", "views/four_ds/x"])
def test_what_is_not_there_is_told_so(cluster, path):
    assert answers.answer(cluster, path, {}).status == 404


def test_a_text_that_is_cut_and_an_id_that_moved_are_noticed_and_no_fault(cluster):
    assert "cut to" in given_for(cluster, "organisations", q=["word " * 20])["notices"][0]
    old = cluster.table("redirects").iloc[0]
    if views.has_view("Organisations"):
        told = given_for(cluster, "views/Organisations", org=[old["old_id"]])
        assert old["id"] in told["notices"][0]


@pytest.mark.parametrize("root", ["/api/v1", "/api/v1/"])
def test_the_root_of_the_api_leads_to_the_page_about_it(app, root):
    answer = ask(app, root)
    assert (answer.status, answer.headers["location"]) == (307, "/api")


def test_no_page_has_a_parameter_named_as_those_of_the_api():
    assert [(page, name) for page in PAGES for name in views.names_of(page) if name in answers.OWN] == []


# ---- described ------------------------------------------------------------


@pytest.mark.parametrize("address", ["", "https://dashboard.example.org"])
def test_the_description_is_valid_and_holds_what_is_there(cluster, address):
    told = openapi.specification(cluster, address)
    validate(told)
    assert {f"/{name}" for name in LISTS} | {f"/views/{page}" for page in taken.pages()} <= set(told["paths"])
    for path, operations in told["paths"].items():
        assert answers.answer(cluster, path, {}).status == 200
        named = [one["name"] for one in operations["get"]["parameters"]]
        assert len(named) == len(set(named))
        own = views.names_of(path.rpartition("/")[2]) if "/views/" in path else answers.OWN
        assert path == "/views" or {*link_words.FILTER, *own} <= set(named)


@pytest.mark.parametrize("name", LISTS)
def test_rows_are_as_described(cluster, name):
    kinds = {str: "string", int: ("number", "integer"), float: "number", list: "array"}
    schema = openapi.specification(cluster)["paths"][f"/{name}"]["get"]["responses"]["200"]["content"][
        "application/json"
    ]
    fields = schema["schema"]["properties"]["records"]["items"]["properties"]
    for row in given_for(cluster, name, limit=["1000"], role=[""])["records"]:
        assert set(row) == set(fields)
        for key, value in row.items():
            assert value is None or set(kinds[type(value)] if type(value) is int else [kinds[type(value)]]) & {
                *([fields[key]["type"]] if isinstance(fields[key]["type"], str) else fields[key]["type"])
            }, key


# ---- served ---------------------------------------------------------------


def test_it_is_served_with_a_tag_and_told_when_nothing_changed(app, cluster):
    first = ask(app, "/api/v1/organisations?d=Data&limit=1")
    assert (
        first.status == 200 and json.loads(first.body)["total"] and first.headers["x-content-type-options"] == "nosniff"
    )
    again = ask(app, "/api/v1/organisations?d=Data&limit=1", (b"if-none-match", first.headers["etag"].encode()))
    assert (again.status, again.body) == (304, b"") and again.headers["etag"] == first.headers["etag"]
    other = ask(app, "/api/v1/organisations?d=Digital&limit=1", (b"if-none-match", first.headers["etag"].encode()))
    assert other.status == 200 and other.headers["etag"] != first.headers["etag"]
    assert (
        ask(app, "/api/v1/organisations?d=Data&limit=1", (b"accept", b"text/csv")).headers["etag"]
        != first.headers["etag"]
    )
    assert "set-cookie" not in first.headers and "access-control-allow-origin" not in first.headers


def test_another_edition_of_the_pack_has_other_tags_and_answers(cluster, tmp_path):
    other = read_cluster(write_pack(tmp_path, companies=edit("test-firm-a", name="Renamed Robots")), TODAY)
    asked = "/api/v1/organisations?q=renamed&limit=1"
    before, after = ask(served(cluster)[1], asked), ask(served(other)[1], asked)
    assert before.headers["etag"] != after.headers["etag"] and b"Renamed Robots" in after.body


def test_pages_of_any_site_may_read_it_where_any_site_may_embed(cluster):
    found = ask(served(cluster, embedders=("*",))[1], "/api/v1/areas").headers
    assert found["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_it_can_only_be_read(app, method):
    assert ask(app, "/api/v1/organisations", method=method).status == 405


@pytest.mark.parametrize("path", ["/api/v1/../x", "/api/v1/views/Four_Ds/x", "/api/v2/organisations", "/api/v1/a.b"])
def test_nothing_else_stands_beside_it(app, path):
    assert ask(app, path).status == 404


def test_without_data_or_with_too_many_parameters_it_says_so(cluster, app):
    assert ask(served()[1], "/api/v1/organisations").status == 503
    assert ask(app, f"/api/v1/organisations?{'&'.join(f'd={n}' for n in range(2_000))}").status == 400


def test_who_comes_when_too_many_wait_is_told_to_come_again(cluster, monkeypatch):
    monkeypatch.setattr(readable, "WAITING", 0)
    answer = ask(served(cluster)[1], "/api/v1/organisations")
    assert answer.status == 503 and answer.headers["retry-after"]


def test_what_was_made_is_kept_until_the_data_changes(cluster, tmp_path):
    kept, made = Recent(2), []

    def value(of, key):
        return kept.get(of, key, lambda: made.append(key) or key)

    assert [value(cluster, key) for key in "aab"] == ["a", "a", "b"] and made == ["a", "b"]
    value(cluster, "c")
    value(cluster, "a")
    assert made == ["a", "b", "c", "a"]
    value(read_cluster(write_pack(tmp_path, links=lambda text: f"{text}\n"), TODAY), "a")
    assert made[-1] == "a" and len(made) == 5


def test_the_page_for_people_names_every_list_and_every_view(app):
    page = lxml.html.fromstring(ask(app, "/api").text)
    led = {a.get("href") for a in page.iter("a")}
    assert {f"/api/v1/{name}" for name in LISTS} | {f"/api/v1/views/{page}" for page in taken.pages()} <= led
    assert "/api/v1/openapi.json" in led
    assert all(ask(app, to).status == 200 for to in led if to.startswith("/api"))


def test_the_filter_at_first_is_that_of_the_pages(cluster):
    told = given_for(cluster, "organisations")
    assert told["statement"] == Filter.default(cluster).statement(cluster)
    assert link_of_filter(cluster, Filter.default(cluster)) == {}
