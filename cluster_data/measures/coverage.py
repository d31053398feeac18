"""What is known, how old and how sure: the gaps made visible."""

from collections.abc import Sequence

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
AGES = ("Three years or newer", "Older", "Year not known")
FOUNDATIONS = (words.first_upper(citations.ONE_ONLY), "Two or more", words.first_upper(citations.NONE))
NOT_STATED = "Not stated"


def columns_known(cluster: Cluster, table: str) -> pd.DataFrame:
    """One row per column of a table, least known first: column, known, rows, share (percent)."""
    rows = cluster.table(table).drop(columns=list(IDENTITY), errors="ignore")
    found = rows.notna().sum().rename_axis("column").reset_index(name="known")
    found["rows"], found["share"] = len(rows), 100.0 * found["known"] / max(len(rows), 1)
    return found.sort_values(["share", "column"], ignore_index=True)


def _by_type(cluster: Cluster, chosen: Filter, said: pd.Series, columns: Sequence[str]) -> pd.DataFrame:
    """Records by type and by what is said of each of Cluster.records, each type in full: Kind, then the columns."""
    rows, kept = [], chosen.in_each_kind(cluster)
    for record_type, label in cluster.plurals("record_type").items():
        counted = said[kept & cluster.holds("record_type", [record_type])].value_counts()
        rows += [{"Kind": label, **counted.reindex(columns, fill_value=0)}] if counted.sum() else []
    return pd.DataFrame(rows, columns=["Kind", *columns])


def _ages(cluster: Cluster) -> pd.Series:
    years = cluster.records["year"].astype(float)
    limit = cluster.pack.as_of.year - OLD_AFTER_YEARS
    return pd.Series(np.select([years >= limit, years < limit], AGES[:2], AGES[2]))


def ages(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Records by age of their newest source, each type in full: Kind, AGES."""
    return _by_type(cluster, chosen, _ages(cluster), AGES)


def ages_finding(cluster: Cluster, chosen: Filter) -> str:
    """How old records are: "87 of 412 records rest on sources over three years old; of 40 the year is not known"."""
    said = _ages(cluster)[chosen.keeps(cluster)]
    old, undated = (int((said == age).sum()) for age in AGES[1:])
    more = f"; of {undated:,} the year is not known" if undated else ""
    return _rest_on(old, len(said), "sources over three years old", more)


def _rest_on(number: int, total: int, what: str, more: str) -> str:
    if not total:
        return "No record of this choice, so no source"
    verb = "rests" if number < 2 else "rest"
    return f"{number or 'None':{',' if number else ''}} of {words.count(total, 'record')} {verb} on {what}{more}"


def _confidences(cluster: Cluster) -> tuple[pd.Series, list[str]]:
    """The confidence of each record, and all that it may be, in words and in order."""
    labels = cluster.labels("confidence")
    return cluster.records["confidence"].map(labels).fillna(NOT_STATED), [*labels.values(), NOT_STATED]


def sureness(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Records by type and confidence, each type in full: Kind, one column per confidence label, Not stated."""
    return _by_type(cluster, chosen, *_confidences(cluster))


def sureness_finding(cluster: Cluster, chosen: Filter) -> str:
    """How sure the records are: "Confidence is high for 120 of 412 records, low for 60, not stated for 32"."""
    said, grades = _confidences(cluster)
    counted = said[chosen.keeps(cluster)].value_counts().reindex(grades, fill_value=0)
    if not counted.sum():
        return "No record of this choice, so no confidence"
    (first, most), *others = ((grade.lower(), number) for grade, number in counted.items() if number)
    known = [f"{first} for {most:,} of {words.count(counted.sum(), 'record')}"]
    return f"Confidence is {', '.join([*known, *(f'{grade} for {number:,}' for grade, number in others)])}"


def _foundations(cluster: Cluster) -> pd.Series:
    number = citations.rests_on(cluster)
    return pd.Series(np.select([number == 1, number > 1], FOUNDATIONS[:2], FOUNDATIONS[2]))


def foundations(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Records by type and on how many sources they rest, each type in full: Kind, FOUNDATIONS."""
    return _by_type(cluster, chosen, _foundations(cluster), FOUNDATIONS)


def foundations_finding(cluster: Cluster, chosen: Filter) -> str:
    """On how little records rest: "240 of 412 records rest on one source only; 3 name none of their own"."""
    said = _foundations(cluster)[chosen.keeps(cluster)]
    one, _, none = (int((said == number).sum()) for number in FOUNDATIONS)
    more = f"; {none:,} {'names none of its' if none == 1 else 'name none of their'} own" if none else ""
    return _rest_on(one, len(said), citations.ONE_ONLY, more)


def firms_finding(cluster: Cluster, chosen: Filter) -> str:
    """How well firms are known: "Known of 92 firms: 25 with postcode, 42 with stage ..."."""
    firms = chosen.firms(cluster)
    if firms.empty:
        return "No firm of this choice"
    known = (f"{held:,} {name.lower()}" for name, held in _facts_known(cluster, firms).sum().items())
    return f"Known of {words.count(len(firms), 'firm')}: {words.listing(known)}"


def by_split(cluster: Cluster, chosen: Filter, by: str) -> pd.DataFrame:
    """How well firms are known by D or by area, as readers see it: D or Area, Firms, then shares with each fact.

    Under ten firms the numbers are too small for a percentage, and the shares are missing.
    """
    firms = chosen.firms(cluster)
    facts = _facts_known(cluster, firms)
    if by == "area":
        groups = firms[["id"]].assign(Group=firms["lad_code"].map(dict(cluster.area_names)).fillna(counts.UNKNOWN))
    else:
        ds = chosen.record_ds(cluster)
        groups = ds.loc[(ds["record_type"] == "company") & ds["id"].isin(firms["id"]), ["id"]]
        groups = groups.assign(Group=ds["d"].map(cluster.names("ds")))
    by_group = groups.merge(facts.astype(float).assign(id=firms["id"]), on="id").groupby("Group", sort=False)
    table = by_group[list(facts)].mean() * 100
    table.insert(0, "Firms", by_group["id"].nunique())
    table.loc[table["Firms"] < 10, list(facts)] = float("nan")
    table = table.sort_values("Firms", ascending=False, kind="stable").round(0)
    said = table.rename_axis(words.first_upper(by)).reset_index()
    return typed(said, dict.fromkeys(facts, Number("%", 0, unknown="too few")))


def _facts_known(cluster: Cluster, firms: pd.DataFrame) -> pd.DataFrame:
    """For each of the firms whether it has a fact, a column each by its name."""
    employees = cluster.table("companies").set_index("id")["employees"]
    facts = {
        "With postcode": firms["precision"] == "postcode",
        "With stage": firms["stage"].notna(),
        "With employees": firms["id"].map(employees).notna(),
        "With a recent source": firms["year"] >= cluster.pack.as_of.year - OLD_AFTER_YEARS,
    }
    return pd.DataFrame({name: fact.fillna(False).astype(bool) for name, fact in facts.items()})


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
