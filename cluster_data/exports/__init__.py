"""The forms in which a document can be taken away. Each is one module of this folder, found by being there.

A module gives ORDER (its place among the others), LABEL and SAYS (what a reader sees), SUFFIX and MIME, OF (VIEW for
any page, PACK for the page of the data, PROGRAM for what only the command line and the API give), and `made(document)`,
the bytes of the file.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from cluster_data.document import Document

VIEW, PACK, PROGRAM = "view", "pack", "program"


@dataclass(frozen=True)
class Export:
    """One form: how it is offered, and how its file is made."""

    order: int
    name: str
    label: str
    says: str
    suffix: str
    mime: str
    of: str
    made: Callable[[Document], bytes]


@cache
def every() -> tuple[Export, ...]:
    """All forms, in order."""
    found = []
    for module in iter_modules(__path__):
        form = import_module(f"{__name__}.{module.name}")
        found.append(Export(form.ORDER, module.name, form.LABEL, form.SAYS, form.SUFFIX, form.MIME, form.OF, form.made))
    return tuple(sorted(found, key=lambda export: export.order))
