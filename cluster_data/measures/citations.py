"""Sources as one cites them: title, publisher, year, address. All text is plain.

A title that is not known is never made up: publisher and year stand alone. Years: see source_years.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

import numpy as np
import pandas as pd

from cluster_data.model import source_years, words
from cluster_data.model.cluster import SEPARATOR, Cluster, remembered
from cluster_data.model.formats import FIRM, Link, Year, typed
from cluster_data.model.pack import Pack

UNTITLED = "Web page, title not known"
UNDATED, BY_ADDRESS = "year not known", "by its address"
MOST_NAMED = 3
HOST = re.compile(r"(?:https?://)?([\w-]+(?:\.[\w-]+)*\.[a-z]{2,}|www\.[\w.-]+)(?::\d+)?/?", re.IGNORECASE)


class Source(NamedTuple):
    """A source in words: `said` is its title, or nothing; then publisher and year alone stand for it."""

    said: str
    publisher: str
    year: str
    url: str

    @property
    def name(self) -> str:
        """What it is called without quotation marks: its title, or that it is not known."""
        return self.said or UNTITLED

    @property
    def whole(self) -> str:
        """Title, publisher and year in full: “Robots at work”, The Paper, 2021; The Paper, year not known."""
        return ", ".join(filter(None, [_quoted(self.said), self.publisher, self.year]))

    @property
    def short(self) -> str:
        """Title, publisher and year for a line or a cell."""
        return self._replace(said=words.cut(self.said), publisher=words.cut(self.publisher)).whole

    @property
    def reference(self) -> str:
        """As a list of references has it: Publisher (year) Title. Available at: address."""
        year, named = self.year.replace(f" {BY_ADDRESS}", f", {BY_ADDRESS}"), _quoted(self.said)
        of_site = self.publisher.startswith("site ")
        told = f"{named or UNTITLED}, {self.publisher} ({year})" if of_site else f"{self.publisher} ({year}) {named}"
        return f"{told.strip()}. Available at: {self.url}"

    def citation(self, pack: Pack) -> str:
        """The reference, and where and when it was seen."""
        return f"{self.reference} (as held in {dashboard(pack)}, {pack.as_of_words})."


def _quoted(title: str) -> str:
    return f"“{title}”" if title else ""


def dashboard(pack: Pack) -> str:
    """What the dashboard is called in a citation."""
    return f"the {pack.name} dashboard"


@lru_cache(maxsize=4096)
def source_of(publisher: str, title: str, url: str, year: int | None = None) -> Source:
    """A source of what is known of it; an unknown title is empty."""
    title = _line(title)
    said = "" if HOST.fullmatch(title) else title
    of_address = source_years.in_address(url)
    when = str(year) if year else f"{of_address} {BY_ADDRESS}" if of_address else UNDATED
    return Source(said, _publisher(_line(publisher), _parts(url).hostname or ""), when, _line(url))


def _line(text: str) -> str:
    """The text in one line without signs that cannot be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        return parts if parts.hostname is not None else parts._replace(netloc="")
    except ValueError:
        return SplitResult("", "", "", "", "")


def _publisher(publisher: str, host: str) -> str:
    """The publisher, or the site where only that is known. A name with capitals is one: GOV.UK, TheBusinessDesk.com."""
    found = HOST.fullmatch(publisher)
    if found and (publisher == publisher.lower() or "/" in publisher or publisher.lower().startswith("www.")):
        return f"site {found[1].lower().removeprefix('www.')}"
    return publisher or f"site {host.removeprefix('www.') or 'not known'}"


# ---- the sources of a pack ------------------------------------------------


@remembered
def _places(cluster: Cluster, column: str) -> Mapping[str, int]:
    """The rows of sources.csv by id or by url."""
    return MappingProxyType({word: place for place, word in enumerate(cluster.tables["sources"][column])})


def source(cluster: Cluster, place: int) -> Source:
    """The source in a row of sources.csv."""
    row = cluster.tables["sources"].iloc[place]
    title = row["title"] if isinstance(row["title"], str) else ""
    return source_of(row["publisher"], title, row["url"], cluster.known_years.get(row["id"]))


def listed(cluster: Cluster, cell: object) -> list[Source]:
    """The sources of a cell of source ids, each once."""
    if not isinstance(cell, str):
        return []
    ids = dict.fromkeys(part.strip() for part in cell.split(SEPARATOR))
    return [source(cluster, _places(cluster, "id")[name]) for name in ids if name]


def pairs(cluster: Cluster, cell: object, most: int = MOST_NAMED) -> list[tuple[str, str]]:
    """The sources of a cell of source ids as pairs of words and address, for words.links.

    Those after the first `most` are named by publisher and year alone: a list of many stays readable.
    """
    sources = listed(cluster, cell)
    first = [(one.short, one.url) for one in sources[:most]]
    return first + [(f"{words.cut(one.publisher)}, {one.year}", one.url) for one in sources[most:]]


def at(cluster: Cluster, addresses: Iterable[str]) -> list[Source]:
    """The sources at these addresses."""
    return [source(cluster, _places(cluster, "url")[url]) for url in addresses]


def newest_first(sources: Iterable[Source]) -> list[tuple[str, str]]:
    """Sources as pairs of publisher and year, and address: the newest first, undated ones last."""
    in_order = sorted(sources, key=lambda one: one.year if one.year != UNDATED else "", reverse=True)
    return [(f"{words.cut(one.publisher)}, {one.year}", one.url) for one in in_order]


def in_short(cluster: Cluster, cell: object) -> str:
    """The sources of a cell of source ids in one line of short words."""
    return "; ".join(one.short for one in listed(cluster, cell))


def naming(cluster: Cluster) -> Callable[[str], str]:
    """A function that gives the short words of an address; nothing if it is none of the pack's sources."""
    places = _places(cluster, "url")
    return lambda url: source(cluster, places[url]).short if url in places else ""


@remembered
def table(cluster: Cluster) -> pd.DataFrame:
    """Every source as readers see it, in the order of sources.csv; for data.

    Columns: Source (its title, or that it is not known), Publisher, Year, Address, What was used of
    it, Citation.
    """
    return in_words(cluster, range(len(cluster.tables["sources"])))


def named_in(cluster: Cluster, addresses: Iterable[str]) -> pd.DataFrame:
    """The sources that have one of the addresses, as `table`, in the order in which these name them first."""
    known = _places(cluster, "url")
    return in_words(cluster, dict.fromkeys(known[url] for url in addresses if url in known))


def in_words(cluster: Cluster, places: Iterable[int]) -> pd.DataFrame:
    """Rows of sources.csv as `table`."""
    used = cluster.tables["sources"]["note"]
    rows = []
    for place, one in ((place, source(cluster, place)) for place in places):
        year = int(one.year) if one.year.isdigit() else one.year
        rows.append((one.name, one.publisher, year, one.url, used.iloc[place], one.citation(cluster.pack)))
    columns = ["Source", "Publisher", "Year", "Address", "What was used of it", "Citation"]
    formats = {"Source": FIRM, "Publisher": FIRM, "Year": Year(), "Address": Link(told=True)}
    return typed(pd.DataFrame(rows, columns=columns, dtype=object), formats)


@remembered
def finding(cluster: Cluster) -> str:
    """How well sources are known: "1,193 sources: the title of 491 is known, the year of 178"."""
    every = [source(cluster, place) for place in range(len(cluster.tables["sources"]))]
    titled, dated = sum(bool(one.said) for one in every), sum(one.year != UNDATED for one in every)
    return f"{words.count(len(every), 'source')}: the title of {titled:,} is known, the year of {dated:,}"


# ---- citations to copy ----------------------------------------------------


def of_record(cluster: Cluster, record: str, link: str) -> str:
    """How to cite what is said of a record: its entry here, then its sources."""
    rows = cluster.records[cluster.records["id"] == record]
    sources = of_records(cluster, rows)
    entry = f"“{_line(rows['name'].iloc[0])}”, entry in {dashboard(cluster.pack)}, {cluster.pack.as_of_words}."
    named = [f"({number}) {one.reference}" for number, one in enumerate(sources, 1)]
    return "\n".join([f"{entry} Available at: {link}", *(["Sources:", *named] if named else [])])


def of_records(cluster: Cluster, rows: pd.DataFrame) -> list[Source]:
    """The sources of rows of Cluster.records, each once."""
    ids = cluster.cited.loc[cluster.cited["row"].isin(rows.index), "value"]
    return list({one.url: one for one in listed(cluster, SEPARATOR.join(ids))}.values())


def of_view(pack: Pack, title: str, statement: str, link: str) -> str:
    """How to cite a view: its finding, the filter in words, where and when."""
    name = words.first_upper(dashboard(pack).removeprefix("the "))
    said = ". ".join(part.rstrip(".") for part in map(_line, (title, statement)) if part)
    return f"{name} ({pack.as_of.year}) {said}. Data as known in {pack.as_of_words}. Available at: {link}"


def of_figure(cluster: Cluster, row: Mapping[str, Any], figure: str) -> str:
    """How to cite a row of indicators.csv, its figure in words: what, the figure, where, when, scope, note; sources."""
    scope, note = (row[column] if isinstance(row[column], str) else "" for column in ("scope", "note"))
    about = [f"{row['geography']}, {row['period']}", words.first_lower(str(row["kind"])), *filter(None, [scope])]
    said = f"{row['name']}: {figure} ({'; '.join(about)})"
    cited = " ".join(one.citation(cluster.pack) for one in listed(cluster, row["source_ids"]))
    return f"{_line(said)}. {_line(note.rstrip('.'))}{'. ' if note else ''}{cited}"


# ---- records that rest on one source --------------------------------------


@remembered
def rests_on(cluster: Cluster) -> np.ndarray:
    """For each row of Cluster.records, how many sources its id names, in whatever tables it stands."""
    ids = cluster.records["id"]
    number = cluster.cited.assign(id=cluster.cited["row"].map(ids)).groupby("id")["value"].nunique()
    return ids.map(number).fillna(0).astype(int).to_numpy()


ONE_ONLY, NONE = "one source only", "no source of its own"


def rests_in_words(number: int) -> str:
    """On how many sources a record rests: "one source only", "3 sources", "no source of its own"."""
    return {0: NONE, 1: ONE_ONLY}.get(number) or words.count(number, "source")
