"""The slides of a document, one after the other."""

import io
import math
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, time
from typing import Any

import pandas as pd
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Inches

from cluster_data.document import Chart, Document, Map, Poster, Table, title_of
from cluster_data.drawing.pictures import picture_of
from cluster_data.drawing.pictures.canvas import POINTS
from cluster_data.drawing.pictures.plot import is_empty
from cluster_data.exports import every
from cluster_data.exports.slides import native, tables, template
from cluster_data.exports.slides.letters import SERIF, clean, fitting, height, put
from cluster_data.exports.slides.outline import MOST_ROWS, SOURCES, Shown, Slide, going_on, pages
from cluster_data.exports.slides.template import HIGH, LEFT, ROOM, Frame
from cluster_data.exports.tables import order_of
from cluster_data.measures import organisations
from cluster_data.model import words
from cluster_data.model.formats import for_readers
from cluster_data.model.page_files import page_title
from cluster_data.model.words import count, is_address
from cluster_data.palette import LIGHT

TITLES = (28.0, 24.0, 21.0, 18.0, 16.0, 14.0, 12.0)
FIRST_TITLES, FIRST_TEXTS = (44.0, 38.0, 32.0, *TITLES), (20.0, 18.0, 16.0, 14.0, 12.0)
FOOT, VIEW = HIGH - 0.5, HIGH - 0.42  # inches from the top: where notes end, and where the view is named
STORY = 24.0
Sizes = tuple[tuple[float, ...], float]  # points of words, the largest first, and the most inches that they take
NOTES: Sizes = (12.0, 11.0, 10.0), 1.55
NAMES: Sizes = (11.0, 10.0, 9.0), 0.4
SENTENCES: Sizes = (18.0, 16.0, 14.0, 12.0), 1.4
STORIES: Sizes = (STORY, 20.0, 18.0, 16.0, 14.0), 1.6
PICTURE_TEXT, DPI = 13.0, 160
MOST_COLUMNS = 12
MOST_ORDER = 60  # letters of what orders a table
GAP, INSET = 0.08, 0.1  # inches
MORE, MORE_OF_TABLE = 0.2, 0.8  # inches for what is said of names, bars, rows and columns left out
ALT, PROPERTY, MOST_NAMED = 2000, 250, 110  # letters
LICENCES = " · Licences: in the notes and at the end"
NO_MARKS = "There is nothing to draw for this choice."
NO_ROWS = "The table has no row for this choice."
FIRST = "The first {} of {}; the workbook holds all."
LEFT_OUT, MOST_LEFT_OUT = "Columns left out: {}; the workbook holds all.", 160
SHORTENED = "{} that end with … are cut; the workbook holds all."


def file_of(document: Document) -> bytes:
    """The document as the bytes of a PowerPoint file."""
    show = template.blank(LIGHT, [LIGHT.accent, *document.cluster.table("ds").sort_values("order")["colour_light"]])
    _first(show, document)
    for page in pages(document):
        if page.shown is None:
            slide, _ = _slide(show, page.title, template.WITH_TEXT)
            _fit(slide.placeholders[1], page.sentences, (STORY, *FIRST_TEXTS), template.BODY[1])
            _finish(slide, document, page)
        elif isinstance(page.shown, Poster):
            _poster(show, document, page)
        else:
            _shown_slide(show, document, page, page.shown)
    properties(show, document)
    file = io.BytesIO()
    show.save(file)
    return file.getvalue()


def _first(show: Any, document: Document) -> None:
    """The finding, the filter in words, the link, the date, and what the data is."""
    pack = document.cluster.pack
    slide = show.slides.add_slide(show.slide_layouts[template.FIRST])
    title, text = slide.shapes.title, slide.placeholders[1]
    _fit(title, [clean(document.title)], FIRST_TITLES, template.FIRST_TITLE[1], wider=SERIF)
    known = f"{pack.name}: data as known in {pack.as_of_words}. Made on {document.made_words}."
    link = clean(document.link)
    _fit(
        text,
        [f"{page_title(document.page)}: {clean(document.question)}", clean(document.statement), clean(known), link],
        FIRST_TEXTS,
        template.FIRST_TEXT[1],
        link if is_address(link) else "",
    )
    _notes(slide, document, Slide(document.title, spoken=[clean(document.question)]))


def _shown_slide(show: Any, document: Document, page: Slide, shown: Shown) -> None:
    """A title, a sentence, what is shown, and below it the note."""
    slide, top = _slide(show, page.title, template.TITLE_ONLY)
    if page.sentences:
        sizes = STORIES if document.story else SENTENCES
        top += _paragraph(slide.shapes, " ".join(page.sentences), sizes, LIGHT.text, top)
    note = clean(shown.note)
    about = f"{clean(shown.about).rstrip('.')}." if isinstance(shown, Table) else ""
    foot = FOOT - _fitted(f"{about} {note}", NOTES)[2] - (MORE_OF_TABLE if about else MORE)
    box, rest = (LEFT + INSET, top + GAP, ROOM - 2 * INSET, foot - GAP - top), None
    if page.goes_on and isinstance(shown, Table):
        if not page.order:
            page, shown = _ordered(document, page, shown, box)
        shown, rest = _divided(document, page, shown, box)
        note = clean(shown.note)
    frame, more = SHOW[type(shown)](slide.shapes, document, shown, box)
    if frame is None:
        _paragraph(slide.shapes, more, SENTENCES, LIGHT.text, box[1])
        more = ""
    else:
        _tell(frame, page)
    said = " ".join(filter(None, [about, more, note])).removeprefix(f"{page.title}. ")
    said = said.replace("the workbook holds all", "the view holds all") if document.story else said
    _paragraph(slide.shapes, said, NOTES, LIGHT.quiet, FOOT - _fitted(said, NOTES)[2])
    _finish(slide, document, page)
    if rest is not None:
        title, number = page.title.removesuffix(f" ({page.number})"), page.number + 1
        before = page.before + len(shown.rows())
        following = replace(
            page, title=going_on(title, number), shown=rest, sentences=[], spoken=[], before=before, number=number
        )
        _shown_slide(show, document, following, rest)


def _ordered(document: Document, page: Slide, table: Table, box: Frame) -> tuple[Slide, Table]:
    """A table that goes on, with what orders all of it and the columns that find room on each of its slides."""
    rows, known = table.rows(), organisations.known_addresses(document.cluster)
    said = for_readers(rows)
    parts = [said.iloc[start : start + MOST_ROWS] for start in range(0, len(said), MOST_ROWS)]
    gone = {place for part in parts for place in tables.laid_out(part, box, known).left_out}
    left_out = tuple(said.columns[place] for place in sorted(gone))
    order = words.cut(order_of(said), MOST_ORDER)
    kept = replace(table, rows=lambda: rows.drop(columns=list(left_out)))
    return replace(page, order=order, left_out=left_out), kept


def _divided(document: Document, page: Slide, table: Table, box: Frame) -> tuple[Table, Table | None]:
    """The first rows of a table that find room, as many as on the slides that follow, and the rest, if there is one."""
    rows, known = table.rows(), organisations.known_addresses(document.cluster)
    most = len(rows)
    for slides in range(math.ceil(len(rows) / MOST_ROWS), len(rows) + 1):
        most = math.ceil(len(rows) / slides)
        if len(tables.laid_out(for_readers(rows.head(most)), box, known).cells) > most:
            break
    said = f"Rows {page.before + 1} to {page.before + most} of {page.before + len(rows)}, {page.order}."
    first = replace(table, rows=lambda: rows.head(most), note=f"{said} {_left_out(page.left_out)} {table.note}")
    return first, replace(table, rows=lambda: rows.iloc[most:]) if most < len(rows) else None


def _poster(show: Any, document: Document, page: Slide) -> None:
    """A whole slide as the poster of the view; the title lies below it."""
    (form,) = (form for form in every() if form.name == "poster_png")
    slide = show.slides.add_slide(show.slide_layouts[template.TITLE_ONLY])
    slide.shapes.title.text_frame.text = page.title
    sheet = io.BytesIO(form.file_of(document))
    _tell(slide.shapes.add_picture(sheet, 0, 0, show.slide_width, show.slide_height), page)
    _notes(slide, document, page)


def _tell(frame: Any, page: Slide) -> None:
    """What stands for a chart, map or table in words."""
    named = frame._element.xpath(".//p:cNvPr")[0]
    named.set("name", words.cut(page.title, 60))
    named.set("descr", words.cut(clean(title_of(page.shown) if page.shown else ""), ALT))


def _slide(show: Any, title: str, layout: int) -> tuple[Any, float]:
    """A new slide with its title; where the title ends, in inches from the top."""
    slide, (top, most) = show.slides.add_slide(show.slide_layouts[layout]), template.TITLE
    size = _fit(slide.shapes.title, [title], TITLES, most, wider=SERIF)
    high = min(most, height([title], size, _points(ROOM) / SERIF) / POINTS + INSET)
    place = slide.shapes.title
    place.left, place.top, place.width, place.height = map(Inches, (LEFT, top, ROOM, high))
    return slide, top + high


def _finish(slide: Any, document: Document, page: Slide) -> None:
    """The view that the slide belongs to, its number, and its notes."""
    title, statement = clean(document.title), clean(document.statement)
    view = statement if statement and page.title.startswith(title) else title
    licences = "" if page.title.startswith(SOURCES) else LICENCES
    _paragraph(slide.shapes, f"{words.cut(view, MOST_NAMED)}{licences}", NAMES, LIGHT.quiet, VIEW)
    for place in slide.slide_layout.placeholders:
        if place.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
            number = deepcopy(place._element)
            number.xpath(".//p:cNvPr")[0].set("id", str(slide.shapes._next_shape_id))
            slide.shapes._spTree.append(number)
    _notes(slide, document, page)


def _points(inches: float) -> float:
    """The points of a line of words in a box of this width."""
    return (inches - 2 * INSET) * POINTS


def _fit(
    place: Any, texts: Sequence[str], sizes: Sequence[float], high: float, link: str = "", wider: float = 1.0
) -> float:
    """Write paragraphs into a placeholder in the largest size that finds room; return that size in points."""
    kept, size = fitting(texts, sizes, _points(ROOM) / wider, _points(high))
    put(place.text_frame, [[(text, link if text == link else "")] for text in kept], size, LIGHT.text)
    return size


def _fitted(text: str, sizes: Sizes) -> tuple[list[str], float, float]:
    """What of a text finds room in the width of a slide, the size of its words, and the inches it takes."""
    kept, size = fitting([text], sizes[0], _points(ROOM - 1), _points(sizes[1]))
    return kept, size, height(kept, size, _points(ROOM - 1)) / POINTS + INSET if text.strip() else 0.0


def _paragraph(shapes: Any, text: str, sizes: Sizes, colour: str, top: float) -> float:
    """A paragraph across the slide; the inches it takes."""
    kept, size, high = _fitted(text, sizes)
    if high:
        box = shapes.add_textbox(Inches(LEFT), Inches(top), Inches(ROOM - 1), Inches(high))
        put(box.text_frame, [[(one, "")] for one in kept], size, colour)
    return high


def _notes(slide: Any, document: Document, page: Slide) -> None:
    """What the presenter says; then the filter, the link, the source and the licences."""
    note = clean(page.shown.note) if page.shown else ""
    licences = " ".join(document.cluster.pack.licences)
    whole = clean(page.title)
    title = "" if slide.shapes.title.text_frame.text == whole else whole
    about = [f"This slide shows: {document.statement}", f"Link: {document.link}", note, f"Licences: {licences}"]
    said = [clean(line) for line in (title, *page.spoken, *page.sentences, *about)]
    slide.notes_slide.notes_text_frame.text = "\n".join(line for line in said if line)


def _chart(shapes: Any, document: Document, part: Chart, box: Frame) -> tuple[Any, str]:
    """A chart of PowerPoint, a table of shaded cells, or a picture, whichever shows the figure best."""
    figure = part.draw(LIGHT)
    if is_empty(figure):
        return None, NO_MARKS
    if any(trace.type == "heatmap" for trace in figure.data) and len(figure.data[0].x) <= MOST_COLUMNS:
        laid = tables.laid_grid(figure, box)
        return tables.added(shapes, laid, box), _first_rows(laid, len(figure.data[0].y), part.rows())
    charted = native.chart_of(shapes, box, figure)
    if charted is None:
        return _picture(shapes, document, part, box)
    frame, bars = charted
    more = [FIRST.format(native.MOST, count(bars, "bar"))] if bars > native.MOST else []
    cut = any(text.endswith("…") for text in frame.chart._chartSpace.xpath(".//c:v/text()"))
    more += [SHORTENED.format("Names")] if cut else []
    return frame, " ".join(more)


def _picture(shapes: Any, document: Document, part: Chart | Map, box: Frame) -> tuple[Any, str]:
    drawn = picture_of(document.cluster, part, LIGHT, box[2], box[3], PICTURE_TEXT)
    return shapes.add_picture(io.BytesIO(drawn.png(DPI)), *map(Inches, box)), ""


def _table(shapes: Any, document: Document, part: Table, box: Frame) -> tuple[Any, str]:
    rows = for_readers(part.rows())
    if rows.empty:
        return None, NO_ROWS
    laid = tables.laid_out(rows, box, organisations.known_addresses(document.cluster))
    more = [_first_rows(laid, len(rows), rows)]
    more.append(_left_out([rows.columns[place] for place in laid.left_out]))
    if laid.cut:
        more.append(SHORTENED.format("Cells"))
    return tables.added(shapes, laid, box), " ".join(filter(None, more))


def _left_out(columns: Sequence[str]) -> str:
    return LEFT_OUT.format(words.cut(", ".join(map(clean, columns)), MOST_LEFT_OUT)) if columns else ""


def _first_rows(laid: tables.Laid, of: int, rows: pd.DataFrame) -> str:
    shown, order = len(laid.cells) - 1, words.cut(order_of(rows), MOST_ORDER)
    return FIRST.format(shown, f"{count(of, 'row')}, {order}") if shown < of else ""


SHOW: dict[type, Callable[[Any, Document, Any, Frame], tuple[Any, str]]] = {Chart: _chart, Map: _picture, Table: _table}


def properties(show: Any, document: Document) -> None:
    """Title, filter, language and date of the file."""
    about, made_at = show.core_properties, datetime.combine(document.made, time())
    about.title, about.subject = (words.cut(clean(text), PROPERTY) for text in (document.title, document.statement))
    about.author = about.last_modified_by = words.cut(clean(document.cluster.pack.name), PROPERTY)
    about.language, about.keywords, about.comments = "en-GB", "", words.cut(clean(document.link), PROPERTY)
    about.created = about.modified = made_at
