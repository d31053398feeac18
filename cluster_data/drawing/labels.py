"""Which names find room on a map, and where: a name hides no number and no other name."""

import math
from collections.abc import Iterator

import pandas as pd
from shapely import STRtree, box
from shapely.geometry import Polygon

TILE = 512
NAME_SIZE, NUMBER_SIZE, LETTER = 14, 13, 0.56  # pixels high; how wide a letter is as a share of that
MOST_NAMES = 14
LIFTS = (-17, 17, -26, 26, -36, 36)  # pixels that a name may stand above or below its place, best first
BESIDE = 14
ROOM = 2


def apart(names: pd.DataFrame, numbers: pd.DataFrame, zoom: float) -> pd.DataFrame:
    """The first names that find room at this zoom, with their `shift` in pixels, beside numbers and other names.

    `names`: name, lat, lon, the most important first. `numbers`: lat, lon, text.
    """
    half = NUMBER_SIZE / 2 + ROOM
    taken = [
        _around(*pixels(row.lat, row.lon, zoom), width(row.text, NUMBER_SIZE) / 2 + ROOM, half)
        for row in numbers.itertuples()
    ]
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
    half = width(name, NAME_SIZE) / 2 + ROOM
    side = round(half) + BESIDE
    for right, down in [(0, lift) for lift in LIFTS] + [
        (way, lift) for lift in (0, *LIFTS[:4]) for way in (side, -side)
    ]:
        yield [right, down], _around(x + right, y + down, half, NAME_SIZE / 2 + ROOM)


def _around(x: float, y: float, wide: float, high: float) -> Polygon:
    return box(x - wide, y - high, x + wide, y + high)


def width(text: str, size: int) -> float:
    """About how many pixels a text is wide."""
    return LETTER * size * len(text)


def pixels(latitude: float, longitude: float, zoom: float) -> tuple[float, float]:
    """Pixels from the left and the top of the world in Web Mercator at this zoom."""
    size = TILE * 2**zoom
    north = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    return size * (longitude + 180) / 360, size * (0.5 - north / (2 * math.pi))
