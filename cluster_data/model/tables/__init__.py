"""What each file of a pack must look like: one class per table, one field per column. This is the data dictionary."""

from collections.abc import Mapping

import pandas as pd

from cluster_data.model.columns import format_of
from cluster_data.model.formats import typed
from cluster_data.model.tables import figures, geography, organisations, story, vocabulary
from cluster_data.model.tables.model import Schema

TABLES: dict[str, type[Schema]] = {
    "companies": organisations.Companies,
    "universities": organisations.Universities,
    "trusts": organisations.Trusts,
    "sites": organisations.Sites,
    "assets": organisations.Assets,
    "support_offers": organisations.SupportOffers,
    "investors": organisations.Investors,
    "partners": organisations.Partners,
    "redirects": organisations.Redirects,
    "links": organisations.Links,
    "events": organisations.Events,
    "indicators": figures.Indicators,
    "comparisons": figures.Comparisons,
    "areas": geography.Areas,
    "groups": geography.Groups,
    "places": geography.Places,
    "postcode_sectors": geography.PostcodeSectors,
    "ds": vocabulary.Ds,
    "challenges": vocabulary.Challenges,
    "themes": vocabulary.Themes,
    "reaches": vocabulary.Reaches,
    "vocabulary": vocabulary.Vocabulary,
    "sic_codes": figures.SicCodes,
    "sources": figures.Sources,
    "scenes": story.Scenes,
}


def as_read(rows: pd.DataFrame, table: str, headings: Mapping[str, str]) -> pd.DataFrame:
    """Columns of a table as readers see them, by their headings; they hold what the table says they do."""
    known = TABLES[table].to_schema().columns
    formats = {heading: format_of(known[column]) for column, heading in headings.items() if column in known}
    return typed(rows[list(headings)].rename(columns=headings), formats)
