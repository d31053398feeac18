"""Areas like another one, in words: what is alike, with the two numbers."""

import pandas as pd

from cluster_data.findings import area_words
from cluster_data.measures import areas, counts, similar
from cluster_data.model import words
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter


def similar_finding(cluster: Cluster, chosen: Filter, area: str, most: int = 3) -> str:
    """Which areas are most like one, or why none is: "Most like it among counties: Dudleyshire and Walsallshire"."""
    kind = areas.kinds(cluster)[area]
    rows = similar.by_likeness(cluster, chosen, area).head(most)
    if len(rows):
        return f"Most like it among {words.plural(kind)}: {words.listing(rows['area'])}"
    years = "" if areas.is_alone(cluster, area) else ": residents are of different years"
    return f"No other {kind} to compare it with{years}"


def similar_in_words(cluster: Cluster, chosen: Filter, area: str, most: int = 3) -> list[tuple[str, str]]:
    """The areas most like one, each with what is alike: [("Dudley", "Residents 286,000 and 323,500; firms ...")]."""
    own, noun = areas.of_one(cluster, chosen, area), words.plural(area_words.firm_noun(cluster, chosen))
    said = []
    for other in similar.by_likeness(cluster, chosen, area)["area"].head(most):
        row = areas.of_one(cluster, chosen, other)
        people = f"Residents {own['residents']:,.0f} and {row['residents']:,.0f}"
        rates = f"{area_words.marked_rate(cluster, chosen, area)} and {area_words.marked_rate(cluster, chosen, other)}"
        counted = f"{noun} {own['company']:,} and {row['company']:,}"
        said.append((other, f"{people}; {counted}; per 100,000 residents {rates}."))
    return said


@remembered
def similar_table(cluster: Cluster, chosen: Filter, area: str) -> pd.DataFrame:
    """An area and all of its kind, most like it first, as readers see them."""
    rows = similar.by_likeness(cluster, chosen, area)
    own = areas.of_one(cluster, chosen, area)
    first = pd.DataFrame([{"area": area, "residents": own["residents"], "company": own["company"]}])
    first = first.join(similar.firms_of_areas(cluster, chosen).loc[[area]].reset_index(drop=True))
    labels = list(counts.ds_in_order(cluster, chosen)["label"])
    table = pd.concat([first, rows])[["area", "residents", "company", *labels]].astype({"residents": int})
    return table.rename(columns={"area": "Area", "residents": "Residents", "company": "Firms"})
