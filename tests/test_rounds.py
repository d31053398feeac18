"""Rounds: which have a year, what their sums are, and how the time line shows those that have none."""

from itertools import combinations

import pandas as pd
import pytest

from cluster_data.document import Heading, Table
from cluster_data.drawing import charts
from cluster_data.drawing.pictures import chart_picture, height_for
from cluster_data.drawing.pictures.canvas import touch
from cluster_data.elements import in_files
from cluster_data.input.read import read_cluster
from cluster_data.measures import invest, rounds
from cluster_data.model.filters import Filter
from cluster_data.model.formats import in_words
from cluster_data.palette import DARK, LIGHT
from cluster_data.views import page_of
from tests.packs import TODAY, add, drop, edit, write_pack

PHONE = 358 / 14 * 9 / 72  # inches: as wide as on a phone if most words have 9 points


def pack_with(tmp_path, *links, **changes):
    """The invented pack with more links from funders (from, to, year, note) and other changes."""

    def more(text):
        for start, end, year, note in links:
            text = add(from_id=start, to_id=end, kind="funds", year=year, note=note, source_ids="test-survey")(text)
        return text

    return read_cluster(write_pack(tmp_path, links=more, **changes), TODAY)


def told(cluster, chosen=None):
    rows = rounds.rounds(cluster, chosen or Filter.default(cluster))
    return [tuple(row) for row in rows[["id", "year", "sum"]].astype(object).fillna(0).to_numpy().tolist()]


NO_YEAR = [("test-firm-a", 0, "£250,000"), ("test-firm-e", 0, "£1.5m")]


def test_a_round_stands_in_the_year_of_its_link_and_no_year_is_read_out_of_a_note(cluster):
    # Firm E is funded in 2025; the note of A's own sum names 2022
    assert told(cluster) == [("test-firm-e", 2025, ""), *NO_YEAR]
    rows = rounds.rounds(cluster, Filter.default(cluster))
    assert rounds.finding(rows) == (
        "1 round or award of 1 firm has a year, none of them a sum; for 2 firms money stands in a note or has no year"
    )
    table = in_words(rounds.in_words(rows))
    assert list(table["Sum"]) == ["sum not known", "£250,000", "£1.5m"]
    assert list(table["From"]) == ["Test Capital", "see the note", "not known"] and list(table["Note"]) == [
        "",
        "One round, 2022",
        "",
    ]


def test_every_sign_of_money_stands_among_the_rounds(tmp_path, real):
    more = [("test-ministry", "test-firm-b", "", ""), ("test-capital", "test-firm-c", "2021", "")]
    invented = pack_with(tmp_path, *more, companies=edit("test-firm-f", funding_note="A prize of 2020"))
    for cluster in (invented, real):
        for chosen in (Filter.default(cluster), Filter()):
            kept = invest.kept(cluster, chosen, invest.ALL, invest.ALL, invest.ALL)
            rows = rounds.rounds(cluster, chosen)
            assert set(rows["id"]) == set(kept.loc[kept["funded"], "id"])
            assert not rows.duplicated(["id", "year"]).any()
    assert ("test-firm-b", 0, "") in told(invented) and ("test-firm-c", 2021, "") in told(invented)


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("part of £1.2m", "part of £1.2m"),
        ("£250,000 of £1.45m, through a fund", "£250,000 of £1.45m"),
        ("ISOBAR, EUR 42,955", "EUR 42,955"),
        ("GBP 1.8m grant", "GBP 1.8m"),
        ("led a round of almost £3m", "almost £3m"),
        ("half of £300,000", "half of £300,000"),
        ("a project, amount not shown", ""),
        ("£1m and then £2m", ""),
        ("In 2020", ""),
        ("", ""),
    ],
)
def test_a_sum_is_quoted_only_where_a_note_names_one(note, said):
    assert rounds.sum_said(note) == said


def test_funders_of_one_year_are_one_round_beside_the_own_sum_of_the_firm(tmp_path):
    links = [("test-ministry", "test-firm-a", "2022", "part of £9m"), ("test-capital", "test-firm-a", "2022", "")]
    rows = rounds.rounds(cluster := pack_with(tmp_path, *links), Filter.default(cluster))
    row = rows[rows["id"] == "test-firm-a"].astype(object).fillna(0).to_dict("records")
    assert [(one["year"], one["sum"], sorted(one["funders"].split("; "))) for one in row] == [
        (2022, "part of £9m", ["Test Capital", "Test Ministry"]),
        (0, "£250,000", [""]),
    ]


def test_the_filter_holds_and_what_has_no_year_is_listed(cluster, tmp_path):
    grown = Filter.default(cluster).but(stages=("grown",))
    assert told(cluster, grown) == NO_YEAR[:1]
    folder = write_pack(tmp_path, links=lambda text: text.splitlines()[0] + "\n", companies=drop("test-firm-a"))
    none = read_cluster(folder, TODAY)
    assert told(none) == NO_YEAR[1:]
    said = "No round of these firms has a year; for 1 firm money stands in a note or has no year"
    assert rounds.finding(rounds.rounds(none, Filter.default(none))) == said
    parts = list(in_files(page_of("Invest", none, Filter.default(none), {}).elements))
    assert said in [part.text for part in parts if isinstance(part, Heading)]
    table = next(
        part for part in parts if isinstance(part, Table) and part.about.startswith("Money in a note or without a year")
    )
    assert list(table.rows()["Sum"]) == ["£1.5m"]


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_a_sum_that_is_not_known_looks_different(tmp_path, ground):
    cluster = pack_with(tmp_path, ("test-ministry", "test-firm-a", "2022", "a grant of £9m"))
    rows = rounds.rounds(cluster, Filter.default(cluster)).dropna(subset="year").astype({"year": int})
    figure = charts.rounds_chart(rows, ground)
    names, known, unknown = figure.data
    assert (list(known.x), list(unknown.x)) == ([2022], [2025])
    assert known.marker.color == ground.accent and unknown.marker.color == ground.ground
    assert list(known.text) == ["2022: £9m"] and list(unknown.text) == ["2025"]
    assert figure.layout.showlegend and len(names.text) == 2


def test_a_time_line_of_very_many_firms_shows_the_newest(cluster):
    rows = rounds.rounds(cluster, Filter.default(cluster)).iloc[[0] * 300]
    rows = rows.assign(id=[f"firm-{place}" for place in range(300)], year=range(2300, 2000, -1))
    names, *marks = charts.rounds_chart(rows, LIGHT).data
    assert len(names.text) == charts.MOST_FIRMS == sum(len(trace.x) for trace in marks)


def a_firm(*years):
    """The rounds of one firm in these years."""
    row = {"id": "a", "firm": "A", "sum": "EUR 168,112", "funders": "B", "note": ""}
    return pd.DataFrame([row | {"year": year} for year in years])


@pytest.mark.parametrize(
    ("years", "shown"),
    [
        ((2022, 2008), ["2022: EUR 168,112", "2008: EUR 168,112"]),
        ((2022, 2015, 2008), ["EUR 168,112", "EUR 168,112", "2008"]),
        ((2022, 2021, 2008), ["2022", "2021: EUR 168,112", "2008: EUR 168,112"]),
        ((2022, 2021, 2020), ["2022", "2021", "2020: EUR 168,112"]),
        ((2022, 2022, 2008), ["2022: EUR 168,112", "", "2008: EUR 168,112"]),
    ],
)
def test_each_mark_has_its_year_and_sum_or_one_of_them_as_there_is_room(years, shown):
    (_, known, _) = charts.rounds_chart(a_firm(*years), LIGHT).data
    assert list(known.text) == shown


@pytest.mark.parametrize("tight", [1, 0.8, 0.69])
def test_no_words_of_the_time_line_touch_each_other(real, tight):
    rows = rounds.rounds(real, Filter.default(real)).dropna(subset="year").astype({"year": int})
    figure = charts.rounds_chart(rows, LIGHT)
    drawn = chart_picture(figure, PHONE, tight * height_for(figure))
    assert len(drawn.taken) > 2 * charts.MOST_FIRMS
    assert [(one, other) for one, other in combinations(drawn.taken, 2) if touch(one, other)] == []


def test_awards_of_one_firm_and_year_whose_sums_differ_are_several(tmp_path):
    links = [("test-ministry", "test-firm-a", "2022", "£9m"), ("test-capital", "test-firm-a", "2022", "£2m")]
    cluster = pack_with(tmp_path, *links)
    rows = rounds.rounds(cluster, Filter.default(cluster)).query("id == 'test-firm-a'")
    assert rounds.finding(rows.dropna(subset="year")) == "2 rounds and awards of 1 firm have a year, 2 of them a sum"
