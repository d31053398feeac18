"""What the columns of a frame hold. It is declared where the frame is made and goes with it; every form reads it.

Cells keep their types until a form writes them: a missing cell is not known, and a text in a column of values says why
there is no value ("too few"), so neither can be taken for zero. A column of which nothing is declared holds numbers if
its type is one, else words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, replace
from numbers import Real
from typing import Any, Self

import pandas as pd

from cluster_data.model import words

NOT_KNOWN = "not known"
MOST_DECIMALS = 4
KEPT, KEPT_IF_ROOM = 2, 1  # priorities: what places, dates or proves a row stays where others find no room
DECLARED = "formats"  # the key in the attrs of a frame


@dataclass(frozen=True)
class Format:
    """What a column holds: words, unless it is one of the formats below.

    `unknown` is said of a cell that is missing; the column of lowest `priority` goes first where there is no room.
    """

    _: KW_ONLY
    unknown: str = ""
    priority: int = 0

    @property
    def right(self) -> bool:
        """Whether cells stand at the right, so that their digits are below each other."""
        return isinstance(self, Number | Money | Year)

    def __deepcopy__(self, memo: object) -> Self:
        """Itself, as nothing of it can change: pandas copies the attrs of a frame at nearly every step."""
        return self


@dataclass(frozen=True)
class Words(Format):
    """Text, or yes and no."""


@dataclass(frozen=True)
class Number(Format):
    """Counts or measurements; `decimals` are as many as the cells need if they are not given."""

    unit: str = ""
    decimals: int | None = None


@dataclass(frozen=True)
class Money(Format):
    """Amounts of pounds."""


@dataclass(frozen=True)
class Year(Format):
    """Calendar years, which never have a comma."""


@dataclass(frozen=True)
class Date(Format):
    """Days, as dates or as YYYY-MM-DD."""


@dataclass(frozen=True)
class Link(Format):
    """Web addresses, several parted by spaces. `told`: the row says in words what is found there."""

    told: bool = False


@dataclass(frozen=True)
class Record(Format):
    """Ids of records: a screen leads by them, and no reader sees them."""


@dataclass(frozen=True)
class Range(Format):
    """Amounts, each in a unit of its own. Data holds them in further columns of these names, if they have one."""

    value: str = "Value"
    upper: str = "Upper value"
    unit: str = "Unit"


@dataclass(frozen=True)
class Amount:
    """A value or a range with the words that readers see; the words alone if there is no value."""

    said: str
    value: float | None = None
    upper: float | None = None
    unit: str = ""

    def __str__(self) -> str:
        return self.said


SOURCES = Link(priority=KEPT)
WEBSITE = Link(priority=KEPT_IF_ROOM)
FIRM = Words(priority=KEPT)


def typed(frame: pd.DataFrame, columns: Mapping[str, Format]) -> pd.DataFrame:
    """The frame with the formats of these columns declared beside those declared before."""
    found = frame.copy(deep=False)
    found.attrs = frame.attrs | {DECLARED: frame.attrs.get(DECLARED, {}) | dict(columns)}
    return found


def formats_of(frame: pd.DataFrame) -> list[Format]:
    """The format of each column, in order."""
    declared = frame.attrs.get(DECLARED, {})
    return [declared.get(name) or _by_type(kind) for name, kind in zip(frame.columns, frame.dtypes, strict=True)]


def _by_type(kind: Any) -> Format:
    return Number() if pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind) else Words()


def columns_of(frame: pd.DataFrame) -> Iterator[tuple[str, pd.Series, Format]]:
    """The columns of a frame: name, cells, format."""
    for place, shown in enumerate(formats_of(frame)):
        yield str(frame.columns[place]), frame.iloc[:, place], shown


def for_readers(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame without the ids of its records."""
    return frame.loc[:, [not isinstance(shown, Record) for shown in formats_of(frame)]]


def in_words(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every cell as its reader sees it, without the ids of its records."""
    frame = for_readers(frame)
    said = {place: written(cells, shown) for place, (_, cells, shown) in enumerate(columns_of(frame))}
    shown = pd.DataFrame(said, index=frame.index, dtype=object).set_axis(frame.columns, axis=1)
    shown.attrs = frame.attrs
    return shown


def written(cells: pd.Series, shown: Format) -> list[str]:
    """Cells as readers see them: "1,204", "26%", "£1.6m", "2019", "yes"; what is missing is said to be not known."""
    decimals = shown.decimals if isinstance(shown, Number) else None
    if decimals is None:
        decimals = max((decimals_of(cell) for cell in cells if is_number(cell)), default=0)
    return [write(cell, shown, decimals) for cell in cells]


def write(cell: Any, shown: Format, decimals: int | None = None) -> str:
    """One cell as readers see it, with as many decimals as it needs if they are not given."""
    if is_missing(cell):
        return shown.unknown or NOT_KNOWN
    if pd.api.types.is_bool(cell):
        return "yes" if cell else "no"
    if is_number(cell):
        return _number(cell, shown, decimals_of(cell) if decimals is None else decimals)
    day = as_day(cell, shown)
    return f"{day.day} {day:%B %Y}" if day else str(cell)


def _number(value: float, shown: Format, decimals: int) -> str:
    if isinstance(shown, Money):
        return words.money(float(value))
    if isinstance(shown, Year):
        return f"{value:.0f}"
    unit = shown.unit if isinstance(shown, Number) else ""
    return f"{value:,.{decimals}f}{'' if unit in ('', '%') else ' '}{unit}"


def is_missing(cell: Any) -> bool:
    """Whether a cell holds nothing, so that its value is not known."""
    return pd.api.types.is_scalar(cell) and bool(pd.isna(cell))


def is_number(cell: Any) -> bool:
    """Whether a cell holds a number."""
    return isinstance(cell, Real) and not pd.api.types.is_bool(cell) and not pd.isna(cell)


def as_day(cell: Any, shown: Format) -> pd.Timestamp | None:
    """The day that a cell of days holds, if it is one."""
    day = pd.to_datetime(cell, format="%Y-%m-%d", errors="coerce") if isinstance(shown, Date) else pd.NaT
    return None if pd.isna(day) else day


def decimals_of(value: float) -> int:
    """How many decimals a number has, four at most."""
    return len(f"{value:.{MOST_DECIMALS}f}".rstrip("0").partition(".")[2])


def as_data(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as data: amounts stand beside their words as numbers."""
    found: list[tuple[str, pd.Series, Format]] = []
    for name, cells, shown in columns_of(frame):
        if isinstance(shown, Range):
            found += [(name, cells.map(str), Words()), *_numbers(cells, shown)]
        else:
            found.append((name, _said(cells, shown), replace(shown, unknown="")))
    data = pd.DataFrame(dict(enumerate(cells for _, cells, _ in found)), index=frame.index)
    return typed(data.set_axis([name for name, *_ in found], axis=1), {name: shown for name, _, shown in found})


def as_csv(data: pd.DataFrame) -> bytes:
    """Data as CSV for a spreadsheet; a unit stands in the heading of its column: "Share (%)"."""
    shown = zip(data.columns, formats_of(data), strict=True)
    names = [f"{name} ({of.unit})" if isinstance(of, Number) and of.unit else name for name, of in shown]
    return words.safe_csv(data.convert_dtypes().set_axis(names, axis=1))


def _said(cells: pd.Series, shown: Format) -> pd.Series:
    """Cells as data: of amounts the values alone; of what is missing what is said of it, if anything."""
    if cells.dtype == object and any(isinstance(cell, Amount) for cell in cells):
        cells = pd.Series([cell.value if isinstance(cell, Amount) else cell for cell in cells], cells.index)
    return cells.astype(object).where(cells.notna(), shown.unknown) if shown.unknown else cells


def _numbers(cells: pd.Series, shown: Range) -> list[tuple[str, pd.Series, Format]]:
    """What the amounts of a column are as numbers, in columns of their own."""
    columns: list[tuple[str, pd.Series, Format]] = []
    for name, part in ((shown.value, "value"), (shown.upper, "upper"), (shown.unit, "unit")):
        if name:
            held = pd.Series([getattr(cell, part) for cell in cells], cells.index, dtype=object)
            columns.append((name, held, Words()) if part == "unit" else (name, held.convert_dtypes(), Number()))
    return columns
