"""Where help meets challenges: the heat map's lenses, and what stands behind a cell."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cluster_data.measures import splits
from cluster_data.measures.splits import AREA_SPLITS, EVERY_AREA, FACING, OPEN_SPLITS, SPLITS, WHOLE
from cluster_data.model import words
from cluster_data.model.cluster import KINDS_OF_HELP, Cluster, remembered
from cluster_data.model.filters import Filter
from cluster_data.model.formats import Amount, Number, Range, typed

ALL_HELP, OF_SOME = "all help", "that not every area has"


@dataclass(frozen=True)
class Lens:
    """One way to look at challenges: its name in links, what one cell says, and by what it can be split.

    Its cells are numbers of sources of help (`counts_help`), or ratios of which a high one is thin (`divides`), or
    firms; `local` leaves out offers held open to more than the region.
    """

    name: str
    unit: str
    definition: str
    splits: tuple[str, ...] = SPLITS
    one: str = ""
    counts_help: bool = False
    divides: bool = False
    local: bool = False

    def unit_of(self, value: float) -> str:
        """The unit for this value: "source of help" for 1."""
        return self.one if value == 1 and self.one else self.unit


LENSES = (
    Lens(
        "help here",
        "sources of help",
        "Counted are {offers} that reach the chosen place and {assets} based in it, which address the challenge and "
        "serve the column. Each counts once in a column and once in all help, also if it is both offer and asset.",
        one="source of help",
        counts_help=True,
    ),
    Lens(
        "local help only",
        "local sources of help",
        "As help here, without offers held open to more than the region.",
        one="local source of help",
        counts_help=True,
        local=True,
    ),
    Lens(
        "firms per source of help",
        "firms per source of help",
        "Chosen firms of the column divided by the sources of help in the cell. High means thin. All firms of the "
        "column are counted, whether or not they are known to face the challenge.",
        ("D", *AREA_SPLITS),
        divides=True,
    ),
    Lens(
        FACING,
        "firms",
        "Chosen firms for which a source says that they face the challenge. Few are known, so an empty cell does not "
        "mean that nobody faces it.",
        ("D", *AREA_SPLITS, "stage"),
        "firm",
    ),
)
LENS = {lens.name: lens for lens in LENSES}


def helps(cluster: Cluster, chosen: Filter, local: bool = False) -> np.ndarray:
    """For each row of Cluster.records, whether it is a source of help that the choice allows: see Filter.matches.

    `local` leaves out offers held open to more than the region.
    """
    wanted = [each for each in KINDS_OF_HELP if each in chosen.kinds] or list(KINDS_OF_HELP)
    keep = chosen.but(kinds=tuple(wanted)).matches(cluster)
    if local:
        reaches = cluster.table("reaches")
        near = reaches.loc[reaches["local"] == "yes", "id"]
        keep = keep & (cluster.holds("record_type", ["asset"]) | cluster.holds("reach", near))
    return keep


@remembered
def challenges_of_help(cluster: Cluster) -> pd.DataFrame:
    """Which source of help addresses which challenge: row (index in Cluster.records), challenge."""
    parts = [cluster.rows_of(table, "challenges") for table in ("support_offers", "assets")]
    return pd.concat(parts).rename(columns={"value": "challenge"})


@remembered
def challenge_grid(cluster: Cluster, chosen: Filter, lens: str, by: str) -> pd.DataFrame:
    """One row per challenge and column: challenge, title, column, label, firms, help, named, whole, everywhere, value,
    drawn, shown, short, told.

    `help` counts the sources of help behind the cell, each body once, and `named` those of them that name the column;
    the rest name no D, or no stage, and are open to all. `firms` counts chosen firms of the column (for the lens of
    firms known to face it, those in the cell). `value` is what the lens draws and is missing where there is nothing to
    divide; `shown` is that in words: the number, "no help" or "no firms". `short` and `told` add to the number how many
    name the column, where some need not: "5 (2)", "5 (2 meant for it)". Numbers of help by area tell apart what every
    area has, `everywhere`, the same in all cells of a challenge: `drawn`, which is `value` elsewhere, and `short` are
    the rest, `told` is "5 (2 that not every area has)". `whole` is all help with the challenge, each body once, where
    a lens counts help.
    """
    across = splits.columns(cluster, chosen, lens, by)
    down = cluster.table("challenges").rename(columns={"id": "challenge"})[["challenge", "title"]]
    grid = down.merge(across, how="cross")
    grid[["help", "named"]] = _help_in_cells(cluster, chosen, lens, by, grid)
    grid["firms"] = _firms_in_cells(cluster, chosen, lens, by, grid)
    grid = _valued(grid, lens).astype({"shown": object, "label": object})
    tells = (grid["help"] > 0) & (by in OPEN_SPLITS and LENS[lens].counts_help)
    counted = grid["shown"] + " (" + grid["named"].astype(str)
    grid["short"] = grid["shown"].mask(tells, counted + ")")
    grid["told"] = grid["shown"].mask(tells, counted + " meant for it)")
    grid["whole"], grid["everywhere"], grid["drawn"] = np.nan, np.nan, grid["value"]
    if not LENS[lens].counts_help:
        return grid
    keep = helps(cluster, chosen, LENS[lens].local)
    grid["whole"] = _of_each(cluster, keep, grid)
    if by in AREA_SPLITS:
        grid["everywhere"] = _of_each(cluster, keep & splits.open_everywhere(cluster), grid)
        grid["drawn"] = grid["value"] - grid["everywhere"]
        grid["short"] = grid["drawn"].map("{:.0f}".format).astype(object)
        grid["told"] = grid["shown"].mask(grid["help"] > 0, grid["shown"] + " (" + grid["short"] + f" {OF_SOME})")
    return grid


def _of_each(cluster: Cluster, keep: np.ndarray, grid: pd.DataFrame) -> np.ndarray:
    """How many bodies kept help with each challenge, for each cell of it."""
    return np.repeat(_bodies_in(cluster, keep).ravel(), grid["column"].nunique()).astype(float)


def with_whole(grid: pd.DataFrame) -> pd.DataFrame:
    """The grid with a first column, which has no `drawn`: what every area has, if that is told apart, else all help."""
    held, label = ("whole", ALL_HELP) if grid["everywhere"].isna().all() else ("everywhere", EVERY_AREA)
    first = grid.drop_duplicates("challenge").dropna(subset=held)
    said = first[held].map("{:.0f}".format).astype(object)
    first = first.assign(column=WHOLE, label=words.first_upper(label), drawn=np.nan)
    first = first.assign(value=first[held], shown=said, short=said, told=said)
    return pd.concat([first, grid]).sort_index(kind="stable")


def challenge_labels(grid: pd.DataFrame) -> dict[str, str]:
    """The challenges of a grid by id: id and title."""
    return dict(zip(grid["challenge"], grid["challenge"] + " " + grid["title"], strict=True))


def _help_in_cells(cluster: Cluster, chosen: Filter, lens: str, by: str, grid: pd.DataFrame) -> np.ndarray:
    if lens == FACING:
        return np.zeros((len(grid), 2), dtype=int)
    rows = splits.columns_of_help(cluster, chosen, by)
    across = pd.Index(grid["column"].unique())
    serve, name = (_table(cluster, rows[which], "column", across) for which in (slice(None), rows["named"]))
    keep = helps(cluster, chosen, LENS[lens].local)
    return np.column_stack([_bodies_in(cluster, keep, columns).ravel() for columns in (serve, name)])


def _table(cluster: Cluster, rows: pd.DataFrame, column: str, known: pd.Index) -> np.ndarray:
    """For each row of Cluster.records and each word known, whether the pairs hold it; other words are left out."""
    table = np.zeros((len(cluster.records), len(known)), dtype=bool)
    words_at = known.get_indexer(rows[column])
    table[rows["row"].to_numpy()[words_at >= 0], words_at[words_at >= 0]] = True
    return table


@remembered
def addresses(cluster: Cluster) -> np.ndarray:
    """For each row of Cluster.records and each challenge, whether it is help with it. Not to be changed."""
    return _table(cluster, challenges_of_help(cluster), "challenge", pd.Index(cluster.table("challenges")["id"]))


def _bodies_in(cluster: Cluster, keep: np.ndarray, serve: np.ndarray | None = None) -> np.ndarray:
    """How many bodies kept help with each challenge (down) and serve each column (across), by one and the same row.

    Without `serve` there is one column, which all serve.
    """
    serve = np.ones((len(keep), 1), dtype=bool) if serve is None else serve
    rows = np.flatnonzero(keep & addresses(cluster).any(axis=1))
    rows = rows[np.argsort(cluster.body_codes[rows], kind="stable")]
    cells = addresses(cluster)[rows][:, :, None] & serve[rows][:, None, :]
    firsts = np.flatnonzero(np.diff(cluster.body_codes[rows], prepend=-1))
    return np.logical_or.reduceat(cells, firsts).sum(axis=0) if len(rows) else np.zeros(cells.shape[1:], dtype=int)


def _firms_in_cells(cluster: Cluster, chosen: Filter, lens: str, by: str, grid: pd.DataFrame) -> pd.Series:
    if LENS[lens].counts_help:
        return pd.Series(0, grid.index)
    firms, keys = splits.columns_of_firms(cluster, chosen, by), ["column"]
    firms = firms[chosen.keeps_of(cluster, "company")[firms["row"]]]
    if lens == FACING:
        facing = cluster.rows_of("companies", "challenges").rename(columns={"value": "challenge"})
        firms, keys = firms.merge(facing), ["challenge", "column"]
    counted = firms.groupby(keys).size().rename("firms").reset_index()
    return grid[keys].merge(counted, how="left")["firms"].fillna(0).astype(int)


def _valued(grid: pd.DataFrame, lens: str) -> pd.DataFrame:
    if LENS[lens].divides:
        some = grid["firms"] > 0
        grid["value"] = (grid["firms"] / grid["help"].where((grid["help"] > 0) & some)).astype(float)
        ratios = grid["value"].map("{:.1f}".format).mask(grid["value"].between(0, 0.05, "neither"), "under 0.1")
        grid["shown"] = ratios.where(grid["help"] > 0, "no help").where(some, "no firms")
        return grid
    grid["value"] = grid["firms" if lens == FACING else "help"].astype(float)
    grid["shown"] = grid["value"].map("{:.0f}".format)
    return grid


@remembered
def help_by_challenge(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """One row per challenge, least help first: challenge, title, offer, asset, help (what is both counts once)."""
    rows = cluster.table("challenges").rename(columns={"id": "challenge"})[["challenge", "title"]]
    keep = helps(cluster, chosen)
    for record_type in KINDS_OF_HELP:
        rows[record_type] = _bodies_in(cluster, keep & cluster.holds("record_type", [record_type]))
    rows["help"] = _bodies_in(cluster, keep)
    return rows.sort_values(["help", "challenge"], ignore_index=True)


def grid_in_words(grid: pd.DataFrame) -> pd.DataFrame:
    """The heat map as a table: Challenge, then a column per label with its values, or what is told in their place.

    What stands first in `with_whole` comes first. Where words tell more than the number, data holds both.
    """
    grid = with_whole(grid).reset_index(drop=True)
    more = grid.loc[(grid["told"] != grid["shown"]) & grid["everywhere"].isna(), "label"]
    values, named = (grid[column].astype(object).where(grid[column].notna(), None) for column in ("value", "named"))
    cells = list(map(Amount, grid["told"], values, named))
    titles, labels = challenge_labels(grid), list(dict.fromkeys(grid["label"]))
    grid = grid.assign(cell=pd.Series(cells, grid.index, object))
    wide = grid.pivot(index="challenge", columns="label", values="cell").loc[list(titles), labels]
    formats = {
        label: Range(f"{label}: all", f"{label}: meant for it", "") if label in set(more) else Number()
        for label in labels
    }
    return typed(wide.rename(titles).rename_axis("Challenge").reset_index(), formats)
