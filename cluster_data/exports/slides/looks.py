"""How the parts of a native chart look: fills, markers, axes, legends, numbers beside bars."""

from collections.abc import Sequence
from typing import Any

from pptx.enum.chart import XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.util import Pt

from cluster_data.drawing.pictures.labels import plain
from cluster_data.drawing.pictures.marks import each
from cluster_data.exports.slides.letters import clean, rgb
from cluster_data.exports.slides.template import hatch
from cluster_data.palette import LIGHT


def quiet_axis(axis: Any) -> None:
    """An axis without lines and words."""
    axis.visible, axis.has_major_gridlines = False, False


def legend(chart: Any) -> None:
    """The names of the series above the chart."""
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False


def fill(form: Any, colour: str) -> None:
    """A form in one colour."""
    form.fill.solid()
    form.fill.fore_color.rgb = rgb(colour)


def fill_points(series: Any, trace: Any) -> None:
    """Each bar in its colour, hatched where the figure's is; a hollow one is hatched and gets a broken border."""
    series.invert_if_negative = False
    marker, number = trace.marker, len(list(series.values))
    colours, hatches = each(marker.color, number), each(marker.pattern.shape or "", number)
    for place, (value, colour, hatched) in enumerate(zip(series.values, colours, hatches, strict=False)):
        form = series.points[place].format
        fill(form, colour)
        if hatched:
            hatch(form.fill, marker.pattern.fgcolor, colour)
        if colour == LIGHT.ground:
            hatch(form.fill, LIGHT.quiet, LIGHT.ground)
            form.line.color.rgb, form.line.width, form.line.dash_style = rgb(LIGHT.quiet), Pt(1.5), MSO_LINE.DASH
        elif value is not None and trace.marker.line.color == LIGHT.accent:
            form.line.color.rgb = rgb(LIGHT.accent)


def marker(of: Any, colour: str, filled: bool) -> None:
    """A round mark, filled or hollow."""
    of.marker.style, of.marker.size = XL_MARKER_STYLE.CIRCLE, 13
    fill(of.marker.format, colour if filled else LIGHT.steps[1])
    of.marker.format.line.color.rgb, of.marker.format.line.width = rgb(colour), Pt(2.25)


def numbers(plot: Any) -> None:
    """The numbers beside the bars."""
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.show_value, labels.position = True, XL_LABEL_POSITION.OUTSIDE_END
    labels.number_format, labels.number_format_is_linked = "#,##0", False


def say(series: Any, texts: Sequence[str], position: Any, ink: str = LIGHT.text) -> None:
    """The figure's own words beside the points."""
    for place, text in enumerate(texts[: len(list(series.values))]):
        said, bold = plain(text)
        if said:
            label = series.points[place].data_label
            label.position = position
            run = label.text_frame.paragraphs[0].add_run()
            run.text, run.font.bold = clean(said), bold
            run.font.color.rgb = rgb(ink)
