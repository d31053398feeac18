"""Which organisations are known to have to do with each other: by a row of links, or by what their own rows state."""

import numpy as np
import pandas as pd

from cluster_data.model.cluster import Cluster, remembered


def are_tied(cluster: Cluster, ones: np.ndarray, others: np.ndarray) -> np.ndarray:
    """For each pair of numbers of Cluster.codes("id"), whether the two are tied."""
    return _is_in(_keys(cluster, ones, others), _known(cluster))


def tied_with(cluster: Cluster, record: str, ids: pd.Series) -> np.ndarray:
    """Which of some records are tied with one, all by their ids."""
    _, number = cluster.codes("id")
    others = ids.map(number).to_numpy(dtype=int)
    return are_tied(cluster, np.full(len(others), number[record]), others)


@remembered
def _known(cluster: Cluster) -> np.ndarray:
    """One number for each pair that the pack ties: by a link, or as site, host, origin or teaching partner."""
    _, number = cluster.codes("id")
    rows = cluster.records[::-1]
    by_name = dict(zip(rows["name"].str.casefold(), rows["id"].map(number), strict=True))
    links, firms = cluster.table("links"), cluster.table("companies").dropna(subset="located_at")
    ties = [links[["from_id", "to_id"]].set_axis(["one", "other"], axis=1)]
    ties += [firms[["id", "located_at"]].set_axis(["one", "other"], axis=1)]
    ties = [pd.concat(ties).apply(lambda column: column.map(number))]
    for table, column in (("companies", "spinout_of"), ("assets", "hosts"), ("trusts", "teaching_partner")):
        stated = cluster.many(table, column)
        others = stated["value"].str.casefold().map(by_name)
        ties.append(pd.DataFrame({"one": stated["id"].map(number), "other": others}).dropna())
    pairs = pd.concat(ties).to_numpy(dtype=int)
    return np.unique(_keys(cluster, pairs[:, 0], pairs[:, 1]))


def _keys(cluster: Cluster, ones: np.ndarray, others: np.ndarray) -> np.ndarray:
    """One whole number for each pair of numbers of Cluster.codes("id"), whichever comes first."""
    _, number = cluster.codes("id")
    return np.minimum(ones, others) * len(number) + np.maximum(ones, others)


def _is_in(values: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Which values are among the known ones, which are in order; faster than np.isin for few among many."""
    at = np.searchsorted(known, values)
    return at < np.searchsorted(known, values, side="right")
