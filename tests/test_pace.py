"""What goals ask for a year: by hand on the invented pack, as properties of any numbers, and on the pack at home."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_data.drawing import charts
from cluster_data.input.read import read_cluster
from cluster_data.measures import goals, pace
from cluster_data.measures.pace import Counting
from cluster_data.model.formats import in_words
from cluster_data.palette import DARK, LIGHT
from tests import home
from tests.packs import STEADY, TODAY, add, drop, edit, on_rows, write_pack

SURVEY, PAGE, POSTER = "jobs-2023-northmark-test-survey", "jobs_page", "jobs_poster"
EXTRAS = st.floats(1, 1e9)
YEARS = st.integers(1, 60)


def counted(baseline=SURVEY, since=2026, until=2030, measure="workers"):
    return Counting(measure, baseline, since, until)


def by_goal(cluster, counting):
    return pace.paces(cluster, counting).set_index("id")


def changed(tmp_path, *changes):
    """The invented pack with changes to its indicators."""

    def all_of(text):
        for change in changes:
            text = change(text)
        return text

    return read_cluster(write_pack(tmp_path, indicators=all_of), TODAY)


# ---- by hand --------------------------------------------------------------


def test_a_range_is_divided_by_the_years_from_the_baseline_to_the_goal(cluster):
    goal = by_goal(cluster, counted()).loc["jobs_2030"]
    assert (goal["start"], goal["end"], goal["years"]) == (2023, 2030, 7)
    assert (goal["pace_low"], goal["pace_high"]) == pytest.approx((500 / 7, 800 / 7))
    assert goal["growth_low"] == pytest.approx((1900 / 1400) ** (1 / 7) - 1)
    assert goal["growth_high"] == pytest.approx((2200 / 1400) ** (1 / 7) - 1)
    assert goal["adds"] and goal["dated"] and goal["why"] == ""


def test_a_goal_without_a_year_is_counted_between_the_years_assumed(cluster):
    goal = by_goal(cluster, counted(since=2024, until=2034)).loc["school_jobs"]
    assert (goal["start"], goal["end"], goal["pace_low"], goal["pace_high"]) == (2024, 2034, 12, 12)
    assert math.isnan(goal["growth_low"]) and goal["share_low"] == pytest.approx(120 / 1400)
    assert not goal["dated"]


def test_what_is_kept_asks_for_nothing(cluster):
    goal = by_goal(cluster, counted()).loc["school_jobs_kept"]
    assert not goal["adds"] and math.isnan(goal["pace_low"]) and math.isnan(goal["share_high"])
    assert goal["why"] == "what is kept adds nothing, so it asks for no growth"


@pytest.mark.parametrize(
    ("why", "change", "baseline", "since", "until", "goal"),
    [
        ("the source of the baseline names no year", None, POSTER, 2026, 2030, "jobs_2030"),
        ("2030 does not come after 2030, from which it would be counted", "2030", PAGE, 2026, 2030, "jobs_2030"),
        ("2030 does not come after 2031, from which it would be counted", "2031", PAGE, 2026, 2030, "jobs_2030"),
        ("2026 does not come after 2026, from which it would be counted", None, SURVEY, 2026, 2026, "school_jobs"),
    ],
)
def test_there_is_no_pace_without_a_year_in_between(tmp_path, why, change, baseline, since, until, goal):
    cluster = changed(tmp_path, *([edit(PAGE, year_about=change)] if change else []))
    asked = by_goal(cluster, counted(baseline, since, until)).loc[goal]
    assert asked["why"] == why
    assert math.isnan(asked["pace_low"]) and math.isnan(asked["growth_high"])


def test_one_year_is_enough(tmp_path):
    cluster = changed(tmp_path, edit(PAGE, year_about="2029"))
    goal = by_goal(cluster, counted(PAGE)).loc["jobs_2030"]
    assert (goal["pace_low"], goal["pace_high"], goal["years"]) == (500, 800, 1)
    assert goal["growth_low"] == pytest.approx(500 / 1200)


def test_a_figure_that_cannot_be_read_has_no_pace(tmp_path):
    cluster = changed(tmp_path, edit("jobs_2030", value="", value_high=""))
    assert by_goal(cluster, counted()).loc["jobs_2030", "why"] == "the figure is not readable"
    assert goals.target_finding(cluster, counted()) == (
        "No yearly pace can be told for the target: the figure is not readable"
    )
    assert goals.path(cluster, counted()).empty


@pytest.mark.parametrize("value", ["0", "-50"])
def test_a_base_that_is_nothing_has_a_pace_and_no_growth(tmp_path, value):
    cluster = changed(tmp_path, edit(PAGE, value=value))
    goal = by_goal(cluster, counted(PAGE)).loc["jobs_2030"]
    assert goal["pace_low"] == pytest.approx(500 / 9)
    assert math.isnan(goal["growth_low"]) and math.isnan(goal["share_low"])
    card = goals.goals_in_words(cluster, counted(PAGE)).set_index("id").loc["jobs_2030"]
    assert card["detail"] == "500 to 800 people more over 9 years (2021 to 2030)."


def test_growth_from_a_range_runs_from_its_upper_to_its_lower_end(tmp_path):
    cluster = changed(tmp_path, edit(POSTER, year_about="2020", period="undated (c. 2020)"))
    goal = by_goal(cluster, counted(POSTER)).loc["jobs_2030"]
    assert goal["growth_low"] == pytest.approx((2100 / 1600) ** 0.1 - 1)
    assert goal["growth_high"] == pytest.approx((1800 / 1000) ** 0.1 - 1)


def test_without_a_baseline_a_goal_is_counted_from_the_year_of_the_pack(cluster):
    goal = by_goal(cluster, counted(None, measure="output")).loc["added_output_2030"]
    assert (goal["start"], goal["pace_low"]) == (2026, 35_000_000 / 4)
    assert math.isnan(goal["growth_low"])
    assert goals.target_finding(cluster, counted(None, measure="output")) == (
        "The target asks for £8.8m more output a year on average until 2030, counted from 2026"
    )
    told = goals.about_baseline(cluster, counted(None, measure="output"))
    assert told == "No baseline is known: goals that name a year are counted from 2026, the year of this data."
    assert goals.on_pace(cluster, counted(None, measure="output")) == goals.NO_BASELINE


@pytest.mark.parametrize(("number", "rate"), [((0, 100, 5), 0), ((300, 100, 2), 1), ((-50, 100, 1), -0.5)])
def test_growth_by_hand(number, rate):
    assert pace.growth(*number) == pytest.approx(rate)


@pytest.mark.parametrize("numbers", [(10, 0, 5), (10, -5, 5), (-100, 100, 5), (10, 100, 0), (10, math.nan, 5)])
def test_growth_that_has_no_meaning_is_missing(numbers):
    assert math.isnan(pace.growth(*numbers))


# ---- properties -----------------------------------------------------------


@STEADY
@given(EXTRAS, YEARS)
def test_the_pace_kept_up_for_all_years_adds_what_is_asked_for(extra, years):
    assert pace.pace(extra, years) * years == pytest.approx(extra)


@STEADY
@given(EXTRAS, YEARS, YEARS)
def test_a_later_start_never_lowers_the_pace(extra, years, fewer):
    fewer = min(years, fewer)
    assert pace.pace(extra, fewer) >= pace.pace(extra, years)


@STEADY
@given(EXTRAS, EXTRAS, YEARS)
def test_the_order_of_a_range_is_kept(one, other, years):
    low, high = sorted((one, other))
    assert pace.pace(low, years) <= pace.pace(high, years)
    assert pace.growth(low, 1000, years) <= pace.growth(high, 1000, years)


@STEADY
@given(EXTRAS, st.floats(1, 1e9), YEARS)
def test_growth_applied_each_year_gives_the_baseline_and_what_is_added(extra, base, years):
    reached = base
    for _ in range(years):
        reached *= 1 + pace.growth(extra, base, years)
    assert reached == pytest.approx(base + extra)


@STEADY
@given(EXTRAS, st.integers(-5, 0))
def test_without_a_year_in_between_nothing_is_said(extra, years):
    assert math.isnan(pace.pace(extra, years)) and math.isnan(pace.growth(extra, 1000, years))


@STEADY
@given(st.floats(1e-6, 1e12))
def test_two_digits_stay_close(value):
    assert pace.two_digits(value) == pytest.approx(value, rel=0.051)
    assert pace.two_digits(-value) == -pace.two_digits(value)


@pytest.mark.parametrize(
    ("said", "low", "high", "unit"),
    [
        ("660 to 740", 662.5, 737.5, "people"),
        ("130", 125.5, 125.5, "people"),
        ("87", 87, 87, "people"),
        ("348", 348, 348, "people"),
        ("1,300", 1_250, 1_250, "people"),
        ("£130", 125, 125, "GBP"),
        ("0.43", 0.43, 0.43, "people"),
        ("1,200", 1_180, 1_220, "firms"),
        ("£44m to £48m", 44_444_444, 47_777_777, "GBP"),
        ("0", 0, 0, "people"),
    ],
)
def test_a_pace_in_words(said, low, high, unit):
    assert pace.range_in_words(low, high, unit) == said


# ---- baselines and years --------------------------------------------------


def test_baselines_stand_newest_first_and_say_how_they_know_their_year(cluster):
    assert list(pace.baseline_labels(cluster, "workers").items()) == [
        (SURVEY, "1,400 people, 2023, Test Survey"),
        ("jobs-2023-northmark-test-gazette", "2,000 people, 2023, Test Gazette"),
        (PAGE, "1,200 people, about 2021, Test Survey"),
        (POSTER, "1,000 to 1,600 people, no year, Test Gazette"),
    ]
    assert pace.baseline_labels(cluster, "output") == {}
    assert pace.measures(cluster) == {"workers": "Jobs", "output": "Output"}


def test_years_run_from_the_oldest_baseline_to_beyond_the_goals(cluster):
    starts, ends = pace.years_offered(cluster)
    assert list(starts) == ["2021", "2022", "2023", "2024", "2025", "2026"]
    assert list(ends) == [str(year) for year in range(2027, 2036)]
    assert pace.goal_year(cluster) == "2030"


def test_years_without_any_dated_goal_or_baseline(tmp_path):
    undated = {"year_from": "", "year_to": "", "year_about": ""}
    cluster = changed(tmp_path, on_rows(lambda rows: [row | undated for row in rows]))
    starts, ends = pace.years_offered(cluster)
    assert list(starts) == ["2026"] and pace.goal_year(cluster) == "2027" and "2027" in ends


# ---- in words -------------------------------------------------------------


@pytest.mark.parametrize(
    ("baseline", "said"),
    [
        (SURVEY, "The target asks for 71 to 110 more jobs a year on average until 2030, counted from 1,400 in 2023"),
        (PAGE, "The target asks for 56 to 89 more jobs a year on average until 2030, counted from 1,200 in about 2021"),
        (POSTER, "No yearly pace can be told for the target: the source of the baseline names no year"),
    ],
)
def test_the_finding_names_pace_goal_and_baseline(cluster, baseline, said):
    assert goals.target_finding(cluster, counted(baseline)) == said


def test_each_goal_says_what_its_pace_is_made_of(cluster):
    cards = goals.goals_in_words(cluster, counted())
    assert cards[["figure", "detail"]].to_numpy().tolist() == [
        [
            "71 to 110 a year",
            "500 to 800 people more over 7 years (2023 to 2030): growth of 4.5% to 6.7% a year on 1,400.",
        ],
        [
            "30 a year",
            "120 people more over 4 years (2026 to 2030, assumed): in all 8.6% of the baseline’s 1,400.",
        ],
        ["No pace", "40 people. No pace: what is kept adds nothing, so it asks for no growth."],
    ]


def test_the_table_holds_paces_in_full(cluster):
    table = in_words(goals.goals_table(cluster, counted())).set_index("Goal")
    assert table.loc["Jobs added by 2030", "A year"] == "71.4 to 114.3 people"
    assert list(table["Years"]) == ["stated", "assumed", "assumed"]
    assert list(table["Source"]) == ["https://example.com/survey"] * 3


def test_all_assumptions_are_told(cluster):
    told = goals.assumptions(cluster, counted(PAGE, 2025, 2031))
    assert told[:3] == goals.RULES
    said = (
        "Baseline: Jobs in health technology, as a page says, 1,200 people, undated (page c. 2021), Test Survey; "
        "confidence fair. Note: Rounded; see jobs. Its source states no year: this assumes that the figure holds for "
        "about 2021."
    )
    assert told[3] == goals.about_baseline(cluster, counted(PAGE, 2025, 2031)) == said
    assert sum(line.startswith("Another source: ") for line in told) == 3
    assert "Some goals name no year: they are counted from 2025 until 2031." in told[7]
    assert told[-1] == goals.APART


def test_a_doubted_baseline_is_told_where_it_stands(tmp_path):
    cluster, said = changed(tmp_path, edit(PAGE, confidence="doubtful")), "a figure of doubtful confidence"
    assert goals.target_finding(cluster, counted(PAGE)).endswith(f", {said}")
    assert goals.about_baseline(cluster, counted(PAGE)) in goals.doubts(cluster, counted(PAGE))
    assert said not in goals.target_finding(cluster, counted(SURVEY)) and not goals.doubts(cluster, counted(SURVEY))


def test_a_baseline_of_another_scope_is_told(tmp_path):
    cluster = changed(tmp_path, edit(PAGE, scope="robots", geography="Southmark"))
    assert (
        "“Jobs added by 2030” counts health technology in Northmark; the baseline counts robots in Southmark. "
        "The two may not cover the same."
    ) in goals.doubts(cluster, counted(PAGE))
    assert "may not cover" not in goals.doubts(cluster, counted(SURVEY))


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("1500", "50 a year, slower than the 71 to 110 that is asked for."),
        ("1600", "100 a year, as fast as the 71 to 110 that is asked for."),
        ("1700", "150 a year, faster than the 71 to 110 that is asked for."),
    ],
)
def test_a_later_figure_of_the_same_series_tells_how_it_goes(tmp_path, value, verdict):
    survey = {"id": "jobs", "name": "Jobs", "period": "2025", "year_from": "2025", "year_to": "2025", "place": "home"}
    more = survey | {"value": value, "geography": "Northmark", "measure": "workers", "counts_as": "baseline"}
    cluster = changed(tmp_path, drop("realm_jobs"), add(**more, topic="work", kind="actual"))
    told = goals.on_pace(cluster, counted(SURVEY))
    assert told.startswith("Since then the baseline’s series gives ") and told.endswith(verdict)
    assert goals.on_pace(cluster, counted(PAGE)) == goals.NO_LATER


# ---- the drawing ----------------------------------------------------------


def test_the_way_leads_from_the_baseline_to_the_goal(cluster):
    way = goals.path(cluster, counted(PAGE))
    assert way[["role", "year", "low", "high", "said"]].to_numpy().tolist() == [
        ["other", 2023, 1400, 1400, "1,400"],
        ["other", 2023, 2000, 2000, "2,000"],
        ["baseline", 2021, 1200, 1200, "1,200"],
        ["goal", 2030, 1700, 2000, "1,700 to 2,000"],
    ]
    assert goals.path_finding(cluster, counted(PAGE)) == (
        "Jobs: 1,200 in about 2021; with the target, 1,700 to 2,000 in 2030"
    )
    survey, gazette = (
        "Test Survey, year not known",
        "“Firms of Northmark”, Test Gazette, year not known",
    )
    assert goals.path_source(way).endswith(f"Source: {survey}; {gazette}.")
    assert list(in_words(goals.path_in_words(way))["Year"]) == ["2023", "2023", "2021", "2030"]


@pytest.mark.parametrize("counting", [counted(POSTER), counted(None, measure="output")])
def test_without_a_dated_baseline_there_is_no_way(cluster, counting):
    assert goals.path(cluster, counting).empty and goals.path_finding(cluster, counting) == ""


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_the_baseline_is_filled_and_other_sources_are_open(cluster, ground):
    figure = charts.path_chart(goals.path(cluster, counted(PAGE)), ground)
    band, gap, end, *marks = figure.data
    assert list(band.x) == [2021, 2030, 2030, 2021] and list(band.y) == [1200, 1700, 2000, 1200]
    assert end.text[1] == "<b>1,700 to 2,000</b>"
    # 500 to 800 more than the 1,200 of 2021, in nine years
    assert list(gap.y[:3]) == [1200, 1200, 1700] and gap.text[-1] == "500 to 800 people more<br>56 to 89 a year"
    assert figure.layout.xaxis.title.text == "Year" and figure.layout.yaxis.title.text == "People"
    assert list(figure.layout.yaxis.ticktext) == ["0", "1,000", "2,000"]
    assert [mark.marker.color for mark in marks] == [ground.ground, ground.ground, ground.accent]
    assert [mark.text[0] for mark in marks] == ["1,400", "2,000", "<b>1,200</b>"]


def test_goals_of_money_have_an_axis_in_words_of_money(cluster):
    way = goals.path(cluster, counted(PAGE)).assign(unit="GBP million")
    axis = charts.path_chart(way, LIGHT).layout.yaxis
    assert list(axis.ticktext) == ["£0", "£1bn", "£2bn"] and axis.title.text == "Pounds"


# ---- the pack at home -----------------------------------------------------


def test_each_goal_asks_for_what_it_adds_over_its_years(real):
    figures = {row["id"]: row for row in home.rows("indicators")}
    for measure in pace.measures(real):
        for baseline in pace.baseline_labels(real, measure):
            for goal in by_goal(real, Counting(measure, baseline, 2026, 2030)).query("adds").itertuples():
                if not goal.why:
                    low = float(figures[goal.Index]["value"])
                    high = float(figures[goal.Index]["value_high"] or low)
                    asked = (goal.pace_low * goal.years, goal.pace_high * goal.years)
                    assert asked == pytest.approx((low, high)), goal.Index
