"""Who is here: the directory, what is known of one record, and what stands near it."""

import numpy as np
import pandas as pd

from cluster_data import words
from cluster_data.cluster import SORT_OF_TABLE, TABLE_OF_SORT, Cluster, remembered
from cluster_data.filters import Filter, reaching
from cluster_data.measures.help import sources_of_help
from cluster_data.measures.places import POINT, drawn, kilometres_from
from cluster_data.search import matching
from cluster_data.wording import cell_in_words

KIND_VOCABULARY = {
    "company": "company_kind",
    "trust": "trust_kind",
    "asset": "asset_kind",
    "offer": "offer_kind",
}
NOT_KNOWN = "not known"
PLACED_SORTS = ("company", "university", "trust", "board", "asset")


def directory(cluster: Cluster, rows: pd.DataFrame) -> pd.DataFrame:
    """Records in words: id, Name, Kind, Ds, Town, Area, Role, Stage, Status, Newest source, Confidence.

    `rows` has the columns of Cluster.records. What is not known says so; what does not apply to a sort is empty.
    """
    firm, placed = rows["sort"] == "company", rows["sort"].isin(PLACED_SORTS)
    named = pd.Series(ds_in_words(cluster)[rows.index], rows.index)
    table = {
        "id": rows["id"],
        "Name": rows["name"],
        "Kind": rows["sort"].map(cluster.labels("sort")),
        "Ds": _said(named, "no D", rows["sort"].isin([*PLACED_SORTS, "offer"])),
        "Town": _said(rows["town"], NOT_KNOWN, placed),
        "Area": _said(rows["lad_code"].map(dict(cluster.area_names)), NOT_KNOWN, placed),
        "Role": _said(rows["role"].map(cluster.labels("role")), NOT_KNOWN, firm),
        "Stage": _said(rows["stage"].map(cluster.labels("stage")), NOT_KNOWN, firm),
        "Status": _said(rows["status"].map(cluster.labels("status")), "", ~firm),
        "Newest source": _said(rows["year"].astype("Int64").astype("string"), "undated", rows["sort"] != "partner"),
        "Confidence": _said(rows["confidence"].map(cluster.labels("confidence")), "", ~firm),
    }
    return pd.DataFrame({name: column.to_numpy() for name, column in table.items()})


@remembered
def ds_in_words(cluster: Cluster) -> np.ndarray:
    """For each row of Cluster.records, the labels of its Ds: "Devices, Digital"; missing if it has none."""
    labels = dict(zip(cluster.table("ds")["id"], cluster.table("ds")["label"], strict=True))
    held = cluster.record_ds
    named = held["d"].astype(object).map(labels).groupby(held["row"]).agg(", ".join)
    return named.reindex(range(len(cluster.records))).to_numpy(dtype=object)


def _said(column: pd.Series, unknown: str, applies: pd.Series) -> pd.Series:
    """The column as text; where it is empty, `unknown` if it applies to the row and nothing if it does not."""
    return column.astype(object).where(column.notna(), applies.map({True: unknown, False: ""}))


def on_map(cluster: Cluster, chosen: Filter, most: int | None = None) -> pd.DataFrame:
    """The organisations of the map in words: id, Name, Kind, Ds, Town, Area, Position, in order of sort and name.

    With `most`, no more than that many.
    """
    kinds = tuple(sort for sort in PLACED_SORTS if not chosen.kinds or sort in chosen.kinds)
    rows = found(cluster, chosen.but(kinds=kinds or ("none",)), most)
    table = directory(cluster, rows)[["id", "Name", "Kind", "Ds", "Town", "Area"]]
    said = {"point": "to about 100 metres", "bubble": "approximate", "none": "not on the map"}
    return table.assign(Position=[said[way] for way in drawn(cluster)[rows.index]])


def placed(cluster: Cluster, chosen: Filter) -> int:
    """How many organisations the choice keeps of the sorts that can stand on a map."""
    return int((chosen.keeps(cluster) & cluster.holds("sort", PLACED_SORTS)).sum())


def near_in_words(cluster: Cluster, near: pd.DataFrame) -> pd.DataFrame:
    """Records of places.near as readers see them: id, Name, Kind, Distance, Town, Ds; nearest first."""
    keys = pd.MultiIndex.from_frame(near[["sort", "id"]])
    records = cluster.records.reset_index().set_index(["sort", "id"], drop=False).loc[keys].set_index("index")
    rows = directory(cluster, records)
    said = [
        f"about {km:.1f} km" if rough else f"{km:.1f} km"
        for km, rough in zip(near["km"], near["approximate"], strict=True)
    ]
    rows.insert(3, "Distance", said)
    return rows[["id", "Name", "Kind", "Distance", "Town", "Ds", "Status"]]


def behind_in_words(cluster: Cluster, rows: pd.DataFrame) -> pd.DataFrame:
    """Records behind a cell as readers see them: id, Name, By or town, Ds, Reach, Status, Newest source.

    `rows` has the columns of Cluster.records and holds one sort.
    """
    table = directory(cluster, rows)
    offers = cluster.table("support_offers").set_index("id")
    if len(rows) and (rows["sort"] == "offer").all():
        reaches = cluster.table("reaches").set_index("id")["label"]
        table["By"] = rows["id"].map(offers["provider"]).to_numpy()
        table["Reach"] = rows["id"].map(offers["reach"]).map(reaches).to_numpy()
        return table[["id", "Name", "By", "Reach", "Ds", "Status", "Newest source"]]
    return table[["id", "Name", "Town", "Area", "Ds", "Status", "Newest source"]]


@remembered
def in_order(cluster: Cluster) -> np.ndarray:
    """The row numbers of Cluster.records in order of sort, then of name."""
    rows = cluster.records
    order = {sort: place for place, sort in enumerate(cluster.labels("sort"))}
    return np.lexsort([rows["name"].str.casefold().to_numpy(dtype=str), rows["sort"].map(order)])


def found(cluster: Cluster, chosen: Filter, most: int | None = None) -> pd.DataFrame:
    """The records kept, those that answer best to the text first, then by sort and name: as Cluster.records.

    With `most`, no more than that many.
    """
    order = in_order(cluster)
    rows = order[chosen.keeps(cluster)[order]]
    if chosen.text.strip():
        scores = matching(cluster.records, chosen.text).to_numpy()[rows]
        rows = rows[np.argsort(-scores, kind="stable")]
    return cluster.records.iloc[rows[:most]]


@remembered
def names(cluster: Cluster) -> dict[str, str]:
    """Id to name of every record that has a profile, in order of name. One id may stand in several tables."""
    rows = cluster.records.drop_duplicates("id")
    rows = rows.assign(key=rows["name"].str.casefold()).sort_values("key")
    return dict(zip(rows["id"], rows["name"], strict=True))


def records_of(cluster: Cluster, record: str) -> pd.DataFrame:
    """Every row of Cluster.records with this id: one thing may be an asset and an offer at once."""
    rows = cluster.records
    return rows[rows["id"] == record]


FACTS = {
    "companies": {
        "role": "Role",
        "kind": "Sort of firm",
        "status": "Status",
        "stage": "Stage",
        "legal_name": "Registered name",
        "company_number": "Company number",
        "founded": "Founded",
        "employees": "Employees",
        "employees_year": "Year of employees",
        "size_band": "Size",
        "parent": "Owner",
        "parent_country": "Country of the owner",
        "spinout_of": "Spun out of",
        "funding_gbp": "Funding seen",
        "funding_note": "On the funding",
        "located_at": "Located at",
        "located_at_note": "On the site",
        "challenges": "Challenges it is known to face",
    },
    "universities": {
        "ukprn": "UK provider number",
        "medical_school": "Medical school",
        "medical_school_name": "Name of the school",
        "medical_school_note": "On the school",
        "health_students": "Health students",
        "health_students_note": "On the students",
        "health_graduates_per_year": "Health graduates a year",
        "health_graduates_per_year_note": "On the graduates",
        "centres": "Centres",
    },
    "trusts": {
        "kind": "Sort of NHS body",
        "status": "Status",
        "status_note": "On the status",
        "dissolved_on": "Dissolved on",
        "ods_code": "NHS ODS code",
        "icb": "Integrated care board",
        "main_sites": "Main sites",
        "beds": "General and acute beds",
        "beds_year": "Year of beds",
        "staff": "Staff",
        "staff_year": "Year of staff",
        "teaching_partner": "Teaches with",
    },
    "assets": {
        "kind": "Sort of asset",
        "status": "Status",
        "hosts": "Run by",
        "opened": "Opened",
        "challenges": "Challenges it helps with",
    },
    "support_offers": {
        "provider": "Offered by",
        "kinds": "Sorts of help",
        "status": "Status",
        "status_year": "Year of the status",
        "reach": "Reach",
        "places": "Works from",
        "eligibility": "Who may apply",
        "size_of_help": "Size of help",
        "stages": "Stages",
        "challenges": "Challenges it helps with",
        "themes": "Themes",
        "opens": "Opens",
        "closes": "Closes",
    },
    "investors": {
        "kinds": "Sorts of investor",
        "kind_note": "On the sort",
        "stage": "Stage",
        "typical_cheque": "Usual size",
        "regional_deals": "Deals seen in the region",
    },
    "partners": {},
}
WHEREABOUTS = {
    "town": "Town",
    "postcode": "Postcode",
    "lad_code": "Area",
    "location_precision": "Placed by",
    "note": "Note",
}
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


def facts(cluster: Cluster, sort: str, record: str) -> pd.DataFrame:
    """What is known of a record: fact, said. A few facts that readers look for stand as "not known" where empty."""
    table = TABLE_OF_SORT[sort]
    row = cluster.table(table).query("id == @record").iloc[0]
    said = []
    for column, label in {**FACTS[table], **WHEREABOUTS}.items():
        if column not in row.index:
            continue
        if pd.isna(row[column]):
            if column in WORTH_SAYING_UNKNOWN:
                said.append((label, NOT_KNOWN))
            continue
        said.append((label, cell_in_words(cluster, table, column, row[column])))
    return pd.DataFrame(said, columns=["fact", "said"])


def sources(cluster: Cluster, sort: str, record: str) -> pd.DataFrame:
    """The sources of a record: title (the publisher where no title is known), url."""
    cited = cluster.many(TABLE_OF_SORT[sort], "source_ids").query("id == @record")["value"]
    rows = cluster.table("sources").set_index("id").loc[cited]
    titles = rows["publisher"] + rows["title"].map(lambda title: f": {title}" if isinstance(title, str) else "")
    return pd.DataFrame({"title": titles.to_numpy(), "url": rows["url"].to_numpy()})


def linked(cluster: Cluster, record: str) -> pd.DataFrame:
    """The links of a record in words: said ("is a spin-out of"), other (id), name, year, note, source_ids."""
    links = cluster.table("links")
    forward, back = cluster.labels("link_kind"), cluster.plurals("link_kind")
    out = links[links["from_id"] == record].assign(
        other=lambda rows: rows["to_id"], said=lambda rows: rows["kind"].map(forward)
    )
    into = links[links["to_id"] == record].assign(
        other=lambda rows: rows["from_id"], said=lambda rows: rows["kind"].map(back)
    )
    rows = pd.concat([out, into])
    rows["name"] = rows["other"].map(names(cluster))
    return rows.sort_values(["said", "name"])[["said", "other", "name", "year", "note", "source_ids"]].reset_index(
        drop=True
    )


def nearest_help(cluster: Cluster, record: str, most: int = 5) -> pd.DataFrame:
    """Help that serves a D of the record, is not known to be closed and reaches it: nearest assets, then offers.

    Columns sort, id, name, km, approximate, reach, status, year. Assets in order of distance where both have a
    position; offers by reach, nearest first, then status in the order of the vocabulary, newest first.
    """
    own = records_of(cluster, record).iloc[0]
    ds = set(cluster.record_ds.query("id == @record")["d"])
    kept = sources_of_help(cluster, Filter(ds=tuple(ds))) if ds else sources_of_help(cluster, Filter()).iloc[:0]
    kept = kept[kept["id"] != record]
    assets, offers = kept[kept["sort"] == "asset"].copy(), kept[kept["sort"] == "offer"].copy()
    assets["km"] = distances(cluster, own)[assets.index]
    assets["approximate"] = _approximate(own, assets)
    assets = assets.sort_values(["km", "name"], na_position="last").head(most)
    if isinstance(own["lad_code"], str):
        offers = offers[offers["reach"].isin(reaching(cluster, frozenset({own["lad_code"]})))]
    reaches = cluster.table("reaches").set_index("id")
    offers["order"] = offers["reach"].map(reaches["order"])
    offers["reach"] = offers["reach"].map(reaches["label"])
    statuses = {status: place for place, status in enumerate(cluster.labels("status"))}
    offers["doubt"] = offers["status"].map(statuses)
    offers = offers.sort_values(["order", "doubt", "year", "name"], ascending=[True, True, False, True]).head(most)
    rows = pd.concat([assets, offers]).reindex(
        columns=["sort", "id", "name", "km", "approximate", "reach", "status", "year"]
    )
    rows["status"] = rows["status"].map(cluster.labels("status"))
    return rows.reset_index(drop=True)


def neighbours(cluster: Cluster, record: str, most: int = 6) -> pd.DataFrame:
    """The nearest organisations that share a D with the record: sort, id, name, km, approximate."""
    own = records_of(cluster, record).iloc[0]
    rows = cluster.records
    rows = rows[~rows["gone"] & (rows["id"] != record) & rows["lat"].notna() & (rows["sort"] != "board")].copy()
    ds = cluster.record_ds
    same = ds[ds["d"].isin(ds.loc[ds["id"] == record, "d"])]
    rows = rows[rows["id"].isin(same["id"])]
    rows["km"] = distances(cluster, own)[rows.index]
    rows["approximate"] = _approximate(own, rows)
    rows = rows.dropna(subset="km").sort_values(["km", "name"]).head(most)
    return rows[["sort", "id", "name", "km", "approximate"]].reset_index(drop=True)


def _approximate(own: pd.Series, rows: pd.DataFrame) -> pd.Series:
    return (rows["precision"] != POINT) | (own["precision"] != POINT)


def distances(cluster: Cluster, own: pd.Series) -> np.ndarray:
    """Straight-line kilometres from one record to each row of Cluster.records; missing without a position."""
    if pd.isna(own["lat"]):
        return np.full(len(cluster.records), np.nan)
    return kilometres_from(cluster, own["lat"], own["lon"])


def profile_in_words(cluster: Cluster, record: str) -> str:
    """What a record is, in one line: "Firm · Devices, Digital · Malvern, Malvern Hills"."""
    rows = directory(cluster, records_of(cluster, record))
    kinds = words.listing(dict.fromkeys(rows["Kind"]))
    first = rows.iloc[0]
    where = ", ".join(dict.fromkeys(part for part in (first["Town"], first["Area"]) if part not in ("", NOT_KNOWN)))
    parts = [kinds, first["Ds"] or "no D", where or "place not known"]
    return " · ".join(parts)


def tables_of(cluster: Cluster, record: str) -> list[str]:
    """The tables in which the record stands."""
    return [table for table in SORT_OF_TABLE if (cluster.table(table)["id"] == record).any()]
