"""Published figures: grouped without loss, side by side where sources disagree, regions where all are known."""

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_data.drawing import charts
from cluster_data.input.read import read_cluster
from cluster_data.measures import indicators
from cluster_data.model.filters import Filter
from cluster_data.model.formats import in_words
from cluster_data.palette import DARK, LIGHT
from cluster_data.views import page_of
from tests import home
from tests.packs import STEADY, TODAY, add, drop, edit, on_rows, write_pack

WORK = "How many people work in health technology"


@pytest.fixture(params=["cluster", "real"])
def either(request):
    """The invented pack, then the one at home."""
    return request.getfixturevalue(request.param)


def changed(tmp_path, **changes):
    return read_cluster(write_pack(tmp_path, **changes), TODAY)


def answer(value, high=None, unit="people", **cells):
    """A row as the measures see it."""
    row = {"value": value, "value_high": high, "unit": unit, "name": "Jobs", "period": "2023", "geography": "Here"}
    return row | {"scope": "all", "kind": "Actual", "publisher": "Survey"} | cells


# ---- groups ---------------------------------------------------------------


def test_every_figure_stands_in_exactly_one_group(either):
    stood = []
    for topic in indicators.topic_labels(either):
        for rows in (*indicators.answers(either, topic).values(), *indicators.others(either, topic).values()):
            stood += list(rows.index)
    assert sorted(stood) == list(either.table("indicators").index)


def test_topics_come_in_order_with_what_they_hold(cluster):
    table = indicators.topics(cluster)
    assert table[["label", "figures", "own", "questions"]].to_numpy().tolist() == [
        ["Work", 8, 7, 1],
        ["Output", 1, 1, 0],
        ["All else", 2, 2, 0],
    ]
    assert indicators.topic_in_words(cluster, "work") == (
        "Work: 7 figures of the region, and 1 question that several sources answer"
    )
    assert indicators.topic_in_words(cluster, "worth") == "Output: 1 figure of the region"


def test_the_regions_own_figures_come_first_and_a_series_newest_first(tmp_path):
    old = {"id": "school_jobs", "period": "2019", "year_from": "2019", "year_to": "2019", "place": "home"}
    cluster = changed(tmp_path, indicators=add(**old, geography="Northmark", value="7"))
    found = indicators.others(cluster, "work")
    assert list(found) == ["home", "realm"]
    assert list(found["home"]["id"]) == ["jobs_2030", "school_jobs", "school_jobs", "school_jobs_kept"]
    assert list(found["home"]["period"])[1:3] == ["2019", "undated"]


def test_what_is_known_of_a_figure(cluster):
    rows = indicators.figures(cluster).set_index("key")
    assert rows.index.is_unique
    page, unread = rows.loc["jobs_page"], rows.loc["unread"]
    assert (page["figure"], page["kind"], page["confidence"], page["year"]) == ("1,200 people", "Actual", "Fair", 2021)
    assert page["assumed"] and page["own"] and page["url"] == "https://example.com/survey"
    assert unread["figure"] == "not readable" and pd.isna(unread["year"])
    assert not rows.loc["realm_jobs", "own"]
    assert {"jobs-2023-northmark-test-survey", "jobs-2023-northmark-test-gazette"} <= set(rows.index)


def test_ids_in_notes_are_shown_as_names(tmp_path):
    cluster = changed(tmp_path, indicators=edit("jobs_page", note="See jobs_2030, not jobs_2030_old"))
    rows = indicators.figures(cluster).set_index("id")
    assert rows.loc["jobs_page", "note"] == "See “Jobs added by 2030”, not jobs_2030_old"


def test_keys_are_unique_and_fit_for_links(either):
    keys = indicators.figures(either)["key"]
    assert keys.is_unique and keys.str.fullmatch(r"[a-z0-9_-]+").all()


# ---- sources side by side -------------------------------------------------


def test_answers_stand_side_by_side_on_one_scale(cluster):
    (rows,) = indicators.answers(cluster, "work").values()
    assert rows["figure"].tolist() == ["1,400 people", "2,000 people", "1,200 people", "1,000 to 1,600 people"]
    assert rows["share"].tolist() == [0.7, 1.0, 0.6, 0.8]
    assert indicators.answers(cluster, "rest") == {}


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        ("Q: 2 sources, 11,000 to 17,000 people", [answer(17_000), answer(11_000)]),
        ("Q: 2 sources, 298 to 800 firms", [answer(298, unit="firms"), answer(600, 800, "firms")]),
        ("Q: 2 sources, the same figure: £1.6bn", [answer(1.6e9, unit="GBP"), answer(1.6e9, unit="GBP")]),
        ("Q: 2 sources, the same figure: 5 to 6 people", [answer(5, 6), answer(5, 6)]),
        ("Q: 2 sources, the same figure: rank 1", [answer(1, unit="rank"), answer(1, unit="rank")]),
        ("Q: 3 sources, 5 to 6 people, 1 not readable", [answer(5), answer(None), answer(6)]),
        ("Q: 2 sources, none readable", [answer(None), answer(None)]),
        ("Q: 2 sources, in different units", [answer(5), answer(6, unit="firms")]),
        ("Q: 2 sources, 5 to 8 people", [answer(5), answer(5, 8)]),
    ],
)
def test_what_the_sources_say_together(said, rows):
    frame = pd.DataFrame(rows).astype({"value": float, "value_high": float})
    assert indicators.answers_in_words("Q", frame) == said


@pytest.mark.parametrize(
    ("said", "cells"),
    [
        ("The 2 sources differ in nothing that is stated.", {}),
        ("The 2 sources differ in publisher.", {"publisher": "Gazette"}),
        (
            "The 2 sources differ in what is counted, period and scope.",
            {"name": "Posts", "period": "2024", "scope": None},
        ),
        ("The 2 sources differ in area and kind.", {"geography": "There", "kind": "Estimate"}),
    ],
)
def test_in_what_sources_differ(said, cells):
    assert indicators.differences(pd.DataFrame([answer(1), answer(2, **cells)])) == said


@pytest.mark.parametrize("change", [{"value": "-5", "value_high": ""}, {"unit": "rank"}])
def test_figures_without_a_common_scale_have_no_bars(tmp_path, change):
    def as_told(rows):
        return [row | change if row["question"] else row for row in rows]

    unlinked = on_rows(lambda rows: [row | {"measure": "", "counts_as": ""} for row in rows])
    cluster = changed(tmp_path, indicators=lambda text: on_rows(as_told)(unlinked(text)))
    assert indicators.answers(cluster, "work")[WORK]["share"].isna().all()


@STEADY
@given(st.lists(st.tuples(st.floats(0, 1e9), st.floats(0, 1e9)), min_size=2, max_size=6))
def test_bars_run_from_nothing_to_the_highest_figure(ends):
    rows = pd.DataFrame([answer(min(pair), max(pair)) for pair in ends])
    shares = indicators._shared(rows)["share"]
    highest = max(max(pair) for pair in ends)
    assert shares.isna().all() if highest == 0 else (shares.max() == 1 and (shares >= 0).all())


def test_the_pack_at_home_shows_every_figure_of_a_question(real):
    labels = {row["id"]: row["label"] for row in home.rows("vocabulary") if row["field"] == "indicator_question"}
    asked = Counter(labels[row["question"]] for row in home.rows("indicators") if row["question"])
    found = {
        question: len(rows)
        for topic in indicators.topic_labels(real)
        for question, rows in indicators.answers(real, topic).items()
    }
    assert found == dict(asked)
    noted = indicators.figures(real)
    noted = noted[noted["note"].fillna("").str.startswith("Contradiction") & noted["own"]]
    assert noted["question"].notna().all()


# ---- regions --------------------------------------------------------------


def test_only_series_with_every_region_are_compared(cluster):
    rows = indicators.series(cluster)
    assert rows[["key", "regions", "all", "complete"]].to_numpy().tolist() == [
        ["businesses-2023", 3, 3, True],
        ["change-2020-to-2023", 3, 3, True],
        ["employment-2023", 2, 3, False],
    ]
    assert indicators.complete_series(cluster) == {
        "businesses-2023": "Businesses, 2023",
        "change-2020-to-2023": "Change in jobs, 2020 to 2023",
    }
    (left,) = indicators.not_compared(cluster).to_dict("records")
    assert (left["Not compared"], left["Regions"]) == ("People employed, 2023", "2 of 3")
    assert left["Areas held"] == "Northmark and Southmark"


def test_regions_stand_highest_first_and_share_ranks(cluster):
    rows = indicators.regions(cluster, "businesses-2023")
    assert rows[["region", "value", "rank", "joint", "own"]].to_numpy().tolist() == [
        ["Southmark", 20, 1, False, False],
        ["Northmark", 12, 2, True, True],
        ["Westmark", 12, 2, True, False],
    ]
    assert indicators.region_finding(cluster, "businesses-2023") == (
        "Businesses, 2023: Northmark comes joint last of 3 regions, with 12 firms"
    )
    assert list(in_words(indicators.compared_in_words(rows))["Rank"]) == ["1", "joint 2", "joint 2"]


def test_the_whole_country_is_told_and_never_ranked(cluster):
    assert "The realm" not in set(indicators.regions(cluster, "businesses-2023")["region"])
    assert "The realm: 44 firms, not ranked." in indicators.series_about(cluster, "businesses-2023")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("21", "first of 3"),
        ("20", "joint first of 3"),
        ("15", "2nd of 3"),
        ("12", "joint last of 3"),
        ("3", "last of 3"),
    ],
)
def test_the_rank_in_words(tmp_path, value, said):
    def own(rows):
        return [row | {"value": value} if (row["region"], row["metric"]) == OWN else row for row in rows]

    finding = indicators.region_finding(changed(tmp_path, comparisons=on_rows(own)), "businesses-2023")
    assert finding == f"Businesses, 2023: Northmark comes {said} regions, with {value} firms"


OWN = ("Northmark", "businesses")


def test_a_region_of_one_series_more_makes_the_others_incomplete(tmp_path):
    fourth = {"region": "Eastmark", "region_code": "X90000004", "level": "region", "value": "5"}
    cluster = changed(tmp_path, comparisons=add(**fourth))
    assert list(indicators.complete_series(cluster)) == ["change-2020-to-2023"]


def test_a_region_that_stands_twice_spoils_a_series(tmp_path):
    cluster = changed(tmp_path, comparisons=on_rows(lambda rows: [*rows, rows[-1] | {"value": "9"}]))
    assert list(indicators.complete_series(cluster)) == ["businesses-2023"]


def test_one_region_is_no_comparison(tmp_path):
    alone = on_rows(lambda rows: [row for row in rows if row["region"] == "Northmark"])
    cluster = changed(tmp_path, comparisons=alone)
    assert indicators.complete_series(cluster) == {} and len(indicators.not_compared(cluster)) == 3


def test_a_region_that_is_not_among_the_compared_is_told(tmp_path):
    cluster = changed(tmp_path, comparisons=edit("Northmark", region="The North"))
    assert indicators.region_finding(cluster, "businesses-2023") == (
        "Businesses, 2023: Northmark is not among the regions"
    )


def test_two_series_of_one_name_keep_apart(tmp_path):
    def twice(rows):
        again = [row | {"publisher": "Test Gazette"} for row in rows if row["metric"] == "businesses"]
        return [*rows, *again]

    keys = indicators.series(changed(tmp_path, comparisons=on_rows(twice)))["key"]
    assert keys.is_unique
    assert set(keys) >= {"businesses-2023-all-health-technology-test-gazette", "change-2020-to-2023"}


def test_the_pack_at_home_compares_the_series_that_hold_every_region(real):
    rows = [row for row in home.rows("comparisons") if row["level"] == "region"]
    regions = {row["region"] for row in rows}
    held = Counter(tuple(row[name] for name in indicators.SERIES) for row in rows)
    whole = indicators.complete_series(real)
    assert len(whole) == sum(number == len(regions) for number in held.values())
    for metric, label in whole.items():
        assert sorted(indicators.regions(real, metric)["region"]) == sorted(regions)
        assert indicators.region_finding(real, metric).startswith(f"{label}: ")


# ---- the drawing and the filter -------------------------------------------


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_the_own_region_is_told_by_more_than_colour(cluster, ground):
    bars, names = charts.regions_chart(indicators.regions(cluster, "change-2020-to-2023"), ground).data
    assert list(bars.x) == [150, 0, -80]
    assert list(bars.marker.pattern.shape) == ["", "", "/"]
    assert list(names.text) == ["Southmark  150 people", "Westmark  0 people", "<b>Northmark  -80 people</b>"]
    assert set(names.x) == {-80}


def test_a_chart_of_nothing_but_zeros_can_be_drawn(cluster):
    rows = indicators.regions(cluster, "businesses-2023").assign(value=0.0)
    figure = charts.regions_chart(rows, LIGHT)
    assert figure.layout.xaxis.range == (0, 1)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "The target asks for 71 to 110 more jobs a year on average until 2030, counted from 1,400 in 2023"),
        ({"tab": ["The regions"]}, "Businesses, 2023: Northmark comes joint last of 3 regions, with 12 firms"),
        ({"tab": ["Published figures"]}, "How many people work in health technology: 4 sources, 1,000 to 2,000 people"),
        ({"topic": ["worth"]}, "Output: 1 figure of the region"),
        ({"topic": ["nonsense"], "metric": ["nonsense"]}, "The target asks for 71 to 110 more jobs"),
    ],
)
def test_the_headline_of_growth_tells_of_the_tab_that_is_open(cluster, asked, said):
    assert page_of("Growth", cluster, Filter(), asked).draft.title.startswith(said)


def test_a_pack_without_figures(tmp_path):
    def first_line(text):
        return text.splitlines()[0] + "\n"

    cluster = changed(tmp_path, indicators=first_line, comparisons=first_line, pack=without_headlines)
    assert indicators.figures(cluster).empty and indicators.topic_labels(cluster) == {}
    assert indicators.complete_series(cluster) == {} and indicators.not_compared(cluster).empty


def without_headlines(text):
    return "\n".join(line for line in text.splitlines() if not line.startswith("headline_indicators")) + "\n"


def test_a_figure_left_out_leaves_all_others_in_place(tmp_path, cluster):
    fewer = changed(tmp_path, indicators=drop("realm_jobs"))
    left = indicators.figures(cluster).query("id != 'realm_jobs'")["key"]
    assert list(indicators.figures(fewer)["key"]) == list(left)
