"""Where each thing of a chart stands on its sheet."""

from dataclasses import dataclass, field

import plotly.graph_objects as go

from cluster_data.drawing.pictures.canvas import Box, Canvas
from cluster_data.drawing.pictures.labels import Place

BASE = 14  # pixels of most words on screen

Span = tuple[float, float]


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
