"""Charts and maps as still pictures, for files that are printed, shown or sent.

Matplotlib is loaded when the first picture is drawn, and one picture is drawn at a time. Sizes are in inches, text in
points. Text from files is drawn as it stands: no sign of it is taken for a formula.
"""

import io
import re
from threading import RLock
from typing import TYPE_CHECKING

from cluster_data.document import Map
from cluster_data.model.clean import cleaned
from cluster_data.model.cluster import Cluster
from cluster_data.palette import Palette

if TYPE_CHECKING:
    import plotly.graph_objects as go
    from matplotlib.figure import Figure

TEXT = 9
PATHS = re.compile(r'(?<= d=")[^"]+')
_drawing = RLock()


def chart_picture(figure: "go.Figure", wide: float, high: float, text: float = TEXT) -> "Figure":
    """A chart of charts/ as a picture of this size, in the figure's own colours.

    `text` is the size of most words; where the rows of the chart would not find room in `high`, all is drawn smaller:
    `height_for` tells which height is enough.
    """
    from cluster_data.drawing.pictures import plots

    with _drawing:
        return plots.drawn(figure, wide, high, text)


def height_for(figure: "go.Figure", text: float = TEXT) -> float:
    """The height in inches at which a chart is as airy as on screen, with words of this size."""
    from cluster_data.drawing.pictures import plots

    return plots.height_for(figure, text)


def map_picture(
    cluster: Cluster, shown: Map, ground: Palette, wide: float, high: float, text: float = TEXT
) -> "Figure":
    """A map as a picture of this size: areas, roads, railways, marks, names, key and licence line."""
    from cluster_data.drawing.pictures import atlas

    with _drawing:
        return atlas.drawn(cluster, shown, ground, wide, high, text)


def svg(figure: "Figure", decimals: int = 2) -> str:
    """The picture as SVG: text as paths, with so many decimals of a point; the same picture gives the same text."""
    written = io.StringIO()
    with _drawing:
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    finer = re.compile(rf"(?<=\.\d{{{decimals}}})\d+")
    return PATHS.sub(lambda path: finer.sub("", path[0]), cleaned(written.getvalue()))


def png(figure: "Figure", dpi: int) -> bytes:
    """The picture as PNG with this many pixels to the inch."""
    written = io.BytesIO()
    with _drawing:
        figure.savefig(written, format="png", dpi=dpi, metadata={"Software": None})
    return written.getvalue()
