"""The reader's choice: what it keeps, and how it is said in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from cluster_data.model import link_words, words
from cluster_data.model.cluster import KINDS_OF_HELP, Cluster, remembered
from cluster_data.model.link_words import ANY, PRIMARY
from cluster_data.model.search import answers, cut
from cluster_data.model.sites import stands_in
from cluster_data.model.wording import counted_in_words

PARTS = {
    link_words.D: "ds",
    link_words.AREA: "areas",
    link_words.KIND: "kinds",
    link_words.ROLE: "roles",
    link_words.STAGE: "stages",
    link_words.STATUS: "statuses",
}  # parameter of a link to the field of a Filter


@dataclass(frozen=True)
class Filter:
    """A choice, by id. Empty means no limit; areas are labels of areas or of groups of areas.

    `roles` and `stages` hold for firms only. `match` says whether any of a record's Ds counts, or its primary D alone.
    `ended` takes in what has ended, dissolved or moved away; so does choosing its status.
    """

    ds: tuple[str, ...] = ()
    match: str = ANY
    areas: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    text: str = ""
    ended: bool = False

    @classmethod
    def default(cls, cluster: Cluster) -> "Filter":
        """What a visitor sees at first: firms of the roles flagged default."""
        return cls(roles=tuple(cluster.flagged("role", "default")))

    def but(self, **changes: object) -> "Filter":
        """The same choice with some parts changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def area_codes(self, cluster: Cluster) -> frozenset[str]:
        """Codes of the areas chosen; empty if none is."""
        return frozenset(code for label in self.areas for code in cluster.area_codes.get(label, ()))

    def record_ds(self, cluster: Cluster) -> pd.DataFrame:
        """row, record_type, id, d, position: the Ds that count under `match`, limited to those chosen."""
        rows = cluster.record_ds
        if self.match == PRIMARY:
            rows = rows[rows["position"] == 0]
        return rows[rows["d"].isin(self.ds)] if self.ds else rows

    def keeps(self, cluster: Cluster) -> np.ndarray:
        """For each row of Cluster.records, whether it counts under the choice. Not to be changed.

        This is the one rule of counting. What has ended, dissolved or moved away counts only if it is asked for. A body
        that stands in several tables counts once among the kinds chosen, as what it is first. An offer or asset that
        names no D is open to every D and counts for each.
        """
        return _counted(cluster, self, False)

    def matches(self, cluster: Cluster) -> np.ndarray:
        """As `keeps`, but a body has every row of it that the choice allows. Not to be changed."""
        return _allowed(cluster, self)

    def in_each_kind(self, cluster: Cluster) -> np.ndarray:
        """As `keeps`, but a body counts once in each of its kinds that the choice allows. Not to be changed."""
        return _counted(cluster, self, True)

    def records(self, cluster: Cluster) -> pd.DataFrame:
        """The records kept, all types together: the columns of Cluster.records."""
        return cluster.records[self.keeps(cluster)]

    def keeps_of(self, cluster: Cluster, *types: str) -> np.ndarray:
        """As `keeps` for the types named, whatever kinds were chosen: a body of several of them counts once."""
        return self.but(kinds=types).keeps(cluster)

    def firms(self, cluster: Cluster) -> pd.DataFrame:
        """The firms kept: the columns of Cluster.records."""
        return cluster.records[self.keeps_of(cluster, "company")]

    def words(self, cluster: Cluster, noun: str = "firms") -> str:
        """The choice as a phrase: "health-tech digital firms in Coventry and Solihull"."""

        def chosen(labels: Mapping[str, str], ids: tuple[str, ...], last: str = "or") -> str:
            return words.listing((labels.get(word, word) for word in ids), last).lower()

        firms, asked = noun == "firms", f"“{self.text.strip()}”"
        spelt = not self.text.strip() or answers(cluster, self.text)[1]
        searched = f"matching {asked}" if spelt else f"with words like {asked} (none is spelt so)"
        parts = [
            chosen(cluster.labels("role"), self.roles, "and") if firms else "",
            chosen(cluster.names("ds"), self.ds),
            "(primary D)" if self.ds and self.match == PRIMARY else "",
            noun,
            f"at {chosen(cluster.labels('stage'), self.stages)} stage" if firms and self.stages else "",
            f"in {words.listing(self.areas) or cluster.pack.the_region}",
            f"with status {chosen(cluster.labels('status'), self.statuses)}" if self.statuses else "",
            searched if self.text.strip() else "",
        ]
        return " ".join(filter(None, parts))

    def searched(self) -> str:
        """What a search limits a finding to: "among what matches “stoma”"; nothing without a search."""
        return f"among what matches “{self.text.strip()}”" if self.text.strip() else ""

    def is_limited(self) -> bool:
        """Whether fewer firms are kept than all of the roles and areas chosen."""
        return bool(self.ds or self.stages or self.statuses or self.text.strip())

    def keeps_firms(self) -> bool:
        """Whether firms are among the kinds chosen."""
        return not self.kinds or "company" in self.kinds

    def statement(self, cluster: Cluster) -> str:
        """What stands above every result: "Health-tech digital firms in Coventry: 7", and how many are not counted."""
        return ". ".join(filter(None, (self.counted(cluster), self.found_else(cluster), self.not_counted(cluster))))

    def found_else(self, cluster: Cluster) -> str:
        """Where a search finds no firm: how many other records it finds."""
        if not self.text.strip() or self.counts(cluster):
            return ""
        found = int(self.keeps(cluster).sum())
        return f"Other records found: {found:,}" if found else ""

    def counted(self, cluster: Cluster) -> str:
        """How many are counted: "Health-tech digital firms in Coventry: 7"."""
        kinds = words.listing(words.noun(cluster.plurals("record_type").get(kind, kind)) for kind in self.kinds)
        said = self.words(cluster, "firms" if self.keeps_firms() else kinds)
        return f"{words.first_upper(said)}: {self.counts(cluster):,}"

    def counts(self, cluster: Cluster) -> int:
        """How many are counted: firms if firms are among the kinds chosen, else records."""
        counted = self.keeps_of(cluster, "company") if self.keeps_firms() else self.keeps(cluster)
        return int(counted.sum())

    def not_counted(self, cluster: Cluster) -> str:
        """What is left out: "Not counted, as ended or moved away: 1 firm and 4 support offers"; a body in each kind."""
        gone, bodies = self.but(ended=True).in_each_kind(cluster), cluster.body_codes_by_kind
        left_out = gone & ~np.isin(bodies, bodies[self.in_each_kind(cluster)])
        said = counted_in_words(cluster, np.flatnonzero(left_out))
        return f"Not counted, as ended or moved away: {words.listing(said)}" if said else ""


@remembered
def options(cluster: Cluster) -> link_words.Options:
    """For each parameter of the filter, what a link may say: label to id, in order."""
    return link_words.options(cluster.table)


def filter_of_link(cluster: Cluster, asked: link_words.Parameters) -> tuple[Filter, list[tuple[str, str]]]:
    """The choice that the parameters of a link ask for, by label or id, and those (parameter, value) that are unknown.

    What a link does not name is as at first; an empty value, as in `role=`, sets no limit. Other parameters are let be.
    """
    known = options(cluster)
    chosen, unknown = Filter.default(cluster).but(text=cut([*asked.get(link_words.TEXT, ()), ""][0])), []
    for key in asked.keys() & known.keys():
        labels, strange = link_words.labels_of(known[key], asked[key])
        unknown += [(key, value) for value in strange]
        if key == link_words.MATCH:
            chosen = chosen.but(match=[*labels, ANY][0])
        elif labels or "" in asked[key]:
            chosen = chosen.but(**{PARTS[key]: tuple(known[key][label] for label in labels)})
    return chosen, sorted(unknown)


def link_of_filter(cluster: Cluster, chosen: Filter) -> dict[str, list[str]]:
    """The parameters of a link that asks for a choice, by label; what is as at first is left out."""
    known, at_first = options(cluster), Filter.default(cluster)
    asked = {}
    for key, field in PARTS.items():
        ids = getattr(chosen, field)
        if ids != getattr(at_first, field):
            asked[key] = [label for word in ids for label, of in known[key].items() if of == word] or [""]
    more = {link_words.MATCH: chosen.match if chosen.match != ANY else "", link_words.TEXT: chosen.text.strip()}
    return asked | {key: [value] for key, value in more.items() if value}


@remembered
def _counted(cluster: Cluster, chosen: Filter, in_each_kind: bool) -> np.ndarray:
    """For each row of Cluster.records, whether it counts: see Filter.keeps and Filter.in_each_kind."""
    return cluster.once_each(chosen.matches(cluster), in_each_kind=in_each_kind)


@remembered
def _allowed(cluster: Cluster, chosen: Filter) -> np.ndarray:
    """For each row of Cluster.records, whether every part of the choice allows it: see Filter.matches."""
    keep = np.ones(len(cluster.records), dtype=bool)
    if not (chosen.ended or chosen.statuses):
        keep &= ~cluster.records["gone"].to_numpy()
    if chosen.ds:
        serves = open_to_every_d(cluster).copy()
        serves[chosen.record_ds(cluster)["row"]] = True
        keep &= serves
    if chosen.areas:
        codes = chosen.area_codes(cluster)
        keep &= stands_in(cluster, codes) | cluster.holds("reach", reaching(cluster, codes))
    no_firm = ~cluster.holds("record_type", ["company"])
    for column, chosen_words, others in (
        ("record_type", chosen.kinds, False),
        ("status", chosen.statuses, False),
        ("role", chosen.roles, no_firm),
        ("stage", chosen.stages, no_firm),
    ):
        if chosen_words:
            keep &= cluster.holds(column, chosen_words) | others
    if chosen.text.strip():
        keep &= answers(cluster, chosen.text)[0] > 0
    return keep


@remembered
def open_to_every_d(cluster: Cluster) -> np.ndarray:
    """For each row of Cluster.records, whether it is an offer or asset that names no D."""
    codes, _ = cluster.codes("primary_d")
    return cluster.holds("record_type", KINDS_OF_HELP) & (codes < 0)


@remembered
def reaching(cluster: Cluster, codes: frozenset[str]) -> frozenset[str]:
    """The reaches that take in at least one of the areas."""
    reaches, held_to = cluster.table("reaches"), cluster.many("reaches", "group")
    named = {group: cluster.area_codes[label] for group, label in cluster.names("groups").items()}
    reached = [bool(codes & {*named.get(part, (part,))}) for part in held_to["value"]]
    return frozenset(held_to["id"][reached]) | frozenset(reaches["id"][reaches["group"].isna()])


class Part(NamedTuple):
    """One part of a choice: its words, and what the parameters of a link become without it (None: taken out)."""

    said: str
    without: dict[str, list[str] | None]


def parts_of(cluster: Cluster, chosen: Filter) -> list[Part]:
    """The parts of a choice that are not as at first, each with the way to take it off, in the order of the filter."""
    asked = link_of_filter(cluster, chosen)
    found = []
    for key in (key for key in link_words.FILTER if key in asked):
        if key == link_words.ROLE:
            found.append(Part(words.listing(filter(None, asked[key])) or "Firms of any role", {key: None}))
        elif key == link_words.MATCH:
            found.append(Part("Primary D alone", {key: None}))
        else:
            for value in asked[key]:
                said = f"“{value}”" if key == link_words.TEXT else value
                found.append(Part(said, {key: [other for other in asked[key] if other != value] or None}))
    return found


def ways_out(cluster: Cluster, chosen: Filter) -> list[tuple[Part, Filter]]:
    """For a choice that keeps nothing: its parts without each of which something is kept, most first, and what then.

    Where no one part is to blame, they are the fewest that have to go together: all areas, or D and stage.
    """
    asked, parts = link_of_filter(cluster, chosen), parts_of(cluster, chosen)
    keys = list(dict.fromkeys(key for part in parts for key in part.without))
    for level in [parts, *(_together(parts, keys, number) for number in range(1, len(keys) + 1))]:
        found = []
        for part in level:
            rest = {key: values for key, values in (asked | part.without).items() if values is not None}
            other = filter_of_link(cluster, rest)[0].but(ended=chosen.ended)
            if other.counts(cluster):
                found.append((part, other))
        if found:
            return sorted(found, key=lambda way: -way[1].counts(cluster))
    return []


def _together(parts: list[Part], keys: list[str], number: int) -> list[Part]:
    """All that may be taken off of so many parameters at once."""
    return [
        Part(words.listing(part.said for part in parts if part.without.keys() & {*some}), dict.fromkeys(some))
        for some in combinations(keys, number)
    ]
