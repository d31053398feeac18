"""Cells of tables on slides: values in words, web addresses as links that are named by their sites."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cluster_data.exports.slides.letters import Run, clean

COMMAS_FROM = 10_000
ADDRESS = r"https?://[^\s<>\"]+[^\s<>\".,;:)](?=[.,;:)]*(?:\s|$))"
ADDRESSES = re.compile(rf"(?<!\S){ADDRESS}(?:[,;]?\s+{ADDRESS})*")
SITE = re.compile(
    r"https?://(?:www\.)?([A-Za-z0-9.-]+)(?::\d+)?(?:[/?#](?:[\w.~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?", re.ASCII
)
PARTED = re.compile(r"[,;]?\s+")


@dataclass(frozen=True)
class Cell:
    """What a cell says, in runs that may be links; whether it said more."""

    runs: tuple[Run, ...]
    cut: bool = False

    @property
    def text(self) -> str:
        """The cell as its reader sees it."""
        return "".join(text for text, _ in self.runs)

    def within(self, letters: int) -> "Cell":
        """The cell, ended with … if it has more letters."""
        if len(self.text) <= letters:
            return self
        kept, room = [], letters - 1
        for text, address in self.runs:
            if room > 0:
                kept.append((text[:room], address))
                room -= len(text)
        text, address = kept[-1]
        return Cell((*kept[:-1], (f"{text.rstrip()}…", address)), cut=True)


def cell_of(value: Any) -> Cell:
    """A value as a cell: "nhs.uk, gov.uk (2)" where it names a page of one site and two of another."""
    text = in_words(value)
    runs: list[Run] = []
    end = 0
    for found in ADDRESSES.finditer(text):
        runs += [(text[end : found.start()], ""), *_by_site(PARTED.split(found.group()))]
        end = found.end()
    return Cell(tuple(run for run in [*runs, (text[end:], "")] if run[0]))


def _by_site(addresses: list[str]) -> list[Run]:
    """Links to addresses, those of a site together: its name leads to the first, a number to each other."""
    sites: dict[str, list[str]] = {}
    for address in dict.fromkeys(addresses):
        found = SITE.fullmatch(address)
        sites.setdefault(found[1] if found else address, []).append(address if found else "")
    runs: list[Run] = []
    for site, (first, *others) in sites.items():
        runs += [(", ", "")] if runs else []
        runs.append((site, first))
        for number, address in enumerate(others, 2):
            runs += [(" (" if number == 2 else ", ", ""), (str(number), address)]
        runs += [(")", "")] if others else []
    return runs


def in_words(value: Any) -> str:
    """A cell as its reader sees it: numbers from 10,000 with commas, two decimals at most, nothing if unknown."""
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return ""
    if isinstance(value, (bool, np.bool_)):
        return "Yes" if value else "No"
    if isinstance(value, (int, np.integer)):
        return _grouped(value, "d")
    if isinstance(value, (float, np.floating)):
        number = float(value)
        small = 0 < abs(number) < 0.01
        return f"{number:.2g}" if small else _grouped(number, ".2f").rstrip("0").rstrip(".")
    return clean(value)


def _grouped(number: Any, form: str) -> str:
    """A number with commas only if it is too large for a year."""
    return format(number, f",{form}" if abs(number) >= COMMAS_FROM else form)
