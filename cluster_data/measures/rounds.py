"""Money that firms raised or were awarded, by year: what a time line shows.

A round stands in the year of its links from funders, or in the one year that the note of a firm's own sum names. Sums
are those of the firm's row, or as the notes of its links put them: nothing is added up or converted.
"""

import re

import pandas as pd

from cluster_data.measures import invest
from cluster_data.model import words
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter
from cluster_data.model.formats import Record, Year, typed

MONEY = r"(?:£|€|US\$|\$|\b(?:GBP|EUR|USD) )\d[\d.,]*\d?(?: ?(?:k|m|bn)\b)?"
SUM = re.compile(rf"(?:\b(?:part|share) of )?{MONEY}(?: of {MONEY})?")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
COLUMNS = ["id", "firm", "year", "sum", "funders", "note"]
SHOWN_AS = {"id": "id", "firm": "Firm", "year": "Year", "sum": "Sum", "funders": "From", "note": "Note"}


@remembered
def rounds(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Rounds of the firms kept that have a year, newest first, one row for a firm and year: COLUMNS.

    `sum` is in words, and empty where no source says it.
    """
    rows = _all(cluster)
    kept = invest.kept(cluster, chosen, invest.ALL, invest.ALL, invest.ALL)
    return rows[rows["id"].isin(kept["id"])].reset_index(drop=True)


@remembered
def _all(cluster: Cluster) -> pd.DataFrame:
    """The rounds of all firms; a firm's own sum goes before those of its funders."""
    rows = pd.concat([_own_sums(cluster), _from_funders(cluster)], ignore_index=True)
    texts = dict.fromkeys(["own", "sum", "funders", "note"], _each_once)
    table = rows.astype({"year": int}).groupby(["id", "year"], as_index=False).agg({"firm": "first", **texts})
    table["sum"] = table["own"].where(table["own"] != "", table["sum"])
    order = table.assign(fold=table["firm"].str.casefold(), ago=-table["year"]).sort_values(["ago", "fold", "id"])
    return table.loc[order.index, COLUMNS].reset_index(drop=True)


def _own_sums(cluster: Cluster) -> pd.DataFrame:
    """The sums of firms' own rows whose note is one statement that names one year."""
    rows = invest.firms(cluster)
    rows = rows[rows["funding"].notna() & rows["funding_note"].notna()]
    years = [_only_year(note) for note in rows["funding_note"]]
    said = [words.money(pounds) for pounds in rows["funding"]]
    table = pd.DataFrame({"id": rows["id"], "firm": rows["name"], "year": years, "own": said})
    return table.assign(sum="", funders="", note=rows["funding_note"]).dropna(subset=["year"])


def _only_year(note: str) -> float:
    years = set(YEAR.findall(note))
    return float(years.pop()) if len(years) == 1 and ";" not in note else float("nan")


def _from_funders(cluster: Cluster) -> pd.DataFrame:
    """The dated links from funders."""
    rows = invest.ties(cluster)
    rows = rows[rows["funder"] & rows["year"].notna()]
    notes = rows["note"].fillna("")
    table = {
        "id": rows["id"],
        "firm": rows["id"].map(invest.firm_names(cluster)),
        "year": rows["year"].astype(float),
        "own": "",
        "sum": notes.map(sum_said),
        "funders": rows["name"],
        "note": notes,
    }
    return pd.DataFrame(table)


def sum_said(note: str) -> str:
    """The sum of money that a note names, in its own words, if it names one alone: "part of £1.2m"."""
    found = SUM.findall(note)
    return found[0].rstrip(".,") if len(found) == 1 else ""


def _each_once(cells: pd.Series) -> str:
    return "; ".join(cell for cell in dict.fromkeys(cells) if cell)


@remembered
def without_year(cluster: Cluster, chosen: Filter) -> int:
    """How many of the firms kept show some sign of funding, but no round with a year."""
    rows = invest.kept(cluster, chosen, invest.ALL, invest.ALL, invest.ALL)
    return int((rows["funded"] & ~rows["id"].isin(_all(cluster)["id"])).sum())


def finding(cluster: Cluster, chosen: Filter) -> str:
    """What the time line shows: "12 rounds and awards of 9 firms have a year, 8 of them a sum"."""
    rows, rest = rounds(cluster, chosen), without_year(cluster, chosen)
    more = f"; {words.count(rest, 'firm')} with funding seen, but no year" if rest else ""
    if rows.empty:
        return f"No round of these firms has a year{more}"
    have, of = ("has" if len(rows) == 1 else "have"), words.count(rows["id"].nunique(), "firm")
    what, sums = words.count(len(rows), "round or award", "rounds and awards"), int((rows["sum"] != "").sum())
    return f"{what} of {of} {have} a year, {f'{sums:,}' if sums else 'none'} of them a sum{more}"


def in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Rounds as readers see them in a table."""
    table = rows.rename(columns=SHOWN_AS)
    return typed(table.replace({"Sum": {"": invest.SUM_NOT_KNOWN}}), {"id": Record(), "Year": Year()})
