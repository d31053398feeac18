"""What a view holds, in plain words and tables, so that it can be taken away in any form.

The parts of a document stand in the order of the page. What costs time to make (frames, charts) is a function, called
when a form needs it. All text is plain: no Markdown, no HTML.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.day import day_in_words
from cluster_data.palette import Palette

if TYPE_CHECKING:  # only forms that draw load it
    import plotly.graph_objects as go

Rows = Callable[[], pd.DataFrame]


@dataclass(frozen=True)
class Heading:
    """What the parts after it show: a finding where there is one. `level` 2 is a section, 3 a part of it, 4 a card."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Text:
    """A paragraph: a `lead` that stands out, the text, then `links` as (words, address) pairs.

    `kind` is how it looks on a screen: "paragraph", "small" (how to read what is shown), "item" of a list, "notice" or
    "warning".
    """

    text: str
    kind: str = "paragraph"
    lead: str = ""
    links: tuple[tuple[str, str], ...] = ()

    @property
    def whole(self) -> str:
        """What one reads: the lead, the text and the words of the links."""
        return " ".join(filter(None, [self.lead, self.text, "; ".join(said for said, _ in self.links)]))


@dataclass(frozen=True)
class Notes:
    """What a presenter says; only forms with a place for speaker notes show it."""

    text: str


@dataclass(frozen=True)
class PageLink:
    """The way to another view: the page's name in its address, and what is asked for there beside the filter.

    A long label stands in lines in a `narrow` place; a `strong` one stands out.
    """

    page: str
    label: str
    asked: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    icon: str = "arrow_forward"
    narrow: bool = False
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """Rows whose columns carry their formats (model.formats). `about` names the table; `note` gives unit, period
    and source.

    `of` is the table of the pack that explains the columns; a table with a label to be `folded` behind is sent when
    opened; `leads` are the views that the cells of the first column lead to, one a row; `saved` offers it as a file;
    `key` tells it from others of its page that are folded behind the same label. A `long` one scrolls within a box of
    its own, its rows as in a file, and is left out of a print.
    """

    about: str
    rows: Rows
    note: str = ""
    of: str = "companies"
    folded: str = ""
    leads: tuple[PageLink, ...] = ()
    saved: bool = False
    key: str = ""
    long: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart on any ground: the words that stand for it, its unit, period and source, and its table twin.

    `key` tells it from the other charts of its page; `of` is as for a Table; a click on a mark of it puts the mark's
    ids in the parameters that it `opens`, behind the ids that it `adds_to`. On a screen the table of one that
    stands `apart` from it comes further on.
    """

    alt: str
    note: str
    draw: Callable[[Palette], "go.Figure"]
    rows: Rows
    key: str = ""
    of: str = "companies"
    opens: tuple[str, ...] = ()
    adds_to: tuple[str, ...] = ()
    apart: bool = False


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
    around it; `rates` shades areas, in `unit`: the frame of rates.firms_per_100_000. On a screen it is `drawn` "live",
    `closer` by so many steps than it need be, or as a still of the "region" or of its "area"; `about` names its table.
    There a ring stands round what is `marked`, by latitude and longitude, and a click on a mark puts its id, or on a
    numbered circle its town, in the parameter that it `opens`.
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
    drawn: str = "live"
    closer: int = 0
    about: str = ""
    marked: tuple[tuple[float, float], ...] = ()
    opens: str = ""


@dataclass(frozen=True)
class Poster:
    """Names of records on one sheet, which is sized by them alone.

    `rows` is the frame of measures.landscape.firms; the `key` explains its signs; `note` gives unit, period and source.
    """

    about: str
    note: str
    key: tuple[str, ...]
    rows: Rows


Part = Heading | Text | Notes | Table | Chart | Map
Picture = Chart | Map | Table


def title_of(part: Picture | Poster) -> str:
    """The words that name a table or poster, or stand for a chart or map."""
    return part.alt if isinstance(part, Chart | Map) else part.about


class Choice(NamedTuple):
    """What a box of the page asks for: the label of the box, what is chosen there, and whether that is a record."""

    label: str
    chosen: str
    record: bool = False


@dataclass
class Draft:
    """What a view says above its parts.

    `asked` holds what the page's own boxes ask for, by parameter; a box that is as at first is not in it. On a screen
    the statement is what is `said`, then `more`; what is `left_out` stands at the end of the page. A view that can be
    one sheet to print has its `poster`.
    """

    title: str = ""
    statement: str = ""
    said: str = ""
    more: str = ""
    left_out: str = ""
    asked: dict[str, Choice] = field(default_factory=dict)
    poster: Poster | None = None

    def whole_statement(self) -> str:
        """The statement, then what the page's own boxes ask for, records first: "Firms: 92. Challenge: C05."."""
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
    poster: Poster | None = None

    @property
    def made_words(self) -> str:
        """The day on which it was made: "29 November 2026"."""
        return day_in_words(self.made)

    def file_name(self, suffix: str) -> str:
        """The name of a file of this document: "four-ds-health-tech-firms-in-walsall.xlsx"."""
        return f"{self.page.lower().replace('_', '-')}-{self.slug}.{suffix}"
