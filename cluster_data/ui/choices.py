"""What a page's own boxes offer, by the name that stands in the address; the first of each is the default."""

from cluster_data.measures.counts import SPLITS_OF_FIRMS
from cluster_data.measures.help import LENS, SPLITS
from cluster_data.measures.invest import NARROWED, ORDERS
from cluster_data.tables import TABLES

CHOICES: dict[str, tuple[str, ...]] = {
    "lens": tuple(LENS),
    "by": SPLITS,
    "split": SPLITS_OF_FIRMS,
    "ended": ("left out", "listed too"),
    "most": ("10", "25", "100", "1000"),
    "table": tuple(TABLES),
    **NARROWED,
    "order": ORDERS,
    "notes": ("hidden", "shown"),
}
