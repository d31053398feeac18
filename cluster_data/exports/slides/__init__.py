"""A view or a story as PowerPoint slides: titles that say the finding, bars and tables that can be edited."""

from cluster_data.document import Document
from cluster_data.exports import VIEW

ORDER = 30
LABEL = "Slides (PowerPoint)"
SAYS = "A slide for each chart, map and table, with bars and tables that can be edited and the sources in the notes."
SUFFIX = "pptx"
MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OF = VIEW


def file_of(document: Document) -> bytes:
    """The document as a PowerPoint file, 16 to 9."""
    from cluster_data.exports.slides import deck  # loads what draws when a file is asked for, not before

    return deck.file_of(document)
