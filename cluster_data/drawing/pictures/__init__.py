"""Charts and maps as still pictures: on first pages, on paper and in files.

Sizes are in inches, text in points. A picture is a canvas that gives SVG or PNG; its text from files is drawn as it
stands.
"""

from cluster_data.document import Chart, Map
from cluster_data.drawing.pictures.atlas import map_picture
from cluster_data.drawing.pictures.canvas import Canvas
from cluster_data.drawing.pictures.plots import TEXT, chart_picture, height_for
from cluster_data.model.cluster import Cluster
from cluster_data.palette import Palette

__all__ = ["chart_picture", "has_marks", "height_for", "map_picture", "picture_of"]


def picture_of(
    cluster: Cluster,
    part: Chart | Map,
    palette: Palette,
    wide: float,
    high: float,
    text: float = TEXT,
    airy: float = 0,
    licensed: bool = True,
    far: bool = False,
) -> Canvas:
    """A chart or map as a picture of this size; with `airy` a chart is no higher than so much of what it has on screen.

    A map that is not `licensed` stands where the licences are said beside it; one may be drawn to be read from `far`.
    See chart_picture and map_picture.
    """
    if isinstance(part, Map):
        return map_picture(cluster, part, palette, wide, high, text, licensed=licensed, far=far)
    figure = part.draw(palette)
    return chart_picture(figure, wide, min(high, airy * height_for(figure, text)) if airy else high, text)


def has_marks(part: Chart | Map) -> bool:
    """Whether there is anything to draw."""
    if isinstance(part, Map):
        return bool(part.rates or part.seen or part.circle) or not (part.points().empty and part.bubbles().empty)
    return not part.rows().empty
