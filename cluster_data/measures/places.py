"""Where things are: density by area, points and bubbles, and what lies near a place."""

import math
import re
from dataclasses import dataclass
from itertools import combinations
from operator import itemgetter

import geopandas as gpd
import numpy as np
import pandas as pd
from rapidfuzz import process

from cluster_data.cluster import Cluster, remembered
from cluster_data.filters import Filter
from cluster_data.measures.counts import firms_by_area

POINT = "postcode"
BUBBLES = ("sector", "place")
PLACED_SORTS = ("company", "university", "trust", "board", "asset")
LETTERS = {"university": "U", "trust": "N", "board": "N", "asset": "A"}
RANKS = ("city", "town")  # kinds of place that a map names first
METRES = 27700
NAMES_SHOWN = 5
PARTS_OF_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{0,2})?")
WHOLE_INWARD = 3
DEGREES = 4326
SMALL_MAP = 20  # heights of words across the smallest still map
CLOSEST = 0.75  # how near two circles may come, as a share of where they would touch

Bubble = tuple[float, float, int]  # east and north in metres, records


@remembered
def firms_per_100_000(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """One row per area, most firms per resident first: lad_code, label, firms, population, population_year,
    rate, step.

    `rate` is firms per 100,000 residents; `step` is its shade: 0 for no firms, then fifths from 1 to 5. Source: the
    pack's companies and the population column of areas.csv.
    """
    firms = firms_by_area(cluster, chosen).dropna(subset="lad_code")[["lad_code", "label", "all"]]
    areas = cluster.table("areas")[["lad_code", "population", "population_year"]]
    rows = firms.rename(columns={"all": "firms"}).merge(areas)
    rows["rate"] = (rows["firms"] / rows["population"].astype(float) * 100_000).astype(float)
    some = rows.loc[rows["firms"] > 0, "rate"].rank(pct=True)
    rows["step"] = (some * 5).map(math.ceil).reindex(rows.index, fill_value=0)
    return rows.sort_values(["rate", "label"], ascending=[False, True]).reset_index(drop=True)


@remembered
def drawn(cluster: Cluster) -> np.ndarray:
    """For each row of Cluster.records, how the map draws it: "point", "bubble" or "none"."""
    rows = cluster.records
    placed = (rows["lat"].notna() & rows["lon"].notna()).to_numpy()
    bubble = placed & cluster.holds("precision", BUBBLES)
    return np.select([placed & cluster.holds("precision", [POINT]), bubble], ["point", "bubble"], "none")


def positions(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Every record kept: the columns of Cluster.records, and drawn ("point", "bubble" or "none")."""
    keep = chosen.keeps(cluster)
    return cluster.records[keep].assign(drawn=drawn(cluster)[keep])


def how_drawn(cluster: Cluster, chosen: Filter) -> dict[str, int]:
    """How many of the records kept are drawn as "point", as "bubble" and as "none"."""
    ways = drawn(cluster)[chosen.keeps(cluster)]
    return {way: int((ways == way).sum()) for way in ("point", "bubble", "none")}


@remembered
def metres(cluster: Cluster) -> np.ndarray:
    """East and north of every record on the British National Grid (EPSG:27700), in metres; shape (records, 2).

    Missing without a position.
    """
    rows = cluster.records
    where = gpd.GeoSeries(gpd.points_from_xy(rows["lon"], rows["lat"]), crs=DEGREES).to_crs(METRES)
    return np.where(rows[["lat", "lon"]].notna(), np.column_stack([where.x, where.y]), np.nan)


def kilometres_from(cluster: Cluster, lat: float, lon: float) -> np.ndarray:
    """Straight-line distance of every record from a point, in kilometres to one decimal; missing without a position."""
    centre = gpd.GeoSeries(gpd.points_from_xy([lon], [lat]), crs=DEGREES).to_crs(METRES).iloc[0]
    return (np.hypot(*(metres(cluster) - [centre.x, centre.y]).T) / 1000).round(1)


@remembered
def points(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Records placed by postcode: sort, id, name, lat, lon, east, north, said, letter, symbol,
    colour_light, colour_dark.

    `letter` is empty for firms; symbol and colours are those of the primary D, missing where there is none.
    """
    rows = _all_points(cluster)
    return rows[chosen.keeps(cluster)[rows["row"]]].drop(columns="row").reset_index(drop=True)


@remembered
def _all_points(cluster: Cluster) -> pd.DataFrame:
    """The frame of points for all records, with their row in Cluster.records."""
    keep = drawn(cluster) == "point"
    rows = cluster.records.loc[keep, ["sort", "id", "name", "lat", "lon", "primary_d"]]
    rows["east"], rows["north"] = metres(cluster)[keep].T
    rows["row"] = np.flatnonzero(keep)
    ds = cluster.table("ds")[["id", "label", "symbol", "colour_light", "colour_dark"]]
    rows = rows.merge(ds.rename(columns={"id": "primary_d"}), on="primary_d", how="left")
    rows["said"] = rows["sort"].map(cluster.labels("sort")) + " · " + rows["label"].fillna("no D")
    rows["letter"] = rows["sort"].map(LETTERS).fillna("")
    return rows.drop(columns=["primary_d", "label"]).sort_values("name", ignore_index=True)


@remembered
def outlined(cluster: Cluster) -> list[str]:
    """Codes of the areas whose common border the pack wants drawn strong."""
    groups = cluster.table("groups").set_index("id")["label"]
    return [code for group in cluster.pack.outlines for code in cluster.area_codes[groups[group]]]


@remembered
def outline_groups(cluster: Cluster) -> list[tuple[str, ...]]:
    """The sets of area codes whose border is drawn strong: the pack's outlines, then groups of its outline kind."""
    groups = cluster.table("groups").sort_values("order")
    named = groups["id"].isin(cluster.pack.outlines) | (groups["kind"] == cluster.pack.outline_kind)
    return [cluster.area_codes[label] for label in groups.loc[named, "label"]]


def density_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """The table of firms_per_100_000 as readers see it."""
    columns = {
        "label": "Area",
        "firms": "Firms",
        "population": "Residents",
        "population_year": "Year of residents",
        "rate": "Firms per 100,000 residents",
    }
    rows = table[list(columns)].rename(columns=columns)
    rows["Firms per 100,000 residents"] = rows["Firms per 100,000 residents"].round(2)
    return rows


@remembered
def by_rank(cluster: Cluster) -> pd.DataFrame:
    """The places that a map may name, with their rank, 0 for cities: name, rank, lat, lon, east, north (metres)."""
    rows = cluster.table("places")
    rank = rows["kind"].map({kind: rank for rank, kind in enumerate(RANKS)}).fillna(len(RANKS)).astype(int)
    where = gpd.GeoSeries(gpd.points_from_xy(rows["lon"], rows["lat"]), crs=DEGREES).to_crs(METRES)
    return rows[["name", "lat", "lon"]].assign(rank=rank, east=where.x, north=where.y)


@remembered
def cities(cluster: Cluster) -> pd.DataFrame:
    """The places large enough to label on a small map: name, lat, lon, east, north (metres)."""
    rows = by_rank(cluster)
    return rows[rows["rank"] == 0].drop(columns="rank").reset_index(drop=True)


@remembered
def bubbles(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """One row per place that stands for several records, most first: lat, lon, east, north, town, records, names.

    `names` holds the first five in words.
    """
    rows = _all_by_town(cluster)
    rows = rows[chosen.keeps(cluster)[rows["row"]]]
    named: dict[int, list[str]] = {}
    for place, name in zip(rows["place"], rows["name"], strict=True):
        named.setdefault(place, []).append(name)
    table = rows.drop_duplicates("place").drop(columns=["row", "name"]).sort_values("place")
    table["records"] = [len(named[place]) for place in table["place"]]
    table["names"] = [_first_names(named[place]) for place in table["place"]]
    table = table.drop(columns="place")
    return table.sort_values("records", ascending=False, kind="stable", ignore_index=True)


def _first_names(names: list[str]) -> str:
    more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
    return ", ".join(names[:NAMES_SHOWN]) + more


@remembered
def _all_by_town(cluster: Cluster) -> pd.DataFrame:
    """All records drawn in bubbles, by name: lat, lon, town, east, north, name, place (number), row in the records."""
    keep = drawn(cluster) == "bubble"
    rows = cluster.records.loc[keep, ["lat", "lon", "town", "name"]]
    rows["east"], rows["north"] = metres(cluster)[keep].T
    rows["row"], rows["place"] = np.flatnonzero(keep), rows.groupby(["lat", "lon"]).ngroup()
    columns = ["lat", "lon", "town", "east", "north", "name", "place", "row"]
    return rows.sort_values("name")[columns]


def gathered(bubbles: pd.DataFrame, span: float) -> pd.DataFrame:
    """The bubbles of a still map that shows so many metres, most records first: east, north, records.

    Those that would hide much of one another on a small map are one, in the place of the largest, so that a map counts
    alike in pictures of every size.
    """
    waiting = list(bubbles[["east", "north", "records"]].itertuples(index=False, name=None))
    apart: list[Bubble] = []
    while waiting:
        spot = waiting.pop(0)
        near = next((other for other in apart if _room(spot, other) < span / SMALL_MAP), None)
        if near is None:
            apart.append(spot)
        else:
            apart.remove(near)
            east, north, _ = max(near, spot, key=itemgetter(2))
            waiting.insert(0, (east, north, near[2] + spot[2]))
    table = pd.DataFrame(apart, columns=["east", "north", "records"])
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
    """Records kept that have no position: sort, label, records. Offers, investors and partners have none by nature."""
    keep = chosen.keeps(cluster) & (drawn(cluster) == "none") & cluster.holds("sort", PLACED_SORTS)
    sorts, labels = cluster.records["sort"].to_numpy()[keep], cluster.plurals("sort")
    counted = {sort: int((sorts == sort).sum()) for sort in PLACED_SORTS}
    rows = [(sort, labels.get(sort), number) for sort, number in counted.items() if number]
    return pd.DataFrame(rows, columns=["sort", "label", "records"])


def at_place(cluster: Cluster, chosen: Filter, lat: float, lon: float) -> pd.DataFrame:
    """The records that share one approximate position: the columns of Cluster.records."""
    rows = positions(cluster, chosen)
    return rows[(rows["drawn"] == "bubble") & (rows["lat"] == lat) & (rows["lon"] == lon)].sort_values("name")


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
    known = _names(cluster)
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


def _names(cluster: Cluster) -> dict[str, str]:
    known = pd.concat([cluster.table("places")["name"], cluster.table("areas")["name"]])
    return dict(zip(known, known.str.casefold(), strict=True))


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
    borders = gpd.GeoDataFrame.from_features(cluster.geojson("boundaries"), crs=DEGREES)
    inside = borders.to_crs(METRES).representative_point().to_crs(DEGREES)
    return pd.DataFrame({"lat": inside.y.to_numpy(), "lon": inside.x.to_numpy()}, index=borders["lad_code"])


def near(cluster: Cluster, chosen: Filter, place: Place, within_km: float) -> pd.DataFrame:
    """Records within a distance, nearest first: sort, id, name, town, primary_d, precision, km, approximate.

    Distances are straight lines on the British National Grid (EPSG:27700), in kilometres.
    """
    keep = chosen.keeps(cluster) & (drawn(cluster) != "none")
    rows = cluster.records[keep].assign(
        drawn=drawn(cluster)[keep], km=kilometres_from(cluster, place.lat, place.lon)[keep]
    )
    rows["approximate"] = rows["drawn"] == "bubble"
    kept = rows[rows["km"] <= within_km].sort_values(["km", "name"])
    return kept[["sort", "id", "name", "town", "primary_d", "precision", "km", "approximate"]].reset_index(drop=True)


def geojson(rows: pd.DataFrame) -> str:
    """The rows that have a position, as GeoJSON points with their other columns as properties."""
    placed = rows[rows["lat"].notna() & rows["lon"].notna()]
    points = gpd.points_from_xy(placed["lon"], placed["lat"])
    return str(gpd.GeoDataFrame(placed.drop(columns=["lat", "lon"]), geometry=points, crs=DEGREES).to_json(na="null"))
