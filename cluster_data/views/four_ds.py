"""What each D holds, and where: firms by D and area with those behind a cell, how Ds overlap, firms by other splits."""

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import NamedTuple

import pandas as pd

from cluster_data.document import Chart
from cluster_data.drawing import charts
from cluster_data.drawing.pictures import chart_picture, height_for
from cluster_data.elements import Still
from cluster_data.findings import area_words, captions, headlines
from cluster_data.measures import counts, heat, invest, organisations
from cluster_data.model import words
from cluster_data.model.filters import Filter
from cluster_data.model.link_words import PRIMARY
from cluster_data.palette import Palette
from cluster_data.views.page import MOST, Page, Parameter
from cluster_data.views.parts import SAME, nothing_kept

ROWS = Parameter("rows", "Rows", heat.ROWS)
CELLS = Parameter("cells", "Cells", heat.CELLS)
SORT = Parameter("sort", "Sorted by")
PLACE = Parameter("place", "Area", hint="All areas")
COLUMN = Parameter("column", "D", hint="All Ds")
SPLIT = Parameter("split", "Shown first", counts.SPLITS_OF_FIRMS)
PARAMETERS = (ROWS, CELLS, SORT, PLACE, COLUMN, SPLIT)
ICON = "category"
DRAWN_WITH = ("chart",)
MOST_ROWS, ROWS_OF_A_SCENE, MOST_COMBINATIONS = 40, 10, 12
LISTED = ["id", "Name", "Ds", "Stage", "Town"]
MOST_OPEN = 12  # firms of a choice that stand unfolded
AT_ONCE = 3  # small pictures; the rest are shown on request
CARD, IN_CARD = 5.5, 17  # inches of a picture in a card, points of its words


class Asked(NamedTuple):
    """What the rows of the heat map are, the rows in order, what its cells tell, the area and D of the cell chosen."""

    rows: str
    table: pd.DataFrame
    cells: str
    place: str
    column: str


def view(page: Page) -> None:
    """The heat map beside the firms behind its cell, then how the Ds overlap, then firms by what else is known."""
    cluster, chosen = page.cluster, page.chosen.but(kinds=())
    by_d, split, asked = counts.by_d(cluster, chosen), page.one_of(SPLIT), _asked(page, chosen)
    finding = _finding(page, chosen, asked)
    page.headline(finding)
    if nothing_kept(page, page.chosen):
        with page.only("files"):
            _records(page, chosen, by_d)
        return
    drawn = _heat_map(page, chosen, asked)
    if chosen.keeps_of(cluster, "company").any():
        _overlap(page, chosen)
        _matches(page, chosen, by_d)
        _splits(page, chosen, split)
        jobs, firms = counts.head_counts(cluster, chosen), chosen.keeps_of(cluster, "company").sum()
        known = f"{len(jobs):,} of {words.count(firms, 'firm')}"
        page.heading(f"Jobs: the number of employees is known for {known}")
        page.small("Years and scopes differ, and some figures are worldwide, so they are never added up.")
        label = "The firms with a known number of employees"
        page.table(counts.head_counts_in_words(jobs), label, folded=label)
    _records(page, chosen, by_d)
    page.on_stage(drawn, (ROWS, CELLS, SORT), finding, statement=chosen.statement(cluster))


def _finding(page: Page, chosen: Filter, asked: Asked) -> str:
    """What the cells show: where each D leads, or where firms are densest; else which D leads."""
    cluster, where = page.cluster, ""
    if asked.rows == heat.AREAS and asked.cells == heat.RATE:
        where = headlines.map_finding(cluster, chosen, dense=True)
    elif asked.rows == heat.AREAS and len(chosen.ds) != 1:
        where = area_words.which_areas_lead(cluster, chosen)
    return where or headlines.which_d_leads(cluster, chosen)


def _asked(page: Page, chosen: Filter) -> Asked:
    cluster, columns = page.cluster, heat.columns(page.cluster, chosen)
    tables = {rows: heat.firms_by_d_and_area(cluster, chosen, rows) for rows in heat.ROWS}
    rows, cells = page.one_of(ROWS), page.one_of(CELLS)
    apart, orders = tuple(heat.distinct_columns(columns)), columns | {heat.BY_NAME: words.first_upper(heat.BY_NAME)}
    order = page.one_of(SORT, orders, heat.ALL, (heat.ALL, heat.BY_NAME) if len(apart) == 1 else ())
    known = {area: words.first_upper(area) for table in tables.values() for area in table["area"]}
    shown = heat.in_order(tables[rows], cells, order)
    place = page.one_of(PLACE, known, "", tuple(shown["area"]))
    return Asked(rows, shown, cells, place, page.one_of(COLUMN, columns, "", apart))


def _heat_map(page: Page, chosen: Filter, asked: Asked) -> Chart:
    """The boxes and the heat map, and beside it the firms of the cell chosen; its first rows are for a stage."""
    cluster, (_, shown, cells, place, column) = page.cluster, asked
    page.boxes(ROWS, CELLS, SORT, most=3, width=140)
    left, right = page.columns(3, 2)
    with page.within(left):

        def drawn(most: int, note: str, framed: tuple[str, str] = ("", "")) -> Chart:
            grid = heat.grid(cluster, chosen, shown.head(most), cells)
            return Chart(
                f"{words.first_upper(cells)} by D and area: {chosen.words(cluster)}",
                note,
                partial(charts.d_by_area_chart, grid, chosen=framed),
                partial(heat.in_words, cluster, chosen, shown, cells),
                "d_by_area",
                "areas",
                (PLACE.name, COLUMN.name),
                apart=True,
            )

        whole = drawn(MOST_ROWS, _note(page, chosen, cells, min(MOST_ROWS, len(shown)), len(shown)), (place, column))
        page.add(whole)
    with page.within(right):
        _behind(page, chosen, place, column)
    with page.only("screen"):
        page.table(whole.rows, whole.alt, whole.of, folded=SAME, key=whole.key)
    marks = f" {heat.MARKS}" if cells == heat.RATE else ""
    cut = f" {ROWS_OF_A_SCENE} of {len(shown)} rows." if len(shown) > ROWS_OF_A_SCENE else ""
    unknown = shown.tail(1).query("area == @heat.NOT_LOCATED")[heat.ALL].sum() if cut else 0
    beside = f" Area not known: {unknown:,}." if unknown else ""
    said = f"{words.first_upper(cells)}. {_counts_once(chosen)}{cut}{beside}{marks} {page.source()}"
    return drawn(ROWS_OF_A_SCENE, said)


def _note(page: Page, chosen: Filter, cells: str, rows: int, of: int) -> str:
    """How to read the heat map: what counts in a cell, its marks, its source."""
    cluster = page.cluster
    labels = words.listing(word.lower() for word in cluster.table("ds").sort_values("order")["label"])
    said = [f"{words.first_upper(cells)}. The Ds are {labels}.", _counts_once(chosen)]
    if cells == heat.RATE:
        said += [heat.MARKS, area_words.residents_source(cluster)]
    if rows < of:
        said.append(f"The first {rows} of {of} rows; the table holds all.")
    if not of:
        said.append("No group of areas lies within the areas chosen.")
    return " ".join([*said, page.source()])


def _counts_once(chosen: Filter) -> str:
    counted = "its first D alone" if chosen.match == PRIMARY else "each of its Ds"
    return f"A firm counts under {counted}{'' if len(chosen.ds) == 1 else '; in the last column once'}."


def _behind(page: Page, chosen: Filter, place: str, column: str) -> None:
    """The firms of the cell chosen, as a list that leads to profiles; if none is chosen, those of all when opened."""
    cluster = page.cluster
    rows = heat.behind(cluster, chosen, place, column)
    title = heat.cell_title(cluster, chosen, place, column, len(rows))
    if place or column:
        page.headline(title)
    page.heading(title if place or column else headlines.where_firms_are(cluster, chosen))
    page.boxes(PLACE, COLUMN, most=2, width=140)
    about, folded = title.rpartition(":")[0], ""
    if not (place or column):
        page.hint("Choose a cell, or an area and a D here, to see its firms.")
        about = f"List of {chosen.words(cluster)}"
        folded = "The firms of this choice" if len(rows) > MOST_OPEN else ""
    listed = partial(organisations.directory, cluster)
    page.records(
        partial(listed, rows.head(MOST), LISTED),
        about,
        len(rows),
        partial(listed, rows),
        folded=folded,
        narrow=True,
    )
    if place in cluster.area_codes:
        page.link("Areas", f"What {place} looks like", **{"in": place})


def _overlap(page: Page, chosen: Filter) -> None:
    """Each combination of Ds with its firms."""
    cluster = page.cluster
    table, ds = counts.combinations_of_ds(cluster, chosen), counts.ds_in_order(cluster, chosen.but(ds=()))
    first = table.head(MOST_COMBINATIONS)
    cut = f"The first {len(first)} of {len(table)} combinations. " if len(first) < len(table) else ""
    page.heading(headlines.how_many_span(cluster, chosen))
    page.chart(
        "overlap",
        partial(charts.overlap_chart, first, ds),
        lambda: table[["label", "firms"]].set_axis(["Ds", "Firms"], axis=1),
        f"Firms by the Ds they have: {chosen.words(cluster)}",
        f"Firms; each counts once, in the row whose marks are all its Ds. {cut}{page.source()}",
        "ds",
    )


def _matches(page: Page, chosen: Filter, by_d: pd.DataFrame) -> None:
    cluster = page.cluster
    compared = counts.matches_compared(cluster, chosen)
    with page.group("folded", label=headlines.how_match_matters(cluster, chosen)):
        page.chart(
            "matches",
            lambda ground: charts.matches_compared_chart(compared, by_d[ground.d_column], ground),
            compared.drop(columns="d").rename(columns={"label": "D", "any": "Any D", "primary": "Primary D"}),
            f"Firms by any D and by primary D: {chosen.words(cluster)}",
            f"Firms. Open mark: the D is any of the firm’s Ds; filled: its primary D, the first. {page.source()}",
            "ds",
        )


def _splits(page: Page, chosen: Filter, asked: str) -> None:
    """Small pictures of the firms by all else that is known of them, the one asked for first; the last on request."""
    cluster = page.cluster
    in_order = (asked, *(split for split in counts.SPLITS_OF_FIRMS if split != asked))

    def firms(split: str) -> pd.DataFrame:
        return counts.firms_by(cluster, chosen, split, cluster.pack.as_of.year)

    page.heading("The same firms by what else is known of them")
    page.boxes(SPLIT)
    note = f"Firms. Outlined: not known. {page.source()}"
    rest = in_order[AT_ONCE:]
    with page.only("screen"):
        _cards(page, chosen, {split: firms(split) for split in in_order[:AT_ONCE]}, note)
        label = words.first_upper(f"{words.listing(rest)} of the same firms")
        page.later("rest", lambda: _cards(page, chosen, {split: firms(split) for split in rest}, note), label=label)
    with page.only("files"):
        about, table = f"Firms by {asked}: {chosen.words(cluster)}", firms(asked)
        page.chart(
            "split", partial(charts.shares_chart, table), partial(counts.splits_in_words, {asked: table}), about, note
        )
        several = f"Firms by {words.listing(counts.SPLITS_OF_FIRMS)}: {chosen.words(cluster)}"
        page.table(lambda: counts.splits_in_words({split: firms(split) for split in in_order}), several, note=note)


def _cards(page: Page, chosen: Filter, splits: Mapping[str, pd.DataFrame], note: str) -> None:
    more = {"ownership": invest.spinouts_by_ownership(page.cluster, chosen)}
    with page.group("grid", most=3, width=270):
        for split, table in splits.items():
            about = f"Firms by {split}: {chosen.words(page.cluster)}"
            with page.group("card"):
                page.text("", lead=captions.split_finding(table, split))
                page.add(_picture(about, table))
                page.small(f"{note} {more.get(split, '')}".strip())
                rows = partial(counts.splits_in_words, {split: table})
                page.table(rows, about, note=note, folded=SAME, key=split)


def _picture(about: str, table: pd.DataFrame) -> Still:
    shown = table[(table["all"] > 0) | (table["label"] != counts.UNKNOWN)]
    rows = tuple(shown[["label", "all"]].itertuples(index=False, name=None))
    said = words.listing(f"{label} {firms:,}" for label, firms in rows)
    return Still(f"{about}. {said}.", partial(_bars, rows))


@lru_cache(maxsize=256)
def _bars(rows: tuple[tuple[str, int], ...], ground: Palette) -> str:
    """Small bars as SVG, drawn once for each choice and theme: some stand on the page at every run."""
    figure = charts.shares_chart(pd.DataFrame(rows, columns=["label", "all"]), ground)
    return chart_picture(figure, CARD, height_for(figure, IN_CARD), IN_CARD).svg()


def _records(page: Page, chosen: Filter, by_d: pd.DataFrame) -> None:
    """All types of record by D."""
    cluster = page.cluster
    types = {each: label for each, label in cluster.plurals("record_type").items() if each in by_d}
    page.later(
        "folded",
        lambda: page.chart(
            "by_d",
            partial(charts.by_d_chart, by_d, types),
            partial(counts.by_d_in_words, cluster, by_d),
            f"Records by D: {chosen.words(cluster)}",
            f"{captions.overlap_note(page.chosen)} {page.source()}",
            "ds",
        ),
        label=f"{words.listing(types.values())} by D",
    )
