"""Bars of charts/ as PowerPoint charts, whose numbers can be edited there."""

import re
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from cluster_data.drawing.pictures.canvas import POINTS
from cluster_data.drawing.pictures.marks import each
from cluster_data.drawing.pictures.plot import plain
from cluster_data.exports.slides.letters import clean, rgb
from cluster_data.exports.slides.template import hatch
from cluster_data.model import words
from cluster_data.model.clean import is_formula
from cluster_data.palette import LIGHT

MOST = 30  # bars that can be read on one slide
WORDS, LEAST = 14.0, 9.0
NAME = 80  # letters
ACTED_ON = re.compile(r"\{=|(ftp|http)s?://|file://|mailto:|(in|ex)ternal:")
LEFT_OF_ZERO = 0.15  # room for the figures of negative bars, as a share of the axis
Box = tuple[float, float, float, float]  # inches from the left and from the top, wide and high


def chart_of(shapes: Any, box: Box, figure: go.Figure) -> Any:
    """The figure as a chart on the slide, or None if it is not made of bars: groups of them, or one for each label."""
    bars, *more = figure.data
    if bars.type != "bar":
        return None
    if _is_grouped(figure):
        return _grouped(shapes, box, figure)
    return _single(shapes, box, bars, more[-1] if more else None)


def left_out(figure: go.Figure) -> tuple[int, int]:
    """How many bars a slide shows of how many there are."""
    bars = 0 if _is_grouped(figure) else len(figure.data[0].y)
    return min(bars, MOST), bars


def named(text: object) -> str:
    """A label of a chart in one line; never one that the writer of its workbook would take for a formula or a link.

    What has no name gets a blank, for which no program puts a name of its own.
    """
    label = "" if text is None or text != text else words.cut(clean(plain(str(text))[0]), NAME)
    return f" {label}" if not label or ACTED_ON.match(label) or is_formula(label) else label


def _is_grouped(figure: go.Figure) -> bool:
    return len(figure.data[0].y) == 2 and not isinstance(figure.data[0].y[0], (str, int))


def _added(shapes: Any, box: Box, data: Any, marks: float) -> Any:
    """The frame of a new chart of lying bars, with words that fit so many marks one below the other."""
    frame = shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *map(Inches, box), data)
    frame.chart.has_title, frame.chart.has_legend = False, False
    frame.chart.font.size, frame.chart.font.color.rgb = _size(box, marks), rgb(LIGHT.text)
    return frame


def _size(box: Box, marks: float) -> Any:
    """The size of words of which so many stand one below the other."""
    return Pt(max(LEAST, min(WORDS, POINTS * box[3] / max(marks, 1) / 1.4)))


def _grouped(shapes: Any, box: Box, figure: go.Figure) -> Any:
    """A group of bars for each type, a bar in it for each D."""
    traces = figure.data
    data = CategoryChartData(number_format="#,##0")
    data.categories = [named(group) for group in traces[0].y[0]]
    for trace in traces:
        data.add_series(named(trace.y[1][0]), [float(value) for value in trace.x])
    frame = _added(shapes, box, data, len(traces[0].x))
    plot = _lying(frame.chart, gap=40)
    for series, trace in zip(plot.series, traces, strict=True):
        _fill(series.format, trace.marker.color)
    _numbers(plot)
    plot.data_labels.font.size = _size(box, len(traces) * len(traces[0].x) * 1.3)
    _legend(frame.chart)
    return frame


def _single(shapes: Any, box: Box, bars: Any, told: Any) -> Any:
    """A bar for each label with its number; hollow where the figure's is.

    A second trace may tell more: what is known of a whole, with its words, or "name  figure" of each bar.
    """
    whole, bars = bars, told if told and told.type == "bar" else bars
    said = [plain(text)[0].rsplit("  ", 1) for text in told.text[:MOST]] if told else []
    labels = [text[0] for text in said] if bars is not told and told else bars.y[:MOST]
    of_whole = bars is told
    name = "Known, %" if of_whole else "Number"
    frame = _added(shapes, box, _one_series(name, labels, bars.x[:MOST]), len(labels))
    least, most = min(0.0, *map(float, bars.x)), max(0.0, *map(float, bars.x))
    plot = _lying(frame.chart, least=least - LEFT_OF_ZERO * (most - least) if least < 0 else 0.0)
    if of_whole:
        frame.chart.value_axis.maximum_scale = max(map(float, whole.x))
    _fill_points(plot.series[0], bars)
    if told:
        _say(plot.series[0], [text[-1] for text in said])
    else:
        _numbers(plot)
    return frame


def _one_series(name: str, labels: Sequence[Any], values: Sequence[Any]) -> Any:
    data = CategoryChartData(number_format="General")
    data.categories = [named(label) for label in labels]
    data.add_series(name, [float(value) for value in values])
    return data


def _lying(chart: Any, gap: int = 45, least: float = 0.0) -> Any:
    """The plot of a chart of lying bars: first at the top, every label shown, no grid."""
    plot, axis = chart.plots[0], chart.category_axis
    plot.gap_width, plot.overlap = gap, 0
    axis.reverse_order = True
    axis.has_major_gridlines = False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.format.line.color.rgb = rgb(LIGHT.line)
    every = axis._element.makeelement(qn("c:tickLblSkip"), {"val": "1"})
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(every)
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    chart.value_axis.minimum_scale = least
    return plot


def _legend(chart: Any) -> None:
    """The names of the series above the chart."""
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False


def _fill(form: Any, colour: str) -> None:
    """A form in one colour."""
    form.fill.solid()
    form.fill.fore_color.rgb = rgb(colour)


def _fill_points(series: Any, trace: Any) -> None:
    """Each bar in its colour, hatched where the figure's is; a hollow one is hatched and gets a broken border."""
    series.invert_if_negative = False
    marker, number = trace.marker, len(list(series.values))
    colours, hatches = each(marker.color, number), each(marker.pattern.shape or "", number)
    for place, (value, colour, hatched) in enumerate(zip(series.values, colours, hatches, strict=False)):
        form = series.points[place].format
        _fill(form, colour)
        if hatched:
            hatch(form.fill, marker.pattern.fgcolor, colour)
        if colour == LIGHT.ground:
            hatch(form.fill, LIGHT.quiet, LIGHT.ground)
            form.line.color.rgb, form.line.width, form.line.dash_style = rgb(LIGHT.quiet), Pt(1.5), MSO_LINE.DASH
        elif value is not None and trace.marker.line.color == LIGHT.accent:
            form.line.color.rgb = rgb(LIGHT.accent)


def _numbers(plot: Any) -> None:
    """The numbers beside the bars."""
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value, labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
    labels.number_format, labels.number_format_is_linked = "#,##0", False


def _say(series: Any, texts: Sequence[str]) -> None:
    """The figure's own words beside the bars."""
    for place, text in enumerate(texts[: len(list(series.values))]):
        said, bold = plain(text)
        if said:
            label = series.points[place].data_label
            label.position = XL_LABEL_POSITION.OUTSIDE_END
            run = label.text_frame.paragraphs[0].add_run()
            run.text, run.font.bold = clean(said), bold
            run.font.color.rgb = rgb(LIGHT.text)
