"""Charts and maps as still pictures: on first pages, on paper and in files.

Sizes are in inches, text in points. A picture is a canvas that gives SVG or PNG; its text from files is drawn as it
stands.
"""

from cluster_data.drawing.pictures.atlas import map_picture
from cluster_data.drawing.pictures.plots import chart_picture, height_for

__all__ = ["chart_picture", "height_for", "map_picture"]
