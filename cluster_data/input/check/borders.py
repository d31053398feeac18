"""Rules of the borders: each area has one, it encloses something, and what the tables place in the area lies in it.

The rules go from the file itself to its place on the globe and stop at the first that is broken: one fault says what
is odd, and no row is blamed while the borders are in doubt.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely

from cluster_data.input.check.positions import KM_PER_DEGREE
from cluster_data.input.check.references import Sheets
from cluster_data.input.check.shapes import DEGREES, Shapes, features_in_words
from cluster_data.input.faults import Fault, at_most_ten, closest, did_you_mean, sentences, shown
from cluster_data.model.words import listing

CODE = "lad_code"
CODE_LIKE = re.compile(r"lad.*c(?:o?d)?e?$|lad\d*cd|code", re.IGNORECASE)
POLYGONS = ("Polygon", "MultiPolygon")
FEW = 2  # a border is not held against a single position
HALF = 0.5
TINY = 1e-9  # square degrees
WEIGHTY = 0.25  # so much of an area's positions, or a few, make a table worth asking


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


def said(file: str, says: str, advice: str, value: str | None = None) -> Fault:
    """A fault of the whole file."""
    return Fault(file, None, None, value, says, advice)


# ---- the file itself ------------------------------------------------------


def property_faults(boundaries: Shapes, known: list[str] | None) -> Iterator[Fault]:
    """Features that do not say whose border they are; the property that may be meant is named."""
    lacking = [place for place, (about, _) in enumerate(boundaries.features, 1) if code_of(about) is None]
    if not lacking:
        return
    about = [boundaries.features[place - 1][0] for place in lacking]
    has = "have" if len(lacking) > 1 else "has"
    says = f"{features_in_words(lacking)} {has} no property {shown(CODE)} that holds a text."
    meant = property_meant(about, known or [])
    if meant is None:
        advice = f"Give {'each' if len(lacking) > 1 else 'it'} the code of its area."
    else:
        advice = f"The property {shown(meant)} seems to hold the codes: rename it to {shown(CODE)}."
    yield said(boundaries.file, says, advice)


def property_meant(features: Sequence[Mapping[str, Any]], known: list[str]) -> str | None:
    """The property of all these features that holds codes of areas, or whose name says that it holds codes."""
    names = [name for name in features[0] if name != CODE and all(isinstance(one.get(name), str) for one in features)]
    held = {name: sum(one[name] in known for one in features) for name in names}
    best = max(held, key=lambda name: held[name], default=None)
    if best is not None and held[best]:
        return best
    return next((name for name in names if CODE_LIKE.search(name)), None)


def form_faults(boundaries: Shapes, _: list[str] | None) -> Iterator[Fault]:
    """Borders that are no polygon, enclose nothing or cross themselves."""
    if not boundaries.features:
        yield said(boundaries.file, "there is no border in the file.", "Add one for each area of areas.csv.")
    kinds: dict[tuple[str, str], list[str]] = {}
    for about, shape in boundaries.features:
        found = form_fault(shape)
        if found:
            kinds.setdefault(found, []).append(shown(code_of(about) or ""))
    for (says, advice), codes in kinds.items():
        whose = f"the border of {codes[0]}" if len(codes) == 1 else f"each border of {at_most_ten(codes)}"
        yield said(boundaries.file, f"{whose} {says}.", advice)


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
    codes = pd.Series([code_of(about) for about, _ in boundaries.features], dtype="str")
    for code in codes[codes.duplicated()].unique():
        advice = "Join them into one MultiPolygon, or delete one."
        yield said(boundaries.file, f"{shown(code)} has more than one border.", advice, code)


def code_faults(boundaries: Shapes, known: list[str] | None) -> Iterator[Fault]:
    """Borders that belong to no area, and areas without border."""
    if known is None:
        return
    drawn = [code_of(about) or "" for about, _ in boundaries.features]
    strange = [code for code in drawn if code not in known]
    bare = [code for code in known if code not in drawn]
    if strange:
        names = at_most_ten([shown(code) for code in strange])
        whose = f"the border of {names} belongs" if len(strange) == 1 else f"the borders of {names} belong"
        says = f"{whose} to no area of areas.csv{f', and {without_border(bare)}' if bare else ''}."
        near = did_you_mean(closest(strange[0], bare)) if len(strange) == 1 else ""
        advice = sentences(near, f"Correct the property {shown(CODE)}, delete the border, or add the area.")
        yield said(boundaries.file, says, advice, strange[0])
    elif bare:
        advice = f"Add a feature for each, whose property {shown(CODE)} is its code."
        yield said(boundaries.file, f"{without_border(bare)} in this file.", advice, bare[0])


def without_border(codes: list[str]) -> str:
    """The areas that have no border, in words."""
    one = len(codes) == 1
    named = at_most_ten([shown(code) for code in codes])
    return f"the area{'' if one else 's'} {named} of areas.csv {'has' if one else 'have'} no border"


# ---- its place on the globe -----------------------------------------------


def positions(sheets: Sheets, known: list[str]) -> pd.DataFrame:
    """Every position that a table gives with its area: table, lad_code, lat, lon."""
    columns = [CODE, "lat", "lon"]
    found = [sheet.sound(*columns)[columns].assign(table=name) for name, sheet in sheets.items() if sheet.has(*columns)]
    rows = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["table", *columns])
    return rows[rows[CODE].isin(known) & (rows["lat"].abs() <= 90) & (rows["lon"].abs() <= 180)].reset_index(drop=True)


@dataclass(frozen=True, eq=False)
class Borders:
    """Borders by code, ready to be asked what lies in them."""

    codes: np.ndarray
    shapes: np.ndarray
    tree: shapely.STRtree

    @classmethod
    def of(cls, boundaries: Shapes) -> "Borders":
        """The borders of a file."""
        codes = np.array([code_of(about) for about, _ in boundaries.features], object)
        shapes = np.array([shape for _, shape in boundaries.features], object)
        return cls(codes, shapes, shapely.STRtree(shapes))

    def around(self, points: pd.DataFrame, change: "Change | None" = None) -> pd.DataFrame:
        """A row for each position, changed or as it is, and border that it lies in: `place`, `area`, `border`."""
        lon, lat = points["lon"].to_numpy(float), points["lat"].to_numpy(float)
        lon, lat = change(lon, lat) if change else (lon, lat)
        places, found = self.tree.query(shapely.points(lon, lat), predicate="intersects")
        areas = points[CODE].to_numpy(object)[places]
        return pd.DataFrame({"place": places, "area": areas, "border": self.codes[found]})


Change = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
CHANGES: tuple[tuple[Change, str, str], ...] = (
    (
        lambda lon, lat: (lat, lon),
        "Longitude and latitude seem to be exchanged",
        "Exchange the two numbers of each point",
    ),
    (
        lambda lon, lat: (-lon, lat),
        "The longitudes seem to have a minus sign too many or too few",
        "Correct the sign of each longitude",
    ),
    (
        lambda lon, lat: (lon, -lat),
        "The latitudes seem to have a minus sign too many or too few",
        "Correct the sign of each latitude",
    ),
    (
        lambda lon, lat: (-lon, -lat),
        "Longitudes and latitudes seem to have a minus sign too many or too few",
        "Correct the signs of each point",
    ),
    (
        lambda lon, lat: (lat, -lon),
        "Longitude and latitude seem to be exchanged, with a minus sign too many or too few",
        "Exchange the two numbers of each point, and correct their signs",
    ),
    (
        lambda lon, lat: (-lat, lon),
        "Longitude and latitude seem to be exchanged, with a minus sign too many or too few",
        "Exchange the two numbers of each point, and correct their signs",
    ),
)


def place_faults(boundaries: Shapes, points: pd.DataFrame) -> Iterator[Fault]:
    """Borders that do not lie where the tables place what is in them, as one fault."""
    borders = Borders.of(boundaries)
    around = borders.around(points)
    doubted = in_doubt(points, own(around))
    if doubted:
        lost = points[points[CODE].isin(doubted)]
        where, advice = sentences_for(borders, lost, doubted)
        rest = "" if len(doubted) == len(borders.codes) else f" of {at_most_ten([*map(shown, doubted)])}"
        says = f"the borders{rest} do not hold the positions that {told_by(lost)} give there. {where}"
        yield said(boundaries.file, says, f"{advice}, or export the file anew. {DEGREES}", doubted[0])
    elif pair := next(iter(taken_for(around, points)), None):
        one, other = map(shown, pair)
        says = f"the borders of {one} and {other} overlap: most positions in {one} lie in both."
        yield said(boundaries.file, says, "Export the two borders anew.", pair[0])


def own(around: pd.DataFrame) -> pd.Series:
    """The places of the positions that lie in the border of their area."""
    return around.loc[around["area"] == around["border"], "place"]


def in_doubt(points: pd.DataFrame, own: pd.Series) -> list[str]:
    """Areas most of whose positions lie outside, unless a table vouches for the border: others may be wrong too."""
    inside = pd.Series(np.isin(np.arange(len(points)), own))
    by_table = inside.groupby([points[CODE], points["table"]]).agg(["sum", "size"])
    areas = by_table.groupby(CODE).sum()
    of_area = by_table["size"].groupby(level=CODE).transform("sum")
    vouches = (by_table["size"] >= (WEIGHTY * of_area).clip(upper=FEW)) & (by_table["sum"] >= HALF * by_table["size"])
    vouched = set(by_table.index[vouches].get_level_values(CODE))
    lost = areas[(areas["sum"] < HALF * areas["size"]) & (areas["size"] >= FEW)]
    return [code for code in lost.index if code not in vouched]


def told_by(points: pd.DataFrame) -> str:
    """The tables that give positions, in words."""
    return listing([f"{table}.csv" for table in points["table"].unique()])


def sentences_for(borders: Borders, lost: pd.DataFrame, doubted: list[str]) -> tuple[str, str]:
    """What seems to have gone wrong with the borders in doubt, and what to do."""
    for change, says, advice in CHANGES:
        if len(own(borders.around(lost, change))) > HALF * len(lost):
            return f"{says}.", advice
    if pairs := taken_for(borders.around(lost), lost):
        told = listing([f"those of {shown(one)} lie in the border of {shown(other)}" for one, other in pairs[:3]])
        return f"Of the positions, {told}.", f"Correct the property {shown(CODE)}: the borders seem to be exchanged"
    away = [km_away(borders, code, lost) for code in doubted]
    return f"They lie up to {max(away):,.0f} km outside.", "Put the borders in their places"


def taken_for(around: pd.DataFrame, points: pd.DataFrame) -> list[tuple[str, str]]:
    """Areas, each with another area whose border holds most of its positions."""
    others = around[around["area"] != around["border"]]
    if others.empty:
        return []
    sizes = points[CODE].value_counts()
    held = others.groupby(["area", "border"]).size()
    return [(area, border) for (area, border), number in held.items() if number > HALF * max(sizes[area], FEW)]


def km_away(borders: Borders, code: str, lost: pd.DataFrame) -> float:
    """How far most positions of an area lie from its border, in kilometres."""
    shape = borders.shapes[borders.codes == code][0]
    rows = lost[lost[CODE] == code]
    squeeze = np.cos(np.radians(rows["lat"].median()))
    flat = shapely.transform(shape, lambda points: points * [squeeze, 1])
    return float(np.median(shapely.distance(flat, shapely.points(rows["lon"] * squeeze, rows["lat"])))) * KM_PER_DEGREE
