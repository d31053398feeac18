"""Tables of slides: the first rows of a frame, and the heat map as shaded cells."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from cluster_data.exports.slides.letters import LINE, POINTS, clean, lines, put, rgb, shortened, width
from cluster_data.palette import LIGHT, readable_on
from cluster_data.pictures.labels import plain

MOST_ROWS, MOST_COLUMNS, MOST_HEADER = 60, 7, 60
MOST_LETTERS = (140, 70, 35)  # of a cell; fewer where not even one row finds room
KEPT = ("where", "status", "distance", "publisher", "source", "sources", "source(s)")
KEPT_IF_ROOM = "website"
COMMAS_FROM = 10_000
GENEROUS = 1.06  # wider than measured
BOLD, MOST_WIDER = 1.1, 1.8  # bold words against others; how much wider than needed columns may be
SIZES, LEAST_OF_ROWS = (16.0, 14.0, 12.0, 11.0, 10.0), 12.0
SHARES = (0.36, 0.28, 0.22)  # of a grid's width for the titles of its rows
SIDE, NEAR, ABOVE = 0.07, 0.03, 0.035  # inches from words to the border of a cell, of a grid's cell, and above them
Box = tuple[float, float, float, float]


def in_words(value: Any) -> str:
    """A cell as its reader sees it: numbers from 10,000 with commas, two decimals at most, nothing if unknown."""
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return ""
    if isinstance(value, (bool, np.bool_)):
        return "Yes" if value else "No"
    if isinstance(value, (int, np.integer)):
        return _grouped(value, "d")
    if isinstance(value, (float, np.floating)):
        number = float(value)
        small = 0 < abs(number) < 0.01
        return f"{number:.2g}" if small else _grouped(number, ".2f").rstrip("0").rstrip(".")
    return clean(value)


def _grouped(number: Any, form: str) -> str:
    """A number with commas only if it is too large for a year."""
    return format(number, f",{form}" if abs(number) >= COMMAS_FROM else form)


def columns(rows: pd.DataFrame) -> list[int]:
    """The places of the columns that a slide shows.

    Of too many go first those that say nothing or the same in each row, then the last ones; a website goes before what
    names the place, the state and the source; the first column stays.
    """
    places = list(range(len(rows.columns)))
    while len(places) > MOST_COLUMNS:
        places.remove(min(places, key=lambda place: (_worth(rows, place), -place)))
    return places


def _worth(rows: pd.DataFrame, place: int) -> int:
    heading = clean(rows.columns[place]).partition(",")[0].casefold()
    if place == 0 or heading in KEPT:
        return 4 if place == 0 else 3
    if heading == KEPT_IF_ROOM:
        return 2
    return int(len(set(rows.iloc[:, place].map(in_words))) > 1)


@dataclass(frozen=True)
class Laid:
    """A table laid out: cells in words with the header first, widths in inches, heights and size of words in points.

    `head` is the size of the header's words.
    """

    cells: list[list[str]]
    widths: list[float]
    heights: list[float]
    size: float
    head: float


def laid_out(rows: pd.DataFrame, wide: float, high: float) -> Laid:
    """The first rows that find room in so many inches, in the largest words in which all do."""
    shown = rows.iloc[:MOST_ROWS]
    head = [shortened(clean(name), MOST_HEADER) for name in shown.columns]
    said = [[in_words(value) for value in row] for row in shown.itertuples(index=False, name=None)]
    for letters in MOST_LETTERS:
        laid = _sized([head, *([shortened(cell, letters) for cell in row] for row in said)], wide, high)
        if sum(laid.heights) <= high * POINTS:
            break
    return laid


def _sized(cells: list[list[str]], wide: float, high: float) -> Laid:
    """The rows that find room, in words as small as they need, and smaller if the words of a heading break."""
    room = _room(cells, wide)
    for size in SIZES:
        widths = _widths(cells, wide, size)
        heights = [_row_height(row, widths, size) for row in cells]
        whole = sum(_longest(head, size) for head in cells[0]) <= room
        if whole and (sum(heights) <= high * POINTS or size <= LEAST_OF_ROWS):
            break
    return _cut(Laid(cells, widths, heights, size, size), high)


def _cut(laid: Laid, high: float) -> Laid:
    """The rows that find room, one at least below the header."""
    fits = max(2, int(np.searchsorted(np.cumsum(laid.heights), high * POINTS, side="right")))
    return replace(laid, cells=laid.cells[:fits], heights=laid.heights[:fits])


def _room(cells: Sequence[Sequence[str]], wide: float) -> float:
    """The points that the words of a row have side by side."""
    return (wide - 2 * SIDE * len(cells[0])) * POINTS


def _longest(head: str, size: float) -> float:
    """The points of the longest word of a heading."""
    return GENEROUS * BOLD * max(width(word, size) for word in head.split() or [""])


def _widths(cells: Sequence[Sequence[str]], wide: float, size: float) -> list[float]:
    """Widths in inches: what the longest cell needs, none less than its longest word, together the table's width.

    Where the words find no room, those of the headings go before those of the rows.
    """
    room = _room(cells, wide)
    heads, least, wish = [], [], []
    for head, *rest in zip(*cells, strict=True):
        heads.append(min(_longest(head, size), room / 2))
        longest = GENEROUS * max(width(word, size) for cell in rest for word in _words(cell) or [""])
        least.append(max(heads[-1], min(longest, room / 3)))
        whole = GENEROUS * max(BOLD * width(head, size), *(width(cell, size) for cell in rest))
        wish.append(max(least[-1], min(room / 2, whole)))
    given = _between(_between(heads, least, room), wish, room)
    return [points * min(MOST_WIDER, room / sum(given)) / POINTS + 2 * SIDE for points in given]


def _between(low: Sequence[float], high: Sequence[float], room: float) -> list[float]:
    """Widths from low to high, all as far on the way as there is room."""
    more = sum(high) - sum(low)
    share = min(1.0, max(0.0, (room - sum(low)) / more)) if more else 0.0
    return [least + (most - least) * share for least, most in zip(low, high, strict=True)]


def _words(cell: str) -> list[str]:
    """What of a cell must stand in one line."""
    return cell.replace("-", "- ").split()


def _row_height(row: Sequence[str], widths: Sequence[float], size: float) -> float:
    most = max(
        (lines(cell, size, (wide - 2 * SIDE) * POINTS / GENEROUS + 1) for cell, wide in zip(row, widths, strict=True)),
        default=1,
    )
    return most * LINE * size + 2 * ABOVE * POINTS + 1


def add_rows(shapes: Any, laid: Laid, rows: pd.DataFrame, box: Box) -> Any:
    """The frame of a native table: the header filled, numbers at the right."""
    frame = _frame(shapes, laid, box)
    right = [pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind) for kind in rows.dtypes]
    for place, row in enumerate(laid.cells):
        for column, text in enumerate(row):
            ink = LIGHT.ground if place == 0 else LIGHT.text
            cell = frame.table.cell(place, column)
            _write(cell, text, laid.size, ink, place == 0, right[column])
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


def _write(cell: Any, text: str, size: float, ink: str, bold: bool, right: bool = False, middle: bool = False) -> None:
    cell.margin_left = cell.margin_right = Inches(SIDE)
    cell.margin_top = cell.margin_bottom = Inches(ABOVE)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    put(cell.text_frame, [text], size, ink, bold)
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
    cells = [["", *grid.above], *([title, *said] for title, said in zip(grid.beside, grid.said, strict=True))]
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
        for column, text in enumerate(row):
            cell = frame.table.cell(place, column)
            head = place == 0 or column == 0
            colour = "" if head else grid.colours[place - 1][column - 1]
            marked = (place - 1, column - 1) in grid.framed
            ink = readable_on(colour) if colour else LIGHT.text
            _write(cell, text, laid.size if place else laid.head, ink, marked, middle=column > 0)
            if column:
                cell.margin_left = cell.margin_right = Inches(NEAR)
            _shade(cell, colour, not head and not colour and not text.replace(",", "").isdigit())
            if marked:
                _border(cell)
    return frame


def _shade(cell: Any, colour: str, unknown: bool) -> None:
    if unknown:
        cell.fill.patterned()
        cell.fill.pattern = MSO_PATTERN.LIGHT_UPWARD_DIAGONAL
        cell.fill.fore_color.rgb, cell.fill.back_color.rgb = rgb(LIGHT.line), rgb(LIGHT.ground)
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
