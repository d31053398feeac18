"""Parts that several views share."""

import pandas as pd

from cluster_data.filters import Filter
from cluster_data.measures import organisations
from cluster_data.views.page import MOST, Page


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
