"""Rules of sourced figures: questions have several answers, goals and their baselines share a unit."""

from collections.abc import Iterator

from cluster_data.input.faults import Fault, in_quotes
from cluster_data.input.sheets import Sheet


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
