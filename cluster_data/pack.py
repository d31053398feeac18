"""What a pack says about itself: its `pack.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote


@dataclass(frozen=True)
class Pack:
    """The pack's own words. `the_region` stands in sentences; `correction_address` holds {id} and {name}."""

    name: str
    region: str
    the_region: str
    as_of: date
    as_of_words: str
    correction_address: str = ""
    population_source: str = ""
    headline_indicators: tuple[str, ...] = ()
    outlines: tuple[str, ...] = ()
    outline_kind: str = ""
    licences: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()

    def correction_link(self, record: str, name: str) -> str:
        """The address at which a fault in the record can be told, or nothing if the pack has none."""
        return self.correction_address.replace("{id}", quote(record)).replace("{name}", quote(name))


def pack_of(said: Mapping[str, Any]) -> Pack:
    """The pack of a pack.toml, as its keys say and check/about.py has found them to be right."""
    return Pack(
        **{name: said[name] for name in ("name", "region", "the_region", "as_of", "as_of_words")},
        correction_address=said.get("correction_address", ""),
        population_source=said.get("population_source", ""),
        headline_indicators=tuple(said.get("headline_indicators", ())),
        outlines=tuple(said.get("outlines", ())),
        outline_kind=said.get("outline_kind", ""),
        licences=tuple(row["text"] for row in said.get("licences", ())),
        limits=tuple(row["text"] for row in said.get("limits", ())),
    )
