"""The reader's choice: what it keeps, how it is said, and that narrowing it never adds a record."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cluster_data.input.read import read_cluster
from cluster_data.model import words
from cluster_data.model.filters import Filter, filter_of_link, link_of_filter
from cluster_data.views import page_of
from tests import home
from tests.packs import STEADY, TODAY, edit, write_pack

ALL = "a b c e f g h i j k l"  # firm d has ended
HEARTLAND = "a b c e f g h i"
LABELS = {
    "ds": {
        "data": "Data",
        "devices": "Devices",
        "diagnostics": "Diagnostics",
        "digital": "Digital",
        "robotics": "Robotics",
    },
    "areas": {
        label: label for label in ("Aldbrook", "Birkwick", "Carrow Vale", "Dunmere", "Inner Northmark", "Coast ICS")
    },
    "kinds": {"company": "Firms", "trust": "Hospital trusts", "asset": "Assets", "offer": "Offers"},
    "roles": {"heartland": "Heartland", "supplier": "Supplier", "visitor": "Visitor"},
    "stages": {"lab": "In the lab", "launch": "At launch", "grown": "Grown"},
    "statuses": {"trading": "Trading", "open": "Open", "bought": "Bought up", "unclear": "Unclear", "ended": "Ended"},
}
CHOSEN = {name: some.lists(some.sampled_from(list(known)), unique=True).map(tuple) for name, known in LABELS.items()}
FILTERS = some.builds(
    Filter,
    match=some.sampled_from(["any", "primary"]),
    text=some.sampled_from(["", "test", "northmark arms"]),
    **CHOSEN,
)


def letters(rows):
    """The letters of the invented firms among records."""
    return " ".join(sorted(name.removeprefix("test-firm-") for name in rows["id"] if name.startswith("test-firm-")))


@pytest.mark.parametrize(
    ("kept", "said", "choice"),
    [
        (ALL, "firms in Northmark", {}),
        (HEARTLAND, "heartland firms in Northmark", {"roles": ("heartland",)}),
        ("j k l", "supplier and visitor firms in Northmark", {"roles": ("supplier", "visitor")}),
        ("b g l", "digital firms in Northmark", {"ds": ("digital",)}),
        ("l", "digital (primary D) firms in Northmark", {"ds": ("digital",), "match": "primary"}),
        ("a b g l", "data or digital firms in Northmark", {"ds": ("data", "digital")}),
        ("a e j", "firms in Aldbrook", {"areas": ("Aldbrook",)}),
        ("a b e f j k", "firms in Inner Northmark", {"areas": ("Inner Northmark",)}),
        ("c g i", "firms in Carrow Vale and Dunmere", {"areas": ("Carrow Vale", "Dunmere")}),
        ("b e", "firms at at launch stage in Northmark", {"stages": ("launch",)}),
        ("d", "firms in Northmark with status ended", {"statuses": ("ended",)}),
        ("c g", "firms in Northmark with status bought up or unclear", {"statuses": ("bought", "unclear")}),
        ("k", "firms in Northmark matching “moulds”", {"text": " moulds "}),
        ("", "firms in Northmark with words like “zzzzz” (none is spelt so)", {"text": "zzzzz"}),
        (
            "e",
            "heartland devices firms at at launch stage in Aldbrook",
            {"roles": ("heartland",), "ds": ("devices",), "stages": ("launch",), "areas": ("Aldbrook",)},
        ),
        (ALL, "firms in Northmark", {"kinds": ("asset", "company")}),
    ],
)
def test_a_choice_keeps_firms_and_says_so(cluster, kept, said, choice):
    chosen = Filter(**choice)
    assert letters(chosen.firms(cluster)) == kept
    assert chosen.words(cluster) == said
    assert chosen.statement(cluster).split(".")[0] == f"{said[0].upper()}{said[1:]}: {len(kept.split())}"


@pytest.mark.parametrize(
    ("said", "choice"),
    [
        # ended: firm d and a lab (Dunmere), a trust (Carrow Vale), grants (to Inner Northmark), loans
        (
            "Firms in Northmark: 11. "
            "Not counted, as ended or moved away: 1 firm, 1 hospital trust, 1 asset and 2 offers",
            {},
        ),
        (
            "Firms in Aldbrook: 3. Not counted, as ended or moved away: 2 offers",
            {"areas": ("Aldbrook",)},
        ),
        ("Firms in Northmark: 11. Not counted, as ended or moved away: 1 firm", {"kinds": ("company",)}),
        ("Offers in Northmark: 4. Not counted, as ended or moved away: 2 offers", {"kinds": ("offer",)}),
        ("Firms in Northmark with status ended: 1", {"statuses": ("ended",)}),
        ("Firms in Northmark: 12", {"ended": True}),
        ("Investors in Northmark: 2", {"kinds": ("investor",)}),
    ],
)
def test_what_is_not_counted_is_said(cluster, said, choice):
    assert Filter(**choice).statement(cluster) == said


@pytest.mark.parametrize(
    ("kept", "record_type", "choice"),
    [
        ({"test-park", "gentle-bench", "coast-club"}, "asset", {"roles": ("visitor",)}),
        ({"old-press-lab"}, "asset", {"statuses": ("ended",)}),
        ({"test-park", "gentle-bench", "coast-club", "old-press-lab"}, "asset", {"ended": True}),
        # What names no D is open to every D.
        ({"coast-club"}, "asset", {"ds": ("digital",)}),
        ({"bench-vouchers", "rule-desk"}, "offer", {"stages": ("lab",), "ds": ("robotics",), "match": "primary"}),
        # Offers have no area: an area keeps those that reach it, and an offer held to a group reaches its areas alone.
        ({"first-ward", "rule-desk", "bench-vouchers", "national-health-prize"}, "offer", {"areas": ("Birkwick",)}),
        ({"rule-desk", "bench-vouchers", "national-health-prize"}, "offer", {"areas": ("Dunmere",)}),
        ({"gentle-bench", "test-park"}, "asset", {"areas": ("Aldbrook",)}),
        (set(), "investor", {"areas": ("Aldbrook",)}),
        ({"moor-and-dale-care-board"}, "board", {"statuses": ("trading",)}),
    ],
)
def test_a_choice_keeps_other_records(cluster, kept, record_type, choice):
    assert set(cluster.records["id"][Filter(**choice).keeps_of(cluster, record_type)]) == kept


def test_kinds_without_firms_are_counted_in_place_of_firms(cluster):
    chosen = Filter(kinds=("asset", "university"), roles=("heartland",))
    assert set(chosen.records(cluster)["record_type"]) == {"asset", "university"}
    assert chosen.statement(cluster).startswith("Assets and universities in Northmark: 5. ")


@pytest.mark.parametrize(
    ("kept", "kinds"),
    [
        # the vouchers give out the bench: one body, an asset before it is an offer
        ("coast-club first-ward gentle-bench national-health-prize rule-desk test-park", ("offer", "asset")),
        ("bench-vouchers first-ward national-health-prize rule-desk", ("offer",)),
        ("coast-club gentle-bench test-park", ("asset",)),
    ],
)
def test_what_is_of_two_kinds_counts_once_among_those_chosen(cluster, kept, kinds):
    assert sorted(Filter(kinds=kinds).records(cluster)["id"]) == kept.split()


def test_at_first_the_roles_flagged_default_are_chosen(cluster, real):
    assert Filter.default(cluster).roles == ("heartland",)
    assert Filter.default(real).statement(real).startswith(home.AT_FIRST)


def test_an_area_that_does_not_exist_keeps_no_firm(cluster):
    assert Filter(areas=("Atlantis",)).firms(cluster).empty


def test_a_choice_names_a_file(cluster, at_first):
    assert words.slug(at_first.but(areas=("Carrow Vale",)).words(cluster)) == "heartland-firms-in-carrow-vale"


def bodies(cluster, chosen):
    """The bodies that a choice keeps."""
    return set(cluster.bodies[chosen.keeps(cluster)])


@STEADY
@given(wide=FILTERS, what=some.sampled_from([*CHOSEN]), choose=some.data())
def test_narrowing_never_adds_a_record(cluster, wide, what, choose):
    known = getattr(wide, what) or list(LABELS[what])
    narrow = wide.but(**{what: tuple(choose.draw(some.lists(some.sampled_from(known), min_size=1, unique=True)))})
    if narrow.statuses:  # a status asked for takes in what has ended
        wide = wide.but(ended=True)
    assert bodies(cluster, narrow) <= bodies(cluster, wide)


@STEADY
@given(FILTERS)
def test_what_the_primary_d_keeps_any_d_keeps_too(cluster, chosen):
    assert bodies(cluster, chosen.but(match="primary")) <= bodies(cluster, chosen.but(match="any"))


@STEADY
@given(FILTERS)
def test_a_body_is_kept_once(cluster, chosen):
    assert (
        chosen.keeps(cluster).sum() == len(bodies(cluster, chosen)) == len(set(cluster.bodies[chosen.matches(cluster)]))
    )


@STEADY
@given(FILTERS)
def test_every_choice_is_said(cluster, chosen):
    said = chosen.words(cluster).casefold()
    parts = [part for part in CHOSEN if part != "kinds"]
    labels = [LABELS[part][word] for part in parts for word in getattr(chosen, part)]
    assert [label for label in [*labels, chosen.text] if label.casefold() not in said] == []
    assert ("(primary d)" in said) == (chosen.match == "primary" and bool(chosen.ds))


@STEADY
@given(FILTERS, some.text(max_size=300))
def test_any_text_makes_a_statement_and_a_file_name(cluster, chosen, text):
    chosen = chosen.but(text=text)
    counted = chosen.firms(cluster) if chosen.keeps_firms() else chosen.records(cluster)
    assert chosen.statement(cluster).split(". Not counted")[0].endswith(f": {len(counted)}")
    assert words.slug(chosen.words(cluster))


def test_the_properties_cover_every_part_of_a_choice():
    assert {field.name for field in fields(Filter)} == {*CHOSEN, "match", "text", "ended"}


# ---- links ----------------------------------------------------------------


@STEADY
@given(chosen=FILTERS)
def test_the_link_of_a_choice_asks_for_that_choice(cluster, chosen):
    assert filter_of_link(cluster, link_of_filter(cluster, chosen)) == (chosen, [])


def test_the_first_view_has_an_empty_link(cluster, at_first):
    assert link_of_filter(cluster, at_first) == {} and filter_of_link(cluster, {}) == (at_first, [])


def test_links_name_labels_and_an_empty_value_sets_no_limit(cluster):
    chosen = Filter(ds=("digital",), areas=("Coast ICS",), kinds=("trust",), match="primary", text="arms")
    assert link_of_filter(cluster, chosen) == {
        "d": ["Digital"],
        "area": ["Coast ICS"],
        "kind": ["Hospital trusts"],
        "role": [""],
        "match": ["primary"],
        "q": ["arms"],
    }


@pytest.mark.parametrize(
    ("asked", "choice", "unknown"),
    [
        ({"d": ["digital", "ROBOTICS", "Digital"]}, {"ds": ("digital", "robotics")}, []),
        ({"d": ["", "Data"]}, {"ds": ("data",)}, []),
        ({"d": ["Bogus"], "role": ["Bogus"]}, {}, [("d", "Bogus"), ("role", "Bogus")]),
        ({"area": ["dunmere", "Atlantis"]}, {"areas": ("Dunmere",)}, [("area", "Atlantis")]),
        ({"kind": ["asset", "Hospital trust"]}, {"kinds": ("asset",)}, [("kind", "Hospital trust")]),
        ({"role": [""]}, {"roles": ()}, []),
        ({"match": ["sometimes"]}, {}, [("match", "sometimes")]),
        ({"match": ["Primary"], "q": [" arms "]}, {"match": "primary", "text": "arms"}, []),
        ({"challenge": ["N9"], "scene": ["3"]}, {}, []),
    ],
)
def test_a_link_may_say_ids_and_any_case_and_what_is_unknown_is_told(cluster, at_first, asked, choice, unknown):
    assert filter_of_link(cluster, asked) == (at_first.but(**choice), unknown)


def test_an_offer_that_ended_is_told_as_left_out_though_its_asset_lasts(tmp_path):
    # Vouchers for the bench, which lasts: the offer counts no more, near the bench as far from it.
    pack = write_pack(tmp_path, support_offers=edit("bench-vouchers", status="ended"))
    cluster = read_cluster(pack, TODAY)
    for area in ((), ("Aldbrook",), ("Birkwick",)):
        chosen = Filter(areas=area, kinds=("asset", "offer"))
        assert "3 offers" in chosen.not_counted(cluster) and "both" not in chosen.not_counted(cluster)
    gone = {"support_offers": edit("bench-vouchers", status="ended"), "assets": edit("gentle-bench", status="ended")}
    both = read_cluster(write_pack(tmp_path / "both", **gone), TODAY)
    assert Filter(kinds=("asset", "offer")).not_counted(both).endswith("2 assets and 3 offers (1 is both)")


def test_a_search_that_finds_no_firm_tells_what_else_it_finds(cluster):
    chosen = Filter(text="gentle bench")
    found = int(chosen.keeps(cluster).sum())
    assert found and chosen.counts(cluster) == 0
    assert f": 0. Other records found: {found}" in chosen.statement(cluster)
    assert "Other records" not in Filter(text="test firm a").statement(cluster)
    draft = page_of("Organisations", cluster, chosen, {}).draft
    assert draft.more == f". Other records found: {found}" and draft.more in draft.statement
