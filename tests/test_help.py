"""The heat map of the invented pack, each lens by each split, counted by hand from its rows.

Not ended: first-ward (N1; devices + robotics; at trial; reaches Inner Northmark; theme A), rule-desk (N2; no D; idea,
trial and sale; reaches Northmark; theme A), bench-vouchers (N1 + N3; robotics; trial; Northmark; theme B), the prize
(N2; all Ds; sale; the nation; no theme), test-park (N3; data + robotics; Aldbrook), gentle-bench (N1 + N2; robotics +
devices; Aldbrook), coast-club (N1; no D; no area). The vouchers are an offer of the bench: one source of help.
"5(2)" stands for five sources of help, of which two name the column; the others name no D, or no stage, and are open.
By area, help that reaches all of Northmark or the nation is told apart: the vouchers for N1 and N3, the desk and the
prize for N2; cells hold the rest.
Firms that face a challenge: a (data, Aldbrook, grown) N1 + N2, b (devices + digital, Birkwick, at launch) N1,
e (robotics + devices, Aldbrook, at launch) N2 + N3, i (diagnostics, Dunmere, in the lab) N3.
"""

from dataclasses import replace

import pytest

from cluster_data.findings import captions
from cluster_data.measures import help, splits, support
from cluster_data.model.filters import Filter
from cluster_data.model.formats import as_data, in_words
from cluster_data.views import opened

BY_D = "Data Devices Diagnostics Digital Robotics"
BY_AREA = "Aldbrook Birkwick Rest_of_region"
BY_EVERY_AREA = "Aldbrook Birkwick Carrow_Vale Dunmere"
BY_GROUP = "Inner_Northmark Moor_and_Dale_ICS Coast_ICS"
GRIDS = {
    ("help here", "D"): (BY_D, "1(0) 3(2) 1(0) 1(0) 3(2)", "2(1) 3(2) 2(1) 2(1) 3(2)", "1(1) 0 0 0 2(2)"),
    ("help here", "area"): (BY_AREA, "1 1 0", "1 0 0", "1 0 0"),
    ("help here", "every area"): (BY_EVERY_AREA, "1 1 0 0", "1 0 0 0", "1 0 0 0"),
    ("help here", "group of areas"): (BY_GROUP, "1 1 0", "1 1 0", "1 1 0"),
    ("help here", "stage"): ("Idea Trial Sale", "2(0) 3(2) 2(0)", "2(1) 2(1) 3(2)", "1(0) 2(1) 1(0)"),
    ("help here", "theme"): ("Help_from_the_start Rooms_and_money", "1 1", "1 0", "0 1"),
    ("local help only", "D"): (BY_D, "1(0) 3(2) 1(0) 1(0) 3(2)", "1(0) 2(1) 1(0) 1(0) 2(1)", "1(1) 0 0 0 2(2)"),
    ("local help only", "area"): (BY_AREA, "1 1 0", "1 0 0", "1 0 0"),
    ("local help only", "every area"): (BY_EVERY_AREA, "1 1 0 0", "1 0 0 0", "1 0 0 0"),
    ("local help only", "group of areas"): (BY_GROUP, "1 1 0", "1 1 0", "1 1 0"),
    ("local help only", "stage"): ("Idea Trial Sale", "2(0) 3(2) 2(0)", "2(1) 2(1) 2(1)", "1(0) 2(1) 1(0)"),
    ("local help only", "theme"): ("Help_from_the_start Rooms_and_money", "1 1", "1 0", "0 1"),
    ("firms per source of help", "area"): (BY_AREA, "1.0 1.0 3.0", "0.7 1.0 1.5", "1.0 2.0 3.0"),
    ("firms per source of help", "every area"): (
        BY_EVERY_AREA,
        "1.0 1.0 2.0 1.0",
        "0.7 1.0 1.0 0.5",
        "1.0 2.0 2.0 1.0",
    ),
    ("firms per source of help", "group of areas"): (BY_GROUP, "2.0 2.0 3.0", "1.3 1.3 1.5", "2.0 2.0 3.0"),
    ("firms known to face it", "D"): (f"{BY_D} Not_known", "1 1 0 1 0 0", "1 1 0 0 1 0", "0 1 1 0 1 0"),
    ("firms known to face it", "area"): (BY_AREA, "1 1 0", "2 0 0", "1 0 1"),
    ("firms known to face it", "every area"): (BY_EVERY_AREA, "1 1 0 0", "2 0 0 0", "1 0 0 1"),
    ("firms known to face it", "group of areas"): (BY_GROUP, "2 2 0", "2 2 0", "1 1 1"),
    ("firms known to face it", "stage"): ("In_the_lab At_launch Grown Not_known", "0 1 1 0", "0 1 1 0", "1 1 0 0"),
}


def shown(cluster, chosen, lens, by):
    """The grid as its column labels and, for each challenge, the texts of its cells."""
    grid = help.challenge_grid(cluster, chosen, lens, by)
    cells = [cells["short"].str.replace(" ", "") for _, cells in grid.groupby("challenge", sort=False)]
    return tuple(" ".join(row) for row in [grid["label"].drop_duplicates().str.replace(" ", "_"), *cells])


def test_the_heat_map_as_a_table_says_how_many_name_the_column(cluster, at_first):
    grid = help.challenge_grid(cluster, at_first, "help here", "D")
    table = in_words(help.grid_in_words(grid)).set_index("Challenge")
    assert table.loc["N1 Finding a first hospital", "Devices"] == "3 (2 meant for it)"
    assert table.loc["N1 Finding a first hospital", "Data"] == "1 (0 meant for it)"
    assert table.loc["N3 Rooms", ["Data", "Devices"]].tolist() == ["1 (1 meant for it)", "0"]


@pytest.mark.parametrize(("lens", "by"), GRIDS)
def test_the_heat_map_is_as_counted_by_hand(cluster, at_first, lens, by):
    assert shown(cluster, at_first, lens, by) == GRIDS[lens, by]


def test_firms_per_source_of_help_by_d(cluster, at_first):
    # firms: a and g data, b, e and h devices, c and i diagnostics, b and g digital, e and f robotics
    grid = help.challenge_grid(cluster, at_first, "firms per source of help", "D")
    sources = grid.pivot(index="challenge", columns="column", values="help")
    assert sources.loc["N1", ["data", "devices", "robotics"]].tolist() == [1, 3, 3]
    firm_counts = grid.drop_duplicates("column").set_index("column")["firms"]
    assert firm_counts[["data", "devices", "diagnostics", "digital", "robotics"]].tolist() == [2, 3, 2, 2, 2]
    cells = grid.set_index(["challenge", "column"])["shown"]
    assert cells[("N3", "devices")] == "no help"
    assert cells[("N1", "data")] == "2.0"
    assert cells[("N1", "robotics")] == "0.7"
    assert cells[("N2", "diagnostics")] == "1.0"
    cells = help.challenge_grid(cluster, Filter(roles=("visitor",)), "firms per source of help", "D")
    cells = cells.set_index(["challenge", "column"])["shown"]  # the one visitor is digital
    assert cells[("N1", "data")] == "no firms"  # there is help and nobody to count against it
    assert cells[("N3", "diagnostics")] == "no firms"  # neither firms nor help
    assert cells[("N3", "digital")] == "no help"


def test_every_lens_and_split_is_counted_by_hand():
    pairs = {(lens.name, by) for lens in help.LENSES for by in lens.splits}
    assert pairs == {*GRIDS, ("firms per source of help", "D")}


def test_values_are_missing_where_there_is_nothing_to_divide(cluster, at_first):
    grid = help.challenge_grid(cluster, at_first, "firms per source of help", "D")
    assert (grid["value"].isna() == grid["shown"].isin(["no help", "no firms"])).all()


@pytest.mark.parametrize(
    ("expected", "choice"),
    [
        # a D chosen: its column alone
        (("Robotics", "3(2)", "3(2)", "2(2)"), {"ds": ("robotics",)}),
        # primary: gentle-bench and vouchers alone are robotics first; the club and the desk are open to every D
        (("Robotics", "2(1)", "2(1)", "1(1)"), {"ds": ("robotics",), "match": "primary"}),
        # an area: neither what stands in Aldbrook nor what is held to Inner Northmark helps in Dunmere
        ((BY_D, "0 0 0 0 1(1)", "2(1) 2(1) 2(1) 2(1) 2(1)", "0 0 0 0 1(1)"), {"areas": ("Dunmere",)}),
        ((BY_D, "0 2(2) 0 0 2(2)", "2(1) 3(2) 2(1) 2(1) 3(2)", "1(1) 0 0 0 2(2)"), {"areas": ("Inner Northmark",)}),
        ((BY_D, "1(0) 2(1) 1(0) 1(0) 2(1)", "0 1(1) 0 0 1(1)", "1(1) 0 0 0 1(1)"), {"kinds": ("asset",)}),
        # kinds that are no help leave the help as it is
        (GRIDS["help here", "D"], {"kinds": ("company",)}),
        ((BY_D, "0 1(1) 0 0 2(2)", "1(1) 1(1) 1(1) 1(1) 1(1)", "0 0 0 0 1(1)"), {"statuses": ("open",)}),
    ],
)
def test_help_follows_the_choice(cluster, expected, choice):
    assert shown(cluster, Filter(**choice), "help here", "D") == expected


@pytest.mark.parametrize(("lens", "everywhere"), [("help here", [1, 2, 1]), ("local help only", [1, 1, 1])])
def test_by_area_what_every_area_has_is_told_once_and_adds_to_each_cell(cluster, everything, lens, everywhere):
    grid = help.challenge_grid(cluster, everything, lens, "area")
    assert grid.groupby("challenge")["everywhere"].agg(["min", "max"]).to_numpy().tolist() == [
        [number, number] for number in everywhere
    ]
    assert (grid["drawn"] + grid["everywhere"] == grid["help"]).all()
    table = in_words(help.grid_in_words(grid)).set_index("Challenge")
    assert [int(number) for number in table["Every area"]] == everywhere
    assert table.loc["N1 Finding a first hospital", ["Aldbrook", "Rest of region"]].tolist() == [
        "2 (1 that not every area has)",
        "1 (0 that not every area has)",
    ]
    by_d = help.challenge_grid(cluster, everything, lens, "D")
    data = as_data(help.grid_in_words(by_d)).set_index("Challenge").loc["N1 Finding a first hospital"]
    for row in by_d[by_d["challenge"] == "N1"].to_dict("records"):
        assert [data[f"{row['label']}: {part}"] for part in ("all", "meant for it")] == [row["help"], row["named"]]
    assert by_d["everywhere"].isna().all() and by_d["drawn"].equals(by_d["value"])


@pytest.mark.parametrize(("lens", "numbers"), [("help here", [3, 3, 2]), ("local help only", [3, 2, 2])])
@pytest.mark.parametrize("by", ["D", "stage", "theme"])
def test_all_help_with_a_challenge_stands_first_each_body_once(cluster, everything, lens, numbers, by):
    table = in_words(help.grid_in_words(help.challenge_grid(cluster, everything, lens, by)))
    assert list(table.columns[:2]) == ["Challenge", "All help"]
    assert [int(number) for number in table["All help"]] == numbers


def test_a_group_of_areas_holds_those_of_its_areas_that_are_chosen(cluster):
    table = splits.columns(cluster, Filter(areas=("Dunmere",)), "help here", "group of areas")
    assert table["label"].tolist() == ["Coast ICS"]
    behind = support.behind_cell(cluster, Filter(areas=("Dunmere",)), "help here", "group of areas", "N3", "coast")
    assert ids(behind) == {"offer": ["bench-vouchers"], "asset": [], "company": ["test-firm-i"]}


@pytest.mark.parametrize(
    ("expected", "areas"),
    [
        (("Carrow_Vale", "0", "0", "0"), ("Carrow Vale",)),
        (("Birkwick Dunmere", "1 0", "0 0", "0 0"), ("Dunmere", "Birkwick")),
        (("Aldbrook Birkwick", "1 1", "1 0", "1 0"), ("Inner Northmark",)),
    ],
)
def test_an_offer_held_to_a_group_reaches_its_areas_alone(cluster, expected, areas):
    assert shown(cluster, Filter(areas=areas), "help here", "area") == expected


def test_what_has_ended_helps_nobody(cluster, everything):
    ids = cluster.records["id"]
    sources = set(ids[help.helps(cluster, everything)])
    assert len(sources) == 7 and not sources & {"old-grants", "old-loans", "old-press-lab"}
    assert sources - set(ids[help.helps(cluster, everything, local=True)]) == {"national-health-prize"}
    assert set(ids[help.helps(cluster, everything.but(ended=True))]) - sources == {
        "old-grants",
        "old-loans",
        "old-press-lab",
    }


def test_challenges_with_least_help_come_first(cluster, everything):
    table = help.help_by_challenge(cluster, everything)
    assert table[["challenge", "offer", "asset", "help"]].to_numpy().tolist() == [
        ["N3", 1, 1, 2],
        ["N1", 2, 2, 3],  # bench and vouchers are one
        ["N2", 2, 1, 3],
    ]


def ids(behind):
    """The ids behind a cell by type."""
    return {each: sorted(rows["id"]) for each, rows in behind.items()}


def test_behind_a_cell_stand_its_offers_assets_and_firms(cluster, everything):
    behind = support.behind_cell(cluster, everything, "help here", "D", "N1", "devices")
    assert ids(behind) == {
        "offer": ["first-ward"],
        "asset": ["coast-club", "gentle-bench"],
        "company": ["test-firm-b"],
    }
    whole = support.behind_cell(cluster, everything, "help here", "D", "N1", None)
    assert ids(whole) == {
        "offer": ["bench-vouchers", "first-ward"],
        "asset": ["coast-club", "gentle-bench"],
        "company": ["test-firm-a", "test-firm-b"],
    }


CHOICES = {
    "everything": {},
    "heartland": {"roles": ("heartland",)},
    "a D": {"ds": ("digital",)},
    "primary": {"match": "primary"},
    "nothing": {"text": "zzzzz"},
}


@pytest.mark.slow
@pytest.mark.parametrize("choice", CHOICES)
def test_what_stands_behind_each_cell_is_what_the_cell_counts(cluster, choice):
    chosen = Filter(**CHOICES[choice])
    wrong = []
    for lens in help.LENSES:
        for by in lens.splits:
            for cell in help.challenge_grid(cluster, chosen, lens.name, by).itertuples():
                behind = support.behind_cell(cluster, chosen, lens.name, by, cell.challenge, cell.column)
                found = len(set(cluster.bodies[captions.helping(behind)]))
                counted = cell.help
                if lens.name == "firms known to face it":
                    found, counted = len(behind["company"]), cell.value
                if found != counted:
                    wrong.append((lens.name, by, cell.challenge, cell.column, found, counted))
    assert wrong == []


def test_the_columns_of_areas_are_those_chosen_or_the_first_group_and_the_rest(cluster, everything):
    table = splits.columns(cluster, everything, "help here", "area")
    assert table["column"].tolist() == ["X00000001", "X00000002", "elsewhere"]
    chosen = splits.columns(cluster, Filter(areas=("Coast ICS", "Aldbrook")), "help here", "area")
    assert chosen["label"].tolist() == ["Aldbrook", "Carrow Vale", "Dunmere"]


def test_a_challenge_says_what_firms_meant(cluster):
    for challenge, said in (("N2", ["Too many, and they change"]), ("N3", [])):
        parts = opened("Challenges", cluster, {"challenge": [challenge]}).document().parts
        assert [part.text for part in parts if getattr(part, "text", "") == "Too many, and they change"] == said


def test_what_is_open_comes_first_behind_a_cell_as_in_every_list_of_help(cluster, everything):
    behind = support.behind_cell(cluster, everything, "help here", "D", "N2", None)
    # N2: the prize is open, of the desk nobody knows, though it reaches less far; the old grants have ended
    assert behind["offer"]["id"].tolist() == ["national-health-prize", "rule-desk"]


def test_a_split_that_a_pack_has_no_words_for_is_an_empty_grid(cluster, everything):
    bare = replace(cluster, tables={**cluster.tables, "themes": cluster.table("themes").iloc[:0]})
    assert help.challenge_grid(bare, everything, "help here", "theme").empty
