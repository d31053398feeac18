"""A cell of a table in words: labels for coded words, names for ids, amounts in their unit."""

from numbers import Real

import pandas as pd

from cluster_data import words
from cluster_data.cluster import SEPARATOR, Cluster
from cluster_data.tables import TABLES

NAME_COLUMN = {
    "areas": ("lad_code", "name"),
    "challenges": ("id", "title"),
    "themes": ("id", "title"),
    "ds": ("id", "label"),
}
MONEY = {"funding_gbp"}
PLAIN_NUMBERS = {
    "founded",
    "opened",
    "employees_year",
    "beds_year",
    "staff_year",
    "status_year",
    "source_year",
}


def cell_in_words(cluster: Cluster, table: str, column: str, value: object) -> str:
    """What a reader sees of one cell that is not empty."""
    about = TABLES[table].to_schema().columns[column].metadata or {}
    parts = [part.strip() for part in str(value).split(SEPARATOR)] if about.get("many") else [value]
    return "; ".join(_one(cluster, about, column, part) for part in parts)


def _one(cluster: Cluster, about: dict[str, object], column: str, value: object) -> str:
    if "vocabulary" in about:
        return cluster.labels(str(about["vocabulary"])).get(str(value), str(value))
    refers = about.get("refers")
    if isinstance(refers, tuple):
        return _named(cluster, refers, str(value))
    if column in MONEY:
        return words.money(float(str(value)))
    if isinstance(value, Real) and column not in PLAIN_NUMBERS:
        return f"{value:,.0f}"
    return str(value)


def _named(cluster: Cluster, tables: tuple[str, ...], value: str) -> str:
    for name in tables:
        key, label = NAME_COLUMN.get(name, ("id", "label" if name == "reaches" else "name"))
        rows: pd.DataFrame = cluster.table(name)
        found = rows.loc[rows[key] == value, label]
        if len(found):
            code = f" ({value})" if name in ("challenges", "themes") else ""
            return f"{found.iloc[0]}{code}"
    return value
