"""Sites of NHS bodies: where a body stands, is found, counts and is drawn. Worked by hand on the invented pack.

The Aldbrook Hospital Trust, with its head office in Aldbrook, has one site there (2024) and one in Birkwick (2018);
the Carrow Mind Trust, which has ended, has one in Carrow Vale, known only by its town.
"""

import pandas as pd
import pytest

from cluster_data.drawing import map_ground, maps
from cluster_data.drawing.ground import ground_of
from cluster_data.findings import captions, headlines
from cluster_data.input.read import read_cluster
from cluster_data.measures import areas, network, organisations, places, profiles
from cluster_data.measures.organisations import sites_in_words
from cluster_data.model.filters import Filter
from cluster_data.palette import LIGHT
from cluster_data.views.areas import map_of_area
from tests.packs import TODAY, edit, write_pack

TRUST, MIND = "aldbrook-hospital-trust", "carrow-mind-trust"
TRUSTS = Filter(kinds=("trust",))


def sites_of_points(cluster, chosen):
    """The names on the points of the map that are not firms'."""
    points = places.points(cluster, chosen)
    return points.loc[points["letter"] == "N", "name"].tolist()


def test_a_body_is_drawn_at_each_of_its_sites_and_not_a_second_time_at_its_head_office(cluster):
    points = places.points(cluster, TRUSTS)
    assert points[["id", "name", "lat", "lon", "letter"]].to_numpy().tolist() == [
        [TRUST, "Aldbrook Infirmary · Aldbrook Hospital Trust", 54.491, -2.191, "N"],
        [TRUST, "Birkwick General · Aldbrook Hospital Trust", 54.505, -1.803, "N"],
    ]
    assert places.how_drawn(cluster, Filter(kinds=("trust",), statuses=("trading",))) == {
        "point": 1,
        "bubble": 0,
        "none": 0,
    }


@pytest.mark.parametrize(
    ("area", "drawn"),
    [
        ("Aldbrook", ["Aldbrook Infirmary · Aldbrook Hospital Trust"]),
        ("Birkwick", ["Birkwick General · Aldbrook Hospital Trust"]),
        (
            "Inner Northmark",
            ["Aldbrook Infirmary · Aldbrook Hospital Trust", "Birkwick General · Aldbrook Hospital Trust"],
        ),
        ("Dunmere", []),
    ],
)
def test_an_area_keeps_the_bodies_that_have_a_site_there_and_draws_those_sites(cluster, area, drawn):
    chosen = TRUSTS.but(areas=(area,))
    assert sites_of_points(cluster, chosen) == drawn
    assert (TRUST in set(chosen.records(cluster)["id"])) == bool(drawn)
    assert [name for name in map_of_area(cluster, Filter(), area).points()["name"] if "Trust" in name] == drawn


def test_a_body_without_sites_in_the_area_of_its_head_office_is_drawn_at_its_head_office(tmp_path):
    moved = edit("aldbrook-infirmary", postcode="NM2 4CD", lad_code="X00000002", lat="54.5", lon="-1.8")
    pack = read_cluster(write_pack(tmp_path, sites=moved), TODAY)
    points = places.points(pack, TRUSTS.but(areas=("Aldbrook",)))
    assert points[["name", "lat"]].to_numpy().tolist() == [["Aldbrook Hospital Trust", 54.491]]
    assert len(places.points(pack, TRUSTS)) == 2


def test_near_a_place_sites_are_listed_and_bodies_count_once(cluster, everything):
    place, _ = places.find_place(cluster, "NM1 3HP")
    chosen = TRUSTS.but(ended=True)
    near = places.near(cluster, chosen, place, 30)
    assert near[["id", "site", "km", "approximate"]].to_numpy().tolist() == [
        [TRUST, "Aldbrook Infirmary", 0.0, False],
        [MIND, "Carrow House", 23.3, True],
        [TRUST, "Birkwick General", 25.2, False],
    ]
    said = "2 records within 30 km of NM1 3, 1 of them known only by town or sector"
    assert headlines.map_finding(cluster, chosen, place, 30, near) == said
    assert captions.near_parts(cluster, place, 30, near) == [
        (False, "1 record placed within 30 km of NM1 3; 2 sites of 1 hospital trust count as 1"),
        (True, "1 record known only by a town or sector whose middle lies within"),
    ]
    exact = near[~near["approximate"]]
    table = organisations.near_in_words(cluster, exact)
    assert table[["Name", "Distance", "Town", "Newest source"]].to_numpy().tolist() == [
        ["Aldbrook Infirmary, Aldbrook Hospital Trust", "0.0 km", "Aldbrook", "2024"],
        ["Birkwick General, Aldbrook Hospital Trust", "25.2 km", "Birkwick", "2018, over three years old"],
    ]


def test_a_body_counts_once_in_each_area_and_once_in_the_region(cluster):
    counted = areas.all_areas(cluster, Filter()).set_index("area")["trust"].to_dict()
    assert counted == {
        "Inner Northmark": 1,
        "Moor and Dale ICS": 1,
        "Coast ICS": 0,
        "Aldbrook": 1,
        "Birkwick": 1,
        "Carrow Vale": 0,
        "Dunmere": 0,
    }
    assert areas.region_counts(cluster, Filter())["trust"] == 1
    assert TRUST in set(areas.who_is_in(cluster, Filter(), "Birkwick")["id"])
    assert list(areas.sites_in(cluster, Filter(), "Birkwick")["name"]) == ["Birkwick General"]
    assert areas.sites_in(cluster, Filter(), "Carrow Vale").empty
    assert areas.at_sites(cluster, Filter()).startswith("1 hospital trust has its head office and sites in more")
    assert network.kept_members(cluster, TRUSTS.but(areas=("Birkwick",))).sum() == 1


@pytest.mark.parametrize("asked", ["infirmary", "Birkwick General", "nm2 4ce", "birkwik genral", "infirmary trust"])
def test_a_body_is_found_by_its_sites(cluster, asked):
    assert TRUST in set(Filter(text=asked).records(cluster)["id"])
    assert TRUST in set(organisations.found(cluster, Filter(text=asked))["id"])


def test_the_sites_of_what_has_ended_stand_nowhere_unless_asked_for(cluster):
    assert places.bubbles(cluster, TRUSTS).empty
    assert places.bubbles(cluster, TRUSTS.but(ended=True))["names"].tolist() == ["Carrow House · Carrow Mind Trust"]
    place, _ = places.find_place(cluster, "Carrow")
    assert places.near(cluster, TRUSTS, place, 5).empty


def test_a_profile_lists_the_sites_with_their_age_and_sources(cluster):
    rows = sites_in_words(cluster, profiles.sites_of(cluster, TRUST))
    assert rows.drop(columns=["id", "NHS body", "Sources"]).to_numpy().tolist() == [
        ["Aldbrook Infirmary", "Acute hospital", "NM1 3HO", "Aldbrook", "2024", ""],
        [
            "Birkwick General",
            "Acute hospital",
            "NM2 4CE",
            "Birkwick",
            "2018, over three years old",
            "Smaller than it was",
        ],
    ]
    assert [len(cell.split()) for cell in rows["Sources"]] == [1, 2]
    assert "Main sites" not in set(profiles.facts(cluster, "trust", TRUST)["Fact"])
    beside = profiles.side_by_side(cluster, [TRUST, "test-park"]).set_index("Fact")
    assert beside.loc["Main sites", "Aldbrook Hospital Trust"] == "Aldbrook Infirmary; Birkwick General"


def test_a_pack_without_sites_draws_and_tells_as_before(tmp_path):
    pack = read_cluster(write_pack(tmp_path, sites=None), TODAY)
    assert sites_of_points(pack, TRUSTS) == ["Aldbrook Hospital Trust"]
    assert "Main sites" in set(profiles.facts(pack, "trust", TRUST)["Fact"])
    assert areas.all_areas(pack, Filter()).set_index("area").loc["Birkwick", "trust"] == 0
    assert "site" not in captions.map_key_in_short(pack, Filter())


def test_each_mark_of_a_site_opens_its_body(cluster):
    ground = map_ground.map_ground(ground_of(cluster), [], LIGHT)
    marks = places.points(cluster, TRUSTS), places.bubbles(cluster, TRUSTS), places.cities(cluster)
    deck = maps.organisations_map(ground, *marks, maps.view_of(ground.box(frozenset()), 500))
    rows = next(layer.data for layer in deck.layers if layer.id == "organisations")
    rows = rows if isinstance(rows, list) else pd.DataFrame(rows).to_dict("records")
    assert {(row["id"], row["name"]) for row in rows} == {
        (TRUST, "Aldbrook Infirmary · Aldbrook Hospital Trust"),
        (TRUST, "Birkwick General · Aldbrook Hospital Trust"),
    }


def test_sites_drawn_are_those_of_the_file(real):
    sites = real.table("sites")
    points = places.points(real, Filter(ended=True))
    exact = sites[sites["location_precision"] == "postcode"]
    assert points["name"].str.contains(" · ").sum() == len(exact)
    for code, name in real.area_names.items():
        chosen = Filter(areas=(name,), kinds=("trust", "board"))
        own = real.table("trusts").query("lad_code == @code")["id"]
        there = set(sites.loc[sites["lad_code"] == code, "trust_id"]) | set(own)
        assert set(chosen.records(real)["id"]) <= there
