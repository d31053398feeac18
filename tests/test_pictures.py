"""Still pictures: what stands on them, that all of it lies on the sheet, and that files hold nothing by chance."""

import math
import re
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.patches import Circle as Disc
from matplotlib.patches import Rectangle

from cluster_data.document import Circle, Map
from cluster_data.drawing import charts, pictures
from cluster_data.drawing.pictures.canvas import sheet
from cluster_data.drawing.pictures.names import Among
from cluster_data.measures import counts, coverage, goals, help, indicators, network, pace, places, rates
from cluster_data.model.filters import Filter
from cluster_data.palette import DARK, LIGHT
from tests import home
from tests.documents import ODD_NAMES
from tests.test_places import kilometres

pytestmark = pytest.mark.slow

NOTHING = Filter(text="zzzz")
SHEETS = [((12.3, 5.0, 12), LIGHT), ((3.4, 4.5, 9), DARK), ((9.6, 5.4, 24), DARK)]


def every_chart(cluster, ground):
    """Figures of each function of charts/, by name: on light ground each lens, and each split of one."""
    chosen, everything = Filter.default(cluster), Filter()
    by_d = counts.by_d(cluster, chosen)
    sorts = {sort: label for sort, label in cluster.plurals("sort").items() if sort in by_d}
    areas = counts.firms_by_area(cluster, chosen).query("all > 0")
    nodes, lines = network.drawn(cluster, everything, None), network.lines(cluster, everything, None)
    most = nodes.sort_values("neighbours")["id"].iloc[-1]
    figures = {
        "by D": charts.by_d_chart(by_d, sorts, ground),
        "matches": charts.matches_compared_chart(
            counts.matches_compared(cluster, chosen), by_d[ground.d_column], ground
        ),
        "size": charts.shares_chart(counts.firms_split(cluster, chosen, "size", 2026), ground),
        "areas": charts.shares_chart(areas, ground),
        "coverage": charts.coverage_chart(coverage.known(cluster, "companies"), ground),
        "network": charts.network_chart(nodes, lines, cluster.plurals("sort"), ground, None),
        "network around one": charts.network_chart(nodes, lines, cluster.plurals("sort"), ground, most),
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
        figures[f"regions {metric}"] = charts.regions_chart(indicators.compared(cluster, metric), ground)
    return figures


@pytest.fixture(scope="module")
def figures(real):
    """Every chart of the real pack, by ground and name."""
    return {ground: every_chart(real, ground) for ground in (LIGHT, DARK)}


def map_of(cluster, chosen, **changes):
    """A map of the records chosen."""
    shown = Map(
        alt="A map",
        note="Records.",
        points=lambda: places.points(cluster, chosen),
        bubbles=lambda: places.bubbles(cluster, chosen),
        rows=pd.DataFrame,
        outlined=tuple(places.outlined(cluster)),
    )
    return replace(shown, **changes)


def boxes(picture):
    """Every text of a picture with its box in pixels, longest first."""
    renderer = FigureCanvasAgg(picture).get_renderer()
    found = [(text.get_text(), text.get_window_extent(renderer)) for text in picture.axes[0].texts]
    return [(text, box) for text, box in found if text]


def said(picture):
    """All that is written on a picture, in one line."""
    return " ".join(" ".join(text.get_text().split()) for text in picture.axes[0].texts)


def outside(picture):
    """Texts that do not lie on the sheet, but for a pixel."""
    sheet = picture.bbox
    return [
        text
        for text, box in boxes(picture)
        if box.x0 < -1 or box.y0 < -1 or box.x1 > sheet.x1 + 1 or box.y1 > sheet.y1 + 1
    ]


def overlapping(picture, at_most=2.0):
    """Pairs of texts of which one covers the other by more than a few pixels both ways."""
    found = boxes(picture)
    return [
        (one, other)
        for place, (one, first) in enumerate(found)
        for other, second in found[place + 1 :]
        if min(first.x1, second.x1) - max(first.x0, second.x0) > at_most
        and min(first.y1, second.y1) - max(first.y0, second.y0) > at_most + 2
    ]


def in_figure(figure):
    """The words that a figure of bars, marks or cells writes, without tags and white space."""
    found = list(figure.layout.xaxis.ticktext or [])
    for trace in figure.data:
        parts = trace.y if trace.y is not None and len(trace.y) and isinstance(trace.y[0], tuple) else [trace.y]
        found += [label for part in parts if part is not None for label in part if isinstance(label, str)]
        if trace.text is not None and (trace.type == "bar" or "text" in trace.mode):
            found += trace.text
    return {re.sub(r"<br>|</?b>|\s", "", text) for text in found}


# ---- charts ---------------------------------------------------------------


@pytest.mark.parametrize(("sheet", "ground"), SHEETS)
def test_every_chart_of_the_dashboard_lies_on_its_sheet(figures, sheet, ground):
    for name in figures[ground]:
        picture = pictures.chart_picture(figures[ground][name], *sheet)
        assert tuple(picture.get_size_inches()) == sheet[:2], name
        assert to_hex(picture.get_facecolor()) == ground.ground.lower(), name
        assert outside(picture) == [], name
        assert len(boxes(picture)) > 3, name


def test_every_word_of_a_chart_is_drawn(figures):
    for name, figure in figures[LIGHT].items():
        if "network" not in name:
            written = said(pictures.chart_picture(figure, 12, 6)).replace(" ", "")
            assert [text for text in in_figure(figure) if text not in written] == [], name


@pytest.mark.parametrize(("sheet", "ground"), SHEETS)
def test_words_stand_clear_of_one_another(figures, sheet, ground):
    for name in ("by D", "matches", "size", "areas", "network", "network around one", "help here by D"):
        assert overlapping(pictures.chart_picture(figures[ground][name], *sheet)) == [], name


def test_bars_are_as_long_as_their_numbers_and_what_is_not_known_is_hollow(cluster, at_first):
    figure = charts.shares_chart(counts.firms_split(cluster, at_first, "size", 2026), LIGHT)
    picture = pictures.chart_picture(figure, 8, 4)
    bars = [patch for patch in picture.axes[0].get_children() if isinstance(patch, Rectangle) and patch.get_width() > 2]
    bars = [patch for patch in bars if patch is not picture.axes[0].patch]
    small, large, unknown = bars
    assert unknown.get_width() / small.get_width() == pytest.approx(6)
    assert small.get_width() == pytest.approx(large.get_width())
    assert to_hex(small.get_facecolor()) == LIGHT.accent.lower()
    assert to_hex(unknown.get_facecolor()) == LIGHT.ground.lower()
    assert to_hex(unknown.get_edgecolor()) == LIGHT.quiet.lower() and unknown.get_linewidth() > 0
    assert small.get_y() < large.get_y() < unknown.get_y()


def test_each_d_keeps_its_colour(cluster, at_first):
    table = counts.by_d(cluster, at_first)
    picture = pictures.chart_picture(charts.by_d_chart(table, {"company": "Firms"}, DARK), 8, 4)
    drawn = {to_hex(patch.get_facecolor()) for patch in picture.axes[0].get_children() if isinstance(patch, Rectangle)}
    assert {colour.lower() for colour in table["colour_dark"]} <= drawn


def test_a_heat_map_has_its_number_in_each_cell_and_shades_what_is_not_nothing(cluster, everything):
    grid = help.challenge_grid(cluster, everything, "help here", "D")
    picture = pictures.chart_picture(charts.challenge_grid_chart(grid, LIGHT, ("N1", "data")), 8, 5)
    cells = [
        patch
        for patch in picture.axes[0].get_children()
        if isinstance(patch, Rectangle) and to_hex(patch.get_facecolor()).upper() in LIGHT.steps
    ]
    assert len(cells) == (grid["value"] > 0).sum()
    written = [text.get_text() for text in picture.axes[0].texts]
    assert [text for text in written if text in set(grid["short"])] == grid["short"].tolist()


def test_more_room_makes_no_larger_words_and_less_makes_smaller_ones(figures):
    figure = figures[LIGHT]["areas"]
    enough = pictures.height_for(figure, 9)
    sizes = [
        {text.get_size() for text in pictures.chart_picture(figure, 7, high, 9).axes[0].texts}
        for high in (enough / 3, enough, enough * 2)
    ]
    assert max(sizes[0]) < 9 and sizes[1] == sizes[2] == {9.0}


@pytest.mark.parametrize("name", [*ODD_NAMES[:-1], "Ünknøwn $\\frac{1}{2}$ _x_ ^2"], ids=range(len(ODD_NAMES)))
def test_no_name_breaks_a_picture(name):
    table = pd.DataFrame({"label": [name, "Plain"], "all": [3, 10]})
    for wide in (3.4, 8):
        picture = pictures.chart_picture(charts.shares_chart(table, LIGHT), wide, 3)
        assert outside(picture) == []
        assert not any(text.get_parse_math() for text in picture.axes[0].texts)
        assert pictures.png(picture, 60).startswith(b"\x89PNG") and "</svg>" in pictures.svg(picture)
    first = next(text.get_text() for text in picture.axes[0].texts)
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


# ---- maps -----------------------------------------------------------------


@pytest.mark.parametrize(("sheet", "ground"), SHEETS)
def test_maps_of_the_real_pack_lie_on_their_sheets(real, sheet, ground):
    area = next(iter(real.area_codes))
    for shown in (
        map_of(real, Filter()),
        map_of(real, Filter(kinds=("company",)), seen=real.area_codes[area], outlined=real.area_codes[area]),
        map_of(real, NOTHING, rates=lambda: rates.firms_per_100_000(real, Filter())[["lad_code", "rate"]], unit="x"),
    ):
        picture = pictures.map_picture(real, shown, ground, *sheet)
        assert tuple(picture.get_size_inches()) == sheet[:2]
        assert to_hex(picture.get_facecolor()) == ground.ground.lower()
        assert outside(picture) == []


def test_no_circle_hides_much_of_another_and_the_key_says_that_towns_share_one(real):
    shown = map_of(real, Filter(kinds=("company",)))
    picture = pictures.map_picture(real, shown, LIGHT, 10.4, 8.5, text=29)
    circles = [patch for patch in picture.axes[0].get_children() if isinstance(patch, Disc)]
    for one, other in combinations(circles, 2):
        assert math.dist(one.center, other.center) >= 0.74 * (one.radius + other.radius)
    numbers = [text for text in picture.axes[0].texts if text.get_text().isdecimal()]
    assert numbers and min(number.get_fontsize() for number in numbers) > 24
    said = " ".join(text.get_text() for text in picture.axes[0].texts).replace("\n", " ")
    assert "towns too close to tell apart share one" in said


def test_a_map_of_the_region_names_the_areas_that_lead(real):
    shown = replace(
        map_of(real, Filter(kinds=("company",))), rows=lambda: pd.DataFrame({"Area": home.LEADING_NAMES[:2]})
    )
    picture = pictures.map_picture(real, shown, LIGHT, 10.4, 8.5, text=29)
    assert set(home.LEADING_NAMES[:2]) <= {text.get_text() for text in picture.axes[0].texts}


def test_names_in_a_network_have_a_ground(real):
    drawn, lines = network.drawn(real, Filter(), ""), network.lines(real, Filter(), "")
    figure = charts.network_chart(drawn, lines, real.plurals("sort"), LIGHT, None)
    axes = pictures.chart_picture(figure, 10, 7).axes[0]
    names = next(trace.text for trace in figure.data if trace.mode == "markers+text")
    written = [text for text in axes.texts if text.get_text().replace("\n", "<br>") in names]
    grounds = [patch for patch in axes.patches if to_hex(patch.get_facecolor()) == LIGHT.ground.lower()]
    assert len(grounds) >= len(written) > 3


@pytest.mark.parametrize("sheet", [(10, 7, 12), (10.4, 8.5, 29), (6.8, 5, 9)])
def test_names_in_a_network_cover_no_mark(real, sheet):
    drawn, lines = network.drawn(real, Filter(), ""), network.lines(real, Filter(), "")
    figure = charts.network_chart(drawn, lines, real.plurals("sort"), LIGHT, None)
    picture = pictures.chart_picture(figure, *sheet)
    names = {text.replace("<br>", "\n") for trace in figure.data if trace.mode == "markers+text" for text in trace.text}
    marks = [
        shapely.box(x - half, y - half, x + half, y + half)
        for shown in picture.axes[0].collections
        for (x, y), area in zip(shown.get_offsets(), shown.get_sizes(), strict=False)
        for half in [0.45 * area**0.5]
    ]
    inverted = picture.axes[0].transData.inverted()
    written = [box.transformed(inverted).extents for text, box in boxes(picture) if text in names]
    assert len(written) > 1
    assert not shapely.intersects(np.array(marks)[:, None], shapely.box(*np.array(written).T)).any()


def around(marks):
    """Names to be found among marks of ten points on a sheet of five inches, in words of ten points."""
    return Among(sheet(5, 5, "#FFFFFF", "#000000"), 10, [(x - 5, y - 5, x + 5, y + 5) for x, y in marks])


def test_a_name_stands_beside_its_mark_or_a_line_leads_to_it():
    alone = around([(180, 180)])
    box = alone.find("Name", (180, 180), 5)
    assert box[3] == pytest.approx(173) and alone.lines == [] and len(alone.canvas.axes.lines) == 0
    crowded = around([(180, 180), *((180 + x, 180 + y) for x in (-16, 0, 16) for y in (-16, 0, 16) if x or y)])
    box = crowded.find("Name", (180, 180), 5)
    (line,) = crowded.canvas.axes.lines
    assert line.get_xydata()[0].tolist() == [180, 180]
    assert shapely.distance(shapely.box(*box), shapely.Point(line.get_xydata()[1])) == pytest.approx(0)
    assert shapely.distance(shapely.box(*box), shapely.box(*np.array(crowded.marks).T)).min() >= 2


def test_a_name_without_room_is_left_out():
    everywhere = [(180, 180), *((x, y) for x in range(4, 360, 16) for y in range(4, 360, 16))]
    assert around(everywhere).find("Name", (180, 180), 5) is None


@pytest.mark.parametrize("view", [{}, {"circle": Circle(52.48, -1.9, 10, "Birmingham")}])
def test_circles_count_alike_in_pictures_of_every_size(real, view):
    written = []
    for high, text in ((5.1, 9), (8.5, 29)):
        picture = pictures.map_picture(real, map_of(real, Filter(), **view), LIGHT, 1.1 * high, high, text)
        written.append(sorted(text.get_text() for text in picture.axes[0].texts if text.get_text().isdigit()))
    assert written[0] == written[1] and len(written[0]) > 2


def test_circles_count_all_records_known_by_town_alone(real):
    chosen = Filter()
    picture = pictures.map_picture(real, map_of(real, chosen), LIGHT, 7, 6)
    circles = [patch for patch in picture.axes[0].get_children() if isinstance(patch, Disc)]
    numbers = [int(text.get_text()) for text in picture.axes[0].texts if text.get_text().isdigit()]
    in_key = 1
    assert len(circles) == len(numbers)
    assert sum(numbers) - 5 * in_key == places.bubbles(real, chosen)["records"].sum()
    assert len(circles) - in_key < len(places.bubbles(real, chosen))
    middles = [(circle.center, circle.radius) for circle in circles]
    hidden = [
        (one, other)
        for one, radius in middles
        for other, _ in middles
        if one != other and (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 < radius**2
    ]
    assert hidden == []


def test_the_key_names_what_stands_on_the_map(cluster):
    written = said(pictures.map_picture(cluster, map_of(cluster, Filter()), LIGHT, 9, 5))
    for words in ("Devices", "Robotics", "University", "roughly placed", "Motorway", "Railway"):
        assert words in written
    assert "Border of Inner Northmark" in written.replace("inner", "Inner")
    assert "Invented data, free for any use." in written
    firms = said(pictures.map_picture(cluster, map_of(cluster, Filter(kinds=("company",))), LIGHT, 9, 5))
    assert "University" not in firms


def test_what_is_no_firm_bears_its_letter(real):
    chosen = Filter(kinds=("university", "trust", "asset"))
    points = places.points(real, chosen)
    picture = pictures.map_picture(real, map_of(real, chosen), LIGHT, 9, 9)
    letters = [text.get_text() for text in picture.axes[0].texts if text.get_text() in ("U", "N", "A")]
    in_key = points["letter"].nunique()
    assert sorted(letters) == sorted([*points["letter"], *points["letter"].unique()]) and in_key > 1


def test_a_map_drawn_closer_shows_that_area_alone(cluster):
    codes = cluster.area_codes["Dunmere"]
    near = map_of(cluster, Filter(), seen=codes, outlined=codes)
    whole = said(pictures.map_picture(cluster, map_of(cluster, Filter()), LIGHT, 6, 6))
    closer = said(pictures.map_picture(cluster, near, LIGHT, 6, 6))
    assert "Border of Dunmere" in closer and "Border of Dunmere" not in whole
    numbers = [[int(word) for word in text.split() if word.isdigit()] for text in (whole, closer)]
    assert sum(numbers[1]) < sum(numbers[0])


@pytest.mark.parametrize("km", [2, 40])
@pytest.mark.parametrize("sheet", [sheet for sheet, _ in SHEETS])
def test_a_circle_fills_its_map_and_is_true_on_the_ground(cluster, sheet, km):
    around = Circle(54.501, -2.201, km, "Aldbrook")
    picture = pictures.map_picture(cluster, map_of(cluster, Filter(), circle=around), LIGHT, *sheet)
    axes = picture.axes[0]
    ring = next(patch for patch in axes.get_children() if isinstance(patch, Disc) and patch.get_facecolor()[3] == 0)
    room = ring.get_clip_box().transformed(axes.transData.inverted())
    assert ring.radius * 2 / min(room.width, abs(room.height)) == pytest.approx(0.89, abs=0.01)
    assert ring.center == pytest.approx(((room.x0 + room.x1) / 2, (room.y0 + room.y1) / 2))
    hospital = [text.get_position() for text in axes.texts if text.get_text() == "N"]
    away = kilometres(54.501, -2.201, 54.491, -2.191) / km
    assert any(math.dist(place, ring.center) / ring.radius == pytest.approx(away, abs=0.01) for place in hospital)
    assert f"Circle: {km} km around Aldbrook" in said(picture) and outside(picture) == []
    assert {text.get_text(): text.get_weight() for text in axes.texts}["Aldbrook"] == "bold"


def test_shades_tell_none_from_not_known(cluster):
    codes = list(cluster.area_names)
    rates = pd.DataFrame({"lad_code": codes[:3], "rate": [0.0, 1.25, None]})
    shown = map_of(cluster, NOTHING, rates=lambda: rates, unit="firms per 100,000 residents", outlined=())
    picture = pictures.map_picture(cluster, shown, LIGHT, 9, 5)
    written = said(picture)
    assert "Firms per 100,000 residents" in written and "not known" in written
    assert sorted(text.get_text() for text in picture.axes[0].texts if text.get_text()[0].isdigit()) == [
        "0",
        "0",
        "1.2",
        "1.2",
    ]
    hatched = [patch for patch in picture.axes[0].get_children() if getattr(patch, "get_hatch", lambda: None)()]
    assert len(hatched) == 2  # the areas not known, and their mark in the key
    known = pd.DataFrame({"lad_code": codes, "rate": [1.0] * len(codes)})
    whole = map_of(cluster, NOTHING, rates=lambda: known, unit="firms")
    assert "not known" not in said(pictures.map_picture(cluster, whole, LIGHT, 9, 5))


def test_areas_with_few_firms_are_hatched_and_the_key_says_so(cluster):
    codes = list(cluster.area_names)
    rates = pd.DataFrame({"lad_code": codes, "rate": [1.0] * len(codes), "few": [True] + [False] * (len(codes) - 1)})
    picture = pictures.map_picture(cluster, map_of(cluster, NOTHING, rates=lambda: rates, unit="firms"), LIGHT, 9, 5)
    hatched = [patch for patch in picture.axes[0].get_children() if getattr(patch, "get_hatch", lambda: None)()]
    assert "fewer than 10 firms" in said(picture) and len(hatched) == 2  # the area, and its mark in the key


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
    assert struct.unpack(">II", pictures.png(one, 100)[16:24]) == (500, 400)
    assert pictures.svg(one) == pictures.svg(other)
    root = ElementTree.fromstring(pictures.svg(one))
    assert root.get("viewBox") == "0 0 360 288"
    tags = {element.tag.split("}")[1] for element in root.iter()}
    assert "path" in tags and "text" not in tags and "date" not in tags


def test_pictures_drawn_at_once_are_as_if_drawn_one_by_one(cluster, at_first):
    figure = charts.by_d_chart(counts.by_d(cluster, at_first), {"company": "Firms"}, LIGHT)

    def draw(wide):
        return pictures.svg(pictures.chart_picture(figure, wide, 3))

    widths = [4 + place / 10 for place in range(12)]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(draw, widths)) == list(map(draw, widths))


def test_matplotlib_is_loaded_when_something_is_drawn_and_never_its_global_state():
    code = (
        "import sys, pandas as pd\n"
        "from cluster_data import exports\nfrom cluster_data.drawing import charts, pictures\n"
        "assert len(exports.every()) and 'matplotlib' not in sys.modules and 'pptx' not in sys.modules\n"
        "from cluster_data.palette import LIGHT\n"
        "table = pd.DataFrame({'label': ['a'], 'all': [1]})\n"
        "pictures.png(pictures.chart_picture(charts.shares_chart(table, LIGHT), 3, 2), 50)\n"
        "assert 'matplotlib' in sys.modules and 'matplotlib.pyplot' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
