"""Cells of tables on slides: values in words, web addresses as links that are named by their sites."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from cluster_data import words
from cluster_data.exports.slides.letters import Run, clean

COMMAS_FROM = 10_000


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


def cell_of(value: Any, known: Container[str] = ()) -> Cell:
    """A value as a cell; a list of known addresses as links: "nhs.uk, gov.uk (2)" if two of them are of one site."""
    text = in_words(value)
    return Cell(tuple(_by_site(words.addresses(text, known))) or ((text, ""),) if text else ())


def _by_site(addresses: list[str]) -> list[Run]:
    """Links to addresses, those of a site together: its name leads to the first, a number to each other."""
    sites: dict[str, list[str]] = {}
    for address in dict.fromkeys(addresses):
        sites.setdefault(words.site(address), []).append(address)
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
