"""Where the dots of a network stand: the largest group by its springs, the small ones in rows below."""

import math
from collections.abc import Sequence

import networkx as nx
import numpy as np

SEED, ROUNDS, COLUMNS = 7, 150, 12
Spot = tuple[float, float]


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
        middle, spread = (
            ((column + 0.5) / COLUMNS, floor * (1 - (row + 0.5) / rows)),
            (0.25 / COLUMNS, 0.28 * floor / rows),
        )
        ring = nx.circular_layout(group).items()
        places |= {record: (middle[0] + spread[0] * x, middle[1] + spread[1] * y) for record, (x, y) in ring}
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
