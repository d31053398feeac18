"""Where records stand: an NHS body at its sites, every other record at its own position."""

import numpy as np
import pandas as pd

from cluster_data.model.cluster import WHERE, Cluster, remembered

ANYWHERE: frozenset[str] = frozenset()


@remembered
def spots(cluster: Cluster) -> pd.DataFrame:
    """Where each record may stand: row (in Cluster.records), site (its name), lat, lon, lad_code, precision, town,
    postcode, year.

    First each record's own position, numbered as in Cluster.records and without a site; then every site.
    """
    own = cluster.records.assign(row=np.arange(len(cluster.records)))
    rows = site_rows(cluster).rename(columns={"location_precision": "precision", "name": "site"})
    return pd.concat([own, rows], ignore_index=True).reindex(columns=["row", "site", *WHERE])


@remembered
def site_rows(cluster: Cluster) -> pd.DataFrame:
    """The columns of sites.csv, by name; row, that of its NHS body in Cluster.records; year, of its newest source."""
    rows = cluster.table("sites")
    rows["year"] = cluster.newest_years(rows["source_year"], cluster.many("sites", "source_ids"))
    trusts = pd.Index(cluster.table("trusts")["id"]).get_indexer(rows["trust_id"])
    return rows.assign(row=cluster.records_in("trusts").start + trusts).sort_values("name")


@remembered
def standing(cluster: Cluster, codes: frozenset[str] = ANYWHERE) -> np.ndarray:
    """For each of the spots, whether its record stands there: at its sites, or at its own position if it has none.

    If areas are asked for, by code, sites elsewhere do not count; what has no site there stands at its own position.
    """
    rows = spots(cluster)
    at_site = rows["site"].notna().to_numpy()
    if codes:
        at_site = at_site & rows["lad_code"].isin(codes).to_numpy()
    has_site = np.zeros(len(cluster.records), dtype=bool)
    has_site[rows["row"][at_site]] = True
    return at_site | (rows["site"].isna() & ~has_site[rows["row"]]).to_numpy()


@remembered
def stands_in(cluster: Cluster, codes: frozenset[str]) -> np.ndarray:
    """For each record, whether its own position or a site of it lies in one of the areas, by code."""
    inside = cluster.holds("lad_code", codes)
    rows = site_rows(cluster)
    inside[rows["row"][rows["lad_code"].isin(codes)]] = True
    return inside


@remembered
def whereabouts(cluster: Cluster) -> np.ndarray:
    """Each record with each authority where it or a site of it lies, once, in order; shape (pairs, 2).

    An authority is its row in areas.csv, -1 for a record of which none is known. Not to be changed.
    """
    rows = spots(cluster)
    at = pd.Index(list(cluster.area_names)).get_indexer(rows["lad_code"])
    pairs = np.column_stack([rows["row"], at])
    known = np.unique(pairs[at >= 0], axis=0)
    unknown = np.setdiff1d(np.arange(len(cluster.records)), known[:, 0])
    both = np.concatenate([known, np.column_stack([unknown, np.full(len(unknown), -1)])])
    return both[np.argsort(both[:, 0], kind="stable")]


def words_of_sites(cluster: Cluster) -> pd.Series:
    """For each record that has sites, by its row, their names and postcodes, parted by spaces."""
    rows = site_rows(cluster)
    return (rows["name"] + " " + rows["postcode"].fillna("")).groupby(rows["row"]).agg(" ".join)
