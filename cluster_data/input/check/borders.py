"""Rules of the borders: each area has one, it encloses something, and what the tables place in the area lies in it.

The rules go from the file itself to its place on the globe and stop at the first that is broken: one fault says what
is odd, and no row is blamed while the borders are in doubt.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from cluster_data.input.check.positions import Region
from cluster_data.input.check.references import Sheets
from cluster_data.input.check.shapes import DEGREES, Shapes, features_have
from cluster_data.input.faults import Fault, at_most_ten, closest, did_you_mean, in_quotes
from cluster_data.model.words import listing, sentences

CODE = "lad_code"
CODE_LIKE = re.compile(r"lad.*c(?:o?d)?e?$|lad\d*cd|code", re.IGNORECASE)
FEW = 2  # a border is not held against a single position
HALF = 0.5
TINY = 1e-9  # square degrees
WEIGHTY = 0.25  # so much of an area's positions, or a few, make a table worth asking
SIGNS = "a minus sign too many or too few"

Told = tuple[str, str, str | None]  # what is wrong, what to do, and the value it is about
Turn = tuple[bool, int, int]  # whether longitude and latitude are exchanged, and the signs of both


def border_faults(boundaries: Shapes, sheets: Sheets) -> list[Fault]:
    """What is odd about the borders, as far as they could be read: the first rule that is broken."""
    if boundaries.faults:
        return []
    areas, about = sheets["areas"], [properties for properties, _ in boundaries.features]
    known = list(areas.texts[CODE].dropna()) if areas.whole and areas.has(CODE) else None
    codes = [one[CODE] if isinstance(one.get(CODE), str) else "" for one in about]
    borders = gpd.GeoDataFrame({"border": codes}, geometry=[shape for _, shape in boundaries.features])
    told = (
        without_code(codes, about, known or [])
        or list(ill_formed(borders))
        or [more_than_one(code) for code in dict.fromkeys(codes) if codes.count(code) > 1]
        or (unmatched(codes, known) if known is not None else [])
        or (misplaced(borders, positions(sheets, known)) if known else [])
    )
    return [Fault(boundaries.file, *one) for one in told]


def without_code(codes: list[str], features: Sequence[Mapping[str, Any]], known: list[str]) -> list[Told]:
    """Features that do not say whose border they are; the property that may be meant is named."""
    lacking = [place for place, code in enumerate(codes, 1) if not code]
    if not lacking:
        return []
    advice = f"Give {'it' if len(lacking) == 1 else 'each'} the code of its area."
    if meant := property_meant([features[place - 1] for place in lacking], known):
        advice = f"The property {in_quotes(meant)} seems to hold the codes: rename it to {in_quotes(CODE)}."
    return [(f"{features_have(lacking)} no property {in_quotes(CODE)} that holds a text.", advice, None)]


def property_meant(features: Sequence[Mapping[str, Any]], known: list[str]) -> str | None:
    """The property of all these features that holds codes of areas, or whose name says that it holds codes."""
    names = [name for name in features[0] if name != CODE and all(isinstance(one.get(name), str) for one in features)]
    held = {name: sum(one[name] in known for one in features) for name in names}
    best = max(held, key=lambda name: held[name], default="")
    return best if held.get(best) else next((name for name in names if CODE_LIKE.search(name)), None)


def ill_formed(borders: gpd.GeoDataFrame) -> Iterator[Told]:
    """Borders that are no polygon, enclose nothing or cross themselves, together where they are wrong alike."""
    if borders.empty:
        yield "there is no border in the file.", "Add one for each area of areas.csv.", None
    found = borders.assign(told=[form_fault(shape) for shape in borders.geometry]).dropna(subset="told")
    for (says, advice), codes in found["border"].map(in_quotes).groupby(found["told"], sort=False):
        whose = f"the border of {codes.iloc[0]}" if len(codes) == 1 else f"each border of {at_most_ten(list(codes))}"
        yield f"{whose} {says}.", advice, None


def form_fault(shape: shapely.Geometry) -> tuple[str, str] | None:
    """What is wrong with the form of a border, and what to do."""
    if shape.geom_type not in ("Polygon", "MultiPolygon"):
        return f"is a {shape.geom_type}, which is no border", "Make it a Polygon or MultiPolygon."
    if shape.area < TINY and shapely.make_valid(shape).area < TINY:
        return "encloses nothing", "Export it anew: its points lie on one line or are all the same."
    if not shape.is_valid:
        at = re.search(r"\[([0-9.eE+-]+) ([0-9.eE+-]+)", shapely.is_valid_reason(shape))
        where = f" at longitude {float(at[1]):.5g}, latitude {float(at[2]):.5g}" if at else ""
        return f"crosses or touches itself{where}", "Mend it: in QGIS the tool is called “Fix geometries”."
    return None


def more_than_one(code: str) -> Told:
    """An area with several borders."""
    return f"{in_quotes(code)} has more than one border.", "Join them into one MultiPolygon, or delete one.", code


def unmatched(codes: list[str], known: list[str]) -> list[Told]:
    """Borders that belong to no area, and areas without border."""
    strange, bare = ([one for one in these if one not in those] for these, those in ((codes, known), (known, codes)))
    without = f"the area{'' if len(bare) == 1 else 's'} {at_most_ten([*map(in_quotes, bare)])} of areas.csv "
    without += "has no border" if len(bare) == 1 else "have no border"
    if strange:
        names, single = at_most_ten([*map(in_quotes, strange)]), len(strange) == 1
        whose = f"the border of {names} belongs" if single else f"the borders of {names} belong"
        near = did_you_mean(closest(strange[0], bare)) if single else ""
        advice = sentences(near, f"Correct the property {in_quotes(CODE)}, delete the border, or add the area.")
        return [(f"{whose} to no area of areas.csv{f', and {without}' if bare else ''}.", advice, strange[0])]
    advice = f"Add a feature for each, whose property {in_quotes(CODE)} is its code."
    return [(f"{without} in this file.", advice, bare[0])] if bare else []


def positions(sheets: Sheets, known: list[str]) -> pd.DataFrame:
    """Every position that a table gives with its area: table, lad_code, lat, lon."""
    columns = [CODE, "lat", "lon"]
    found = [sheet.sound(*columns)[columns].assign(table=name) for name, sheet in sheets.items() if sheet.has(*columns)]
    rows = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["table", *columns])
    return rows[rows[CODE].isin(known) & (rows["lat"].abs() <= 90) & (rows["lon"].abs() <= 180)].reset_index(drop=True)


def lying_in(borders: gpd.GeoDataFrame, points: pd.DataFrame, turn: Turn = (False, 1, 1)) -> pd.DataFrame:
    """A row for each position, turned or as it is, and border that it lies in: lad_code, border; index of points."""
    swap, east, north = turn
    lon, lat = points["lon"].astype(float) * east, points["lat"].astype(float) * north
    spots = gpd.points_from_xy(*((lat, lon) if swap else (lon, lat)))
    return gpd.GeoDataFrame(points[[CODE]], geometry=spots).sjoin(borders)[[CODE, "border"]]


def own(around: pd.DataFrame) -> pd.Index:
    """The positions that lie in the border of their area."""
    return around.index[around[CODE] == around["border"]]


def misplaced(borders: gpd.GeoDataFrame, points: pd.DataFrame) -> list[Told]:
    """Borders that do not lie where the tables place what is in them, as one fault."""
    around = lying_in(borders, points)
    if doubted := in_doubt(points, own(around)):
        lost = points[points[CODE].isin(doubted)]
        where, advice = sentences_for(borders, lost, doubted)
        rest = "" if len(doubted) == len(borders) else f" of {at_most_ten([*map(in_quotes, doubted)])}"
        tables = listing([f"{table}.csv" for table in lost["table"].unique()])
        says = f"the borders{rest} do not hold the positions that {tables} give there. {where}"
        return [(says, f"{advice}, or export the file anew. {DEGREES}", doubted[0])]
    pairs = taken_for(around, points)[:1]
    says = "the borders of {} and {} overlap: most positions in {} lie in both."
    return [(says.format(*map(in_quotes, (*pair, pair[0]))), "Export the two borders anew.", pair[0]) for pair in pairs]


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
            return turn_in_words(*turn)
    if pairs := taken_for(lying_in(borders, lost), lost):
        told = [f"those of {in_quotes(one)} lie in the border of {in_quotes(other)}" for one, other in pairs[:3]]
        advice = f"Correct the property {in_quotes(CODE)}: the borders seem to be exchanged"
        return f"Of the positions, {listing(told)}.", advice
    shapes = borders.set_index("border")["geometry"]
    rows = [(shapes[code], lost[lost[CODE] == code]) for code in doubted]
    away = max(np.median(Region.within([shape]).km_beyond(near["lat"], near["lon"])) for shape, near in rows)
    return f"They lie up to {away:,.0f} km outside.", "Put the borders in their places"


def turn_in_words(swap: bool, east: int, north: int) -> tuple[str, str]:
    """What happened to longitudes and latitudes, and what to do."""
    if swap:
        says, advice = "Longitude and latitude seem to be exchanged", "Exchange the two numbers of each point"
        wrong = (east, north) != (1, 1)
        return (f"{says}, with {SIGNS}.", f"{advice}, and correct their signs") if wrong else (f"{says}.", advice)
    if east == north:
        return f"Longitudes and latitudes seem to have {SIGNS}.", "Correct the signs of each point"
    name = "longitude" if east < 0 else "latitude"
    return f"The {name}s seem to have {SIGNS}.", f"Correct the sign of each {name}"


def taken_for(around: pd.DataFrame, points: pd.DataFrame) -> list[tuple[str, str]]:
    """Areas, each with another area whose border holds most of its positions."""
    sizes = points[CODE].value_counts()
    held = around[around[CODE] != around["border"]].groupby([CODE, "border"]).size()
    return [(area, border) for (area, border), number in held.items() if number > HALF * max(sizes[area], FEW)]
