"""Letters of the fonts in use: where they lie, which signs they have, and where a text may be broken."""

import re
import unicodedata
from collections.abc import Container
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

from cluster_data.model import words
from cluster_data.model.clean import LOST, cleaned

JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
FOLDERS = {"font_source_sans_pro": "files", "font_source_serif_pro": "files", "matplotlib": "mpl-data/fonts/ttf"}
FACES = (  # text and fallback, by weight
    ("font_source_sans_pro/SourceSansPro-Regular", "matplotlib/DejaVuSans"),
    ("font_source_sans_pro/SourceSansPro-Semibold", "matplotlib/DejaVuSans-Bold"),
)
LONG, LONG_SITE = 18, 32
TOKEN = re.compile(r"\S+")
PIECE = re.compile(r"[^/?&=._\-]{0,18}[/?&=._\-]{1,4}|[^/?&=._\-]{1,18}")


class Run(TypedDict):
    """Text that may be broken at its spaces and between its pieces, and the address it leads to, if any."""

    pieces: list[str]
    to: str


Flow = list[Run]


def folders() -> list[str]:
    """Where the fonts lie."""
    return [str(_folder(package)) for package in FOLDERS]


def shown(text: object) -> str:
    """The text in one line as the fonts can show it: a sign that none of them has is replaced by LOST."""
    line = " ".join(str(text).split())
    if line.isascii() and line.isprintable():
        return line
    line = " ".join(unicodedata.normalize("NFC", cleaned(line)).split()).strip(f" {JOINERS}")
    return "".join(sign if sign in _known() else LOST for sign in line)


def flow(text: object, known: Container[str]) -> Flow:
    """The text; if it is a list of known addresses, with each as a link."""
    line = shown(text)
    found = [_run(address, address) for address in words.addresses(line, known)]
    parted = [run for link in found for run in (_run(" "), link)]
    return parted[1:] or plain(line)


def prose(text: object, views: Container[str]) -> Flow:
    """The text; if it ends with the address of one of the views, with that as a link."""
    before, space, last = shown(text).rpartition(" ")
    runs = [_run(before + space), *leading(last, last)] if last in views else plain(text)
    return [run for run in runs if run["pieces"]]


def leading(text: str, to: str) -> Flow:
    """The text as a link, if it leads to a web address."""
    return [_run(shown(text), to if words.is_address(to) else "")]


def by_site(runs: Flow) -> Flow:
    """The text with the name of its site for each address."""
    return [_site(run["to"]) if run["to"] else run for run in runs]


def plain(text: object) -> Flow:
    """The text with no link in it."""
    run = _run(shown(text))
    return [run] if run["pieces"] else []


def whole(runs: Flow) -> str:
    """A flow as text again."""
    return "".join(piece for run in runs for piece in run["pieces"])


def _site(address: str) -> Run:
    site = words.site(address)
    return Run(pieces=[site], to=address) if len(site) <= LONG_SITE else _run(site, address)


def _run(line: str, to: str = "") -> Run:
    pieces, end = [], 0
    for token in TOKEN.finditer(line):
        if len(token.group()) > LONG:
            parts = PIECE.findall(token.group())
            pieces += [line[end : token.start()] + parts[0], *parts[1:]]
            end = token.end()
    return Run(pieces=[piece for piece in [*pieces, line[end:]] if piece], to=to)


@cache
def _known() -> frozenset[str]:
    """The signs that the fonts have in both weights; a fallback gives what the first font of a weight lacks."""
    found = [frozenset[str]().union(*map(_of_face, faces)) for faces in FACES]
    return frozenset(sign for sign in frozenset.intersection(*found) if unicodedata.category(sign) != "Co")


def _of_face(face: str) -> set[str]:
    from fontTools.ttLib import TTFont

    package, name = face.split("/")
    with TTFont(_folder(package) / f"{name}.ttf", lazy=True) as font:
        return {chr(code) for code in font.getBestCmap()}


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"The fonts of {package} are not installed", name=package)
    return Path(spec.submodule_search_locations[0]) / FOLDERS[package]
