"""The marks of the traces of a Plotly figure: bars, marks with lines and words, the cells of a heat map."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cluster_data.drawing.fonts import width
from cluster_data.drawing.pictures.canvas import Bounds, box_around, box_of, height_of, touch
from cluster_data.drawing.pictures.names import Among
from cluster_data.drawing.pictures.plot import BASE, Plot, bars_of, each, in_a_line, plain
from cluster_data.palette import readable_on

BAR, THICKEST = 0.7, 2.2  # of the way from row to row; of the height of words
HATCH = 1.2
SURELY = 3  # names of marks of other traces that are drawn although they cover something
VEIL = 0.85  # how much of what lies behind a name its ground hides
SYMBOLS = {"triangle-up": "triangle", "circle-open": "circle"}  # those of Plotly that pictograms name otherwise
SIDES = {"left": "right", "center": "center", "right": "left"}
ENDS = {"top": "bottom", "middle": "center", "bottom": "top"}
OTHERS = ("bottom center", "top center", "middle right", "middle left")


def bars(plot: Plot, trace: Any) -> None:
    """Lying bars with their words; what is not known is hollow, what is hatched stays so."""
    half = min(plot.pitch * (trace.width or BAR), THICKEST * plot.size) / 2
    for bar in bars_of(plot.figure, trace):
        ends, y = sorted((plot.x(0), plot.x(bar.value))), plot.y(bar.at)
        plot.canvas.rectangle(
            (ends[0], y - half, ends[1], y + half),
            fill=plot.canvas.hatched(bar.colour, bar.hatch, thick=HATCH) if bar.hatch else bar.colour,
            stroke=bar.edge,
            stroke_width=bar.thick * plot.scale,
        )
        if bar.beside == "inside":
            plot.canvas.write(
                plot.x(bar.value) - 0.35 * plot.size, y, bar.said, plot.size, readable_on(bar.colour), "right"
            )
        elif bar.beside == "outside":
            plot.canvas.write(plot.x(bar.value) + 0.35 * plot.size, y, bar.said, plot.size)


def cells(plot: Plot, trace: Any) -> None:
    """The cells of a heat map, each in the colour of its step; what has none stays empty."""
    colours = [colour for _, colour in trace.colorscale]
    across, down = trace.xgap * plot.scale / 2, max(0.27 * plot.pitch, (plot.pitch - trace.ygap * plot.scale) / 2)
    for y, line in zip(trace.y, trace.z, strict=True):
        for x, step in zip(trace.x, line, strict=True):
            if step is not None and not np.isnan(step):
                middle = plot.y(y)
                box = (plot.x(x - 0.5) + across, middle - down, plot.x(x + 0.5) - across, middle + down)
                plot.canvas.rectangle(box, fill=colours[int(step)])


def scatter(plot: Plot, trace: Any) -> None:
    """Lines, then marks, then words."""
    if trace.y is None or not len(trace.y):
        return
    x = [np.nan if value is None else plot.x(value) for value in trace.x]
    y = [np.nan if value is None else plot.y(value) for value in trace.y]
    if "lines" in trace.mode:
        _lines(plot, x, y, trace)
    if "markers" in trace.mode and trace.marker.opacity != 0:
        symbol(plot, x, y, trace.marker, within=_window(plot, trace))
        if trace.marker.opacity in (None, 1):
            sizes = each(trace.marker.size, len(x))
            plot.marks += [
                box_around(left, top, size * plot.scale / 2) for left, top, size in zip(x, y, sizes, strict=True)
            ]
    if "text" in trace.mode and trace.marker.opacity == 0:
        _names(plot, x, y, trace)
    elif "text" in trace.mode:
        _words(plot, x, y, trace)


def _lines(plot: Plot, x: list[float], y: list[float], trace: Any) -> None:
    line, window = trace.line, _window(plot, trace)
    if trace.fill == "toself":
        plot.canvas.line(zip(x, y, strict=True), "none", 0.0, 1, fill=trace.fillcolor, within=window)
    wide = (line.width or 1) * plot.scale
    plot.canvas.line(zip(x, y, strict=True), line.color, wide, dotted=line.dash == "dot", within=window)


def _window(plot: Plot, trace: Any) -> Bounds | None:
    """What must not stand out of the box of the marks, as Plotly has it unless told otherwise."""
    return None if trace.cliponaxis is False else plot.window


def symbol(
    plot: Plot,
    x: Sequence[float],
    y: Sequence[float],
    marker: Any,
    size: float = 0,
    opacity: float | None = None,
    within: Bounds | None = None,
) -> None:
    """Marks with the look of a Plotly marker; `size` in points stands for the marker's own."""
    number, name = len(x), marker.symbol or "circle"
    sizes = [size] * number if size else [own * plot.scale for own in each(marker.size, number)]
    hollow = name.endswith("-open")
    thick = (1.5 if hollow else marker.line.width or 0) * plot.scale
    veil = opacity if opacity is not None else marker.opacity
    for at, wide, colour in zip(zip(x, y, strict=True), sizes, each(marker.color, number), strict=True):
        fill, edge = ("none", colour) if hollow else (colour, marker.line.color)
        plot.canvas.mark(SYMBOLS.get(name, name), at, wide, fill, edge, thick, opacity=veil, within=within)


def _words(plot: Plot, x: list[float], y: list[float], trace: Any) -> None:
    """The words of a trace: at its places, or beside its marks where they touch no other words."""
    number, font, marked = len(x), trace.textfont, "markers" in trace.mode
    size = (font.size or BASE) * plot.scale
    away = [own * plot.scale / 2 + 0.25 * size if marked else 0 for own in each(trace.marker.size or 0, number)]
    in_rows = any(other.type == "heatmap" for other in plot.figure.data)
    rim = "" if in_rows else plot.figure.layout.paper_bgcolor
    looks = (each(trace.text, number), away, each(font.color, number), each(trace.textposition, number))
    for left, top, said, gap, ink, wish in zip(x, y, *looks, strict=True):
        text, bold = plain(said)
        if in_rows and height_of(text, size) > plot.pitch:  # a row has no room for its lines
            text = in_a_line(text)
        wish = wish or "middle center"
        side = _free_side(plot, left, top, text, size, gap, wish) if marked else wish
        if text:
            right, down, across, upright = _beside(left, top, gap, side or wish)
            small = _small_enough(right, plot.canvas.wide, text, size, across, bold)
            plot.canvas.write(right, down, text, small, ink or "", across, upright, bold, rim)


def _names(plot: Plot, x: list[float], y: list[float], trace: Any) -> None:
    """The names of marks of other traces, on a ground that hides the lines behind them, as far as there is room.

    `meta` of the trace holds them, the most important first, where the screen shows fewer than a picture may.
    """
    font, ground = trace.textfont, plot.figure.layout.paper_bgcolor
    size = font.size * plot.scale
    below_key = (0.0, plot.top, plot.canvas.wide, plot.canvas.high)
    among = Among(plot.canvas, size, plot.marks, within=below_key)
    looks = zip(x, y, trace.meta or trace.text, each(trace.marker.size, len(x)), strict=True)
    for place, (left, top, said, wide) in enumerate(looks):
        name, _ = plain(said)
        box = among.find(name, (left, top), wide * plot.scale / 2, surely=place < SURELY)
        if box:
            plot.canvas.rectangle(box, 4, fill=ground, opacity=VEIL)
            middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            plot.canvas.write(*middle, name, size, font.color, across="center", rim=ground)


def _small_enough(x: float, end: float, text: str, size: float, across: str, bold: bool) -> float:
    """The size at which words find room before the place where they must end."""
    wide = width(text, size, bold)
    room = end - (x if across == "left" else 0)
    return size if wide <= room else size * max(room, 1.0) / wide


def _free_side(plot: Plot, x: float, y: float, text: str, size: float, gap: float, wish: str) -> str:
    """The side of a mark where its words touch no others: best the one wished for, and best no strong mark either."""
    places = {side: _beside(x, y, gap, side) for side in (wish, *OTHERS)}
    sides = {side: box_of(*place[:2], text, size, *place[2:]) for side, place in places.items()}
    free = [side for side, box in sides.items() if plot.canvas.free(box)]
    alone = [side for side in free if not any(touch(sides[side], mark) for mark in plot.marks)]
    return next(iter([*alone, *free]), "")


def _beside(x: float, y: float, gap: float, side: str) -> tuple[float, float, str, str]:
    """Where words on a side of a place begin, and how they are aligned there."""
    end, along = side.split(" ")
    right = {"left": -gap, "center": 0, "right": gap}[along] if end == "middle" else 0
    lower = {"top": -gap, "middle": 0, "bottom": gap}[end]
    return x + right, y + lower, SIDES[along], ENDS[end]


DRAW: dict[str, Callable[[Plot, Any], None]] = {"bar": bars, "heatmap": cells, "scatter": scatter}
