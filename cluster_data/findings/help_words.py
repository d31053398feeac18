"""Sources of help in words."""

import pandas as pd

from cluster_data.measures.splits import AREA_SPLITS, ELSEWHERE
from cluster_data.model import words

MOST_NAMED = 3  # of those that tie


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
