"""Where help meets challenges: the heat map's lenses, and what stands behind a cell."""

from dataclasses import dataclass

import pandas as pd

from cluster_data.cluster import Cluster
from cluster_data.filters import Filter, offers_reaching

SORTS_OF_HELP = ("offer", "asset")
NO_D, ELSEWHERE, UNKNOWN = "none", "elsewhere", "unknown"


@dataclass(frozen=True)
class Lens:
    """One way to look at challenges: its name in links, what one cell says, and by what it can be split."""

    name: str
    unit: str
    definition: str
    splits: tuple[str, ...] = ("D", "area", "stage", "theme")


LENSES = (
    Lens(
        "help here",
        "sources of help",
        "Support offers that reach the chosen place and research assets that stand in it, which address the challenge "
        "and serve the column. Those known to be closed are left out.",
    ),
    Lens(
        "local help only",
        "local sources of help",
        "As help here, without offers held open to more than the region.",
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
    ),
)
LENS = {lens.name: lens for lens in LENSES}
SPLITS = ("D", "area", "stage", "theme")


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


def sources_of_help(cluster: Cluster, chosen: Filter, local: bool = False) -> pd.DataFrame:
    """Offers and assets that are chosen and not known to be closed: the columns of Cluster.records."""
    wanted = [sort for sort in SORTS_OF_HELP if sort in chosen.kinds] or list(SORTS_OF_HELP)
    rows = chosen.of_sort(cluster, *wanted)
    rows = rows[~rows["gone"]]
    if local:
        reaches = cluster.table("reaches")
        offers = cluster.table("support_offers")
        near = reaches.loc[reaches["local"] == "yes", "id"]
        rows = rows[(rows["sort"] == "asset") | rows["id"].isin(offers.loc[offers["reach"].isin(near), "id"])]
    return rows


def challenges_of_help(cluster: Cluster) -> pd.DataFrame:
    """Which source of help addresses which challenge: sort, id, challenge."""
    offers = cluster.many("support_offers", "challenges").assign(sort="offer")
    assets = cluster.many("assets", "challenges").assign(sort="asset")
    return pd.concat([offers, assets]).rename(columns={"value": "challenge"})[["sort", "id", "challenge"]]


def columns_of_help(cluster: Cluster, chosen: Filter, by: str) -> pd.DataFrame:
    """Which source of help serves which column: sort, id, column. A source may serve several."""
    if by == "D":
        return _ds_or_none(cluster, chosen, SORTS_OF_HELP)
    if by == "area":
        return _areas_of_help(cluster, chosen)
    if by == "theme":
        return _themes_of_offers(cluster)
    stages = cluster.many("support_offers", "stages").rename(columns={"value": "column"})
    without = cluster.table("support_offers").query("stages.isna()")[["id"]].assign(column=UNKNOWN)
    return pd.concat([stages[["id", "column"]], without]).assign(sort="offer")


def _ds_or_none(cluster: Cluster, chosen: Filter, sorts: tuple[str, ...]) -> pd.DataFrame:
    named = chosen.record_ds(cluster).rename(columns={"d": "column"})[["sort", "id", "column"]]
    records = cluster.records[["sort", "id", "primary_d"]]
    without = records[records["primary_d"].isna()].assign(column=NO_D)[["sort", "id", "column"]]
    rows = pd.concat([named, without])
    return rows[rows["sort"].isin(sorts)]


def _areas_of_help(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    listed = list(columns(cluster, chosen, "help here", "area")["column"])
    parts = []
    for column in listed:
        codes = frozenset({column}) if column != ELSEWHERE else frozenset(cluster.area_names) - set(listed)
        parts.append(pd.DataFrame({"id": sorted(offers_reaching(cluster, codes)), "column": column, "sort": "offer"}))
    assets = cluster.table("assets")[["id", "lad_code"]].dropna()
    assets["column"] = assets["lad_code"].where(assets["lad_code"].isin(listed), ELSEWHERE)
    return pd.concat([*parts, assets.assign(sort="asset")[["id", "column", "sort"]]])


def _themes_of_offers(cluster: Cluster) -> pd.DataFrame:
    parents = cluster.table("themes").set_index("id")["parent"].dropna().to_dict()
    rows = cluster.many("support_offers", "themes")
    for _ in parents:
        rows["value"] = rows["value"].map(lambda theme: parents.get(theme, theme))
    return rows.rename(columns={"value": "column"})[["id", "column"]].drop_duplicates().assign(sort="offer")


def columns_of_firms(cluster: Cluster, chosen: Filter, by: str) -> pd.DataFrame:
    """Which firm belongs to which column: id, column."""
    if by == "D":
        return _ds_or_none(cluster, chosen, ("company",))[["id", "column"]]
    companies = cluster.table("companies")
    if by == "stage":
        return companies[["id"]].assign(column=companies["stage"].fillna(UNKNOWN))
    listed = set(columns(cluster, chosen, "help here", "area")["column"])
    placed = companies.loc[companies["lad_code"].notna(), ["id", "lad_code"]]
    return placed.assign(column=placed["lad_code"].where(placed["lad_code"].isin(listed), ELSEWHERE))[["id", "column"]]


def challenge_grid(cluster: Cluster, chosen: Filter, lens: str, by: str) -> pd.DataFrame:
    """One row per challenge and column: challenge, title, column, label, firms, help, value, shown.

    `help` counts distinct sources of help, `firms` distinct chosen firms of the column (for the lens of firms known to
    face it, those in the cell). `value` is what the lens draws and is missing where there is nothing to divide;
    `shown` is the text of the cell: the number, "no help" or "no firms".
    """
    across = columns(cluster, chosen, lens, by)
    down = cluster.table("challenges").rename(columns={"id": "challenge"})[["challenge", "title"]]
    grid = down.merge(across, how="cross")
    helped = challenges_of_help(cluster).merge(
        sources_of_help(cluster, chosen, lens == "local help only")[["sort", "id"]]
    )
    helped = helped.merge(columns_of_help(cluster, chosen, by)) if lens != "firms known to face it" else helped[:0]
    counted = helped.groupby(["challenge", "column"]).size().reset_index(name="help") if len(helped) else None
    grid = grid.merge(counted, how="left") if counted is not None else grid.assign(help=0)
    grid["help"] = grid["help"].fillna(0).astype(int)
    grid["firms"] = _firms_in_cells(cluster, chosen, lens, by, grid)
    return _valued(grid, lens)


def _firms_in_cells(cluster: Cluster, chosen: Filter, lens: str, by: str, grid: pd.DataFrame) -> pd.Series:
    if lens in ("help here", "local help only"):
        return pd.Series(0, grid.index)
    firms = columns_of_firms(cluster, chosen, by).merge(chosen.firms(cluster)[["id"]])
    keys = ["column"]
    if lens == "firms known to face it":
        facing = cluster.many("companies", "challenges").rename(columns={"value": "challenge"})
        firms, keys = firms.merge(facing[["id", "challenge"]]), ["challenge", "column"]
    counted = firms.groupby(keys).size().reset_index(name="firms")
    return grid[["challenge", "column"]].merge(counted, how="left")["firms"].fillna(0).astype(int)


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


def behind_cell(
    cluster: Cluster, chosen: Filter, lens: str, by: str, challenge: str, column: str | None
) -> dict[str, pd.DataFrame]:
    """What a cell, or with no column a whole challenge, is made of: frames "offer", "asset" and "company" of records.

    Firms are those known to face the challenge.
    """
    helped = sources_of_help(cluster, chosen, lens == "local help only")
    addressing = challenges_of_help(cluster).query("challenge == @challenge")[["sort", "id"]]
    facing = cluster.many("companies", "challenges").query("value == @challenge")[["id"]]
    helped, firms = helped.merge(addressing), chosen.firms(cluster).merge(facing)
    if column is not None:
        helped = helped.merge(_in_column(columns_of_help(cluster, chosen, by), column, ["sort", "id"]))
        firms = (
            firms.merge(_in_column(columns_of_firms(cluster, chosen, by), column, ["id"])) if by != "theme" else firms
        )
    return {
        "offer": helped[helped["sort"] == "offer"].reset_index(drop=True),
        "asset": helped[helped["sort"] == "asset"].reset_index(drop=True),
        "company": firms.reset_index(drop=True),
    }


def _in_column(rows: pd.DataFrame, column: str, keys: list[str]) -> pd.DataFrame:
    return rows.loc[rows["column"] == column, keys].drop_duplicates()


def help_by_challenge(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """One row per challenge, least help first: challenge, title, offer, asset, help (each source counted once)."""
    helped = challenges_of_help(cluster).merge(sources_of_help(cluster, chosen)[["sort", "id"]])
    counted = pd.crosstab(helped["challenge"], helped["sort"]).reindex(columns=list(SORTS_OF_HELP), fill_value=0)
    rows = cluster.table("challenges").rename(columns={"id": "challenge"})[["challenge", "title"]]
    rows = rows.merge(counted, left_on="challenge", right_index=True, how="left").fillna(
        dict.fromkeys(SORTS_OF_HELP, 0)
    )
    rows = rows.astype(dict.fromkeys(SORTS_OF_HELP, int))
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
