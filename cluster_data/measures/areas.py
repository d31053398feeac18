"""One area beside its region: who is there, firms per resident and rank, help in reach, links across its border.

An area is named by its label in Cluster.area_codes and may be a group of areas. Chosen areas and kinds do not limit
these measures; the rest of a choice does.
"""

import numpy as np
import pandas as pd

from cluster_data.cluster import Cluster, remembered
from cluster_data.filters import Filter
from cluster_data.measures import counts, help
from cluster_data.measures.organisations import in_order

SINGLE = "local authority"
COUNTED = ("company", "university", "trust", "board", "asset")
WITHIN, ACROSS, UNPLACED = "within", "across", "unplaced"


def of_area(chosen: Filter, area: str) -> Filter:
    """The choice for one area, whatever areas and kinds were chosen."""
    return chosen.but(areas=(area,), kinds=())


def of_region(chosen: Filter) -> Filter:
    """The choice for the whole region, whatever areas and kinds were chosen."""
    return chosen.but(areas=(), kinds=())


@remembered
def kinds(cluster: Cluster) -> dict[str, str]:
    """Label of every area to its kind, groups first: that of the group, or SINGLE."""
    groups = cluster.table("groups").sort_values("order")
    of_groups = dict(zip(groups["label"], groups["kind"], strict=True))
    return of_groups | {label: SINGLE for label in cluster.area_codes if label not in of_groups}


@remembered
def residents(cluster: Cluster) -> pd.DataFrame:
    """One row per area, in the order of `kinds`: area, kind, residents, year. Source: areas.csv.

    Residents of several years are never added up: both are then missing. So is a year that is not known.
    """
    known = cluster.table("areas").set_index("lad_code")[["population", "population_year"]].astype(float)
    rows = [
        (area, kind, *_added_up(known.loc[list(cluster.area_codes[area])])) for area, kind in kinds(cluster).items()
    ]
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
def lasting(cluster: Cluster) -> np.ndarray:
    """For each row of Cluster.records, whether it counts: a firm always, any other record until it is known to end."""
    return ~cluster.records["gone"].to_numpy() | cluster.holds("sort", ["company"])


@remembered
def all_areas(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """One row per area, in the order of `kinds`: area, kind, residents, year, COUNTED (records), rate, rank, tied, of.

    `rate` is firms per 100,000 residents. `rank` counts from the highest rate among areas of the same kind whose
    residents are of the same year, of which there are `of`; `tied` have this rate. Both are missing for the only one.
    """
    rows = residents(cluster)
    counted = _records_by_code(cluster, chosen)
    for sort in COUNTED:
        rows[sort] = [int(counted.loc[list(cluster.area_codes[area]), sort].sum()) for area in rows["area"]]
    rows["rate"] = rows["company"] / rows["residents"] * 100_000
    rows["rank"] = rows.groupby(["kind", "year"])["rate"].rank(method="min", ascending=False)
    rows["of"] = rows.groupby(["kind", "year"])["rate"].transform("count")
    rows["tied"] = rows.groupby(["kind", "year", "rate"])["rate"].transform("count")
    rows.loc[~(rows["of"] > 1), "rank"] = np.nan
    return rows


def _records_by_code(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    keep = of_region(chosen).keeps(cluster) & lasting(cluster)
    records = cluster.records.loc[keep, ["lad_code", "sort"]]
    counted = records.groupby(["lad_code", "sort"]).size().unstack(fill_value=0)
    return counted.reindex(index=list(cluster.area_names), columns=list(COUNTED), fill_value=0)


def of_one(cluster: Cluster, chosen: Filter, area: str) -> pd.Series:
    """The row of all_areas of one area."""
    rows = all_areas(cluster, chosen)
    return rows[rows["area"] == area].iloc[0]


def rank_with_one_more(cluster: Cluster, chosen: Filter, area: str) -> int:
    """The rank that an area would have with one firm more, if it has a rank."""
    rows = all_areas(cluster, chosen)
    own = rows[rows["area"] == area].iloc[0]
    others = rows[(rows["kind"] == own["kind"]) & (rows["year"] == own["year"]) & (rows["area"] != area)]
    return 1 + int((others["rate"] > (own["company"] + 1) / own["residents"] * 100_000).sum())


@remembered
def region_counts(cluster: Cluster, chosen: Filter) -> dict[str, int]:
    """Records of the whole region by sort, counted as in all_areas; those without a known area count too."""
    keep = of_region(chosen).keeps(cluster) & lasting(cluster)
    counted = cluster.records.loc[keep, "sort"].value_counts()
    return {sort: int(counted.get(sort, 0)) for sort in (*COUNTED, "offer")}


@remembered
def without_area(cluster: Cluster, chosen: Filter) -> dict[str, int]:
    """Records of the whole region by sort of which no area is known, where there are any."""
    placed = _records_by_code(cluster, chosen).sum()
    missing = {sort: region_counts(cluster, chosen)[sort] - int(placed[sort]) for sort in COUNTED}
    return {sort: number for sort, number in missing.items() if number}


def rate_of_region(cluster: Cluster, chosen: Filter) -> float:
    """Firms of known area per 100,000 residents of the region; missing where residents are of several years."""
    firms = region_counts(cluster, chosen)["company"] - without_area(cluster, chosen).get("company", 0)
    return firms / residents_of_region(cluster)[0] * 100_000


def firms_by_d(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """One row per D in order: d, label, symbol, colour_light, colour_dark, firms (in the area), region."""
    rows = counts.by_d(cluster, of_area(chosen, area)).rename(columns={"company": "firms"})
    rows["region"] = counts.by_d(cluster, of_region(chosen))["company"].to_numpy()
    return rows[["d", "label", "symbol", "colour_light", "colour_dark", "firms", "region"]]


def who_is_in(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """The records that all_areas counts in an area, by sort and name: the columns of Cluster.records."""
    counted = of_area(chosen, area).keeps_of(cluster, *COUNTED) & lasting(cluster)
    order = in_order(cluster)
    return cluster.records.iloc[order[counted[order]]]


@remembered
def offers_by_reach(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """Support offers not known to be closed that reach an area or a part of it, nearest reach first: label, offers."""
    keep = of_area(chosen, area).keeps_of(cluster, "offer") & lasting(cluster)
    reaches = cluster.table("reaches").sort_values("order")
    counted = cluster.records.loc[keep, "reach"].value_counts().reindex(reaches["id"], fill_value=0)
    rows = pd.DataFrame({"label": reaches["label"].to_numpy(), "offers": counted.to_numpy()})
    return rows[rows["offers"] > 0].reset_index(drop=True)


@remembered
def help_beside_region(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """One row per challenge, least help first: challenge, title, offer, asset, help, then the last three as region_*.

    Help as in help.help_by_challenge: offers that reach the area and assets that stand in it, not known to be closed.
    """
    here = help.help_by_challenge(cluster, of_area(chosen, area))
    whole = help.help_by_challenge(cluster, of_region(chosen)).drop(columns="title")
    return here.merge(whole.set_index("challenge").add_prefix("region_").reset_index(), on="challenge")


@remembered
def link_ends(cluster: Cluster) -> pd.DataFrame:
    """Every link with the areas of its ends: the columns of links.csv, then from_code and to_code, missing if unknown.

    A record that stands in several tables is where the first table that knows its area says.
    """
    rows = cluster.table("links")
    known = cluster.records.dropna(subset="lad_code").drop_duplicates("id").set_index("id")["lad_code"]
    return rows.assign(from_code=rows["from_id"].map(known), to_code=rows["to_id"].map(known))


@remembered
def links_of(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """Links of an area: here (id), said, other (id), other_code, kind, sort, year, note, source_ids.

    An end of each is a record that the choice keeps and that is placed in the area. `sort` says where the other end
    is: within the area, across its border, or unplaced, which means that its area is not known.
    """
    codes = cluster.area_codes[area]
    rows = link_ends(cluster)
    kept = cluster.records.loc[of_region(chosen).keeps(cluster), "id"]
    starts = rows["from_code"].isin(codes) & rows["from_id"].isin(kept)
    ends = rows["to_code"].isin(codes) & rows["to_id"].isin(kept) & ~starts
    parts = [
        _seen_from(rows[starts], "from", "to", cluster.labels("link_kind")),
        _seen_from(rows[ends], "to", "from", cluster.plurals("link_kind")),
    ]
    links = pd.concat(parts).sort_index().reset_index(drop=True)
    placed = np.where(links["other_code"].isin(codes), WITHIN, ACROSS)
    return links.assign(sort=np.where(links["other_code"].isna(), UNPLACED, placed))


def _seen_from(rows: pd.DataFrame, near: str, far: str, said: dict[str, str]) -> pd.DataFrame:
    seen = rows.assign(said=rows["kind"].map(said))
    seen = seen.rename(columns={f"{near}_id": "here", f"{far}_id": "other", f"{far}_code": "other_code"})
    return seen[["here", "said", "other", "other_code", "kind", "year", "note", "source_ids"]]


def links_by_kind(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """Links of an area by kind, in the order of the vocabulary: label, across, within, unplaced; kinds with none left
    out."""
    links = links_of(cluster, chosen, area)
    grid = pd.crosstab(links["kind"], links["sort"]).reindex(columns=[ACROSS, WITHIN, UNPLACED], fill_value=0)
    labels = cluster.labels("link_kind")
    grid = grid.reindex([kind for kind in labels if kind in grid.index])
    grid.insert(0, "label", [labels[kind] for kind in grid.index])
    return grid.reset_index(drop=True)


@remembered
def links_of_region(cluster: Cluster, chosen: Filter) -> dict[str, int]:
    """Links of the region that the choice keeps an end of: all, placed (both areas known), across (two local
    authorities)."""
    rows = link_ends(cluster)
    kept = cluster.records.loc[of_region(chosen).keeps(cluster), "id"]
    rows = rows[rows["from_id"].isin(kept) | rows["to_id"].isin(kept)]
    placed = rows[rows["from_code"].notna() & rows["to_code"].notna()]
    across = placed["from_code"] != placed["to_code"]
    return {"all": len(rows), "placed": len(placed), "across": int(across.sum())}
