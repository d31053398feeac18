"""Tables of slides: the first rows of a frame, and the heat map as shaded cells."""

import math
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from cluster_data.drawing.columns import Columns
from cluster_data.drawing.pictures.canvas import POINTS
from cluster_data.drawing.pictures.plot import plain
from cluster_data.exports.slides.letters import LINE, WIDER, Run, clean, lines, put, rgb
from cluster_data.exports.slides.outline import MOST_ROWS
from cluster_data.exports.slides.template import Frame, hatch
from cluster_data.model import words
from cluster_data.model.formats import Format, formats_of, in_words
from cluster_data.palette import LIGHT, readable_on

MOST_GRID, MOST_HEADER = 12, 60  # rows of shaded cells, letters of a heading
SIZES = (16.0, 14.0, 12.0)
ENOUGH, SHARES = (
    7,
    (1.05, 0.95, 0.85, 0.75, 0.65),
)  # rows for whose sake columns go, till they need so much of the width
LETTERS = (140, 100, 70, 50, 35)  # of a cell, where not all rows find room whole in the smallest words
MOST_WIDER = 1.8  # than needed columns may be
TITLES = 0.28  # of a grid's width, for the titles of its rows
SIDE, ABOVE = 5.0, 2.5  # points from words to the border of a cell
UNBROKEN = 99  # letters
Cell = list[Run]


class Look(NamedTuple):
    """How a cell looks; without a fill it is hatched."""

    fill: str
    ink: str
    side: Any = PP_ALIGN.LEFT
    bold: bool = False
    framed: bool = False


@dataclass(frozen=True)
class Laid:
    """A table laid out: its cells with the header first, the look of each by row and column, widths and size in points.

    `left_out` are the places of columns that find no room; `cut` tells whether a cell says less than it should; rows
    are `more` points higher than they need be.
    """

    cells: list[list[Cell]]
    look: Callable[[int, int], Look]
    widths: list[float]
    size: float
    left_out: tuple[int, ...] = ()
    cut: bool = False
    more: float = 0.0

    @property
    def heights(self) -> list[float]:
        """The points that the rows take."""
        high = [
            max(lines(_text(cell), self.size, _room(wide)) for cell, wide in zip(row, self.widths, strict=True))
            for row in self.cells
        ]
        return [number * LINE * self.size + 2 * ABOVE + 1 + self.more for number in high]

    def within(self, high: float) -> "Laid":
        """The rows that find room in so many points, one at least below the header."""
        fits = max(2, int(np.searchsorted(np.cumsum(self.heights), high, side="right")))
        return replace(self, cells=self.cells[:fits])


def laid_out(rows: pd.DataFrame, box: Frame, known: Container[str]) -> Laid:
    """The columns and the first rows, MOST_ROWS at most, that find room: the header filled, numbers at the right."""
    enough, first = len(rows) if len(rows) <= MOST_ROWS else ENOUGH, in_words(rows.iloc[:MOST_ROWS])
    head = [[(words.cut(clean(name), MOST_HEADER), "")] for name in first.columns]
    cells = [head, *([cell_of(said, known) for said in row] for row in first.itertuples(index=False, name=None))]
    found: list[Laid] = []
    for share in SHARES:
        kept = _columns(cells, formats_of(first), box).kept(SIZES[-1], share)
        found.append(_laid([[row[place] for place in kept] for row in cells], formats_of(first), kept, box, enough))
        if len(found[-1].cells) > enough:
            break
    return max(found, key=lambda laid: len(laid.cells))


def _laid(cells: list[list[Cell]], formats: Sequence[Format], kept: list[int], box: Frame, enough: int) -> Laid:
    """The rows that find room, of the columns that are kept; cells are cut till that is `enough` rows."""
    gone = tuple(place for place in range(len(formats)) if place not in kept)
    formats = [formats[place] for place in kept]

    def look(row: int, column: int) -> Look:
        side = PP_ALIGN.RIGHT if formats[column].right else PP_ALIGN.LEFT
        if row == 0:
            return Look(LIGHT.accent, LIGHT.ground, side, bold=True)
        return Look(LIGHT.ground if row % 2 else LIGHT.land, LIGHT.text, side)

    longest = max((len(_text(cell)) for row in cells[1:] for cell in row), default=0)
    for letters, size in (*((longest, size) for size in SIZES), *((most, SIZES[-1]) for most in LETTERS)):
        shown = [[[(words.cut(text, letters), to) for text, to in cell] for cell in row] for row in cells[1:]]
        columns = _columns([cells[0], *shown], formats, box)
        widths, fits = columns.widths(size, range(len(kept))), columns.fit(size, range(len(kept)))
        wider = min(MOST_WIDER, columns.room / sum(widths))
        laid = Laid([cells[0], *shown], look, [wider * each for each in widths], size, gone, letters < longest)
        laid = laid.within(box[3] * POINTS)
        smallest, found = size == SIZES[-1], len(laid.cells)
        if (found == len(cells) and (fits or smallest)) or (smallest and found > enough):
            break
    return laid


def _columns(cells: list[list[Cell]], formats: Sequence[Format], box: Frame) -> Columns:
    heads, *rows = [[_text(cell) for cell in row] for row in cells]
    said = list(zip(*rows, strict=True)) or [()] * len(heads)
    return Columns(heads, said, formats, box[2] * POINTS, SIDE, WIDER, UNBROKEN)


def cell_of(said: str, known: Container[str] = ()) -> Cell:
    """A text as a cell; a list of known addresses as links that are named by their sites."""
    text = clean(said)
    links = [(words.site(address), address) for address in dict.fromkeys(words.addresses(text, known))]
    return [run for link in links for run in ((", ", ""), link)][1:] or [(text, "")]


def _text(cell: Cell) -> str:
    return "".join(text for text, _ in cell)


def _room(wide: float) -> float:
    """The points that words have in a column of so many."""
    return wide - 2 * SIDE + 1


def laid_grid(figure: go.Figure, box: Frame) -> Laid:
    """A heat map with all its columns and the first rows that find room, in the largest words that do.

    Zero is white, what has no number is hatched, what is marked out is framed.
    """
    (heat, numbers), axes = figure.data[:2], (figure.layout.xaxis, figure.layout.yaxis)
    steps, columns = [colour for _, colour in heat.colorscale], len(heat.x)
    told = (*(axis.ticktext for axis in axes), numbers.text)
    above, beside, said = ([cell_of(plain(text)[0]) for text in texts] for texts in told)
    framed = {cell for shape in figure.layout.shapes if shape.line.dash is None for cell in _inside(shape)}

    def look(row: int, column: int) -> Look:
        if not (row and column):
            return Look(LIGHT.ground, LIGHT.text, PP_ALIGN.CENTER if column else PP_ALIGN.LEFT)
        step, is_framed = heat.z[row - 1][column - 1], (row - 1, column - 1) in framed
        colour = "" if step is None or np.isnan(step) else steps[int(step)]
        is_number = _text(cells[row][column]).replace(",", "").isdigit()
        fill, ink = colour or (LIGHT.ground if is_number else ""), readable_on(colour) if colour else LIGHT.text
        return Look(fill, ink, PP_ALIGN.CENTER, is_framed, is_framed)

    cells = [[title, *said[row * columns : (row + 1) * columns]] for row, title in enumerate(beside)]
    cells = [[cell_of(""), *above], *(cells if len(cells) <= MOST_GRID else cells[:MOST_ROWS])]
    wide, high = box[2] * POINTS, box[3] * POINTS
    each = wide * (1 - TITLES) / columns
    for size in SIZES:
        laid = Laid(cells, look, [wide * TITLES, *[each] * columns], size)
        whole = all(lines(word, size, _room(each)) == 1 for cell in above for word in _text(cell).split())
        if whole and sum(laid.heights) <= high:
            break
    laid = laid.within(high)
    return replace(laid, more=max(0.0, min((high - sum(laid.heights)) / len(laid.cells), size)))


def _inside(shape: Any) -> list[tuple[int, int]]:
    """The cells (row, column) whose middle lies in a rectangle of a figure."""
    across = range(math.ceil(shape.x0), math.floor(shape.x1) + 1)
    return [(row, column) for row in range(math.ceil(shape.y0), math.floor(shape.y1) + 1) for column in across]


def added(shapes: Any, laid: Laid, box: Frame) -> Any:
    """The frame of a native table."""
    size = Pt(sum(laid.widths)), Pt(sum(laid.heights))
    frame = shapes.add_table(len(laid.cells), len(laid.widths), Inches(box[0]), Inches(box[1]), *size)
    frame.table.horz_banding, frame.table.first_col = False, True
    for column, wide in zip(frame.table.columns, laid.widths, strict=True):
        column.width = Pt(wide)
    for row, high in zip(frame.table.rows, laid.heights, strict=True):
        row.height = Pt(high)
    for place, cells in enumerate(laid.cells):
        for column, said in enumerate(cells):
            _write(frame.table.cell(place, column), said, laid.size, laid.look(place, column))
    return frame


def _write(cell: Any, said: Cell, size: float, look: Look) -> None:
    cell.margin_left = cell.margin_right = Pt(SIDE)
    cell.margin_top = cell.margin_bottom = Pt(ABOVE)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    put(cell.text_frame, [said], size, look.ink, look.bold)
    cell.text_frame.paragraphs[0].alignment = look.side
    if look.fill:
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(look.fill)
    else:
        hatch(cell.fill, LIGHT.line, LIGHT.ground)
    if look.framed:
        _border(cell)


def _border(cell: Any) -> None:
    """A strong line round a cell."""
    look = cell._tc.get_or_add_tcPr()
    for place, side in enumerate(("a:lnL", "a:lnR", "a:lnT", "a:lnB")):
        line = look.makeelement(qn(side), {"w": "28575"})
        fill = line.makeelement(qn("a:solidFill"), {})
        fill.append(fill.makeelement(qn("a:srgbClr"), {"val": LIGHT.text.lstrip("#")}))
        line.append(fill)
        look.insert(place, line)
