"""What each page says: one file a page, with the parameters it takes and a pure function that fills the page.

A view knows neither a screen nor a file: `ui` draws it, `scenes` tells it on stage, `exports` writes it, the command
line and the API give it.

A file gives `view(page)`, and where it has them PARAMETERS; ICON, its Material symbol in the menu; FILTER_BOX, the part
of the filter that it shows in place of the sidebar; DRAWN_WITH, what is fetched early for it: "chart", "map", "list".
"""

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from cluster_data.document import Document
from cluster_data.elements import in_files
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.day import today
from cluster_data.model.filters import Filter, filter_of_link
from cluster_data.model.link_words import OF_EVERY_PAGE, TEXT, Parameters, page_parameters
from cluster_data.model.page_files import questions
from cluster_data.model.redirects import Moved, moved_in_words, redirected
from cluster_data.model.search import cut_in_words
from cluster_data.views.page import Page, Parameter


@cache
def module_of(page: str) -> ModuleType | None:
    """The file of a page's view, by the page's name in addresses."""
    name = f"{__name__}.{page.lower()}"
    return import_module(name) if page in questions() and find_spec(name) else None


def has_view(page: str) -> bool:
    """Whether there is a view of this page."""
    return hasattr(module_of(page), "view")


def parameters_of(page: str) -> tuple[Parameter, ...]:
    """The parameters that a page's address takes beside the filter, in the order of its boxes."""
    return getattr(module_of(page), "PARAMETERS", ())


def icon_of(page: str) -> str:
    """The symbol of a page in the menu."""
    return getattr(module_of(page), "ICON", "article")


def filter_box_of(page: str) -> str:
    """The part of the filter that a page shows itself, by its name in addresses; empty if it shows none."""
    return getattr(module_of(page), "FILTER_BOX", "")


def drawn_with(page: str) -> tuple[str, ...]:
    """What is large and the page always draws: "chart", "map", "list"."""
    return getattr(module_of(page), "DRAWN_WITH", ())


def names_of(page: str) -> tuple[str, ...]:
    """The names of a page's parameters, as addresses hold them."""
    return tuple(parameter.name for parameter in parameters_of(page))


def record_names_of(page: str) -> tuple[str, ...]:
    """The names of those parameters of a page whose values name records."""
    return tuple(parameter.name for parameter in parameters_of(page) if parameter.records)


def page_of(name: str, cluster: Cluster, chosen: Filter, asked: Parameters) -> Page:
    """The view of a page. `asked` holds the parameters by their names; LookupError if there is no such view."""
    module = module_of(name)
    if module is None or not has_view(name):
        raise LookupError(f"There is no view of the page {name!r}.")
    page = Page(cluster, chosen, asked)
    module.view(page)
    return page


@dataclass(frozen=True)
class Opened:
    """A view that a link asks for: its page, the parameters as understood, what of them is unknown or has moved."""

    name: str
    page: Page
    asked: dict[str, list[str]]
    unknown: list[tuple[str, str]] = field(default_factory=list)
    moved: Moved = ()

    def notices(self, asking: str = "This link") -> list[str]:
        """What a reader must know of the link: ids that have moved, what is asked for in vain, a search that is cut."""
        known = [(key, value) for key, values in self.asked.items() for value in values]
        rest = any(pair not in self.unknown for pair in known)
        return [
            *filter(None, [moved_in_words(self.page.cluster, self.moved)]),
            *([words.in_vain(asking, self.unknown, rest)] if self.unknown else []),
            *filter(None, [cut_in_words(next(iter(self.asked.get(TEXT, ())), ""))]),
        ]

    def document(self, link: str = "") -> Document:
        """The view as a document for files; `link` is its whole address."""
        page, draft = self.page, self.page.draft
        besides = [value for key, values in self.asked.items() if key not in OF_EVERY_PAGE for value in values]
        return Document(
            cluster=page.cluster,
            page=self.name,
            question=questions()[self.name],
            title=draft.title,
            statement=draft.whole_statement(),
            slug=words.slug(" ".join([*besides, page.chosen.words(page.cluster)])),
            link=link,
            made=today(),
            parts=tuple(in_files(page.elements)),
            poster=draft.poster,
        )


def opened(name: str, cluster: Cluster, asked: Parameters) -> Opened:
    """The view of a page as a link asks for it, whatever the link says; LookupError if there is no such page."""
    written, strange = page_parameters(names_of(name), asked)
    parameters, moved = redirected(cluster, written, record_names_of(name))
    chosen, unknown = filter_of_link(cluster, parameters)
    page = page_of(name, cluster, chosen, parameters)
    return Opened(name, page, parameters, [*strange, *unknown, *page.unknown], moved)
