"""What is most worth knowing, as sentences computed from the tables. No sentence knows the pack it speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from cluster_data import words
from cluster_data.cluster import Cluster, remembered
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
    if chosen.keeps_of(cluster, "company").any():
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
    total = int(chosen.keeps_of(cluster, "company").sum())
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
    drawn = places.how_drawn(cluster, chosen.but(kinds=("company",)))
    ds = counts.ds_in_order(cluster, chosen)
    marks = ", ".join(f"{GLYPHS[row.symbol]} {row.label.lower()}" for row in ds.itertuples())
    return (
        f"Marks: {marks} (primary D, position to about 100 metres), {drawn['point']} firms. "
        f"Numbered circles: firms placed only by town, position approximate, {drawn['bubble']} firms. "
        f"Not on the map: {drawn['none']}."
    )


def map_marks(cluster: Cluster, chosen: Filter) -> str:
    """The key of the map of organisations, and how many records it draws how."""
    drawn = places.how_drawn(cluster, chosen)
    marks = ", ".join(f"{GLYPHS[row.symbol]} {row.label.lower()}" for row in cluster.table("ds").itertuples())
    missing = places.not_on_map(cluster, chosen)
    left_out = words.listing(f"{row.records} {_noun(row.label)}" for row in missing.itertuples())
    return (
        f"Marks show the primary D: {marks}. Filled: firms; ringed letters: U university, N NHS body, A research asset "
        f"({drawn['point']} records, position to about 100 metres). Numbered circles: records known only by town, "
        f"position approximate ({drawn['bubble']}). Not on the map, position unknown: {left_out or 'none'}."
    )


def density_key(cluster: Cluster, table: pd.DataFrame) -> str:
    """The key of the density map: its shades in order, with the rates they stand for."""
    shades = table.groupby("step")["rate"].agg(["min", "max"])
    parts = [
        "palest, no firm" if step == 0 else f"{row['min']:.1f} to {row['max']:.1f}" for step, row in shades.iterrows()
    ]
    years = words.listing(sorted({str(year) for year in table["population_year"].dropna()}))
    return (
        f"Shades from pale to strong: {'; '.join(parts)} firms per 100,000 residents. The number stands on each area. "
        f"Firms as known in {cluster.pack.as_of_words}; residents of {years}, {cluster.pack.population_source}."
    )


def how_match_matters(cluster: Cluster, chosen: Filter) -> str:
    """Which D changes most between any and primary: "Data falls from 13 firms to 3 when only the primary D counts"."""
    rows = counts.matches_compared(cluster, chosen)
    rows = rows.assign(fall=rows["any"] - rows["primary"]).sort_values("fall", ascending=False)
    if rows.empty or rows["fall"].iloc[0] == 0:
        return "Any D or primary D: the answer is the same"
    row = rows.iloc[0]
    verb = "fall" if row["label"].endswith("s") else "falls"
    return f"{row['label']} {verb} from {row['any']} firms to {row['primary']} when only the primary D counts"


def how_many_span(cluster: Cluster, chosen: Filter) -> str:
    """How many firms have several Ds: "25 of 92 firms span several Ds"."""
    rows = counts.firms_by_number_of_ds(cluster, chosen)
    several = int(rows.loc[rows["ds"] > 1, "firms"].sum())
    verb = "spans" if several == 1 else "span"
    return f"{several} of {words.count(int(rows['firms'].sum()), 'firm')} {verb} several Ds"


def how_much_is_known(split: pd.DataFrame) -> str:
    """For how many firms a split says something: "Known for 42 of 92 firms"."""
    total = int(split["all"].sum())
    unknown = int(split.loc[split["label"] == counts.UNKNOWN, "all"].sum())
    return f"Known for {total - unknown} of {words.count(total, 'firm')}."


def jobs_known(cluster: Cluster, chosen: Filter) -> str:
    """For how many firms the number of employees is known."""
    known = len(counts.head_counts(cluster, chosen))
    firms = words.count(chosen.keeps_of(cluster, "company").sum(), "firm")
    return f"Jobs: the number of employees is known for {known} of {firms}"


def grid_finding(grid: pd.DataFrame, lens: help.Lens) -> str:
    """What the heat map shows first: its empty or thinnest cell, or, for firms known to face it, how few are known."""
    if lens.name == "firms known to face it":
        total = int(grid["value"].sum())
        return (
            "No firm of this choice is known to face a challenge"
            if not total
            else "Few firms are on record with a challenge"
        )
    missing = grid[grid["shown"] == "no help"] if lens.name == "firms per source of help" else grid[grid["help"] == 0]
    missing = missing[~missing["column"].isin([help.NO_D, help.UNKNOWN])]
    if len(missing) == 1:
        row = missing.iloc[0]
        return f"No help with {words.first_lower(row['title'])} is known for {_column(row)}"
    if len(missing):
        row = missing.iloc[0]
        return (
            f"{len(missing)} cells have no known help, among them {words.first_lower(row['title'])} for {_column(row)}"
        )
    known = grid[grid["value"].notna() & ~grid["column"].isin([help.NO_D, help.UNKNOWN])]
    if known.empty:
        return "Nothing is known for this choice"
    ratio = lens.name == "firms per source of help"
    row = known.sort_values("value", ascending=not ratio).iloc[0]
    return f"Help is thinnest for {_column(row)} with {words.first_lower(row['title'])}: {row['shown']} {lens.unit}"


def _column(row: pd.Series) -> str:
    return str(row["label"]).lower() if row["column"].islower() else str(row["label"])


def no_such_split(lens: help.Lens, by: str) -> str:
    """Why a lens cannot be split in this way."""
    why = {
        "stage": "firms and sources of help name their stages in different words",
        "theme": "firms are not sorted by theme",
    }
    return f"“{lens.name}” cannot be shown by {by}: {why.get(by, '')}. Shown by {lens.splits[0]} instead."


def cell_title(challenge: str, column: str | None) -> str:
    """The heading above what is behind a cell."""
    return f"{challenge} · {column}" if column else challenge


def cell_parts(behind: Mapping[str, pd.DataFrame]) -> list[tuple[str, str]]:
    """The parts behind a cell with their headings, help first: (sort, "3 support offers")."""
    nouns = {
        "offer": ("support offer", "No support offer is known"),
        "asset": ("research asset", "No research asset is known"),
        "company": ("firm known to face it", "No firm is on record as facing it"),
    }
    parts = []
    for sort, (noun, none) in nouns.items():
        several = "firms known to face it" if sort == "company" else ""
        rows = len(behind[sort])
        parts.append((sort, words.count(rows, noun, several) if rows else none))
    return parts


def nearest_miss(cluster: Cluster, chosen: Filter, lens: help.Lens, by: str, challenge: str, title: str) -> str:
    """What comes closest where no help is known: help with the challenge in other columns, or none at all."""
    behind = help.behind_cell(cluster, chosen, lens.name, by, challenge, None)
    sources = len(behind["offer"]) + len(behind["asset"])
    if sources:
        return (
            f"No one yet. Closest: {words.count(sources, 'source', 'sources')} of help with {title}, whatever the {by}."
        )
    return f"No one yet: no source of help with {title} is known for this choice."


def who_is_here(cluster: Cluster, chosen: Filter) -> str:
    """The sorts kept, in their order: "92 firms, 12 universities, 24 NHS trusts and 134 research assets"."""
    one = cluster.labels("sort")
    kept = [
        f"{row.records:,} {_noun(one[row.sort] if row.records == 1 else row.label)}"
        for row in counts.by_sort(cluster, chosen).itertuples()
        if row.records and row.sort not in ("partner", "board")
    ]
    return words.listing(kept) if kept else "No record matches this choice"


def kept_in_words(chosen: Filter, cluster: Cluster) -> str:
    """The choice behind a list of records of all kinds."""
    kinds = [label.lower() for kind, label in cluster.plurals("sort").items() if kind in chosen.kinds]
    return chosen.words(cluster, words.listing(kinds) or "of all kinds").strip()


def how_sure(cluster: Cluster, confidence: object, year: object) -> tuple[str, bool]:
    """How sure and how old a record is, and whether it is over three years old."""
    sure = f"Confidence: {cluster.labels('confidence')[confidence].lower()}" if isinstance(confidence, str) else ""
    if pd.isna(year):
        return f"{sure or 'Confidence not stated'}; its sources carry no date.", False
    newest = int(float(str(year)))
    old = newest < cluster.pack.as_of.year - OLD_AFTER_YEARS
    warning = " Over three years old: check before you rely on it." if old else ""
    return f"{sure}; newest source of {newest}.{warning}", old


def help_in_words(row: object) -> str:
    """What stands below a source of help: distance or reach, status and its year."""
    km, reach, status, year = (getattr(row, name) for name in ("km", "reach", "status", "year"))
    where = (
        f"{km:.1f} km away" if pd.notna(km) else (f"reaches: {reach}" if isinstance(reach, str) else "place not known")
    )
    when = f" ({int(year)})" if pd.notna(year) else ""
    return words.first_upper(f"{where}; status {str(status).lower()}{when}")


def confidence_words(cluster: Cluster) -> str:
    """What each grade of confidence means."""
    rows = cluster.vocabulary("confidence").dropna(subset="meaning")
    return " ".join(f"{row.label}: {words.first_lower(row.meaning)}." for row in rows.itertuples())


def word_list(cluster: Cluster) -> pd.DataFrame:
    """The Ds, roles and statuses with what they mean: Word, Sort, Meaning."""
    ds = cluster.table("ds").sort_values("order")
    rows = [(row.label, "D", row.meaning) for row in ds.itertuples()]
    for field_name, label in (("role", "Role of a firm"), ("stage", "Stage of a firm"), ("status", "Status")):
        rows += [(row.label, label, row.meaning) for row in cluster.vocabulary(field_name).itertuples()]
    return pd.DataFrame(rows, columns=["Word", "Sort", "Meaning"]).fillna("")


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
    years = cluster.records["year"][chosen.keeps_of(cluster, "company")]
    limit = cluster.pack.as_of.year - OLD_AFTER_YEARS
    old, undated = int((years < limit).sum()), int(years.isna().sum())
    return Finding(
        f"{old} of {words.count(len(years), 'firm')} {'rests' if old == 1 else 'rest'} on sources from before {limit},",
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


@remembered
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


def amount_in_words(row: Mapping[str, Any]) -> str:
    """An indicator's value, or its range, in words: "£400m to £430m"; "not readable" if the source cannot be read."""
    value, high, unit = row["value"], row["value_high"], row["unit"]
    if pd.isna(value):
        return "not readable"
    if pd.isna(high):
        return words.amount(value, unit)
    low = words.money(value) if unit == "GBP" else words.figure(value)
    return f"{low} to {words.amount(high, unit)}"
