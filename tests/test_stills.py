"""Still pictures: sound SVG with its marks in place, and nothing that runs or is fetched."""

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
import shapely
from shapely.geometry import mapping
from shapely.geometry import shape as shape_of

from cluster_data.drawing import pictograms
from cluster_data.drawing.pictures import map_picture
from cluster_data.drawing.pictures.canvas import empty_canvas
from cluster_data.measures import places
from cluster_data.model.filters import Filter
from cluster_data.palette import DARK, LIGHT
from tests.documents import map_of
from tests.drawn import circles, elements, said, written

SVG = "{http://www.w3.org/2000/svg}"


def region(cluster, chosen, palette=LIGHT):
    """The map of the first page."""
    return map_picture(cluster, map_of(cluster, chosen), palette, 7.8, text=14, alone=True)


def harmless(svg):
    """Parse a picture that may neither run anything nor ask for anything."""
    picture = ElementTree.fromstring(svg)
    for part in picture.iter():
        name = part.tag.rpartition("}")[2]
        assert name not in ("script", "foreignObject", "image", "a", "iframe")
        for key, value in part.attrib.items():
            attribute = key.rpartition("}")[2]
            assert not attribute.startswith("on")
            assert attribute != "href" or value.startswith("#")
            assert not re.search(r"url\((?!#)", value)
    outside = re.findall(r"https?://[^\s\"'<]+", re.sub(r"xmlns(:\w+)?=[\"'][^\"']*[\"']", "", svg))
    assert [address for address in outside if not address.startswith("http://www.w3.org/")] == []
    return picture


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("choice", [{}, {"roles": ("heartland",)}, {"text": "zzzzz"}])
def test_the_map_of_the_region_is_harmless_whatever_the_choice(cluster, palette, choice):
    picture = harmless(region(cluster, Filter(**choice), palette).svg())
    assert picture.tag == f"{SVG}svg" and picture.get("viewBox")


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_each_point_bears_the_colour_of_its_d_and_each_bubble_its_number(cluster, palette):
    firms = Filter(roles=("heartland",), kinds=("company",))
    picture = region(cluster, firms, palette)
    marks = [use.get("href") for use in elements(picture, "use") if use.get("href").startswith("#m")]
    points = places.points(cluster, firms)
    assert sorted(mark[-6:] for mark in marks) == sorted(points[palette.d_column].str.lstrip("#"))
    found = [words.said for words in written(picture)]
    assert sorted(filter(str.isdigit, found)) == ["1", "2"]  # g; b and f, of which one would hide the other
    assert "Dunmere" in found


def test_the_map_of_the_region_is_light_and_shows_no_key(real):
    picture = region(real, Filter.default(real))
    assert len(harmless(picture.svg())) and len(picture.svg()) < 90_000
    assert "Motorway" not in said(picture)


def test_marks_stand_inside_the_picture_and_north_is_up(cluster, everything):
    picture = region(cluster, everything.but(ended=True))
    found = circles(picture)
    assert len(found) == 4
    assert all(0 < x < picture.wide and 0 < y < picture.high for x, y, _ in found)
    # the bubble of three records is in the north-east, that of the town of Aldbrook in the south-west
    north_east, south_west = found[0], found[1]
    assert north_east[0] > sum(x for x, _, _ in found) / 4 and north_east[1] < south_west[1]


def test_names_cannot_break_out_of_a_picture():
    canvas = empty_canvas(3, 3, "#FFFFFF", "#000000")
    canvas.write(50, 50, '</text><script>alert(1)</script> & "x"', 9)
    harmless(canvas.svg())
    assert said(canvas) == '</text><script>alert(1)</script> & "x"'


@pytest.mark.parametrize(("value", "most", "wide"), [(0, 10, "0"), (5, 10, "200"), (10, 10, "400"), (0, 0, "0")])
def test_a_bar_is_as_long_as_its_share(value, most, wide):
    track, bar = harmless(pictograms.bar(value, most, "#123456", LIGHT)).iter(f"{SVG}rect")
    assert (track.get("width"), bar.get("width"), bar.get("fill")) == ("400", wide, "#123456")


@pytest.mark.parametrize(("value", "wide"), [(0, "0"), (5, "200"), (10, "400")])
def test_a_bar_of_what_is_not_known_is_striped(value, wide):
    (bar,) = harmless(pictograms.bar(value, 10, "#123456", LIGHT, unknown=True)).iter(f"{SVG}path")
    assert (bar.get("d"), bar.get("stroke")) == (f"M0 12H{wide}", LIGHT.quiet)
    assert bar.get("stroke-dasharray")


@pytest.mark.parametrize("symbol", pictograms.SHAPES)
@pytest.mark.parametrize("letter", ["", *pictograms.LETTERS])
def test_every_mark_is_sound(symbol, letter):
    mark = pictograms.mark(symbol, "#123456", "#FFFFFF", letter)
    picture = harmless(f'<svg xmlns="http://www.w3.org/2000/svg">{mark}</svg>')
    assert "#123456" in ElementTree.tostring(picture, encoding="unicode")


def test_finer_borders_make_no_larger_pictures(real):
    borders = real.geojson("boundaries")
    for shape in borders["features"]:
        shape["geometry"] = mapping(shapely.segmentize(shape_of(shape["geometry"]), 0.005))
    finer = replace(real, geometries=dict(real.geometries) | {"boundaries": json.dumps(borders)})
    assert len(finer.geometries["boundaries"]) > 1.3 * len(real.geometries["boundaries"])
    fine, coarse = (len(region(pack, Filter.default(real)).svg()) for pack in (finer, real))
    assert fine <= 1.1 * coarse
