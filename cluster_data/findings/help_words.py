"""Sources of help in words."""

from collections.abc import Sequence

import pandas as pd

from cluster_data.measures.splits import AREA_SPLITS, ELSEWHERE
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.wording import sorts_in_words


def counted_in_words(cluster: Cluster, rows: Sequence[int] | pd.Index) -> str:
    """Sources of help by kind, rows of Cluster.records: "9 research assets and 6 support offers".

    What is both is said: " (2 are both)". Nothing if there are none.
    """
    sorts = cluster.records["sort"].loc[list(rows)].value_counts()
    both = len(rows) - len(set(cluster.bodies[list(rows)]))
    return words.listing(sorts_in_words(cluster, sorts)) + in_both_kinds(both)


def in_both_kinds(both: int) -> str:
    """How many of the assets and offers just counted are one thing: " (2 are both)"; nothing if none is."""
    return f" ({both:,} {'is' if both == 1 else 'are'} both)" if both else ""


def column_in_words(row: pd.Series, by: str) -> str:
    """A column within a sentence: in small letters but for the names of areas."""
    is_name = by in AREA_SPLITS and row["column"] != ELSEWHERE
    return str(row["label"]) if is_name else words.first_lower(str(row["label"]))
