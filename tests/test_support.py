"""Who can help: what is listed for a need, in which order and why, and what comes closest where nothing is."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from cluster_data.document import Table
from cluster_data.elements import Ask, Box, FilterBox, Group
from cluster_data.findings import reasons
from cluster_data.measures import help, organisations, places, support
from cluster_data.measures.support import Need
from cluster_data.model import words
from cluster_data.model.day import day_in_words
from cluster_data.model.filters import Filter, reaching
from cluster_data.model.wording import in_both_kinds
from cluster_data.views import opened, page_of
from tests.packs import FEW

ENDED = "ended"


def need(cluster, asked="", stage="", near=""):
    """A need as the page puts it."""
    return Need(asked, stage, places.find_place(cluster, near)[0])


def found(cluster, asked="", stage="", near="", **choice):
    """The ids listed for a need, in order."""
    return support.help_for(cluster, Filter(**choice), need(cluster, asked, stage, near))["id"].tolist()


def bodies(cluster, **asked):
    """The bodies listed for a need: what is both asset and offer is one."""
    of = dict(zip(cluster.records["id"], cluster.bodies, strict=True))
    return {of[one] for one in found(cluster, **asked)}


ROBOTICS = {"ds": ("robotics",)}


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        # The vouchers give out the bench, so they are one source of help, listed as the offer if both rows fit.
        # ward and vouchers name challenge, D and stage: the ward reaches Inner Northmark only, so it is nearer
        (
            "first-ward bench-vouchers coast-club",
            {"asked": "N1", "stage": "trial", "near": "Aldbrook", **ROBOTICS},
        ),
        ("first-ward bench-vouchers coast-club", {"asked": "N1", "near": "Aldbrook", **ROBOTICS}),
        # the ward does not reach Dunmere
        ("bench-vouchers coast-club", {"asked": "N1", "near": "Dunmere", **ROBOTICS}),
        # the bench alone addresses N2; it stands in Aldbrook itself
        ("gentle-bench national-health-prize rule-desk", {"asked": "N2", "near": "Aldbrook", **ROBOTICS}),
        # beyond the border only offers held to more than the region are left, and none addresses N1
        ("gentle-bench coast-club", {"asked": "N1", "near": "NM9 1AA", **ROBOTICS}),
        # the old grants name no D but reach nearer than the club, which stands nowhere
        (
            "first-ward bench-vouchers old-grants coast-club",
            {"asked": "N1", "near": "Aldbrook", "ended": True, **ROBOTICS},
        ),
        # a stage of other offers leaves the vouchers out; the prize names the stage and the D
        ("national-health-prize rule-desk", {"asked": "N2", "stage": "sale", "ds": ("data",)}),
        # a theme takes in its parts: the ward is of A and A.1, the desk of A.1
        ("first-ward rule-desk", {"asked": "A"}),
        ("bench-vouchers", {"asked": "B"}),
        # an area chosen holds help to what stands there or reaches it
        ("first-ward bench-vouchers", {"asked": "N1", "areas": ("Aldbrook",), **ROBOTICS}),
        ("bench-vouchers", {"asked": "N1", "areas": ("Dunmere",), **ROBOTICS}),
    ],
)
def test_help_is_listed_by_the_rule(cluster, listed, asked):
    assert found(cluster, **asked) == listed.split()


def test_fit_counts_what_is_named(cluster):
    table = support.help_for(cluster, Filter(**ROBOTICS), need(cluster, "N1", "trial", "Aldbrook"))
    assert dict(zip(table["id"], table["fit"], strict=True)) == {
        "first-ward": 3,
        "bench-vouchers": 3,
        "coast-club": 1,
    }


def test_the_reason_is_said(cluster):
    asked, chosen = need(cluster, "N1", "trial", "Aldbrook"), Filter(**ROBOTICS)
    rows = reasons.list_in_words(cluster, chosen, asked, support.help_for(cluster, chosen, asked))
    assert rows["Why"].tolist() == [
        "Addresses N1 Finding a first hospital; names Devices, Robotics; is for stages: Trial",
        "Addresses N1 Finding a first hospital; names Robotics; is for stages: Trial",
        "Addresses N1 Finding a first hospital; names no D; no stages are listed for assets",
    ]
    ward = rows.iloc[0]
    assert (ward["Run by"], ward["Help"], ward["Size of help"]) == ("Test Park", "Advice; Rooms", "Free")
    assert (ward["Who may apply"], ward["Where"]) == ("Firms of Inner Northmark", "Open to: Inner Northmark only")
    cited = "Test Gazette, year not known"
    assert (ward["Status"], ward["cited"][0][0]) == ("Status: open as of 2026", cited)
    club = rows.iloc[2]
    assert (club["Run by"], club["Where"], club["Status"]) == (
        "not known",
        "Place not known",
        "Status: unclear (year not known)",
    )
    assert club["Who may apply"] == ""
    asked = need(cluster, "N2", near="Aldbrook")
    rows = reasons.list_in_words(cluster, chosen, asked, support.help_for(cluster, chosen, asked))
    assert rows["Where"].iloc[0] == "Aldbrook (same authority, about 1 km away)"


def test_the_finding_counts_and_names_the_need(cluster):
    chosen = Filter(**ROBOTICS)
    said = reasons.finding(cluster, chosen, need(cluster, "N1", "trial", "Aldbrook"))
    asked_for = "finding a first hospital for robotics at trial stage for a firm in Aldbrook"
    assert said == f"2 assets and 2 offers (1 is both) could help with {asked_for}"
    assert reasons.finding(cluster, Filter(), Need()) == "3 assets and 4 offers (1 is both) are known"
    said = reasons.finding(cluster, Filter(ds=("diagnostics",)), need(cluster, "N3", "idea"))
    assert said == "No one yet is known to help with rooms for diagnostics at idea stage"


def test_help_that_has_ended_could_not_help_and_is_told_apart(cluster):
    chosen, asked = Filter(ended=True, **ROBOTICS), need(cluster, "N1", near="Aldbrook")
    asked_for = "finding a first hospital for robotics for a firm in Aldbrook"
    said = f"2 assets and 2 offers (1 is both) could help with {asked_for}; 1 more ended"
    assert reasons.finding(cluster, chosen, asked) == said
    asked = need(cluster, "N3", "idea")
    said = "No help that lasts is known with rooms for diagnostics at idea stage; 1 more ended"
    assert reasons.finding(cluster, Filter(ds=("diagnostics",), ended=True), asked) == said


def test_how_many_name_what_was_chosen_is_told(cluster):
    asked = need(cluster, "N1", "trial", "Aldbrook")
    said = (
        "Of these 3, 2 name the D you chose and 1 names none, so it is open to every D; "
        "2 name the stage you chose and 1 names none, so it is open to every stage."
    )
    assert reasons.how_they_fit(cluster, Filter(**ROBOTICS), asked) == said
    assert reasons.how_they_fit(cluster, Filter(), need(cluster, "N1")) == ""


def test_what_comes_closest_says_what_it_misses(cluster):
    asked, chosen = need(cluster, "N3", "idea"), Filter(ds=("diagnostics",))
    assert support.help_for(cluster, chosen, asked).empty
    close = support.comes_close(cluster, chosen, asked)
    assert close[["id", "missed"]].to_numpy().tolist() == [
        ["test-park", "fit_d"],
        ["old-grants", "lasts"],
        ["bench-vouchers", "fit_d fit_stage"],
    ]
    said = reasons.close_in_words(cluster, chosen, asked)["Why"].tolist()
    assert said[1] == "Addresses N3 Rooms; names no D; names no stage; has ended"
    assert said[0] == "Addresses N3 Rooms; names only Data, Robotics; no stages are listed for assets"
    assert said[2] == "Addresses N3 Rooms; names only Robotics; is for other stages: Trial"


def test_help_that_ended_is_counted_until_it_is_asked_for(cluster):
    chosen, asked = Filter(**ROBOTICS), need(cluster, "N1", near="Aldbrook")
    assert reasons.how_many_left_out(cluster, chosen, asked) == "Left out, as known to have ended: 1 offer."
    assert reasons.how_many_left_out(cluster, chosen.but(ended=True), asked) == ""


def test_the_place_is_explained(cluster):
    # N1 in Dunmere: the vouchers reach it; the club stands elsewhere; the ward is held to Inner Northmark
    said = reasons.place_in_words(cluster, Filter(), need(cluster, "N1", near="Dunmere"))
    assert said.startswith("1 of 2 reaches Dunmere or is based there,") and "1 asset elsewhere" in said
    said = reasons.place_in_words(cluster, Filter(), need(cluster, near="NM9 1AA"))
    assert "NM9 1 lies outside Northmark" in said
    assert reasons.place_in_words(cluster, Filter(), need(cluster, "N1")) == ""


@pytest.mark.parametrize("pack", ["cluster", "real"])
def test_near_a_place_as_much_help_is_at_hand_as_the_heat_map_counts_in_its_area(request, pack):
    cluster = request.getfixturevalue(pack)
    grid = help.challenge_grid(cluster, Filter(), "help here", "every area")
    for cell in grid.itertuples():
        asked = need(cluster, cell.challenge, near=cell.label)
        assert asked.place.lad_code == cell.column
        assert len(set(cluster.bodies[support.at_hand(cluster, Filter(), asked).index])) == cell.help, cell


@pytest.mark.parametrize(
    ("address", "by", "column", "ds"),
    [
        ({"need": "N1"}, "D", None, ()),
        ({"need": "N1", "d": ["Robotics"]}, "D", "robotics", ()),
        ({"need": "N1"}, "D", "robotics", ("robotics",)),
        ({"need": "N1", "d": ["Data"]}, "D", "data", ("data", "robotics")),
        ({"need": "N1", "area": ["Dunmere"]}, "area", "X00000004", ()),
        ({"need": "N1", "area": ["Carrow Vale", "Dunmere"]}, "area", "elsewhere", ()),
        ({"need": "N1", "area": ["Dunmere"]}, "every area", "X00000004", ()),
        ({"need": "N1", "area": ["Coast ICS"]}, "group of areas", "coast", ()),
        ({"need": "N1", "help_stage": "trial"}, "stage", "trial", ()),
        ({"need": "N1", "theme": "A"}, "theme", "A", ()),
    ],
)
def test_a_cell_leads_to_the_help_for_it(cluster, address, by, column, ds):
    assert reasons.address_of_cell(cluster, Filter(ds=ds), by, "N1", column) == address


def test_a_download_holds_the_addresses_of_the_sources(cluster):
    rows = support.help_for(cluster, Filter(), Need("N1"))
    table = reasons.for_download(reasons.list_in_words(cluster, Filter(), Need("N1"), rows))
    assert "cited" not in table and all(cell.startswith("https://") for cell in table["Sources"])


def test_a_file_of_the_view_holds_all_of_the_list_or_else_what_comes_closest(cluster):
    def listed(**asked):
        document = opened("Find_support", cluster, {key: [value] for key, value in asked.items()}).document()
        return [part.rows()["id"].tolist() for part in document.parts if isinstance(part, Table)]

    assert listed(need="N1", most="10") == [found(cluster, "N1")]
    closest = support.comes_close(cluster, Filter(), Need("N1", "idea", theme="A"))["id"].tolist()
    assert closest and listed(need="N1", help_stage="idea", theme="A") == [closest]


def test_fewest_misses_come_closest_even_where_others_reach_nearer(cluster):
    asked, chosen = need(cluster, "N1", "idea", "Dunmere"), Filter(ds=("diagnostics",))
    # the bench misses the D, and its vouchers are no other help; the grants have ended and do not reach Dunmere; the
    # ward misses D, stage and place
    assert support.comes_close(cluster, chosen, asked)["id"].tolist() == ["gentle-bench", "old-grants", "first-ward"]


def test_status_decides_before_distance(cluster):
    assets = cluster.table("assets")
    assets.loc[assets["id"] == "test-park", "status"] = "unclear"
    offers = cluster.table("support_offers").assign(asset_id=None)  # so that the bench is listed as an asset
    cluster = replace(cluster, tables={**cluster.tables, "support_offers": offers})
    changed = replace(cluster, tables={**cluster.tables, "assets": assets})
    for pack, first in ((cluster, "test-park"), (changed, "gentle-bench")):  # the park is nearer to Aldbrook's middle
        assert found(pack, near="Aldbrook", **ROBOTICS)[0] == first


@pytest.mark.parametrize(("asked", "near"), [("C03", "Walsall"), ("C08", ""), ("C05", "Coventry"), ("C01", "B15 2TT")])
def test_of_what_fits_and_reaches_alike_what_a_source_of_late_tells_of_comes_before_what_is_nearer(real, asked, near):
    rows = support.help_for(real, Filter(), need(real, asked, near=near))
    late = rows["year"].astype(float) >= real.pack.as_of.year - 3
    order = list(zip(~rows["open"], -rows["fit"], rows["near"], ~late, rows["km"].fillna(np.inf), strict=True))
    assert order == sorted(order) and 0 < late.sum() < len(late)


def test_what_is_known_to_be_open_comes_before_what_is_nearer_and_what_fits_better(cluster):
    like = {"name": "A Ward", "challenges": "N1", "ds": "robotics", "stages": "trial", "reach": "inner"}
    asked = {"asked": "N1", "stage": "trial", "near": "Aldbrook", **ROBOTICS}
    unclear = with_offer(cluster, **like, status="unclear")
    # the vouchers are open and reach farther; the club names neither D nor stage
    assert found(unclear, **asked) == ["first-ward", "bench-vouchers", "one-more", "coast-club"]
    assert found(with_offer(cluster, **like, status="open"), **asked)[:2] == ["first-ward", "one-more"]
    less = with_offer(unclear, id="less", name="B Ward", challenges="N1", reach="inner", status="open")
    assert found(less, **asked) == ["first-ward", "bench-vouchers", "less", "one-more", "coast-club"]
    rule = reasons.rule(cluster)
    assert (
        rule.index("open when last seen (trading, open)") < rule.index("nearest") < rule.index("a source of the last")
    )


def test_an_offer_held_to_a_part_of_the_region_is_nearer_only_to_a_place_or_an_area(cluster):
    asked = {"asked": "N1", "stage": "trial", **ROBOTICS}
    assert (
        found(cluster, **asked, areas=("Aldbrook",))[0] == found(cluster, near="Aldbrook", **asked)[0] == "first-ward"
    )
    assert found(cluster, **asked)[0] == "bench-vouchers"  # by name, as the rest is equal


def test_a_reach_may_be_held_to_several_groups_and_areas(cluster):
    reaches = cluster.table("reaches").assign(group=["inner; X00000003", None, None])
    held = replace(cluster, tables={**cluster.tables, "reaches": reaches})
    reached = {name: "inner" in reaching(held, frozenset(codes)) for name, codes in held.area_codes.items()}
    assert held.area_names["X00000003"] == "Carrow Vale" and not reached["Dunmere"]
    assert reached["Carrow Vale"] and reached["Aldbrook"] and reached["Inner Northmark"]


def test_what_had_its_last_day_comes_after_what_is_open_and_says_so(cluster):
    asked = {"asked": "N1", "stage": "trial", "areas": ("Aldbrook",), **ROBOTICS}
    last_day = cluster.pack.as_of - timedelta(days=1)
    closed = edit_offer(cluster, "first-ward", closes=str(last_day))
    assert found(cluster, **asked)[0] == "first-ward" != found(closed, **asked)[0]
    for pack, said in ((cluster, "last day 31 December 2099"), (closed, f"last day was {day_in_words(last_day)}")):
        rows = support.help_for(pack, Filter(), Need("N1"))
        listed = reasons.list_in_words(pack, Filter(), Need("N1"), rows).set_index("id")
        assert listed.loc["first-ward", "Until"] == said
    today = edit_offer(cluster, "first-ward", closes=str(cluster.pack.as_of))
    assert found(today, **asked)[0] == "first-ward"


def edit_offer(cluster, offer, **cells):
    offers = cluster.table("support_offers")
    offers.loc[offers["id"] == offer, list(cells)] = list(cells.values())
    return replace(cluster, tables={**cluster.tables, "support_offers": offers})


def test_what_is_asset_and_offer_is_one_entry_that_says_both(cluster):
    rows = support.help_for(cluster, Filter(), Need("N1"))
    listed = reasons.list_in_words(cluster, Filter(), Need("N1"), rows).set_index("id")
    assert "gentle-bench" not in listed.index
    vouchers = listed.loc["bench-vouchers"]
    assert vouchers["Kind"] == "Asset and offer"
    assert vouchers["Where"] == "Open to: All of Northmark; stands in Aldbrook"


def test_what_is_both_is_named_as_on_its_profile_and_says_whose_its_status_is(real):
    """Its two rows may differ in name and status: a reader meets one name, and is told which of them a status is of."""
    rows = support.in_both(real, Filter(), Need())
    listed = reasons.list_in_words(real, Filter(), Need(), rows)
    assert listed["Name"].tolist() == [organisations.names(real)[record] for record in rows["id"]]
    bodies = pd.Series(real.bodies[real.holds("record_type", ["asset", "offer"])])
    both = np.isin(real.bodies[rows.index], bodies[bodies.duplicated()])
    whose = {kind: f"Status of the {label.lower()}: " for kind, label in real.labels("record_type").items()}
    said = [whose[kind] if of_both else "Status: " for kind, of_both in zip(rows["record_type"], both, strict=True)]
    assert all(map(str.startswith, listed["Status"], said)) and 0 < both.sum() < len(both)


@pytest.mark.parametrize("need", [Need(), Need("C06"), Need("C11")])
def test_what_a_list_of_help_calls_both_is_what_its_finding_counts_as_both(real, need):
    rows = support.help_for(real, Filter(), need)
    kinds = reasons.list_in_words(real, Filter(), need, rows)["Kind"]
    asset, offer = (words.noun(real.labels("record_type")[each]) for each in ("asset", "offer"))
    both, assets, offers = (kinds.str.lower().str.contains(said).sum() for said in (" and ", asset, offer))
    said = f"{words.count(assets, asset)} and {words.count(offers, offer)}{in_both_kinds(both)}"
    assert reasons.finding(real, Filter(), need).startswith(said) and both


def test_a_card_tells_the_last_day_where_it_is_known(cluster):
    parts = on_screen(page_of("Find_support", cluster, Filter(), {"need": ["N1"]}).elements)
    cards = [part.parts for part in parts if isinstance(part, Group) and part.layout == "lines"]
    assert sum("last day" in card[2].text and "2099" in card[2].text for card in cards) == 1 < len(cards)


@pytest.mark.parametrize("pack", ["cluster", "real"])
def test_a_card_is_four_lines_that_name_why_it_fits(request, pack):
    cluster = request.getfixturevalue(pack)
    d, stage = cluster.table("ds")["label"].iloc[0], next(iter(cluster.labels("offer_stage").values()))
    challenge = cluster.table("challenges")["id"].iloc[0]
    asked = {"need": [challenge], "help_stage": [stage], "most": ["25"]}
    chosen = Filter(ds=(cluster.table("ds")["id"].iloc[0],))
    parts = on_screen(page_of("Find_support", cluster, chosen, asked).elements)
    cards = [part.parts for part in parts if isinstance(part, Group) and part.layout == "lines"]
    assert cards
    for what, why, who, where in cards:
        for line in (what, who, where):
            assert 0 < len(line.lead) + len(line.text) <= 160, line
        fits, _, rest = why.lead.lower().partition("open to every")
        assert challenge.lower() in fits
        assert (d.lower() in fits) == (" d" not in rest) and (stage.lower() in fits) == ("stage" not in rest)


def test_five_are_shown_first_and_more_on_request(cluster):
    many = cluster
    for number in range(6):
        many = with_offer(many, id=f"more-{number}", name=f"More {number}", challenges="N2")
    for asked, most, more in (({}, 5, ["10"]), ({"most": ["10"]}, 9, [])):
        parts = list(on_screen(page_of("Find_support", many, Filter(), {"need": ["N2"], **asked}).elements))
        assert sum(isinstance(part, Group) and part.layout == "card" for part in parts) == most
        assert [part.changes["most"] for part in parts if isinstance(part, Ask)] == more
        before = parts[: next(at for at, part in enumerate(parts) if getattr(part, "layout", "") == "card")]
        folded = [part for fold in before if getattr(fold, "layout", "") == "folded" for part in on_screen(fold.parts)]
        assert sum(isinstance(part, (Box, FilterBox)) and part not in folded for part in before) == 3


def on_screen(parts):
    """The parts of a view with those inside them."""
    for part in parts:
        yield part
        yield from on_screen(getattr(part, "parts", ()))


def test_the_newest_status_decides_where_all_else_is_equal(cluster):
    like = {
        "name": "A Ward",
        "challenges": "N1",
        "ds": "robotics",
        "stages": "trial",
        "reach": "inner",
        "status": "open",
    }
    for year, expected in ((2020, ["first-ward", "one-more"]), (2027, ["one-more", "first-ward"])):
        more = with_offer(cluster, **like, status_year=year)
        assert found(more, asked="N1", stage="trial", near="Aldbrook", **ROBOTICS)[:2] == expected


def test_a_theme_is_quoted(cluster):
    said = reasons.finding(cluster, Filter(), need(cluster, "B"))
    assert said == "1 offer could help with the theme “Rooms and money”"


# ---- one engine for every list of help ------------------------------------


@pytest.mark.parametrize("record", ["test-firm-e", "test-firm-a", "dunmere-college", "test-firm-h"])
def test_a_profile_lists_help_in_the_order_of_the_page(cluster, record):
    chosen, asked = support.need_of(cluster, record)
    whole = support.help_for(cluster, chosen, asked)["id"].tolist()
    near = support.nearest_help(cluster, record)
    for record_type in ("asset", "offer"):
        places_in_whole = [whole.index(one) for one in near.loc[near["record_type"] == record_type, "id"]]
        assert places_in_whole == sorted(places_in_whole)


# ---- whatever the pack holds ----------------------------------------------

ASKED = some.sampled_from(["", "N1", "N2", "N3", "A", "A.1", "B"])
NEEDS = some.fixed_dictionaries(
    {
        "asked": ASKED,
        "stage": some.sampled_from(["", "idea", "trial", "sale"]),
        "near": some.sampled_from(["", "Aldbrook", "Dunmere", "NM9 1AA"]),
        "ds": some.sampled_from([(), ("robotics",), ("data", "diagnostics")]),
    }
)
SOME_OF = {
    "challenges": ["N1", "N2; N3", "N1; N2; N3"],
    "ds": [None, "robotics", "data; devices"],
    "stages": [None, "trial", "idea; sale"],
    "reach": ["inner", "northmark", "nation"],
    "status": ["open", "unclear"],
}
OFFERS = some.fixed_dictionaries({column: some.sampled_from(words) for column, words in SOME_OF.items()})


def with_offer(cluster, **cells):
    """The cluster with one offer more."""
    offers = cluster.table("support_offers")
    row = offers.iloc[[1]].assign(**{"id": "one-more", "name": "One More", **cells})
    more = pd.concat([offers, row], ignore_index=True).astype(offers.dtypes.to_dict())
    return replace(cluster, tables={**cluster.tables, "support_offers": more})


@pytest.mark.slow
@FEW
@given(asked=NEEDS, cells=OFFERS)
def test_an_offer_that_has_ended_never_changes_the_order_of_the_others(cluster, asked, cells):
    more = with_offer(cluster, **(cells | {"status": ENDED}))
    assert found(more, **asked) == found(cluster, **asked)
    everything = found(more, ended=True, **asked)
    assert [one for one in everything if one != "one-more"] == found(cluster, ended=True, **asked)


@pytest.mark.slow
@FEW
@given(asked=NEEDS, cells=OFFERS)
def test_one_more_offer_leaves_the_others_in_their_order(cluster, asked, cells):
    listed = found(with_offer(cluster, **cells), **asked)
    assert [one for one in listed if one != "one-more"] == found(cluster, **asked)


@FEW
@given(asked=NEEDS)
def test_what_is_open_and_more_named_comes_first_and_asking_for_less_never_lists_less(cluster, asked):
    table = support.help_for(
        cluster, Filter(ds=asked["ds"]), need(cluster, asked["asked"], asked["stage"], asked["near"])
    )
    assert table["open"].is_monotonic_decreasing
    assert table.groupby("open")["fit"].agg(lambda fit: fit.is_monotonic_decreasing).all()
    same_fit = table.groupby(["fit", "open"], sort=False)["near"].agg(lambda near: near.is_monotonic_increasing)
    assert same_fit.all()
    for part in ("asked", "stage", "near"):
        assert bodies(cluster, **asked) <= bodies(cluster, **(asked | {part: ""}))


@FEW
@given(asked=NEEDS)
def test_what_comes_close_is_never_listed_too(cluster, asked):
    chosen, wanted = Filter(ds=asked["ds"]), need(cluster, asked["asked"], asked["stage"], asked["near"])
    close = support.comes_close(cluster, chosen, wanted)
    listed = support.in_both(cluster, chosen, wanted).index
    assert not set(cluster.bodies[close.index]) & set(cluster.bodies[listed])
    assert len(set(cluster.bodies[close.index])) == len(close)
    assert (close["missed"] != "").all()
