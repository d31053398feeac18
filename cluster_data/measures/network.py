"""Who is linked with whom: the network of all links, who is linked with most, bridges, islands and paths.

Source: links.csv. Two organisations are linked if at least one row names both, in whichever direction. The academic,
business and clinical parts are flags of the types in vocabulary.csv.
"""

import math
from collections.abc import Sequence

import networkx as nx
import numpy as np
import pandas as pd

from cluster_data.measures.organisations import links_from_each_end, names
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter
from cluster_data.model.sites import stands_in

MOST_PLACED, MANY, MOST_DRAWN, TOP = 1000, 150, 60, 10
PARTS = ("academic", "business", "clinical")
ASSET, NEITHER = len(PARTS), len(PARTS) + 1
SEED, ROUNDS, COLUMNS = 7, 150, 12  # of the drawing
Spot = tuple[float, float]


@remembered
def part_numbers(cluster: Cluster) -> np.ndarray:
    """For each row of Cluster.records: 0 to 2 for its part in PARTS, 3 for a research asset of none, 4 for the rest."""
    numbers = np.full(len(cluster.records), NEITHER)
    numbers[cluster.holds("record_type", ["asset"])] = ASSET
    for place, part in enumerate(PARTS):
        numbers[cluster.holds("record_type", cluster.flagged("record_type", part))] = place
    return numbers


@remembered
def members(cluster: Cluster) -> pd.DataFrame:
    """Every id of Cluster.records once, index its number in Cluster.codes: id, name, record_type, part (one of PARTS
    or ""), order (its place by name).

    What stands in several tables has the type of the first.
    """
    rows = cluster.records.drop_duplicates("id")[["id", "name", "record_type"]]
    parts = np.array([*PARTS, "", ""], dtype=object)[part_numbers(cluster)[rows.index]]
    in_order = np.lexsort([rows["id"].to_numpy(str), rows["name"].str.casefold().to_numpy(str)])
    return rows.assign(part=parts, order=in_order.argsort()).reset_index(drop=True)


@remembered
def ends(cluster: Cluster) -> np.ndarray:
    """The numbers of both ends of every row of links.csv; shape (links, 2)."""
    _, number = cluster.codes("id")
    links = cluster.table("links")
    columns = [links[column].map(number).to_numpy(dtype=int) for column in ("from_id", "to_id")]
    return np.column_stack(columns)


@remembered
def kept_members(cluster: Cluster, chosen: Filter) -> np.ndarray:
    """For each row of members, whether the choice keeps it in any of its tables.

    If areas are chosen it must stand in one; an offer that reaches an area does not.
    """
    codes, number = cluster.codes("id")
    keep = chosen.matches(cluster)
    if chosen.areas:
        keep = keep & stands_in(cluster, chosen.area_codes(cluster))
    kept = np.zeros(len(number), dtype=bool)
    kept[codes[keep]] = True
    return kept


@remembered
def links_kept(cluster: Cluster, chosen: Filter, kind: str) -> np.ndarray:
    """For each row of links.csv, whether it is of the kind ("" for any) and the choice keeps at least one end."""
    keep = kept_members(cluster, chosen)[ends(cluster)].any(axis=1)
    if kind:
        keep &= (cluster.tables["links"]["kind"] == kind).to_numpy()
    return keep


@remembered
def pairs(cluster: Cluster, chosen: Filter, kind: str) -> np.ndarray:
    """The pairs of different members that the links shown join, each once, as numbers in order; shape (pairs, 2)."""
    both = np.sort(ends(cluster)[links_kept(cluster, chosen, kind)], axis=1)
    both = both[both[:, 0] != both[:, 1]]
    most = len(members(cluster)) or 1
    return np.column_stack(np.divmod(np.unique(both[:, 0] * most + both[:, 1]), most))


@remembered
def linked_members(cluster: Cluster, chosen: Filter, kind: str) -> pd.DataFrame:
    """One row per member of the network shown, those linked with most first, then by name: id, name, record_type, part,
    kept (by the choice), neighbours (organisations it is linked with), and of these academic, business, clinical.
    """
    joined = pairs(cluster, chosen, kind)
    ones, others = np.concatenate([joined, joined[:, ::-1]]).T
    counted = np.zeros((len(members(cluster)), len(PARTS) + 1), dtype=int)
    np.add.at(counted, (ones, pd.Index(PARTS).get_indexer(members(cluster)["part"])[others]), 1)
    neighbours = counted.sum(axis=1)
    order = np.lexsort([members(cluster)["order"], -neighbours])[: int((neighbours > 0).sum())]
    rows = members(cluster).drop(columns="order").iloc[order]
    rows = rows.assign(kept=kept_members(cluster, chosen)[order], neighbours=neighbours[order])
    return rows.assign(**{part: counted[order, place] for place, part in enumerate(PARTS)})


def most_connected(cluster: Cluster, chosen: Filter, kind: str, most: int = TOP) -> pd.DataFrame:
    """The organisations of the choice that are linked with most others: the columns of linked_members."""
    rows = linked_members(cluster, chosen, kind)
    return rows[rows["kept"]].head(most)


def bridges(cluster: Cluster, chosen: Filter, kind: str) -> pd.DataFrame:
    """Organisations of the choice that join all PARTS: each is their own part or one they are directly linked with.

    The columns of linked_members; those linked with most organisations of the three parts come first.
    """
    rows = linked_members(cluster, chosen, kind)
    joins = np.all([(rows[part] > 0) | (rows["part"] == part) for part in PARTS], axis=0)
    rows = rows[joins & rows["kept"]]
    return rows.loc[rows[list(PARTS)].sum(axis=1).sort_values(ascending=False, kind="stable").index]


@remembered
def islands(cluster: Cluster, chosen: Filter, kind: str) -> list[int]:
    """How many organisations hang together by the links shown, for each such group, the largest first."""
    joined = nx.Graph(pairs(cluster, chosen, kind).tolist())
    return sorted(map(len, nx.connected_components(joined)), reverse=True)


@remembered
def groups(cluster: Cluster) -> pd.Series:
    """The number of the group in which each linked organisation hangs together with others, 0 the largest; by number.

    Those linked with most come first. The order of rows in the files makes no difference.
    """
    order = members(cluster)["order"].to_numpy()
    found = nx.connected_components(nx.Graph(pairs(cluster, Filter(), "").tolist()))
    numbered = enumerate(sorted(found, key=lambda group: (-len(group), min(order[list(group)]))))
    group = pd.Series({member: number for number, group in numbered for member in group}, dtype=int)
    return group.reindex(linked_members(cluster, Filter(), "").index)


@remembered
def positions(cluster: Cluster, group: int) -> pd.DataFrame:
    """Where the organisations stand in the drawing: x and y from 0 to 1, and the number of their group; by number.

    All are laid out, or where they are more than 1,000 those linked with most of one group, whatever the choice, so
    that nothing moves when the choice changes.
    """
    placed, joined = groups(cluster), pairs(cluster, Filter(), "")
    if len(placed) > MOST_PLACED:
        placed = placed[placed == group].head(MOST_PLACED)
    ids, joined = members(cluster)["id"].to_numpy(), joined[np.isin(joined, placed.index).all(axis=1)]
    places = laid_out(sorted(ids[placed.index]), sorted(tuple(sorted(pair)) for pair in ids[joined].tolist()))
    spots = pd.DataFrame([places[record] for record in ids[placed.index]], columns=["x", "y"], index=placed.index)
    return spots.assign(group=placed)


@remembered
def nodes(cluster: Cluster, chosen: Filter, kind: str, surely: tuple[str, ...] = (), most: int = 0) -> pd.DataFrame:
    """The members that are drawn: the columns of linked_members, x, y and group; the index is their number.

    Of MANY, or of more than `most`, as many as can be told apart: those linked with most of one group that hangs
    together, as far as they are linked with one another. The ids `surely` are drawn whatever the choice, instead of
    those with fewest links.
    """
    rows, whole = linked_members(cluster, chosen, kind), linked_members(cluster, Filter(), kind)
    first = whole[whole["id"].isin(surely)]
    first = first.iloc[np.argsort(~first["id"].isin(surely[:1]), kind="stable")]
    rows = pd.concat([first, rows.drop(first.index, errors="ignore")])
    group = groups(cluster)[(first if len(first) else rows).index].min() if len(rows) else 0
    rows = rows.join(positions(cluster, int(group)), how="inner")
    if len(rows) > (most or MANY):
        rows = rows[rows["group"] == group].head(most or max(MOST_DRAWN, len(first)))
        joined = pairs(cluster, chosen, kind)
        joined = joined[np.isin(joined, rows.index).all(axis=1)]
        rows = rows[rows.index.isin([*joined.ravel(), *first.index])]
        rows = rows.assign(**{axis: filling(rows[axis].to_numpy()) for axis in ("x", "y")})
    return rows.sort_values("neighbours", ascending=False, kind="stable")


def with_neighbours(cluster: Cluster, chosen: Filter, kind: str, record: str) -> tuple[str, ...]:
    """The ids of an organisation, first, and of those that the links shown join with it; none if they join none."""
    ids = members(cluster)["id"].to_numpy()[pairs(cluster, chosen, kind)]
    near = set(ids[(ids == record).any(axis=1)].ravel())
    return tuple(sorted(near, key=lambda other: (other != record, other)))


@remembered
def lines(cluster: Cluster, chosen: Filter, kind: str, surely: tuple[str, ...] = (), most: int = 0) -> pd.DataFrame:
    """The pairs between members drawn, those between the ids `surely` whatever the choice: one and other, by id."""
    rows, whole = nodes(cluster, chosen, kind, surely, most), pairs(cluster, Filter(), kind)
    sure = np.isin(whole, rows.index[rows["id"].isin(surely)]).all(axis=1)
    joined = np.unique(np.concatenate([pairs(cluster, chosen, kind), whole[sure]]), axis=0)
    joined = joined[np.isin(joined, rows.index).all(axis=1)]
    ids = members(cluster)["id"].to_numpy()[joined]
    return pd.DataFrame(ids, columns=["one", "other"])


@remembered
def graph(cluster: Cluster, kind: str) -> nx.Graph:
    """The whole network by links of the kind ("" for any), whatever the choice: ids joined. Not to be changed."""
    joined = pairs(cluster, Filter(), kind)
    return nx.Graph(members(cluster)["id"].to_numpy()[joined].tolist())


def island_of(cluster: Cluster, record: str, kind: str) -> int:
    """How many organisations hang together with this one, itself among them."""
    whole = graph(cluster, kind)
    return len(nx.node_connected_component(whole, record)) if record in whole else 1


def way(cluster: Cluster, start: str, end: str, kind: str) -> list[str]:
    """The ids along a shortest path between two organisations, both ends included; empty if there is none.

    Among equally short paths, from the end whose id comes first, the next id that comes first is taken.
    """
    whole = graph(cluster, kind)
    first, last = sorted((start, end))
    if first not in whole or last not in whole or not nx.has_path(whole, first, last):
        return []
    left = nx.single_source_shortest_path_length(whole, last)
    along = [first]
    while along[-1] != last:
        along.append(min(near for near in whole[along[-1]] if left[near] == left[along[-1]] - 1))
    return along if first == start else along[::-1]


def links_between(cluster: Cluster, one: str, other: str, kind: str) -> pd.DataFrame:
    """The links of two organisations, read from the first: said, year, note, source_ids.

    In the order of the vocabulary's kinds, the newest first.
    """
    rows = links_from_each_end(cluster)
    rows = rows[(rows["id"] == one) & (rows["other"] == other)]
    rows = rows[rows["kind"] == kind] if kind else rows
    order = {word: place for place, word in enumerate(cluster.labels("link_kind"))}
    rows = rows.assign(order=rows["kind"].map(order), newest=-rows["year"])
    rows = rows.sort_values(["order", "newest", "said", "link"], ignore_index=True)
    return rows[["said", "year", "note", "source_ids"]]


@remembered
def path(cluster: Cluster, start: str, end: str, kind: str) -> pd.DataFrame:
    """The links along a shortest path, read in its direction: step (from 1), one, one_name, said, other, other_name,
    year, note, source_ids. Several links of one step stand below one another; empty if no path is known.
    """
    along = way(cluster, start, end, kind)
    named = names(cluster)
    steps = [
        links_between(cluster, one, other, kind).assign(
            step=step, one=one, one_name=named[one], other=other, other_name=named[other]
        )
        for step, (one, other) in enumerate(zip(along, along[1:], strict=False), start=1)
    ]
    columns = ["step", "one", "one_name", "said", "other", "other_name", "year", "note", "source_ids"]
    return pd.concat([*steps, pd.DataFrame(columns=columns)])[columns].reset_index(drop=True)


# ---- where the dots stand: the largest group by its springs, the small ones in rows below ----------------


def laid_out(ids: Sequence[str], pairs: Sequence[tuple[str, str]]) -> dict[str, Spot]:
    """A place from 0 to 1 across and up for each id; the same for the same ids and pairs in the same order.

    The largest group that hangs together is laid out by networkx.spring_layout with a fixed seed.
    """
    graph = nx.Graph()
    graph.add_nodes_from(ids)
    graph.add_edges_from(pairs)
    groups = sorted(map(sorted, nx.connected_components(graph)), key=lambda group: (-len(group), group))
    if not groups:
        return {}
    rows = math.ceil((len(groups) - 1) / COLUMNS)
    floor = min(0.8, 0.055 * rows)
    places = main_group(graph.subgraph(groups[0]), groups[0], floor + (0.06 if rows else 0))
    for number, group in enumerate(groups[1:]):
        row, column = divmod(number, COLUMNS)
        right, up = (column + 0.5) / COLUMNS, floor * (1 - (row + 0.5) / rows)
        wide, high = 0.25 / COLUMNS, 0.28 * floor / rows
        places |= {record: (right + wide * x, up + high * y) for record, (x, y) in nx.circular_layout(group).items()}
    return places


def main_group(graph: nx.Graph, ids: Sequence[str], floor: float) -> dict[str, Spot]:
    """The largest group, above a floor."""
    ordered = nx.Graph()
    ordered.add_nodes_from(ids)
    ordered.add_edges_from(sorted(tuple(sorted(pair)) for pair in graph.edges))
    if len(ids) == 1:
        return {ids[0]: (0.5, (1 + floor) / 2)}
    sprung = nx.spring_layout(ordered, seed=SEED, iterations=ROUNDS, method="force")
    spots = np.array([sprung[record] for record in ids])
    spread = np.column_stack([filling(spots[:, 0]), floor + filling(spots[:, 1]) * (1 - floor)])
    return {record: (float(x), float(y)) for record, (x, y) in zip(ids, spread, strict=True)}


def filling(values: np.ndarray) -> np.ndarray:
    """The values stretched from 0 to 1, half by their size and half by their rank, which loosens a crowded middle."""
    extent = np.ptp(values) if len(values) else 0
    if not extent:
        return np.full(len(values), 0.5)
    ranks = values.argsort(kind="stable").argsort(kind="stable") / (len(values) - 1)
    return ((values - values.min()) / extent + ranks) / 2
