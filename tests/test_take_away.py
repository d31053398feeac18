"""Taking a view away: what each page notes of itself, its link, its snippet, its view for paper, its embedded view."""

import re
from html import unescape
from types import SimpleNamespace

import pandas as pd
import plotly.graph_objects as go
import pytest

from cluster_data import exports
from cluster_data.api.taken import taken
from cluster_data.document import Chart, Circle, Heading, Map, Table, Text
from cluster_data.elements import in_files
from cluster_data.exports import tables
from cluster_data.input.read import HOME_PACK
from cluster_data.measures import goals
from cluster_data.model import formats, words
from cluster_data.palette import DARK, LIGHT
from cluster_data.ui import paper, take_away
from cluster_data.ui.address import KEPT, STAGE
from cluster_data.ui.frame import page_files
from cluster_data.ui.story import said_of
from tests import home
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

PAGES = [file.name for file in page_files()]
SITE = "https://dashboard.example/"
FIRST = "N1 Finding a first hospital"
VIEWS = [
    *((page, {}) for page in PAGES if page != "11_Present.py"),  # a story is taken away from its own page
    ("2_Map.py", {"show": "firms per 100,000 residents"}),
    ("2_Map.py", {"near": "Aldbrook"}),
    ("4_Challenges.py", {"challenge": "N1", "column": "devices"}),
    ("6_Organisations.py", {"org": "test-firm-a"}),
    ("6_Organisations.py", {"org": "test-firm-a", "compare": "test-firm-b"}),
    ("7_Connections.py", {"around": "test-firm-a"}),
    ("8_Areas.py", {"in": "Aldbrook"}),
    ("10_Invest.py", {"pick": ["test-firm-a", "test-firm-b"]}),
    ("1_Overview.py", {"q": "zzzz"}),
]


def texts_of(document):
    """All that a document says outside its tables."""
    said = [document.title, document.statement, document.question]
    for part in document.parts:
        said += [part.text] if isinstance(part, Heading | Text) else []
        said += [part.alt, part.note] if isinstance(part, Chart | Map) else []
        said += [part.about, part.note] if isinstance(part, Table) else []
    return said


def holds_years(cells, shown):
    """Whether a column holds years and is not declared to: no count of the invented pack is as large as a year."""
    return not isinstance(shown, formats.Year) and any(formats.is_number(cell) and 1900 < cell < 2100 for cell in cells)


@pytest.mark.parametrize(("page", "link"), VIEWS)
def test_a_page_notes_what_it_shows(taken, page, link):
    document = taken(page, **link)
    assert document.title and document.statement and document.question.endswith("?")
    assert all(text == words.bare(text) for text in texts_of(document))
    for part in document.parts:
        if isinstance(part, Chart | Map | Table):
            rows = formats.for_readers(part.rows())
            assert isinstance(rows, pd.DataFrame) and "id" not in rows.columns and len(rows.columns)
            assert not [name for name, cells, shown in formats.columns_of(rows) if holds_years(cells, shown)]
        if isinstance(part, Chart | Map):
            assert part.alt and "Source" in part.note
        if isinstance(part, Chart):
            for ground in (LIGHT, DARK):
                drawn = part.draw(ground)
                assert isinstance(drawn, go.Figure) and drawn.layout.paper_bgcolor == ground.ground


def test_published_figures_are_taken_away_as_numbers_too(taken):
    document = taken("9_Growth.py", home.HOME, notes="shown")
    held = [table.rows for table in tables.held(document) if "Figure" in table.rows]
    assert held
    for rows in held:
        read = rows["Figure"] != "not readable"
        assert pd.to_numeric(rows["Value"][read]).notna().all()
        assert (rows["Unit"].str.len() > 0).all()
    asked = next(rows for rows in held if "Goal" in rows)
    a_year = [float(said.split(" ")[0].replace(",", "")) for said in asked["A year"] if not said.startswith("No pace")]
    assert list(asked["A year, value"].dropna()) == pytest.approx(a_year, rel=0.01)
    shown = [part.rows() for part in document.parts if isinstance(part, Chart | Table)]
    assert all("Value" not in rows for rows in shown)


def test_a_page_with_charts_gives_each_with_its_table(taken, cluster):
    document = taken("3_Four_Ds.py")
    assert [type(part).__name__ for part in document.parts if isinstance(part, Chart | Map)] == ["Chart"] * 5
    by_d = next(part for part in document.parts if isinstance(part, Chart) and part.key == "by_d").rows()
    assert list(by_d["D"]) == list(cluster.table("ds").sort_values("order")["label"])


ROBOTICS = "Heartland robotics firms in Northmark: 2"
LINKED = f"{ROBOTICS}. From: Test Firm A; to: Aldbrook Hospital Trust; kind of link: works with."
PICKED = f"{ROBOTICS}. Shortlist: Test Firm A and Test Firm B; in order: youngest first."


@pytest.mark.parametrize(
    ("page", "link", "statement"),
    [
        ("3_Four_Ds.py", {"area": "Aldbrook"}, "Heartland robotics firms in Aldbrook: 1"),
        (
            "4_Challenges.py",
            {"challenge": "N1", "column": "robotics", "lens": "local help only"},
            f"{ROBOTICS}. Challenge: N1 Finding a first hospital; D: Robotics; what is counted: local help only.",
        ),
        (
            "4_Challenges.py",
            {"lens": "firms per source of help", "by": "theme"},  # which that lens does not have
            f"{ROBOTICS}. What is counted: firms per source of help.",
        ),
        (
            "2_Map.py",
            {"near": " Dunmere ", "within": "5", "area": "Dunmere"},
            "Robotics records in Dunmere, within 5 km of Dunmere: none",
        ),
        (
            "2_Map.py",
            {"near": "Atlantis"},
            f"{ROBOTICS}. Near a postcode or place: “Atlantis”, which is not known here.",
        ),
        (
            "5_Find_support.py",
            {"need": "A.1", "help_stage": "trial", "most": "25"},
            f"{ROBOTICS}. Challenge or theme: Theme A.1: A desk to ask at; stage of the product: Trial; "
            "how many to show: 25.",
        ),
        ("7_Connections.py", {"from": "test-firm-a", "to": "aldbrook-hospital-trust", "link": "works with"}, LINKED),
        (
            "9_Growth.py",
            {"until": "2032"},
            "Published figures of Northmark, whatever the filter. Goals without a year: until: 2032.",
        ),
        ("10_Invest.py", {"pick": ["test-firm-a", "test-firm-b"], "order": "youngest first"}, PICKED),
    ],
)
def test_the_statement_says_the_filter_and_what_the_boxes_of_the_page_ask(taken, page, link, statement):
    said = taken(page, d="Robotics", **link).statement
    assert re.sub(r"\. Not counted, as ended or moved away: [^.]*(?=$|\.)", "", said) == statement


def test_a_paragraph_keeps_the_words_of_its_links_in_files():
    cited = Text("Firms.", lead="Counted:", links=(("“Survey”", "https://example.com/a"), ("Atlas", "https://b.org")))
    assert list(in_files([cited])) == [Text("Counted: Firms. “Survey”; Atlas")]


def test_regions_stand_before_the_many_published_figures(taken):
    parts = taken("9_Growth.py").parts
    figures = next(at for at, part in enumerate(parts) if getattr(part, "text", "").startswith("Where we stand"))
    regions = [at for at, part in enumerate(parts) if isinstance(part, Chart) and "Region" in part.rows()]
    assert len(regions) == 1 and regions[0] < figures
    assert len(parts[regions[0]].draw(LIGHT).data[0].y) == len(parts[regions[0]].rows())


@pytest.mark.parametrize("page", ["1_Overview.py", "2_Map.py"])
def test_a_page_with_a_map_gives_what_lies_on_it(taken, page):
    shown = next(part for part in taken(page).parts if isinstance(part, Map))
    assert len(shown.points()) and len(shown.bubbles()) and shown.outlined


@pytest.mark.parametrize("show", ["organisations", "firms per 100,000 residents"])
def test_a_map_near_a_place_is_taken_away_with_its_circle(taken, show):
    shown = next(
        part for part in taken("2_Map.py", near="Aldbrook", within="5", show=show).parts if isinstance(part, Map)
    )
    assert shown.circle == Circle(54.501, -2.201, 5, "Aldbrook")
    assert shown.alt.split(":")[0].endswith("with a circle of 5 km around Aldbrook")


def test_a_profile_is_taken_away_with_its_facts_links_and_sources(taken):
    document = taken("6_Organisations.py", org="test-firm-a")
    about = [part.about for part in document.parts if isinstance(part, Table)]
    assert document.title == "Test Firm A"
    assert about[0] == "What is known: Firm" and "Links" in about
    assert any(part.endswith("for these facts") for part in about)


@pytest.mark.parametrize(
    ("page", "link", "statement"),
    [
        ("6_Organisations.py", {"org": "test-firm-a"}, "Firm · Data · Aldbrook"),
        ("8_Areas.py", {"in": "Aldbrook"}, "Heartland firms in Aldbrook: 2, of 8 in Northmark. "),
    ],
)
def test_what_the_title_or_the_statement_names_is_not_said_again(taken, page, link, statement):
    said = taken(page, **link).statement
    assert said.startswith(statement) and "Profile: " not in said and "Area: " not in said


@pytest.mark.parametrize(
    ("page", "link", "about"),
    [
        (
            "4_Challenges.py",
            {"challenge": "N1"},
            [f"{found}: {FIRST}" for found in ("2 offers", "2 assets", "2 firms known to face it")],
        ),
        ("2_Map.py", {}, ["The organisations of the map"]),
        ("3_Four_Ds.py", {}, ["List of heartland firms in Northmark"]),
        ("6_Organisations.py", {"org": "test-firm-a"}, ["Links"]),
        ("8_Areas.py", {"in": "Aldbrook"}, ["Organisations in Aldbrook", "Links of Aldbrook"]),
    ],
)
def test_a_list_that_is_taken_away_names_its_sources_and_the_one_on_screen_stays_short(visit, taken, page, link, about):
    tables = {part.about: part for part in taken(page, **link).parts if isinstance(part, Table)}
    for name in about:
        rows = tables[name].rows()
        assert len(rows) and rows["Sources"].str.startswith("https://").all()
    assert not [shown for shown in visit(page, **link).dataframe if "Sources" in shown.value.columns]


def test_that_nobody_knows_the_pace_stands_below_what_the_goals_ask_for(taken):
    assert Text(goals.NO_LATER) in taken("9_Growth.py").parts


def test_a_path_that_is_asked_for_is_taken_away_step_by_step(taken):
    ends = {"from": "aldbrook-hospital-trust", "to": "test-park"}
    parts = taken("7_Connections.py", **ends).parts
    steps = next(part for part in parts if getattr(part, "about", "") == "The steps of the shortest way")
    assert steps.rows()[["From", "Link", "To", "What the source says"]].to_numpy().tolist() == [
        ["Aldbrook Hospital Trust", "works with", "Test Firm A", "A trial of 40 <records>"],
        ["Test Firm A", "sits in", "Test Park", ""],
    ]
    one_end = taken("7_Connections.py", to="test-park").parts
    assert not [part for part in one_end if "two organisations" in getattr(part, "text", "")]


def test_two_organisations_are_stated_by_what_they_are(taken):
    document = taken("6_Organisations.py", org="test-firm-a", compare="university-of-northmark")
    said, rows = document.statement, document.parts[0].rows().set_index("Fact")
    assert rows.loc["Website", "Test Firm A"] == "https://example.org/a"
    assert said.startswith("Test Firm A: Firm · ") and "; University of Northmark: University · " in said


def test_a_view_on_paper_states_all_that_is_chosen(visit):
    app = visit("4_Challenges.py", print="1", challenge="N1", lens="local help only")
    assert "Challenge: N1 Finding a first hospital; what is counted: local help only" in words.bare(
        app.main.markdown[-1].value
    )


def test_the_link_brings_the_view_back_and_names_the_file(visit, monkeypatch):
    found = []
    monkeypatch.setattr(take_away, "_files", lambda view, document: found.append(document))
    monkeypatch.setattr(take_away, "_is_open", lambda tray: True)
    app = visit("3_Four_Ds.py", d=["Devices", "Robotics"], area="Aldbrook")
    app.context["url"] = f"{SITE}Four_Ds"
    app.run()
    link = f"{SITE}Four_Ds?d=Devices&d=Robotics&area=Aldbrook"
    assert found[-1].link == link
    assert app.text_input[0].value == link
    assert re.fullmatch(r"four-ds-[a-z0-9-]*aldbrook[a-z0-9-]*\.pdf", found[-1].file_name("pdf"))
    snippet = app.text_area[0].value
    assert unescape(re.search('src="([^"]*)"', snippet)[1]) == f"{link}&embed=true&embed_options=light_theme"


def test_a_link_too_long_for_a_code_or_a_file_is_told_so_and_every_file_is_made(visit, real, monkeypatch):
    found = []
    monkeypatch.setattr(take_away, "_files", lambda view, document: found.append(document))
    monkeypatch.setattr(take_away, "_is_open", lambda tray: True)
    app = visit("10_Invest.py", HOME_PACK, pick=list(real.table("companies")["id"]))
    app.context["url"] = f"{SITE}Invest"
    app.run()
    assert not app.exception and len(app.text_input[0].value) > 2_000
    said = [caption.value for caption in app.caption if "too long for a QR code" in caption.value]
    assert said and "for files" in said[0] and not [image for image in app.get("image") if "QR" in str(image.proto)]
    assert found[-1].link == f"{SITE}Invest" and "too long for a file" in found[-1].statement
    for export in exports.suited(found[-1]):
        assert export.file_of(found[-1]), export.name


def test_a_snippet_cannot_be_broken_out_of(visit, monkeypatch):
    monkeypatch.setattr(take_away, "_is_open", lambda tray: True)
    app = visit("6_Organisations.py", q='"><script>alert(1)</script>')
    assert "<script" not in app.text_area[0].value and app.text_area[0].value.count('"') == 8


def test_views_are_gathered_into_a_story_put_in_order_and_taken_out_again(visit):
    app = visit("3_Four_Ds.py", d=["Devices", "Robotics"])
    button(app, "Add to my story").click().run()
    assert app.session_state[KEPT][STAGE] == ["Four_Ds?d=Devices&d=Robotics"]
    assert [link.label for link in app.get("page_link") if "story" in link.label][:1] == ["Present my story of 1 view"]
    app.switch_page(str(ROOT / "pages" / "1_Overview.py")).run()
    button(app, "Add to my story").click().run()
    assert [view.partition("?")[0] for view in app.session_state[KEPT][STAGE]] == ["Four_Ds", "Overview"]
    assert [part.label for part in app.sidebar.button][:4] == ["Down", "Remove", "Up", "Remove"]
    for label, order in (("Up", ["Overview", "Four_Ds"]), ("Down", ["Four_Ds", "Overview"])):
        button(app, label).click().run()
        assert [view.partition("?")[0] for view in app.session_state[KEPT][STAGE]] == order
    button(app, "Up").click().run()
    button(app, "Take it out of my story").click().run()
    assert app.session_state[KEPT][STAGE] == ["Four_Ds?d=Devices&d=Robotics"]
    button(app, "Remove").click().run()
    assert app.session_state[KEPT][STAGE] == [] and not [part for part in app.sidebar.button if part.label == "Remove"]


def test_what_is_gathered_is_named_by_what_it_asks_for(cluster):
    assert said_of(cluster, "Areas?in=Dunmere&in=Aldbrook&d=Data") == "Areas: Dunmere and Aldbrook"
    assert said_of(cluster, "Organisations?org=test-firm-a") == "Organisations: Test Firm A"
    assert said_of(cluster, "Four_Ds?d=Devices").startswith("Four Ds: heartland devices firms")


def test_a_page_that_is_no_scene_is_not_gathered(visit):
    assert not [part for part in visit("13_About.py").button if "story" in part.label]


def button(app, label):
    return next(part for part in app.button if part.label == label)


def test_nothing_is_made_before_the_tray_is_opened(visit, monkeypatch):
    monkeypatch.setattr(exports, "every", lambda: pytest.fail("made too early"))
    app = visit("3_Four_Ds.py")
    assert not app.exception and not app.text_area


@pytest.mark.parametrize("page", PAGES)
def test_on_paper_nothing_is_folded_clicked_or_scrolled(visit, page):
    app = visit(page, print="1", area="Aldbrook")
    assert not app.exception and len(app.title) == 1
    boxes = ("selectbox", "multiselect", "text_input", "radio", "button", "button_group")
    for kind in ("plotly_chart", "deck_gl_json_chart", "dataframe", "download_button", *boxes):
        assert not app.get(kind), kind
    assert len(app.sidebar) == 0
    assert "Aldbrook" in app.main.markdown[-1].value and "area=Aldbrook" in app.main.markdown[-1].value


def test_on_paper_a_list_is_cut_with_a_word_on_where_the_rest_is(visit, cluster, at_first, read_aloud):
    whole, kept = read_aloud(visit("6_Organisations.py", print="1")), at_first.keeps(cluster)
    rows = f"(the first \\d+ of {kept.sum()} rows and )?"
    assert re.search(rf"Shown are {rows}\d+ of \d+ columns; the workbook of this view holds", whole)
    tables = [part.rows() for part in taken("Organisations", cluster, {}).document.parts if isinstance(part, Table)]
    held = {name for table in tables for name in table.get("Name", ())}
    assert set(cluster.records["name"][kept]) <= held


@pytest.mark.parametrize(("rows", "shown"), [(3, 3), (5_000, paper.ROOM)])
def test_paper_has_room_for_so_many_rows_and_columns(cluster, rows, shown):
    frame = pd.DataFrame({f"Column {place}": ["word " * 50] * rows for place in range(9)})
    kept, said = paper.cut(SimpleNamespace(shown=None), frame)
    assert kept.shape == (shown, paper.MOST_COLUMNS) and kept["Column 0"].str.len().max() <= paper.LONGEST
    first = f"the first {shown} of 5,000 rows and " if rows > shown else ""
    assert said == f"Shown are {first}{paper.MOST_COLUMNS} of 9 columns; the workbook of this view holds all."


def test_on_paper_no_line_of_growth_stands_twice(visit, read_aloud):
    app = visit("9_Growth.py", print="1", topic="work", notes="shown")
    said = [line.strip("*# ") for line in read_aloud(app).split("\n") if len(line) > 40]
    assert [line for line in said if said.count(line) > 1] == []


FOLD = "The way from one organisation to another"


def test_on_paper_nothing_is_said_of_boxes_that_stand_behind_a_line(visit, read_aloud):
    assert [fold.label for fold in visit("7_Connections.py").expander].count(FOLD) == 1
    app = visit("7_Connections.py", print="1")
    assert FOLD not in read_aloud(app) and not app.expander


def test_on_paper_and_embedded_the_address_alone_is_the_filter(visit):
    asked = {"d": "Devices", "area": "Aldbrook", "role": "Heartland", "match": "primary", "stage": "Trial"}
    drawn, bare = visit("3_Four_Ds.py", **asked), visit("3_Four_Ds.py", print="1", **asked)
    assert drawn.title[0].value == bare.title[0].value
    assert drawn.main.markdown[0].value == bare.main.markdown[0].value
