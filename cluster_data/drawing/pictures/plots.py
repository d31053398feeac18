"""Plotly figures of charts/ drawn anew: where each thing stands, then the marks of each trace."""

from itertools import pairwise
from typing import Any

import plotly.graph_objects as go

from cluster_data.drawing.fonts import width
from cluster_data.drawing.pictures.canvas import LINE, POINTS, Canvas, dots, empty_canvas, height_of, wrapped
from cluster_data.drawing.pictures.marks import DRAW, symbol
from cluster_data.drawing.pictures.plot import BASE, Plot, bars_of, in_a_line, is_empty, plain

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
    named = layout.yaxis.ticktext if layout.yaxis.visible is not False else None
    texts, size, edge = _room_left(plot, [in_a_line(plain(text)[0]) for text in named or ()])
    if below:
        _labels_below(plot)
    elif layout.xaxis.side == "top":
        _labels_above(plot)
    for value, text in zip(layout.yaxis.tickvals if texts else (), texts, strict=True):
        y = plot.y(value)
        if layout.yaxis.showgrid:
            canvas.line([(plot.left, y), (plot.right, y)], layout.yaxis.gridcolor, plot.scale, 0)
        canvas.write(edge, y, text, size, across="right")
    _room_for_numbers(plot)
    return plot


def _room_left(plot: Plot, labels: list[str]) -> tuple[list[str], float, float]:
    """The labels left of the marks in their lines, their size, and where they end; the axes' titles beside them."""
    if not labels:
        return [], plot.size, plot.left
    across, down = (axis.title.text or "" for axis in (plot.figure.layout.xaxis, plot.figure.layout.yaxis))
    if down:
        plot.canvas.write(plot.left, plot.top + 0.5 * plot.size, down, plot.size)
        plot.top += LINE * plot.size
    texts, size = _fitting(plot, labels)
    edge = plot.left + max(width(text, size) for text in (*texts, across))
    if across:
        plot.canvas.write(edge, plot.bottom + 0.5 * size, across, size, across="right", down="top")
    plot.left = edge + 0.6 * plot.size
    return texts, size, edge


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
    labels = [in_a_line(plain(text)[0]) for text in axis.ticktext or ()]
    places = [plot.x(value) for value in axis.tickvals or ()]
    room = min([plot.right - plot.left, *(right - left for left, right in pairwise(places))]) - 0.3 * size
    turned = any(width(word, size) > room for label in labels for word in label.split())
    signs = [label[0] if turned and label[1:2] == " " else "" for label in labels]
    below = LINE * size if any(signs) else 0
    names = [label[2 if sign else 0 :] for label, sign in zip(labels, signs, strict=True)]
    names = names if turned else [wrapped(name, room, size) for name in names]
    high = below + max([width(name, size) if turned else height_of(name, size) for name in names], default=0)
    for x, sign, name in zip(places, signs, names, strict=True):
        plot.canvas.write(x, plot.top + high - below, name, size, across="center", down="bottom", turned=turned)
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
