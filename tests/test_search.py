"""Search that forgives slips of typing, and takes any text."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from cluster_data.measures.organisations import found
from cluster_data.model import search
from cluster_data.model.filters import Filter
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


def matching(rows, text):
    """How well each row answers to the text."""
    asked = search.asked_of(text)
    scores = search.Index(rows).answers(asked)[0] if asked else 0 if text.strip() else 1
    return pd.Series(scores, rows.index, dtype=float)


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
    ("one", "other"),
    [
        ("imaging", "image"),
        ("images", "image"),
        ("diagnostics", "diagnostic"),
        ("prosthetics", "prosthetic"),
        ("therapies", "therapy"),
        ("scanning", "scan"),
        ("robotics", "robot"),
        ("clinics", "clinical"),
        ("nursing", "nurses"),
        ("technologies", "technology"),
    ],
)
def test_forms_of_a_word_find_one_another(one, other):
    rows = pd.DataFrame({"name": ["A", "B"], "town": None, "summary": [f"Makes {other}", "Makes string"]})
    assert search.stem(one) == search.stem(other)
    assert list(matching(rows, one) > 0) == [True, False]


def test_the_best_answer_comes_first():
    held = [
        ("wards", "", ""),
        ("ward", "", ""),
        ("", "ward", ""),
        ("", "", "ward"),
        ("", "", "wards"),
        ("warded", "", ""),
    ]
    rows = pd.DataFrame(held, columns=["name", "town", "summary"])
    rows = pd.concat([rows, pd.DataFrame({"name": [""], "town": "", "summary": "", "kinds": "ward"})]).fillna("")
    scores = list(matching(rows, "ward"))
    assert sorted(range(7), key=lambda place: -scores[place]) == [1, 0, 5, 2, 3, 4, 6]
    assert matching(rows, "warding").iloc[1] < scores[1]


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        ("robotics", "robotics"),  # the label of a D
        ("robot", "robotics"),
    ],
)
def test_records_are_found_by_what_type_they_are(cluster, everything, kind, kept):
    kept_at_all, named = set(everything.records(cluster)["id"]), cluster.record_ds
    with_d = kept_at_all & set(named.loc[named["d"] == kept, "id"])
    assert with_d and with_d <= set(found(cluster, everything.but(text=kind))["id"])
    for record_type, label in cluster.labels("record_type").items():
        of_type = set(Filter(kinds=(record_type,)).records(cluster)["id"])
        assert of_type <= set(found(cluster, everything.but(text=label))["id"])


def test_what_is_found_by_its_stem_alone_is_not_said_to_be_spelt_so():
    index = search.Index(ROWS)
    assert index.answers(["hands"])[1] and index.answers(["hand"])[1]
    scores, spelt = index.answers(["lifting"])
    assert list(scores > 0) == [False, True, False, False, False] and not spelt


@STEADY
@given(some.lists(some.text(max_size=30), max_size=40).map(" ".join))
def test_a_search_is_bounded_and_what_it_goes_by_is_its_beginning(text):
    cut = search.cut(text)
    assert len(cut) <= search.MOST_LETTERS and len(cut.split()) <= search.MOST_WORDS
    assert len(search.asked_of(text)) <= search.MOST_WORDS
    assert text.split()[: len(cut.split()) - 1] == cut.split()[:-1]
    assert search.cut(cut) == cut and search.asked_of(cut) == search.asked_of(text)


def test_a_search_prepares_its_texts_once(cluster, monkeypatch):
    search.index_of(cluster)
    monkeypatch.setattr(search, "_Column", None)
    for word in ("ward", "aldbrok", "quite another"):
        search.answers(cluster, word)


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
