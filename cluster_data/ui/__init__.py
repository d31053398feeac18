"""Everything the pages draw with. With load.py, the only part of the package that knows Streamlit."""

from cluster_data.ui.address import chosen_id, one_of, open_profile
from cluster_data.ui.frame import View, begin, frame, link_to, page_file
from cluster_data.ui.show import (
    download,
    figure,
    figures,
    foot,
    firms_noun,
    headline,
    overlap_note,
    records_table,
    sources_of,
    still,
    table_twin,
    tile,
)

__all__ = [
    "View",
    "begin",
    "chosen_id",
    "download",
    "figure",
    "figures",
    "foot",
    "frame",
    "headline",
    "link_to",
    "one_of",
    "open_profile",
    "page_file",
    "records_table",
    "sources_of",
    "still",
    "overlap_note",
    "table_twin",
    "tile",
]
