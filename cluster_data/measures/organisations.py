"""Who is here: the directory, and the lists of records beside maps and cells."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd

from cluster_data.measures import citations
from cluster_data.measures.places import PLACED_TYPES
from cluster_data.measures.spots import POINT, best_ways, spots_kept, ways
from cluster_data.model import words
from cluster_data.model.cluster import SEPARATOR, TYPE_OF_TABLE, Cluster, remembered
from cluster_data.model.filters import Filter
from cluster_data.model.formats import FIRM, NOT_KNOWN, SOURCES, WEBSITE, Record, Words, Year, typed
from cluster_data.model.search import answers
from cluster_data.model.sites import spots, standing, whereabouts
from cluster_data.model.source_years import OLD_AFTER_YEARS


def directory(cluster: Cluster, rows: pd.DataFrame, columns: Sequence[str] = ()) -> pd.DataFrame:
    """Records in words: id, Name, Kind, Ds, Town, Area, Role, Stage, Status, Newest source, Rests on, Confidence,
    Website, Sources (addresses).

    Or those of these `columns` that are asked for. `rows` has the columns of Cluster.records. What is not known says
    so; what does not apply to a type is empty.
    """
    firm, placed = rows["record_type"] == "company", rows["record_type"].isin(PLACED_TYPES)
    named = pd.Series(ds_in_words(cluster)[rows.index], rows.index)
    table: dict[str, Callable[[], pd.Series]] = {
        "id": lambda: rows["id"],
        "Name": lambda: rows["name"],
        "Kind": lambda: rows["record_type"].map(cluster.labels("record_type")),
        "Ds": lambda: _said(named, "no D", rows["record_type"].isin([*PLACED_TYPES, "offer"])),
        "Town": lambda: _said(rows["town"], NOT_KNOWN, placed),
        "Area": lambda: _said(rows["lad_code"].map(dict(cluster.area_names)), NOT_KNOWN, placed),
        "Role": lambda: _said(rows["role"].map(cluster.labels("role")), NOT_KNOWN, firm),
        "Stage": lambda: _said(rows["stage"].map(cluster.labels("stage")), NOT_KNOWN, firm),
        "Status": lambda: _said(rows["status"].map(cluster.labels("status")), "", ~firm),
        "Newest source": lambda: rows["year"].astype("Int64").astype(object).mask(rows["record_type"] == "partner", ""),
        "Rests on": lambda: pd.Series(citations.rests_on(cluster)[rows.index]).map(citations.rests_in_words),
        "Confidence": lambda: _said(rows["confidence"].map(cluster.labels("confidence")), "", ~firm),
        "Website": lambda: rows["website"].fillna(""),
        "Sources": lambda: pd.Series(_addresses(cluster)[rows.index]),
    }
    formats = {"id": Record(), "Status": FIRM, "Newest source": Year(unknown="year not known")}
    formats |= {"Website": WEBSITE, "Sources": SOURCES}
    return typed(pd.DataFrame({name: table[name]().array for name in columns or table}), formats)


def addresses_of(cluster: Cluster, cited: pd.Series) -> pd.Series:
    """Cells of source ids as the addresses of those sources, each once, parted by spaces, by the index of the cells."""
    urls = cluster.table("sources").set_index("id")["url"]
    found = cited.dropna().str.split(SEPARATOR).explode().str.strip().map(urls)
    listed = found.groupby(level=0).agg(lambda addresses: " ".join(dict.fromkeys(addresses)))
    return listed.reindex(cited.index.unique())


@remembered
def _addresses(cluster: Cluster) -> np.ndarray:
    """For each row of Cluster.records, the addresses of its sources, parted by spaces."""
    cells = [cluster.table(table).reindex(columns=["source_ids"])["source_ids"] for table in TYPE_OF_TABLE]
    return addresses_of(cluster, pd.concat(cells, ignore_index=True)).fillna("").to_numpy(dtype=object)


@remembered
def links_from_each_end(cluster: Cluster) -> pd.DataFrame:
    """Every link twice, as each of its ends tells it: link (index in links), id, said ("is a spin-out of"), other (id),
    name (of the other), out (whether the link starts from `id`), kind, year, note, source_ids.
    """
    links, ends = cluster.table("links"), []
    for out, one, other, said in ((True, "from", "to", cluster.labels), (False, "to", "from", cluster.plurals)):
        of_end = links.rename(columns={f"{one}_id": "id", f"{other}_id": "other"})
        ends.append(of_end.assign(link=links.index, out=out, said=links["kind"].map(said("link_kind"))))
    rows = pd.concat(ends, ignore_index=True)
    rows["name"] = rows["other"].map(names(cluster))
    return rows[["link", "id", "said", "other", "name", "out", "kind", "year", "note", "source_ids"]]


@remembered
def ds_in_words(cluster: Cluster) -> np.ndarray:
    """For each row of Cluster.records, the labels of its Ds: "Devices, Digital"; missing if it has none."""
    held = cluster.record_ds
    named = held["d"].astype(object).map(cluster.names("ds")).groupby(held["row"]).agg(", ".join)
    return named.reindex(range(len(cluster.records))).to_numpy(dtype=object)


def _said(column: pd.Series, unknown: str, applies: pd.Series) -> pd.Series:
    """The column as text; where it is empty, `unknown` if it applies to the row and nothing if it does not."""
    return column.astype(object).where(column.notna(), applies.map({True: unknown, False: ""}))


def dated(cluster: Cluster, years: pd.Series) -> pd.Series:
    """Years of newest sources in words, marked if over three years old: "2024", "2018, over three years old"."""
    old = (years < cluster.pack.as_of.year - OLD_AFTER_YEARS).fillna(False)
    said = years.astype("Int64").astype("string") + np.where(old, ", over three years old", "")
    return said.fillna("year not known")


def sites_in_words(cluster: Cluster, listed: pd.DataFrame) -> pd.DataFrame:
    """Sites as readers see them: id and NHS body, Site, Kind, Postcode, Area, Newest list, Note, Sources (addresses).

    `listed` are rows of sites.site_rows.
    """
    bodies = cluster.records.iloc[listed["row"]]
    table = {
        "id": bodies["id"],
        "Site": listed["name"],
        "NHS body": bodies["name"],
        "Kind": listed["kind"].str.replace("_", " ").map(words.first_upper),
        "Postcode": listed["postcode"].fillna(NOT_KNOWN),
        "Area": listed["lad_code"].map(dict(cluster.area_names)).fillna(NOT_KNOWN),
        "Newest list": dated(cluster, listed["year"]),
        "Note": listed["note"].fillna(""),
        "Sources": addresses_of(cluster, listed["source_ids"]),
    }
    found = pd.DataFrame({name: column.array for name, column in table.items()})
    return typed(found, {"id": Record(), "Sources": SOURCES})


def on_map(cluster: Cluster, chosen: Filter, most: int | None = None) -> pd.DataFrame:
    """The organisations of the map in words: id, Name, Kind, Ds, Town, Area, Position, Sites, Sources (addresses).

    In order of type and name. With `most`, no more than that many.
    """
    rows = of_map(cluster, chosen, most)
    table = directory(cluster, rows)
    said = {"point": "to about 100 metres", "bubble": "approximate", "none": "not on the map"}
    at_site = spots(cluster)[spots_kept(cluster, chosen)].dropna(subset="site")
    sites = at_site.groupby("row")["site"].agg("; ".join).reindex(rows.index, fill_value="")
    how = best_ways(cluster, chosen.area_codes(cluster))[rows.index]
    table = table.assign(Position=[said[way] for way in how], Sites=sites.to_numpy())
    return table[["id", "Name", "Kind", "Ds", "Town", "Area", "Position", "Sites", "Sources"]]


def of_map(cluster: Cluster, chosen: Filter, most: int | None = None) -> pd.DataFrame:
    """The records kept of the types that can stand on a map: as found."""
    kinds = tuple(each for each in PLACED_TYPES if not chosen.kinds or each in chosen.kinds)
    return found(cluster, chosen.but(kinds=kinds or ("none",)), most)


def standing_in(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Where the organisations of the map stand, by position or site, in the areas chosen: id, area (its name)."""
    pairs, codes, names = whereabouts(cluster), chosen.area_codes(cluster), list(cluster.area_names.items())
    allowed = np.array([not codes or code in codes for code, _ in names] + [False])  # the last: of no known area
    pairs = pairs[np.isin(pairs[:, 0], of_map(cluster, chosen).index) & allowed[pairs[:, 1]]]
    ids = cluster.records["id"].to_numpy()[pairs[:, 0]]
    return pd.DataFrame({"id": ids, "area": [names[at][1] for at in pairs[:, 1]]}).drop_duplicates()


def beside_map(cluster: Cluster, chosen: Filter, rows: pd.DataFrame) -> pd.DataFrame:
    """Records as a list beside the map of a choice has room for them: id, Name, Where, Kind, Ds. `rows` as
    Cluster.records.
    """
    table = directory(cluster, rows, ["id", "Name", "Kind", "Ds"])
    table.insert(2, "Where", addresses(cluster, chosen.area_codes(cluster))[rows.index])
    return typed(table, {"id": Record()})


@remembered
def addresses(cluster: Cluster, codes: frozenset[str]) -> np.ndarray:
    """For each row of Cluster.records, where a map of the areas, by code, draws it: "NM1 1AA, Aldbrook",
    "Aldbrook, town only", "3 sites", "1 of 3 sites".
    """
    said = _own_addresses(cluster).copy()
    at_site = spots(cluster)["site"].notna() & (ways(cluster) != "none")
    every = spots(cluster)["row"][at_site].value_counts()
    here = spots(cluster)["row"][at_site & standing(cluster, codes)].value_counts()
    of = {row: words.count(number, "site") for row, number in every.items()}
    said[here.index] = [of[row] if number == every[row] else f"{number:,} of {of[row]}" for row, number in here.items()]
    return said


@remembered
def _own_addresses(cluster: Cluster) -> np.ndarray:
    rows = cluster.records
    exact, town = rows["postcode"].where(rows["precision"] == POINT).astype(object), rows["town"].astype(object)
    said = (exact + ", " + town).fillna(town + ", town only").fillna(exact)
    return said.fillna("place not known").to_numpy(dtype=object)


def placed(cluster: Cluster, chosen: Filter) -> int:
    """How many organisations the choice keeps of the types that can stand on a map."""
    return int((chosen.keeps(cluster) & cluster.holds("record_type", PLACED_TYPES)).sum())


def near_in_words(cluster: Cluster, near: pd.DataFrame) -> pd.DataFrame:
    """What places.near gives as readers see it: id, Name, Distance, Kind, Town, Ds, Status, Newest source, Sources.

    Nearest first. A site is named with its NHS body, placed in its area, and dated by the list that names it.
    """
    near = near.reset_index(drop=True)
    keys = pd.MultiIndex.from_frame(near[["record_type", "id"]])
    records = cluster.records.reset_index().set_index(["record_type", "id"], drop=False).loc[keys].set_index("index")
    rows, at_site = directory(cluster, records), near["site"].notna()
    rows["Town"] = rows["Town"].mask(at_site, near["lad_code"].map(dict(cluster.area_names)).fillna(NOT_KNOWN))
    rows["Name"] = (near["site"] + ", " + rows["Name"]).fillna(rows["Name"])
    rows["Newest source"] = dated(cluster, near["year"])
    rows["Distance"] = [*map(words.kilometres, near["km"], near["approximate"])]
    rows = typed(rows, {"Distance": FIRM, "Newest source": Words()})
    return rows[["id", "Name", "Distance", "Kind", "Town", "Ds", "Status", "Newest source", "Sources"]]


def behind_in_words(cluster: Cluster, rows: pd.DataFrame) -> pd.DataFrame:
    """Records behind a cell as readers see them: id, Name, By and Reach or Town and Area, Status, Newest source,
    Ds, Sources.

    `rows` has the columns of Cluster.records and holds one type.
    """
    table = directory(cluster, rows)
    if len(rows) and (rows["record_type"] == "offer").all():
        offers = cluster.table("support_offers").set_index("id")
        reaches = cluster.names("reaches")
        table["By"] = rows["id"].map(offers["provider"]).to_numpy()
        table["Reach"] = rows["id"].map(offers["reach"]).map(reaches).to_numpy()
        return table[["id", "Name", "By", "Reach", "Status", "Newest source", "Ds", "Sources"]]
    return table[["id", "Name", "Town", "Area", "Status", "Newest source", "Ds", "Sources"]]


@remembered
def in_order(cluster: Cluster) -> np.ndarray:
    """The row numbers of Cluster.records in order of type, then of name."""
    rows = cluster.records
    order = {each: place for place, each in enumerate(cluster.labels("record_type"))}
    return np.lexsort([rows["name"].str.casefold().to_numpy(dtype=str), rows["record_type"].map(order)])


def found(cluster: Cluster, chosen: Filter, most: int | None = None) -> pd.DataFrame:
    """The records kept, those that answer best to the text first, then by type and name: as Cluster.records.

    With `most`, no more than that many.
    """
    order = in_order(cluster)
    rows = order[chosen.keeps(cluster)[order]]
    if chosen.text.strip():
        scores = answers(cluster, chosen.text)[0][rows]
        rows = rows[np.argsort(-scores, kind="stable")]
    return cluster.records.iloc[rows[:most]]


@remembered
def known_addresses(cluster: Cluster) -> frozenset[str]:
    """The addresses of websites and sources: no other text becomes a link."""
    columns = [rows[name] for rows in cluster.tables.values() for name in ("website", "url") if name in rows.columns]
    return frozenset(address for column in columns for address in column.dropna())


@remembered
def ended(cluster: Cluster) -> frozenset[str]:
    """The ids of what is known to have ended, in all of its tables."""
    gone = cluster.records.groupby("id")["gone"].all()
    return frozenset(gone.index[gone])


@remembered
def names(cluster: Cluster) -> Mapping[str, str]:
    """Id to name of every record that has a profile, in order of name. One id may stand in several tables."""
    rows = cluster.records.drop_duplicates("id")
    rows = rows.assign(key=rows["name"].str.casefold()).sort_values("key")
    return MappingProxyType(dict(zip(rows["id"], rows["name"], strict=True)))
