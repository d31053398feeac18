"""Parts that several views share."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from cluster_data.document import Map, Table, Text
from cluster_data.drawing import pictograms
from cluster_data.elements import Copy, Key, Sign
from cluster_data.measures import citations, indicators, places
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.filters import Filter, ways_out
from cluster_data.palette import Palette, readable_on
from cluster_data.views.page import Page, Parameter

SAME = "The same as a table"
AT_ONCE = 5  # figures side by side; the rest are shown on request
ACROSS, WIDE, FEW = 172, 280, 3  # pixels of a figure: five on a wide screen, one on a phone; of few figures
LARGE = 24  # letters of a figure that stands out; a longer one is text


def figures(page: Page, rows: pd.DataFrame, about: str = "", notes: bool = False) -> None:
    """Published figures as cards: each with its detail if it has one, its origin and, if asked for, its note.

    Files hold them as a table `about` something, if it is named.
    """
    if about:
        with page.only("files"):
            page.table(partial(indicators.figures_in_words, rows), about, note="")
    shown = list(enumerate(rows.to_dict("records")))
    first, rest = shown[:AT_ONCE], shown[AT_ONCE:]
    with page.only("screen"):
        _side_by_side(page, first, about, notes)
        if rest:
            with page.group("rest", label=f"{words.count(len(rest), 'more figure')}: {about or rest[0][1]['name']}"):
                for start in range(0, len(rest), AT_ONCE):
                    _side_by_side(page, rest[start : start + AT_ONCE], about, notes)


def _side_by_side(page: Page, rows: Sequence[tuple[int, Mapping[str, Any]]], about: str, notes: bool) -> None:
    with page.group("figures", width=ACROSS if len(rows) > FEW else WIDE):
        for place, row in rows:
            with page.group("close"):
                page.text(row["name"])
                figure(page, row)
                page.text(row.get("detail", ""))
                origin(page, row, f"{about} {place}", notes)


def figure(page: Page, row: Mapping[str, Any], level: int = 3) -> None:
    """A figure that stands out; one that is long or that nobody could read is text."""
    if pd.isna(row["value"]) or row.get("why") or len(row["figure"]) > LARGE:
        page.text(row["figure"])
    else:
        page.heading(row["figure"], level)


def origin(page: Page, row: Mapping[str, Any], key: str, notes: bool = True) -> None:
    """Where a published figure comes from: kind, period, area, scope, confidence and sources; its citation, its note.

    `key` tells it from the other figures of its page.
    """
    scope = [f"scope: {row['scope']}"] if isinstance(row["scope"], str) else []
    said = ", ".join(map(str, [row["kind"], row["period"], row["geography"], *scope]))
    sure = f"Confidence: {words.first_lower(str(row['confidence']))}."
    page.text(f"{said}. {sure} Source:", links=citations.pairs(page.cluster, row["source_ids"]))
    page.add(Copy(citations.of_figure(page.cluster, row, indicators.amount_in_words(row)), f"figure {key}"))
    if notes and isinstance(row["note"], str):
        page.small(f"Note: {row['note']}")


def source_line(cited: Sequence[tuple[str, str]], before: str = "", kind: str = "paragraph") -> Text:
    """The first source of what a card tells, and how many more its profile names, after what is said before."""
    of = f" 1 of {len(cited):,}, all on its profile" if len(cited) > 1 else ""
    said = f"{before} {f'Source{of}:' if cited else 'No source is named.'}".strip()
    return Text(said, kind, links=tuple(cited[:1]))


def nothing_kept(page: Page, chosen: Filter) -> bool:
    """Whether the choice keeps nothing that counts: files then name what to take off, as a screen does."""
    cluster = page.cluster
    if chosen.counts(cluster):
        return False
    ways = [(part.said, other.counted(cluster)) for part, other in ways_out(cluster, chosen)]
    table = Table("Ways out of this choice", lambda: pd.DataFrame(ways, columns=["Without", "Left"], dtype=object))
    with page.only("files"):
        page.add(table)
    page.on_stage(table, statement=chosen.statement(cluster))
    return True


def no_such_place(page: Page, near: Parameter, typed: str, close_names: Sequence[str]) -> None:
    """Say that a place asked for is not known, and what comes close."""
    asked = page.draft.asked
    asked[near.name] = asked[near.name]._replace(chosen=f"“{typed}”, which is not known here")
    page.unknown.append((near.name, page.asked[near.name][0]))
    hint = f"Did you mean {words.listing(close_names, 'or')}?"
    if not close_names:
        hint = f"It may lie outside {page.cluster.pack.the_region}, or be misspelt. Nothing is measured from it."
    with page.only("screen"):
        page.add(Text(f"No place “{typed}” is known here. {hint}", "warning"))


def left_out(page: Page, asked: list[str], most: int) -> None:
    """Which of those asked for by name are not compared, if they are too many."""
    if len(asked) > most:
        more = [f"{len(asked) - 2 * most:,} more"] if len(asked) > 2 * most else []
        listed = words.listing(asked[most : 2 * most] + more)
        page.notice(f"The first {most} of {len(asked):,} are compared. Left out: {listed}.")


# ---- the signs of maps ----------------------------------------------------


def _d(row: Mapping[str, Any], ground: Palette) -> str:
    return pictograms.sign(row["symbol"], row[ground.d_column], ground.ground)


def _kind(letter: str, ground: Palette) -> str:
    return pictograms.sign("circle", ground.quiet, ground.ground, letter)


def _circle(ground: Palette) -> str:
    return pictograms.numbered(ground.accent, readable_on(ground.accent))


BY_TOWN = (_circle, "number of organisations known only by town")


def d_signs(cluster: Cluster) -> dict[str, Sign]:
    """The marks of firms on a map by the label of their primary D."""
    return {row["label"]: partial(_d, row) for row in cluster.table("ds").sort_values("order").to_dict("records")}


def kind_signs(cluster: Cluster, *types: str) -> dict[str, Sign]:
    """The marks of these types on a map, or of all that can stand on one, by their label for several."""
    plurals = cluster.plurals("record_type")
    placed = [each for each in types or places.PLACED_TYPES if each in plurals]
    return {plurals[each]: partial(_kind, places.LETTERS.get(each, "")) for each in placed}


def key_of(cluster: Cluster, shown: Map) -> Key:
    """What the marks mean that stand on a map."""
    points = shown.points()
    types = [each for each in places.LETTERS if (points["record_type"] == each).any()]
    signs = d_signs(cluster) | (kind_signs(cluster, *types) if types else {})
    by_town = [BY_TOWN] if len(shown.bubbles()) else []
    return Key([*((sign, said) for said, sign in signs.items()), *by_town])
