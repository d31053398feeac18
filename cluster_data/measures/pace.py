"""How far the goals are: what each asks for a year, counted from a sourced baseline. A straight line, no forecast.

Pace is the figure to be added over the number of years; growth is the yearly rate that, compounded, adds the same.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cluster_data.measures import indicators
from cluster_data.model import words
from cluster_data.model.cluster import Cluster, remembered

NOTHING = float("nan")
YEARS_AHEAD = 9
SMALL = 1000


@dataclass(frozen=True)
class Counting:
    """How the goals of a measure are counted: from a baseline, by key; without a year, from `since` until `until`."""

    measure: str
    baseline: str | None
    since: int
    until: int


def pace(extra: float, years: float) -> float:
    """What is to be added in each year: `extra` over `years`, in the unit of `extra`; missing without a year."""
    return extra / years if years > 0 else NOTHING


def growth(extra: float, base: float, years: float) -> float:
    """The yearly rate, as a share of 1, that takes `base` to `base + extra`; missing unless both are above 0."""
    if not (years > 0 and base > 0 and base + extra > 0):
        return NOTHING
    return math.expm1((math.log(base + extra) - math.log(base)) / years)


@remembered
def measures(cluster: Cluster) -> dict[str, str]:
    """The measures that have goals, by id: their labels, in order."""
    rows = indicators.figures(cluster)
    having = set(rows.loc[rows["counts_as"].isin(["goal", "kept"]), "measure"])
    return {measure: label for measure, label in cluster.labels("indicator_measure").items() if measure in having}


@remembered
def baselines(cluster: Cluster, measure: str) -> pd.DataFrame:
    """What the goals of a measure may be counted from, newest first, undated last: columns of indicators.figures.

    Also: label ("17,000 people, about 2022, Publisher"), for a list to choose from.
    """
    rows = _counting(cluster, measure, "baseline").dropna(subset=["value"])
    rows = rows.sort_values("year", ascending=False, kind="stable", na_position="last")
    about = rows["assumed"].map({True: "about ", False: ""}) + rows["year"].astype("string")
    rows["label"] = rows["figure"] + ", " + about.fillna("no year") + ", " + rows["publisher"]
    return rows.reset_index(drop=True)


def baseline_labels(cluster: Cluster, measure: str) -> dict[str, str]:
    """The baselines of a measure by key, the newest first: "17,000 people, 2021, Publisher"."""
    rows = baselines(cluster, measure)
    return dict(zip(rows["key"], rows["label"], strict=True))


def _counting(cluster: Cluster, measure: str, *parts: str) -> pd.DataFrame:
    rows = indicators.figures(cluster)
    return rows[(rows["measure"] == measure) & rows["counts_as"].isin(parts)].copy()


@remembered
def goal_year(cluster: Cluster) -> str:
    """The latest year that a goal of the pack names; without any, the year after the pack's."""
    rows = indicators.figures(cluster)
    named = rows.loc[rows["counts_as"] == "goal", "year_to"].dropna()
    return str(max([cluster.pack.as_of.year + 1, *map(int, named)]))


def years_offered(cluster: Cluster) -> tuple[dict[str, str], dict[str, str]]:
    """Years from which and until which a goal without years may be counted, each in order under its own name.

    From the year of the oldest baseline to the pack's own; from the year after it for YEARS_AHEAD years.
    """
    rows = indicators.figures(cluster)
    now = cluster.pack.as_of.year
    dated = rows.loc[rows["counts_as"] == "baseline", "year"].dropna()
    starts = range(min([now, *map(int, dated)]), now + 1)
    ends = sorted({*range(now + 1, now + 1 + YEARS_AHEAD), int(goal_year(cluster))})
    return {str(year): str(year) for year in starts}, {str(year): str(year) for year in ends}


@remembered
def paces(cluster: Cluster, counting: Counting) -> pd.DataFrame:
    """What each goal of a measure asks for: the columns of indicators.figures, and those below. One row per goal.

    adds (false for what is only kept); dated (its source names the year); start, end, years; pace_low, pace_high (in
    its unit, a year); growth_low, growth_high (yearly rates from the baseline, dated goals only); share_low, share_high
    (of the baseline); why (if there is no pace). A dated goal is counted from the year of the baseline, one without a
    year between those of the `counting`; without any baseline a dated goal starts in the year of the pack.
    """
    base = baseline_of(cluster, counting)
    rows = _counting(cluster, counting.measure, "goal", "kept")
    asked = [_pace_of(row, base, counting, cluster.pack.as_of.year) for row in rows.to_dict("records")]
    more = pd.DataFrame(asked, rows.index, ASKED).astype(dict.fromkeys(ASKED[2:-1], float))
    return rows.join(more).reset_index(drop=True)


def baseline_of(cluster: Cluster, counting: Counting) -> dict[str, Any] | None:
    """The baseline that is counted from, as a row of `baselines`, or None if there is none."""
    known = baselines(cluster, counting.measure)
    found = known[known["key"] == counting.baseline].to_dict("records")
    return found[0] if found else None


ASKED = ["adds", "dated", "start", "end", "years", "pace_low", "pace_high"]
ASKED += ["growth_low", "growth_high", "share_low", "share_high", "why"]


def _pace_of(goal: Mapping[str, Any], base: Mapping[str, Any] | None, counting: Counting, now: int) -> tuple[Any, ...]:
    adds, dated = goal["counts_as"] == "goal", not pd.isna(goal["year_to"])
    low, high = ends(goal)
    end = float(goal["year_to"]) if dated else counting.until
    known = base["year"] if base else now
    start = (NOTHING if pd.isna(known) else float(known)) if dated else counting.since
    years = end - start
    why = _why(adds, low, start, end)
    if why:
        return (adds, dated, start, end, years, *[NOTHING] * 6, why)
    base_low, base_high = ends(base) if base else (NOTHING, NOTHING)
    rates = (growth(low, base_high, years), growth(high, base_low, years)) if dated else (NOTHING, NOTHING)
    shares = (low / base_high, high / base_low) if base and base_low > 0 else (NOTHING, NOTHING)
    return (adds, dated, start, end, years, pace(low, years), pace(high, years), *rates, *shares, "")


def ends(row: Mapping[str, Any]) -> tuple[float, float]:
    """The lower and the upper end of a figure."""
    low = float(row["value"])
    return low, low if pd.isna(row["value_high"]) else float(row["value_high"])


def _why(adds: bool, low: float, start: float, end: float) -> str:
    """Why a goal asks for no pace, or nothing if it does."""
    if not adds:
        return "what is kept adds nothing, so it asks for no growth"
    if pd.isna(low):
        return "the figure is not readable"
    if pd.isna(start):
        return "the source of the baseline names no year"
    if start >= end:
        return f"{end:.0f} does not come after {start:.0f}, from which it would be counted"
    return ""


@remembered
def later(cluster: Cluster, counting: Counting) -> pd.DataFrame:
    """The figures of the baseline's own series, which is its id, for later years, newest first."""
    known, base = baselines(cluster, counting.measure), baseline_of(cluster, counting)
    if base is None or pd.isna(base["year"]):
        return known.iloc[:0]
    return known[(known["id"] == base["id"]) & (known["year"] > base["year"])]


def two_digits(value: float) -> float:
    """A number rounded to two significant digits, halves away from zero: 662.5 becomes 660, 125 becomes 130."""
    if not value:
        return 0.0
    unit = 10.0 ** (math.floor(math.log10(abs(value))) - 1)
    return math.copysign(math.floor(abs(value) / unit + 0.5) * unit, value)


def range_in_words(low: float, high: float, unit: str) -> str:
    """A yearly pace without the unit that its goal has: "660 to 740", "£44m to £48m".

    It is rounded to two digits, unless it is a small whole number of something other than money.
    """

    def said(value: float) -> str:
        if unit in words.MONEY:
            return words.amount(two_digits(value), unit)
        even = value == int(value) and abs(value) < SMALL
        return f"{value if even else two_digits(value):,.10g}"

    first, last = said(low), said(high)
    return first if first == last else f"{first} to {last}"


def rates_in_words(low: float, high: float) -> str:
    """Yearly rates in percent: "3.4% to 3.8%"; nothing if they are not known."""
    if pd.isna(low):
        return ""
    first, last = (f"{words.figure(100 * rate)}%" for rate in (low, high))
    return first if first == last else f"{first} to {last}"
