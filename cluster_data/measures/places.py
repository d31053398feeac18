"""Where things are: density by area, points and bubbles, and what lies near a place."""

import math
import re
from dataclasses import dataclass
from itertools import combinations
from operator import itemgetter
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from rapidfuzz import process

from cluster_data.measures.spots import best_ways, kilometres_of_spots, metres, spots_kept, ways
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter
from cluster_data.model.projection import east_north, to_degrees, to_metres
from cluster_data.model.sites import spots

PLACED_TYPES = ("company", "university", "trust", "board", "asset")
LETTERS = {"university": "U", "trust": "N", "board": "N", "asset": "A"}
RANKS = ("city", "town")  # kinds of place that a map names first
NAMES_SHOWN = 5
PARTS_OF_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{0,2})?")
WHOLE_INWARD = 3
SMALL_MAP = 20  # heights of words across the smallest still map
CLOSEST = 0.75  # how near two circles may come, as a share of where they would touch

Bubble = tuple[float, float, int]  # east and north in metres, records


def how_drawn(cluster: Cluster, chosen: Filter) -> dict[str, int]:
    """How many of the records kept are drawn as "point", as "bubble" and as "none"."""
    found = best_ways(cluster, chosen.area_codes(cluster))[chosen.keeps(cluster)]
    return {way: int((found == way).sum()) for way in ("point", "bubble", "none")}


@remembered
def points(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Places known by postcode: record_type, id, name, lat, lon, east, north, said, letter, symbol,
    colour_light, colour_dark.

    What has sites has a row for each, which names both. `letter` is empty for firms; symbol and colours are those of
    the primary D, missing where there is none.
    """
    rows = _all_points(cluster)
    return rows[spots_kept(cluster, chosen)[rows["spot"]]].drop(columns="spot").reset_index(drop=True)


@remembered
def _all_points(cluster: Cluster) -> pd.DataFrame:
    """The frame of points for all records, with their number among the spots."""
    rows = _spots_drawn(cluster, "point", ["record_type", "id", "name", "primary_d"])
    ds = cluster.table("ds")[["id", "label", "symbol", "colour_light", "colour_dark"]]
    rows = rows.merge(ds.rename(columns={"id": "primary_d"}), on="primary_d", how="left")
    rows["said"] = rows["record_type"].map(cluster.labels("record_type")) + " · " + rows["label"].fillna("no D")
    rows["letter"] = rows["record_type"].map(LETTERS).fillna("")
    return rows.drop(columns=["primary_d", "label", "row", "town"])


def _spots_drawn(cluster: Cluster, way: str, columns: list[str]) -> pd.DataFrame:
    """The spots drawn in one way, by name, with these columns of their records.

    And row (in Cluster.records), lat, lon, town, east, north, spot (number); the name tells of the site too.
    """
    keep = ways(cluster) == way
    rows = spots(cluster).loc[keep, ["row", "site", "lat", "lon", "town"]]
    rows[columns] = cluster.records[columns].to_numpy()[rows["row"]]
    rows["name"] = (rows["site"] + " · " + rows["name"]).fillna(rows["name"])
    rows["east"], rows["north"] = metres(cluster)[keep].T
    rows["spot"] = np.flatnonzero(keep)
    return rows.drop(columns="site").sort_values("name", ignore_index=True)


@remembered
def outlined(cluster: Cluster) -> list[str]:
    """Codes of the areas whose common border the pack wants drawn strong."""
    groups = cluster.names("groups")
    return [code for group in cluster.pack.outlines for code in cluster.area_codes[groups[group]]]


@remembered
def outline_groups(cluster: Cluster) -> list[tuple[str, ...]]:
    """The sets of area codes whose border is drawn strong: the pack's outlines, then groups of its outline kind."""
    groups = cluster.table("groups").sort_values("order")
    named = groups["id"].isin(cluster.pack.outlines) | (groups["kind"] == cluster.pack.outline_kind)
    return [cluster.area_codes[label] for label in groups.loc[named, "label"]]


@remembered
def by_rank(cluster: Cluster) -> pd.DataFrame:
    """The places that a map may name, with their rank, 0 for cities: name, rank, lat, lon, east, north (metres)."""
    rows = cluster.table("places")
    rank = rows["kind"].map({kind: rank for rank, kind in enumerate(RANKS)}).fillna(len(RANKS)).astype(int)
    east, north = east_north(rows["lat"], rows["lon"]).T
    return rows[["name", "lat", "lon"]].assign(rank=rank, east=east, north=north)


@remembered
def cities(cluster: Cluster) -> pd.DataFrame:
    """The places large enough to label on a small map: name, lat, lon, east, north (metres)."""
    rows = by_rank(cluster)
    return rows[rows["rank"] == 0].drop(columns="rank").reset_index(drop=True)


@remembered
def bubbles(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """One row per place that stands for several records, most first: lat, lon, east, north, town, records, names.

    `names` holds the first five in words. What has several sites at a place is one record there.
    """
    rows = _all_by_town(cluster)
    rows = rows[spots_kept(cluster, chosen)[rows["spot"]]].drop_duplicates(["place", "row"])
    named: dict[int, list[str]] = {}
    for place, name in zip(rows["place"], rows["name"], strict=True):
        named.setdefault(place, []).append(name)
    table = rows.drop_duplicates("place").drop(columns=["row", "spot", "name"]).sort_values("place")
    names = [named[place] for place in table["place"]]
    more = [f" and {len(of) - NAMES_SHOWN} more" if len(of) > NAMES_SHOWN else "" for of in names]
    said = [", ".join(of[:NAMES_SHOWN]) + rest for of, rest in zip(names, more, strict=True)]
    table = table.drop(columns="place").assign(records=list(map(len, names)), names=said)
    return table.sort_values("records", ascending=False, kind="stable", ignore_index=True)


@remembered
def _all_by_town(cluster: Cluster) -> pd.DataFrame:
    """All that is drawn in bubbles, by name: lat, lon, town, east, north, name, place (number), row, spot."""
    rows = _spots_drawn(cluster, "bubble", ["name"])
    same = rows.groupby(["lat", "lon"])
    rows["place"], rows["town"] = same.ngroup(), same["town"].transform("first").fillna(rows["name"])
    return rows[["lat", "lon", "town", "east", "north", "name", "place", "row", "spot"]]


def gathered(bubbles: pd.DataFrame, span: float) -> pd.DataFrame:
    """The bubbles of a still map that shows so many metres, most records first: east, north, records, members.

    Those that would hide much of one another on a small map are one, in the place of the largest, so that a map counts
    alike in pictures of every size. Members are labels of `bubbles`, the largest first.
    """
    rows = bubbles[["east", "north", "records"]].assign(members=[(label,) for label in bubbles.index])
    waiting = list(rows.itertuples(index=False, name=None))
    apart: list[Any] = []
    while waiting:
        spot = waiting.pop(0)
        near = next((other for other in apart if _room(spot, other) < span / SMALL_MAP), None)
        if near is None:
            apart.append(spot)
        else:
            apart.remove(near)
            less, more = sorted([near, spot], key=itemgetter(2))
            waiting.insert(0, (*more[:2], near[2] + spot[2], more[3] + less[3]))
    table = pd.DataFrame(apart, columns=rows.columns)
    return table.sort_values("records", ascending=False, kind="stable", ignore_index=True)


def room_for(bubbles: pd.DataFrame) -> float:
    """The most metres that words may be high for no numbered circle to hide much of another."""
    pairs = combinations(bubbles[["east", "north", "records"]].itertuples(index=False, name=None), 2)
    return min((_room(*pair) for pair in pairs), default=math.inf)


def _room(one: Bubble, other: Bubble) -> float:
    return math.dist(one[:2], other[:2]) / (CLOSEST * (radius(one[2]) + radius(other[2])))


def radius(records: int) -> float:
    """Half the width of a numbered circle, in heights of words."""
    return 0.55 + 0.12 * float(records) ** 0.5


@remembered
def not_on_map(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Records kept that have no position: record_type, label, records. Offers, investors, partners never have one."""
    keep = _not_on_map(cluster, chosen)
    types, labels = cluster.records["record_type"].to_numpy()[keep], cluster.plurals("record_type")
    counted = {each: int((types == each).sum()) for each in PLACED_TYPES}
    rows = [(each, labels.get(each), number) for each, number in counted.items() if number]
    return pd.DataFrame(rows, columns=["record_type", "label", "records"])


def known_by_area_alone(cluster: Cluster, chosen: Filter) -> int:
    """How many of those that are not on the map have a known area all the same."""
    return int((_not_on_map(cluster, chosen) & cluster.records["lad_code"].notna()).sum())


def _not_on_map(cluster: Cluster, chosen: Filter) -> np.ndarray:
    keep = chosen.keeps(cluster) & cluster.holds("record_type", PLACED_TYPES)
    return keep & (best_ways(cluster, chosen.area_codes(cluster)) == "none")


def how_near_known(near: pd.DataFrame) -> tuple[int, int]:
    """Of the records of `near`, how many are placed exactly, at one of their sites at least, and how many are not."""
    roughly = near.groupby(["record_type", "id"])["approximate"].all()
    return int((~roughly).sum()), int(roughly.sum())


def in_town(cluster: Cluster, chosen: Filter, town: str) -> pd.DataFrame:
    """The records known only to be in a town: the columns of Cluster.records."""
    rows = _all_by_town(cluster)
    here = (rows["town"] == town) & spots_kept(cluster, chosen)[rows["spot"]]
    return cluster.records.iloc[rows.loc[here, "row"].unique()].sort_values("name")


@remembered
def towns(cluster: Cluster) -> tuple[str, ...]:
    """The towns at which a map draws numbered circles, by name."""
    return tuple(sorted(_all_by_town(cluster)["town"].unique()))


def spots_of(cluster: Cluster, chosen: Filter, marked: str) -> tuple[tuple[float, float], ...]:
    """Where the map of a choice draws a record, by its id, or a town: latitudes and longitudes."""
    keep, rows = spots_kept(cluster, chosen), spots(cluster)
    by_town = _all_by_town(cluster)
    found = by_town.loc[(by_town["town"] == marked) & keep[by_town["spot"]], ["lat", "lon"]]
    if found.empty:
        own = cluster.holds("id", [marked])[rows["row"]]
        found = rows.loc[keep & own, ["lat", "lon"]]
    return tuple(found.drop_duplicates().itertuples(index=False, name=None))


@dataclass(frozen=True)
class Place:
    """A point with a name. `said` tells how exact it is; `lad_code` may lie outside the region or be unknown."""

    name: str
    lat: float
    lon: float
    said: str
    lad_code: str = ""
    exact: bool = False


def find_place(cluster: Cluster, text: str) -> tuple[Place | None, list[str]]:
    """The place a reader means by a postcode, part of one, or the name of a town or an authority.

    If there is none, the closest names known.
    """
    asked = " ".join(text.split())
    found = _by_postcode(cluster, asked) or _by_name(cluster, asked) or _by_area(cluster, asked)
    if found or not asked:
        return found, []
    names = pd.concat([cluster.table("places")["name"], cluster.table("areas")["name"]])
    known = dict(zip(names, names.str.casefold(), strict=True))
    return None, [name for _, _, name in process.extract(asked.casefold(), known, limit=3, score_cutoff=75)]


def _by_postcode(cluster: Cluster, asked: str) -> Place | None:
    """The sector of a postcode, whole or begun; of a whole one whose sector is not known, its district."""
    parts = PARTS_OF_POSTCODE.fullmatch(asked.replace("-", " ").upper())
    if not parts:
        return None
    district, inward = parts.groups()
    codes = cluster.table("postcode_sectors").set_index("code")
    sector = f"{district} {inward[0]}" if inward else district
    if not inward and district not in codes.index:
        sector = f"{district[:-1]} {district[-1]}"
    found = district if sector not in codes.index and inward and len(inward) == WHOLE_INWARD else sector
    if found not in codes.index:
        return None
    row = codes.loc[found]
    said = f"the middle of postcode {'sector' if row['precision'] == 'sector' else 'district'} {found}"
    if found != sector:
        said += f", as its sector {sector} is not known here"
    return Place(found, float(row["lat"]), float(row["lon"]), said, row["lad_code"])


def _by_name(cluster: Cluster, asked: str) -> Place | None:
    places = cluster.table("places")
    aliases = cluster.many("places", "aliases")
    known_as = aliases.loc[aliases["value"].str.casefold() == asked.casefold(), "row"]
    rows = places[(places["name"].str.casefold() == asked.casefold()) | places.index.isin(known_as)]
    if rows.empty:
        return None
    row = rows.iloc[0]
    area = cluster.area_names.get(row["lad_code"], "")
    said = f"the middle of {row['name']}" + (f", {area}" if area != row["name"] else "")
    return Place(row["name"], float(row["lat"]), float(row["lon"]), said, row["lad_code"])


def _by_area(cluster: Cluster, asked: str) -> Place | None:
    known = {name.casefold(): code for code, name in cluster.area_names.items()}
    code = known.get(asked.casefold(), "")
    middles = middles_of_areas(cluster)
    if code not in middles.index:
        return None
    name, middle = cluster.area_names[code], middles.loc[code]
    return Place(name, float(middle["lat"]), float(middle["lon"]), f"the middle of the whole of {name}", code)


@remembered
def middles_of_areas(cluster: Cluster) -> pd.DataFrame:
    """A point inside every area whose border the pack holds: lat, lon (WGS84 degrees), by lad_code."""
    borders = gpd.GeoDataFrame.from_features(cluster.geojson("boundaries"))
    inside = to_degrees(shapely.point_on_surface(to_metres(borders.geometry)))
    return pd.DataFrame({"lat": shapely.get_y(inside), "lon": shapely.get_x(inside)}, index=borders["lad_code"])


def near(cluster: Cluster, chosen: Filter, place: Place, within_km: float) -> pd.DataFrame:
    """What stands within a distance, nearest first: record_type, id, name, site, town, lad_code, primary_d,
    year, km, approximate.

    What has several sites near has a row for each, with the name and the year of the site. Distances are straight
    lines on the British National Grid (EPSG:27700), in kilometres.
    """
    km = kilometres_of_spots(cluster, place.lat, place.lon)
    rows = spots(cluster).assign(km=km, approximate=ways(cluster) == "bubble")
    rows = rows[spots_kept(cluster, chosen) & (km <= within_km)]
    of_record = ["record_type", "id", "name", "primary_d"]
    rows[of_record] = cluster.records[of_record].to_numpy()[rows["row"]]
    columns = ["record_type", "id", "name", "site", "town", "lad_code", "primary_d", "year", "km", "approximate"]
    return rows.sort_values(["km", "name", "site"])[columns].reset_index(drop=True)


def geojson(rows: pd.DataFrame) -> str:
    """The rows that have a position, as GeoJSON points with their other columns as properties."""
    placed = rows[rows["lat"].notna() & rows["lon"].notna()]
    points = gpd.points_from_xy(placed["lon"], placed["lat"])
    return str(gpd.GeoDataFrame(placed.drop(columns=["lat", "lon"]), geometry=points).to_json(na="null"))
