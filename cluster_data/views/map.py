"""Where everything is: organisations, or firms per head, in the region or near a place."""

from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from cluster_data.cluster import Cluster
from cluster_data.document import Circle, Map, Rows
from cluster_data.filters import Filter
from cluster_data.measures import captions, counts, findings, organisations, places
from cluster_data.views.page import MOST, Page, Parameter
from cluster_data.views.parts import no_such_place
from cluster_data.words import count

SHOW = Parameter("show", "Show", ("organisations", "firms per 100,000 residents"))
NEAR = Parameter("near", "Near a postcode or place", hint="Postcode, town or suburb", text=True)
WITHIN = Parameter("within", "Within (km)", ("10", "2", "5", "20", "40"))
ZOOM = Parameter("zoom", "Zoom", ("whole view", "closer", "close", "closest"))
PARAMETERS = (SHOW, NEAR, WITHIN, ZOOM)


def view(page: Page) -> None:
    """The map, what lies near the place asked for, and all that the map shows."""
    cluster, chosen = page.cluster, page.chosen
    dense, typed = page.one_of(SHOW) != SHOW.options[0], page.text_of(NEAR)
    within, closer = float(page.one_of(WITHIN)), ZOOM.options.index(page.one_of(ZOOM))
    place, close_names = places.find_place(cluster, typed)
    near = places.near(cluster, chosen, place, within) if place else None
    said = captions.near_statement(cluster, chosen, place, within, near)
    page.headline(findings.map_finding(cluster, chosen, place, within, near, dense), said=said)
    if place:
        page.goes_without_saying(NEAR, WITHIN)
        page.hint(f"Distances from {place.said}, in a straight line.")
    page.boxes(SHOW, NEAR, WITHIN, ZOOM)
    if typed and place is None:
        no_such_place(page, NEAR, typed, close_names)
    around = Circle(place.lat, place.lon, within, place.name) if place else None
    shown = _density(cluster, chosen, around) if dense else _organisations(cluster, chosen, around)
    page.map(replace(shown, closer=closer))
    if place and near is not None:
        _near(page, place, within, near)
    if not dense:
        _all(page)
    _scene(page, shown, near)


def _organisations(cluster: Cluster, chosen: Filter, around: Circle | None) -> Map:
    """The organisations of a choice, closer if areas are chosen or within a circle."""
    marks, lines = captions.map_marks(cluster, chosen), captions.strong_lines(cluster)
    return Map(
        alt=f"Map of organisations{_within(around)}: {chosen.words(cluster)}",
        note=" ".join(filter(None, [marks, lines, captions.source_line(cluster)])),
        rows=partial(organisations.on_map, cluster, chosen),
        circle=around,
        **_ground(cluster, chosen),
    )


def _density(cluster: Cluster, chosen: Filter, around: Circle | None) -> Map:
    """The firms of a choice for every 100,000 residents of each authority."""
    table, ground = places.firms_per_100_000(cluster, chosen), _ground(cluster, chosen)
    return Map(
        alt=f"Map of {chosen.words(cluster)} per 100,000 residents by local authority{_within(around)}",
        note=f"{captions.density_key(cluster, table)} {captions.source_line(cluster)}",
        rows=lambda: places.density_in_words(table),
        circle=around,
        rates=lambda: table,
        unit="firms per 100,000 residents",
        **ground | {lie: _none_of(ground[lie]) for lie in ("points", "bubbles")},
    )


def _within(around: Circle | None) -> str:
    return f", with a circle of {around.words}" if around else ""


def _ground(cluster: Cluster, chosen: Filter) -> dict[str, Any]:
    """What lies on a map of a choice, and where it is."""
    return {
        "points": partial(places.points, cluster, chosen),
        "bubbles": partial(places.bubbles, cluster, chosen),
        "outlined": tuple(places.outlined(cluster)),
        "seen": tuple(sorted(chosen.area_codes(cluster))),
    }


def _none_of(rows: Rows) -> Rows:
    return lambda: rows().head(0)


def _near(page: Page, place: places.Place, within: float, near: pd.DataFrame) -> None:
    """What lies near, in two lists: placed exactly, and known only by town."""
    for approximate, heading in captions.near_parts(page.cluster, place, within, near):
        page.heading(heading)
        part = near[near["approximate"] == approximate]
        page.records(partial(organisations.near_in_words, page.cluster, part), heading, len(part))


def _all(page: Page) -> None:
    """All that the map shows."""
    cluster, chosen = page.cluster, page.chosen
    total = organisations.placed(cluster, chosen)
    page.heading(f"All {count(total, 'organisation')} of this choice")
    page.records(
        partial(organisations.on_map, cluster, chosen, MOST),
        "The organisations of the map",
        total,
        partial(organisations.on_map, cluster, chosen),
    )


def _scene(page: Page, shown: Map, near: pd.DataFrame | None) -> None:
    """What lies near a place, or where firms are dense, or where they are."""
    cluster, chosen, shows = page.cluster, page.chosen, (SHOW, NEAR, WITHIN)
    if near is not None:
        listed = partial(organisations.near_in_words, cluster, near)
        picture = shown if shown.rates else replace(shown, note=_key(cluster, chosen), rows=listed)
        page.on_stage(picture, shows, statement=page.draft.said)
    elif shown.rates:
        firms = chosen.but(kinds=())
        finding, statement = findings.map_finding(cluster, firms, dense=True), firms.statement(cluster)
        page.on_stage(_density(cluster, firms, None), shows, finding, statement)
    else:
        page.on_stage(_where(cluster, chosen.but(kinds=("company",)) if chosen.keeps_firms() else chosen), shows)


def _where(cluster: Cluster, chosen: Filter) -> Map:
    return Map(
        alt=captions.map_in_words(cluster, chosen),
        note=_key(cluster, chosen),
        rows=lambda: counts.firms_by_area_in_words(counts.firms_by_area(cluster, chosen)),
        **_ground(cluster, chosen),
    )


def _key(cluster: Cluster, chosen: Filter) -> str:
    """The key of a map that has one of its own, in short."""
    return f"{captions.map_key_in_short(cluster, chosen)} {captions.source_line(cluster)}"
