"""Where each thing of a chart stands on its sheet, and the words of Plotly figures as plain text."""

import html
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from cluster_data.drawing.pictures.canvas import Box, Canvas

BASE = 14  # pixels of most words on screen

Span = tuple[float, float]
Place = Any  # a number, a label, or a pair of labels


@dataclass
class Plot:
    """A chart being drawn: its sheet, points to a pixel of the figure, and the box of the marks.

    `across` and `down` are the values at the box's left and right, top and bottom; `rows` the labels of the axis that
    runs down, if it has any, with their values; `marks` the boxes of strong marks.
    """

    canvas: Canvas
    figure: go.Figure
    scale: float
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    across: Span = (0.0, 1.0)
    down: Span = (0.0, 1.0)
    rows: dict[Place, float] = field(default_factory=dict)
    marks: list[Box] = field(default_factory=list)
    reached: dict[Place, float] = field(default_factory=dict)  # by row: where stacked bars end

    def x(self, value: float) -> float:
        """Points from the left of a value."""
        start, end = self.across
        return self.left + (float(value) - start) / (end - start) * (self.right - self.left)

    def y(self, value: Place) -> float:
        """Points from the top of a value or a row."""
        start, end = self.down
        at = self.rows[value] if self.rows else float(value)
        return self.top + (at - start) / (end - start) * (self.bottom - self.top)

    @property
    def window(self) -> Box:
        """The box of the marks, for what must not stand out of it."""
        return self.left, self.top, self.right, self.bottom

    @property
    def pitch(self) -> float:
        """Points from one row to the next."""
        return abs((self.bottom - self.top) / (self.down[1] - self.down[0]))

    @property
    def size(self) -> float:
        """The size of most words, in points."""
        return BASE * self.scale


def plain(text: object) -> tuple[str, bool]:
    """The words of a figure's text and whether they are bold: without tags, with its own line breaks."""
    said = str(text)
    bold = said.startswith("<b>") and said.endswith("</b>")
    said = said[3:-4] if bold else said
    return html.unescape(said.replace("<br>", "\n")), bold


def rows_of(trace: Any) -> list[Place]:
    """Where the marks of a trace stand from top to bottom: labels, pairs of labels, or numbers."""
    if trace.y is None:
        return []
    if len(trace.y) == 2 and not isinstance(trace.y[0], str) and hasattr(trace.y[0], "__len__"):
        return list(zip(*trace.y, strict=True))
    return list(trace.y)


def is_empty(figure: Any) -> bool:
    """Whether a figure has no mark at all."""
    return not any(trace.x is not None and len(trace.x) for trace in figure.data)
