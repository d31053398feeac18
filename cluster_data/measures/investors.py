"""Who puts money in: investors seen in the region, whom they and others fund, and support that invests or lends."""

import numpy as np
import pandas as pd

from cluster_data.measures.invest import ties
from cluster_data.measures.organisations import addresses_of, ended, names
from cluster_data.measures.support import Need, of_kinds_flagged
from cluster_data.model import words
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter
from cluster_data.model.formats import FIRM, NOT_KNOWN, SOURCES, Record, Year, typed
from cluster_data.model.wording import with_types

DEALS, LINKED, NONE_LINKED = "Deals seen in the region", "Firms listed here that it has funded", "none listed"
SAID = {
    "name": "Investor",
    "kinds": "Kinds",
    "town": "Town",
    "stage": "Stage",
    "typical_cheque": "Usual size",
    "regional_deals": DEALS,
}


@remembered
def seen(cluster: Cluster) -> pd.DataFrame:
    """Investors by name in the words of their rows: id, Investor, Kinds, Town, Stage, Usual size, Deals seen in the
    region, Firms listed here that it has funded, Sources (addresses). Deals stand as their sources put them: no sum is
    read out of them.
    """
    rows = cluster.table("investors")
    rows = rows.iloc[np.argsort(rows["name"].str.casefold().to_numpy(dtype=str), kind="stable")]
    rows["kinds"] = rows["kinds"] + (" (" + rows["kind_note"] + ")").fillna("")
    funded = ties(cluster).query("funder").drop_duplicates(["id", "other"])
    funded = funded[~funded["id"].isin(ended(cluster))]
    linked = funded["id"].map(names(cluster)).groupby(funded["other"]).agg("; ".join)
    table = rows[["id", *SAID]].rename(columns=SAID)
    table[LINKED] = rows["id"].map(linked).astype(object).fillna(NONE_LINKED)
    table["Sources"] = addresses_of(cluster, rows["source_ids"])
    table = table.astype(object).fillna(NOT_KNOWN).reset_index(drop=True)
    return typed(table, {"id": Record(), "Sources": SOURCES})


@remembered
def funders(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Who is known to fund the firms kept, one row per link: id (the firm), Firm, Funded by, Year, Listed as, Note,
    Sources (addresses).

    Newest first. `Listed as` says whether the funder stands among the investors or as what else.
    """
    rows = ties(cluster).query("funder")
    rows = rows[rows["id"].isin(chosen.firms(cluster)["id"])]
    types = cluster.records.drop_duplicates("id").set_index("id")["record_type"]
    investor = rows["other"].isin(cluster.table("investors")["id"])
    table = {
        "id": rows["id"],
        "Firm": rows["id"].map(names(cluster)),
        "Funded by": rows["name"],
        "Year": rows["year"].astype("Int64"),
        "Listed as": rows["other"].map(types).mask(investor, "investor").map(cluster.labels("record_type")),
        "Note": rows["note"].fillna(""),
        "Sources": addresses_of(cluster, rows["source_ids"]),
    }
    newest = {"by": ["Year", "Firm", "Funded by"], "ascending": [False, True, True]}
    found = pd.DataFrame(table).sort_values(**newest, ignore_index=True).astype(object)
    return typed(found, {"id": Record(), "Year": Year(unknown=NOT_KNOWN), "Sources": SOURCES})


def finding(cluster: Cluster, chosen: Filter) -> str:
    """Of how many firms it is known who funds them: "15 funders have put money into 25 of 150 firms"."""
    rows, firms = funders(cluster, chosen), words.count(len(chosen.firms(cluster)), "firm")
    if rows.empty:
        return f"Of {firms}, no funder is known"
    number = rows["Funded by"].nunique()
    have = "has" if number == 1 else "have"
    return f"{words.count(number, 'funder')} {have} put money into {rows['id'].nunique():,} of {firms}"


@remembered
def support_that_invests(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Support offers of a kind flagged as investing that reach the areas chosen and name a D chosen or none.

    The columns of Cluster.records, in the order of support.help_for. Other parts of the filter speak of firms and are
    left aside.
    """
    wanted = Filter(ds=chosen.ds, match=chosen.match, areas=chosen.areas)
    rows = of_kinds_flagged(cluster, wanted, Need(), "invests")
    return rows[list(cluster.records.columns)]


def support_in_words(cluster: Cluster, rows: pd.DataFrame) -> pd.DataFrame:
    """Offers as readers see them: id, Name, By, Kinds of help, Size of help, Reach, Status (with its year), Sources."""
    offers = cluster.table("support_offers").iloc[rows.index - cluster.records_in("support_offers").start]
    kinds = cluster.many("support_offers", "kinds")
    said = kinds["value"].map(cluster.labels("offer_kind"))
    year = (" (" + offers["status_year"].astype("Int64").astype("string") + ")").fillna(" (year not known)")
    table = {
        "id": offers["id"],
        "Name": offers["name"],
        "By": offers["provider"],
        "Kinds of help": said.groupby(kinds["row"]).agg(", ".join).reindex(offers.index, fill_value=NOT_KNOWN),
        "Size of help": offers["size_of_help"].fillna(NOT_KNOWN),
        "Reach": offers["reach"].map(cluster.names("reaches")),
        "Status": offers["status"].map(cluster.labels("status")) + year,
        "Sources": addresses_of(cluster, offers["source_ids"]),
    }
    formats = {"id": Record(), "Status": FIRM, "Sources": SOURCES}
    return typed(pd.DataFrame(table).astype(object).reset_index(drop=True), formats)


def support_said(cluster: Cluster, rows: pd.DataFrame) -> str:
    """The heading above the offers of support: "Support that invests: 2 offers of loan"."""
    labels = cluster.vocabulary("offer_kind")
    kinds = words.listing(labels.loc[labels["flag"] == "invests", "label"].map(words.first_lower), "or")
    if rows.empty:
        return f"No {with_types(cluster, '{offer}')} of {kinds or 'money to invest'} is known for this choice"
    return f"Support that invests: {words.count(len(rows), 'offer')} of {kinds}"
