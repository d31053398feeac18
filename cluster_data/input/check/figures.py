"""Rules of sourced figures: questions have several answers, goals and their baselines share a measure and a unit."""

from collections.abc import Iterator

from cluster_data.input.faults import Fault, shown
from cluster_data.input.sheets import Sheet


def figure_faults(indicators: Sheet) -> Iterator[Fault]:
    """What makes a figure stand alone where it should stand beside others, or says its year twice."""
    yield from half_said(indicators)
    yield from two_years(indicators)
    if indicators.whole:
        yield from lone_answers(indicators)
        yield from mixed_units(indicators)


def half_said(indicators: Sheet) -> Iterator[Fault]:
    """Rows with a measure that count as nothing, or that count as something without a measure."""
    rows = indicators.sound("measure", "counts_as")
    for missing, there in (("measure", "counts_as"), ("counts_as", "measure")):
        for line, value in rows.loc[rows[missing].isna(), there].dropna().items():
            says = f"this is empty, while {shown(there)} is {shown(value)}."
            yield Fault(indicators.file, int(line), missing, None, says, "Fill both or neither.")


def two_years(indicators: Sheet) -> Iterator[Fault]:
    """Rows whose period states a year, with another that is only assumed."""
    rows = indicators.sound("year_about", "year_from", "year_to")
    stated = rows["year_from"].notna() | rows["year_to"].notna()
    for line, year in rows.loc[stated, "year_about"].dropna().items():
        says = f"{shown(str(year))} stands beside a year that the period states."
        yield Fault(indicators.file, int(line), "year_about", str(year), says, "Leave it empty.")


def lone_answers(indicators: Sheet) -> Iterator[Fault]:
    """Questions that one row alone answers."""
    questions = indicators.sound("question")["question"].dropna()
    for line, question in questions[~questions.duplicated(keep=False)].items():
        says = f"no other row answers {shown(question)}."
        yield Fault(indicators.file, int(line), "question", question, says, "Correct it, or leave it empty.")


def mixed_units(indicators: Sheet) -> Iterator[Fault]:
    """Rows of one measure in another unit than the first of them."""
    rows = indicators.sound("measure", "unit").dropna(subset=["measure", "unit"])
    first = rows.groupby("measure")["unit"].transform("first")
    for line, row in rows[rows["unit"] != first].iterrows():
        says = f"{shown(row['unit'])} is not the unit of other rows of {shown(row['measure'])}, {shown(first[line])}."
        yield Fault(indicators.file, int(line), "unit", row["unit"], says, "Use one unit for one measure.")
