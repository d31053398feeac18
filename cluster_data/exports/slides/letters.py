"""Words on slides: made safe for XML, measured roughly, and set in the largest size that finds room."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.util import Pt

POINTS = 72
LINE = 1.2
SERIF = 1.2  # how much wider than others the words of titles may run
ROUNDING = 0.5  # points
NARROW, BROAD = set(" ijlftrI.,:;'!|()[]"), set("MW@%—…")
FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def clean(text: object) -> str:
    """The text in one line, without what XML forbids."""
    return " ".join(FORBIDDEN.sub(" ", str(text)).split())


def shortened(text: str, letters: int) -> str:
    """The text, ended with … if it has more letters."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


@lru_cache(maxsize=5000)
def _ems(letter: str) -> float:
    if letter in NARROW:
        return 0.36
    if letter in BROAD or unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.74 if letter.isupper() else 0.57


def width(text: str, size: float) -> float:
    """How wide a text is in a common face of this size, in points; rather too much than too little."""
    return size * sum(map(_ems, text))


def lines(text: str, size: float, room: float) -> int:
    """How many lines a text takes in so many points; words longer than a line are broken."""
    count, used, space = 1, 0.0, width(" ", size)
    for word in text.split():
        wide = width(word, size)
        if used and used + space + wide > room:
            count, used = count + 1, 0.0
        extra = int(wide // room)
        count, used = count + extra, (used + space if used else 0.0) + wide - extra * room
    return count


def height(texts: Sequence[str], size: float, room: float) -> float:
    """How high paragraphs are, in points, with half a line between them."""
    return sum(lines(text, size, room) * LINE * size for text in texts) + max(0, len(texts) - 1) * size / 2


def fitting(texts: Sequence[str], sizes: Sequence[float], room: float, high: float) -> tuple[list[str], float]:
    """The paragraphs and the largest of the sizes at which they find room; what does not even at the last is cut."""
    for size in sizes:
        if height(texts, size, room) <= high + ROUNDING:
            return list(texts), size
    kept: list[str] = []
    for text in texts:
        while text and height([*kept, text], size, room) > high + ROUNDING:
            text = shortened(text, len(text) - max(2, len(text) // 10))
            text = "" if len(text) < 5 else text
        if not text:
            break
        kept.append(text)
    return kept, size


def put(frame: Any, texts: Sequence[str], size: float, colour: str, bold: bool = False, link: str = "") -> None:
    """Paragraphs in a text frame, in British English; the one that is the `link` leads there."""
    frame.word_wrap = True
    for place, text in enumerate(texts):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_before = Pt(size / 2 if place else 0)
        run = paragraph.add_run()
        run.text = text
        run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, rgb(colour)
        if link and text == link:
            run.hyperlink.address = link


def rgb(colour: str) -> Any:
    """A colour written #RRGGBB."""
    return RGBColor.from_string(colour.lstrip("#"))
