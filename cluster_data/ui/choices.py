"""What a page's own boxes offer, by the name that stands in the address; the first of each is the default."""

from cluster_data.measures.counts import SPLITS_OF_FIRMS
from cluster_data.measures.invest import NARROWED, ORDERS

CHOICES: dict[str, tuple[str, ...]] = {
    "split": SPLITS_OF_FIRMS,
    **NARROWED,
    "order": ORDERS,
    "notes": ("hidden", "shown"),
}
