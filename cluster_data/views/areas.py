"""What a place looks like: one area beside its region, part by part, or the list of all areas to choose from."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from cluster_data import charts, words
from cluster_data.cluster import Cluster
from cluster_data.document import Chart, Heading, Link, Map, Picture, Text
from cluster_data.elements import Bar, Group
from cluster_data.filters import Filter
from cluster_data.measures import (
    area_sites,
    area_words,
    areas,
    captions,
    counts,
    findings,
    organisations,
    places,
    similar,
)
from cluster_data.palette import GLYPHS, Palette
from cluster_data.views.page import MOST, Page, Parameter

IN = Parameter("in", "Area", hint="Choose an area or a group of areas")
PARAMETERS = (IN,)
NAMED = 6
BARS = 8  # of a chart on a stage
SHARED = "Towns too close to tell apart share a circle."


def view(page: Page) -> None:
    """The area asked for, or the only one of the filter; without one the list of all."""
    asked = page.one_of(IN, {label: label for label in page.cluster.area_codes})
    area = asked or (page.chosen.areas[0] if len(page.chosen.areas) == 1 else "")
    if area:
        _area(page, areas.of_region(page.chosen), area, asked)
    else:
        _all_areas(page, areas.of_region(page.chosen))


def _area(page: Page, chosen: Filter, area: str, asked: str) -> None:
    cluster = page.cluster
    title, here = area_words.title(cluster, chosen, area), page.chosen.but(areas=(area,))
    page.headline(title, area_words.standing(cluster, chosen, area), of=here)
    page.goes_without_saying(IN)
    page.add(page.box(IN))
    _other_areas(page, area, asked)
    left, right = page.columns(3, 2)
    with page.within(left):
        _figures(page, chosen, area)
    with page.within(right):
        _where(page, chosen, area)
    _firms_by_d(page, chosen, area)
    _who_is_in(page, chosen, area)
    _help(page, chosen, area)
    _links(page, chosen, area)
    _similar(page, chosen, area)
    page.on_stage(_map(page, chosen, area), (IN,), title, areas.of_area(chosen, area).counted(cluster))


def _other_areas(page: Page, area: str, asked: str) -> None:
    """How the page's area and the areas of the filter go together."""
    if not asked:
        page.hint(f"{area} is the one area of the filter. Another can be chosen here.")
    elif page.chosen.areas not in ((), (area,)):
        others = words.listing(page.chosen.areas)
        page.hint(f"The areas of the filter ({others}) do not limit this page; the rest of the filter does.")
    page.link("Areas", "All areas", "arrow_back")


def _figures(page: Page, chosen: Filter, area: str) -> None:
    cluster = page.cluster
    page.heading(f"{area} beside {cluster.pack.the_region}")
    page.table(area_words.beside_region(cluster, chosen, area), f"{area} beside the region", "areas")
    page.small(_sentences(*_not_counted(page, chosen), area_words.residents_source(cluster), page.source()))


def _not_counted(page: Page, chosen: Filter) -> tuple[str, str]:
    """Who counts in no area, and who in several."""
    return area_words.without_area(page.cluster, chosen), area_sites.at_sites(page.cluster, chosen)


def _sentences(*said: str) -> str:
    return " ".join(filter(None, said))


def _where(page: Page, chosen: Filter, area: str) -> None:
    page.heading(area_words.map_title(page.cluster, chosen, area))
    page.map(map_of_area(page.cluster, chosen, area))
    page.link("Map", f"{area} on the map of all organisations", "map", area=[area])


def _map(page: Page, chosen: Filter, area: str) -> Picture:
    """The map with the short key of a stage, which has a key of its own."""
    cluster = page.cluster
    key = captions.map_key_in_short(cluster, areas.of_area(chosen, area))
    return replace(map_of_area(cluster, chosen, area), note=f"{key} {page.source()}")


def _firms_by_d(page: Page, chosen: Filter, area: str) -> None:
    """The firms of an area by D, each beside the region's, with a bar against all firms of the area."""
    cluster = page.cluster
    page.heading(area_words.leading_d(cluster, chosen, area))
    by_d = area_words.d_beside_region(cluster, chosen, area)
    taken = by_d[["label", "firms", "said"]].rename(columns={"label": "D", "firms": "Firms", "said": "Said"})
    with page.only("files"):
        page.table(taken, f"Firms of {area} by D")
    with page.only("screen"):
        with page.group("grid", most=4, width=150):
            page.add(*map(_tile, by_d.to_dict("records")))
        note, overlap = area_words.d_note(cluster, chosen, area), captions.overlap_note(page.chosen)
        page.small(_sentences("A full bar is all firms of the area.", note, overlap, page.source()))


def _tile(row: dict[str, Any]) -> Group:
    def colour(ground: Palette) -> str:
        return str(row[ground.d_column])

    name = Heading(f"{GLYPHS[row['symbol']]} {row['label']} {row['firms']:,}", 3)
    said = Text(words.first_upper(row["said"]), "small")
    return Group("card", [name, Bar(row["firms"], row["total"], colour), said])


def _who_is_in(page: Page, chosen: Filter, area: str) -> None:
    """The organisations of an area by name, with links to their profiles, and all of them as a list."""
    cluster = page.cluster
    rows = areas.who_is_in(cluster, chosen, area)
    page.heading(findings.who_is_linked(cluster, rows, area))
    with page.only("screen"):
        sorts = ("company", "asset"), ("university", "trust", "board")
        for place, several in zip(page.columns(1, 1), sorts, strict=True):
            with page.within(place):
                for sort in several:
                    _named(page, sort, rows[rows["sort"] == sort])
    sites = area_sites.sites_in(cluster, chosen, area)
    if len(sites):
        page.heading(area_sites.sites_finding(cluster, chosen, area), 3)
        page.hint("NHS bodies stand in an area by their head office or by a site of theirs; these are the sites.")
        page.records(organisations.sites_in_words(cluster, sites), f"NHS sites in {area}")
    if len(rows):
        page.records(
            lambda: organisations.directory(cluster, rows.head(MOST)),
            f"Organisations in {area}",
            len(rows),
            lambda: organisations.directory(cluster, rows),
            folded=f"All {len(rows):,} as a list",
        )


def _named(page: Page, sort: str, rows: pd.DataFrame) -> None:
    """How many of a sort there are, and the first by name."""
    one, several = (words.noun(of[sort]) for of in (page.cluster.labels("sort"), page.cluster.plurals("sort")))
    page.text("", words.count(len(rows), one, several) if len(rows) else area_words.none_of(page.chosen, one))
    first = rows.head(NAMED)
    with page.group("close"):
        for record, name in zip(first["id"], first["name"], strict=True):
            page.link("Organisations", name, "domain", org=record)
    if len(rows) > NAMED:
        page.small(f"The first {NAMED} by name; {len(rows) - NAMED:,} more in the list below.")


def _help(page: Page, chosen: Filter, area: str) -> None:
    """Help that reaches an area, challenge by challenge, beside the region's."""
    cluster = page.cluster
    page.heading(area_words.help_finding(cluster, chosen, area))
    rows = area_words.help_in_words(cluster, chosen, area)
    if len(rows):
        led = [{"challenge": challenge, "area": [area]} for challenge in rows["challenge"]]
        about = f"Help per challenge in {area} beside the region"
        page.table(rows, about, "challenges", leads=_leads("Challenges", rows["Challenge"], led))
        page.hint(
            "Here: support offers that reach the area or a part of it, and research assets that stand in it; what is "
            f"both counts once. A challenge opens in a new tab, with its help for this area. {page.source()}"
        )
    page.text(area_words.reach(cluster, chosen, area))
    if len(areas.offers_by_reach(cluster, chosen, area)):
        offers = cluster.plurals("sort")["offer"]
        page.link("Organisations", f"{offers} that reach {area}", area=[area], kind=[offers])


def _leads(page: str, labels: pd.Series, asked: Sequence[dict[str, Any]]) -> tuple[Link, ...]:
    return tuple(Link(page, label, of) for label, of in zip(labels, asked, strict=True))


def _links(page: Page, chosen: Filter, area: str) -> None:
    """The links of an area: how many lead out of it, by kind, and one by one with their sources when asked for."""
    cluster = page.cluster
    page.heading(area_words.links_finding(cluster, chosen, area))
    page.text(area_words.links_note(cluster, chosen, area))
    by_kind = area_words.links_by_kind_in_words(cluster, chosen, area)
    if by_kind.empty:
        return
    page.table(by_kind, f"Links of {area} by kind and place of the other end", "links")
    one_by_one = partial(area_words.links_in_words, cluster, chosen, area)
    page.table(one_by_one, f"Links of {area}", "links", folded="The links one by one, with their sources")


def _similar(page: Page, chosen: Filter, area: str) -> None:
    """The areas most like one, with links that open them, and what likeness means."""
    cluster = page.cluster
    page.heading(area_words.similar_finding(cluster, chosen, area))
    alike = area_words.similar_in_words(cluster, chosen, area)
    if not alike:
        return
    for other, said in alike:
        page.link("Areas", other, "location_city", **{IN.name: other})
        page.hint(said)
    page.small(_sentences(similar.DEFINITION, area_words.residents_source(cluster), page.source()))
    in_order = partial(area_words.similar_table, cluster, chosen, area)
    page.table(in_order, f"Areas like {area}", "areas", folded="All of its kind in order of likeness")


def _all_areas(page: Page, chosen: Filter) -> None:
    """All areas by kind with links that open them."""
    cluster = page.cluster
    page.headline(findings.where_firms_are(cluster, page.chosen))
    page.add(page.box(IN))
    for kind, rows in area_words.list_in_words(cluster, chosen).items():
        page.heading(words.first_upper(words.count(len(rows), kind, words.plural(kind))))
        led = [{IN.name: label} for label in rows["Area"]]
        page.table(rows, words.plural(kind), "areas", leads=_leads("Areas", rows["Area"], led))
    opens, residents = "A name opens its area in a new tab; the box above opens it here.", area_words.residents_source
    page.hint(_sentences(opens, residents(cluster), *_not_counted(page, chosen), page.source()))
    page.on_stage(_chart(page), (IN,))


def _chart(page: Page) -> Chart:
    """The areas with most firms."""
    cluster, chosen = page.cluster, page.chosen
    rows = counts.firms_by_area(cluster, chosen).query("all > 0")
    more = f"The first {BARS} of {len(rows)} areas with firms. " if len(rows) > BARS else ""
    return Chart(
        f"Firms by area: {chosen.words(cluster)}",
        f"{more}Firms; each counts once. {page.source()}",
        partial(charts.shares_chart, rows.head(BARS)),
        lambda: counts.firms_by_area_in_words(rows),
    )


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
