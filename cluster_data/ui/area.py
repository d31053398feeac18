"""One area on a page, part by part, and the list of all areas to choose from."""

from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from cluster_data import map_parts, stills, words
from cluster_data.cluster import Cluster, remembered
from cluster_data.measures import area_sites, area_words, areas, captions, findings, organisations, similar
from cluster_data.palette import GLYPHS, palette
from cluster_data.ui.frame import View, address_of, link_to
from cluster_data.ui.parts import (
    MOST,
    beside,
    goes_without_saying,
    note_table,
    section,
    small_print,
    source_line,
    subsection,
    table,
    table_twin,
)
from cluster_data.ui.show import folded_records, headline, overlap_note, records, still_map

NAMED = 6


def area_of(view: View, asked: str | None) -> str | None:
    """The area a page is about: the one asked for, or the only one of the filter."""
    only = view.chosen.areas[0] if len(view.chosen.areas) == 1 else None
    return asked or only


def answer(view: View, area: str) -> None:
    """What an area is like, as the title, the statement of the filter for it, and how it stands in the region."""
    cluster, chosen = view.cluster, areas.of_region(view.chosen)
    here = replace(view, chosen=view.chosen.but(areas=(area,)))
    goes_without_saying(view, "in")
    headline(here, area_words.title(cluster, chosen, area), area_words.standing(cluster, chosen, area))


def area_note(view: View, area: str, asked: str | None) -> None:
    """How the page's area and the areas of the filter go together."""
    if asked is None:
        st.caption(f"{words.plain(area)} is the one area of the filter. Another can be chosen here.")
    elif view.chosen.areas not in ((), (area,)):
        others = words.plain(words.listing(view.chosen.areas))
        st.caption(f"The areas of the filter ({others}) do not limit this page; the rest of the filter does.")
    link_to(view, "Areas", "All areas", "arrow_back")


def beside_region(view: View, area: str) -> None:
    """The figures of an area beside those of the region, and where it is."""
    figures, where = beside(view, [3, 2])
    with figures:
        _figures(view, area)
    with where:
        _map(view, area)


def _figures(view: View, area: str) -> None:
    cluster, chosen = view.cluster, areas.of_region(view.chosen)
    section(view, f"{area} beside {cluster.pack.the_region}")
    table(view, area_words.beside_region(cluster, chosen, area), f"{area} beside the region", "areas")
    small_print(
        view,
        " ".join(
            map(
                words.plain,
                [
                    area_words.without_area(cluster, chosen),
                    area_sites.at_sites(cluster, chosen),
                    area_words.residents_source(cluster),
                    captions.source_line(cluster),
                ],
            )
        ),
    )


def _map(view: View, area: str) -> None:
    cluster, chosen = view.cluster, areas.of_region(view.chosen)
    title = area_words.map_title(cluster, chosen, area)
    section(view, title)
    shown = map_parts.map_of_area(cluster, chosen, area)
    picture = stills.area_map(_ground(cluster, area, view.dark), shown.points(), shown.bubbles(), palette(view.dark))
    still_map(view, picture, shown, f"Organisations of {area} by local authority", "area map")
    seen = address_of("Map", area=[area])
    st.markdown(f"[{words.plain(area)} on the map of all organisations, in a new tab](<{seen}>)")


@remembered
def _ground(cluster: Cluster, area: str, dark: bool) -> stills.AreaGround:
    return stills.area_ground(_shapes(cluster), cluster.area_codes[area], palette(dark))


@remembered
def _shapes(cluster: Cluster) -> stills.Shapes:
    return stills.shapes_of(cluster.geojson("boundaries"), cluster.geojson("basemap"))


def firms_by_d(view: View, area: str) -> None:
    """The firms of an area by D, each beside the region's, with a bar against all firms of the area."""
    cluster, chosen = view.cluster, areas.of_region(view.chosen)
    section(view, area_words.leading_d(cluster, chosen, area))
    ground = palette(view.dark)
    by_d = area_words.d_beside_region(cluster, chosen, area)
    taken = by_d[["label", "firms", "said"]].rename(columns={"label": "D", "firms": "Firms", "said": "Said"})
    note_table(view, taken, f"Firms of {area} by D")
    with st.grid(4, min_column_width=150):
        for row in by_d.itertuples():
            with st.container(border=True):
                st.markdown(f"### {GLYPHS[row.symbol]} {words.plain(row.label)} {row.firms:,}")
                st.image(
                    stills.bar(row.firms, row.total, getattr(row, ground.d_column), ground), alt="", width="stretch"
                )
                st.caption(words.plain(words.first_upper(row.said)))
    note = area_words.d_note(cluster, chosen, area)
    st.caption(f"A full bar is all firms of the area. {words.plain(note)} {overlap_note(view)} {source_line(view)}")


def who_is_in(view: View, area: str) -> None:
    """The organisations of an area by name, with links to their profiles, and all of them as a list."""
    cluster = view.cluster
    rows = areas.who_is_in(cluster, areas.of_region(view.chosen), area)
    section(view, findings.who_is_linked(cluster, rows, area))
    named: dict[str, list[tuple[str, str]]] = {sort: [] for sort in areas.COUNTED}
    for sort, record, name in zip(rows["sort"], rows["id"], rows["name"], strict=True):
        named[sort].append((record, name))
    sites = area_sites.sites_in(cluster, areas.of_region(view.chosen), area)
    columns = st.columns(2, gap="large")
    for column, sorts in zip(columns, (("company", "asset"), ("university", "trust", "board")), strict=True):
        with column:
            for sort in sorts:
                _named(view, sort, named[sort])
    if len(sites):
        subsection(view, area_sites.sites_finding(cluster, areas.of_region(view.chosen), area))
        st.caption("NHS bodies stand in an area by their head office or by a site of theirs; these are the sites.")
        records(view, organisations.sites_in_words(cluster, sites), f"sites {area}", f"NHS sites in {area}")
    if len(rows):
        folded_records(
            view,
            f"All {len(rows):,} as a list",
            f"Organisations in {area}",
            lambda: organisations.directory(cluster, rows.head(MOST)),
            len(rows),
            lambda: organisations.directory(cluster, rows),
        )


def _named(view: View, sort: str, named: list[tuple[str, str]]) -> None:
    one, several = (words.noun(of[sort]) for of in (view.cluster.labels("sort"), view.cluster.plurals("sort")))
    counted = words.count(len(named), one, several) if named else area_words.none_of(view.chosen, one)
    st.markdown(f"**{words.plain(counted)}**")
    if named:
        with st.container(gap="xxsmall"):
            for record, name in named[:NAMED]:
                link_to(view, "Organisations", words.plain(name), "domain", org=record)
    if len(named) > NAMED:
        st.caption(f"The first {NAMED} by name; {len(named) - NAMED:,} more in the list below.")


def help_here(view: View, area: str) -> None:
    """Help that reaches an area, challenge by challenge, beside the region's."""
    cluster, chosen = view.cluster, areas.of_region(view.chosen)
    section(view, area_words.help_finding(cluster, chosen, area))
    rows = area_words.help_in_words(cluster, chosen, area)
    if len(rows):
        led = _led(rows["Challenge"], [{"challenge": challenge} for challenge in rows["challenge"]], "Challenges", area)
        about = f"Help per challenge in {area} beside the region"
        table(view, rows, about, "challenges", leading={"Challenge": led})
        st.caption(
            "Here: support offers that reach the area or a part of it, and research assets that stand in it; what is "
            f"both counts once. A challenge opens in a new tab, with its help for this area. {source_line(view)}"
        )
    offers = address_of("Organisations", area=[area], kind=[cluster.plurals("sort")["offer"]])
    some = len(areas.offers_by_reach(cluster, chosen, area))
    more = f" [See them in a new tab](<{offers}>)" if some else ""
    st.markdown(f"{words.plain(area_words.reach(cluster, chosen, area))}{more}")


def _led(labels: pd.Series, parameters: list[dict[str, Any]], page: str, area: str = "") -> list[str]:
    """The labels as links to a page, with the filter and, if one is given, an area."""
    for asked in parameters:
        asked.update({"area": [area]} if area else {})
    return [
        f"[{words.plain(label)}](<{address_of(page, **asked)}>)"
        for label, asked in zip(labels, parameters, strict=True)
    ]


def links_here(view: View, area: str) -> None:
    """The links of an area: how many lead out of it, by kind, and one by one with their sources when asked for."""
    cluster, chosen = view.cluster, areas.of_region(view.chosen)
    section(view, area_words.links_finding(cluster, chosen, area))
    st.markdown(words.plain(area_words.links_note(cluster, chosen, area)))
    by_kind = area_words.links_by_kind_in_words(cluster, chosen, area)
    if by_kind.empty:
        return
    table(view, by_kind, f"Links of {area} by kind and place of the other end", "links")
    one_by_one = partial(area_words.links_in_words, cluster, chosen, area)
    table_twin(view, one_by_one, f"Links of {area}", "links", "links", "The links one by one, with their sources")


def similar_areas(view: View, area: str) -> None:
    """The areas most like one, with links that open them, and what likeness means."""
    cluster, chosen = view.cluster, areas.of_region(view.chosen)
    section(view, area_words.similar_finding(cluster, chosen, area))
    alike = area_words.similar_in_words(cluster, chosen, area)
    if not alike:
        return
    for other, said in alike:
        link_to(view, "Areas", words.plain(other), "location_city", **{"in": other})
        st.caption(words.plain(said))
    small_print(view, f"{similar.DEFINITION} {words.plain(area_words.residents_source(cluster))} {source_line(view)}")
    label = "All of its kind in order of likeness"
    table_twin(
        view, lambda: area_words.similar_table(cluster, chosen, area), f"Areas like {area}", "similar", "areas", label
    )


def area_list(view: View) -> None:
    """All areas by kind with links that open them."""
    cluster, chosen = view.cluster, areas.of_region(view.chosen)
    for kind, rows in area_words.list_in_words(cluster, chosen).items():
        section(view, words.first_upper(words.count(len(rows), kind, words.plural(kind))))
        led = _led(rows["Area"], [{"in": label} for label in rows["Area"]], "Areas")
        table(view, rows, words.plural(kind), "areas", leading={"Area": led})
    st.caption(
        "A name opens its area in a new tab; the box above opens it here. "
        f"{words.plain(area_words.residents_source(cluster))} {words.plain(area_words.without_area(cluster, chosen))} "
        f"{words.plain(area_sites.at_sites(cluster, chosen))} {source_line(view)}"
    )
