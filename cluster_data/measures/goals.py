"""The goals in words: what they ask for, on what assumptions, and whether anyone can say how it goes."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from cluster_data.measures import indicators, pace
from cluster_data.measures.indicators import amounts
from cluster_data.measures.pace import Counting, rates_in_words
from cluster_data.model import words
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.formats import FIRM, SOURCES, Amount, Format, Range, Year, typed

Row = Mapping[str, Any]
RULES = (
    "Pace is what would be added, divided by the years from start to end. What does not come out even is rounded to "
    "two digits; the table of goals has it in full.",
    "Growth is the yearly rate that, compounded over the same years, adds as much to the baseline.",
    "Both are plain sums on published figures, in a straight line: not a forecast.",
)
APART = "Goals are not added up: their makers, areas, scopes and years differ."
TABLE_SOURCE = "Goals as their makers state them, each with its source. Pace and share: reckoned from the baseline."
NO_BASELINE = "Without a baseline nobody can say whether the region is on pace."
NO_LATER = "No later figure of the baseline’s series is known, so nobody can say whether the region is on pace."
WAY = ["role", "year", "low", "high", "unit", "said", "period", "publisher", "kind", "source", "asked"]


@remembered
def target_finding(cluster: Cluster, counting: Counting) -> str:
    """The title: "The target asks for 660 to 740 more jobs a year on average until 2030, counted from 17,000 ..."."""
    asked, base = pace.paces(cluster, counting), pace.baseline_of(cluster, counting)
    first = asked.sort_values(["dated", "adds"], ascending=False, kind="stable").iloc[0]
    kind = words.first_lower(first["kind"])
    if first["why"]:
        return f"No yearly pace can be told for the {kind}: {first['why']}"
    more = words.first_lower(pace.measures(cluster)[counting.measure])
    start = f"{first['start']:.0f}"
    if base and first["dated"]:
        start = f"{_figure(base)} in {_year(base)}{_doubted(cluster, base)}"
    asks = f"The {kind} asks for {_pace(first)} more {more} a year on average"
    return f"{asks} until {first['end']:.0f}, counted from {start}"


def _doubted(cluster: Cluster, row: Row) -> str:
    """A warning where the confidence in a figure is flagged as doubted."""
    doubted = {cluster.labels("confidence")[word] for word in cluster.flagged("confidence", "doubted")}
    sure = row["confidence"]
    return f", a figure of {words.first_lower(sure)} confidence" if sure in doubted else ""


def _year(row: Row) -> str:
    """The year of a figure: "2021", "about 2022" where the source states none."""
    return f"{'about ' if row['assumed'] else ''}{row['year']:.0f}"


def _figure(row: Row) -> str:
    """A figure without its noun: "17,000", "£4bn"."""
    unit = row["unit"] if row["unit"] in (*words.MONEY, "percent") else "count"
    return indicators.amount_in_words({"value": row["value"], "value_high": row["value_high"], "unit": unit})


@remembered
def goals_in_words(cluster: Cluster, counting: Counting) -> pd.DataFrame:
    """The goals as cards: columns of pace.paces, with figure (the pace in words) and detail (what it is made of)."""
    asked, base = pace.paces(cluster, counting), pace.baseline_of(cluster, counting)
    rows = asked.to_dict("records")
    figures = ["No pace" if row["why"] else f"{_pace(row)} a year" for row in rows]
    return asked.assign(figure=figures, detail=[_detail(row, base) for row in rows])


def _pace(goal: Row) -> str:
    return pace.range_in_words(goal["pace_low"], goal["pace_high"], goal["unit"])


def _detail(row: Row, base: Row | None) -> str:
    if row["why"]:
        return f"{words.first_upper(row['figure'])}. No pace: {row['why']}."
    assumed = "" if row["dated"] else ", assumed"
    years = f"{words.count(row['years'], 'year')} ({row['start']:.0f} to {row['end']:.0f}{assumed})"
    told = f"{row['figure']} more over {years}"
    if base is not None and not pd.isna(row["growth_low"]):
        return f"{told}: growth of {rates_in_words(row['growth_low'], row['growth_high'])} a year on {_figure(base)}."
    if base is not None and not pd.isna(row["share_low"]):
        return (
            f"{told}: in all {rates_in_words(row['share_low'], row['share_high'])} of the baseline’s {_figure(base)}."
        )
    return f"{told}."


@remembered
def assumptions(cluster: Cluster, counting: Counting) -> tuple[str, ...]:
    """All that the paces take for granted, in sentences."""
    asked, base = pace.paces(cluster, counting), pace.baseline_of(cluster, counting)
    told = [*RULES, about_baseline(cluster, counting)]
    if base is not None:
        known = indicators.figures(cluster)
        others = known[(known["question"] == base["question"]) & (known["key"] != base["key"])]
        told += [f"Another source: {row['name']}, {_in_full(row)}." for row in others.to_dict("records")]
    if (asked["adds"] & ~asked["dated"]).any():
        told.append(
            f"Some goals name no year: they are counted from {counting.since} until {counting.until}. Both years are "
            "assumptions, and yours to choose."
        )
    return (*told, APART)


def doubts(cluster: Cluster, counting: Counting) -> str:
    """Where a goal counts something else than its baseline; all about a baseline in which confidence is doubted."""
    base, asked = pace.baseline_of(cluster, counting), pace.paces(cluster, counting)
    if base is None:
        return ""
    doubted = about_baseline(cluster, counting) if _doubted(cluster, base) else ""
    return words.sentences(*_other_scopes(asked[asked["dated"]], base), doubted)


@remembered
def about_baseline(cluster: Cluster, counting: Counting) -> str:
    """What paces are counted from: the figure in full, how sure it is, its note; or that none is known."""
    base = pace.baseline_of(cluster, counting)
    now = cluster.pack.as_of.year
    if base is None:
        return f"No baseline is known: goals that name a year are counted from {now}, the year of this data."
    note = f" Note: {base['note']}." if isinstance(base["note"], str) else ""
    said = f"Baseline: {base['name']}, {_in_full(base)}; confidence {words.first_lower(base['confidence'])}.{note}"
    if pd.isna(base["year"]):
        return f"{said} Its source names no year, so nothing can be counted from it."
    about = f" Its source states no year: this assumes that the figure holds for {_year(base)}."
    return f"{said}{about if base['assumed'] else ''}"


def _in_full(row: Row) -> str:
    return f"{row['figure']}, {row['period']}, {row['publisher']}"


def _other_scopes(asked: pd.DataFrame, base: Row) -> list[str]:
    """Where a goal and its baseline count other things: said, since the two are then not quite the same measure."""
    rows = asked[(asked["scope"] != base["scope"]) | (asked["geography"] != base["geography"])]
    rest = f"; the baseline counts {_scope(base)}. The two may not cover the same."
    return [f"“{row['name']}” counts {_scope(row)}{rest}" for row in rows.to_dict("records")]


def _scope(row: Row) -> str:
    scope = row["scope"] if isinstance(row["scope"], str) else "a scope not stated"
    return f"{scope} in {row['geography']}"


@remembered
def on_pace(cluster: Cluster, counting: Counting) -> str:
    """How the baseline's own series went on, against what the first dated goal asks for; or that nobody can say."""
    later, dated = pace.later(cluster, counting), _dated_goals(cluster, counting)
    base = pace.baseline_of(cluster, counting)
    if base is None:
        return NO_BASELINE
    if later.empty or dated.empty:
        return NO_LATER
    new, goal = later.iloc[0].to_dict(), dated.iloc[0]
    figure = f"{new['figure']} in {_year(new)} ({words.first_lower(new['kind'])}, {new['publisher']})"
    told = f"Since then the baseline’s series gives {figure}"
    if not (pd.isna(new["value_high"]) and pd.isna(base["value_high"])):
        return f"{told}; from ranges no pace can be told."
    since = pace.pace(new["value"] - base["value"], float(new["year"] - base["year"]))
    went = pace.range_in_words(since, since, base["unit"])
    slower, faster = since < goal["pace_low"], since > goal["pace_high"]
    verdict = "slower than" if slower else "faster than" if faster else "as fast as"
    return f"{told}: {went} a year, {verdict} the {_pace(goal)} that is asked for."


def _dated_goals(cluster: Cluster, counting: Counting) -> pd.DataFrame:
    """The goals whose year is stated and that ask for a pace."""
    asked = pace.paces(cluster, counting)
    return asked[asked["dated"] & (asked["why"] == "")]


@remembered
def goals_table(cluster: Cluster, counting: Counting) -> pd.DataFrame:
    """The goals as readers see them in a table, with their paces as exact as they are."""
    asked = pace.paces(cluster, counting)
    rows = asked.to_dict("records")
    a_year = [f"No pace: {row['why']}" if row["why"] else _exact(row) for row in rows]
    table = asked.assign(
        figure=amounts(asked["figure"], asked["value"], asked["value_high"], asked["unit"]),
        dated=asked["dated"].map({True: "stated", False: "assumed"}),
        pace=amounts(a_year, asked["pace_low"], asked["pace_high"]),
        growth=_percents(asked["growth_low"], asked["growth_high"]),
        share=_percents(asked["share_low"], asked["share_high"]),
    )
    names = {"name": "Goal", "figure": "Figure", "kind": "Kind", "start": "From", "end": "Until", "dated": "Years"}
    names |= {"pace": "A year", "growth": "Growth a year", "share": "Of the baseline"}
    names |= {"publisher": "Publisher", "url": "Source"}
    formats: dict[str, Format] = {"Figure": Range(), "From": Year(), "Until": Year()}
    for name, of in (("A year", "value"), ("Growth a year", "percent"), ("Of the baseline", "percent")):
        formats[name] = Range(f"{name}, {of}", f"{name}, upper {of}", "")
    return typed(table[list(names)].rename(columns=names), formats | {"Publisher": FIRM, "Source": SOURCES})


def _percents(low: pd.Series, high: pd.Series) -> list[Amount]:
    return amounts(map(rates_in_words, low, high), low * 100, high * 100)


def _exact(row: Row) -> str:
    high = None if row["pace_low"] == row["pace_high"] else row["pace_high"]
    return indicators.amount_in_words({"value": row["pace_low"], "value_high": high, "unit": row["unit"]})


@remembered
def path(cluster: Cluster, counting: Counting) -> pd.DataFrame:
    """The way from the baseline to the first dated goal that has a pace: columns WAY.

    role is baseline, other (further baselines with a year) or goal (the baseline with what would be added); asked is
    the gap and the pace of the goal: "5,300 to 5,900 people more: 660 to 740 a year". Empty without such a goal or
    without a baseline.
    """
    base, dated = pace.baseline_of(cluster, counting), _dated_goals(cluster, counting)
    if base is None or dated.empty:
        return pd.DataFrame(columns=WAY)
    goal = dated.iloc[0].to_dict()
    known = pace.baselines(cluster, counting.measure).dropna(subset=["year"]).to_dict("records")
    rows = [row | {"role": "baseline" if row["key"] == base["key"] else "other", "asked": ""} for row in known]
    low, high = (one + other for one, other in zip(pace.ends(goal), pace.ends(base), strict=True))
    reached = {"role": "goal", "value": low, "value_high": None if low == high else high, "year": goal["end"]}
    rows.append(goal | reached | {"asked": f"{goal['figure']} more: {_pace(goal)} a year"})
    points = [row | dict(zip(("low", "high"), pace.ends(row), strict=True)) | {"said": _figure(row)} for row in rows]
    return pd.DataFrame(points)[WAY].astype({"year": float})


@remembered
def path_finding(cluster: Cluster, counting: Counting) -> str:
    """The heading above the drawing, if there is one: "Jobs: 17,000 in about 2022; with the target, 22,300 in 2030"."""
    way, base = path(cluster, counting), pace.baseline_of(cluster, counting)
    if base is None or way.empty:
        return ""
    goal = way[way["role"] == "goal"].iloc[0]
    label, kind = pace.measures(cluster)[counting.measure], words.first_lower(goal["kind"])
    return f"{label}: {_figure(base)} in {_year(base)}; with the {kind}, {goal['said']} in {goal['year']:.0f}"


def path_source(way: pd.DataFrame) -> str:
    """What the marks of the drawing are, and whose figures they show."""
    sources = "; ".join(dict.fromkeys(way["source"]))
    others = " Open marks: what other sources say." if (way["role"] == "other").any() else ""
    return (
        f"Filled mark: the baseline chosen.{others} Bar at the end: the baseline with what would be added; "
        f"the bracket is the gap. Dotted: a straight line between them, not a forecast. Source: {sources}."
    )


def path_in_words(way: pd.DataFrame) -> pd.DataFrame:
    """The table of path as readers see it."""
    roles = {"baseline": "The baseline chosen", "other": "Another source", "goal": "Baseline and goal together"}
    figures = amounts(way["said"], way["low"], way["high"], way["unit"])
    names = {"role": "What", **{name: name.capitalize() for name in ("year", "figure", "period", "kind", "publisher")}}
    table = way.assign(role=way["role"].map(roles), figure=figures)[list(names)].rename(columns=names)
    return typed(table, {"Year": Year(), "Figure": Range(), "Publisher": FIRM})
