"""Places side by side, and those most like one: what is measured of each, beside all of its kind and the region."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cluster_data.findings import area_words
from cluster_data.measures import areas, counts
from cluster_data.measures.rates import FEW
from cluster_data.model import words
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter, reaching
from cluster_data.model.formats import Amount, Number, typed
from cluster_data.model.sites import site_rows

MOST = 3  # places side by side
RATE, SHORT_RATE = "rate", "Per 100,000 residents"
LIKENESS = (
    "Alike are places with nearly as many residents and nearly as many firms of each D. Twice as many counts the same "
    "wherever it starts. Shares are not compared: with few firms they jump."
)


@remembered
def labels(cluster: Cluster, chosen: Filter) -> dict[str, str]:
    """What is measured of a place, by column of `measured`, in the order of a picture."""
    plurals = cluster.plurals("record_type")
    firms = words.first_upper(words.plural(area_words.firm_noun(cluster, chosen)))
    return {
        "company": firms,
        RATE: f"{firms} per 100,000 residents",
        **{f"d {label}": label for label in counts.ds_in_order(cluster, chosen)["label"]},
        "asset": plurals["asset"],
        "offer": f"{plurals['offer']} in reach",
        "link": "Known links",
        "trust": plurals["trust"],
        "site": "NHS sites",
        "residents": "Residents",
    }


@remembered
def measured(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """One row per area, in the order of areas.kinds: area, kind, then a column for each of `labels`."""
    rows, firms = areas.all_areas(cluster, chosen), firms_of_areas(cluster, chosen)
    offers = cluster.records.loc[areas.of_region(chosen).keeps_of(cluster, "offer"), "reach"].value_counts()
    reached = (reaching(cluster, frozenset(cluster.area_codes[area])) for area in rows["area"])
    more = {
        **{f"d {label}": firms[label].to_numpy() for label in firms},
        "offer": [int(offers.reindex(list(reaches), fill_value=0).sum()) for reaches in reached],
        "link": areas.ends_in(cluster, chosen, areas.holding(cluster)).any(axis=2).sum(axis=1),
        "site": _sites(cluster, chosen),
    }
    return rows.assign(**more)[["area", "kind", *labels(cluster, chosen)]]


def _sites(cluster: Cluster, chosen: Filter) -> np.ndarray:
    """Sites in each area of the NHS bodies that the choice keeps."""
    counts_here, _ = areas.counting(cluster, chosen)
    rows = site_rows(cluster)
    at = pd.Index(list(cluster.area_names)).get_indexer(rows.loc[counts_here[rows["row"]], "lad_code"])
    return areas.holding(cluster) @ np.bincount(at[at >= 0], minlength=len(cluster.area_names))


def side_by_side(cluster: Cluster, chosen: Filter, places: Sequence[str]) -> pd.DataFrame:
    """The places asked for, then the others of the kind of the first: the rows of `measured`."""
    rows = measured(cluster, chosen).set_index("area", drop=False)
    kind = rows.loc[places[0], "kind"] if places else areas.SINGLE
    others = rows.index[(rows["kind"] == kind) & ~rows["area"].isin(places)]
    return rows.loc[[*places, *others]]


def of_region(cluster: Cluster, chosen: Filter, kind: str) -> pd.Series:
    """What a place of a kind would have if it were like the region: its rate, else the average of that kind."""
    rows = measured(cluster, chosen)
    peers = rows.loc[rows["kind"] == kind, list(labels(cluster, chosen))].astype(float)
    average = peers.mean(skipna=False) if len(peers) > 1 else peers.mean() * np.nan
    return average.where(average.index != RATE, areas.rate_of_region(cluster, chosen))


def dots(cluster: Cluster, chosen: Filter, places: Sequence[str]) -> pd.DataFrame:
    """For each measure each place of side_by_side, then the region: measure, label, area, value, said (in words).

    The region has no area. What is not known has no row.
    """
    rows, named = side_by_side(cluster, chosen, places), labels(cluster, chosen)
    region = of_region(cluster, chosen, rows["kind"].iloc[0]) if len(rows) else pd.Series(np.nan, list(named))
    table = [
        (measure, SHORT_RATE if measure == RATE else label, area, float(value), _said(measure, value, firms))
        for measure, label in named.items()
        for area, value, firms in [
            *zip(rows["area"], rows[measure], rows["company"], strict=True),
            ("", region[measure], FEW),
        ]
        if pd.notna(value)
    ]
    return pd.DataFrame(table, columns=["measure", "label", "area", "value", "said"])


def _said(measure: str, value: float, firms: int) -> str:
    if measure == RATE:
        return f"{area_words.rate_in_words(value)}{'*' if firms < FEW else ''}"
    return f"{value:,.0f}" if float(value).is_integer() or value >= 100 else f"{value:,.1f}"


def dots_in_words(cluster: Cluster, chosen: Filter, places: Sequence[str]) -> pd.DataFrame:
    """The dots as a table: a row for each place and, last, the region; a column for each measure."""
    table, named = dots(cluster, chosen, places), labels(cluster, chosen)
    region = f"{cluster.pack.the_region}: its rate, else the average"
    cells = list(map(Amount, table["said"], table["value"].round(4)))
    table = table.assign(area=table["area"].replace("", region), cell=pd.Series(cells, table.index, object))
    wide = table.pivot(index="area", columns="measure", values="cell")
    order = [*side_by_side(cluster, chosen, places)["area"], region]
    wide = wide.reindex(index=order, columns=list(named)).set_axis(list(named.values()), axis=1)
    formats = {
        label: Number(decimals=1 if measure == RATE else None, unknown="not given") for measure, label in named.items()
    }
    return typed(wide.rename_axis("Area").reset_index(), formats)


def title(cluster: Cluster, chosen: Filter, places: Sequence[str]) -> str:
    """How many firms each place has: "Aldbrook has 2 heartland firms, Birkwick 1 and Dunmere none"."""
    noun = area_words.firm_noun(cluster, chosen)
    firms = [int(areas.of_one(cluster, chosen, area)["company"]) for area in places]
    first = f"{places[0]} has {words.count(firms[0], noun) if firms[0] else f'no {noun}'}"
    rest = [f"{area} {f'{number:,}' if number else 'none'}" for area, number in zip(places[1:], firms[1:], strict=True)]
    return f"{words.listing([first, *rest])}{', of this choice' if chosen.is_limited() else ''}"


def standing(cluster: Cluster, chosen: Filter, places: Sequence[str]) -> str:
    """The rates of places beside the region's, in sentences to follow the statement."""
    whole = areas.region_counts(cluster, chosen)["company"]
    said = [f"{area} {area_words.marked_rate(cluster, chosen, area)}" for area in places]
    region = f"{cluster.pack.the_region} {area_words.rate_in_words(areas.rate_of_region(cluster, chosen))}"
    return f", of {whole:,} in {cluster.pack.the_region}. Per 100,000 residents: {', '.join(said)}; {region}."


def finding(cluster: Cluster, chosen: Filter, places: Sequence[str]) -> str:
    """What the strips show: where one place stands best and worst among its kind, or which of several has most."""
    rows = side_by_side(cluster, chosen, places)
    values = rows[list(labels(cluster, chosen))].astype(float)
    values = values.loc[:, values.notna().all() & (values.max() > values.min())]
    values = values.drop(columns="residents", errors="ignore")
    if len(places) > 1:
        return _who_has_most(values.loc[list(places)])
    if not places:
        return f"{words.first_upper(words.count(len(rows), areas.SINGLE, words.plural(areas.SINGLE)))} side by side"
    return _best_and_worst(values.rename(columns=labels(cluster, chosen)), places[0], rows["kind"].iloc[0])


def _who_has_most(values: pd.DataFrame) -> str:
    top = values.eq(values.max())
    leads = (top & (top.sum() == 1)).sum(axis=1).sort_values(ascending=False, kind="stable")
    ahead = [(area, number) for area, number in leads.items() if number]
    if not ahead:
        return "None of them has more than the others of anything"
    (first, most), *rest = ahead
    said = [f"{first} has most in {most}", *(f"{area} in {number}" for area, number in rest)]
    tied = len(values.columns) - sum(number for _, number in ahead)
    equal = f"; in {tied} none is alone ahead" if tied else ""
    return f"Of {words.count(len(values.columns), 'measure')} besides residents, {words.listing(said)}{equal}"


def _best_and_worst(values: pd.DataFrame, area: str, kind: str) -> str:
    ranks = values.rank(ascending=False, method="min").loc[area].astype(int)
    if ranks.empty:
        return f"Nothing tells {area} from others of its kind"
    among = f"Of {words.count(len(values), kind, words.plural(kind))}, {area} is"
    if ranks.min() == ranks.max():
        return f"{among} {words.ordinal(int(ranks.min()))} by everything measured here"

    def place(measure: str) -> str:
        joint = "joint " if (values[measure] == values.loc[area, measure]).sum() > 1 else ""
        return f"{joint}{words.ordinal(int(ranks[measure]))} by {words.first_lower(measure)}"

    return f"{among} {place(str(ranks.idxmin()))}, and {place(str(ranks.idxmax()))}"


@remembered
def firms_of_areas(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """Firms by area and D: a row per area, a column per D label. Chosen areas set no limit."""
    counted = areas.holding(cluster) @ areas.firms_by_authority(cluster, chosen)[:-1]
    return pd.DataFrame(counted, list(areas.kinds(cluster)), list(counts.ds_in_order(cluster, chosen)["label"]))


@remembered
def by_likeness(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """The other areas of the same kind with residents of the same year, most like it first, then by name.

    Columns area, residents, company, by_residents, by_firms, steps, and one per D label with its firms. `steps` is
    by_residents, the doublings between their residents, plus by_firms, the mean over the Ds of the doublings between
    their firms with one added to each.
    """
    rows = areas.all_areas(cluster, chosen)
    firms = firms_of_areas(cluster, chosen)
    own = rows["area"].to_numpy() == area
    residents, year = rows["residents"].to_numpy(), rows["year"].to_numpy()
    peers = (rows["kind"].to_numpy() == areas.kinds(cluster)[area]) & (year == year[own]) & ~own
    by_residents = np.abs(np.log2(residents / residents[own]))
    doublings = np.abs(np.log2((firms + 1) / (firms[own].to_numpy() + 1)))
    by_firms = doublings.sum(axis=1).to_numpy() / max(len(firms.columns), 1)
    steps = {"by_residents": by_residents, "by_firms": by_firms, "steps": by_residents + by_firms}
    table = rows[["area", "residents", "company"]].assign(**steps, **firms.reset_index(drop=True))
    return table[peers].sort_values(["steps", "area"], ignore_index=True)


def similar_finding(cluster: Cluster, chosen: Filter, area: str, most: int = MOST) -> str:
    """Which areas are most like one, or why none is: "Most like it among counties: Dudleyshire and Walsallshire"."""
    kind = areas.kinds(cluster)[area]
    rows = by_likeness(cluster, chosen, area).head(most)
    if len(rows):
        return f"Most like it among {words.plural(kind)}: {words.listing(rows['area'])}"
    years = "" if areas.is_alone(cluster, area) else ": residents are of different years"
    return f"No other {kind} to compare it with{years}"


def similar_in_words(cluster: Cluster, chosen: Filter, area: str, most: int = MOST) -> list[tuple[str, str]]:
    """The areas most like one, each with what is alike: [("Dudley", "Residents 286,000 and 323,500; firms ...")]."""
    own, noun = areas.of_one(cluster, chosen, area), words.plural(area_words.firm_noun(cluster, chosen))
    said = []
    for other in by_likeness(cluster, chosen, area)["area"].head(most):
        row = areas.of_one(cluster, chosen, other)
        people = f"Residents {own['residents']:,.0f} and {row['residents']:,.0f}"
        rates = f"{area_words.marked_rate(cluster, chosen, area)} and {area_words.marked_rate(cluster, chosen, other)}"
        counted = f"{noun} {own['company']:,} and {row['company']:,}"
        said.append((other, f"{people}; {counted}; per 100,000 residents {rates}."))
    return said


@remembered
def similar_table(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """An area and all of its kind, most like it first, as readers see them."""
    rows = by_likeness(cluster, chosen, area)
    own = areas.of_one(cluster, chosen, area)
    first = pd.DataFrame([{"area": area, "residents": own["residents"], "company": own["company"]}])
    first = first.join(firms_of_areas(cluster, chosen).loc[[area]].reset_index(drop=True))
    labels = list(counts.ds_in_order(cluster, chosen)["label"])
    table = pd.concat([first, rows])[["area", "residents", "company", *labels]].astype({"residents": int})
    return table.rename(columns={"area": "Area", "residents": "Residents", "company": "Firms"})
