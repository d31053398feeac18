"""Tables of slides: the first rows of a frame, and the heat map as shaded cells."""

import math
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from itertools import product
from statistics import median
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from cluster_data.drawing.pictures.labels import plain
from cluster_data.exports.slides.cells import Cell, cell_of
from cluster_data.exports.slides.letters import LINE, POINTS, clean, lines, put_runs, rgb, width
from cluster_data.exports.slides.template import hatch
from cluster_data.model.formats import Format, for_readers, formats_of, in_words
from cluster_data.palette import LIGHT, readable_on

MOST_ROWS, MOST_GRID, MOST_HEADER = 10, 12, 60  # rows of a table and of shaded cells, letters of a heading
LONG, SHORTER, SHORTEST = 140, 70, 35  # letters of a cell where not all rows find room whole
ENOUGH, FEW = 8, 3  # rows for whose sake words become small, and for whose sake cells become short
FEW_COLUMNS = 7  # that stay if they find room
GENEROUS = 1.06  # wider than measured
BOLD, MOST_WIDER = 1.1, 1.8  # bold words against others; how much wider than needed columns may be
SIZES = (16.0, 14.0, 12.0)
SENTENCE, SENTENCE_SHARE = 40, 0.15  # letters of a usual cell that says much, and the least share of its column
SHARES = (0.36, 0.28, 0.22)  # of a grid's width for the titles of its rows
SIDE, NEAR, ABOVE = 0.07, 0.03, 0.035  # inches from words to the border of a cell, of a grid's cell, and above them
MOST_LINES, HALVINGS = 64.0, 20
Box = tuple[float, float, float, float]
Cells = list[list[Cell]]


@dataclass(frozen=True)
class Laid:
    """A table laid out: its cells with the header first, widths in inches, heights and size of words in points.

    `head` is the size of the header's words; `left_out` are the places of columns that find no room.
    """

    cells: Cells
    widths: list[float]
    heights: list[float]
    size: float
    head: float
    left_out: tuple[int, ...] = ()

    @property
    def cut(self) -> bool:
        """Whether a cell says less than it should."""
        return any(cell.cut for row in self.cells for cell in row)


def laid_out(rows: pd.DataFrame, wide: float, high: float, known: Container[str]) -> Laid:
    """The columns and the first rows, MOST_ROWS at most, that find room in so many inches.

    Words become small before cells are cut and columns go, which happens where else not all rows find room. Where they
    do not even then, there are enough rows first, then as many columns as can be.
    """
    first = in_words(rows.iloc[:MOST_ROWS])
    head = [cell_of(str(name)).within(MOST_HEADER) for name in first.columns]
    cells = [head, *([cell_of(value, known) for value in row] for row in first.itertuples(index=False, name=None))]
    leaving = _leaving(cells, formats_of(first))
    must = next((gone for gone in range(len(head)) if _fits(_without(cells, leaving[:gone]), wide)), len(head) - 1)
    most = max(must, len(head) - FEW_COLUMNS)
    tries = [(_without(cells, gone), tuple(sorted(gone))) for gone in (leaving[:n] for n in range(must, most + 1))]
    if len(first) * _lines_high(1, SIZES[-1]) <= high * POINTS:
        for kept, gone in tries:
            laid = _whole(kept, wide, high)
            if laid:
                return replace(laid, left_out=gone)
    found = [replace(_first_rows(kept, wide, high), left_out=gone) for kept, gone in tries]
    return max(found, key=lambda laid: (min(len(laid.cells), ENOUGH), len(laid.widths)))


def _whole(cells: Cells, wide: float, high: float) -> Laid | None:
    """All rows in the largest words in which they find room, with the longest cells cut if need be."""
    for shown in (cells, _within(cells, LONG)):
        for size in SIZES:
            laid = _sized(shown, wide, size)
            if sum(laid.heights) <= high * POINTS and (size == SIZES[-1] or _fits(shown, wide, size)):
                return laid
    return None


def _first_rows(cells: Cells, wide: float, high: float) -> Laid:
    """The first rows that find room in the smallest words: if hardly any do, with shorter cells."""
    for letters in (LONG, SHORTER, SHORTEST):
        laid = _cut(_sized(_within(cells, letters), wide, SIZES[-1]), high)
        if len(laid.cells) > FEW:
            break
    return laid


def _within(cells: Cells, letters: int) -> Cells:
    return [cells[0], *([cell.within(letters) for cell in row] for row in cells[1:])]


def _without(cells: Cells, places: Sequence[int]) -> Cells:
    return [[cell for place, cell in enumerate(row) if place not in places] for row in cells]


def _leaving(cells: Cells, formats: Sequence[Format]) -> list[int]:
    """The places of the columns in the order in which they go.

    First those of low priority, of these first those that say nothing or the same in each row, then the last ones;
    the first column stays.
    """
    columns = _texts(cells)

    def worth(place: int) -> tuple[int, bool, int]:
        priority = formats[place].priority
        return priority, priority > 0 or len(set(columns[place][1:])) > 1, -place

    return sorted(range(1, len(columns)), key=worth)


def _fits(cells: Cells, wide: float, size: float = SIZES[-1]) -> bool:
    """Whether all columns find room side by side without a break inside a word."""
    room = _room(cells, wide)
    return sum(max(_least(column, size, room)) for column in _texts(cells)) <= room


def _texts(cells: Cells) -> list[list[str]]:
    """What the columns say, their headings first."""
    return [[cell.text for cell in column] for column in zip(*cells, strict=True)]


def _least(column: Sequence[str], size: float, room: float) -> tuple[float, float]:
    """The points that a column needs for the words of its heading, and for what else it says."""
    longest = GENEROUS * max((width(word, size) for cell in column[1:] for word in _words(cell)), default=0.0)
    usual = median(map(len, column[1:])) if len(column) > 1 else 0
    much = SENTENCE_SHARE * room if usual > SENTENCE else 0.0
    return min(_longest(column[0], size), room / 2), max(min(longest, room / 3), much)


def _sized(cells: Cells, wide: float, size: float) -> Laid:
    widths = _widths(cells, wide, size)
    return Laid(cells, widths, [_row_height(row, widths, size) for row in cells], size, size)


def _cut(laid: Laid, high: float) -> Laid:
    """The rows that find room, one at least below the header."""
    fits = max(2, int(np.searchsorted(np.cumsum(laid.heights), high * POINTS, side="right")))
    return replace(laid, cells=laid.cells[:fits], heights=laid.heights[:fits])


def _room(cells: Cells, wide: float) -> float:
    """The points that the words of a row have side by side."""
    return (wide - 2 * SIDE * len(cells[0])) * POINTS


def _longest(head: str, size: float) -> float:
    """The points of the longest word of a heading."""
    return GENEROUS * BOLD * max(width(word, size) for word in head.split() or [""])


def _widths(cells: Cells, wide: float, size: float) -> list[float]:
    """Widths in inches: such that cells have as few lines as can be, but none is less than its longest word.

    Where the words find no room, those of the headings go before those of the rows.
    """
    room, columns = _room(cells, wide), _texts(cells)
    heads, others = zip(*(_least(column, size, room) for column in columns), strict=True)
    least = _between(heads, [max(pair) for pair in zip(heads, others, strict=True)], room)
    wish = [GENEROUS * max(BOLD * width(head, size), *(width(cell, size) for cell in rest)) for head, *rest in columns]
    given = _with_few_lines(least, wish, room)
    return [points * min(MOST_WIDER, room / sum(given)) / POINTS + 2 * SIDE for points in given]


def _with_few_lines(least: Sequence[float], wish: Sequence[float], room: float) -> list[float]:
    """Widths that fill no more than the room, in which the longest cell of each column has as many lines."""
    few, many = 1.0, MOST_LINES
    given = [max(pair) for pair in zip(least, wish, strict=True)]
    if sum(given) <= room:
        return given
    for _ in range(HALVINGS):
        middle = (few + many) / 2
        given = [max(low, whole / middle) for low, whole in zip(least, wish, strict=True)]
        few, many = (few, middle) if sum(given) <= room else (middle, many)
    return [max(low, whole / many) for low, whole in zip(least, wish, strict=True)]


def _between(low: Sequence[float], high: Sequence[float], room: float) -> list[float]:
    """Widths from low to high, all as far on the way as there is room."""
    more = sum(high) - sum(low)
    share = min(1.0, max(0.0, (room - sum(low)) / more)) if more else 0.0
    return [least + (most - least) * share for least, most in zip(low, high, strict=True)]


def _words(cell: str) -> list[str]:
    """What of a cell must stand in one line."""
    return cell.replace("-", "- ").split()


def _row_height(row: Sequence[Cell], widths: Sequence[float], size: float) -> float:
    most = max(
        (
            lines(cell.text, size, (wide - 2 * SIDE) * POINTS / GENEROUS + 1)
            for cell, wide in zip(row, widths, strict=True)
        ),
        default=1,
    )
    return _lines_high(most, size)


def _lines_high(number: int, size: float) -> float:
    """The points of a row of so many lines."""
    return number * LINE * size + 2 * ABOVE * POINTS + 1


def add_rows(shapes: Any, laid: Laid, rows: pd.DataFrame, box: Box) -> Any:
    """The frame of a native table: the header filled, numbers at the right."""
    frame = _frame(shapes, laid, box)
    formats = formats_of(for_readers(rows))
    right = [shown.right for place, shown in enumerate(formats) if place not in laid.left_out]
    for place, row in enumerate(laid.cells):
        for column, said in enumerate(row):
            ink = LIGHT.ground if place == 0 else LIGHT.text
            cell = frame.table.cell(place, column)
            _write(cell, said, laid.size, ink, place == 0, right[column])
            _shade(cell, LIGHT.accent if place == 0 else LIGHT.land if place % 2 == 0 else LIGHT.ground, False)
    return frame


def _frame(shapes: Any, laid: Laid, box: Box) -> Any:
    left, top, _, _ = box
    size = (Inches(sum(laid.widths)), Pt(sum(laid.heights)))
    frame = shapes.add_table(len(laid.cells), len(laid.widths), Inches(left), Inches(top), *size)
    for column, wide in zip(frame.table.columns, laid.widths, strict=True):
        column.width = Inches(wide)
    for row, high in zip(frame.table.rows, laid.heights, strict=True):
        row.height = Pt(high)
    return frame


def _write(cell: Any, said: Cell, size: float, ink: str, bold: bool, right: bool = False, middle: bool = False) -> None:
    cell.margin_left = cell.margin_right = Inches(SIDE)
    cell.margin_top = cell.margin_bottom = Inches(ABOVE)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    put_runs(cell.text_frame, [said.runs], size, ink, bold)
    if right or middle:
        cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.CENTER


@dataclass(frozen=True)
class Grid:
    """A heat map read from its figure: the labels above, the titles beside, and of each cell its words and colour.

    `framed` are the places (row, column) of the cells that are marked out.
    """

    above: list[str]
    beside: list[str]
    said: list[list[str]]
    colours: list[list[str]]
    framed: set[tuple[int, int]]


def grid_of(figure: go.Figure) -> Grid:
    """The grid of a heat map of charts.challenge_grid_chart."""
    heat, numbers, titles = figure.data[:3]
    steps, columns = [colour for _, colour in heat.colorscale], len(heat.x)
    said = [clean(plain(text)[0]) for text in numbers.text]
    colours = [["" if np.isnan(step) else steps[int(step)] for step in row] for row in np.asarray(heat.z, dtype=float)]
    framed = {cell for shape in figure.layout.shapes if shape.line.dash is None for cell in _inside(shape)}
    return Grid(
        [clean(plain(text)[0]) for text in figure.layout.xaxis.ticktext],
        [clean(plain(text)[0]) for text in titles.text],
        [said[start : start + columns] for start in range(0, len(said), columns)],
        colours,
        framed,
    )


def _inside(shape: Any) -> list[tuple[int, int]]:
    """The cells (row, column) whose middle lies in a rectangle of a figure."""
    across = range(math.ceil(shape.x0), math.floor(shape.x1) + 1)
    return [(row, column) for row in range(math.ceil(shape.y0), math.floor(shape.y1) + 1) for column in across]


def lay_grid(grid: Grid, wide: float, high: float) -> Laid:
    """The grid with all its columns and the first rows that find room, in the largest words that do."""
    texts = [["", *grid.above], *([title, *said] for title, said in zip(grid.beside, grid.said, strict=True))]
    cells = [[Cell(((text, ""),)) for text in row] for row in texts]
    if len(texts) > MOST_GRID + 1:
        cells = cells[: MOST_ROWS + 1]
    longest = max(width(word, 1) for text in grid.above for word in text.split() or [""])
    for size, share in product(SIZES, SHARES):
        each = wide * (1 - share) / len(grid.above)
        widths, head = [wide * share, *[each] * len(grid.above)], min(size, (each - 2 * NEAR) * POINTS / longest)
        heights = [_row_height(row, widths, size) for row in cells]
        if sum(heights) <= high * POINTS and head >= SIZES[-1]:
            spare = (high * POINTS - sum(heights)) / len(heights)
            return Laid(cells, widths, [row + min(spare, size) for row in heights], size, head)
    return _cut(Laid(cells, widths, heights, size, SIZES[-1]), high)


def add_grid(shapes: Any, laid: Laid, grid: Grid, box: Box) -> Any:
    """The frame of a native table with shaded cells: zero is white, what has no number is hatched."""
    frame = _frame(shapes, laid, box)
    frame.table.horz_banding, frame.table.first_col = False, True
    for place, row in enumerate(laid.cells):
        for column, said in enumerate(row):
            cell = frame.table.cell(place, column)
            head = place == 0 or column == 0
            colour = "" if head else grid.colours[place - 1][column - 1]
            marked = (place - 1, column - 1) in grid.framed
            ink = readable_on(colour) if colour else LIGHT.text
            _write(cell, said, laid.size if place else laid.head, ink, marked, middle=column > 0)
            if column:
                cell.margin_left = cell.margin_right = Inches(NEAR)
            _shade(cell, colour, not head and not colour and not said.text.replace(",", "").isdigit())
            if marked:
                _border(cell)
    return frame


def _shade(cell: Any, colour: str, unknown: bool) -> None:
    if unknown:
        hatch(cell.fill, LIGHT.line, LIGHT.ground)
    else:
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(colour or LIGHT.ground)


def _border(cell: Any) -> None:
    """A strong line round a cell."""
    look = cell._tc.get_or_add_tcPr()
    for place, side in enumerate(("a:lnL", "a:lnR", "a:lnT", "a:lnB")):
        line = look.makeelement(qn(side), {"w": "28575"})
        fill = line.makeelement(qn("a:solidFill"), {})
        fill.append(fill.makeelement(qn("a:srgbClr"), {"val": LIGHT.text.lstrip("#")}))
        line.append(fill)
        look.insert(place, line)
