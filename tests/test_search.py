"""Search that forgives slips of typing, and takes any text."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cluster_data.filters import Filter
from cluster_data.measures.organisations import found
from cluster_data.search import matching
from tests.packs import STEADY

ROWS = pd.DataFrame(
    [
        ("Gentle Bench", "Aldbrook", "A ward without patients"),
        ("Aldbrook Arms", None, "Arms that lift"),
        ("C++ (Test) Ltd. [UK]", "Dunmere", None),
        ("شركة الاختبار", "Carrow", "Registers"),
        ("Hands 🦾", "Birkwick", "Hands that hold"),
    ],
    columns=["name", "town", "summary"],
)


def answers(text):
    """The rows that answer, best first."""
    scores = matching(ROWS, text)
    return list(scores[scores > 0].sort_values(ascending=False, kind="stable").index)


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([0, 1, 2, 3, 4], ""),
        ([0, 1, 2, 3, 4], "  "),
        ([1, 0], "aldbrook"),  # in the name before in the town
        ([4], "HANDS"),
        ([1], "lift arms"),  # every word, in any order and column
        ([], "arms bench hands"),
        ([0], "Gentel Bnech"),  # two slips
        ([2], "dunmeer"),
        ([3], "الاختبار"),
        ([2], "c++ (test)"),
        ([], "🦾"),
        ([], "???"),
        ([], "qqqqqqqq"),
        ([], "x" * 300),
    ],
)
def test_the_rows_that_answer(rows, text):
    assert answers(text) == rows


def test_slips_are_forgiven_only_if_nothing_matches_as_written():
    assert answers("arm") == [1]
    assert answers("alms") == [1]


@pytest.mark.parametrize(
    "text", [".*", "(", "[", "\\", "a|b", "^$", "🦾" * 200, "شركة", "x" * 300, "\0", "\n", "%", "'"]
)
def test_no_text_breaks_the_search(cluster, text):
    assert len(found(cluster, Filter(text=text))) <= len(cluster.records)


@settings(STEADY, max_examples=60)
@given(some.text(max_size=300))
def test_any_text_gives_each_row_a_score(text):
    scores = matching(ROWS, text)
    assert list(scores.index) == list(ROWS.index)
    assert scores.notna().all() and (scores >= 0).all()
