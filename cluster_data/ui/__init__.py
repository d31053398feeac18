"""Everything the pages draw with. With load.py, the only part of the package that knows Streamlit."""

from cluster_data.ui import area
from cluster_data.ui.address import chosen_id, first_of, follow_click, kinds_of_link, one_of, set_id, text_of
from cluster_data.ui.choices import CHOICES
from cluster_data.ui.connections import pairs, partners, path, two_ends
from cluster_data.ui.filter_bar import ds_box, search_box
from cluster_data.ui.frame import View, begin, frame, link_to
from cluster_data.ui.help_list import help_list
from cluster_data.ui.investing import investors_seen, shortlist, stage_tile
from cluster_data.ui.parts import (
    MOST,
    beside,
    bullets,
    download,
    figure,
    fold,
    paragraph,
    section,
    small_print,
    source_line,
    subsection,
    table,
    table_twin,
)
from cluster_data.ui.profile import profile
from cluster_data.ui.show import (
    clickable_map,
    compared,
    faults,
    foot,
    headline,
    no_such_place,
    overlap_note,
    prose,
    records,
    shaded_map,
    still_map,
    table_downloads,
    tile,
)
from cluster_data.ui.sourced import answers, figures, other_figures

__all__ = [
    "CHOICES",
    "MOST",
    "View",
    "area",
    "answers",
    "begin",
    "beside",
    "bullets",
    "chosen_id",
    "clickable_map",
    "compared",
    "download",
    "ds_box",
    "faults",
    "figure",
    "figures",
    "first_of",
    "fold",
    "follow_click",
    "foot",
    "frame",
    "headline",
    "help_list",
    "investors_seen",
    "kinds_of_link",
    "link_to",
    "no_such_place",
    "one_of",
    "other_figures",
    "overlap_note",
    "pairs",
    "paragraph",
    "partners",
    "path",
    "profile",
    "prose",
    "records",
    "search_box",
    "section",
    "set_id",
    "shaded_map",
    "shortlist",
    "small_print",
    "source_line",
    "stage_tile",
    "still_map",
    "subsection",
    "table",
    "table_downloads",
    "table_twin",
    "text_of",
    "tile",
    "two_ends",
]
