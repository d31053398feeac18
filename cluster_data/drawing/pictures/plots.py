"""Plotly figures of charts/ drawn anew: where each thing stands, then the marks of each trace."""

from itertools import pairwise
from typing import Any

import plotly.graph_objects as go

from cluster_data.drawing.fonts import width
from cluster_data.drawing.pictures.canvas import LINE, POINTS, Canvas, dots, empty_canvas, height_of, wrapped
from cluster_data.drawing.pictures.marks import DRAW, symbol
from cluster_data.drawing.pictures.plot import BASE, Place, Plot, is_empty, plain, rows_of

TEXT = 9
TIGHT = 0.66  # rows may be this much closer than on screen before words become smaller
EDGE = 4.0
WIDEST = 0.4  # share of the width that labels take at most
APART = 0.6  # rows between two groups of rows
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
    labels = [row for trace in plot.figure.data for row in rows_of(trace) if isinstance(row, (str, tuple))]
    if labels:
        plot.rows = _in_order(labels)
        plot.down = (-0.5, max(plot.rows.values()) + 0.5)
        _row_labels(plot)
    else:
        bottom, top = layout.yaxis.range
        plot.down = (top, bottom)
    start, end = layout.xaxis.range
    plot.across = (float(start), float(end))
    if layout.xaxis.side == "top":
        _labels_above(plot)
    elif layout.xaxis.visible is not False:
        plot.bottom -= 1.9 * plot.size
        _values_left(plot)
        _years_below(plot)
    _room_for_numbers(plot)
    return plot


def _in_order(labels: list[Place]) -> dict[Place, float]:
    """Each label once, as it comes; pairs stand together by their first, a little apart from the next."""
    once = list(dict.fromkeys(labels))
    if not isinstance(once[0], tuple):
        return {label: float(place) for place, label in enumerate(once)}
    groups = list(dict.fromkeys(group for group, _ in once))
    once.sort(key=lambda pair: groups.index(pair[0]))
    return {pair: place + APART * groups.index(pair[0]) for place, pair in enumerate(once)}


def _row_labels(plot: Plot) -> None:
    """The labels of the rows left of the marks, in as many lines as a row has room for."""
    pairs = [row for row in plot.rows if isinstance(row, tuple)]
    if pairs:
        _group_labels(plot, pairs)
    own = [plain(row[-1] if pairs else row)[0] for row in plot.rows]
    texts, size = _fitting(plot, [(label, 1) for label in own], False)
    edge = plot.left + max(width(text, size) for text in texts)
    for row, text in zip(plot.rows, texts, strict=True):
        plot.canvas.write(edge, plot.y(row), text, size, across="right")
    plot.left = edge + 0.6 * plot.size


def _group_labels(plot: Plot, pairs: list[tuple[str, str]]) -> None:
    """The first labels of pairs, bold, each in the middle of its rows."""
    groups = {group: [pair for pair in pairs if pair[0] == group] for group, _ in pairs}
    texts, size = _fitting(plot, [(plain(group)[0], len(rows)) for group, rows in groups.items()], True)
    for text, rows in zip(texts, groups.values(), strict=True):
        plot.canvas.write(plot.left, (plot.y(rows[0]) + plot.y(rows[-1])) / 2, text, size, bold=True)
    plot.left += max(width(text, size, True) for text in texts) + plot.size


def _fitting(plot: Plot, labels: list[tuple[str, int]], bold: bool) -> tuple[list[str], float]:
    """The labels in lines, and their size: each finds room in so many rows, in a column that they need but not more."""
    for size in (plot.size, 0.9 * plot.size, 0.8 * plot.size):
        room = min(WIDEST * plot.canvas.wide, 1 + max(width(label, size, bold) for label, _ in labels))
        most = [max(1, int(rows * (plot.pitch + 1) / (LINE * size))) for _, rows in labels]
        texts = [wrapped(label, room, size, bold=bold) for label, _ in labels]
        if all(text.count("\n") < lines for text, lines in zip(texts, most, strict=True)):
            return texts, size
    return [wrapped(label, room, size, lines, bold) for (label, _), lines in zip(labels, most, strict=True)], size


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


def _years_below(plot: Plot) -> None:
    axis, size, canvas = plot.figure.layout.xaxis, plot.size, plot.canvas
    step, (start, end) = int(axis.dtick or 1), plot.across
    values = [value for value in range(int(start), int(end) + 1) if value % step == 0 and start <= value <= end]
    for value in values:
        x = plot.x(value)
        canvas.line([(x, plot.bottom), (x, plot.bottom + 0.35 * size)], canvas.ink, plot.scale)
        canvas.write(x, plot.bottom + 0.5 * size, f"{value:d}", size, across="center", down="top")


def _values_left(plot: Plot) -> None:
    """The axis of values, with its title above it and that of the years beside them."""
    layout, canvas, size = plot.figure.layout, plot.canvas, plot.size
    if not layout.yaxis.ticktext:
        return
    canvas.write(plot.left, plot.top + 0.5 * size, layout.yaxis.title.text or "", size)
    plot.top += LINE * size
    edge = plot.left + max(width(text, size) for text in (*layout.yaxis.ticktext, layout.xaxis.title.text or ""))
    plot.left = edge + 0.6 * size
    for value, text in zip(layout.yaxis.tickvals, layout.yaxis.ticktext, strict=True):
        y = plot.y(value)
        canvas.line([(plot.left, y), (plot.right, y)], layout.yaxis.gridcolor, plot.scale, 0)
        canvas.write(edge, y, text, size, across="right")
    canvas.write(edge, plot.bottom + 0.5 * size, layout.xaxis.title.text or "", size, across="right", down="top")


def _room_for_numbers(plot: Plot) -> None:
    """Ends the values so far right that the numbers beside the longest bars find room."""
    start, end = plot.across
    for trace in plot.figure.data:
        if trace.type != "bar" or trace.text is None:
            continue
        for value, text in zip(trace.x, trace.text, strict=True):
            room = plot.right - plot.left - width(text, plot.size) - 0.8 * plot.size
            end = max(end, start + (float(value) - start) * (plot.right - plot.left) / max(room, 1.0))
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
