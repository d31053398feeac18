"""One area beside its region: who is there, firms per resident and rank, help in reach, links across its border.

An area is named by its label in Cluster.area_codes and may be a group of areas. Chosen areas and kinds do not limit
these measures; the rest of a choice does.
"""

from typing import Any

import numpy as np
import pandas as pd

from cluster_data.measures import counts, help
from cluster_data.measures.network import ends, kept_members, links_kept
from cluster_data.measures.organisations import in_order
from cluster_data.model import words
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter
from cluster_data.model.sites import site_rows, whereabouts
from cluster_data.model.wording import counted_in_words

SINGLE = "local authority"
COUNTED = ("company", "university", "trust", "board", "asset")
WITHIN, ACROSS, UNPLACED = "within", "across", "unplaced"


def of_area(chosen: Filter, *places: str) -> Filter:
    """The choice for one area or several, whatever areas and kinds were chosen."""
    return chosen.but(areas=places, kinds=())


def of_region(chosen: Filter) -> Filter:
    """The choice for the whole region, whatever areas and kinds were chosen."""
    return chosen.but(areas=(), kinds=())


@remembered
def kinds(cluster: Cluster) -> dict[str, str]:
    """Label of every area to its kind, groups first: that of the group, or SINGLE."""
    groups = cluster.table("groups").sort_values("order")
    of_groups = dict(zip(groups["label"], groups["kind"], strict=True))
    return of_groups | {label: SINGLE for label in cluster.area_codes if label not in of_groups}


def is_alone(cluster: Cluster, area: str) -> bool:
    """Whether no other area is of the same kind."""
    return list(kinds(cluster).values()).count(kinds(cluster)[area]) == 1


@remembered
def residents(cluster: Cluster) -> pd.DataFrame:
    """One row per area, in the order of `kinds`: area, kind, residents, year. Source: areas.csv.

    Residents of several years are never added up: both are then missing. So is a year that is not known.
    """
    known = cluster.table("areas").set_index("lad_code")[["population", "population_year"]].astype(float)
    codes = cluster.area_codes
    rows = [(area, kind, *_added_up(known.loc[list(codes[area])])) for area, kind in kinds(cluster).items()]
    return pd.DataFrame(rows, columns=["area", "kind", "residents", "year"])


@remembered
def residents_of_region(cluster: Cluster) -> tuple[float, float]:
    """Residents of all areas and their year; both missing if the years differ."""
    return _added_up(cluster.table("areas")[["population", "population_year"]].astype(float))


def _added_up(known: pd.DataFrame) -> tuple[float, float]:
    years = known["population_year"]
    of_one_year = years.notna().all() and len(set(years)) == 1
    if len(known) != 1 and not of_one_year:
        return np.nan, np.nan
    return float(known["population"].sum()), float(years.iloc[0])


@remembered
def holding(cluster: Cluster) -> np.ndarray:
    """1 where an area (row, as in `kinds`) holds a local authority (column, as in areas.csv). Not to be changed."""
    return np.array([[code in cluster.area_codes[area] for code in cluster.area_names] for area in kinds(cluster)], int)


@remembered
def authorities(cluster: Cluster) -> np.ndarray:
    """For each row of Cluster.records, the row of its authority in areas.csv, -1 if unknown. Not to be changed."""
    return pd.Index(list(cluster.area_names)).get_indexer(cluster.records["lad_code"])


@remembered
def counting(cluster: Cluster, chosen: Filter) -> tuple[np.ndarray, np.ndarray]:
    """For each row of Cluster.records, whether the choice counts it in an area, and the number of its type in COUNTED.

    The latter is -1 for other types.
    """
    numbers = pd.Index(COUNTED).get_indexer(cluster.records["record_type"])
    return of_region(chosen).keeps_of(cluster, *COUNTED), numbers


def _records_at(cluster: Cluster, chosen: Filter, pairs: np.ndarray, places: int) -> np.ndarray:
    """Records by place and by type, COUNTED. `pairs` holds a row of Cluster.records and a place, -1 for the last."""
    counts_here, types = counting(cluster, chosen)
    row, at = pairs[counts_here[pairs[:, 0]]].T
    table = np.zeros((places, len(COUNTED)), dtype=int)
    np.add.at(table, (at, types[row]), 1)
    return table


@remembered
def records_by_authority(cluster: Cluster, chosen: Filter) -> np.ndarray:
    """Records by local authority, as in areas.csv and unknown last, and by type, COUNTED. Not to be changed.

    A record counts in each authority where it or a site of it lies.
    """
    return _records_at(cluster, chosen, whereabouts(cluster), len(cluster.area_names) + 1)


@remembered
def firms_by_authority(cluster: Cluster, chosen: Filter) -> np.ndarray:
    """Firms by local authority, as in areas.csv and unknown last, and by D as in ds_in_order. Not to be changed."""
    ds = of_region(chosen).record_ds(cluster)
    ds = ds[of_region(chosen).keeps_of(cluster, "company")[ds["row"]]]
    table = np.zeros((len(cluster.area_names) + 1, len(cluster.table("ds"))), dtype=int)
    np.add.at(table, (authorities(cluster)[ds["row"]], ds["d"].cat.codes), 1)
    shown = counts.ds_in_order(cluster, chosen)["d"]
    return table[:, ds["d"].cat.categories.get_indexer(shown)]


@remembered
def all_areas(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """One row per area, in the order of `kinds`: area, kind, residents, year, COUNTED (records), rate, rank, tied, of.

    `rate` is firms per 100,000 residents. `rank` counts from the highest rate among areas of the same kind whose
    residents are of the same year, of which there are `of`; `tied` have this rate. Both are missing for the only one.
    What has sites counts once in each area where it or a site of it lies.
    """
    rows = residents(cluster)
    row, at = whereabouts(cluster)[whereabouts(cluster)[:, 1] >= 0].T
    pair, area = np.nonzero(holding(cluster).T[at])
    pairs = np.unique(np.column_stack([row[pair], area]), axis=0)
    rows[list(COUNTED)] = _records_at(cluster, chosen, pairs, len(rows))
    rows["rate"] = rows["company"] / rows["residents"] * 100_000
    peers = rows.groupby(["kind", "year"])["rate"]
    of = peers.transform("size").fillna(0).astype(int)
    tied = rows.groupby(["kind", "year", "rate"])["area"].transform("size").fillna(0).astype(int)
    return rows.assign(rank=peers.rank("min", ascending=False).where(of > 1), tied=tied, of=of)


@remembered
def of_one(cluster: Cluster, chosen: Filter, area: str) -> dict[str, Any]:
    """The row of all_areas of one area, by column."""
    rows = all_areas(cluster, chosen)
    return dict(rows[rows["area"] == area].iloc[0])


def rank_with_one_more(cluster: Cluster, chosen: Filter, area: str) -> int:
    """The rank that an area would have with one firm more, if it has a rank."""
    rows = all_areas(cluster, chosen)
    own = rows[rows["area"] == area].iloc[0]
    others = rows[(rows["kind"] == own["kind"]) & (rows["year"] == own["year"]) & (rows["area"] != area)]
    return 1 + int((others["rate"] > (own["company"] + 1) / own["residents"] * 100_000).sum())


@remembered
def region_counts(cluster: Cluster, chosen: Filter) -> dict[str, int]:
    """Records of the whole region by type, counted as in all_areas, and offers; those of no known area count too."""
    counts_here, types = counting(cluster, chosen)
    counted = np.bincount(types[counts_here], minlength=len(COUNTED)).tolist()
    return dict(zip(COUNTED, counted, strict=True)) | {"offer": int(of_region(chosen).keeps_of(cluster, "offer").sum())}


def without_area(cluster: Cluster, chosen: Filter) -> dict[str, int]:
    """Records of the whole region by type of which no area is known, where there are any."""
    missing = zip(COUNTED, records_by_authority(cluster, chosen)[-1].tolist(), strict=True)
    return {each: number for each, number in missing if number}


def rate_of_region(cluster: Cluster, chosen: Filter) -> float:
    """Firms of known area per 100,000 residents of the region; missing where residents are of several years."""
    firms = region_counts(cluster, chosen)["company"] - without_area(cluster, chosen).get("company", 0)
    return firms / residents_of_region(cluster)[0] * 100_000


@remembered
def firms_by_d(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """One row per D in order: d, label, symbol, colour_light, colour_dark, firms (in the area), region."""
    rows = counts.ds_in_order(cluster, chosen).drop(columns="meaning")
    counted = firms_by_authority(cluster, chosen)
    own = list(kinds(cluster)).index(area)
    return rows.assign(firms=holding(cluster)[own] @ counted[:-1], region=counted.sum(axis=0))


def who_is_in_parts(cluster: Cluster, chosen: Filter, *places: str) -> pd.DataFrame:
    """Records of each local authority of areas: label, firms by D label, all (firms), the other types by label."""
    parts = holding(cluster)[[list(kinds(cluster)).index(area) for area in places]].any(axis=0)
    ds = firms_by_authority(cluster, chosen)[:-1][parts]
    rows = pd.DataFrame(ds, columns=list(counts.ds_in_order(cluster, chosen)["label"]))
    rows.insert(0, "label", np.array(list(cluster.area_names.values()))[parts])
    labels = cluster.plurals("record_type") | {"company": "all"}
    counted = records_by_authority(cluster, chosen)[:-1][parts]
    return rows.assign(**{labels[each]: counted[:, at] for at, each in enumerate(COUNTED) if each in labels})


def who_is_in(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """The records that all_areas counts in an area, by type and name: the columns of Cluster.records."""
    counted = of_area(chosen, area).keeps_of(cluster, *COUNTED)
    order = in_order(cluster)
    return cluster.records.iloc[order[counted[order]]]


@remembered
def offers_by_reach(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """Support offers that reach an area or a part of it, nearest reach first: label, offers."""
    keep = of_area(chosen, area).keeps_of(cluster, "offer")
    reaches = cluster.table("reaches").sort_values("order")
    rows = reaches[["label"]].assign(offers=reaches["id"].map(cluster.records.loc[keep, "reach"].value_counts()))
    return rows.dropna().astype({"offers": int}).reset_index(drop=True)


@remembered
def help_beside_region(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """One row per challenge, least help first: challenge, title, offer, asset, help, then the last three as region_*.

    Help as in help.help_by_challenge: offers that reach the area and assets that stand in it.
    """
    here = help.help_by_challenge(cluster, of_area(chosen, area))
    whole = help.help_by_challenge(cluster, of_region(chosen)).set_index("challenge").loc[here["challenge"]]
    return here.assign(**{f"region_{column}": whole[column].to_numpy() for column in ("offer", "asset", "help")})


@remembered
def places_of_links(cluster: Cluster) -> np.ndarray:
    """The local authorities, as in `authorities`, of both ends of every row of links.csv; shape (links, 2).

    A record of several tables is where the first that knows its area says; what has sites is at its head office.
    """
    codes, number = cluster.codes("id")
    at = np.full(len(number), -1)
    known = np.flatnonzero(authorities(cluster) >= 0)[::-1]
    at[codes[known]] = authorities(cluster)[known]
    return at[ends(cluster)]


def ends_in(cluster: Cluster, chosen: Filter, inside: np.ndarray) -> np.ndarray:
    """Which ends of links are records that the choice keeps, and lie in areas: `inside` holds rows of `holding`."""
    known = np.column_stack([inside, np.zeros(len(inside), dtype=int)]) == 1
    return known[:, places_of_links(cluster)] & kept_members(cluster, of_region(chosen))[ends(cluster)]


@remembered
def links_in(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """Links of an area: here (id), said, other (id), where (the other's local authority), kind, other_end, year,
    note, source_ids.

    An end of each is a record that the choice keeps and that is placed in the area. `other_end` says where the
    other end is: within the area, across its border, or unplaced, which means that its area is not known.
    """
    inside = holding(cluster)[[list(kinds(cluster)).index(area)]]
    (here,) = ends_in(cluster, chosen, inside)
    shown = here.any(axis=1)
    rows, out = cluster.table("links")[shown], here[shown, 0]
    other = np.where(out, *places_of_links(cluster)[shown].T[::-1])
    said = np.where(out, *(rows["kind"].map(of("link_kind")) for of in (cluster.labels, cluster.plurals)))
    table = {
        "here": np.where(out, rows["from_id"], rows["to_id"]),
        "said": said,
        "other": np.where(out, rows["to_id"], rows["from_id"]),
        "where": np.array([*cluster.area_names.values(), None], dtype=object)[other],
        "kind": rows["kind"].to_numpy(),
        "other_end": np.select([other < 0, inside[0][other] == 1], [UNPLACED, WITHIN], ACROSS),
    }
    return pd.DataFrame(table).assign(**{name: rows[name].to_numpy() for name in ("year", "note", "source_ids")})


@remembered
def links_of_region(cluster: Cluster, chosen: Filter) -> dict[str, int]:
    """Links with an end that the choice keeps: all, placed (both areas known), across (two local authorities)."""
    start, end = places_of_links(cluster).T
    counted = links_kept(cluster, of_region(chosen), "")
    placed = counted & (start >= 0) & (end >= 0)
    return {"all": int(counted.sum()), "placed": int(placed.sum()), "across": int((placed & (start != end)).sum())}


@remembered
def sites_in(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """The sites in an area of the NHS bodies counted there, by name: the columns of sites.csv, row (of the body)."""
    counts_here, _ = counting(cluster, chosen)
    rows = site_rows(cluster)
    here = rows["lad_code"].isin(cluster.area_codes[area]).to_numpy()
    return rows[here & counts_here[rows["row"]]]


def at_sites(cluster: Cluster, chosen: Filter) -> str:
    """How what has sites is counted: "2 NHS trusts have their head office and sites in ..."."""
    counts_here, _ = counting(cluster, chosen)
    row, times = np.unique(whereabouts(cluster)[:, 0], return_counts=True)
    several = row[(times > 1) & counts_here[row]]
    if not several.size:
        return ""
    has = "has its" if several.size == 1 else "have their"
    return (
        f"{words.listing(counted_in_words(cluster, several))} {has} head office and sites in more than one {SINGLE}: "
        "each counts once in each area where it has one, and once in the region."
    )
