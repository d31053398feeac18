"""The view as an accessible PDF: A4, tagged, a few pages; a story has a page for each of its scenes."""

from cluster_data.document import Document
from cluster_data.exports import VIEW

ORDER = 40
LABEL = "PDF"
SAYS = (
    "To read, print and forward: a few pages, with the first rows of long tables; a story has a page for each scene. "
    "Tagged for screen readers; filter, link, date and licences on each page."
)
SUFFIX = "pdf"
MIME = "application/pdf"
OF = VIEW


def file_of(document: Document) -> bytes:
    """The document as PDF/UA-1. Equal documents give equal bytes."""
    from cluster_data.exports.pdf import template_data, typeset  # what typesets is loaded when asked for

    return typeset.pdf(template_data.template_data(document))
