"""What a view holds, in plain words and tables, so that it can be taken away in any form.

The parts of a document stand in the order of the page. What costs time to make (frames, charts) is a function, called
when a form needs it. All text is plain: no Markdown, no HTML.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from cluster_data import words
from cluster_data.cluster import Cluster
from cluster_data.palette import Palette

if TYPE_CHECKING:  # only forms that draw load it
    import plotly.graph_objects as go

Rows = Callable[[], pd.DataFrame]


@dataclass(frozen=True)
class Heading:
    """What the parts after it show: a finding where there is one."""

    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Notes:
    """What a presenter says; only forms with a place for speaker notes show it."""

    text: str


@dataclass(frozen=True)
class Table:
    """Rows whose columns carry their formats (cluster_data.formats). `about` names the table; `note` gives unit, period
    and source."""

    about: str
    rows: Rows
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart on any ground: the words that stand for it, its unit, period and source, and its table twin."""

    alt: str
    note: str
    draw: Callable[[Palette], "go.Figure"]
    rows: Rows


@dataclass(frozen=True)
class Circle:
    """A circle of so many kilometres round a place with a name."""

    lat: float
    lon: float
    km: float
    name: str

    @property
    def words(self) -> str:
        """What it encloses: "5 km around Walsall"."""
        return f"{self.km:g} km around {self.name}"


@dataclass(frozen=True)
class Map:
    """A map: as a Chart, but given by what lies on it.

    `points` and `bubbles` are the frames of measures.places; `outlined` the codes of the areas whose common border is
    strong; `seen` the codes of the areas to draw closer, none for the whole region; `circle` is drawn, and the map
    around it; `rates` shades areas: lad_code, rate, in `unit`.
    """

    alt: str
    note: str
    points: Rows
    bubbles: Rows
    rows: Rows
    outlined: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    circle: Circle | None = None
    rates: Rows | None = None
    unit: str = ""


Part = Heading | Text | Notes | Table | Chart | Map


class Asked(NamedTuple):
    """What a box of the page asks for: the label of the box, what is chosen there, and whether that is a record."""

    label: str
    chosen: str
    record: bool = False


@dataclass
class Draft:
    """What a page has shown so far; the parts in their order.

    `asked` holds what the page's own boxes ask for, by parameter; a box that is as at first is not in it.
    """

    title: str = ""
    statement: str = ""
    parts: list[Part] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)

    def whole_statement(self) -> str:
        """The statement, then what the page's own boxes ask for, records first: "Core firms: 92. Challenge: C05."."""
        if not self.asked:
            return self.statement
        in_order = sorted(self.asked.values(), key=lambda asked: not asked.record)
        said = "; ".join(f"{words.first_lower(label)}: {chosen}" for label, chosen, _ in in_order)
        return f"{self.statement.rstrip('.')}. {words.first_upper(said).rstrip('.')}."


@dataclass(frozen=True)
class Document:
    """A view of one page, or a story of several.

    `page` is the page's name in its address; `title` its finding; `statement` the filter in words with what it keeps,
    and what the page's own boxes ask for; `link` the whole address of the view; `slug` the filter as part of a file
    name. The scenes of a story begin with a Heading each; `views` are the addresses that their texts may end with.
    """

    cluster: Cluster
    page: str
    question: str
    title: str
    statement: str
    slug: str
    link: str
    made: date
    parts: tuple[Part, ...]
    story: bool = False
    views: tuple[str, ...] = ()

    def file_name(self, suffix: str) -> str:
        """The name of a file of this document: "four-ds-core-firms-in-walsall.xlsx"."""
        return f"{self.page.lower().replace('_', '-')}-{self.slug}.{suffix}"
