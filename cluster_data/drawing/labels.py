"""Where circles and names find room on a map: no circle hides another, and a name hides no circle and no other name."""

import math

import numpy as np
import pandas as pd

from cluster_data.drawing.pictures.canvas import Bounds, Spot, box_around, touch
from cluster_data.drawing.pictures.names import spots, way_to

TILE = 512
NAME_SIZE = 14  # pixels high
MOST_NAMES = 14
AWAY = (0.2, 0.6, 1.3, 2.0)  # from its place, or the circle that stands for it, to a name, in heights of words
BETWEEN = 4  # pixels from a name to the next on its line
ON_ITS_LINE = 20  # pixels at least from a name to a larger circle of others on its line
ROOM, LEFT = 2, 0.5  # pixels between circles, and how much less will do
ROUNDS = 200  # of pushing circles apart
PHONES = 140, 215  # pixels from the middle of a map to where the glass of a phone, narrow or wide, ends


def spread(circles: pd.DataFrame, zoom: float) -> list[list[int]]:
    """How far each circle is pushed, in pixels right and down, for none to hide another at this zoom.

    `circles`: lat, lon, radius (pixels). Closer, they part by themselves. Large circles move less than small ones.
    """
    if circles.empty:
        return []
    home = np.array([pixels(lat, lon, zoom) for lat, lon in zip(circles["lat"], circles["lon"], strict=True)])
    radius = circles["radius"].to_numpy(float)
    least = np.add.outer(radius, radius) + ROOM / 2
    np.fill_diagonal(least, 0)
    gives_way = radius[None, :] ** 2 / np.add.outer(radius**2, radius**2)  # the share that the first of a pair moves
    turns = np.arange(len(circles))  # those at one spot part in ways of their own
    moved = home + 0.01 * np.column_stack([np.cos(turns), np.sin(turns)])
    for _ in range(ROUNDS):
        ways = moved[:, None] - moved[None, :]
        apart = np.hypot(*np.moveaxis(ways, 2, 0))
        np.fill_diagonal(apart, 1)
        over = np.clip(least - apart, 0, None)
        if over.max() < LEFT:
            break
        moved += ((over * gives_way / apart)[..., None] * ways).sum(axis=1) / 2
    shifts: list[list[int]] = np.rint(moved - home).astype(int).tolist()
    return shifts


def apart(names: pd.DataFrame, circles: pd.DataFrame, zoom: float, middle: float) -> pd.DataFrame:
    """The first names that find room at this zoom, with their `shift` in pixels, beside circles and other names.

    `names`: name, lat, lon, the most important first. `circles`: lat, lon, radius, shift. The `middle` is the longitude
    of what a map shows: the edge of a phone cuts no name.
    """
    (narrow, wide), (centre, _) = PHONES, pixels(0, middle, zoom)
    left, right = centre - narrow, centre + narrow
    taken: list[Bounds] = [(centre - wide, -math.inf, left, math.inf), (right, -math.inf, centre + wide, math.inf)]
    of_places = []
    for row in circles.itertuples():
        x, y = pixels(row.lat, row.lon, zoom)
        drawn = (x + row.shift[0], y + row.shift[1])
        taken.append(box_around(*drawn, row.radius))
        of_places.append(((x, y), drawn, row.radius))
    rows = []
    for row in names.itertuples():
        x, y = pixels(row.lat, row.lon, zoom)
        within = ((math.dist(home, (x, y)), drawn, radius) for home, drawn, radius in of_places)
        _, at, half = min((one for one in within if one[0] < one[2]), default=(0.0, (x, y), 0.0))
        boxes = spots(row.name, at, NAME_SIZE, AWAY, half, bold=True)
        if left < at[0] < right:
            boxes = [either for box in boxes for either in (box, _moved(box, left, right))]
        others = [(spot, radius) for _, spot, radius in of_places if spot != at]
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        around = min(lefts), min(tops), max(rights), max(bottoms)
        near = [other for other in taken if touch(around, other)]
        free = (box for box in boxes if not any(touch(box, other) for other in near))
        box = next((box for box in free if _is_of(box, at, half, others)), None)
        if box:
            taken.append((box[0] - BETWEEN, box[1], box[2] + BETWEEN, box[3]))
            rows.append(
                (row.name, row.lat, row.lon, [round((box[0] + box[2]) / 2 - x), round((box[1] + box[3]) / 2 - y)])
            )
        if len(rows) == MOST_NAMES:
            break
    return pd.DataFrame(rows, columns=["name", "lat", "lon", "shift"])


def _is_of(box: Bounds, at: Spot, half: float, others: list[tuple[Spot, float]]) -> bool:
    """Whether a name stands nearer to its own place than to any circle of others, and on no line with a larger one."""
    own = math.dist(*way_to(box, at)) - half
    return all(
        math.dist(*way_to(box, spot)) - radius > max(own, ON_ITS_LINE * (radius > half and box[1] <= spot[1] <= box[3]))
        for spot, radius in others
    )


def _moved(box: Bounds, left: float, right: float) -> Bounds:
    """A box moved to stand between a left and a right."""
    by = max(0.0, left - box[0]) - max(0.0, box[2] - right)
    return box[0] + by, box[1], box[2] + by, box[3]


def pixels(latitude: float, longitude: float, zoom: float) -> tuple[float, float]:
    """Pixels from the left and the top of the world in Web Mercator at this zoom."""
    size = TILE * 2**zoom
    north = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    return size * (longitude + 180) / 360, size * (0.5 - north / (2 * math.pi))
