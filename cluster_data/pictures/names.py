"""Where a name finds room: beside what it names, or further away, where a thin line leads to it."""

import math
from collections.abc import Iterator

import numpy as np

from cluster_data.pictures.canvas import LINE, Box, Canvas, box_of

SIDES = ((0, -1), (1, 0), (-1, 0), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
DISTANCES = (0.6, 1.3, 2.0, 3.0)

Spot = tuple[float, float]  # points from the left and from the top


def spots(name: str, at: Spot, size: float, bold: bool = False) -> Iterator[Box]:
    """The boxes a name may have round a place, the nearest first."""
    x, y = at
    for far in DISTANCES:
        for right, down in SIDES:
            across = {-1: "right", 0: "center", 1: "left"}[right]
            yield box_of(x + right * far * size, y + down * (far + LINE / 2) * size, name, size, across, "center", bold)


def lead(canvas: Canvas, at: Spot, box: Box, size: float) -> None:
    """A thin line from a place to a name that stands away from it."""
    end = float(np.clip(at[0], box[0], box[2])), float(np.clip(at[1], box[1], box[3]))
    if math.dist(end, at) > size:
        canvas.axes.plot([at[0], end[0]], [at[1], end[1]], color=canvas.ink, linewidth=size / 20, zorder=2)
