"""Who is here: the directory, and the lists of records beside maps and cells."""

from cluster_data.findings import captions
from cluster_data.measures import organisations, places, support
from cluster_data.model.filters import Filter
from cluster_data.model.formats import in_words


def pairs(table, *columns):
    """Columns of a table as a list of tuples."""
    return list(zip(*(table[column] for column in columns), strict=True))


def test_the_directory_says_what_is_known_and_what_is_not(cluster):
    rows = in_words(organisations.directory(cluster, cluster.records)).set_axis(cluster.records["id"])
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
        "Rests on": "one source only",
        "Confidence": "Fair",
        "Website": "",
        "Sources": "https://example.org/gazette",
    }
    said = rows.loc[["test-firm-e", "test-firm-j", "rule-desk", "test-ministry", "moor-and-dale-care-board"]]
    assert said["Ds"].tolist() == ["Robotics, Devices", "no D", "no D", "", "no D"]
    assert said["Town"].tolist() == ["Aldbrook", "Aldbrook", "", "", "not known"]
    assert said["Newest source"].tolist() == ["2026", "2021", "year not known", "", "year not known"]
    assert said["Rests on"].tolist() == [
        "2 sources",
        "one source only",
        "one source only",
        "no source of its own",
        "one source only",
    ]
    assert said["Role"].tolist() == ["Heartland", "Supplier", "", "", ""]


def test_names_with_signs_and_other_letters_are_kept(cluster):
    known = organisations.names(cluster)
    assert known["test-firm-e"] == 'Test Firm E "The Quoted" & <b>Sons</b>'
    assert known["test-firm-f"] == "Test Firm F 🦾"
    assert known["test-firm-g"] == "شركة الاختبار (Test Firm G)"
    assert len(known) == 12 + 2 + 3 + 4 + 6 + 2 + 2
    assert [name.casefold() for name in known.values()] == sorted(name.casefold() for name in known.values())


def test_records_come_by_type_and_name_and_by_how_well_they_answer(cluster, everything):
    everyone = organisations.found(cluster, everything)
    assert len(everyone) == 25  # of 31, five have ended, and the vouchers are the bench
    assert list(dict.fromkeys(everyone["record_type"])) == list(cluster.labels("record_type"))
    assert everyone["id"].iloc[11:13].tolist() == ["dunmere-college", "university-of-northmark"]
    # "dunmere" is in the name of a college, and in the town of a firm and a laboratory
    named = organisations.found(cluster, Filter(text="dunmere", ended=True))
    assert named["id"].tolist() == ["dunmere-college", "test-firm-d", "old-press-lab"]


def test_a_long_list_can_be_cut(cluster, everything):
    whole = organisations.found(cluster, everything)
    assert organisations.found(cluster, everything, 5)["id"].tolist() == whole["id"].tolist()[:5]


def test_the_list_beside_the_map_says_how_each_is_drawn(cluster, at_first):
    table = organisations.on_map(cluster, at_first)
    assert table["Position"].value_counts().to_dict() == {
        "to about 100 metres": 6,
        "approximate": 5,
        "not on the map": 4,
    }
    assert organisations.placed(cluster, at_first) == len(table) == 15
    assert set(organisations.on_map(cluster, Filter(kinds=("asset",)))["Kind"]) == {"Asset"}
    assert organisations.on_map(cluster, Filter(kinds=("offer",))).empty


def test_what_is_near_is_said_with_its_distance(cluster, everything):
    place, _ = places.find_place(cluster, "Aldbrook")
    table = organisations.near_in_words(cluster, places.near(cluster, everything, place, 1))
    assert pairs(table, "Name", "Distance") == [
        ("Test Firm J", "less than 1 km"),
        ("Test Park", "less than 1 km"),
        ("Test Firm A", "0.3 km"),
        ('Test Firm E "The Quoted" & <b>Sons</b>', "0.4 km"),
    ]


def test_nothing_near_is_an_empty_list(cluster, everything):
    far_away, _ = places.find_place(cluster, "NM9 1AA")
    assert organisations.near_in_words(cluster, places.near(cluster, everything, far_away, 5)).empty


def test_offers_behind_a_cell_are_said_with_provider_and_reach(cluster, everything):
    behind = support.behind_cell(cluster, everything, "help here", "D", "N2", "devices")
    offers = organisations.behind_in_words(cluster, behind["offer"])
    assert pairs(in_words(offers), "Name", "By", "Reach", "Status", "Newest source") == [
        ("National Health Prize", "Test Ministry", "Whole nation", "Open", "2024"),
        ("Rule Desk", "Test Park", "All of Northmark", "Unclear", "year not known"),  # names no D
    ]
    assets = organisations.behind_in_words(cluster, behind["asset"])
    assert pairs(assets, "Name", "Area") == [("Gentle Bench", "Aldbrook")]
    assert organisations.behind_in_words(cluster, behind["offer"].iloc[:0]).empty


def test_a_download_of_the_directory_carries_websites_and_sources(cluster):
    rows = organisations.directory(cluster, cluster.records).set_index("id")
    urls = cluster.table("sources").set_index("id")["url"]
    assert rows.loc["first-ward", "Website"] == "https://example.org/ward"
    assert rows.loc["national-health-prize", "Sources"] == f"{urls['test-gazette']} {urls['test-survey']}"
    assert rows.loc["rule-desk", "Website"] == ""
    assert rows.loc["test-ministry", "Sources"] == "" or "source_ids" in cluster.table("partners").columns


def test_the_list_beside_the_map_counts_the_sites_that_the_map_draws(cluster):
    # Aldbrook Hospital Trust has a site in Aldbrook and one in Birkwick.
    for areas, where, key in (
        ((), "2 sites", "2 sites of 1 hospital trust"),
        (("Aldbrook",), "1 of 2 sites", "1 site of 1 hospital trust"),
        (("Dunmere",), "NM1 3HO, Aldbrook", "not on the map"),  # the choice leaves it out
    ):
        chosen = Filter(areas=areas, kinds=("trust",))
        rows = cluster.records[cluster.records["id"] == "aldbrook-hospital-trust"]
        listed = organisations.beside_map(cluster, chosen, rows)["Where"].tolist()
        assert listed == [where]
        assert key in captions.map_key_in_short(cluster, chosen)
