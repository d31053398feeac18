"""What each file of a pack must look like: one class per table, one field per column. This is the data dictionary."""

from collections.abc import Mapping

import pandas as pd

from cluster_data.model.columns import format_of
from cluster_data.model.formats import typed
from cluster_data.model.tables.figures import Comparisons, Indicators, SicCodes, Sources
from cluster_data.model.tables.geography import Areas, Groups, Places, PostcodeSectors
from cluster_data.model.tables.model import Table
from cluster_data.model.tables.organisations import (
    Assets,
    Companies,
    Events,
    Investors,
    Links,
    Partners,
    Redirects,
    Sites,
    SupportOffers,
    Trusts,
    Universities,
)
from cluster_data.model.tables.story import Scenes
from cluster_data.model.tables.vocabulary import Challenges, Ds, Reaches, Themes, Vocabulary

TABLES: dict[str, type[Table]] = {
    "companies": Companies,
    "universities": Universities,
    "trusts": Trusts,
    "sites": Sites,
    "assets": Assets,
    "support_offers": SupportOffers,
    "investors": Investors,
    "partners": Partners,
    "redirects": Redirects,
    "links": Links,
    "events": Events,
    "indicators": Indicators,
    "comparisons": Comparisons,
    "areas": Areas,
    "groups": Groups,
    "places": Places,
    "postcode_sectors": PostcodeSectors,
    "ds": Ds,
    "challenges": Challenges,
    "themes": Themes,
    "reaches": Reaches,
    "vocabulary": Vocabulary,
    "sic_codes": SicCodes,
    "sources": Sources,
    "scenes": Scenes,
}


def as_read(rows: pd.DataFrame, table: str, headings: Mapping[str, str]) -> pd.DataFrame:
    """Columns of a table as readers see them, by their headings; they hold what the table says they do."""
    known = TABLES[table].to_schema().columns
    formats = {heading: format_of(known[column]) for column, heading in headings.items() if column in known}
    return typed(rows[list(headings)].rename(columns=headings), formats)
