"""A view of a page as a link asks for it, and what it answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cluster_data.cluster import Cluster
from cluster_data.document import Chart, Map, Table
from cluster_data.filters import Filter
from cluster_data.link_words import Asked, meant
from cluster_data.measures import places

ROWS = 6

Picture = Chart | Map | Table


@dataclass(frozen=True)
class View:
    """A view of a page as a link asks for it. What the data does not have is gathered in `unknown`.

    `read` gathers the parameters that its answer goes by.
    """

    cluster: Cluster
    chosen: Filter
    asked: Asked
    unknown: list[tuple[str, str]] = field(default_factory=list)
    read: set[str] = field(default_factory=set)

    def one_of(self, key: str, names: Mapping[str, str], default: str = "") -> str:
        """What a parameter asks for among records, id to label: the id, or the default."""
        return next(iter(self.several_of(key, names)), default)

    def one_of_labels(self, key: str, labels: Iterable[str], default: str = "") -> str:
        """What a parameter asks for among labels that are their own ids."""
        return self.one_of(key, {label: label for label in labels}, default)

    def several_of(self, key: str, names: Mapping[str, str]) -> list[str]:
        """The ids of what a repeated parameter asks for: each once, in the order asked."""
        self.read.add(key)
        found, strange = meant(names, self.asked.get(key, ()))
        self.unknown.extend((key, value) for value in dict.fromkeys(strange))
        return found


@dataclass(frozen=True)
class Answer:
    """What a view says and shows; `statement` says in words what it is about."""

    finding: str
    picture: Picture
    statement: str


def place_of(view: View) -> places.Place | None:
    """The place that a link asks for, if it is known."""
    view.read.add("near")
    typed = [*view.asked.get("near", ()), ""][0]
    place, _ = places.find_place(view.cluster, typed)
    if typed and place is None:
        view.unknown.append(("near", typed))
    return place
