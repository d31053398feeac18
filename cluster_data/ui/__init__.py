"""Everything the pages draw with. With load.py, the only part of the package that knows Streamlit."""

from cluster_data.ui import area
from cluster_data.ui.address import chosen_id, follow_click, kinds_of_link, one_of, text_of
from cluster_data.ui.choices import CHOICES
from cluster_data.ui.connections import pairs, partners, path, two_ends
from cluster_data.ui.filter_bar import ds_box, search_box
from cluster_data.ui.frame import View, begin, frame, link_to
from cluster_data.ui.help_list import help_list
from cluster_data.ui.parts import (
    MOST,
    beside,
    bullets,
    download,
    figure,
    fold,
    goes_without_saying,
    notice,
    paragraph,
    section,
    small_print,
    source_line,
    subsection,
    table,
    table_twin,
)
from cluster_data.ui.profile import profile
from cluster_data.ui.render import show
from cluster_data.ui.show import (
    clickable_map,
    compared,
    faults,
    firms_of_choice,
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
from cluster_data.ui.sourced import figures, references

__all__ = [
    "CHOICES",
    "MOST",
    "View",
    "area",
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
    "firms_of_choice",
    "fold",
    "follow_click",
    "foot",
    "frame",
    "goes_without_saying",
    "headline",
    "help_list",
    "kinds_of_link",
    "link_to",
    "no_such_place",
    "notice",
    "one_of",
    "overlap_note",
    "pairs",
    "paragraph",
    "partners",
    "path",
    "profile",
    "prose",
    "records",
    "references",
    "search_box",
    "section",
    "shaded_map",
    "show",
    "small_print",
    "source_line",
    "still_map",
    "subsection",
    "table",
    "table_downloads",
    "table_twin",
    "text_of",
    "tile",
    "two_ends",
]
