"""A view of a page as a link asks for it, and what it answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cluster_data.cluster import Cluster
from cluster_data.document import Chart, Map, Table
from cluster_data.filters import Filter
from cluster_data.link_words import Asked, understood
from cluster_data.measures import places

ROWS, BARS = 6, 8

Picture = Chart | Map | Table


@dataclass(frozen=True)
class View:
    """A view of a page as a link asks for it. What the data does not have is gathered in `unknown`."""

    cluster: Cluster
    chosen: Filter
    asked: Asked
    unknown: list[tuple[str, str]] = field(default_factory=list)

    def one_of(self, key: str, known: Mapping[str, str], default: str = "") -> str:
        """What a parameter asks for among label to id, by label or id: the id, or the default."""
        labels, strange = understood(known, self.asked.get(key, ()))
        self.unknown.extend((key, value) for value in strange)
        return known[labels[0]] if labels else default

    def one_of_ids(self, key: str, ids: Iterable[str], default: str = "") -> str:
        """What a parameter asks for among ids or labels that are their own ids."""
        return self.one_of(key, {name: name for name in ids}, default)

    def several_of_ids(self, key: str, ids: Iterable[str]) -> list[str]:
        """What a repeated parameter asks for among ids: each once, in the order asked."""
        known, strange = understood({name: name for name in ids}, self.asked.get(key, ()))
        self.unknown.extend((key, value) for value in dict.fromkeys(strange))
        return known


@dataclass(frozen=True)
class Answer:
    """What a view says and shows; `statement` says in words what it is about."""

    finding: str
    picture: Picture
    statement: str


def place_of(view: View) -> places.Place | None:
    """The place that a link asks for, if it is known."""
    typed = [*view.asked.get("near", ()), ""][0]
    place, _ = places.find_place(view.cluster, typed)
    if typed and place is None:
        view.unknown.append(("near", typed))
    return place
