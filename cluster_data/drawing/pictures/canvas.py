"""What every picture shares: one sheet measured in points from its top left corner, written as SVG."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from cluster_data.drawing import fonts
from cluster_data.drawing.fonts import UNITS, width
from cluster_data.drawing.pictograms import SHAPES
from cluster_data.model.clean import cleaned

POINTS = 72
LINE = 1.22  # from line to line, as a multiple of the size of words
MIDDLE = 0.33  # from the baseline of words up to their middle
ACROSS = 36  # of a mark in pictograms
WORDS = 5  # their level

Bounds = tuple[float, float, float, float]  # left, top, right, bottom
Spot = tuple[float, float]


def element(tag: str, body: str = "", **look: Any) -> str:
    """An element of SVG; what is None is left out."""
    given = [f' {name.replace("_", "-")}="{_said(value)}"' for name, value in look.items() if value is not None]
    return f"<{tag}{''.join(given)}>{body}</{tag}>" if body else f"<{tag}{''.join(given)}/>"


def _said(value: Any) -> str:
    return f"{value:.5g}" if isinstance(value, float) else escape(str(value))


@dataclass
class Canvas:
    """A sheet `wide` by `high` points. What is drawn lies above all of a lower level.

    `taken` are the boxes of the words written so far, and of what they must not cover.
    """

    wide: float
    high: float
    ground: str
    ink: str
    taken: list[Bounds] = field(default_factory=list)
    drawn: list[tuple[float, str]] = field(default_factory=list)
    shared: dict[str, str] = field(default_factory=dict)

    def add(self, level: float, tag: str, body: str = "", within: Bounds | None = None, **look: Any) -> None:
        """An element; what stands out of the box `within` is hidden."""
        drawn = element(tag, body, **look)
        if within:
            left, top, right, bottom = within
            name = "w" + "-".join(f"{side:.0f}" for side in within)
            self.share(name, "clipPath", element("rect", x=left, y=top, width=right - left, height=bottom - top))
            drawn = element("g", drawn, clip_path=f"url(#{name})")
        self.drawn.append((level, drawn))

    def share(self, name: str, tag: str, body: str = "", **look: Any) -> None:
        """An element that others use by its name."""
        if name not in self.shared:
            self.shared[name] = element(tag, body, id=name, **look)

    def rectangle(self, box: Bounds, level: float = 1, **look: Any) -> None:
        """A rectangle."""
        left, top, right, bottom = box
        self.add(level, "rect", x=left, y=top, width=right - left, height=bottom - top, **look)

    def line(
        self, points: Iterable[Spot], colour: str, wide: float, level: float = 2, dotted: bool = False, **more: Any
    ) -> None:
        """A line through places; it breaks at those that are not known."""
        path, move = "", "M"
        for x, y in points:
            known = x == x and y == y  # noqa: PLR0124 - NaN is unlike itself
            path, move = (f"{path}{move}{x:.1f} {y:.1f}", "L") if known else (path, "M")
        look: dict[str, Any] = {"stroke_dasharray": dots(wide) if dotted else None, "fill": "none"} | more
        self.add(level, "path", d=path, stroke=colour, stroke_width=wide, **look)

    def mark(
        self,
        symbol: str,
        at: Spot,
        size: float,
        fill: str,
        edge: str | None = None,
        thick: float = 0.0,
        level: float = 3,
        **more: Any,
    ) -> None:
        """A mark of pictograms, a circle of it this wide, with an edge."""
        scale = size / ACROSS
        place = f"translate({at[0] - 24 * scale:.2f} {at[1] - 24 * scale:.2f}) scale({scale:.4f})"
        look: dict[str, Any] = {"stroke": edge, "stroke_width": thick / scale} if edge and thick else {}
        self.add(level, "g", SHAPES[symbol], transform=place, fill=fill, **look, **more)

    def hatched(self, ground: str, ink: str, scale: float = 1.0, thick: float = 0.8) -> str:
        """A fill of lines on a ground; `scale` points are a unit of what it fills."""
        name = f"h{ground}{ink}{scale:.4f}-{thick}".replace("#", "").replace(".", "-")
        lines = element("rect", width=6, height=6, fill=ground) + element("rect", width=thick, height=6, fill=ink)
        turned = f"scale({1 / scale:.4f}) rotate(45)"
        look = {"patternUnits": "userSpaceOnUse", "patternTransform": turned}
        self.share(name, "pattern", lines, width=6, height=6, **look)
        return f"url(#{name})"

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: str = "",
        across: str = "left",
        down: str = "center",
        bold: bool = False,
        rim: str = "",
        turned: bool = False,
    ) -> None:
        """Words at a place, moved so that they lie on the sheet; `rim` is a thin border in the ground's colour."""
        box = self.inside(box_of(x, y, text, size, across, down, bold, turned))
        self.taken.append(box)
        scale = size / UNITS
        place = f"translate({(box[0] + box[2]) / 2:.2f} {(box[1] + box[3]) / 2:.2f})"
        under: dict[str, Any] = {
            "stroke": rim,
            "stroke_width": UNITS / 5,
            "paint_order": "stroke",
            "stroke_linejoin": "round",
        }
        self.add(
            WORDS,
            "g",
            self._outlines(text, bold, {"left": -0.5, "center": 0, "right": 0.5}[across]),
            aria_label=cleaned(text).replace("\n", " "),
            fill=colour or self.ink,
            transform=f"{place}{' rotate(-90)' if turned else ''} scale({scale:.4f} {-scale:.4f})",
            **(under if rim else {}),
        )

    def _outlines(self, text: str, bold: bool, side: float) -> str:
        """The glyphs of lines round the middle of their box, beginning at its left, ending at its right or between."""
        lines, drawn = text.split("\n"), []
        widest = width(text, UNITS, bold)
        for place, line in enumerate(lines):
            left = side * widest - (side + 0.5) * width(line, UNITS, bold)
            up = ((len(lines) - 1) / 2 - place) * LINE * UNITS - MIDDLE * UNITS
            for glyph in (fonts.glyph(sign, bold) for sign in line):
                if glyph.path:
                    self.share(glyph.name, "path", d=glyph.path)
                    drawn.append(f'<use href="#{glyph.name}" x="{left:.0f}" y="{up:.0f}"/>')
                left += glyph.wide
        return "".join(drawn)

    def inside(self, box: Bounds) -> Bounds:
        """The box, moved onto the sheet if it stands out."""
        left, top, right, bottom = box
        x = max(0.0, -left) - max(0.0, right - self.wide)
        y = max(0.0, -top) - max(0.0, bottom - self.high)
        return left + x, top + y, right + x, bottom + y

    def free(self, box: Bounds, besides: Sequence[Bounds] = ()) -> bool:
        """Whether nothing is written there yet, nothing stands there besides, and all of it lies on the sheet."""
        return self.inside(box) == box and not any(touch(box, other) for of in (self.taken, besides) for other in of)

    def svg(self) -> str:
        """The picture as SVG, words as outlines; the same picture gives the same text."""
        size = f'width="{self.wide:g}pt" height="{self.high:g}pt" viewBox="0 0 {self.wide:g} {self.high:g}"'
        ground = element("rect", width=self.wide, height=self.high, fill=self.ground)
        drawn = "".join(drawn for _, drawn in sorted(self.drawn, key=lambda drawn: drawn[0]))
        shared = element("defs", "".join(self.shared.values()))
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{shared}{ground}{drawn}</svg>'

    def png(self, dpi: int) -> bytes:
        """The picture as PNG with this many pixels to the inch."""
        import typst  # what makes files is loaded when one is made

        page = f'#set page(width: {self.wide}pt, height: {self.high}pt, margin: 0pt)\n#image("picture.svg")'
        files: Any = {"main.typ": page.encode(), "picture.svg": self.svg().encode()}
        return bytes(typst.compile(files, format="png", ppi=float(dpi)))


def empty_canvas(wide: float, high: float, ground: str, ink: str) -> Canvas:
    """An empty sheet of inches on a ground, for words in an ink."""
    return Canvas(wide * POINTS, high * POINTS, ground, ink)


def dots(wide: float) -> str:
    """How a line so wide is dotted."""
    return f"{1.5 * wide:.2f} {2 * wide:.2f}"


def height_of(text: str, size: float) -> float:
    """How high the lines of a text are, in points."""
    return size * LINE * (text.count("\n") + 1)


def box_of(
    x: float, y: float, text: str, size: float, across: str, down: str, bold: bool = False, turned: bool = False
) -> Bounds:
    """The box of words at a place: `across` is left, center or right of it, `down` top, center or bottom."""
    wide, high = width(text, size, bold), height_of(text, size)
    wide, high = (high, wide) if turned else (wide, high)
    left = x - wide * {"left": 0, "center": 0.5, "right": 1}[across]
    top = y - high * {"top": 0, "center": 0.5, "bottom": 1}[down]
    return left, top, left + wide, top + high


def box_around(x: float, y: float, half: float) -> Bounds:
    """The box of a mark of half a width round a place."""
    return x - half, y - half, x + half, y + half


def touch(one: Bounds, other: Bounds) -> bool:
    """Whether two boxes have a part in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def wrapped(text: str, room: float, size: float, most: int = 99, bold: bool = False) -> str:
    """The text in lines no wider than `room`; long words are broken. What needs more lines than `most` ends with …"""
    lines = [""]
    for word in re.findall(r"\S+|\n", text):
        joined = f"{lines[-1]} {word}".strip()
        if word == "\n":
            lines.append("")
        elif width(joined, size, bold) <= room:
            lines[-1] = joined
        else:
            lines = [*lines[:-1], *filter(None, lines[-1:]), *_broken(word, room, size, bold)]
    if len(lines) <= most:
        return "\n".join(lines)
    last = lines[most - 1]
    while last and width(f"{last}…", size, bold) > room:
        last = last[:-1]
    return "\n".join([*lines[: most - 1], f"{last.rstrip()}…"])


def _broken(word: str, room: float, size: float, bold: bool) -> list[str]:
    """A word in pieces no wider than `room`, of a letter at least."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size, bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces
