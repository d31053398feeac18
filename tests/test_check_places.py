"""The rules of positions, of the GeoJSON files and of pack.toml."""

import json

import pytest

from tests.packs import edit, faults_of, write_pack

pytestmark = pytest.mark.slow

FIRM = "companies.csv line 2, column"


def firm(**cells: str):
    return {"companies": edit("test-firm-a", **cells)}


def geojson(*features: object) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def feature(shape: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": shape}


BOW = {"type": "Polygon", "coordinates": [[[-2.4, 54.4], [-2, 54.6], [-2, 54.4], [-2.4, 54.6], [-2.4, 54.4]]]}
LINE = {"type": "LineString", "coordinates": [[-2, 54.5], [-1.9, 54.5]]}


def on_features(change):
    """A change of the features as a change of the text."""

    def changed(text: str) -> str:
        parsed = json.loads(text)
        change(parsed["features"])
        return json.dumps(parsed)

    return changed


@pytest.mark.parametrize(
    ("changes", "answers"),
    [
        (
            firm(lat=""),
            [f"{FIRM} 'lat': this is empty, while 'lon' is '-2.198'. Fill both or neither."],
        ),
        (
            firm(lon=""),
            [f"{FIRM} 'lon': this is empty, while 'lat' is '54.503'. Fill both or neither."],
        ),
        (
            firm(lat="", lon=""),
            [
                f"{FIRM} 'location_precision': 'postcode' needs a position, and there is none. "
                "Give lat and lon, or empty this cell."
            ],
        ),
        (
            firm(location_precision="authority"),
            [
                f"{FIRM} 'location_precision': 'authority' means that no position is known, and there is one. "
                "Empty lat and lon, or say how exact they are."
            ],
        ),
        (
            firm(location_precision=""),
            [
                f"{FIRM} 'location_precision': nothing says how exact the position is. "
                "Write one of postcode, sector, place."
            ],
        ),
        (
            firm(lat="-2.198", lon="54.503"),
            [
                f"{FIRM} 'lat': the position -2.198, 54.503 lies 7,257 km outside the region's borders. "
                "Latitude and longitude seem to be swapped: exchange lat and lon."
            ],
        ),
        (
            firm(lon="2.198"),
            [
                f"{FIRM} 'lat': the position 54.503, 2.198 lies 239 km outside the region's borders. "
                "A minus sign seems to be missing or too many: the longitude -2.198 lies inside."
            ],
        ),
        (
            firm(lat="54.3"),
            [
                f"{FIRM} 'lat': the position 54.3, -2.198 lies 11 km outside the region's borders. "
                "Correct lat and lon, or leave both empty."
            ],
        ),
        (
            firm(lat="545.03"),
            [
                f"{FIRM} 'lat': the position 545.03, -2.198 is nowhere on Earth. "
                "Correct lat and lon, or leave both empty."
            ],
        ),
        (
            {"places": edit("Carrow", lat="53")},
            [
                "places.csv line 4, column 'lat': the position 53, -2.2 lies 156 km outside the region's borders. "
                "Correct lat and lon."
            ],
        ),
        (
            {"postcode_sectors": edit("NM1", lat="5.45")},
            ["postcode_sectors.csv line 2, column 'lat': 5.45 is below 49. Correct it."],
        ),
        # borders, each rule once more in words; test_check_borders.py has every kind
        (
            {"boundaries": lambda text: text.replace("X00000004", "X00000009")},
            [
                "boundaries.geojson: the border of 'X00000009' belongs to no area of areas.csv, and the area "
                "'X00000004' of areas.csv has no border. Correct the property 'lad_code', delete the border, or add "
                "the area.",
            ],
        ),
        (
            {"boundaries": lambda text: text.replace('"lad_code": "X00000004"', '"code": 4')},
            [
                "boundaries.geojson: feature 4 has no property 'lad_code' that holds a text. "
                "Give it the code of its area."
            ],
        ),
        (
            {"boundaries": on_features(lambda features: features.pop())},
            [
                "boundaries.geojson: the area 'X00000004' of areas.csv has no border in this file. "
                "Add a feature for each, whose property 'lad_code' is its code."
            ],
        ),
        (
            {"boundaries": lambda text: text.replace("X00000004", "X00000003")},
            [
                "boundaries.geojson: 'X00000003' has more than one border. Join them into one MultiPolygon, or "
                "delete one."
            ],
        ),
        (
            {"boundaries": on_features(lambda features: features[1].update(geometry=LINE))},
            [
                "boundaries.geojson: the border of 'X00000002' is a LineString, which is no border. "
                "Make it a Polygon or MultiPolygon."
            ],
        ),
        (
            {"boundaries": lambda text: text.replace("[-2.0, 54.4]", "[400000, 300000]")},
            [
                "boundaries.geojson: features 1, 2 have coordinates beyond 180 degrees of longitude or 90 of latitude. "
                "Export it with coordinates in WGS84. "
                "Coordinates are longitude, then latitude, in degrees (WGS84)."
            ],
        ),
        (
            {"boundaries": on_features(lambda features: features[0].update(geometry=BOW))},
            [
                "boundaries.geojson: the border of 'X00000001' crosses or touches itself at longitude -2.2, latitude "
                "54.5. Mend it: in QGIS the tool is called “Fix geometries”."
            ],
        ),
        (
            {"boundaries": "{"},
            [
                "boundaries.geojson line 1: this is not GeoJSON: it cannot be read beyond character 2 of the line. "
                "Export the file anew from the program that made it."
            ],
        ),
        (
            {"boundaries": "[" * 100_000},
            [
                "boundaries.geojson line 1: this is not GeoJSON: it cannot be read beyond character 1 of the line. "
                "Export the file anew from the program that made it."
            ],
        ),
        (
            {"basemap": '{"type": "Polygon"}'},
            [
                "basemap.geojson: this is not a GeoJSON FeatureCollection. Export it as one; a file without features "
                'is {"type": "FeatureCollection", "features": []}.'
            ],
        ),
        (
            {"basemap": geojson(feature(LINE, layer="river"), feature(LINE), feature(None, layer="railway"), 7)},
            [
                "basemap.geojson: feature 1 has the layer 'river'. Known: neighbour, motorway, railway. "
                "Write one of them as its 'layer'.",
                "basemap.geojson: feature 2 has no property 'layer'. Known: neighbour, motorway, railway. "
                "Write one of them as its 'layer'.",
                "basemap.geojson: features 3, 4 have no properties, or no shape that can be read. "
                "Mend or delete them. Coordinates are longitude, then latitude, in degrees (WGS84).",
            ],
        ),
        # pack.toml
        (
            {"pack": lambda text: text.replace('region = "Northmark"', 'regoin = "Northmark"', 1)},
            [
                "pack.toml: 'region' is missing. Add it: a text in quotation marks.",
                "pack.toml: 'regoin' is not a key that is known. Did you mean 'region'? Rename or delete it.",
            ],
        ),
        (
            {"pack": lambda text: text.replace("2026-06-30", '"30 June"').replace('["inner"]', '["iner"]')},
            [
                "pack.toml: 'as_of' is '30 June'. Write a day without quotation marks, such as 2026-11-01.",
                "pack.toml: 'outlines' names 'iner', which is not in groups.csv. Known: inner, moor-and-dale, coast. "
                "Did you mean 'inner'? Correct it, or leave it out.",
            ],
        ),
        (
            {"pack": lambda text: text.replace('["X00000004"]', '["X4"]')},
            [
                "pack.toml: 'thinly_covered' names 'X4', which is not in areas.csv. Known: X00000001, X00000002, "
                "X00000003, X00000004. Correct it, or leave it out.",
            ],
        ),
        (
            {"pack": lambda text: text.replace("2026-06-30", "2026-11-22").replace("https:", "javascript:")},
            [
                "pack.toml: 'as_of' is 2026-11-22, which is in the future; today is 2026-11-21. Correct the day.",
                "pack.toml: 'correction_address' is 'javascript://example.org/correct?record={id}&name={name}'. "
                "Write an address that starts with mailto: or https://.",
            ],
        ),
        (
            {"pack": lambda text: text.replace('["added_output_2030", "jobs_2030", "jobs"]', '"jobs"')},
            ["pack.toml: 'headline_indicators' is 'jobs'. Write a list of ids, each in quotation marks."],
        ),
        (
            {"pack": lambda text: text.replace("[[licences]]", "[licences]")},
            [
                "pack.toml: 'licences' is '{'text': 'Invented data, free for any use.'}'. "
                'Write blocks headed [[licences]], each with a line text = "...".'
            ],
        ),
        (
            {"pack": lambda text: text.replace('name = "North', 'name "North')},
            ['pack.toml line 2: this cannot be read as TOML. Write lines such as name = "Text".'],
        ),
        ({"pack": None}, ["pack.toml: this file is missing. Add it to the folder."]),
    ],
)
def test_each_rule_says_where_what_and_what_to_do(tmp_path, changes, answers):
    assert faults_of(write_pack(tmp_path, **changes)) == answers


@pytest.mark.parametrize(
    "changes",
    [
        firm(lat="54.39", lon="-2.2"),
        firm(lat="", lon="", location_precision="", lad_code=""),
        {"postcode_sectors": edit("NM9 1", lat="51")},
        {"basemap": geojson()},
        {"pack": lambda text: text.split("[[licences]]")[0].split("correction_address")[0]},
    ],
    ids=["within 2 km", "nowhere known", "sectors across the border", "empty base map", "only what must be said"],
)
def test_what_is_right_is_left_alone(tmp_path, changes):
    assert faults_of(write_pack(tmp_path, **changes)) == []
