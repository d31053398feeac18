"""One record: what is known of it, its sources and links in words, and what stands near it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cluster_data.measures import citations, network
from cluster_data.measures.organisations import addresses_of, directory, ended, links_from_each_end
from cluster_data.measures.spots import POINT, kilometres_from
from cluster_data.model import words
from cluster_data.model.cluster import SEPARATOR, TABLE_OF_TYPE, Cluster
from cluster_data.model.columns import heading_of
from cluster_data.model.filters import Filter
from cluster_data.model.formats import NOT_KNOWN, SOURCES, in_words, typed
from cluster_data.model.sites import site_rows
from cluster_data.model.tables import TABLES, as_read
from cluster_data.model.ties import tied_with
from cluster_data.model.wording import cell_in_words


def records_of(cluster: Cluster, record: str) -> pd.DataFrame:
    """Every row of Cluster.records with this id: one thing may be an asset and an offer at once."""
    return cluster.records[cluster.holds("id", [record])]


TOLD_ELSEWHERE = {"id", "name", "ds", "summary", "lat", "lon", "website", "confidence", "source_ids", "source_year"}
TOLD_ELSEWHERE |= {"asset_id"}
PARTED = " · "
GROUPS = {
    "Size": {
        "employees",
        "employees_year",
        "size_band",
        "beds",
        "beds_year",
        "staff",
        "staff_year",
        "health_students",
        "health_students_note",
        "health_graduates_per_year",
        "health_graduates_per_year_note",
    },
    "Owner and origin": {"parent", "parent_country", "spinout_of", "hosts", "provider"},
    "Money": {"funding_gbp", "funding_note", "typical_cheque", "regional_deals", "size_of_help"},
    "Place": {
        "town",
        "postcode",
        "lad_code",
        "location_precision",
        "located_at",
        "located_at_note",
        "reach",
        "places",
        "main_sites",
    },
    "Challenges and terms": {"challenges", "themes", "eligibility", "opens", "closes"},
    "Note": {"note"},
}  # of facts, by the columns that hold them; all others tell what it is
WHAT_IT_IS = "What it is"
TOLD_BY_LINKS = {"Owner and origin": "spinout", "Money": "funds"}  # flags of links that state the same as a group
MOST_IN_PICTURE, RING = 24, 0.5
WORTH_SAYING_UNKNOWN = {
    "stage",
    "founded",
    "employees",
    "status",
    "opened",
    "reach",
    "eligibility",
    "staff",
    "postcode",
}


def headings(table: str) -> dict[str, str]:
    """The columns of a table that a profile tells, group by group: column to heading."""
    columns = {name: column for name, column in TABLES[table].to_schema().columns.items() if name not in TOLD_ELSEWHERE}
    order = [WHAT_IT_IS, *GROUPS]
    return {name: heading_of(columns[name]) for name in sorted(columns, key=lambda name: order.index(_group_of(name)))}


def _group_of(column: str) -> str:
    return next((group for group, held in GROUPS.items() if column in held), WHAT_IT_IS)


def facts(cluster: Cluster, record_type: str, record: str) -> pd.DataFrame:
    """What is known of a record: Fact, Said. A few facts that readers look for stand as "not known" where empty.

    What sites_of lists is not said again.
    """
    table = TABLE_OF_TYPE[record_type]
    row = cluster.table(table).query("id == @record").iloc[0]
    said = []
    left_out = {"main_sites"} if len(sites_of(cluster, record)) else set()
    for column, label in headings(table).items():
        if column not in left_out and pd.notna(row[column]):
            said.append((label, cell_in_words(cluster, table, column, row[column])))
        elif column in WORTH_SAYING_UNKNOWN:
            said.append((label, NOT_KNOWN))
    return pd.DataFrame(said, columns=["Fact", "Said"])


def facts_in_groups(cluster: Cluster, record_type: str, record: str) -> list[tuple[str, pd.DataFrame, str]]:
    """The facts of a record by what they tell: group, facts (as `facts`), and the ids of their sources.

    They are the sources of its row, first those that links cite which state the same as the group.
    """
    table, known = TABLE_OF_TYPE[record_type], facts(cluster, record_type, record)
    group = known["Fact"].map({heading: _group_of(column) for column, heading in headings(table).items()})
    own = [each.strip() for each in filter(None, _source_ids(cluster, table, record).split(SEPARATOR))]
    links, found = links_of(cluster, record), []
    for name in (name for name in (WHAT_IT_IS, *GROUPS) if (group == name).any()):
        kinds = cluster.flagged("link_kind", TOLD_BY_LINKS.get(name, ""))
        told = SEPARATOR.join(links.loc[links["kind"].isin(kinds), "source_ids"]).replace(" ", "").split(SEPARATOR)
        found.append((name, known[group == name], SEPARATOR.join(sorted(own, key=lambda each: each not in told))))
    return found


def _source_ids(cluster: Cluster, table: str, record: str) -> str:
    rows = cluster.table(table)
    if "source_ids" not in rows.columns:
        return ""
    return str(rows.loc[rows["id"] == record, "source_ids"].fillna("").iloc[0])


BEGAN = {"companies": ("founded", "Founded"), "assets": ("opened", "Opened"), "trusts": ("dissolved_on", "Dissolved")}


def time_line(cluster: Cluster, record: str) -> pd.DataFrame:
    """What is known to have happened when, newest first: year, said ("Is funded by Test Capital"), source_ids, kind
    ("Is funded by"), other (the name; empty if there is none).

    A link stands at the year that its source states it for.
    """
    rows = []
    for table in records_of(cluster, record)["record_type"].map(TABLE_OF_TYPE):
        column, said = BEGAN.get(table, ("", ""))
        held = cluster.table(table)
        begun = held.loc[held["id"] == record, column].dropna() if column else ()
        rows += [(int(str(value)[:4]), said, _source_ids(cluster, table, record), said, "") for value in begun]
    links = links_of(cluster, record).dropna(subset="year")
    for link in links.itertuples():
        note = f": {link.note}" if isinstance(link.note, str) else ""
        kind = words.first_upper(link.said)
        rows.append((int(link.year), f"{kind} {link.name}{note}", link.source_ids, kind, link.name))
    table = pd.DataFrame(rows, columns=["year", "said", "source_ids", "kind", "other"])
    return table.sort_values("year", ascending=False, kind="stable", ignore_index=True)


def star(cluster: Cluster, record: str, most: int = MOST_IN_PICTURE) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The record amid those it is linked with, at most so many, those linked with most others first: nodes and lines as
    charts.network_chart takes them.
    """
    members = network.members(cluster).set_index("id", drop=False)
    joined = network.linked_members(cluster, Filter(ended=True), "").set_index("id")["neighbours"]
    others = links_of(cluster, record)["other"].drop_duplicates()
    others = others[others != record]
    first = joined.reindex(others, fill_value=1).sort_values(ascending=False, kind="stable").index[:most]
    nodes = members.loc[[record, *first], ["id", "name", "record_type", "part"]]
    nodes["neighbours"] = joined.reindex(nodes["id"], fill_value=0).to_numpy()
    angle = np.arange(len(first)) * 2 * np.pi / max(len(first), 1) + np.pi / 2
    nodes["x"] = [RING, *(RING + RING * np.cos(angle))]
    nodes["y"] = [RING, *(RING + RING * np.sin(angle))]
    return nodes.reset_index(drop=True), pd.DataFrame({"one": [record] * len(first), "other": list(first)})


def sites_of(cluster: Cluster, record: str) -> pd.DataFrame:
    """The sites of a record, by name: the columns of sites.csv, row (in Cluster.records)."""
    rows = site_rows(cluster)
    return rows[rows["trust_id"] == record]


def sources(cluster: Cluster, record_type: str, record: str) -> pd.DataFrame:
    """The sources of a record in words: title (with publisher and year), url."""
    rows = cluster.table(TABLE_OF_TYPE[record_type])
    cited = citations.listed(cluster, rows.loc[rows["id"] == record, "source_ids"].iloc[0])
    return pd.DataFrame([(one.whole, one.url) for one in cited], columns=["title", "url"])


def links_of(cluster: Cluster, record: str, kind: str = "") -> pd.DataFrame:
    """The links of a record, of a kind or of all, in words: said ("is a spin-out of"), other (id), name ("Old Lab
    (ended)"), year, note, source_ids, kind.
    """
    rows = links_from_each_end(cluster)
    rows = rows[(rows["id"] == record) & ((rows["kind"] == kind) | (kind == ""))]
    rows = rows.assign(name=rows["name"] + rows["other"].isin(ended(cluster)).map({True: " (ended)", False: ""}))
    columns = ["said", "other", "name", "year", "note", "source_ids", "kind"]
    return rows[columns].sort_values(["said", "name"], ignore_index=True)


def links_in_words(cluster: Cluster, linked: pd.DataFrame) -> pd.DataFrame:
    """The table of `links_of` as readers see it: Link, Organisation, Year, Note, Sources (addresses)."""
    columns = {"said": "Link", "name": "Organisation", "year": "Year", "note": "Note"}
    rows = as_read(linked.fillna({"note": ""}), "links", columns)
    rows["Link"] = rows["Link"].map(words.first_upper)
    return typed(rows.assign(Sources=addresses_of(cluster, linked["source_ids"])), {"Sources": SOURCES})


def neighbours(cluster: Cluster, record: str, most: int = 6) -> pd.DataFrame:
    """The nearest that share a D with the record: record_type, id, name, km, approximate, linked (see ties)."""
    own = records_of(cluster, record).iloc[0]
    rows, ds = Filter().records(cluster), cluster.record_ds
    same = ds.loc[ds["d"].isin(ds.loc[ds["id"] == record, "d"]) & (ds["id"] != record), "id"]
    rows = rows[rows["id"].isin(same) & rows["lat"].notna() & (rows["record_type"] != "board")].copy()
    placed = pd.notna(own["lat"])
    rows["km"] = kilometres_from(cluster, own["lat"], own["lon"])[rows.index] if placed else np.nan
    rows["approximate"] = (rows["precision"] != POINT) | (own["precision"] != POINT)
    rows = rows.dropna(subset="km").sort_values(["km", "name"]).head(most)
    rows["linked"] = tied_with(cluster, record, rows["id"])
    return rows[["record_type", "id", "name", "km", "approximate", "linked"]].reset_index(drop=True)


def side_by_side(cluster: Cluster, records: Sequence[str]) -> pd.DataFrame:
    """Records compared: Fact, then a column of words for each record by name.

    What is not known of a record says so; what its type does not have is empty; what is said of none is left out.
    """
    columns, has = {}, {}
    for record in records:
        rows = records_of(cluster, record)
        said = in_words(directory(cluster, rows.iloc[:1])).iloc[0].drop(["Website", "Sources"]).to_dict()
        name = said.pop("Name")
        name = name if name not in columns else f"{name} ({record})"
        record_type = rows["record_type"].iloc[0]
        known, websites = facts(cluster, record_type, record), list(rows["website"].dropna())
        more = dict(zip(known["Fact"], known["Said"], strict=True))
        website = {"Website": websites[0]} if websites else {}
        sites = "; ".join(sites_of(cluster, record)["name"])
        more |= {headings("trusts")["main_sites"]: sites} if sites else {}
        links = {"Links": words.count(len(links_of(cluster, record)), "link")}
        columns[name] = said | more | website | links
        has[name] = {*headings(TABLE_OF_TYPE[record_type]).values(), "Website"}
    table = pd.DataFrame(columns)
    for name, labels in has.items():
        unsaid = table[name].isna() & table.index.isin(labels)
        table[name] = table[name].mask(unsaid, NOT_KNOWN).fillna("")
    return table[(table != "").any(axis=1)].rename_axis("Fact").reset_index()


def profile_in_words(cluster: Cluster, record: str) -> str:
    """What a record is, in one line: "Firm · Devices, Digital · Malvern, Malvern Hills"."""
    rows = records_of(cluster, record)
    kinds = words.listing(dict.fromkeys(rows["record_type"].map(cluster.labels("record_type"))))
    _, _, rest = in_one_line(cluster, rows.iloc[:1])[0].partition(PARTED)
    return f"{kinds}{PARTED}{rest}"


def in_one_line(cluster: Cluster, rows: pd.DataFrame) -> list[str]:
    """What each record is: "Firm · Devices, Digital · Malvern, Malvern Hills". `rows` as Cluster.records."""
    said = []
    for row in directory(cluster, rows).to_dict("records"):
        where = ", ".join(dict.fromkeys(row[part] for part in ("Town", "Area") if row[part] not in ("", NOT_KNOWN)))
        said.append(PARTED.join([row["Kind"], row["Ds"] or "no D", where or "place not known"]))
    return said
