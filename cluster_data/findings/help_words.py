"""Sources of help in words."""

from collections.abc import Sequence

import pandas as pd

from cluster_data.measures.splits import AREA_SPLITS, ELSEWHERE
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.wording import types_in_words

MOST_NAMED = 3  # of those that tie


def counted_in_words(cluster: Cluster, rows: Sequence[int] | pd.Index) -> str:
    """Sources of help by kind, rows of Cluster.records: "9 research assets and 6 support offers".

    What is both is said: " (2 are both)". Nothing if there are none.
    """
    types = cluster.records["record_type"].loc[list(rows)].value_counts()
    both = len(rows) - len(set(cluster.bodies[list(rows)]))
    return words.listing(types_in_words(cluster, types)) + in_both_kinds(both)


def in_both_kinds(both: int) -> str:
    """How many of the assets and offers just counted are one thing: " (2 are both)"; nothing if none is."""
    return f" ({both:,} {'is' if both == 1 else 'are'} both)" if both else ""


def least_help(rows: pd.DataFrame, local: bool = False) -> str:
    """Which challenges have least help: "Rooms (N3) has the least help: 2 sources of help"; those that tie together.

    `rows` has challenge, title and help, as help.help_by_challenge.
    """
    least, what = rows[rows["help"] == rows["help"].min()], f"{'local ' if local else ''}help"
    titles = words.listing(words.first_lower(f"{row.title} ({row.challenge})") for row in least.itertuples())
    named = words.first_upper(titles) if len(least) <= MOST_NAMED else f"{len(least)} of {len(rows)} challenges"
    several, number = len(least) > 1, int(least["help"].iloc[0])
    has = "have" if several else "has"
    if not number:
        return f"{named} {has} no known {what}"
    sources = words.count(number, f"source of {what}", f"sources of {what}")
    return f"{named} {has} the least {what}: {sources}{' each' if several else ''}"


def column_in_words(row: pd.Series, by: str) -> str:
    """A column within a sentence: in small letters but for the names of areas."""
    is_name = by in AREA_SPLITS and row["column"] != ELSEWHERE
    return str(row["label"]) if is_name else words.first_lower(str(row["label"]))
