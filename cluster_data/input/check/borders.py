"""Rules of the borders: each area has one, it encloses something, and what the tables place in the area lies in it.

The rules go from the file itself to its place on the globe and stop at the first that is broken: one fault says what
is odd, and no row is blamed while the borders are in doubt.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from cluster_data.input.check.positions import KM_PER_DEGREE
from cluster_data.input.check.references import Sheets
from cluster_data.input.check.shapes import DEGREES, Shapes, features_have
from cluster_data.input.faults import Fault, at_most_ten, closest, did_you_mean, in_quotes, of_file
from cluster_data.model.words import listing, sentences

CODE = "lad_code"
CODE_LIKE = re.compile(r"lad.*c(?:o?d)?e?$|lad\d*cd|code", re.IGNORECASE)
POLYGONS = ("Polygon", "MultiPolygon")
FEW = 2  # a border is not held against a single position
HALF = 0.5
TINY = 1e-9  # square degrees
WEIGHTY = 0.25  # so much of an area's positions, or a few, make a table worth asking

Turn = tuple[bool, int, int]  # whether longitude and latitude are exchanged, and the signs of both
AS_IT_IS: Turn = (False, 1, 1)


def border_faults(boundaries: Shapes, sheets: Sheets) -> Iterator[Fault]:
    """What is odd about the borders, as far as they could be read: the first rule that is broken."""
    if boundaries.faults:
        return
    areas = sheets["areas"]
    known = list(areas.texts[CODE].dropna()) if areas.whole and areas.has(CODE) else None
    for rule in (property_faults, form_faults, twin_faults, code_faults):
        faults = list(rule(boundaries, known))
        if faults:
            yield from faults
            return
    if known:
        yield from place_faults(boundaries, positions(sheets, known))


def code_of(properties: Mapping[str, Any]) -> str | None:
    """The area that a border belongs to."""
    code = properties.get(CODE)
    return code if isinstance(code, str) and code else None


def property_faults(boundaries: Shapes, known: list[str] | None) -> Iterator[Fault]:
    """Features that do not say whose border they are; the property that may be meant is named."""
    lacking = {place: about for place, (about, _) in enumerate(boundaries.features, 1) if code_of(about) is None}
    if lacking:
        says = f"{features_have([*lacking])} no property {in_quotes(CODE)} that holds a text."
        advice = f"Give {'it' if len(lacking) == 1 else 'each'} the code of its area."
        if meant := property_meant([*lacking.values()], known or []):
            advice = f"The property {in_quotes(meant)} seems to hold the codes: rename it to {in_quotes(CODE)}."
        yield of_file(boundaries.file, says, advice)


def property_meant(features: Sequence[Mapping[str, Any]], known: list[str]) -> str | None:
    """The property of all these features that holds codes of areas, or whose name says that it holds codes."""
    names = [name for name in features[0] if name != CODE and all(isinstance(one.get(name), str) for one in features)]
    held = {name: sum(one[name] in known for one in features) for name in names}
    best = max(held, key=lambda name: held[name], default="")
    return best if held.get(best) else next((name for name in names if CODE_LIKE.search(name)), None)


def form_faults(boundaries: Shapes, _: list[str] | None) -> Iterator[Fault]:
    """Borders that are no polygon, enclose nothing or cross themselves."""
    if not boundaries.features:
        yield of_file(boundaries.file, "there is no border in the file.", "Add one for each area of areas.csv.")
    kinds: dict[tuple[str, str], list[str]] = {}
    for about, shape in boundaries.features:
        found = form_fault(shape)
        if found:
            kinds.setdefault(found, []).append(in_quotes(code_of(about) or ""))
    for (says, advice), codes in kinds.items():
        whose = f"the border of {codes[0]}" if len(codes) == 1 else f"each border of {at_most_ten(codes)}"
        yield of_file(boundaries.file, f"{whose} {says}.", advice)


def form_fault(shape: shapely.Geometry) -> tuple[str, str] | None:
    """What is wrong with the form of a border, and what to do."""
    if shape.geom_type not in POLYGONS:
        return f"is a {shape.geom_type}, which is no border", "Make it a Polygon or MultiPolygon."
    if shape.area < TINY and shapely.make_valid(shape).area < TINY:
        return "encloses nothing", "Export it anew: its points lie on one line or are all the same."
    if not shape.is_valid:
        reason = shapely.is_valid_reason(shape)
        at = re.search(r"\[([0-9.eE+-]+) ([0-9.eE+-]+)", reason)
        where = f" at longitude {float(at[1]):.5g}, latitude {float(at[2]):.5g}" if at else ""
        return f"crosses or touches itself{where}", "Mend it: in QGIS the tool is called “Fix geometries”."
    return None


def twin_faults(boundaries: Shapes, _: list[str] | None) -> Iterator[Fault]:
    """Areas with two borders."""
    for code, times in Counter(code_of(about) for about, _ in boundaries.features).items():
        if times > 1:
            advice = "Join them into one MultiPolygon, or delete one."
            yield of_file(boundaries.file, f"{in_quotes(code or '')} has more than one border.", advice, code)


def code_faults(boundaries: Shapes, known: list[str] | None) -> Iterator[Fault]:
    """Borders that belong to no area, and areas without border."""
    if known is None:
        return
    drawn = [code_of(about) or "" for about, _ in boundaries.features]
    strange = [code for code in drawn if code not in known]
    bare = [code for code in known if code not in drawn]
    named, one = at_most_ten([in_quotes(code) for code in bare]), len(bare) == 1
    without = f"the area{'' if one else 's'} {named} of areas.csv {'has' if one else 'have'} no border"
    if strange:
        names, single = at_most_ten([in_quotes(code) for code in strange]), len(strange) == 1
        whose = f"the border of {names} belongs" if single else f"the borders of {names} belong"
        near = did_you_mean(closest(strange[0], bare)) if single else ""
        advice = sentences(near, f"Correct the property {in_quotes(CODE)}, delete the border, or add the area.")
        says = f"{whose} to no area of areas.csv{f', and {without}' if bare else ''}."
        yield of_file(boundaries.file, says, advice, strange[0])
    elif bare:
        advice = f"Add a feature for each, whose property {in_quotes(CODE)} is its code."
        yield of_file(boundaries.file, f"{without} in this file.", advice, bare[0])


def positions(sheets: Sheets, known: list[str]) -> pd.DataFrame:
    """Every position that a table gives with its area: table, lad_code, lat, lon."""
    columns = [CODE, "lat", "lon"]
    found = [sheet.sound(*columns)[columns].assign(table=name) for name, sheet in sheets.items() if sheet.has(*columns)]
    rows = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["table", *columns])
    return rows[rows[CODE].isin(known) & (rows["lat"].abs() <= 90) & (rows["lon"].abs() <= 180)].reset_index(drop=True)


def lying_in(borders: gpd.GeoDataFrame, points: pd.DataFrame, turn: Turn = AS_IT_IS) -> pd.DataFrame:
    """A row for each position, turned or as it is, and border that it lies in: lad_code, border; index of points."""
    swap, east, north = turn
    lon, lat = points["lon"].astype(float) * east, points["lat"].astype(float) * north
    spots = gpd.points_from_xy(*((lat, lon) if swap else (lon, lat)))
    return gpd.GeoDataFrame(points[[CODE]], geometry=spots).sjoin(borders)[[CODE, "border"]]


def place_faults(boundaries: Shapes, points: pd.DataFrame) -> Iterator[Fault]:
    """Borders that do not lie where the tables place what is in them, as one fault."""
    codes, shapes = zip(*((code_of(about), shape) for about, shape in boundaries.features), strict=True)
    borders = gpd.GeoDataFrame({"border": codes}, geometry=list(shapes))
    around = lying_in(borders, points)
    doubted = in_doubt(points, own(around))
    if doubted:
        lost = points[points[CODE].isin(doubted)]
        where, advice = sentences_for(borders, lost, doubted)
        rest = "" if len(doubted) == len(borders) else f" of {at_most_ten([*map(in_quotes, doubted)])}"
        tables = listing([f"{table}.csv" for table in lost["table"].unique()])
        says = f"the borders{rest} do not hold the positions that {tables} give there. {where}"
        yield of_file(boundaries.file, says, f"{advice}, or export the file anew. {DEGREES}", doubted[0])
    elif pair := next(iter(taken_for(around, points)), None):
        one, other = map(in_quotes, pair)
        says = f"the borders of {one} and {other} overlap: most positions in {one} lie in both."
        yield of_file(boundaries.file, says, "Export the two borders anew.", pair[0])


def own(around: pd.DataFrame) -> pd.Index:
    """The positions that lie in the border of their area."""
    return around.index[around[CODE] == around["border"]]


def in_doubt(points: pd.DataFrame, own: pd.Index) -> list[str]:
    """Areas most of whose positions lie outside, unless a table vouches for the border: others may be wrong too."""
    inside = pd.Series(points.index.isin(own), points.index)
    by_table = inside.groupby([points[CODE], points["table"]]).agg(["sum", "size"])
    areas = by_table.groupby(CODE).sum()
    of_area = by_table["size"].groupby(level=CODE).transform("sum")
    vouches = (by_table["size"] >= (WEIGHTY * of_area).clip(upper=FEW)) & (by_table["sum"] >= HALF * by_table["size"])
    vouched = set(by_table.index[vouches].get_level_values(CODE))
    lost = areas[(areas["sum"] < HALF * areas["size"]) & (areas["size"] >= FEW)]
    return [code for code in lost.index if code not in vouched]


def sentences_for(borders: gpd.GeoDataFrame, lost: pd.DataFrame, doubted: list[str]) -> tuple[str, str]:
    """What seems to have gone wrong with the borders in doubt, and what to do."""
    for turn in product((False, True), (1, -1), (1, -1)):
        if len(own(lying_in(borders, lost, turn))) > HALF * len(lost):
            return turn_in_words(turn)
    if pairs := taken_for(lying_in(borders, lost), lost):
        told = listing(
            [f"those of {in_quotes(one)} lie in the border of {in_quotes(other)}" for one, other in pairs[:3]]
        )
        return f"Of the positions, {told}.", f"Correct the property {in_quotes(CODE)}: the borders seem to be exchanged"
    shapes = borders.set_index("border")["geometry"]
    away = [km_away(shapes[code], lost[lost[CODE] == code]) for code in doubted]
    return f"They lie up to {max(away):,.0f} km outside.", "Put the borders in their places"


def turn_in_words(turn: Turn) -> tuple[str, str]:
    """What happened to longitudes and latitudes, and what to do."""
    swap, east, north = turn
    signs = "a minus sign too many or too few"
    if swap:
        says, advice = "Longitude and latitude seem to be exchanged", "Exchange the two numbers of each point"
        if (east, north) == (1, 1):
            return f"{says}.", advice
        return f"{says}, with {signs}.", f"{advice}, and correct their signs"
    if east == north:
        return f"Longitudes and latitudes seem to have {signs}.", "Correct the signs of each point"
    name = "longitude" if east < 0 else "latitude"
    return f"The {name}s seem to have {signs}.", f"Correct the sign of each {name}"


def taken_for(around: pd.DataFrame, points: pd.DataFrame) -> list[tuple[str, str]]:
    """Areas, each with another area whose border holds most of its positions."""
    sizes = points[CODE].value_counts()
    held = around[around[CODE] != around["border"]].groupby([CODE, "border"]).size()
    return [(area, border) for (area, border), number in held.items() if number > HALF * max(sizes[area], FEW)]


def km_away(border: shapely.Geometry, rows: pd.DataFrame) -> float:
    """How far most positions of an area lie from its border, in kilometres."""
    squeeze = np.cos(np.radians(rows["lat"].median()))
    flat = shapely.transform(border, lambda points: points * [squeeze, 1])
    return float(np.median(shapely.distance(flat, shapely.points(rows["lon"] * squeeze, rows["lat"])))) * KM_PER_DEGREE
