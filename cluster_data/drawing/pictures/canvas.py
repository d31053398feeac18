"""What every picture shares: one sheet measured in points from its top left corner, and words whose size is known."""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.textpath import text_to_path

POINTS = 72
LINE = 1.22
FAMILY = ["Source Sans Pro", "DejaVu Sans"]
FACES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Bold.ttf")
UNIT = 100
MISSING = "\N{WHITE SQUARE}"
SALT = "picture"  # the ids of an SVG depend on its content alone

Box = tuple[float, float, float, float]  # left, top, right, bottom


@cache
def _fonts() -> list[str]:
    """The families of all words: the dashboard's own face, then one that has most signs."""
    mpl.rcParams["svg.hashsalt"] = SALT
    mpl.rcParams["text.hinting"] = "none"  # words are as wide in every file as they were measured
    for face in FACES:
        with as_file(files("font_source_sans_pro") / "files" / face) as path:
            font_manager.fontManager.addfont(path)
    return FAMILY


@cache
def _signs() -> set[int]:
    """The signs that the families have."""
    found = [font_manager.findfont(font_manager.FontProperties(family=family)) for family in _fonts()]
    return {sign for path in found for sign in font_manager.get_font(path).get_charmap()}


def drawable(text: str) -> str:
    """The text with a box for each sign that no family has."""
    return "".join(sign if sign.isspace() or ord(sign) in _signs() else MISSING for sign in text)


@dataclass
class Canvas:
    """A sheet `wide` by `high` points. `taken` are the boxes of the words written so far."""

    figure: Figure
    axes: Axes
    wide: float
    high: float
    ink: str
    taken: list[Box] = field(default_factory=list)

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
        self.axes.text(
            (box[0] + box[2]) / 2,
            (box[1] + box[3]) / 2,
            drawable(text),
            size=size,
            color=colour or self.ink,
            family=_fonts(),
            weight="bold" if bold else "normal",
            ha="center",
            va="center",
            multialignment=across,
            linespacing=LINE - 0.1,
            rotation=90 if turned else 0,
            parse_math=False,
            path_effects=[withStroke(linewidth=size / 5, foreground=rim)] if rim else None,
            zorder=5,
        )

    def inside(self, box: Box) -> Box:
        """The box, moved onto the sheet if it stands out."""
        left, top, right, bottom = box
        x = max(0.0, -left) - max(0.0, right - self.wide)
        y = max(0.0, -top) - max(0.0, bottom - self.high)
        return left + x, top + y, right + x, bottom + y

    def free(self, box: Box) -> bool:
        """Whether nothing is written there yet and all of it lies on the sheet."""
        return self.inside(box) == box and not any(touch(box, other) for other in self.taken)

    def rectangle(self, box: Box, **look: Any) -> Rectangle:
        """A rectangle, with Matplotlib's look of a patch."""
        left, top, right, bottom = box
        drawn = Rectangle((left, top), right - left, bottom - top, **look)
        self.axes.add_artist(drawn)
        return drawn

    def window(self, box: Box) -> Rectangle:
        """A box that hides what is drawn outside it, once given to Matplotlib's `set_clip_path`."""
        left, top, right, bottom = box
        return Rectangle((left, top), right - left, bottom - top, transform=self.axes.transData)


def sheet(wide: float, high: float, ground: str, ink: str) -> Canvas:
    """An empty sheet of inches on a ground, for words in an ink."""
    _fonts()
    figure = Figure(figsize=(wide, high), facecolor=ground)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set(xlim=(0, wide * POINTS), ylim=(high * POINTS, 0), autoscale_on=False)
    return Canvas(figure, axes, wide * POINTS, high * POINTS, ink)


@lru_cache(maxsize=20_000)
def _unit_width(line: str, bold: bool) -> float:
    font = font_manager.FontProperties(family=_fonts(), weight="bold" if bold else "normal", size=UNIT)
    width, _, _ = text_to_path.get_text_width_height_descent(drawable(line), font, ismath=False)
    return float(width) / UNIT


def width_of(text: str, size: float, bold: bool = False) -> float:
    """How wide words of this size are, in points: their longest line."""
    return size * max(_unit_width(line, bold) for line in text.split("\n"))


def height_of(text: str, size: float) -> float:
    """How high the lines of a text are, in points."""
    return size * LINE * (text.count("\n") + 1)


def box_of(
    x: float, y: float, text: str, size: float, across: str, down: str, bold: bool = False, turned: bool = False
) -> Box:
    """The box of words at a place: `across` is left, center or right of it, `down` top, center or bottom."""
    wide, high = width_of(text, size, bold), height_of(text, size)
    wide, high = (high, wide) if turned else (wide, high)
    left = x - wide * {"left": 0, "center": 0.5, "right": 1}[across]
    top = y - high * {"top": 0, "center": 0.5, "bottom": 1}[down]
    return left, top, left + wide, top + high


def touch(one: Box, other: Box) -> bool:
    """Whether two boxes have a part in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def wrapped(text: str, room: float, size: float, most: int = 99, bold: bool = False) -> str:
    """The text in lines no wider than `room`; long words are broken. What needs more lines than `most` ends with …"""
    lines = [""]
    for word in re.findall(r"\S+|\n", text):
        joined = f"{lines[-1]} {word}".strip()
        if word == "\n":
            lines.append("")
        elif width_of(joined, size, bold) <= room:
            lines[-1] = joined
        else:
            lines = [*lines[:-1], *filter(None, lines[-1:]), *_broken(word, room, size, bold)]
    if len(lines) <= most:
        return "\n".join(lines)
    last = lines[most - 1]
    while last and width_of(f"{last}…", size, bold) > room:
        last = last[:-1]
    return "\n".join([*lines[: most - 1], f"{last.rstrip()}…"])


def _broken(word: str, room: float, size: float, bold: bool) -> list[str]:
    """A word in pieces no wider than `room`, of a letter at least."""
    pieces = [""]
    if width_of(word, size, bold) <= room:
        return [word]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size, bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces
