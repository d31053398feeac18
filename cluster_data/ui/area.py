"""One area on a page, part by part, and the list of all areas to choose from."""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from cluster_data import stills, words
from cluster_data.cluster import SEPARATOR
from cluster_data.measures import area_words, areas, organisations, similar
from cluster_data.palette import GLYPHS, palette
from cluster_data.ui.frame import View, address_of, link_to
from cluster_data.ui.show import download, overlap_note, records, source_line, table, table_twin

NAMED = 8


def area_of(view: View, asked: str | None) -> str | None:
    """The area a page is about: the one asked for, or the only one of the filter."""
    only = view.chosen.areas[0] if len(view.chosen.areas) == 1 else None
    return asked or only


def in_area(view: View, area: str) -> View:
    """The view with the area in place of the areas of the filter."""
    return replace(view, chosen=view.chosen.but(areas=(area,)))


def area_note(view: View, area: str, asked: str | None) -> None:
    """How the page's area and the areas of the filter go together."""
    if asked is None:
        st.caption(f"{words.plain(area)} is the one area of the filter. Another can be chosen here.")
    elif view.chosen.areas not in ((), (area,)):
        others = words.plain(words.listing(view.chosen.areas))
        st.caption(f"The areas of the filter ({others}) do not limit this page; the rest of the filter does.")
    link_to(view, "Areas", "All areas", "arrow_back")


def beside_region(view: View, area: str) -> None:
    """The figures of an area beside those of the region."""
    cluster, chosen = view.cluster, view.chosen
    st.header(f"{words.plain(area)} beside {words.plain(cluster.pack.the_region)}", anchor=False)
    table(area_words.beside_region(cluster, chosen, area).map(words.plain), f"{area} beside the region", "areas")
    st.caption(
        " ".join(
            map(
                words.plain,
                [
                    area_words.without_area(cluster, chosen),
                    area_words.residents_source(cluster),
                    "What is known to have ended is left out, but for firms.",
                    source_line(view),
                ],
            )
        )
    )


def firms_by_d(view: View, area: str) -> None:
    """The firms of an area by D, each beside the region's, with a bar against all firms of the area."""
    cluster, chosen = view.cluster, view.chosen
    st.header(words.plain(area_words.leading_d(cluster, chosen, area)), anchor=False)
    ground = palette(view.dark)
    with st.grid(4, min_column_width=150):
        for row in area_words.d_beside_region(cluster, chosen, area).itertuples():
            with st.container(border=True):
                st.markdown(f"### {GLYPHS[row.symbol]} {words.plain(row.label)} {row.firms:,}")
                st.image(
                    stills.bar(row.firms, row.total, getattr(row, ground.d_column), ground), alt="", width="stretch"
                )
                st.caption(words.plain(words.first_upper(row.said)))
    note = area_words.d_note(cluster, chosen, area)
    st.caption(f"A full bar is all firms of the area. {note} {overlap_note(view)} {source_line(view)}")


def who_is_in(view: View, area: str) -> None:
    """The organisations of an area by name, with links to their profiles, and all of them as a list."""
    cluster = view.cluster
    rows = areas.who_is_in(cluster, view.chosen, area)
    st.header("Who is here", anchor=False)
    columns = st.columns(3, gap="large")
    parts = (("company",), ("university", "trust", "board"), ("asset",))
    for column, sorts in zip(columns, parts, strict=True):
        with column:
            _named(view, rows[rows["sort"].isin(sorts)], sorts)
    if len(rows):
        everyone = st.expander(f"All {len(rows):,} as a list", key="twin who", on_change="rerun")
        if everyone.open:
            with everyone:
                records(view, organisations.directory(cluster, rows), "who", f"Organisations in {area}")


def _named(view: View, rows: pd.DataFrame, sorts: tuple[str, ...]) -> None:
    several = view.cluster.plurals("sort")
    counted = words.listing(f"{several[sort]} {(rows['sort'] == sort).sum():,}" for sort in sorts)
    st.markdown(f"**{words.plain(counted)}**")
    ds = organisations.ds_in_words(view.cluster)
    with st.container(gap="xxsmall"):
        for place, row in zip(rows.index[:NAMED], rows.head(NAMED).itertuples(), strict=True):
            held = f" · {ds[place]}" if isinstance(ds[place], str) and row.sort == "company" else ""
            link_to(view, "Organisations", words.plain(f"{row.name}{held}"), "domain", org=row.id)
    if len(rows) > NAMED:
        st.caption(f"The first {NAMED} by name; {len(rows) - NAMED:,} more in the list below.")


def help_here(view: View, area: str) -> None:
    """Help that reaches an area, challenge by challenge, beside the region's."""
    cluster, chosen = view.cluster, view.chosen
    st.header(words.plain(area_words.help_finding(cluster, chosen, area)), anchor=False)
    rows = area_words.help_in_words(cluster, chosen, area)
    if len(rows):
        led = _led(rows["Challenge"], [{"challenge": challenge} for challenge in rows["challenge"]], "Challenges", area)
        shown = rows.drop(columns="challenge").assign(Challenge=led)
        table(shown, f"Help per challenge in {area} beside the region", "challenges")
        st.caption(
            "Here: support offers that reach the area or a part of it, and research assets that stand in it. What is "
            "both counts as each; what is known to be closed is left out. A challenge opens in a new tab, with its "
            f"help for this area. {source_line(view)}"
        )
    offers = address_of("Organisations", area=[area], kind=[cluster.plurals("sort")["offer"]])
    st.markdown(f"{words.plain(area_words.reach(cluster, chosen, area))} [See them in a new tab](<{offers}>)")


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
    cluster, chosen = view.cluster, view.chosen
    st.header(words.plain(area_words.links_finding(cluster, chosen, area)), anchor=False)
    st.markdown(words.plain(area_words.links_note(cluster, chosen, area)))
    by_kind = area_words.links_by_kind_in_words(cluster, chosen, area)
    if by_kind.empty:
        return
    table(by_kind, f"Links of {area} by kind and place of the other end", "links")
    each = st.expander("The links one by one, with their sources", key="twin links", on_change="rerun")
    if each.open:
        with each:
            rows = area_words.links_in_words(cluster, chosen, area)
            cited = _cited(view, rows["source_ids"])
            shown = rows.drop(columns="source_ids").map(words.plain).assign(Sources=cited)
            table(shown, f"Links of {area}", "links")
            download(rows.rename(columns={"source_ids": "Sources"}), f"Links of {area}")


def _cited(view: View, cells: pd.Series) -> list[str]:
    sources = view.cluster.table("sources").set_index("id")
    cited = [[part.strip() for part in cell.split(SEPARATOR)] for cell in cells]
    marks = {
        row.Index: f"[{words.plain(row.publisher)}](<{row.url}>)"
        for row in sources.loc[sorted({source for ids in cited for source in ids})].itertuples()
    }
    return [", ".join(marks[source] for source in ids) for ids in cited]


def similar_areas(view: View, area: str) -> None:
    """The areas most like one, with links that open them, and what likeness means."""
    cluster, chosen = view.cluster, view.chosen
    st.header(words.plain(area_words.similar_finding(cluster, chosen, area)), anchor=False)
    alike = area_words.similar_in_words(cluster, chosen, area)
    if not alike:
        return
    for other, said in alike:
        link_to(view, "Areas", words.plain(other), "location_city", **{"in": other})
        st.caption(words.plain(said))
    st.caption(f"{similar.DEFINITION} {words.plain(area_words.residents_source(cluster))} {source_line(view)}")
    shown = area_words.similar_table(cluster, chosen, area)
    shown["Area"] = shown["Area"].map(words.plain)
    table_twin(shown, f"Areas like {area}", "similar", "areas", "All of its kind in order of likeness")


def area_list(view: View) -> None:
    """All areas by kind with links that open them."""
    cluster, chosen = view.cluster, view.chosen
    for kind, rows in area_words.list_in_words(cluster, chosen).items():
        st.header(words.plain(words.first_upper(words.count(len(rows), kind, words.plural(kind)))), anchor=False)
        led = _led(rows["Area"], [{"in": label} for label in rows["Area"]], "Areas")
        table(rows.assign(Area=led), words.plural(kind), "areas")
    st.caption(
        "A name opens its area in a new tab; the box above opens it here. "
        f"{words.plain(area_words.residents_source(cluster))} {words.plain(area_words.without_area(cluster, chosen))} "
        f"{source_line(view)}"
    )
