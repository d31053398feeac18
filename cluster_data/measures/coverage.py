"""What is known, how old and how sure: the gaps made visible."""

import pandas as pd

from cluster_data.cluster import Cluster
from cluster_data.filters import Filter
from cluster_data.measures.findings import OLD_AFTER_YEARS
from cluster_data.tables import TABLES

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
    """Firms and offers by age of their newest source: sort, label, recent, old (over three years), undated."""
    limit = cluster.pack.as_of.year - OLD_AFTER_YEARS
    rows = []
    for sort, label in cluster.plurals("sort").items():
        kept = chosen.of_sort(cluster, sort)
        if not len(kept):
            continue
        years = kept.loc[~(kept["gone"] & (kept["sort"] == "trust")), "year"]
        rows.append((sort, label, int((years >= limit).sum()), int((years < limit).sum()), int(years.isna().sum())))
    return pd.DataFrame(rows, columns=["sort", "label", "recent", "old", "undated"])


def sureness(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Records by sort and confidence: Kind, one column per confidence label, Not stated."""
    labels = {**cluster.labels("confidence")}
    kept = chosen.records(cluster)
    kept = kept[~(kept["gone"] & (kept["sort"] == "trust"))]
    kept = kept.assign(sure=kept["confidence"].map(labels).fillna("Not stated"))
    grid = pd.crosstab(kept["sort"], kept["sure"])
    sorts = [sort for sort in cluster.plurals("sort") if sort in grid.index]
    grid = grid.reindex(index=sorts, columns=[*labels.values(), "Not stated"], fill_value=0)
    grid.insert(0, "Kind", [cluster.plurals("sort")[sort] for sort in sorts])
    return grid.reset_index(drop=True)


def by_split(cluster: Cluster, chosen: Filter, by: str) -> pd.DataFrame:
    """How well firms are known by D or by area: Group, Firms, then shares in percent of firms with each fact.

    Columns With postcode, With stage, With employees, With a source newer than three years. Shares are missing where
    there are under ten firms: the numbers are too small for a percentage.
    """
    limit = cluster.pack.as_of.year - OLD_AFTER_YEARS
    firms = chosen.firms(cluster)
    more = cluster.table("companies")[["id", "employees"]]
    firms = firms.merge(more, on="id", how="left")
    groups = _groups(cluster, chosen, firms, by)
    facts = {
        "With postcode": firms["precision"] == "postcode",
        "With stage": firms["stage"].notna(),
        "With employees": firms["employees"].notna(),
        "With a recent source": firms["year"] >= limit,
    }
    held = firms[["id"]].assign(**{name: fact.fillna(False).astype(float) for name, fact in facts.items()})
    merged = groups.merge(held, on="id")
    table = merged.groupby("Group", sort=False)[list(facts)].mean() * 100
    table.insert(0, "Firms", merged.groupby("Group", sort=False)["id"].nunique())
    table.loc[table["Firms"] < 10, list(facts)] = float("nan")
    return table.sort_values("Firms", ascending=False, kind="stable").round(0).reset_index()


def _groups(cluster: Cluster, chosen: Filter, firms: pd.DataFrame, by: str) -> pd.DataFrame:
    if by == "area":
        return firms[["id"]].assign(Group=firms["lad_code"].map(dict(cluster.area_names)).fillna("Unknown"))
    ds = chosen.record_ds(cluster)
    labels = dict(zip(cluster.table("ds")["id"], cluster.table("ds")["label"], strict=True))
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
    columns = {"label": "Kind", "recent": "Three years or newer", "old": "Older", "undated": "Undated"}
    return table[list(columns)].rename(columns=columns)


def by_split_in_words(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """The table of by_split with its shares as text; "too few" where there are under ten firms."""
    shares = [column for column in table.columns if column.startswith("With")]
    words = table.rename(columns={"Group": by[:1].upper() + by[1:]})
    words["Firms"] = table["Firms"].map("{:,}".format)
    for column in shares:
        words[column] = table[column].map(lambda share: "too few" if pd.isna(share) else f"{share:.0f}%")
    return words
