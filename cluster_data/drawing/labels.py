"""Where circles and names find room on a map: no circle hides another, and a name hides no circle and no other name."""

import math
from collections.abc import Iterator

import numpy as np
import pandas as pd
from shapely import STRtree, box
from shapely.geometry import Polygon

from cluster_data.drawing.fonts import width

TILE = 512
NAME_SIZE = 14  # pixels high
MOST_NAMES = 14
LIFTS = (-17, 17, -26, 26, -36, 36)  # pixels that a name may stand above or below its place, best first
BESIDE = (14, 28)  # pixels that it may begin to the right or end to the left of it
ROOM = 2
ROUNDS = 200  # of pushing circles apart


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
    spots = home + 0.01 * np.column_stack([np.cos(turns), np.sin(turns)])
    for _ in range(ROUNDS):
        ways = spots[:, None] - spots[None, :]
        apart = np.hypot(*np.moveaxis(ways, 2, 0))
        np.fill_diagonal(apart, 1)
        over = np.clip(least - apart, 0, None)
        if not over.any():
            break
        spots += ((over * gives_way / apart)[..., None] * ways).sum(axis=1) / 2
    moved: list[list[int]] = np.rint(spots - home).astype(int).tolist()
    return moved


def apart(names: pd.DataFrame, circles: pd.DataFrame, zoom: float) -> pd.DataFrame:
    """The first names that find room at this zoom, with their `shift` in pixels, beside circles and other names.

    `names`: name, lat, lon, the most important first. `circles`: lat, lon, radius, shift.
    """
    taken = []
    for row in circles.itertuples():
        x, y = pixels(row.lat, row.lon, zoom)
        taken.append(_around(x + row.shift[0], y + row.shift[1], row.radius, row.radius))
    tree = STRtree(taken)
    written: list[Polygon] = []
    rows = []
    for row in names.itertuples():
        for shift, spot in _spots(row.name, row.lat, row.lon, zoom):
            if not len(tree.query(spot, "intersects")) and not any(map(spot.intersects, written)):
                written.append(spot)
                rows.append((row.name, row.lat, row.lon, shift))
                break
        if len(rows) == MOST_NAMES:
            break
    return pd.DataFrame(rows, columns=["name", "lat", "lon", "shift"])


def _spots(name: str, lat: float, lon: float, zoom: float) -> Iterator[tuple[list[int], Polygon]]:
    """Where a name may stand by its place, best first: above, below, then to the right and the left of these."""
    x, y = pixels(lat, lon, zoom)
    half = width(name, NAME_SIZE, bold=True) / 2 + ROOM
    sides = [way * (round(half) + beside) for beside in BESIDE for way in (1, -1)]
    for right, down in [(0, lift) for lift in LIFTS] + [(side, lift) for lift in (0, *LIFTS[:4]) for side in sides]:
        yield [right, down], _around(x + right, y + down, half, NAME_SIZE / 2 + ROOM)


def _around(x: float, y: float, wide: float, high: float) -> Polygon:
    return box(x - wide, y - high, x + wide, y + high)


def pixels(latitude: float, longitude: float, zoom: float) -> tuple[float, float]:
    """Pixels from the left and the top of the world in Web Mercator at this zoom."""
    size = TILE * 2**zoom
    north = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    return size * (longitude + 180) / 360, size * (0.5 - north / (2 * math.pi))
