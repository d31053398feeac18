"""The forms in which a document can be taken away. Each is one module of this folder, found by being there.

A module gives ORDER (its place among the others), LABEL and SAYS (what a reader sees), SUFFIX and MIME, OF (VIEW for
any page, PACK for the page of the data, PROGRAM for what only the command line and the API give, POSTER for a view that
has one), and `file_of(document)`, the bytes of the file. One that makes several gives them as FORMS.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from cluster_data.document import Document

VIEW, PACK, PROGRAM, POSTER = "view", "pack", "program", "poster"


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
    file_of: Callable[[Document], bytes]


@cache
def every() -> tuple[Export, ...]:
    """All forms, in order."""
    found = [form for module in iter_modules(__path__) for form in _forms(module.name)]
    return tuple(sorted(found, key=lambda export: export.order))


def _forms(name: str) -> tuple[Export, ...]:
    form = import_module(f"{__name__}.{name}")
    if hasattr(form, "FORMS"):
        return tuple(form.FORMS)
    return (Export(form.ORDER, name, form.LABEL, form.SAYS, form.SUFFIX, form.MIME, form.OF, form.file_of),)


def suited(document: Document) -> tuple[Export, ...]:
    """The forms in which this document can be taken away."""
    wanted = {VIEW: True, PACK: document.page == "Data", POSTER: document.poster is not None, PROGRAM: False}
    suiting = [export for export in every() if wanted[export.of]]
    return tuple(sorted(suiting, key=lambda export: export.of != POSTER))
