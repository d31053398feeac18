"""The map on the page of the invented pack: how close it is, what a click on it lists, and where it stands still."""

import json

import pytest

from cluster_data.document import Heading, Map, Table
from cluster_data.measures import places
from cluster_data.model import words
from cluster_data.model.filters import Filter
from cluster_data.ui import address, live_map

pytestmark = pytest.mark.slow
DENSE = "firms per 100,000 residents"


def deck(app):
    """What the live map of a page is made of, as the browser gets it."""
    assert not app.exception
    return json.loads(app.get("deck_gl_json_chart")[0].proto.json)


@pytest.mark.parametrize("link", [{}, {"show": DENSE}, {"near": "Dunmere"}, {"area": "Dunmere"}])
def test_each_zoom_is_one_step_closer_to_the_same_middle(visit, link):
    whole, *closer = (
        deck(visit("2_Map.py", **link, **zoom))["initialViewState"]
        for zoom in ({}, {"zoom": "closer"}, {"zoom": "close"}, {"zoom": "closest"})
    )
    assert [near["zoom"] - whole["zoom"] for near in closer] == pytest.approx([1, 2, 3])
    assert len({near["latitude"] for near in closer}) == 1
    if link.keys() & {"show", "near"}:
        assert closer[0]["latitude"] == whole["latitude"]


@pytest.mark.parametrize(
    ("link", "near"),
    [({}, False), ({"area": ["Aldbrook", "Dunmere"]}, True), ({"near": "Dunmere"}, True), ({"zoom": "closer"}, True)],
)
def test_borders_are_the_pack_s_own_for_all_but_the_whole_region(visit, monkeypatch, link, near):
    drawn, made = [], live_map.drawn_once
    monkeypatch.setattr(live_map, "drawn_once", lambda *asked: drawn.append(asked[-1]) or made(*asked))
    visit("2_Map.py", **link)
    assert drawn[-1] is (live_map._near if near else live_map._region)


def test_a_place_asked_for_has_rings_at_the_distance_and_at_half_of_it(visit):
    def features(app):
        layers = [layer["data"] for layer in deck(app)["layers"] if layer["@@type"] == "GeoJsonLayer"]
        return sum(len(data["features"]) for data in layers if isinstance(data, dict))

    assert features(visit("2_Map.py", near="Dunmere", within="5")) == features(visit("2_Map.py")) + 2


def test_a_town_marked_is_listed_on_the_page_and_in_files_and_has_a_ring(visit, taken, cluster):
    circle = places.bubbles(cluster, Filter.default(cluster)).drop_duplicates("town", keep=False).iloc[0]
    heading = f"{words.count(circle['records'], 'record')} known only to be in {circle['town']}"
    app = visit("2_Map.py", at=circle["town"])
    assert heading in [found.value for found in app.subheader]
    ring = next(layer for layer in deck(app)["layers"] if layer["id"] == "marked")
    assert [(row["lat"], row["lon"]) for row in ring["data"]] == [(circle["lat"], circle["lon"])]
    parts = taken("2_Map.py", at=circle["town"]).parts
    listed = parts[parts.index(Heading(heading, 3)) + 1]
    assert isinstance(listed, Table) and len(listed.rows()) == circle["records"]


@pytest.mark.parametrize(
    ("record", "where"),
    [("test-firm-a", "NM1 1AA"), ("test-park", "town only"), ("aldbrook-hospital-trust", "2 sites")],
)
def test_a_record_marked_stands_beside_the_map_with_its_address(visit, record, where):
    app = visit("2_Map.py", at=record)
    assert any(where in said.value for said in app.markdown)
    assert any(f"org={record}" in link.proto.query_string for link in app.get("page_link"))


def test_buttons_come_closer_and_go_back_within_bounds(visit):
    app = visit("2_Map.py", zoom="close")
    closer, farther, fit = (
        next(one for one in app.button if one.label == said) for said in ("Closer", "Farther", "Fit")
    )
    assert not (closer.disabled or farther.disabled or fit.disabled)
    closer.click().run()
    assert app.session_state[address.HELD] == {"zoom": ["closest"]}
    assert next(one for one in app.button if one.label == "Closer").disabled
    next(one for one in app.button if one.label == "Fit").click().run()
    assert app.session_state[address.HELD] == {}
    assert not next(one for one in app.button if one.label == "Farther").disabled  # a wheel may have come closer


def layer(app, name):
    """What a layer of the live map holds, or nothing if there is none."""
    return next((layer["data"] for layer in deck(app)["layers"] if layer["id"] == name), [])


@pytest.mark.parametrize("show", [{}, {"show": DENSE}])
def test_the_areas_chosen_are_outlined_and_nothing_is_if_none_is(visit, show):
    assert layer(visit("2_Map.py", area="Dunmere", **show), "chosen")["features"]
    assert not layer(visit("2_Map.py", **show), "chosen")


@pytest.mark.parametrize("zoom", ["whole view", "closest"])
def test_names_are_on_the_map_however_close_it_is(visit, zoom):
    names = [row["text"] for row in layer(visit("2_Map.py", zoom=zoom), "words") if not row["text"].isdigit()]
    assert names


def test_a_list_near_a_place_marks_on_the_map_what_is_chosen_there(visit, cluster):
    app = visit("2_Map.py", near="Dunmere", within="5")
    place, _ = places.find_place(cluster, "Dunmere")
    near = places.near(cluster, Filter.default(cluster), place, 5)["id"]
    cells = [cell for table in app.table for cell in table.value.iloc[:, 0]]
    assert cells and all(f"(<Map?near=Dunmere&within=5&at={each}>)" in "".join(cells) for each in near)
    profiles = visit("2_Map.py", near="Dunmere", within="5", show=DENSE)
    assert any(
        f"(<Organisations?org={near[0]}>)" in cell for table in profiles.table for cell in table.value.iloc[:, 0]
    )


def test_the_table_of_a_map_near_a_place_holds_what_lies_near_and_nothing_else(taken, cluster):
    place, _ = places.find_place(cluster, "Dunmere")
    near = places.near(cluster, Filter.default(cluster), place, 5)
    parts = taken("2_Map.py", near="Dunmere", within="5").parts
    drawn = next(part for part in parts if isinstance(part, Map))
    assert list(drawn.rows()["id"]) == list(near["id"])
    assert not any(isinstance(part, Table) for part in parts)


def test_a_closer_look_is_at_the_circle_of_most(visit, cluster):
    most = places.bubbles(cluster, Filter.default(cluster)).iloc[0]
    looking = deck(visit("2_Map.py", zoom="closest"))["initialViewState"]
    assert (looking["latitude"], looking["longitude"]) == (most["lat"], most["lon"])


def test_a_closer_look_is_at_what_is_marked(visit, cluster):
    looking = deck(visit("2_Map.py", zoom="close", at="test-firm-a"))["initialViewState"]
    assert (looking["latitude"], looking["longitude"]) == (54.503, -2.198)


def test_chips_on_the_map_set_the_filter(visit, cluster):
    app = visit("2_Map.py")
    d = cluster.table("ds").sort_values("order")["label"].iloc[0]
    next(one for one in app.pills if one.key == "chips d").select(d).run()
    assert app.session_state[address.HELD] == {"d": [d]}


@pytest.mark.parametrize("link", [{}, {"show": DENSE}, {"near": "Dunmere"}])
def test_without_webgl_a_map_stands_still_and_says_why(visit, monkeypatch, link):
    monkeypatch.setattr(live_map, "lacks_webgl", lambda: True)
    app = visit("2_Map.py", **link)
    assert not app.get("deck_gl_json_chart") and app.get("image")
    assert live_map.NO_WEBGL in [said.value for said in app.info]


def test_on_paper_a_map_stands_still_without_a_word(visit):
    app = visit("2_Map.py", print="1")
    assert not app.get("deck_gl_json_chart") and app.get("image") and not app.info
