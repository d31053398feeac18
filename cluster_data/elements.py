"""What a view is made of on a screen beside the parts that files hold: places, boxes, buttons, lists that lead on."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from cluster_data.document import Chart, Heading, Map, Notes, PageLink, Part, Rows, Table, Text
from cluster_data.palette import Palette

Sign = Callable[[Palette], str]  # a small picture, as SVG


@dataclass(frozen=True)
class Records:
    """A list of records, the column id among its columns; a row leads to its profile.

    `first` are those that a screen shows of `total`, `rows` all of them. `links` tells whether columns of addresses
    are shown too. With `opens` a row does not lead to its profile: its id is put in that parameter. In a `narrow` place
    a few stand in full, and of many the names are kept to a narrow column, so that the next one stands beside it.
    """

    about: str
    rows: Rows
    first: Rows
    total: int
    note: str = ""
    links: bool = False
    folded: str = ""
    opens: str = ""
    narrow: bool = False


@dataclass(frozen=True)
class Bar:
    """A bar of so much of `most`, in the colour that a palette gives; unknown is striped."""

    value: float
    most: float
    colour: Callable[[Palette], str]
    unknown: bool = False


@dataclass(frozen=True)
class Copy:
    """A button that copies a citation; one that names the view is made of the view's whole address."""

    citation: str | Callable[[str], str]
    key: str


@dataclass(frozen=True)
class ExternalLink:
    """The way to a page of another site, which opens apart."""

    address: str
    label: str
    icon: str = "open_in_new"


@dataclass(frozen=True)
class Ask:
    """A button that asks for something else of this view: the parameters it puts in the address, or takes out.

    One that `tells` something beside has the look of a tile, and paper shows its label; without `changes` that is all.
    """

    label: str
    key: str
    changes: Mapping[str, str | Sequence[str] | None]
    icon: str = "close"
    disabled: bool = False
    tells: bool = False


@dataclass(frozen=True)
class Box:
    """What a reader can choose on the page: see views.page. It may add to the ids that the address holds so far."""

    name: str
    label: str
    options: Mapping[str, str] | None
    chosen: str
    default: str = ""
    hint: str = ""
    icon: str = ""
    resets: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    adds_to: tuple[str, ...] | None = None
    disabled: bool = False


class Later(Sequence["Element"]):
    """Parts that are made when they are first read."""

    def __init__(self, make: "Callable[[], list[Element]]") -> None:
        self._made = cache(make)

    def __len__(self) -> int:
        """How many parts there are."""
        return len(self._made())

    def __getitem__(self, place: Any) -> Any:
        """The part, or the parts, there."""
        return self._made()[place]


@dataclass(frozen=True)
class Group:
    """Parts that stand together.

    `layout` is a hint: "columns" beside each other (`widths`), each a "column", a "grid" of `most` columns of at least
    `width` pixels, a grid of "figures", each a paragraph on paper, a "row", a "card", "close" to each other, texts as
    the "lines" of one paragraph, "folded" behind a label, at first `opened` or not, the "rest" of what stands above,
    folded too, which paper leaves to the files, or "tabs", each a "tab" with its label, of which one is open: the
    first, or that which the parameter of their `box` names.
    """

    layout: str
    parts: "Sequence[Element]"
    widths: tuple[int, ...] = ()
    most: int = 0
    width: int = 0
    label: str = ""
    opened: bool = False
    box: Box | None = None


@dataclass(frozen=True)
class Only:
    """Parts that only some renderers show: a "screen", or the "files"."""

    where: str
    parts: "list[Element]"


@dataclass(frozen=True)
class FilterBox:
    """The box of a part of the filter, by its name in addresses, which the page shows in place of the sidebar."""

    name: str


@dataclass(frozen=True)
class Download:
    """A button for a table that is shown otherwise or in part; files hold the table, with its `note`."""

    label: str
    about: str
    rows: Rows
    note: str = ""


@dataclass(frozen=True)
class File:
    """A file beside those of the view: its label, name and type, and what makes it when asked for."""

    label: str
    name: str
    mime: str
    made: Callable[[], bytes | str]


@dataclass(frozen=True)
class Faults:
    """What is wrong with the files of the pack as they are now, which only a screen knows; if nothing is, nothing."""


@dataclass(frozen=True)
class Still:
    """A small still picture, as SVG text for the palette in use, and the words that stand for it.

    Its numbers stand in a table of the same view.
    """

    alt: str
    draw: Sign


@dataclass(frozen=True)
class Chips:
    """The values of a part of the filter, by its name in addresses, as chips to choose from, each with its sign as SVG:
    the key of a map, too. `signs` holds them by label.
    """

    name: str
    label: str
    signs: Mapping[str, Sign]


@dataclass(frozen=True)
class Key:
    """What the signs of a picture mean, in one line: each sign, as SVG, and its words."""

    signs: Sequence[tuple[Sign, str]]


Element = (
    Part
    | PageLink
    | Records
    | Bar
    | Copy
    | ExternalLink
    | Ask
    | Box
    | Group
    | Only
    | FilterBox
    | Download
    | File
    | Faults
    | Chips
    | Key
    | Still
)


def in_files(elements: Iterable[Element]) -> Iterator[Part]:
    """The parts of a view that a file holds, in their order and on one level."""
    for element in elements:
        match element:
            case Group(layout="folded", label=label, parts=inner):
                held = list(in_files(inner))
                yield from [Heading(label, 3), *held] if held and not isinstance(held[0], Heading) else held
            case Group(parts=inner) | Only(where="files", parts=inner):
                yield from in_files(inner)
            case Records() | Download():
                yield Table(element.about, element.rows, element.note)
            case Text():
                yield Text(element.whole, element.kind)
            case Heading() | Notes() | Table() | Chart() | Map():
                yield element
