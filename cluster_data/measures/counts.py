"""How many there are: by type, by D, by stage, size and ownership, by area. A firm counts once in any total."""

from itertools import compress

import numpy as np
import pandas as pd

from cluster_data.model import words
from cluster_data.model.cluster import KINDS_OF_HELP, Cluster, remembered
from cluster_data.model.filters import Filter, open_to_every_d
from cluster_data.model.tables import as_read

UNKNOWN, NO_D, NO_OWNER, OTHERS = "Not known", "No D", "No owner on record", "Other countries"
TYPES_WITH_DS = ("company", "university", "trust", "asset", "offer")


@remembered
def by_type(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """One row per type in order: record_type, label (for several), records.

    Each type counts all its records that the choice keeps; what is of two types counts in both rows.
    """
    rows = pd.DataFrame(cluster.plurals("record_type").items(), columns=["record_type", "label"])
    counted = cluster.records.loc[chosen.in_each_kind(cluster), "record_type"].value_counts()
    return rows.assign(records=counted.reindex(rows["record_type"], fill_value=0).to_numpy())


@remembered
def by_d(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """One row per D in order: d, label, symbol, colour_light, colour_dark, then a count for each type with Ds.

    Columns company, university, trust, asset, offer; then asset_named and offer_named, those that name the D. Assets
    and offers that name no D are open to every D and count in each row.
    With match "any" a record counts under each of its Ds, so columns overlap; with "primary" firms partition.
    """
    rows, ds, kept = ds_in_order(cluster, chosen), chosen.record_ds(cluster), chosen.in_each_kind(cluster)
    held, types = ds[kept[ds["row"]]], pd.Index(TYPES_WITH_DS)
    down, across = pd.Index(rows["d"]).get_indexer(held["d"]), types.get_indexer(held["record_type"])
    named = pd.DataFrame(_crossed(down, across, len(rows), len(types)), columns=types)
    open_to_all = types.get_indexer(cluster.records["record_type"][kept & open_to_every_d(cluster)])
    counted = named + np.bincount(open_to_all[open_to_all >= 0], minlength=len(types))
    return pd.concat([rows, counted, named[list(KINDS_OF_HELP)].add_suffix("_named")], axis=1)


@remembered
def ds_in_order(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """The Ds in order, those chosen if any were: d, label, symbol, colour_light, colour_dark, meaning."""
    rows = cluster.table("ds").sort_values("order").rename(columns={"id": "d"})
    if chosen.ds:
        rows = rows[rows["d"].isin(chosen.ds)]
    return rows.drop(columns="order").reset_index(drop=True)


@remembered
def matches_compared(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """One row per D: d, label, any (firms with that D), primary (firms whose first D it is)."""
    rows = ds_in_order(cluster, chosen)[["d", "label"]]
    for match in ("any", "primary"):
        counted = by_d(cluster, chosen.but(match=match)).set_index("d")["company"]
        rows[match] = rows["d"].map(counted)
    return rows


@remembered
def combinations_of_ds(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Firms by all the Ds they have, whichever of them count, most firms first: ds (ids in order), label, firms.

    Each firm is in one row. Those without a D are together, with no ids.
    """
    order = cluster.table("ds").sort_values("order")
    held = cluster.record_ds
    grid = np.zeros((len(cluster.records), len(order)), dtype=bool)
    grid[held["row"], pd.Index(order["id"]).get_indexer(held["d"])] = True
    sets, firms = np.unique(grid[chosen.keeps_of(cluster, "company")], axis=0, return_counts=True)
    labels = [word.lower() for word in order["label"]]
    said = [words.first_upper(words.listing(compress(labels, held))) or NO_D for held in sets]
    table = {"ds": [tuple(compress(order["id"], held)) for held in sets], "label": said, "firms": firms}
    return pd.DataFrame(table).sort_values(["firms", "label"], ascending=[False, True], ignore_index=True)


@remembered
def firms_by(cluster: Cluster, chosen: Filter, split: str, this_year: int) -> pd.DataFrame:
    """Firms by one of SPLITS_OF_FIRMS and by D: rows label (UNKNOWN last), one column per D label, all.

    The column `all` counts each firm once, so it need not equal the sum of the Ds. By age are the years since founding;
    by country the countries of most firms stand in order and the rest together. Words nobody uses are left out.
    """
    label, order = _labels_of_firms(cluster, split, this_year)[_kept(cluster, chosen)], list(AGES.values())
    if split == COUNTRY:
        countries = label[~label.isin([UNKNOWN, NO_OWNER])].value_counts().sort_index()
        order = [*countries.sort_values(ascending=False, kind="stable").index[:MOST_COUNTRIES], OTHERS, NO_OWNER]
        label = label.where(label.isin([*order, UNKNOWN]), OTHERS)
    elif split != "age":
        order = [*cluster.labels(_COLUMN_OF_SPLIT[split][1]).values()]
    table = _by_label_and_d(cluster, chosen, label, list(dict.fromkeys([*order, UNKNOWN])))
    shown = (table["all"] > 0) | (table["label"] == UNKNOWN) | (split == "age")
    return table[shown].reset_index(drop=True)


@remembered
def _labels_of_firms(cluster: Cluster, split: str, this_year: int) -> pd.Series:
    """What each firm is by one of SPLITS_OF_FIRMS, in words, by the index of its table."""
    firms = cluster.table("companies")
    if split == "age":
        age = (this_year - firms["founded"]).astype("Float64").astype(float)
        label = pd.cut(age, [-1, *AGES], labels=list(AGES.values())).astype(object)
    elif split == COUNTRY:
        countries = firms["parent_country"]
        label = countries.where(firms["parent"].notna() | countries.notna(), NO_OWNER)
    else:
        column, field = _COLUMN_OF_SPLIT[split]
        label = firms[column].map(cluster.labels(field))
    return label.fillna(UNKNOWN)


@remembered
def firms_by_area(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Firms by area and D: lad_code, label, one column per D label, all; areas with none stay, UNKNOWN comes last."""
    codes = chosen.area_codes(cluster)
    code_of = {name: code for code, name in cluster.area_names.items() if not codes or code in codes}
    label = cluster.tables["companies"]["lad_code"][_kept(cluster, chosen)].map(cluster.area_names).fillna(UNKNOWN)
    table = _by_label_and_d(cluster, chosen, label, [*sorted(code_of), UNKNOWN])
    table.insert(0, "lad_code", table["label"].map(code_of))
    known = table[table["label"] != UNKNOWN].sort_values(["all", "label"], ascending=[False, True])
    unknown = table[(table["label"] == UNKNOWN) & (table["all"] > 0)]
    return pd.concat([known, unknown], ignore_index=True)


@remembered
def head_counts(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Firms whose number of employees is known: name, employees, employees_year, note; years and scopes differ."""
    firms = cluster.table("companies")
    known = firms[_kept(cluster, chosen) & firms["employees"].notna()].sort_values("employees", ascending=False)
    return known[["id", "name", "employees", "employees_year", "note"]].reset_index(drop=True)


def _kept(cluster: Cluster, chosen: Filter) -> np.ndarray:
    """For each row of the table of firms, whether the choice keeps it."""
    return chosen.keeps_of(cluster, "company")[cluster.records_in("companies")]


def _by_label_and_d(cluster: Cluster, chosen: Filter, label: pd.Series, order: list[str]) -> pd.DataFrame:
    """Firms counted by their label, by the index of their table, and by D: label in this order, the Ds, all."""
    ds, shown = chosen.record_ds(cluster), ds_in_order(cluster, chosen)
    label_of = np.full(len(cluster.records), -1)
    label_of[label.index + cluster.records_in("companies").start] = pd.Index(order).get_indexer(label)
    counted = _crossed(label_of[ds["row"]], pd.Index(shown["d"]).get_indexer(ds["d"]), len(order), len(shown))
    table = pd.DataFrame(counted, columns=list(shown["label"]))
    table.insert(0, "label", order)
    return table.assign(all=np.bincount(label_of[label_of >= 0], minlength=len(order)))


def _crossed(down: np.ndarray, across: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """How many stand in each row and column of a table; where one of them is -1, they stand in none."""
    counted, inside = np.zeros((rows, columns), dtype=int), (down >= 0) & (across >= 0)
    np.add.at(counted, (down[inside], across[inside]), 1)
    return counted


COUNTRY, MOST_COUNTRIES = "country of the owner", 6
SPLITS_OF_FIRMS = ("stage", "size", "ownership", "age", "status", COUNTRY)
_COLUMN_OF_SPLIT = {
    "stage": ("stage", "stage"),
    "size": ("size_band", "size_band"),
    "ownership": ("kind", "company_kind"),
    "status": ("status", "status"),
}
AGES = {5: "Up to 5 years", 10: "6 to 10 years", 25: "11 to 25 years", 10_000: "Over 25 years"}


def by_d_in_words(cluster: Cluster, table: pd.DataFrame) -> pd.DataFrame:
    """The table of by_d as readers see it: D, a column for each type, then how many assets and offers name the D."""
    plurals = cluster.plurals("record_type")
    types = [each for each in plurals if each in table.columns]
    named = {f"{each}_named": f"{plurals[each]} that name it" for each in types if each in KINDS_OF_HELP}
    return table[["label", *types, *named]].rename(columns={"label": "D", **plurals, **named})


def splits_in_words(splits: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Several tables of firms_by as one that readers see: Firms by, Which, a column per D, Firms."""
    table = pd.concat(splits, names=["Firms by"]).reset_index("Firms by").reset_index(drop=True)
    table["Firms by"] = table["Firms by"].map(words.first_upper)
    return table.rename(columns={"label": "Which", "all": "Firms"})


def firms_by_area_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """The table of firms_by_area as readers see it: Area, a column per D, Firms."""
    return table.drop(columns="lad_code", errors="ignore").rename(columns={"label": "Area", "all": "Firms"})


def head_counts_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """The table of head_counts as readers see it."""
    columns = {"name": "Firm", "employees": "Employees", "employees_year": "Year", "note": "Note"}
    return as_read(table.fillna({"note": ""}), "companies", columns)
