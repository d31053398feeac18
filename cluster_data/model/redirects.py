"""Links that name records by ids which are no longer used: where they lead, and what the reader is told."""

from collections.abc import Sequence

from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.link_words import Parameters

Moved = tuple[tuple[str, str], ...]  # pairs of an older id and the one that stays


def redirected(cluster: Cluster, asked: Parameters, naming: Sequence[str]) -> tuple[dict[str, list[str]], Moved]:
    """The parameters of a link by the ids that are used now, each once, and what was moved.

    `naming` are the parameters whose values are ids of records.
    """
    named = [value for key in naming for value in asked.get(key, ())]
    moved = {old: cluster.redirects[old.casefold()] for old in named if old.casefold() in cluster.redirects}
    now = {key: list(values) for key, values in asked.items()}
    for key in now.keys() & {*naming}:
        now[key] = list(dict.fromkeys(moved.get(value, value) for value in now[key]))
    return now, tuple(moved.items())


def moved_in_words(cluster: Cluster, moved: Moved) -> str:
    """What a reader is told of ids that were moved; nothing if none was."""
    named = dict(zip(cluster.records["id"], cluster.records["name"], strict=True))
    said = words.listing(f"“{old}” is now {named[new]} ({new})" for old, new in moved)
    return f"This link uses {'an older id' if len(moved) == 1 else 'older ids'}: {said}." if moved else ""
