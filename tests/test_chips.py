"""The filter as chips below the finding: each takes its part off, and an empty choice says what to take off."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_data.document import Chart, Map, Table
from cluster_data.elements import Bar, Records, in_files
from cluster_data.input.read import read_cluster
from cluster_data.model.filters import Filter, filter_of_link, link_of_filter, parts_of, ways_out
from cluster_data.model.link_words import options
from cluster_data.views import opened
from tests.packs import PACK, STEADY, TODAY
from tests.test_support import on_screen

CLUSTER = read_cluster(PACK, TODAY)
KNOWN = options(CLUSTER.table)
LINKS = st.fixed_dictionaries(
    {},
    optional={key: st.lists(st.sampled_from(list(labels)), min_size=1, max_size=2) for key, labels in KNOWN.items()}
    | {"q": st.just(["robot"])},
)


def without(asked, part):
    return {key: values for key, values in (asked | part.without).items() if values is not None}


def labels(app):
    return [button.label for button in app.main.button]


def test_each_part_of_the_filter_is_a_chip_that_takes_it_off(visit):
    app = visit("3_Four_Ds.py", d=["Data", "Digital"], area="Dunmere")
    assert labels(app)[:4] == ["Data", "Digital", "Dunmere", "Clear all"]
    (chip,) = (button for button in app.main.button if button.label == "Digital")
    chip.click().run()
    assert labels(app)[:3] == ["Data", "Dunmere", "Clear all"]
    (chip,) = (button for button in app.main.button if button.label == "Clear all")
    chip.click().run()
    assert "Data" not in labels(app) and "Clear all" not in labels(app)


def test_a_choice_as_at_first_has_no_chips(visit):
    assert not {"Clear all", "Heartland"} & set(labels(visit("3_Four_Ds.py")))


def test_roles_search_and_match_are_chips_too(visit):
    said = labels(visit("3_Four_Ds.py", role="", q="robot", match="primary"))
    assert said[:3] == ["Primary D alone", "Firms of any role", "“robot”"]


def test_where_all_records_are_listed_a_search_that_finds_some_is_not_empty(visit, read_aloud):
    found = "Take off one part of the choice:"
    for page in ("6_Organisations.py", "5_Find_support.py", "7_Connections.py"):
        assert found not in read_aloud(visit(page, q="national health prize"))
    assert found not in read_aloud(visit("2_Map.py", q="Gentle Bench"))
    assert found in read_aloud(visit("6_Organisations.py", q="no such words at all"))
    assert found in read_aloud(visit("3_Four_Ds.py", q="national health prize"))


def test_an_empty_choice_says_what_to_take_off_and_what_that_gives(visit, read_aloud):
    app = visit("3_Four_Ds.py", q="no such words at all", d="Data")
    assert "Take off one part of the choice:" in read_aloud(app)
    kept = filter_of_link(CLUSTER, {"d": ["Data"]})[0].counts(CLUSTER)
    (way,) = (label for label in labels(app) if label.startswith("Without"))
    assert way.startswith("Without “no such words at all”: ") and f" {kept} " in way


@STEADY
@given(LINKS)
def test_without_all_its_parts_a_choice_is_as_at_first(asked):
    chosen, _ = filter_of_link(CLUSTER, asked)
    link = link_of_filter(CLUSTER, chosen)
    while parts := parts_of(CLUSTER, filter_of_link(CLUSTER, link)[0]):
        link = without(link, parts[0])
    assert link == {}


@STEADY
@given(LINKS)
def test_every_way_out_of_an_empty_choice_leads_to_something(asked):
    chosen, _ = filter_of_link(CLUSTER, asked)
    counts = [other.counts(CLUSTER) for _, other in ways_out(CLUSTER, chosen)]
    assert all(counts) and counts == sorted(counts, reverse=True)


@STEADY
@given(LINKS)
def test_no_fewer_parameters_than_a_way_out_takes_off_would_do(asked):
    chosen, _ = filter_of_link(CLUSTER, asked)
    link = link_of_filter(CLUSTER, chosen)
    ways = ways_out(CLUSTER, chosen)
    assert chosen.counts(CLUSTER) or ways or not Filter.default(CLUSTER).counts(CLUSTER)
    for part, _ in ways if chosen.counts(CLUSTER) == 0 else ():
        for kept in part.without if len(part.without) > 1 else ():
            rest = {key: values for key, values in link.items() if key == kept or key not in part.without}
            assert not filter_of_link(CLUSTER, rest)[0].counts(CLUSTER)


def test_where_no_one_part_is_to_blame_those_that_are_can_be_taken_off_together_or_all(visit):
    asked = {"d": ["Data"], "area": ["Dunmere"], "q": ["no record is called so"]}
    said = [part.said for part, _ in ways_out(CLUSTER, filter_of_link(CLUSTER, asked)[0])]
    assert "Dunmere and “no record is called so”" in said and "Data and Dunmere" not in said
    app = visit("1_Overview.py", **asked)
    assert [label.split(": ")[0] for label in labels(app) if label.startswith("Without")] == [
        f"Without {each}" for each in said
    ]
    (out,) = (button for button in app.button if button.label.startswith("Clear all:"))
    assert out.label == f"Clear all: {Filter.default(CLUSTER).counts(CLUSTER)} firms"
    assert not out.click().run().query_params


@pytest.mark.parametrize("page", ["Overview", "Four_Ds", "Areas"])
def test_an_empty_choice_is_one_line_and_no_picture_and_files_say_the_ways_out(page):
    for asked in ({"q": ["no record is called so"]}, {"q": ["no record is called so"], "d": ["Data"]}):
        shown = opened(page, CLUSTER, asked).page
        kinds = [
            type(part)
            for part in on_screen(part for part in shown.elements if getattr(part, "where", "screen") == "screen")
        ]
        assert Chart not in kinds and Map not in kinds and Bar not in kinds and Records not in kinds
        told = [part.rows() for part in in_files(shown.elements) if isinstance(part, Table)]
        assert any(table.get("Without", pd.Series()).tolist() == ["“no record is called so”"] for table in told)
        assert shown.scene.picture is not None and shown.scene.finding
