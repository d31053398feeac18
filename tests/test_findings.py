"""The sentences a page leads with: ties, none, one, several, and no more than the data can bear."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from cluster_data.document import Heading
from cluster_data.findings import area_words, captions, headlines, reasons
from cluster_data.input.read import read_cluster
from cluster_data.measures import areas, counts, heat, help, indicators, places, rates, splits, support
from cluster_data.model import wording
from cluster_data.model.filters import Filter
from cluster_data.views import page_of
from tests import home
from tests.packs import TODAY, on_rows, write_pack

NOTHING = Filter(text="zzzzz")


def spread_over(cluster, firms_by_area):
    """The invented pack with other areas, A, B, C..., and as many firms in each as said."""
    names = [chr(ord("A") + place) for place in range(len(firms_by_area))]
    areas = pd.concat([cluster.table("areas").iloc[:1]] * len(names), ignore_index=True)
    areas = areas.assign(lad_code=names, name=names)
    where = [name for name, firms in zip(names, firms_by_area, strict=True) for _ in range(firms)]
    companies = pd.concat([cluster.table("companies")] * 3, ignore_index=True).iloc[: len(where)]
    companies = companies.assign(id=[f"firm-{at}" for at in range(len(where))], lad_code=where, status="trading")
    tables = {**cluster.tables, "areas": areas, "companies": companies, "groups": cluster.table("groups").iloc[:0]}
    return replace(cluster, tables=tables)


@pytest.mark.parametrize(
    ("said", "choice"),
    [
        (
            "Devices lead with 3 of 8 firms; data, diagnostics, digital and robotics have fewest, 2",
            {"roles": ("heartland",)},
        ),
        (
            "Of 2 firms, 2 in devices; 1 in each of digital and robotics; none in data or diagnostics",
            {"stages": ("launch",), "statuses": ("trading",)},
        ),
        (
            "Of 8 firms, 2 in each of data, devices, diagnostics and robotics; none in digital",
            {"roles": ("heartland",), "match": "primary", "statuses": ("trading", "bought", "unclear")},
        ),
        ("The one firm works in digital", {"roles": ("visitor",)}),
        ("Of 3 firms, 1 in each of data, diagnostics, digital and robotics; none in devices", {"stages": ("lab",)}),
        (
            "Devices lead with 3 of 4 firms; digital has fewest, 2",
            {"ds": ("devices", "digital"), "roles": ("heartland",), "statuses": ("trading", "unclear")},
        ),
        ("2 of 11 firms work in robotics", {"ds": ("robotics",)}),
        ("1 of 2 firms works in robotics", {"ds": ("robotics",), "stages": ("launch",)}),
        ("1 of 2 firms in Carrow Vale works in digital", {"ds": ("digital",), "areas": ("Carrow Vale",)}),
        ("2 of 11 firms have robotics as their primary D", {"ds": ("robotics",), "match": "primary"}),
        ("None of 2 firms is known to be in Dunmere", {"roles": ("supplier",), "areas": ("Dunmere",)}),
        ("No firms match this choice", {"text": "zzzzz"}),
        ("None of 5 firms works in robotics", {"ds": ("robotics",), "stages": ("grown",)}),
    ],
)
def test_which_d_leads(cluster, said, choice):
    assert headlines.which_d_leads(cluster, Filter(**choice)) == said


def test_firms_without_a_d_are_firms_all_the_same(cluster):
    only_j = Filter(roles=("supplier",), areas=("Aldbrook",))
    assert only_j.statement(cluster).startswith("Supplier firms in Aldbrook: 1.")
    assert headlines.which_d_leads(cluster, only_j) != "No firms match this choice"


@pytest.mark.parametrize(
    ("said", "firms"),
    [
        ("A, B and C hold 9 of 12 firms", [4, 3, 2, 1, 1, 1]),
        ("A, B, C and D hold 12 of 12 firms", [3, 3, 3, 3]),
        ("A and B hold 6 of 12 firms", [3, 3, 1, 1, 1, 1, 1, 1]),  # too many share the third place
        ("A holds 6 of 12 firms", [6, 1, 1, 1, 1, 1, 1]),
        ("12 firms spread over 6 areas", [2, 2, 2, 2, 2, 2]),
        ("The one firm is in A", [1]),
        ("All 2 of these firms are in A", [2, 0, 0]),
    ],
)
def test_where_firms_are(cluster, everything, said, firms):
    assert headlines.where_firms_are(spread_over(cluster, firms), everything) == said


def test_no_firm_has_a_known_area(cluster):
    assert headlines.where_firms_are(cluster, NOTHING) == "No firms match this choice"
    assert headlines.where_firms_are(cluster, Filter(roles=("visitor",))) == "No firm of this choice has a known area"


@pytest.mark.parametrize(
    ("said", "choice"),
    [
        ("with 2 universities, 1 hospital trust, 3 assets and 4 offers (1 is both)", {"roles": ("heartland",)}),
        # the club and the rule desk name no D, so they are open to data too
        ("with 1 university, 1 hospital trust, 2 assets and 2 offers", {"ds": ("data",)}),
        ("with 0 universities, 0 hospital trusts, 0 assets and 0 offers", {"text": "zzzzz"}),
    ],
)
def test_the_other_types_beside_the_firms(cluster, said, choice):
    assert headlines.company_kept(cluster, Filter(**choice)) == said


@pytest.mark.parametrize(
    ("said", "choice"),
    [
        (
            "Digital falls from 2 firms to 0 when only the primary D counts",
            {"statuses": ("trading", "unclear", "bought")},
        ),
        ("Devices fall from 1 firm to 0 when only the primary D counts", {"areas": ("Aldbrook",)}),
        ("Any D or primary D: the answer is the same", {"stages": ("grown",)}),
        ("Any D or primary D: the answer is the same", {"text": "zzzzz"}),
    ],
)
def test_how_the_match_matters(cluster, at_first, said, choice):
    assert headlines.how_match_matters(cluster, at_first.but(**choice)) == said


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ({"A": (5, 4, 1), "B": (2, 4, 9), "C": (0, 1, 2)}, "A leads in data; A and B in devices; B in digital"),
        ({"A": (5, 4, 9), "B": (2, 3, 8), "C": (0, 1, 2)}, "A leads in data, devices and digital"),
        ({"A": (5, 3, 2), "B": (2, 3, 2), "C": (0, 3, 2)}, "A leads in data"),
        ({"A": (2, 1, 2), "B": (2, 1, 2), "C": (0, 0, 0)}, ""),
        ({"A": (5, 4, 1)}, ""),
    ],
)
def test_which_areas_lead_in_which_ds(cluster, monkeypatch, held, said):
    """Ties of two lead together, of more nobody does; a lead takes three firms, and another area to be ahead of."""
    ds = ("data", "devices", "digital")
    rows = [{"area": area, **dict(zip(ds, firms, strict=True))} for area, firms in held.items()]
    unknown = {"area": heat.NOT_LOCATED, "data": 99, "devices": 99, "digital": 99}
    table = pd.DataFrame([*rows, unknown])
    monkeypatch.setattr(heat, "firms_by_d_and_area", lambda cluster, chosen: table)
    assert area_words.which_areas_lead(cluster, Filter(ds=ds, text=repr(held))) == said


@pytest.mark.parametrize(
    ("said", "choice"),
    [
        ("3 of 8 firms span several Ds", {}),
        ("1 of 1 firm spans several Ds", {"areas": ("Aldbrook",), "stages": ("launch",)}),
        ("0 of 3 firms span several Ds", {"stages": ("grown",)}),
        ("0 of 0 firms span several Ds", {"text": "zzzzz"}),
    ],
)
def test_how_many_firms_span_several_ds(cluster, at_first, said, choice):
    assert headlines.how_many_span(cluster, at_first.but(**choice)) == said


def test_how_much_is_known(cluster, at_first):
    said = [part.text for part in page_of("Four_Ds", cluster, at_first, {}).elements if isinstance(part, Heading)]
    assert "Jobs: the number of employees is known for 3 of 8 firms" in said


@pytest.mark.parametrize(
    ("said", "lens", "choice"),
    [
        (
            "3 combinations have no known help: rooms for devices, rooms for diagnostics and rooms for digital",
            "help here",
            {},
        ),
        ("No help with rooms is known for devices", "help here", {"ds": ("devices",)}),
        ("Help with rooms is thinnest for robotics: 2 sources of help", "help here", {"ds": ("robotics",)}),
        (
            "Help is thinnest in 2 combinations with 2 local sources of help each: "
            "rules for robotics and rooms for robotics",
            "local help only",
            {"ds": ("robotics",)},
        ),
        (
            "Help with rooms is thinnest for robotics: 1.0 firms per source of help",
            "firms per source of help",
            {"ds": ("robotics",)},
        ),
        ("Few firms are on record with a challenge", "firms known to face it", {}),
        ("No firm of this choice is known to face a challenge", "firms known to face it", {"text": "zzzzz"}),
    ],
)
def test_what_the_heat_map_shows_first(cluster, said, lens, choice):
    grid = help.challenge_grid(cluster, Filter(**choice), lens, "D")
    assert headlines.grid_finding(grid, help.LENS[lens], "D") == said


def test_by_stage_and_theme_only_offers_are_said_to_be_missing(cluster, everything):
    grid = help.challenge_grid(cluster, everything, "help here", "theme")
    said = "2 combinations have no known help: rules for rooms and money and rooms for help from the start"
    assert headlines.grid_finding(grid, help.LENS["help here"], "theme") == said
    lens = help.LENS["help here"]
    assert "By theme only offers count: assets name none" in captions.how_split(cluster, lens, "theme")
    assert "open to every stage" in captions.how_split(cluster, lens, "stage")
    assert "what every area has" in captions.how_split(cluster, lens, "area")
    assert [captions.how_split(cluster, help.LENS[splits.FACING], by) for by in ("area", "D")] == ["", ""]


@pytest.mark.parametrize(
    ("said", "lens", "column"),
    [
        ("Finding a first hospital · Robotics: 3 sources of help (2 meant for it)", "help here", "robotics"),
        ("Finding a first hospital · Data: 1 source of help (0 meant for it)", "help here", "data"),
        ("Finding a first hospital · Digital: 1 firm", "firms known to face it", "digital"),
        ("Finding a first hospital · Data: 2.0 firms per source of help", "firms per source of help", "data"),
    ],
)
def test_a_chosen_cell_leads_the_page(cluster, everything, said, lens, column):
    grid = help.challenge_grid(cluster, everything, lens, "D")
    assert headlines.cell_finding(grid, help.LENS[lens], "N1", column) == said


@pytest.mark.parametrize(
    ("said", "lens", "by", "choice"),
    [
        (
            "2 assets and 2 offers (1 is both); thinnest for data, diagnostics and digital, with 1 source of help each",
            "help here",
            "D",
            {},
        ),
        (
            "2 assets and 2 offers (1 is both); thinnest for idea and sale, with 2 sources of help each",
            "help here",
            "stage",
            {},
        ),
        (  # two in each area of the first group; in the rest the vouchers alone
            "local help by 2 assets and 2 offers (1 is both); thinnest for rest of region, with 1 local source of help",
            "local help only",
            "area",
            {},
        ),
        (
            "local help by 2 assets and 2 offers (1 is both); "
            "thinnest for data, diagnostics and digital, with 1 local source of help each",
            "local help only",
            "D",
            {},
        ),
        ("no local source of help is known", "local help only", "D", {"areas": ("Dunmere",), "ds": ("devices",)}),
        ("2 firms known to face it", "firms known to face it", "D", {}),
        ("no firm is on record as facing it", "firms known to face it", "D", {"text": "zzzz"}),
    ],
)
def test_a_chosen_challenge_leads_the_page(cluster, said, lens, by, choice):
    chosen = Filter(**choice)
    grid = help.challenge_grid(cluster, chosen, lens, by)
    found = captions.challenges_finding(cluster, chosen, grid, help.LENS[lens], by, "N1", None)
    assert found == f"Finding a first hospital: {said}"


@pytest.mark.parametrize(
    ("said", "cut", "choice"),
    [
        ("Stage: at launch for 2 of 3 firms", "stage", {"ds": ("devices",)}),
        ("Age: 6 to 10 years for 1 of 2 firms; not known for 1", "age", {"ds": ("digital",)}),
        ("Stage: known for 8 of 8 firms", "stage", {}),  # several lead
        ("Size: not known for any of 2 firms", "size", {"ds": ("digital",)}),
        ("No firm of this choice, so no size", "size", {"text": "zzzz"}),
    ],
)
def test_a_split_of_firms_is_headed_by_what_most_are(cluster, at_first, said, cut, choice):
    assert captions.split_finding(counts.firms_by(cluster, at_first.but(**choice), cut, 2026), cut) == said


@pytest.mark.parametrize(
    ("said", "area", "choice"),
    [
        ("3 organisations in Birkwick, 2 with a known link", "Birkwick", {}),
        ("2 organisations in Dunmere, none with a known link", "Dunmere", {}),
        ("No organisation of this choice is placed in Dunmere", "Dunmere", {"text": "zzzz"}),
    ],
)
def test_who_is_in_an_area_is_headed_by_how_many_are_linked(cluster, at_first, said, area, choice):
    rows = areas.who_is_in(cluster, areas.of_region(at_first.but(**choice)), area)
    assert headlines.who_is_linked(cluster, rows, area) == said


def test_nothing_is_thin_if_there_are_no_firms(cluster):
    grid = help.challenge_grid(cluster, NOTHING, "firms per source of help", "D")
    assert (
        headlines.grid_finding(grid, help.LENS["firms per source of help"], "D") == "Nothing is known for this choice"
    )


def test_a_split_that_a_lens_does_not_have_is_explained():
    assert captions.no_such_split(help.LENS["firms known to face it"], "theme") == (
        "“firms known to face it” cannot be shown by theme: firms are not sorted by theme. Shown by D instead."
    )


def test_the_parts_behind_a_cell(cluster, everything):
    behind = support.behind_cell(cluster, everything, "help here", "D", "N1", None)
    assert captions.cell_parts(cluster, everything, behind, "D", None) == [
        ("offer", "2 offers"),
        ("asset", "2 assets"),
        ("company", "2 firms known to face it"),
    ]
    behind = support.behind_cell(cluster, everything, "help here", "D", "N1", "digital")
    assert captions.cell_parts(cluster, everything, behind, "D", None) == [
        ("offer", "No offer of this choice is known"),
        ("asset", "1 asset"),  # the club, which names no D
        ("company", "1 firm known to face it"),
    ]
    nowhere = {each: rows.head(0) for each, rows in behind.items()}
    (_, (_, no_asset), _) = captions.cell_parts(cluster, everything.but(areas=("Northmark",)), nowhere, "D", "digital")
    assert no_asset == "No asset based there is known"  # what is based elsewhere may have an offer there


def test_an_empty_cell_names_what_comes_closest(cluster):
    lens = help.LENS["help here"]
    said = captions.nearest_miss(cluster, Filter(), lens, "D", "N3", "N3 Rooms")
    assert said == "No one yet. Closest: 2 sources of help with N3 Rooms, whatever the D."
    said = captions.nearest_miss(cluster, NOTHING, lens, "D", "N3", "N3 Rooms")
    assert said == "No one yet: no source of help with N3 Rooms is known for this choice."


def test_the_challenge_with_least_help_stands_against_the_one_with_most(cluster, everything):
    finding = headlines.where_help_is_least(cluster, everything)
    assert finding.said == "Rooms (N3) has the least help: 2 sources of help."
    assert finding.detail == "1 asset and 1 offer; against 3 for rules (N2)."
    assert (finding.page, finding.parameters) == ("Challenges", {"challenge": "N3"})


@pytest.mark.parametrize(
    ("said", "choice"),
    [
        ("3 of 8 firms rest on sources from before 2023,", {}),  # g, h, i; c is of 2023
        ("1 of 2 firms rests on sources from before 2023,", {"areas": ("Carrow Vale",)}),
        ("0 of 2 firms rest on sources from before 2023,", {"areas": ("Aldbrook",)}),
    ],
)
def test_how_old_the_sources_are(cluster, at_first, said, choice):
    assert headlines.how_old(cluster, at_first.but(**choice)).said == said


def test_the_area_with_most_firms_for_its_size_stands_against_the_one_with_most_firms(cluster, everything):
    # Aldbrook and Birkwick have 3 firms, Carrow Vale 2 on 45,000 residents
    finding = headlines.density(cluster, everything)
    assert finding.said == "Carrow Vale has most firms for its size:"
    assert finding.detail.startswith("4.4 per 100,000 residents (2 firms, fewer than 10); ")
    alone = headlines.density(cluster, Filter(stages=("lab",), areas=("Birkwick",)))
    assert (alone.said, alone.detail) == ("Birkwick:", "1.2 per 100,000 residents (1 firm, fewer than 10).")


@pytest.mark.parametrize(
    ("said", "firms"),
    [("Of places with 10 firms or more, A has most firms for its size:", 10), ("C has most firms for its size:", 9)],
)
def test_a_rate_on_few_firms_does_not_lead_if_there_are_surer_ones(cluster, everything, said, firms):
    pack = spread_over(cluster, [firms, 11, 2])  # 10 or 9 on 100,000 residents, 11 on 200,000, 2 on 10,000
    areas = pack.table("areas").assign(population=[100_000, 200_000, 10_000])
    assert headlines.density(replace(pack, tables={**pack.tables, "areas": areas}), everything).said == said


def test_no_other_area_is_said_to_have_most_firms_if_the_densest_has_as_many(cluster, at_first):
    assert headlines.density(cluster, at_first).detail == "4.4 per 100,000 residents (2 firms, fewer than 10)."


@pytest.mark.parametrize("choice", [{}, {"ds": ("digital",)}, {"roles": ("visitor",)}])
def test_three_things_are_worth_knowing_and_never_an_empty_one(cluster, choice):
    found = headlines.worth_knowing(cluster, Filter(**choice))
    assert 1 <= len(found) <= 3
    assert all(finding.said and finding.page and finding.invitation for finding in found)


def test_of_an_empty_choice_nothing_is_worth_knowing(cluster):
    assert headlines.worth_knowing(cluster, NOTHING) == []


@pytest.mark.parametrize(
    ("said", "detail", "chosen"),
    [
        (  # N1: the ward and the bench; N2: the bench, the desk and the prize; N3: the park and the vouchers
            "Finding a first hospital (N1) and rooms (N3) have the least help: 2 sources of help each.",
            "Against 3 for rules (N2).",
            {"areas": ("Aldbrook",)},
        ),
        (  # N1: the bench and the club; N2: the bench; N3: the park
            "Rules (N2) and rooms (N3) have the least help: 1 source of help each.",
            "Against 2 for finding a first hospital (N1).",
            {"kinds": ("asset",)},
        ),
    ],
)
def test_challenges_that_tie_for_least_help_are_named_together(cluster, said, detail, chosen):
    finding = headlines.where_help_is_least(cluster, Filter(**chosen))
    assert (finding.said, finding.detail) == (said, detail)


@pytest.mark.parametrize("by", ["D", "area", "stage", "theme"])
@pytest.mark.parametrize("choice", [{}, {"areas": ("Aldbrook",)}, {"ds": ("digital",)}, {"kinds": ("asset",)}])
def test_the_overview_and_the_heat_map_name_the_same_challenges(cluster, choice, by):
    chosen, lens = Filter(**choice), help.LENS["help here"]
    grid = help.challenge_grid(cluster, chosen, lens.name, by)
    led = captions.challenges_finding(cluster, chosen, grid, lens, by, None, None)
    assert headlines.where_help_is_least(cluster, chosen).said == f"{led}."


def test_a_tie_for_least_help_is_not_told_against_itself(cluster):
    finding = headlines.where_help_is_least(cluster, NOTHING)  # no challenge has any help
    assert "against" not in finding.detail and "no known help" in finding.said


@pytest.mark.parametrize(
    ("said", "old", "confidence", "year"),
    [
        ("Confidence: sure; newest source of 2025.", False, "sure", 2025),
        ("Confidence: sure; newest source of 2023.", False, "sure", 2023),
        (
            "Confidence: fair; newest source of 2022. Over three years old: check before you rely on it.",
            True,
            "fair",
            2022,
        ),
        ("Confidence: doubtful; the year of its newest source is not known.", False, "doubtful", None),
        ("Confidence not stated; the year of its newest source is not known.", False, None, None),
        ("Confidence not stated; newest source of 2025.", False, None, 2025),
    ],
)
def test_how_sure_and_how_old_a_record_is(cluster, said, old, confidence, year):
    assert wording.how_sure(cluster, confidence, year) == (said, old)


def test_headline_figures_stand_side_by_side_where_sources_disagree(cluster):
    rows = headlines.headline_figures(cluster)
    assert rows[["name", "figure", "period", "kind", "publisher", "url"]].to_numpy().tolist() == [
        ["Output added by 2030", "£35m", "by 2030", "Target", "Test Survey", "https://example.com/survey"],
        ["Jobs added by 2030", "500 to 800 people", "by 2030", "Target", "Test Survey", "https://example.com/survey"],
        ["Jobs in health technology", "1,400 people", "2023", "Actual", "Test Survey", "https://example.com/survey"],
        ["Jobs in health technology", "2,000 people", "2023", "Actual", "Test Gazette", "https://example.org/gazette"],
    ]


@pytest.mark.parametrize(
    ("said", "value", "high", "unit"),
    [
        ("£400m to £430m", 4e8, 4.3e8, "GBP"),
        ("500 to 800 people", 500, 800, "people"),
        ("7%", 7, None, "percent"),
        ("3 to 4%", 3, 4, "percent"),
        ("not readable", None, None, "count"),
    ],
)
def test_a_figure_or_its_range_in_words(said, value, high, unit):
    assert indicators.amount_in_words({"value": value, "value_high": high, "unit": unit}) == said


def test_the_map_is_told_to_those_who_do_not_see_it(cluster, at_first):
    assert captions.map_in_words(cluster, at_first) == (
        "Map of heartland firms in Northmark. "
        "Most by area: Aldbrook 2, Birkwick 2, Carrow Vale 2, Dunmere 1 and Not known 1."
    )
    assert captions.map_in_words(cluster, NOTHING) == "Map without firms."


def test_the_key_of_a_map_tells_how_many_it_draws_and_leaves_out(cluster, at_first):
    assert captions.map_key(cluster, at_first).endswith(
        "(primary D, position to about 100 metres). Numbered circles: firms placed only by town; towns too close to "
        "tell apart share one. Firms placed by postcode: 3; only by town: 3; not on the map: 2 (1 of them known by "
        "area)."
    )
    # 6 by postcode and 5 by town; 2 firms, 1 care board and 1 asset nowhere; 4 offers, 2 investors and a partner
    assert captions.on_map(cluster, at_first) == (
        "11 of 15 organisations are on the map",
        "4 have no known position. "
        "4 offers, 2 investors and 2 other partners stand at no one place; 1 of them is listed as another kind.",
    )
    assert captions.on_map(cluster, NOTHING) == (captions.NOWHERE, "")


def test_the_key_of_a_map_with_one_mark_speaks_of_one(cluster):
    only_a = Filter(stages=("grown",), areas=("Aldbrook",), roles=("heartland",), kinds=("company",))
    assert captions.map_key(cluster, only_a).endswith("placed by postcode: 1; only by town: 0; not on the map: 0.")
    assert captions.on_map(cluster, only_a) == ("1 of 1 organisation is on the map", "")


@pytest.mark.parametrize(
    ("labels", "thin"), [((), True), (("Dunmere", "Aldbrook"), True), (("Coast ICS",), True), (("Aldbrook",), False)]
)
def test_places_that_the_pack_knows_to_be_thinly_covered_are_said(cluster, labels, thin):
    said = area_words.thin_coverage(cluster, *labels)
    assert said.endswith(": Dunmere.") if thin else said == ""


def test_what_is_of_two_kinds_is_told_to_be_listed_once(cluster, at_first):
    assert captions.listed_once(cluster, at_first).startswith("1 is of more than one kind, such as asset and offer:")
    assert captions.listed_once(cluster, Filter(kinds=("offer",))) == ""


def test_the_key_of_the_density_map_gives_years_and_source(cluster, at_first):
    table = rates.firms_per_100_000(cluster, at_first)
    assert captions.shades(table) == [(2, "1.67"), (4, "2.50"), (5, "4.44")]
    said = f"{captions.density_note(table)} {captions.density_period(cluster, table)}"
    assert said.endswith("Firms as known in June 2026; residents of 2021, Invented count of 2021.")
    assert "fewer than 10 firms" in said
    assert "fewer than" not in captions.density_note(table.assign(few=False))


def test_a_rate_of_few_firms_bears_a_star(real):
    rows = rates.firms_per_100_000(real, Filter.default(real))
    few, enough = (rows["firms"] > 0) & (rows["firms"] < area_words.FEW), rows["firms"] >= area_words.FEW
    assert few.any() and enough.any()
    assert rows["shown"][few].tolist() == [f"{rate:.1f}*" for rate in rows["rate"][few]]
    assert rows["shown"][enough].tolist() == [f"{rate:.1f}" for rate in rows["rate"][enough]]
    assert set(rows["shown"][rows["firms"] == 0]) <= {"0"}


@pytest.mark.parametrize(
    ("said", "choice"),
    [
        ("8 firms, 3 assets, 4 offers (1 is both) and 8 others", {"roles": ("heartland",)}),
        ("1 firm", {"text": "moulds"}),
        ("No record matches this choice", {"text": "zzzzz"}),
    ],
)
def test_who_is_here(cluster, said, choice):
    assert headlines.who_is_here(cluster, Filter(**choice)) == said


@pytest.mark.parametrize(
    ("said", "choice"),
    [
        ("records in Northmark", {}),
        ("records in Dunmere", {"areas": ("Dunmere",), "roles": ("visitor",), "kinds": ("asset", "company")}),
        ("records in Northmark with words like “nortmark” (none is spelt so)", {"text": "nortmark"}),
    ],
)
def test_a_list_of_records_says_its_choice(cluster, said, choice):
    chosen = Filter(**choice)
    told = [part.text for part in page_of("Organisations", cluster, chosen, {}).elements if isinstance(part, Heading)]
    listed = int(chosen.keeps(cluster).sum())
    assert told == [f"{listed:,} {said if listed != 1 else said.replace('records', 'record')}"]


def test_a_source_of_help_says_where_it_is_and_whether_it_runs(cluster):
    near = reasons.nearest_in_words(cluster, "test-firm-e")
    assert near[["Where", "Status"]].to_numpy().tolist()[:3] == [
        ["Aldbrook (same authority, less than 1 km away)", "Status: trading (year not known)"],
        ["Open to: Inner Northmark only", "Status: open as of 2026"],
        [
            "Open to: All of Northmark; stands in Aldbrook",
            "Status of the offer: open as of 2026",
        ],  # the vouchers, which give out the bench
    ]
    unplaced = reasons.nearest_in_words(cluster, "test-firm-h")
    assert unplaced["Where"].iloc[0] == "Aldbrook"


def test_words_are_explained(cluster, real):
    words = captions.word_list(cluster)
    assert ["Robotics", "D", "Machines that move by themselves"] in words.to_numpy().tolist()
    assert words["Kind"].drop_duplicates().tolist() == ["D", "Role of a firm", "Status", "Other word"]
    assert words["Meaning"].notna().all() and words["Meaning"].str.strip().ne("").all()
    known = captions.word_list(real)
    for field, kind in captions.EXPLAINED.items():
        told = {row["label"] for row in home.rows("vocabulary") if row["field"] == field and row["meaning"]}
        assert set(known.loc[known["Kind"] == kind, "Word"]) == told
    for row in known[known["Kind"].isin(["Role of a firm", "Other word"])].itertuples():  # by other words
        assert not re.search(rf"\b{re.escape(row.Word.lower())}\b", row.Meaning.lower())
    grade = next(row for row in home.rows("vocabulary") if row["field"] == "confidence" and row["meaning"])
    assert captions.confidence_words(real).startswith(f"{grade['label']}: {grade['meaning'][0].lower()}")


@pytest.mark.parametrize(
    ("said", "near", "choice"),
    [
        ("7 records within 5 km of Aldbrook, 2 of them known only by town or sector", "Aldbrook", {}),
        ("0 records within 5 km of NM9 1", "NM9 1AA", {}),
        ("Aldbrook, Birkwick, Carrow Vale and Dunmere hold 14 of 18 organisations", "", {}),
        ("Aldbrook, Birkwick and Carrow Vale hold 8 of 11 firms", "", {"kinds": ("company",)}),
        ("Aldbrook holds 2 of 3 assets", "", {"kinds": ("asset",)}),
        ("4 offers", "", {"kinds": ("offer",)}),
    ],
)
def test_the_map_leads_with_what_was_asked(cluster, said, near, choice):
    chosen = Filter(**choice)
    place, _ = places.find_place(cluster, near)
    found = places.near(cluster, chosen, place, 5) if place else None
    assert headlines.map_finding(cluster, chosen, place, 5, found) == said


@pytest.mark.parametrize(
    ("said", "near", "choice"),
    [
        # a, e and j, the university, the trust, park and bench
        (
            "Records in Northmark, within 5 km of Aldbrook: 3 firms, 1 university, 1 hospital trust and 2 assets",
            "Aldbrook",
            {},
        ),
        (
            "Robotics records in Northmark, within 5 km of Aldbrook: 1 heartland firm, 1 university and 2 assets",
            "Aldbrook",
            {"ds": ("robotics",), "roles": ("heartland",)},
        ),
        ("Records in Northmark, within 5 km of NM9 1: none", "NM9 1AA", {}),
    ],
)
def test_what_lies_near_is_stated_as_it_is_listed(cluster, said, near, choice):
    chosen, (place, _) = Filter(**choice), places.find_place(cluster, near)
    assert captions.near_statement(cluster, chosen, place, 5, places.near(cluster, chosen, place, 5)) == said


def test_firms_bear_their_role_wherever_a_pack_puts_them(tmp_path):
    last = on_rows(lambda rows: [row | {"order": "99"} if row["id"] == "company" else row for row in rows])
    pack = read_cluster(write_pack(tmp_path, vocabulary=last), TODAY)
    chosen, (place, _) = Filter(roles=("heartland",)), places.find_place(pack, "Aldbrook")
    said = captions.near_statement(pack, chosen, place, 5, places.near(pack, chosen, place, 5))
    assert said.endswith("1 university, 1 hospital trust, 2 assets and 2 heartland firms")


def test_the_map_of_density_leads_with_the_rate(cluster, everything):
    said = headlines.map_finding(cluster, everything, dense=True)
    assert said.startswith("Carrow Vale has most firms for its size: 4.4 per 100,000 residents")


def test_what_lies_near_is_listed_apart_if_its_place_is_not_exact(cluster, everything):
    place, _ = places.find_place(cluster, "Aldbrook")
    assert captions.near_parts(cluster, place, 5, places.near(cluster, everything, place, 5)) == [
        (False, "5 records placed within 5 km of Aldbrook"),
        (True, "2 records known only by a town or sector whose middle lies within"),
    ]


def test_a_theme_within_a_sentence_stands_in_small_letters_and_an_area_does_not(cluster, everything):
    lens = help.LENSES[0]
    for by, as_written in (("theme", False), ("area", True)):
        grid = help.challenge_grid(cluster, everything, lens.name, by)
        empty = grid[grid["help"] == 0]
        for label in (label for label in set(empty["label"]) if label != "Rest of region"):
            one = grid.assign(help=(grid["label"] != label).astype(int))
            said = headlines.grid_finding(one, lens, by)
            expected = label if as_written else label[0].lower() + label[1:]
            assert f" for {expected}" in said, said


@pytest.mark.parametrize(
    ("said", "choice"),
    [
        ("Aldbrook holds 2 of 8 firms", {"areas": ("Aldbrook",)}),
        ("Aldbrook and Carrow Vale hold 4 of 8 firms", {"areas": ("Aldbrook", "Carrow Vale")}),
        # e and i work in robotics
        ("Aldbrook holds 1 of 2 heartland robotics firms in Northmark", {"areas": ("Aldbrook",), "ds": ("robotics",)}),
        (
            "None of 2 heartland robotics firms in Northmark is known to be in Dunmere",
            {"areas": ("Dunmere",), "ds": ("robotics",)},
        ),
    ],
)
def test_of_areas_chosen_the_share_of_the_region_is_said(cluster, at_first, said, choice):
    assert headlines.where_firms_are(cluster, at_first.but(**choice)) == said


def test_where_every_cell_has_help_what_local_help_lacks_is_told(real, everything):
    lens, local = help.LENS["help here"], help.LENS["local help only"]
    grid = help.challenge_grid(real, everything, lens.name, "D")
    lacking = headlines.grid_finding(help.challenge_grid(real, everything, local.name, "D"), local, "D")
    said = captions.local_beside(real, everything, grid, lens, "D")
    assert said.endswith(f"{lacking[1:]}.") if (grid["help"] > 0).all() else not said
    assert not captions.local_beside(real, everything, grid.assign(help=0), lens, "D")
    assert not captions.local_beside(real, everything, grid, local, "D")
