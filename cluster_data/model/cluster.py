"""The cluster: every table of one pack, read once and never changed."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, wraps
from itertools import accumulate
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from cluster_data.model import source_years
from cluster_data.model.pack import Pack

SEPARATOR = ";"
FIRST = r"^([^;]*)"
WHERE = ("lat", "lon", "lad_code", "precision", "town", "postcode", "year")
RECORD_COLUMNS = (
    *("record_type", "id", "name", "summary", "kind", "primary_d", *WHERE),
    *("status", "role", "stage", "reach", "website", "confidence"),
)
TYPE_OF_TABLE = {
    "companies": "company",
    "universities": "university",
    "trusts": "trust",
    "assets": "asset",
    "support_offers": "offer",
    "investors": "investor",
    "partners": "partner",
}
KINDS_OF_HELP = ("offer", "asset")
TABLE_OF_TYPE = {record_type: table for table, record_type in TYPE_OF_TABLE.items()} | {"board": "trusts"}


class UnknownName(LookupError):
    """Nothing has the name asked for."""

    def __init__(self, what: str, name: str, known: Mapping[str, object]) -> None:
        super().__init__(f"No {what} '{name}'. Known: {', '.join(sorted(known))}")


Measure = TypeVar("Measure", bound=Callable[..., Any])


def remembered(function: Measure) -> Measure:
    """Let a function of a Cluster compute each answer once for as long as that Cluster lives.

    Its other arguments must be hashable. Frames and dicts are handed out as shallow copies.
    """

    @wraps(function)
    def ask(cluster: "Cluster", *arguments: Any) -> Any:
        answer = cluster.memory(function, *arguments)
        if isinstance(answer, pd.DataFrame):
            return answer.copy(deep=False)
        return dict(answer) if isinstance(answer, dict) else answer

    return ask  # type: ignore[return-value]


@dataclass(frozen=True, eq=False)
class Cluster:
    """All tables of one pack. The frames it hands out are yours to change; the originals are not.

    `fingerprint` changes with any file of the pack; `geometries` holds GeoJSON texts by file name.
    """

    pack: Pack
    fingerprint: str = field(repr=False)
    tables: Mapping[str, pd.DataFrame] = field(repr=False)
    geometries: Mapping[str, str] = field(repr=False)
    memory: Callable[..., Any] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", MappingProxyType(dict(self.tables)))
        object.__setattr__(self, "geometries", MappingProxyType(dict(self.geometries)))
        answer = lru_cache(maxsize=1000)(lambda function, *arguments: function(self, *arguments))
        object.__setattr__(self, "memory", answer)

    def table(self, name: str) -> pd.DataFrame:
        """The named table, for example "companies", with the columns of its class in tables/."""
        if name not in self.tables:
            raise UnknownName("table", name, self.tables)
        return self.tables[name].copy(deep=False)

    @remembered
    def many(self, table: str, column: str) -> pd.DataFrame:
        """A many-valued column as rows: row (index in the table), value, id (if it has one), position from 0."""
        cells = self.tables[table][column].dropna().str.split(SEPARATOR).explode().str.strip()
        cells = cells[cells != ""]
        rows = pd.DataFrame({"row": cells.index, "value": cells.to_numpy()})
        if "id" in self.tables[table].columns:
            rows["id"] = self.tables[table].loc[rows["row"], "id"].to_numpy()
        rows["position"] = rows.groupby("row").cumcount()
        return rows

    @property
    @remembered
    def records(self) -> pd.DataFrame:
        """Every organisation and offer, one row each, index 0 to n-1: RECORD_COLUMNS, and gone (has ended).

        year is that of the newest source, as source_years has it.
        """
        tables = [record_rows(self, table, record_type) for table, record_type in TYPE_OF_TABLE.items()]
        rows = pd.concat(tables, ignore_index=True)
        rows["gone"] = rows["status"].isin(self.flagged("status", "gone"))
        least = pd.concat([source_years.least(self.tables[table]) for table in TYPE_OF_TABLE], ignore_index=True)
        rows["year"] = self.newest_years(least, self.cited)
        return rows

    def newest_years(self, years: pd.Series, cited: pd.DataFrame) -> pd.Series:
        """Stated years of rows, raised to those of the sources that they cite: `cited` has row, value (a source id)."""
        sources = self.tables["sources"].set_index("id")
        of_sources = sources.index.to_series().map(self.known_years).astype(float)
        of_sources = of_sources.fillna(sources["url"].map(source_years.in_address).astype(float))
        return source_years.newest(years, cited, of_sources)

    @cached_property
    def cited(self) -> pd.DataFrame:
        """The sources that records name: row (index in records), value (id of a source). Not to be changed."""
        sourced = [table for table in TYPE_OF_TABLE if "source_ids" in self.tables[table].columns]
        return pd.concat([self.rows_of(table, "source_ids") for table in sourced])

    @cached_property
    def known_years(self) -> Mapping[str, int]:
        """The years of sources by id, as titles or the tables that state years tell them; see source_years."""
        cited = []
        for name, table in self.tables.items():
            if "source_ids" in table.columns:
                rows = self.many(name, "source_ids")
                rows["year"] = rows["row"].map(source_years.stated(table))
                rows["least"] = rows["row"].map(source_years.least(table))
                cited.append(rows.assign(row=f"{name} " + rows["row"].astype(str)))
        years = source_years.agreed(pd.concat(cited))
        for source in self.tables["sources"].itertuples():
            if year := source_years.in_title(source.title, self.pack.as_of.year):
                years[source.id] = year
        return MappingProxyType(years)

    @property
    @remembered
    def record_ds(self) -> pd.DataFrame:
        """The Ds of every record: row (index in records), record_type, id, d, position (0 is the primary D).

        record_type and d are categorical, in the order of their words.
        """
        parts = [
            self.many(table, "ds").assign(row=lambda rows, first=first: rows["row"] + first)
            for table, first in self._first_rows.items()
            if "ds" in self.tables[table].columns
        ]
        ds = pd.concat(parts, ignore_index=True).rename(columns={"value": "d"})
        types = self.records["record_type"].to_numpy()[ds["row"]]
        ds["record_type"] = pd.Categorical(types, list(self.labels("record_type")))
        ds["d"] = pd.Categorical(ds["d"], self.table("ds").sort_values("order")["id"])
        return ds[["row", "record_type", "id", "d", "position"]]

    @cached_property
    def _first_rows(self) -> dict[str, int]:
        sizes = [len(self.tables[table]) for table in TYPE_OF_TABLE]
        return dict(zip(TYPE_OF_TABLE, [0, *accumulate(sizes)], strict=False))

    def rows_of(self, table: str, column: str) -> pd.DataFrame:
        """A many-valued column of a table of records: row (index in records), value."""
        rows = self.many(table, column)[["row", "value"]]
        return rows.assign(row=rows["row"] + self._first_rows[table])

    def records_in(self, table: str) -> slice:
        """Where the rows of a table stand in records."""
        first = self._first_rows[table]
        return slice(first, first + len(self.tables[table]))

    @remembered
    def codes(self, column: str) -> tuple[np.ndarray, dict[Any, int]]:
        """A column of records as whole numbers, -1 where it is empty, and the number of each word."""
        codes, found = pd.factorize(self.records[column])
        return codes, {word: code for code, word in enumerate(found)}

    def holds(self, column: str, words: Iterable[str]) -> np.ndarray:
        """For each record, whether its column holds one of the words."""
        codes, known = self.codes(column)
        asked = np.zeros(len(known) + 1, dtype=bool)  # its last stands for an empty cell, whose code is -1
        asked[[known[word] for word in words if word in known]] = True
        return asked[codes]

    @remembered
    def vocabulary(self, field: str) -> pd.DataFrame:
        """The words of one field in their order: id, label, plural, flag, meaning."""
        words = self.table("vocabulary")
        return words[words["field"] == field].sort_values("order").reset_index(drop=True)

    @remembered
    def labels(self, field: str) -> dict[str, str]:
        """Word to label, in order."""
        words = self.vocabulary(field)
        return dict(zip(words["id"], words["label"], strict=True))

    @remembered
    def plurals(self, field: str) -> dict[str, str]:
        """Word to its label for several, in order."""
        words = self.vocabulary(field)
        return dict(zip(words["id"], words["plural"].fillna(words["label"]), strict=True))

    @remembered
    def flagged(self, field: str, flag: str) -> list[str]:
        """The words of a field that bear a flag."""
        words = self.vocabulary(field)
        return list(words.loc[words["flag"] == flag, "id"])

    @remembered
    def names(self, table: str) -> dict[str, str]:
        """What the rows of a table are called, by their ids, in the order of the file."""
        rows = self.table(table)
        called = next(column for column in ("name", "label", "title") if column in rows.columns)
        return dict(zip(rows["lad_code" if table == "areas" else "id"], rows[called], strict=True))

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
        return MappingProxyType(self.names("areas"))

    @cached_property
    def bodies(self) -> np.ndarray:
        """For each row of records, the id of its body: its own, or for an offer that of the asset it names."""
        bodies = self.records["id"].to_numpy(dtype=object).copy()
        offers = self.tables["support_offers"]
        bodies[self.records_in("support_offers")] = offers["asset_id"].fillna(offers["id"])
        return bodies

    @cached_property
    def body_codes(self) -> np.ndarray:
        """Bodies as whole numbers."""
        return pd.factorize(self.bodies)[0]

    @cached_property
    def body_codes_by_kind(self) -> np.ndarray:
        """Bodies as whole numbers, another for each kind of record that they are."""
        kinds, known = self.codes("record_type")
        return self.body_codes * len(known) + kinds

    def once_each(self, keep: np.ndarray, last: bool = False, in_each_kind: bool = False) -> np.ndarray:
        """A mask of rows of records with one row alone for each body, or for each in its kind: its first or `last`.

        Assets stand before offers: what is both is an asset by its first row and an offer by its last.
        """
        rows = np.flatnonzero(keep)
        codes = self.body_codes_by_kind if in_each_kind else self.body_codes
        again = pd.Series(codes[rows]).duplicated(keep="last" if last else "first")
        keep = keep.copy()
        keep[rows[again]] = False
        return keep

    @cached_property
    def redirects(self) -> Mapping[str, str]:
        """Each id that was merged into another, to the id of the record that stays; the check allows no circle."""
        rows = self.tables["redirects"]
        leads = dict(zip(rows["old_id"], rows["id"], strict=True))
        last: dict[str, str] = {}
        for old, now in leads.items():
            while now in leads:
                now = last.get(now, leads[now])
            last[old] = now
        return MappingProxyType(last)

    def geojson(self, name: str) -> dict[str, Any]:
        """The named GeoJSON file, parsed anew: "boundaries" or "basemap"."""
        if name not in self.geometries:
            raise UnknownName("geometry", name, self.geometries)
        parsed: dict[str, Any] = json.loads(self.geometries[name])
        return parsed


def record_rows(cluster: Cluster, table: str, record_type: str) -> pd.DataFrame:
    """The rows of one table as records; what a table does not know is left empty."""
    rows = cluster.table(table)
    rows = rows.rename(columns={"location_precision": "precision", "source_year": "year", "status_year": "year"})
    rows["record_type"] = record_type
    if table == "trusts":
        rows.loc[rows["kind"].isin(cluster.flagged("trust_kind", "board")), "record_type"] = "board"
    for column, whole in (("primary_d", "ds"), ("kind", "kinds")):
        if whole in rows.columns:
            rows[column] = rows[whole].str.extract(FIRST, expand=False).str.strip()
    return rows.reindex(columns=list(RECORD_COLUMNS))
