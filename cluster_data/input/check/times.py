"""Rules of time and order: days are days, the past is past, and what starts comes before what ends."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from cluster_data.input.faults import Fault, shown
from cluster_data.input.sheets import Sheet

IN_ORDER = (
    ("opens", "closes", "it closes before it opens"),
    ("year_from", "year_to", "the first year comes after the last"),
    ("value", "value_high", "the upper end is below the lower"),
)


def time_faults(sheet: Sheet, today: date) -> Iterator[Fault]:
    """Days that no calendar has, what is still to come where only the past may be, ends before starts."""
    for column in sheet.rows.columns:
        past = sheet.about(column).get("past")
        if past is not None and pd.api.types.is_string_dtype(sheet.rows[column]):
            yield from day_faults(sheet, column, today if past else None)
        elif past:
            years = sheet.sound(column)[column].dropna()
            yield from to_come(sheet.file, column, years[years > today.year], today)
    for first, last, says in IN_ORDER:
        if sheet.has(first, last):
            yield from out_of_order(sheet, first, last, says)


def day_faults(sheet: Sheet, column: str, latest: date | None) -> Iterator[Fault]:
    """Days such as 30 February, and days after the latest that may be."""
    days = sheet.sound(column)[column].dropna()
    real = pd.to_datetime(days, format="%Y-%m-%d", errors="coerce").notna()
    for line, day in days[~real].items():
        yield Fault(sheet.file, int(line), column, day, f"{shown(day)} is in no calendar.", "Correct the day.")
    if latest is not None:
        yield from to_come(sheet.file, column, days[real & (days > str(latest))], latest)


def to_come(file: str, column: str, values: pd.Series, today: date) -> Iterator[Fault]:
    """Days or years that are still to come."""
    for line, value in values.items():
        says = f"{value} is in the future; today is {today}."
        yield Fault(file, int(line), column, str(value), says, "Correct it, or leave it empty until then.")


def out_of_order(sheet: Sheet, first: str, last: str, says: str) -> Iterator[Fault]:
    """Pairs of cells whose second is less than the first."""
    rows = sheet.sound(first, last).dropna(subset=[first, last])
    for line in rows.index[rows[last] < rows[first]]:
        start, end = sheet.texts.loc[line, [first, last]]
        told = f"{says}: {shown(first)} is {start} and {shown(last)} is {end}."
        yield Fault(sheet.file, int(line), last, end, told, "Correct one of the two.")
