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
from cluster_data.exports.slides.template import hatch
from cluster_data.model import words
from cluster_data.model.formats import Format, formats_of, in_words
from cluster_data.palette import LIGHT, readable_on

MOST_GRID, MOST_HEADER = 12, 60  # rows of shaded cells, letters of a heading
SIZES = (16.0, 14.0, 12.0)
ENOUGH, SHARES = 7, (1.05, 0.95, 0.85)  # rows for whose sake columns go, till they need so much of the width
LETTERS = (140, 100, 70, 50, 35)  # of a cell, where not all rows find room whole in the smallest words
MOST_WIDER = 1.8  # than needed columns may be
TITLES = 0.28  # of a grid's width, for the titles of its rows
SIDE, ABOVE = 0.07, 0.035  # inches from words to the border of a cell
UNBROKEN = 99  # letters
Box = tuple[float, float, float, float]
Cell = list[Run]


@dataclass(frozen=True)
class Laid:
    """A table laid out: its cells with the header first, widths in inches, heights and size of words in points.

    `left_out` are the places of columns that find no room; `right` are the columns of numbers; `cut` whether a cell
    says less than it should.
    """

    cells: list[list[Cell]]
    widths: list[float]
    size: float
    left_out: tuple[int, ...] = ()
    right: tuple[bool, ...] = ()
    cut: bool = False

    @property
    def heights(self) -> list[float]:
        """The points that the rows take."""
        return [
            max(lines(_text(cell), self.size, _points(wide)) for cell, wide in zip(row, self.widths, strict=True))
            * LINE
            * self.size
            + 2 * ABOVE * POINTS
            + 1
            for row in self.cells
        ]


class Look(NamedTuple):
    """How a cell looks; without a fill it is hatched."""

    fill: str
    ink: str
    bold: bool = False
    side: Any = PP_ALIGN.LEFT
    framed: bool = False


def laid_out(rows: pd.DataFrame, wide: float, high: float, known: Container[str]) -> Laid:
    """The columns and the first rows, MOST_ROWS at most, that find room in so many inches."""
    enough, first = len(rows) if len(rows) <= MOST_ROWS else ENOUGH, in_words(rows.iloc[:MOST_ROWS])
    head = [[(words.cut(clean(name), MOST_HEADER), "")] for name in first.columns]
    cells = [head, *([cell_of(said, known) for said in row] for row in first.itertuples(index=False, name=None))]
    for share in SHARES:
        kept = _columns(cells, formats_of(first), wide).kept(SIZES[-1], share)
        laid = _laid([[row[place] for place in kept] for row in cells], formats_of(first), kept, (wide, high), enough)
        if len(laid.cells) > enough:
            break
    return laid


def _laid(
    cells: list[list[Cell]], formats: Sequence[Format], kept: list[int], room: tuple[float, float], enough: int
) -> Laid:
    """The rows that find room, of the columns that are kept; cells are cut till that is `enough` rows."""
    gone = tuple(place for place in range(len(formats)) if place not in kept)
    formats = [formats[place] for place in kept]
    longest = max((len(_text(cell)) for row in cells[1:] for cell in row), default=0)
    for letters, size in (*((longest, size) for size in SIZES), *((most, SIZES[-1]) for most in LETTERS)):
        shown = [[[(words.cut(text, letters), to) for text, to in cell] for cell in row] for row in cells[1:]]
        columns = _columns([cells[0], *shown], formats, room[0])
        widths = columns.widths(size, range(len(kept)))
        wider = min(MOST_WIDER, columns.room / sum(widths)) / POINTS
        right = tuple(shown.right for shown in formats)
        laid = Laid([cells[0], *shown], [wider * each for each in widths], size, gone, right, letters < longest)
        cut, fits = _cut(laid, room[1]), columns.fit(size, range(len(kept)))
        whole = len(cut.cells) == len(laid.cells) and (fits or size == SIZES[-1])
        if whole or (size == SIZES[-1] and len(cut.cells) > enough):
            break
    return cut


def _columns(cells: list[list[Cell]], formats: Sequence[Format], wide: float) -> Columns:
    heads, *rows = [[_text(cell) for cell in row] for row in cells]
    said = list(zip(*rows, strict=True)) or [()] * len(heads)
    return Columns(heads, said, formats, wide * POINTS, SIDE * POINTS, WIDER, UNBROKEN)


def cell_of(said: str, known: Container[str] = ()) -> Cell:
    """A text as a cell; a list of known addresses as links that are named by their sites."""
    text = clean(said)
    links = [(words.site(address), address) for address in dict.fromkeys(words.addresses(text, known))]
    return [run for link in links for run in ((", ", ""), link)][1:] or [(text, "")]


def _text(cell: Cell) -> str:
    return "".join(text for text, _ in cell)


def _points(wide: float) -> float:
    """The points that words have in a column of so many inches."""
    return (wide - 2 * SIDE) * POINTS + 1


def _cut(laid: Laid, high: float) -> Laid:
    """The rows that find room, one at least below the header."""
    fits = max(2, int(np.searchsorted(np.cumsum(laid.heights), high * POINTS, side="right")))
    return replace(laid, cells=laid.cells[:fits])


def add_rows(shapes: Any, laid: Laid, box: Box) -> Any:
    """The frame of a native table: the header filled, numbers at the right."""

    def look(row: int, column: int) -> Look:
        side = PP_ALIGN.RIGHT if laid.right[column] else PP_ALIGN.LEFT
        if row == 0:
            return Look(LIGHT.accent, LIGHT.ground, True, side)
        return Look(LIGHT.ground if row % 2 else LIGHT.land, LIGHT.text, False, side)

    return _added(shapes, laid, box, look)


def _added(shapes: Any, laid: Laid, box: Box, look: Callable[[int, int], Look]) -> Any:
    left, top, _, _ = box
    size = (Inches(sum(laid.widths)), Pt(sum(laid.heights)))
    frame = shapes.add_table(len(laid.cells), len(laid.widths), Inches(left), Inches(top), *size)
    for column, wide in zip(frame.table.columns, laid.widths, strict=True):
        column.width = Inches(wide)
    for row, high in zip(frame.table.rows, laid.heights, strict=True):
        row.height = Pt(high)
    for place, cells in enumerate(laid.cells):
        for column, said in enumerate(cells):
            _write(frame.table.cell(place, column), said, laid.size, look(place, column))
    return frame


def _write(cell: Any, said: Cell, size: float, look: Look) -> None:
    cell.margin_left = cell.margin_right = Inches(SIDE)
    cell.margin_top = cell.margin_bottom = Inches(ABOVE)
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


@dataclass(frozen=True)
class Grid:
    """A heat map read from its figure: its words with the labels above and the titles beside, its colours cell by cell.

    `framed` are the places (row, column) of the cells that are marked out.
    """

    said: list[list[str]]
    colours: list[list[str]]
    framed: set[tuple[int, int]]


def grid_of(figure: go.Figure) -> Grid:
    """The grid of a heat map of charts."""
    heat, numbers, *more = figure.data
    titles = figure.layout.yaxis.ticktext or more[0].text
    steps, columns = [colour for _, colour in heat.colorscale], len(heat.x)
    above, beside, said = (
        [clean(plain(text)[0]) for text in texts] for texts in (figure.layout.xaxis.ticktext, titles, numbers.text)
    )
    rows = [[title, *said[row * columns : (row + 1) * columns]] for row, title in enumerate(beside)]
    colours = [["" if np.isnan(step) else steps[int(step)] for step in row] for row in np.asarray(heat.z, dtype=float)]
    framed = {cell for shape in figure.layout.shapes if shape.line.dash is None for cell in _inside(shape)}
    return Grid([["", *above], *rows], colours, framed)


def _inside(shape: Any) -> list[tuple[int, int]]:
    """The cells (row, column) whose middle lies in a rectangle of a figure."""
    across = range(math.ceil(shape.x0), math.floor(shape.x1) + 1)
    return [(row, column) for row in range(math.ceil(shape.y0), math.floor(shape.y1) + 1) for column in across]


def lay_grid(grid: Grid, wide: float, high: float) -> Laid:
    """The grid with all its columns and the first rows that find room, in the largest words that do."""
    cells = [[cell_of(text) for text in row] for row in grid.said]
    cells = cells if len(cells) <= MOST_GRID + 1 else cells[: MOST_ROWS + 1]
    each = wide * (1 - TITLES) / (len(cells[0]) - 1)
    for size in SIZES:
        laid = Laid(cells, [wide * TITLES, *[each] * (len(cells[0]) - 1)], size)
        whole = all(lines(word, size, _points(each)) == 1 for text in grid.said[0] for word in text.split())
        if whole and sum(laid.heights) <= high * POINTS:
            break
    return _cut(laid, high)


def add_grid(shapes: Any, laid: Laid, grid: Grid, box: Box) -> Any:
    """The frame of a native table with shaded cells: zero is white, what has no number is hatched."""

    def look(row: int, column: int) -> Look:
        if not (row and column):
            return Look(LIGHT.ground, LIGHT.text, side=PP_ALIGN.CENTER if column else PP_ALIGN.LEFT)
        colour, framed = grid.colours[row - 1][column - 1], (row - 1, column - 1) in grid.framed
        ink = readable_on(colour) if colour else LIGHT.text
        is_number = grid.said[row][column].replace(",", "").isdigit()
        return Look(colour or (LIGHT.ground if is_number else ""), ink, framed, PP_ALIGN.CENTER, framed)

    frame = _added(shapes, laid, box, look)
    frame.table.horz_banding, frame.table.first_col = False, True
    spare = (box[3] * POINTS - sum(laid.heights)) / len(laid.heights)
    for row in frame.table.rows:
        row.height += Pt(max(0.0, min(spare, laid.size)))
    return frame
