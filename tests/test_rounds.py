"""Rounds: which have a year, what their sums are, and how the time line shows those that have none."""

import pytest

from cluster_data.drawing import charts
from cluster_data.input.read import read_cluster
from cluster_data.measures import rounds
from cluster_data.model.filters import Filter
from cluster_data.model.formats import in_words
from cluster_data.palette import DARK, LIGHT
from tests.packs import TODAY, add, drop, edit, write_pack


def pack_with(tmp_path, *links, **changes):
    """The invented pack with more links from funders (from, to, year, note) and other changes."""

    def more(text):
        for start, end, year, note in links:
            text = add(from_id=start, to_id=end, kind="funds", year=year, note=note, source_ids="test-survey")(text)
        return text

    return read_cluster(write_pack(tmp_path, links=more, **changes), TODAY)


def told(cluster, chosen=None):
    rows = rounds.rounds(cluster, chosen or Filter.default(cluster))
    return [tuple(row) for row in rows[["id", "year", "sum"]].to_numpy().tolist()]


def test_a_round_stands_in_the_year_of_its_link_or_of_the_note_of_its_sum(cluster):
    # Firm E is funded in 2025, its own sum has no note; the note of A's sum names 2022
    assert told(cluster) == [("test-firm-e", 2025, ""), ("test-firm-a", 2022, "£250,000")]
    assert rounds.finding(cluster, Filter.default(cluster)) == (
        "2 rounds and awards of 2 firms have a year, 1 of them a sum"
    )
    table = in_words(rounds.in_words(rounds.rounds(cluster, Filter.default(cluster))))
    assert list(table["Sum"]) == ["sum not known", "£250,000"] and list(table["From"]) == ["Test Capital", ""]


@pytest.mark.parametrize(
    ("note", "known"),
    [
        ("One round, 2022", True),
        ("A round of 2021; another of 2022", False),
        ("Two in 2021 and 2022", False),
        ("One round; 2022", False),  # which of two statements is the sum's?
        ("One round", False),
    ],
)
def test_a_sum_has_a_year_only_if_its_note_is_one_statement_with_one_year(tmp_path, note, known):
    cluster = pack_with(tmp_path, companies=edit("test-firm-a", funding_note=note))
    assert (("test-firm-a", 2022, "£250,000") in told(cluster)) == known
    assert rounds.without_year(cluster, Filter.default(cluster)) == (0 if known else 1)


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("part of £1.2m", "part of £1.2m"),
        ("£250,000 of £1.45m, through a fund", "£250,000 of £1.45m"),
        ("ISOBAR, EUR 42,955", "EUR 42,955"),
        ("GBP 1.8m grant", "GBP 1.8m"),
        ("a project, amount not shown", ""),
        ("£1m and then £2m", ""),
        ("In 2020", ""),
        ("", ""),
    ],
)
def test_a_sum_is_quoted_only_where_a_note_names_one(note, said):
    assert rounds.sum_said(note) == said


def test_funders_of_one_year_are_one_round_and_the_own_sum_goes_first(tmp_path):
    links = [("test-ministry", "test-firm-a", "2022", "part of £9m"), ("test-capital", "test-firm-a", "2022", "")]
    rows = rounds.rounds(cluster := pack_with(tmp_path, *links), Filter.default(cluster))
    row = rows[rows["id"] == "test-firm-a"].to_dict("records")
    assert [(one["year"], one["sum"], sorted(one["funders"].split("; "))) for one in row] == [
        (2022, "£250,000", ["Test Capital", "Test Ministry"])
    ]


def test_the_filter_holds_and_nothing_is_said_of_no_round(cluster, tmp_path):
    grown = Filter.default(cluster).but(stages=("grown",))
    assert told(cluster, grown) == [("test-firm-a", 2022, "£250,000")]
    none = read_cluster(
        write_pack(tmp_path, links=lambda text: text.splitlines()[0] + "\n", companies=drop("test-firm-a")), TODAY
    )
    assert told(none) == []
    assert rounds.finding(none, Filter.default(none)) == (
        "No round of these firms has a year; 1 firm with funding seen, but no year"
    )


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_a_sum_that_is_not_known_looks_different(cluster, ground):
    figure = charts.rounds_chart(rounds.rounds(cluster, Filter.default(cluster)), ground)
    names, known, unknown = figure.data
    assert (list(known.x), list(unknown.x)) == ([2022], [2025])
    assert known.marker.color == ground.accent and unknown.marker.color == ground.ground
    assert list(known.text) == ["£250,000"] and list(unknown.text) == [""]
    assert figure.layout.showlegend and len(names.text) == 2


def test_a_time_line_of_very_many_firms_shows_the_newest(cluster):
    rows = rounds.rounds(cluster, Filter.default(cluster)).iloc[[0] * 300]
    rows = rows.assign(id=[f"firm-{place}" for place in range(300)], year=range(2300, 2000, -1))
    names, *marks = charts.rounds_chart(rows, LIGHT).data
    assert len(names.text) == charts.MOST_FIRMS == sum(len(trace.x) for trace in marks)
