"""Who is here: the directory, a profile's facts, links and sources, and what stands near."""

import pytest

from cluster_data.filters import Filter
from cluster_data.measures import help, organisations, places


def pairs(table, *columns):
    """Columns of a table as a list of tuples."""
    return list(zip(*(table[column] for column in columns), strict=True))


def test_the_directory_says_what_is_known_and_what_is_not(cluster):
    rows = organisations.directory(cluster, cluster.records).set_index("id")
    assert rows.loc["test-firm-h"].to_dict() == {
        "Name": "Test Firm H",
        "Kind": "Firm",
        "Ds": "Devices",
        "Town": "not known",
        "Area": "not known",
        "Role": "Heartland",
        "Stage": "Grown",
        "Status": "Trading",
        "Newest source": "2018",
        "Confidence": "Fair",
    }
    said = rows.loc[["test-firm-e", "test-firm-j", "rule-desk", "test-ministry", "moor-and-dale-care-board"]]
    assert said["Ds"].tolist() == ["Robotics, Devices", "no D", "no D", "", "no D"]
    assert said["Town"].tolist() == ["Aldbrook", "Aldbrook", "", "", "not known"]
    assert said["Newest source"].tolist() == ["2026", "2021", "undated", "", "undated"]
    assert said["Role"].tolist() == ["Heartland", "Supplier", "", "", ""]


def test_names_with_signs_and_other_letters_are_kept(cluster):
    known = organisations.names(cluster)
    assert known["test-firm-e"] == 'Test Firm E "The Quoted" & <b>Sons</b>'
    assert known["test-firm-f"] == "Test Firm F 🦾"
    assert known["test-firm-g"] == "شركة الاختبار (Test Firm G)"
    assert len(known) == 12 + 2 + 3 + 4 + 6 + 2 + 2
    assert [name.casefold() for name in known.values()] == sorted(name.casefold() for name in known.values())


def test_records_come_by_sort_and_name_and_by_how_well_they_answer(cluster, everything):
    everyone = organisations.found(cluster, everything)
    assert len(everyone) == 31
    assert list(dict.fromkeys(everyone["sort"])) == list(cluster.labels("sort"))
    assert everyone["id"].iloc[12:14].tolist() == ["dunmere-college", "university-of-northmark"]
    # "dunmere" is in the name of a college, and in the town of a firm and a laboratory
    named = organisations.found(cluster, Filter(text="dunmere"))
    assert named["id"].tolist() == ["dunmere-college", "test-firm-d", "old-press-lab"]


def test_a_long_list_can_be_cut(cluster, everything):
    whole = organisations.found(cluster, everything)
    assert organisations.found(cluster, everything, 5)["id"].tolist() == whole["id"].tolist()[:5]


def test_the_list_beside_the_map_says_how_each_is_drawn(cluster, at_first):
    table = organisations.on_map(cluster, at_first)
    assert table["Position"].value_counts().to_dict() == {
        "to about 100 metres": 6,
        "approximate": 8,
        "not on the map": 4,
    }
    assert organisations.placed(cluster, at_first) == len(table) == 18
    assert set(organisations.on_map(cluster, Filter(kinds=("asset",)))["Kind"]) == {"Asset"}
    assert organisations.on_map(cluster, Filter(kinds=("offer",))).empty


def test_what_is_near_is_said_with_its_distance(cluster, everything):
    place, _ = places.find_place(cluster, "Aldbrook")
    table = organisations.near_in_words(cluster, places.near(cluster, everything, place, 1))
    assert pairs(table, "Name", "Distance") == [
        ("Test Firm J", "about 0.0 km"),
        ("Test Park", "about 0.0 km"),
        ("Test Firm A", "0.3 km"),
        ('Test Firm E "The Quoted" & <b>Sons</b>', "0.4 km"),
    ]


def test_nothing_near_is_an_empty_list(cluster, everything):
    far_away, _ = places.find_place(cluster, "NM9 1AA")
    assert organisations.near_in_words(cluster, places.near(cluster, everything, far_away, 5)).empty


def test_offers_behind_a_cell_are_said_with_provider_and_reach(cluster, everything):
    behind = help.behind_cell(cluster, everything, "help here", "D", "N2", "devices")
    offers = organisations.behind_in_words(cluster, behind["offer"])
    assert pairs(offers, "Name", "By", "Reach", "Status", "Newest source") == [
        ("National Health Prize", "Test Ministry", "Whole nation", "Open", "2024")
    ]
    assets = organisations.behind_in_words(cluster, behind["asset"])
    assert pairs(assets, "Name", "Area") == [("Gentle Bench", "Aldbrook")]
    assert organisations.behind_in_words(cluster, behind["offer"].iloc[:0]).empty


def test_facts_are_in_words_and_gaps_are_named(cluster):
    said = dict(pairs(organisations.facts(cluster, "company", "test-firm-a"), "fact", "said"))
    assert said["Funding seen"] == "£250,000"
    assert said["Founded"] == "2015"
    assert said["Challenges it is known to face"] == "Finding a first hospital (N1); Rules (N2)"
    assert said["Located at"] == "Test Park"
    assert said["Area"] == "Aldbrook"
    assert said["Stage"] == "Grown"
    unknown = dict(pairs(organisations.facts(cluster, "company", "test-firm-l"), "fact", "said"))
    assert (unknown["Founded"], unknown["Employees"], unknown["Stage"]) == ("not known",) * 3
    assert "Funding seen" not in unknown


@pytest.mark.parametrize(
    ("sort", "record", "fact", "said"),
    [
        ("offer", "first-ward", "Sorts of help", "Advice; Rooms"),
        ("offer", "first-ward", "Themes", "Help from the start (A); A desk to ask at (A.1)"),
        ("offer", "first-ward", "Reach", "Inner Northmark only"),
        ("trust", "aldbrook-hospital-trust", "Staff", "5,200"),
        ("trust", "aldbrook-hospital-trust", "Year of staff", "2024"),
        ("board", "moor-and-dale-care-board", "NHS ODS code", "XAB"),
        ("university", "university-of-northmark", "Medical school", "Has a medical school"),
        ("asset", "gentle-bench", "Run by", "Aldbrook Hospital Trust; University of Northmark"),
    ],
)
def test_facts_of_other_sorts(cluster, sort, record, fact, said):
    assert dict(pairs(organisations.facts(cluster, sort, record), "fact", "said"))[fact] == said


@pytest.mark.parametrize("pack", ["cluster", "real"])
def test_every_record_has_a_profile(request, pack):
    cluster = request.getfixturevalue(pack)
    sample = cluster.records.groupby("sort").head(6)
    for row in sample.itertuples():
        organisations.facts(cluster, row.sort, row.id)
        assert cluster.labels("sort")[row.sort] in organisations.profile_in_words(cluster, row.id).split(" · ")[0]
        assert len(organisations.nearest_help(cluster, row.id)) <= 10
        assert len(organisations.neighbours(cluster, row.id)) <= 6
        assert row.id not in set(organisations.linked(cluster, row.id)["other"])


def test_sources_stand_with_publisher_and_title(cluster):
    cited = organisations.sources(cluster, "company", "test-firm-e")
    assert pairs(cited, "title", "url") == [
        ("Test Gazette: Firms of Northmark", "https://example.org/gazette"),
        ("Test Survey", "https://example.com/survey"),
    ]


@pytest.mark.parametrize(
    ("record", "links"),
    [
        ("test-firm-a", [("sits in", "Test Park"), ("works with", "Aldbrook Hospital Trust")]),
        ("test-park", [("houses", "Test Firm A")]),
        ("aldbrook-hospital-trust", [("works with", "Test Firm A")]),
        ("test-firm-f", [("grew from", "University of Northmark")]),
        (
            "university-of-northmark",
            [("gave rise to", "Test Firm F 🦾"), ("works with", "Moor and Dale Care Board")],
        ),
        ("test-firm-e", [("is funded by", "Test Capital"), ("works with", "Gentle Bench")]),
        ("test-capital", [("funds", 'Test Firm E "The Quoted" & <b>Sons</b>')]),
        ("test-firm-b", []),
    ],
)
def test_links_are_said_from_both_ends(cluster, record, links):
    assert pairs(organisations.linked(cluster, record), "said", "name") == links


@pytest.mark.parametrize(
    ("record", "near"),
    [
        # assets by distance, then offers of a shared D by reach, the nearest reach first
        (
            "test-firm-e",
            [("test-park", 0.4), ("gentle-bench", 1.1), "first-ward", "bench-vouchers", "national-health-prize"],
        ),
        ("test-firm-a", [("test-park", 0.3), "national-health-prize"]),
        ("test-firm-c", ["national-health-prize"]),  # the laboratory for diagnostics has ended
        ("test-firm-h", [("gentle-bench", None), "first-ward", "national-health-prize"]),  # no one knows where h is
        ("test-firm-j", []),  # no D
    ],
)
def test_nearest_help_shares_a_d_and_reaches_the_record(cluster, record, near):
    table = organisations.nearest_help(cluster, record).astype({"km": object})
    found = [
        (row.id, None if row.km != row.km else row.km) if row.sort == "asset" else row.id for row in table.itertuples()
    ]
    assert found == near


def test_an_offer_held_to_a_group_does_not_help_outside_it(cluster):
    assert "first-ward" in set(organisations.nearest_help(cluster, "test-firm-b")["id"])  # Birkwick, devices
    assert "first-ward" not in set(organisations.nearest_help(cluster, "dunmere-college")["id"])  # Dunmere, devices


def test_an_asset_is_not_its_own_nearest_help(cluster):
    assert "gentle-bench" not in set(organisations.nearest_help(cluster, "gentle-bench")["id"])


@pytest.mark.parametrize(
    ("record", "around"),
    [
        (
            "test-firm-a",  # data
            [
                ("test-park", 0.3, True),
                ("university-of-northmark", 1.2, False),
                ("aldbrook-hospital-trust", 1.4, False),
                ("test-firm-g", 21.9, True),
            ],
        ),
        # diagnostics; firm i has no position and the laboratory has ended
        ("test-firm-c", [("aldbrook-hospital-trust", 24.6, False)]),
        ("test-firm-h", []),
        ("test-firm-j", []),
    ],
)
def test_neighbours_share_a_d_nearest_first(cluster, record, around):
    assert pairs(organisations.neighbours(cluster, record), "id", "km", "approximate") == around


def test_a_profile_says_in_one_line_what_the_record_is(cluster):
    lines = [organisations.profile_in_words(cluster, record) for record in ("test-firm-e", "test-firm-c", "rule-desk")]
    assert lines == [
        "Firm · Robotics, Devices · Aldbrook",
        "Firm · Diagnostics · Carrow, Carrow Vale",
        "Offer · no D · place not known",
    ]


@pytest.mark.parametrize(
    ("record", "place"),
    [
        ("test-firm-h", "place not known"),
        ("test-firm-i", "Dunmere"),  # its town is not known, its area is
        ("test-ministry", "place not known"),
    ],
)
def test_the_line_of_a_profile_has_no_empty_parts(cluster, record, place):
    parts = organisations.profile_in_words(cluster, record).split(" · ")
    assert parts[-1] == place and all(parts)


def test_a_record_may_stand_in_several_tables(real):
    twice = real.records[real.records["id"].duplicated()]["id"].iloc[0]
    tables = organisations.tables_of(real, twice)
    assert len(tables) == 2 == len(organisations.records_of(real, twice))
