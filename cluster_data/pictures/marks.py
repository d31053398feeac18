"""The marks of the traces of a Plotly figure: bars, marks with lines and words, the cells of a heat map."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cluster_data.palette import readable_on
from cluster_data.pictures.canvas import Box, box_of, width_of
from cluster_data.pictures.plots import Plot, plain, rows_of

BAR = 0.7
HATCH = 1.2
SYMBOLS = {
    "circle": "o",
    "square": "s",
    "diamond": "D",
    "hexagon": "h",
    "triangle-up": "^",
    "triangle-down": "v",
    "pentagon": "p",
    "circle-open": "o",
}
SIDES = {"left": "right", "center": "center", "right": "left"}
ENDS = {"top": "bottom", "middle": "center", "bottom": "top"}
OTHERS = ("bottom center", "top center", "middle right", "middle left")


def each(value: Any, number: int) -> list[Any]:
    """A look that is one for all marks, or one for each."""
    alike = value is None or isinstance(value, (str, int, float))
    return [value] * number if alike else list(value)


def bars(plot: Plot, trace: Any) -> None:
    """Lying bars with their numbers; what is not known is hollow, what is hatched stays so."""
    rows, stacked = rows_of(trace), plot.figure.layout.barmode == "stack"
    number, marker = len(rows), trace.marker
    half = plot.pitch * (trace.width or BAR) / 2
    looks = zip(
        rows,
        trace.x,
        each(marker.color, number),
        each(marker.line.color, number),
        each(marker.line.width or 0, number),
        each(marker.pattern.shape or "", number),
        each(trace.text, number),
        each(trace.textposition, number),
        strict=True,
    )
    for row, value, colour, edge, border, hatch, text, position in looks:
        start = plot.reached.get(row, 0.0) if stacked else 0.0
        end = plot.reached[row] = start + float(value)
        y = plot.y(row)
        plot.canvas.rectangle(
            (plot.x(min(start, end)), y - half, plot.x(max(start, end)), y + half),
            facecolor=colour,
            edgecolor=edge or "none",
            linewidth=border * plot.scale,
            hatch=hatch * 2,
            hatchcolor=marker.pattern.fgcolor or colour,
            hatch_linewidth=HATCH,
        )
        if text is not None:
            _number(plot, plot.x(end), y, str(text), position, colour)


def _number(plot: Plot, x: float, y: float, text: str, position: str, colour: str) -> None:
    gap = 0.35 * plot.size
    if position == "inside":
        plot.canvas.write(x - gap, y, text, plot.size, readable_on(colour), across="right")
    else:
        plot.canvas.write(x + gap, y, text, plot.size)


def cells(plot: Plot, trace: Any) -> None:
    """The cells of a heat map, each in the colour of its step; what has none stays empty."""
    colours = [colour for _, colour in trace.colorscale]
    across, down = trace.xgap * plot.scale / 2, 0.27 * plot.pitch
    for y, line in zip(trace.y, trace.z, strict=True):
        for x, step in zip(trace.x, line, strict=True):
            if step is not None and not np.isnan(step):
                middle = plot.y(y)
                box = (plot.x(x - 0.5) + across, middle - down, plot.x(x + 0.5) - across, middle + down)
                plot.canvas.rectangle(box, facecolor=colours[int(step)], edgecolor="none")


def scatter(plot: Plot, trace: Any) -> None:
    """Lines, then marks, then words."""
    if trace.y is None or not len(trace.y):
        return
    x = [np.nan if value is None else plot.x(value) for value in trace.x]
    y = [np.nan if value is None else plot.y(value) for value in trace.y]
    if "lines" in trace.mode:
        _lines(plot, x, y, trace)
    if "markers" in trace.mode and trace.marker.opacity != 0:
        symbol(plot, x, y, trace.marker)
    if "text" in trace.mode:
        _words(plot, x, y, trace)


def _lines(plot: Plot, x: list[float], y: list[float], trace: Any) -> None:
    line, axes = trace.line, plot.canvas.axes
    if trace.fill == "toself":
        axes.fill(x, y, color=trace.fillcolor, linewidth=0, zorder=1)
    style = (0, (1.5, 2)) if line.dash == "dot" else "solid"
    width = (line.width or 1) * plot.scale
    axes.plot(x, y, color=line.color, linewidth=width, linestyle=style, solid_capstyle="butt", zorder=2)


def symbol(
    plot: Plot, x: Sequence[float], y: Sequence[float], marker: Any, size: float = 0, opacity: float | None = None
) -> None:
    """Marks with the look of a Plotly marker; `size` in points stands for the marker's own."""
    number = len(x)
    name, colours = marker.symbol or "circle", each(marker.color, number)
    sizes = [size] * number if size else [own * plot.scale for own in each(marker.size, number)]
    hollow = name.endswith("-open")
    plot.canvas.axes.scatter(
        x,
        y,
        s=np.square(sizes) * (0.7 if name == "diamond" else 1),
        marker=SYMBOLS[name],
        facecolors="none" if hollow else colours,
        edgecolors=colours if hollow else (marker.line.color or "none"),
        linewidths=(1.5 if hollow else marker.line.width or 0) * plot.scale,
        alpha=opacity if opacity is not None else marker.opacity,
        zorder=3,
    )


def _words(plot: Plot, x: list[float], y: list[float], trace: Any) -> None:
    number, font = len(x), trace.textfont
    size = (font.size or 14) * plot.scale if not isinstance(font.size, tuple) else plot.size
    marked = "markers" in trace.mode
    away = [own * plot.scale / 2 + 0.2 * size if marked else 0 for own in each(trace.marker.size or 0, number)]
    inks = each(font.color, number)
    positions = each(trace.textposition or "middle center", number)
    looks = zip(x, y, each(trace.text, number), away, inks, positions, strict=True)
    for left, top, said, gap, ink, position in looks:
        text, bold = plain(said)
        if not text:
            continue
        chosen = _free_side(plot, left, top, text, size, gap, position) if marked else position
        if chosen or trace.marker.opacity != 0:
            at = _beside(left, top, gap, chosen or position)
            rim = plot.figure.layout.paper_bgcolor if marked else ""
            small = _small_enough(plot, at[0], text, size, at[2], bold)
            plot.canvas.write(at[0], at[1], text, small, ink or "", at[2], at[3], bold, rim)


def _small_enough(plot: Plot, x: float, text: str, size: float, across: str, bold: bool) -> float:
    """The size at which words find room in the width of the sheet."""
    wide = width_of(text, size, bold)
    room = plot.canvas.wide - (x if across == "left" else 0)
    return size if wide <= room else size * max(room, 1.0) / wide


def _free_side(plot: Plot, x: float, y: float, text: str, size: float, gap: float, wish: str) -> str:
    """The side of a mark where its words touch no others: the one wished for, or the next that is free."""
    for side in dict.fromkeys((wish, *OTHERS)):
        left, top, across, down = _beside(x, y, gap, side)
        box: Box = box_of(left, top, text, size, across, down)
        if plot.canvas.free(box):
            return side
    return ""


def _beside(x: float, y: float, gap: float, side: str) -> tuple[float, float, str, str]:
    """Where words on a side of a place begin, and how they are aligned there."""
    end, along = side.split(" ")
    right = {"left": -gap, "center": 0, "right": gap}[along] if end == "middle" else 0
    lower = {"top": -gap, "middle": 0, "bottom": gap}[end]
    return x + right, y + lower, SIDES[along], ENDS[end]


DRAW: dict[str, Callable[[Plot, Any], None]] = {"bar": bars, "heatmap": cells, "scatter": scatter}
