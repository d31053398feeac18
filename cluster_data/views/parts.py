"""Parts that several views share."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from cluster_data import words
from cluster_data.document import Text
from cluster_data.elements import Copy
from cluster_data.measures import citations, indicators
from cluster_data.views.page import Page, Parameter

SAME = "The same as a table"


def figures(page: Page, rows: pd.DataFrame, about: str = "", notes: bool = False) -> None:
    """Published figures as cards: each with its detail if it has one, its origin and, if asked for, its note.

    Files hold them as a table `about` something, if it is named.
    """
    if about:
        with page.only("files"):
            page.table(partial(indicators.figures_in_words, rows), about, note="")
    with page.only("screen"), page.group("grid", width=240):
        for place, row in enumerate(rows.to_dict("records")):
            with page.group("close"):
                page.text(row["name"])
                page.heading(row["figure"], 3)
                page.text(row.get("detail", ""))
                origin(page, row, f"{about} {place}", notes)


def origin(page: Page, row: Mapping[str, Any], key: str, notes: bool = True) -> None:
    """Where a published figure comes from: kind, period, area, scope, confidence and sources; its citation, its note.

    `key` tells it from the other figures of its page.
    """
    scope = [f"scope: {row['scope']}"] if isinstance(row.get("scope"), str) else []
    said = ", ".join(map(str, [row["kind"], row["period"], row["geography"], *scope]))
    sure = f"Confidence: {words.first_lower(str(row['confidence']))}."
    page.text(f"{said}. {sure} Source:", links=citations.pairs(page.cluster, row["source_ids"]))
    page.add(Copy(citations.of_figure(page.cluster, row, indicators.amount_in_words(row)), f"figure {key}"))
    if notes and isinstance(row["note"], str):
        page.small(f"Note: {row['note']}")


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
