"""The sheet of a poster, set by Typst in the largest type with which all names find room on one page."""

import io
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from cluster_data.document import Document, Poster
from cluster_data.exports.pdf import letters
from cluster_data.exports.pdf.typeset import typeset
from cluster_data.measures import landscape
from cluster_data.model import words
from cluster_data.palette import LIGHT, readable_on

if TYPE_CHECKING:
    from cluster_data.measures.landscape import Cell

TEMPLATE = Path(__file__).with_name("poster.typ")
A3, SLIDE = (1190.55, 841.89), (960.0, 540.0)  # points
SIZES = [size / 2 for size in range(44, 5, -1)]  # of the names, in points of a slide: 22 to 3
DOTS_PER_INCH = 200
MOST = 600  # names on a sheet
LONGEST, LONG_LINE = 60, 600  # letters
SPACE = "\N{NO-BREAK SPACE}"

Data = dict[str, Any]


def file_of(form: str, document: Document) -> bytes:
    """The poster as the bytes of a file."""
    if form == "pdf":
        return _set(document, A3, format="pdf", pdf_standards="ua-1")
    if form == "svg":
        return _svg(document)
    png = _set(document, SLIDE, format="png", ppi=float(DOTS_PER_INCH))
    return png if form == "png" else _slide(document, png)


def _set(document: Document, paper: tuple[float, float], **form: Any) -> bytes:
    """The sheet on such paper, in the largest type that leaves it one page."""
    tries = [{"wide": f"{paper[0]}", "high": f"{paper[1]}", "size": str(size)} for size in SIZES]
    return typeset(TEMPLATE, data_of(document), {}, tries, lambda pages: pages == 1, **form)


def data_of(document: Document) -> Data:
    """All that stands on the sheet."""
    poster, pack, day = _poster(document), document.cluster.pack, document.made
    rows = poster.rows()
    cells = landscape.cells(rows, MOST)
    shown = sum(len(cell.rows) for cell in cells)
    cut = f" The first of each group are shown, {shown:,} of {len(rows):,}." if shown < len(rows) else ""
    link = letters.leading(words.cut(document.link, LONG_LINE), document.link)
    return {
        "title": letters.plain(words.cut(document.title, LONG_LINE)),
        "name": letters.one_line(poster.about) or "Poster",
        "statement": letters.plain(words.cut(document.statement, LONG_LINE)),
        "key": letters.plain(" · ".join(poster.key)),
        "note": letters.plain(f"{poster.note}{cut}"),
        "made": letters.plain(f"{pack.name}, as known in {pack.as_of_words}. Made on {document.made_words}. "),
        "link": link,
        "licences": letters.plain(" ".join(pack.licences)),
        "date": [day.year, day.month, day.day],
        "colours": {name: getattr(LIGHT, name) for name in ("text", "quiet", "line")},
        "ds": _by_d(cells, document.link),
    }


def _poster(document: Document) -> Poster:
    if document.poster is None:
        raise LookupError("This view has no poster.")
    return document.poster


def _by_d(cells: "list[Cell]", link: str) -> list[Data]:
    """The cells of each D, in order."""
    found: dict[str, Data] = {}
    for cell in cells:
        of_d = found.setdefault(
            cell.label,
            {"label": letters.plain(_band(cell, cell.label)), "colour": cell.colour, "total": 0, "cells": []},
        )
        of_d["on"], of_d["total"] = readable_on(cell.colour), of_d["total"] + cell.total
        of_d["cells"].append(_cell(cell, link))
    return list(found.values())


def _band(cell: "Cell", text: str) -> str:
    return f"{landscape.glyph(cell.symbol)} {words.cut(text, LONGEST)}"


def _cell(cell: "Cell", link: str) -> Data:
    rest = cell.total - len(cell.rows)
    return {
        "head": letters.plain(_band(cell, cell.group)),
        "total": f"{cell.total:,}",
        "names": [
            {
                "name": letters.plain(words.cut(row.name, LONGEST)),
                "signs": landscape.signs(row).replace(" ", SPACE),
                "to": _to(link, row.id),
            }
            for row in cell.rows.itertuples()
        ],
        "more": letters.plain(f"and {rest:,} more" if rest else ""),
    }


def _to(link: str, record: str) -> str:
    """The address of a profile, if that of the view is known."""
    return f"{link.partition('?')[0]}?org={quote(record)}" if words.is_address(link) else ""


def _svg(document: Document) -> bytes:
    """The sheet as SVG, with what it is in words for those who do not see it."""
    drawn = _set(document, SLIDE, format="svg").decode()
    start = drawn.index(">", drawn.index("<svg")) + 1
    named, told = (escape(letters.one_line(text)) for text in (_poster(document).about, _told(document)))
    head = f'{drawn[: start - 1]} role="img"><title>{named}</title><desc>{told}</desc>'
    return f"{head}{drawn[start:]}".encode(errors="replace")


def _told(document: Document) -> str:
    """What a sheet is, in words, with its licences."""
    pack = document.cluster.pack
    return f"{document.title}. {document.statement} {_poster(document).note} {document.link} {' '.join(pack.licences)}"


def _slide(document: Document, png: bytes) -> bytes:
    """A presentation of one slide: its title, for those who do not see it, below the picture of the sheet."""
    from cluster_data.exports.slides import deck, template
    from cluster_data.exports.slides.letters import clean

    show = template.blank(LIGHT, [])
    slide = show.slides.add_slide(show.slide_layouts[template.TITLE_ONLY])
    slide.shapes.title.text_frame.text = clean(words.cut(document.title, LONG_LINE))
    picture = slide.shapes.add_picture(io.BytesIO(png), 0, 0, show.slide_width, show.slide_height)
    about = picture._element.xpath(".//p:cNvPr")[0]
    about.set("name", clean(words.cut(_poster(document).about)))
    about.set("descr", clean(words.cut(_told(document), deck.ALT)))
    slide.notes_slide.notes_text_frame.text = clean(_told(document))
    deck.properties(show, document)
    file = io.BytesIO()
    show.save(file)
    return file.getvalue()
