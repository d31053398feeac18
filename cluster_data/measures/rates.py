"""Firms for every 100,000 residents, as a map shades them and in words."""

import math

import pandas as pd

from cluster_data.measures.counts import firms_by_area
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter
from cluster_data.model.tables import as_read

FEW = 10  # firms: under these one more or less changes a rate much
FEW_FIRMS = f"fewer than {FEW} firms"
LEFT_OUT = "not in your choice"  # an area of which no rate is asked


@remembered
def firms_per_100_000(cluster: Cluster, chosen: Filter) -> pd.DataFrame:
    """One row per area, most firms per resident first: lad_code, label, firms, population, population_year,
    rate, step, few, shown.

    `rate` is firms per 100,000 residents, `few` whether it rests on few firms, `shown` the rate as on a map: with
    a star if so, "0" for no firms. `step` is its shade: 0 for no firms, then fifths from 1 to 5.

    Source: the pack's companies and the population column of areas.csv.
    """
    firms = firms_by_area(cluster, chosen).dropna(subset="lad_code")[["lad_code", "label", "all"]]
    areas = cluster.table("areas")[["lad_code", "population", "population_year"]]
    rows = firms.rename(columns={"all": "firms"}).merge(areas)
    rows["rate"] = (rows["firms"] / rows["population"].astype(float) * 100_000).astype(float)
    some = rows.loc[rows["firms"] > 0, "rate"].rank(pct=True)
    rows["step"] = (some * 5).map(math.ceil).reindex(rows.index, fill_value=0)
    rows["few"] = rows["firms"].between(1, FEW - 1)
    marks = rows["few"].map({True: "*", False: ""})
    rows["shown"] = (rows["rate"].map("{:.1f}".format) + marks).where(rows["firms"] > 0, "0")
    return rows.sort_values(["rate", "label"], ascending=[False, True]).reset_index(drop=True)


def band_in_words(step: int, least: float, most: float) -> str:
    """The rates that a shade stands for, in more decimals than those on the map: "0.37 to 0.98", "1.67", "no firm"."""
    low, high = f"{least:.2f}", f"{most:.2f}"
    return "no firm" if step == 0 else low if low == high else f"{low} to {high}"


def density_in_words(table: pd.DataFrame) -> pd.DataFrame:
    """The table of firms_per_100_000 as readers see it."""
    columns = {"label": "Area", "firms": "Firms", "population": "Residents", "population_year": "Year of residents"}
    columns |= {"rate": "Firms per 100,000 residents", "mark": "Take with care"}
    marked = table.assign(mark=table["few"].map({True: FEW_FIRMS, False: ""}))
    return as_read(marked.round({"rate": 2}), "areas", columns)
