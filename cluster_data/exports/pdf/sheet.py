"""A document as what the template is given: every text as pieces, every picture as a file, every table as cells."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cluster_data import pictures
from cluster_data.document import Chart, Document, Heading, Map, Notes, Part, Table, Text
from cluster_data.exports.pdf import letters
from cluster_data.exports.pdf.grid import LOOSE, MOST_ROWS, grid
from cluster_data.exports.pdf.letters import Flow
from cluster_data.exports.tables import references
from cluster_data.measures import organisations
from cluster_data.palette import LIGHT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Data = dict[str, Any]

INCH, POINTS = 25.4, 72
LONG_RUNNING, LONG_FOOT, LONG_TITLE, LONG_LINE = 120, 220, 400, 1000
LONG_LEAD = 300


@dataclass(frozen=True)
class Form:
    """The room on a page: inches for pictures, points for their words, the sizes of type that tables may have, and
    the shares of the width that their narrowest columns may take: less where others can stand beneath."""

    wide: float
    high: float
    text: float
    sizes: tuple[float, ...]
    shares: tuple[float, ...]


VIEW = Form(174 / INCH, 130 / INCH, 9, (8.5, 7.5), (1.0, LOOSE))
STORY = Form(261 / INCH, 130 / INCH, 15, (13, 11, 9), (1.0,))
AIRY = 0.8
MOST_FULL = 110  # more rows with something beneath find no room on three pages
UNNAMED, SOURCES = "Without a name", "Sources of the tables"


@dataclass(frozen=True)
class Sheet:
    """What stands on the pages, and the pictures by the names of their files. Tables hold all rows worth trying."""

    data: Data
    files: dict[str, bytes]


def sheet(document: Document) -> Sheet:
    """The document, ready for the template; how much of it there is room for is left to fitting."""
    files: dict[str, bytes] = {}
    form = STORY if document.story else VIEW
    shown = [part for part in document.parts if not isinstance(part, Notes)]
    parts = [_part(document, part, form, files) for part in [*shown, *_references(document)]]
    _name_once(parts)
    _lead(parts)
    data = _head(document) | {"foot": _foot(document), "close": _close(document), "parts": parts}
    return Sheet(data, files)


def _references(document: Document) -> list[Part]:
    """What the tables cite, in words, since they show addresses by their sites."""
    cited = references(document)
    return [Heading(SOURCES), *map(Text, cited)] if cited else []


def _name_once(parts: list[Data]) -> None:
    """A table that is named as the heading above it needs no name of its own."""
    heading: Flow = []
    for part in parts:
        heading = part["text"] if part["sort"] == "heading" else heading
        if part["sort"] == "table" and part["about"] == heading:
            part["about"] = []


def _lead(parts: list[Data]) -> None:
    """A few words between a heading and its table or picture stay with both."""
    for before, part, after in zip(parts, parts[1:], parts[2:], strict=False):
        if (before["sort"], part["sort"]) == ("heading", "text") and after["sort"] in ("table", "picture"):
            part["leads"] = len(part["named"]) <= LONG_LEAD


def _head(document: Document) -> Data:
    under = document.title if document.story else document.question
    return {
        "name": letters.shown(document.title) or UNNAMED,
        "subject": letters.shown(document.statement),
        "made": [document.made.year, document.made.month, document.made.day],
        "colours": {name: getattr(LIGHT, name) for name in ("text", "quiet", "accent", "line")},
        "running": letters.plain(shortened(f"{document.cluster.pack.name} · {under}", LONG_RUNNING)),
        "title": _title(document.title),
        "statement": letters.plain(shortened(document.statement, LONG_LINE)),
        "title_points": 28 if document.story else _title_points(len(document.title)),
        "story": document.story,
        "scale": 1.0,
        "pictured": 1.0,
        "scenes": [],
        "left_out": [],
        "lacking": [],
        "marked": False,
    }


def _foot(document: Document) -> Data:
    return {
        "statement": letters.plain(shortened(document.statement, LONG_FOOT)),
        "link": letters.leading(shortened(document.link, LONG_FOOT), document.link),
        "made": letters.plain(f"Made on {_day(document)}"),
        "licences": letters.plain(" ".join(document.cluster.pack.licences)),
    }


def _close(document: Document) -> Data:
    pack = document.cluster.pack
    return {
        "link": letters.leading(document.link, document.link),
        "made": letters.plain(f"{_day(document)}, from data as known in {pack.as_of_words}."),
        "limits": [letters.plain(line) for line in pack.limits],
        "licences": [letters.plain(line) for line in pack.licences],
    }


def _day(document: Document) -> str:
    return f"{document.made.day} {document.made:%B %Y}"


def _title(text: str) -> Flow:
    return letters.plain(shortened(text, LONG_TITLE)) or letters.plain(UNNAMED)


def _title_points(letters_in_it: int) -> int:
    return next((points for most, points in ((80, 22), (160, 18)) if letters_in_it <= most), 14)


def _part(document: Document, part: Part, form: Form, files: dict[str, bytes]) -> Data:
    if isinstance(part, Heading):
        return {"sort": "heading", "text": _title(part.text), "named": part.text}
    if isinstance(part, Table):
        return _table(document, part, form)
    if isinstance(part, Chart | Map):
        return _picture(document, part, form, files)
    text = shortened(part.text, LONG_LINE) if document.story else part.text
    return {"sort": "text", "text": letters.prose(text, document.views), "named": part.text}


def _picture(document: Document, part: Chart | Map, form: Form, files: dict[str, bytes]) -> Data:
    if not _has_marks(part):
        said = f"Nothing to draw: {part.alt.rstrip('.')}. {part.note}"
        return {"sort": "text", "text": letters.plain(said), "named": part.alt}
    name = f"{len(files)}.svg"
    drawn = _drawn(document, part, form)
    files[name] = pictures.svg(drawn).encode()
    return {
        "sort": "picture",
        "file": name,
        "alt": letters.shown(part.alt) or UNNAMED,
        "note": letters.prose(part.note, document.views),
        "high": drawn.get_figheight(),
        "named": part.alt,
    }


def _drawn(document: Document, part: Chart | Map, form: Form) -> "Figure":
    if isinstance(part, Map):
        return pictures.map_picture(document.cluster, part, LIGHT, form.wide, form.high, form.text)
    figure = part.draw(LIGHT)
    airy = AIRY * pictures.height_for(figure, form.text)
    high = form.high if document.story else min(airy, form.high)
    return pictures.chart_picture(figure, form.wide, high, form.text)


def _has_marks(part: Chart | Map) -> bool:
    if isinstance(part, Map):
        closer = part.rates or part.seen or part.circle
        return bool(closer) or not (part.points().empty and part.bubbles().empty)
    return not part.rows().empty


def _table(document: Document, part: Table, form: Form) -> Data:
    rows = part.rows()
    known = organisations.known_addresses(document.cluster)
    fitted = grid(rows, form.wide * POINTS, form.sizes, form.shares, known)
    shown = [*fitted.columns, *fitted.others]
    tried = MOST_FULL if fitted.others and len(rows) > MOST_ROWS else MOST_ROWS
    same = f"The same in every row: {'; '.join(fitted.the_same())}."
    by_site = "Addresses are shown by their site; each leads to its page."
    return {
        "sort": "table",
        "about": letters.plain(part.about),
        "note": letters.prose(part.note, document.views),
        "same": letters.plain(same if fitted.same else ""),
        "by_site": letters.plain(by_site if any(column.by_site for column in shown) else ""),
        "heads": [column.name for column in fitted.columns],
        "right": [column.shown.right for column in fitted.columns],
        "widths": fitted.widths,
        "size": fitted.size,
        "tall": fitted.tall,
        "rows": fitted.rows()[:tried],
        "beneath": fitted.beneath()[:tried],
        "names_beneath": fitted.names(),
        "together": False,
        "cut": [],
        "left_out": [],
        "total": len(rows),
        "named": part.about,
    }


def shortened(text: str, most: int) -> str:
    """The text, or its first whole words with a sign that there is more; a word longer than that is cut."""
    if len(text) <= most:
        return text
    kept, space, _ = text[:most].rpartition(" ")
    return f"{kept.rstrip(' ,;:') if space and kept.strip() else text[: most - 1]}…"
