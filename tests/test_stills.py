"""Still pictures: sound SVG with its marks in place, and nothing that runs or is fetched."""

import json
import re
from xml.etree import ElementTree

import pytest
import shapely
from shapely.geometry import mapping
from shapely.geometry import shape as shape_of

from cluster_data.drawing import pictograms, stills
from cluster_data.measures import places
from cluster_data.model.filters import Filter
from cluster_data.palette import DARK, LIGHT

SVG = "{http://www.w3.org/2000/svg}"


def region(cluster, chosen, palette=LIGHT, towns=None):
    """The map of the first page."""
    shapes = cluster.geojson("boundaries"), cluster.geojson("basemap")
    ground = stills.region_ground(*shapes, places.outlined(cluster), palette)
    marks = places.points(cluster, chosen), places.bubbles(cluster, chosen)
    return stills.region_map(ground, *marks, places.cities(cluster) if towns is None else towns, palette)


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
    picture = harmless(region(cluster, Filter(**choice), palette))
    assert picture.tag == f"{SVG}svg" and picture.get("viewBox")


def test_the_real_map_is_harmless(real):
    harmless(region(real, Filter.default(real)))


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_each_point_bears_the_colour_of_its_d_and_each_bubble_its_number(cluster, palette):
    firms = Filter(roles=("heartland",), kinds=("company",))
    picture = harmless(region(cluster, firms, palette))
    marks = [part.get("fill") for part in picture.iter(f"{SVG}g") if "scale(.36)" in part.get("transform", "")]
    points = places.points(cluster, firms)
    assert sorted(marks) == sorted(points[palette.d_column])
    numbers = [part.text for part in picture.iter(f"{SVG}text") if (part.text or "").isdigit()]
    assert sorted(numbers) == ["1", "2"]  # g; b and f, of which one would hide the other
    assert "Dunmere" in [part.text for part in picture.iter(f"{SVG}text")]


def test_marks_stand_inside_the_picture_and_north_is_up(cluster, everything):
    picture = harmless(region(cluster, everything.but(ended=True)))
    _, _, wide, high = map(float, picture.get("viewBox").split())
    bubbles = [part for part in picture.iter(f"{SVG}g") if part.get("font-size")]
    circles = [(float(part.get("cx")), float(part.get("cy"))) for of in bubbles for part in of.iter(f"{SVG}circle")]
    assert len(circles) == 4
    assert all(0 < x < wide and 0 < y < high for x, y in circles)
    # the bubble of three records is in the north-east, that of the town of Aldbrook in the south-west
    xs, ys = zip(*circles, strict=True)
    north_east, south_west = circles[0], circles[1]
    assert north_east[0] > sum(xs) / 4 and north_east[1] < south_west[1]


def test_names_cannot_break_out_of_the_picture(cluster, at_first):
    towns = places.cities(cluster).assign(name='</text><script>alert(1)</script> & "x"')
    picture = harmless(region(cluster, at_first, towns=towns))
    assert '</text><script>alert(1)</script> & "x"' in [part.text for part in picture.iter(f"{SVG}text")]


@pytest.mark.parametrize(("value", "most", "wide"), [(0, 10, "0"), (5, 10, "200"), (10, 10, "400"), (0, 0, "0")])
def test_a_bar_is_as_long_as_its_share(value, most, wide):
    track, bar = harmless(stills.bar(value, most, "#123456", LIGHT)).iter(f"{SVG}rect")
    assert (track.get("width"), bar.get("width"), bar.get("fill")) == ("400", wide, "#123456")


@pytest.mark.parametrize(("value", "wide"), [(0, "0"), (5, "198"), (10, "398")])
def test_a_bar_of_what_is_not_known_is_hollow(value, wide):
    track, bar = harmless(stills.bar(value, 10, "#123456", LIGHT, hollow=True)).iter(f"{SVG}rect")
    assert (track.get("width"), bar.get("width"), bar.get("fill")) == ("400", wide, LIGHT.ground)
    assert bar.get("stroke") == LIGHT.quiet


@pytest.mark.parametrize("symbol", pictograms.SHAPES)
@pytest.mark.parametrize("letter", ["", *pictograms.LETTERS])
def test_every_mark_is_sound(symbol, letter):
    mark = pictograms.mark(symbol, "#123456", "#FFFFFF", letter)
    picture = harmless(f'<svg xmlns="http://www.w3.org/2000/svg">{mark}</svg>')
    assert "#123456" in ElementTree.tostring(picture, encoding="unicode")


def test_finer_borders_make_no_larger_pictures(real):
    borders, around = real.geojson("boundaries"), real.geojson("basemap")
    finer = json.loads(json.dumps(borders))
    for shape in finer["features"]:
        shape["geometry"] = mapping(shapely.segmentize(shape_of(shape["geometry"]), 0.005))

    def pictures(borders):
        region = stills.region_ground(borders, around, places.outlined(real), LIGHT).svg
        code = borders["features"][0]["properties"]["lad_code"]
        return region, stills.area_ground(stills.shapes_of(borders, around), [code], LIGHT).ground.svg

    assert len(json.dumps(finer)) > 1.3 * len(json.dumps(borders))
    assert all(len(fine) <= 1.1 * len(coarse) for fine, coarse in zip(pictures(finer), pictures(borders), strict=True))


def test_neighbours_keep_the_line_they_share(real):
    areas = stills.shapes_of(real.geojson("boundaries"), real.geojson("basemap")).areas
    assert shapely.coverage_is_valid(areas)
