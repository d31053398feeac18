"""The page of the stage without a browser: what it sends, what its address asks for, what it offers to take away."""

import gzip
import json
import re
from base64 import b64decode
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from cluster_data import exports, scenes
from cluster_data.ui import stage
from cluster_data.ui.address import KEPT, STAGE
from tests import home
from tests.packs import edit, write_pack

pytestmark = pytest.mark.slow

PAGE = "11_Present.py"
HOSTILE = "*Firm* <img src=x onerror=alert(1)> [a](javascript:alert(1)) $x$ 🦾 شركة"


def sent(app):
    """What the browser is sent: all scenes, and the number of the first."""
    parts = [part.proto for part in app.get("bidi_component")]
    data = [json.loads(part.mixed.json if part.HasField("mixed") else part.json) for part in parts]
    (stage,) = [found for found in data if "scenes" in found]
    return stage


def findings(app):
    """The findings of the scenes sent, in order."""
    return [scene["finding"] for scene in sent(app)["scenes"]]


def test_all_scenes_are_sent_at_once(visit, read_aloud):
    app = visit(PAGE)
    assert not app.exception and not app.sidebar.children
    data = sent(app)
    assert data["start"] == 0 and len(data["scenes"]) == 5
    second = data["scenes"][1]
    assert (
        second["finding"] == "1 of 3 firms in Dunmere and Carrow Vale works in digital"
        and second["topic"] == "What two towns make"
    )
    picture = gzip.decompress(b64decode(second["picture"]["packed"]))
    assert ElementTree.fromstring(picture).tag.endswith("svg")
    assert data["scenes"][4]["picture"]["rows"] == [["Output added by 2030", "£35m", "£8.75m"]]
    assert app.title[0].value == "Northmark health robots: a story in 5 scenes".replace(":", r"\:")
    listed = "1 of 3 firms in Dunmere and Carrow Vale works in digital"
    assert f"1. [{listed}](<Four_Ds?d=Digital&area=Dunmere&area=Carrow+Vale>)" in read_aloud(app)


def test_the_story_that_comes_along_is_sent(visit):
    app = visit(PAGE, home.HOME)
    assert not app.exception and len(findings(app)) == len(home.rows("scenes")) > 0
    assert not any(scene["missing"] for scene in sent(app)["scenes"])
    assert len(json.dumps(sent(app))) < 500_000  # on the Wi-Fi of a hall


@pytest.mark.parametrize(
    ("asked", "start", "told"),
    [("3", 2, ""), ("0", 0, "“0”"), ("9", 0, "“9”; the story has 5 scenes"), ("last", 0, "“last”"), ("٣", 0, "“٣”")],
)
def test_a_link_opens_at_its_scene(visit, asked, start, told):
    data = sent(visit(PAGE, scene=asked))
    assert data["start"] == start and told in data["scenes"][start]["missing"]
    assert bool(told) == bool(data["scenes"][start]["missing"])


def test_a_personal_story_is_told_from_its_link(visit):
    views = ["Four_Ds?d=Digital", "Challenges?challenge=N1&column=robotics", "Nowhere", "Areas?in=Atlantis"]
    app = visit(PAGE, view=views, scene="2")
    assert not app.exception
    first, cell, nowhere, atlantis = sent(app)["scenes"]
    assert first["topic"] == "What does each D hold?"
    assert first["sentence"].startswith("Heartland digital firms in Northmark: 2. ")
    assert first["source"].startswith("Firms.") and sent(app)["start"] == 1
    assert cell["finding"] == "Finding a first hospital · Robotics: 3 sources of help (2 meant for it)"
    assert "“Nowhere”" in nowhere["missing"] and nowhere["picture"] is None
    assert "Atlantis" in atlantis["missing"] and atlantis["picture"]


def test_a_story_of_too_many_views_says_what_is_left_out(visit):
    data = sent(visit(PAGE, view=["Data"] * 33))
    assert len(data["scenes"]) == 30 and "3 more of this link are left out" in data["scenes"][0]["missing"]


@pytest.mark.parametrize(
    "view",
    ["Map?q=a__b", "Overview?q=" + "letters " * 400, "Invest?" + "&".join(f"pick=test-firm-{n}" for n in range(999))],
)
def test_a_view_of_any_name_and_length_is_a_scene(visit, view):
    app = visit(PAGE, view=[view, "Data"])
    assert not app.exception and len(sent(app)["scenes"]) == 2


def drawn(app):
    """The numbers of the scenes that are drawn."""
    return [place for place, scene in enumerate(sent(app)["scenes"]) if scene.get("picture")]


@pytest.fixture
def seconds(monkeypatch):
    """Sets how long it takes to draw a scene; a list with the pages drawn."""
    found, sent = [], stage._sent
    monkeypatch.setattr(stage, "_sent", lambda scene, *more: found.append(scene) or sent(scene, *more))

    def taking(each):
        monkeypatch.setattr(stage, "thread_time", lambda: each * len(found))
        return found

    return taking


def test_a_story_of_a_link_that_takes_long_is_drawn_on_as_it_is_moved(visit, seconds):
    seconds(stage.MOST_SECONDS * 0.6)
    app = visit(PAGE, view=[f"Map?q=slow{place}" for place in range(7)], scene="3")
    assert drawn(app) == [2, 3] and len(findings(app)) == 7
    for moved, found in ((5, [2, 3, 5, 6]), (0, [0, 1, 2, 3, 5, 6]), (10**30, [*range(7)])):
        assert sent(app)["wait"]
        app.session_state[stage.MOVED] = moved
        assert drawn(app.run()) == found
    assert not sent(app)["wait"] and not any(scene["missing"] for scene in sent(app)["scenes"])


def test_what_all_scenes_of_a_page_share_is_not_charged_to_a_link(visit, seconds):
    stage._ready.clear()
    made, pages = seconds(stage.MOST_SECONDS / 10), ["Map", "Data", "Areas", "Growth", "Connections"]
    app = visit(PAGE, view=[f"{page}?q=apart{place}" for place in range(2) for page in pages])
    assert len(drawn(app)) == 10 and {scene.page for scene in made if not scene.asked} == {*pages}
    assert sum(not scene.asked for scene in made) == len(pages)
    hostile = [f"Nowhere{place}?q=apart" for place in range(30)]
    del made[:]
    visit(PAGE, view=hostile)
    assert len(made) == 11 and all(scene.asked for scene in made)


def test_stories_of_links_do_not_drive_out_that_of_the_pack(visit, monkeypatch):
    visit(PAGE)
    for start in range(0, 90, 30):
        visit(PAGE, view=[f"Data?q=word{place}" for place in range(start, start + 30)])
    monkeypatch.setattr(stage, "_sent", None)  # nothing is drawn anew
    assert not visit(PAGE).exception


def test_below_the_stage_the_story_of_the_visit_and_the_one_that_comes_along_lead_to_each_other(visit):
    mine, own = "Present my story of 2 views", "Present the dashboard’s own story"
    app = visit(PAGE)
    assert not {mine, own} & links(app)
    views = ["Data", "Four_Ds?d=Digital"]
    app.session_state[KEPT] = {STAGE: views}
    assert links(app.run()) & {mine, own} == {mine}
    app.query_params["view"] = views
    assert links(app.run()) & {mine, own} == {own} and len(findings(app)) == 2


def links(app):
    """The labels of the links to pages."""
    return {link.label for link in app.get("page_link")}


def test_the_notes_are_a_link_of_their_own(visit, read_aloud):
    app = visit(PAGE, notes="1", scene="4")
    assert app.title[0].value == "Notes for the presenter"
    assert sent(app)["start"] == 3 and sent(app)["scenes"][3]["notes"] == "Mind the quotes"
    assert not app.warning


def test_texts_reach_the_stage_as_they_are(visit, tmp_path):
    folder = write_pack(
        tmp_path,
        companies=edit("test-firm-e", name=HOSTILE, summary=HOSTILE),
        scenes=edit("4", sentence=re.sub(r"\d", "", HOSTILE)),
    )
    app = visit(PAGE, folder, view=["Organisations?org=test-firm-e"])
    assert findings(app)[0].startswith(HOSTILE)
    (line,) = [part.value for part in app.markdown if "onerror" in part.value]
    assert r"\<img" in line and r"\]\(javascript" in line


def test_files_that_suit_a_story_are_offered_and_made_of_it(visit, monkeypatch):
    made = []

    def form(name):
        return SimpleNamespace(name=name, label=name, says="", suffix="txt", mime="text/plain", file_of=made.append)

    monkeypatch.setattr(exports, "every", lambda: (form("slides"), form("pdf"), form("csv")))
    app = visit(PAGE)
    assert [button.proto.label for button in app.get("download_button")] == ["slides", "pdf"]


def test_the_files_of_a_story_are_named_by_its_first_topic_and_its_length():
    assert scenes.slug_of("How big the cluster is", 12) == "how-big-the-cluster-is-12-scenes"
    assert scenes.slug_of("What does my place look like?", 1) == "what-does-my-place-look-like-1-scene"
