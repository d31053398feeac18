"""By what help and firms are split: the columns of the heat map, and what belongs to each."""

import numpy as np
import pandas as pd

from cluster_data.measures.counts import ds_in_order
from cluster_data.model.cluster import KINDS_OF_HELP, Cluster, remembered
from cluster_data.model.filters import Filter, open_to_every_d, reaching

ELSEWHERE, UNKNOWN, WHOLE = "elsewhere", "unknown", ""
EVERY_AREA, GROUPS = "every area", "group of areas"
SPLITS = ("D", "area", EVERY_AREA, GROUPS, "stage", "theme")
AREA_SPLITS = ("area", EVERY_AREA, GROUPS)
OPEN_SPLITS = ("D", "stage")  # where help that names none is open to all
FACING = "firms known to face it"
Areas = dict[str, tuple[str, frozenset[str]]]


def noun(by: str) -> str:
    """What one column of a split is: "area" for every area."""
    return "area" if by == EVERY_AREA else by


@remembered
def columns(cluster: Cluster, chosen: Filter, lens: str, by: str) -> pd.DataFrame:
    """The heat map's columns in order: column (id), label."""
    not_known = [(UNKNOWN, "Not known")] if lens == FACING else []
    if by == "D":
        ds = ds_in_order(cluster, chosen)
        return _frame([*zip(ds["d"], ds["label"], strict=True), *([] if chosen.ds else not_known)])
    if by in AREA_SPLITS:
        return _frame([(column, label) for column, (label, _) in areas_of_columns(cluster, chosen, by).items()])
    if by == "theme":
        themes = cluster.table("themes")
        top = themes[themes["parent"].isna()]
        return top.rename(columns={"id": "column", "title": "label"})[["column", "label"]].reset_index(drop=True)
    return _frame([*cluster.labels("stage" if lens == FACING else "offer_stage").items(), *not_known])


@remembered
def areas_of_columns(cluster: Cluster, chosen: Filter, by: str) -> dict[str, tuple[str, frozenset[str]]]:
    """The columns of a split by area in order: id to label and the codes of its areas, of those chosen.

    By "area", with none chosen, those of the first group stand alone and the rest together.
    """
    names, groups = cluster.area_names, cluster.table("groups").sort_values("order")
    within = chosen.area_codes(cluster) if chosen.areas else frozenset(names)
    if by == GROUPS:
        codes = {row.id: (row.label, within & set(cluster.area_codes[row.label])) for row in groups.itertuples()}
        return {group: (label, inside) for group, (label, inside) in codes.items() if inside}
    first = cluster.area_codes[groups["label"].iloc[0]] if len(groups) else tuple(names)
    listed = within if chosen.areas or by == EVERY_AREA else frozenset(first)
    found = {code: (names[code], frozenset({code})) for code in sorted(listed, key=lambda code: names[code])}
    return found | ({ELSEWHERE: ("Rest of region", within - listed)} if within - listed else {})


def _frame(pairs: list[tuple[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["column", "label"])


def mask(cluster: Cluster, rows: pd.Series) -> np.ndarray:
    """For each row of Cluster.records, whether its number is among `rows`."""
    mask = np.zeros(len(cluster.records), dtype=bool)
    mask[rows] = True
    return mask


@remembered
def columns_of_help(cluster: Cluster, chosen: Filter, by: str) -> pd.DataFrame:
    """Which source of help serves which column: row (index in Cluster.records), column, named (the column itself).

    It may serve several. What names no D, or no stage, is open to every one and serves each without naming it.
    """
    if by in AREA_SPLITS:
        areas = areas_of_columns(cluster, chosen, by)
        parts = [_placed(cluster, "assets", areas)]
        for column, (_, codes) in areas.items():
            rows = np.flatnonzero(cluster.holds("reach", reaching(cluster, codes)))
            parts.append(pd.DataFrame({"row": rows, "column": column}))
        return pd.concat(parts).assign(named=True)
    if by == "theme":
        top = {theme: above[-1] for theme, above in parents_of_themes(cluster).items()}
        rows = cluster.rows_of("support_offers", "themes")
        return rows.assign(column=rows["value"].map(top))[["row", "column"]].drop_duplicates().assign(named=True)
    ds = chosen.record_ds(cluster)
    of_ds = ds.loc[ds["record_type"].isin(KINDS_OF_HELP), ["row", "d"]].astype({"d": object})
    named = of_ds if by == "D" else cluster.rows_of("support_offers", "stages")
    named = named.set_axis(["row", "column"], axis=1)
    across = columns(cluster, chosen, "help here", by)[["column"]]
    open_rows = np.flatnonzero(open_to_every_d(cluster) if by == "D" else open_to_every_stage(cluster))
    silent = pd.DataFrame({"row": open_rows}).merge(across, how="cross")
    return pd.concat([named.assign(named=True), silent.assign(named=False)], ignore_index=True)


@remembered
def open_to_every_stage(cluster: Cluster) -> np.ndarray:
    """For each row of Cluster.records, whether it is a source of help that names no stage, as no asset does."""
    named = mask(cluster, cluster.rows_of("support_offers", "stages")["row"])
    return cluster.holds("record_type", KINDS_OF_HELP) & ~named


def _placed(cluster: Cluster, table: str, areas: Areas) -> pd.DataFrame:
    pairs = [(code, column) for column, (_, codes) in areas.items() for code in codes]
    codes = cluster.table(table)[["lad_code"]].dropna()
    rows = codes.assign(row=cluster.records_in(table).start + codes.index)
    return rows.merge(pd.DataFrame(pairs, columns=["lad_code", "column"]))[["row", "column"]]


@remembered
def open_everywhere(cluster: Cluster) -> np.ndarray:
    """For each row of Cluster.records, whether it is an offer that reaches every area."""
    reaches = [reaching(cluster, frozenset({code})) for code in cluster.area_names]
    return cluster.holds("reach", frozenset.intersection(*reaches) if reaches else frozenset())


@remembered
def parents_of_themes(cluster: Cluster) -> dict[str, tuple[str, ...]]:
    """Every theme to itself and the themes it is part of, the first level last."""
    parents = cluster.table("themes").set_index("id")["parent"].dropna().to_dict()
    lines = {}
    for theme in cluster.table("themes")["id"]:
        line = [theme]
        while parents.get(line[-1]) not in (None, *line):
            line.append(parents[line[-1]])
        lines[theme] = tuple(line)
    return lines


@remembered
def columns_of_firms(cluster: Cluster, chosen: Filter, by: str) -> pd.DataFrame:
    """Which firm belongs to which column: row (index in Cluster.records), column."""
    if by == "D":
        named = chosen.record_ds(cluster).query("record_type == 'company'")[["row", "d"]].astype({"d": object})
        without = np.flatnonzero(cluster.holds("record_type", ["company"]) & (cluster.codes("primary_d")[0] < 0))
        rows = named.rename(columns={"d": "column"})
        return pd.concat([rows, pd.DataFrame({"row": without, "column": UNKNOWN})])
    if by == "stage":
        stages = cluster.table("companies")["stage"].fillna(UNKNOWN)
        return pd.DataFrame({"row": cluster.records_in("companies").start + stages.index, "column": stages.to_numpy()})
    return _placed(cluster, "companies", areas_of_columns(cluster, chosen, by))
