"""Where help meets challenges: the heat map's lenses, and what stands behind a cell."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cluster_data.cluster import Cluster, remembered
from cluster_data.filters import Filter, reaching

SORTS_OF_HELP = ("offer", "asset")
NO_D, ELSEWHERE, UNKNOWN = "none", "elsewhere", "unknown"


@dataclass(frozen=True)
class Lens:
    """One way to look at challenges: its name in links, what one cell says, and by what it can be split."""

    name: str
    unit: str
    definition: str
    splits: tuple[str, ...] = ("D", "area", "stage", "theme")
    one: str = ""

    @property
    def divides(self) -> bool:
        """Whether its cells are ratios, of which a high one is thin."""
        return self.name == "firms per source of help"

    @property
    def local(self) -> bool:
        """Whether it leaves out offers held open to more than the region."""
        return self.name == "local help only"

    def unit_of(self, value: float) -> str:
        """The unit for this value: "source of help" for 1."""
        return self.one if value == 1 and self.one else self.unit


LENSES = (
    Lens(
        "help here",
        "sources of help",
        "Support offers that reach the chosen place and research assets that stand in it, which address the challenge "
        "and serve the column. Those known to be closed are left out; what is both offer and asset counts as each.",
        one="source of help",
    ),
    Lens(
        "local help only",
        "local sources of help",
        "As help here, without offers held open to more than the region.",
        one="local source of help",
    ),
    Lens(
        "firms per source of help",
        "firms per source of help",
        "Chosen firms of the column divided by the sources of help in the cell. High means thin. All firms of the "
        "column are counted, whether or not they are known to face the challenge.",
        ("D", "area"),
    ),
    Lens(
        "firms known to face it",
        "firms",
        "Chosen firms for which a source says that they face the challenge. Few are known, so an empty cell does not "
        "mean that nobody faces it.",
        ("D", "area", "stage"),
        "firm",
    ),
)
LENS = {lens.name: lens for lens in LENSES}
SPLITS = ("D", "area", "stage", "theme")
OFFERS_ONLY = ("stage", "theme")


@remembered
def columns(cluster: Cluster, chosen: Filter, lens: str, by: str) -> pd.DataFrame:
    """The heat map's columns in order: column (id), label."""
    if by == "D":
        return _d_columns(cluster, chosen)
    if by == "area":
        return _area_columns(cluster, chosen)
    if by == "theme":
        themes = cluster.table("themes")
        top = themes[themes["parent"].isna()]
        return top.rename(columns={"id": "column", "title": "label"})[["column", "label"]].reset_index(drop=True)
    of_firms = lens == "firms known to face it"
    stages = cluster.labels("stage" if of_firms else "offer_stage")
    return _frame([*stages.items(), (UNKNOWN, "Not known" if of_firms else "Names no stage")])


def _d_columns(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    ds = cluster.table("ds").sort_values("order")
    if chosen.ds:
        ds = ds[ds["id"].isin(chosen.ds)]
    named = list(zip(ds["id"], ds["label"], strict=True))
    return _frame(named if chosen.ds else [*named, (NO_D, "No D named")])


def _area_columns(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    names = cluster.area_names
    if chosen.areas:
        codes = sorted(chosen.area_codes(cluster), key=lambda code: names[code])
        return _frame([(code, names[code]) for code in codes])
    groups = cluster.table("groups").sort_values("order")
    first = cluster.area_codes[groups["label"].iloc[0]] if len(groups) else tuple(names)
    listed = [(code, names[code]) for code in sorted(first, key=lambda code: names[code])]
    return _frame([*listed, (ELSEWHERE, "Rest of region")] if len(first) < len(names) else listed)


def _frame(pairs: list[tuple[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["column", "label"])


def helps(cluster: Cluster, chosen: Filter, local: bool = False, ended: bool = False) -> np.ndarray:
    """For each row of Cluster.records, whether it is a chosen source of help that is not known to be closed.

    `local` leaves out offers held open to more than the region; `ended` takes in what is known to be closed.
    """
    wanted = [sort for sort in SORTS_OF_HELP if sort in chosen.kinds] or list(SORTS_OF_HELP)
    keep = chosen.keeps_of(cluster, *wanted)
    if not ended:
        keep = keep & ~cluster.records["gone"].to_numpy()
    if local:
        reaches = cluster.table("reaches")
        near = reaches.loc[reaches["local"] == "yes", "id"]
        keep &= cluster.holds("sort", ["asset"]) | cluster.holds("reach", near)
    return keep


def held(cluster: Cluster, rows: pd.Series) -> np.ndarray:
    """For each row of Cluster.records, whether its number is among `rows`."""
    mask = np.zeros(len(cluster.records), dtype=bool)
    mask[rows] = True
    return mask


@remembered
def challenges_of_help(cluster: Cluster) -> pd.DataFrame:
    """Which source of help addresses which challenge: row (index in Cluster.records), challenge."""
    parts = [cluster.rows_of(table, "challenges") for table in ("support_offers", "assets")]
    return pd.concat(parts).rename(columns={"value": "challenge"})


@remembered
def columns_of_help(cluster: Cluster, chosen: Filter, by: str) -> pd.DataFrame:
    """Which source of help serves which column: row (index in Cluster.records), column. It may serve several."""
    if by == "D":
        return _ds_or_none(cluster, chosen, SORTS_OF_HELP)
    if by == "area":
        return _areas_of_help(cluster, chosen)
    if by == "theme":
        return _themes_of_offers(cluster)
    stages = cluster.rows_of("support_offers", "stages").rename(columns={"value": "column"})
    first = cluster.records_in("support_offers").start
    without = first + np.flatnonzero(cluster.table("support_offers")["stages"].isna())
    return pd.concat([stages, pd.DataFrame({"row": without, "column": UNKNOWN})])


def _ds_or_none(cluster: Cluster, chosen: Filter, sorts: tuple[str, ...]) -> pd.DataFrame:
    named = chosen.record_ds(cluster)
    named = named.loc[named["sort"].isin(sorts), ["row", "d"]].rename(columns={"d": "column"})
    codes, _ = cluster.codes("primary_d")
    without = np.flatnonzero((codes < 0) & cluster.holds("sort", sorts))
    return pd.concat([named.astype({"column": object}), pd.DataFrame({"row": without, "column": NO_D})])


def _areas_of_help(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    listed = list(columns(cluster, chosen, "help here", "area")["column"])
    parts = []
    for column in listed:
        codes = frozenset({column}) if column != ELSEWHERE else frozenset(cluster.area_names) - set(listed)
        parts.append(
            pd.DataFrame({"row": np.flatnonzero(cluster.holds("reach", reaching(cluster, codes))), "column": column})
        )
    assets = _placed(cluster, "assets", set(listed))
    return pd.concat([*parts, assets])


def _placed(cluster: Cluster, table: str, listed: set[str]) -> pd.DataFrame:
    codes = cluster.table(table)["lad_code"].dropna()
    rows = cluster.records_in(table).start + codes.index
    return pd.DataFrame({"row": rows, "column": codes.where(codes.isin(listed), ELSEWHERE).to_numpy()})


def _themes_of_offers(cluster: Cluster) -> pd.DataFrame:
    top = {theme: above[-1] for theme, above in parents_of_themes(cluster).items()}
    rows = cluster.rows_of("support_offers", "themes")
    return rows.assign(column=rows["value"].map(top))[["row", "column"]].drop_duplicates()


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
        return _ds_or_none(cluster, chosen, ("company",))
    if by == "stage":
        stages = cluster.table("companies")["stage"].fillna(UNKNOWN)
        return pd.DataFrame({"row": cluster.records_in("companies").start + stages.index, "column": stages.to_numpy()})
    return _placed(cluster, "companies", set(columns(cluster, chosen, "help here", "area")["column"]))


@remembered
def challenge_grid(cluster: Cluster, chosen: Filter, lens: str, by: str) -> pd.DataFrame:
    """One row per challenge and column: challenge, title, column, label, firms, help, value, shown.

    `help` counts distinct sources of help, `firms` distinct chosen firms of the column (for the lens of firms known to
    face it, those in the cell). `value` is what the lens draws and is missing where there is nothing to divide;
    `shown` is the text of the cell: the number, "no help" or "no firms".
    """
    across = columns(cluster, chosen, lens, by)
    down = cluster.table("challenges").rename(columns={"id": "challenge"})[["challenge", "title"]]
    grid = down.merge(across, how="cross")
    grid["help"] = _help_in_cells(cluster, chosen, lens, by, grid)
    grid["firms"] = _firms_in_cells(cluster, chosen, lens, by, grid)
    return _valued(grid, lens)


def _help_in_cells(cluster: Cluster, chosen: Filter, lens: str, by: str, grid: pd.DataFrame) -> pd.Series:
    if lens == "firms known to face it":
        return pd.Series(0, grid.index)
    keep = helps(cluster, chosen, lens == "local help only")
    addressing = challenges_of_help(cluster)
    helped = addressing[keep[addressing["row"]]].merge(columns_of_help(cluster, chosen, by))
    return _counted(grid, helped, ["challenge", "column"])


def _firms_in_cells(cluster: Cluster, chosen: Filter, lens: str, by: str, grid: pd.DataFrame) -> pd.Series:
    if lens in ("help here", "local help only"):
        return pd.Series(0, grid.index)
    keep = chosen.keeps_of(cluster, "company")
    firms = columns_of_firms(cluster, chosen, by)
    firms = firms[keep[firms["row"]]]
    if lens == "firms known to face it":
        facing = cluster.rows_of("companies", "challenges").rename(columns={"value": "challenge"})
        return _counted(grid, firms.merge(facing), ["challenge", "column"])
    return _counted(grid, firms, ["column"])


def _counted(grid: pd.DataFrame, rows: pd.DataFrame, keys: list[str]) -> pd.Series:
    counted = rows.groupby(keys).size()
    found = pd.MultiIndex.from_frame(grid[keys]) if len(keys) > 1 else pd.Index(grid[keys[0]])
    return pd.Series(counted.reindex(found, fill_value=0).to_numpy(), grid.index).astype(int)


def _valued(grid: pd.DataFrame, lens: str) -> pd.DataFrame:
    if lens == "firms per source of help":
        grid["value"] = (grid["firms"] / grid["help"].where(grid["help"] > 0)).astype(float)
        grid["shown"] = grid["value"].map(_ratio).where(grid["help"] > 0, "no help")
        empty = grid["firms"] == 0
        grid.loc[empty, "value"] = float("nan")
        grid.loc[empty, "shown"] = "no firms"
        return grid
    grid["value"] = grid["firms" if lens == "firms known to face it" else "help"].astype(float)
    grid["shown"] = grid["value"].map("{:.0f}".format)
    return grid


def _ratio(value: float) -> str:
    return "under 0.1" if 0 < value < 0.05 else f"{value:.1f}"


@remembered
def help_by_challenge(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """One row per challenge, least help first: challenge, title, offer, asset, help (each source counted once)."""
    addressing = challenges_of_help(cluster)
    addressing = addressing[helps(cluster, chosen)[addressing["row"]]]
    rows = cluster.table("challenges").rename(columns={"id": "challenge"})[["challenge", "title"]]
    for sort in SORTS_OF_HELP:
        of_sort = addressing[cluster.holds("sort", [sort])[addressing["row"]]]
        rows[sort] = of_sort["challenge"].value_counts().reindex(rows["challenge"], fill_value=0).to_numpy()
    rows["help"] = rows["offer"] + rows["asset"]
    return rows.sort_values(["help", "challenge"], ignore_index=True)


def grid_in_words(grid: pd.DataFrame) -> pd.DataFrame:
    """The heat map as a table: Challenge, then a column per label with the text of its cells."""
    rows = grid.assign(Challenge=grid["challenge"] + " " + grid["title"])
    wide = rows.pivot(index="Challenge", columns="label", values="shown")
    return wide.loc[list(dict.fromkeys(rows["Challenge"])), list(dict.fromkeys(rows["label"]))].reset_index()


def meaning(cluster: Cluster, challenge: str) -> str:
    """What firms meant by a challenge."""
    said = cluster.table("challenges").set_index("id")["meaning"].get(challenge)
    return str(said) if isinstance(said, str) else ""
