"""A view as a page of HTML that needs no script: for search engines, screen readers, bad lines and archives.

Alone it is one file that holds its pictures. Served, it leads to other such pages: `Ways` tells where they are.
"""

import base64
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from cluster_data.document import Chart, Document, Heading, Map, PageLink, Table, Text
from cluster_data.drawing import pictures
from cluster_data.elements import Ask, Box, Download, Element, ExternalLink, Group, Only, Records
from cluster_data.exports import PROGRAM
from cluster_data.measures import citations, organisations
from cluster_data.model import words
from cluster_data.model.clean import cleaned
from cluster_data.model.cluster import Cluster
from cluster_data.model.day import day_in_words
from cluster_data.model.formats import Record, columns_of, for_readers, formats_of, written
from cluster_data.palette import LIGHT

ORDER = 120
LABEL = "Plain page"
SAYS = "This view as one page that any browser opens, without scripts and without a network."
SUFFIX = "html"
MIME = "text/html; charset=utf-8"
OF = PROGRAM
MOST, LONG, MOST_SOURCES, MOST_CHOICES = 100, 25, 20, 80
WIDE, HIGHEST = 7.5, 30  # inches

Data = dict[str, Any]
Changes = Mapping[str, str | Sequence[str] | None]


def _nowhere(*_: object) -> str:
    return ""


def _within(document: Document, part: Chart | Map) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(picture(document.cluster, part)).decode()}"


@dataclass(frozen=True)
class Ways:
    """Where a page finds another `view`, its `own` view with other parameters, and its pictures by number.

    An empty address is no way.
    """

    view: Callable[[str, Changes], str] = _nowhere
    own: Callable[[Changes], str] = _nowhere
    picture: Callable[[int], str] | None = None


def file_of(document: Document) -> bytes:
    """The bytes of a page that stands alone."""
    return page(document, document.parts, Ways())


def page(document: Document, elements: Iterable[Element], ways: Ways, **more: Any) -> bytes:
    """A page of these elements. `more`: menu, filters, notices, and at its foot (label, address)."""
    writer = _Writer(document, ways)
    told: Data = {
        "title": document.title,
        "question": document.question,
        "statement": document.statement,
        "parts": list(writer.parts(elements)),
        "sources": writer.sources(),
    }
    return rendered("page.html", document.cluster, document.made, told | more)


def rendered(template: str, cluster: Cluster, made: date, told: Data) -> bytes:
    """A template with what it is told; it names the pack, its edition, limits and licences too."""
    pack = cluster.pack
    told = told | {"name": pack.name, "as_of": pack.as_of_words, "made": day_in_words(made)}
    told["lines"] = [*pack.limits, *pack.licences]
    return bytes(_templates().get_template(template).render(told).encode())


@cache
def _templates() -> Any:
    """The templates; what they are given is cleaned and escaped."""
    from jinja2 import Environment, PackageLoader  # loaded with the first page

    return Environment(
        loader=PackageLoader(__name__, ""),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda told: cleaned(told) if type(told) is str else told,
    )


def choices(label: str, said: str, options: Iterable[tuple[str, str, bool]]) -> Data:
    """Something to choose as links: label, address, whether it is chosen."""
    return {"element": "choices", "label": label, "said": said, "choices": list(options)}


def drawn_parts(elements: Iterable[Element]) -> Iterator[Chart | Map]:
    """The charts and maps of a page in the order of their numbers, from 0."""
    for part in _level(elements):
        if isinstance(part, Chart | Map):
            yield part
        if isinstance(part, Group):
            yield from drawn_parts(part.parts)


def picture(cluster: Cluster, part: Chart | Map) -> bytes:
    """A chart or map as SVG."""
    high = WIDE * 0.7 if isinstance(part, Map) else HIGHEST
    return pictures.picture_of(cluster, part, LIGHT, WIDE, high, airy=1).svg().encode()


def _level(elements: Iterable[Element]) -> Iterator[Element]:
    """Elements with those that are shown here in the place of what holds them; folded ones stay in their fold."""
    for part in elements:
        if isinstance(part, Only):
            yield from _level(part.parts if part.where == "files" else ())
        elif isinstance(part, Group) and part.layout not in ("folded", "rest"):
            yield from _level(part.parts)
        else:
            yield part


class _Writer:
    """Turns elements into what the template shows, and remembers which sources they name."""

    def __init__(self, document: Document, ways: Ways) -> None:
        self.document, self.cluster, self.ways = document, document.cluster, ways
        self.known = organisations.known_addresses(self.cluster)
        self.profiles = organisations.names(self.cluster)
        alike = Counter(self.profiles.values())
        self.by_name = {name: record for record, name in self.profiles.items() if alike[name] == 1}
        self.naming = citations.naming(self.cluster)
        self.named: dict[str, None] = {}
        self.pictures = 0
        self.level = 1

    def parts(self, elements: Iterable[Element]) -> Iterator[Data]:
        """Elements in their order; items that follow each other are one list."""
        items: list[Data] = []
        for element in _level(elements):
            told = self.part(element)
            if told and told["element"] == "text" and told["kind"] == "item":
                items.append(told)
                continue
            if items:
                yield {"element": "items", "parts": items}
                items = []
            if told:
                yield told
        if items:
            yield {"element": "items", "parts": items}

    def part(self, element: Element) -> Data | None:
        """One element; nothing if a page of this kind has no place for it."""
        match element:
            case Heading(text=text, level=level):
                self.level = min(level, self.level + 1)  # no level is left out
                return {"element": "heading", "text": text, "level": self.level}
            case Text():
                return self.text(element)
            case Table() | Records():
                return self.table(element)
            case Download(about=about, rows=rows, note=note):
                return self.table(Table(about, rows, note, folded=about))
            case Chart() | Map():
                return self.picture(element)
            case Group(label=label, parts=parts):
                return {"element": "folded", "label": label, "parts": list(self.parts(parts))}
        return self.way(element)

    def way(self, element: Element) -> Data | None:
        """What leads elsewhere, or to another choice."""
        match element:
            case PageLink(page=name, label=label, asked=asked):
                return _link(label, self.ways.view(name, asked))
            case ExternalLink(address=to, label=label) if words.is_address(to):
                return _link(label, to)
            case Ask(label=label, changes=changes):
                return _link(label, self.ways.own(changes))
            case Box(options=options, disabled=False) if options:
                return self.box(element)
        return None

    def box(self, box: Box) -> Data | None:
        """The choices of a box, each as a link, unless they are too many to read."""
        offered = {name: label for name, label in (box.options or {}).items() if name in box.offered or not box.offered}
        named = offered if box.default else {"": box.hint or "any"} | offered
        if len(named) > MOST_CHOICES:
            return None
        resets = dict.fromkeys(box.resets)
        asked = {name: [*(box.adds_to or ()), name] if name != box.default else None for name in named}
        found = [
            (label, self.ways.own({**resets, box.name: asked[name]}), name == box.chosen)
            for name, label in named.items()
        ]
        return choices(box.label, named.get(box.chosen, ""), found) if all(to for _, to, _ in found) else None

    def text(self, part: Text) -> Data:
        """A paragraph with its links."""
        links = [(said, to) for said, to in part.links if words.is_address(to)]
        return {"element": "text", "kind": part.kind, "lead": part.lead, "text": part.text, "links": links}

    def picture(self, part: Chart | Map) -> Data:
        """A picture with its table; its address only if there is something to see."""
        number, self.pictures = self.pictures, self.pictures + 1
        source = ""
        if pictures.has_marks(part):
            source = self.ways.picture(number) if self.ways.picture else _within(self.document, part)
        table = self.rows(part.alt, part.rows())
        return {"element": "picture", "about": part.alt, "note": part.note, "source": source, "table": table}

    def table(self, part: Table | Records) -> Data:
        """A table with its note; folded if the page has it so, or if it is long."""
        leads = [self.ways.view(to.page, to.asked) for to in part.leads] if isinstance(part, Table) else []
        told = self.rows(part.about, part.rows(), leads) | {"element": "table", "note": part.note}
        label = part.folded or (part.about if len(told["rows"]) > LONG else "")
        return {"element": "folded", "label": label, "parts": [told]} if label else told

    def rows(self, about: str, rows: pd.DataFrame, leads: Sequence[str] = ()) -> Data:
        """The first rows; of each the first cell that is no number leads where the row leads."""
        first = rows.head(MOST)
        ids = [
            column for column, shown in zip(rows.columns, formats_of(rows), strict=True) if isinstance(shown, Record)
        ]
        if ids and not leads:
            leads = [self.profile(record) for record in first[ids[0]]]
        shown = list(columns_of(for_readers(first)))
        lines = [
            list(map(self.cell, line)) for line in zip(*(written(cells, of) for _, cells, of in shown), strict=True)
        ]
        at = next((number for number, (_, _, of) in enumerate(shown) if not of.right), 0)
        for line, to in zip(lines, leads, strict=False):
            if to:
                line[at] = {"links": [(line[at]["text"], to)]}
        more = f"The first {MOST:,} of {len(rows):,} rows." if len(rows) > MOST else ""
        return {"about": about, "columns": [(name, of.right) for name, _, of in shown], "rows": lines, "more": more}

    def profile(self, record: object) -> str:
        """The way to the profile of a record, if it has one."""
        return self.ways.view("Organisations", {"org": str(record)}) if record in self.profiles else ""

    def cell(self, text: str) -> Data:
        """A cell; a record leads to its profile; known addresses are links, and their sources are named at the end."""
        found = words.addresses(text, self.known)
        self.named.update(dict.fromkeys(found))
        links = [(self.naming(to) or words.site(to), to) for to in found]
        if profile := self.profile(self.by_name.get(text)):
            links = [(text, profile)]
        return {"text": text, "links": links}

    def sources(self) -> list[Data]:
        """The first sources that the tables name."""
        named = citations.named_in(self.cluster, self.named)
        rows = zip(named["Source"], named["Publisher"], named["Year"], named["Address"], strict=True)
        told = [
            self.text(Text(f"{source}, {by}, {year}.", links=((words.site(to), to),))) for source, by, year, to in rows
        ]
        more = len(told) - MOST_SOURCES
        return told[:MOST_SOURCES] + ([self.text(Text(f"And {more:,} more, named in the tables."))] if more > 0 else [])


def _link(label: str, to: str) -> Data | None:
    return {"element": "link", "label": label, "to": to} if to else None
