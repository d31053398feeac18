"""Charts, by the figures' own data: order, texts, colours, marks of what is unknown, and what a click gives."""

import pandas as pd
import pytest

from cluster_data.drawing import charts
from cluster_data.measures import counts, coverage, heat, help, indicators
from cluster_data.model.filters import Filter
from cluster_data.palette import DARK, LIGHT

NOTHING = Filter(text="zzzzz")
LABELS = {"company": "Firms", "offer": "Offers"}


def cells(figure):
    """The trace of the heat map that is clicked."""
    return next(trace for trace in figure.data if trace.customdata is not None)


def names_of(figure, trace):
    """The names of the rows of a trace."""
    names = dict(zip(figure.layout.yaxis.tickvals, figure.layout.yaxis.ticktext, strict=True))
    return [names[row] for row in trace.y]


def texts(figure, how_many):
    """The texts written in the heat map, of which there are so many."""
    written = [list(trace.text) for trace in figure.data if trace.type == "scatter" and trace.mode == "text"]
    return next(lines for lines in written if len(lines) == how_many)


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_each_d_has_its_bar_in_order_colour_and_number(cluster, ground):
    firms = Filter(ds=("robotics", "devices"), roles=("heartland",))
    table = counts.by_d(cluster, firms)
    figure = charts.by_d_chart(table, LABELS, ground)
    *bars, groups = figure.data
    assert names_of(figure, bars[0]) == ["● Devices"] * 2 and names_of(figure, bars[1]) == ["⬟ Robotics"] * 2
    assert [bar.marker.color for bar in bars] == table[ground.d_column].tolist()
    assert [list(bar.x) for bar in bars] == [[3, 3], [2, 4]]
    assert [list(bar.text) for bar in bars] == [["3", "3"], ["2", "4"]]
    assert list(groups.text) == ["<b>Firms</b>", "<b>Offers</b>"]
    assert [groups.y[0], *bars[0].y[:1], *bars[1].y[:1], groups.y[1]] == [0, 1, 2, 3]


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_the_bar_of_what_is_not_known_is_hollow_and_last(cluster, at_first, ground):
    table = counts.firms_by(cluster, at_first, "size", 2026)
    (bars,) = charts.shares_chart(table, ground).data
    assert names_of(charts.shares_chart(table, ground), bars) == ["Small", "Large", "Not known"]
    assert list(bars.x) == [1, 1, 6] and list(bars.text) == ["1", "1", "6"]
    assert list(bars.marker.color) == [ground.accent, ground.accent, ground.ground]
    assert list(bars.marker.line.width)[2] > 0 == list(bars.marker.line.width)[0]


def test_an_unknown_that_nobody_is_has_no_bar(cluster, at_first):
    figure = charts.shares_chart(counts.firms_by(cluster, at_first, "stage", 2026), LIGHT)
    assert "Not known" not in figure.layout.yaxis.ticktext


def test_primary_is_filled_and_any_is_open(cluster):
    firms = Filter(statuses=("trading", "bought", "unclear"), roles=("heartland",))
    table, by_d = counts.matches_compared(cluster, firms), counts.by_d(cluster, firms)
    figure = charts.matches_compared_chart(table, by_d["colour_light"], LIGHT)
    digital = figure.data[3]
    assert names_of(figure, digital) == ["Digital", "Digital"]
    assert (list(digital.x), list(digital.text)) == ([0, 2], ["0", "2"])
    assert list(digital.marker.color) == ["#F46A25", LIGHT.ground]
    assert [names_of(figure, line)[0] for line in figure.data] == table["label"].tolist()


@pytest.mark.parametrize("ground", [LIGHT, DARK])
@pytest.mark.parametrize(("lens", "by"), [(lens.name, by) for lens in help.LENSES for by in lens.splits])
def test_each_cell_shows_its_number_and_gives_its_ids_when_clicked(cluster, at_first, lens, by, ground):
    grid = help.challenge_grid(cluster, at_first, lens, by)
    figure = charts.challenge_grid_chart(grid, ground, (None, None))
    targets = cells(figure)
    assert [list(pair) for pair in targets.customdata] == grid[["challenge", "column"]].to_numpy().tolist()
    across, down = list(dict.fromkeys(grid["column"])), list(dict.fromkeys(grid["challenge"]))
    places = [
        (across.index(column), down.index(row)) for row, column in zip(grid["challenge"], grid["column"], strict=True)
    ]
    assert list(zip(targets.x, targets.y, strict=True)) == places
    heat = figure.data[0]
    steps = pd.Series([heat.z[y][x] for x, y in places])
    empty = grid["drawn"].isna() | (grid["drawn"] == 0)
    assert list(steps.isna()) == list(empty)
    assert len([shape for shape in figure.layout.shapes if shape.line.dash == "dot"]) == empty.sum()
    by_value = steps[~empty].groupby(grid["drawn"][~empty].to_numpy()).agg(["min", "max"])
    assert (by_value["min"] == by_value["max"]).all() and by_value["min"].is_monotonic_increasing
    assert [said.replace("<br>", " ") for said in texts(figure, len(grid))] == grid["short"].tolist()
    assert [label.replace("<br>", " ") for label in figure.layout.xaxis.ticktext] == list(dict.fromkeys(grid["label"]))


def test_what_every_area_has_stands_first_and_leads_to_the_whole_challenge(cluster, everything):
    grid = help.with_whole(help.challenge_grid(cluster, everything, "help here", "area"))
    figure = charts.challenge_grid_chart(grid, LIGHT, (None, None))
    first = [list(pair) for pair in cells(figure).customdata if not pair[1]]
    assert first == [["N1", ""], ["N2", ""], ["N3", ""]]
    assert list(figure.layout.xaxis.ticktext)[0] == "Every area"
    outlined = [shape for shape in figure.layout.shapes if shape.line.dash == "solid"]
    assert [shape.x0 < 0 < shape.x1 for shape in outlined] == [True] * 3


def test_many_columns_stand_as_rows_whose_cells_can_be_clicked_too(cluster, everything):
    grid = help.challenge_grid(cluster, everything, "help here", "D")
    names = [f"Place {number}" for number in range(12)]
    many = grid.drop_duplicates("challenge").drop(columns=["column", "label"])
    many = many.merge(pd.DataFrame({"column": names, "label": names}), how="cross")
    figure = charts.challenge_grid_chart(many, LIGHT, ("N2", "Place 3"))
    assert texts(figure, 12) == names and len(figure.layout.xaxis.ticktext) == 3
    targets = cells(figure)
    at = {tuple(pair): (x, y) for pair, x, y in zip(targets.customdata, targets.x, targets.y, strict=True)}
    assert at[("N2", "Place 3")] == (1, 3)
    (framed,) = [shape for shape in figure.layout.shapes if shape.line.dash is None]
    assert framed.x0 < 1 < framed.x1 and framed.y0 < 3 < framed.y1 and framed.y1 - framed.y0 < 1


def test_challenges_stand_in_order_with_their_titles(cluster, everything):
    grid = help.challenge_grid(cluster, everything, "help here", "D")
    figure = charts.challenge_grid_chart(grid, LIGHT, (None, None))
    assert texts(figure, 3) == ["N1  Finding a first hospital", "N2  Rules", "N3  Rooms"]
    top, bottom = sorted(figure.layout.yaxis.range)
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1] and top < 0 and bottom > 2


@pytest.mark.parametrize(
    ("chosen", "frame"),
    [
        (("N2", "robotics"), (4, 1)),
        (("N1", "data"), (0, 0)),
        (("N3", None), (None, 2)),
        (("N3", "no such column"), (None, 2)),
        ((None, None), None),
        (("no such challenge", "data"), None),
    ],
)
def test_the_cell_chosen_is_framed(cluster, everything, chosen, frame):
    grid = help.challenge_grid(cluster, everything, "help here", "D")
    drawn = charts.challenge_grid_chart(grid, LIGHT, chosen).layout.shapes
    shapes = [shape for shape in drawn if shape.line.dash != "dot"]
    assert len(shapes) == (frame is not None)
    if frame:
        x, y = frame
        assert shapes[0].y0 < y < shapes[0].y1 and shapes[0].y1 - shapes[0].y0 < 1
        if x is None:
            assert shapes[0].x0 <= -0.4 and shapes[0].x1 >= 4.4
        else:
            assert shapes[0].x0 < x < shapes[0].x1 and shapes[0].x1 - shapes[0].x0 < 1


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_zero_a_number_and_no_rate_look_different_and_each_cell_gives_its_ids(cluster, at_first, ground):
    table = heat.firms_by_d_and_area(cluster, at_first)
    grid = heat.grid(cluster, at_first, table, heat.RATE)
    figure = charts.d_by_area_chart(grid, ground, ("Dunmere", "diagnostics"))
    targets = cells(figure)
    assert [tuple(pair) for pair in targets.customdata][:2] == [("Aldbrook", "data"), ("Aldbrook", "devices")]
    written = dict(zip(map(tuple, targets.customdata), texts(figure, len(grid)), strict=True))
    coloured = {
        pair: not pd.isna(figure.data[0].z[y][x]) for pair, x, y in zip(written, targets.x, targets.y, strict=True)
    }
    hollow = {
        pair
        for pair, x, y in zip(written, targets.x, targets.y, strict=True)
        for shape in figure.layout.shapes
        if shape.line.dash == "dot" and shape.x0 < x < shape.x1 and shape.y0 < y < shape.y1
    }
    some, none, unknown = ("Aldbrook", "data"), ("Dunmere", "data"), (heat.NOT_LOCATED, "devices")
    assert [written[pair] for pair in (some, none, unknown)] == ["0.8*", "0", "?"]
    assert [coloured[pair] for pair in (some, none, unknown)] == [True, False, False]
    assert hollow == {pair for pair in written if pair[0] == heat.NOT_LOCATED}
    (frame,) = (shape for shape in figure.layout.shapes if shape.line.dash is None)
    place = list(written).index(("Dunmere", "diagnostics"))
    assert frame.x0 < targets.x[place] < frame.x1 and frame.y0 < targets.y[place] < frame.y1


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_a_row_of_the_overlap_has_a_large_mark_for_each_of_its_ds_and_a_bar_for_its_firms(cluster, at_first, ground):
    table, ds = counts.combinations_of_ds(cluster, at_first), counts.ds_in_order(cluster, Filter())
    figure = charts.overlap_chart(table, ds, ground)
    marks = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers"]
    large = [{d for d, trace in zip(ds["d"], marks, strict=True) if trace.marker.size[row] > 10} for row in range(7)]
    assert large == [set(held) for held in table["ds"]]
    (bars,) = (trace for trace in figure.data if trace.type == "bar")
    assert list(bars.x) == [2, 1, 1, 1, 1, 1, 1] and list(bars.text) == [f"{firms}" for firms in bars.x]
    assert max(max(trace.x) for trace in marks) < 0


def test_what_is_known_is_drawn_against_the_whole(cluster):
    known = coverage.columns_known(cluster, "assets")
    figure = charts.coverage_chart(known, LIGHT)
    whole, share = figure.data
    assert set(whole.x) == {100} and list(share.x) == known["share"].tolist()
    assert names_of(figure, share) == known["column"].tolist()
    assert share.text[0] == f"{known['known'][0]} of 4"


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_nothing_to_draw_is_drawn_without_complaint(cluster, ground):
    by_d = counts.by_d(cluster, NOTHING)
    areas = counts.firms_by_area(cluster, NOTHING).query("all > 0")
    grid = help.challenge_grid(cluster, NOTHING, "firms per source of help", "D")
    charts.by_d_chart(by_d, LABELS, ground)
    charts.by_d_chart(by_d.iloc[:0], LABELS, ground)
    charts.matches_compared_chart(counts.matches_compared(cluster, NOTHING).iloc[:0], by_d["symbol"].iloc[:0], ground)
    charts.shares_chart(areas, ground)
    charts.challenge_grid_chart(grid, ground, (None, None))
    charts.challenge_grid_chart(grid.iloc[:0], ground, (None, None))
    charts.coverage_chart(coverage.columns_known(cluster, "events").iloc[:0], ground)
    empty = heat.firms_by_d_and_area(cluster, NOTHING)
    charts.d_by_area_chart(heat.grid(cluster, NOTHING, empty, heat.RATE), ground, ("", ""))
    charts.d_by_area_chart(heat.grid(cluster, NOTHING, empty.iloc[:0], heat.FIRMS), ground, ("Dunmere", "data"))
    charts.overlap_chart(counts.combinations_of_ds(cluster, NOTHING), counts.ds_in_order(cluster, NOTHING), ground)


def test_the_line_of_zero_keeps_clear_of_the_words_of_regions(cluster):
    figure = charts.regions_chart(indicators.regions(cluster, "change-2020-to-2023"), LIGHT)
    words = figure.data[1].y
    assert [shape.y0 > above for shape, above in zip(figure.layout.shapes, words, strict=True)] == [True] * 3
    assert all(shape.y1 < below - 0.3 for shape, below in zip(figure.layout.shapes, words[1:], strict=False))
