"""One area beside its region, worked by hand on the invented pack, and what holds of any pack.

Heartland firms: a and e in Aldbrook, b and f in Birkwick, c and g in Carrow Vale, i in Dunmere (d has ended), h nowhere
known.
Inner Northmark and the Moor and Dale ICS are Aldbrook and Birkwick; the Coast ICS is Carrow Vale and Dunmere.
"""

from math import inf, isnan, log2

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from cluster_data.document import Text
from cluster_data.drawing.pictures import map_picture
from cluster_data.findings import area_words, compared, headlines
from cluster_data.findings.help_words import least_help
from cluster_data.input.read import read_cluster
from cluster_data.measures import areas, rates
from cluster_data.model.cluster import Cluster
from cluster_data.model.filters import Filter
from cluster_data.model.formats import as_data, in_words
from cluster_data.palette import palette
from cluster_data.views import page_of
from cluster_data.views.areas import map_of_area
from cluster_data.views.parts import key_of
from tests.drawn import elements, written
from tests.packs import FEW, TODAY, edit, on_rows, write_pack
from tests.test_compared import flat

AUTHORITIES = ("Aldbrook", "Birkwick", "Carrow Vale", "Dunmere")
ICS, COAST, INNER = "Moor and Dale ICS", "Coast ICS", "Inner Northmark"
CODES = {name: f"X0000000{place}" for place, name in enumerate(AUTHORITIES, 1)}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """The invented pack with Aldbrook's residents counted a year later."""
    folder = write_pack(tmp_path_factory.mktemp("mixed"), areas=edit(CODES["Aldbrook"], population_year="2022"))
    return read_cluster(folder, TODAY)


# ---- counts, rates, ranks -------------------------------------------------


def test_who_is_in_each_area(cluster, at_first):
    # ended: firm d in Dunmere, the trust in Carrow Vale, the laboratory in Dunmere
    # the trust of Aldbrook has a site in Birkwick too: one trust in each, one in the groups that hold both
    table = areas.all_areas(cluster, at_first)
    assert table[["area", "kind", *areas.COUNTED, "residents", "year"]].to_numpy().tolist() == [
        [INNER, "combined authority", 4, 1, 1, 0, 2, 200_000, 2021],
        [ICS, "integrated care system", 4, 1, 1, 0, 2, 200_000, 2021],
        [COAST, "integrated care system", 3, 1, 0, 0, 0, 105_000, 2021],
        ["Aldbrook", "local authority", 2, 1, 1, 0, 2, 120_000, 2021],
        ["Birkwick", "local authority", 2, 0, 1, 0, 0, 80_000, 2021],
        ["Carrow Vale", "local authority", 2, 0, 0, 0, 0, 45_000, 2021],
        ["Dunmere", "local authority", 1, 1, 0, 0, 0, 60_000, 2021],
    ]


def test_rates_and_ranks_are_among_areas_of_the_same_kind(cluster, at_first):
    table = areas.all_areas(cluster, at_first).set_index("area")
    # 4 of 200,000; 4 of 200,000 and 3 of 105,000; then 2 of 120,000, 80,000 and 45,000 and 1 of 60,000
    assert table["rate"].round(2).tolist() == [2.0, 2.0, 2.86, 1.67, 2.5, 4.44, 1.67]
    assert table["rank"].fillna(0).tolist() == [0, 2, 1, 3, 2, 1, 3]
    assert table["of"].tolist() == [1, 2, 2, 4, 4, 4, 4]
    said = [area_words.rank_in_words(cluster, at_first, area) for area in (INNER, COAST, "Aldbrook")]
    assert said == [
        "no rank, as the only combined authority",
        "1st of 2 integrated care systems",
        "joint 3rd of 4 local authorities",
    ]


def test_the_same_rate_is_a_joint_rank(cluster):
    devices = Filter(ds=("devices",), roles=("heartland",))  # b in Birkwick, e in Aldbrook
    table = areas.all_areas(cluster, devices).set_index("area")
    assert table.loc[list(AUTHORITIES), "rank"].tolist() == [2, 1, 3, 3]
    assert area_words.rank_in_words(cluster, devices, "Dunmere") == "joint 3rd of 4 local authorities"
    nothing = Filter(text="zzzzz")
    assert area_words.rank_in_words(cluster, nothing, "Dunmere") == "no rank, as no local authority has any"
    assert area_words.standing(cluster, nothing, "Dunmere") == (
        ", of 0 in Northmark. That is 0 per 100,000 residents, no rank, as no local authority has any; Northmark has 0."
    )


def test_what_one_firm_more_would_do_to_the_rank(cluster, at_first):
    # Aldbrook: 3 of 120,000 is 2.5, as in Birkwick; Birkwick: 3 of 80,000 is 3.75; Dunmere: 2 of 60,000 is 3.33
    more = [areas.rank_with_one_more(cluster, at_first, area) for area in AUTHORITIES]
    assert more == [2, 2, 1, 2]
    assert area_words.standing(cluster, at_first, "Aldbrook") == (
        ", of 8 in Northmark. That is 1.7 per 100,000 residents, joint 3rd of 4 local authorities; Northmark has 2.3. "
        "One firm more would make it 2nd."
    )
    assert area_words.standing(cluster, at_first, "Carrow Vale").endswith(
        "1st of 4 local authorities; Northmark has 2.3."
    )


def test_the_region_counts_all_but_its_rate_only_firms_of_known_area(cluster, at_first):
    assert areas.region_counts(cluster, at_first) == {
        "company": 8,
        "university": 2,
        "trust": 1,
        "board": 1,
        "asset": 3,
        "offer": 4,
    }
    assert areas.without_area(cluster, at_first) == {
        "company": 1,
        "board": 1,
        "asset": 1,
    }  # firm h, the board, the club
    assert areas.rate_of_region(cluster, at_first) == pytest.approx(7 / 305_000 * 100_000)
    assert area_words.without_area(cluster, at_first).startswith(
        "In the region, 1 firm, 1 care board and 1 asset have no"
    )


def test_residents_of_several_years_are_never_added_up(mixed, at_first):
    table = areas.all_areas(mixed, at_first).set_index("area")
    assert table["residents"].fillna(0).tolist() == [0, 0, 105_000, 120_000, 80_000, 45_000, 60_000]
    assert table["rate"].isna().tolist() == [True, True, False, False, False, False, False]
    assert table.loc[list(AUTHORITIES), "rank"].fillna(0).tolist() == [0, 2, 1, 3]
    assert isnan(areas.rate_of_region(mixed, at_first))
    assert area_words.rank_in_words(mixed, at_first, "Aldbrook").endswith(
        "only local authority with residents of its year"
    )
    assert area_words.standing(mixed, at_first, INNER).endswith(
        "No rate: the residents of its parts are of different years."
    )
    beside = area_words.beside_region(mixed, at_first, INNER).set_index("Figure")
    assert beside.loc["Residents"].tolist() == ["not added up: years differ"] * 2
    assert compared.by_likeness(mixed, at_first, "Dunmere")["area"].tolist() == ["Carrow Vale", "Birkwick"]
    assert compared.similar_finding(mixed, at_first, "Aldbrook").endswith("residents are of different years")
    assert area_words.residents_source(mixed) == "Residents of 2021 and 2022, Invented count of 2021."


@pytest.mark.parametrize(
    ("area", "choice", "here"),
    [
        ("Dunmere", {"areas": ("Aldbrook",)}, 1),  # chosen areas and kinds set no limit
        ("Dunmere", {"kinds": ("asset",)}, 1),
        ("Aldbrook", {}, 3),  # the supplier j
        ("Aldbrook", {"ds": ("data",)}, 1),
        (COAST, {"ds": ("digital",), "match": "primary"}, 0),  # g is data first
        ("Aldbrook", {"text": "zzzzz"}, 0),
    ],
)
def test_the_rest_of_the_choice_applies(cluster, area, choice, here):
    chosen = Filter(roles=("heartland",) if choice and "ds" not in choice else (), **choice)
    assert areas.of_one(cluster, chosen, area)["company"] == here


def test_an_area_in_one_sentence(cluster, at_first):
    assert (
        area_words.title(cluster, at_first, "Aldbrook")
        == "Based in Aldbrook: 2 heartland firms, 1 university, 1 hospital trust and 2 assets"
    )
    assert area_words.title(cluster, Filter(ds=("data",)), "Dunmere") == (
        "Based in Dunmere, of this choice: no firm, no university, no hospital trust and no asset"
    )


def test_an_area_beside_its_region(cluster, at_first):
    table = area_words.beside_region(cluster, at_first, "Aldbrook")
    assert table.map(str).to_numpy().tolist() == [
        ["Heartland firms", "2", "8"],
        ["Heartland firms per 100,000 residents", "1.7 (on 2 firms)", "2.3"],
        ["Residents", "120,000 (2021)", "305,000 (2021)"],
        ["Universities", "1", "2"],
        ["Hospital trusts", "1", "1"],
        ["Care boards", "0", "1"],
        ["Assets", "2", "3"],
        ["Offers that reach it", "4", "4"],
        ["Known links", "6", "7"],
    ]
    data = as_data(table).set_index("Figure")  # of files: numbers, whatever readers see beside them
    assert data["Aldbrook"].tolist() == [2, 1.6667, 120_000, 1, 1, 0, 2, 4, 6]
    (residents,) = (
        rows.set_index("Area")["Residents"] for rows in [area_words.list_in_words(cluster, at_first)[areas.SINGLE]]
    )
    assert residents["Aldbrook"].value == 120_000


@pytest.mark.parametrize(
    ("rate", "said"), [(0, "0"), (0.01, "under 0.1"), (0.05, "0.1"), (2.25, "2.2"), (np.nan, "not given")]
)
def test_a_rate_of_nothing_and_a_small_one_are_told_apart(rate, said):
    assert area_words.rate_in_words(rate) == said


# ---- firms by D, who is here ----------------------------------------------


def test_firms_by_d_beside_the_region(cluster, at_first):
    table = areas.firms_by_d(cluster, at_first, "Aldbrook").set_index("d")
    assert table["firms"].to_dict() == {"data": 1, "devices": 1, "diagnostics": 0, "digital": 0, "robotics": 1}
    assert table["region"].tolist() == [2, 3, 2, 2, 2]
    assert areas.firms_by_d(cluster, at_first.but(match="primary"), ICS)["firms"].tolist() == [1, 1, 0, 0, 2]
    assert areas.firms_by_d(cluster, at_first.but(ds=("digital",)), ICS)[["d", "firms"]].to_numpy().tolist() == [
        ["digital", 1]
    ]
    said = area_words.d_beside_region(cluster, at_first, "Aldbrook")["said"]
    assert said.iloc[0] == "1 of 2 firms here; in the region 2 of 8 firms"


@pytest.mark.parametrize(
    ("area", "choice", "said"),
    [
        (
            "Aldbrook",
            {"roles": ("heartland",)},
            "Of 2 firms, 1 in each of data, devices and robotics; none in diagnostics or digital",
        ),
        (
            ICS,
            {"roles": ("heartland",)},
            "Of 4 firms, 2 in each of devices and robotics; 1 in each of data and digital; none in diagnostics",
        ),
        (COAST, {"ds": ("diagnostics", "data")}, "Of 3 firms, 2 in diagnostics; 1 in data"),
        ("Birkwick", {"ds": ("digital",)}, "1 of 3 firms in Birkwick works in digital"),
        ("Birkwick", {"ds": ("digital", "devices"), "text": "inhalers"}, "The one firm works in devices and digital"),
        ("Aldbrook", {"text": "pipes"}, "No firm of this choice has a D"),
        ("Aldbrook", {"roles": ("visitor",)}, "The one firm of this choice is not known to be in Aldbrook"),
        ("Aldbrook", {"roles": ("visitor",), "ds": ("data",)}, "No firms match this choice"),
        (
            "Carrow Vale",
            {"roles": ("heartland",), "ds": ("diagnostics", "digital")},
            "Of 2 firms, 1 in each of diagnostics and digital",
        ),
    ],
)
def test_the_d_that_leads(cluster, area, choice, said):
    assert headlines.which_d_leads(cluster, areas.of_area(Filter(**choice), area)) == said


def test_those_counted_are_those_listed(cluster, real):
    assert areas.who_is_in(cluster, Filter.default(cluster), "Aldbrook")["id"].tolist() == [
        "test-firm-a",
        "test-firm-e",
        "university-of-northmark",
        "aldbrook-hospital-trust",
        "gentle-bench",
        "test-park",
    ]
    for chosen in (Filter.default(real), Filter(ds=("digital",))):
        table = areas.all_areas(real, chosen).set_index("area")
        for area in table.index:
            listed = areas.who_is_in(real, chosen, area)["record_type"].value_counts()
            assert table.loc[area, list(areas.COUNTED)].to_dict() == {s: listed.get(s, 0) for s in areas.COUNTED}


def test_counts_agree_with_those_of_other_pages(real):
    chosen = Filter.default(real)
    table = areas.all_areas(real, chosen).set_index("area")
    known = rates.firms_per_100_000(real, chosen).set_index("label")
    assert table.loc[known.index, "company"].tolist() == known["firms"].tolist()
    assert table.loc[known.index, "rate"].to_numpy() == pytest.approx(known["rate"].to_numpy())
    for area in table.index:
        assert table.loc[area, "company"] == len(chosen.but(areas=(area,)).firms(real))


def test_who_is_in_the_parts_of_an_area(cluster, at_first):
    table = areas.who_is_in_parts(cluster, at_first, COAST)
    assert table.to_numpy().tolist() == [
        ["Carrow Vale", 1, 0, 1, 1, 0, 2, 0, 0, 0, 0],  # its trust has ended
        ["Dunmere", 0, 0, 1, 0, 0, 1, 1, 0, 0, 0],
    ]


# ---- help -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("area", "counted"),
    [
        # offers and assets here, then of the region; vouchers and bench are one, so N1 has no more help than N3
        # the club has no area, the first ward is held to Inner Northmark
        ("Aldbrook", [["N1", 2, 1, 2, 2], ["N3", 1, 1, 1, 1], ["N2", 2, 1, 2, 1]]),
        ("Birkwick", [["N3", 1, 0, 1, 1], ["N1", 2, 0, 2, 2], ["N2", 2, 0, 2, 1]]),
        (COAST, [["N1", 1, 0, 2, 2], ["N3", 1, 0, 1, 1], ["N2", 2, 0, 2, 1]]),
    ],
)
def test_help_per_challenge_beside_the_region(cluster, at_first, area, counted):
    table = areas.help_beside_region(cluster, at_first, area)
    assert table[["challenge", "offer", "asset", "region_offer", "region_asset"]].to_numpy().tolist() == counted


def test_offers_by_reach(cluster, at_first):
    assert areas.offers_by_reach(cluster, at_first, "Birkwick").to_numpy().tolist() == [
        ["Inner Northmark only", 1],
        ["All of Northmark", 2],
        ["Whole nation", 1],
    ]
    assert areas.offers_by_reach(cluster, at_first, COAST)["offers"].tolist() == [2, 1]
    assert area_words.reach(cluster, at_first, COAST) == (
        "3 offers reach it or a part of it. By what they are open to: All of Northmark (2) and Whole nation (1)."
    )
    assert area_words.reach(cluster, Filter(text="zzzzz"), COAST) == "No offer of this choice is known to reach it."


def test_the_thinnest_help_in_words(cluster, at_first):
    said = [least_help(areas.help_beside_region(cluster, at_first, area)) for area in ("Aldbrook", COAST)]
    assert said == [
        "Finding a first hospital (N1) and rooms (N3) have the least help: 2 sources of help each",
        "Finding a first hospital (N1) and rooms (N3) have the least help: 1 source of help each",
    ]
    nothing = Filter(text="zzzzz")
    assert least_help(areas.help_beside_region(cluster, nothing, COAST)).endswith(" have no known help")
    table = area_words.help_in_words(cluster, at_first, COAST)
    assert table.iloc[0].tolist() == [
        "N1",
        "Finding a first hospital (N1)",
        "1 offer, no asset",
        "2 offers, 2 assets (1 is both)",
    ]


# ---- links ----------------------------------------------------------------


def ends(cluster, chosen, area):
    """The links of an area as (here, said, other, other_end)."""
    return areas.links_in(cluster, chosen, area)[["here", "said", "other", "other_end"]].to_numpy().tolist()


def test_links_of_an_area_are_within_it_across_its_border_or_unplaced(cluster, at_first):
    assert ends(cluster, at_first, "Aldbrook") == [
        ["test-firm-a", "sits in", "test-park", "within"],
        ["test-firm-a", "works with", "aldbrook-hospital-trust", "within"],
        ["university-of-northmark", "gave rise to", "test-firm-f", "across"],
        ["test-firm-e", "works with", "gentle-bench", "within"],
        ["test-firm-e", "is funded by", "test-capital", "unplaced"],
        ["university-of-northmark", "works with", "moor-and-dale-care-board", "unplaced"],
    ]
    assert ends(cluster, at_first, "Birkwick") == [["test-firm-f", "grew from", "university-of-northmark", "across"]]
    assert ends(cluster, at_first, INNER)[2] == ["test-firm-f", "grew from", "university-of-northmark", "within"]
    assert ends(cluster, at_first, COAST) == []
    assert areas.links_of_region(cluster, at_first) == {"all": 7, "placed": 4, "across": 1}


def test_a_link_needs_an_end_that_is_kept_and_here(cluster):
    # of suppliers neither a, e nor f; the park, the trust, the university and the bench stay
    assert ends(cluster, Filter(roles=("supplier",)), "Aldbrook")[0] == ["test-park", "houses", "test-firm-a", "within"]
    assert len(ends(cluster, Filter(roles=("supplier",)), "Aldbrook")) == 5
    assert ends(cluster, Filter(roles=("supplier",)), "Birkwick") == []
    assert ends(cluster, Filter(text="zzzzz"), "Aldbrook") == []


def test_links_by_kind(cluster, at_first):
    assert area_words.links_by_kind_in_words(cluster, at_first, "Aldbrook").to_numpy().tolist() == [
        ["works with", 0, 2, 1],
        ["sits in", 0, 1, 0],
        ["grew from", 1, 0, 0],
        ["funds", 0, 0, 1],
    ]
    assert area_words.links_by_kind_in_words(cluster, at_first, COAST).empty


def test_links_in_words(cluster, at_first):
    assert area_words.links_finding(cluster, at_first, "Aldbrook") == "1 of 6 known links leads across its border"
    assert (
        area_words.links_finding(cluster, at_first, INNER) == "None of 6 known links is known to lead across its border"
    )
    assert area_words.links_finding(cluster, at_first, COAST) == "No link is listed"
    assert area_words.links_note(cluster, at_first, "Aldbrook").startswith(
        "Both ends here: 3; place of the other end not known: 2"
    )
    table = in_words(area_words.links_in_words(cluster, at_first, "Aldbrook"))
    assert table.iloc[0][["Here", "Link", "Other end", "Where", "Year"]].tolist() == [
        "University of Northmark",
        "gave rise to",
        "Test Firm F 🦾",
        "Birkwick",
        "2024",
    ]
    assert table["Where"].tolist()[1:] == ["Aldbrook"] * 3 + ["not known"] * 2


def test_a_record_of_several_tables_is_where_one_of_them_says(tmp_path, at_first):
    # an offer has no area; one with the id of the firm in Birkwick does not take it from there
    offers = on_rows(lambda rows: [rows[0] | {"id": "test-firm-f"}, *rows])
    cluster = read_cluster(write_pack(tmp_path, support_offers=offers), TODAY)
    assert [row[3] for row in ends(cluster, at_first, "Birkwick")] == ["across"]


# ---- similar areas --------------------------------------------------------


def test_likeness_by_hand(cluster, at_first):
    # firms by D: Aldbrook 1 1 0 0 1, Birkwick 0 1 0 1 1, Carrow Vale 1 0 1 1 0, Dunmere 0 0 1 0 0
    table = compared.by_likeness(cluster, at_first, "Aldbrook")
    assert table["area"].tolist() == ["Birkwick", "Dunmere", "Carrow Vale"]
    assert table["by_residents"].tolist() == pytest.approx([log2(1.5), 1.0, log2(8 / 3)])
    assert table["by_firms"].tolist() == pytest.approx([2 / 5, 4 / 5, 4 / 5])
    assert table["steps"].tolist() == pytest.approx([log2(1.5) + 0.4, 1.8, log2(8 / 3) + 0.8])


def test_groups_are_compared_with_groups_of_their_kind(cluster, at_first):
    # Moor and Dale 1 2 0 1 2 with 200,000, Coast 1 0 2 1 0 with 105,000
    (row,) = compared.by_likeness(cluster, at_first, ICS).to_dict("records")
    assert row["area"] == COAST
    assert row["by_firms"] == pytest.approx((0 + log2(3) + log2(3) + 0 + log2(3)) / 5)
    assert compared.by_likeness(cluster, at_first, INNER).empty
    assert compared.similar_finding(cluster, at_first, INNER) == "No other combined authority to compare it with"


def test_likeness_in_words(cluster, at_first):
    assert compared.similar_finding(cluster, at_first, "Dunmere", 2) == (
        "Most like it among local authorities: Carrow Vale and Birkwick"
    )
    assert compared.similar_in_words(cluster, at_first, "Aldbrook", 1) == [
        (
            "Birkwick",
            "Residents 120,000 and 80,000; heartland firms 2 and 2; "
            "per 100,000 residents 1.7 (on 2 firms) and 2.5 (on 2 firms).",
        )
    ]
    table = compared.similar_table(cluster, at_first, "Aldbrook")
    assert table["Area"].tolist() == ["Aldbrook", "Birkwick", "Dunmere", "Carrow Vale"]
    assert table.iloc[:2].to_numpy().tolist() == [
        ["Aldbrook", 120_000, 2, 1, 1, 0, 0, 1],
        ["Birkwick", 80_000, 2, 0, 1, 0, 1, 1],
    ]


# ---- what holds of any firms ----------------------------------------------

DS = ("data", "devices", "diagnostics", "digital", "robotics")
FIRM = some.tuples(some.sampled_from(AUTHORITIES), some.lists(some.sampled_from(DS), unique=True, max_size=5))
FIRMS = some.lists(FIRM, max_size=45)
PEOPLE = some.lists(some.integers(1, 5_000_000), min_size=4, max_size=4)


def with_firms(cluster, firms, people=(120_000, 80_000, 45_000, 60_000), backwards=False):
    """The invented pack with these heartland firms alone, and these residents."""
    like = cluster.tables["companies"].iloc[0]
    rows = [
        {**like, "id": f"firm-{n}", "name": f"Firm {n}", "lad_code": CODES[where], "ds": "; ".join(ds) or None}
        for n, (where, ds) in enumerate(firms)
    ]
    companies = pd.DataFrame(rows, columns=cluster.tables["companies"].columns)
    companies = companies.astype(cluster.tables["companies"].dtypes)
    population = cluster.tables["areas"].assign(population=pd.Series(people, dtype="Int64"))
    if backwards:
        companies, population = (table[::-1].reset_index(drop=True) for table in (companies, population))
    firms_before, links = set(cluster.tables["companies"]["id"]), cluster.tables["links"]
    links = links[~links[["from_id", "to_id"]].isin(firms_before).any(axis=1)].reset_index(drop=True)
    tables = {**cluster.tables, "companies": companies, "areas": population, "links": links}
    return Cluster(cluster.pack, "made up", tables, cluster.geometries)


def steps(cluster, area):
    """Steps from one area to each other."""
    table = compared.by_likeness(cluster, Filter(roles=("heartland",)), area)
    return dict(zip(table["area"], table["steps"], strict=True))


@pytest.mark.slow
@FEW
@given(FIRMS, PEOPLE)
def test_likeness_is_a_distance(cluster, firms, people):
    made = with_firms(cluster, firms, people)
    between = {area: steps(made, area) for area in AUTHORITIES}
    for one in AUTHORITIES:
        assert set(between[one]) == set(AUTHORITIES) - {one}
        assert list(between[one].values()) == sorted(between[one].values())
        for other, apart in between[one].items():
            assert 0 <= apart < inf
            assert apart == pytest.approx(between[other][one])
            for third in set(AUTHORITIES) - {one, other}:
                assert apart <= between[one][third] + between[third][other] + 1e-9


@pytest.mark.slow
@FEW
@given(FIRMS, PEOPLE)
def test_the_order_of_rows_changes_nothing(cluster, firms, people):
    made, again = with_firms(cluster, firms, people), with_firms(cluster, firms, people, backwards=True)
    for area in AUTHORITIES:
        assert steps(made, area) == pytest.approx(steps(again, area))
    chosen = Filter(roles=("heartland",))
    pd.testing.assert_frame_equal(areas.all_areas(made, chosen), areas.all_areas(again, chosen))


@FEW
@given(FIRMS, some.lists(some.sampled_from(DS), unique=True, max_size=5))
def test_equal_areas_are_no_step_apart(cluster, firms, ds):
    twins = [(where, ds) for where in ("Aldbrook", "Birkwick")]
    others = [firm for firm in firms if firm[0] not in ("Aldbrook", "Birkwick")]
    made = with_firms(cluster, [*twins, *others], (70_000, 70_000, 45_000, 60_000))
    assert steps(made, "Aldbrook")["Birkwick"] == 0
    assert next(iter(steps(made, "Aldbrook").values())) == 0


@pytest.mark.slow
@FEW
@given(FIRMS, some.sampled_from(DS))
def test_a_firm_more_moves_its_own_area_alone(cluster, firms, d):
    made, more = with_firms(cluster, firms), with_firms(cluster, [*firms, ("Aldbrook", [d])])
    for one in AUTHORITIES[1:]:
        before, after = steps(made, one), steps(more, one)
        for other in set(AUTHORITIES[1:]) - {one}:
            assert after[other] == pytest.approx(before[other])
        held = [sum(where == area and d in ds for where, ds in firms) for area in ("Aldbrook", one)]
        nearer = after["Aldbrook"] < before["Aldbrook"]
        assert nearer == (held[0] < held[1])


@pytest.mark.slow
@FEW
@given(some.lists(FIRM, max_size=45))
def test_rates_and_ranks_hold_together(cluster, firms):
    made, chosen = with_firms(cluster, firms), Filter(roles=("heartland",))
    table = areas.all_areas(made, chosen).set_index("area").loc[list(AUTHORITIES)]
    assert table["company"].sum() == len(firms)
    assert table.sort_values("rank")["rate"].is_monotonic_decreasing
    for area, row in table.iterrows():
        assert row["rank"] == 1 + (table["rate"] > row["rate"]).sum()
        assert areas.rank_with_one_more(made, chosen, area) <= row["rank"]


def said_of(cluster, chosen, area):
    """All that the page says of an area."""
    tables = [
        area_words.beside_region(cluster, chosen, area),
        area_words.d_beside_region(cluster, chosen, area),
        area_words.help_in_words(cluster, chosen, area),
        area_words.links_by_kind_in_words(cluster, chosen, area),
        compared.similar_table(cluster, chosen, area),
    ]
    tell = (
        area_words.title,
        area_words.standing,
        area_words.reach,
        area_words.links_finding,
        area_words.links_note,
        compared.similar_finding,
    )
    sentences = [say(cluster, chosen, area) for say in tell]
    return "\n".join([*sentences, *(table.to_csv() for table in tables)])


@pytest.mark.slow
@FEW
@given(some.lists(FIRM, max_size=45), some.sampled_from((*AUTHORITIES, INNER, ICS, COAST)))
def test_under_ten_firms_no_percentage_is_given(cluster, firms, area):
    made, chosen = with_firms(cluster, firms), Filter(roles=("heartland",))
    total = areas.of_one(made, chosen, area)["company"]
    told = said_of(made, chosen, area)
    assert ("%" in told) == (total >= 10)
    texts = [
        part.text for part in flat(page_of("Areas", made, chosen, {"in": [area]}).elements) if isinstance(part, Text)
    ]
    told_of = areas.of_region(chosen).counts(made) > 0  # without any firm there is nothing to give a share of
    assert any(area_words.WHY_NO_PERCENTAGE in text for text in texts) == (told_of and total < 10)


@pytest.mark.parametrize(("firms", "shown"), [(0, "0"), (9, "20.0*"), (10, "22.2")])
def test_a_rate_of_fewer_than_ten_firms_bears_a_star(cluster, firms, shown):
    made = with_firms(cluster, [("Carrow Vale", ["data"])] * firms + [("Aldbrook", ["data"])])
    rows = rates.firms_per_100_000(made, Filter(roles=("heartland",))).set_index("lad_code")
    assert rows.loc[CODES["Carrow Vale"], ["firms", "shown"]].tolist() == [firms, shown]


@pytest.mark.parametrize(
    ("said", "part", "whole"),
    [("3 of 7 firms", 3, 7), ("9 of 9 firms", 9, 9), ("9 of 17 firms (53%)", 9, 17), ("1 of 10 firms (10%)", 1, 10)],
)
def test_a_share_with_its_counts(said, part, whole):
    assert area_words.share(part, whole, whole >= area_words.FEW) == said


# ---- the map and the page -------------------------------------------------


def drawn(cluster, chosen, area, dark=False):
    """The still map of an area, as its page shows it."""
    return map_picture(cluster, map_of_area(cluster, chosen, area), palette(dark), 7.8, 5.6, 14, alone=True)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("area", [*AUTHORITIES, INNER])
def test_the_map_names_the_area_and_marks_its_firms(cluster, at_first, area, dark):
    picture = drawn(cluster, at_first, area, dark)
    found = [words.said for words in written(picture)]
    assert sum(map(int, filter(str.isdigit, found))) == map_of_area(cluster, at_first, area).bubbles()["records"].sum()
    assert {cluster.area_names[code] for code in cluster.area_codes[area]} <= set(found)
    assert "nan" not in picture.svg()


def test_the_map_of_an_area_shows_every_kind(cluster, at_first):
    shown = map_of_area(cluster, at_first, "Aldbrook")
    assert sorted(shown.points()["letter"]) == ["", "", "A", "N", "U"]
    said = [said for _, said in key_of(cluster, shown).signs]
    assert said[-4:] == ["Universities", "Hospital trusts", "Assets", "number of organisations known only by town"]
    marks = [use.get("href") for use in elements(drawn(cluster, at_first, "Aldbrook"), "use")]
    assert sorted(mark[2] for mark in marks if mark[:3] in ("#mA", "#mN", "#mU")) == ["A", "N", "U"]


def test_every_area_of_the_real_pack_can_be_said_and_drawn(real):
    chosen = Filter.default(real)
    for area, row in areas.all_areas(real, chosen).set_index("area").iterrows():
        assert ("%" in said_of(real, chosen, area)) == (row["company"] >= 10)
        svg = drawn(real, chosen, area).svg()
        assert "nan" not in svg and len(svg) < 150_000


@pytest.mark.parametrize("area", AUTHORITIES)
def test_the_page_gives_no_percentage_of_few_firms(visit, read_aloud, area):
    app = visit("8_Areas.py", **{"in": area})
    told = read_aloud(app) + "".join(table.value.to_csv() for table in app.table)
    assert "%" not in told and area_words.WHY_NO_PERCENTAGE in told


def test_the_area_of_the_page_replaces_those_of_the_filter_and_says_so(visit, read_aloud):
    app = visit("8_Areas.py", area=["Dunmere", "Birkwick"], d=["Digital"], **{"in": "Carrow Vale"})
    told = read_aloud(app)
    assert "Heartland digital firms in Carrow Vale: 1**" in told
    assert "The areas of the filter (Dunmere and Birkwick) do not limit this page" in told
    assert app.query_params["in"] == "Carrow Vale"


def test_a_few_areas_of_the_filter_are_those_of_the_page(visit, read_aloud):
    app = visit("8_Areas.py", area=["Dunmere"])
    assert app.title[0].value.startswith("Based in Dunmere")
    assert "Dunmere is the one area of the filter" in read_aloud(app)
    both = read_aloud(visit("8_Areas.py", area=["Dunmere", "Birkwick"]))
    assert "Dunmere and Birkwick are the areas of the filter" in both and "4 local authorities" not in both
    many = visit("8_Areas.py", area=["Dunmere", "Birkwick", "Aldbrook", "Carrow Vale"])
    assert "4 local authorities" in read_aloud(many)


def test_without_an_area_all_can_be_chosen(visit):
    app = visit("8_Areas.py", d=["Digital"])
    cells = "".join(table.value.to_csv() for table in app.table)
    for area in ("Aldbrook", "Carrow+Vale", "Coast+ICS", "Inner+Northmark"):
        assert f"(<Areas?d=Digital&in={area}>)" in cells


def test_a_challenge_leads_to_its_help_for_the_area(visit):
    app = visit("8_Areas.py", area=["Dunmere"], d=["Digital"], **{"in": "Carrow Vale"})
    app.session_state["twin All 3 challenges, with the help for each"] = True
    app.run()
    cells = "".join(table.value.to_csv() for table in app.table)
    assert "(<Challenges?d=Digital&area=Carrow+Vale&challenge=N1>)" in cells


def test_links_are_listed_with_their_sources_when_asked_for(visit):
    app = visit("8_Areas.py", **{"in": "Aldbrook"})
    few = len(app.table)
    app.session_state["twin The links one by one, with their sources"] = True
    app.run()
    cells = "".join(table.value.to_csv() for table in app.table)
    assert not app.exception and len(app.table) == few + 1
    assert "[“Firms of Northmark”, Test Gazette, year not known](<https://example.org/gazette>)" in cells
