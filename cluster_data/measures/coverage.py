"""What is known, how old and how sure: the gaps made visible."""

import numpy as np
import pandas as pd

from cluster_data.measures import citations, counts
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.filters import Filter
from cluster_data.model.formats import Number, typed
from cluster_data.model.source_years import OLD_AFTER_YEARS
from cluster_data.model.tables import TABLES

IDENTITY = ("id", "name", "source_ids")


def known(cluster: Cluster, table: str, ids: pd.Series | None = None) -> pd.DataFrame:
    """One row per column of a table, least known first: column, known, rows, share (percent).

    With `ids`, only rows of these ids count.
    """
    rows = cluster.table(table)
    if ids is not None and "id" in rows.columns:
        rows = rows[rows["id"].isin(ids)]
    columns = [column for column in rows.columns if column not in IDENTITY]
    found = pd.DataFrame({"column": columns, "known": [int(rows[column].notna().sum()) for column in columns]})
    found["rows"] = len(rows)
    found["share"] = 100.0 * found["known"] / max(len(rows), 1)
    return found.sort_values(["share", "column"], ignore_index=True)


def ages(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Records by age of their newest source, each sort in full: sort, label, recent, old (over 3 years), undated."""
    limit = cluster.pack.as_of.year - OLD_AFTER_YEARS
    rows = []
    for sort, label in cluster.plurals("sort").items():
        years = cluster.records.loc[counts.counted_as(cluster, chosen, sort), "year"]
        if len(years):
            counted = (int(of.sum()) for of in (years >= limit, years < limit, years.isna()))
            rows.append((sort, label, *counted))
    return pd.DataFrame(rows, columns=["sort", "label", "recent", "old", "undated"])


def ages_finding(cluster: Cluster, chosen: Filter) -> str:
    """How old records are: "87 of 412 records rest on sources over three years old; of 40 the year is not known"."""
    years = chosen.records(cluster)["year"]
    old, undated = int((years < cluster.pack.as_of.year - OLD_AFTER_YEARS).sum()), int(years.isna().sum())
    total = len(years)
    if not total:
        return "No record of this choice, so no source"
    more = f"; of {undated:,} the year is not known" if undated else ""
    verb = "rests" if old < 2 else "rest"
    records = words.count(total, "record")
    return f"{_number(old)} of {records} {verb} on sources over three years old{more}"


def _number(number: int) -> str:
    return f"{number:,}" if number else "None"


def sureness(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Records by sort and confidence, each sort in full: Kind, one column per confidence label, Not stated."""
    rows = []
    for sort, label in cluster.plurals("sort").items():
        counted = _by_confidence(cluster, cluster.records[counts.counted_as(cluster, chosen, sort)])
        rows += [{"Kind": label, **counted}] if counted.sum() else []
    return pd.DataFrame(rows, columns=["Kind", *_confidences(cluster)])


def _confidences(cluster: Cluster) -> list[str]:
    return [*cluster.labels("confidence").values(), "Not stated"]


def _by_confidence(cluster: Cluster, rows: pd.DataFrame) -> pd.Series:
    said = rows["confidence"].map(dict(cluster.labels("confidence"))).fillna("Not stated")
    return said.value_counts().reindex(_confidences(cluster), fill_value=0)


def sureness_finding(cluster: Cluster, chosen: Filter) -> str:
    """How sure the records are: "Confidence is high for 120 of 412 records, low for 60, not stated for 32"."""
    counted = _by_confidence(cluster, chosen.records(cluster))
    total = int(counted.sum())
    if not total:
        return "No record of this choice, so no confidence"
    known = [(str(label).lower(), int(number)) for label, number in counted.items() if number]
    (first, most), *others = known
    said = [f"{first} for {most:,} of {words.count(total, 'record')}", *(f"{label} for {n:,}" for label, n in others)]
    return f"Confidence is {', '.join(said)}"


def foundations(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Records by sort and on how many sources they rest, each sort in full: Kind, One source only, Two or more,
    No source of its own.
    """
    rows = []
    for sort, label in cluster.plurals("sort").items():
        counted = _by_sources(cluster, counts.counted_as(cluster, chosen, sort))
        rows += [(label, *counted)] if sum(counted) else []
    kinds = (citations.ONE_ONLY, "two or more", citations.NONE)
    return pd.DataFrame(rows, columns=["Kind", *map(words.first_upper, kinds)])


def _by_sources(cluster: Cluster, kept: np.ndarray) -> tuple[int, int, int]:
    """How many of the records kept rest on one source, on more, on none of their own."""
    number = citations.rests_on(cluster)[kept]
    return int((number == 1).sum()), int((number > 1).sum()), int((number == 0).sum())


def foundations_finding(cluster: Cluster, chosen: Filter) -> str:
    """On how little records rest: "240 of 412 records rest on one source only; 3 name none of their own"."""
    one, more, none = _by_sources(cluster, chosen.keeps(cluster))
    total = one + more + none
    if not total:
        return "No record of this choice, so no source"
    without = f"; {none:,} {'names none of its' if none == 1 else 'name none of their'} own" if none else ""
    verb = "rests" if one < 2 else "rest"
    return f"{_number(one)} of {words.count(total, 'record')} {verb} on one source only{without}"


def firms_finding(cluster: Cluster, chosen: Filter) -> str:
    """How well firms are known: "Known of 92 firms: 25 with postcode, 42 with stage ..."."""
    firms = chosen.firms(cluster)
    if firms.empty:
        return "No firm of this choice"
    known = (f"{held.sum():,} {name.lower()}" for name, held in _facts_known(cluster, firms).items())
    return f"Known of {words.count(len(firms), 'firm')}: {words.listing(known)}"


def by_split(cluster: Cluster, chosen: Filter, by: str) -> pd.DataFrame:
    """How well firms are known by D or by area: Group, Firms, then shares in percent of firms with each fact.

    Columns With postcode, With stage, With employees, With a source newer than three years. Shares are missing where
    there are under ten firms: the numbers are too small for a percentage.
    """
    firms = chosen.firms(cluster)
    groups, facts = _groups(cluster, chosen, firms, by), _facts_known(cluster, firms)
    held = firms[["id"]].assign(**{name: fact.astype(float) for name, fact in facts.items()})
    merged = groups.merge(held, on="id")
    table = merged.groupby("Group", sort=False)[list(facts)].mean() * 100
    table.insert(0, "Firms", merged.groupby("Group", sort=False)["id"].nunique())
    table.loc[table["Firms"] < 10, list(facts)] = float("nan")
    return table.sort_values("Firms", ascending=False, kind="stable").round(0).reset_index()


def _facts_known(cluster: Cluster, firms: pd.DataFrame) -> dict[str, pd.Series]:
    """For each fact by name, which of the firms have it."""
    employees = cluster.table("companies").set_index("id")["employees"]
    facts = {
        "With postcode": firms["precision"] == "postcode",
        "With stage": firms["stage"].notna(),
        "With employees": firms["id"].map(employees).notna(),
        "With a recent source": firms["year"] >= cluster.pack.as_of.year - OLD_AFTER_YEARS,
    }
    return {name: fact.fillna(False) for name, fact in facts.items()}


def _groups(cluster: Cluster, chosen: Filter, firms: pd.DataFrame, by: str) -> pd.DataFrame:
    if by == "area":
        return firms[["id"]].assign(Group=firms["lad_code"].map(dict(cluster.area_names)).fillna("Unknown"))
    ds = chosen.record_ds(cluster)
    labels = cluster.names("ds")
    rows = ds[(ds["sort"] == "company") & ds["id"].isin(firms["id"])]
    return rows[["id"]].assign(Group=rows["d"].map(labels))


def dictionary(table: str) -> pd.DataFrame:
    """The data dictionary of a table: Column, Holds, Required, Refers to."""
    rows = []
    for name, column in TABLES[table].to_schema().columns.items():
        about = column.metadata or {}
        refers = about.get("vocabulary") and f"vocabulary: {about['vocabulary']}" or ", ".join(about.get("refers", ()))
        rows.append((name, column.description, "no" if column.nullable else "yes", refers))
    return pd.DataFrame(rows, columns=["Column", "Holds", "Required", "Refers to"])


def about(table: str) -> str:
    """What the rows of a table are."""
    return (TABLES[table].__doc__ or "").strip()


def ages_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """The table of ages as readers see it."""
    columns = {"label": "Kind", "recent": "Three years or newer", "old": "Older", "undated": "Year not known"}
    return table[list(columns)].rename(columns=columns)


def by_split_in_words(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """The table of by_split; "too few" stands for shares where there are under ten firms."""
    shares = [column for column in table.columns if column.startswith("With")]
    said = table.rename(columns={"Group": words.first_upper(by)})
    return typed(said, dict.fromkeys(shares, Number("%", 0, unknown="too few")))


def known_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """The table of known as readers see it."""
    return typed(table.rename(columns=str.capitalize), {"Share": Number("%", 0)})
