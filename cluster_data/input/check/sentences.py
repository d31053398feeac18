"""The words for faults of single cells and rows. Here nothing is looked for: see cells.py."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

import pandera.pandas as pa

from cluster_data.input.faults import Fault, closest, did_you_mean, known_words, sentences, shown
from cluster_data.model import columns

THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
CHOICE = re.compile(r"\^\(([A-Za-z_|]+)\)\$")
NOTHING = ("", "-", "n/a", "na", "nil", "none", "null", "no", "not known", "tba", "tbc", "unknown", "x")
SITE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?::[0-9]+)?(?:[/?#]\S*)?", re.IGNORECASE)
SHORT_NUMBER = re.compile(r"([A-Z][A-Z0-9])?([0-9]{4,8})(?:\.0)?")
COMPANY_DIGITS = 8
UK_DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
UK_POSTCODE = re.compile(r"([A-Z0-9]{2,4}?)\s*([0-9][A-Z]{2})")
FORMS = {
    columns.SLUG: "an id: lower-case letters and digits, parted by single hyphens, such as test-firm-a",
    columns.POSTCODE: "a postcode: capitals and one space, such as B15 2GW",
    columns.WEB_ADDRESS: "a web address such as https://www.example.org/page",
    columns.ISO_DATE: "a day as year-month-day, such as 2026-11-01",
    columns.COLOUR: "a colour such as #12436D",
    columns.AREA_CODE: "a code of one capital and eight digits, such as X00000001",
    columns.COMPANY_NUMBER: "a number of Companies House: eight digits, such as 01234567, or two letters of its "
    "register and six digits, such as SC123456",
    r"^[A-Z0-9]{3,5}$": "an organisation code of three to five capitals and digits, such as RRK",
    r"^[A-Z0-9]{3,9}$": "a site code of three to nine capitals and digits, such as RRK15",
    columns.UKPRN: "a number of eight digits, such as 10006840",
    columns.SIC_CODE: "an industry code of two to five digits, such as 21100",
    r"^[A-Z]{1,2}[0-9][A-Z0-9]?(?: [0-9])?$": "a postcode sector such as B15 2, or a district such as B15",
    r"^[A-Z0-9][A-Za-z0-9.-]*$": "an id that starts with a capital or digit and has no spaces, such as N1",
    r"^[A-Za-z0-9][A-Za-z0-9.-]*$": "an id of letters, digits, full stops and hyphens, such as T1 or 1.2",
    r"^[a-z0-9_]+$": "an id of lower-case letters, digits and underscores, such as jobs_2030",
    r"^[a-z_]+$": "a word of lower-case letters and underscores, such as businesses",
}


def no_number(file: str, line: int, column: pa.Column, value: str, whole: bool) -> Fault:
    """A text where a number should be."""
    if THOUSANDS.fullmatch(value):
        one, other = value.replace(",", ""), value.replace(",", ".")
        either = one if whole or value.count(",") > 1 or "." in value else f"{one}, or {other} if it is no whole number"
        advice = f"Write {either}, without commas."
    elif whole and DECIMAL.fullmatch(value):
        advice = f"Write a whole number{or_nothing(column)}."
    elif whole:
        advice = f"Write the digits alone, such as 1200{or_nothing(column)}."
    else:
        advice = f"Write the digits alone, such as 1200 or 0.5{or_nothing(column)}."
    kind = "whole number" if whole and DECIMAL.fullmatch(value) else "number that can be read"
    return Fault(file, line, column.name, value, f"{shown(value)} is not a {kind}.", advice)


def or_nothing(column: pa.Column) -> str:
    """The leave to put nothing, where the column gives it."""
    return ", or leave it empty if it is not known" if column.nullable else ""


def nothing_there(file: str, line: int, column: pa.Column) -> Fault:
    """An empty cell where every row needs a value."""
    advice = f"Fill it in: {column.description}."
    return Fault(file, line, column.name, None, "nothing is there; every row needs a value.", advice)


def same_value(file: str, lines: Sequence[int], column: pa.Column, value: str) -> Fault:
    """One id for two rows or more."""
    says = f"{both(lines)} are {shown(value)}. A value may stand here once."
    advice = "Delete one line or correct its value."
    return Fault(file, lines[0], column.name, value, says, advice, tuple(lines[1:]))


def same_row(file: str, lines: Sequence[int], names: Sequence[str]) -> Fault:
    """Two rows or more that nothing tells apart."""
    says = f"{both(lines)} have the same {', '.join(names[:-1])} and {names[-1]}."
    return Fault(file, lines[0], None, None, says, "Delete one line, or correct what differs.", tuple(lines[1:]))


def both(lines: Sequence[int]) -> str:
    """Two are both, more are all."""
    return "both" if len(lines) == 2 else "all"


def unfit(file: str, line: int, column: pa.Column, value: str, check: pa.Check) -> Fault:
    """A value out of its range or of another form than the column's."""
    if check.name == "str_matches":
        return other_form(file, line, column, value, (check.statistics or {})["pattern"])
    limits = {"min_value": "below", "max_value": "above"}
    bounds = {limits[name]: bound for name, bound in (check.statistics or {}).items() if name in limits}
    beyond = [f"{value} is {where} {bound:.15g}." for where, bound in bounds.items()]
    says = sentences(*beyond) or f"{shown(value)} is not what the column holds: {column.description}."
    return Fault(file, line, column.name, value, says, f"Correct it{or_nothing(column)}.")


def other_form(file: str, line: int, column: pa.Column, value: str, pattern: str) -> Fault:
    """A text that is not written as its column asks."""
    choice = CHOICE.fullmatch(pattern)
    if choice:
        known = choice[1].split("|")
        says = sentences(f"{shown(value)} is not one of the words for this column.", known_words(known))
        return Fault(file, line, column.name, value, says, advice_for(closest(value, known), column))
    form = FORMS.get(pattern, f"what the column holds: {column.description}")
    says = f"{shown(value)} is not {form}."
    near = next(
        (mended for mended in mendings(value, pattern) if re.fullmatch(pattern, mended) and mended != value), None
    )
    return Fault(file, line, column.name, value, says, advice_for(near, column))


def advice_for(near: str | None, column: pa.Column) -> str:
    """Correct it, and how."""
    return sentences(did_you_mean(near), f"Correct it{or_nothing(column)}.")


def mendings(value: str, pattern: str) -> Iterator[str]:
    """What someone may have meant: other case, no spaces, zeros that a spreadsheet cut off, a day in UK order."""
    if value.casefold() in NOTHING:
        return
    upper = value.upper()
    yield upper
    yield "-".join(value.lower().replace("_", "-").split())
    yield "_".join(value.lower().replace("-", "_").split())
    yield from ("".join(upper.split()), f"#{value}")
    short = SHORT_NUMBER.fullmatch("".join(upper.split()))
    if short and pattern == columns.COMPANY_NUMBER:
        register = short[1] or ""
        yield register + short[2].zfill(COMPANY_DIGITS - len(register))
    if SITE.fullmatch(value):
        yield f"https://{value}"
    yield from days(value)
    if parts := UK_POSTCODE.fullmatch(upper):
        yield f"{parts[1]} {parts[2]}"


def days(value: str) -> Iterator[str]:
    """The day of a calendar that is written in UK order."""
    if found := UK_DAY.fullmatch(value):
        day, month, year = map(int, found.groups())
        try:
            yield date(year, month, day).isoformat()
        except ValueError:
            return
