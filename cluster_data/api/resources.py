"""The lists that the API gives: which rows a choice keeps, by the measures of the pages, and what is told of each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pandas as pd

from cluster_data.measures import areas, indicators, network, organisations, spots, support
from cluster_data.model import sites
from cluster_data.model.cluster import SEPARATOR, Cluster
from cluster_data.model.filters import Filter
from cluster_data.model.formats import Format, Link, Number, Record, Year, typed

Rows: TypeAlias = pd.DataFrame
PLACE = ("area", "lad_code", "lat", "lon", "precision")
FORMATS: Mapping[str, Format] = {
    **dict.fromkeys(("id", "nhs_body", "from_id", "to_id"), Record()),
    **dict.fromkeys(("year", "newest_source", "residents_year", "year_from", "year_to"), Year()),
    **dict.fromkeys(("website", "sources"), Link()),
    "firms_per_100_000": Number(unit="firms per 100,000 residents"),
}


@dataclass(frozen=True)
class Resource:
    """A list: `kept` gives its rows for a choice, in order; `told` what is given of some of them.

    A list with `lat` and `lon` among its columns, or with `borders` (local authority by row), is placed.
    """

    name: str
    says: str
    kept: Callable[[Cluster, Filter], Rows]
    told: Callable[[Cluster, Rows], Rows]
    placed: bool = False
    borders: bool = False
    filtered: bool = True

    def columns(self, cluster: Cluster, rows: Rows) -> Rows:
        """What is told of rows, with the formats of the columns."""
        told = self.told(cluster, rows)
        return typed(told, {name: shown for name, shown in FORMATS.items() if name in told})

    def statement(self, cluster: Cluster, chosen: Filter) -> str:
        """What the list is about, in words."""
        return chosen.statement(cluster) if self.filtered else indicators.about_region(cluster)


def parted(cells: Iterable[object], by: str | None = SEPARATOR) -> list[list[str]]:
    """Cells of several values as lists."""
    return [[part.strip() for part in cell.split(by)] if isinstance(cell, str) and cell else [] for cell in cells]


def _organisations(cluster: Cluster, rows: Rows) -> Rows:
    told = ["id", "name", "record_type", "kind", "summary", "ds", "town", "postcode", *PLACE]
    told += ["role", "stage", "status", "confidence", "newest_source", "website", "sources"]
    rows = _placed(cluster, rows).assign(ds=_ds(cluster, rows), newest_source=rows["year"])
    return rows.assign(sources=parted(organisations.directory(cluster, rows)["Sources"], None))[told]


def _ds(cluster: Cluster, rows: Rows) -> list[list[str]]:
    held = cluster.record_ds
    found = held[held["row"].isin(rows.index)].astype({"d": object}).groupby("row")["d"].agg(list)
    return [found.get(row, []) for row in rows.index]


def _placed(cluster: Cluster, rows: Rows) -> Rows:
    """The rows with the names of their areas."""
    return rows.assign(area=rows["lad_code"].map(dict(cluster.area_names)))


def _help(cluster: Cluster, rows: Rows) -> Rows:
    assets = cluster.table("assets").rename(columns={"hosts": "provider", "kind": "kinds"})
    tables = {"offer": cluster.table("support_offers"), "asset": assets[["id", "provider", "kinds", "challenges"]]}
    held = pd.concat({each: table.set_index("id") for each, table in tables.items()}).astype(object)
    held = held.loc[list(zip(rows["record_type"], rows["id"], strict=True))].set_axis(rows.index)
    lists = {column: parted(held[column]) for column in ("kinds", "challenges", "themes", "stages")}
    texts = held[["eligibility", "size_of_help", "reach", "opens", "closes"]]
    told = _organisations(cluster, rows).drop(columns=["role", "stage", "kind"])
    return told.assign(run_by=held["provider"], **lists, **texts)


def _links_kept(cluster: Cluster, chosen: Filter) -> Rows:
    rows, names = cluster.table("links")[network.links_kept(cluster, chosen, "")], organisations.names(cluster)
    rows = rows.assign(from_name=rows["from_id"].map(names), to_name=rows["to_id"].map(names))
    return rows.sort_values(["from_name", "kind", "to_name"])


def _links(cluster: Cluster, rows: Rows) -> Rows:
    told = rows[["from_id", "from_name", "kind", "to_id", "to_name", "year", "note"]]
    return told.assign(sources=_sources(cluster, rows))


def _sources(cluster: Cluster, rows: Rows) -> list[list[str]]:
    urls = cluster.table("sources").set_index("id")["url"].to_dict()
    return [[urls[source] for source in cell if source in urls] for cell in parted(rows["source_ids"])]


def _indicators(cluster: Cluster, rows: Rows) -> Rows:
    told = ["name", "topic", "question", "value", "value_high", "unit", "figure", "geography", "scope", "period"]
    told += ["year_from", "year_to", "kind", "confidence", "note", "publisher", "title"]
    return pd.DataFrame({"id": rows["key"], **rows[told]}).assign(sources=parted(rows["url"], None))


def _areas_kept(cluster: Cluster, chosen: Filter) -> Rows:
    rows = areas.all_areas(cluster, chosen)
    return rows[rows["area"].isin(chosen.areas)] if chosen.areas else rows


def _areas(cluster: Cluster, rows: Rows) -> Rows:
    codes = [list(cluster.area_codes[area]) for area in rows["area"]]
    told = {"area": rows["area"], "kind": rows["kind"], "lad_codes": codes}
    told |= {"residents": rows["residents"], "residents_year": rows["year"]}
    told |= {each: rows[each] for each in areas.COUNTED}
    return pd.DataFrame(told | {"firms_per_100_000": rows["rate"], "rank": rows["rank"], "of": rows["of"]})


def _sites_kept(cluster: Cluster, chosen: Filter) -> Rows:
    rows = sites.spots(cluster)
    own = len(rows) - len(sites.site_rows(cluster))
    drawn = np.flatnonzero(spots.spots_kept(cluster, chosen)[own:])
    return sites.site_rows(cluster).iloc[drawn]


def _sites(cluster: Cluster, rows: Rows) -> Rows:
    bodies = cluster.records.iloc[rows["row"]]
    told = ["id", "name", "kind", "nhs_body", "nhs_body_name", "postcode", *PLACE, "newest_source", "note", "sources"]
    rows = rows.assign(nhs_body=bodies["id"].array, nhs_body_name=bodies["name"].array, sources=_sources(cluster, rows))
    return _placed(cluster, rows.rename(columns={"location_precision": "precision", "year": "newest_source"}))[told]


EVERY: Mapping[str, Resource] = {
    one.name: one
    for one in (
        Resource(
            "organisations",
            "Every organisation and offer that the choice keeps, each body once, in the order of the page "
            "Organisations.",
            organisations.found,
            _organisations,
            placed=True,
        ),
        Resource(
            "support",
            "The sources of help that the choice keeps, in the order of the page Find support.",
            lambda cluster, chosen: support.help_for(cluster, chosen, support.Need()),
            _help,
            placed=True,
        ),
        Resource("links", "The links with an end that the choice keeps, by name.", _links_kept, _links),
        Resource(
            "indicators",
            "Every published figure; the filter does not change them.",
            lambda cluster, _: indicators.figures(cluster),
            _indicators,
            filtered=False,
        ),
        Resource(
            "areas",
            "Every area and group of areas, or those chosen, with what the choice keeps there of every kind; as "
            "GeoJSON, areas with their borders.",
            _areas_kept,
            _areas,
            borders=True,
        ),
        Resource(
            "sites", "The sites of NHS bodies that the map of the choice draws.", _sites_kept, _sites, placed=True
        ),
    )
}
