"""Everything the pages draw with. With load.py, the only part of the package that knows Streamlit."""

from cluster_data.ui.choices import CHOICES
from cluster_data.ui.frame import View, begin, frame, link_to
from cluster_data.ui.investing import investors_seen, shortlist, shortlisted, stage_tile
from cluster_data.ui.parts import (
    MOST,
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
from cluster_data.ui.render import show
from cluster_data.ui.show import (
    firms_of_choice,
    foot,
    headline,
    no_such_place,
)
from cluster_data.ui.sourced import answers, figures, other_figures, path_to_goal, regions

__all__ = [
    "CHOICES",
    "MOST",
    "View",
    "answers",
    "begin",
    "bullets",
    "chosen_id",
    "download",
    "figure",
    "figures",
    "firms_of_choice",
    "first_of",
    "fold",
    "follow_click",
    "foot",
    "frame",
    "goes_without_saying",
    "headline",
    "investors_seen",
    "link_to",
    "no_such_place",
    "notice",
    "one_of",
    "other_figures",
    "paragraph",
    "path_to_goal",
    "records",
    "regions",
    "section",
    "show",
    "shortlist",
    "shortlisted",
    "small_print",
    "source_line",
    "stage_tile",
    "subsection",
    "table",
    "table_twin",
    "text_of",
]
