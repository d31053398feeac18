"""The real data counted again from its files, with the csv module alone, against the measures and the pages.

What is worked out by hand stands on the invented pack, in the tests of each measure.
"""

import json
import re
from collections import Counter, defaultdict
from itertools import product

import pytest

from cluster_data.findings import headlines
from cluster_data.measures import counts, help, places, rates
from cluster_data.model.filters import Filter
from cluster_data.views import opened
from tests.home import (
    AREA_NAMES,
    AT_FIRST,
    DS,
    FIRMS,
    GROUPS,
    HOME,
    LOCAL,
    SAID,
    areas_of,
    flagged,
    parts,
    rows,
    running,
)

BOARDS = {row["id"] for row in flagged("trust_kind", "board")}
TRUSTS = [row for row in running("trusts") if row["kind"] not in BOARDS]
OFFERS, ASSETS, UNIVERSITIES = running("support_offers"), running("assets"), rows("universities")
CHALLENGES = [row["id"] for row in rows("challenges")]
FIRST_GROUP = next(iter(GROUPS.values()))
PARENTS = {row["id"]: row["parent"] for row in rows("themes")}


def by_d(records, match="any"):
    """How many records name each D, or name it first; help that names none counts under each."""
    ds = [parts(row["ds"]) or (DS if records in (ASSETS, OFFERS) else []) for row in records]
    if match == "primary" and records in (ASSETS, OFFERS):
        return [sum(d == held[0] or held is DS for held in ds) for d in DS]
    named = Counter(d for held in ds for d in (held if match == "any" else held[:1]))
    return [named[d] for d in DS]


def top(theme):
    """The theme that a theme is part of in the end."""
    return top(PARENTS[theme]) if PARENTS[theme] else theme


def in_column(row, by, column):
    """Whether a firm belongs to a column of the heat map, or a source of help serves it."""
    if "role" not in row and by in ("D", "stage") and not parts(row.get({"D": "ds", "stage": "stages"}[by], "")):
        return True  # help that names none is open to all
    if by == "D":
        return column in (parts(row["ds"]) or ["unknown"])
    if by == "area":
        return bool(areas_of(row) - FIRST_GROUP) if column == "elsewhere" else column in areas_of(row)
    if by == "group of areas":
        return bool(areas_of(row) & GROUPS[column])
    if by == "every area":
        return column in areas_of(row)
    if by == "stage":
        return column in (parts(row.get("stages", row.get("stage", ""))) or ["unknown"])
    return column in {top(theme) for theme in parts(row.get("themes", ""))}


def cell(lens, by, challenge, column):
    """What a cell of the heat map should show."""
    firms = [firm for firm in FIRMS if in_column(firm, by, column)]
    if lens == "firms known to face it":
        return str(sum(challenge in parts(firm["challenges"]) for firm in firms))
    offers = [offer for offer in OFFERS if lens != "local help only" or offer["reach"] in LOCAL]
    sources = {
        row.get("asset_id") or row["id"]
        for row in [*offers, *ASSETS]
        if challenge in parts(row["challenges"]) and in_column(row, by, column)
    }
    if lens != "firms per source of help":
        return str(len(sources))
    if not firms or not sources:
        return "no help" if firms else "no firms"
    ratio = f"{len(firms) / len(sources):.1f}"
    return "under 0.1" if ratio == "0.0" else ratio


@pytest.fixture(scope="module")
def core(real):
    """What a visitor sees before choosing."""
    return Filter.default(real)


def test_how_many_of_each_type(real, core):
    table = counts.by_type(real, core).set_index("record_type")["records"].to_dict()
    expected = {
        "company": len(FIRMS),
        "university": len(UNIVERSITIES),
        "trust": len(TRUSTS),
        "board": len(running("trusts")) - len(TRUSTS),
        "asset": len(ASSETS),
        "offer": len(OFFERS),
        "investor": len(rows("investors")),
        "partner": len(rows("partners")),
    }
    assert table == expected


@pytest.mark.parametrize("match", ["any", "primary"])
def test_records_by_d(real, core, match):
    table = counts.by_d(real, core.but(match=match))
    assert list(table["d"]) == DS
    for record_type, records in {
        "company": FIRMS,
        "university": UNIVERSITIES,
        "trust": TRUSTS,
        "asset": ASSETS,
        "offer": OFFERS,
    }.items():
        assert list(table[record_type]) == by_d(records, match), record_type


def test_firms_by_area_and_by_residents(real, core):
    residents = {row["name"]: int(row["population"]) for row in rows("areas")}
    expected = Counter(AREA_NAMES.get(firm["lad_code"], "Not known") for firm in FIRMS)
    table = counts.firms_by_area(real, core)
    assert {row.label: row.all for row in table.itertuples() if row.all} == dict(expected)
    for row in rates.firms_per_100_000(real, core).itertuples():
        assert (row.firms, row.population) == (expected[row.label], residents[row.label])
        assert row.rate == pytest.approx(100_000 * expected[row.label] / residents[row.label])


@pytest.mark.parametrize(("split", "column"), [("stage", "stage"), ("size", "size_band"), ("ownership", "kind")])
def test_firms_by_stage_size_and_ownership(real, core, split, column):
    labels = {row["id"]: row["label"] for row in rows("vocabulary") if row["field"] in (column, f"company_{column}")}
    expected = Counter(labels.get(firm[column], "Not known") for firm in FIRMS)
    table = counts.firms_by(real, core, split, 2026)
    assert {row.label: row.all for row in table.itertuples() if row.all} == dict(expected)


def test_firms_that_span_ds(real, core):
    spans = Counter(len(parts(firm["ds"])) for firm in FIRMS)
    table = counts.combinations_of_ds(real, core)
    assert table["firms"].groupby(table["ds"].map(len)).sum().to_dict() == dict(spans)
    together = Counter(frozenset(parts(firm["ds"])) for firm in FIRMS)
    assert {frozenset(ds): firms for ds, firms in zip(table["ds"], table["firms"], strict=True)} == together


def test_marks_circles_and_what_is_not_on_the_map_add_up(real, core):
    sited = {site["trust_id"] for site in rows("sites")}
    whole = [trust for trust in running("trusts") if trust["id"] not in sited]
    lasting = {trust["id"] for trust in running("trusts")}
    sites = [site for site in rows("sites") if site["trust_id"] in lasting]
    organisations = [*FIRMS, *UNIVERSITIES, *whole, *sites, *ASSETS]
    drawn = Counter(row["location_precision"] if row["lat"] else "" for row in organisations)
    bubbles = places.bubbles(real, core)["records"].sum()
    assert len(places.points(real, core)) == drawn["postcode"]
    assert bubbles == drawn["sector"] + drawn["place"]
    missing = places.not_on_map(real, core)["records"].sum()
    assert drawn["postcode"] + bubbles + missing == len(organisations)


@pytest.mark.parametrize(("lens", "by"), [(lens.name, by) for lens in help.LENSES for by in lens.splits])
def test_every_cell_of_the_heat_map(real, core, lens, by):
    grid = help.challenge_grid(real, core, lens, by)
    assert list(dict.fromkeys(grid["challenge"])) == CHALLENGES
    wrong = [
        (row.challenge, row.column, row.shown)
        for row in grid.itertuples()
        if row.shown != cell(lens, by, row.challenge, row.column)
    ]
    assert wrong == []


# ---- what the pages show --------------------------------------------------


BODIES = {row.get("asset_id") or row["id"] for row in (*ASSETS, *OFFERS)}


def test_overview_shows_the_counts(visit, read_aloud):
    page = visit("1_Overview.py", HOME)
    assert (
        f"{AT_FIRST}**, with {len(UNIVERSITIES)} universities, {len(TRUSTS)} NHS trusts, {len(ASSETS)} research assets "
        f"and {len(OFFERS)} support offers ({len(ASSETS) + len(OFFERS) - len(BODIES)} are both)"
    ) in read_aloud(page)
    tiles = [heading.value.split()[-1] for heading in page.subheader]
    assert tiles[: len(DS)] == [str(n) for n in by_d(FIRMS)]
    counted = r": (\d+) research assets? and (\d+) support offers?"
    named, (for_any,) = (
        [(int(asset), int(offer)) for asset, offer in re.findall(said + counted, read_aloud(page))]
        for said in ("Help meant for this D", "Open to every D")
    )
    helped = [(asset + for_any[0], offer + for_any[1]) for asset, offer in named]
    assert helped == [*zip(by_d(ASSETS), by_d(OFFERS), strict=True)]
    assert named == [tuple(sum(d in parts(row["ds"]) for row in rows) for rows in (ASSETS, OFFERS)) for d in DS]


def test_four_ds_shows_the_counts(visit):
    page = visit("3_Four_Ds.py", HOME)
    chart = json.loads(page.get("plotly_chart")[0].proto.spec)["data"]
    clicked = next(trace["customdata"] for trace in chart if "customdata" in trace)
    texts = next(trace["text"] for trace in chart if trace.get("mode") == "text" and len(trace["text"]) == len(clicked))
    places, ds = {row["lad_code"]: row["name"] for row in rows("areas")}, [*DS, "all firms"]
    told = Counter((places.get(firm["lad_code"], "area not known"), d) for firm in FIRMS for d in parts(firm["ds"]))
    told += Counter((places.get(firm["lad_code"], "area not known"), "all firms") for firm in FIRMS)
    assert {tuple(cell): int(text.replace(",", "")) for cell, text in zip(clicked, texts, strict=True)} == {
        (place, d): told[place, d] for place in {place for place, _ in clicked} for d in ds
    }
    assert set(places.values()) <= {place for place, _ in clicked}


def test_the_heat_map_on_the_page_shows_the_cells(visit):
    page = visit("4_Challenges.py", HOME, lens="local help only")
    chart = json.loads(page.get("plotly_chart")[0].proto.spec)["data"]
    clicked = next(trace["customdata"] for trace in chart if "customdata" in trace)
    texts = next(trace["text"] for trace in chart if trace.get("mode") == "text" and len(trace["text"]) == len(clicked))
    shown = {tuple(place): text.split("<br>")[0].split(" ")[0] for place, text in zip(clicked, texts, strict=True)}
    assert {place[0] for place in shown if not place[1]} == set(CHALLENGES)
    shown = {place: text for place, text in shown.items() if place[1]}
    assert shown == {(c, d): cell("local help only", "D", c, d) for c in CHALLENGES for d in DS}


def test_a_cell_opens_the_rows_behind_it(real):
    behind = defaultdict(list)
    for row in OFFERS:
        for cell in product(parts(row["challenges"]), parts(row["ds"]) or DS):
            behind[cell].append(row["name"])
    (challenge, d), names = min(behind.items(), key=lambda cell: len(cell[1]))
    parts_of_view = opened("Challenges", real, {"challenge": [challenge], "column": [d]}).document().parts
    lists = [part.rows()["Name"] for part in parts_of_view if "support offer" in getattr(part, "about", "")]
    assert [sorted(listed) for listed in lists] == [sorted(names)]


def test_the_map_and_the_directory_hold_every_record(visit, read_aloud):
    organisations = len(FIRMS) + len(UNIVERSITIES) + len(running("trusts")) + len(ASSETS)
    listed = [*FIRMS, *UNIVERSITIES, *running("trusts"), *ASSETS, *OFFERS, *rows("investors"), *rows("partners")]
    bodies = {row.get("asset_id") or row["id"] for row in listed}
    assert f" of {organisations} organisations are on the map" in read_aloud(visit("2_Map.py", HOME))
    page = visit("6_Organisations.py", HOME)
    assert f"{len(bodies)} records in {SAID['the_region']}" in read_aloud(page)
    assert len(page.dataframe[0].value) == min(500, len(bodies))


def test_how_old_the_firms_sources_are(real, core, visit):
    least = {firm["id"]: max(firm["source_year"], firm["employees_year"]) for firm in FIRMS}
    newest = real.records.query("record_type == 'company'").set_index("id")["year"].reindex(list(least))
    assert all(year >= int(least[firm]) for firm, year in newest.items() if least[firm])  # sources may be newer
    assert (newest.dropna() <= SAID["as_of"].year).all()
    years, limit = newest.dropna(), SAID["as_of"].year - 3
    old = int((years < limit).sum())
    assert headlines.how_old(real, core).said == f"{old} of {len(FIRMS)} firms rest on sources from before {limit},"
    ages = visit("12_Data.py", HOME).table[0].value
    assert ages.iloc[0].tolist() == ["Firms", len(years) - old, old, len(FIRMS) - len(years)]
