"""What a view is written with: the parameters of its page, and the page that it fills with parts.

A view reads what is asked for, says its headline and adds its parts in order. It draws nothing: the renderers do.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pandas as pd

from cluster_data.document import Chart, Choice, Draft, Heading, PageLink, Picture, Table, Text
from cluster_data.elements import Bar, Box, Download, Element, Group, Later, Only, Records
from cluster_data.findings import captions
from cluster_data.model.cluster import Cluster
from cluster_data.model.filters import Filter
from cluster_data.model.link_words import Parameters, ids_of
from cluster_data.palette import Palette

MOST = 500  # rows of a list on a screen
BOX = 160  # pixels: the least width of a box, two on a phone
OF_A_SCENE = 6  # rows of a table on a stage

Names: TypeAlias = Mapping[str, str]
Rows: TypeAlias = pd.DataFrame | Callable[[], pd.DataFrame]


@dataclass(frozen=True)
class Parameter:
    """What the address of a page may say beside the filter, and the box that shows it.

    With `options` (labels that are their own ids) or with those that the view names when it asks, it is a choice; the
    first option is the default unless the view names another or none, then `hint` stands in the box. `text` is typed.
    Another choice takes the parameters that it `resets` out of the address.

    Values that name `records` are put right where an id was merged into another. Another value of one that is an
    `entry` is another entry of the browser's history; the browser's tab holds on to the values of one that is `kept`.
    """

    name: str
    label: str = ""
    options: tuple[str, ...] = ()
    hint: str = ""
    text: bool = False
    resets: tuple[str, ...] = ()
    records: bool = False
    entry: bool = False
    kept: bool = False


@dataclass
class Page:
    """One view while it is made. `asked` holds the parameters of the address; what names nothing goes to `unknown`.

    `box_by_name` holds the box of each parameter asked for, by name; `corrected` what the address should say instead.
    `everywhere` tells that the filter does not apply, `states_filter` that it is stated nevertheless. `of_all_kinds`
    tells that records of all kinds are shown, so that a choice without firms may hold something.
    """

    cluster: Cluster
    chosen: Filter
    asked: Parameters
    draft: Draft = field(default_factory=Draft)
    elements: list[Element] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    box_by_name: dict[str, Box] = field(default_factory=dict)
    corrected: dict[str, list[str]] = field(default_factory=dict)
    everywhere: bool = False
    of_all_kinds: bool = False
    states_filter: bool = True
    scene: "OnStage" = field(default_factory=lambda: OnStage(None, (), "", ""))

    def __post_init__(self) -> None:
        """What is added goes to the page itself until a group is opened."""
        self._into = self.elements
        self._boxes: dict[str, Box] = {}

    # ---- what is asked for ------------------------------------------------

    def one_of(
        self,
        parameter: Parameter,
        names: Names | None = None,
        default: str | None = None,
        offered: Sequence[str] = (),
        meaning: Names | None = None,
    ) -> str:
        """The id chosen of a choice, or its default; empty if there is none. `names` gives id to label.

        The box offers all of them, or only the ids `offered`. Labels that are their own ids may have a `meaning`, by
        which a link may name them too. The default needs no saying, neither in the statement nor in an address.
        """
        known = names if names is not None else {option: option for option in parameter.options}
        first = next(iter(parameter.options), "") if default is None else default
        found = self.several_of(parameter, meaning or known)
        if len(found) > 1:
            self.corrected[parameter.name] = found[:1]
            self.unknown += [(parameter.name, value) for value in found[1:]]
        chosen = next(iter(found), first)
        if parameter.options and chosen == first and self.asked.get(parameter.name):
            self.corrected[parameter.name] = []
        self.box_by_name[parameter.name] = Box(
            parameter.name,
            parameter.label,
            known,
            chosen,
            first,
            parameter.hint,
            resets=parameter.resets,
            offered=tuple(offered),
        )
        if chosen and chosen != first:
            record = not (parameter.options or meaning)
            self.draft.asked[parameter.name] = Choice(parameter.label, known[chosen], record)
        return chosen

    def first_of(self, parameter: Parameter, names: Names) -> str:
        """The id chosen of a choice, whose default is the first of its names."""
        return self.one_of(parameter, names, next(iter(names), ""))

    def several_of(self, parameter: Parameter, names: Names) -> list[str]:
        """The ids of a parameter that may be repeated: each once, in the order asked."""
        self.box_by_name[parameter.name] = Box(parameter.name, parameter.label, names, "", hint=parameter.hint)
        values = list(self.asked.get(parameter.name, ()))
        found, strange = ids_of(names, values)
        if found != values:
            self.corrected[parameter.name] = found
            self.unknown += [(parameter.name, value) for value in dict.fromkeys(strange)]
        return found

    def text_of(self, parameter: Parameter) -> str:
        """The text typed."""
        typed = next(iter(self.asked.get(parameter.name, ())), "")
        box = Box(parameter.name, parameter.label, None, typed, hint=parameter.hint, resets=parameter.resets)
        self.box_by_name[parameter.name] = box
        if typed.strip():
            self.draft.asked[parameter.name] = Choice(parameter.label, typed.strip())
        return typed.strip()

    def says(self, parameter: Parameter) -> bool:
        """Whether the address says something known of a parameter that has been asked for."""
        return bool(self.corrected.get(parameter.name, self.asked.get(parameter.name)))

    def states(self, parameter: Parameter, said: str) -> None:
        """Let the statement say of a parameter that it asks for these records."""
        self.draft.asked[parameter.name] = Choice(parameter.label, said, record=True)

    def goes_without_saying(self, *parameters: Parameter) -> None:
        """Leave out of what is stated what the title or the statement names, and what has no effect alone."""
        for parameter in parameters:
            self.draft.asked.pop(parameter.name, None)

    # ---- parts ------------------------------------------------------------

    def add(self, *parts: Element) -> None:
        """Parts as they are."""
        self._into.extend(parts)

    @contextmanager
    def group(self, layout: str, **hints: Any) -> Iterator[Group]:
        """Parts that stand together: those added within."""
        parts: list[Element] = []
        made = Group(layout, parts, **hints)
        self._into.append(made)
        with self.within(parts):
            yield made

    def later(self, layout: str, add: Callable[[], object], **hints: Any) -> None:
        """A group whose parts `add` adds when they are first read: what is folded at first costs nothing until then.

        What it asks for must have been asked for before.
        """

        def parts() -> list[Element]:
            made: list[Element] = []
            with self.within(made):
                add()
            return made

        self._into.append(Group(layout, Later(parts), **hints))

    @contextmanager
    def within(self, parts: list[Element]) -> Iterator[None]:
        """What is added goes into these parts."""
        outer, self._into = self._into, parts
        try:
            yield
        finally:
            self._into = outer

    def columns(self, *widths: int) -> list[list[Element]]:
        """Places beside each other, as wide as said, to be filled `within`."""
        places: list[list[Element]] = [[] for _ in widths]
        self._into.append(Group("columns", [Group("column", parts) for parts in places], widths=widths))
        return places

    @contextmanager
    def only(self, where: str) -> Iterator[None]:
        """Parts that only a "screen" or only the "files" show."""
        part = Only(where, [])
        self._into.append(part)
        with self.within(part.parts):
            yield

    def boxes(self, *parameters: Parameter, most: int = 4, width: int = BOX) -> None:
        """The boxes of these parameters, which have been asked for, beside each other."""
        self._into.append(Group("grid", [self.box(parameter) for parameter in parameters], most=most, width=width))

    def box(self, parameter: Parameter) -> Box:
        """The box of a parameter that has been asked for."""
        return self.box_by_name[parameter.name]

    def headline(self, finding: str, more: str = "", about: str = "", said: str = "", of: Filter | None = None) -> None:
        """The finding of the view and, as its statement, the filter in words with what it keeps, or `said` instead.

        `more` goes on from there, with its own comma or full stop. `of` is the filter stated, if it is another than the
        page's. Where the filter does not apply, `about` says what the page is about; that is stated when it is taken
        away.
        """
        self.everywhere, self.states_filter = bool(about), not (about and said)
        of = of or self.chosen
        left_out = "" if said else of.not_counted(self.cluster)
        found = "" if said or more else of.found_else(self.cluster)
        said, more = said or of.counted(self.cluster), more.rstrip(".") or (f". {found}" if found else "")
        whole = f"{said}{more}. {left_out}" if left_out else f"{said}{more}"
        self.draft.title, self.draft.statement = finding, about or whole
        self.draft.said, self.draft.more, self.draft.left_out = said, more, left_out

    def heading(self, text: str, level: int = 2) -> None:
        """A heading: a finding where there is one."""
        self.add(Heading(text, level))

    def subheading(self, finding: str, level: int = 3) -> None:
        """A finding as a heading, unless it is the title."""
        if finding != self.draft.title:
            self.heading(finding, level)

    def text(self, text: str, lead: str = "", links: Iterable[tuple[str, str]] = ()) -> None:
        """A paragraph, if it says anything."""
        if text or lead:
            self.add(Text(text, "paragraph", lead, tuple(links)))

    def small(self, text: str, lead: str = "") -> None:
        """How to read what is shown."""
        self.add(Text(text, "small", lead))

    def hint(self, text: str) -> None:
        """How to use what is shown, which only a screen says."""
        with self.only("screen"):
            self.small(text)

    def notice(self, text: str) -> None:
        """What a reader must not miss."""
        self.add(Text(text, "notice"))

    def items(self, texts: Iterable[str]) -> None:
        """A list of sentences."""
        self.add(*(Text(text, "item") for text in texts))

    def source(self) -> str:
        """Where counts of records come from."""
        return captions.source_line(self.cluster)

    def chart(
        self,
        key: str,
        draw: Callable[[Palette], Any],
        rows: Rows,
        alt: str,
        note: str,
        of: str = "companies",
        opens: Sequence[Parameter] = (),
    ) -> None:
        """A chart with its unit, period and source and its table twin."""
        self.add(Chart(alt, note, draw, as_function(rows), key, of, tuple(parameter.name for parameter in opens)))

    def table(self, rows: Rows, about: str, of: str = "companies", note: str | None = None, **more: Any) -> None:
        """A table; its note is by default the source of counts."""
        self.add(Table(about, as_function(rows), self.source() if note is None else note, of, **more))

    def records(
        self,
        first: Rows,
        about: str,
        total: int | None = None,
        everything: Rows | None = None,
        links: bool = False,
        folded: str = "",
        opens: Parameter | None = None,
        narrow: bool = False,
    ) -> None:
        """A list of records whose rows lead to profiles; of a long one the `first`, MOST at most, the number, and all.

        Or its id is put in the parameter that it `opens`. `narrow`: see elements.Records.
        """
        rows = as_function(first)
        count = len(rows()) if total is None else total
        whole, leads = as_function(everything if everything is not None else first), opens.name if opens else ""
        kept = Records(about, whole, lambda: rows().head(MOST), count, self.source(), links, folded, leads, narrow)
        self.add(kept)

    def listed(self, made: Callable[[pd.DataFrame], pd.DataFrame], rows: pd.DataFrame, about: str, **more: Any) -> None:
        """A list of records whose rows are `made` as readers see them: the first for a screen, all when asked for."""
        self.records(lambda: made(rows.head(MOST)), about, len(rows), lambda: made(rows), **more)

    def bar(self, value: float, most: float, colour: Callable[[Palette], str], unknown: bool = False) -> None:
        """A bar of so much of the most."""
        self.add(Bar(value, most, colour, unknown))

    def link(self, page: str, label: str, icon: str = "arrow_forward", **asked: Any) -> None:
        """The way to another view; the filter goes along."""
        self.add(PageLink(page, label, asked, icon))

    def profile(self, name: str, record: str, icon: str) -> None:
        """The way to the profile of a record, from a narrow place."""
        self.add(PageLink("Organisations", name, {"org": record}, icon, narrow=True))

    def download(self, rows: Rows, about: str, label: str = "Download as CSV", note: str | None = None) -> None:
        """A table that is shown otherwise or in part, to be taken away; its note is by default the source of counts."""
        self.add(Download(label, about, as_function(rows), self.source() if note is None else note))

    def on_stage(
        self, picture: Picture | None = None, shows: Iterable[Parameter] = (), finding: str = "", statement: str = ""
    ) -> None:
        """What of the view a scene of a story shows: its picture, what it goes by, its finding and its statement.

        Left out, the title of the view is its finding and the filter in words its statement.
        """
        names = tuple(parameter.name for parameter in shows)
        self.scene = OnStage(
            picture, names, finding or self.draft.title, statement or self.chosen.statement(self.cluster)
        )


@dataclass(frozen=True)
class OnStage:
    """What of a view a scene shows, and the names of the parameters it goes by."""

    picture: Picture | None
    shows: tuple[str, ...]
    finding: str
    statement: str


def as_function(rows: Rows) -> Callable[[], pd.DataFrame]:
    """Rows as a function that gives them."""
    return rows if callable(rows) else lambda: rows
