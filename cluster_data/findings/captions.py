"""The words that stand beside figures: keys, captions, what is behind a cell, how sure a record is."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cluster_data.findings.headlines import cell_finding, grid_finding, row_finding
from cluster_data.findings.help_words import least_help
from cluster_data.measures import citations, counts, help, organisations, places, rates, splits, support
from cluster_data.measures.spots import sites_among, sites_in_words, sites_kept
from cluster_data.model import words
from cluster_data.model.cluster import KINDS_OF_HELP, Cluster
from cluster_data.model.filters import Filter
from cluster_data.model.link_words import PRIMARY
from cluster_data.model.wording import counted_in_words, type_in_words, types_in_words, with_types
from cluster_data.palette import GLYPHS

NOWHERE = "No organisation of this choice"
EXPLAINED = {
    "record_type": "Kind",
    "role": "Role of a firm",
    "stage": "Stage of a firm",
    "company_kind": "Type of firm",
    "trust_kind": "Kind of NHS body",
    "asset_kind": "Kind of asset",
    "offer_kind": "Kind of help",
    "offer_stage": "Stage of the product",
    "status": "Status",
    "confidence": "Confidence",
    "word": "Other word",
}  # fields of the vocabulary, and what their words are the kinds of
OPEN_TO_ALL = "Some help is meant for a D by name; what names none is open to every D and counts under each."


def source_line(cluster: Cluster) -> str:
    """Where counts of records come from."""
    cited, as_of = len(cluster.table("sources")), cluster.pack.as_of_words
    return f"Source: this dashboard’s list of organisations, compiled from {cited:,} cited pages, {as_of}."


def overlap_note(chosen: Filter) -> str:
    """How the columns by D relate to the total, and what counts under each."""
    return f"{firms_overlap(chosen)} {OPEN_TO_ALL}"


def firms_overlap(chosen: Filter) -> str:
    """How firms by D relate to their total."""
    if chosen.match == PRIMARY:
        return "A record counts under its primary D alone."
    return "A record counts under each of its Ds, so the Ds overlap and do not add up to the total."


def map_in_words(cluster: Cluster, chosen: Filter) -> str:
    """What the map of firms shows, for those who do not see it."""
    top = counts.firms_by_area(cluster, chosen).query("all > 0").head(5)
    parts = [f"{row.label} {row.all:,}" for row in top.itertuples()]
    return f"Map of {chosen.words(cluster)}. Most by area: {words.listing(parts)}." if parts else "Map without firms."


def map_key(cluster: Cluster, chosen: Filter) -> str:
    """The key of the map of firms, and how many of them it draws how."""
    ds = counts.ds_in_order(cluster, chosen)
    marks = ", ".join(f"{GLYPHS[row.symbol]} {row.label.lower()}" for row in ds.itertuples())
    return (
        f"Marks: {marks} (primary D, position to about 100 metres). Numbered circles: firms placed only by town; towns "
        f"too close to tell apart share one. {map_key_in_short(cluster, chosen.but(kinds=('company',)))}"
    )


def map_key_in_short(cluster: Cluster, chosen: Filter) -> str:
    """How many records a map with a key of its own draws how, and at how many sites of how many bodies."""
    drawn, missing = places.how_drawn(cluster, chosen), places.not_on_map(cluster, chosen)["records"].sum()
    what = "Firms" if chosen.kinds == ("company",) else "Organisations"
    by_place = f"{what} placed by postcode: {drawn['point']:,}; only by town: {drawn['bubble']:,}"
    of_area = places.known_by_area_alone(cluster, chosen)
    by_area = f" ({of_area:,} of them known by area)" if of_area else ""
    sites = sites_kept(cluster, chosen)
    at_sites = f"NHS bodies stand at their sites where these are known: {sites_in_words(cluster, sites)}."
    return words.sentences(f"{by_place}; not on the map: {missing:,}{by_area}.", at_sites if len(sites) else "")


def near_key(near: pd.DataFrame) -> str:
    """How many records within a circle stand where: "In the circle: 8 placed exactly, 4 only by town or sector"."""
    exact, rough = places.how_near_known(near)
    return f"In the circle: {exact:,} placed exactly, {rough:,} only by town or sector."


def strong_lines(cluster: Cluster) -> str:
    """Which borders the map of organisations draws strong."""
    groups = cluster.names("groups")
    named = [groups[group] for group in cluster.pack.outlines]
    if (cluster.table("groups")["kind"] == cluster.pack.outline_kind).any():
        named.append(f"each {cluster.pack.outline_kind}")
    return f"Strong lines: {words.listing(named)}." if named else ""


def on_map(cluster: Cluster, chosen: Filter) -> tuple[str, str]:
    """How many organisations the map draws: "3 of 5 organisations are on the map"; then what it does not, and why."""
    missing, placed = int(places.not_on_map(cluster, chosen)["records"].sum()), organisations.placed(cluster, chosen)
    shown, each = placed - missing, chosen.in_each_kind(cluster)
    said = f"{shown:,} of {words.count(placed, 'organisation')} {'is' if shown == 1 else 'are'} on the map"
    rest = [f"{missing:,} {'has' if missing == 1 else 'have'} no known position."] if missing else []
    standing = cluster.holds("record_type", places.PLACED_TYPES)
    elsewhere, bodies = np.flatnonzero(each & ~standing), cluster.body_codes
    if len(elsewhere):
        also = len(elsewhere) - len(np.setdiff1d(bodies[elsewhere], bodies[each & standing]))
        listed = f"; {also:,} of them {'is' if also == 1 else 'are'} listed as another kind" if also else ""
        verb = "stands" if len(elsewhere) == 1 else "stand"
        rest.append(f"{words.listing(counted_in_words(cluster, elsewhere))} {verb} at no one place{listed}.")
    return (said if placed else NOWHERE), " ".join(rest)


def shades(table: pd.DataFrame) -> list[tuple[int, str]]:
    """The shades of the density map from little to much, each with the rates it stands for: (step, "0.37 to 1.12")."""
    found = table.groupby("step")["rate"].agg(["min", "max"]).reset_index()
    rows = found.itertuples(index=False, name=None)
    return [(int(step), rates.band_in_words(step, least, most)) for step, least, most in rows]


def density_note(table: pd.DataFrame) -> str:
    """What the numbers of the density map are, and which to take with care."""
    star = f"Hatched and *: {rates.FEW_FIRMS}, so one more or less changes the rate much."
    return f"Firms per 100,000 residents. {star if table['few'].any() else ''}".rstrip()


def density_period(cluster: Cluster, table: pd.DataFrame) -> str:
    """From when the numbers of the density map are."""
    years = words.listing(sorted({str(year) for year in table["population_year"].dropna()}))
    return f"Firms as known in {cluster.pack.as_of_words}; residents of {years}, {cluster.pack.population_source}."


def split_finding(split: pd.DataFrame, cut: str) -> str:
    """What most firms of a split are: "Stage: growth for 20 of 92 firms; not known for 50"."""
    total, known = int(split["all"].sum()), split[split["label"] != counts.UNKNOWN]
    if not total:
        return f"No firm of this choice, so no {cut}"
    firms, placed = words.count(total, "firm"), int(known["all"].sum())
    if not placed:
        return f"{words.first_upper(cut)}: not known for any of {firms}"
    top = known[known["all"] == known["all"].max()]
    if len(top) > 1:
        return f"{words.first_upper(cut)}: known for {placed:,} of {firms}"
    unknown = f"; not known for {total - placed:,}" if placed < total else ""
    leading = words.first_lower(top["label"].iloc[0])
    return f"{words.first_upper(cut)}: {leading} for {top['all'].iloc[0]:,} of {firms}{unknown}"


def no_such_split(lens: help.Lens, by: str) -> str:
    """Why a lens cannot be split in this way."""
    why = {
        "stage": "firms and sources of help name their stages in different words",
        "theme": "firms are not sorted by theme",
    }
    return f"“{lens.name}” cannot be shown by {by}: {why.get(by, '')}. Shown by {lens.splits[0]} instead."


def challenges_finding(
    cluster: Cluster,
    chosen: Filter,
    grid: pd.DataFrame,
    lens: help.Lens,
    by: str,
    challenge: str | None,
    column: str | None,
) -> str:
    """What the heat map shows first, as the Overview says it, or what the challenge or cell chosen holds."""
    if challenge is None:
        rows = grid.drop_duplicates("challenge")
        counted = lens.counts_help and len(rows)
        first = least_help(rows.assign(help=rows["whole"]), lens.local) if counted else grid_finding(grid, lens, by)
        return words.sentences(first, chosen.searched())
    if column is not None:
        return words.sentences(cell_finding(grid, lens, challenge, column), chosen.searched())
    behind = support.behind_cell(cluster, chosen, lens.name, by, challenge, None)
    title = grid.loc[grid["challenge"] == challenge, "title"].iloc[0]
    said = {each: words.first_lower(heading) for each, heading in cell_parts(cluster, chosen, behind, "", None)}
    if lens.name == "firms known to face it":
        return f"{title}: {said['company']}"
    known = words.listing(counted_in_words(cluster, helping(behind)))
    if not known:
        return f"{title}: no {'local ' if lens.local else ''}source of help is known"
    told = f"{title}: {'local help by ' if lens.local else ''}{known}"
    return "; ".join(filter(None, [told, row_finding(grid, lens, by, challenge)]))


def cell_parts(
    cluster: Cluster, chosen: Filter, behind: Mapping[str, pd.DataFrame], by: str, column: str | None
) -> list[tuple[str, str]]:
    """The parts behind a cell with their headings, help first: (record_type, "3 support offers")."""
    of_theme, of_area = by == "theme" and column is not None, by in splits.AREA_SPLITS and column is not None
    here = of_area or bool(chosen.areas)
    where = "based there" if here else "of this choice"  # what is based elsewhere may have an offer there
    none = {
        "offer": "no {offer} of this choice is known",
        "asset": "{assets} name no theme" if of_theme else f"no {{asset}} {where} is known",
        "company": "no firm is on record as facing it",
    }
    facing = words.count(len(behind["company"]), "firm known to face it", "firms known to face it")
    said = {each: type_in_words(cluster, each, len(behind[each])) for each in KINDS_OF_HELP} | {"company": facing}
    return [
        (each, said[each] if len(behind[each]) else words.first_upper(with_types(cluster, none[each]))) for each in none
    ]


def helping(behind: Mapping[str, pd.DataFrame]) -> pd.Index:
    """The sources of help behind a cell, as rows of Cluster.records."""
    return behind["asset"].index.append(behind["offer"].index)


def nearest_miss(cluster: Cluster, chosen: Filter, lens: help.Lens, by: str, challenge: str, title: str) -> str:
    """What comes closest where no help is known: help with the challenge in other columns, or none at all."""
    behind = support.behind_cell(cluster, chosen, lens.name, by, challenge, None)
    sources = len(set(cluster.bodies[helping(behind)]))
    if sources:
        known = f"{words.count(sources, 'source', 'sources')} of help with {title}"
        return f"No one yet. Closest: {known}, whatever the {splits.noun(by)}."
    return f"No one yet: no source of help with {title} is known for this choice."


def listed_once(cluster: Cluster, chosen: Filter) -> str:
    """How many records of a list are of several kinds, so that the kinds add up to more, and of which most are."""
    keep = chosen.in_each_kind(cluster)
    kinds = cluster.records["record_type"][keep].groupby(cluster.body_codes[keep]).agg(tuple)
    several = kinds[kinds.map(len) > 1]
    if several.empty:
        return ""
    both = words.listing(words.noun(cluster.labels("record_type")[each]) for each in several.mode()[0])
    are = "is" if len(several) == 1 else "are"
    return f"{len(several):,} {are} of more than one kind, such as {both}: counted in each kind, listed once."


def how_founded(cluster: Cluster, row: int) -> str:
    """A warning where the record in this row of Cluster.records rests on one source alone: "One source only."."""
    number = citations.rests_on(cluster)[row]
    return f"{words.first_upper(citations.ONE_ONLY)}." if number == 1 else ""


def distance_in_words(km: float, approximate: bool) -> str:
    """How far something is: "1.3 km away", "about 13 km away", "in the same town" where only towns are known."""
    if approximate and km == 0:
        return "in the same town"
    return f"{words.kilometres(km, approximate)} away"


def confidence_words(cluster: Cluster) -> str:
    """What each grade of confidence means."""
    rows = cluster.vocabulary("confidence").dropna(subset="meaning")
    return " ".join(f"{row.label}: {words.first_lower(row.meaning)}." for row in rows.itertuples())


def word_list(cluster: Cluster) -> pd.DataFrame:
    """The words of the lists that the pack explains, and others that it uses: Word, Kind, Meaning."""
    ds = cluster.table("ds").sort_values("order").assign(kind="D")
    told = pd.concat([ds, *(cluster.vocabulary(of).assign(kind=kind) for of, kind in EXPLAINED.items())])
    told = told.dropna(subset="meaning")[["label", "kind", "meaning"]]
    return told.set_axis(["Word", "Kind", "Meaning"], axis=1).reset_index(drop=True)


def local_beside(cluster: Cluster, chosen: Filter, grid: pd.DataFrame, lens: help.Lens, by: str) -> str:
    """Where each cell has help: that it has, and where local help alone is missing or thinnest."""
    local = next(each for each in help.LENS.values() if each.local)
    if not lens.counts_help or lens.local or by not in local.splits or not (grid["help"] > 0).all():
        return ""
    found = grid_finding(help.challenge_grid(cluster, chosen, local.name, by), local, by)
    return f"No combination is without help. Of local help alone: {words.first_lower(found)}."


def how_split(cluster: Cluster, lens: help.Lens, by: str) -> str:
    """How to read the cells of a split: what stands first, what is left out, what the numbers in brackets are."""
    if not lens.counts_help:
        return ""
    if by in splits.AREA_SPLITS:
        return (
            "Help for an area: offers that reach it and assets based in it. First what every area has; "
            "beside it what each area has on top of that."
        )
    if by == "theme":
        return with_types(cluster, "By theme only {offers} count: {assets} name none. All help counts both.")
    return f"“8 (3)” is 8: 3 meant for this {by}, 5 open to every {by}."


def near_statement(
    cluster: Cluster, chosen: Filter, place: places.Place | None, within: float, near: pd.DataFrame | None
) -> str:
    """What a list of what lies near counts: "Records in Northmark, within 5 km of Aldbrook: 2 heartland firms, ..."."""
    if place is None or near is None:
        return ""
    numbers = near.drop_duplicates(["record_type", "id"])["record_type"].value_counts()
    roles = words.listing([cluster.labels("role")[role].lower() for role in chosen.roles])
    said = types_in_words(cluster, numbers, roles)
    about = chosen.but(kinds=(), roles=(), stages=()).words(cluster, "records")
    return f"{words.first_upper(about)}, within {within:g} km of {place.name}: {words.listing(said) or 'none'}"


def near_parts(cluster: Cluster, place: places.Place, within: float, near: pd.DataFrame) -> list[tuple[bool, str]]:
    """The two lists of what lies near: (approximate, heading), first what is placed exactly."""
    parts = []
    for rough, said in (
        (False, f"placed within {within:g} km of {place.name}"),
        (True, "known only by a town or sector whose middle lies within"),
    ):
        rows = near[near["approximate"] == rough]
        among = sites_among(cluster, rows[rows["site"].notna()])
        if len(rows) or not rough:
            parts.append(
                (rough, f"{words.count(len(rows[['record_type', 'id']].drop_duplicates()), 'record')} {said}{among}")
            )
    return parts
