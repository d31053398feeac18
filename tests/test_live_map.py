"""The map on the page of the invented pack: how close it is, what a click on it lists, and where it stands still."""

import json

import pytest

from cluster_data import words
from cluster_data.document import Heading, Table
from cluster_data.filters import Filter
from cluster_data.measures import places
from cluster_data.ui import live_map, webgl

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
    assert all(near["latitude"] == whole["latitude"] for near in closer)


def test_a_place_asked_for_has_rings_at_the_distance_and_at_half_of_it(visit):
    def features(app):
        layers = [layer["data"] for layer in deck(app)["layers"] if layer["@@type"] == "GeoJsonLayer"]
        return sum(len(data["features"]) for data in layers if isinstance(data, dict))

    assert features(visit("2_Map.py", near="Dunmere", within="5")) == features(visit("2_Map.py")) + 2


def test_a_circle_clicked_is_listed_on_the_page_and_in_files(visit, taken, cluster, monkeypatch):
    circle = places.bubbles(cluster, Filter.default(cluster)).iloc[0]
    clicked = {"places": [circle[["lat", "lon", "town"]].to_dict()]}
    monkeypatch.setattr(live_map, "_live", lambda view, shown: clicked)
    heading = f"{words.count(circle['records'], 'record')} known to be in {circle['town']}"
    assert heading in [found.value for found in visit("2_Map.py").header]
    parts = taken("2_Map.py").parts
    listed = parts[parts.index(Heading(heading)) + 1]
    assert isinstance(listed, Table) and len(listed.rows()) == circle["records"]


@pytest.mark.parametrize("link", [{}, {"show": DENSE}, {"near": "Dunmere"}])
def test_without_webgl_a_map_stands_still_and_says_why(visit, monkeypatch, link):
    monkeypatch.setattr(webgl, "is_missing", lambda: True)
    app = visit("2_Map.py", **link)
    assert not app.get("deck_gl_json_chart") and app.get("image")
    assert live_map.NO_WEBGL in [said.value for said in app.info]


def test_on_paper_a_map_stands_still_without_a_word(visit):
    app = visit("2_Map.py", print="1")
    assert not app.get("deck_gl_json_chart") and app.get("image") and not app.info
