"""The words of Plotly figures as plain text, and where the marks of a trace stand."""

import html
from typing import Any

Place = Any  # a number, a label, or a pair of labels


def plain(text: object) -> tuple[str, bool]:
    """The words of a figure's text and whether they are bold: without tags, with its own line breaks."""
    said = str(text)
    bold = said.startswith("<b>") and said.endswith("</b>")
    said = said[3:-4] if bold else said
    return html.unescape(said.replace("<br>", "\n")), bold


def rows_of(trace: Any) -> list[Place]:
    """Where the marks of a trace stand from top to bottom: labels, pairs of labels, or numbers."""
    if trace.y is None:
        return []
    if len(trace.y) == 2 and not isinstance(trace.y[0], str) and hasattr(trace.y[0], "__len__"):
        return list(zip(*trace.y, strict=True))
    return list(trace.y)


def is_empty(figure: Any) -> bool:
    """Whether a figure has no mark at all."""
    return not any(trace.x is not None and len(trace.x) for trace in figure.data)
