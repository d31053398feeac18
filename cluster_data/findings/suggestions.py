"""Pairs that may have something to say to each other and are not known to be linked, with why they are suggested.

Two kinds of reason. Place: both share a D and stand in the same local authority. Challenge: a firm is known to face a
challenge that a research asset helps with. Sources: the pack's own rows; distances are straight lines.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from cluster_data.measures.network import ASSET, NEITHER, PARTS, part_numbers
from cluster_data.measures.organisations import names
from cluster_data.measures.spots import POINT, metres
from cluster_data.model import words
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter
from cluster_data.model.ties import are_tied
from cluster_data.model.wording import type_in_words

ACADEMIC, BUSINESS, CLINICAL = range(len(PARTS))
RANKS = {
    (BUSINESS, ACADEMIC): 1,
    (BUSINESS, CLINICAL): 1,
    (ACADEMIC, CLINICAL): 1,
    (BUSINESS, ASSET): 2,
    (BUSINESS, BUSINESS): 3,
}
EVERYTHING = Filter()
MOST_COMPARED, MOST_PAIRS = 100, 5000
COLUMNS = ["one", "one_name", "other", "other_name", "strength", "why", "km", "approximate"]
REASONS = (
    "Two records are suggested to each other if they share a D and the local authority, or if one is a firm known to "
    "face a challenge and the other one of the {assets} that helps with it. Left out: what your choice leaves out, "
    "pairs with a known link, whatever has ended or was bought, two academic or two clinical bodies, "
    "and {assets} with anything but firms."
)
RULE = (
    "Order: the strongest reason first; of equal ones pairs of two parts (academic, business, clinical), then a firm "
    "with an asset, then two firms; among these, pairs with both reasons first, then those placed to about 100 metres, "
    "then the nearest. Those whom one organisation might meet for the same reason stand with the first of them. "
    f"Of each part, at most {MOST_COMPARED} in one authority, and {MOST_COMPARED} for one challenge, are compared."
)
RULE_FOR_ONE = (
    "Order: the strongest reason first; of equal ones those in the same town, then the nearest, those without a known "
    "distance last."
)
NEAR_KM, BEST = 10, 10
NAMED = 3  # of those whom one organisation might meet for the same reason
STRENGTHS = {
    "strong": "one is known to face a challenge that the other helps with",
    "fair": f"two different kinds of organisation in the same field, at most {NEAR_KM} km apart",
    "weak": f"the same field and the same local authority alone: two firms, or over {NEAR_KM} km apart",
}
HOW_GOOD = " ".join(f"{words.first_upper(grade)}: {meaning}." for grade, meaning in STRENGTHS.items())
COULD = {
    frozenset({BUSINESS, CLINICAL}): "Could talk about trying out what the firm makes",
    frozenset({BUSINESS, ACADEMIC}): "Could talk about research that the firm can use",
    frozenset({ACADEMIC, CLINICAL}): "Could talk about a study with patients",
    frozenset({BUSINESS, ASSET}): "Could talk about using its equipment or programme",
    frozenset({BUSINESS}): "Could talk about supply or a joint bid",
}


@remembered
def suggestible(cluster: Cluster) -> np.ndarray:
    """For each row of Cluster.records, whether it may be suggested: of a part or an asset, and not known to have ended
    or to be part of another firm since.

    What stands in several tables is suggested as what it is in the first.
    """
    codes, number = cluster.codes("id")
    gone = np.zeros(len(number), dtype=bool)
    gone[codes[cluster.records["gone"] | cluster.holds("status", cluster.flagged("status", "bought"))]] = True
    return (part_numbers(cluster) != NEITHER) & ~gone[codes] & ~cluster.records["id"].duplicated().to_numpy()


@remembered
def linked_or_suggestible(cluster: Cluster) -> tuple[str, ...]:
    """The ids of organisations of which there is something to say: a link, or whom they might meet; by name."""
    links = cluster.table("links")
    told = set(links["from_id"]) | set(links["to_id"]) | set(cluster.records["id"][suggestible(cluster)])
    return tuple(record for record in names(cluster) if record in told)


@remembered
def held_ds(cluster: Cluster, chosen: Filter) -> np.ndarray:
    """Which record has which D, of those that count under the choice; shape (records, Ds), 1 or 0."""
    rows = chosen.record_ds(cluster)
    held = np.zeros((len(cluster.records), len(cluster.tables["ds"])), dtype=np.float32)
    held[rows["row"], rows["d"].cat.codes] = 1
    return held


@remembered
def met_challenges(cluster: Cluster) -> np.ndarray:
    """Which firm is known to face and which asset helps with which challenge; shape (records, challenges), 1 or 0."""
    place = {challenge: at for at, challenge in enumerate(cluster.table("challenges")["id"])}
    met = np.zeros((len(cluster.records), len(place)), dtype=np.float32)
    for table in ("companies", "assets"):
        rows = cluster.rows_of(table, "challenges")
        met[rows["row"], rows["value"].map(place).to_numpy(dtype=int)] = 1
    return met


def _found(cluster: Cluster, chosen: Filter, ones: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Pairs of two lists of rows that share something: one, other, and 1 or 0 for D and place, and for a challenge."""
    areas, _ = cluster.codes("lad_code")
    parts, ds, met = part_numbers(cluster), held_ds(cluster, chosen), met_challenges(cluster)
    same_area = (areas[ones][:, None] == areas[others]) & (areas[ones] >= 0)[:, None]
    place = same_area & (ds[ones] @ ds[others].T > 0)
    firm_and_asset = parts[ones][:, None] + parts[others] == BUSINESS + ASSET
    challenge = firm_and_asset & (met[ones] @ met[others].T > 0)
    first, second = np.nonzero(place | challenge)
    return np.column_stack([ones[first], others[second], place[first, second], challenge[first, second]])


def _measured(cluster: Cluster, found: Sequence[np.ndarray]) -> pd.DataFrame:
    """Pairs found that may be suggested: one, other, place, challenge, rank (1 is best), km, approximate."""
    pairs = np.concatenate(found)
    ones, others = pairs[:, 0], pairs[:, 1]
    codes, _ = cluster.codes("id")
    parts, exact, where = part_numbers(cluster), cluster.holds("precision", [POINT]), metres(cluster)
    rank = np.zeros(len(pairs), dtype=int)
    for (one, other), place in RANKS.items():
        rank[(parts[ones] == one) & (parts[others] == other)] = place
        rank[(parts[ones] == other) & (parts[others] == one)] = place
    tied = are_tied(cluster, codes[ones], codes[others])
    rows = pd.DataFrame({"one": ones, "other": others, "place": pairs[:, 2] > 0, "challenge": pairs[:, 3] > 0})
    rows["rank"] = rank
    rows["km"] = (np.hypot(*(where[ones] - where[others]).T) / 1000).round(1)
    rows["approximate"] = ~(exact[ones] & exact[others])
    return rows[(rank > 0) & ~tied & (ones != others)]


@remembered
def best_pairs(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """The pairs suggested, best first by RULE, at most 5,000: one and other (rows of Cluster.records), place,
    challenge, rank, km, approximate. In one authority, and for one challenge, at most 100 of a part are compared.
    """
    rows = np.flatnonzero(suggestible(cluster) & chosen.matches(cluster))
    areas, _ = cluster.codes("lad_code")
    met = met_challenges(cluster)
    groups = [rows[areas[rows] == area] for area in np.unique(areas[rows][areas[rows] >= 0])]
    groups += [rows[met[rows, challenge] > 0] for challenge in range(met.shape[1])]
    parts = part_numbers(cluster)
    of_parts = [[group[parts[group] == part][:MOST_COMPARED] for part in range(NEITHER)] for group in groups]
    ranked = [_of_rank(cluster, chosen, of_parts, rank) for rank in sorted(set(RANKS.values()))]
    rows = pd.concat(ranked, ignore_index=True)
    return rows.iloc[np.argsort(_grades(rows), kind="stable")[:MOST_PAIRS]]


def _of_rank(cluster: Cluster, chosen: Filter, groups: Sequence[list[np.ndarray]], rank: int) -> pd.DataFrame:
    """The pairs of one rank within groups of rows by part, best first."""
    kinds = [pair for pair, of in RANKS.items() if of == rank]
    sides = [(of[one], of[other]) for of in groups for one, other in kinds if len(of[one]) and len(of[other])]
    nobody = np.empty((0, 4), dtype=int)
    pairs = _measured(cluster, [nobody, *(_found(cluster, chosen, *both) for both in sides)])
    parts = part_numbers(cluster)
    again = (parts[pairs["one"]] == parts[pairs["other"]]) & (pairs["one"] > pairs["other"])
    pairs = pairs[~again].drop_duplicates(["one", "other"])
    one_reason = ~(pairs["place"] & pairs["challenge"])
    return pairs.iloc[np.lexsort([pairs["other"], pairs["one"], pairs["km"], pairs["approximate"], one_reason])]


def strengths(cluster: Cluster, chosen: Filter) -> list[str]:
    """How good the reason for each of the pairs suggested is."""
    return _strengths(best_pairs(cluster, chosen))


def pairs_not_linked(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """The pairs suggested, both kept by the choice, in the order of RULE: one, one_name, other, other_name (ids and
    names), strength, why, km, approximate.
    """
    return _named(cluster, chosen, best_pairs(cluster, chosen))


@remembered
def strongest(cluster: Cluster, chosen: Filter, most: int = BEST) -> pd.DataFrame:
    """The first reasons of one organisation to meet another or several, in the order of RULE: the columns of
    pairs_not_linked and alike, the pairs that share the reason. Of those there are at most NAMED rows.
    """
    rows, parts = best_pairs(cluster, chosen), part_numbers(cluster)
    one, other = rows["one"].to_numpy(), rows["other"].to_numpy()
    ds, met = held_ds(cluster, chosen), met_challenges(cluster)
    shared = np.where(rows[["challenge"]], _as_number(met[one] * met[other]), _as_number(ds[one] * ds[other]))
    reasons = rows.assign(grade=_grades(rows), part=parts[other], shared=shared).groupby(
        ["one", "grade", "part", "shared"], sort=False
    )
    first = (reasons.ngroup() < most) & (reasons.cumcount() < NAMED)
    rows = rows.assign(alike=reasons["other"].transform("size"))[first]
    return _named(cluster, chosen, rows).assign(alike=rows["alike"])


def _as_number(held: np.ndarray) -> np.ndarray:
    """Each row of a table of 1 and 0 as a number of its own, in a column."""
    return np.unique(held > 0, axis=0, return_inverse=True)[1].reshape(-1, 1)


def _named(cluster: Cluster, chosen: Filter, rows: pd.DataFrame) -> pd.DataFrame:
    records = cluster.records
    told = rows.assign(strength=_strengths(rows), why=_whys(cluster, chosen, rows))
    for side in ("one", "other"):
        told[[side, f"{side}_name"]] = records[["id", "name"]].to_numpy()[rows[side]]
    return told[COLUMNS]


def _grades(pairs: pd.DataFrame) -> np.ndarray:
    """How good the reason for each pair is, as its place in STRENGTHS."""
    near = pairs["place"] & (pairs["km"] <= NEAR_KM) & (pairs["rank"] < max(RANKS.values()))
    return np.select([pairs["challenge"], near], [0, 1], 2)


def _strengths(pairs: pd.DataFrame) -> list[str]:
    return [list(STRENGTHS)[grade] for grade in _grades(pairs)]


def partners_for(cluster: Cluster, record: str, most: int | None = None, chosen: Filter = EVERYTHING) -> pd.DataFrame:
    """Whom a record might meet, of those the choice keeps, the best first: id, name, record_type, strength, why, km,
    approximate.

    Of an equal reason the nearest comes first, without a known distance last. Empty for what is never suggested, such
    as offers and what has ended.
    """
    may = suggestible(cluster)
    own = np.flatnonzero(may & cluster.holds("id", [record]))
    rows = _measured(cluster, [_found(cluster, chosen, own, np.flatnonzero(may & chosen.matches(cluster)))])
    rows["name"] = cluster.records["name"].iloc[rows["other"]].to_numpy()
    rows["grade"] = _grades(rows)
    rows = rows.sort_values(["grade", "km", "approximate", "name", "other"])[:most]
    ids, types = (cluster.records[column].iloc[rows["other"]].to_numpy() for column in ("id", "record_type"))
    rows = rows.assign(id=ids, record_type=types, strength=_strengths(rows), why=_whys(cluster, chosen, rows))
    return rows[["id", "name", "record_type", "strength", "why", "km", "approximate"]].reset_index(drop=True)


def _whys(cluster: Cluster, chosen: Filter, pairs: pd.DataFrame) -> list[str]:
    """Why pairs are suggested, each in a sentence: "Could talk about a study with patients: both work on devices, about
    0.3 km apart in Aldbrook." Those `alike` share a sentence, which leaves out what differs among them.
    """
    several = pairs["alike"] if "alike" in pairs else pd.Series(1, pairs.index)
    held, met, parts = held_ds(cluster, chosen), met_challenges(cluster), part_numbers(cluster)
    ds = cluster.table("ds").sort_values("order")["label"].str.lower().to_numpy()
    rows = cluster.table("challenges")
    challenges = np.array([f"“{words.first_lower(row.title)}” ({row.id})" for row in rows.itertuples()], dtype=object)
    named, where = cluster.records["name"].to_numpy(), cluster.records[["town", "lad_code"]].to_numpy(dtype=object)
    said = []
    for pair, alike in zip(pairs.itertuples(), several, strict=True):
        told = [COULD[frozenset({parts[pair.one], parts[pair.other]})]]
        if pair.challenge:
            firm, asset = (pair.one, pair.other) if parts[pair.one] == BUSINESS else (pair.other, pair.one)
            shared = words.listing(challenges[met[pair.one] * met[pair.other] > 0])
            several_help = f"{type_in_words(cluster, 'asset', alike)} not linked with it help"
            helper = several_help if alike > 1 else f"{named[asset]} helps"
            told = [f"{named[firm]} is known to face {shared}, and {helper} with that"]
        if alike > 1:
            more = "" if pair.challenge else f": all work on {words.listing(ds[held[pair.one] * held[pair.other] > 0])}"
            said.append(f"{words.first_upper(told[0])}{more}.")
            continue
        if pair.place:
            told.append(f"both work on {words.listing(ds[held[pair.one] * held[pair.other] > 0])}")
        apart, place = _apart(cluster, pair, *where[[pair.one, pair.other]])
        besides = ", ".join(filter(None, [*told[1:], apart]))
        said.append(f"{told[0]}: {besides} {place}".rstrip(": ") + ".")
    return said


def _apart(cluster: Cluster, pair: Any, one: np.ndarray, other: np.ndarray) -> tuple[str, str]:
    """How far the two of a pair are from each other, and in what town or area if they share one: `one` and `other` are
    the town and the area of each.
    """
    town = one[0] if one[0] == other[0] else cluster.area_names.get(one[1], one[1])
    place = f"in {town}" if pair.place else ""
    if pd.isna(pair.km) or (pair.approximate and pair.km == 0):
        return "", place
    return f"{words.kilometres(pair.km, pair.approximate)} apart", place
