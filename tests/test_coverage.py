"""What is known, how old and how sure, worked by hand on the invented pack."""

import pytest

from cluster_data.measures import coverage
from cluster_data.model.filters import Filter
from cluster_data.model.formats import in_words
from cluster_data.model.tables import TABLES
from tests import home


def test_the_columns_of_a_table_come_least_known_first(cluster):
    table = coverage.columns_known(cluster, "companies")
    facts = table.set_index("column")[["known", "rows"]]
    assert facts.loc["employees"].tolist() == [4, 12]  # a, b, c, j
    assert facts.loc["source_year"].tolist() == [12, 12]
    assert facts.loc["stage"].tolist() == [11, 12]
    assert table["share"].is_monotonic_increasing and table["share"].between(0, 100).all()
    assert not {"id", "name", "source_ids"} & set(table["column"])


@pytest.mark.parametrize("table", TABLES)
def test_each_table_says_what_it_holds(cluster, table):
    assert coverage.about(table).endswith(".")
    words = coverage.dictionary(table)
    assert sorted(words["Column"]) == sorted(cluster.table(table).columns)
    assert words["Holds"].str.len().min() > 3 and set(words["Required"]) <= {"yes", "no"}
    assert len(coverage.columns_known(cluster, table)) == len(words) - len(
        {"id", "name", "source_ids"} & set(words["Column"])
    )


def test_ages_in_june_2026(cluster, at_first):
    table = coverage.ages(cluster, at_first)
    assert list(table.columns) == ["Kind", "Three years or newer", "Older", "Year not known"]
    assert table.to_numpy().tolist() == [
        ["Firms", 5, 3, 0],  # of 2023 or newer: a, b, c, e, f; d has ended
        ["Universities", 0, 0, 2],
        ["Hospital trusts", 1, 0, 0],  # with beds of 2025; the other has ended
        ["Care boards", 0, 0, 1],
        ["Assets", 0, 0, 3],
        ["Offers", 3, 0, 1],
        ["Investors", 0, 0, 2],
        ["Other partners", 0, 0, 2],
    ]


def test_records_by_confidence(cluster, at_first):
    table = coverage.sureness(cluster, at_first).set_index("Kind")
    assert list(table.columns) == ["Sure", "Fair", "Doubtful", "Not stated"]
    assert table.loc["Firms"].tolist() == [6, 1, 1, 0]  # h fair, g doubtful
    assert table.loc["Assets"].tolist() == [2, 0, 1, 0]
    assert table.loc["Offers"].tolist() == [3, 1, 0, 0]  # the vouchers too, though they are an asset as well
    assert table.loc["Investors"].tolist() == [0, 0, 0, 2]


def test_records_by_the_number_of_their_sources(cluster, at_first):
    table = coverage.foundations(cluster, at_first).set_index("Kind")
    assert list(table.columns) == ["One source only", "Two or more", "No source of its own"]
    assert table.loc["Firms"].tolist() == [7, 1, 0]  # e has two
    assert table.loc["Universities"].tolist() == [1, 1, 0]
    assert table.loc["Offers"].tolist() == [3, 1, 0]  # the prize has two
    assert table.loc["Other partners"].tolist() == [0, 0, 2]


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({}, "16 of 22 records rest on one source only; 2 name none of their own"),
        ({"kinds": ("company",), "text": "test firm e"}, "None of 1 record rests on one source only"),
        ({"kinds": ("partner",)}, "None of 2 records rests on one source only; 2 name none of their own"),
        ({"text": "zzzz"}, "No record of this choice, so no source"),
    ],
)
def test_the_table_of_sources_is_headed_by_its_sum(cluster, at_first, choice, said):
    assert coverage.foundations_finding(cluster, at_first.but(**choice)) == said


@pytest.mark.parametrize("pack", ["cluster", "real"])
def test_every_record_of_a_known_confidence_is_counted_by_its_sources_too(request, pack):
    cluster = request.getfixturevalue(pack)
    chosen = Filter.default(cluster)
    sure, rests = coverage.sureness(cluster, chosen), coverage.foundations(cluster, chosen)
    one, other = (table.set_index("Kind").sum(axis=1).to_dict() for table in (sure, rests))
    assert one == other


@pytest.mark.parametrize(
    ("choice", "ages", "sureness", "firms"),
    [
        (
            {},
            "3 of 22 records rest on sources over three years old; of 11 the year is not known",
            "Confidence is sure for 13 of 22 records, fair for 3, doubtful for 2, not stated for 4",
            "Known of 8 firms: 3 with postcode, 8 with stage, 3 with employees and 5 with a recent source",
        ),
        (
            {"areas": ("Birkwick",)},
            "None of 7 records rests on sources over three years old; of 1 the year is not known",
            "Confidence is sure for 6 of 7 records, fair for 1",
            "Known of 2 firms: 0 with postcode, 2 with stage, 1 with employees and 2 with a recent source",
        ),
        (
            {"text": "zzzz"},
            "No record of this choice, so no source",
            "No record of this choice, so no confidence",
            "No firm of this choice",
        ),
    ],
)
def test_each_table_of_what_is_known_is_headed_by_its_sum(cluster, at_first, choice, ages, sureness, firms):
    chosen = at_first.but(**choice)
    assert coverage.ages_finding(cluster, chosen) == ages
    assert coverage.sureness_finding(cluster, chosen) == sureness
    assert coverage.firms_finding(cluster, chosen) == firms


def test_a_choice_that_matches_nothing_has_no_ages_and_no_confidence(cluster):
    nothing = Filter(text="zzzzz")
    assert coverage.ages(cluster, nothing).empty
    assert coverage.sureness(cluster, nothing).empty
    assert coverage.by_split(cluster, nothing, "D").empty


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("D", {"Data": 2, "Devices": 4, "Diagnostics": 2, "Digital": 3, "Robotics": 2}),
        ("area", {"Aldbrook": 3, "Birkwick": 3, "Carrow Vale": 2, "Dunmere": 1, "Not known": 2}),
    ],
)
def test_under_ten_firms_no_percentage_is_given(cluster, everything, by, groups):
    table = coverage.by_split(cluster, everything, by)
    assert dict(zip(table.iloc[:, 0], table["Firms"], strict=True)) == groups
    words = in_words(table)
    assert list(words.columns)[0] == by[:1].upper() + by[1:]
    assert (words.drop(columns=["Firms", words.columns[0]]) == "too few").all(axis=None)


def test_from_ten_firms_on_the_share_is_given(cluster, everything):
    twice = coverage.by_split(cluster, everything, "area").assign(Firms=10, **{"With stage": 66.7})
    assert in_words(twice)["With stage"].tolist() == ["67%"] * 5


def test_the_share_of_firms_with_a_fact(real):
    firms = Filter.default(real).firms(real)
    area, name = home.LEADING[0], home.LEADING_NAMES[0]
    there = firms[firms["lad_code"] == area]
    table = coverage.by_split(real, Filter.default(real), "area").set_index("Area")
    assert table.loc[name, "Firms"] == len(there) >= 10
    assert table.loc[name, "With stage"] == round(100 * there["stage"].notna().mean())
    assert table.loc[name, "With postcode"] == round(100 * (there["precision"] == "postcode").mean())
