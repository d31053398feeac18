"""Cells of tables on slides: web addresses are links that are named by their sites."""

from collections.abc import Container
from dataclasses import dataclass

from cluster_data.exports.slides.letters import Run, clean
from cluster_data.model import words


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


def cell_of(said: str, known: Container[str] = ()) -> Cell:
    """A text as a cell; a list of known addresses as links: "nhs.uk, gov.uk (2)" if two of them are of one site."""
    text = clean(said)
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
