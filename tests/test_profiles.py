"""One record: its facts, sources and links, and what stands near."""

import csv
from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest

from cluster_data import views
from cluster_data.document import Chart
from cluster_data.elements import in_files
from cluster_data.findings import reasons
from cluster_data.input.read import read_cluster
from cluster_data.measures import profiles, support
from cluster_data.model.filters import Filter
from cluster_data.palette import LIGHT
from tests import home
from tests.packs import PACK, edit, write_pack


def pairs(table, *columns):
    """Columns of a table as a list of tuples."""
    return list(zip(*(table[column] for column in columns), strict=True))


def test_facts_are_in_words_and_gaps_are_named(cluster):
    said = dict(pairs(profiles.facts(cluster, "company", "test-firm-a"), "Fact", "Said"))
    assert said["Money raised"] == "£250,000"
    assert said["Founded"] == "2015"
    assert said["Challenges it is known to face"] == "Finding a first hospital (N1); Rules (N2)"
    assert said["Located at"] == "Test Park"
    assert said["Area"] == "Aldbrook"
    assert said["Stage"] == "Grown"
    unknown = dict(pairs(profiles.facts(cluster, "company", "test-firm-l"), "Fact", "Said"))
    assert (unknown["Founded"], unknown["Employees"], unknown["Stage"]) == ("not known",) * 3
    assert "Money raised" not in unknown


@pytest.mark.parametrize(
    ("record_type", "record", "fact", "said"),
    [
        ("offer", "first-ward", "Kinds of help", "Advice; Rooms"),
        ("offer", "first-ward", "Themes", "Help from the start (A); A desk to ask at (A.1)"),
        ("offer", "first-ward", "How far it reaches", "Inner Northmark only"),
        ("trust", "aldbrook-hospital-trust", "Staff", "5,200"),
        ("trust", "aldbrook-hospital-trust", "Year of staff", "2024"),
        ("board", "moor-and-dale-care-board", "Code of the NHS Organisation Data Service", "XAB"),
        ("university", "university-of-northmark", "Medical school", "Has a medical school"),
        ("asset", "gentle-bench", "Who runs it", "Aldbrook Hospital Trust; University of Northmark"),
    ],
)
def test_facts_of_other_types(cluster, record_type, record, fact, said):
    assert dict(pairs(profiles.facts(cluster, record_type, record), "Fact", "Said"))[fact] == said


@pytest.mark.slow
@pytest.mark.parametrize("pack", ["cluster", "real"])
def test_every_record_has_a_profile(request, pack):
    cluster = request.getfixturevalue(pack)
    sample = cluster.records.groupby("record_type").head(6)
    for row in sample.itertuples():
        profiles.facts(cluster, row.record_type, row.id)
        assert (
            cluster.labels("record_type")[row.record_type] in profiles.profile_in_words(cluster, row.id).split(" · ")[0]
        )
        assert len(support.nearest_help(cluster, row.id)) <= 10
        assert len(profiles.neighbours(cluster, row.id)) <= 6
        assert row.id not in set(profiles.links_of(cluster, row.id)["other"])


def test_sources_stand_with_title_publisher_and_year(cluster):
    cited = profiles.sources(cluster, "company", "test-firm-e")
    assert pairs(cited, "title", "url") == [
        ("“Firms of Northmark”, Test Gazette, year not known", "https://example.org/gazette"),
        ("Test Survey, year not known", "https://example.com/survey"),
    ]


@pytest.mark.parametrize(
    ("record", "links"),
    [
        ("test-firm-a", [("sits in", "Test Park"), ("works with", "Aldbrook Hospital Trust")]),
        ("test-park", [("houses", "Test Firm A")]),
        ("aldbrook-hospital-trust", [("works with", "Test Firm A")]),
        ("test-firm-f", [("grew from", "University of Northmark")]),
        (
            "university-of-northmark",
            [("gave rise to", "Test Firm F 🦾"), ("works with", "Moor and Dale Care Board")],
        ),
        ("test-firm-e", [("is funded by", "Test Capital"), ("works with", "Gentle Bench")]),
        ("test-capital", [("funds", 'Test Firm E "The Quoted" & <b>Sons</b>')]),
        ("test-firm-b", []),
    ],
)
def test_links_are_said_from_both_ends(cluster, record, links):
    assert pairs(profiles.links_of(cluster, record), "said", "name") == links


@pytest.mark.parametrize(
    ("record", "near"),
    [
        # assets by distance, then offers of a shared D by reach, the nearest reach first
        (
            "test-firm-e",
            # the vouchers give out the bench, which is not listed twice
            [("test-park", 0.4), "first-ward", "bench-vouchers", "national-health-prize"],
        ),
        ("test-firm-a", [("test-park", 0.3), "national-health-prize"]),
        ("test-firm-c", ["national-health-prize"]),  # the laboratory for diagnostics has ended
        ("test-firm-h", [("gentle-bench", None), "first-ward", "national-health-prize"]),  # no one knows where h is
        ("test-firm-j", []),  # no D
    ],
)
def test_nearest_help_shares_a_d_and_reaches_the_record(cluster, record, near):
    table = support.nearest_help(cluster, record).astype({"km": object})
    found = [
        (row.id, None if row.km != row.km else row.km) if row.record_type == "asset" else row.id
        for row in table.itertuples()
    ]
    assert found == near


def test_an_offer_held_to_a_group_does_not_help_outside_it(cluster):
    assert "first-ward" in set(support.nearest_help(cluster, "test-firm-b")["id"])  # Birkwick, devices
    assert "first-ward" not in set(support.nearest_help(cluster, "dunmere-college")["id"])  # Dunmere, devices


def test_an_asset_is_not_its_own_nearest_help(cluster):
    assert "gentle-bench" not in set(support.nearest_help(cluster, "gentle-bench")["id"])


@pytest.mark.parametrize(
    ("record", "around"),
    [
        (
            "test-firm-a",  # data
            [
                ("test-park", 0.3, True),
                ("university-of-northmark", 1.2, False),
                ("aldbrook-hospital-trust", 1.4, False),
                ("test-firm-g", 21.9, True),
            ],
        ),
        # diagnostics; firm i has no position and the laboratory has ended
        ("test-firm-c", [("aldbrook-hospital-trust", 24.6, False)]),
        ("test-firm-h", []),
        ("test-firm-j", []),
    ],
)
def test_neighbours_share_a_d_nearest_first(cluster, record, around):
    assert pairs(profiles.neighbours(cluster, record), "id", "km", "approximate") == around


def test_a_neighbour_says_whether_a_link_is_known(cluster):
    document = views.opened("Organisations", cluster, {"org": ["test-firm-a"]}).document()
    (around,) = [part for part in document.parts if getattr(part, "about", "") == "Nearest with the same D"]
    assert around.rows()["Distance"].tolist() == [
        "Less than 1 km away; linked",  # it sits in the park
        "1.2 km away; no link known",
        "1.4 km away; linked",  # it works with the trust
        "About 22 km away; no link known",
    ]


def test_a_profile_says_in_one_line_what_the_record_is(cluster):
    lines = [profiles.profile_in_words(cluster, record) for record in ("test-firm-e", "test-firm-c", "rule-desk")]
    assert lines == [
        "Firm · Robotics, Devices · Aldbrook",
        "Firm · Diagnostics · Carrow, Carrow Vale",
        "Offer · no D · place not known",
    ]


@pytest.mark.parametrize(
    ("record", "place"),
    [
        ("test-firm-h", "place not known"),
        ("test-firm-i", "Dunmere"),  # its town is not known, its area is
        ("test-ministry", "place not known"),
    ],
)
def test_the_line_of_a_profile_has_no_empty_parts(cluster, record, place):
    parts = profiles.profile_in_words(cluster, record).split(" · ")
    assert parts[-1] == place and all(parts)


def test_a_record_may_stand_in_several_tables(real):
    twice = real.records[real.records["id"].duplicated()]["id"].iloc[0]
    assert profiles.records_of(real, twice)["record_type"].nunique() >= 2


def test_records_stand_side_by_side(cluster):
    table = profiles.side_by_side(cluster, ["test-firm-a", "test-firm-l", "university-of-northmark"])
    assert list(table.columns) == ["Fact", "Test Firm A", "Test Firm L", "University of Northmark"]
    rows = table.set_index("Fact").T.to_dict("list")
    assert rows["Kind"] == ["Firm", "Firm", "University"]
    assert rows["Stage"][2] == "" and rows["Employees"][1:] == ["not known", ""]
    assert rows["Links"] == [f"{n} link{'' if n == 1 else 's'}" for n in links_of(cluster, table.columns[1:])]
    assert rows["Website"] == ["https://example.org/a", "not known", "https://example.org/university"]
    assert not (table.drop(columns="Fact") == "").all(axis=1).any()


def test_no_website_is_compared_where_none_is_known(cluster):
    assert "Website" not in set(profiles.side_by_side(cluster, ["test-firm-l", "dunmere-college"])["Fact"])


def links_of(cluster, names):
    ids = cluster.records.drop_duplicates("id").set_index("name")["id"]
    ends = cluster.table("links")[["from_id", "to_id"]].to_numpy().ravel().tolist()
    return [ends.count(ids[name]) for name in names]


def test_two_records_of_the_same_name_keep_their_columns(cluster):
    table = profiles.side_by_side(cluster, ["test-firm-a", "test-firm-a"])
    assert list(table.columns[1:]) == ["Test Firm A", "Test Firm A (test-firm-a)"]


def test_the_nearest_help_says_all_as_which_a_body_meets_the_need():
    cluster = read_cluster(home.HOME, home.TODAY)
    giving = {row["id"]: row["asset_id"] or row["id"] for row in home.rows("support_offers")}
    for firm in home.FIRMS[:40]:
        meeting = support.in_both(cluster, *support.need_of(cluster, firm["id"]))
        kinds = meeting.groupby(meeting["id"].map(lambda record: giving.get(record, record)))["record_type"].nunique()
        for row in reasons.nearest_in_words(cluster, firm["id"]).to_dict("records"):
            both = kinds[giving.get(row["id"], row["id"])] == 2
            assert (row["Kind"] == "Research asset and support offer") == both, row["id"]


def test_a_long_name_in_a_narrow_column_runs_over_lines_and_is_whole(visit, tmp_path):
    name = "Institute of Precision Diagnostics and Translational Robots"
    pack = write_pack(tmp_path, companies=edit("test-firm-a", name=name))
    other = next(row for row in csv.DictReader((PACK / "links.csv").open()) if "test-firm-a" in row.values())
    record = other["to_id"] if other["from_id"] == "test-firm-a" else other["from_id"]
    links = [link.proto for link in visit("6_Organisations.py", pack, org=record).get("page_link")]
    (link,) = [link for link in links if link.query_string.endswith("org=test-firm-a") and link.icon.endswith("link:")]
    assert "\n" in link.label and link.label.split() == name.split()


# ---- the page of a profile ------------------------------------------------


def test_facts_stand_once_each_in_groups_with_their_own_sources(cluster):
    for record in cluster.records.itertuples():
        groups = profiles.facts_in_groups(cluster, record.record_type, record.id)
        told = [pair for _, facts, _ in groups for pair in facts.itertuples(index=False, name=None)]
        assert sorted(told) == sorted(
            profiles.facts(cluster, record.record_type, record.id).itertuples(index=False, name=None)
        )


@pytest.mark.parametrize("pack", ["cluster", "real"])
def test_facts_name_the_sources_of_their_own_row_and_no_others(request, pack):
    cluster = request.getfixturevalue(pack)
    cited = cluster.cited.groupby("row")["value"].agg(set)
    rows = cluster.records
    for record in (rows[rows["id"].duplicated()] if pack == "real" else rows).itertuples():
        for name, _, ids in profiles.facts_in_groups(cluster, record.record_type, record.id):
            assert set(filter(None, ids.split(";"))) == cited.get(record.Index, set()), (record.id, name)


def test_what_links_state_names_their_sources_first(cluster):
    rows = cluster.table("companies")
    turned = rows.assign(source_ids=rows["source_ids"].mask(rows["id"] == "test-firm-e", "test-survey; test-gazette"))
    other = replace(cluster, tables={**cluster.tables, "companies": turned})
    sources = {name: cited for name, _, cited in profiles.facts_in_groups(other, "company", "test-firm-e")}
    assert sources["Money"] == "test-gazette;test-survey"  # its funder's link cites the gazette
    assert sources["What it is"] == sources["Place"] == "test-survey;test-gazette"


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (
            "test-firm-e",
            [(2025, "Is funded by Test Capital"), (2025, "Works with Gentle Bench"), (2021, "Founded")],
        ),
        ("test-firm-a", [(2024, "Sits in Test Park"), (2015, "Founded")]),
        ("test-firm-g", []),
    ],
)
def test_the_time_line_tells_founding_and_dated_links_newest_first(cluster, record, told):
    rows = profiles.time_line(cluster, record)
    assert sorted(zip(rows["year"], rows["said"], strict=True), reverse=True) == sorted(told, reverse=True)
    assert rows["year"].is_monotonic_decreasing and rows["source_ids"].notna().all()


def test_the_time_line_is_drawn_where_it_has_years_enough_with_all_events_in_its_table(cluster):
    links = cluster.table("links")
    more = links[links["from_id"] == "test-firm-e"].assign(year=2023)
    changed = replace(cluster, tables={**cluster.tables, "links": pd.concat([links, more], ignore_index=True)})
    for pack, drawn in ((cluster, 0), (changed, 1)):  # 2021 and 2025; then 2023 too
        parts = in_files(views.page_of("Organisations", pack, Filter(), {"org": ["test-firm-e"]}).elements)
        (*charts,) = (part for part in parts if isinstance(part, Chart) and part.key == "time")
        assert len(charts) == drawn
    told, events = charts[0].rows(), profiles.time_line(changed, "test-firm-e")
    assert told["What"].tolist() == events["said"].tolist()
    marks = [year for trace in charts[0].draw(LIGHT).data if "markers" in trace.mode for year in trace.x]
    assert sorted(marks) == sorted(events["year"]) == [2021, 2023, 2025, 2025]


def test_a_record_stands_amid_those_it_is_linked_with(cluster):
    nodes, lines = profiles.star(cluster, "test-firm-e")
    assert set(nodes["id"]) == {"test-firm-e", "gentle-bench", "test-capital"}
    assert set(lines["one"]) == {"test-firm-e"} and set(lines["other"]) == {"gentle-bench", "test-capital"}
    assert nodes[["x", "y"]].to_numpy().min() >= 0 and nodes[["x", "y"]].to_numpy().max() <= 1
    assert nodes.loc[0, ["x", "y"]].tolist() == [0.5, 0.5]
    nodes, lines = profiles.star(cluster, "test-firm-e", 1)
    assert len(nodes) == 2 and len(lines) == 1


def test_search_and_compare_stand_above_a_profile_and_a_mark_opens_another(cluster):
    page = views.opened("Organisations", cluster, {"org": ["test-firm-e"]}).page
    boxes, card = page.elements[:2]
    assert [part.name for part in boxes.parts] == ["q", "org", "compare"]
    assert card.layout == "card" and "Arms that lift" in card.parts[0].text
    (chart,) = [part for part in in_files(page.elements) if isinstance(part, Chart)]
    assert chart.opens == ("org",)
    marks = {mark[0] for trace in chart.draw(LIGHT).data if trace.customdata is not None for mark in trace.customdata}
    assert marks == {"test-firm-e", "gentle-bench", "test-capital"}


def test_many_links_are_folded_on_the_screen_and_whole_in_the_files(visit):
    counted = Counter(row[end] for row in home.rows("links") for end in ("from_id", "to_id"))
    record, many = counted.most_common(1)[0]
    app = visit("6_Organisations.py", home.HOME, org=record)
    shown = [link for link in app.get("page_link") if link.proto.icon.endswith("link:")]
    assert 0 < len(shown) < 8 < many
    page = views.opened("Organisations", read_cluster(home.HOME, home.TODAY), {"org": [record]}).document()
    (chart,) = [part for part in page.parts if isinstance(part, Chart) and part.opens == ("org",)]
    assert len(chart.rows()) == many
