"""Counts of the invented pack, worked by hand. Of its nine heartland firms a to i, firm d has ended and counts nowhere.

a data, b devices + digital, c diagnostics, d digital, e robotics + devices, f robotics, g data + digital,
h devices, i diagnostics; suppliers: j without a D, k devices; visitor: l digital
"""

import pytest

from cluster_data.findings import headlines
from cluster_data.measures import counts
from cluster_data.model.filters import Filter

DS = ["Data", "Devices", "Diagnostics", "Digital", "Robotics"]
THIS_YEAR = 2026


def rows(table):
    """A table as lists, one for each row."""
    return table.to_numpy().tolist()


@pytest.mark.parametrize(
    ("expected", "choice"),
    [
        # ended: firm d, the mind trust, the old lab, the old grants and loans; the vouchers are an offer and an asset
        ([11, 2, 1, 1, 3, 4, 2, 2], {}),
        ([12, 2, 2, 1, 4, 6, 2, 2], {"ended": True}),
        ([1, 0, 1, 0, 1, 2, 0, 0], {"statuses": ("ended",)}),
        ([0, 0, 0, 0, 3, 4, 0, 0], {"kinds": ("offer", "asset")}),
    ],
)
def test_each_type_counts_all_of_its_records(cluster, expected, choice):
    assert counts.by_type(cluster, Filter(**choice))["records"].tolist() == expected


def test_types_stand_in_their_order(cluster, everything):
    table = counts.by_type(cluster, everything)
    assert list(table["record_type"]) == [
        "company",
        "university",
        "trust",
        "board",
        "asset",
        "offer",
        "investor",
        "partner",
    ]
    assert list(table["label"])[:3] == ["Firms", "Universities", "Hospital trusts"]


def test_by_any_d_a_record_counts_under_each_of_its_ds(cluster, at_first):
    table = counts.by_d(cluster, at_first)
    assert list(table["label"]) == DS
    assert rows(table[["university", "trust", "asset", "offer"]]) == [
        [1, 1, 2, 2],  # the club and the rule desk name no D: they are open to all and count under each
        [1, 1, 2, 3],
        [0, 1, 1, 2],
        [0, 0, 1, 2],
        [1, 0, 3, 4],
    ]
    assert rows(table[["asset_named", "offer_named"]]) == [[1, 1], [1, 2], [0, 1], [0, 1], [2, 3]]


def test_by_primary_d_a_record_counts_once_and_what_names_none_under_each(cluster, at_first):
    table = counts.by_d(cluster, at_first.but(match="primary"))
    assert rows(table[["university", "trust", "asset", "offer"]]) == [
        [0, 1, 2, 2],
        [1, 0, 1, 2],
        [0, 0, 1, 1],
        [0, 0, 1, 1],
        [1, 0, 2, 2],
    ]
    assert rows(table[["asset_named", "offer_named"]]) == [[1, 1], [0, 1], [0, 0], [0, 0], [1, 1]]


def test_a_choice_of_ds_leaves_their_rows_alone_in_their_order(cluster):
    assert list(counts.by_d(cluster, Filter(ds=("robotics", "data")))["label"]) == ["Data", "Robotics"]


@pytest.mark.parametrize("match", ["any", "primary"])
def test_firms_by_d_are_counted_alike_wherever_they_are_counted(cluster, everything, match):
    chosen = everything.but(match=match)
    by_d = list(counts.by_d(cluster, chosen)["company"])
    assert by_d == list(counts.matches_compared(cluster, chosen)[match])
    assert by_d == list(counts.firms_by(cluster, chosen, "stage", THIS_YEAR)[DS].sum())
    assert by_d == list(counts.firms_by_area(cluster, chosen)[DS].sum())
    for label, firms in zip(DS, by_d, strict=True):
        one_d = chosen.but(ds=(label.lower(),))
        assert firms == len(one_d.firms(cluster))


def test_any_and_primary_d_compared(cluster):
    firms = Filter(roles=("heartland",), statuses=("trading", "bought", "unclear"))
    assert rows(counts.matches_compared(cluster, firms)[["label", "any", "primary"]]) == [
        ["Data", 2, 2],
        ["Devices", 3, 2],
        ["Diagnostics", 2, 2],
        ["Digital", 2, 0],
        ["Robotics", 2, 2],
    ]


@pytest.mark.parametrize(
    ("said", "roles"),
    [("3 of 8 firms", ("heartland",)), ("3 of 11 firms", ()), ("0 of 1 firm", ("visitor",))],
)
def test_how_many_ds_firms_span(cluster, said, roles):
    assert headlines.how_many_span(cluster, Filter(roles=roles)) == f"{said} span several Ds"


def test_firms_by_all_the_ds_they_have_each_once(cluster, at_first):
    table = counts.combinations_of_ds(cluster, at_first)
    assert rows(table) == [
        [("diagnostics",), "Diagnostics", 2],  # c, i
        [("data",), "Data", 1],  # a
        [("data", "digital"), "Data and digital", 1],  # g
        [("devices",), "Devices", 1],  # h
        [("devices", "digital"), "Devices and digital", 1],  # b
        [("devices", "robotics"), "Devices and robotics", 1],  # e
        [("robotics",), "Robotics", 1],  # f
    ]


def test_firms_of_a_d_are_told_apart_by_their_other_ds_and_those_without_any_stand_together(cluster):
    digital = counts.combinations_of_ds(cluster, Filter(ds=("digital",), match="primary"))
    assert rows(digital[["label", "firms"]]) == [["Digital", 1]]  # l; of b and g it is the second
    suppliers = counts.combinations_of_ds(cluster, Filter(roles=("supplier",)))
    assert rows(suppliers) == [[("devices",), "Devices", 1], [(), "No D", 1]]  # k, j
    assert counts.combinations_of_ds(cluster, Filter(text="no such words at all")).empty


def test_firms_by_the_country_of_their_owner(cluster, at_first):
    table = counts.firms_by(cluster, at_first, counts.COUNTRY, THIS_YEAR)
    assert rows(table[["label", "all"]]) == [["Norway", 1], ["No owner on record", 7], ["Not known", 0]]  # c


@pytest.mark.parametrize(
    ("split", "expected"),
    [
        # the label, then firms by D, then all firms: b, e and g count once there
        (
            "stage",
            [
                ["In the lab", 1, 0, 1, 1, 1, 3],
                ["At launch", 0, 2, 0, 1, 1, 2],
                ["Grown", 1, 1, 1, 0, 0, 3],
                ["Not known", 0, 0, 0, 0, 0, 0],
            ],
        ),
        (
            "size",
            [["Small", 1, 0, 0, 0, 0, 1], ["Large", 0, 0, 1, 0, 0, 1], ["Not known", 1, 3, 1, 2, 2, 6]],
        ),
        (
            "ownership",
            [
                ["Independent", 2, 3, 1, 2, 1, 6],
                ["Branch", 0, 0, 1, 0, 0, 1],
                ["Spin-out", 0, 0, 0, 0, 1, 1],
                ["Not known", 0, 0, 0, 0, 0, 0],
            ],
        ),
    ],
)
def test_firms_by_stage_size_and_ownership(cluster, at_first, split, expected):
    table = counts.firms_by(cluster, at_first, split, THIS_YEAR)
    assert list(table.columns) == ["label", *DS, "all"]
    assert rows(table) == expected


def test_firms_by_age_in_2026(cluster, at_first):
    table = counts.firms_by(cluster, at_first, "age", THIS_YEAR)
    assert rows(table[["label", "all"]]) == [
        ["Up to 5 years", 2],  # e 2021, f 2024
        ["6 to 10 years", 1],  # b 2019
        ["11 to 25 years", 2],  # a 2015, c 2008
        ["Over 25 years", 1],  # h 1989
        ["Not known", 2],  # g, i
    ]


@pytest.mark.parametrize(
    ("founded", "band"), [(2026, 0), (2021, 0), (2020, 1), (2016, 1), (2015, 2), (2001, 2), (2000, 3)]
)
def test_the_ends_of_the_bands_of_age(cluster, founded, band):
    firm = Filter(text="Test Firm A", roles=("heartland",), stages=("grown",), areas=("Aldbrook",))
    years_on = 2015 - founded
    assert counts.firms_by(cluster, firm, "age", THIS_YEAR + years_on)["all"].tolist().index(1) == band


def test_words_that_no_firm_bears_are_left_out_of_a_split_and_unknown_is_kept(cluster, at_first):
    assert list(counts.firms_by(cluster, at_first, "status", THIS_YEAR)["label"]) == [
        "Trading",
        "Bought up",
        "Unclear",
        "Not known",
    ]


@pytest.mark.parametrize("split", counts.SPLITS_OF_FIRMS)
def test_in_every_split_each_firm_counts_once(cluster, everything, split):
    assert counts.firms_by(cluster, everything, split, THIS_YEAR)["all"].sum() == 11


def test_firms_by_area_most_first_then_by_name_and_unknown_last(cluster, everything, at_first):
    table = counts.firms_by_area(cluster, everything)
    assert rows(table[["label", "all"]]) == [
        ["Aldbrook", 3],
        ["Birkwick", 3],
        ["Carrow Vale", 2],
        ["Dunmere", 1],
        ["Not known", 2],
    ]
    assert rows(table[DS])[0] == [1, 1, 0, 0, 1]  # a, e, and j without a D
    assert table["lad_code"].isna().tolist() == [False] * 4 + [True]


def test_areas_without_firms_stay_and_areas_not_chosen_go(cluster):
    launched = Filter(stages=("lab",), areas=("Inner Northmark",))
    assert rows(counts.firms_by_area(cluster, launched)[["label", "all"]]) == [["Birkwick", 1], ["Aldbrook", 0]]


def test_head_counts_stand_beside_their_years(cluster, everything):
    table = counts.head_counts(cluster, everything)
    assert rows(table[["id", "employees", "employees_year"]]) == [
        ["test-firm-j", 320, 2021],
        ["test-firm-c", 140, 2022],
        ["test-firm-a", 12, 2024],
        ["test-firm-b", 5, 2023],
    ]


def test_tables_for_readers_have_headings_of_the_pack(cluster, at_first):
    by_d = counts.by_d_in_words(cluster, counts.by_d(cluster, at_first))
    types = ["Firms", "Universities", "Hospital trusts", "Assets", "Offers"]
    assert list(by_d.columns) == ["D", *types, "Assets that name it", "Offers that name it"]
    areas = counts.firms_by_area_in_words(counts.firms_by_area(cluster, at_first))
    assert list(areas.columns) == ["Area", *DS, "Firms"]


def test_a_choice_that_matches_nothing_counts_nothing(cluster):
    nothing = Filter(text="zzzzz")
    assert counts.by_type(cluster, nothing)["records"].sum() == 0
    assert counts.by_d(cluster, nothing).select_dtypes("number").to_numpy().sum() == 0
    assert counts.combinations_of_ds(cluster, nothing).empty
    assert counts.head_counts(cluster, nothing).empty
    assert counts.firms_by_area(cluster, nothing)["all"].tolist() == [0, 0, 0, 0]
