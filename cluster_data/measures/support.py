"""Who can help with a need: every source of help that fits, in one order, wherever help is listed."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cluster_data.measures import splits
from cluster_data.measures.help import challenges_of_help, helps
from cluster_data.measures.places import Place
from cluster_data.measures.splits import AREA_SPLITS, GROUPS, OPEN_SPLITS, mask
from cluster_data.measures.spots import POINT, kilometres_from
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter, open_to_every_d, reaching
from cluster_data.model.source_years import OLD_AFTER_YEARS

NAMED, NONE_NAMED, OTHERS_NAMED = 1, 0, -1
ASPECTS = ("fit_asked", "fit_theme", "fit_d", "fit_stage")
SAME_AREA = 0


@dataclass(frozen=True)
class Need:
    """What help is asked for: a challenge or theme, a further theme, an offer's stage, by id, and a place.

    Empty means any. The Ds asked for are those of the Filter; its `ended` takes in what is known to have ended.
    """

    asked: str = ""
    stage: str = ""
    place: Place | None = None
    theme: str = ""


@remembered
def fits(cluster: Cluster, chosen: Filter, need: Need) -> pd.DataFrame:
    """How each source of help meets a need; index as Cluster.records.

    Columns: fit_asked, fit_theme, fit_d, fit_stage (NAMED, NONE_NAMED or OTHERS_NAMED; what was not asked for is
    NONE_NAMED); lasts (is not known to have ended, or that is asked for); open (has a status flagged so, and its last
    day, if known, has not passed); reaches; near (SAME_AREA for an asset in the authority of the place, else the order
    of the reach; an asset elsewhere stands with the offers of the widest local reach); km (missing without two
    positions); approximate.
    """
    rows = np.flatnonzero(helps(cluster, chosen.but(ds=(), ended=True)))
    table = pd.DataFrame(index=rows)
    for aspect, asked in (("fit_asked", need.asked), ("fit_theme", need.theme)):
        table[aspect] = np.where(_asked(cluster, asked)[rows], NAMED, OTHERS_NAMED) if asked else NONE_NAMED
    table["fit_d"] = NONE_NAMED
    if chosen.ds:
        of_ds = mask(cluster, chosen.record_ds(cluster)["row"])
        table["fit_d"] = _standing(of_ds, open_to_every_d(cluster), rows)
    table["fit_stage"] = NONE_NAMED
    if need.stage:
        stages = cluster.rows_of("support_offers", "stages")
        of_stage = mask(cluster, stages.loc[stages["value"] == need.stage, "row"])
        table["fit_stage"] = _standing(of_stage, splits.open_to_every_stage(cluster), rows)
    table["lasts"] = helps(cluster, chosen.but(ds=()))[rows]
    table["open"] = (cluster.holds("status", cluster.flagged("status", "open")) & ~past_last_day(cluster))[rows]
    reaches, near = _reach(cluster, chosen, need.place)
    table["reaches"], table["near"] = reaches[rows], near[rows]
    table["km"] = np.nan
    if need.place and not np.isnan(need.place.lat):
        table["km"] = kilometres_from(cluster, need.place.lat, need.place.lon)[rows]
    table["approximate"] = ~cluster.holds("precision", [POINT])[rows] | (need.place is None or not need.place.exact)
    return table


@remembered
def past_last_day(cluster: Cluster) -> np.ndarray:
    """For each row of Cluster.records, whether it is an offer whose last day has passed on the day of the pack."""
    last_days = pd.to_datetime(cluster.table("support_offers")["closes"])
    passed = np.zeros(len(cluster.records), bool)
    passed[cluster.records_in("support_offers")] = last_days < pd.Timestamp(cluster.pack.as_of)
    return passed


def _standing(named: np.ndarray, silent: np.ndarray, rows: np.ndarray) -> np.ndarray:
    return np.select([named[rows], silent[rows]], [NAMED, NONE_NAMED], OTHERS_NAMED)


def _asked(cluster: Cluster, asked: str) -> np.ndarray:
    addressing = challenges_of_help(cluster)
    named = mask(cluster, addressing.loc[addressing["challenge"] == asked, "row"])
    themes = cluster.rows_of("support_offers", "themes")
    parts = {theme for theme, above in splits.parents_of_themes(cluster).items() if asked in above}
    return named | mask(cluster, themes.loc[themes["value"].isin(parts), "row"])


def _reach(cluster: Cluster, chosen: Filter, place: Place | None) -> tuple[np.ndarray, np.ndarray]:
    """For each record, whether it reaches the place, and how near it is by kind of reach."""
    reaches = cluster.table("reaches")
    order = cluster.records["reach"].map(dict(zip(reaches["id"], reaches["order"], strict=True)))
    local = reaches["local"] == "yes"
    widest = reaches.loc[local, "order"].max() if local.any() else SAME_AREA
    near = order.fillna(widest).to_numpy(dtype=float, copy=True)
    home = frozenset({place.lad_code}) if place else chosen.area_codes(cluster)
    assets = cluster.holds("record_type", ["asset"])
    near[assets & cluster.holds("lad_code", home)] = SAME_AREA
    if not home:  # of a choice without a place nothing is nearer than what reaches all of the region
        near = np.maximum(near, widest)
    if place is None:
        return np.ones(len(near), dtype=bool), near
    if place.lad_code in cluster.area_names:
        return assets | cluster.holds("reach", reaching(cluster, home)), near
    return assets | cluster.holds("reach", reaches.loc[~local, "id"]), near


def met(table: pd.DataFrame) -> pd.DataFrame:
    """Which demands each row of `fits` meets: fit_asked, fit_theme, fit_d, fit_stage, reaches, lasts."""
    demands = pd.DataFrame({aspect: table[aspect] != OTHERS_NAMED for aspect in ASPECTS})
    return demands.join(table[["reaches", "lasts"]])


@remembered
def help_for(cluster: Cluster, chosen: Filter, need: Need) -> pd.DataFrame:
    """The sources of help that meet a need, best first: the columns of Cluster.records, then those of `fits`, and fit.

    `fit` counts what is named of the challenge or theme, the D and the stage asked for. Order: what is known to be
    open; most fit; nearest by `near`; with a source that is not old; distance; newest year; name. What is both asset
    and offer stands once, as the offer.
    """
    rows = in_both(cluster, chosen, need)
    return rows[cluster.once_each(mask(cluster, rows.index), last=True)[rows.index]]


@remembered
def in_both(cluster: Cluster, chosen: Filter, need: Need) -> pd.DataFrame:
    """As `help_for`, but what is both asset and offer has two rows."""
    table = fits(cluster, chosen, need)
    return in_order(cluster, table[met(table).all(axis=1)])


def at_hand(cluster: Cluster, chosen: Filter, need: Need) -> pd.DataFrame:
    """Of `in_both`, the offers, which reach the place of a need, and the assets based in its local authority."""
    rows = in_both(cluster, chosen, need)
    return rows[(rows["record_type"] == "offer") | (rows["near"] == SAME_AREA)]


def of_kinds_flagged(cluster: Cluster, chosen: Filter, need: Need, flag: str) -> pd.DataFrame:
    """The support offers of `help_for` of a kind that bears a flag of the vocabulary."""
    kinds = cluster.rows_of("support_offers", "kinds")
    flagged = kinds.loc[kinds["value"].isin(cluster.flagged("offer_kind", flag)), "row"]
    rows = help_for(cluster, chosen, need)
    return rows[rows.index.isin(flagged)]


def in_order(cluster: Cluster, table: pd.DataFrame) -> pd.DataFrame:
    """Rows of `fits` with the columns of Cluster.records and fit, in the order of `help_for`."""
    fit = (table[list(ASPECTS)] == NAMED).sum(axis=1).to_numpy()
    rows = cluster.records.loc[table.index].join(table)
    recent = rows["year"].astype(float) >= cluster.pack.as_of.year - OLD_AFTER_YEARS
    order = np.lexsort((_by_year(cluster)[table.index], table["km"], ~recent, table["near"], -fit, ~table["open"]))
    rows["fit"] = fit
    return rows.iloc[order]


@remembered
def _by_year(cluster: Cluster) -> np.ndarray:
    """The rank of each record by newest year, name and id."""
    records = cluster.records
    keys = pd.DataFrame({"year": -records["year"].astype(float).fillna(0), "name": records["name"].str.casefold()})
    return np.argsort(keys.assign(id=records["id"]).sort_values(["year", "name", "id"]).index)


@remembered
def comes_close(cluster: Cluster, chosen: Filter, need: Need, most: int = 3) -> pd.DataFrame:
    """What misses a need by least: as `help_for`, and missed, the demands it fails, parted by spaces.

    What does not address the challenge or theme asked for is never close. Fewest misses come first. What is both asset
    and offer stands once, with the row that misses least.
    """
    table = fits(cluster, chosen, need)
    demands = met(table)
    misses = (~demands).sum(axis=1)
    rows = in_order(cluster, table[demands["fit_asked"]])
    rows = rows.loc[misses.loc[rows.index].sort_values(kind="stable").index]
    rows = rows[~pd.Series(cluster.body_codes[rows.index], rows.index).duplicated()]
    rows = rows[misses.loc[rows.index] > 0].head(most)
    rows["missed"] = [" ".join(demands.columns[~demands.loc[row]]) for row in rows.index]
    return rows


def behind_cell(
    cluster: Cluster, chosen: Filter, lens: str, by: str, challenge: str, column: str | None
) -> dict[str, pd.DataFrame]:
    """What a cell, or with no column a whole challenge, is made of: frames "offer", "asset" and "company" of records.

    Firms are those known to face the challenge. Help is that of `in_both` for the need of the cell, in its order, with
    named: whether it names the column.
    """
    asking, need = need_of_cell(cluster, chosen, by, challenge, column)
    helping = in_both(cluster, asking, need)
    helping = helping[helps(cluster, asking.but(ds=()), lens == "local help only")[helping.index]]
    named = helping["fit_d" if by == "D" else "fit_stage"] == NAMED if by in OPEN_SPLITS else True
    helping = helping[list(cluster.records.columns)].assign(named=named)
    facing = cluster.rows_of("companies", "challenges")
    faced = mask(cluster, facing.loc[facing["value"] == challenge, "row"]) & chosen.keeps_of(cluster, "company")
    if column is not None and by != "theme":
        rows = splits.columns_of_firms(cluster, chosen, by)
        faced = faced & mask(cluster, rows.loc[rows["column"] == column, "row"])
    return {
        "offer": helping[helping["record_type"] == "offer"],
        "asset": helping[helping["record_type"] == "asset"],
        "company": cluster.records[faced].sort_values("name"),
    }


def need_of_cell(cluster: Cluster, chosen: Filter, by: str, challenge: str, column: str | None) -> tuple[Filter, Need]:
    """What the help behind a cell of the heat map, or behind a whole challenge, is asked for with."""
    if by == "D" and column in set(cluster.table("ds")["id"]):
        return chosen.but(ds=(column,)), Need(challenge)
    if by in AREA_SPLITS and column is not None:
        known = {code: (name, (code,)) for code, name in cluster.area_names.items()}
        label, codes = known.get(column) or splits.areas_of_columns(cluster, chosen, by)[column]
        whole = by == GROUPS and not chosen.areas
        names = (label,) if whole else tuple(sorted(cluster.area_names[code] for code in codes))
        return chosen.but(areas=names), Need(challenge)
    if by == "stage":
        return chosen, Need(challenge, stage=column or "")
    return chosen, Need(challenge, theme=column or "" if by == "theme" else "")


def need_of(cluster: Cluster, record: str) -> tuple[Filter, Need]:
    """What a record would ask for: help for its Ds, where it stands."""
    own = cluster.records[cluster.records["id"] == record].iloc[0]
    held_ds = cluster.record_ds
    home = None
    if isinstance(own["lad_code"], str):
        home = Place(own["name"], own["lat"], own["lon"], "", own["lad_code"], own["precision"] == POINT)
    return Filter(ds=tuple(held_ds.loc[held_ds["id"] == record, "d"].unique())), Need(place=home)


@remembered
def nearest_help(cluster: Cluster, record: str, most: int = 5) -> pd.DataFrame:
    """Help that names a D of the record and reaches it: the first assets, then the first offers, of `help_for`.

    Without a D there is none. The record itself is left out.
    """
    found = help_for(cluster, *need_of(cluster, record))
    found = found[(found["fit_d"] == NAMED) & (found["id"] != record)]
    return pd.concat([found[found["record_type"] == each].head(most) for each in ("asset", "offer")])
