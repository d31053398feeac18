"""What stands on a still picture, read from its SVG."""

import math
import re
from typing import NamedTuple
from xml.etree import ElementTree

from cluster_data.drawing import fonts

SVG = "{http://www.w3.org/2000/svg}"


class Words(NamedTuple):
    """Words of a picture: their size in points, whether bold, and their box."""

    said: str
    size: float
    bold: bool
    box: tuple[float, float, float, float]

    @property
    def middle(self):
        """The middle of the box."""
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


def elements(picture, tag):
    """The elements with this tag that are drawn, and not only shared, in their order."""
    root = ElementTree.fromstring(picture.svg())
    return [found for part in root if part.tag != f"{SVG}defs" for found in part.iter(f"{SVG}{tag}")]


def written(picture):
    """All words of a picture."""
    return [words_of(part) for part in elements(picture, "g") if part.get("aria-label")]


def said(picture):
    """All that is written on a picture, in one line."""
    return " ".join(" ".join(words.said.split()) for words in written(picture))


def words_of(group):
    """The words of a group of glyphs."""
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", group.get("transform"))]
    turned, scale = "rotate" in group.get("transform"), numbers[-2]
    ends = [(use.get("href")[1:], float(use.get("x")), float(use.get("y"))) for use in group]
    left = min(x for _, x, _ in ends) * scale
    right = max(x + fonts.glyph(chr(int(name[1:], 16)), name[0] == "b").wide for name, x, _ in ends) * scale
    lines = [y * scale for _, _, y in ends]
    wide, high = (left, right), (-max(lines) - 0.65 * 1000 * scale, -min(lines))
    if turned:
        wide, high = high, (-right, -left)
    box = (numbers[0] + wide[0], numbers[1] + high[0], numbers[0] + wide[1], numbers[1] + high[1])
    return Words(group.get("aria-label"), 1000 * scale, ends[0][0].startswith("b"), box)


def circles(picture):
    """Left, top and radius of the middle of each circle, that of the ring round a place too."""
    found = [
        part for part in elements(picture, "circle") if part.get("fill")
    ]  # those of marks have it from their group
    return [tuple(float(part.get(name)) for name in ("cx", "cy", "r")) for part in found]


def boxes(picture):
    """The rectangles but for the sheet, top to bottom as they were drawn: attributes, as numbers where they are."""
    return [Box(part) for part in elements(picture, "rect")[1:]]


class Box:
    """A rectangle."""

    def __init__(self, part):
        self.left, self.top, self.wide, self.high = (float(part.get(name)) for name in ("x", "y", "width", "height"))
        self.fill, self.edge = part.get("fill"), part.get("stroke")


def marks(picture):
    """The boxes of the marks of a chart."""
    found = []
    for part in elements(picture, "g"):
        numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", part.get("transform") or "")]
        if len(numbers) == 3 and not part.get("aria-label"):
            left, top, scale = numbers
            found.append((left + 8 * scale, top + 8 * scale, left + 40 * scale, top + 40 * scale))
    return found


def apart(one, other):
    """How far two places are apart."""
    return math.dist(one[:2], other[:2])
