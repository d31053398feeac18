"""Areas like another one: near in residents and in firms by D, counted in doublings."""

import numpy as np
import pandas as pd

from cluster_data.cluster import Cluster, remembered
from cluster_data.filters import Filter
from cluster_data.measures import counts
from cluster_data.measures.areas import all_areas, firms_by_authority, holding, kinds

DEFINITION = (
    "Steps apart are doublings: 1 step by residents means twice as many of them. Steps by firms are the average over "
    "the Ds of the doublings between the two numbers of firms, with 1 added to each number so that none can be "
    "compared. Both add up, and fewest steps come first. Shares are not compared: with few firms they jump."
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
    rows = all_areas(cluster, chosen).set_index("area")
    own = rows.loc[area]
    same = rows[(rows["kind"] == own["kind"]) & (rows["year"] == own["year"]) & (rows.index != area)]
    firms = firms_of_areas(cluster, chosen)
    likeness = same[["residents", "company"]].join(firms)
    likeness.insert(2, "by_residents", np.abs(np.log2(same["residents"] / own["residents"])))
    doublings = np.abs(np.log2((firms.loc[same.index] + 1) / (firms.loc[area] + 1)))
    likeness.insert(3, "by_firms", doublings.mean(axis=1).fillna(0.0))
    likeness.insert(4, "steps", likeness["by_residents"] + likeness["by_firms"])
    return likeness.rename_axis("area").reset_index().sort_values(["steps", "area"], ignore_index=True)
