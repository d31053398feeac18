"""The academic, business and clinical parts of a cluster: flags of the types of record in vocabulary.csv."""

import numpy as np

from cluster_data.model.cluster import Cluster, remembered

PARTS = ("academic", "business", "clinical")
ASSET, NEITHER = len(PARTS), len(PARTS) + 1


@remembered
def part_numbers(cluster: Cluster) -> np.ndarray:
    """For each row of Cluster.records: 0 to 2 for its part in PARTS, 3 for a research asset of none, 4 for the rest."""
    numbers = np.full(len(cluster.records), NEITHER)
    numbers[cluster.holds("record_type", ["asset"])] = ASSET
    for place, part in enumerate(PARTS):
        numbers[cluster.holds("record_type", cluster.flagged("record_type", part))] = place
    return numbers
