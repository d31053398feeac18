"""Plotly figures of charts/ as PowerPoint charts, whose numbers can be edited there."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from cluster_data.drawing.pictures.labels import plain
from cluster_data.exports.slides.letters import POINTS, clean, rgb, shortened
from cluster_data.exports.slides.looks import fill, fill_points, legend, marker, numbers, quiet_axis, say
from cluster_data.exports.slides.template import hatch
from cluster_data.model.clean import is_formula
from cluster_data.palette import LIGHT

MOST = 30  # bars that can be read on one slide
WORDS, LEAST = 14.0, 9.0
NAME = 80  # letters
ACTED_ON = re.compile(r"\{=|(ftp|http)s?://|file://|mailto:|(in|ex)ternal:")
LEFT_OF_ZERO = 0.15  # room for the figures of negative bars, as a share of the axis
END, BASE = XL_LABEL_POSITION.INSIDE_END, XL_LABEL_POSITION.INSIDE_BASE
JOINED = (
    f'<c:hiLowLines {nsdecls("c", "a")}><c:spPr><a:ln w="28575"><a:solidFill>'
    f'<a:srgbClr val="{LIGHT.quiet[1:]}"/></a:solidFill></a:ln></c:spPr></c:hiLowLines>'
)
Box = tuple[float, float, float, float]  # inches from the left and from the top, wide and high


@dataclass(frozen=True)
class Drawing:
    """Where a chart goes: the slide's shapes, the box, the figure, and the rows of its table twin."""

    shapes: Any
    box: Box
    figure: go.Figure
    rows: pd.DataFrame

    def size(self, marks: float) -> float:
        """The size of words of which so many stand one below the other."""
        return max(LEAST, min(WORDS, POINTS * self.box[3] / max(marks, 1) / 1.4))

    def add(self, kind: Any, data: Any, marks: float) -> Any:
        """The frame of a new chart of this kind, with words that fit so many marks one below the other."""
        frame = self.shapes.add_chart(kind, *map(Inches, self.box), data)
        chart = frame.chart
        chart.has_title, chart.has_legend = False, False
        chart.font.size = Pt(self.size(marks))
        chart.font.color.rgb = rgb(LIGHT.text)
        return frame


def chart_of(drawing: Drawing) -> Any:
    """The figure as a chart on the slide, or None if PowerPoint has no chart of its kind."""
    for suits, draw in KINDS:
        if suits(drawing.figure):
            return draw(drawing)
    return None


def left_out(figure: go.Figure) -> tuple[int, int]:
    """How many bars a slide shows of how many there are."""
    bars = len(figure.data[0].y) if _is_named(figure) or _is_single(figure) or _is_share(figure) else 0
    return min(bars, MOST), bars


def named(text: object) -> str:
    """A label of a chart in one line; never one that the writer of its workbook would take for a formula or a link.

    What has no name gets a blank, for which no program puts a name of its own.
    """
    label = "" if text is None or text != text else shortened(clean(plain(str(text))[0]), NAME)
    return f" {label}" if not label or ACTED_ON.match(label) or is_formula(label) else label


def _all(figure: go.Figure, kind: str) -> bool:
    return bool(figure.data) and all(trace.type == kind and trace.y is not None for trace in figure.data)


def _all_bars(figure: go.Figure) -> bool:
    return _all(figure, "bar") and all(trace.orientation == "h" for trace in figure.data)


def _is_grouped(figure: go.Figure) -> bool:
    return _all_bars(figure) and len(figure.data[0].y) == 2 and not isinstance(figure.data[0].y[0], str)


def _is_single(figure: go.Figure) -> bool:
    return _all_bars(figure) and len(figure.data) == 1


def _is_share(figure: go.Figure) -> bool:
    return _all_bars(figure) and len(figure.data) == 2 and figure.layout.barmode == "overlay"


def _is_named(figure: go.Figure) -> bool:
    return [trace.type for trace in figure.data] == ["bar", "scatter"]


def _is_dots(figure: go.Figure) -> bool:
    return _all(figure, "scatter") and all(len(trace.x) == 2 and isinstance(trace.y[0], str) for trace in figure.data)


def _is_lines(figure: go.Figure) -> bool:
    layout = figure.layout
    ranged = layout.xaxis.range is not None and layout.yaxis.range is not None and layout.yaxis.type != "category"
    return _all(figure, "scatter") and ranged and not layout.showlegend and layout.xaxis.visible is not False


def _grouped(drawing: Drawing) -> Any:
    """A group of bars for each type, a bar in it for each D."""
    traces = drawing.figure.data
    data = CategoryChartData(number_format="#,##0")
    data.categories = [named(group) for group in traces[0].y[0]]
    for trace in traces:
        data.add_series(named(trace.y[1][0]), [float(value) for value in trace.x])
    frame = drawing.add(XL_CHART_TYPE.BAR_CLUSTERED, data, len(traces[0].x))
    plot = _lying(frame.chart, gap=40, overlap=0)
    for series, trace in zip(plot.series, traces, strict=True):
        fill(series.format, trace.marker.color)
    numbers(plot)
    plot.data_labels.font.size = Pt(drawing.size(len(traces) * len(traces[0].x) * 1.3))
    legend(frame.chart)
    return frame


def _single(drawing: Drawing) -> Any:
    """A bar for each label; hollow where the figure's is."""
    (trace,) = drawing.figure.data
    number = min(MOST, len(trace.y))
    frame = drawing.add(XL_CHART_TYPE.BAR_CLUSTERED, _one_series("Number", trace.y[:number], trace.x[:number]), number)
    plot = _lying(frame.chart)
    fill_points(plot.series[0], trace)
    numbers(plot)
    return frame


def _share(drawing: Drawing) -> Any:
    """What is known beside what is not, of a whole of 100, with the figure's own words."""
    whole, known = drawing.figure.data
    number = min(MOST, len(known.y))
    shares = [float(value) for value in known.x[:number]]
    data = _one_series("Known, %", known.y[:number], shares)
    data.add_series("Not known, %", [float(of) - share for of, share in zip(whole.x, shares, strict=False)])
    frame = drawing.add(XL_CHART_TYPE.BAR_STACKED, data, number)
    plot = _lying(frame.chart, overlap=100)
    fill(plot.series[0].format, known.marker.color)
    hatch(plot.series[1].format.fill, LIGHT.line, LIGHT.ground)
    frame.chart.value_axis.maximum_scale = max(map(float, whole.x))
    inside = [position == "inside" for position in known.textposition]
    say(plot.series[0], [text if own else "" for text, own in zip(known.text, inside, strict=True)], END, LIGHT.ground)
    say(plot.series[1], ["" if own else text for text, own in zip(known.text, inside, strict=True)], BASE)
    legend(frame.chart)
    return frame


def _named_bars(drawing: Drawing) -> Any:
    """Bars whose names and figures stand in a second trace, "name  figure"; they may lie left of zero."""
    bars, names = drawing.figure.data
    number = min(MOST, len(bars.x))
    said = [plain(text)[0].rsplit("  ", 1) for text in names.text[:number]]
    data = _one_series("Figure", [text[0] for text in said], bars.x[:number])
    frame = drawing.add(XL_CHART_TYPE.BAR_CLUSTERED, data, number)
    least, most = min(0.0, *map(float, bars.x)), max(0.0, *map(float, bars.x))
    plot = _lying(frame.chart, least=least - LEFT_OF_ZERO * (most - least) if least < 0 else 0.0)
    fill_points(plot.series[0], bars)
    say(plot.series[0], [text[-1] for text in said], XL_LABEL_POSITION.OUTSIDE_END)
    return frame


def _dots(drawing: Drawing) -> Any:
    """For each label a filled mark and an open one above it, joined by a line."""
    traces = drawing.figure.data
    data = CategoryChartData(number_format="#,##0")
    data.categories = [named(trace.y[0]) for trace in traces]
    for place, kind in enumerate(("Filled mark", "Open mark")):
        values = [float(trace.x[place]) for trace in traces]
        data.add_series(_column(drawing.rows, values) or kind, values)
    frame = drawing.add(XL_CHART_TYPE.LINE_MARKERS, data, 1)
    chart = frame.chart
    for place, series in enumerate(chart.plots[0].series):
        series.smooth = False
        series.format.line.fill.background()
        marker(series, LIGHT.accent, place == 0)
        for point, trace in zip(range(len(traces)), traces, strict=True):
            marker(series.points[point], trace.line.color, place == 0)
        series.data_labels.show_value = True
        series.data_labels.position = (XL_LABEL_POSITION.BELOW, XL_LABEL_POSITION.ABOVE)[place]
    lines = chart._chartSpace.find(f".//{qn('c:lineChart')}")
    lines.find(qn("c:marker")).addprevious(parse_xml(JOINED))
    quiet_axis(chart.value_axis)
    chart.value_axis.minimum_scale = min(0.0, *(-0.15 * float(trace.x[1]) for trace in traces))
    chart.category_axis.format.line.color.rgb = rgb(LIGHT.line)
    legend(chart)
    return frame


def _lines(drawing: Drawing) -> Any:
    """Figures by year: a series for each trace, the words of the figure beside its points."""
    layout, data = drawing.figure.layout, XyChartData(number_format="General")
    parts = [part for trace in drawing.figure.data for part in _edges(trace)]
    for name, trace, places in parts:
        series = data.add_series(named(name))
        for place in places:
            series.add_data_point(float(trace.x[place]), float(trace.y[place]))
    frame = drawing.add(XL_CHART_TYPE.XY_SCATTER_LINES, data, 1)
    chart = frame.chart
    for series, (_, trace, places) in zip(chart.plots[0].series, parts, strict=True):
        _look(series, trace)
        if trace.text is not None:
            above = "bottom" not in str(trace.textposition)
            texts = [trace.text[place] for place in places]
            say(series, texts, XL_LABEL_POSITION.ABOVE if above else XL_LABEL_POSITION.BELOW)
    _value_axis(chart.value_axis, layout.yaxis)
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale = map(float, layout.yaxis.range)
    years, step, (first, last) = chart.category_axis, float(layout.xaxis.dtick or 1), map(float, layout.xaxis.range)
    years.minimum_scale, years.maximum_scale = first // step * step, math.ceil(last)
    years.major_unit, years.has_major_gridlines = step, False
    years.tick_labels.number_format, years.tick_labels.number_format_is_linked = "0", False
    return frame


def _value_axis(axis: Any, shown: Any) -> None:
    """The axis of values with its title, or none where the figure shows none."""
    if shown.visible is False:
        quiet_axis(axis)
        return
    axis.has_title, axis.has_major_gridlines = True, False
    axis.axis_title.text_frame.text = named(shown.title.text)
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "#,##0", False


def _edges(trace: Any) -> list[tuple[str, Any, list[int]]]:
    """A trace as lines with a name each: of a filled band its lower and its upper edge, one if they are the same."""
    if trace.fill != "toself":
        said = [text for text in trace.text or () if text]
        return [(said[0] if said else "", trace, list(range(len(trace.x))))]
    half = len(trace.x) // 2
    low, high = list(range(half)), list(range(len(trace.x) - 1, half - 1, -1))
    same = all(trace.y[one] == trace.y[other] for one, other in zip(low, high, strict=True))
    return [("Way to the goal", trace, low)] + ([] if same else [("Way to the goal, at most", trace, high)])


def _look(series: Any, trace: Any) -> None:
    series.smooth = False
    line = series.format.line
    if len(list(series.values)) == 1:
        line.fill.background()
        marker(series, trace.marker.line.color, trace.marker.color == trace.marker.line.color)
        return
    line.color.rgb, line.width = rgb(trace.line.color), Pt(min(float(trace.line.width or 1), 4.0))
    if trace.line.dash == "dot":
        line.dash_style = MSO_LINE.ROUND_DOT
    if "markers" in trace.mode:
        marker(series, trace.marker.line.color, trace.marker.color == trace.marker.line.color)
    else:
        series.marker.style = XL_MARKER_STYLE.NONE


def _column(rows: pd.DataFrame, values: Sequence[float]) -> str:
    """The name of the one column of a table that holds these values."""
    numbers = rows.select_dtypes("number")
    found = [name for name in numbers if list(numbers[name]) == list(values)]
    return named(found[0]) if len(found) == 1 else ""


def _one_series(name: str, labels: Sequence[Any], values: Sequence[Any]) -> Any:
    data = CategoryChartData(number_format="General")
    data.categories = [named(label) for label in labels]
    data.add_series(name, [float(value) for value in values])
    return data


def _lying(chart: Any, gap: int = 45, overlap: int = 0, least: float = 0.0) -> Any:
    """The plot of a chart of lying bars: first at the top, every label shown, no grid."""
    plot, axis = chart.plots[0], chart.category_axis
    plot.gap_width, plot.overlap = gap, overlap
    axis.reverse_order = True
    axis.has_major_gridlines = False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.format.line.color.rgb = rgb(LIGHT.line)
    every = axis._element.makeelement(qn("c:tickLblSkip"), {"val": "1"})
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(every)
    quiet_axis(chart.value_axis)
    chart.value_axis.minimum_scale = least
    return plot


KINDS: tuple[tuple[Callable[[go.Figure], bool], Callable[[Drawing], Any]], ...] = (
    (_is_grouped, _grouped),
    (_is_single, _single),
    (_is_share, _share),
    (_is_named, _named_bars),
    (_is_dots, _dots),
    (_is_lines, _lines),
)
