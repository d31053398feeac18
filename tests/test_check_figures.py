"""Faults of sourced figures, as they are printed."""

import pytest

from tests.packs import edit, faults_of, on_rows, write_pack


def lone(rows):
    """The first row alone keeps its question."""
    return [rows[0], *(row | {"question": ""} for row in rows[1:])]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "change"),
    [
        (
            "indicators.csv line 3, column 'measure': this is empty, while 'counts_as' is 'baseline'. "
            "Fill both or neither.",
            on_rows(
                lambda rows: [row | {"measure": ""} if row["publisher"] == "Test Gazette" else row for row in rows]
            ),
        ),
        (
            "indicators.csv line 6, column 'counts_as': this is empty, while 'measure' is 'workers'. "
            "Fill both or neither.",
            edit("robotics_share", measure="workers", unit="people"),
        ),
        (
            "indicators.csv line 12, column 'year_about': '2022' stands beside a year that the period states. "
            "Leave it empty.",
            edit("realm_jobs", year_about="2022"),
        ),
        (
            "indicators.csv line 2, column 'question': no other row answers 'jobs_now'. Correct it, or leave it empty.",
            on_rows(lone),
        ),
        (
            "indicators.csv line 4, column 'unit': 'firms' is not the unit of other rows of 'workers', 'people'. "
            "Use one unit for one measure.",
            edit("jobs_2030", unit="firms"),
        ),
    ],
)
def test_a_figure_that_is_told_by_halves(tmp_path, fault, change):
    assert fault in faults_of(write_pack(tmp_path, indicators=change))


def test_words_of_figures_are_known_words(tmp_path):
    folder = write_pack(
        tmp_path,
        indicators=edit("jobs_page", topic="shoes", place="moon", question="why", measure="joy", counts_as="hope"),
        comparisons=edit("The realm", level="planet", metric="joy"),
    )
    said = "\n".join(faults_of(folder))
    for word in ("shoes", "moon", "why", "joy", "hope", "planet"):
        assert f"'{word}'" in said


def test_the_packs_own_figures_have_no_fault(tmp_path):
    assert faults_of(write_pack(tmp_path)) == []
