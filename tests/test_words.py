"""Numbers, lists, file names, Markdown and CSV that say what they are given, and nothing else."""

import csv
import io
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some
from markdown_it import MarkdownIt

from cluster_data.model import words
from tests.packs import STEADY

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = ["*", "_", "`", "#", "1.", "2)", "-", "+", "=", "&amp;", "&", "<b>", "</b>", "[a](b)", "![a](b)", "~~", "|"]
SIGNS += ["$x$", ":a:", "\\", "!", "http://a.b", "<http://a.b>", "{", "}", ">", "شركة", "🦾", "£", "“", "a", "1", " "]
LETTERS = some.characters(exclude_categories=["Cs", "Cc"])
TEXTS = some.lists(some.sampled_from(SIGNS) | LETTERS, max_size=12).map(lambda parts: " ".join("".join(parts).split()))
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize(
    ("said", "number", "nouns"),
    [
        ("0 firms", 0, ["firm"]),
        ("1 firm", 1, ["firm"]),
        ("1,204 firms", 1204, ["firm"]),
        ("1 university", 1, ["university", "universities"]),
        ("2 universities", 2, ["university", "universities"]),
    ],
)
def test_a_count_has_its_noun(said, number, nouns):
    assert words.count(number, *nouns) == said


@pytest.mark.parametrize(
    ("several", "one"),
    [("counties", "county"), ("local authorities", "local authority"), ("care systems", "care system")],
)
def test_a_noun_for_several(several, one):
    assert words.plural(one) == several


@pytest.mark.parametrize(
    "number", ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "22nd", "30th", "111th", "1,203rd"]
)
def test_a_place_in_an_order(number):
    assert words.ordinal(int(number[:-2].replace(",", ""))) == number


@pytest.mark.parametrize(
    ("said", "value", "unit"),
    [
        ("£1.6bn", 1_600_000_000, "GBP"),
        ("£400m", 400_000_000, "GBP"),
        ("£2.25m", 2_250_000, "GBP"),
        ("£10m", 10_000_000, "GBP"),
        ("£42,955", 42_955, "GBP"),
        ("£0", 0, "GBP"),
        ("7%", 7.0, "percent"),
        ("16.7%", 16.7, "percent"),
        ("17,000 people", 17_000, "people"),
        ("0.4 years", 0.36, "years"),
        ("3", 3.0, "count"),
        ("rank 2", 2, "rank"),
    ],
)
def test_an_amount_is_said_in_its_unit(said, value, unit):
    assert words.amount(value, unit) == said


@pytest.mark.parametrize(
    ("said", "items", "last"),
    [
        ("", [], "and"),
        ("a", ["a"], "and"),
        ("a and b", ["a", "b"], "and"),
        ("a, b or c", iter("abc"), "or"),
    ],
)
def test_items_make_a_sentence(said, items, last):
    assert words.listing(items, last) == said


@pytest.mark.parametrize(
    ("text", "upper", "lower"),
    [
        ("rooms", "Rooms", "rooms"),
        ("Rules", "Rules", "rules"),
        ("NHS bodies", "NHS bodies", "NHS bodies"),
        ("", "", ""),
    ],
)
def test_only_the_first_letter_changes(text, upper, lower):
    assert (words.first_upper(text), words.first_lower(text)) == (upper, lower)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("core-digital-firms-in-coventry-and-solihull", "Core digital firms in Coventry and Solihull"),
        ("b-a", "<b>/../a"),
        ("all", "شركة 🦾"),
        ("all", ""),
        ("x" * 80, "x" * 200),
    ],
)
def test_a_text_as_a_file_name(name, text):
    assert words.slug(text) == name


@STEADY
@given(some.text())
def test_any_text_gives_a_safe_file_name(text):
    name = words.slug(text)
    assert 0 < len(name) <= 80
    assert name.isascii() and name.replace("-", "").isalnum() and name == name.lower().strip("-")


@STEADY
@given(TEXTS.filter(bool))
def test_markdown_shows_plain_text_as_it_was_given(text):
    paragraph, inline, end = MARKDOWN.parse(words.plain(text))
    assert (paragraph.type, end.type) == ("paragraph_open", "paragraph_close")
    assert {part.type for part in inline.children} == {"text"}
    assert "".join(part.content for part in inline.children).replace(words.SEAM, "") == text
    assert words.bare(words.plain(text)) == text


REMADE = {  # what Streamlit makes something else of, even where every sign of it is escaped
    "an address": r"(?i)(?:https?://|www\.)\w",
    "a mail address": r"[-.\w+]@[-\w]",
    "a picture": r":[\w+-]+:|:material/",
    "an arrow": r"<->|->|<-|--|>=|<=|~=",
}


@STEADY
@given(
    some.lists(
        some.sampled_from(["https://", "HTTP://", "www.", "a@b.c", "x", ":streamlit:", ":material/home:", ":a_b:"])
        | some.sampled_from([" ", ":", "/", ".", "-", "@", "<", ">", "=", "~"])
    ).map("".join)
)
def test_no_run_of_plain_text_is_remade_by_streamlit(text):
    runs = [re.sub(r"\\([^\w\s]|_)", r"\1", run) for run in words.plain(text).split(words.SEAM)]
    assert [(what, run) for run in runs for what, form in REMADE.items() if re.search(form, run)] == []


def test_only_known_addresses_become_links():
    known = {"https://example.org/a", "http://example.org/b"}
    assert words.linked("https://example.org/a http://example.org/b", known).count("](<http") == 2
    for other in ("https://evil.example/x", "https://example.org/a and more", "javascript:alert(1)", ""):
        assert "](" not in words.linked(other, known)
        assert words.bare(words.linked(other, known)) == other


@pytest.mark.parametrize(
    "unsound",
    [
        "https://a.b/<x>",
        "https://[a",
        "https://exämple.org/",
        "https://example.org@evil.example/",
        "https://a.b/%zz",
        "https://",
        "file:///etc/passwd",
    ],
)
def test_an_address_that_programs_may_read_otherwise_is_no_link_even_if_known(unsound):
    assert words.addresses(unsound, {unsound}) == [] and words.site(unsound) == unsound


def test_a_link_is_named_by_its_site():
    assert words.site("https://www.example.org/a?b#c") == "example.org"
    assert words.site("http://localhost:8501/Map") == "localhost:8501"


@STEADY
@given(some.lists(some.sampled_from([*FORMULA, "1", "a", ",", '"', "\n"]) | LETTERS, max_size=6).map("".join))
def test_no_cell_of_a_csv_starts_a_formula_and_the_rest_is_kept(text):
    written = words.safe_csv(pd.DataFrame({"name": [text], "more": ["kept"]})).decode("utf-8-sig")
    _, (cell, kept) = csv.reader(io.StringIO(written, newline=""), strict=True)
    assert not any(line.strip(" ").startswith(FORMULA[:4]) for line in cell.splitlines())
    assert not cell.startswith(FORMULA)
    assert cell.replace("'", "") == text.replace("'", "") and kept == "kept"


@pytest.mark.parametrize("label", [f"{sign}1+1" for sign in FORMULA])
def test_no_column_name_of_a_csv_starts_a_formula(label):
    header, _ = csv.reader(io.StringIO(words.safe_csv(pd.DataFrame({label: [1]})).decode("utf-8-sig"), newline=""))
    assert header == [f"'{label}"]


def test_a_csv_keeps_numbers_gaps_and_letters():
    table = pd.DataFrame({"n": [-1.5, None], "text": ["شركة 🦾, “x”", None]})
    assert words.safe_csv(table) == '\ufeffn,text\r\n-1.5,"شركة 🦾, “x”"\r\n,\r\n'.encode()


def test_links_stand_in_a_row_and_names_cannot_end_them():
    said = words.links([("ONS", "https://example.org/a"), ("x](javascript:alert(1))", "https://example.org/b")])
    first, second = said.split("; ")
    assert first == "[ONS](<https://example.org/a>)"
    assert second.endswith("](<https://example.org/b>)") and "](javascript" not in second
    assert words.links([]) == ""
