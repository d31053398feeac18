"""Areas like another one: near in residents and in firms by D, counted in doublings."""

import numpy as np
import pandas as pd

from cluster_data.measures import counts
from cluster_data.measures.areas import all_areas, firms_by_authority, holding, kinds
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter

DEFINITION = (
    "Alike are places with nearly as many residents and nearly as many firms of each D. Twice as many counts the same "
    "wherever it starts. Shares are not compared: with few firms they jump."
)


@remembered
def firms_of_areas(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Firms by area and D: a row per area, a column per D label. Chosen areas set no limit."""
    counted = holding(cluster) @ firms_by_authority(cluster, chosen)[:-1]
    return pd.DataFrame(counted, list(kinds(cluster)), list(counts.ds_in_order(cluster, chosen)["label"]))


@remembered
def by_likeness(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """The other areas of the same kind with residents of the same year, most like it first, then by name.

    Columns area, residents, company, by_residents, by_firms, steps, and one per D label with its firms. `steps` is
    by_residents, the doublings between their residents, plus by_firms, the mean over the Ds of the doublings between
    their firms with one added to each.
    """
    rows = all_areas(cluster, chosen)
    firms = firms_of_areas(cluster, chosen)
    own = rows["area"].to_numpy() == area
    residents, year = rows["residents"].to_numpy(), rows["year"].to_numpy()
    peers = (rows["kind"].to_numpy() == kinds(cluster)[area]) & (year == year[own]) & ~own
    by_residents = np.abs(np.log2(residents / residents[own]))
    doublings = np.abs(np.log2((firms + 1) / (firms[own].to_numpy() + 1)))
    by_firms = doublings.sum(axis=1).to_numpy() / max(len(firms.columns), 1)
    steps = {"by_residents": by_residents, "by_firms": by_firms, "steps": by_residents + by_firms}
    table = rows[["area", "residents", "company"]].assign(**steps, **firms.reset_index(drop=True))
    return table[peers].sort_values(["steps", "area"], ignore_index=True)
