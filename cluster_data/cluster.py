"""The cluster: every table of one pack, read once and never changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

import pandas as pd

from cluster_data.pack import Pack

SEPARATOR = ";"
RECORD_COLUMNS = (
    "sort",
    "id",
    "name",
    "summary",
    "kind",
    "primary_d",
    "town",
    "postcode",
    "lad_code",
    "lat",
    "lon",
    "precision",
    "status",
    "role",
    "stage",
    "website",
    "confidence",
    "year",
)
SORT_OF_TABLE = {
    "companies": "company",
    "universities": "university",
    "trusts": "trust",
    "assets": "asset",
    "support_offers": "offer",
    "investors": "investor",
    "partners": "partner",
}
TABLE_OF_SORT = {sort: table for table, sort in SORT_OF_TABLE.items()} | {"board": "trusts"}


class UnknownName(LookupError):
    """Nothing has the name asked for."""

    def __init__(self, what: str, name: str, known: Mapping[str, object]) -> None:
        super().__init__(f"No {what} '{name}'. Known: {', '.join(sorted(known))}")


@dataclass(frozen=True, eq=False)
class Cluster:
    """All tables of one pack. The frames it hands out are yours to change; the originals are not.

    `fingerprint` changes with any file of the pack; `geometries` holds GeoJSON texts by file name.
    """

    pack: Pack
    fingerprint: str
    tables: Mapping[str, pd.DataFrame]
    geometries: Mapping[str, str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", MappingProxyType(dict(self.tables)))
        object.__setattr__(self, "geometries", MappingProxyType(dict(self.geometries)))

    def table(self, name: str) -> pd.DataFrame:
        """The named table, for example "companies", with the columns of its class in tables.py."""
        if name not in self.tables:
            raise UnknownName("table", name, self.tables)
        return self.tables[name].copy(deep=False)

    def many(self, table: str, column: str) -> pd.DataFrame:
        """A many-valued column as rows: row (index in the table), id (if the table has one), value, position from 0."""
        return self._long(table, column).copy(deep=False)

    def _long(self, table: str, column: str) -> pd.DataFrame:
        known = self._long_tables
        if (table, column) not in known:
            known[table, column] = long_table(self.table(table), column)
        return known[table, column]

    @cached_property
    def _long_tables(self) -> dict[tuple[str, str], pd.DataFrame]:
        return {}

    @property
    def records(self) -> pd.DataFrame:
        """Every organisation and offer, one row each: see RECORD_COLUMNS, and gone (known to have ended)."""
        return self._records.copy(deep=False)

    @cached_property
    def _records(self) -> pd.DataFrame:
        parts = [record_rows(self, table, sort) for table, sort in SORT_OF_TABLE.items()]
        rows = pd.concat(parts, ignore_index=True)
        rows["gone"] = rows["status"].isin(self.flagged("status", "gone"))
        return rows

    @property
    def record_ds(self) -> pd.DataFrame:
        """The Ds of every record: sort, id, d, position (0 is the primary D)."""
        return self._record_ds.copy(deep=False)

    @cached_property
    def _record_ds(self) -> pd.DataFrame:
        parts = []
        for table, sort in SORT_OF_TABLE.items():
            if "ds" in self.tables[table].columns:
                parts.append(self.many(table, "ds").assign(sort=sort))
        rows = pd.concat(parts, ignore_index=True).rename(columns={"value": "d"})
        boards = set(self._records.loc[self._records["sort"] == "board", "id"])
        rows.loc[rows["id"].isin(boards) & (rows["sort"] == "trust"), "sort"] = "board"
        return rows[["sort", "id", "d", "position"]]

    def vocabulary(self, field: str) -> pd.DataFrame:
        """The words of one field in their order: id, label, plural, flag, meaning."""
        words = self.table("vocabulary")
        return words[words["field"] == field].sort_values("order").reset_index(drop=True)

    def labels(self, field: str) -> dict[str, str]:
        """Word to label, in order."""
        words = self.vocabulary(field)
        return dict(zip(words["id"], words["label"], strict=True))

    def plurals(self, field: str) -> dict[str, str]:
        """Word to its label for several, in order."""
        words = self.vocabulary(field)
        return dict(zip(words["id"], words["plural"].fillna(words["label"]), strict=True))

    def flagged(self, field: str, flag: str) -> list[str]:
        """The words of a field that bear a flag."""
        words = self.vocabulary(field)
        return list(words.loc[words["flag"] == flag, "id"])

    @cached_property
    def area_codes(self) -> Mapping[str, tuple[str, ...]]:
        """Label of every area and group, groups of areas last, to the codes of its areas."""
        areas = self.tables["areas"].sort_values("name")
        codes = {name: (code,) for name, code in zip(areas["name"], areas["lad_code"], strict=True)}
        for group in self.tables["groups"].sort_values("order").itertuples():
            codes[group.label] = tuple(areas.loc[areas[group.column] == group.value, "lad_code"])
        return MappingProxyType(codes)

    @cached_property
    def area_names(self) -> Mapping[str, str]:
        """Code of every area to its name."""
        areas = self.tables["areas"]
        return MappingProxyType(dict(zip(areas["lad_code"], areas["name"], strict=True)))

    def geojson(self, name: str) -> dict[str, Any]:
        """The named GeoJSON file, parsed anew: "boundaries" or "basemap"."""
        if name not in self.geometries:
            raise UnknownName("geometry", name, self.geometries)
        parsed: dict[str, Any] = json.loads(self.geometries[name])
        return parsed


def long_table(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """One row per value of a many-valued column: row, id, value, position."""
    cells = table[column].dropna().str.split(SEPARATOR).explode().str.strip()
    cells = cells[cells != ""]
    rows = pd.DataFrame({"row": cells.index, "value": cells.to_numpy()})
    if "id" in table.columns:
        rows["id"] = table.loc[rows["row"], "id"].to_numpy()
    rows["position"] = rows.groupby("row").cumcount()
    return rows


def record_rows(cluster: Cluster, table: str, sort: str) -> pd.DataFrame:
    """The rows of one table as records; what a table does not know is left empty."""
    rows = cluster.table(table)
    renamed = {"location_precision": "precision", "source_year": "year", "status_year": "year"}
    rows = rows.rename(columns={old: new for old, new in renamed.items() if old in rows.columns})
    rows["sort"] = sort
    if table == "trusts":
        rows.loc[rows["kind"].isin(cluster.flagged("trust_kind", "board")), "sort"] = "board"
    if "ds" in rows.columns:
        rows["primary_d"] = rows["ds"].str.split(SEPARATOR).str[0].str.strip()
    if "kinds" in rows.columns:
        rows["kind"] = rows["kinds"].str.split(SEPARATOR).str[0].str.strip()
    return rows.reindex(columns=list(RECORD_COLUMNS))
