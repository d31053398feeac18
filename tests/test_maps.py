"""The clickable map, by what it sends to the browser: layers with names, marks in place, and no address to fetch."""

import json
import re
from itertools import combinations, product
from urllib.parse import unquote
from xml.etree import ElementTree

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_data.drawing import fonts, labels, map_ground, maps
from cluster_data.drawing.ground import ground_of
from cluster_data.measures import places, rates
from cluster_data.model.filters import Filter
from cluster_data.palette import DARK, LIGHT
from tests.test_places import kilometres

NOTHING = Filter(text="zzzzz")
SVG = "http://www.w3.org/2000/svg"


def drawn_ground(cluster, palette=LIGHT):
    """The drawn ground of a pack's map."""
    return map_ground.map_ground(ground_of(cluster), places.outline_groups(cluster), palette)


def organisations(cluster, chosen, palette=LIGHT, **more):
    """What the map of organisations sends."""
    ground = drawn_ground(cluster, palette)
    view = maps.view_of(ground.box(frozenset()), 520)
    marks = places.points(cluster, chosen), places.bubbles(cluster, chosen), places.cities(cluster)
    return json.loads(maps.organisations_map(ground, *marks, view, **more).to_json())


def density(cluster, chosen, palette=LIGHT):
    """What the map of densities sends."""
    ground = drawn_ground(cluster, palette)
    table = rates.firms_per_100_000(cluster, chosen)
    return json.loads(maps.density_map(ground, table, maps.view_of(ground.box(frozenset()), 520)).to_json())


def test_an_area_that_is_left_out_has_neither_number_nor_shade(cluster):
    left = list(cluster.area_names.values())[0]
    found = layers(density(cluster, Filter(areas=(left,))))
    told = {row["properties"]["name"]: row["properties"]["said"] for row in found["shaded areas"]["data"]["features"]}
    assert set(told) == set(cluster.area_names.values())
    assert [name for name, said in told.items() if "per 100,000" in said] == [left]
    assert len(found["rates"]["data"]) == 1


def layers(sent):
    """Layers by id."""
    return {layer["id"]: layer for layer in sent["layers"]}


def test_each_record_is_a_mark_or_in_a_circle_in_its_place(cluster, at_first):
    at_first = at_first.but(ended=True)
    found = layers(organisations(cluster, at_first))
    marks = {row["id"]: row for row in found["organisations"]["data"]}
    assert set(marks) == set(places.points(cluster, at_first)["id"])
    assert (marks["test-firm-a"]["lat"], marks["test-firm-a"]["lon"]) == (54.503, -2.198)
    assert (marks["test-firm-e"]["name"], marks["test-firm-e"]["said"]) == (
        'Test Firm E "The Quoted" & <b>Sons</b>',
        "Firm · Robotics",
    )
    circles = {(row["lat"], row["lon"]): row for row in found["places"]["data"]}
    assert circles[(54.7, -1.8)]["said"] == "3 records: Dunmere University College, Old Press Laboratory, Test Firm D"
    assert circles[(54.7, -1.8)]["name"] == "Dunmere (position approximate)"
    numbers = [row["text"] for row in found["words"]["data"] if row["text"].isdigit()]
    assert sorted(numbers) == ["1", "1", "1", "2", "3"]
    assert circles[(54.7, -1.8)]["size"] > circles[(54.501, -2.201)]["size"]


def test_circles_lie_above_marks_and_numbers_and_names_above_all(cluster, at_first):
    order = list(layers(organisations(cluster, at_first)))
    assert order.index("organisations") < order.index("places") < order.index("words")


def test_what_is_marked_has_a_ring_and_nothing_else_has(cluster, at_first):
    assert "marked" not in layers(organisations(cluster, at_first))
    ring = layers(organisations(cluster, at_first, marked=[(54.503, -2.198)]))["marked"]
    assert [(row["lat"], row["lon"]) for row in ring["data"]] == [(54.503, -2.198)]


SPOT = {"lat": st.floats(52, 53), "lon": st.floats(-3, -1.5)}


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["Ox", "Hereford", "Herefordshire"]), *SPOT.values()), max_size=12),
    st.lists(st.tuples(*SPOT.values(), st.floats(9, 22)), max_size=12),
    st.floats(6, 12),
    st.sampled_from([144, 179, 200]),
)
def test_no_circle_hides_another_and_no_name_a_circle_or_another_name(names, circles, zoom, edge):
    drawn = pd.DataFrame(circles, columns=["lat", "lon", "radius"])
    drawn = drawn.assign(shift=labels.spread(drawn, zoom))
    written = labels.apart(pd.DataFrame(names, columns=["name", "lat", "lon"]), drawn, zoom, -2.2)
    boxes = [around(row.name, row.lat, row.lon, row.shift, labels.NAME_SIZE, zoom) for row in written.itertuples()]
    counted = [disc(row, zoom) for row in drawn.itertuples()]
    assert not any(one.buffer(-2).intersects(other.buffer(-2)) for one, other in combinations(counted, 2))
    middle, _ = labels.pixels(0, -2.2, zoom)
    central = [lon for _, _, lon in names if abs(labels.pixels(0, lon, zoom)[0] - middle) < 20]
    assert len(written) or circles or not central
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
    assert not any(name.intersects(circle) for name in boxes for circle in counted)
    assert not any(box.bounds[0] < x < box.bounds[2] for box in boxes for x in (middle - edge, middle + edge))


def test_a_name_is_never_read_as_that_of_another_circle():
    """A small circle at ever more places beside a large one, near the edge of a phone."""
    large, seen = {"lat": 52.5, "lon": -2.0, "radius": 27.0, "shift": [0, 0]}, 0
    for lat, lon in product(np.arange(52.3, 52.7, 0.02), np.arange(-1.9, -1.5, 0.02)):
        small = {"lat": lat, "lon": lon, "radius": 13.0, "shift": [0, 0]}
        circles = pd.DataFrame([large, small])
        for row in labels.apart(pd.DataFrame([small | {"name": "Smaller"}]), circles, 7.5, -2.2).itertuples():
            seen += 1
            box = around(row.name, row.lat, row.lon, row.shift, labels.NAME_SIZE, 7.5)
            other, own = (disc(circle, 7.5).distance(box) for circle in circles.itertuples())
            _, middle = labels.pixels(52.5, -2.0, 7.5)
            assert other > own - 1
            assert not box.bounds[1] <= middle <= box.bounds[3] or other > 18
    assert seen > 50


def test_names_on_one_line_stand_apart_and_a_name_stands_beside_its_circle():
    at = {"lat": 52.5, "lon": -2.2}
    circle = pd.DataFrame([at | {"radius": 20.0, "shift": [30, 0]}])
    named = labels.apart(pd.DataFrame([at | {"name": "Own"}]), circle, 9, -2.2)
    (right, down), (half, high) = named["shift"].iloc[0], (fonts.width("Own", labels.NAME_SIZE, bold=True) / 2, 9)
    away = np.hypot(max(0, abs(right - 30) - half), max(0, abs(down) - high))
    assert 20 <= away < 20 + labels.NAME_SIZE
    places = [("Long name", -2.2), ("Other name", -2.2 + 0.2)]
    rows = pd.DataFrame([(name, 52.5, lon) for name, lon in places], columns=["name", "lat", "lon"])
    for zoom in np.arange(8, 10, 0.05):
        written = labels.apart(rows, circle.head(0), zoom, -2.1)
        boxes = [around(row.name, row.lat, row.lon, row.shift, labels.NAME_SIZE, zoom) for row in written.itertuples()]
        on_line = len(boxes) == 2 and abs(boxes[0].centroid.y - boxes[1].centroid.y) < labels.NAME_SIZE
        assert not on_line or boxes[0].distance(boxes[1]) >= labels.BETWEEN - 1


def test_circles_at_one_spot_part_and_those_with_room_stay():
    rows = pd.DataFrame([(52.5, -1.9, 10.0)] * 3 + [(53.5, -1.9, 10.0)], columns=["lat", "lon", "radius"])
    *parted, alone = labels.spread(rows, 8)
    assert alone == [0, 0] and len(set(map(tuple, parted))) == 3


def disc(row, zoom):
    """A circle on the screen."""
    x, y = labels.pixels(row.lat, row.lon, zoom)
    return shapely.Point(x + row.shift[0], y + row.shift[1]).buffer(row.radius)


def around(text, lat, lon, shift, size, zoom):
    """The box of a text on the screen, without the half pixel by which its shift is rounded."""
    (x, y), half = labels.pixels(lat, lon, zoom), fonts.width(text, size, bold=True) / 2
    x, y = x + shift[0], y + shift[1]
    return shapely.box(x - half, y - size / 2, x + half, y + size / 2).buffer(-0.51, join_style="mitre")


def test_only_marks_and_circles_answer_to_a_click(cluster, at_first):
    found = layers(organisations(cluster, at_first))
    assert {name for name, layer in found.items() if layer["pickable"]} == {"organisations", "places"}


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_every_layer_has_a_name_of_its_own_and_nothing_is_fetched(cluster, at_first, palette):
    rings, _ = maps.rings_around(54.501, -2.201, [5, 10])
    spot = (54.501, -2.201, "Aldbrook")
    for sent in (
        organisations(cluster, at_first, palette, rings=rings, place=spot),
        density(cluster, at_first, palette),
    ):
        assert sent.get("mapProvider") is None
        names = [layer["id"] for layer in sent["layers"]]
        assert len(set(names)) == len(names) and all(names)
        addresses = re.findall(r"(?:https?:)?//[^\s\"']+", unquote(json.dumps(sent)))
        assert [address for address in addresses if not address.startswith(SVG)] == []


def test_a_map_names_no_provider_and_is_written_without_white_space(cluster, at_first):
    ground = drawn_ground(cluster)
    view = maps.view_of(ground.box(frozenset()), 520)
    marks = places.points(cluster, at_first), places.bubbles(cluster, at_first), places.cities(cluster)
    decks = [
        maps.organisations_map(ground, *marks, view),
        maps.density_map(ground, rates.firms_per_100_000(cluster, at_first), view),
    ]
    assert [deck.map_provider for deck in decks] == [None, None]
    assert not any("\n" in deck.to_json() or ": " in deck.to_json()[:200] for deck in decks)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_each_mark_is_cut_from_one_picture_that_is_sound(cluster, everything, palette):
    layer = layers(organisations(cluster, everything, palette))["organisations"]
    atlas, mapping = layer["iconAtlas"], layer["iconMapping"]
    assert {row["mark"] for row in layer["data"]} == set(mapping)
    picture = ElementTree.fromstring(unquote(atlas.partition(",")[2]))
    assert picture.tag == f"{{{SVG}}}svg"
    assert int(picture.get("width")) == sum(place["width"] for place in mapping.values())
    colours = set(re.findall(r"#[0-9A-Fa-f]{6}", unquote(atlas)))
    shown = places.points(cluster, everything)[palette.d_column].dropna()
    assert set(shown) <= colours


def test_a_choice_that_matches_nothing_still_has_a_map(cluster):
    found = layers(organisations(cluster, NOTHING))
    assert found["organisations"]["data"] == found["places"]["data"] == []
    assert {"areas", "outlines"} <= set(found)
    density(cluster, NOTHING)


def test_areas_are_shaded_by_their_step_and_bear_their_rate(cluster, at_first):
    found = layers(density(cluster, at_first))
    shades = {shape["properties"]["name"]: shape["properties"] for shape in found["shaded areas"]["data"]["features"]}
    assert shades["Carrow Vale"]["said"] == "2 firms, 4.4 per 100,000 residents"
    fills = [shades[name]["fill"] for name in ("Aldbrook", "Birkwick", "Dunmere", "Carrow Vale")]
    assert fills == [maps.rgb(LIGHT.steps[step]) for step in (2, 4, 2, 5)]
    written = [row["text"].split("\n") for row in found["rates"]["data"]]
    assert sorted(said[-1] for said in written) == ["1.7*", "1.7*", "2.5*", "4.4*"]
    assert {tuple(said[:-1]) for said in written} <= {(), *((name,) for name in cluster.area_names.values())}


def test_an_area_shaded_has_its_name_where_it_is_wide_enough(cluster, at_first):
    ground, table = drawn_ground(cluster), rates.firms_per_100_000(cluster, at_first)
    box = ground.box(frozenset())

    def named(closer):
        sent = json.loads(maps.density_map(ground, table, maps.view_of(box, 520, closer)).to_json())
        return {row["text"].partition("\n")[0] for row in layers(sent)["rates"]["data"] if "\n" in row["text"]}

    assert named(-4) == set() and named(4) == set(cluster.area_names.values())


def test_the_areas_chosen_have_a_border_and_lie_below_the_marks(cluster, at_first):
    border = map_ground.geojson_of(np.array([ground_of(cluster).outline(["X00000004"])], dtype=object))
    assert "chosen" not in layers(organisations(cluster, at_first))
    found = layers(organisations(cluster, at_first, border=border))
    assert list(found).index("chosen") < list(found).index("organisations")
    assert shapely.geometry.shape(found["chosen"]["data"]["features"][0]["geometry"]).bounds == pytest.approx(
        (-2.0, 54.6, -1.5, 54.8), abs=0.01
    )
    ground, view = drawn_ground(cluster), maps.view_of((-2.4, 54.4, -1.5, 54.82), 520)
    shaded = maps.density_map(ground, rates.firms_per_100_000(cluster, at_first), view, border)
    assert not layers(json.loads(shaded.to_json()))["chosen"]["filled"]


@pytest.mark.parametrize("closer", [0, 3])
def test_what_a_view_shows_is_the_box_it_was_made_for(closer):
    west, south, east, north = box = (-2.2, 52.3, -1.6, 52.5)
    left, low, right, high = maps.box_of(maps.view_of(box, 470, closer), 470)
    assert (left + right) / 2 == pytest.approx((west + east) / 2) and (low + high) / 2 == pytest.approx(52.4, abs=1e-3)
    assert (right - left) == pytest.approx((east - west) * 2 ** (0.15 - closer), rel=1e-6)


def test_areas_with_few_firms_are_hatched_and_others_are_not(cluster, at_first):
    ground, view = drawn_ground(cluster), maps.view_of((-2.4, 54.4, -1.5, 54.82), 520)
    table = rates.firms_per_100_000(cluster, at_first)
    table = table.assign(few=table["label"] == "Dunmere")
    hatched = layers(json.loads(maps.density_map(ground, table, view).to_json()))["few firms"]
    assert [shape["properties"]["name"] for shape in hatched["data"]["features"]] == ["Dunmere"]
    assert hatched["extensions"] == [{"@@type": "FillStyleExtension", "pattern": True}]


def test_an_area_chosen_fills_the_view_and_a_zoom_comes_closer(cluster):
    ground = drawn_ground(cluster)
    whole, dunmere = ground.box(frozenset()), ground.box(frozenset({"X00000004"}))
    assert whole == pytest.approx((-2.4, 54.4, -1.5, 54.82)) and dunmere == pytest.approx((-2.0, 54.6, -1.5, 54.8))
    far, near, nearer = maps.view_of(whole, 520), maps.view_of(dunmere, 520), maps.view_of(dunmere, 520, closer=2)
    assert far.zoom < near.zoom < nearer.zoom == near.zoom + 2
    assert (near.latitude, near.longitude) == (pytest.approx(54.7), pytest.approx(-1.75))


@pytest.mark.parametrize("km", [2, 10, 40])
def test_rings_are_true_on_the_ground(km):
    rings, (west, south, east, north) = maps.rings_around(52.5, -1.9, [km / 2, km])
    small, wide = (shape["geometry"]["coordinates"][0] for shape in rings["features"])
    for ring, radius in ((small, km / 2), (wide, km)):
        reach = [kilometres(52.5, -1.9, lat, lon) for lon, lat in ring]
        assert max(reach) == pytest.approx(radius, rel=0.02) and min(reach) == pytest.approx(radius, rel=0.02)
    assert west < -1.9 < east and south < 52.5 < north
    assert kilometres(south, -1.9, north, -1.9) == pytest.approx(2 * km, rel=0.02)


def test_borders_are_drawn_simpler_without_tearing_neighbours_apart(real):
    fine = gpd.GeoDataFrame.from_features(real.geojson("boundaries")["features"])
    ground = map_ground.map_ground(ground_of(real), [], LIGHT)
    drawn = gpd.GeoDataFrame.from_features(ground.boundaries["features"])
    assert drawn["lad_code"].tolist() == fine["lad_code"].tolist()
    points = [shapely.get_num_coordinates(shapes.geometry.values).sum() for shapes in (drawn, fine)]
    assert points[0] < 0.6 * points[1]
    near = map_ground.map_ground(ground_of(real), [], LIGHT, map_ground.NEAR)
    own = gpd.GeoDataFrame.from_features(near.boundaries["features"])
    assert shapely.get_num_coordinates(own.geometry.values).sum() == pytest.approx(points[1], rel=0.01)
    apart = shapely.symmetric_difference(own.geometry.values, fine.geometry.values)  # where gaps close, and by rounding
    assert (shapely.area(apart) < 0.003 * fine.area).all()
    gaps = drawn.union_all().area - drawn.area.sum()
    assert abs(gaps) < 1e-9 and abs(drawn.area.sum() / fine.area.sum() - 1) < 0.01
