"""Parts that several views share."""

from collections.abc import Sequence

import pandas as pd

from cluster_data import words
from cluster_data.document import Text
from cluster_data.filters import Filter
from cluster_data.measures import organisations
from cluster_data.views.page import MOST, Page, Parameter


def firms_of_choice(page: Page, chosen: Filter) -> None:
    """The firms of a choice as a folded list, headed by the sentence that counts them."""
    cluster = page.cluster
    page.heading(chosen.statement(cluster))

    def firms() -> pd.DataFrame:
        return organisations.found(cluster, chosen.but(kinds=("company",)))

    page.records(
        lambda: organisations.directory(cluster, firms().head(MOST)),
        f"List of {chosen.words(cluster)}",
        int(chosen.keeps_of(cluster, "company").sum()),
        lambda: organisations.directory(cluster, firms()),
        folded="The firms of this choice",
    )


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
