"""Pairs that might meet: who is suggested to whom, why, and in which order."""

import dataclasses

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_data.document import Heading, PageLink, Table, Text
from cluster_data.elements import Group, Only, in_files
from cluster_data.findings import network_words, suggestions
from cluster_data.input.read import read_cluster
from cluster_data.measures.organisations import names
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.filters import Filter, filter_of_link, link_of_filter
from cluster_data.views import page_of
from cluster_data.views.connections import AROUND
from tests.packs import FEW, TODAY, edit, write_pack
from tests.test_network import BENCH, PARK, TRUST, UNIVERSITY, A, E, with_links

pytestmark = pytest.mark.slow

CLUB, B, K, SCANNERS = "coast-club", "test-firm-b", "test-firm-k", "test-firm-i"
HAND = [  # counted by hand from the files of tests/pack
    (E, PARK, 0.4),  # strong: both reasons
    (A, BENCH, 1.6),  # challenges alone, placed exactly
    (B, BENCH, 25.2),
    (A, CLUB, None),
    (B, CLUB, None),
    (SCANNERS, PARK, None),
    (E, TRUST, 0.9),  # fair: two parts, near
    (A, UNIVERSITY, 1.2),
    (E, UNIVERSITY, 1.7),
    (B, K, 0.7),  # weak: two firms
]


WITH_B = "Could talk about supply or a joint bid: both work on devices, less than 1 km apart in Birkwick."


def listed(table):
    """Pairs as (one, other, km)."""
    km = [None if pd.isna(far) else far for far in table["km"]]
    return list(zip(table["one"], table["other"], km, strict=True))


def pairs_of(cluster, chosen=suggestions.EVERYTHING):
    """The pairs suggested, each as a set of ids."""
    table = suggestions.pairs_not_linked(cluster, chosen)
    return {frozenset(pair) for pair in zip(table["one"], table["other"], strict=True)}


def test_pairs_stand_in_the_order_of_the_rule(cluster, everything):
    assert listed(suggestions.pairs_not_linked(cluster, everything)) == HAND
    assert suggestions.strengths(cluster, everything).count("strong") == 6


def test_both_must_be_kept_by_the_choice(cluster, at_first):
    assert listed(suggestions.pairs_not_linked(cluster, at_first)) == HAND[:-1]  # test firm k is a supplier
    assert pairs_of(cluster, Filter(ds=("data",))) == {
        frozenset({A, UNIVERSITY}),
        frozenset({A, "coast-club"}),  # the club names no D: it is open to data too
    }
    assert pairs_of(cluster, Filter(ds=("robotics",), match="primary")) == {
        frozenset({E, UNIVERSITY})  # the park has data first; gentle bench is linked
    }
    assert pairs_of(cluster, Filter(areas=("Birkwick",))) == {frozenset({B, K})}
    assert pairs_of(cluster, Filter(text="zzzzz")) == set()


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (
            E,
            TRUST,
            "Could talk about trying out what the firm makes: both work on devices, 0.9 km apart in Aldbrook.",
        ),
        (
            E,
            PARK,
            'Test Firm E "The Quoted" & <b>Sons</b> is known to face “rooms” (N3), and Test Park helps with that: '
            "both work on robotics, less than 1 km apart in Aldbrook.",
        ),
        (
            A,
            BENCH,
            "Test Firm A is known to face “finding a first hospital” (N1) and “rules” (N2), "
            "and Gentle Bench helps with that: 1.6 km apart.",
        ),
        (
            B,
            CLUB,
            "Test Firm B is known to face “finding a first hospital” (N1), and Coast Club helps with that.",
        ),
        (B, K, "Could talk about supply or a joint bid: both work on devices, less than 1 km apart in Birkwick."),
    ],
)
def test_each_pair_says_why(cluster, everything, one, other, why):
    table = suggestions.pairs_not_linked(cluster, everything).set_index(["one", "other"])
    assert table.loc[(one, other), "why"] == why


def test_how_good_a_reason_is_goes_by_need_then_kind_and_distance(cluster, everything):
    table = suggestions.pairs_not_linked(cluster, everything)
    graded = dict(zip(zip(table["one"], table["other"], strict=True), table["strength"], strict=True))
    assert [graded[pair[:2]] for pair in HAND] == [*["strong"] * 6, *["fair"] * 3, "weak"]
    best = suggestions.strongest(cluster, everything, 6)
    assert best["strength"].tolist() == ["strong"] * 6 + ["fair"]


def test_a_reason_that_one_shares_with_several_is_said_once(cluster, real, everything, monkeypatch):
    monkeypatch.setattr(suggestions, "NAMED", 1)
    best = suggestions.strongest(cluster, everything, 3)
    assert list(zip(best["one"], best["other"], best["alike"], strict=True)) == [
        (E, PARK, 1),
        (A, BENCH, 1),
        (B, BENCH, 2),  # and the club, which helps with N1 too
    ]
    assert (
        best["why"].iloc[2].endswith("“finding a first hospital” (N1), and 2 assets not linked with it help with that.")
    )
    assert network_words.best_found(best, 10) == "The best 3 reasons, shared by 4 of 10 pairs"
    assert network_words.for_stage(best)["Second"].tolist() == ["Test Park", "Gentle Bench", "Gentle Bench and 1 more"]
    assert list(network_words.for_stage(suggestions.partners_for(cluster, E))) == ["Name", "Why"]
    monkeypatch.undo()
    everyone = suggestions.strongest(real, everything, 10_000)
    groups = everyone.drop_duplicates(["one", "strength", "why"])
    assert network_words.best_found(everyone, len(suggestions.best_pairs(real, everything))) == ""
    assert groups["strength"].map(list(suggestions.STRENGTHS).index).is_monotonic_increasing


@pytest.mark.parametrize("pack", ["cluster", "real"])
def test_on_screen_no_weaker_reason_comes_before_a_stronger_one(pack, request, everything):
    held = request.getfixturevalue(pack)
    page = page_of("Connections", held, everything, {"show": ["who should meet whom"]})
    (screen, *_) = (part for part in page.elements if isinstance(part, Only))
    cards = [card for group in screen.parts if isinstance(group, Group) for card in group.parts]
    told = [[part.lead for part in card.parts if isinstance(part, Text) and part.lead] for card in cards]
    order = [f"{words.first_upper(grade)}." for grade in suggestions.STRENGTHS]
    found = [order.index(lead) for (lead,) in told]
    strong = suggestions.strengths(held, everything).count("strong")
    assert found == sorted(found) and len(found) <= suggestions.BEST and (found[0] == 0) == (strong > 0)


def test_a_box_speaks_of_marks_only_where_there_are_marks(cluster, everything):
    for show, marks in (("network", True), ("who should meet whom", False)):
        page = page_of("Connections", cluster, everything, {"show": [show]})
        assert ("mark" in page.box(AROUND).hint) == marks


def test_partners_of_one_organisation_come_best_first_then_nearest(cluster):
    table = suggestions.partners_for(cluster, E)
    assert table[["id", "km", "approximate"]].to_numpy().tolist() == [
        [PARK, 0.4, True],
        [TRUST, 0.9, False],
        [UNIVERSITY, 1.7, False],
    ]
    assert table["strength"].tolist() == ["strong", "fair", "fair"]
    assert list(suggestions.partners_for(cluster, CLUB)["id"]) == [A, B]
    assert list(suggestions.partners_for(cluster, E, 1)["id"]) == [PARK]
    assert list(suggestions.partners_for(cluster, E, None, Filter(kinds=("trust",)))["id"]) == [TRUST]


def test_a_firm_alone_in_its_choice_is_told_whom_it_might_meet_of_all(cluster):
    alone, asked = Filter(roles=("heartland",), text="Test Firm E"), {"show": ["who should meet whom"]}
    assert list(alone.firms(cluster)["id"]) == [E] and suggestions.partners_for(cluster, E, None, alone).empty
    page = page_of("Connections", cluster, alone, asked)
    assert page.draft.title.endswith("might meet 3 others, 1 for a strong reason")
    assert page.box(AROUND).chosen == E
    two = page_of("Connections", cluster, Filter(roles=("heartland",), areas=("Aldbrook",)), asked)
    assert not two.box(AROUND).chosen


@pytest.mark.parametrize(
    "record", ["old-press-lab", "test-firm-d", "rule-desk", "test-ministry", "test-capital", "no-one"]
)
def test_nobody_is_suggested_to_what_has_ended_or_stands_nowhere(cluster, record):
    assert suggestions.partners_for(cluster, record).empty


@pytest.mark.parametrize(("status", "why"), [("ended", "it has ended"), ("bought", "it is part of another firm")])
def test_a_firm_that_has_ended_or_was_bought_is_suggested_to_nobody(cluster, status, why):
    firms = cluster.table("companies")
    changed = with_links(cluster, [], companies=firms.assign(status=firms["status"].mask(firms["id"] == E, status)))
    assert any(E in pair for pair in pairs_of(with_links(cluster, [])))
    assert not any(E in pair for pair in pairs_of(changed))
    assert why in network_words.meeting_found(changed, E, suggestions.partners_for(changed, E))


def test_those_of_whom_something_can_be_said_are_linked_or_may_be_suggested(cluster):
    told = suggestions.linked_or_suggestible(cluster)
    links = cluster.table("links")
    linked = {*links["from_id"], *links["to_id"]}
    assert linked <= set(told) and len(set(told)) == len(told)
    assert all(len(suggestions.partners_for(cluster, record)) == 0 for record in set(names(cluster)) - set(told))
    assert list(told) == [record for record in names(cluster) if record in told]


def test_what_the_records_themselves_say_counts_as_a_link(cluster):
    unlinked = with_links(cluster, [])
    told = {frozenset({A, PARK}), frozenset({TRUST, UNIVERSITY})}  # its site; its teaching partner
    assert not told & pairs_of(unlinked)
    assert frozenset({A, TRUST}) in pairs_of(unlinked)


def test_the_place_is_the_authority_where_towns_differ(cluster):
    firms = cluster.table("companies")
    firms.loc[firms["id"] == K, "town"] = "Birk End"
    changed = with_links(cluster, [], companies=firms)
    table = suggestions.partners_for(changed, K)
    assert table["why"].tolist() == [WITH_B]
    firms.loc[firms["id"] == K, ["town", "lad_code"]] = ["Birkwick", "X00000001"]
    elsewhere = suggestions.partners_for(with_links(cluster, [], companies=firms), K)
    assert B not in set(elsewhere["id"]) and E in set(elsewhere["id"])


def test_in_a_crowded_place_no_more_than_the_first_of_a_part_are_compared(cluster, everything, monkeypatch):
    monkeypatch.setattr(suggestions, "MOST_COMPARED", 1)
    fewer = dataclasses.replace(cluster)
    assert pairs_of(fewer) < {frozenset(pair[:2]) for pair in HAND}
    monkeypatch.setattr(suggestions, "MOST_COMPARED", 100)
    monkeypatch.setattr(suggestions, "MOST_PAIRS", 2)
    assert listed(suggestions.pairs_not_linked(dataclasses.replace(cluster), everything)) == HAND[:2]


def test_the_lists_of_all_and_of_one_agree(real, everything):
    table = suggestions.pairs_not_linked(real, everything)
    for record in (*table["one"].iloc[::150], *table["other"].iloc[::150]):
        own = table[(table["one"] == record) | (table["other"] == record)]
        others = set(own["one"]) | set(own["other"]) - {record}
        assert set(suggestions.partners_for(real, record)["id"]) == others - {record}


# ---- whatever the links and whoever has ended ---------------------------------------

ANYONE = [*(f"test-firm-{letter}" for letter in "abcdefghijkl"), PARK, BENCH, CLUB]
ANYONE += [UNIVERSITY, "dunmere-college", TRUST]


@st.composite
def clusters(draw):
    """A change of the invented pack: its links, the Ds, areas and statuses of its firms, the statuses of its assets."""
    ends = st.sampled_from(ANYONE)
    return {
        "links": draw(st.lists(st.tuples(ends, ends, st.sampled_from(["works_with", "funds"])), max_size=12)),
        "ds": draw(st.lists(st.sampled_from(["data", "devices", "robotics; data"]), min_size=12, max_size=12)),
        "areas": draw(st.lists(st.sampled_from(["X00000001", "X00000002", None]), min_size=12, max_size=12)),
        "firms": draw(st.lists(st.sampled_from(["trading", "ended", "bought"]), min_size=12, max_size=12)),
        "assets": draw(st.lists(st.sampled_from(["trading", "ended"]), min_size=4, max_size=4)),
    }


def changed_by(cluster, change):
    """The invented pack with a change."""
    firms, assets = cluster.table("companies"), cluster.table("assets")
    firms = firms.assign(ds=change["ds"], lad_code=change["areas"], status=change["firms"]).astype(firms.dtypes)
    assets = assets.assign(status=change["assets"]).astype(assets.dtypes)
    return with_links(cluster, change["links"], companies=firms, assets=assets)


@FEW
@given(change=clusters(), chosen=st.sampled_from([Filter(), Filter(ds=("data",)), Filter(roles=("heartland",))]))
def test_a_pair_is_never_linked_never_ended_never_one_and_the_same(cluster, change, chosen):
    changed = changed_by(cluster, change)
    table = suggestions.pairs_not_linked(changed, chosen)
    found = [frozenset(pair) for pair in zip(table["one"], table["other"], strict=True)]
    assert len(set(found)) == len(found) and all(len(pair) == 2 for pair in found)
    assert not set(found) & {frozenset(link[:2]) for link in change["links"]}
    records = changed.records.drop_duplicates("id").set_index("id")
    kept = set(chosen.records(changed)["id"])
    for pair in found:
        assert not records.loc[list(pair), "status"].isin(["ended", "bought"]).any() and pair <= kept


@FEW
@given(change=clusters())
def test_if_one_is_suggested_to_another_so_is_the_other_to_the_one(cluster, change):
    changed = changed_by(cluster, change)
    partners = {record: set(suggestions.partners_for(changed, record)["id"]) for record in ANYONE}
    assert all(record in partners[other] for record in ANYONE for other in partners[record])
    both = {frozenset({record, other}) for record in ANYONE for other in partners[record]}
    assert both == pairs_of(changed)


@FEW
@given(change=clusters(), pick=st.integers(0, 1000))
def test_a_new_link_between_two_takes_that_pair_away_and_nothing_else(cluster, change, pick):
    before = suggestions.pairs_not_linked(changed_by(cluster, change), Filter())
    if before.empty:
        return
    pair = before.iloc[pick % len(before)]
    more = change | {"links": [*change["links"], (pair["other"], pair["one"], "funds")]}
    after = suggestions.pairs_not_linked(changed_by(cluster, more), Filter())
    assert listed(after) == listed(before.drop(index=pair.name))


def test_a_pack_is_not_changed_by_suggesting(cluster, everything):
    before = cluster.records.copy()
    spoilt = suggestions.best_pairs(cluster, everything)
    spoilt["km"] = -1
    assert cluster.records.equals(before)
    assert listed(suggestions.pairs_not_linked(cluster, everything)) == HAND
    assert isinstance(cluster, Cluster)


def test_pairs_placed_exactly_come_before_others_however_near(real):
    table = suggestions.pairs_not_linked(real, Filter(kinds=("company", "trust")))
    table = table[table["strength"] == "fair"]
    trusts = real.table("trusts")["id"]
    table = table[table["one"].isin(trusts) | table["other"].isin(trusts)]
    assert table["approximate"].any() and not table["approximate"].all()
    assert table["approximate"].is_monotonic_increasing
    rough = table["approximate"]
    assert table.loc[rough, "km"].min() < table.loc[~rough, "km"].max()


def test_a_download_of_pairs_has_headings_to_read(cluster):
    table = network_words.for_download(cluster, suggestions.pairs_not_linked(cluster, suggestions.EVERYTHING))
    assert list(table) == [
        "Id of the first",
        "First",
        "Id of the second",
        "Second",
        "How good the reason is",
        "Why",
        "Kilometres",
        "Distance approximate",
    ]
    assert set(table["Distance approximate"]) == {"yes", "no", "no distance"}
    assert ((table["Distance approximate"] == "no distance") == table["Kilometres"].isna()).all()


def test_whom_one_might_meet_is_a_view_with_ten_reasons_at_most(cluster, everything):
    page = page_of("Connections", cluster, everything, {"show": ["who should meet whom"], "around": [E]})
    assert page.draft.title == f"{names(cluster)[E]} might meet 3 others, 1 for a strong reason"
    (listed,) = (part for part in in_files(page.elements) if isinstance(part, Table))
    assert listed.rows()["Name"].tolist() == list(suggestions.partners_for(cluster, E)["name"])


def test_how_many_of_all_are_shown_is_said_and_a_table_holds_all(cluster, everything, monkeypatch):
    monkeypatch.setattr(suggestions, "BEST", 2)
    page = page_of("Connections", cluster, everything, {"show": ["who should meet whom"]})
    assert page.draft.title == "10 pairs of organisations might meet, 6 for a strong reason"
    (screen, *_) = (part for part in page.elements if isinstance(part, Only))
    assert [part.text for part in screen.parts if isinstance(part, Heading)] == ["The best 2 of 10"]
    (listed,) = (part for part in page.elements if isinstance(part, Table))
    assert list(zip(listed.rows()["First"], listed.rows()["Second"], strict=True)) == [
        (names(cluster)[one], names(cluster)[other]) for one, other, _ in HAND
    ]


def test_a_choice_without_pairs_leads_to_whom_each_might_meet_in_all_of_the_region(cluster, everything):
    alone = everything.but(kinds=("company",), areas=("Aldbrook",))
    page = page_of("Connections", cluster, alone, {"show": ["who should meet whom"]})
    (screen, *_) = (part for part in page.elements if isinstance(part, Only))
    ways = [part for part in screen.parts if isinstance(part, PageLink) and part.page == "Connections"]
    assert E in [way.asked["around"] for way in ways]
    for way in ways:
        asked = link_of_filter(cluster, alone) | {name: [value] for name, value in way.asked.items()}
        chosen, strange = filter_of_link(cluster, asked)
        assert not (chosen.kinds or chosen.areas) and not strange
        assert page_of("Connections", cluster, chosen, asked).draft.title.startswith(names(cluster)[asked["around"][0]])


def test_names_of_those_who_might_meet_are_not_cut(visit, cluster):
    app = visit("7_Connections.py", show="who should meet whom", around=PARK)
    assert names(cluster)[E] in {words.bare(link.label).replace("  \n", " ") for link in app.get("page_link")}


def test_the_way_to_another_begins_at_the_one_looked_at(cluster, everything):
    page = page_of("Connections", cluster, everything, {"around": [TRUST], "to": [PARK]})
    assert page.draft.title == "Aldbrook Hospital Trust and Test Park are 2 links apart"


def test_a_sentence_leaves_a_name_as_it_is_written(tmp_path):
    pack = write_pack(tmp_path, companies=edit("test-firm-a", name="torc of Northmark"))
    told = suggestions.partners_for(read_cluster(pack, TODAY), "test-firm-a")["why"]
    assert told.str.startswith("torc of Northmark is known to face").any() and not told.str.contains("Torc").any()
