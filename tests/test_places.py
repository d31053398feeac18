"""Where the records of the invented pack are, worked by hand, and what lies near a place."""

import json
from math import asin, cos, radians, sin, sqrt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cluster_data.measures import places, rates
from cluster_data.model.filters import Filter
from tests.packs import STEADY


def kilometres(lat, lon, other_lat, other_lon):
    """Distance on a sphere, reckoned without the National Grid."""
    south, north = radians(lat), radians(other_lat)
    east = radians(other_lon - lon)
    chord = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(east / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(chord))


def test_firms_per_100_000_residents(cluster, at_first):
    table = rates.firms_per_100_000(cluster, at_first)
    assert table[["label", "firms", "population", "step"]].to_numpy().tolist() == [
        ["Carrow Vale", 2, 45_000, 5],
        ["Birkwick", 2, 80_000, 4],
        ["Aldbrook", 2, 120_000, 2],
        ["Dunmere", 1, 60_000, 2],
    ]
    assert table["rate"].round(2).tolist() == [4.44, 2.5, 1.67, 1.67]


def test_areas_without_firms_have_the_palest_step(cluster):
    table = rates.firms_per_100_000(cluster, Filter(ds=("devices",), roles=("heartland",)))
    assert table[["label", "firms", "step"]].to_numpy().tolist() == [
        ["Birkwick", 1, 5],
        ["Aldbrook", 1, 3],
        ["Carrow Vale", 0, 0],
        ["Dunmere", 0, 0],
    ]
    assert rates.firms_per_100_000(cluster, Filter(text="zzzzz"))["step"].tolist() == [0] * 4


def test_steps_are_fifths_of_the_areas_that_have_firms(real):
    table = rates.firms_per_100_000(real, Filter.default(real))
    some_firms = table[table["firms"] > 0]
    assert some_firms["step"].between(1, 5).all() and set(some_firms["step"]) == {1, 2, 3, 4, 5}
    assert some_firms["step"].is_monotonic_decreasing
    sizes = some_firms["step"].value_counts()
    assert sizes.max() - sizes.min() <= 1


def test_only_full_postcodes_are_points(cluster, at_first):
    points = places.points(cluster, at_first).set_index("id")
    assert list(points.index) == [
        "aldbrook-hospital-trust",  # Aldbrook Infirmary
        "aldbrook-hospital-trust",  # Birkwick General
        "gentle-bench",
        "test-firm-a",
        "test-firm-c",
        "test-firm-e",
        "university-of-northmark",
    ]
    assert points["letter"].tolist() == ["N", "N", "A", "", "", "", "U"]
    assert points.loc["test-firm-e", ["symbol", "colour_light", "said"]].tolist() == [
        "pentagon",
        "#5B4A9E",
        "Firm · Robotics",
    ]


def test_a_town_is_one_bubble_with_its_count(cluster, everything):
    bubbles = places.bubbles(cluster, everything)
    assert bubbles[["records", "town", "names"]].to_numpy().tolist() == [
        [2, "Aldbrook", "Test Firm J, Test Park"],
        [1, "Birkwick", "Test Firm B"],
        [1, "Birkwick", "Test Firm F 🦾"],
        [1, "Carrow", "شركة الاختبار (Test Firm G)"],  # the trust there has ended
        [1, "Dunmere", "Dunmere University College"],  # so have the laboratory and firm d
    ]
    here = places.in_town(cluster, everything, "Aldbrook")
    assert list(here["id"]) == ["test-firm-j", "test-park"]


def test_what_is_marked_is_where_the_map_draws_it(cluster, everything):
    assert places.spots_of(cluster, everything, "Aldbrook") == ((54.501, -2.201),)
    assert places.spots_of(cluster, everything, "test-firm-a") == ((54.503, -2.198),)
    assert len(places.spots_of(cluster, everything, "Birkwick")) == 2
    assert places.spots_of(cluster, Filter(text="zzzzz"), "test-firm-a") == ()


def test_of_many_names_the_first_five_are_given(real, everything):
    bubble = places.bubbles(real, everything).iloc[0]
    assert bubble["records"] > 5
    assert bubble["names"].endswith(f" and {bubble['records'] - 5} more")


def test_bubbles_too_close_to_tell_apart_are_one_in_the_place_of_the_largest():
    bubbles = pd.DataFrame({"east": [0, 900, 90_000], "north": [0, 0, 0], "records": [1, 4, 2]})
    assert places.gathered(bubbles, 100_000).to_numpy().tolist() == [
        [900, 0, 5, (1, 0)],
        [90_000, 0, 2, (2,)],
    ]
    assert places.gathered(bubbles, 10_000)["records"].tolist() == [4, 2, 1]
    assert places.gathered(bubbles.head(0), 10_000).empty


def test_organisations_without_a_position_are_counted(cluster, everything):
    # h and l have no place, i only an authority; the board and one club have none
    missing = places.not_on_map(cluster, everything)
    assert missing[["label", "records"]].to_numpy().tolist() == [["Firms", 3], ["Care boards", 1], ["Assets", 1]]


@pytest.mark.parametrize("choice", [{}, {"roles": ("heartland",)}, {"ds": ("digital",)}, {"text": "zzzzz"}])
def test_each_organisation_is_a_point_or_in_a_bubble_or_not_on_the_map(cluster, choice):
    chosen = Filter(**choice)
    organisations = cluster.records[chosen.keeps_of(cluster, *places.PLACED_TYPES)]
    points, bubbles = places.points(cluster, chosen)["id"].nunique(), places.bubbles(cluster, chosen)["records"].sum()
    assert points + bubbles + places.not_on_map(cluster, chosen)["records"].sum() == len(organisations)
    assert places.how_drawn(cluster, chosen) == {
        "point": points,
        "bubble": bubbles,
        "none": len(chosen.records(cluster)) - points - bubbles,
    }


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("NM1 3", "NM1 3HP"),
        ("NM1 3", "nm13hp"),
        ("NM1 3", "  Nm1   3hP "),
        ("NM1 3", "NM1 3"),
        ("NM1 3", "nm13"),
        ("NM1", "NM1"),
        ("NM2", "nm2"),
        ("NM1", "NM1 9ZZ"),  # the sector is not known, the district is
        ("NM9 1", "NM9 1AA"),  # across the border
        ("Aldbrook", "aldbrook"),
        ("Aldbrook", "AULDBROOK"),  # an alias
        ("Aldbrook", "Aldbrook-on-Moor"),
        ("Dunmere", "Dunmere"),
        ("Dunmere Strand", "dunmere  strand"),
    ],
)
def test_a_place_is_found(cluster, name, asked):
    place, close = places.find_place(cluster, asked)
    assert (place.name, close) == (name, [])


def test_a_place_says_how_exact_it_is(cluster):
    said = [places.find_place(cluster, asked)[0].said for asked in ("NM1 3HP", "NM1", "Carrow")]
    assert said == [
        "the middle of postcode sector NM1 3",
        "the middle of postcode district NM1",
        "the middle of Carrow, Carrow Vale",
    ]


@pytest.mark.parametrize(
    ("close", "asked"),
    [
        (["Aldbrook"], "Aldbrok"),
        (["Birkwick"], "birckwik"),
        ([], ""),
        ([], "   "),
        ([], "Nowhereville"),
        ([], "ZZ9 9ZZ"),
        ([], "NM7"),
    ],
)
def test_a_place_that_is_not_known_gives_the_closest_names(cluster, close, asked):
    place, offered = places.find_place(cluster, asked)
    assert place is None and offered[:1] == close


@settings(STEADY, max_examples=60)
@given(some.text(max_size=300) | some.sampled_from(["(", "[a-", "\\", "'; --", "<script>", "NM", "1", "🦾" * 300]))
def test_any_text_finds_a_place_or_none(cluster, asked):
    place, close = places.find_place(cluster, asked)
    assert (place is None or close == []) and len(close) <= 3


def test_what_lies_near_comes_nearest_first(cluster, everything):
    place, _ = places.find_place(cluster, "Aldbrook")
    near = places.near(cluster, everything, place, 5)
    assert near[["id", "km", "approximate"]].to_numpy().tolist() == [
        ["test-firm-j", 0.0, True],
        ["test-park", 0.0, True],
        ["test-firm-a", 0.3, False],
        ["test-firm-e", 0.4, False],
        ["aldbrook-hospital-trust", 1.3, False],
        ["university-of-northmark", 1.3, False],
        ["gentle-bench", 1.4, False],
    ]


@pytest.mark.parametrize(("within", "records"), [(0.3, 3), (1, 4), (1.3, 6), (20, 7), (24, 9), (26, 12), (100, 14)])
def test_a_wider_ring_holds_more(cluster, everything, within, records):
    place, _ = places.find_place(cluster, "Aldbrook")
    assert len(places.near(cluster, everything, place, within)) == records


@pytest.mark.parametrize("asked", ["NM1 3HP", "Dunmere", "NM9 1AA"])
def test_distances_are_those_on_the_ground(cluster, everything, asked):
    place, _ = places.find_place(cluster, asked)
    where = pd.concat([cluster.records.set_index("id"), cluster.table("sites").set_index("name")])
    near = places.near(cluster, everything, place, 500)
    assert len(near) == 14
    for row in near.itertuples():
        at = where.loc[row.id if pd.isna(row.site) else row.site]
        expected = kilometres(place.lat, place.lon, at["lat"], at["lon"])
        assert row.km == pytest.approx(expected, rel=0.005, abs=0.06)


def test_borders_drawn_strong_are_those_the_pack_names(cluster):
    assert places.outlined(cluster) == ["X00000001", "X00000002"]
    assert places.outline_groups(cluster) == [
        ("X00000001", "X00000002"),
        ("X00000001", "X00000002"),
        ("X00000003", "X00000004"),
    ]


def test_places_labelled_on_the_small_map_are_cities(cluster):
    assert places.cities(cluster)["name"].tolist() == ["Dunmere"]


def test_density_for_readers(cluster, at_first):
    table = rates.density_in_words(rates.firms_per_100_000(cluster, at_first))
    assert table.iloc[0].to_dict() == {
        "Area": "Carrow Vale",
        "Firms": 2,
        "Residents": 45_000,
        "Year of residents": 2021,
        "Firms per 100,000 residents": 4.44,
        "Take with care": "fewer than 10 firms",
    }


def test_a_table_with_positions_as_geojson(cluster):
    written = json.loads(places.geojson(cluster.table("assets")))
    assert [shape["properties"]["id"] for shape in written["features"]] == [
        "test-park",
        "gentle-bench",
        "old-press-lab",
    ]
    assert written["features"][0]["geometry"] == {"type": "Point", "coordinates": [-2.201, 54.501]}


def test_a_postcode_whose_sector_is_not_known_says_that_its_district_is_taken(cluster):
    place, _ = places.find_place(cluster, "NM1 9ZZ")
    assert place.said == "the middle of postcode district NM1, as its sector NM1 9 is not known here"
    district, _ = places.find_place(cluster, "nm1")
    assert district.said == "the middle of postcode district NM1"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("nm13hp", "NM1 3"),
        ("NM1-3HP", "NM1 3"),
        ("nm1 3h", "NM1 3"),
        ("NM1 3", "NM1 3"),
        ("NM13", "NM1 3"),
        ("nm1", "NM1"),
        ("NM1 3HPP", None),
        ("NM1 33", None),
        ("NM1 9", None),
        ("NM7 1AA", None),
        ("1AA", None),
    ],
)
def test_a_postcode_is_read_as_it_is_spaced_and_never_as_another(cluster, asked, found):
    place, _ = places.find_place(cluster, asked)
    assert (place and place.name) == found
