"""Places in degrees (WGS84, EPSG:4326) and in metres (British National Grid, EPSG:27700), and from one to the other."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

METRES, DEGREES = 27700, 4326

Geometries = npt.NDArray[np.object_]

_thread = ThreadPoolExecutor(1, "projection")  # PROJ makes itself ready anew in each thread, in 30 to 80 ms


def to_metres(shapes: Any) -> Geometries:
    """Geometries in degrees as metres east and north."""
    return _thread.submit(_projected, shapes, DEGREES, METRES).result()


def to_degrees(shapes: Any) -> Geometries:
    """Geometries in metres as longitude and latitude."""
    return _thread.submit(_projected, shapes, METRES, DEGREES).result()


def east_north(latitude: Any, longitude: Any) -> npt.NDArray[np.float64]:
    """East and north of places, in metres: shape (places, 2). Not to be relied on where a position is missing."""
    where = to_metres(np.atleast_1d(shapely.points(longitude, latitude)))
    return np.column_stack([shapely.get_x(where), shapely.get_y(where)])


def _projected(shapes: Any, of: int, to: int) -> Geometries:
    return np.asarray(gpd.GeoSeries(shapes, crs=of).to_crs(to).values, dtype=object)
