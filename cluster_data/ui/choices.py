"""What a page's own boxes offer, by the name that stands in the address; the first of each is the default."""

from cluster_data.measures.counts import SPLITS_OF_FIRMS
from cluster_data.measures.invest import NARROWED, ORDERS
from cluster_data.tables import TABLES

CHOICES: dict[str, tuple[str, ...]] = {
    "show": ("organisations", "firms per 100,000 residents"),
    "within": ("10", "2", "5", "20", "40"),
    "zoom": ("whole view", "closer", "close", "closest"),
    "split": SPLITS_OF_FIRMS,
    "table": tuple(TABLES),
    **NARROWED,
    "order": ORDERS,
    "notes": ("hidden", "shown"),
}
