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
from cluster_data.drawing.pictures.plot import DrawnBar, bars_of, plain
from cluster_data.exports.slides.letters import clean, rgb
from cluster_data.exports.slides.template import Frame, hatch
from cluster_data.model import words
from cluster_data.model.clean import is_formula
from cluster_data.palette import LIGHT

MOST = 30  # bars that can be read on one slide
WORDS, LEAST = 14.0, 9.0
NAME = 80  # letters
ACTED_ON = re.compile(r"\{=|(ftp|http)s?://|file://|mailto:|(in|ex)ternal:")
GAP = 45  # between bars, as a share of their height in percent
LEFT_OF_ZERO = 0.15  # room for the figures of negative bars, as a share of the axis


def chart_of(shapes: Any, box: Frame, figure: go.Figure) -> tuple[Any, int] | None:
    """The figure as a chart on the slide with the number of its bars; None if it does not begin with bars.

    Traces that name their rows are series, with a bar for each text of the last trace; or else there is a bar a row.
    """
    drawn = [trace for trace in figure.data if trace.type == "bar"]
    if figure.data[0].type != "bar":
        return None
    told = [trace for trace in drawn if trace.name] or drawn[:1]
    series = [bars_of(figure, trace)[:MOST] for trace in told]
    grouped = len(told) > 1 or {bar.name for bar in series[0]} == {told[0].name}
    names = figure.data[-1].text if grouped else [bar.name for bar in series[0]]
    data = CategoryChartData(number_format="General")
    data.categories = [named(name) for name in names]
    for trace, bars in zip(told, series, strict=True):
        data.add_series(named(trace.name or "Number"), [bar.value for bar in bars])
    frame = shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *map(Inches, box), data)
    chart, plot = frame.chart, frame.chart.plots[0]
    chart.has_title, chart.has_legend = False, len(told) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.font.size, chart.font.color.rgb = _size(box, len(names)), rgb(LIGHT.text)
    _lay(chart, [float(value) for trace in told for value in trace.x])
    if len(drawn) > len(told):  # bars of the whole lie behind
        chart.value_axis.maximum_scale = max(drawn[0].x)
    for own, bars in zip(plot.series, series, strict=True):
        _fill(own, bars)
    if all(bar.said == f"{bar.value:,.0f}" for bars in series for bar in bars):
        _numbers(plot, _size(box, len(told) * len(names) * (1.3 if len(told) > 1 else 1)))
    else:
        _say(plot.series[0], series[0])
    return frame, len(told[0].y)


def named(text: object) -> str:
    """A label of a chart in one line; never one that the writer of its workbook would take for a formula or a link.

    What has no name gets a blank, for which no program puts a name of its own.
    """
    label = words.cut(clean(plain(text)[0]), NAME)
    return f" {label}" if not label or ACTED_ON.match(label) or is_formula(label) else label


def _size(box: Frame, marks: float) -> Any:
    """The size of words of which so many stand one below the other."""
    return Pt(max(LEAST, min(WORDS, POINTS * box[3] / max(marks, 1) / 1.4)))


def _lay(chart: Any, values: Sequence[float]) -> None:
    """Lying bars of these values: the first at the top, every label shown, no grid."""
    plot, axis = chart.plots[0], chart.category_axis
    plot.gap_width, plot.overlap = GAP, 0
    axis.reverse_order = True
    axis.has_major_gridlines = False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.format.line.color.rgb = rgb(LIGHT.line)
    every = axis._element.makeelement(qn("c:tickLblSkip"), {"val": "1"})
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(every)
    least, most = min(0.0, *values), max(0.0, *values)
    chart.value_axis.visible, chart.value_axis.has_major_gridlines = False, False
    chart.value_axis.minimum_scale = least - LEFT_OF_ZERO * (most - least) if least < 0 else 0.0


def _fill(series: Any, bars: Sequence[DrawnBar]) -> None:
    """All bars in one colour, or each in its own, hatched where the figure's is; a hollow one has a broken border."""
    series.invert_if_negative = False
    alike = len({(bar.colour, bar.hatch, bar.thick) for bar in bars}) < 2
    for form, bar in (
        [(series.format, bars[0])] if alike else zip((one.format for one in series.points), bars, strict=True)
    ):
        form.fill.solid()
        form.fill.fore_color.rgb = rgb(bar.colour)
        if bar.thick:
            form.line.color.rgb, form.line.width = rgb(bar.edge), Pt(bar.thick)
        if bar.hatch:
            hatch(form.fill, bar.hatch, bar.colour)
        if bar.colour == LIGHT.ground:
            hatch(form.fill, LIGHT.quiet, LIGHT.ground)
            form.line.dash_style = MSO_LINE.DASH


def _numbers(plot: Any, size: Any) -> None:
    """The numbers beside the bars."""
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value, labels.position, labels.font.size = True, XL_LABEL_POSITION.OUTSIDE_END, size
    labels.number_format, labels.number_format_is_linked = "#,##0", False


def _say(series: Any, bars: Sequence[DrawnBar]) -> None:
    """The figure's own words beside the bars."""
    for place, bar in enumerate(bars):
        said, bold = plain(bar.said)
        label = series.points[place].data_label
        label.position = XL_LABEL_POSITION.OUTSIDE_END
        run = label.text_frame.paragraphs[0].add_run()
        run.text, run.font.bold = clean(said), bold
        run.font.color.rgb = rgb(LIGHT.text)
