"""Which names find room on a live map, and where: a name hides no number and no other name."""

import math

import pandas as pd

from cluster_data.drawing.pictures.canvas import box_of, touch
from cluster_data.drawing.pictures.names import spots

TILE = 512
NAME_SIZE, NUMBER_SIZE = 14, 13  # pixels high
MOST_NAMES = 14
AWAY = (0.6, 1.3, 2.0)  # from its place, in heights of words


def apart(names: pd.DataFrame, numbers: pd.DataFrame, zoom: float) -> pd.DataFrame:
    """The first names that find room at this zoom, with their `shift` in pixels, beside numbers and other names.

    `names`: name, lat, lon, the most important first. `numbers`: lat, lon, text.
    """
    taken = [
        box_of(*pixels(row.lat, row.lon, zoom), row.text, NUMBER_SIZE, "center", "center", bold=True)
        for row in numbers.itertuples()
    ]
    rows = []
    for row in names.itertuples():
        x, y = pixels(row.lat, row.lon, zoom)
        boxes = spots(row.name, (x, y), NAME_SIZE, AWAY, bold=True)
        box = next((box for box in boxes if not any(touch(box, other) for other in taken)), None)
        if box:
            taken.append(box)
            shift = [round((box[0] + box[2]) / 2 - x), round((box[1] + box[3]) / 2 - y)]
            rows.append((row.name, row.lat, row.lon, shift))
        if len(rows) == MOST_NAMES:
            break
    return pd.DataFrame(rows, columns=["name", "lat", "lon", "shift"])


def pixels(latitude: float, longitude: float, zoom: float) -> tuple[float, float]:
    """Pixels from the left and the top of the world in Web Mercator at this zoom."""
    size = TILE * 2**zoom
    north = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    return size * (longitude + 180) / 360, size * (0.5 - north / (2 * math.pi))
