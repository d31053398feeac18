"""What a pack says about itself: its `pack.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import quote

TOLD = ("firms", "thinly_covered")  # what a text in `limits` may name in braces: firms shown at first, and areas


@dataclass(frozen=True)
class Pack:
    """The pack's own words. `the_region` stands in sentences; `correction_address` holds {id} and {name}.

    Texts in `limits` may name in braces what is TOLD there.
    """

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
    thinly_covered: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()

    def told(self, **said: str) -> "Pack":
        """The pack with the words that stand for TOLD in its limits, as in "{firms} firms are listed".

        A limit that names what there is none of is left out.
        """
        limits = self.limits
        for name, word in said.items():
            limits = tuple(limit.replace(f"{{{name}}}", word) for limit in limits if word or f"{{{name}}}" not in limit)
        return replace(self, limits=limits)

    def correction_link(self, record: str, name: str) -> str:
        """The address at which a fault in the record can be told, or nothing if the pack has none."""
        return self.correction_address.replace("{id}", quote(record)).replace("{name}", quote(name))


def pack_of(said: Mapping[str, Any]) -> Pack:
    """The pack of a pack.toml, as its keys say and check/about.py has found them to be right."""
    texts = {name: [row["text"] for row in said[name]] for name in ("licences", "limits") if name in said}
    about: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in {**said, **texts}.items()
    }
    return Pack(**about)
