"""Borders that are wrong in any way that the rest of the pack can tell: one fault, for the file of the borders."""

import json
import math
import shutil
from pathlib import Path

import pytest

from tests import home
from tests.packs import PACK, edit, faults_of, on_rows, write_pack

pytestmark = pytest.mark.slow

GIVEN = "boundaries.geojson: "


def on_points(change, only=None):
    """A change of each point (longitude, latitude) of all features, or of those with these places."""

    def moved(part):
        return list(change(*part[:2])) if isinstance(part[0], int | float) else [moved(one) for one in part]

    def changed(features):
        for place, feature in enumerate(features):
            if only is None or place in only:
                feature["geometry"]["coordinates"] = moved(feature["geometry"]["coordinates"])

    return changed


def on_properties(change):
    def changed(features):
        for feature in features:
            feature["properties"] = change(feature["properties"])

    return changed


def renamed(name):
    return on_properties(lambda about: {name: about["lad_code"], "LAD24NM": about["name"]})


def exchanged(features):
    one, other = features[0]["properties"], features[1]["properties"]
    one["lad_code"], other["lad_code"] = other["lad_code"], one["lad_code"]


def all_round(features):
    codes = [feature["properties"]["lad_code"] for feature in features]
    for feature, code in zip(features, codes[1:] + codes[:1], strict=True):
        feature["properties"]["lad_code"] = code


def in_the_place_of_another(features):
    features[0]["geometry"] = features[1]["geometry"]


def around_all(features):
    points = [[-3.5, 51.5], [-1, 51.5], [-1, 55], [-3.5, 55], [-3.5, 51.5]]
    features[0]["geometry"] = {"type": "Polygon", "coordinates": [points]}


def crossing(features):
    points = [[-2.4, 54.4], [-2, 54.6], [-2, 54.4], [-2.4, 54.6], [-2.4, 54.4]]
    features[0]["geometry"] = {"type": "Polygon", "coordinates": [points]}


def shaped(shape):
    def changed(features):
        features[0]["geometry"] = shape

    return changed


def mercator(lon, lat):
    return math.radians(lon) * 6378137, math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) * 6378137


def british(lon, lat):
    """Metres of about the size of those of the British National Grid."""
    return 400_000 + (lon + 2) * 68_000, 100_000 + (lat - 50.8) * 111_000


WRONG = {
    "exchanged coordinates": (on_points(lambda lon, lat: (lat, lon)), "Longitude and latitude seem to be exchanged."),
    "no minus sign": (on_points(lambda lon, lat: (-lon, lat)), "longitudes seem to have a minus sign"),
    "minus sign too many": (on_points(lambda lon, lat: (lon, -lat)), "latitudes seem to have a minus sign"),
    "both signs": (on_points(lambda lon, lat: (-lon, -lat)), "Longitudes and latitudes seem to have a minus sign"),
    "exchanged and mirrored": (on_points(lambda lon, lat: (lat, -lon)), "exchanged, with a minus sign"),
    "exchanged and mirrored otherwise": (on_points(lambda lon, lat: (-lat, lon)), "exchanged, with a minus sign"),
    "one exchanged": (on_points(lambda lon, lat: (lat, lon), [1]), "Longitude and latitude seem to be exchanged."),
    "one without minus sign": (on_points(lambda lon, lat: (-lon, lat), [2]), "longitudes seem to have a minus sign"),
    "one far off": (on_points(lambda lon, lat: (lon + 3, lat), [0]), "km outside"),
    "all moved": (on_points(lambda lon, lat: (lon, lat + 2)), "km outside"),
    "all small": (on_points(lambda lon, lat: (lon / 100, lat / 100)), "km outside"),
    "metres": (on_points(british), "metres of the British National Grid"),
    "other metres": (on_points(mercator), "metres of the Web Mercator"),
    "one in metres": (on_points(british, [1]), "feature 2 has coordinates beyond"),
    "two codes": (exchanged, "lie in the border of"),
    "all codes": (all_round, "lie in the border of"),
    "the shape of another": (in_the_place_of_another, "do not hold the positions"),
    "a box around all": (around_all, "overlap"),
    "crossing itself": (crossing, "crosses or touches itself"),
    "on one line": (on_points(lambda lon, lat: (lon, 54.5), [0]), "encloses nothing"),
    "in one point": (on_points(lambda lon, lat: (-2.2, 54.5), [0]), "encloses nothing"),
    "empty": (shaped({"type": "Polygon", "coordinates": []}), "feature 1 has no properties, or no shape"),
    "no geometry": (shaped(None), "feature 1 has no properties, or no shape"),
    "no number": (shaped({"type": "Point", "coordinates": [float("nan"), 1]}), "no shape that can be read"),
    "a collection": (shaped({"type": "GeometryCollection", "geometries": []}), "no shape that can be read"),
    "a point": (shaped({"type": "Point", "coordinates": [-2.2, 54.5]}), "is a Point, which is no border"),
    "no feature": (lambda features: features.clear(), "there is no border in the file"),
    "two missing": (lambda features: features.__delitem__(slice(2)), "have no border in this file"),
    "one twice": (lambda features: features.append(features[0]), "has more than one border"),
    "codes of others": (on_properties(lambda about: {"lad_code": "Z" + about["lad_code"][1:]}), "belong to no area"),
    "LAD23CD": (renamed("LAD23CD"), "The property 'LAD23CD' seems to hold the codes: rename it to 'lad_code'."),
    "LAD24CD": (renamed("LAD24CD"), "The property 'LAD24CD' seems to hold the codes: rename it to 'lad_code'."),
    "lad25cd": (renamed("lad25cd"), "The property 'lad25cd' seems to hold the codes: rename it to 'lad_code'."),
    "LAD_CODE": (renamed("LAD_CODE"), "The property 'LAD_CODE' seems to hold the codes: rename it to 'lad_code'."),
    "GSS": (renamed("GSS"), "The property 'GSS' seems to hold the codes: rename it to 'lad_code'."),
    "codes nowhere": (on_properties(lambda about: {"name": about["name"]}), "Give each the code of its area."),
    "codes as numbers": (on_properties(lambda about: about | {"lad_code": 7}), "no property 'lad_code' that holds a"),
}


def with_borders(pack: Path, folder: Path, change, **more) -> Path:
    """A copy of a pack whose features are changed; `more` stands beside them in the file."""
    shutil.copytree(pack, folder, dirs_exist_ok=True)
    path = folder / "boundaries.geojson"
    parsed = json.loads(path.read_text(encoding="utf-8")) | more
    change(parsed["features"])
    path.write_text(json.dumps(parsed), encoding="utf-8")
    return folder


@pytest.mark.parametrize(("change", "says"), WRONG.values(), ids=list(WRONG))
def test_wrong_borders_give_one_fault_that_says_what_is_odd(tmp_path, change, says):
    (fault,) = faults_of(with_borders(PACK, tmp_path, change))
    assert fault.startswith(GIVEN)
    assert says in fault


@pytest.mark.parametrize("kind", ["exchanged coordinates", "one far off", "two codes", "metres", "a box around all"])
def test_the_pack_that_comes_along_notices_it_too(tmp_path, kind):
    change, says = WRONG[kind]
    (fault,) = faults_of(with_borders(home.HOME, tmp_path, change), home.TODAY)
    assert says in fault


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("urn:ogc:def:crs:EPSG::27700", "'urn:ogc:def:crs:EPSG::27700' (British National Grid)"),
        ("EPSG:3857", "'EPSG:3857' (Web Mercator)"),
        ("http://www.opengis.net/def/crs/EPSG/0/25832", "'http://www.opengis.net/def/crs/EPSG/0/25832'."),
    ],
)
def test_a_file_in_another_system_by_its_own_word_is_told_so(tmp_path, name, says):
    crs = {"type": "name", "properties": {"name": name}}
    (fault,) = faults_of(with_borders(PACK, tmp_path, on_points(british), crs=crs))
    assert fault.startswith(f"{GIVEN}the file says that its coordinates are in {says}")


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326", "urn:ogc:def:crs:OGC::CRS84"]
)
def test_degrees_by_its_own_word_are_taken(tmp_path, name):
    crs = {"type": "name", "properties": {"name": name}}
    assert faults_of(with_borders(PACK, tmp_path, lambda features: None, crs=crs)) == []


def test_heights_above_the_sea_are_taken(tmp_path):
    assert faults_of(with_borders(PACK, tmp_path, on_points(lambda lon, lat: (lon, lat, 120.5)))) == []


@pytest.mark.parametrize("column", ["lon", "lat"])
def test_a_table_that_is_wrong_itself_is_blamed_and_not_the_borders(tmp_path, column):
    mirrored = on_rows(lambda rows: [row | {column: row[column] and f"{-float(row[column])}"} for row in rows])
    for table in ("companies", "places"):
        faults = faults_of(write_pack(tmp_path / table, **{table: mirrored}))
        assert faults
        assert {fault.split()[0] for fault in faults} == {f"{table}.csv"}


def test_rows_are_not_blamed_while_borders_are_in_doubt_and_are_once_they_are_right(tmp_path):
    swapped = on_points(lambda lon, lat: (lat, lon))
    folder = write_pack(tmp_path, companies=edit("test-firm-a", lat="-2.198", lon="54.503"))
    assert [fault.split()[0] for fault in faults_of(folder)] == ["companies.csv"]
    shutil.copytree(PACK, tmp_path / "other")
    doubted = with_borders(folder, tmp_path / "both", swapped)
    assert [fault.split(":")[0] for fault in faults_of(doubted)] == ["boundaries.geojson"]


def test_the_borders_of_the_other_edition_fit_the_same_tables(tmp_path):
    finer = on_points(lambda lon, lat: (round(lon + 1e-4, 5), round(lat - 1e-4, 5)))
    assert faults_of(with_borders(home.HOME, tmp_path, finer), home.TODAY) == []
