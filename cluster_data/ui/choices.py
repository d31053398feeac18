"""What a page's own boxes offer, by the name that stands in the address; the first of each is the default."""

from cluster_data.measures.counts import SPLITS_OF_FIRMS
from cluster_data.measures.help import LENS, SPLITS
from cluster_data.tables import TABLES

CHOICES: dict[str, tuple[str, ...]] = {
    "show": ("organisations", "firms per 100,000 residents"),
    "within": ("10", "2", "5", "20", "40"),
    "zoom": ("whole view", "closer", "close", "closest"),
    "lens": tuple(LENS),
    "by": SPLITS,
    "split": SPLITS_OF_FIRMS,
    "ended": ("left out", "listed too"),
    "most": ("10", "25", "100", "1000"),
    "table": tuple(TABLES),
}
