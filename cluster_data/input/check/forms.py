"""The forms that texts of a column have: in words, and what a text of another form may have meant."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from cluster_data.model import columns

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


def correction(value: str, pattern: str) -> str | None:
    """What someone may have meant by a value that is not of the form."""
    return next((near for near in corrections(value, pattern) if re.fullmatch(pattern, near) and near != value), None)


def corrections(value: str, pattern: str) -> Iterator[str]:
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
    if day := UK_DAY.fullmatch(value):
        with suppress(ValueError):
            yield date(int(day[3]), int(day[2]), int(day[1])).isoformat()
    if parts := UK_POSTCODE.fullmatch(upper):
        yield f"{parts[1]} {parts[2]}"
