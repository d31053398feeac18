"""The firms as an investor asks for them: origin, founding, money raised, who funds them, ties to trusts and trials.

Nothing is scored: what no source says is said to be not known.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from rapidfuzz import utils

from cluster_data.measures.counts import UNKNOWN
from cluster_data.measures.organisations import addresses_of, dated, directory, links_from_each_end
from cluster_data.model import words
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter
from cluster_data.model.formats import FIRM, KEPT, NOT_KNOWN, SOURCES, WEBSITE, Money, Record, Year, in_words, typed
from cluster_data.model.wording import cell_in_words, how_sure

ALL = "all firms"
NARROWED = {
    "spinout": (ALL, "known spin-outs"),
    "funded": (ALL, "any sign of funding"),
    "linked": (ALL, "linked to a trust"),
}
MOST_PICKED = 5
MOST_KNOWN = "most is known of first"
ORDERS = (MOST_KNOWN, "by name", "youngest first", "most funding first")
ORDERED_BY = {MOST_KNOWN: "known", "youngest first": "founded", "most funding first": "funding"}
ORIGIN_NOT_KNOWN = "a spin-out, of whom is not known"
SEE_NOTE, SUM_NOT_KNOWN = "see the note", "sum not known"
MOST_NAMED = 2
TRUSTS = ("trust", "board")
OF_A_STAGE = ("Known spin-outs", "Any sign of funding", "Known trust link")
FUNDED_MEANS = "Any sign of funding: a sum in pounds, a note of money or sale, or a link from a funder."
UNKNOWN_MEANS = "“Not known”: no field of this list says it, though a note or a source may; it does not mean no."
STAGE_RESTS_ON = "A stage has no year or source of its own: it rests on the firm’s sources, whose newest year is given."
LIST_NOTE = (
    "Sums are single rounds or totals, as the note beside them says; money in other currencies stands in the note and "
    "is never converted. Trusts: the trusts and boards of this list; others stand on a firm’s profile. In every order, "
    "what is not known comes last."
)


@remembered
def ties(cluster: Cluster) -> pd.DataFrame:
    """The links of firms as links_from_each_end, and four columns of what a link tells: origin (the firm is a spin-out
    of the other), funder (the other funds it), trust (the other is a trust or board), trial (the link is of a kind
    flagged trial, or the other an asset of such a kind).
    """
    rows = links_from_each_end(cluster)
    rows = rows[rows["id"].isin(cluster.table("companies")["id"])]
    rows["origin"] = rows["out"] & rows["kind"].isin(cluster.flagged("link_kind", "spinout"))
    rows["funder"] = ~rows["out"] & rows["kind"].isin(cluster.flagged("link_kind", "funds"))
    rows["trust"] = rows["other"].isin(cluster.records.loc[cluster.holds("record_type", TRUSTS), "id"])
    assets = cluster.table("assets")
    trials = assets.loc[assets["kind"].isin(cluster.flagged("asset_kind", "trial")), "id"]
    rows["trial"] = rows["kind"].isin(cluster.flagged("link_kind", "trial")) | rows["other"].isin(trials)
    return rows.sort_values(["id", "name", "kind"], ignore_index=True)


@remembered
def firms(cluster: Cluster) -> pd.DataFrame:
    """One row per firm, index as in Cluster.records: id, name, place (in order of name), stage, founded, funding (GBP),
    funding_note, origin, funders, trusts, trials (in words, missing where none is known), spinout, funded, linked,
    known (how many facts are).

    Source: the pack's companies and links. `spinout`: its origin is known or its type is flagged spinout. `funded`: a
    sum, a note of money or a funder is known. `linked`: it has a link to a trust or board.
    """
    rows = cluster.table("companies")
    rows.index = pd.RangeIndex(len(rows)) + cluster.records_in("companies").start
    table = rows[["id", "name", "stage", "founded", "funding_note"]].assign(funding=rows["funding_gbp"].astype(float))
    table["place"] = np.argsort(np.argsort(rows["name"].str.casefold().to_numpy(dtype=str), kind="stable"))
    said = ties(cluster)
    year = (", " + said["year"].astype("Int64").astype("string")).fillna("")
    said["named"] = said["name"] + year + (": " + said["note"].astype("string")).fillna("")
    said["told"] = said["said"] + " " + said["named"]
    for column, tie, told in (("funders", "funder", "named"), ("trusts", "trust", "told"), ("trials", "trial", "told")):
        listed = said[said[tie]].groupby("id")[told].agg("; ".join)
        table[column] = table["id"].map(listed)
    parents = said[said["origin"]].groupby("id")["name"].agg(list).to_dict()
    formed = rows["kind"].isin(cluster.flagged("company_kind", "spinout"))
    table["origin"] = [_origin(row.spinout_of, parents.get(row.id, ())) for row in rows.itertuples()]
    table["spinout"] = table["origin"].notna() | formed
    table["funded"] = table[["funding", "funding_note", "funders"]].notna().any(axis=1)
    table["linked"] = table["trusts"].notna()
    table["known"] = table[["stage", "founded", "origin", "funding", "funders", "trusts", "trials"]].notna().sum(axis=1)
    return table


def _origin(cell: object, linked: Sequence[str]) -> str | None:
    """Bodies a firm was spun out of: those of its row, then those of its links that the row does not name."""
    named = [part.strip() for part in cell.split(";")] if isinstance(cell, str) else []
    words_of = [{*utils.default_process(name).split()} for name in named]
    for other in dict.fromkeys(linked):
        own = {*utils.default_process(other).split()}
        if not any(own <= held or held <= own for held in words_of):
            named.append(other)
            words_of.append(own)
    return "; ".join(named) or None


@remembered
def kept(cluster: Cluster, chosen: Filter, spinout: str = ALL, funded: str = ALL, linked: str = ALL) -> pd.DataFrame:
    """The firms that the filter and the three choices of NARROWED keep: the columns of firms."""
    rows = firms(cluster)
    keep = chosen.keeps_of(cluster, "company")[rows.index]
    for column, said in (("spinout", spinout), ("funded", funded), ("linked", linked)):
        if said != ALL:
            keep = keep & rows[column].to_numpy()
    return rows[keep]


def in_order(rows: pd.DataFrame, order: str) -> pd.DataFrame:
    """Rows of firms in one of ORDERS; what is not known comes last, and equals stand by name."""
    by = [ORDERED_BY[order]] if order in ORDERED_BY else []
    return rows.sort_values([*by, "place"], ascending=[*[False for _ in by], True], na_position="last")


def listed(cluster: Cluster, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of firms as readers see them: id, Name, Stage, Ds, Founded, Spun out of, Money raised, Note on the
    money, Funders, Trusts, Trials, Town, Status, Newest source, Rests on, Confidence, Website, Sources. What no source
    says is "not known".
    """
    return _in_words(cluster).loc[rows.index].reset_index(drop=True)


@remembered
def _in_words(cluster: Cluster) -> pd.DataFrame:
    rows = firms(cluster)
    base = directory(cluster, cluster.records.loc[rows.index]).set_index(rows.index)
    no_sum = rows["funding"].notna().map({True: "what it counts is not stated", False: ""})
    no_funder = rows["funding_note"].notna().map({True: SEE_NOTE, False: NOT_KNOWN})
    raised = no_funder.mask(rows["funding_note"].isna() & rows["funders"].notna(), SUM_NOT_KNOWN).astype(object)
    columns = {
        **{name: base[name] for name in ("id", "Name", "Stage", "Ds")},
        "Founded": rows["founded"].astype("Int64"),
        "Spun out of": rows["origin"].fillna(rows["spinout"].map({True: ORIGIN_NOT_KNOWN, False: NOT_KNOWN})),
        "Money raised": raised.where(rows["funding"].isna(), rows["funding"].astype("Int64").astype(object)),
        "Note on the money": rows["funding_note"].fillna(no_sum),
        "Funders": rows["funders"].astype(object).fillna(no_funder),
        **{name: rows[name.lower()].astype(object).fillna(NOT_KNOWN) for name in ("Trusts", "Trials")},
        **{name: base[name] for name in ("Town", "Status")},
        "Newest source": dated(cluster, cluster.records["year"].loc[rows.index]),
        **{name: base[name] for name in ("Rests on", "Confidence", "Website")},
        "Sources": rows["id"].map(sources(cluster)),
    }
    formats = {"id": Record(), "Founded": Year(unknown=NOT_KNOWN), "Money raised": Money(priority=KEPT), "Status": FIRM}
    formats |= {"Website": WEBSITE, "Sources": SOURCES}
    return typed(pd.DataFrame(columns).astype(object), formats)


@remembered
def sources(cluster: Cluster) -> dict[str, str]:
    """The addresses of the sources of each firm, parted by spaces: those of its row, then of its links told here."""
    told = ties(cluster)
    told = told[told[["origin", "funder", "trust", "trial"]].any(axis=1)].sort_values("link", kind="stable")
    cells = pd.concat([rows.set_index("id")["source_ids"] for rows in (cluster.table("companies"), told)])
    return addresses_of(cluster, cells).to_dict()


@remembered
def firm_names(cluster: Cluster) -> dict[str, str]:
    """Id to name of every firm, in order of name."""
    rows = firms(cluster).sort_values("place")
    return dict(zip(rows["id"], rows["name"], strict=True))


def side_by_side(cluster: Cluster, records: Sequence[str]) -> pd.DataFrame:
    """Firms compared: Fact, then a column of words for each firm by name, in the order asked.

    An id that is no firm's raises KeyError.
    """
    rows = _in_words(cluster)
    rows = rows.loc[pd.Series(rows.index, rows["id"])[list(records)]]
    sure = cluster.records.loc[rows.index]
    columns = {}
    for row, record in zip(in_words(rows).to_dict("records"), sure.itertuples(), strict=True):
        name = row["Name"] if row["Name"] not in columns else f"{row['Name']} ({record.id})"
        said = {fact: row[fact] for fact in rows.columns[2:-4]}
        more = {"Site": _site(cluster, record.id), "How sure": how_sure(cluster, record.confidence, record.year)[0]}
        columns[name] = said | more
    return pd.DataFrame(columns).rename_axis("Fact").reset_index()


def _site(cluster: Cluster, record: str) -> str:
    """The park or incubator a firm is in, and what its source says of it."""
    table = cluster.table("companies")
    site, note = table.loc[table["id"] == record, ["located_at", "located_at_note"]].iloc[0]
    named = [cell_in_words(cluster, "companies", "located_at", site)] if isinstance(site, str) else []
    if isinstance(note, str) and named and note.startswith(named[0]):
        return note
    return ": ".join([*named, note] if isinstance(note, str) else named) or NOT_KNOWN


FACTS = {
    "Stage": "stage",
    "Year of founding": "founded",
    "Body it was spun out of": "origin",
    "Sum raised, in pounds": "funding",
    "Money of any kind: a sum, a note or a funder": "funded",
    "Who funds it": "funders",
    "Link to a trust": "trusts",
    "Link to a trial": "trials",
}


@remembered
def facts_known(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """For how many of the firms kept each fact is known: Fact, Known, Not known. Known and not known make up all."""
    rows = kept(cluster, chosen)
    held = [int((rows[column] if column == "funded" else rows[column].notna()).sum()) for column in FACTS.values()]
    return pd.DataFrame({"Fact": list(FACTS), "Known": held, "Not known": [len(rows) - n for n in held]})


@remembered
def by_stage(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Firms kept by stage, UNKNOWN last: label, firms, and of them spinouts, funded and linked as in firms."""
    rows = kept(cluster, chosen)
    labels = cluster.labels("stage")
    rows = rows.assign(label=rows["stage"].map(labels).fillna(UNKNOWN), firms=1, spinouts=rows["spinout"])
    table = rows.groupby("label")[["firms", "spinouts", "funded", "linked"]].sum()
    return table.reindex(dict.fromkeys([*labels.values(), UNKNOWN]), fill_value=0).astype(int).reset_index()


def stages_known(table: pd.DataFrame) -> str:
    """For how many firms of by_stage the stage is known: "The stage is known for 42 of 92 firms"."""
    total = int(table["firms"].sum())
    unknown = int(table.loc[table["label"] == UNKNOWN, "firms"].sum())
    if not total:
        return "No firm of this choice, so no stage"
    return f"The stage is known for {total - unknown:,} of {words.count(total, 'firm')}"


def by_stage_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """The table of by_stage as readers see it."""
    return table.set_axis(["Stage", "Firms", *OF_A_STAGE], axis=1)


@remembered
def finding(cluster: Cluster, chosen: Filter) -> str:
    """What an investor needs first, and of how many it is known: "Of 92 firms, 14 are known spin-outs; ..."."""
    rows = kept(cluster, chosen)
    if rows.empty:
        return "No firms match this choice"
    of, sums = words.count(len(rows), "firm"), _some(rows["funding"].count())
    stages = "" if chosen.stages else f" and the stage for {_some(rows['stage'].count())}"
    return f"Of {of}, {_spinouts(rows)}; money raised is known in pounds for {sums}{stages}"


def shortlist_finding(cluster: Cluster, picks: Sequence[str]) -> str:
    """Who is on a shortlist and what of them is known: "Shortlist: Medherant and Dexter; 2 are known spin-outs ..."."""
    rows = firms(cluster).set_index("id").loc[list(picks)]
    more = len(rows) - MOST_NAMED
    named = words.listing([*rows["name"].head(MOST_NAMED), *([f"{more:,} more"] if more > 0 else [])])
    if len(rows) == 1:
        origin, seen = ("" if known else "not " for known in (rows["spinout"].all(), rows["funding"].notna().all()))
        return f"Shortlist: {named}, {origin}a known spin-out; money raised is {seen}known in pounds"
    sums = _some(rows["funding"].count())
    return f"Shortlist: {named}; {_spinouts(rows)}, and money raised is known in pounds for {sums}"


def _some(number: int) -> str:
    return f"{number:,}" if number else "none"


def _spinouts(rows: pd.DataFrame) -> str:
    """How many are known spin-outs: "none is a known spin-out", "2 are known spin-outs"."""
    number = int(rows["spinout"].sum())
    return f"{_some(number)} {'is a known spin-out' if number < 2 else 'are known spin-outs'}"


def spinouts_by_ownership(cluster: Cluster, chosen: Filter) -> str:
    """How the known spin-outs stand by ownership, if not all as spin-outs; empty otherwise."""
    rows = kept(cluster, chosen, NARROWED["spinout"][1])
    kinds = cluster.table("companies")["kind"].set_axis(firms(cluster).index)[rows.index]
    if kinds.isin(cluster.flagged("company_kind", "spinout")).all():
        return ""
    stand = kinds.map(cluster.labels("company_kind")).fillna(NOT_KNOWN).value_counts()
    said = words.listing(f"{firms:,} as {label}" for label, firms in stand.items())
    known = f"Of {words.count(len(rows), 'known spin-out')} ownership counts {said}"
    return f"{known}: a firm has one type of ownership, whatever its origin."


def stages_mean(cluster: Cluster) -> str:
    """What each stage means, as the pack puts it."""
    said = cluster.vocabulary("stage").dropna(subset="meaning")
    return "; ".join(f"{row.label}: {words.first_lower(row.meaning)}" for row in said.itertuples())


def list_in_words(rows: pd.DataFrame, chosen_firms: int, spinout: str, funded: str, linked: str) -> str:
    """The heading of the list: "12 of 92 firms: known spin-outs, funding seen"."""
    limits = [said for said in (spinout, funded, linked) if said != ALL]
    return f"{len(rows):,} of {words.count(chosen_firms, 'firm')}: {', '.join(limits)}"


def order_said(rows: pd.DataFrame, order: str) -> str:
    """How the list is ordered, and how many of its firms come last because it is not known where they belong."""
    what = {"youngest first": "year of founding", "most funding first": "sum of funding"}.get(order)
    if not what or rows.empty:
        return f"{words.first_upper(order)}."
    unknown = int(rows[ORDERED_BY[order]].isna().sum())
    return f"{words.first_upper(order)}; {words.count(unknown, 'firm')} without a known {what} last, by name."
