"""Firms by D and by area: the cells of a heat map, in the order asked for, and the firms behind one of them.

A row is a local authority or a group of areas, a column a D; the last column holds the firms of the whole row, each
once. Firms of which no area is known have a row of their own.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cluster_data.measures import areas, counts
from cluster_data.measures.organisations import found
from cluster_data.measures.rates import FEW
from cluster_data.model import words
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter
from cluster_data.model.formats import Number, Year, typed
from cluster_data.palette import GLYPHS

FIRMS, RATE = "firms", "firms per 100,000 residents"
CELLS = (FIRMS, RATE)
AREAS, GROUPS = "areas", "groups of areas"
ROWS = (AREAS, GROUPS)
ALL, BY_NAME = "all firms", "name"
NOT_LOCATED = "area not known"
NO_RATE, MARK = "?", "*"
GRID = ["place", "title", "column", "label", "value", "short", "told", "unknown"]
MARKS = f"A rate with {MARK} rests on fewer than {FEW} firms; {NO_RATE} is not known."


@remembered
def firms_by_d_and_area(cluster: Cluster, chosen: Filter, rows: str = AREAS) -> pd.DataFrame:
    """One row per area of a kind: area, residents, year, then firms by D id and ALL. Kinds chosen do not matter.

    Areas chosen limit the rows to those that lie within them; else firms of no known area stand in the last row.
    """
    ds = [*counts.ds_in_order(cluster, chosen)["d"], ALL]
    at = areas.authorities(cluster)[areas.of_region(chosen).keeps_of(cluster, "company")]
    known = len(cluster.area_names)
    firms = np.bincount(np.where(at < 0, known, at), minlength=known + 1)
    by_authority = np.column_stack([areas.firms_by_authority(cluster, chosen), firms])
    table = areas.residents(cluster)
    table[ds] = areas.holding(cluster) @ by_authority[:-1]
    codes = chosen.area_codes(cluster)
    within = np.array([not codes or codes.issuperset(cluster.area_codes[area]) for area in table["area"]], bool)
    table = table[within & ((table["kind"] == areas.SINGLE) == (rows == AREAS))].drop(columns="kind")
    if not codes and by_authority[-1].any():
        unknown = dict(zip(ds, by_authority[-1], strict=True))
        table = pd.concat([table, pd.DataFrame([{"area": NOT_LOCATED, **unknown}])])
    return table.reset_index(drop=True)


def columns(cluster: Cluster, chosen: Filter) -> dict[str, str]:
    """The columns that a heat map can be asked for: id to label."""
    ds = counts.ds_in_order(cluster, chosen)
    return dict(zip(ds["d"], ds["label"], strict=True)) | {ALL: words.first_upper(FIRMS)}


def distinct_columns(columns: Mapping[str, str]) -> dict[str, str]:
    """Those of the columns that differ: beside a single D the firms of the whole row are the same again."""
    return {column: label for column, label in columns.items() if column != ALL or len(columns) > 2}


def in_order(table: pd.DataFrame, cells: str, order: str) -> pd.DataFrame:
    """The table of firms_by_d_and_area with most first in the column `order`, or by name; of no known area last.

    Where cells are rates, most per resident is first, and what has no rate comes after all that have one.
    """
    by = table[ALL if order == BY_NAME else order].astype(float)
    by = by / table["residents"] if cells == RATE else by
    keys = pd.DataFrame({"last": table["area"] == NOT_LOCATED, "name": table["area"].str.casefold()})
    keys["by"] = 0.0 if order == BY_NAME else -by
    return table.loc[keys.sort_values(["last", "by", "name"]).index].reset_index(drop=True)


def grid(cluster: Cluster, chosen: Filter, table: pd.DataFrame, cells: str) -> pd.DataFrame:
    """One row per cell of a table of firms_by_d_and_area, for charts.d_by_area_chart: GRID.

    `value` is missing where there is none (`unknown`), and in the column ALL, as totals have no colour; `short` is how
    it is written, `told` what it says in full.
    """
    labels = distinct_columns(columns(cluster, chosen))
    marks = {row.d: f"{GLYPHS[row.symbol]} {row.label}" for row in counts.ds_in_order(cluster, chosen).itertuples()}
    marks |= {ALL: words.first_upper(ALL)} if cells == RATE else {}
    found_cells = []
    for row in table.to_dict("records"):
        for column, label in labels.items():
            value, short, told = _cell(int(row[column]), row["residents"], cells)
            named = (row["area"], words.first_upper(row["area"]), column, marks.get(column, label))
            found_cells.append((*named, np.nan if column == ALL else value, short, told, np.isnan(value)))
    return pd.DataFrame(found_cells, columns=GRID)


def _cell(firms: int, residents: float, cells: str) -> tuple[float, str, str]:
    """The value of a cell, if any, how it is written, and what it says in full."""
    said = words.count(firms, "firm")
    if cells == FIRMS:
        return float(firms), f"{firms:,}", said
    rate = firms / residents * 100_000 if residents > 0 else np.nan
    if np.isnan(rate):
        return (rate, NO_RATE, f"{said}; no rate, as residents of one year are not known")
    if not firms:
        return (rate, "0", said)
    few = f"; fewer than {FEW}" if firms < FEW else ""
    return (rate, f"{rate:.1f}{MARK if few else ''}", f"{rate:.2f} per 100,000 residents ({said}{few})")


def in_words(cluster: Cluster, chosen: Filter, table: pd.DataFrame, cells: str) -> pd.DataFrame:
    """The table of firms_by_d_and_area as readers see it; rates stand beside the firms of the whole row."""
    labels = columns(cluster, chosen) if cells == RATE else distinct_columns(columns(cluster, chosen))
    shown = pd.DataFrame({"Area": table["area"].map(words.first_upper)})
    rates = [label for column, label in labels.items() if cells == RATE and column != ALL]
    for column, label in labels.items():
        counted = table[column].astype(int)
        rate = (counted / table["residents"].astype(float) * 100_000).round(2)
        shown[label] = rate if label in rates else counted
    shown["Residents"] = table["residents"].astype("Int64")
    shown["Year of residents"] = table["year"].astype("Int64")
    formats = dict.fromkeys(rates, Number(unknown="no rate", decimals=2))
    return typed(shown, formats | {"Year of residents": Year()})


def of_cell(chosen: Filter, place: str, column: str) -> Filter:
    """The choice for the firms of a cell, a row or a column; of no known area it holds those of all areas."""
    known = (place,) if place and place != NOT_LOCATED else chosen.areas
    ds = (column,) if column not in ("", ALL) else chosen.ds
    return chosen.but(areas=known, ds=ds, kinds=("company",))


def behind(cluster: Cluster, chosen: Filter, place: str, column: str) -> pd.DataFrame:
    """The firms of a cell, a row or a column, in order: the columns of Cluster.records."""
    rows = found(cluster, of_cell(chosen, place, column))
    return rows[rows["lad_code"].isna()] if place == NOT_LOCATED else rows


def cell_title(cluster: Cluster, chosen: Filter, place: str, column: str, firms: int) -> str:
    """What is behind a cell: "Health-tech digital firms in Coventry: 7"."""
    here = of_cell(chosen, place, column)
    where = " whose area is not known" if place == NOT_LOCATED else ""
    return f"{words.first_upper(here.words(cluster))}{where}: {firms:,}"
