"""What the Plotly figures of charts/ hold, for whatever draws them anew, and where each thing stands on a sheet."""

import html
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import plotly.graph_objects as go

from cluster_data.drawing.pictures.canvas import Bounds, Canvas

BASE = 14  # pixels of most words on screen

Span = tuple[float, float]


class DrawnBar(NamedTuple):
    """A lying bar: the name of its row, where that is, how long it is and what is said of it, and its look.

    `edge` is the colour of a border `thick` pixels wide, `hatch` that of lines upon it, `beside` where the words stand.
    """

    name: str
    at: float
    value: float
    said: str
    colour: str
    edge: str
    thick: float
    hatch: str
    beside: str | None


def bars_of(figure: go.Figure, trace: Any) -> list[DrawnBar]:
    """The bars of a trace of a figure. ValueError if they stand."""
    if trace.orientation != "h":
        raise ValueError("Bars of pictures lie, so that their labels can be read: make them with charts.base.bars.")
    axis, look, lines = figure.layout.yaxis, trace.marker, trace.marker.pattern.fgcolor
    names = dict(zip(axis.tickvals or (), axis.ticktext or (), strict=True))
    looks = (trace.text, look.color, look.line.color, look.line.width, look.pattern.shape, trace.textposition)
    rows = zip(trace.y, trace.x, *(each(one, len(trace.y)) for one in looks), strict=True)
    return [
        DrawnBar(names.get(y, ""), y, float(x), said or "", colour, edge, thick or 0, lines if hatched else "", beside)
        for y, x, said, colour, edge, thick, hatched, beside in rows
    ]


@dataclass
class Plot:
    """A chart being drawn: its sheet, points to a pixel of the figure, and the box of the marks.

    `across` and `down` are the values at the box's left and right, top and bottom; `marks` the boxes of strong marks.
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
    marks: list[Bounds] = field(default_factory=list)

    def x(self, value: float) -> float:
        """Points from the left of a value."""
        start, end = self.across
        return self.left + (float(value) - start) / (end - start) * (self.right - self.left)

    def y(self, value: float) -> float:
        """Points from the top of a value or a row."""
        start, end = self.down
        return self.top + (float(value) - start) / (end - start) * (self.bottom - self.top)

    @property
    def window(self) -> Bounds:
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


def in_a_line(text: str) -> str:
    """Plain words without their line breaks."""
    return text.replace("-\n", "-").replace("\n", " ")


def each(value: Any, number: int) -> list[Any]:
    """A look that is one for all marks, or one for each."""
    alike = value is None or isinstance(value, (str, int, float))
    return [value] * number if alike else list(value)


def is_empty(figure: Any) -> bool:
    """Whether a figure has no mark at all."""
    return not any(trace.x is not None and len(trace.x) for trace in figure.data)
