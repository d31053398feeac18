"""Which challenge meets which D, and where help is missing."""

from dataclasses import dataclass, replace

import pandas as pd

from cluster_data.document import Chart, Text
from cluster_data.drawing import charts
from cluster_data.findings import captions, headlines, reasons
from cluster_data.measures import help, organisations, splits, support
from cluster_data.model.wording import with_types
from cluster_data.model.words import first_upper
from cluster_data.views.page import OF_A_SCENE, Page, Parameter

CHALLENGE = Parameter("challenge", "Challenge", hint="Choose a challenge")
COLUMN = Parameter("column", hint="All columns")
LENS = Parameter("lens", "What is counted", tuple(help.LENS))
BY = Parameter("by", "Columns by", splits.SPLITS, resets=("column",))
PARAMETERS = (CHALLENGE, COLUMN, LENS, BY)
ICON = "grid_on"
DRAWN_WITH = ("chart",)
COLUMNS_OF_A_SCENE = 9
NAMED = 5  # records named beside the heat map
ICONS = {"offer": "handshake", "asset": "science", "company": "domain"}


@dataclass(frozen=True)
class ChosenCell:
    """What is chosen of the heat map: a challenge, a column, both or nothing. `columns` gives id to label."""

    grid: pd.DataFrame
    lens: help.Lens
    by: str
    columns: dict[str, str]
    challenge: str | None
    column: str | None


def view(page: Page) -> None:
    """The heat map, and beside it what is behind the challenge or cell chosen."""
    cluster, chosen = page.cluster, page.chosen
    lens, asked_by = help.LENS[page.one_of(LENS)], page.one_of(BY)
    by = asked_by if asked_by in lens.splits else lens.splits[0]
    if by != asked_by:
        page.unknown.append((BY.name, asked_by))
        page.goes_without_saying(BY)
    grid = help.challenge_grid(cluster, chosen, lens.name, by)
    columns = dict(zip(grid["column"], grid["label"], strict=True))
    challenge = page.one_of(CHALLENGE, help.challenge_labels(grid)) or None
    column = page.one_of(replace(COLUMN, label=first_upper(splits.noun(by))), columns) or None
    if not challenge:
        page.goes_without_saying(COLUMN)
    cell = ChosenCell(grid, lens, by, columns, challenge, column)
    page.headline(captions.challenges_finding(cluster, chosen, grid, lens, by, challenge, column))
    page.boxes(BY, LENS, most=2)
    if by != asked_by:
        with page.only("screen"):
            page.add(Text(captions.no_such_split(lens, asked_by), "warning"))
    picture, panel = page.columns(8, 5)
    with page.within(picture):
        if lens.counts_help:
            page.small(captions.how_split(cluster, lens, by), "Key:")
        page.chart(
            "grid",
            lambda ground: charts.challenge_grid_chart(help.with_whole(grid), ground, (challenge, column)),
            lambda: help.grid_in_words(grid),
            _alt(page, cell),
            f"{first_upper(lens.unit)}. {page.source()}",
            "challenges",
            (CHALLENGE, COLUMN),
        )
        page.small(with_types(cluster, lens.definition), f"{first_upper(lens.name)}:")
    with page.within(panel):
        page.boxes(CHALLENGE, COLUMN, most=1)
        if challenge:
            _behind(page, cell, challenge)
        else:
            page.text("", lead=f"{headlines.grid_finding(grid, lens, by)}." if lens.counts_help else "")
            page.text(captions.local_beside(cluster, chosen, grid, lens, by))
            page.hint("Choose a cell of the picture, or a challenge here, to see who helps with it and who faces it.")
    page.on_stage(_scene(page, cell), PARAMETERS, statement=chosen.statement(cluster))


def _alt(page: Page, cell: ChosenCell) -> str:
    return f"{first_upper(cell.lens.name)} by challenge and {splits.noun(cell.by)}: {page.chosen.words(page.cluster)}"


def _behind(page: Page, cell: ChosenCell, challenge: str) -> None:
    """Help with the challenge and the firms that face it, and the way to all who can help."""
    cluster, chosen, by, column = page.cluster, page.chosen, cell.by, cell.column
    named = help.challenge_labels(cell.grid)[challenge]
    title = f"{named} · {cell.columns[column]}" if column else named
    page.heading(title)
    page.text(cluster.table("challenges").fillna({"meaning": ""}).set_index("id")["meaning"][challenge])
    behind = support.behind_cell(cluster, chosen, cell.lens.name, by, challenge, column)
    for record_type, said in captions.cell_parts(cluster, chosen, behind, by, column):
        if behind[record_type].empty:
            page.text("", lead=said)
        else:
            _list(page, behind[record_type], record_type, said, title)
    asked = reasons.address_of_cell(cluster, chosen, by, challenge, column)
    page.link("Find_support", "Who can help with this?", "handshake", **asked)
    if behind["offer"].empty and behind["asset"].empty:
        page.notice(captions.nearest_miss(cluster, chosen, cell.lens, by, challenge, named))


def _list(page: Page, rows: pd.DataFrame, record_type: str, said: str, title: str) -> None:
    """The first by name, each the way to its profile, and all as a list behind a fold."""
    with page.only("screen"), page.group("close"):
        page.text("", lead=said)
        for row in rows.head(NAMED).itertuples():
            page.profile(row.name, row.id, ICONS[record_type])
    about, label = f"{said}: {title}", f"{said}: all, with status and sources"
    page.records(lambda: organisations.behind_in_words(page.cluster, rows), about, len(rows), folded=label)


def _scene(page: Page, cell: ChosenCell) -> Chart:
    """What an audience can read of the heat map: some of its rows and columns."""
    shown, how = _readable(cell), captions.how_split(page.cluster, cell.lens, cell.by)
    rows, columns = cell.grid["challenge"].nunique(), shown["column"].nunique()
    which = "for each challenge" if rows <= OF_A_SCENE else f"for {OF_A_SCENE} of {rows} challenges"
    which += f", in the {columns} columns with most of {len(cell.columns)}" if columns < len(cell.columns) else ""
    return Chart(
        _alt(page, cell),
        f"{first_upper(cell.lens.unit)} {which}. {how} {page.source()}",
        lambda ground: charts.challenge_grid_chart(help.with_whole(shown), ground, (cell.challenge, cell.column)),
        lambda: help.grid_in_words(cell.grid),
    )


def _readable(cell: ChosenCell) -> pd.DataFrame:
    """The rows with least help, or the thinnest cells, of many columns those with most, and the cell chosen."""
    grid = cell.grid
    least = grid["whole"].fillna(grid["value"].fillna(float("inf")).mul(-1) if cell.lens.divides else grid["value"])
    order = least.groupby(grid["challenge"], sort=False).min().sort_values(kind="stable").index
    challenges = _first([*order], cell.challenge, OF_A_SCENE)
    most = grid["drawn"].fillna(0).groupby(grid["column"], sort=False).sum().sort_values(ascending=False, kind="stable")
    columns = _first([*most.index], cell.column, COLUMNS_OF_A_SCENE)
    return grid[grid["challenge"].isin(challenges) & grid["column"].isin(columns)]


def _first(ids: list[str], chosen: str | None, most: int) -> list[str]:
    """The first ids, the chosen one among them."""
    return [*([chosen] if chosen else []), *(one for one in ids if one != chosen)][:most]
