"""The network of links: who is linked with most, bridges, islands, paths step by step, and where the marks stand."""

from collections import deque
from html import unescape
from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_data.document import Chart
from cluster_data.drawing import charts
from cluster_data.findings import network_words as said
from cluster_data.measures import network, profiles
from cluster_data.measures.network import laid_out
from cluster_data.model.cluster import Cluster
from cluster_data.model.filters import Filter
from cluster_data.model.formats import in_words
from cluster_data.palette import DARK, LIGHT, contrast
from cluster_data.views import opened, page_of
from tests.packs import STEADY

A, E, F = "test-firm-a", "test-firm-e", "test-firm-f"
PARK, BENCH, CAPITAL = "test-park", "gentle-bench", "test-capital"
UNIVERSITY, TRUST, BOARD = "university-of-northmark", "aldbrook-hospital-trust", "moor-and-dale-care-board"
MINISTRY, PRIZE = "test-ministry", "national-health-prize"
ANY = ""
IDS = [A, E, F, PARK, BENCH, CAPITAL, UNIVERSITY, TRUST, BOARD, MINISTRY]


def with_links(cluster, links, **tables):
    """The cluster with other links: (from, to, kind) or (from, to, kind, year)."""
    like = cluster.table("links")
    rows = [(*link, None)[:4] for link in links]
    frame = pd.DataFrame(rows, columns=["from_id", "to_id", "kind", "year"])
    frame = frame.assign(note=None, source_ids="test-gazette")[list(like.columns)].astype(like.dtypes)
    return Cluster(cluster.pack, "changed", {**cluster.tables, "links": frame, **tables}, cluster.geometries)


def joined(cluster):
    """The pack with a way from Test Firm A to Test Firm F: the trust teaches with the university."""
    links = cluster.table("links")[["from_id", "to_id", "kind", "year"]].itertuples(index=False, name=None)
    return with_links(cluster, [*links, (UNIVERSITY, TRUST, "works_with", 2020)])


def told(table):
    """Steps of a path as (step, one, said, other)."""
    return list(zip(table["step"], table["one"], table["said"], table["other"], strict=True))


# ---- who is linked with whom ------------------------------------------------


def test_who_is_linked_with_most(cluster, everything):
    rows = network.most_connected(cluster, everything, ANY)
    counted = dict(zip(rows["id"], rows[["neighbours", *network.PARTS]].to_numpy().tolist(), strict=True))
    assert list(rows["id"])[:3] == [A, E, UNIVERSITY]  # two each, by name
    assert counted[A] == [2, 0, 0, 1]  # the trust; the park is of no part
    assert counted[UNIVERSITY] == [2, 0, 1, 1]
    assert counted[E] == [2, 0, 0, 0]
    assert counted[TRUST] == [1, 0, 1, 0]
    assert len(rows) == 10 and list(network.most_connected(cluster, everything, ANY, 1)["id"]) == [A]


def test_those_that_have_ended_are_told_apart_among_those_one_is_linked_with(cluster, everything):
    lab = "old-press-lab"
    links = [(A, TRUST, "works_with"), (A, PARK, "works_with"), (A, lab, "works_with"), (lab, TRUST, "works_with")]
    changed = with_links(cluster, links)
    for around in (A, None):
        assert said.finding(changed, everything, ANY, around).endswith("3 others, 1 of them ended")
    assert said.finding(changed, everything, ANY, PARK).endswith("1 other")
    named = profiles.links_of(changed, A).set_index("other")["name"]
    assert named[lab].endswith("(ended)") and not named[PARK].endswith("(ended)")


def test_several_links_of_a_pair_count_one_organisation_and_a_link_to_itself_none(cluster, everything):
    changed = with_links(cluster, [(A, PARK, "sits_in", 2020), (PARK, A, "works_with"), (E, E, "funds")])
    rows = network.linked_members(changed, everything, ANY)
    assert rows[["id", "neighbours"]].to_numpy().tolist() == [[A, 1], [PARK, 1]]


def test_a_bridge_joins_all_three_parts(cluster, everything):
    assert list(network.bridges(cluster, everything, ANY)["id"]) == [UNIVERSITY]
    assert list(network.bridges(joined(cluster), everything, ANY)["id"]) == [UNIVERSITY, TRUST]
    assert network.bridges(cluster, everything, "works_with").empty
    links = [(PARK, A, "funds"), (PARK, UNIVERSITY, "funds"), (PARK, TRUST, "funds"), (A, TRUST, "funds")]
    assert list(network.bridges(with_links(cluster, links), everything, ANY)["id"]) == [PARK]


def test_islands_are_counted(cluster, everything):
    assert network.islands(cluster, everything, ANY) == [3, 3, 3, 2]
    assert network.islands(joined(cluster), everything, ANY) == [6, 3, 2]
    assert [network.island_of(cluster, record, ANY) for record in (A, MINISTRY, "test-firm-b")] == [3, 2, 1]


def test_the_choice_keeps_links_with_at_least_one_end_and_shows_both(cluster):
    digital = Filter(ds=("digital",))
    rows = network.linked_members(cluster, digital, ANY)
    assert dict(zip(rows["id"], rows["kept"], strict=True)) == {PRIZE: True, MINISTRY: False}
    assert list(network.most_connected(cluster, digital, ANY)["id"]) == [PRIZE]
    assert network.links_kept(cluster, digital, ANY).sum() == 1
    assert said.what_is_shown(cluster, digital, ANY) == (
        "2 organisations and 1 link, each with at least one end in your choice. "
        "1 organisation beyond your choice stands at the far end of a link."
    )


def test_of_an_area_are_those_that_stand_in_it(cluster):
    aldbrook = Filter(areas=("Aldbrook",))
    rows = network.linked_members(cluster, aldbrook, ANY)
    assert set(rows.loc[rows["kept"], "id"]) == {A, E, PARK, BENCH, UNIVERSITY, TRUST}
    assert set(rows.loc[~rows["kept"], "id"]) == {F, CAPITAL, BOARD}
    assert aldbrook.keeps(cluster)[cluster.records["id"] == PRIZE].all()  # it reaches all areas
    assert "not the offers that reach it" in said.what_is_shown(cluster, aldbrook, ANY)


def test_a_kind_of_link_can_be_looked_at_alone(cluster, everything):
    rows = network.linked_members(cluster, everything, "funds")
    assert set(rows["id"]) == {CAPITAL, E, MINISTRY, PRIZE}
    assert in_words(said.links_in_words(cluster, everything, "sits_in")).to_numpy().tolist() == [
        ["Test Firm A", "sits in", "Test Park", "2024", "", "“Firms of Northmark”, Test Gazette, year not known"]
    ]


def test_what_stands_in_two_tables_is_one_organisation(real, everything):
    rows = network.linked_members(real, everything, ANY)
    assert rows["id"].is_unique
    ends = real.table("links")[["from_id", "to_id"]]
    assert set(rows["id"]) == set(ends.to_numpy().ravel())
    graph = nx.Graph(ends.to_numpy().tolist())
    assert dict(zip(rows["id"], rows["neighbours"], strict=True)) == dict(graph.degree)
    assert network.islands(real, everything, ANY) == sorted(map(len, nx.connected_components(graph)), reverse=True)


# ---- words --------------------------------------------------------------------


def test_the_finding_names_who_leads_in_the_region_if_one_from_elsewhere_has_more_links(cluster, everything):
    funded = [("test-ministry", one, "funds") for one in (A, PARK, TRUST)]
    shown = with_links(cluster, [*funded, (A, PARK, "sits_in")])
    expected = "Test Firm A and Test Park have most links of those in Northmark: 2 others each"
    assert said.finding(shown, everything, ANY) == expected


def test_the_finding_names_who_has_most_links_and_no_more_names_than_can_be_read(cluster, everything):
    assert said.finding(cluster, everything, ANY) == "3 organisations have most links: 2 others each"
    funds = "4 organisations have most links of the kind “funds”: 1 other each"
    assert said.finding(cluster, everything, "funds") == funds
    joins = with_links(cluster, [(A, PARK, "sits_in"), (A, TRUST, "works_with")])
    assert said.finding(joins, everything, ANY) == "Test Firm A has most links: 2 others"
    two = with_links(cluster, [(A, PARK, "sits_in")])
    assert said.finding(two, everything, ANY) == "Test Firm A and Test Park have most links: 1 other each"
    assert said.finding(cluster, Filter(text="zzzzz"), ANY) == "No link is known for this choice"
    assert said.finding(with_links(cluster, []), everything, ANY) == "No link is known"


def test_how_much_hangs_together_follows_the_statement(cluster, everything):
    for changed, kind, told in (
        (cluster, ANY, ". 3 of 11 linked organisations form one network"),
        (cluster, "funds", ". 2 of 4 linked organisations form one network"),
        (with_links(cluster, [(A, PARK, "sits_in"), (A, TRUST, "works_with")]), ANY, ". All 3 linked"),
    ):
        assert said.held_together(changed, everything, kind).startswith(told)
        assert told in page_of("Connections", changed, everything, {"link": [kind]} if kind else {}).draft.statement
    assert said.held_together(with_links(cluster, []), everything, ANY) == ""


def test_the_finding_of_one_organisation_does_not_depend_on_the_filter(cluster):
    nothing = Filter(text="zzzzz")
    assert said.finding(cluster, nothing, ANY, A) == "Test Firm A is linked with 2 others"
    assert (
        said.finding(cluster, nothing, "sits_in", A)
        == "Test Firm A is linked with 1 other by links of the kind “sits in”"
    )
    assert said.finding(cluster, nothing, ANY, "test-firm-b") == "Test Firm B: no link is listed"


def test_links_are_read_from_the_organisation_looked_at(cluster):
    rows = said.links_around(cluster, E, ANY)
    assert rows[["id", "How", "With", "Year"]].to_numpy().tolist() == [
        [CAPITAL, "is funded by", "Test Capital", 2025],
        [BENCH, "works with", "Gentle Bench", 2025],
    ]
    gazette, survey = (
        "“Firms of Northmark”, Test Gazette, year not known",
        "Test Survey, year not known",
    )
    assert rows["Sources"].tolist() == [gazette, f"{gazette}; {survey}"]
    assert list(said.links_around(cluster, E, "funds")["id"]) == [CAPITAL]
    assert said.links_around(cluster, "test-firm-b", ANY).empty


def test_lists_say_how_many_of_each_part(cluster, everything):
    across = network.bridges(cluster, everything, ANY)
    assert list(said.bridges_in_words(cluster, across)["In the three parts"]) == [2]
    assert said.connected_in_words(cluster, across).to_dict("records") == [
        {
            "id": UNIVERSITY,
            "Linked with": 2,
            "Name": "University of Northmark",
            "Academic": 0,
            "Business": 1,
            "Clinical": 1,
            "Others": 0,
            "Kind": "University",
        }
    ]


# ---- paths --------------------------------------------------------------------


def test_a_path_reads_each_link_in_its_direction(cluster):
    assert told(network.path(joined(cluster), A, F, ANY)) == [
        (1, A, "works with", TRUST),
        (2, TRUST, "works with", UNIVERSITY),
        (3, UNIVERSITY, "gave rise to", F),
    ]
    back = network.path(joined(cluster), F, A, ANY)
    assert told(back) == [
        (1, F, "grew from", UNIVERSITY),
        (2, UNIVERSITY, "works with", TRUST),
        (3, TRUST, "works with", A),
    ]
    assert list(back["one_name"]) == ["Test Firm F 🦾", "University of Northmark", "Aldbrook Hospital Trust"]
    assert back["year"].tolist()[:2] == [2024, 2020] and pd.isna(back["year"].iloc[2])
    assert said.path_finding(joined(cluster), A, F, ANY) == "Test Firm A and Test Firm F 🦾 are 3 links apart"


def test_what_must_be_drawn_is_drawn_however_few_its_links(cluster, everything, monkeypatch):
    monkeypatch.setattr(network, "MANY", 3)
    monkeypatch.setattr(network, "MOST_DRAWN", 3)
    along = network.way(cluster, TRUST, PARK, "")
    for chosen in (Filter(), Filter(text="nothing is called so")):
        drawn = network.nodes.__wrapped__(cluster, chosen, "", tuple(along[:3]))
        assert set(drawn["id"]) == set(along[:3])
        joined = network.lines.__wrapped__(cluster, chosen, "", tuple(along[:2]))
        assert set(along[:2]) in [set(pair) for pair in joined.itertuples(index=False)]


def test_the_way_asked_for_stands_out_of_the_drawing(cluster):
    page = opened("Connections", cluster, {"from": [TRUST], "to": [PARK]})
    along = network.way(cluster, TRUST, PARK, "")
    figure = next(part for part in page.document().parts if isinstance(part, Chart)).draw(LIGHT)
    marks = [trace for trace in figure.data if trace.customdata is not None]
    strong = {row[0] for trace in marks if trace.marker.opacity == 1 for row in trace.customdata}
    assert len(along) > 2 and strong == set(along)


def test_a_direct_link_is_a_path_of_one_step_with_all_its_links(cluster):
    changed = with_links(cluster, [(A, PARK, "sits_in", 2020), (PARK, A, "funds", 2021), (A, PARK, "works_with", 2019)])
    assert told(network.path(changed, PARK, A, ANY)) == [
        (1, PARK, "works with", A),
        (1, PARK, "houses", A),
        (1, PARK, "funds", A),
    ]
    assert told(network.path(changed, PARK, A, "sits_in")) == [(1, PARK, "houses", A)]
    assert said.path_finding(changed, A, PARK, ANY) == "Test Firm A and Test Park are directly linked"


def test_where_there_is_no_path_the_sizes_of_both_groups_are_told(cluster):
    assert network.path(cluster, A, F, ANY).empty
    assert said.path_finding(cluster, A, F, ANY) == "No path from Test Firm A to Test Firm F 🦾 is known"
    assert said.path_detail(cluster, A, "test-firm-b", ANY) == (
        "Test Firm A is one of 3 linked with each other, directly or through others; "
        "Test Firm B has no known link. No link joins the two groups."
    )
    by_kind = said.path_finding(joined(cluster), A, F, "works_with")
    assert by_kind == "No path from Test Firm A to Test Firm F 🦾 is known by links of the kind “works with”"
    assert said.path_detail(joined(cluster), A, F, ANY) == ""


def test_one_organisation_has_no_path_to_itself(cluster):
    assert network.path(cluster, A, A, ANY).empty
    assert said.path_finding(cluster, A, A, ANY) == "Choose two different organisations"


def test_of_equally_short_paths_the_same_is_shown_whatever_the_order_of_rows(cluster):
    links = [(A, PARK, "funds"), (A, BENCH, "funds"), (PARK, E, "funds"), (BENCH, E, "funds")]
    for ordered in (links, links[::-1]):
        changed = with_links(cluster, ordered)
        assert network.way(changed, A, E, ANY) == [A, BENCH, E]
        assert network.way(changed, E, A, ANY) == [E, BENCH, A]


def steps_apart(links, start, end):
    """How many links lie between two ids, breadth first; None if no path joins them."""
    seen, queue = {start}, deque([(start, 0)])
    while queue:
        here, far = queue.popleft()
        if here == end:
            return far
        for link in links:
            for one, other in (link[:2], link[1::-1]):
                if one == here and other not in seen:
                    seen.add(other)
                    queue.append((other, far + 1))
    return None


LINKS = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(IDS), st.sampled_from(["works_with", "funds", "sits_in"])),
    max_size=18,
)


@pytest.mark.slow
@STEADY
@given(links=LINKS, start=st.sampled_from(IDS), end=st.sampled_from(IDS), kind=st.sampled_from(["", "funds"]))
def test_a_path_leads_from_the_one_to_the_other_by_links_of_the_pack_and_none_is_shorter(
    cluster, links, start, end, kind
):
    changed = with_links(cluster, links)
    used = [link for link in links if kind in ("", link[2])]
    apart = steps_apart(used, start, end) if start != end else None
    rows = network.path(changed, start, end, kind)
    if apart is None:
        assert rows.empty
        return
    along = network.way(changed, start, end, kind)
    assert (along[0], along[-1], len(along) - 1) == (start, end, apart)
    steps = rows.groupby("step")[["one", "other"]].first()
    assert steps.to_numpy().tolist() == [list(pair) for pair in pairwise(along)]
    ahead = {(one, other, changed.labels("link_kind")[kind]) for one, other, kind in used}
    back = {(other, one, changed.plurals("link_kind")[kind]) for one, other, kind in used}
    assert set(zip(rows["one"], rows["other"], rows["said"], strict=True)) <= ahead | back
    assert network.way(changed, end, start, kind) == along[::-1]


# ---- where the marks stand -------------------------------------------------------


def test_nothing_moves_when_the_choice_changes(cluster, everything):
    whole = network.nodes(cluster, everything, ANY).set_index("id")[["x", "y"]]
    assert len(whole) == 11 and whole.to_numpy().min() >= 0 and whole.to_numpy().max() <= 1
    assert not whole.round(3).duplicated().any()
    part = network.nodes(cluster, Filter(ds=("robotics",)), "works_with").set_index("id")[["x", "y"]]
    assert 0 < len(part) < 11 and part.equals(whole.loc[part.index])


@pytest.mark.slow
def test_the_order_of_rows_in_the_files_moves_nothing(real, everything):
    turned = {
        name: rows.iloc[::-1].reset_index(drop=True) for name, rows in real.tables.items() if name != "vocabulary"
    }
    other = Cluster(real.pack, "turned", {**real.tables, **turned}, real.geometries)
    here, there = (network.nodes(of, everything, ANY).set_index("id")[["x", "y"]] for of in (real, other))
    assert (here - there.loc[here.index]).abs().to_numpy().max() < 1e-9


@pytest.mark.slow
@STEADY
@given(pairs=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40))
def test_every_mark_has_a_place_of_its_own(pairs):
    links = sorted({(f"{min(pair):02}", f"{max(pair):02}") for pair in pairs if pair[0] != pair[1]})
    ids = sorted({record for pair in links for record in pair})
    places = laid_out(ids, links)
    assert set(places) == set(ids) and laid_out(ids, links) == places
    assert all(-0.02 <= part <= 1.02 for place in places.values() for part in place)
    assert len({(round(x, 4), round(y, 4)) for x, y in places.values()}) == len(ids)


def test_of_a_large_network_those_linked_with_most_are_drawn_as_far_as_they_hang_together(cluster, everything):
    star = [(PARK, record, "funds") for record in (A, F, TRUST)] + [(A, F, "funds")]
    islands = [(UNIVERSITY, BENCH, "funds"), (MINISTRY, E, "funds"), (UNIVERSITY, MINISTRY, "funds")]
    changed = with_links(cluster, [*star, *islands, (BOARD, CAPITAL, "funds")])
    for few, found in ((4, {PARK, A, F, TRUST}), (3, {PARK, A, F}), (9, {PARK, A, F, TRUST})):
        drawn = network.nodes(changed, everything, ANY, (), few)
        assert set(drawn["id"]) == found and drawn["id"].iloc[0] == PARK
        lines = network.lines(changed, everything, ANY, (), few)
        assert set(lines["one"]) | set(lines["other"]) == found
        assert [np.ptp(drawn[axis]) for axis in ("x", "y")] == pytest.approx([1, 1])
    assert len(network.nodes(changed, everything, ANY)) == 10
    alone = network.nodes(changed, everything, ANY, (BOARD, CAPITAL), 2)
    assert set(alone["id"]) == {BOARD, CAPITAL}


def test_the_words_tell_what_is_drawn(cluster, everything, monkeypatch):
    changed = with_links(cluster, [(PARK, record, "funds") for record in IDS if record != PARK])
    assert "Drawn" not in said.what_is_shown(changed, everything, ANY)
    monkeypatch.setattr(network, "MANY", 4)
    monkeypatch.setattr(network, "MOST_DRAWN", 4)
    told = said.what_is_shown(changed, Filter(ds=("data",), match="any"), ANY) + said.what_is_shown(
        changed, everything, ANY
    )
    assert "Drawn: the 4 of most links that hang together; the table holds all links." in told
    assert "Drawn strong: Test Firm A and the 1 other" in said.what_is_shown(changed, everything, ANY, (A, PARK))
    assert "organisations and" not in said.what_is_shown(changed, everything, ANY, (A, PARK, F), way=True)


# ---- the drawing --------------------------------------------------------------------


def chart(cluster, chosen, ground=LIGHT, around=None):
    """The drawing of all links."""
    drawn, lines = network.nodes(cluster, chosen, ANY), network.lines(cluster, chosen, ANY)
    return charts.network_chart(drawn, lines, cluster.plurals("record_type"), ground, around)


def marks(figure):
    """The traces of marks."""
    return [trace for trace in figure.data if trace.customdata is not None]


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_marks_tell_type_by_shape_and_part_by_colour_and_give_their_id(cluster, everything, ground):
    figure = chart(cluster, everything, ground)
    by_name = {trace.name: trace for trace in marks(figure)}
    assert set(by_name) == {
        "Firms",
        "Universities",
        "Hospital trusts",
        "Care boards",
        "Assets",
        "Offers",
        "Investors",
        "Other partners",
    }
    assert len({trace.marker.symbol for trace in by_name.values()}) == 8
    academic, business, clinical = ground.parts
    assert by_name["Universities"].marker.color == academic and by_name["Firms"].marker.color == business
    assert by_name["Hospital trusts"].marker.color == by_name["Care boards"].marker.color == clinical
    assert by_name["Assets"].marker.color == ground.quiet
    assert sorted(record for (record,) in by_name["Firms"].customdata) == [A, E, F]
    sizes = dict(zip([record for (record,) in by_name["Firms"].customdata], by_name["Firms"].marker.size, strict=True))
    assert sizes[A] == sizes[E] > sizes[F]
    assert all(trace.showlegend for trace in by_name.values())


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_the_colours_of_parts_stand_out(ground):
    assert min(contrast(colour, ground.ground) for colour in (*ground.parts, ground.quiet)) >= 3
    assert len(set(ground.parts)) == 3


def test_each_pair_is_one_line(cluster, everything):
    lines = chart(cluster, everything).data[0]
    assert lines.mode == "lines" and list(lines.x).count(None) == 7 == list(lines.y).count(None)


def test_the_one_looked_at_and_its_neighbours_stand_out(cluster, everything):
    figure = chart(cluster, everything, around=A)
    strong = {record for trace in marks(figure) if trace.marker.opacity == 1 for (record,) in trace.customdata}
    assert strong == {A, PARK, TRUST}
    assert list(figure.data[1].x).count(None) == 2
    named = [trace.name for trace in marks(figure) if trace.showlegend]
    assert len(named) == len(set(named)) == 8
    texts = next(trace for trace in figure.data if trace.mode == "markers+text")
    assert texts.text[0].replace("<br>", " ") == "Test Firm A"
    same = chart(cluster, everything, around="test-firm-b")
    assert all(trace.marker.opacity == 1 for trace in marks(same))


def test_texts_of_the_pack_are_no_markup_in_the_drawing(cluster, everything):
    figure = chart(cluster, everything)
    written = [text for trace in figure.data if trace.text for text in trace.text]
    assert any("&lt;b&gt;Sons" in text for text in written)
    assert not any("<b>" in text for text in written)


@pytest.mark.parametrize("room", [(350, 540), (360, 235)])
@pytest.mark.parametrize("around", [None, A])
def test_the_most_linked_are_named_and_no_mark_is_cut(cluster, real, everything, room, around):
    for of, least in ((cluster, 2), (real, 3)):
        drawn, lines = network.nodes(of, everything, ANY), network.lines(of, everything, ANY)
        figure = charts.network_chart(drawn, lines, of.plurals("record_type"), LIGHT, around, room)
        (texts,) = (trace for trace in figure.data if trace.mode == "markers+text")
        assert all(texts.text[:least]) and 0 < len(list(filter(None, texts.text))) <= 6
        looked_at = drawn["id"].isin([around]).any()
        names = [unescape(name.replace("<br>", " ")) for name in texts.meta]
        assert looked_at or names[:least] == list(drawn["name"][:least])
        points = {record for trace in marks(figure) for (record,) in trace.customdata}
        assert points >= set(drawn["id"]) if not looked_at else {around} < points
        assert not cut(figure, room)


def test_a_large_mark_at_the_edge_of_many_is_not_cut(cluster):
    place = np.linspace(0, 1, 80)
    nodes = pd.DataFrame(
        {"id": map(str, range(80)), "name": "Name", "record_type": "company", "part": "", "x": place, "y": place}
    )
    for large in (0, 79):
        figure = charts.network_chart(
            nodes.assign(neighbours=[1 + 500 * (number == large) for number in range(80)]),
            pd.DataFrame({"one": ["0"], "other": ["79"]}),
            cluster.plurals("record_type"),
            LIGHT,
            None,
        )
        assert sum(len(trace.x) for trace in marks(figure)) == 80 and not cut(figure, (350, 540))


def cut(figure, room):
    """Whether a mark stands out of the room of a figure."""
    found = []
    for axis, pixels in (("x", room[0]), ("y", room[1])):
        low, high = figure.layout[f"{axis}axis"].range
        for trace in marks(figure):
            at, half = (np.array(trace[axis]) - low) / (high - low) * pixels, np.array(trace.marker.size) / 2
            found += [*(at - half < -1e-6), *(at + half > pixels + 1e-6)]
    return any(found)


def test_a_choice_without_links_can_be_drawn(cluster):
    assert chart(cluster, Filter(text="zzzzz")).data[0].x == ()


def test_no_bridge_stands_beyond_the_choice(real):
    beyond = 0
    for area in real.area_names.values():
        chosen = Filter(areas=(area,))
        assert network.bridges(real, chosen, ANY)["kept"].all()
        beyond += int((~network.linked_members(real, chosen, ANY)["kept"]).sum())
    assert beyond
