"""The reader's choice: what it keeps, how it is said in words, and what a file of it is called."""

from dataclasses import dataclass, replace
from functools import reduce

import pandas as pd

from cluster_data import words
from cluster_data.cluster import Cluster
from cluster_data.search import matching

ANY, PRIMARY = "any", "primary"
MATCHES = (ANY, PRIMARY)


@dataclass(frozen=True)
class Filter:
    """A choice, by id. Empty means no limit; areas are labels of areas or of groups of areas.

    `roles` and `stages` hold for firms only. `match` says whether any of a record's Ds counts, or its primary D alone.
    """

    ds: tuple[str, ...] = ()
    match: str = ANY
    areas: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    text: str = ""

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
        """sort, id, d, position: the Ds that count under `match`, limited to those chosen."""
        rows = cluster.record_ds
        if self.match == PRIMARY:
            rows = rows[rows["position"] == 0]
        return rows[rows["d"].isin(self.ds)] if self.ds else rows

    def records(self, cluster: Cluster) -> pd.DataFrame:
        """The records kept, all sorts together: the columns of Cluster.records."""
        rows = cluster.records
        keep = [
            self._has_d(cluster, rows),
            self._in_area(cluster, rows),
            ~pd.Series(bool(self.kinds), rows.index) | rows["sort"].isin(self.kinds),
            self._of_firm(rows, "role", self.roles),
            self._of_firm(rows, "stage", self.stages),
            ~pd.Series(bool(self.statuses), rows.index) | rows["status"].isin(self.statuses),
            matching(rows, self.text) > 0,
        ]
        return rows[reduce(pd.Series.__and__, keep)]

    def firms(self, cluster: Cluster) -> pd.DataFrame:
        """The firms kept: the columns of Cluster.records."""
        return self.of_sort(cluster, "company")

    def of_sort(self, cluster: Cluster, *sorts: str) -> pd.DataFrame:
        """The records kept that are of the sorts named, whatever kinds were chosen."""
        rows = self.but(kinds=()).records(cluster)
        return rows[rows["sort"].isin(sorts)]

    def _has_d(self, cluster: Cluster, rows: pd.DataFrame) -> pd.Series:
        if not self.ds:
            return pd.Series(True, rows.index)
        kept = pd.MultiIndex.from_frame(self.record_ds(cluster)[["sort", "id"]])
        return pd.Series(pd.MultiIndex.from_frame(rows[["sort", "id"]]).isin(kept), rows.index)

    def _in_area(self, cluster: Cluster, rows: pd.DataFrame) -> pd.Series:
        if not self.areas:
            return pd.Series(True, rows.index)
        codes = self.area_codes(cluster)
        reaching = offers_reaching(cluster, codes)
        return rows["lad_code"].isin(codes) | ((rows["sort"] == "offer") & rows["id"].isin(reaching))

    @staticmethod
    def _of_firm(rows: pd.DataFrame, column: str, chosen: tuple[str, ...]) -> pd.Series:
        if not chosen:
            return pd.Series(True, rows.index)
        return (rows["sort"] != "company") | rows[column].isin(chosen)

    def words(self, cluster: Cluster, noun: str = "firms") -> str:
        """The choice as a phrase: "core digital firms in Coventry and Solihull"."""
        firms = noun == "firms"
        ds = dict(zip(cluster.table("ds")["id"], cluster.table("ds")["label"], strict=True))
        parts = [
            words.listing(_named(cluster.labels("role"), self.roles)).lower() if firms else "",
            words.listing(_named(ds, self.ds), "or").lower() + self._match_words() if self.ds else "",
            noun,
            f"at {words.listing(_named(cluster.labels('stage'), self.stages), 'or').lower()} stage"
            if firms and self.stages
            else "",
            f"in {words.listing(self.areas)}" if self.areas else f"in {cluster.pack.the_region}",
            f"with status {words.listing(_named(cluster.labels('status'), self.statuses), 'or').lower()}"
            if self.statuses
            else "",
            f"matching “{self.text.strip()}”" if self.text.strip() else "",
        ]
        return " ".join(part for part in parts if part)

    def _match_words(self) -> str:
        return " (primary D)" if self.match == PRIMARY else ""

    def statement(self, cluster: Cluster) -> str:
        """The sentence above every result: "Core digital firms in Coventry and Solihull: 7"."""
        return f"{words.first_upper(self.words(cluster))}: {len(self.firms(cluster)):,}"

    def slug(self, cluster: Cluster) -> str:
        """The choice as a file name."""
        return words.slug(self.words(cluster))


def _named(labels: dict[str, str], chosen: tuple[str, ...]) -> list[str]:
    return [labels.get(word, word) for word in chosen]


def offers_reaching(cluster: Cluster, codes: frozenset[str]) -> frozenset[str]:
    """Ids of the offers that reach at least one of the areas."""
    groups = cluster.table("groups").set_index("id")["label"]
    reaching = []
    for reach in cluster.table("reaches").itertuples():
        held_to = cluster.area_codes[groups[reach.group]] if isinstance(reach.group, str) else None
        if held_to is None or codes & set(held_to):
            reaching.append(reach.id)
    offers = cluster.table("support_offers")
    return frozenset(offers.loc[offers["reach"].isin(reaching), "id"])
