"""Plotly figures of charts/ drawn anew: where each thing stands, then the marks of each trace."""

from itertools import pairwise
from typing import Any

import plotly.graph_objects as go

from cluster_data.drawing.fonts import width
from cluster_data.drawing.pictures.canvas import LINE, POINTS, Canvas, dots, empty_canvas, height_of, wrapped
from cluster_data.drawing.pictures.marks import DRAW, symbol
from cluster_data.drawing.pictures.plot import BASE, Plot, bars_of, is_empty, plain

TEXT = 9
TIGHT = 0.66  # rows may be this much closer than on screen before words become smaller
EDGE = 4.0
WIDEST = 0.4  # share of the width that labels take at most
NOTHING = "There is nothing to draw for this choice."


def height_for(figure: go.Figure, text: float = TEXT) -> float:
    """The height in inches at which words of this size stand as far apart as on screen."""
    return float(figure.layout.height) * text / BASE / POINTS


def chart_picture(figure: go.Figure, wide: float, high: float, text: float = TEXT) -> Canvas:
    """A chart of charts/ as a picture of this size, in the figure's own colours.

    `text` is the size of most words; where the rows of the chart would not find room in `high`, all is drawn smaller:
    `height_for` tells which height is enough.
    """
    scale = min(text, text * high / (TIGHT * height_for(figure, text))) / BASE
    if is_empty(figure):
        canvas = _plot(figure, wide, high, scale).canvas
        said = wrapped(NOTHING, canvas.wide - 2 * EDGE, BASE * scale)
        canvas.write(canvas.wide / 2, canvas.high / 2, said, BASE * scale, across="center")
        return canvas
    plot = _framed(figure, wide, high, scale)
    for trace in figure.data:
        DRAW[trace.type](plot, trace)
    for shape in figure.layout.shapes:
        _shape(plot, shape)
    return plot.canvas


def _plot(figure: go.Figure, wide: float, high: float, scale: float) -> Plot:
    return Plot(empty_canvas(wide, high, figure.layout.paper_bgcolor, figure.layout.font.color), figure, scale)


def _framed(figure: go.Figure, wide: float, high: float, scale: float) -> Plot:
    """A sheet with its labels; the marks stand in what they leave of it."""
    plot = _plot(figure, wide, high, scale)
    layout, canvas = figure.layout, plot.canvas
    plot.right, plot.bottom = canvas.wide - EDGE, canvas.high - EDGE
    plot.left, plot.top = EDGE, EDGE + _legend(plot)
    (start, end), (bottom, top) = layout.xaxis.range, layout.yaxis.range
    plot.across, plot.down = (float(start), float(end)), (float(top), float(bottom))
    below = layout.xaxis.visible is not False and layout.xaxis.side != "top"
    plot.bottom -= 1.9 * plot.size if below else 0
    if layout.yaxis.visible is not False and layout.yaxis.ticktext:
        _labels_left(plot)
    if below:
        _labels_below(plot)
    elif layout.xaxis.side == "top":
        _labels_above(plot)
    _room_for_numbers(plot)
    return plot


def _labels_left(plot: Plot) -> None:
    """The labels of rows or values left of the marks, in as many lines as there is room for, with the axes' titles."""
    (across, axis), canvas = (plot.figure.layout.xaxis, plot.figure.layout.yaxis), plot.canvas
    if axis.title.text:
        canvas.write(plot.left, plot.top + 0.5 * plot.size, axis.title.text, plot.size)
        plot.top += LINE * plot.size
    texts, size = _fitting(plot, [plain(text)[0] for text in axis.ticktext])
    corner = across.title.text or ""
    edge = plot.left + max(width(text, size) for text in (*texts, corner))
    plot.left = edge + 0.6 * plot.size
    for value, text in zip(axis.tickvals, texts, strict=True):
        y = plot.y(value)
        if axis.showgrid:
            canvas.line([(plot.left, y), (plot.right, y)], axis.gridcolor, plot.scale, 0)
        canvas.write(edge, y, text, size, across="right")
    if corner:
        canvas.write(edge, plot.bottom + 0.5 * size, corner, size, across="right", down="top")


def _fitting(plot: Plot, labels: list[str]) -> tuple[list[str], float]:
    """The labels in lines, and their size: each finds room in its row, in a column that they need but not more."""
    for size in (plot.size, 0.9 * plot.size, 0.8 * plot.size):
        room = min(WIDEST * plot.canvas.wide, 1 + max(width(label, size) for label in labels))
        most = max(1, int((plot.pitch + 1) / (LINE * size)))
        texts = [wrapped(label, room, size) for label in labels]
        if all(text.count("\n") < most for text in texts):
            break
    return [wrapped(label, room, size, most) for label in labels], size


def _labels_above(plot: Plot) -> None:
    """The names of the columns, in lines or, where these have no room, turned; the sign of a D stands upright below."""
    axis, size = plot.figure.layout.xaxis, plot.size
    labels = [plain(text)[0].replace("\n", " ") for text in axis.ticktext or ()]
    if not labels:
        return
    places = [plot.x(value) for value in axis.tickvals]
    room = min([plot.right - plot.left, *(right - left for left, right in pairwise(places))]) - 0.3 * size
    if max(width(word, size) for word in " ".join(labels).split()) <= room:
        texts = [wrapped(label, room, size) for label in labels]
        high = max(height_of(text, size) for text in texts)
        for x, text in zip(places, texts, strict=True):
            plot.canvas.write(x, plot.top + high, text, size, across="center", down="bottom")
    else:
        signs = [label[0] if label[1:2] == " " else "" for label in labels]
        own = [LINE * size if sign else 0 for sign in signs]
        names = [label[2:] if sign else label for label, sign in zip(labels, signs, strict=True)]
        high = max(width(name, size) + below for name, below in zip(names, own, strict=True))
        for x, sign, name, below in zip(places, signs, names, own, strict=True):
            plot.canvas.write(x, plot.top + high - below, name, size, across="center", down="bottom", turned=True)
            if sign:
                plot.canvas.write(x, plot.top + high, sign, size, across="center", down="bottom")
    plot.top += high + 0.3 * size


def _labels_below(plot: Plot) -> None:
    axis, size, canvas = plot.figure.layout.xaxis, plot.size, plot.canvas
    for value, text in zip(axis.tickvals or (), axis.ticktext or (), strict=True):
        x = plot.x(value)
        canvas.line([(x, plot.bottom), (x, plot.bottom + 0.35 * size)], canvas.ink, plot.scale)
        canvas.write(x, plot.bottom + 0.5 * size, text, size, across="center", down="top")


def _room_for_numbers(plot: Plot) -> None:
    """Ends the values so far right that the numbers beside the longest bars find room."""
    start, end = plot.across
    for bar in (bar for trace in plot.figure.data if trace.type == "bar" for bar in bars_of(plot.figure, trace)):
        if bar.beside in ("inside", "outside"):
            room = plot.right - plot.left - width(bar.said, plot.size) - 0.8 * plot.size
            end = max(end, start + (bar.value - start) * (plot.right - plot.left) / max(room, 1.0))
    plot.across = (start, end)


def _legend(plot: Plot) -> float:
    """The key in lines along the top of the sheet; the points it takes."""
    if not plot.figure.layout.showlegend:
        return 0.0
    shown = [trace for trace in plot.figure.data if trace.showlegend is not False and trace.name]
    size, x, y = plot.size, EDGE, EDGE + 0.7 * plot.size
    for trace in sorted(shown, key=lambda trace: trace.legendrank or 0):
        name, _ = plain(trace.name)
        wide = width(name, size) + 2.4 * size
        if x > EDGE and x + wide > plot.canvas.wide:
            x, y = EDGE, y + LINE * size
        symbol(plot, [x + 0.5 * size], [y], trace.marker, size=0.75 * size, opacity=1.0)
        plot.canvas.write(x + 1.2 * size, y, name, size)
        x += wide
    return y + 0.9 * size if shown else 0.0


def _shape(plot: Plot, shape: Any) -> None:
    line, wide = shape.line, shape.line.width * plot.scale
    x, y = (plot.x(shape.x0), plot.x(shape.x1)), (plot.y(shape.y0), plot.y(shape.y1))
    if shape.type == "line":
        plot.canvas.line(zip(x, y, strict=True), line.color, wide, dotted=line.dash == "dot")
    else:
        look = {"fill": "none", "stroke": line.color, "stroke_width": wide}
        box = (min(x), min(y), max(x), max(y))
        plot.canvas.rectangle(box, 3, stroke_dasharray=dots(wide) if line.dash == "dot" else None, **look)
