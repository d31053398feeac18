"""Sources as one cites them: title or the words of the address, publisher, year, address. All text is plain.

A title that is not known is never made up: the words of the address stand for it and say so. Years: see source_years.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import numpy as np
import pandas as pd

from cluster_data.model import source_years, words
from cluster_data.model.cluster import SEPARATOR, Cluster, remembered
from cluster_data.model.formats import FIRM, Link, Year, typed
from cluster_data.model.pack import Pack

OF_ADDRESS, UNTITLED = "words of its address", "Web page, title not known"
UNDATED, BY_ADDRESS = "year not known", "by its address"
FEW_WORDS, MOST_NAMED = 3, 3
HOST = re.compile(r"(?:https?://)?([\w-]+(?:\.[\w-]+)*\.[a-z]{2,}|www\.[\w.-]+)(?::\d+)?/?", re.IGNORECASE)
ENDING = re.compile(r"\.(?:html?|[ajp]spx?|php|cfm|pdf|csv|json|xlsx?|docx?|pptx?|txt|article)$", re.IGNORECASE)
SIGNS = re.compile(r"(?<!\d)\.|\.(?!\d)|[^\w.]|_")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
CODE = re.compile(r"\d{5,}|(?=.*\d)(?=.*[a-f])[0-9a-f]{8,}|(?=.*\d{3})(?=.*[^\W\d])\w{7,}")
MEANINGLESS = frozenset({"index", "default", "home", "www"})
DULL = re.compile(rf"\s*|{source_years.MONTHS}|\d\d?|(?:19|20)\d\d|{'|'.join(MEANINGLESS)}", re.IGNORECASE)


class Source(NamedTuple):
    """A source in words: `said` is its title if `titled`, else the words of its address, or nothing if it has none."""

    said: str
    titled: bool
    publisher: str
    year: str
    url: str

    @property
    def name(self) -> str:
        """What it is called without quotation marks: a title, marked words, or that its title is not known."""
        return self._named(self.said, "{}")

    def _named(self, said: str, form: str = "“{}”") -> str:
        mark = "" if self.titled else f" ({OF_ADDRESS})"
        return f"{form.format(said)}{mark}" if said else UNTITLED

    @property
    def whole(self) -> str:
        """Words, publisher and year in full."""
        return f"{self._named(self.said)}, {self.publisher}, {self.year}"

    @property
    def short(self) -> str:
        """Words, publisher and year for a line or a cell: “Devices…” (words of its address), 360Dx, year not known."""
        return f"{self._named(words.cut(self.said))}, {words.cut(self.publisher)}, {self.year}"

    @property
    def reference(self) -> str:
        """As a list of references has it: Publisher (year) Title. Available at: address."""
        year, named = self.year.replace(f" {BY_ADDRESS}", f", {BY_ADDRESS}"), self._named(self.said)
        of_site = self.publisher.startswith("site ")
        told = f"{named}, {self.publisher} ({year})" if of_site else f"{self.publisher} ({year}) {named}"
        return f"{told}. Available at: {self.url}"

    def citation(self, pack: Pack) -> str:
        """The reference, and where and when it was seen."""
        return f"{self.reference} (as held in {dashboard(pack)}, {pack.as_of_words})."


def dashboard(pack: Pack) -> str:
    """What the dashboard is called in a citation."""
    return f"the {pack.name} dashboard"


@lru_cache(maxsize=4096)
def source_of(publisher: str, title: str, url: str, year: int | None = None) -> Source:
    """A source of what is known of it; an unknown title is empty."""
    title = _line(title)
    titled = bool(title) and not HOST.fullmatch(title)
    said = title if titled else words_of_address(url)
    of_address = source_years.in_address(url)
    when = str(year) if year else f"{of_address} {BY_ADDRESS}" if of_address else UNDATED
    return Source(said, titled, _publisher(_line(publisher), _parts(url).hostname or ""), when, _line(url))


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


def words_of_address(url: str) -> str:
    """What the address of a page says of it: its last words; where they are few, with those before and its codes.

    Nothing if it holds no words but codes.
    """
    parts = _parts(url)
    segments = [_spaced(UUID.sub("", unquote(ENDING.sub("", segment)))) for segment in parts.path.split("/") if segment]
    said: list[str] = []
    for segment in filter(None, map(_without_codes, reversed(segments))):
        said.insert(0, segment)
        if _length(said) >= FEW_WORDS:
            break
    if _length(said) < FEW_WORDS:
        asked = [_spaced(value) for _, value in parse_qsl(parts.query)[:2]]
        last = [segment for segment in segments[-1:] if not DULL.fullmatch(segment)]
        said += [part for part in [*last, *asked] if part and part not in said]
    return words.first_upper(" – ".join(said)) if any(map(_without_codes, said)) else ""


def _length(said: Iterable[str]) -> int:
    return sum(len(part.split()) for part in said)


def _spaced(text: str) -> str:
    return " ".join(SIGNS.sub(" ", _line(text)).split())


def _without_codes(segment: str) -> str:
    """A part of a path without its codes; nothing if it then holds no word, or a date alone."""
    spelt = [word for word in segment.split() if not CODE.fullmatch(word)]
    worth = [word for word in spelt if re.search(r"[^\W\d]{2}", word) and word.lower() not in MEANINGLESS]
    dates = all(re.fullmatch(source_years.MONTHS, word, re.IGNORECASE) for word in worth)
    return "" if dates else " ".join(spelt)


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

    Columns: Source (its title, or the words of its address marked as such), Publisher, Year, Address, What was used of
    it, Citation.
    """
    return in_words(cluster, range(len(cluster.tables["sources"])))


def named_in(cluster: Cluster, addresses: Iterable[str]) -> pd.DataFrame:
    """The sources that have one of the addresses, as `table`."""
    known = _places(cluster, "url")
    return in_words(cluster, sorted({known[url] for url in addresses if url in known}))


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
    titled, dated = sum(one.titled for one in every), sum(one.year != UNDATED for one in every)
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
    """How to cite a row of indicators.csv, its figure in words: what, the figure, where, when; then its sources."""
    said = f"{row['name']}: {figure} ({row['geography']}, {row['period']}; {words.first_lower(str(row['kind']))})"
    cited = " ".join(one.citation(cluster.pack) for one in listed(cluster, row["source_ids"]))
    return f"{_line(said)}. {cited}"


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
