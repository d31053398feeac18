"""The sites of NHS bodies in an area, and how bodies of several areas count; in numbers and in words."""

import numpy as np
import pandas as pd

from cluster_data.measures import areas
from cluster_data.measures.spots import sites_in_words
from cluster_data.model import words
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter
from cluster_data.model.sites import site_rows, whereabouts
from cluster_data.model.wording import sorts_in_words


@remembered
def sites_in(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """The sites in an area of the NHS bodies counted there, by name: the columns of sites.csv, row (of the body)."""
    counts_here, _ = areas.counting(cluster, chosen)
    rows = site_rows(cluster)
    here = rows["lad_code"].isin(cluster.area_codes[area]).to_numpy()
    return rows[here & counts_here[rows["row"]]]


@remembered
def in_several(cluster: Cluster, chosen: Filter) -> dict[str, int]:
    """How many records of each sort count in more than one local authority, where there are any."""
    counts_here, sorts = areas.counting(cluster, chosen)
    row, times = np.unique(whereabouts(cluster)[:, 0], return_counts=True)
    several = np.bincount(sorts[row[(times > 1) & counts_here[row]]], minlength=len(areas.COUNTED))
    return {sort: int(number) for sort, number in zip(areas.COUNTED, several, strict=True) if number}


def at_sites(cluster: Cluster, chosen: Filter) -> str:
    """How what has sites is counted: "2 NHS trusts have their head office and sites in ..."."""
    found = in_several(cluster, chosen)
    if not found:
        return ""
    has = "has its" if sum(found.values()) == 1 else "have their"
    return (
        f"{words.listing(sorts_in_words(cluster, found))} {has} head office and sites in more than one {areas.SINGLE}: "
        "each counts once in each area where it has one, and once in the region."
    )


def sites_finding(cluster: Cluster, chosen: Filter, area: str) -> str:
    """How many sites stand in an area: "3 sites of 2 NHS trusts here"."""
    rows = sites_in(cluster, chosen, area)
    return f"{sites_in_words(cluster, cluster.records.iloc[rows['row']])} here"
