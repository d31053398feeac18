"""A view's poster as a file: every name on one sheet, for paper (A3) or a screen (16 to 9)."""

from functools import partial

from cluster_data.document import Document
from cluster_data.exports import POSTER, Export

SAYS = "Every name of this view on one sheet with its key, filter, date, source and licences"


def file_of(form: str, document: Document) -> bytes:
    """The poster of the document in a form: "pdf", "pptx", "svg" or "png". Equal documents give equal bytes."""
    from cluster_data.exports.poster import sheet  # what typesets is loaded when asked for

    return sheet.file_of(form, document)


def _form(order: int, suffix: str, label: str, more: str, mime: str) -> Export:
    says = f"{SAYS}. {more}"
    return Export(order, f"poster_{suffix}", label, says, f"poster.{suffix}", mime, POSTER, partial(file_of, suffix))


FORMS = (
    _form(60, "pdf", "Poster as PDF, A3", "To print: names lead to their profiles.", "application/pdf"),
    _form(
        61,
        "pptx",
        "Poster as a slide",
        "One slide of 16 to 9.",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    _form(62, "svg", "Poster as SVG", "16 to 9, sharp at any size.", "image/svg+xml"),
    _form(63, "png", "Poster as PNG", "16 to 9, for mail and web pages.", "image/png"),
)
