"""The landscape: every firm of a choice by name, grouped by D and by where it is or what it is, with what marks it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cluster_data.measures import invest
from cluster_data.model import words
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter
from cluster_data.model.formats import Record, Words, typed
from cluster_data.palette import GLYPHS

AREA_GROUP, AREA, STAGE, KIND = BY = ("area group", "area", "stage", "kind")
OF_VOCABULARY = {STAGE: ("stage", "stage"), KIND: ("kind", "company_kind")}
UNKNOWN = {AREA_GROUP: "Place not known", AREA: "Place not known", STAGE: "Stage not known", KIND: "Kind not known"}
NO_D, NO_SYMBOL, NO_COLOUR = "No D named", "", "#56616D"
SIGNS = {"spinout": "↗", "funded": "£", "thin": "?"}
KEY = ("↗ spin-out", "£ any sign of funding", "? thin evidence")
THIN = "Thin evidence: of the lowest confidence, or the year of its newest source is not known."
ONCE = "Each firm stands once, under its first D of the choice; names are in order, and no name is larger than another."


@remembered
def firms(cluster: Cluster, chosen: Filter, by: str) -> pd.DataFrame:
    """The firms kept, in the order of the landscape: id, name, d, label, symbol, colour_light, group, rank (of the
    group), and whether each is spinout, funded (as invest.firms tells) or thin (of the lowest confidence, or undated).
    """
    rows = chosen.firms(cluster)
    known = invest.firms(cluster).loc[rows.index]
    ds = chosen.record_ds(cluster).sort_values("position").drop_duplicates("row").set_index("row")["d"]
    groups, order = _groups(cluster, by, rows)
    lowest = [*cluster.labels("confidence"), ""][-2:][0]
    table = rows[["id", "name"]].assign(d=ds.reindex(rows.index).astype(object), group=groups)
    table = table.assign(spinout=known["spinout"], funded=known["funded"], place=known["place"])
    table["thin"] = (rows["confidence"] == lowest) | rows["year"].isna()
    table["rank"] = pd.Index(order).get_indexer(groups)
    named = cluster.table("ds").sort_values("order").set_index("id")[["label", "symbol", "colour_light"]]
    table = table.assign(of=pd.Categorical(table["d"], named.index)).sort_values(["of", "rank", "place"])
    table = table.join(named, on="d").fillna({"label": NO_D, "symbol": NO_SYMBOL, "colour_light": NO_COLOUR})
    return table.drop(columns=["of", "place"]).reset_index(drop=True)


def _groups(cluster: Cluster, by: str, rows: pd.DataFrame) -> tuple[pd.Series, list[str]]:
    """The group of each row, and all groups in order, the unknown last."""
    if by in OF_VOCABULARY:
        column, field = OF_VOCABULARY[by]
        names = cluster.labels(field)
    else:
        column, names = "lad_code", dict(cluster.area_names) if by == AREA else _groups_of_areas(cluster)
    order = [*(sorted(names.values()) if by == AREA else dict.fromkeys(names.values())), UNKNOWN[by]]
    return rows[column].map(names).fillna(UNKNOWN[by]), order


def _groups_of_areas(cluster: Cluster) -> dict[str, str]:
    """Code of each area to its group of the kind that maps outline; an area in none stands for itself."""
    groups = cluster.table("groups").sort_values("order")
    found: dict[str, str] = {}
    for label in groups.loc[groups["kind"] == cluster.pack.outline_kind, "label"]:
        found |= {code: label for code in cluster.area_codes[label] if code not in found}
    return found | {code: name for code, name in cluster.area_names.items() if code not in found}


def glyph(symbol: str) -> str:
    """The sign of a D in text."""
    return GLYPHS.get(symbol, "○")


def signs(row: object) -> str:
    """The marks of a firm: "↗ £"."""
    return " ".join(sign for mark, sign in SIGNS.items() if getattr(row, mark))


@dataclass(frozen=True, eq=False)
class Cell:
    """Firms of one D and one group: `rows` are those shown of `total`."""

    label: str
    symbol: str
    colour: str
    group: str
    rows: pd.DataFrame
    total: int


def cells(table: pd.DataFrame, most: int) -> list[Cell]:
    """The landscape as cells, with at most so many names in all: where they are too many, each cell has its first."""
    grouped = table.groupby(["label", "group"], sort=False)
    sizes = grouped.size().to_numpy()
    caps = range(1, min(max([1, *sizes]), most + 1) + 1)
    fair = max((cap for cap in caps if np.minimum(sizes, cap).sum() <= most), default=1)  # names of each cell
    found = []
    for (label, group), rows in grouped:
        first = rows.iloc[0]
        shown = rows.head(fair)
        found.append(Cell(str(label), first["symbol"], first["colour_light"], str(group), shown, len(rows)))
    return found


def finding(table: pd.DataFrame, by: str) -> str:
    """Where most firms stand: "92 firms by name; the largest group, 14: Devices, Birmingham and Solihull ICS"."""
    if table.empty:
        return "No firm matches this choice"
    total = words.count(len(table), "firm")
    sizes = table[table["group"] != UNKNOWN[by]].groupby(["label", "group"], sort=False).size()
    best = sizes[sizes == sizes.max()] if len(sizes) else sizes
    if len(best) != 1 or len(sizes) == 1:
        return f"{total} by name"
    label, group = best.index[0]
    return f"{total} by name; the largest group, {best.iloc[0]:,}: {label}, {group}"


def in_words(table: pd.DataFrame) -> pd.DataFrame:
    """The table of firms as readers see it: id, Name, D, Group, Spin-out, Funding, Evidence."""
    marks = {"spinout": "known spin-out", "funded": "any sign of funding", "thin": "thin"}
    said = table.assign(**{mark: table[mark].map({True: word, False: ""}) for mark, word in marks.items()})
    names = {"id": "id", "name": "Name", "label": "D", "group": "Group"}
    names |= {"spinout": "Spin-out", "funded": "Funding", "thin": "Evidence"}
    return typed(said[list(names)].rename(columns=names), {"id": Record(), "Group": Words()})


def sizes(table: pd.DataFrame) -> pd.DataFrame:
    """How many firms stand in each cell: Group, and a column for each D that has any."""
    sizes = table.groupby(["group", "label"], sort=False).size().unstack(fill_value=0)
    rows, columns = (table.sort_values("rank")["group"].unique(), table["label"].unique())
    return sizes.reindex(rows, columns=columns).rename_axis("Group").rename_axis(None, axis=1).reset_index()
