"""Every page, opened through the front door with links of all kinds, on the real pack and on the invented one."""

import ast
import csv
import re

import pytest
from markdown_it import MarkdownIt

from cluster_data.document import Heading, Text
from cluster_data.exports import text
from cluster_data.findings import suggestions
from cluster_data.input.read import HOME_PACK
from cluster_data.measures import help, organisations
from cluster_data.model import words
from cluster_data.model.tables import TABLES
from cluster_data.views import drawn_with, four_ds, opened, parameters_of
from cluster_data.views import map as map_view
from tests import home
from tests.packs import PACK, edit, on_rows, write_pack

pytestmark = pytest.mark.slow

PAGES = sorted((HOME_PACK.parent / "pages").glob("*.py"))
QUESTIONS = {page.name: ast.get_docstring(ast.parse(page.read_text())) for page in PAGES}
FILTERED = [page for page in QUESTIONS if page != "11_Present.py"]  # the stage has no filter bar
PACKS = {"real": home.HOME, "invented": PACK}
RECORDS = ("companies", "universities", "trusts", "assets", "support_offers", "investors", "partners")
AREA = {"real": home.LEADING_NAMES[0], "invented": "Dunmere"}
LARGE = {"chart": "plotly_chart", "map": "deck_gl_json_chart", "list": "dataframe"}
HOSTILE = "*Firm* <img src=x onerror=alert(1)> [a](javascript:alert(1)) $x$ `b` 🦾 شركة"


def rows(pack, table):
    """The rows of a file, read without the package."""
    with open(PACKS[pack] / f"{table}.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def ds(firm):
    """The Ds of a firm."""
    return [d.strip() for d in firm["ds"].split(";")]


def choices(pack):
    """Links with the number of firms that each keeps, counted from the files."""
    roles = {row["id"]: row for row in rows(pack, "vocabulary") if row["field"] == "role"}
    gone = {row["id"] for row in rows(pack, "vocabulary") if row["field"] == "status" and row["flag"] == "gone"}
    everyone = [firm for firm in rows(pack, "companies") if firm["status"] not in gone]
    firms = [firm for firm in everyone if roles[firm["role"]]["flag"] == "default"]
    d = min(rows(pack, "ds"), key=lambda row: int(row["order"]))
    code = next(row["lad_code"] for row in rows(pack, "areas") if row["name"] == AREA[pack])
    return {
        "no choice": ({}, len(firms)),
        "one D": ({"d": [d["label"]]}, sum(d["id"] in ds(firm) for firm in firms)),
        "primary": (
            {"d": [d["label"]], "match": "primary"},
            sum(ds(firm)[0] == d["id"] for firm in firms),
        ),
        "an area": ({"area": [AREA[pack]]}, sum(firm["lad_code"] == code for firm in firms)),
        "all roles": ({"role": [row["label"] for row in roles.values()]}, len(everyone)),
        "nothing": ({"q": "zzzzz"}, 0),
    }


def firms_said(app):
    """The number at the end of the statement."""
    return int(re.search(r": (\d+)\*\*", "\n".join(part.value for part in app.markdown)).group(1))


LINKS = [(pack, said) for pack in PACKS for said in choices(pack)]
OF_EACH_PAGE = [  # each page with four of the links, each link on four of the pages
    (page, *link) for first, page in enumerate(FILTERED) for link in LINKS[first % 3 :: 3]
]


@pytest.mark.parametrize(("page", "pack", "said"), OF_EACH_PAGE)
def test_a_page_answers_to_a_link(visit, read_aloud, page, pack, said):
    link, firms = choices(pack)[said]
    app = visit(page, PACKS[pack], **link)
    assert not app.exception
    assert len(app.title) == 1 and app.title[0].value
    told = read_aloud(app)
    assert re.search(rf"\*\*[^\n]*firms[^\n]*: {firms}\*\*", told)
    assert app.caption[0].value.endswith(f" · {QUESTIONS[page]}")
    assert {"area", "role", "kind", "stage", "status"} <= {widget.key for widget in app.sidebar.multiselect}
    assert not app.warning
    for key, value in link.items():
        assert app.session_state[key] == value


OPENED = [
    *(
        ("2_Map.py", {"show": show, "zoom": zoom})
        for show in map_view.SHOW.options
        for zoom in map_view.ZOOM.options[::3]
    ),
    *(
        ("2_Map.py", {"near": place, "within": km})
        for place, km in [("NM1 3HP", "2"), ("carrow", "40"), ("NM9 1AA", "5")]
    ),
    ("7_Connections.py", {"show": "who should meet whom"}),
    *(("3_Four_Ds.py", {"split": split}) for split in four_ds.SPLIT.options),
    *(("3_Four_Ds.py", {"rows": rows, "cells": four_ds.CELLS.options[-1]}) for rows in four_ds.ROWS.options),
    *(("3_Four_Ds.py", {"place": place}) for place in ("Dunmere", "Coast ICS", "area not known")),
    ("3_Four_Ds.py", {"column": "devices", "sort": "name"}),
    *(("4_Challenges.py", {"lens": lens.name, "by": by}) for lens in help.LENSES for by in lens.splits),
    *(("4_Challenges.py", {"challenge": "N3", "column": d}) for d in ("data", "diagnostics", "robotics")),
    *(
        ("5_Find_support.py", {"need": asked, "near": near})
        for asked in ("N1", "A.1")
        for near in ("Dunmere", "NM9 1AA")
    ),
    ("5_Find_support.py", {"need": "N3", "help_stage": "idea", "d": "Diagnostics", "ended": "listed too"}),
    ("5_Find_support.py", {"need": "N3", "help_stage": "idea", "d": "Diagnostics", "most": "1000"}),
    *(("6_Organisations.py", {"org": f"test-firm-{letter}"}) for letter in "aeghij"),
    *(("6_Organisations.py", {"org": org}) for org in ("gentle-bench", "old-grants", "test-ministry", "test-capital")),
    *(("6_Organisations.py", {"org": org}) for org in ("aldbrook-hospital-trust", "moor-and-dale-care-board")),
    *(("8_Areas.py", {"in": area}) for area in ("Aldbrook", "Carrow Vale", "Inner Northmark", "Coast ICS", "dunmere")),
    *(("10_Invest.py", {one.name: said}) for one in parameters_of("Invest") for said in one.options[1:]),
    *(("10_Invest.py", {"pick": f"test-firm-{letter}"}) for letter in "aefhl"),
    *(("9_Growth.py", {"topic": topic, "notes": "shown"}) for topic in ("work", "worth", "rest")),
    *(("9_Growth.py", {"measure": "workers", "baseline": key}) for key in ("jobs_page", "jobs_poster")),
    ("9_Growth.py", {"measure": "output", "since": "2021", "until": "2035"}),
    *(("9_Growth.py", {"metric": metric}) for metric in ("businesses-2023", "change-2020-to-2023")),
    *(("7_Connections.py", {"link": kind}) for kind in ("any kind", "works with", "SITS IN", "grew_from")),
    *(
        ("7_Connections.py", {"around": record})
        for record in ("test-firm-e", "test-firm-b", "old-press-lab", "rule-desk")
    ),
    *(("7_Connections.py", {"from": "test-firm-a", "to": end}) for end in ("test-firm-f", "test-park", "test-firm-a")),
    ("7_Connections.py", {"to": "test-park"}),
    ("7_Connections.py", {"around": "test-firm-e", "link": "funds", "from": "test-capital", "to": "gentle-bench"}),
    *(("12_Data.py", {"table": table}) for table in TABLES),
    ("12_Data.py", {"by": "area"}),
]


@pytest.mark.parametrize(
    ("page", "link"), OPENED, ids=lambda part: "-".join(part.values()) if isinstance(part, dict) else part
)
def test_every_choice_of_a_page_can_be_opened(visit, page, link):
    app = visit(page, **link)
    assert not app.exception
    assert [warning.value for warning in app.warning if "link" in warning.value] == []
    assert len(app.title) == 1


@pytest.mark.parametrize(
    ("asked", "page", "link"),
    [
        (["Bogus"], "1_Overview.py", {"d": ["Bogus"]}),
        (["Atlantis"], "2_Map.py", {"area": ["Atlantis", "Dunmere"]}),
        (["Bogus", "Atlantis"], "3_Four_Ds.py", {"d": ["Bogus"], "area": ["Atlantis"]}),
        (["sometimes"], "3_Four_Ds.py", {"match": "sometimes"}),
        (["Robots", "boss"], "12_Data.py", {"kind": ["Robots"], "role": ["boss"]}),
        (["nobody"], "6_Organisations.py", {"org": "nobody"}),
        (["nowhere"], "4_Challenges.py", {"challenge": "N1", "column": "nowhere"}),
        (["C99"], "4_Challenges.py", {"challenge": "C99"}),
        (["C99", "no-column"], "4_Challenges.py", {"challenge": "C99", "column": "no-column"}),
        (["x"], "4_Challenges.py", {"lens": "x"}),
        (["shoe size"], "4_Challenges.py", {"by": "shoe size"}),
        (["shoe size"], "3_Four_Ds.py", {"split": "shoe size"}),
        (["Nowhereville"], "2_Map.py", {"near": "Nowhereville"}),
        (["Nowhereville"], "5_Find_support.py", {"near": "Nowhereville"}),
        (["C99", "retirement"], "5_Find_support.py", {"need": "C99", "help_stage": "retirement"}),
        (["perhaps", "3"], "5_Find_support.py", {"ended": "perhaps", "most": "3"}),
        (["9000"], "2_Map.py", {"within": "9000"}),
        (["shoes"], "9_Growth.py", {"topic": "shoes"}),
        (["joy"], "9_Growth.py", {"measure": "joy"}),
        (["nobody"], "9_Growth.py", {"baseline": "nobody"}),
        (
            ["jobs-2023-northmark-test-survey"],
            "9_Growth.py",
            {"measure": "output", "baseline": "jobs-2023-northmark-test-survey"},
        ),
        (["1066", "3000"], "9_Growth.py", {"since": "1066", "until": "3000"}),
        (["employment-2023"], "9_Growth.py", {"metric": "employment-2023"}),
        (["loud"], "9_Growth.py", {"notes": "loud"}),
        (["payroll"], "12_Data.py", {"table": "payroll"}),
        (["Atlantis"], "8_Areas.py", {"in": "Atlantis"}),
        (["Bogus", "Atlantis"], "8_Areas.py", {"d": ["Bogus"], "in": "Atlantis"}),
        (["best first", "unicorns"], "10_Invest.py", {"order": "best first", "spinout": "unicorns"}),
        (["nobody", "gentle-bench"], "10_Invest.py", {"pick": ["nobody", "test-firm-a", "gentle-bench"]}),
        (["Bogus", "nobody"], "6_Organisations.py", {"d": ["Bogus"], "org": "nobody"}),
        (["Bogus", "x", "shoe size"], "4_Challenges.py", {"d": ["Bogus"], "lens": "x", "by": "shoe size"}),
        (["<script>"], "1_Overview.py", {"d": ["<script>"]}),
        (["marries"], "7_Connections.py", {"link": "marries"}),
        (["nobody"], "7_Connections.py", {"around": "nobody"}),
        (["nobody", "no one", "x"], "7_Connections.py", {"from": "nobody", "to": "no one", "link": "x"}),
    ],
)
def test_a_link_that_asks_for_what_is_not_there_is_told_so(visit, read_aloud, asked, page, link):
    app = visit(page, **link)
    assert not app.exception
    told = re.sub(r"\\([^\w\s])", r"\1", "\n".join(warning.value for warning in app.warning))
    assert [value for value in asked if f"“{value}”" not in told] == []
    kept = 1 if "Dunmere" in link.get("area", []) else 8
    assert f": {kept}**" in read_aloud(app)


def first_of_each_type():
    """The first row of every type of record, from the files; boards stand among the trusts."""
    first = {}
    for table in RECORDS:
        for row in rows("real", table):
            first.setdefault(f"{table} {row['kind']}" if table == "trusts" else table, row)
    return first


@pytest.mark.parametrize(("record_type", "row"), first_of_each_type().items(), ids=list(first_of_each_type()))
def test_there_is_a_profile_of_every_type_of_record(visit, record_type, row):
    app = visit("6_Organisations.py", home.HOME, org=row["id"])
    assert not app.exception and [warning.value for warning in app.warning if "link" in warning.value] == [], (
        record_type
    )
    assert app.title[0].value.replace("\\", "") == row["name"]
    assert any(row["id"] in link.proto.url for link in app.get("link_button") if "correction" in link.proto.label)
    assert app.query_params["org"] == row["id"]


def test_the_notice_goes_with_the_page(visit):
    app = visit("1_Overview.py", d=["Bogus"])
    assert app.warning
    assert not app.switch_page("pages/3_Four_Ds.py").run().warning


@pytest.mark.parametrize(
    ("link", "firms"),
    [
        ({"d": ["digital"]}, 2),
        ({"d": ["DIGITAL", "robotics"]}, 4),
        ({"area": ["dunmere"]}, 1),
        ({"d": ["", "digital", "Digital"]}, 2),
        ({"kind": ["asset"]}, 3),
    ],
)
def test_a_link_may_say_ids_and_any_case(visit, read_aloud, link, firms):
    app = visit("1_Overview.py", **link)
    assert not app.warning and f": {firms}**" in read_aloud(app)


def test_a_choice_can_be_narrowed_in_the_page_and_reset(visit):
    app = visit("1_Overview.py", d=["Digital"])
    app.sidebar.multiselect(key="area").set_value(["Carrow Vale"]).run()
    assert firms_said(app) == 1
    app.sidebar.button[0].click().run()
    assert firms_said(app) == 8 and not app.warning


@pytest.mark.parametrize(
    ("page", "key", "chosen"),
    [
        ("6_Organisations.py", "org", "test-firm-g"),
        ("4_Challenges.py", "challenge", "N2"),
        ("4_Challenges.py", "column", "data"),
        ("5_Find_support.py", "need", "A.1"),
        ("7_Connections.py", "around", "test-firm-e"),
    ],
)
def test_a_record_chosen_by_name_stands_in_the_address_by_id(visit, page, key, chosen):
    app = visit(page)
    app.selectbox(key=f"choose {key}").set_value(chosen).run()
    assert app.query_params[key] == chosen
    app.selectbox(key=f"choose {key}").set_value(None).run()
    assert key not in app.query_params and not app.exception


def test_a_link_may_ask_for_an_organisation_of_which_no_link_is_known(visit, cluster):
    silent = set(organisations.names(cluster)) - set(suggestions.linked_or_suggestible(cluster))
    app = visit("7_Connections.py", around=sorted(silent)[0])
    assert app.selectbox(key="choose around").value == sorted(silent)[0] and not app.warning
    assert "no link is listed" in app.title[0].value


def test_the_ends_of_a_path_chosen_by_name_stand_in_the_address_by_id(visit):
    app = visit("7_Connections.py", **{"from": "test-firm-a"})
    app.selectbox(key="choose to").set_value("test-firm-e").run()
    app.selectbox(key="choose from").set_value("test-firm-f").run()
    assert app.query_params == {"from": "test-firm-f", "to": "test-firm-e"}
    app.selectbox(key="choose from").set_value(None).run()
    assert app.query_params == {"to": "test-firm-e"} and not app.exception


def test_the_box_for_one_organisation_offers_those_of_which_there_is_something_to_say(visit, cluster):
    offered = [organisations.names(cluster)[record] for record in suggestions.linked_or_suggestible(cluster)]
    assert visit("7_Connections.py").selectbox(key="choose around").options == offered


def test_a_default_stays_out_of_the_address_and_another_measure_drops_the_baseline(visit):
    app = visit("9_Growth.py")
    assert dict(app.query_params) == {} and "counted from 1,400 in 2023" in app.title[0].value
    app.selectbox(key="choose baseline").set_value("jobs_page").run()
    assert app.query_params["baseline"] == "jobs_page" and "in about 2021" in app.title[0].value
    app.session_state["twin Years of goals that name none"] = True
    app.run().selectbox(key="choose since").set_value("2024").run()
    app.radio(key="choose measure").set_value("output").run()
    assert dict(app.query_params) == {"measure": "output", "since": "2024"} and not app.warning
    app.radio(key="choose measure").set_value("workers").run()
    assert dict(app.query_params) == {"since": "2024"} and "counted from 1,400 in 2023" in app.title[0].value


def test_notes_are_shown_when_asked_for(visit, read_aloud, tmp_path):
    folder = write_pack(tmp_path, indicators=edit("robotics_share", note="Counted twice"))
    assert "Counted twice" not in read_aloud(visit("9_Growth.py", folder, topic="rest"))
    assert "Note: Counted twice" in read_aloud(visit("9_Growth.py", folder, topic="rest", notes="shown"))


def test_a_filter_on_firms_is_said_to_leave_published_figures_alone_and_can_be_taken_off(visit, read_aloud):
    app = visit("9_Growth.py", d=["Digital"])
    assert "Published figures of Northmark, whatever the filter." in read_aloud(app)
    assert "Digital" in [button.label for button in app.main.button]


def test_a_column_that_another_split_does_not_have_is_dropped_without_blaming_a_link(visit):
    app = visit("4_Challenges.py", challenge="N1", column="robotics")
    app.selectbox(key="choose by").set_value("theme").run()
    assert not app.exception and not app.warning
    assert dict(app.query_params) == {"challenge": "N1", "by": "theme"}


def test_a_box_of_the_filter_that_a_page_shows_itself_is_not_in_the_sidebar_too(visit):
    app = visit("5_Find_support.py", d="Data")
    assert [box.value for box in app.main.multiselect] == [["Data"]]
    assert "d" not in {box.key for box in app.sidebar.multiselect}


def test_a_split_that_a_lens_does_not_have_is_told(visit):
    app = visit("4_Challenges.py", lens="firms known to face it", by="theme")
    assert not app.exception
    assert [warning.value for warning in app.warning][0].startswith("“firms known to face it” cannot be shown by theme")


@pytest.mark.parametrize("text", ["(", "*a* `b` <i>", "شركة 🦾", "\\", "x" * 300])
def test_no_search_breaks_a_page(visit, text):
    app = visit("6_Organisations.py", q=text)
    assert not app.exception and len(app.title) == 1
    assert app.session_state["q"] == text


# ---- the pack changes under the dashboard ---------------------------------


def test_an_edited_row_shows_at_the_next_run(visit, tmp_path):
    folder = write_pack(tmp_path)
    app = visit("1_Overview.py", folder)
    assert firms_said(app) == 8
    write_pack(tmp_path, companies=edit("test-firm-k", role="heartland"))
    assert firms_said(app.run()) == 9


def test_a_table_is_sent_when_opened_as_its_file_has_it(visit):
    app = visit("12_Data.py", table="companies")
    before = len(app.table)
    assert not app.dataframe
    app.session_state["twin All rows of companies"] = True
    app.session_state["twin What each column of companies holds"] = True
    shown = app.run().dataframe[0].value
    with (PACK / "companies.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [str(year) for year in shown["founded"].dropna()] == [row["founded"] for row in rows if row["founded"]]
    assert set(shown) >= set(rows[0]) and list(shown["id"]) == [row["id"] for row in rows]
    assert len(app.table) == before + 1


def test_a_print_of_a_table_leaves_its_rows_out_and_says_what_its_columns_hold(visit, read_aloud):
    app = visit("12_Data.py", table="sources", print="1")
    assert not app.dataframe and "All rows" not in read_aloud(app)
    assert "What each column of sources holds" in read_aloud(app)


def test_the_terms_of_use_are_said_on_screen_and_in_files(visit, taken, read_aloud):
    said = read_aloud(visit("13_About.py"))
    parts = taken("13_About.py").parts
    told = [part.text for part in parts if isinstance(part, Heading | Text)]
    assert {"Privacy", "Accessibility", "Licences"} <= set(told) and any("Northmark" in text for text in told)
    assert [part.text for part in parts if isinstance(part, Heading) and part.text not in said] == []
    lists = [block.value for block in visit("13_About.py").markdown if block.value.startswith("- ")]
    assert len(lists) == 5  # how things are counted, what falls short, measures, limits, licences


def test_a_broken_edit_leaves_the_last_good_data_and_shows_operators_the_fault(visit, read_aloud, tmp_path):
    folder = write_pack(tmp_path)
    assert firms_said(visit("1_Overview.py", folder)) == 8
    write_pack(tmp_path, companies=edit("test-firm-a", employees="-3"))
    app = visit("1_Overview.py", folder)
    assert firms_said(app) == 8 and not app.exception
    app = app.switch_page("pages/12_Data.py").run()
    assert "now hold 1 fault. What you see is the last good data." in read_aloud(app)
    assert "companies.csv line 2, column 'employees': -3 is below 0." in read_aloud(app)
    write_pack(tmp_path)
    assert not app.run().warning


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """A pack that was never sound."""
    changes = {"events": None, "companies": edit("test-firm-a", employees="-3")}
    return write_pack(tmp_path_factory.mktemp("broken"), **changes)


@pytest.mark.parametrize("page", QUESTIONS)
def test_a_pack_broken_from_the_start_is_refused_with_its_faults(visit, broken, page):
    app = visit(page, broken)
    assert not app.exception
    assert [title.value for title in app.title] == ["The data cannot be shown yet"]
    faults = [line.value for line in app.text]
    assert faults[0].startswith("companies.csv line 2, column 'employees': -3 is below 0.")
    assert faults[1].startswith("events.csv: this file is missing.")


def test_a_folder_that_is_not_there_is_refused(visit, tmp_path):
    app = visit("1_Overview.py", tmp_path / "nowhere")
    assert not app.exception and app.title[0].value == "The data cannot be shown yet"


# ---- text is shown as text ------------------------------------------------


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A pack whose texts would like to be more than text."""
    return write_pack(
        tmp_path_factory.mktemp("hostile"),
        companies=edit("test-firm-e", name=HOSTILE, summary=HOSTILE, town=HOSTILE, note=HOSTILE),
        areas=edit("X00000001", name=HOSTILE),
        challenges=edit("N1", title=HOSTILE, meaning=HOSTILE),
        indicators=edit("jobs_page", name=HOSTILE, period=HOSTILE, publisher=HOSTILE, note=HOSTILE, scope=HOSTILE),
        comparisons=edit("Westmark", region=HOSTILE, note=HOSTILE, publisher="Test Survey"),
    )


@pytest.mark.parametrize("page", FILTERED)
def test_hostile_texts_are_shown_as_plain_text(visit, hostile, page):
    records = {"6_Organisations.py": {"org": "test-firm-e"}, "10_Invest.py": {"pick": "test-firm-e"}}
    records["4_Challenges.py"] = {"challenge": "N1"}
    app = visit(page, hostile, area=[HOSTILE], **records.get(page, {}))
    assert not app.exception and [warning for warning in app.warning if "link" in warning.value] == []
    written = [part for kind in (app.title, app.header, app.subheader, app.markdown, app.caption) for part in kind]
    assert any("onerror" in part.value for part in written)
    for part in written:
        html = MarkdownIt("commonmark").render(part.value)
        assert "<img" not in html and 'href="javascript' not in html and "<em>Firm</em>" not in html
        assert not getattr(part, "allow_html", False)


def test_the_profile_of_a_hostile_name_bears_it_whole(visit, hostile):
    app = visit("6_Organisations.py", hostile, org="test-firm-e")
    (line,) = [part for part in MarkdownIt("commonmark").parse(app.title[0].value) if part.type == "inline"]
    assert "".join(part.content for part in line.children) == HOSTILE
    assert HOSTILE in app.selectbox[0].options
    assert HOSTILE in set(visit("6_Organisations.py", hostile).dataframe[0].value["Name"])


# ---- a pack that knows little ---------------------------------------------

EMPTY = ["themes", "links", "events", "investors", "partners", "indicators", "comparisons", "sic_codes", "universities"]
EMPTY += ["trusts", "sites", "assets", "support_offers", "places", "postcode_sectors", "groups", "redirects"]
LITTLE = re.compile(r"^(headline_indicators|outlines) = .*$|^(outline_kind|thinly_covered).*$", re.MULTILINE)


def first_line(text):
    """A table without its rows."""
    return text.splitlines()[0] + "\n"


def only_names(rows):
    """Firms of which hardly more than the name is known."""
    known = {"id", "name", "status", "role", "kind", "confidence", "source_ids"}
    return [{column: cell if column in known else "" for column, cell in row.items()} for row in rows]


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """A sound pack in which most tables have no rows."""
    emptied = dict.fromkeys(EMPTY, first_line)
    reaches = on_rows(lambda rows: [row | {"group": ""} for row in rows])
    said = {"companies": on_rows(only_names), "reaches": reaches, "pack": lambda text: LITTLE.sub("", text)}
    return write_pack(tmp_path_factory.mktemp("bare"), **emptied, **said)


@pytest.mark.parametrize(
    ("page", "link"),
    [
        *((page, {}) for page in QUESTIONS),
        *(("4_Challenges.py", {"lens": lens.name, "by": by}) for lens in help.LENSES for by in lens.splits),
        ("2_Map.py", {"show": "firms per 100,000 residents"}),
        ("2_Map.py", {"near": "Dunmere"}),
        ("6_Organisations.py", {"org": "test-firm-a"}),
        ("8_Areas.py", {"in": "Dunmere"}),
        ("10_Invest.py", {"pick": "test-firm-a", "order": "youngest first"}),
        ("7_Connections.py", {"around": "test-firm-a", "from": "test-firm-a", "to": "test-firm-b"}),
        *(("12_Data.py", {"table": table}) for table in EMPTY[:4]),
    ],
    ids=lambda part: "-".join(part.values()) if isinstance(part, dict) else part,
)
def test_a_pack_that_knows_little_has_every_page(visit, bare, page, link):
    app = visit(page, bare, **link)
    assert not app.exception
    assert app.title[0].value not in ("", "The data cannot be shown yet")


@pytest.mark.parametrize("page", ["4_Challenges.py", "5_Find_support.py"])
def test_a_search_without_a_hit_does_not_claim_that_help_is_missing(visit, page):
    app = visit(page, q="zzqq", d="Data")
    assert "among what matches “zzqq”" in words.bare(app.title[0].value)


@pytest.mark.parametrize("page", FILTERED)
def test_a_page_says_what_it_draws_with(visit, page):
    app = visit(page)
    drawn = {part for part, kind in LARGE.items() if app.main.get(kind)}
    assert drawn == set(drawn_with(page.split("_", 1)[1].removesuffix(".py")))


def test_types_of_record_are_called_as_the_pack_calls_them(cluster):
    """The invented pack has offers, assets, hospital trusts and care boards: no page knows the words of another."""
    others = re.compile(r"support offer|research asset|NHS trust|integrated care boards", re.IGNORECASE)
    for page, link in [*((page, {}) for page in FILTERED), *OPENED]:
        name = page.split("_", 1)[1].removesuffix(".py")
        asked = {key: [value] if isinstance(value, str) else value for key, value in link.items()}
        found = opened(name, cluster, asked)
        said = f"{found.page.draft} {found.page.elements} {found.page.scene} {text.file_of(found.document()).decode()}"
        assert others.findall(" ".join(said.split())) == [] and "Unknown" not in said, (name, link)


def test_the_head_of_a_table_is_no_link_but_for_the_sign_that_explains_it(visit):
    (first, *others), *_ = (table.value.columns for table in visit("8_Areas.py").table)
    assert first.startswith("Area [:material/info:](<Data?table=areas>") and not any("](" in head for head in others)
