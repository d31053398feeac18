"""The kinds of column a table may have. Each is a pandera field that also says what it refers to.

What a column is said to hold begins with its heading: "Status, as of the newest source".
"""

import re
from typing import Any

import pandera.pandas as pa

from cluster_data.model.formats import Date, Format, Link, Money, Number, Words, Year

SLUG = r"^[a-z0-9]+(?:[._-][a-z0-9]+)*$"
POSTCODE = r"^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$"
WEB_ADDRESS = r"^https?://[^\s<>\"']+$"
ISO_DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
COLOUR = r"^#[0-9A-Fa-f]{6}$"
# Eight digits, or two letters of the register with six; the oldest societies end in R or RS.
COMPANY_NUMBER = (
    r"^(?:[0-9]{8}|(?:AC|BR|C[ES]|E[ENS]|F[CE]|G[ENS]|I[CP]|LP|N[ACFILOPRVZ]|O[CE]|PC|R[0CS]|S[ACEFGILOPRZ]|ZC)[0-9]{6}"
    r"|(?:IP|SP|NP)[0-9]{4}(?:[0-9]R|RS))$"
)
AREA_CODE = r"^[A-Z][0-9]{8}$"
UKPRN = r"^[0-9]{8}$"
SIC_CODE = r"^[0-9]{2,5}$"
NUMBERS = ("float64", "Int64")


def format_of(column: pa.Column) -> Format:
    """What a column holds."""
    return (column.metadata or {}).get("format", Words())


def heading_of(column: pa.Column) -> str:
    """What readers see before a cell of a column."""
    return re.split("[,;:]", column.description)[0]


def is_free_text(column: pa.Column) -> bool:
    """Whether a column holds words of its own: no numbers, ids, coded words or fixed forms."""
    about = column.metadata or {}
    fixed = column.unique or column.checks or "refers" in about or "vocabulary" in about
    return not fixed and str(column.dtype) not in NUMBERS


def key(description: str, pattern: str | None = SLUG) -> Any:
    """The column that names a row: required and never twice."""
    return pa.Field(unique=True, str_matches=pattern, description=description)


def text(description: str, required: bool = False, pattern: str | None = None, **about: Any) -> Any:
    """Words as a source or the pack puts them."""
    if pattern == WEB_ADDRESS:
        about["format"] = Link()
    return pa.Field(nullable=not required, str_matches=pattern, description=description, metadata=about)


def word(vocabulary: str, description: str, required: bool = False) -> Any:
    """One id of vocabulary.csv, of the field named."""
    return text(description, required, vocabulary=vocabulary)


def words(vocabulary: str, description: str) -> Any:
    """Ids of vocabulary.csv, of the field named, parted by semicolons."""
    return text(description, vocabulary=vocabulary, many=True)


def one_of(tables: tuple[str, ...], description: str, required: bool = False) -> Any:
    """The id of a row of one of the tables named."""
    return text(description, required, refers=tables)


def some_of(tables: tuple[str, ...], description: str, required: bool = False) -> Any:
    """Ids of rows of the tables named, parted by semicolons."""
    return text(description, required, refers=tables, many=True)


def several(description: str) -> Any:
    """Texts parted by semicolons."""
    return text(description, many=True)


def number(
    description: str, least: float | None = None, most: float | None = None, required: bool = False, **about: Any
) -> Any:
    """A count or a measurement."""
    said = {"format": Number()} | about
    return pa.Field(nullable=not required, ge=least, le=most, description=description, metadata=said)


def money(description: str) -> Any:
    """An amount in pounds."""
    return number(description, 0, format=Money())


def year(description: str, may_be_future: bool = False) -> Any:
    """A calendar year; not later than today unless it may be."""
    return number(description, 1700, 2100, format=Year(), past="" if may_be_future else "year")


def date(description: str, may_be_future: bool = False) -> Any:
    """A day as YYYY-MM-DD; not later than today unless it may be."""
    return text(description, pattern=ISO_DATE, past="" if may_be_future else "date", format=Date())


def sources(required: bool = True) -> Any:
    """Where the row's facts were seen."""
    return some_of(("sources",), "Where the facts of this row were seen: ids of sources.csv", required)
