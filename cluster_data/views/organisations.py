"""Who is here: the directory, a profile, or two side by side."""

from itertools import groupby

import pandas as pd

from cluster_data.document import PageLink, Poster, Table, Text
from cluster_data.elements import Element, FilterBox, Group
from cluster_data.findings import captions, headlines
from cluster_data.measures import counts, landscape, organisations, profiles
from cluster_data.model import words
from cluster_data.model.link_words import TEXT
from cluster_data.views import profile
from cluster_data.views.page import BOX, MOST, OF_A_SCENE, Page, Parameter

ORG = Parameter("org", "Profile", hint="Choose by name", records=True, entry=True)
COMPARE = Parameter("compare", "Compare with", hint="Choose another", records=True, entry=True)
LIST, CARDS, LANDSCAPE = "list", "cards", "landscape"
SHOW = Parameter("show", "Show as", (LIST, CARDS, LANDSCAPE))
BY = Parameter("by", "Group names by", landscape.BY)
PARAMETERS = (ORG, COMPARE, SHOW, BY)
ICON = "domain"
DRAWN_WITH = ("list",)
FILTER_BOX = TEXT

FIRST_CARDS, MOST_CARDS, LONGEST_SUMMARY = 12, 60, 140
MOST_NAMES, FEW_NAMES = 400, 160  # on a screen; of these so many are not folded
ALL = PageLink("Organisations", "All organisations", icon="arrow_back")


def view(page: Page) -> None:
    """A profile, two records side by side, or all of the choice: as a list, as cards, or as the landscape."""
    names = organisations.names(page.cluster)
    org, other = page.one_of(ORG, names), page.one_of(COMPARE, names)
    shown, by = page.one_of(SHOW), page.one_of(BY)
    if org:
        page.goes_without_saying(ORG, SHOW, BY, *([COMPARE] if other else []))
        _boxes(page, COMPARE)
        if other:
            _side_by_side(page, [org, other])
        else:
            profile.fill(page, org, ALL, ORG)
        page.hint(f"Your choice of records stays: {page.chosen.statement(page.cluster)}")
        profile.on_stage(page, org, (ORG,))
    else:
        page.goes_without_saying(COMPARE)
        ALL_OF[shown](page, by)
        if other:
            with page.only("screen"):
                page.notice("Choose a profile too, to see both side by side.")


def _boxes(page: Page, *more: Parameter) -> None:
    """Search, the way to a profile, how all are shown."""
    with page.group("grid", most=2 + len(more), width=BOX):
        page.add(FilterBox(FILTER_BOX), page.box(ORG), *map(page.box, more))


def _list(page: Page, _: str) -> None:
    page.headline(headlines.who_is_here(page.cluster, page.chosen))
    page.of_all_kinds = True
    page.goes_without_saying(SHOW, BY)
    _boxes(page, SHOW)
    _directory(page, "")


def _cards(page: Page, _: str) -> None:
    """The first records as cards, more of them behind a fold, all in the list."""
    cluster, chosen = page.cluster, page.chosen
    page.headline(headlines.who_is_here(cluster, chosen))
    page.of_all_kinds = True
    page.goes_without_saying(SHOW, BY)
    _boxes(page, SHOW)
    total = int(chosen.keeps(cluster).sum())
    with page.only("screen"):
        page.add(*_of_records(page, 0, FIRST_CARDS))
        if total > FIRST_CARDS:
            rest = f"The next {min(total, MOST_CARDS) - FIRST_CARDS:,}"
            page.later("rest", lambda: page.add(*_of_records(page, FIRST_CARDS, MOST_CARDS)), label=rest)
    _directory(page, f"All {words.count(total, 'record')} as a list" if total else "")


def _of_records(page: Page, start: int, end: int) -> list[Element]:
    """A grid of cards: the name, which leads to the profile, what it is and where, what it does, what marks a firm."""
    found = organisations.found(page.cluster, page.chosen, end).iloc[start:]
    cards: list[Element] = []
    for row, said in zip(found.itertuples(), profiles.in_one_line(page.cluster, found), strict=True):
        does = [Text(words.cut(row.summary, LONGEST_SUMMARY))] if isinstance(row.summary, str) else []
        cards.append(Group("card", [_name(row.id, row.name), Text(said, "small"), *does]))
    return [Group("grid", cards, width=280)]


def _name(record: str, name: str, icon: str = "domain") -> PageLink:
    return PageLink("Organisations", name, {"org": record}, icon, narrow=True)


def _landscape(page: Page, by: str) -> None:
    """Every firm of the choice by name, grouped by D and so on; the same as a poster to take away."""
    cluster, chosen = page.cluster, page.chosen.but(kinds=("company",))
    table = landscape.firms(cluster, chosen, by)
    finding = landscape.finding(table, by)
    page.headline(finding, of=chosen)
    page.goes_without_saying(SHOW)
    _boxes(page, SHOW, BY)
    about = f"Landscape of {chosen.words(cluster)}, by D and {by}"
    note = f"{landscape.ONCE} {landscape.THIN} {page.source()}"
    page.draft.poster = Poster(about, note, landscape.KEY, lambda: table)
    page.small(f"{' · '.join(landscape.KEY)}. {landscape.ONCE}", "Key:")
    with page.only("screen"):
        _names(page, table)
    with page.only("files"):
        page.table(lambda: landscape.in_words(table).drop(columns="id"), about)
    sheet = "“Share or download” has it as one sheet: PDF for A3, slide, SVG and PNG."
    page.small(f"{landscape.THIN} {page.source()} {sheet}")
    counted = Table(f"Firms by D and {by}: {chosen.words(cluster)}", lambda: landscape.sizes(table), note)
    page.on_stage(counted, (SHOW, BY), finding, chosen.counted(cluster))


def _names(page: Page, table: pd.DataFrame) -> None:
    """For each D a grid of groups, each with its names; after many names Ds are folded."""
    cells, so_far = landscape.cells(table, MOST_NAMES), 0
    for (symbol, label), of_d in groupby(cells, lambda cell: (cell.symbol, cell.label)):
        alike = list(of_d)
        so_far += sum(len(cell.rows) for cell in alike)
        said = f"{landscape.glyph(symbol)} {label} as first D: {words.count(sum(cell.total for cell in alike), 'firm')}"
        grid = Group("grid", [_of_cell(cell) for cell in alike], width=440)
        if so_far <= FEW_NAMES:
            page.heading(said, 3)
            page.add(grid)
        else:
            page.add(Group("folded", [grid], label=said))


def _of_cell(cell: landscape.Cell) -> Group:
    links = [_name(row.id, f"{row.name} {landscape.signs(row)}".rstrip(), "") for row in cell.rows.itertuples()]
    rest = cell.total - len(cell.rows)
    more = [Text(f"and {rest:,} more", "small")] if rest else []
    head = Text("", lead=f"{landscape.glyph(cell.symbol)} {cell.group}: {cell.total:,}")
    return Group("card", [Group("close", [head, Group("row", [*links, *more])])])


ALL_OF = {LIST: _list, CARDS: _cards, LANDSCAPE: _landscape}


def _directory(page: Page, folded: str) -> None:
    cluster, chosen = page.cluster, page.chosen
    total = int(chosen.keeps(cluster).sum())
    of_all_types = chosen.but(kinds=(), roles=(), stages=())  # role and stage limit firms alone
    page.heading(f"{total:,} {of_all_types.words(cluster, 'record' if total == 1 else 'records')}")
    page.text(captions.listed_once(cluster, chosen))
    page.records(
        lambda: organisations.directory(cluster, organisations.found(cluster, chosen, MOST)),
        "Directory of records",
        total,
        lambda: organisations.directory(cluster, organisations.found(cluster, chosen)),
        folded=folded,
    )
    kinds = counts.by_type(cluster, chosen).query("records > 0")[["label", "records"]].head(OF_A_SCENE)
    rows = kinds.set_axis(["Kind", "Records"], axis=1)
    about = f"Records by kind: {chosen.words(cluster, 'records')}"
    page.on_stage(Table(about, lambda: rows, page.source()), (ORG, SHOW))


def _side_by_side(page: Page, chosen: list[str]) -> None:
    """Records in columns, with the ways to their profiles and the download."""
    rows = profiles.side_by_side(page.cluster, chosen)
    names = list(rows.columns[1:])
    said = (
        f"{name}: {profiles.profile_in_words(page.cluster, record)}" for record, name in zip(chosen, names, strict=True)
    )
    stated = "; ".join(said)
    page.headline(f"{words.listing(names)} side by side", about=stated, said=stated)
    page.add(ALL)
    for record, name in zip(chosen, names, strict=True):
        page.link("Organisations", name, "domain", org=record)
    about = f"Comparison of {words.listing(names)}"
    page.table(rows, about)
    page.hint(f"Empty: its kind has no such fact. Sources stand on each profile. {page.source()}")
    with page.only("screen"):
        page.download(rows, about)
