"""Money that firms raised or were awarded, by year: what a time line shows, and what has no year.

A round stands in the year of its links from funders. A note is quoted, and no year is read out of it. Sums are those of
the firm's row, or as the notes of its links put them: nothing is added up or converted.
"""

import re

import numpy as np
import pandas as pd

from cluster_data.measures import invest
from cluster_data.model import words
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter
from cluster_data.model.formats import NOT_KNOWN, Record, Year, typed

MONEY = r"(?:£|€|US\$|\$|\b(?:GBP|EUR|USD) )\d[\d.,]*\d?(?: ?(?:k|m|bn)\b)?"
ABOUT = r"(?:\b(?:part of|share of|half of|almost|nearly|about|over|up to) )*"
SUM = re.compile(rf"{ABOUT}{MONEY}(?: of {MONEY})?", re.IGNORECASE)
COVERED = (
    "It shows money from a funder that is recorded with a year; sums are as their sources say. No year is read out of "
    "a note: such notes have a table of their own. “Who invests” tells deals in the words of their sources, also deals "
    "of firms that this choice leaves out."
)
COLUMNS = {"id": "id", "firm": "Firm", "year": "Year", "sum": "Sum", "funders": "From", "note": "Note"}


@remembered
def rounds(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """All money known of the firms kept, newest first, one row for a firm and year: COLUMNS.

    What has no year comes last, its `year` missing. `sum` is in words, and empty where no source says it.
    """
    rows = _all(cluster)
    return rows[rows["id"].isin(invest.kept(cluster, chosen)["id"])].reset_index(drop=True)


@remembered
def _all(cluster: Cluster) -> pd.DataFrame:
    """The money of all firms; a firm's own row has no year, and goes before its links without one."""
    firms, links = invest.firms(cluster), invest.ties(cluster)
    firms, links = firms[firms[["funding", "funding_note"]].notna().any(axis=1)], links[links["funder"]]
    sums = ["" if np.isnan(pounds) else words.money(pounds) for pounds in firms["funding"]]
    own = {"id": firms["id"], "sum": sums, "funders": "", "note": firms["funding_note"].fillna("")}
    notes = links["note"].fillna("")
    from_funders = links[["id", "year"]].assign(sum=notes.map(sum_said), funders=links["name"], note=notes)
    rows = pd.concat([pd.DataFrame(own).assign(year=np.nan), from_funders.astype({"year": float})])
    texts = dict.fromkeys(["sum", "funders", "note"], _each_once)
    table = rows.groupby(["id", "year"], as_index=False, dropna=False).agg(texts)
    table["firm"] = table["id"].map(invest.firm_names(cluster))
    order = table.assign(fold=table["firm"].str.casefold(), ago=-table["year"]).sort_values(["ago", "fold", "id"])
    return order[list(COLUMNS)].astype({"year": "Int64"}).reset_index(drop=True)


def sum_said(note: str) -> str:
    """The sum of money that a note names, in its own words, if it names one alone: "part of £1.2m"."""
    found = SUM.findall(note)
    return found[0].rstrip(".,") if len(found) == 1 else ""


def _each_once(cells: pd.Series) -> str:
    return "; ".join(cell for cell in dict.fromkeys(cells) if cell)


def finding(rows: pd.DataFrame) -> str:
    """What is known of rounds: "12 rounds and awards of 9 firms have a year, 8 of them a sum; ..."."""
    dated, rest = rows.dropna(subset="year"), int(rows["year"].isna().sum())
    awards = dated["sum"].str.count("; ") + 1  # of a firm and year, sums that differ are of several
    more = f"; for {words.count(rest, 'firm')} money stands in a note or has no year" if rest else ""
    if dated.empty:
        return f"No round of these firms has a year{more}"
    have, of = ("has" if awards.sum() == 1 else "have"), words.count(dated["id"].nunique(), "firm")
    what, sums = words.count(awards.sum(), "round or award", "rounds and awards"), int(awards[dated["sum"] != ""].sum())
    return f"{what} of {of} {have} a year, {f'{sums:,}' if sums else 'none'} of them a sum{more}"


def in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Rounds as readers see them in a table."""
    table, noted = rows.rename(columns=COLUMNS), rows["note"] != ""
    for column, unsaid in (("Sum", invest.SUM_NOT_KNOWN), ("From", NOT_KNOWN)):
        table[column] = table[column].where(table[column] != "", noted.map({True: invest.SEE_NOTE, False: unsaid}))
    return typed(table, {"id": Record(), "Year": Year()})
