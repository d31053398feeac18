"""Texts as the fonts in use can show them, and where they may be broken."""

import re
import unicodedata
from collections.abc import Container
from typing import TypedDict

from cluster_data.drawing.fonts import known as known_signs
from cluster_data.model import words
from cluster_data.model.clean import LOST, cleaned

JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
LONG, LONGEST_PIECE = 18, 22
TOKEN = re.compile(r"\S+")
PIECE = re.compile(r"[^/?&=._\-]{0,18}[/?&=._\-]{1,4}|[^/?&=._\-]{1,18}")


class Run(TypedDict):
    """Text that may be broken at its spaces and between its pieces, and the address it leads to, if any."""

    pieces: list[str]
    to: str


Flow = list[Run]


def one_line(text: object) -> str:
    """The text in one line as the fonts can show it: a sign that none of them has is replaced by LOST."""
    line = " ".join(str(text).split())
    if line.isascii() and line.isprintable():
        return line
    line = " ".join(unicodedata.normalize("NFC", cleaned(line)).split()).strip(f" {JOINERS}")
    return "".join(sign if sign in known_signs() else LOST for sign in line)


def flow(text: object, known: Container[str]) -> Flow:
    """The text; if it is a list of known addresses, with each as a link."""
    line = one_line(text)
    found = [_run(address, address) for address in words.addresses(line, known)]
    parted = [run for link in found for run in (_run(" "), link)]
    return parted[1:] or plain(line)


def prose(text: object, views: Container[str]) -> Flow:
    """The text; if it ends with the address of one of the views, with that as a link."""
    before, space, last = one_line(text).rpartition(" ")
    runs = [_run(before + space), *leading(last, last)] if last in views else plain(text)
    return [run for run in runs if run["pieces"]]


def leading(text: str, to: str) -> Flow:
    """The text as a link, if it leads to a web address."""
    return [_run(one_line(text), to if words.is_address(to) else "")]


def by_site(runs: Flow) -> Flow:
    """The text with the name of its site for each address; a site of several has a number for each, behind its name."""
    sites: dict[str, list[str]] = {}
    for to in dict.fromkeys(run["to"] for run in runs if run["to"]):
        sites.setdefault(words.site(to), []).append(to)
    found = [run for site, pages in sites.items() for run in (_run(" "), *_site(site, pages))]
    return found[1:] or runs


def plain(text: object) -> Flow:
    """The text with no link in it."""
    run = _run(one_line(text))
    return [run] if run["pieces"] else []


def whole(runs: Flow) -> str:
    """A flow as text again."""
    return "".join(piece for run in runs for piece in run["pieces"])


def parted(runs: Flow) -> str:
    """A flow as text with a space wherever a word may be broken."""
    return "".join(" ".join(run["pieces"]) for run in runs)


def _site(site: str, pages: list[str]) -> Flow:
    if len(pages) == 1:
        return [_run(site, pages[0])]
    numbers = [run for number, to in enumerate(pages, 1) for run in (_run(", "), _run(str(number), to))]
    return [_run(f"{site} ("), *numbers[1:], _run(")")]


def _run(line: str, to: str = "") -> Run:
    pieces, end = [], 0
    for token in TOKEN.finditer(line):
        if len(token.group()) > LONG:
            parts = PIECE.findall(token.group())
            pieces += [line[end : token.start()] + parts[0], *parts[1:]]
            end = token.end()
    return Run(pieces=[piece for piece in [*pieces, line[end:]] if piece], to=to)
