"""What each file of a pack must look like: one class per table, one field per column. This is the data dictionary."""

from cluster_data.tables.figures import Comparisons, Indicators, SicCodes, Sources
from cluster_data.tables.geography import Areas, Groups, Places, PostcodeSectors
from cluster_data.tables.model import Table
from cluster_data.tables.organisations import (
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
from cluster_data.tables.story import Scenes
from cluster_data.tables.vocabulary import Challenges, Ds, Reaches, Themes, Vocabulary

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
