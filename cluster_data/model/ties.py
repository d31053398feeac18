"""Which organisations are known to have to do with each other: by a row of links, or by what their own rows state."""

import numpy as np
import pandas as pd

from cluster_data.model.cluster import Cluster, remembered


def are_tied(cluster: Cluster, ones: np.ndarray, others: np.ndarray) -> np.ndarray:
    """For each pair of numbers of Cluster.codes("id"), whether the two are tied."""
    return _ties(cluster).get_indexer(_keys(cluster, ones, others)) >= 0


def tied_with(cluster: Cluster, record: str, ids: pd.Series) -> np.ndarray:
    """Which of some records are tied with one, all by their ids."""
    _, number = cluster.codes("id")
    return are_tied(cluster, np.full(len(ids), number[record]), ids.map(number).to_numpy(dtype=int))


@remembered
def _ties(cluster: Cluster) -> pd.Index:
    """One number for each pair that the pack ties: by a link, or as site, host, origin or teaching partner."""
    _, number = cluster.codes("id")
    rows = cluster.records[::-1]
    by_name = dict(zip(rows["name"].str.casefold(), rows["id"].map(number), strict=True))
    ties = []
    for table, columns in (("links", ["from_id", "to_id"]), ("companies", ["id", "located_at"])):
        ids = cluster.table(table)[columns].dropna().set_axis(["one", "other"], axis=1)
        ties.append(ids.apply(lambda column: column.map(number)))
    for table, column in (("companies", "spinout_of"), ("assets", "hosts"), ("trusts", "teaching_partner")):
        stated = cluster.many(table, column)
        others = stated["value"].str.casefold().map(by_name)
        ties.append(pd.DataFrame({"one": stated["id"].map(number), "other": others}).dropna())
    pairs = pd.concat(ties).to_numpy(dtype=int)
    return pd.Index(_keys(cluster, pairs[:, 0], pairs[:, 1])).unique()


def _keys(cluster: Cluster, ones: np.ndarray, others: np.ndarray) -> np.ndarray:
    """One whole number for each pair of numbers of Cluster.codes("id"), whichever comes first."""
    return np.minimum(ones, others) * len(cluster.codes("id")[1]) + np.maximum(ones, others)
