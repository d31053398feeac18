"""Words on slides: made safe for XML, measured roughly, and set in the largest size that finds room."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.util import Pt

from cluster_data.drawing.pictures.canvas import wrapped
from cluster_data.model.clean import cleaned

LINE = 1.2
SERIF = 1.2  # how much wider than others the words of titles may run
ROUNDING = 0.5  # points
WIDER = 1.18  # than the own font, which few programs have, any common face is at most
CUT = "… (cut; whole in the notes)"
Run: TypeAlias = tuple[str, str]  # a text and the address it leads to, if any


def clean(text: object) -> str:
    """The text in one line, without odd signs, which XML forbids or nobody sees."""
    return " ".join(cleaned(str(text)).split())


def lines(text: str, size: float, room: float) -> int:
    """How many lines a text takes in so many points; words longer than a line are broken."""
    return wrapped(text, room / WIDER, size).count("\n") + 1


def height(texts: Sequence[str], size: float, room: float) -> float:
    """How high paragraphs are, in points, with half a line between them."""
    return sum(lines(text, size, room) * LINE * size for text in texts) + max(0, len(texts) - 1) * size / 2


def fitting(texts: Sequence[str], sizes: Sequence[float], room: float, high: float) -> tuple[list[str], float]:
    """The paragraphs and the largest of the sizes at which they find room.

    What does not even at the last is cut, and says so.
    """
    for size in sizes:
        if height(texts, size, room) <= high + ROUNDING:
            return list(texts), size
    kept = list(texts)
    while height([*kept[:-1], kept[-1] + CUT], size, room) > high + ROUNDING and (len(kept) > 1 or kept[-1]):
        last = kept.pop()
        shorter = last[: len(last) - max(2, len(last) // 10)].rstrip()
        kept += [shorter] if len(shorter) > 5 or not kept else []
    return [*kept[:-1], kept[-1] + CUT], size


def put(frame: Any, paragraphs: Sequence[Sequence[Run]], size: float, colour: str, bold: bool = False) -> None:
    """Paragraphs in a text frame, in British English, each made of texts and links."""
    frame.word_wrap = True
    for place, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_before = Pt(size / 2 if place else 0)
        for text, address in runs:
            run = paragraph.add_run()
            run.text = text
            run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
            run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, rgb(colour)
            if address:
                run.hyperlink.address = address
        paragraph._p.get_or_add_endParaRPr().sz = round(size * 100)  # so high is a line without words


def rgb(colour: str) -> Any:
    """A colour written #RRGGBB."""
    return RGBColor.from_string(colour.lstrip("#"))
