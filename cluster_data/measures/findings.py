"""What is most worth knowing, as sentences computed from the tables. No sentence knows the pack it speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from cluster_data import words
from cluster_data.cluster import Cluster
from cluster_data.filters import Filter
from cluster_data.measures import counts, help, places
from cluster_data.palette import GLYPHS

OLD_AFTER_YEARS = 3
THIN = 0.4


@dataclass(frozen=True)
class Finding:
    """One thing worth knowing, with the page that shows more."""

    said: str
    detail: str
    page: str
    invitation: str
    parameters: Mapping[str, str] = field(default_factory=dict)


def company_kept(cluster: Cluster, chosen: Filter) -> str:
    """The other sorts beside the firms: "with 12 universities, 24 NHS trusts and 134 research assets (3 closed)"."""
    one = cluster.labels("sort")
    said = []
    for row in counts.by_sort(cluster, chosen).itertuples():
        if row.sort in ("university", "trust", "asset", "offer"):
            closed = f" ({row.gone} closed)" if row.gone and row.sort != "trust" else ""
            said.append(f"{row.records:,} {_noun(one[row.sort] if row.records == 1 else row.label)}{closed}")
    return f"with {words.listing(said)}"


def _noun(label: str) -> str:
    return label if label.split()[0].isupper() else label.lower()


def worth_knowing(cluster: Cluster, chosen: Filter) -> list[Finding]:
    """The three things most worth knowing about this choice."""
    found = []
    if cluster.table("challenges").shape[0]:
        found.append(least_help(cluster, chosen))
    if len(chosen.firms(cluster)):
        found += [how_old(cluster, chosen), density(cluster, chosen)]
    return found


def which_d_leads(cluster: Cluster, chosen: Filter) -> str:
    """Which Ds have most firms and which few: "Devices lead; digital and diagnostics follow; data is thin"."""
    rows = counts.by_d(cluster, chosen).sort_values("company", ascending=False)
    most = rows["company"].max() if len(rows) else 0
    if not most:
        return "No firms match this choice"
    if len(rows) == 1:
        return f"{words.count(most, 'firm')} in {rows['label'].iloc[0].lower()}"
    leads = rows[rows["company"] == most]["label"]
    thin = rows[rows["company"] < THIN * most]["label"].str.lower()
    follow = rows[(rows["company"] < most) & (rows["company"] >= THIN * most)]["label"].str.lower()
    parts = [f"{words.first_upper(words.listing(leads).lower())} {_lead(leads)}"]
    if len(follow):
        parts.append(f"{words.listing(follow)} follow{'' if len(follow) > 1 or follow.iloc[0].endswith('s') else 's'}")
    if len(thin):
        parts.append(f"{words.listing(thin)} {'are' if len(thin) > 1 or thin.iloc[0].endswith('s') else 'is'} thin")
    return "; ".join(parts)


def _lead(leads: pd.Series) -> str:
    return "lead" if len(leads) > 1 or leads.iloc[0].endswith("s") else "leads"


def where_firms_are(cluster: Cluster, chosen: Filter, most: int = 3) -> str:
    """The areas with most firms: "Birmingham, Coventry and Warwick hold 38 of 92 firms". Ties are named together."""
    rows = counts.firms_by_area(cluster, chosen)
    rows = rows[(rows["all"] > 0) & rows["lad_code"].notna()]
    total = len(chosen.firms(cluster))
    if rows.empty:
        return "No firm of this choice has a known area"
    least = rows["all"].nlargest(most).iloc[-1]
    top = rows[rows["all"] >= least]
    if len(top) > most + 1:
        top = rows[rows["all"] > least] if (rows["all"] > least).any() else top
    if len(top) > most + 1:
        return f"{words.count(total, 'firm')} spread over {words.count(len(rows), 'area')}"
    verb = "holds" if len(top) == 1 else "hold"
    return f"{words.listing(top['label'])} {verb} {top['all'].sum():,} of {words.count(total, 'firm')}"


def map_in_words(cluster: Cluster, chosen: Filter) -> str:
    """What the map of firms shows, for those who do not see it."""
    top = counts.firms_by_area(cluster, chosen).query("all > 0").head(5)
    parts = [f"{row.label} {row.all}" for row in top.itertuples()]
    return f"Map of {chosen.words(cluster)}. Most by area: {words.listing(parts)}." if parts else "Map without firms."


def map_key(cluster: Cluster, chosen: Filter) -> str:
    """The key of the map of firms, and how many of them it draws how."""
    firms = places.positions(cluster, chosen.but(kinds=("company",)))
    drawn = firms["drawn"].value_counts()
    ds = counts.ds_in_order(cluster, chosen)
    marks = ", ".join(f"{GLYPHS[row.symbol]} {row.label.lower()}" for row in ds.itertuples())
    return (
        f"Marks: {marks} (primary D, position to about 100 metres), {drawn.get('point', 0)} firms. "
        f"Numbered circles: firms placed only by town, position approximate, {drawn.get('bubble', 0)} firms. "
        f"Not on the map: {drawn.get('none', 0)}."
    )


def least_help(cluster: Cluster, chosen: Filter) -> Finding:
    """The challenge with least help, against the one with most."""
    rows = help.help_by_challenge(cluster, chosen)
    least, most = rows.iloc[0], rows.iloc[-1]
    return Finding(
        f"{least['title']} ({least['challenge']}) has the least help:",
        f"{words.count(least['offer'], 'support offer')} and {words.count(least['asset'], 'research asset')}, against "
        f"{most['help']} sources of help for {words.first_lower(most['title'])} ({most['challenge']}).",
        "Challenges",
        "See the challenge",
        {"challenge": least["challenge"]},
    )


def how_old(cluster: Cluster, chosen: Filter) -> Finding:
    """How old the newest sources of the firms are."""
    firms = chosen.firms(cluster)
    limit = cluster.pack.as_of.year - OLD_AFTER_YEARS
    old = int((firms["year"] < limit).sum())
    undated = int(firms["year"].isna().sum())
    return Finding(
        f"{old} of {words.count(len(firms), 'firm')} {'rests' if old == 1 else 'rest'} on sources from before {limit},",
        f"and {undated} on undated ones. Their status stays marked until it is checked.",
        "Data",
        "See what we do not know",
    )


def density(cluster: Cluster, chosen: Filter) -> Finding:
    """Where firms are densest for the number of residents, beside where most of them are."""
    rows = places.firms_per_100_000(cluster, chosen)
    rows = rows[rows["firms"] > 0]
    if rows.empty:
        return Finding("No firm of this choice has a known area.", "", "Data", "See what we do not know")
    top, largest = rows.iloc[0], rows.sort_values(["firms", "label"], ascending=[False, True]).iloc[0]
    detail = f"{words.figure(top['rate'])} per 100,000 residents ({words.count(top['firms'], 'firm')})"
    if top["lad_code"] != largest["lad_code"]:
        detail += f"; {largest['label']}, with most firms ({largest['firms']}), has {words.figure(largest['rate'])}"
    return Finding(f"{top['label']} has most firms for its size:", f"{detail}.", "Map", "See the map")


def headline_figures(cluster: Cluster) -> pd.DataFrame:
    """The figures the pack puts first: name, figure (in words), period, kind, publisher, title, note, url.

    Where an id has several rows, each stands: disagreement is shown, not settled.
    """
    rows = cluster.table("indicators")
    order = {name: place for place, name in enumerate(cluster.pack.headline_indicators)}
    rows = rows[rows["id"].isin(order)].copy()
    rows = rows.assign(place=rows["id"].map(order)).sort_values("place")
    rows["figure"] = [amount_in_words(row) for row in rows.to_dict("records")]
    rows["kind"] = rows["kind"].map(cluster.labels("indicator_kind"))
    first = rows["source_ids"].str.split(";").str[0].str.strip()
    rows["url"] = first.map(cluster.table("sources").set_index("id")["url"])
    columns = ["name", "figure", "period", "kind", "geography", "publisher", "title", "note", "url"]
    return rows[columns].reset_index(drop=True)


def amount_in_words(row: dict[str, object]) -> str:
    """An indicator's value, or its range, in words: "£400m to £430m"; "not readable" if the source cannot be read."""
    value, high, unit = row["value"], row["value_high"], str(row["unit"])
    if pd.isna(value):  # type: ignore[call-overload]
        return "not readable"
    if pd.isna(high):  # type: ignore[call-overload]
        return words.amount(float(value), unit)  # type: ignore[arg-type]
    low = words.money(float(value)) if unit == "GBP" else words.figure(float(value))  # type: ignore[arg-type]
    return f"{low} to {words.amount(float(high), unit)}"  # type: ignore[arg-type]
