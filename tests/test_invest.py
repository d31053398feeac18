"""What an investor is told: firms, a shortlist in the address, investors, support that invests."""

import re

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from cluster_data.document import Heading, Table
from cluster_data.elements import Ask, Group, Only, in_files
from cluster_data.input.read import read_cluster
from cluster_data.measures import counts, firm_cards, invest, investors
from cluster_data.measures.invest import ALL, NARROWED, ORDERS
from cluster_data.model import words
from cluster_data.model.filters import Filter
from cluster_data.model.formats import NOT_KNOWN, in_words
from cluster_data.ui.address import KEPT
from cluster_data.views import page_of
from tests import home
from tests.conftest import ROOT
from tests.packs import STEADY, TODAY, add, drop, edit, on_rows, write_pack
from tests.test_filters import FILTERS

PAGE = "10_Invest.py"
EVERY = (ALL, ALL, ALL)
CHOICES = some.tuples(*(some.sampled_from(offered) for offered in NARROWED.values()))
LETTERS = {"Test Firm E": "e", "Test Firm F": "f", "شركة": "g"}


def letters(rows):
    """The firms of the invented pack by the letter of their id, in order."""
    return " ".join(record.removeprefix("test-firm-") for record in rows["id"])


def told(cluster, record):
    """What the list says of a firm."""
    rows = invest.firms(cluster)
    return in_words(invest.listed(cluster, rows[rows["id"] == record])).iloc[0].to_dict()


TRIED_AT = {"field": "link_kind", "id": "tried_at", "label": "is tried at", "plural": "tries things of", "order": "5"}


def pack_with(tmp_path, *links, **changes):
    """The invented pack with a kind of link for trials, with more links (from, kind, to, note) and other changes."""
    changes = {"vocabulary": add(**TRIED_AT, flag="trial", meaning="")} | changes

    def more(text):
        for start, kind, end, note in links:
            text = add(from_id=start, to_id=end, kind=kind, year="", note=note, source_ids="test-survey")(text)
        return text

    return read_cluster(write_pack(tmp_path, links=more, **changes), TODAY)


# ---- what is said of a firm -----------------------------------------------


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (
            "test-firm-a",
            {
                "Name": "Test Firm A",
                "Stage": "Grown",
                "Ds": "Data",
                "Founded": "2015",
                "Spun out of": NOT_KNOWN,
                "Money raised": "£250,000",
                "Note on the money": "One round, 2022",
                "Funders": "see the note",  # a deal told in the words of an investor's row is no link
                "Trusts": "works with Aldbrook Hospital Trust: A trial of 40 <records>",
                "Trials": NOT_KNOWN,  # the note speaks of one, the kind of link does not
                "Town": "Aldbrook",
                "Status": "Trading",
                "Newest source": "2025",
                "Confidence": "Sure",
            },
        ),
        (
            "test-firm-e",
            {
                "Founded": "2021",
                "Money raised": "£1.5m",
                "Note on the money": "what it counts is not stated",
                "Funders": "Test Capital, 2025",
                "Trusts": NOT_KNOWN,
                "Trials": "works with Gentle Bench, 2025",
            },
        ),
        ("test-firm-f", {"Founded": "2024", "Spun out of": "University of Northmark", "Money raised": NOT_KNOWN}),
        (
            "test-firm-l",
            {
                **dict.fromkeys(["Stage", "Founded", "Spun out of", "Money raised", "Funders", "Trusts"], NOT_KNOWN),
                "Note on the money": "",
                "Newest source": "2024",
            },
        ),
        ("test-firm-c", {"Newest source": "2023"}),
        ("test-firm-i", {"Newest source": "2022, over three years old"}),
    ],
)
def test_a_firm_is_told_in_the_words_of_its_sources(cluster, record, said):
    shown = told(cluster, record)
    assert {name: shown[name] for name in said} == said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cell", "linked", "said"),
    [
        ("", ["university-of-northmark"], "University of Northmark"),
        ("Northmark University of Robots", ["university-of-northmark"], "Northmark University of Robots; "),
        ("Test Park", ["university-of-northmark"], "Test Park; University of Northmark"),
        ("Northmark University", ["university-of-northmark"], "Northmark University"),
        ("University of Northmark (Robots)", ["university-of-northmark"], "University of Northmark (Robots)"),
        ("", ["test-park", "university-of-northmark"], "Test Park; University of Northmark"),
        ("", [], NOT_KNOWN),
    ],
)
def test_origins_of_row_and_links_are_told_once(tmp_path, cell, linked, said):
    links = [("test-firm-b", "grew_from", other, "") for other in linked]
    pack = pack_with(tmp_path, *links, companies=edit("test-firm-b", spinout_of=cell))
    row = told(pack, "test-firm-b")
    assert row["Spun out of"] == said.removesuffix("; ")
    rows = invest.firms(pack).set_index("id")
    assert rows.loc["test-firm-b", "spinout"] == (said != NOT_KNOWN)


def test_a_spin_out_whose_origin_no_source_names_is_still_one(tmp_path):
    pack = pack_with(tmp_path, companies=edit("test-firm-b", kind="spinout"))
    assert told(pack, "test-firm-b")["Spun out of"] == "a spin-out, of whom is not known"
    table = invest.facts_known(pack, Filter.default(pack)).set_index("Fact")
    assert table.loc["Body it was spun out of", "Known"] == 1
    assert invest.firms(pack)["spinout"].sum() == 2


def test_known_spin_outs_that_stand_otherwise_by_ownership_are_accounted_for(tmp_path, cluster, at_first):
    assert invest.spinouts_by_ownership(cluster, at_first) == ""
    kinds = {"test-firm-f": "branch", "test-firm-b": "spinout", "test-firm-e": "branch"}
    links = [(firm, "grew_from", "university-of-northmark", "") for firm in kinds]
    changed = on_rows(lambda rows: [row | {"kind": kinds.get(row["id"], row["kind"])} for row in rows])
    pack = pack_with(tmp_path, *links, companies=changed)
    said = invest.spinouts_by_ownership(pack, Filter.default(pack))
    assert said.startswith("Of 3 known spin-outs ownership counts 2 as Branch and 1 as Spin-out")
    split = counts.firms_by(pack, Filter.default(pack), "ownership", TODAY.year).set_index("label")["all"]
    assert split["Spin-out"] == 1 and invest.by_stage(pack, Filter.default(pack))["spinouts"].sum() == 3


def test_the_far_end_of_an_origin_is_no_spin_out(tmp_path):
    pack = pack_with(tmp_path, ("test-consortium", "grew_from", "test-firm-b", ""))
    assert told(pack, "test-firm-b")["Spun out of"] == NOT_KNOWN


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cells", "links", "seen", "note", "funded"),
    [
        ({}, [], NOT_KNOWN, "", False),
        ({"funding_gbp": "314000"}, [], "£314,000", "what it counts is not stated", True),
        ({"funding_note": "A grant of EUR 42,955"}, [], "see the note", "A grant of EUR 42,955", True),
        ({}, [("test-ministry", "funds", "test-firm-b", "prize")], "sum not known", "", True),
        ({}, [("test-firm-b", "funds", "test-ministry", "")], NOT_KNOWN, "", False),  # it gives, it does not get
        ({"funding_gbp": "0"}, [], "£0", "what it counts is not stated", True),
    ],
)
def test_funding_is_told_as_far_as_it_is_known(tmp_path, cells, links, seen, note, funded):
    pack = pack_with(tmp_path, *links, companies=edit("test-firm-b", **cells))
    row = told(pack, "test-firm-b")
    assert (row["Money raised"], row["Note on the money"]) == (seen, note)
    kept = invest.kept(pack, Filter.default(pack), ALL, "any sign of funding", ALL)
    assert ("test-firm-b" in set(kept["id"])) == funded


@pytest.mark.slow
@pytest.mark.parametrize(
    ("link", "trusts", "trials"),
    [
        # a kind flagged as a trial, from either end, with anyone
        (("test-firm-b", "tried_at", "test-consortium", "Pilot"), NOT_KNOWN, "is tried at Test Consortium: Pilot"),
        (("test-consortium", "tried_at", "test-firm-b", ""), NOT_KNOWN, "tries things of Test Consortium"),
        # with a trust it is both
        (("test-firm-b", "tried_at", "aldbrook-hospital-trust", ""), *["is tried at Aldbrook Hospital Trust"] * 2),
        # boards count as trusts, from either end
        (
            ("moor-and-dale-care-board", "works_with", "test-firm-b", ""),
            "works with Moor and Dale Care Board",
            NOT_KNOWN,
        ),
        # an asset of a kind flagged as a place of trials, and one of another kind
        (("test-firm-b", "works_with", "old-press-lab", ""), NOT_KNOWN, "works with Old Press Laboratory"),
        (("test-firm-b", "works_with", "test-park", ""), NOT_KNOWN, NOT_KNOWN),
    ],
)
def test_ties_to_trusts_and_trials_go_by_data_not_by_name(tmp_path, link, trusts, trials):
    row = told(pack_with(tmp_path, link), "test-firm-b")
    assert (row["Trusts"], row["Trials"]) == (trusts, trials)


def test_sources_are_those_of_the_row_and_of_the_links_told(cluster):
    cited = invest.sources(cluster)
    assert cited["test-firm-a"] == "https://example.org/gazette"
    assert cited["test-firm-e"] == "https://example.org/gazette https://example.com/survey"
    table = invest.listed(cluster, invest.firms(cluster).iloc[[0]])
    assert table[["Website", "Sources"]].to_numpy().tolist() == [
        ["https://example.org/a", "https://example.org/gazette"]
    ]


def test_sources_of_a_link_follow_those_of_the_row(tmp_path):
    pack = pack_with(tmp_path, ("test-firm-a", "tried_at", "test-ministry", ""))
    assert invest.sources(pack)["test-firm-a"] == "https://example.org/gazette https://example.com/survey"


# ---- which firms, in which order ------------------------------------------


@pytest.mark.parametrize(
    ("spinout", "funded", "linked", "kept"),
    [
        (ALL, ALL, ALL, "a b c e f g h i"),
        ("known spin-outs", ALL, ALL, "f"),
        (ALL, "any sign of funding", ALL, "a e"),
        (ALL, ALL, "linked to a trust", "a"),
        ("known spin-outs", "any sign of funding", ALL, ""),
        (ALL, "any sign of funding", "linked to a trust", "a"),
    ],
)
def test_the_choices_of_the_page_narrow_the_list(cluster, at_first, spinout, funded, linked, kept):
    assert letters(invest.kept(cluster, at_first, spinout, funded, linked)) == kept


@pytest.mark.parametrize(
    ("order", "said", "firms"),
    [
        ("by name", "By name.", "a b c e f h i g"),
        (
            "youngest first",
            "Youngest first; 2 firms without a known year of founding last, by name.",
            "f e b a c h i g",
        ),
        (
            "most funding first",
            "Most funding first; 6 firms without a known sum of funding last, by name.",
            "e a b c f h i g",
        ),
    ],
)
def test_what_is_not_known_comes_last_in_every_order(cluster, at_first, order, said, firms):
    rows = invest.in_order(invest.kept(cluster, at_first, *EVERY), order)
    assert letters(rows) == firms
    assert invest.order_said(rows, order) == said


@STEADY
@given(FILTERS, CHOICES, some.sampled_from(ORDERS))
def test_every_firm_kept_stands_once_whatever_the_order(cluster, chosen, choices, order):
    kept = invest.kept(cluster, chosen, *choices)
    listed = invest.listed(cluster, invest.in_order(kept, order))
    assert sorted(listed["id"]) == sorted(kept["id"])
    assert listed["id"].is_unique
    column = {"youngest first": "founded", "most funding first": "funding"}.get(order)
    if column:
        values = invest.in_order(kept, order)[column]
        assert values.dropna().is_monotonic_decreasing
        assert values.isna().tolist() == sorted(values.isna())


@STEADY
@given(FILTERS, CHOICES)
def test_the_choices_only_take_away(cluster, chosen, choices):
    whole = set(invest.kept(cluster, chosen, *EVERY)["id"])
    assert whole == set(chosen.firms(cluster)["id"])
    parts = [
        set(invest.kept(cluster, chosen, *(said if at == place else ALL for at in range(3)))["id"])
        for place, said in enumerate(choices)
    ]
    assert set(invest.kept(cluster, chosen, *choices)["id"]) == whole & parts[0] & parts[1] & parts[2]


# ---- what is found --------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "choice"),
    [
        (
            "Of 8 firms, 1 is a known spin-out; money raised is known in pounds for 2 and the stage for 8",
            {},
        ),
        (
            "Of 11 firms, 1 is a known spin-out; money raised is known in pounds for 2 and the stage for 10",
            {"roles": ()},
        ),
        (
            "Of 1 firm, none is a known spin-out; money raised is known in pounds for none and the stage for none",
            {"roles": ("visitor",)},
        ),
        (
            "Of 3 firms, none is a known spin-out; money raised is known in pounds for 1",
            {"stages": ("grown",)},
        ),
    ],
)
def test_the_finding_says_what_is_there_and_what_is_not_known(cluster, at_first, said, choice):
    assert invest.finding(cluster, at_first.but(**choice)) == said


@pytest.mark.parametrize(
    ("said", "picks"),
    [
        ("Shortlist: Test Firm A, not a known spin-out; money raised is known in pounds", "a"),
        (
            "Shortlist: Test Firm A and Test Firm B; none is a known spin-out, and "
            "money raised is known in pounds for 1",
            "ab",
        ),
        ("Shortlist: Test Firm B, Test Firm A and 1 more; none is a known spin-out", "bae"),
    ],
)
def test_a_shortlist_says_who_is_on_it_and_what_is_seen_of_them(cluster, said, picks):
    assert invest.shortlist_finding(cluster, [f"test-firm-{letter}" for letter in picks]).startswith(said)


@STEADY
@given(FILTERS)
def test_known_and_not_known_make_up_the_firms_kept(cluster, chosen):
    firms = int(chosen.keeps_of(cluster, "company").sum())
    table = invest.facts_known(cluster, chosen)
    assert (table["Known"] + table["Not known"] == firms).all()
    stages = invest.by_stage(cluster, chosen)
    assert stages["firms"].sum() == firms
    known = table.set_index("Fact")["Known"]
    unknown = stages.set_index("label").loc["Not known", "firms"]
    assert known["Stage"] == firms - unknown
    assert stages["funded"].sum() == known["Money of any kind: a sum, a note or a funder"]
    assert stages["linked"].sum() == known["Link to a trust"]
    numbers = [int(number) for number in re.findall(r"\d+", invest.finding(cluster, chosen))]
    spinouts, sums = stages["spinouts"].sum(), known["Sum raised, in pounds"]
    stage = [] if chosen.stages else [firms - unknown]  # where stages were chosen it goes without saying
    assert numbers == [number for number in (firms, spinouts, sums, *stage) if number]


def test_firms_by_stage_are_counted_by_hand(cluster, at_first):
    table = invest.by_stage(cluster, at_first)
    assert table.to_numpy().tolist() == [
        ["In the lab", 3, 1, 0, 0],
        ["At launch", 2, 0, 1, 0],
        ["Grown", 3, 0, 1, 1],
        ["Not known", 0, 0, 0, 0],
    ]
    assert invest.stages_known(table) == "The stage is known for 8 of 8 firms"
    assert list(invest.by_stage_in_words(table)["Stage"])[-1] == "Not known"
    everyone = invest.by_stage(cluster, Filter())
    assert invest.stages_known(everyone) == "The stage is known for 10 of 11 firms"


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        (("known spin-outs", ALL, ALL), "1 of 9 firms: known spin-outs"),
        (("known spin-outs", "any sign of funding", ALL), "0 of 9 firms: known spin-outs, any sign of funding"),
    ],
)
def test_the_list_says_what_it_holds(cluster, at_first, choices, said):
    assert invest.list_in_words(invest.kept(cluster, at_first, *choices), 9, *choices) == said


def test_firms_stand_side_by_side_in_the_order_asked(cluster):
    table = invest.side_by_side(cluster, ["test-firm-f", "test-firm-a"]).set_index("Fact")
    assert list(table.columns) == ["Test Firm F 🦾", "Test Firm A"]
    assert table.loc["Founded"].tolist() == ["2024", "2015"]
    assert table.loc["Spun out of"].tolist() == ["University of Northmark", NOT_KNOWN]
    assert table.loc["Money raised"].tolist() == [NOT_KNOWN, "£250,000"]
    assert table.loc["Site"].tolist() == [NOT_KNOWN, "Test Park"]
    assert table.loc["How sure"].tolist() == [
        "Confidence: sure; newest source of 2025.",
        "Confidence: sure; newest source of 2025.",
    ]
    old = invest.side_by_side(cluster, ["test-firm-l", "test-firm-h"]).set_index("Fact")
    assert old.loc["Site", "Test Firm L"] == "Test Consortium: A desk in its office"
    assert old.loc["How sure", "Test Firm H"].endswith("Over three years old: check before you rely on it.")
    with pytest.raises(KeyError):
        invest.side_by_side(cluster, ["gentle-bench"])


def test_firms_of_one_name_keep_their_columns(tmp_path):
    pack = pack_with(tmp_path, companies=edit("test-firm-b", name="Test Firm A"))
    table = invest.side_by_side(pack, ["test-firm-a", "test-firm-b"])
    assert list(table.columns) == ["Fact", "Test Firm A", "Test Firm A (test-firm-b)"]


# ---- who puts money in ----------------------------------------------------


def test_investors_are_told_as_their_rows_put_it(cluster):
    table = investors.seen(cluster)
    assert table.drop(columns="Sources").to_numpy().tolist() == [
        [
            "northmark-angels",
            "Northmark Angels",
            "private persons (A club of them)",
            *[NOT_KNOWN] * 4,
            "none listed",
        ],
        [
            "test-capital",
            "Test Capital",
            "venture capital",
            "Aldbrook",
            "seed",
            "£100,000 to £1m",
            "Test Firm A (2022, £250,000); Test Firm E (2025, £1.5m)",
            'Test Firm E "The Quoted" & <b>Sons</b>',
        ],
    ]
    assert list(table["Sources"]) == [
        "https://example.com/survey",
        "https://example.org/gazette",
    ]


def test_who_funds_the_firms_kept(tmp_path, cluster, at_first):
    pack = pack_with(
        tmp_path, ("test-ministry", "funds", "test-firm-a", "prize"), ("test-capital", "funds", "test-firm-l", "")
    )
    table = investors.funders(pack, Filter.default(pack))
    assert list(table["id"]) == ["test-firm-e", "test-firm-a"]
    assert in_words(table).to_numpy().tolist() == [
        [
            'Test Firm E "The Quoted" & <b>Sons</b>',
            "Test Capital",
            "2025",
            "Investor",
            "",
            "https://example.org/gazette",
        ],
        [
            "Test Firm A",
            "Test Ministry",
            NOT_KNOWN,
            "Other partner",
            "prize",
            "https://example.com/survey",
        ],
    ]
    assert len(investors.funders(pack, Filter())) == 3
    for chosen, said in (
        (Filter.default(pack), "Who funds these firms: 2 cases"),
        (Filter(stages=("lab",)), "No funder is known"),
    ):
        parts = in_files(page_of("Invest", pack, chosen, {}).elements)
        assert said in [part.text for part in parts if isinstance(part, Heading)]


@pytest.mark.parametrize(
    ("tab", "said"),
    [
        ("Firms", "Of 8 firms, 1 is a known spin-out"),
        ("Rounds", "1 round or award of 1 firm has a year"),
        ("Who invests", "1 funder has put money into 1 of 8 firms"),
    ],
)
def test_the_headline_tells_of_the_tab_that_is_open(cluster, at_first, tab, said):
    assert page_of("Invest", cluster, at_first, {"tab": [tab]}).draft.title.startswith(said)
    picked = page_of("Invest", cluster, at_first, {"tab": [tab], "pick": ["test-firm-a"]})
    assert picked.draft.title.startswith("Shortlist: Test Firm A")


@pytest.mark.parametrize(
    ("choice", "offers", "said"),
    [
        (
            {},
            "bench-vouchers national-health-prize",
            "Support that invests: 2 offers of money",
        ),
        # parts of the filter that speak of firms leave the offers alone
        (
            {"text": "zzzzz", "stages": ("lab",), "statuses": ("trading",), "kinds": ("trust",)},
            "bench-vouchers national-health-prize",
            "Support that invests: 2 offers of money",
        ),
        # vouchers name robotics
        (
            {"ds": ("diagnostics",)},
            "national-health-prize",
            "Support that invests: 1 offer of money",
        ),
        (
            {"areas": ("Dunmere",)},
            "bench-vouchers national-health-prize",
            "Support that invests: 2 offers of money",
        ),
    ],
)
def test_support_that_invests_follows_area_and_d(cluster, choice, offers, said):
    rows = investors.support_that_invests(cluster, Filter(**choice))
    assert " ".join(sorted(rows["id"])) == offers
    assert investors.support_said(cluster, rows) == said


def test_support_is_told_with_its_status_and_the_year_of_it(cluster):
    rows = investors.support_that_invests(cluster, Filter())
    table = investors.support_in_words(cluster, rows).set_index("id")
    assert table.loc["bench-vouchers"].tolist() == [
        "Bench Vouchers",
        "University of Northmark",
        "Money",
        "£500 to £5,000",
        "All of Northmark",
        "Open (2026)",
        "https://example.org/gazette",
    ]
    assert table.loc["national-health-prize", "Size of help"] == NOT_KNOWN
    ended = Filter(kinds=("offer",), ended=True).records(cluster)
    closed = investors.support_in_words(cluster, ended).set_index("id")
    assert closed.loc["old-loans", "Status"] == "Ended (year not known)"


def test_no_kind_of_link_or_help_need_be_flagged(tmp_path):
    pack = pack_with(tmp_path, vocabulary=on_rows(lambda rows: [row | {"flag": ""} for row in rows]))
    chosen = Filter()
    assert invest.firms(pack)[["funders", "trials"]].isna().all(axis=None)
    assert investors.support_that_invests(pack, chosen).empty
    assert investors.support_said(pack, investors.support_that_invests(pack, chosen)).startswith(
        "No offer of money to invest"
    )


# ---- the page -------------------------------------------------------------


def test_links_to_the_list_keep_their_words():
    assert NARROWED == {
        "spinout": ("all firms", "known spin-outs"),
        "funded": ("all firms", "any sign of funding"),
        "linked": ("all firms", "linked to a trust"),
    }
    assert ORDERS == ("most is known of first", "by name", "youngest first", "most funding first")


def opened(app, tab):
    """The page with another of its tabs open."""
    app.query_params["tab"] = tab
    return app.run()


def picks(app):
    """The shortlist as the address holds it."""
    held = app.query_params.get("pick", [])
    return [held] if isinstance(held, str) else list(held)


def removals(app):
    """The firms that the page offers to take off the shortlist."""
    return [button.key.removeprefix("remove ") for button in app.button if (button.key or "").startswith("remove ")]


def test_a_firm_is_added_and_removed_and_the_address_keeps_step(visit):
    app = visit(PAGE)
    assert removals(app) == []
    for letter in "fa":
        app.selectbox(key="choose pick").set_value(f"test-firm-{letter}").run()
    assert picks(app) == removals(app) == ["test-firm-f", "test-firm-a"]
    assert app.selectbox(key="choose pick").value is None
    table = next(table.value for table in app.table if "Test Firm A" in table.value.columns)
    assert table.shape[1] == 3
    app.button(key="remove test-firm-f").click().run()
    assert picks(app) == removals(app) == ["test-firm-a"]
    app.button(key="remove test-firm-a").click().run()
    assert picks(app) == [] and "pick" not in app.query_params and not app.exception


def test_a_firm_picked_twice_stands_once(visit):
    app = visit(PAGE, pick=["test-firm-a", "test-firm-b", "test-firm-a"])
    assert picks(app) == ["test-firm-a", "test-firm-b"] and not app.warning
    app.selectbox(key="choose pick").set_value("test-firm-b").run()
    assert picks(app) == ["test-firm-a", "test-firm-b"]


def test_picks_that_are_no_firms_are_named_and_dropped(visit, read_aloud):
    app = visit(PAGE, pick=["nobody", "test-firm-a", "gentle-bench", "<b>"], d=["Robotics"])
    assert picks(app) == ["test-firm-a"]
    told = read_aloud(app)
    assert "pick = “nobody”, pick = “gentle-bench” and pick = “<b>”" in told
    assert "Robotics".lower() in told and app.session_state["d"] == ["Robotics"]


def test_a_pick_outside_the_filter_stays(visit):
    app = visit(PAGE, pick=["test-firm-l"], d=["Robotics"])
    assert picks(app) == removals(app) == ["test-firm-l"] and not app.warning


def test_what_a_stage_means_is_said_where_the_pack_says_it(tmp_path, cluster):
    assert invest.stages_mean(cluster) == ""
    meaning = {"lab": "Not yet a product", "grown": "Selling"}
    said = on_rows(lambda rows: [row | {"meaning": meaning.get(row["id"], row["meaning"])} for row in rows])
    assert invest.stages_mean(pack_with(tmp_path, vocabulary=said)) == "In the lab: not yet a product; Grown: selling"


def test_no_more_than_five_are_compared_and_the_rest_is_named(visit, read_aloud):
    asked = [f"test-firm-{letter}" for letter in "abcdhij"]
    app = visit(PAGE, pick=asked)
    assert removals(app) == asked[:5] and picks(app) == asked
    assert "The first 5 of 7 are compared. Left out: Test Firm I and Test Firm J." in read_aloud(app)
    assert app.selectbox(key="choose pick").disabled
    app.button(key="remove test-firm-a").click().run()
    assert removals(app) == asked[1:6]


KNOWN = [f"test-firm-{letter}" for letter in "abcdefghijkl"]
FEW = settings(STEADY, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.slow
@FEW
@given(some.lists(some.sampled_from([*KNOWN, "nobody", "test-park"]), max_size=7))
def test_picks_survive_a_round_trip(visit, asked):
    app = visit(PAGE, pick=asked) if asked else visit(PAGE)
    good = [record for record in dict.fromkeys(asked) if record in KNOWN]
    assert picks(app) == good and removals(app) == good[:5]
    assert bool(app.warning) == (set(asked) > set(good) or bool(set(asked) - set(good)))
    again = visit(PAGE, pick=picks(app)) if good else visit(PAGE)
    assert picks(again) == good and not again.warning and not app.exception


def test_the_page_says_its_choices(visit, read_aloud):
    told = read_aloud(visit(PAGE, spinout="known spin-outs", order="youngest first"))
    assert "1 of 8 firms: known spin-outs" in told
    assert "Youngest first; 0 firms without a known year of founding last, by name." in told


@pytest.mark.parametrize(
    ("emptied", "said"),
    [
        (["links"], ["No funder is known"]),
        (["links", "investors"], ["No investor is listed", "No funder is known"]),
        (["support_offers", "links"], ["No offer of money is known for this choice"]),
    ],
)
def test_what_a_pack_does_not_have_is_said(visit, read_aloud, tmp_path, emptied, said):
    folder = write_pack(tmp_path, **dict.fromkeys(emptied, lambda text: text.splitlines()[0] + "\n"))
    app = visit(PAGE, folder, pick=["test-firm-a", "test-firm-b"])
    opened(app, "Who invests")
    assert not app.exception
    told = read_aloud(app)
    assert [words for words in said if words not in told] == []


def test_a_filter_that_keeps_nothing_leaves_the_shortlist(visit, read_aloud):
    app = visit(PAGE, q="zzzzz", pick=["test-firm-a"])
    assert app.title[0].value.startswith(r"Shortlist\: Test Firm A, ") and removals(app) == ["test-firm-a"]
    assert not set(said_of_emptiness(read_aloud(app)))


def test_a_choice_that_keeps_nothing_is_said_once_with_the_ways_out(visit, read_aloud):
    told = read_aloud(visit(PAGE, area="Dunmere", d="Robotics"))
    assert said_of_emptiness(told) == [] and "Take off one part of the choice" in told
    assert told.startswith("None of 2 heartland robotics firms in Northmark is known to be in Dunmere")
    assert "Support that invests" in told


def said_of_emptiness(told: str) -> list[str]:
    """What a page says of parts that hold nothing, or of their order."""
    nothing = ("No record of this choice", "No firm", "No round", "No funder", "is known of first", "Not known: 0")
    return [said for said in nothing if said in told]


def test_dropped_firms_leave_an_old_link_working(visit, tmp_path):
    folder = write_pack(tmp_path, companies=drop("test-firm-i"))
    app = visit(PAGE, folder, pick=["test-firm-i", "test-firm-a"])
    assert picks(app) == ["test-firm-a"] and "test-firm-i" in app.warning[0].value.replace("\\", "")


def test_the_real_pack_counts_what_its_files_say(real):
    chosen = Filter.default(real)
    rows = invest.kept(real, chosen, *EVERY)
    firms = pd.read_csv(home.HOME / "companies.csv")
    core = firms[firms["role"].isin([role["id"] for role in home.ROLES]) & ~firms["status"].isin(home.ENDED)]
    assert rows["funding"].count() == core["funding_gbp"].notna().sum()
    assert rows["stage"].isna().sum() == core["stage"].isna().sum()
    assert set(core.loc[core["spinout_of"].notna(), "id"]) <= set(rows.loc[rows["spinout"], "id"])


def groups(parts):
    """The groups of a view, at every level."""
    for part in parts:
        if isinstance(part, Group | Only):
            yield part
            yield from groups(part.parts)


def test_an_investor_known_from_one_source_alone_is_marked_on_its_card(tmp_path):
    pack = read_cluster(
        write_pack(tmp_path, investors=edit("test-capital", source_ids="test-gazette; test-survey")), TODAY
    )
    found = groups(page_of("Invest", pack, Filter.default(pack), {}).elements)
    parts = [group.parts for group in found if isinstance(group, Group) and group.layout == "card"]
    cards = {part[0].text: part[-1] for part in parts if isinstance(part[0], Heading)}
    alone, several = cards["Northmark Angels"], cards["Test Capital"]
    assert (alone.text, len(alone.links)) == ("One source only:", 1)
    assert several.label == "Sources on Test Capital" and len(several.parts[0].links) == 2


# ---- tiles, cards, tabs ---------------------------------------------------


def asks(page):
    """The buttons of a view, by key."""
    return {part.key: part for group in groups(page.elements) for part in group.parts if isinstance(part, Ask)}


@pytest.mark.parametrize(
    ("stages", "said"),
    [
        ((), {"lab": ("In the lab: 3", ["In the lab"]), "grown": ("Grown: 3", ["Grown"])}),
        (("lab",), {"lab": ("Chosen: In the lab: 3", []), "grown": ("Grown: 3", ["In the lab", "Grown"])}),
    ],
)
def test_a_tile_puts_its_stage_in_the_filter_or_takes_it_out(cluster, at_first, stages, said):
    tiles = asks(page_of("Invest", cluster, at_first.but(stages=stages), {}))
    assert {stage: (tiles[f"tile {stage}"].label, tiles[f"tile {stage}"].changes["stage"]) for stage in said} == said
    assert (tiles["tile"].label, tiles["tile"].changes) == ("Not known: 0", {})


def test_a_tile_clicked_narrows_the_firms_and_clicked_again_shows_all(visit):
    app = visit(PAGE)
    app.button(key="tile lab").click().run()
    assert app.query_params["stage"] in ("In the lab", ["In the lab"]) and app.title[0].value.startswith("Of 3 firms")
    assert app.button(key="tile lab").label.startswith("Chosen")
    app.button(key="tile lab").click().run()
    assert "stage" not in app.query_params and app.title[0].value.startswith("Of 8 firms") and not app.exception


def test_a_card_tells_what_is_known_and_names_what_is_not(cluster, at_first):
    rows = invest.in_order(invest.kept(cluster, at_first, *EVERY), ORDERS[0])
    first = firm_cards.cards(cluster, rows)[0]
    assert first.id == "test-firm-e"  # stage, year, sum, funder and trial
    assert first.known == (
        ("Money", "£1.5m; what it counts is not stated; from Test Capital, 2025"),
        ("Trials", "works with Gentle Bench, 2025"),
        *first.known[2:],
    )
    assert "origin" in first.unknown and "money" not in first.unknown
    cards = {card.id: card for card in firm_cards.cards(cluster, rows)}
    assert dict(cards["test-firm-a"].known)["Money"] == "£250,000; One round, 2022"
    for card in cards.values():
        named = [head.lower() for head, _ in card.known] + list(card.unknown)
        assert {"money", "origin", "trials", "people"} <= set(named) and len(named) == len(set(named))
    records = cluster.records.set_index("id")
    for card in cards.values():
        assert f"status: {cluster.labels('status')[records.loc[card.id, 'status']].lower()}" in card.about
        assert {url for _, url in card.cited} == set(invest.sources(cluster).get(card.id, "").split())


def test_a_card_adds_its_firm_to_the_shortlist_until_it_is_full(visit):
    app = visit(PAGE)
    app.button(key="add test-firm-a").click().run()
    assert picks(app) == removals(app) == ["test-firm-a"] and not app.exception
    assert len([text for text in app.markdown if "Shortlist: 1 firm" in words.bare(text.value)]) == 2  # card, list
    app.button(key="drop test-firm-a").click().run()
    assert picks(app) == removals(app) == [] and app.button(key="add test-firm-a") and not app.exception
    full = visit(PAGE, pick=[f"test-firm-{letter}" for letter in "abcde"])
    assert not [button for button in full.button if (button.key or "").startswith("add test-firm")]


def test_the_tab_keeps_the_shortlist_that_was_made_or_opened(visit):
    app = visit(PAGE, pick=["test-firm-b"])
    assert app.session_state[KEPT] == {"Invest": ["test-firm-b"]}
    app.button(key="add test-firm-a").click().run()
    app.switch_page(str(ROOT / "pages" / "1_Overview.py")).run()
    assert app.session_state[KEPT] == {"Invest": ["test-firm-b", "test-firm-a"]}
    app = visit(PAGE, pick=["test-firm-b"])
    app.button(key="remove test-firm-b").click().run()
    assert app.session_state[KEPT] == {"Invest": []}


def test_what_stands_behind_a_tab_is_sent_when_it_is_opened(visit, read_aloud):
    app = visit(PAGE)
    assert "investors seen in" not in read_aloud(app)
    assert "2 investors seen in" in read_aloud(opened(app, "Who invests"))


def test_sources_of_a_shortlist_are_folded(visit, cluster, at_first):
    app = visit(PAGE, pick=["test-firm-a", "test-firm-e"])
    assert "Sources" not in {cell for table in app.table for cell in table.value.iloc[:, 0]}
    assert "Sources of the shortlist" in [folded.label for folded in app.expander]
    files = page_of("Invest", cluster, at_first, {"pick": ["test-firm-a"]})
    table = next(part for part in in_files(files.elements) if isinstance(part, Table) and "Shortlist" in part.about)
    assert table.rows().iloc[-1].tolist()[0] == "Sources"
