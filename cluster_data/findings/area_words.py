"""What one area is like, in sentences and in tables as readers see them. Under FEW firms no percentage is given."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from cluster_data.measures import areas, counts, heat, organisations
from cluster_data.measures.areas import ACROSS, UNPLACED, WITHIN
from cluster_data.measures.organisations import addresses_of, names
from cluster_data.measures.rates import FEW
from cluster_data.model import words
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter
from cluster_data.model.formats import FIRM, NOT_KNOWN, SOURCES, Amount, Number, Record, Year, typed
from cluster_data.model.wording import in_both_kinds, of_kinds, type_in_words, types_in_words, with_types

FEW_SAID = f"* on fewer than {FEW} firms"
LEAST_TO_LEAD, MOST_LEADING = 3, 2  # firms of what leads, areas that may lead together
WHY_NO_PERCENTAGE = "Under 10 firms no percentage is given: one firm more or less would move it by over ten points."
SAID_OF_ENDS = {ACROSS: "Across its border", WITHIN: "Both ends here", UNPLACED: "Other end’s place not known"}


def firm_noun(cluster: Cluster, chosen: Filter) -> str:
    """What one of the firms counted is called: "health-tech firm", or "firm" if several roles count."""
    return f"{cluster.labels('role')[chosen.roles[0]].lower()} firm" if len(chosen.roles) == 1 else "firm"


def with_most(
    found: "pd.Series[int]", most: int, total: str, whole: str, held: Callable[[list[str]], int] | None = None
) -> str:
    """The areas that hold most of the whole; `found` holds the number of each, by name.

    `held` tells what several hold, if that is not the sum.
    """
    found = found.sort_index().sort_values(ascending=False, kind="stable")
    least = found.nlargest(most).iloc[-1]
    top, above = found[found >= least], found[found > least]
    top = above if len(top) > most + 1 and len(above) else top
    if len(top) > most + 1:
        return f"{total} spread over {words.count(len(found), 'area')}"
    number = held(list(top.index)) if held else int(top.sum())
    return f"{words.listing(top.index)} {'holds' if len(top) == 1 else 'hold'} {number:,} of {whole}"


@remembered
def which_areas_lead(cluster: Cluster, chosen: Filter) -> str:
    """Where most firms of each D are: "Birmingham leads in data and devices; Birmingham and Coventry in digital".

    Of Ds that many areas share or few firms have nothing is said; empty where that leaves none, or of a single area.
    """
    table = heat.firms_by_d_and_area(cluster, chosen).query("area != @heat.NOT_LOCATED")
    leading: dict[tuple[str, ...], list[str]] = {}
    for row in counts.ds_in_order(cluster, chosen).itertuples():
        most = table.loc[(table[row.d] == table[row.d].max()) & (table[row.d] >= LEAST_TO_LEAD), "area"]
        if 0 < len(most) <= MOST_LEADING:
            leading.setdefault(tuple(most), []).append(row.label.lower())
    if len(table) < 2 or not leading:
        return ""
    first, *others = sorted(leading.items(), key=lambda pair: -len(pair[1]))
    verb = "leads" if len(first[0]) == 1 else "lead"
    parts = [f"{words.listing(first[0])} {verb} in {words.listing(first[1])}"]
    return "; ".join(parts + [f"{words.listing(these)} in {words.listing(ds)}" for these, ds in others])


def where_organisations_are(cluster: Cluster, chosen: Filter, most: int = 3) -> str:
    """Where most stand of all that can stand on a map: "Birmingham and Coventry hold 190 of 482 organisations".

    What has sites stands in the area of each, and counts once in what several areas hold. Empty if nothing can stand.
    """
    found, whole = (organisations.of_map(cluster, among)["id"].unique() for among in (chosen, chosen.but(areas=())))
    nouns = of_kinds(cluster, chosen.kinds)
    said, at = words.count(len(whole), *nouns), organisations.standing_in(cluster, chosen)
    if at.empty:
        where = f"in {words.listing(chosen.areas, 'or')}" if chosen.areas else "at any place"
        return f"None of {said} is known to be {where}" if len(whole) > 1 else ""

    def held(top: list[str]) -> int:
        return int(at.loc[at["area"].isin(top), "id"].nunique())

    return with_most(at["area"].value_counts(), most, words.count(len(found), *nouns), said, held)


def title(cluster: Cluster, chosen: Filter, area: str) -> str:
    """Who stands in an area: "Based in Walsall: 1 health-tech firm, no university and 1 NHS trust"."""
    row = areas.of_one(cluster, chosen, area)
    one, several = cluster.labels("record_type"), cluster.plurals("record_type")
    said = [_no_or(row["company"], firm_noun(cluster, chosen))]
    said += [
        _no_or(row[each], words.noun(one[each]), words.noun(several[each])) for each in ("university", "trust", "asset")
    ]
    return f"Based in {area}{', of this choice' if chosen.is_limited() else ''}: {words.listing(said)}"


def _no_or(number: int, one: str, several: str = "") -> str:
    return words.count(number, one, several) if number else f"no {one}"


@remembered
def standing(cluster: Cluster, chosen: Filter, area: str) -> str:
    """Firms per resident, beside the region's, and their rank, in sentences to follow the statement."""
    row = areas.of_one(cluster, chosen, area)
    region = f"of {areas.region_counts(cluster, chosen)['company']:,} in {cluster.pack.the_region}"
    if pd.isna(row["rate"]):
        return f", {region}. No rate: the residents of its parts are of different years."
    rate = f"{rate_in_words(row['rate'])} per 100,000 residents, {rank_in_words(cluster, chosen, area)}"
    whole = areas.rate_of_region(cluster, chosen)
    beside = f"; {cluster.pack.the_region} has {rate_in_words(whole)}" if pd.notna(whole) else ""
    more = row["rank"]
    if pd.notna(more) and row["company"] < FEW and areas.region_counts(cluster, chosen)["company"]:
        more = areas.rank_with_one_more(cluster, chosen, area)
    one_more = "" if pd.isna(more) or more == row["rank"] else f" One firm more would make it {words.ordinal(more)}."
    return f", {region}. That is {rate}{beside}.{one_more}"


def rate_in_words(rate: float) -> str:
    """Firms per 100,000 residents to one decimal: "0" and "under 0.1" are told apart."""
    if pd.isna(rate):
        return "not given"
    return "0" if rate == 0 else "under 0.1" if rate < 0.05 else f"{rate:.1f}"


def rank_in_words(cluster: Cluster, chosen: Filter, area: str) -> str:
    """The rank of an area by firms per resident: "joint 23rd of 30 local authorities", or why there is none."""
    row = areas.of_one(cluster, chosen, area)
    if pd.isna(row["rank"]):
        only = f"the only {row['kind']}"
        return f"no rank, as {only if areas.is_alone(cluster, area) else f'{only} with residents of its year'}"
    if not row["rate"] and row["tied"] == row["of"]:
        return f"no rank, as no {row['kind']} has any"
    joint = "joint " if row["tied"] > 1 else ""
    peers = words.count(row["of"], row["kind"], words.plural(row["kind"]))
    return f"{joint}{words.ordinal(int(row['rank']))} of {peers}"


def marked_rate(cluster: Cluster, chosen: Filter, area: str) -> str:
    """The firms per 100,000 residents of an area, with the firms it rests on if they are fewer than FEW."""
    row = areas.of_one(cluster, chosen, area)
    few = f" (on {words.count(row['company'], 'firm')})" if row["company"] < FEW and pd.notna(row["rate"]) else ""
    return f"{rate_in_words(row['rate'])}{few}"


@remembered
def beside_region(cluster: Cluster, chosen: Filter, *places: str) -> pd.DataFrame:
    """Areas beside their region: Figure, a column for each area, Region, in words."""
    plurals = cluster.plurals("record_type")
    firms = words.first_upper(words.plural(firm_noun(cluster, chosen)))
    figures = [firms, f"{firms} per 100,000 residents", "Residents", *(plurals[each] for each in areas.COUNTED[1:])]
    columns: dict[str, list[Amount | str]] = {"Figure": [*figures, f"{plurals['offer']} that reach it", "Known links"]}
    for area in places:
        row = areas.of_one(cluster, chosen, area)
        rate = _amount(marked_rate(cluster, chosen, area), row["rate"])
        offers = areas.offers_by_reach(cluster, chosen, area)["offers"].sum()
        links = len(areas.links_in(cluster, chosen, area))
        columns[area] = _figures(row | {"offer": offers}, rate, _residents(row["residents"], row["year"]), links)
    whole, people = areas.rate_of_region(cluster, chosen), areas.residents_of_region(cluster)
    rate = _amount(rate_in_words(whole), whole)
    links = areas.links_of_region(cluster, chosen)["all"]
    region = _figures(areas.region_counts(cluster, chosen), rate, _residents(*people), links)
    return pd.DataFrame(columns | {"Region": region})


def _figures(counted: dict[str, Any], rate: Amount | str, residents: Amount | str, links: int) -> list[Amount | str]:
    numbers = [*(counted[each] for each in (*areas.COUNTED, "offer")), links]
    firms, *others = (Amount(f"{number:,}", int(number)) for number in numbers)
    return [firms, rate, residents, *others]


def _residents(people: float, year: float) -> Amount | str:
    of = f"{year:.0f}" if pd.notna(year) else "year not known"
    return _amount("not added up: years differ" if pd.isna(people) else f"{people:,.0f} ({of})", people)


def _amount(said: str, value: float) -> Amount | str:
    """A number with its words; the words alone where there is none."""
    return said if pd.isna(value) else Amount(said, round(value, 4))


def residents_source(cluster: Cluster) -> str:
    """Where the numbers of residents come from and of which year, as one sentence."""
    years = sorted(cluster.table("areas")["population_year"].dropna().unique())
    source = f", {cluster.pack.population_source}" if cluster.pack.population_source else ""
    added = "; of several areas, their sum" if len(years) == 1 else ""
    return f"Residents of {words.listing(map(str, years)) or 'a year not known'}{source}{added}."


def thin_coverage(cluster: Cluster, *places: str) -> str:
    """Which of these areas, or of all, the pack knows to be thinly covered: numbers there may be too small."""
    codes = {code for area in places or cluster.area_codes for code in cluster.area_codes[area]}
    thin = [name for code, name in cluster.area_names.items() if code in codes & {*cluster.pack.thinly_covered}]
    return f"Thinly covered, so there may be more firms than are listed: {words.listing(thin)}." if thin else ""


def without_area(cluster: Cluster, chosen: Filter) -> str:
    """Which records of the region count in no area: "13 firms and 3 boards of the region have no known area"."""
    missing = areas.without_area(cluster, chosen)
    said = words.listing(types_in_words(cluster, missing))
    have = "has" if sum(missing.values()) == 1 else "have"
    return f"In the region, {said} {have} no known area: no area counts them, nor does any rate." if said else ""


def share(part: int, whole: int, percent: bool) -> str:
    """A part of the firms: "3 of 7 firms", from FEW firms on with its share: "9 of 17 firms (53%)"."""
    said = f"{part:,} of {words.count(whole, 'firm')}"
    return f"{said} ({100 * part / whole:.0f}%)" if percent and whole else said


@remembered
def d_beside_region(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """Firms by D as readers see them: the columns of areas.firms_by_d, total (firms here), said (with the region's)."""
    rows = areas.firms_by_d(cluster, chosen, area)
    total = int(areas.of_one(cluster, chosen, area)["company"])
    whole = areas.region_counts(cluster, chosen)["company"]
    here = [share(part, total, total >= FEW) if total else "none" for part in rows["firms"]]
    there = [share(part, whole, total >= FEW) for part in rows["region"]]
    said = [f"{one} here; in the region {other}" for one, other in zip(here, there, strict=True)]
    return rows.assign(total=total, said=said)


def ds_beside_region(cluster: Cluster, chosen: Filter, *places: str) -> pd.DataFrame:
    """Firms by D of areas beside the region's, with the columns of beside_region."""
    by_d = {area: areas.firms_by_d(cluster, chosen, area) for area in places}
    rows = by_d[places[0]]
    columns = {"Figure": "Firms in " + rows["label"].map(words.first_lower)}
    columns |= {area: counted["firms"] for area, counted in by_d.items()}
    return pd.DataFrame(columns | {"Region": rows["region"]})


def reach(cluster: Cluster, chosen: Filter, area: str) -> str:
    """The offers that reach an area by their reach: "10 held to WMCA area, 43 to ..."; and what counts as reaching."""
    rows = areas.offers_by_reach(cluster, chosen, area)
    if rows.empty:
        return with_types(cluster, "No {offer} of this choice is known to reach it.")
    total = type_in_words(cluster, "offer", rows["offers"].sum())
    verb = "reaches" if rows["offers"].sum() == 1 else "reach"
    parts = words.listing(f"{row.label} ({row.offers:,})" for row in rows.itertuples())
    return f"{total} {verb} it or a part of it. By what they are open to: {parts}."


@remembered
def help_in_words(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """Help per challenge beside the region's, least first: challenge (id), Challenge, Here, Region."""
    rows = areas.help_beside_region(cluster, chosen, area)
    table = {
        "challenge": rows["challenge"],
        "Challenge": rows["title"] + " (" + rows["challenge"] + ")",
        "Here": _sources(rows["offer"], rows["asset"], rows["help"]),
        "Region": _sources(rows["region_offer"], rows["region_asset"], rows["region_help"]),
    }
    return typed(pd.DataFrame(table), {"challenge": Record()})


def _sources(offers: pd.Series, assets: pd.Series, bodies: pd.Series) -> list[str]:
    counted = zip(offers, assets, offers + assets - bodies, strict=True)
    return [
        f"{_no_or(offer, 'offer')}, {_no_or(asset, 'asset')}{in_both_kinds(both)}" for offer, asset, both in counted
    ]


def links_finding(cluster: Cluster, chosen: Filter, area: str) -> str:
    """How many links lead out of an area: "3 known links lead across its border"."""
    ends = areas.links_in(cluster, chosen, area)["other_end"]
    if ends.empty:
        return "No link is listed"
    across = int((ends == ACROSS).sum())
    if not across:
        return f"None of {words.count(len(ends), 'known link')} is known to lead across its border"
    lead = "leads" if across == 1 else "lead"
    return f"{across:,} of {words.count(len(ends), 'known link')} {lead} across its border"


def links_note(cluster: Cluster, chosen: Filter, area: str) -> str:
    """Where the other ends are, beside the region's links, and which links count."""
    ends = areas.links_in(cluster, chosen, area)["other_end"]
    within, unplaced = int((ends == WITHIN).sum()), int((ends == UNPLACED).sum())
    whole = areas.links_of_region(cluster, chosen)
    here = f"Both ends here: {within:,}; place of the other end not known: {unplaced:,}. "
    if not whole["all"]:
        return "In the region too no link of this choice is known."
    there = (
        f"In the region {words.count(whole['all'], 'link is', 'links are')} known; both places are known of "
        f"{whole['placed']:,}. Of these, lead from one {areas.SINGLE} to another: {whole['across']:,}. "
    )
    return f"{here if len(ends) else ''}{there}A link counts if an end that the filter keeps is here."


def links_by_kind_in_words(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """The links of an area by kind as readers see them: Kind of link, and a column for each place of the other end."""
    links, labels = areas.links_in(cluster, chosen, area), cluster.labels("link_kind")
    grid = links.groupby(["kind", "other_end"]).size().unstack(fill_value=0)
    grid = grid.reindex([kind for kind in labels if kind in grid.index], columns=list(SAID_OF_ENDS), fill_value=0)
    grid = grid.rename(index=labels, columns=SAID_OF_ENDS)
    return grid.rename_axis("Kind of link").rename_axis(None, axis=1).reset_index()


def links_in_words(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """The links of an area one by one, those across its border first: Here, Link, Other end, Where, Year, Note,
    Sources (addresses)."""
    rows = areas.links_in(cluster, chosen, area)
    named = names(cluster)
    table = {
        "Here": rows["here"].map(named),
        "Link": rows["said"],
        "Other end": rows["other"].map(named),
        "Where": rows["where"].fillna("not known"),
        "Year": rows["year"].astype("Int64"),
        "Note": rows["note"].fillna(""),
        "Sources": addresses_of(cluster, rows["source_ids"]),
        "order": rows["other_end"].map({end: place for place, end in enumerate(SAID_OF_ENDS)}),
    }
    found = pd.DataFrame(table).sort_values(["order", "Here", "Other end", "Link"], ignore_index=True)
    formats = {"Where": FIRM, "Year": Year(unknown=NOT_KNOWN), "Sources": SOURCES}
    return typed(found.drop(columns="order"), formats)


def list_in_words(cluster: Cluster, chosen: Filter) -> dict[str, pd.DataFrame]:
    """All areas by kind, local authorities first: Area, Firms, Per 100,000 residents, the other types, Residents."""
    rows = areas.all_areas(cluster, chosen)
    plurals = cluster.plurals("record_type")
    types = {each: plurals[each] for each in ("university", "trust", "asset")}
    marks = ["*" if row.company < FEW and pd.notna(row.rate) else "" for row in rows.itertuples()]
    rates = [
        Amount(f"{rate_in_words(rate)}{mark}", round(rate, 4)) for rate, mark in zip(rows["rate"], marks, strict=True)
    ]
    columns = {
        "Area": rows["area"],
        "Firms": rows["company"],
        "Per 100,000 residents": rates,
        **{label: rows[each] for each, label in types.items()},
        "Residents": list(map(_residents, rows["residents"], rows["year"])),
    }
    formats = {"Per 100,000 residents": Number(decimals=1, unknown="not given"), "Residents": Number()}
    table = typed(pd.DataFrame(columns), formats)
    kinds = sorted(dict.fromkeys(rows["kind"]), key=lambda kind: kind != areas.SINGLE)
    return {kind: table[rows["kind"] == kind].reset_index(drop=True) for kind in kinds}
