"""Still pictures: what stands on them, that all of it lies on the sheet, and that files hold nothing by chance."""

import re
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations, permutations
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
import shapely

from cluster_data.document import Circle
from cluster_data.drawing import charts, pictures
from cluster_data.drawing.charts.base import figure_of
from cluster_data.drawing.ground import ground_of
from cluster_data.drawing.pictures.canvas import empty_canvas
from cluster_data.drawing.pictures.names import Among
from cluster_data.elements import in_files
from cluster_data.measures import counts, coverage, goals, help, indicators, network, pace, places, rates
from cluster_data.model.filters import Filter
from cluster_data.palette import DARK, LIGHT
from cluster_data.scenes import scenes_of_link
from cluster_data.scenes.showing import shown_scene
from cluster_data.ui.stage import HIGH, POINTS, TEXT, WIDE
from cluster_data.views import page_of
from tests import home
from tests.documents import ODD_NAMES, map_of
from tests.drawn import apart, boxes, circles, elements, marks, said, written
from tests.test_places import kilometres

pytestmark = pytest.mark.slow

NOTHING = Filter(text="zzzz")
SHEETS = [((12.3, 5.0, 12), LIGHT), ((3.4, 4.5, 9), DARK), ((9.6, 5.4, 24), DARK)]


def every_chart(cluster, ground):
    """Figures of each function of charts/, by name: on light ground each lens, and each split of one."""
    chosen, everything = Filter.default(cluster), Filter()
    by_d = counts.by_d(cluster, chosen)
    types = {each: label for each, label in cluster.plurals("record_type").items() if each in by_d}
    areas = counts.firms_by_area(cluster, chosen).query("all > 0")
    nodes, lines = network.nodes(cluster, everything, None), network.lines(cluster, everything, None)
    most = nodes.sort_values("neighbours")["id"].iloc[-1]
    figures = {
        "by D": charts.by_d_chart(by_d, types, ground),
        "matches": charts.matches_compared_chart(
            counts.matches_compared(cluster, chosen), by_d[ground.d_column], ground
        ),
        "size": charts.shares_chart(counts.firms_by(cluster, chosen, "size", 2026), ground),
        "areas": charts.shares_chart(areas, ground),
        "overlap": charts.overlap_chart(
            counts.combinations_of_ds(cluster, chosen), counts.ds_in_order(cluster, chosen), ground
        ),
        "coverage": charts.coverage_chart(coverage.columns_known(cluster, "companies"), ground),
        "network": charts.network_chart(nodes, lines, cluster.plurals("record_type"), ground, None),
        "network around one": charts.network_chart(nodes, lines, cluster.plurals("record_type"), ground, most),
    }
    for lens in help.LENSES if ground is LIGHT else help.LENSES[:1]:
        for by in lens.splits[: 4 if lens is help.LENSES[0] else 1]:
            grid = help.challenge_grid(cluster, chosen, lens.name, by)
            figures[f"{lens.name} by {by}"] = charts.challenge_grid_chart(grid, ground, (grid["challenge"][0], None))
    for measure in pace.measures(cluster):
        for baseline in pace.baseline_labels(cluster, measure):
            way = goals.path(cluster, pace.Counting(measure, baseline, 2025, 2030))
            if len(way):
                figures[f"path {measure} {baseline}"] = charts.path_chart(way, ground)
    for metric in list(indicators.complete_series(cluster))[:3]:
        figures[f"regions {metric}"] = charts.regions_chart(indicators.regions(cluster, metric), ground)
    return figures


@pytest.fixture(scope="module")
def figures(real):
    """Every chart of the real pack, by ground and name."""
    return {ground: every_chart(real, ground) for ground in (LIGHT, DARK)}


def outside(picture):
    """Words that do not lie on the sheet, but for a point."""
    return [
        words.said
        for words in written(picture)
        if min(words.box[:2]) < -1 or words.box[2] > picture.wide + 1 or words.box[3] > picture.high + 1
    ]


def overlapping(picture, at_most=1.5):
    """Pairs of words of which one covers the other by more than a few points both ways."""
    return [
        (one.said, other.said)
        for one, other in combinations(written(picture), 2)
        if min(one.box[2], other.box[2]) - max(one.box[0], other.box[0]) > at_most
        and min(one.box[3], other.box[3]) - max(one.box[1], other.box[1]) > at_most
    ]


def in_figure(figure):
    """The words that a figure of bars, marks or cells writes, without tags and white space."""
    found = [*(figure.layout.xaxis.ticktext or []), *(figure.layout.yaxis.ticktext or [])]
    for trace in figure.data:
        if trace.text is not None and (trace.type == "bar" or "text" in trace.mode):
            found += trace.text
    return {re.sub(r"<br>|</?b>|\s", "", text) for text in found}


# ---- charts ---------------------------------------------------------------


@pytest.mark.parametrize(("sized", "ground"), SHEETS)
def test_every_chart_of_the_dashboard_lies_on_its_sheet(figures, sized, ground):
    for name in figures[ground]:
        picture = pictures.chart_picture(figures[ground][name], *sized)
        assert (picture.wide, picture.high) == (72 * sized[0], 72 * sized[1]), name
        assert elements(picture, "rect")[0].get("fill") == ground.ground, name
        assert outside(picture) == [], name
        assert len(written(picture)) > 3, name


def test_every_word_of_a_chart_is_drawn(figures):
    for name, figure in figures[LIGHT].items():
        if "network" not in name:
            drawn = said(pictures.chart_picture(figure, 12, 6)).replace(" ", "")
            assert [text for text in in_figure(figure) if text not in drawn] == [], name


@pytest.mark.parametrize(("sized", "ground"), SHEETS)
def test_words_stand_clear_of_one_another(figures, sized, ground):
    for name in ("by D", "matches", "size", "areas", "network", "network around one", "help here by D"):
        assert overlapping(pictures.chart_picture(figures[ground][name], *sized)) == [], name


def test_bars_are_as_long_as_their_numbers_and_what_is_not_known_is_hollow(cluster, at_first):
    figure = charts.shares_chart(counts.firms_by(cluster, at_first, "size", 2026), LIGHT)
    picture = pictures.chart_picture(figure, 8, 4)
    small, large, unknown = boxes(picture)
    assert unknown.wide / small.wide == pytest.approx(6, rel=0.01)
    assert small.wide == pytest.approx(large.wide)
    assert small.fill == LIGHT.accent
    assert unknown.fill == LIGHT.ground and unknown.edge == LIGHT.quiet
    assert small.top < large.top < unknown.top


def test_each_d_keeps_its_colour(cluster, at_first):
    table = counts.by_d(cluster, at_first)
    picture = pictures.chart_picture(charts.by_d_chart(table, {"company": "Firms"}, DARK), 8, 4)
    assert set(table["colour_dark"]) <= {box.fill for box in boxes(picture)}


def test_a_heat_map_has_its_number_in_each_cell_and_shades_what_is_not_nothing(cluster, everything):
    grid = help.challenge_grid(cluster, everything, "help here", "D")
    picture = pictures.chart_picture(charts.challenge_grid_chart(grid, LIGHT, ("N1", "data")), 8, 5)
    cells = [box for box in boxes(picture) if box.fill in LIGHT.steps]
    assert len(cells) == (grid["value"] > 0).sum()
    drawn = [words.said for words in written(picture)]
    assert [text for text in drawn if text in set(grid["short"])] == grid["short"].tolist()


def test_more_room_makes_no_larger_words_and_less_makes_smaller_ones(figures):
    figure = figures[LIGHT]["areas"]
    enough = pictures.height_for(figure, 9)
    sizes = [
        {round(words.size, 1) for words in written(pictures.chart_picture(figure, 7, high, 9))}
        for high in (enough / 3, enough, enough * 2)
    ]
    assert max(sizes[0]) < 9 and sizes[1] == sizes[2] == {9.0}


@pytest.mark.parametrize("name", [*ODD_NAMES[:-1], "Ünknøwn $\\frac{1}{2}$ _x_ ^2"], ids=range(len(ODD_NAMES)))
def test_no_name_breaks_a_picture(name):
    table = pd.DataFrame({"label": [name, "Plain"], "all": [3, 10]})
    for wide in (3.4, 8):
        picture = pictures.chart_picture(charts.shares_chart(table, LIGHT), wide, 3)
        assert outside(picture) == []
        assert picture.png(60).startswith(b"\x89PNG")
    first = written(picture)[0].said
    assert first.replace("\n", "").replace(" ", "")[:3] == "".join(name.split())[:3]


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_a_chart_of_nothing_says_so(cluster, ground):
    none = counts.by_d(cluster, NOTHING)
    for figure in (
        charts.by_d_chart(none, {}, ground),
        charts.shares_chart(counts.firms_by_area(cluster, NOTHING).query("all > 0"), ground),
        charts.challenge_grid_chart(help.challenge_grid(cluster, NOTHING, "help here", "D").iloc[:0], ground, ("", "")),
    ):
        assert said(pictures.chart_picture(figure, 5, 3)) == "There is nothing to draw for this choice."


def test_a_picture_that_cannot_be_drawn_true_is_not_drawn():
    with pytest.raises(ValueError, match="lie"):
        pictures.chart_picture(
            figure_of(LIGHT, 200, [{"type": "bar", "x": [1, 2], "y": [3, 4]}], {"range": [0, 3]}, {"range": [0, 4]}),
            5,
            3,
        )


# ---- maps -----------------------------------------------------------------


@pytest.mark.parametrize(("sized", "ground"), SHEETS)
def test_maps_of_the_real_pack_lie_on_their_sheets(real, sized, ground):
    area = next(iter(real.area_codes))
    for shown in (
        map_of(real, Filter()),
        map_of(real, Filter(kinds=("company",)), seen=real.area_codes[area], outlined=real.area_codes[area]),
        map_of(real, NOTHING, rates=lambda: rates.firms_per_100_000(real, Filter()), unit="x"),
    ):
        picture = pictures.map_picture(real, shown, ground, *sized)
        assert (picture.wide, picture.high) == (72 * sized[0], 72 * sized[1])
        assert elements(picture, "rect")[0].get("fill") == ground.ground
        assert outside(picture) == []


def test_no_circle_hides_much_of_another_and_the_key_says_that_towns_share_one(real):
    shown = map_of(real, Filter(kinds=("company",)))
    picture = pictures.map_picture(real, shown, LIGHT, 10.4, 8.5, text=29)
    for one, other in combinations(circles(picture), 2):
        assert apart(one, other) >= 0.74 * (one[2] + other[2])
    frame = boxes(picture)[-1]
    numbers = [
        words for words in written(picture) if words.said.isdecimal() and words.middle[0] < frame.left + frame.wide
    ]
    assert numbers and min(number.size for number in numbers) > 24
    assert "close towns share one" in said(picture)


def test_a_map_of_the_region_names_the_areas_that_lead_beside_their_circles(real):
    firms = Filter.default(real).but(kinds=("company",))
    shown = replace(map_of(real, firms), rows=lambda: pd.DataFrame({"Area": home.LEADING_NAMES[:2]}))
    picture = pictures.map_picture(real, shown, LIGHT, WIDE / POINTS, HIGH / POINTS, TEXT)
    named = {words.said: words for words in written(picture)}
    assert set(home.LEADING_NAMES[:2]) <= set(named)
    for name in home.LEADING_NAMES[:2]:
        own = max(circles(picture)[:-1], key=lambda circle: circle[2] - apart(circle, named[name].middle))
        assert apart(own, named[name].middle) < own[2] + 5 * TEXT


@pytest.mark.parametrize(
    "view", ["Map?near=Birmingham&within=5", "Map", "Map?kind=company", "Areas?in=Coventry", "Map?area=Shropshire"]
)
def test_a_map_on_stage_can_be_read_from_far(real, view):
    """At 1400 by 900 the stage draws HIGH as 0.735 of the height of the screen."""
    shown = shown_scene(real, scenes_of_link([view])[0], {}).picture
    picture = pictures.picture_of(real, shown, LIGHT, WIDE / POINTS, HIGH / POINTS, TEXT, far=True)
    frame, words = boxes(picture)[-1], written(picture)
    assert frame.high / HIGH * 0.735 > 0.7 and frame.wide / WIDE > 0.68
    assert min(each.size for each in words) > 24 and "Motorway" not in said(picture)
    assert sum(each.said.count("\n") + 1 for each in words if "Organisations or sites" in each.said) <= 2
    assert overlapping(picture) == [] and outside(picture) == []


def test_a_map_of_many_marks_on_stage_counts_each_area_once(real):
    shown, records = map_of(real, Filter(kinds=("trust",))), set(places.points(real, Filter(kinds=("trust",)))["id"])
    stage = pictures.picture_of(real, shown, LIGHT, WIDE / POINTS, HIGH / POINTS, TEXT, far=True)
    numbers = [int(each.said) for each in written(stage) if each.said.isdigit()]
    assert len(shown.points()) > 60 and not marks_of(stage)
    assert len(records) <= sum(numbers) - 5 < len(shown.points()) + shown.bubbles()["records"].sum()
    few = map_of(real, Filter(kinds=("university",)))
    assert marks_of(pictures.picture_of(real, few, LIGHT, WIDE / POINTS, HIGH / POINTS, TEXT, far=True))


def test_circles_of_areas_say_how_many_areas_share_them(real):
    """A circle upon others is theirs too: it holds the sum, beside the name of the area of most and "and 1 more"."""
    shown = map_of(real, Filter(kinds=("company",)))
    stage = pictures.picture_of(real, shown, LIGHT, WIDE / POINTS, HIGH / POINTS, TEXT, far=True)
    named = [words.said for words in written(stage)]
    shared = [name for name in named if name.endswith(" more")]
    assert shared and all(name.split(" and ")[0] in real.area_names.values() for name in shared)
    numbers = [int(each) for each in named if each.isdigit()]
    located = shown.points()["id"].nunique() + shown.bubbles()["records"].sum()
    assert sum(numbers) - 5 == located  # the circle of the key holds 5


def marks_of(picture):
    """The marks of firms and of others on a map and in its key."""
    return [use for use in elements(picture, "use") if use.get("href").startswith("#m")]


@pytest.mark.parametrize("far", [True, False])
def test_marks_stand_above_strong_borders(cluster, far):
    shown = map_of(cluster, Filter(), seen=cluster.area_codes["Dunmere"], outlined=cluster.area_codes["Dunmere"])
    picture = pictures.map_picture(cluster, shown, LIGHT, 9, 7, far=far)
    drawn = [text for _, text in sorted(picture.drawn, key=lambda drawn: drawn[0])]
    (border,) = [place for place, text in enumerate(drawn) if f'stroke="{LIGHT.text}"' in text and "translate" in text]
    above = [place for place, text in enumerate(drawn) if "<circle" in text or 'href="#m' in text]
    assert above and border < min(above)


def names_of(figure):
    """The names that a network may bear, those linked with most first."""
    (names,) = (trace.meta for trace in figure.data if trace.meta)
    return [name.replace("<br>", " ") for name in names]


def test_names_in_a_network_have_a_ground(real):
    drawn, lines = network.nodes(real, Filter(), ""), network.lines(real, Filter(), "")
    figure = charts.network_chart(drawn, lines, real.plurals("record_type"), LIGHT, None)
    picture = pictures.chart_picture(figure, 10, 7)
    named = [words for words in written(picture) if words.said in names_of(figure)]
    grounds = [box for box in boxes(picture) if box.fill == LIGHT.ground]
    assert len(grounds) >= len(named) > 3


@pytest.mark.parametrize("sized", [(10, 7, 12), (WIDE / POINTS, HIGH / POINTS, TEXT), (6.8, 5, 9)])
def test_a_network_names_who_is_linked_with_most_and_no_name_covers_a_mark(real, sized):
    page = page_of("Connections", real, Filter(), {})
    on_stage = sized[2] == TEXT
    figure = (page.scene.picture if on_stage else next(in_files(page.elements))).draw(LIGHT)
    picture, names = pictures.chart_picture(figure, *sized), names_of(figure)
    most = network.linked_members(real, Filter(), "")["name"].iloc[:3]
    named = {words.said: words.box for words in written(picture) if words.said in names}
    assert set(most) <= set(named) and names[:3] == list(most) and overlapping(picture) == []
    boxes = np.array(marks(picture))
    crossed = shapely.intersects(shapely.box(*boxes.T)[:, None], shapely.box(*np.array(list(named.values())).T))
    assert not crossed.any()
    assert boxes.min() >= 0 and (boxes[:, 2:].max(axis=0) <= (picture.wide, picture.high)).all()


def test_a_name_is_found_for_what_must_be_named(crowd=(16, 0, -16)):
    beside = [(180 + x, 180 + y) for x in crowd for y in crowd if x or y]
    walls = [(x, y) for x in range(5, 360, 10) for y in range(5, 360, 10) if max(abs(x - 180), abs(y - 180)) > 25]
    full = around([(180, 180), *beside, *walls])
    assert full.find("Name", (180, 180), 5) is None
    assert full.find("Name", (180, 180), 5, surely=True)
    corner = around([(355, 355), *((x, 340) for x in range(200, 360, 11)), *((300, y) for y in range(200, 360, 11))])
    assert corner.canvas.free(corner.find("A long name", (355, 355), 5, surely=True))


def around(spots):
    """Names to be found among marks of ten points on a sheet of five inches, in words of ten points."""
    return Among(empty_canvas(5, 5, "#FFFFFF", "#000000"), 10, [(x - 5, y - 5, x + 5, y + 5) for x, y in spots])


def test_a_name_stands_beside_its_mark_or_a_line_leads_to_it():
    alone = around([(180, 180)])
    box = alone.find("Name", (180, 180), 5)
    assert box[3] == pytest.approx(173) and alone.lines == []
    crowded = around([(180, 180), *((180 + x, 180 + y) for x in (-16, 0, 16) for y in (-16, 0, 16) if x or y)])
    box = crowded.find("Name", (180, 180), 5)
    (line,) = crowded.lines
    assert line.coords[0] == (180, 180)
    assert shapely.distance(shapely.box(*box), shapely.Point(line.coords[1])) == pytest.approx(0)
    assert shapely.distance(shapely.box(*box), shapely.box(*np.array(crowded.marks).T)).min() >= 2
    assert len(elements(crowded.canvas, "path")) == 1


def test_a_name_without_room_is_left_out():
    everywhere = [(180, 180), *((x, y) for x in range(4, 360, 16) for y in range(4, 360, 16))]
    assert around(everywhere).find("Name", (180, 180), 5) is None


@pytest.mark.parametrize("view", [{}, {"circle": Circle(52.48, -1.9, 10, "Birmingham")}])
def test_circles_count_alike_in_pictures_of_every_size(real, view):
    counted = []
    for high, text in ((5.1, 9), (8.5, 29)):
        picture = pictures.map_picture(real, map_of(real, Filter(), **view), LIGHT, 1.1 * high, high, text)
        ring = next((circle for circle in circles(picture) if circle[2] > picture.wide / 8), (0, 0, float("inf")))
        numbers = [words for words in written(picture) if words.said.isdigit() and apart(words.middle, ring) < ring[2]]
        counted.append(sorted(number.said for number in numbers))
    assert counted[0] == counted[1] and len(counted[0]) > 2


def test_circles_count_all_records_known_by_town_alone(real):
    chosen = Filter()
    picture = pictures.map_picture(real, map_of(real, chosen), LIGHT, 7, 6)
    numbers = [int(words.said) for words in written(picture) if words.said.isdigit()]
    found, in_key = circles(picture), 1
    assert len(found) == len(numbers)
    assert sum(numbers) - 5 * in_key == places.bubbles(real, chosen)["records"].sum()
    assert len(found) - in_key < len(places.bubbles(real, chosen))
    assert [(one, other) for one, other in permutations(found, 2) if apart(one, other) < one[2]] == []


def test_the_key_names_what_stands_on_the_map(cluster):
    told = said(pictures.map_picture(cluster, map_of(cluster, Filter()), LIGHT, 9, 5))
    for words in ("Devices", "Robotics", "University", "roughly placed", "Motorway", "Railway"):
        assert words in told
    assert "Border of Inner Northmark" in told.replace("inner", "Inner")
    assert "Invented data, free for any use." in told
    firms = said(pictures.map_picture(cluster, map_of(cluster, Filter(kinds=("company",))), LIGHT, 9, 5))
    assert "University" not in firms


def test_what_is_no_firm_bears_its_letter_in_a_ring_whose_colour_the_key_names(real):
    chosen = Filter(kinds=("university", "trust", "asset"))
    points = places.points(real, chosen)
    picture = pictures.map_picture(real, map_of(real, chosen), LIGHT, 9, 9)
    marks = [use.get("href")[2] for use in elements(picture, "use") if use.get("href").startswith("#m")]
    letters, in_key = [mark for mark in marks if mark.isupper()], points["letter"].nunique()
    assert sorted(letters) == sorted([*points["letter"], *points["letter"].unique()]) and in_key > 1
    ds = real.table("ds")
    coloured = ds.loc[ds["colour_light"].isin(points["colour_light"]), "label"]
    assert len(coloured) and all(label in said(picture) for label in coloured)


def test_a_map_drawn_closer_shows_that_area_alone(cluster):
    codes = cluster.area_codes["Dunmere"]
    near = map_of(cluster, Filter(), seen=codes, outlined=codes)
    whole = said(pictures.map_picture(cluster, map_of(cluster, Filter()), LIGHT, 6, 6))
    closer = said(pictures.map_picture(cluster, near, LIGHT, 6, 6))
    assert "Border of Dunmere" in closer and "Border of Dunmere" not in whole
    numbers = [[int(word) for word in text.split() if word.isdigit()] for text in (whole, closer)]
    assert sum(numbers[1]) < sum(numbers[0])


@pytest.mark.parametrize("km", [2, 40])
@pytest.mark.parametrize("sized", [sized for sized, _ in SHEETS])
def test_a_circle_fills_its_map_and_is_true_on_the_ground(cluster, sized, km):
    around = Circle(54.501, -2.201, km, "Aldbrook")
    picture = pictures.map_picture(cluster, map_of(cluster, Filter(), circle=around), LIGHT, *sized)
    (ring,) = (part for part in elements(picture, "circle") if part.get("fill") == "none")
    x, y, radius = (float(ring.get(name)) for name in ("cx", "cy", "r"))
    room = boxes(picture)[-1]
    assert radius * 2 / min(room.wide, room.high) == pytest.approx(0.89, abs=0.01)
    assert (x, y) == pytest.approx((room.left + room.wide / 2, room.top + room.high / 2), abs=0.1)
    uses = [use for use in elements(picture, "use") if use.get("href").startswith("#mN")]
    hospital = [place_of(use) for use in uses]
    away = kilometres(54.501, -2.201, 54.491, -2.191) / km
    assert any(apart(place, (x, y)) / radius == pytest.approx(away, abs=0.01) for place in hospital)
    assert f"Circle: {km} km around Aldbrook" in said(picture) and outside(picture) == []
    assert {words.said: words.bold for words in written(picture)}["Aldbrook"]


def place_of(use):
    """The middle of a mark."""
    left, top, scale = map(float, re.findall(r"-?\d+\.?\d*", use.get("transform")))
    return left + 24 * scale, top + 24 * scale


def test_shades_tell_no_firm_from_an_area_that_is_left_out(cluster):
    def drawn(chosen):
        table = rates.firms_per_100_000(cluster, chosen)
        return table, pictures.map_picture(
            cluster, map_of(cluster, NOTHING, rates=lambda: table, unit="firms per 100,000 residents"), LIGHT, 9, 5
        )

    table, whole = drawn(Filter())
    left = list(cluster.area_names.values())[0]
    some, part = drawn(Filter(areas=(left,)))
    assert "Firms per 100,000 residents" in said(whole) and len(table) == len(cluster.area_names)
    for rows, picture in ((table, whole), (some, part)):
        numbers = [words.said for words in written(picture) if re.fullmatch(r"\d+(\.\d)?\*?", words.said)]
        assert sorted(numbers) == sorted(rows["shown"])
    assert some["label"].tolist() == [left]
    assert rates.LEFT_OUT in said(part) and rates.LEFT_OUT not in said(whole)
    bare = [path for path in elements(part, "path") if path.get("fill") == LIGHT.land]
    assert "".join(path.get("d") for path in bare).count("M") >= len(cluster.area_names) - 1


def test_every_piece_of_every_area_is_filled(real):
    picture = pictures.map_picture(real, map_of(real, NOTHING), LIGHT, 7, 6)
    filled = [part.get("d") for part in elements(picture, "path") if part.get("fill") == LIGHT.land]
    assert "".join(filled).count("M") == len(shapely.get_rings(shapely.get_parts(ground_of(real).areas)))


def test_areas_with_few_firms_are_hatched_and_the_key_says_so(cluster):
    table = rates.firms_per_100_000(cluster, Filter())
    table = table.assign(few=[True] + [False] * (len(table) - 1))
    picture = pictures.map_picture(cluster, map_of(cluster, NOTHING, rates=lambda: table, unit="firms"), LIGHT, 9, 5)
    assert "fewer than 10 firms" in said(picture) and len(lined(picture)) == 2  # the area, and its mark in the key


def lined(picture):
    """What is filled with lines."""
    return [part for tag in ("path", "rect") for part in elements(picture, tag) if "url" in part.get("fill", "")]


def test_a_map_without_marks_says_so(cluster):
    assert "No position to show" in said(pictures.map_picture(cluster, map_of(cluster, NOTHING), DARK, 6, 5))


def test_a_small_map_goes_without_licence_lines_and_never_without_key(real):
    shown = map_of(real, Filter(kinds=("company",)))
    small = said(pictures.map_picture(real, shown, LIGHT, 2.5, 2.5))
    assert "Open Government Licence" not in small and "Devices" in small
    assert all(line in said(pictures.map_picture(real, shown, LIGHT, 7, 6)) for line in real.pack.licences)


# ---- files ----------------------------------------------------------------


def test_files_have_the_size_asked_for_and_nothing_by_chance(cluster):
    shown = map_of(cluster, Filter())
    one, other = (pictures.map_picture(cluster, shown, LIGHT, 5, 4) for _ in range(2))
    assert struct.unpack(">II", one.png(100)[16:24]) == (500, 400)
    assert one.svg() == other.svg() and "<text" not in one.svg()
    assert ElementTree.fromstring(one.svg()).get("viewBox") == "0 0 360 288"


def test_pictures_drawn_at_once_are_as_if_drawn_one_by_one(cluster, at_first):
    figure = charts.by_d_chart(counts.by_d(cluster, at_first), {"company": "Firms"}, LIGHT)

    def draw(wide):
        return pictures.chart_picture(figure, wide, 3).svg()

    widths = [4 + place / 10 for place in range(12)]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(draw, widths)) == list(map(draw, widths))


def test_what_makes_files_is_loaded_when_one_is_made():
    code = (
        "import sys, pandas as pd\n"
        "from cluster_data import exports\nfrom cluster_data.drawing import charts, pictures\n"
        "makers = {'matplotlib', 'fontTools', 'typst', 'pptx'}\n"
        "assert len(exports.every()) and not makers & set(sys.modules)\n"
        "from cluster_data.palette import LIGHT\n"
        "table = pd.DataFrame({'label': ['a'], 'all': [1]})\n"
        "pictures.chart_picture(charts.shares_chart(table, LIGHT), 3, 2).png(50)\n"
        "assert makers & set(sys.modules) == {'fontTools', 'typst'}\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
