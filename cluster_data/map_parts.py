"""The maps of the pages as parts of a document: what lies on each, its words, its key with the source, its table."""

from cluster_data.cluster import Cluster
from cluster_data.document import Circle, Map
from cluster_data.filters import Filter
from cluster_data.measures import area_words, areas, captions, counts, organisations, places

SHARED = "Towns too close to tell apart share a circle."


def circle(place: places.Place | None, within: float) -> Circle | None:
    """The circle of so many kilometres round a place, if there is one."""
    return Circle(place.lat, place.lon, within, place.name) if place else None


def map_of_firms(cluster: Cluster, chosen: Filter) -> Map:
    """The firms of a choice in the whole region."""
    firms = chosen.but(kinds=("company",))
    return Map(
        alt=captions.map_in_words(cluster, chosen),
        note=f"{captions.map_key(cluster, chosen)} {captions.source_line(cluster)}",
        points=lambda: places.points(cluster, firms),
        bubbles=lambda: places.bubbles(cluster, firms),
        rows=lambda: counts.firms_by_area_in_words(counts.firms_by_area(cluster, chosen)),
        outlined=tuple(places.outlined(cluster)),
    )


def map_of_organisations(cluster: Cluster, chosen: Filter, around: Circle | None = None) -> Map:
    """The organisations of a choice, closer if areas are chosen or within a circle."""
    return Map(
        alt=f"Map of organisations{_within(around)}: {chosen.words(cluster)}",
        note=_note(captions.map_marks(cluster, chosen), captions.strong_lines(cluster), captions.source_line(cluster)),
        points=lambda: places.points(cluster, chosen),
        bubbles=lambda: places.bubbles(cluster, chosen),
        rows=lambda: organisations.on_map(cluster, chosen),
        outlined=tuple(places.outlined(cluster)),
        seen=tuple(sorted(chosen.area_codes(cluster))),
        circle=around,
    )


def _note(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _within(around: Circle | None) -> str:
    return f", with a circle of {around.words}" if around else ""


def map_of_density(cluster: Cluster, chosen: Filter, around: Circle | None = None) -> Map:
    """The firms of a choice for every 100,000 residents of each authority."""
    table = places.firms_per_100_000(cluster, chosen)
    return Map(
        alt=f"Map of {chosen.words(cluster)} per 100,000 residents by local authority{_within(around)}",
        note=f"{captions.density_key(cluster, table)} {captions.source_line(cluster)}",
        points=lambda: places.points(cluster, chosen).head(0),
        bubbles=lambda: places.bubbles(cluster, chosen).head(0),
        rows=lambda: places.density_in_words(table),
        outlined=tuple(places.outlined(cluster)),
        seen=tuple(sorted(chosen.area_codes(cluster))),
        circle=around,
        rates=lambda: table[["lad_code", "rate"]],
        unit="firms per 100,000 residents",
    )


def map_of_area(cluster: Cluster, chosen: Filter, area: str) -> Map:
    """The organisations of a choice in one area and what lies around it."""
    here, codes = areas.of_area(chosen, area), tuple(cluster.area_codes[area])
    return Map(
        alt=f"Map of {area} and its neighbours. {area_words.map_title(cluster, chosen, area)}.",
        note=_note(captions.map_marks(cluster, here), SHARED, captions.source_line(cluster)),
        points=lambda: places.points(cluster, here),
        bubbles=lambda: places.bubbles(cluster, here),
        rows=lambda: counts.firms_by_area_in_words(areas.who_is_in_parts(cluster, chosen, area)),
        outlined=codes,
        seen=codes,
        drawn="area",
        about=f"Organisations of {area} by local authority",
    )
