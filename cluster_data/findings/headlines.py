"""What is most worth knowing, as sentences computed from the tables. No sentence knows the pack it speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from cluster_data.findings import area_words, help_words
from cluster_data.findings.help_words import column_in_words
from cluster_data.measures import counts, help, indicators, places, rates
from cluster_data.measures.heat import RATE
from cluster_data.model import words
from cluster_data.model.cluster import KINDS_OF_HELP, Cluster, remembered
from cluster_data.model.filters import Filter
from cluster_data.model.link_words import PRIMARY
from cluster_data.model.source_years import OLD_AFTER_YEARS
from cluster_data.model.wording import counted_in_words, types_in_words

MOST_AREAS_NAMED = 3
LONGEST_NAMED = 50
GATHERED = ("partner", "board")  # kinds of record that a finding counts together
MOST_KINDS_NAMED = 3
BESIDE_FIRMS = ("university", "trust", "asset", "offer")


@dataclass(frozen=True)
class Finding:
    """One thing worth knowing, with the page that shows more."""

    said: str
    detail: str
    page: str
    invitation: str
    parameters: Mapping[str, str] = field(default_factory=dict)


def company_kept(cluster: Cluster, chosen: Filter) -> str:
    """The other types beside the firms: "with 12 universities, 24 NHS trusts and 134 research assets"."""
    rows = np.flatnonzero(chosen.in_each_kind(cluster))
    return f"with {words.listing(counted_in_words(cluster, rows, BESIDE_FIRMS))}"


def worth_knowing(cluster: Cluster, chosen: Filter) -> list[Finding]:
    """The three things most worth knowing about this choice."""
    found = []
    if len(cluster.table("challenges")) and any(chosen.keeps_of(cluster, each).any() for each in ("offer", "asset")):
        found.append(where_help_is_least(cluster, chosen))
    if chosen.keeps_of(cluster, "company").any():
        found += [how_old(cluster, chosen), density(cluster, chosen)]
    return found


def which_d_leads(cluster: Cluster, chosen: Filter) -> str:
    """Which Ds have most firms and which fewest: "Devices lead with 103 of 150 firms; data has fewest, 16".

    Of one D, how many firms of the same choice it holds; of a few firms, how many each D holds: nothing leads there.
    """
    rows = counts.by_d(cluster, chosen).sort_values("company", ascending=False, kind="stable")
    if len(rows) == 1:
        return _firms_of_d(cluster, chosen, rows["label"].iloc[0].lower())
    most = rows["company"].max() if len(rows) else 0
    firms = int(chosen.keeps_of(cluster, "company").sum())
    if not most:
        return "No firm of this choice has a D" if firms else no_firm(cluster, chosen)
    if most < area_words.LEAST_TO_LEAD:
        return _few_by_d(rows, firms)
    least, ds = rows["company"].min(), rows["label"].str.lower()
    first, last = ds[rows["company"] == most], ds[rows["company"] == least]
    of = f"{most:,} of {words.count(firms, 'firm')}{' each' if len(first) > 1 else ''}"
    if least == most:
        return f"{words.first_upper(words.listing(first))} have {of}"
    have = "have" if _several(last) else "has"
    rest = f"{words.listing(last)} {have} {f'fewest, {least:,}' if least else 'none'}"
    return f"{words.first_upper(words.listing(first))} {'lead' if _several(first) else 'leads'} with {of}; {rest}"


def _several(ds: pd.Series) -> bool:
    """Whether the labels of Ds take a verb for several: "Devices lead"."""
    return len(ds) > 1 or ds.iloc[0].endswith("s")


def _firms_of_d(cluster: Cluster, chosen: Filter, d: str) -> str:
    """The share of one D: "7 of 12 firms in Coventry work in digital"."""
    held = int(chosen.keeps_of(cluster, "company").sum())
    whole = int(chosen.but(ds=()).keeps_of(cluster, "company").sum())
    if not whole:
        return no_firm(cluster, chosen)
    firms = f"{words.count(whole, 'firm')}{f' in {_areas_named(chosen)}' if chosen.areas else ''}"
    does = f"{'works' if held < 2 else 'work'} in {d}"
    if chosen.match == PRIMARY:
        does = f"has {d} as its primary D" if held < 2 else f"have {d} as their primary D"
    return f"{f'{held:,}' if held else 'None'} of {firms} {does}"


def no_firm(cluster: Cluster, chosen: Filter) -> str:
    """That there is no firm; if that is for the areas chosen, of how many elsewhere that the choice would keep."""
    elsewhere = chosen.but(areas=())
    if not chosen.areas or not elsewhere.keeps_of(cluster, "company").any():
        return "No firms match this choice"
    if int(elsewhere.keeps_of(cluster, "company").sum()) == 1:
        return f"The one firm of this choice is not known to be in {_areas_named(chosen)}"
    return f"None of {_firms_counted(cluster, elsewhere)} is known to be in {_areas_named(chosen)}"


def _firms_counted(cluster: Cluster, chosen: Filter) -> str:
    """How many firms there are of a choice: "150 firms"; if it is limited, which: "38 digital firms in Northmark"."""
    firms = int(chosen.keeps_of(cluster, "company").sum())
    return f"{firms:,} {chosen.words(cluster)}" if chosen.is_limited() and firms > 1 else words.count(firms, "firm")


def _areas_named(chosen: Filter) -> str:
    return words.listing(chosen.areas) if len(chosen.areas) <= MOST_AREAS_NAMED else "the areas chosen"


def _few_by_d(rows: pd.DataFrame, firms: int) -> str:
    """How many of a few firms each D holds: "Of 3 firms, 2 in digital; 1 in data; none in devices or diagnostics"."""
    held = {number: list(of["label"].str.lower()) for number, of in rows.groupby("company", sort=False)}
    missing = held.pop(0, [])
    if firms == 1:
        return f"The one firm works in {words.listing(held[1])}"
    parts = [f"{n} in {'each of ' if len(ds) > 1 else ''}{words.listing(ds)}" for n, ds in held.items()]
    parts += [f"none in {words.listing(missing, 'or')}"] if missing else []
    return f"Of {words.count(firms, 'firm')}, {'; '.join(parts)}"


def where_firms_are(cluster: Cluster, chosen: Filter, most: int = 3) -> str:
    """The areas with most firms: "Birmingham, Coventry and Warwick hold 38 of 92 firms". Ties are named together.

    Of what areas chosen hold among them, the share of the whole region: "Coventry holds 17 of 92 firms".
    """
    rows = counts.firms_by_area(cluster, chosen).query("all > 0").set_index("label")
    total = int(chosen.keeps_of(cluster, "company").sum())
    found = rows.loc[rows["lad_code"].notna(), "all"]
    if found.empty:
        return "No firm of this choice has a known area" if total else no_firm(cluster, chosen)
    if len(found) == 1 and found.sum() == total and not chosen.areas:
        return f"{f'All {total:,} of these firms are' if total > 1 else 'The one firm is'} in {found.index[0]}"
    whole = _firms_counted(cluster, chosen.but(areas=())) if chosen.areas else words.count(total, "firm")
    return area_words.with_most(found, most, words.count(total, "firm"), whole)


def how_match_matters(cluster: Cluster, chosen: Filter) -> str:
    """Which D changes most between any and primary: "Data falls from 13 firms to 3 when only the primary D counts"."""
    rows = counts.matches_compared(cluster, chosen)
    rows = rows.assign(fall=rows["any"] - rows["primary"]).sort_values("fall", ascending=False)
    if rows.empty or rows["fall"].iloc[0] == 0:
        return "Any D or primary D: the answer is the same"
    row = rows.iloc[0]
    verb = "fall" if row["label"].endswith("s") else "falls"
    firms = words.count(row["any"], "firm")
    return f"{row['label']} {verb} from {firms} to {row['primary']} when only the primary D counts"


def how_many_span(cluster: Cluster, chosen: Filter) -> str:
    """How many firms have several Ds: "25 of 92 firms span several Ds"."""
    rows = counts.combinations_of_ds(cluster, chosen)
    several = int(rows.loc[rows["ds"].map(len) > 1, "firms"].sum())
    verb = "spans" if several == 1 else "span"
    return f"{several:,} of {words.count(int(rows['firms'].sum()), 'firm')} {verb} several Ds"


def grid_finding(grid: pd.DataFrame, lens: help.Lens, by: str) -> str:
    """Which cells of the heat map are empty or thinnest, or, for firms known to face it, how few are known."""
    help_counted = _counted_help(lens)
    if lens.name == "firms known to face it":
        total = int(grid["value"].sum())
        return f"{'Few firms are on record with' if total else 'No firm of this choice is known to face'} a challenge"
    empty = grid["shown"] == "no help" if lens.divides else grid["help"] == 0
    missing = grid[empty]
    if len(missing):
        row = missing.iloc[0]
        if len(missing) == 1:
            return f"No {help_counted} with {words.first_lower(row['title'])} is known for {column_in_words(row, by)}"
        return f"{len(missing)} combinations have no known {help_counted}{_cells_named(missing, by)}"
    known = grid[grid["value"].notna()]
    if known.empty:
        return "Nothing is known for this choice"
    thinnest = known["value"].max() if lens.divides else known["value"].min()
    tied = known[known["value"] == thinnest]
    said = f"{tied['shown'].iloc[0]} {lens.unit_of(thinnest)}"
    challenges = list(dict.fromkeys(tied["title"]))
    if len(challenges) > 1:
        return f"Help is thinnest in {len(tied)} combinations with {said} each{_cells_named(tied, by)}"
    where = f"in {len(tied)} of {grid['column'].nunique()} columns"
    where = f"for {column_in_words(tied.iloc[0], by)}" if len(tied) == 1 else where
    return f"Help with {words.first_lower(challenges[0])} is thinnest {where}: {said}"


def _cells_named(cells: pd.DataFrame, by: str) -> str:
    """A few cells by challenge and column, of many the first: ": rooms for data and rules for data"."""
    named = [f"{words.first_lower(cell['title'])} for {column_in_words(cell, by)}" for _, cell in cells.iterrows()]
    return f": {words.listing(named)}" if len(named) <= help_words.MOST_NAMED else f", among them {named[0]}"


def row_finding(grid: pd.DataFrame, lens: help.Lens, by: str, challenge: str) -> str:
    """Where in a chosen challenge help is missing or thinnest: "no help known for data"; nothing if all are alike."""
    row = grid[grid["challenge"] == challenge]
    missing = row[row["help"] == 0]
    if len(missing) == len(row):
        return ""
    if len(missing):
        return f"no known {_counted_help(lens)} {_in_columns(missing, len(row), by)}"
    known = row.dropna(subset="value")
    thinnest = known[known["value"] == (known["value"].max() if lens.divides else known["value"].min())]
    if len(thinnest) == len(known):
        return ""
    said = (
        f"{thinnest['shown'].iloc[0]} {lens.unit_of(thinnest['value'].iloc[0])}{' each' if len(thinnest) > 1 else ''}"
    )
    return f"thinnest {_in_columns(thinnest, len(row), by)}, with {said}"


def _counted_help(lens: help.Lens) -> str:
    """What the cells of a heat map count."""
    return f"{'local ' if lens.local else ''}help"


def _in_columns(cells: pd.DataFrame, columns: int, by: str) -> str:
    """Cells of one challenge by their columns: "for data and digital", "in 12 of 30 columns"."""
    named = words.listing(column_in_words(cell, by) for _, cell in cells.iterrows())
    return f"for {named}" if len(named) <= LONGEST_NAMED else f"in {len(cells)} of {columns} columns"


def cell_finding(grid: pd.DataFrame, lens: help.Lens, challenge: str, column: str) -> str:
    """What a chosen cell holds: "Affordable prototyping · Diagnostics: 4 sources of help"."""
    row = grid[grid["challenge"] == challenge]
    cell = row[row["column"] == column].iloc[0]
    said = f"{cell['shown']} {lens.unit_of(cell['value'])}" if pd.notna(cell["value"]) else cell["shown"]
    named = cell["told"].removeprefix(cell["shown"])
    return f"{cell['title']} · {cell['label']}: {said}{named}"


def who_is_here(cluster: Cluster, chosen: Filter) -> str:
    """Firms, the largest types kept, how many are none of these: "92 firms, 99 support offers and 255 others"."""
    rows = counts.by_type(cluster, chosen).query("records > 0").set_index("record_type")["records"]
    named = rows.drop(["company", *GATHERED], errors="ignore")
    largest = named.nlargest(MOST_KINDS_NAMED - ("company" in rows)).index
    rest = tuple(rows.index.difference(["company", *largest]))
    if len(rest) == 1:
        rest = ()
    bodies, each, of_rest = cluster.body_codes, chosen.in_each_kind(cluster), cluster.holds("record_type", rest)
    said = counted_in_words(cluster, np.flatnonzero(each & ~of_rest))
    if others := len(np.setdiff1d(bodies[each & of_rest], bodies[each & ~of_rest])):
        said.append(words.count(others, "other"))
    return words.listing(said) or "No record matches this choice"


def who_is_linked(cluster: Cluster, rows: pd.DataFrame, area: str) -> str:
    """How many organisations an area holds, and of how many a link is known; `rows` as Cluster.records."""
    found = rows.drop_duplicates("id")["id"]
    if found.empty:
        return f"No organisation of this choice is placed in {area}"
    links = cluster.table("links")
    linked = int(found.isin([*links["from_id"], *links["to_id"]]).sum())
    return f"{words.count(len(found), 'organisation')} in {area}, {linked or 'none'} with a known link"


def where_help_is_least(cluster: Cluster, chosen: Filter) -> Finding:
    """The challenge with least help, or those that tie, against the one with most."""
    rows = help.help_by_challenge(cluster, chosen)
    least, most, detail = rows.iloc[0], rows.iloc[-1], []
    if rows["help"].eq(least["help"]).sum() == 1:
        both = least["offer"] + least["asset"] - least["help"]
        detail.append(words.listing(types_in_words(cluster, least[list(KINDS_OF_HELP)], both=both)))
    if most["help"] > least["help"]:
        detail.append(f"against {most['help']:,} for {words.first_lower(most['title'])} ({most['challenge']})")
    said, more = f"{help_words.least_help(rows)}.", words.first_upper(f"{'; '.join(detail)}.") if detail else ""
    return Finding(said, more, "Challenges", "See the challenge", {"challenge": least["challenge"]})


def how_old(cluster: Cluster, chosen: Filter) -> Finding:
    """How old the newest sources of the firms are."""
    years = cluster.records["year"][chosen.keeps_of(cluster, "company")]
    if years.empty:
        return Finding(f"{no_firm(cluster, chosen)},", "so there is no source.", "Data", "See what we do not know")
    limit = cluster.pack.as_of.year - OLD_AFTER_YEARS
    old, undated = int((years < limit).sum()), int(years.isna().sum())
    rest = "rests" if old == 1 else "rest"
    return Finding(
        f"{old:,} of {words.count(len(years), 'firm')} {rest} on sources from before {limit},",
        f"and of {undated:,} the year is not known. Their status stays marked until it is checked.",
        "Data",
        "See what we do not know",
    )


def density(cluster: Cluster, chosen: Filter) -> Finding:
    """Where firms are densest for the number of residents, of places with a sure rate, and where most of them are."""
    areas = rates.firms_per_100_000(cluster, chosen)
    rows = areas[areas["firms"] > 0]
    if rows.empty:
        return Finding(f"{where_firms_are(cluster, chosen)}.", "", "Data", "See what we do not know")
    sure, largest = rows[~rows["few"]], rows.sort_values(["firms", "label"], ascending=[False, True]).iloc[0]
    compared = len(sure) > 1
    top = (sure if compared else rows).iloc[0]
    few = f", fewer than {rates.FEW}" if top["few"] else ""
    detail = f"{top['rate']:.1f} per 100,000 residents ({words.count(top['firms'], 'firm')}{few})"
    if largest["firms"] > top["firms"]:
        detail += f"; {largest['label']}, with most ({largest['firms']:,}), has {largest['rate']:.1f}"
    of = f"Of places with {rates.FEW} firms or more, " if compared else ""
    said = f"{of}{top['label']} has most firms for its size:" if len(areas) > 1 else f"{top['label']}:"
    return Finding(said, f"{detail}.", "Map", "See the map", {"show": RATE})


@remembered
def headline_figures(cluster: Cluster) -> pd.DataFrame:
    """The figures the pack puts first: the columns of indicators.figures that a table of figures is made of.

    Where an id has several rows, each stands: disagreement is shown, not settled.
    """
    rows = indicators.figures(cluster)
    order = {name: place for place, name in enumerate(cluster.pack.headline_indicators)}
    rows = rows[rows["id"].isin(order)]
    rows = rows.assign(place=rows["id"].map(order)).sort_values("place", kind="stable")
    columns = ["name", "figure", "period", "kind", "geography", "scope", "publisher", "confidence", "title", "note"]
    return rows[[*columns, "url", "value", "value_high", "unit", "source_ids"]].reset_index(drop=True)


def map_finding(
    cluster: Cluster,
    chosen: Filter,
    place: places.Place | None = None,
    within: float = 0,
    near: pd.DataFrame | None = None,
    dense: bool = False,
) -> str:
    """What the map shows first: what lies near the place asked for, where firms are, or dense, or what was chosen."""
    if place is not None and near is not None:
        exact, rough = places.how_near_known(near)
        found = f"{words.count(exact + rough, 'record')} within {within:g} km of {place.name}"
        whose = f", {rough:,} of them" if exact else ","
        known = f"{whose} known only by town or sector" if rough else ""
        return f"{found}{known}"
    if dense:
        densest = density(cluster, chosen)
        return f"{densest.said} {densest.detail}".strip(" .")
    if chosen.kinds == ("company",):
        return where_firms_are(cluster, chosen)
    return area_words.where_organisations_are(cluster, chosen) or who_is_here(cluster, chosen)
