"""Which year a source is of, and which year the newest source of a record is of: one rule for both, so they agree.

A row of a table states the year of its newest source, and names its sources. A source is of the year of the rows that
rest on it alone, if these agree and no other row contradicts them: one that states an older year, or a newer one than
all its sources have, or holds a fact of one. Else it is of the year that its address holds; before all, of that in
its title. A record is as new as the newest of its stated year, its facts that have a year (beds and beds_year) and its
sources.
"""

import re

import pandas as pd

OLD_AFTER_YEARS = 3
STATED_IN = ("source_year", "status_year")
MONTHS = r"0?[1-9]|1[0-2]|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*"
MONTH_NAMES = r"January|February|March|April|May|June|July|August|September|October|November|December"
TITLED = re.compile(rf"\b(?:{MONTH_NAMES}) ((?:19|20)\d\d)\b|\b(?:19|20)\d\d to ((?:19|20)\d\d)\b")
DATED = re.compile(rf"^(?:https?://)?[^/?#]*(?:/[^/?#]*)*?/((?:19|20)\d\d)[/-](?:{MONTHS})(?=[/-])", re.IGNORECASE)


def stated(table: pd.DataFrame) -> pd.Series:
    """The years of the newest source that the rows of a table state, as far as they do."""
    column = next((name for name in STATED_IN if name in table.columns), None)
    return pd.Series(table[column] if column else pd.NA, table.index, dtype="Float64")


def least(table: pd.DataFrame) -> pd.Series:
    """The year that the newest source of each row is of at least: the stated one, or that of a newer fact.

    A fact has a year if the table has, as beds and beds_year, both columns.
    """
    dated = [column for column in table.columns if column.endswith("_year") and column.removesuffix("_year") in table]
    return table[dated].astype("Float64").assign(stated=stated(table)).max(axis=1).astype("Float64")


def agreed(cited: pd.DataFrame) -> dict[str, int]:
    """The years of sources of which rows give one and the same year, by id of the source.

    `cited` has a row for each source that a row of a table names: row (any label of that row), value (id of the
    source), year (stated of that row's newest source; may be missing), least (the newest of that and of its facts).
    """
    dated = cited.dropna(subset="year")
    alone = dated[~dated["row"].duplicated(keep=False)].groupby("value")["year"].agg(["min", "max"])
    years = alone.loc[alone["min"] == alone["max"], "min"]
    seen = cited.dropna(subset="least")
    seen = seen.assign(of=seen["value"].map(years).astype(float))
    of_row = seen.groupby("row")["of"]
    newer = seen["least"] > of_row.transform("max")
    whole = of_row.transform("count") == of_row.transform("size")
    contradicted = seen.loc[(newer & whole) | (seen["year"] < seen["of"]), "value"]
    return {str(source): int(year) for source, year in years.drop(contradicted.unique(), errors="ignore").items()}


def in_address(url: str) -> int | None:
    """The year of the month that the path of an address holds, as in /2024/05/; None if it holds none."""
    found = DATED.search(url)
    return int(found[1]) if found else None


def in_title(title: object, latest: int) -> int | None:
    """The year of the month or the end of the period that a title holds: "News, May 2024", "2023 to 2024".

    A year after the `latest` is that of a plan, and tells nothing of the source.
    """
    found = TITLED.search(title) if isinstance(title, str) else None
    year = int(found[1] or found[2]) if found else None
    return year if year is None or year <= latest else None


def newest(years: pd.Series, cited: pd.DataFrame, of_sources: pd.Series) -> pd.Series:
    """The stated years of rows, raised to those of their newest sources.

    `years` has the labels that stand in `row` of `cited`; `of_sources` has the years of sources by id.
    """
    found = cited["value"].map(of_sources).groupby(cited["row"]).max()
    return pd.concat([years, found.reindex(years.index)], axis=1).max(axis=1).astype("Int64")
