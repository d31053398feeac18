"""Where everything is: organisations, or firms per head, in the region or near a place."""

from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from cluster_data.document import Circle, Map
from cluster_data.drawing import pictograms
from cluster_data.elements import Ask, Chips, Key, Sign
from cluster_data.findings import area_words, captions, headlines
from cluster_data.measures import areas, organisations, places, rates
from cluster_data.model import words
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter
from cluster_data.model.link_words import KIND, D
from cluster_data.model.wording import of_kinds
from cluster_data.palette import Palette
from cluster_data.views import parts
from cluster_data.views.page import MOST, Page, Parameter

SHOW = Parameter("show", "Show", ("organisations", "firms per 100,000 residents"))
NEAR = Parameter("near", "Near a postcode or place", hint="Postcode or place", text=True)
WITHIN = Parameter("within", "Within (km)", ("10", "2", "5", "20", "40"))
ZOOM = Parameter("zoom", "Zoom", ("whole view", "closer", "close", "closest"))
AT = Parameter("at", "Marked", records=True)
PARAMETERS = (SHOW, NEAR, WITHIN, ZOOM, AT)
ICON = "map"
DRAWN_WITH = ("map", "list")
FIT = "fit the map"
MOST_RATES = 10
BESIDE_MAP = ["id", "Name", "Distance", "Kind", "Town"]


def view(page: Page) -> None:
    """The map with its key, and beside it what is marked, what lies near the place asked for, or all that it shows."""
    cluster, chosen = page.cluster, page.chosen
    dense, typed = page.one_of(SHOW) != SHOW.options[0], page.text_of(NEAR)
    within, closer = float(page.one_of(WITHIN)), ZOOM.options.index(page.one_of(ZOOM))
    marked = page.one_of(AT, _markable(cluster))
    place, close_names = places.find_place(cluster, typed)
    near = places.near(cluster, chosen, place, within) if place else None
    said = captions.near_statement(cluster, chosen, place, within, near)
    page.headline(headlines.map_finding(cluster, chosen, place, within, near, dense), said=said)
    page.of_all_kinds = not dense
    page.goes_without_saying(ZOOM, WITHIN, *((NEAR,) if place else ()))
    page.boxes(*((SHOW, NEAR, WITHIN) if typed else (SHOW, NEAR)), most=3 if typed else 2)
    if typed and place is None:
        parts.no_such_place(page, NEAR, typed, close_names)
    around = Circle(place.lat, place.lon, within, place.name) if place else None
    shown = _density(cluster, chosen, around) if dense else _organisations(cluster, chosen, around, marked, near)
    picture, beside = page.columns(3, 2)
    with page.within(picture):
        _drawn(page, replace(shown, closer=closer))
    with page.within(beside):
        if shown.rates:
            with page.only("screen"):
                page.add(_shades(shown.rates(), len(page.cluster.area_names)))
        if marked and not dense:
            _marked(page, marked)
        if place and near is not None:
            page.hint(f"Distances from {place.said}, in a straight line.")
            _near(page, place, within, near, dense)
        elif dense:
            _rates(page)
        else:
            _all(page)
    on_stage = words.sentences(_how_to_read(cluster, chosen), page.source()) if dense else shown.note
    page.on_stage(replace(shown, note=on_stage), (SHOW, NEAR, WITHIN), statement=said)


@remembered
def _markable(cluster: Cluster) -> dict[str, str]:
    """What can be marked: the towns of the numbered circles, and every record by its id."""
    return {town: town for town in places.towns(cluster)} | dict(organisations.names(cluster))


def _drawn(page: Page, shown: Map) -> None:
    """The map between its keys: the Ds above it, and below it the ways to come closer and the kinds of record."""
    with page.only("files"):
        page.add(shown)
    with page.only("screen"):
        page.add(Chips(D, "Ds on the map", parts.d_signs(page.cluster)))
        page.add(replace(shown, note=""))
        last, closer = len(ZOOM.options) - 1, shown.closer
        nearer, farther = ZOOM.options[min(closer + 1, last)], ZOOM.options[max(closer - 1, 0)]
        with page.group("row"):  # come closer, go back, fit the map to the choice again
            page.add(
                Ask("Closer", "closer", {ZOOM.name: nearer}, "add", disabled=closer == last),
                Ask("Farther", "farther", {ZOOM.name: farther if closer > 1 else None}, "remove"),
                Ask("Fit", FIT, {ZOOM.name: None}, "fit_screen"),
            )
        if not shown.rates:
            page.add(Chips(KIND, "Kinds on the map", parts.kind_signs(page.cluster)))
            page.add(Key([parts.BY_TOWN]))
        page.small(words.sentences("" if shown.rates else captions.strong_lines(page.cluster), shown.note))


def _shades(table: pd.DataFrame, areas_in_all: int) -> Key:
    """What the shades of a map of densities stand for."""

    def shade(step: int, ground: Palette) -> str:
        return pictograms.swatch(ground.steps[step], ground.quiet)

    signs: list[tuple[Sign, str]] = [(partial(shade, step), said) for step, said in captions.shades(table)]
    if table["few"].any():
        signs.append((lambda ground: pictograms.hatched(ground.ground, ground.quiet), f"* {rates.FEW_FIRMS}"))
    if len(table) < areas_in_all:
        signs.append((lambda ground: pictograms.swatch(ground.land, ground.quiet), rates.LEFT_OUT))
    return Key(signs)


def _marked(page: Page, marked: str) -> None:
    """What is marked: a record with its address, or those known only to be in a town."""
    cluster = page.cluster
    if marked in places.towns(cluster):
        here = places.in_town(cluster, page.chosen, marked)
        page.heading(f"{words.count(len(here), 'record')} known only to be in {marked}", 3)
        listed = partial(organisations.directory, cluster, here)
        about = f"Records in {marked}"
        page.records(
            partial(organisations.beside_map, cluster, page.chosen, here),
            about,
            len(here),
            listed,
            opens=AT,
            narrow=True,
        )
        return
    rows = cluster.records[cluster.holds("id", [marked])].head(1)
    row = organisations.beside_map(cluster, page.chosen, rows).iloc[0]
    with page.group("card"):
        page.heading(row["Name"], 3)
        page.text(". ".join(filter(None, [row["Kind"], row["Ds"], row["Where"]])) + ".")
        if not places.spots_of(cluster, page.chosen, marked):
            page.small("Not on this map: its place is not known, or your choice leaves it out.")
        page.add(Ask("Take off the mark", "take off the mark", {AT.name: None}))
        page.link("Organisations", "Profile", "domain", org=marked)


def _organisations(
    cluster: Cluster, chosen: Filter, around: Circle | None, marked: str, near: pd.DataFrame | None
) -> Map:
    """The organisations of a choice, closer if areas are chosen or within a circle; its table holds those that are
    `near`, if it is round a place.
    """
    listed = partial(organisations.on_map, cluster, chosen)
    return Map(
        alt=f"Map of {chosen.words(cluster, of_kinds(cluster, chosen.kinds)[1])}{_within(around)}",
        note=words.sentences(
            captions.map_key_in_short(cluster, chosen) if near is None else captions.near_key(near),
            captions.source_line(cluster),
        ),
        rows=listed if near is None else partial(organisations.near_in_words, cluster, near),
        circle=around,
        marked=places.spots_of(cluster, chosen, marked) if marked else (),
        opens=AT.name,
        **_ground(cluster, chosen),
    )


def _density(cluster: Cluster, chosen: Filter, around: Circle | None) -> Map:
    """The firms of a choice for every 100,000 residents of each authority."""
    table, ground = rates.firms_per_100_000(cluster, chosen), _ground(cluster, chosen)
    return Map(
        alt=f"Map of {chosen.words(cluster)} per 100,000 residents by local authority{_within(around)}",
        note=words.sentences(
            captions.density_note(table), _how_to_read(cluster, chosen), captions.source_line(cluster)
        ),
        rows=lambda: rates.density_in_words(table),
        circle=around,
        rates=lambda: table,
        unit="firms per 100,000 residents",
        **ground | {"points": lambda: ground["points"]().head(0), "bubbles": lambda: ground["bubbles"]().head(0)},
    )


def _how_to_read(cluster: Cluster, chosen: Filter) -> str:
    """From when the densities are, and where firms may be missing."""
    table = rates.firms_per_100_000(cluster, chosen)
    return words.sentences(captions.density_period(cluster, table), area_words.thin_coverage(cluster, *chosen.areas))


def _within(around: Circle | None) -> str:
    return f", with a circle of {around.words}" if around else ""


def _ground(cluster: Cluster, chosen: Filter) -> dict[str, Any]:
    """What lies on a map of a choice, and where it is; on a still one the border of the areas chosen is strong."""
    seen = tuple(sorted(chosen.area_codes(cluster)))
    return {
        "points": partial(places.points, cluster, chosen),
        "bubbles": partial(places.bubbles, cluster, chosen),
        "outlined": seen or tuple(places.outlined(cluster)),
        "seen": seen,
    }


def _near(page: Page, place: places.Place, within: float, near: pd.DataFrame, dense: bool) -> None:
    """What lies near, in two lists: placed exactly, and known only by town. In files the map has them as its table.

    A row is marked on the map, or leads to its profile where the map is one of densities.
    """
    with nullcontext() if dense else page.only("screen"):
        for approximate, heading in captions.near_parts(page.cluster, place, within, near):
            page.heading(heading, 3)
            part = near[near["approximate"] == approximate]
            listed = partial(organisations.near_in_words, page.cluster, part)
            first, opens = partial(_beside_map, page.cluster, part), None if dense else AT
            page.records(first, heading, len(part), listed, opens=opens, narrow=True)


def _beside_map(cluster: Cluster, near: pd.DataFrame) -> pd.DataFrame:
    """What a narrow list tells of those near; the download tells all."""
    return organisations.near_in_words(cluster, near)[BESIDE_MAP]


def _all(page: Page) -> None:
    """All that can stand on a map, how many of them do, and what stands on none."""
    cluster, chosen = page.cluster, page.chosen
    heading, rest = captions.on_map(cluster, chosen)
    page.heading(heading, 3)
    page.text(rest)
    if kept := int(chosen.keeps(cluster).sum()):
        page.link("Organisations", f"All {words.count(kept, 'record')} of this choice", "domain")
    if not organisations.placed(cluster, chosen):
        return
    if not chosen.areas:
        page.hint(areas.at_sites(cluster, chosen))
    page.records(
        lambda: organisations.beside_map(cluster, chosen, organisations.of_map(cluster, chosen, MOST)),
        "The organisations of the map",
        organisations.placed(cluster, chosen),
        partial(organisations.on_map, cluster, chosen),
        opens=AT,
        narrow=True,
    )


def _rates(page: Page) -> None:
    """The areas with most firms per resident."""
    densest = rates.firms_per_100_000(page.cluster, page.chosen).head(MOST_RATES)
    columns = {"label": "Area", "firms": "Firms", "shown": "Per 100,000"}
    with page.only("screen"):
        page.heading(f"{'Firms' if page.chosen.areas else 'Most firms'} per 100,000 residents", 3)
        page.table(densest[list(columns)].rename(columns=columns), "Areas with most firms per resident", "areas", "")
