"""A cell of a table in words: labels for coded words, names for ids, amounts in their unit."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from cluster_data.model import words
from cluster_data.model.cluster import KINDS_OF_HELP, SEPARATOR, TABLE_OF_TYPE, Cluster
from cluster_data.model.columns import format_of
from cluster_data.model.formats import write
from cluster_data.model.source_years import OLD_AFTER_YEARS
from cluster_data.model.tables import TABLES


def cell_in_words(cluster: Cluster, table: str, column: str, value: object) -> str:
    """What a reader sees of one cell that is not empty."""
    known = TABLES[table].to_schema().columns[column]
    about = known.metadata or {}
    parts = [part.strip() for part in str(value).split(SEPARATOR)] if about.get("many") else [value]
    if "vocabulary" in about:
        labels = cluster.labels(about["vocabulary"])
        return "; ".join(labels.get(str(part), str(part)) for part in parts)
    if "refers" in about:
        return "; ".join(_name(cluster, about["refers"], str(part)) for part in parts)
    return "; ".join(write(part, format_of(known)) for part in parts)


def _name(cluster: Cluster, tables: tuple[str, ...], value: str) -> str:
    for table in tables:
        if name := cluster.names(table).get(value):
            return f"{name} ({value})" if table in ("challenges", "themes") else name
    return value


def counted_in_words(
    cluster: Cluster, rows: Sequence[int] | np.ndarray | pd.Index, types: Sequence[str] = ()
) -> list[str]:
    """Rows of Cluster.records by type, and how many are two sources of help in one, as types_in_words.

    Only of the `types` named, if any are: those also if there are none.
    """
    rows, (codes, known) = np.asarray(rows, dtype=int), cluster.codes("record_type")
    found = np.bincount(codes[rows], minlength=len(known))
    numbers = {each: int(found[code]) for each, code in known.items() if found[code]}
    if types:
        numbers = {each: numbers.get(each, 0) for each in types}
    help_ = rows[cluster.holds("record_type", KINDS_OF_HELP)[rows]]
    return types_in_words(cluster, numbers, both=len(help_) - len(set(cluster.bodies[help_])))


def in_both_kinds(both: int) -> str:
    """How many of the assets and offers just counted are one thing: " (2 are both)"; nothing if none is."""
    return f" ({both:,} {'is' if both == 1 else 'are'} both)" if both else ""


def types_in_words(
    cluster: Cluster, numbers: Mapping[str, int] | pd.Series, role: str = "", both: int = 0
) -> list[str]:
    """How many there are of each type, in the order of the types: ["1 university", "3 NHS trusts"].

    Firms are named by their role if it is given: "2 health-tech firms". How many are `both` asset and offer stands with
    the later of these: ["9 research assets", "6 support offers (2 are both)"].
    """
    one, several = cluster.labels("record_type"), cluster.plurals("record_type")

    def said(record_type: str) -> str:
        of_role = f"{role} " if role and record_type == "company" else ""
        return words.count(numbers[record_type], *(of_role + words.noun(of[record_type]) for of in (one, several)))

    types = [record_type for record_type in one if record_type in numbers]
    last = [each for each in types if each in KINDS_OF_HELP][-1:]
    return [said(each) + (in_both_kinds(both) if [each] == last else "") for each in types]


def type_in_words(cluster: Cluster, record_type: str, number: int) -> str:
    """How many there are of a type, as the pack calls it: "1 support offer"."""
    return types_in_words(cluster, {record_type: number})[0]


def of_kinds(cluster: Cluster, kinds: Sequence[str]) -> tuple[str, str]:
    """What one and several of these kinds are called: ("NHS trust", "NHS trusts"); of several kinds organisations."""
    if len(kinds) != 1:
        return "organisation", "organisations"
    return words.noun(cluster.labels("record_type")[kinds[0]]), words.noun(cluster.plurals("record_type")[kinds[0]])


def with_types(cluster: Cluster, text: str) -> str:
    """A text that names types of record by id, one as {asset} and several as {assets}, in the words of the pack."""
    nouns = {named: named for each in TABLE_OF_TYPE for named in (each, f"{each}s")}
    nouns |= {each: words.noun(label) for each, label in cluster.labels("record_type").items()}
    nouns |= {f"{each}s": words.noun(label) for each, label in cluster.plurals("record_type").items()}
    return text.format_map(nouns)


def how_sure(cluster: Cluster, confidence: object, year: object) -> tuple[str, bool]:
    """How sure and how old a record is, and whether it is over three years old."""
    sure = "Confidence not stated"
    if isinstance(confidence, str):
        sure = f"Confidence: {cluster.labels('confidence')[confidence].lower()}"
    if pd.isna(year):
        return f"{sure}; the year of its newest source is not known.", False
    newest = int(float(str(year)))
    old = newest < cluster.pack.as_of.year - OLD_AFTER_YEARS
    warning = " Over three years old: check before you rely on it." if old else ""
    return f"{sure}; newest source of {newest}.{warning}", old
