"""The ground of every map: the geometries of a pack in metres, of which the live and the still maps draw theirs."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Self

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.projection import Geometries, to_metres

GAP = 60  # metres: no gap between areas is narrower, and no common border finer
AS_GOOD = 200  # metres: a place as far from the border is as good a middle
AROUND = ("neighbour", "railway", "motorway")

Bounds = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True, eq=False)
class Ground:
    """The geometries of a pack in metres: areas with code and name, and what lies around by its layer."""

    areas: Geometries
    codes: npt.NDArray[np.object_]
    names: npt.NDArray[np.object_]
    around: dict[str, Geometries]

    def own(self, codes: Collection[str]) -> npt.NDArray[np.bool_]:
        """Which areas have these codes."""
        return np.isin(self.codes, list(codes))

    def simplified(self, coarse: int) -> Self:
        """The same with borders of areas as coarse as this, in metres; neighbours keep the line they share."""
        return replace(self, areas=shapely.coverage_simplify(self.areas, coarse))

    def box(self, codes: Collection[str]) -> Bounds:
        """The box round the areas named, or round all if none is."""
        own = self.own(codes)
        west, south, east, north = shapely.total_bounds(self.areas[own] if own.any() else self.areas).tolist()
        return west, south, east, north

    def outline(self, codes: Collection[str]) -> shapely.Geometry:
        """The common border of the areas named, as coarse as GAP."""
        return shapely.simplify(shapely.coverage_union_all(self.areas[self.own(codes)]), GAP)


@remembered
def ground_of(cluster: Cluster) -> Ground:
    """The ground of the pack, made once."""
    areas, around = (
        gpd.GeoDataFrame.from_features(cluster.geojson(name)["features"]) for name in ("boundaries", "basemap")
    )
    shapes = to_metres(around.geometry)
    return Ground(
        shapely.coverage_clean(to_metres(areas.geometry), gap_width=GAP),
        areas["lad_code"].to_numpy(object),
        areas["name"].to_numpy(object),
        {layer: shapes[(around["layer"] == layer).to_numpy()] for layer in AROUND},
    )


def middles(shapes: Geometries) -> npt.NDArray[np.float64]:
    """A place inside each of the shapes, where it is about widest; none of them is empty."""
    plain = shapely.simplify(shapes, AS_GOOD)
    return shapely.get_coordinates(shapely.get_point(shapely.maximum_inscribed_circle(plain, AS_GOOD), 0))
