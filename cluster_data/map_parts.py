"""The map of an area as a part of a document: what lies on it, its words, its key with the source, its table."""

from cluster_data.cluster import Cluster
from cluster_data.document import Map
from cluster_data.filters import Filter
from cluster_data.measures import area_words, areas, captions, counts, places

SHARED = "Towns too close to tell apart share a circle."


def map_of_area(cluster: Cluster, chosen: Filter, area: str) -> Map:
    """The organisations of a choice in one area and what lies around it."""
    here, codes = areas.of_area(chosen, area), tuple(cluster.area_codes[area])
    return Map(
        alt=f"Map of {area} and its neighbours. {area_words.map_title(cluster, chosen, area)}.",
        note=f"{captions.map_marks(cluster, here)} {SHARED} {captions.source_line(cluster)}",
        points=lambda: places.points(cluster, here),
        bubbles=lambda: places.bubbles(cluster, here),
        rows=lambda: counts.firms_by_area_in_words(areas.who_is_in_parts(cluster, chosen, area)),
        outlined=codes,
        seen=codes,
        drawn="area",
        about=f"Organisations of {area} by local authority",
    )
