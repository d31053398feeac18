"""The fonts of files and pictures: where they lie, which signs they have, how wide words are, and their outlines."""

import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FOLDERS = {"font_source_sans_pro": "files", "font_source_serif_pro": "files", "matplotlib": "mpl-data/fonts/ttf"}
FACES = {  # text and what has the signs that it lacks, by whether it is bold
    False: ("font_source_sans_pro/SourceSansPro-Regular", "matplotlib/DejaVuSans"),
    True: ("font_source_sans_pro/SourceSansPro-Bold", "matplotlib/DejaVuSans-Bold"),
}
UNITS = 1000  # of the height of words
MISSING = "\N{WHITE SQUARE}"
_reading = RLock()


class Glyph(NamedTuple):
    """The outline of a sign as an SVG path, upwards from its baseline, and how far on the next one stands, in UNITS."""

    name: str
    path: str
    wide: float


def folders() -> list[str]:
    """Where the fonts lie."""
    return [str(_folder(package)) for package in FOLDERS]


@cache
def known() -> frozenset[str]:
    """The signs that the fonts have in both weights; a fallback gives what the first font of a weight lacks."""
    found = [frozenset[int]().union(*(font.getBestCmap() for font in _fonts(bold))) for bold in FACES]
    signs = map(chr, frozenset.intersection(*found))
    return frozenset(sign for sign in signs if unicodedata.category(sign) != "Co")


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide words of this size are, in its unit: their longest line."""
    return size * max(_wide(line, bold) for line in text.split("\n"))


@lru_cache(maxsize=50_000)
def _wide(line: str, bold: bool) -> float:
    return sum(glyph(sign, bold).wide for sign in line) / UNITS


@lru_cache(maxsize=5_000)
def glyph(sign: str, bold: bool = False) -> Glyph:
    """The glyph of a sign; a box for one that no font has."""
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen

    with _reading:
        code = ord(" " if sign.isspace() else sign if sign in known() else MISSING)
        font = next(font for font in _fonts(bold) if code in font.getBestCmap())
        glyphs, scale = font.getGlyphSet(), UNITS / font["head"].unitsPerEm
        pen, drawn = SVGPathPen(glyphs, ntos=lambda value: f"{value:.0f}"), glyphs[font.getBestCmap()[code]]
        drawn.draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
        return Glyph(f"{'b' if bold else 'r'}{code:x}", pen.getCommands(), drawn.width * scale)


@cache
def _fonts(bold: bool) -> "list[TTFont]":
    """The fonts of a weight, their own first. They are loaded when the first word is measured."""
    from fontTools.ttLib import TTFont

    paths = [face.split("/") for face in FACES[bold]]
    with _reading:
        return [TTFont(_folder(package) / f"{name}.ttf", lazy=True) for package, name in paths]


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"The fonts of {package} are not installed", name=package)
    return Path(spec.submodule_search_locations[0]) / FOLDERS[package]
