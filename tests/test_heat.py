"""Firms by D and area: worked out by hand on the invented pack, and held against the filter and the page of areas."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_data.elements import Group, Records
from cluster_data.measures import areas, counts, heat
from cluster_data.model.filters import Filter
from cluster_data.views import page_of

DS = ["data", "devices", "diagnostics", "digital", "robotics"]
COLUMNS = [*DS, heat.ALL]


def firms(table):
    """Area to its firms, column by column."""
    return {row["area"]: [row[column] for column in table.columns[3:]] for row in table.to_dict("records")}


def short(cluster, chosen, table, cells):
    """The text of each cell, by place and column."""
    grid = heat.grid(cluster, chosen, table, cells)
    return {(row["place"], row["column"]): row["short"] for row in grid.to_dict("records")}


def records(elements):
    """The lists of records of a view, wherever they stand."""
    for element in elements:
        if isinstance(element, Records):
            yield element
        elif isinstance(element, Group):
            yield from records(element.parts)


def test_firms_by_d_and_area(cluster, at_first):
    table = heat.firms_by_d_and_area(cluster, at_first)
    assert list(table.columns) == ["area", "residents", "year", *COLUMNS]
    assert firms(table) == {
        "Aldbrook": [1, 1, 0, 0, 1, 2],  # a; e has two Ds
        "Birkwick": [0, 1, 0, 1, 1, 2],  # b has two Ds; f
        "Carrow Vale": [1, 0, 1, 1, 0, 2],  # c; g has two Ds
        "Dunmere": [0, 0, 1, 0, 0, 1],  # i; d has ended
        heat.NOT_LOCATED: [0, 1, 0, 0, 0, 1],  # h
    }


def test_by_primary_d_the_ds_part_the_firms(cluster, at_first):
    table = heat.firms_by_d_and_area(cluster, at_first.but(match="primary"))
    assert firms(table) == {
        "Aldbrook": [1, 0, 0, 0, 1, 2],
        "Birkwick": [0, 1, 0, 0, 1, 2],
        "Carrow Vale": [1, 0, 1, 0, 0, 2],
        "Dunmere": [0, 0, 1, 0, 0, 1],
        heat.NOT_LOCATED: [0, 1, 0, 0, 0, 1],
    }


def test_groups_of_areas_hold_the_firms_of_their_areas(cluster, at_first):
    table = heat.firms_by_d_and_area(cluster, at_first, heat.GROUPS)
    assert firms(table)["Coast ICS"] == [1, 0, 2, 1, 0, 3]
    assert table.set_index("area").loc["Coast ICS", "residents"] == 105_000
    assert list(table["area"])[-1] == heat.NOT_LOCATED and "Dunmere" not in set(table["area"])


def test_areas_chosen_leave_the_rows_that_lie_within_them(cluster, at_first):
    chosen = at_first.but(areas=("Coast ICS",))
    assert list(heat.firms_by_d_and_area(cluster, chosen)["area"]) == ["Carrow Vale", "Dunmere"]
    assert list(heat.firms_by_d_and_area(cluster, chosen, heat.GROUPS)["area"]) == ["Coast ICS"]
    assert heat.firms_by_d_and_area(cluster, at_first.but(areas=("Dunmere",)), heat.GROUPS).empty


def test_rates_are_marked_where_few_firms_stand_behind_them_and_missing_where_nobody_knows(cluster, at_first):
    said = short(cluster, at_first, heat.firms_by_d_and_area(cluster, at_first), heat.RATE)
    assert said["Aldbrook", "data"] == "0.8*"  # 1 of 120,000
    assert said["Carrow Vale", heat.ALL] == "4.4*"  # 2 of 45,000
    assert said["Dunmere", "data"] == "0" and said[heat.NOT_LOCATED, "devices"] == "?"
    assert short(cluster, at_first, heat.firms_by_d_and_area(cluster, at_first), heat.FIRMS)["Dunmere", "data"] == "0"


def test_a_rate_of_ten_firms_or_more_bears_no_mark(cluster, at_first):
    table = heat.firms_by_d_and_area(cluster, at_first).assign(devices=[9, 10, 0, 0, 0])
    said = short(cluster, at_first, table, heat.RATE)
    assert (said["Aldbrook", "devices"], said["Birkwick", "devices"]) == ("7.5*", "12.5")


@pytest.mark.parametrize(
    ("cells", "order", "first"),
    [
        (heat.FIRMS, heat.ALL, ["Aldbrook", "Birkwick", "Carrow Vale", "Dunmere"]),
        (heat.FIRMS, "diagnostics", ["Carrow Vale", "Dunmere", "Aldbrook", "Birkwick"]),
        (heat.RATE, heat.ALL, ["Carrow Vale", "Birkwick", "Aldbrook", "Dunmere"]),  # 4.4, 2.5, 1.67, 1.67
        (heat.RATE, "robotics", ["Birkwick", "Aldbrook", "Carrow Vale", "Dunmere"]),  # 1 of 80,000, 1 of 120,000
        (heat.FIRMS, heat.BY_NAME, ["Aldbrook", "Birkwick", "Carrow Vale", "Dunmere"]),
    ],
)
def test_rows_stand_in_the_order_of_a_column_and_what_has_no_area_is_last(cluster, at_first, cells, order, first):
    table = heat.in_order(heat.firms_by_d_and_area(cluster, at_first), cells, order)
    assert list(table["area"]) == [*first, heat.NOT_LOCATED]


CHOICES = st.builds(
    Filter,
    ds=st.lists(st.sampled_from(DS), unique=True, max_size=3).map(tuple),
    match=st.sampled_from(["any", "primary"]),
    areas=st.lists(st.sampled_from(["Aldbrook", "Dunmere", "Inner Northmark", "Coast ICS"]), max_size=2).map(tuple),
    roles=st.lists(st.sampled_from(["heartland", "supplier", "visitor"]), unique=True).map(tuple),
    stages=st.sampled_from([(), ("lab",), ("grown", "launch")]),
    ended=st.booleans(),
)


@settings(deadline=None, max_examples=60)
@given(chosen=CHOICES, rows=st.sampled_from(heat.ROWS))
def test_every_cell_is_what_the_filter_keeps_and_what_opens_behind_it(cluster, chosen, rows):
    table = heat.firms_by_d_and_area(cluster, chosen, rows)
    for row in table.to_dict("records"):
        for column in list(table.columns)[3:]:
            behind = heat.behind(cluster, chosen, row["area"], column)
            assert len(behind) == row[column]
            ds = chosen.ds if column == heat.ALL else (column,)
            kept = chosen.but(ds=ds).firms(cluster)
            inside = set(cluster.area_codes.get(row["area"], ()))
            assert row[column] == sum(code in inside if inside else code != code for code in kept["lad_code"])


@settings(deadline=None, max_examples=40)
@given(chosen=CHOICES)
def test_the_page_of_areas_says_the_same(cluster, chosen):
    whole = chosen.but(areas=())
    of_areas = areas.all_areas(cluster, whole).set_index("area")
    for rows in heat.ROWS:
        table = heat.firms_by_d_and_area(cluster, whole, rows)
        for row in table[table["area"] != heat.NOT_LOCATED].to_dict("records"):
            assert row[heat.ALL] == of_areas.loc[row["area"], "company"]
            by_d = areas.firms_by_d(cluster, whole, row["area"])
            assert [row[d] for d in by_d["d"]] == list(by_d["firms"])
            rate = row[heat.ALL] / row["residents"] * 100_000
            assert math.isclose(rate, of_areas.loc[row["area"], "rate"])


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"place": ["Aldbrook"], "column": ["robotics"]}, {'Test Firm E "The Quoted" & <b>Sons</b>'}),
        ({"place": ["Dunmere"]}, {"Test Firm I"}),
        ({"place": ["area not known"], "column": ["devices"]}, {"Test Firm H"}),
        ({"column": ["diagnostics"]}, {"Test Firm C", "Test Firm I"}),
        ({"place": ["Coast ICS"], "column": ["data"]}, {"شركة الاختبار (Test Firm G)"}),
        ({"place": ["Dunmere"], "column": ["data"]}, set()),
    ],
)
def test_a_cell_opens_its_firms(cluster, at_first, asked, names):
    page = page_of("Four_Ds", cluster, at_first, asked)
    (listed,) = records(page.elements)
    assert set(listed.first()["Name"]) == names and listed.total == len(names) and not listed.folded
    assert not page.unknown


def test_a_cell_outside_the_choice_is_named_as_unknown(cluster, at_first):
    page = page_of(
        "Four_Ds",
        cluster,
        at_first.but(areas=("Aldbrook",), ds=("robotics",)),
        {"place": ["Dunmere"], "column": ["digital"]},
    )
    assert page.unknown == [("place", "Dunmere"), ("column", "digital")]
    (listed,) = records(page.elements)
    assert set(listed.first()["Name"]) == {'Test Firm E "The Quoted" & <b>Sons</b>'} and not listed.folded


@pytest.mark.parametrize(
    ("asked", "where"),
    [({}, True), ({"rows": [heat.GROUPS]}, False), ({"rows": [heat.GROUPS], "cells": [heat.RATE]}, False)],
)
def test_the_finding_names_areas_only_where_the_cells_are_firms_by_area(real, asked, where):
    title = page_of("Four_Ds", real, Filter.default(real), asked).draft.title
    assert any(area in title for area in real.area_names.values()) == where


def test_few_firms_stand_open_and_many_are_folded(real):
    few, many = (Filter.default(real).but(areas=areas, ds=("digital",)) for areas in (("Coventry",), ()))
    for chosen, open_at_first in ((few, True), (many, False)):
        (listed,) = records(page_of("Four_Ds", real, chosen, {}).elements)
        assert (not listed.folded) == open_at_first and listed.total == chosen.keeps_of(real, "company").sum()


@pytest.mark.parametrize("cells", heat.CELLS)
def test_beside_a_single_d_the_whole_row_is_no_column_of_its_own(cluster, at_first, cells):
    one, two = (at_first.but(ds=ds) for ds in (("robotics",), ("robotics", "data")))
    for chosen, shown in ((one, ["robotics"]), (two, [*counts.ds_in_order(cluster, two)["d"], heat.ALL])):
        table = heat.firms_by_d_and_area(cluster, chosen)
        assert heat.grid(cluster, chosen, table, cells)["column"].drop_duplicates().tolist() == shown
    said = heat.in_words(cluster, one, heat.firms_by_d_and_area(cluster, one), cells)
    assert ("Firms" in said) == (cells == heat.RATE)
    page = page_of("Four_Ds", cluster, one, {"sort": ["robotics"], "column": [heat.ALL]})
    assert not page.unknown and len(page.box_by_name["sort"].offered) == 2


def test_the_finding_of_rates_is_that_of_the_map_of_rates(real):
    at_first = Filter.default(real)
    title = page_of("Four_Ds", real, at_first, {"cells": [heat.RATE]}).draft.title
    assert title == page_of("Map", real, at_first, {"show": [heat.RATE]}).draft.title
    cells = heat.grid(real, at_first, heat.firms_by_d_and_area(real, at_first), heat.RATE)
    assert cells.loc[cells["column"] == heat.ALL, "label"].unique().tolist() == ["All firms"]
