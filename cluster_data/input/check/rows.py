"""Rules of rows: pairs are filled together, days are days, the past is past, starts precede ends, figures agree."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from cluster_data.input.faults import Fault, in_quotes
from cluster_data.input.sheets import Sheet

TOGETHER = (("lat", "lon"), ("measure", "counts_as"))
IN_ORDER = (
    ("opens", "closes", "it closes before it opens"),
    ("year_from", "year_to", "the first year comes after the last"),
    ("value", "value_high", "the upper end is below the lower"),
)


def row_faults(sheet: Sheet, today: date) -> Iterator[Fault]:
    """Halves of pairs; days that no calendar has, what is to come where only the past may be, ends before starts."""
    for one, other in (pair for pair in TOGETHER if sheet.has(*pair)):
        yield from pair_faults(sheet, one, other)
        yield from pair_faults(sheet, other, one)
    for column in sheet.rows.columns:
        past = sheet.about(column).get("past")
        if past is not None:
            yield from time_faults(sheet, column, today, bool(past))
    for first, last, says in (rule for rule in IN_ORDER if sheet.has(*rule[:2])):
        rows = sheet.sound(first, last).dropna(subset=[first, last])
        for line in rows.index[rows[last] < rows[first]]:
            start, end = sheet.texts.loc[line, [first, last]]
            told = f"{says}: {in_quotes(first)} is {start} and {in_quotes(last)} is {end}."
            yield sheet.fault(line, last, end, told, "Correct one of the two.")


def pair_faults(sheet: Sheet, there: str, missing: str) -> Iterator[Fault]:
    """Rows with one of two cells that belong together."""
    rows = sheet.sound(there, missing)
    for line in rows.index[rows[there].notna() & rows[missing].isna()]:
        says = f"this is empty, while {in_quotes(there)} is {in_quotes(sheet.texts.loc[line, there])}."
        yield sheet.fault(line, missing, None, says, "Fill both or neither.")


def time_faults(sheet: Sheet, column: str, today: date, past: bool) -> Iterator[Fault]:
    """Days such as 30 February; days or years that are still to come, if only the past may be."""
    times = sheet.sound(column)[column].dropna()
    latest: object = today.year
    if pd.api.types.is_string_dtype(times):
        real, latest = pd.to_datetime(times, format="%Y-%m-%d", errors="coerce").notna(), str(today)
        yield from sheet.each(times[~real], "{} is in no calendar.", "Correct the day.")
        times = times[real]
    if past:
        for line, value in times[times > latest].items():
            says = f"{value} is in the future; today is {today}."
            yield sheet.fault(line, column, str(value), says, "Correct it, or leave it empty until then.")


def figure_faults(indicators: Sheet) -> Iterator[Fault]:
    """Periods that state a year beside one that is assumed; lone answers; measures in several units."""
    rows = indicators.sound("year_about", "year_from", "year_to")
    stated = rows["year_from"].notna() | rows["year_to"].notna()
    doubled = rows.loc[stated, "year_about"].dropna()
    yield from indicators.each(doubled, "{} stands beside a year that the period states.", "Leave it empty.")
    if not indicators.whole:
        return
    questions = indicators.sound("question")["question"].dropna()
    lone = questions[~questions.duplicated(keep=False)]
    yield from indicators.each(lone, "no other row answers {}.", "Correct it, or leave it empty.")
    rows = indicators.sound("measure", "unit").dropna(subset=["measure", "unit"])
    first = rows.groupby("measure")["unit"].transform("first")
    for line, row in rows[rows["unit"] != first].iterrows():
        unit, measure, other = map(in_quotes, (row["unit"], row["measure"], first[line]))
        says = f"{unit} is not the unit of other rows of {measure}, {other}."
        yield indicators.fault(line, "unit", row["unit"], says, "Use one unit for one measure.")
