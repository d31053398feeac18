"""Firms as cards: what an investor is told of each at a glance, and what is not known."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from cluster_data.measures import citations, invest
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.formats import NOT_KNOWN, in_words
from cluster_data.model.wording import cell_in_words


class Told(NamedTuple):
    """A firm as a card tells it: what it does, where it stands, what is `known` in pairs, and what is not; the sources
    of all that as pairs of words and address.
    """

    id: str
    name: str
    does: str
    about: str
    known: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    cited: tuple[tuple[str, str], ...]


def cards(cluster: Cluster, rows: pd.DataFrame) -> list[Told]:
    """Rows of firms as cards, in their order."""
    table = cluster.table("companies").set_index("id")
    said = in_words(invest.listed(cluster, rows)).to_dict("records")
    return [_card(cluster, row, record, table.loc[record]) for row, record in zip(said, rows["id"], strict=True)]


def _card(cluster: Cluster, row: Mapping[str, str], record: str, firm: pd.Series) -> Told:
    town = row["Town"] if row["Town"] != NOT_KNOWN else "town not known"
    about = [row["Ds"], town, f"{words.first_lower(row['Stage'])} stage" if pd.notna(firm["stage"]) else ""]
    about += [f"status: {words.first_lower(row['Status'])}", f"newest source: {row['Newest source']}"]
    facts = {
        "Stage": row["Stage"],
        "Money": _money(row),
        "Origin": row["Spun out of"],
        "Trials": row["Trials"],
        "People": _people(cluster, firm),
    }
    known = {head: fact for head, fact in facts.items() if fact != NOT_KNOWN}
    unknown = tuple(words.first_lower(head) for head in facts if head not in known)
    known.pop("Stage", None)
    does = firm["summary"] if isinstance(firm["summary"], str) else ""
    cited = citations.newest_first(citations.at(cluster, row["Sources"].split()))
    return Told(record, row["Name"], does, " · ".join(filter(None, about)), tuple(known.items()), unknown, tuple(cited))


def _money(row: Mapping[str, str]) -> str:
    """What is seen of the money of a firm: its sum or what is said instead, its note, its funders."""
    seen, note = row["Money raised"], row["Note on the money"]
    told = [seen] if seen not in (invest.SEE_NOTE, NOT_KNOWN) and seen not in note else []
    told += [note] if note else []
    told += [f"from {row['Funders']}"] if row["Funders"] not in (invest.SEE_NOTE, NOT_KNOWN) else []
    return "; ".join(told) or NOT_KNOWN


def _people(cluster: Cluster, firm: pd.Series) -> str:
    """How many people work at a firm, by number or by size band."""
    if pd.notna(firm["employees"]):
        year = f" ({firm['employees_year']:.0f})" if pd.notna(firm["employees_year"]) else ""
        return f"{firm['employees']:,.0f}{year}"
    band = firm["size_band"]
    return cell_in_words(cluster, "companies", "size_band", band) if isinstance(band, str) else NOT_KNOWN
