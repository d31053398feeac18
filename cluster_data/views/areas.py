"""What a place looks like: one to three areas beside all others and their region, or the list of all to choose from."""

from functools import partial

import pandas as pd

from cluster_data.document import Chart, Map, Picture
from cluster_data.drawing import charts
from cluster_data.elements import Ask, Box
from cluster_data.findings import area_words, captions, compared, headlines
from cluster_data.measures import areas, counts, places
from cluster_data.model import words
from cluster_data.model.cluster import Cluster, remembered
from cluster_data.model.filters import Filter
from cluster_data.model.words import sentences
from cluster_data.views import one_area
from cluster_data.views.one_area import IN, leads_of
from cluster_data.views.page import Page
from cluster_data.views.parts import key_of, left_out, nothing_kept

PARAMETERS = (IN,)
ICON = "location_city"
DRAWN_WITH = ("chart",)
MOST = compared.MOST
BARS = 8  # of a chart on a stage


def view(page: Page) -> None:
    """The areas asked for, or those of the filter if they are few; without one the list of all."""
    asked = page.several_of(IN, {label: label for label in page.cluster.area_codes})
    chosen = areas.of_region(page.chosen)
    shown = asked[:MOST] or (list(page.chosen.areas) if len(page.chosen.areas) <= MOST else [])
    if not chosen.counts(page.cluster):
        page.headline(headlines.no_firm(page.cluster, page.chosen))
        nothing_kept(page, chosen)
    elif shown:
        _beside_each_other(page, chosen, shown, asked)
    else:
        _all_areas(page, chosen)


def _beside_each_other(page: Page, chosen: Filter, shown: list[str], asked: list[str]) -> None:
    cluster, here, several = page.cluster, page.chosen.but(areas=tuple(shown)), len(shown) > 1
    title = compared.title(cluster, chosen, shown) if several else area_words.title(cluster, chosen, shown[0])
    more = compared.standing(cluster, chosen, shown) if several else area_words.standing(cluster, chosen, shown[0])
    page.headline(title, more, of=here)
    page.text(area_words.thin_coverage(cluster, *shown))
    left_out(page, asked, MOST)
    left, right = page.columns(2, 3)
    with page.within(left):
        drawn = map_of_area(cluster, chosen, *shown)
        page.add(key_of(cluster, drawn))
        page.add(drawn)
        page.link("Map", "The map of all organisations here", "map", area=shown)
        page.link("Areas", "All areas", "arrow_back")
    with page.within(right):
        _boxes(page, shown, asked)
        strips = _strips(page, chosen, shown)
    _figures(page, chosen, shown)
    if several:
        for area in shown:
            page.link("Areas", f"All of {area}", "location_city", **{IN.name: area})
    else:
        one_area.parts(page, chosen, shown[0])
    on_stage: Picture = strips if several else drawn
    page.on_stage(on_stage, (IN,), title, areas.of_area(chosen, *shown).counted(cluster))


def _boxes(page: Page, shown: list[str], asked: list[str]) -> None:
    """A box that adds an area and a button for each that takes it out."""
    full = len(shown) >= MOST
    hint = "Take one out to add another" if full else IN.hint
    names = {label: label for label in page.cluster.area_codes if label not in shown}
    label = "Compare with" if shown else IN.label
    page.add(Box(IN.name, label, names, "", hint=hint, adds_to=tuple(shown), disabled=full))
    with page.group("row"):
        for area in asked[:MOST]:
            others = [other for other in asked if other != area]
            page.add(Ask(f"Take out {area}", f"remove {area}", {IN.name: others}))
    if shown and not asked:
        are = "is the one area" if len(shown) == 1 else "are the areas"
        page.hint(f"{words.listing(shown)} {are} of the filter.")
    elif shown and not set(page.chosen.areas) <= set(shown):
        listed = words.listing(page.chosen.areas)
        page.hint(f"The areas of the filter ({listed}) do not limit this page; the rest of the filter does.")


def _strips(page: Page, chosen: Filter, shown: list[str]) -> Chart:
    """All areas of a kind as dots, measure by measure."""
    cluster = page.cluster
    rows = compared.side_by_side(cluster, chosen, shown)
    kind = rows["kind"].iloc[0]
    others, region = f"{'Other' if shown else 'All'} {words.plural(kind)}", f"Average of {cluster.pack.the_region}"
    marked = f", {words.listing(shown)} marked" if shown else ""
    beside = "; marks that would hide one another stand one above the other" if len(shown) > 1 else ""
    dots = partial(compared.dots, cluster, chosen, tuple(shown))
    chart = Chart(
        f"{words.first_upper(words.plural(kind))} measure by measure{marked}",
        f"Each line runs from 0 to the most{beside}. ▼ is the rate of {cluster.pack.the_region}, and of all else "
        f"the average {words.noun(kind)}. {area_words.FEW_SAID}. "
        f"{area_words.residents_source(cluster)} {page.source()}",
        lambda ground: charts.strips_chart(dots(), shown, others, region, ground),
        partial(compared.dots_in_words, cluster, chosen, tuple(shown)),
        "strips",
        "areas",
        () if len(shown) >= MOST else (IN.name,),
        tuple(shown),
    )
    if len(rows) > max(len(shown), 1) or len(shown) > 1:
        page.heading(compared.finding(cluster, chosen, shown))
        page.add(chart)
        if len(shown) < MOST:
            page.hint(f"Choose a dot to {'add' if shown else 'open'} its area; the box does the same.")
    return chart


def _figures(page: Page, chosen: Filter, shown: list[str]) -> None:
    """The areas and their region in figures."""
    cluster = page.cluster
    listed = words.listing(shown)
    page.heading(f"{listed} beside {cluster.pack.the_region}")
    rows = area_words.beside_region(cluster, chosen, *shown)
    if len(shown) > 1:
        rows = pd.concat([rows, area_words.ds_beside_region(cluster, chosen, *shown)], ignore_index=True)
    page.table(rows, f"{listed} beside the region", "areas")
    page.small(sentences(*_not_counted(page, chosen), area_words.residents_source(cluster)))


def _not_counted(page: Page, chosen: Filter) -> tuple[str, str]:
    """Who counts in no area, and who in several."""
    return area_words.without_area(page.cluster, chosen), areas.at_sites(page.cluster, chosen)


@remembered
def map_of_area(cluster: Cluster, chosen: Filter, *shown: str) -> Map:
    """The organisations of a choice in one area or several and what lies around them."""
    here = areas.of_area(chosen, *shown)
    codes = tuple(dict.fromkeys(code for area in shown for code in cluster.area_codes[area]))
    listed, around = words.listing(shown), "its neighbours" if len(shown) == 1 else "their neighbours"
    return Map(
        alt=f"Map of {listed} and {around}. {headlines.where_firms_are(cluster, here)}.",
        note=f"{captions.map_key_in_short(cluster, here)} {captions.source_line(cluster)}",
        points=lambda: places.points(cluster, here),
        bubbles=lambda: places.bubbles(cluster, here),
        rows=lambda: counts.firms_by_area_in_words(areas.who_is_in_parts(cluster, chosen, *shown)),
        outlined=codes,
        seen=codes,
        drawn="area",
        about=f"Organisations of {listed} by local authority",
    )


def _all_areas(page: Page, chosen: Filter) -> None:
    """All areas by kind with links that open them."""
    cluster = page.cluster
    page.headline(headlines.where_firms_are(cluster, page.chosen))
    _boxes(page, [], [])
    with page.only("screen"):
        _strips(page, chosen, [])
    drawn = _chart(page)
    with page.only("files"):
        page.add(drawn)
    for kind, rows in area_words.list_in_words(cluster, chosen).items():
        page.heading(words.first_upper(words.count(len(rows), kind, words.plural(kind))))
        led = [{IN.name: label} for label in rows["Area"]]
        page.table(rows, words.plural(kind), "areas", leads=leads_of("Areas", rows["Area"], led))
    residents = area_words.residents_source(cluster)
    page.text(area_words.thin_coverage(cluster))
    page.small(sentences(f"{area_words.FEW_SAID}.", residents, *_not_counted(page, chosen)))
    page.on_stage(drawn, (IN,))


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
