"""Search that forgives slips of typing, and knows what is prepared once for all searches."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
import pandas as pd
import snowballstemmer
from rapidfuzz import fuzz, process, utils

from cluster_data.model.cluster import TYPE_OF_TABLE, Cluster, remembered
from cluster_data.model.sites import words_of_sites

SEARCHED = ("name", "town", "sites", "summary", "kinds")  # the best first
FORGIVEN_IN = ("name", "town", "sites")
WORD, PART, STEM = LEVELS = (3, 2, 1)  # how a word answers: it is the one asked for, holds it, or has its stem
ALIKE = 75
SHORT = 3
MOST_LETTERS, MOST_WORDS = 200, 10
KIND_OF = {
    "companies": ("kind", "company_kind"),
    "trusts": ("kind", "trust_kind"),
    "assets": ("kind", "asset_kind"),
    "support_offers": ("kinds", "offer_kind"),
    "investors": ("kinds", ""),
}
STEMMER = snowballstemmer.stemmer("english")


def cut(text: str) -> str:
    """The part of a text that a search goes by: so many letters and words at most."""
    taken = text.strip()[:MOST_LETTERS]
    parts = taken.split()
    return taken if len(parts) <= MOST_WORDS else " ".join(parts[:MOST_WORDS])


def cut_in_words(text: str) -> str:
    """What a reader is told of a text that is longer than what a search goes by; nothing of others."""
    if cut(text) == text.strip():
        return ""
    most = f"its first {MOST_WORDS} words and {MOST_LETTERS} characters"
    return f"A search goes by {most}. This one was cut to “{cut(text)}”."


def asked_of(text: str) -> tuple[str, ...]:
    """The words that a text asks for, each once."""
    return tuple(dict.fromkeys(utils.default_process(cut(text)).split()))[:MOST_WORDS]


@lru_cache(maxsize=10_000)
def stem(word: str) -> str:
    """A word without the ending that its other forms lack: "imaging" and "images" give "imag"."""
    return str(STEMMER.stemWord(word))


class _Column:
    """The words of one text of every row: each known word once, and the rows that hold it."""

    def __init__(self, texts: pd.Series) -> None:
        held = [utils.default_process(text).split() for text in texts.fillna("").astype(str)]
        self.rows = np.repeat(np.arange(len(held), dtype=np.int32), [len(parts) for parts in held])
        codes, words = pd.factorize(np.array([*chain.from_iterable(held)], dtype=object))
        self.codes, self.words, self.size = codes.astype(np.int32), [str(word) for word in words], len(held)

    def best(self, level: Callable[[str], int]) -> np.ndarray:
        """For each row, the highest level of its words; 0 is none."""
        levels = np.array([level(word) for word in self.words], dtype=np.int16)[self.codes]
        best = np.zeros(self.size, dtype=np.int16)
        np.maximum.at(best, self.rows[levels > 0], levels[levels > 0])
        return best


class Index:
    """Texts prepared for searches: of each row a name, a town, what it does and, if given, its sites and kinds."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self.columns = {column: _Column(rows[column]) for column in SEARCHED if column in rows.columns}
        self.known = sorted({word for name in FORGIVEN_IN if name in self.columns for word in self.columns[name].words})

    def answers(self, asked: Sequence[str]) -> tuple[np.ndarray, bool]:
        """How well each row answers to the words, 0 for not at all, and whether any holds all as they are spelt.

        A row answers if it holds every word asked for, or one of the same stem. If none does, words of names and towns
        that are spelt much alike (rapidfuzz ratio of at least 75) stand in for those asked.
        """
        bests = [self._bests(_level_of(word), SEARCHED) for word in asked]
        scores = _added(bests)
        if not scores.any():
            return _added([self._bests(_alike_to(word, self.known), FORGIVEN_IN) for word in asked]), False
        spelt = [np.logical_or.reduce([best >= PART for best in of_word.values()]) for of_word in bests]
        return scores, bool(np.logical_and.reduce(spelt).any())

    def _bests(self, level: Callable[[str], int], columns: Sequence[str]) -> dict[str, np.ndarray]:
        return {name: self.columns[name].best(level) for name in columns if name in self.columns}


def _added(bests: Sequence[dict[str, np.ndarray]]) -> np.ndarray:
    """The worth of what each row holds of each word, added up; 0 where a word is missing."""
    steps = {name: len(LEVELS) * (len(SEARCHED) - 1 - place) for place, name in enumerate(SEARCHED)}
    worths = [np.maximum.reduce([(best > 0) * (best + steps[name]) for name, best in of.items()]) for of in bests]
    return np.sum(worths, axis=0) * np.logical_and.reduce([worth > 0 for worth in worths])


def _level_of(asked: str) -> Callable[[str], int]:
    """How a word answers; one or two letters must be a word of their own."""
    root, begins = stem(asked), asked[:SHORT]

    def level(word: str) -> int:
        if word == asked:
            return WORD
        if len(asked) < SHORT:
            return 0
        if asked in word:
            return PART
        return STEM if word.startswith(begins) and stem(word) == root else 0

    return level


def _alike_to(asked: str, known: Sequence[str]) -> Callable[[str], int]:
    if len(asked) < SHORT:
        return _level_of(asked)
    found = process.extract(asked, known, scorer=fuzz.ratio, limit=8, score_cutoff=ALIKE)
    # what stands in for a word may itself be a part of others, as it may when it is typed
    alike = tuple(word for word, _, _ in found)
    return lambda word: STEM if any(one in word for one in alike) else 0


@remembered
def index_of(cluster: Cluster) -> Index:
    """The records of a cluster prepared for searches."""
    return Index(cluster.records.assign(kinds=_kinds(cluster), sites=words_of_sites(cluster)))


@remembered
def answers(cluster: Cluster, text: str) -> tuple[np.ndarray, bool]:
    """How well each row of Cluster.records answers to a text, and whether any holds its words as they are spelt."""
    asked = asked_of(text)
    if asked:
        return index_of(cluster).answers(asked)
    return np.full(len(cluster.records), 0 if text.strip() else 1), not text.strip()


def _kinds(cluster: Cluster) -> pd.Series:
    """What type of thing each record is, in the words of the pack: its type, Ds, kinds, challenges and themes."""
    titles = {column: cluster.names(column) for column in ("challenges", "themes")}
    labels = [(table, column, cluster.labels(field)) for table, (column, field) in KIND_OF.items()]
    for table in TYPE_OF_TABLE:
        labels += [(table, name, titles[name]) for name in titles if name in cluster.tables[table]]
    said = [cluster.record_ds["d"].astype(str).map(cluster.names("ds")).set_axis(cluster.record_ds["row"])]
    said.append(cluster.records["record_type"].map(cluster.labels("record_type")))
    for table, column, label_of in labels:
        rows = cluster.rows_of(table, column)
        said.append(pd.Series([label_of.get(word, word) for word in rows["value"]], rows["row"], dtype="str"))
    whole = pd.concat(said).dropna().astype(str)
    return whole.groupby(level=0).agg(" ".join).reindex(cluster.records.index).fillna("")
