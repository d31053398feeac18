"""A document as what the template is given: every text as pieces, every picture as a file, every table as cells."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cluster_data.document import Chart, Document, Heading, Map, Notes, Part, Table, Text
from cluster_data.drawing import pictures
from cluster_data.drawing.columns import Columns
from cluster_data.drawing.pictures.canvas import POINTS
from cluster_data.exports.pdf import letters
from cluster_data.exports.pdf.letters import Flow
from cluster_data.exports.tables import references
from cluster_data.measures import organisations
from cluster_data.model import words
from cluster_data.model.formats import NOT_KNOWN, Format, columns_of, for_readers, formats_of, written
from cluster_data.palette import LIGHT

Data = dict[str, Any]

INCH = 25.4
LONG_RUNNING, LONG_FOOT, LONG_TITLE, LONG_LINE = 120, 220, 400, 1000
LONG_LEAD = 300
FEW_COLUMNS, SPARED = 3, 3
AIRY = 0.8
INSET, SLACK = 4.5, 1.02  # points beside cells; how much wider than measured words may be
TALL = 1500  # letters of a cell whose row may be broken
UNNAMED = "Without a name"
LACKING = f"Signs for which the fonts have no shape stand as {letters.LOST}; the workbook holds all."


@dataclass(frozen=True)
class Form:
    """The room on a page: inches for pictures, points for their words; and the most rows of a table, and its sizes."""

    wide: float
    high: float
    text: float
    rows: int
    sizes: tuple[float, ...]


VIEW = Form(174 / INCH, 120 / INCH, 9, 30, (8.5, 7.5))
STORY = Form(261 / INCH, 130 / INCH, 15, 12, (13, 11, 9))


@dataclass(frozen=True)
class TemplateData:
    """What stands on the pages, and the pictures by the names of their files."""

    data: Data
    files: dict[str, bytes]


def template_data(document: Document) -> TemplateData:
    """The document, ready for the template, which sets out its tables."""
    files: dict[str, bytes] = {}
    form = STORY if document.story else VIEW
    shown = [part for part in document.parts if not isinstance(part, Notes)]
    if document.story and not shown:
        shown = [Heading(document.title), Text("No scene is in it.")]
    parts = [_part(document, part, form, files) for part in shown]
    _under_headings(parts)
    data = _head(document) | {"foot": _foot(document), "close": _close(document), "parts": parts}
    lost = letters.LOST in str([data["title"], data["statement"], parts])
    return TemplateData(data | {"lacking": letters.plain(LACKING if lost else "")}, files)


def _under_headings(parts: list[Data]) -> None:
    """Headings are as deep as those above them; a few words below one stay with what follows; a table named as its
    heading needs no name of its own."""
    heading: Data = {}
    above: list[int] = []
    for before, part in zip([{}, *parts], parts, strict=False):
        if part["element"] == "heading":
            heading, level = part, part["level"]
            above = [*(one for one in above if one < level), level]
            part["level"] = 1 + len(above)
        if part["element"] == "text":
            part["leads"] = before.get("element") == "heading" and len(letters.whole(part["text"])) <= LONG_LEAD
        if part["element"] == "table" and part["about"] == heading.get("text"):
            part["about"] = []


def _head(document: Document) -> Data:
    under, length = document.title if document.story else document.question, len(document.title)
    return {
        "name": letters.one_line(document.title) or UNNAMED,
        "subject": letters.one_line(document.statement),
        "made": [document.made.year, document.made.month, document.made.day],
        "colours": {name: getattr(LIGHT, name) for name in ("text", "quiet", "accent", "line")},
        "running": letters.plain(words.cut(f"{document.cluster.pack.name} · {under}", LONG_RUNNING)),
        "title": _title(document.title),
        "statement": letters.plain(words.cut(document.statement, LONG_LINE)),
        "title_points": 28 if document.story else 22 if length <= 80 else 18 if length <= 160 else 14,
        "story": document.story,
        "sources": [letters.plain(line) for line in references(document)],
        "unknown": NOT_KNOWN,
        "spared": SPARED,
    }


def _foot(document: Document) -> Data:
    return {
        "statement": letters.plain(_in_short(document.statement)),
        "link": letters.leading(words.cut(document.link, LONG_FOOT), document.link),
        "made": letters.plain(f"Made on {document.made_words}"),
        "licences": letters.plain(" ".join(document.cluster.pack.licences)),
    }


def _in_short(statement: str) -> str:
    """The first sentences of a statement, as many as find room whole."""
    kept, *others = statement.split(". ")
    for sentence in others:
        if len(kept) + len(sentence) > LONG_FOOT:
            break
        kept = f"{kept}. {sentence}"
    return words.cut(kept, LONG_FOOT)


def _close(document: Document) -> Data:
    pack = document.cluster.pack
    return {
        "link": letters.leading(document.link, document.link),
        "made": letters.plain(f"{document.made_words}, from data as known in {pack.as_of_words}."),
        "limits": [letters.plain(line) for line in pack.limits],
        "licences": [letters.plain(line) for line in pack.licences],
    }


def _title(text: str) -> Flow:
    return letters.plain(words.cut(text, LONG_TITLE)) or letters.plain(UNNAMED)


def _part(document: Document, part: Part, form: Form, files: dict[str, bytes]) -> Data:
    if isinstance(part, Heading):
        return {"element": "heading", "text": _title(part.text), "level": part.level}
    if isinstance(part, Table):
        return _table(document, part, form)
    if isinstance(part, Chart | Map):
        return _picture(document, part, form, files)
    text = words.cut(part.text, LONG_LINE) if document.story else part.text
    return {"element": "text", "text": letters.prose(text, document.views)}


def _picture(document: Document, part: Chart | Map, form: Form, files: dict[str, bytes]) -> Data:
    if not pictures.has_marks(part):
        said = f"Nothing to draw: {part.alt.rstrip('.')}. {part.note}"
        return {"element": "text", "text": letters.plain(said)}
    name = f"{len(files)}.svg"
    airy = 0 if document.story else AIRY
    drawn = pictures.picture_of(document.cluster, part, LIGHT, form.wide, form.high, form.text, airy, licensed=False)
    files[name] = drawn.svg().encode()
    return {
        "element": "picture",
        "file": name,
        "alt": letters.one_line(part.alt) or UNNAMED,
        "note": letters.prose(part.note, document.views),
        "high": drawn.high / POINTS,
    }


def _table(document: Document, part: Table, form: Form) -> Data:
    rows = for_readers(part.rows())
    known = organisations.known_addresses(document.cluster)
    columns = [_column(*column, rows.shape[1], form.rows, known) for column in columns_of(rows)]
    said = [[letters.parted(cell) for cell in column["cells"]] for column in columns]
    heads, room = [*map(str, rows.columns)], form.wide * POINTS
    laid = Columns(heads, said, formats_of(rows), room, INSET, SLACK, letters.LONGEST_PIECE)
    size = next((size for size in form.sizes if laid.fit(size, range(len(columns)))), form.sizes[-1])
    kept = laid.kept(size)
    return {
        "element": "table",
        "about": letters.plain(part.about),
        "note": letters.prose(part.note, document.views),
        "columns": columns,
        "size": size,
        "kept": kept,
        "widths": laid.widths(size, kept),
        "tall": max((len(text) for column in said for text in column), default=0) > TALL,
        "total": len(rows),
        "total_said": f"{len(rows):,}",
    }


def _column(name: str, cells: pd.Series, shown: Format, columns: int, most: int, known: Container[str]) -> Data:
    """A column of a table; where many stand beside it, or in a list, addresses are shown by their sites."""
    first = [letters.flow(text, known) for text in written(cells.head(most + SPARED), shown)]
    links = max((sum(bool(run["to"]) for run in cell) for cell in first), default=0)
    by_site = links > (1 if columns <= FEW_COLUMNS else 0)
    return {
        "head": letters.plain(name),
        "cells": [letters.by_site(cell) if by_site else cell for cell in first],
        "right": shown.right,
        "by_site": by_site,
        "same": len(cells) > 1 and not links and len(set(cells.map(str))) == 1,
    }
