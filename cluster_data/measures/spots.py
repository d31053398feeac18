"""Where a map draws what: each place of each record, how it is drawn, how far it is; and sites in words."""

import numpy as np
import pandas as pd

from cluster_data.model import words
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter
from cluster_data.model.projection import east_north
from cluster_data.model.sites import ANYWHERE, spots, standing
from cluster_data.model.wording import types_in_words

POINT = "postcode"
BUBBLES = ("sector", "place")


@remembered
def ways(cluster: Cluster) -> np.ndarray:
    """For each of sites.spots, how a map draws it: "point", "bubble" or "none". Not to be changed."""
    rows = spots(cluster)
    placed, precision = rows["lat"].notna() & rows["lon"].notna(), rows["precision"]
    return np.select([placed & (precision == POINT), placed & precision.isin(BUBBLES)], ["point", "bubble"], "none")


@remembered
def best_ways(cluster: Cluster, codes: frozenset[str] = ANYWHERE) -> np.ndarray:
    """For each row of Cluster.records, how the map draws it: "point", "bubble" or "none". Not to be changed.

    What has several sites is drawn as exactly as the best placed of them, in the areas asked for by code.
    """
    how = ways(cluster)
    exact = np.select([how == "point", how == "bubble"], [2, 1], 0) * standing(cluster, codes)
    best = np.zeros(len(cluster.records), dtype=int)
    np.maximum.at(best, spots(cluster)["row"], exact)
    return np.array(["none", "bubble", "point"])[best]


@remembered
def spots_kept(cluster: Cluster, chosen: Filter) -> np.ndarray:
    """For each of sites.spots, whether the map of a choice draws it. Not to be changed."""
    stand = standing(cluster, chosen.area_codes(cluster))
    return stand & chosen.keeps(cluster)[spots(cluster)["row"]] & (ways(cluster) != "none")


def sites_kept(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """The sites that the map of a choice draws: record_type, id (of the NHS body)."""
    rows = spots(cluster)[spots_kept(cluster, chosen)]
    return cluster.records[["record_type", "id"]].iloc[rows.loc[rows["site"].notna(), "row"]]


@remembered
def metres(cluster: Cluster) -> np.ndarray:
    """East and north of each of sites.spots on the British National Grid (EPSG:27700), in metres; shape (spots, 2).

    Missing without a position.
    """
    rows = spots(cluster)
    return np.where(rows[["lat", "lon"]].notna(), east_north(rows["lat"], rows["lon"]), np.nan)


def kilometres_from(cluster: Cluster, lat: float, lon: float) -> np.ndarray:
    """Straight-line distance of every record from a point, in kilometres to one decimal; missing without a position.

    Of what has several sites, that of the nearest.
    """
    stand = standing(cluster)
    nearest = np.full(len(cluster.records), np.nan)
    np.fmin.at(nearest, spots(cluster)["row"][stand], kilometres_of_spots(cluster, lat, lon)[stand])
    return nearest


def kilometres_of_spots(cluster: Cluster, lat: float, lon: float) -> np.ndarray:
    """As kilometres_from, of each of sites.spots."""
    return (np.hypot(*(metres(cluster) - east_north(lat, lon)).T) / 1000).round(1)


def sites_among(cluster: Cluster, sites: pd.DataFrame) -> str:
    """Which of the records counted, each once, stand at several sites: "; 3 sites of 2 NHS trusts count as 2"."""
    bodies = sites["id"].nunique()
    return f"; {sites_in_words(cluster, sites)} count as {bodies:,}" if bodies < len(sites) else ""


def sites_in_words(cluster: Cluster, sites: pd.DataFrame) -> str:
    """How many sites of how many bodies, each body once: "3 sites of 2 NHS trusts". `sites` has record_type and id."""
    bodies = sites.drop_duplicates("id")["record_type"].value_counts()
    return f"{words.count(len(sites), 'site')} of {words.listing(types_in_words(cluster, bodies))}"
