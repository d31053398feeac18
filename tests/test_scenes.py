"""Scenes: their findings from hand-worked numbers, whatever a link asks for, and what a pack may not hold."""

import re
from datetime import date
from urllib.parse import parse_qs

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from cluster_data import scenes
from cluster_data.document import Chart, Circle, Heading, Map, Notes, Table, Text
from cluster_data.input.read import HOME_PACK, read_cluster
from cluster_data.measures import places
from cluster_data.model.filters import Filter
from cluster_data.model.tables.story import SCENES
from cluster_data.palette import DARK, LIGHT
from cluster_data.scenes.showing import document_of, shown_scene
from cluster_data.ui.tables import on_screen
from tests import home
from tests.packs import STEADY, TODAY, edit, faults_of, on_rows, write_pack

QUOTED = 'Test Firm E "The Quoted" & <b>Sons</b>'
LEFT_OUT = "Not counted, as ended or moved away"
FIRMS = f"Heartland firms in Northmark: 8. {LEFT_OUT}: 1 firm, 1 hospital trust, 1 asset and 2 offers"
# Of what has ended, the grants and the loans name no D, so they are of robotics too.
OF_ROBOTICS = f"Heartland robotics firms in Northmark: 2. {LEFT_OUT}: 2 offers"


def scene(cluster, view):
    """What the view of an address shows."""
    (found,) = scenes.scenes_of_link([view])
    return shown_scene(cluster, found, {})


def rows(picture):
    """The table of a picture as lists, as a screen shows it."""
    return on_screen(picture.rows()).to_numpy().tolist()


# ---- what scenes find -----------------------------------------------------


@pytest.mark.parametrize(
    ("view", "kind", "finding", "statement"),
    [
        (
            "/",
            Chart,
            "8 heartland firms, with 2 universities, 1 hospital trust, 3 assets and 4 offers (1 is both)",
            FIRMS.split(".")[0],
        ),
        ("Overview?d=Robotics", Chart, None, OF_ROBOTICS.split(".")[0]),
        ("Map", Map, "Aldbrook, Birkwick, Carrow Vale and Dunmere hold 12 of 15 organisations", FIRMS),
        (
            "Map?near=Dunmere&within=5",
            Map,
            "1 record within 5 km of Dunmere, known only by town or sector",
            "Records in Northmark, within 5 km of Dunmere: 1 university",
        ),
        (
            "Map?show=firms+per+100,000+residents",
            Map,
            "Carrow Vale has most firms for its size: 4.4 per 100,000 residents (2 firms, fewer than 10)",
            FIRMS,
        ),
        ("Four_Ds?d=Robotics", Chart, "2 of 8 firms work in robotics", OF_ROBOTICS),
        (
            "Challenges",
            Chart,
            "Rooms (N3) has the least help: 2 sources of help",
            FIRMS,
        ),
        (
            "Challenges?challenge=N2",
            Chart,
            "Rules: 1 asset and 2 offers; thinnest for data, diagnostics and digital, with 2 sources of help each",
            FIRMS,
        ),
        (
            "Challenges?challenge=N1&column=robotics",
            Chart,
            "Finding a first hospital · Robotics: 3 sources of help (2 meant for it)",
            FIRMS,
        ),
        (
            "Find_support?need=N1&d=Robotics",
            Table,
            "2 assets and 2 offers (1 is both) could help with finding a first hospital for robotics",
            OF_ROBOTICS,
        ),
        (
            "Organisations",
            Table,
            "8 firms, 3 assets, 4 offers (1 is both) and 8 others",
            FIRMS,
        ),
        (
            "Organisations?org=test-firm-e",
            Table,
            f'{QUOTED}: arms that lift; says "hello" & <i>waves</i>',
            "Firm · Robotics, Devices · Aldbrook",
        ),
        ("Connections?around=test-firm-e", Chart, f"{QUOTED} is linked with 2 others", FIRMS.split(".")[0]),
        (
            "Connections?from=aldbrook-hospital-trust&to=test-park",
            Table,
            "Aldbrook Hospital Trust and Test Park are 2 links apart",
            "From Aldbrook Hospital Trust to Test Park, whatever the filter",
        ),
        ("Areas", Chart, "Aldbrook, Birkwick and Carrow Vale hold 6 of 8 firms", FIRMS),
        (
            "Areas?in=Dunmere",
            Map,
            "Based in Dunmere: 1 heartland firm, 1 university, no hospital trust and no asset",
            "Heartland firms in Dunmere: 1",
        ),
        (
            "Growth",
            Chart,
            "The target asks for 71 to 110 more jobs a year on average until 2030, counted from 1,400 in 2023",
            "Published figures of Northmark, whatever the filter",
        ),
        (
            "Growth?measure=output",
            Table,
            "The target asks for £8.8m more output a year on average until 2030, counted from 2026",
            "Published figures of Northmark, whatever the filter",
        ),
        (
            "Growth?metric=change-2020-to-2023",
            Table,
            "Change in jobs, 2020 to 2023: Northmark comes last of 3 regions, with -80 people",
            "Published figures of Northmark, whatever the filter",
        ),
        (
            "Invest?pick=test-firm-b&pick=test-firm-a",
            Table,
            "Shortlist: Test Firm B and Test Firm A",
            "2 firms, whatever the filter",
        ),
        (
            "Invest",
            Chart,
            "Of 8 firms, 1 is a known spin-out; money raised is known in pounds for 2 and the stage for 8",
            FIRMS,
        ),
        ("Data", Chart, "3 of 8 firms rest on sources from before 2023", FIRMS),
    ],
)
def test_a_view_finds_what_its_page_says(cluster, view, kind, finding, statement):
    found = scene(cluster, view)
    assert isinstance(found.picture, kind) and found.missing == ""
    assert finding in (None, found.finding)
    assert found.statement == found.sentence == statement
    assert "Source" in found.source and found.picture


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("/", [["Firms", 8], ["Universities", 2], ["Hospital trusts", 1], ["Assets", 3], ["Offers", 4]]),
        ("Four_Ds", [["Aldbrook", 1, 1, 0, 0, 1, 2, "120,000", "2021"]]),
        (
            "Find_support?need=N1&d=Robotics",
            [
                ["Bench Vouchers", "Open to: All of Northmark; stands in Aldbrook"],
                ["First Ward", "Open to: Inner Northmark only"],
                ["Coast Club", "Place not known"],
            ],
        ),
        (
            "Connections?from=aldbrook-hospital-trust&to=test-park",
            [["Aldbrook Hospital Trust", "works with", "Test Firm A"], ["Test Firm A", "sits in", "Test Park"]],
        ),
        ("Growth?measure=output", [["Output added by 2030", "£35m", "£8.75m"]]),
        ("Growth?metric=change-2020-to-2023", [["Southmark", "1", "150 people"], ["Westmark", "2", "0 people"]]),
        ("Growth?tab=The+regions", [["Southmark", "1", "20 firms"]]),
        ("Growth?tab=Published+figures&topic=work", [["Jobs in health technology", "1,400 people", "Test Survey"]]),
    ],
)
def test_a_picture_has_its_numbers(cluster, view, expected):
    assert rows(scene(cluster, view).picture)[: len(expected)] == expected


def test_a_topic_whose_figures_answer_a_question_of_another_shows_them(tmp_path):
    def moved(text):
        text = edit("jobs_page", topic="worth")(text)
        return edit("added_output_2030", topic="work")(text)

    found = scene(
        read_cluster(write_pack(tmp_path, indicators=moved), TODAY), "Growth?tab=Published+figures&topic=worth"
    )
    assert [row[:2] for row in rows(found.picture)] == [["Jobs in health technology, as a page says", "1,200 people"]]


def test_tables_and_pictures_are_short_enough_for_a_stage(real):
    for page in SCENES:
        picture = scene(real, page).picture
        if isinstance(picture, Table):
            assert 0 < len(picture.rows()) <= 6 and picture.rows().shape[1] <= 4
    grid = scene(real, "Challenges").picture.draw(LIGHT)
    assert len(set(grid.data[0].y)) == 6
    assert f"for 6 of {len(home.rows('challenges'))} challenges" in scene(real, "Challenges").source
    assert len(scene(real, "Areas").picture.draw(DARK).data[0].y) == 8


def test_the_cell_asked_for_and_the_one_told_are_among_those_drawn(real):
    everywhere = scene(real, "Challenges")
    titles = [title.split("  ")[1] for title in everywhere.picture.draw(LIGHT).data[2].text]
    assert any(title.casefold() in everywhere.finding.casefold() for title in titles)
    last = home.rows("challenges")[-1]["id"]
    asked = scene(real, f"Challenges?challenge={last}&column={home.DS[0]}").picture.draw(LIGHT)
    assert any(title.startswith(f"{last} ") for title in asked.data[2].text)
    assert [shape.line.width for shape in asked.layout.shapes if shape.line.dash is None] == [3]


def test_of_an_empty_choice_a_network_is_a_table_of_no_rows(cluster):
    assert len(scene(cluster, "Connections?q=zzzzz").picture.rows()) == 0


def test_a_network_around_one_holds_it_and_its_links_alone(cluster):
    drawn = scene(cluster, "Connections?around=test-firm-e").picture.draw(LIGHT)
    names = {node for trace in drawn.data if trace.customdata is not None for (node,) in trace.customdata}
    assert names == {"test-firm-e", "gentle-bench", "test-capital"}


# ---- what scenes ask for in vain ------------------------------------------


@pytest.mark.parametrize(
    ("view", "told", "finding"),
    [
        ("Nowhere?d=Data", "the page “Nowhere”", "A story has no page “Nowhere”"),
        ("About", "the page “About”", "A story has no page “About”"),
        ("Four_Ds?d=Bogus&area=Atlantis", "area = “Atlantis” and d = “Bogus”", "Devices lead"),
        ("Challenges?challenge=N9&column=moods&lens=x", "lens = “x”, challenge = “N9” and column = “moods”", "Rooms"),
        ("Organisations?org=nobody", "org = “nobody”", "8 firms"),
        ("Map?near=Nowhereville&within=9000", "within = “9000” and near = “Nowhereville”", "Aldbrook"),
        ("Areas?in=Atlantis", "in = “Atlantis”", "Aldbrook"),
        ("Data?table=payroll", "table = “payroll”", "3 of 8 firms"),
        ("Growth?measure=joy", "measure = “joy”", "The target"),
        ("Invest?pick=nobody&pick=test-firm-a", "pick = “nobody”", "Shortlist: Test Firm A"),
    ],
)
def test_a_scene_says_what_it_asks_for_in_vain_and_goes_on(cluster, view, told, finding):
    found = scene(cluster, view)
    assert found.missing.count(told) == 1 and found.finding.startswith(finding)
    assert found.in_vain and (found.picture is None) == ("page" in told)
    assert "page" not in told or all(page.replace("_", " ") in found.missing for page in SCENES)


def test_a_scene_says_that_its_search_was_cut(cluster):
    long = "+".join(f"word{number}" for number in range(12))
    assert scene(cluster, f"Organisations?q={long}").missing.endswith(
        "cut to “word0 word1 word2 word3 word4 word5 word6 word7 word8 word9”."
    )
    assert scene(cluster, "Organisations?q=word0+word1").missing == ""


WORDS = some.one_of(
    some.sampled_from(["", "N1", "N2", "robotics", "Data", "Dunmere", "Coast ICS", "test-firm-e", "test-firm-h", "D"]),
    some.sampled_from(["area", "stage", "theme", "help here", "local help only", "firms known to face it", "workers"]),
    some.sampled_from(
        ["any kind", "works with", "primary", "Assets", "Ended", "output", "2024", "10", "zzz", "NM1 1AA"]
    ),
    some.text(max_size=12),
)
KEYS = "d match area kind role stage status q near within show lens by challenge column need help_stage ended org"
KEYS += " around from to link in measure baseline since until metric"
LINKS = some.dictionaries(some.sampled_from(KEYS.split()), some.lists(WORDS, max_size=2), max_size=5)


@STEADY
@given(page=some.sampled_from(list(SCENES)), asked=LINKS)
def test_no_link_whatever_stops_the_show(cluster, page, asked):
    found = shown_scene(cluster, scenes.Scene(page, tuple((key, tuple(values)) for key, values in asked.items())), {})
    assert found.finding and found.picture is not None
    assert isinstance(found.picture.rows(), pd.DataFrame)
    if isinstance(found.picture, Chart):
        assert found.picture.draw(DARK).layout.height > 0


# ---- stories --------------------------------------------------------------


def test_the_story_of_a_pack_stands_in_its_order(cluster):
    told = scenes.scenes_of_pack(cluster)
    assert [found.page for found in told] == ["Overview", "Four_Ds", "Challenges", "Connections", "Growth"]
    assert [found.address for found in told] == [
        "",
        "Four_Ds?d=Digital&area=Dunmere&area=Carrow+Vale",
        "Challenges?role=&challenge=N1&column=robotics",
        "Connections?around=test-firm-e",
        "Growth?measure=output",
    ]
    second = shown_scene(cluster, told[1], {})
    assert (second.topic, second.sentence) == ("What two towns make", "Two towns on the coast road.")
    assert second.finding == "1 of 3 firms in Dunmere and Carrow Vale works in digital"
    assert second.source.startswith("Heartland digital firms in Dunmere and Carrow Vale: 1. ")


def test_every_scene_that_comes_along_is_shown_in_full(real):
    told = scenes.scenes_of_pack(real)
    assert len(told) == len(home.rows("scenes")) == len({found.topic for found in told})
    for found in (shown_scene(real, asked, {}) for asked in told):
        assert found.missing == "" and found.notes and found.sentence.endswith(".")
        assert len(found.finding) < 130 and len(found.sentence) < 120 and len(found.source) < 350
        assert len(found.picture.rows())


@pytest.mark.parametrize("scenes_file", [None, "order,page,filter,highlight,title,sentence,notes\n"])
def test_a_pack_without_scenes_shows_a_view_of_each_page(tmp_path, scenes_file):
    folder = write_pack(tmp_path, scenes=scenes_file)
    assert faults_of(folder) == []
    told = scenes.scenes_of_pack(read_cluster(folder, TODAY))
    assert [found.page for found in told] == list(SCENES)
    first = shown_scene(read_cluster(folder, TODAY), told[0], {"Overview": "How big is it?"})
    assert (first.topic, first.sentence) == ("How big is it?", FIRMS.split(".")[0])


def test_views_may_be_whole_addresses_and_are_limited():
    told = scenes.scenes_of_link(
        ["https://dashboard.example/base/Four_Ds?d=Digital", "/Map", "", *["Data"] * 40],
    )
    assert [found.address for found in told[:3]] == ["Four_Ds?d=Digital", "Map", ""]
    assert len(told) == scenes.MOST_VIEWS


def test_the_link_of_a_story_gives_its_views_back():
    views = ["Four_Ds?d=Digital&area=Carrow+Vale", "Challenges?challenge=N1", ""]
    held = parse_qs(scenes.story_query(views), keep_blank_values=True)["view"]
    assert [found.address for found in scenes.scenes_of_link(held)] == views


def test_a_story_is_a_document_of_its_scenes(cluster):
    told = [shown_scene(cluster, found, {}) for found in scenes.scenes_of_pack(cluster)]
    document = document_of(cluster, told, "https://dashboard.example/Present", date(2026, 11, 21))
    assert document.story and document.title == "Northmark health robots: a story in 5 scenes"
    kinds = [type(part) for part in document.parts]
    assert kinds == [Heading, Text, Chart, Notes] * 4 + [Heading, Text, Table, Notes]
    assert document.parts[4] == Heading("1 of 3 firms in Dunmere and Carrow Vale works in digital")
    assert document.parts[3] == Notes("How big Northmark is\nSay hello")
    assert document.parts[6].note.startswith("Heartland digital firms in Dunmere and Carrow Vale: 1. ")
    assert document.file_name("pptx") == "present-how-big-northmark-is-5-scenes.pptx"


def test_each_scene_of_a_document_gives_the_address_of_its_view(cluster):
    told = [
        shown_scene(cluster, found, {}) for found in scenes.scenes_of_link(["Four_Ds?d=Digital", "Data", "Nowhere"])
    ]
    links = [f"https://dashboard.example/{view}" for view in ("Four_Ds?d=Digital", "Data", "Nowhere")]
    parts = document_of(cluster, told, "https://dashboard.example/Present", date(2026, 11, 21), links).parts
    notes = [part.note for part in parts if isinstance(part, (Chart, Table))]
    assert [note.partition(" This view: ")[2] for note in notes] == links[:2]
    without_picture = [part.text for part in parts if isinstance(part, Text)][-1]
    assert without_picture.endswith(f"This view: {links[2]}")
    alone = document_of(cluster, told, "", date(2026, 11, 21))
    assert not any("This view" in part.note for part in alone.parts if isinstance(part, (Chart, Table)))


@pytest.mark.parametrize("show", ["", "&show=firms+per+100,000+residents"])
def test_the_map_near_a_place_is_drawn_round_it(cluster, show):
    found = scene(cluster, f"Map?near=Aldbrook&within=2{show}")
    assert found.finding == "6 records within 2 km of Aldbrook, 1 of them known only by town or sector"
    assert found.picture.circle == Circle(54.501, -2.201, 2, "Aldbrook")
    assert "a circle of 2 km around Aldbrook" in found.picture.alt
    assert (found.picture.rates is None) == (show == "")


def test_the_map_near_a_place_shows_and_lists_every_kind(cluster):
    picture = scene(cluster, "Map?near=Aldbrook&within=2").picture
    assert {"N", "U", "A"} <= set(picture.points()["letter"])
    assert {"Test Park", "Gentle Bench"} <= set(picture.rows()["Name"])


def test_the_map_of_an_area_holds_what_its_finding_counts(real):
    found = scene(real, f"Areas?in={home.LEADING_NAMES[0]}")
    counted = sum(map(int, re.findall(r"\d+", found.finding)))
    placed, by_town = found.picture.points()["id"].nunique(), found.picture.bubbles()["records"].sum()
    missing = counted - placed - by_town
    assert f"placed by postcode: {placed}; only by town: {by_town}; not on the map: {missing}." in found.picture.note


def test_a_map_tells_of_those_alone_that_could_stand_on_it(real):
    missing = places.not_on_map(real, Filter.default(real))["records"].sum()
    assert f"not on the map: {missing} (" in scene(real, "Map").picture.note


def test_a_map_round_a_place_tells_of_those_in_the_circle_alone(real):
    picture = scene(real, f"Map?near={home.A_POSTCODE}&within=5").picture
    exact, rough = map(int, re.findall(r"(\d+) (?:placed exactly|only by town)", picture.note))
    assert exact + rough == picture.rows()[["id"]].drop_duplicates().shape[0] > 0


def test_the_grid_of_challenges_says_what_its_numbers_in_brackets_are(real):
    assert "“8 (3)”" in scene(real, "Challenges").source
    assert "“8 (3)”" not in scene(real, "Challenges?by=area").source


# ---- what a pack may not hold ---------------------------------------------


SCENE = "scenes.csv line 3, column"


def second(**cells):
    return {"scenes": edit("2", **cells)}


@pytest.mark.parametrize(
    ("changes", "answers"),
    [
        (
            second(page="Four_Dees"),
            [
                f"{SCENE} 'page': 'Four_Dees' is not one of the words for this column. Known: "
                f"{', '.join(SCENES[:10])} and {len(SCENES) - 10} more. Did you mean 'Four_Ds'? Correct it."
            ],
        ),
        (
            second(filter="d=Digitl&colour=red&area=Atlantis"),
            [
                f"{SCENE} 'filter': 'Atlantis' is no value of 'area'. Known: Aldbrook, Birkwick, Carrow Vale, Dunmere, "
                "Inner Northmark, Moor and Dale ICS, Coast ICS. Correct it or take it out.",
                f"{SCENE} 'filter': 'Digitl' is no value of 'd'. Known: Data, Devices, Diagnostics, Digital, Robotics. "
                "Did you mean 'Digital'? Correct it or take it out.",
                f"{SCENE} 'filter': 'colour' is no part of the filter. Known: d, match, area, kind, role, stage, "
                "status, q. Write it as an address does.",
            ],
        ),
        (
            second(highlight="N1"),
            [f"{SCENE} 'highlight': 'N1' cannot stand out: on 'Four_Ds' nothing can. Take it out."],
        ),
        (
            second(page="Challenges", highlight="N9; moods; N1"),
            [
                f"{SCENE} 'highlight': 'N1' cannot stand out: on 'Challenges' at most 2 can. Take it out.",
                f"{SCENE} 'highlight': 'N9' is not in challenges.csv. Known: N1, N2, N3. "
                "Correct it, or take the scene out.",
                f"{SCENE} 'highlight': 'moods' is not in ds.csv. Known: data, devices, diagnostics, digital, robotics. "
                "Correct it, or take the scene out.",
            ],
        ),
        (
            second(page="Organisations", highlight="test-firm-z"),
            [
                f"{SCENE} 'highlight': 'test-firm-z' is not in companies.csv, universities.csv, trusts.csv, "
                "assets.csv, support_offers.csv, investors.csv or partners.csv. Did you mean 'test-firm-a'? "
                "Correct it, or take the scene out."
            ],
        ),
        (
            second(page="Areas", highlight="Dunmeer"),
            [
                f"{SCENE} 'highlight': 'Dunmeer' is not in areas.csv or groups.csv. Known: Aldbrook, Birkwick, "
                "Carrow Vale, Dunmere, Inner Northmark, Moor and Dale ICS, Coast ICS. Did you mean 'Dunmere'? "
                "Correct it, or take the scene out."
            ],
        ),
        (
            second(page="Growth", highlight="joy"),
            [
                f"{SCENE} 'highlight': 'joy' is not in vocabulary.csv. Known: workers, output. "
                "Correct it, or take the scene out."
            ],
        ),
        (
            second(sentence="In 2024 there were 1,200 of them."),
            [
                f"{SCENE} 'sentence': the text holds the figure '2024', which may go stale. "
                "Take it out: a scene’s figures are computed from the data."
            ],
        ),
        (
            second(title="", notes="Ring 9"),
            [
                f"{SCENE} 'notes': the text holds the figure '9', which may go stale. "
                "Take it out: a scene’s figures are computed from the data.",
                f"{SCENE} 'title': nothing is there; every row needs a value. "
                "Fill it in: Its topic in a few plain words, without figures.",
            ],
        ),
        (
            {"companies": on_rows(lambda rows: [row for row in rows if row["id"] != "test-firm-e"])},
            [
                "scenes.csv line 5, column 'highlight': 'test-firm-e' is not in companies.csv, universities.csv, "
                "trusts.csv, assets.csv, support_offers.csv, investors.csv or partners.csv. "
                "Did you mean 'test-firm-a'? Correct it, or take the scene out."
            ],
        ),
    ],
)
def test_a_scene_that_asks_for_what_is_gone_is_a_fault(tmp_path, changes, answers):
    faults = faults_of(write_pack(tmp_path, **changes))
    assert [fault for fault in faults if fault.startswith("scenes.csv")] == answers


def test_every_page_of_a_scene_has_an_answer_and_a_file():
    pages = {file.stem.split("_", 1)[1] for file in (HOME_PACK.parent / "pages").glob("[0-9]*_*.py")}
    assert set(SCENES) == pages - {"Present", "About"}
