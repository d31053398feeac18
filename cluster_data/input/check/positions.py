"""Rules of places on the map: positions are whole, as exact as they claim, and within the region."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike

from cluster_data.input.faults import Fault
from cluster_data.input.sheets import Sheet

MARGIN_KM = 2
KM_PER_DEGREE = 111.2
WITH_POSITION = ("postcode", "sector", "place")
WITHOUT_POSITION = ("authority",)


def precision_faults(sheet: Sheet) -> Iterator[Fault]:
    """Precisions that do not fit: a position is missing, or is there and should not be."""
    column = "location_precision"
    rows = sheet.sound("lat", "lon", column)
    precision, placed = rows[column], rows["lat"].notna() & rows["lon"].notna()
    unplaced = rows["lat"].isna() & rows["lon"].isna()
    says = "{} needs a position, and there is none."
    lacking = precision[precision.isin(WITH_POSITION) & unplaced]
    yield from sheet.each(lacking, says, "Give lat and lon, or empty this cell.")
    says = "{} means that no position is known, and there is one."
    known = precision[precision.isin(WITHOUT_POSITION) & placed]
    yield from sheet.each(known, says, "Empty lat and lon, or say how exact they are.")
    says, advice = "nothing says how exact the position is.", f"Write one of {', '.join(WITH_POSITION)}."
    yield from sheet.each(precision[precision.isna() & placed], says, advice)


@dataclass(frozen=True, eq=False)
class Region:
    """The region and a margin, on a plane where a degree is as long each way: `squeeze` narrows longitudes."""

    around: shapely.Geometry
    squeeze: float

    @classmethod
    def within(cls, borders: list[shapely.Geometry]) -> "Region":
        """The region that the borders enclose."""
        whole = shapely.union_all(shapely.make_valid(borders))
        squeeze = math.cos(math.radians(shapely.centroid(whole).y))
        plane = shapely.transform(whole, lambda points: points * [squeeze, 1])
        around = shapely.buffer(plane, MARGIN_KM / KM_PER_DEGREE)
        shapely.prepare(around)
        return cls(around, squeeze)

    def holds(self, lat: ArrayLike, lon: ArrayLike) -> np.ndarray:
        """Which positions lie in the region or within the margin."""
        return shapely.contains_xy(self.around, np.asarray(lon, float) * self.squeeze, np.asarray(lat, float))

    def km_beyond(self, lat: ArrayLike, lon: ArrayLike) -> np.ndarray:
        """How far positions beyond the margin lie from the region's borders."""
        spots = shapely.points(np.asarray(lon, float) * self.squeeze, np.asarray(lat, float))
        return shapely.distance(self.around, spots) * KM_PER_DEGREE + MARGIN_KM


def outside_faults(sheet: Sheet, region: Region) -> Iterator[Fault]:
    """Positions beyond the borders of the region."""
    rows = sheet.sound("lat", "lon").dropna(subset=["lat", "lon"])
    may_be_empty = sheet.columns["lat"].nullable
    beyond = rows[~region.holds(rows["lat"], rows["lon"])]
    for line, lat, lon in zip(beyond.index, beyond["lat"], beyond["lon"], strict=True):
        value = ", ".join(sheet.texts.loc[line, ["lat", "lon"]])
        yield sheet.fault(line, "lat", value, *beyond_in_words(region, value, lat, lon, may_be_empty))


def beyond_in_words(region: Region, value: str, lat: float, lon: float, may_be_empty: bool) -> tuple[str, str]:
    """Where a position lies instead, and what may have gone wrong."""
    if abs(lat) <= 90 and abs(lon) <= 180:
        says = f"the position {value} lies {region.km_beyond(lat, lon):,.0f} km outside the region's borders."
    else:
        says = f"the position {value} is nowhere on Earth."
    if region.holds(lon, lat):
        return says, "Latitude and longitude seem to be swapped: exchange lat and lon."
    if region.holds(lat, -lon):
        return says, f"A minus sign seems to be missing or too many: the longitude {-lon:g} lies inside."
    return says, "Correct lat and lon, or leave both empty." if may_be_empty else "Correct lat and lon."


def position_faults(sheet: Sheet, region: Region | None) -> Iterator[Fault]:
    """What is wrong with the positions of one table, if it has any."""
    yield from precision_faults(sheet)
    if region is not None and sheet.has("lat", "lon") and sheet.model.trait("inside_region"):
        yield from outside_faults(sheet, region)
