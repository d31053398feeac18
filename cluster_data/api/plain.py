"""Plain pages: a view as HTML without scripts, whose links lead to other plain pages, with the filter as links."""

from collections.abc import Callable, Mapping, Sequence

from cluster_data.api import openapi
from cluster_data.api.taken import STORY, pages, query_of, taken
from cluster_data.exports import html
from cluster_data.model import link_words
from cluster_data.model.cluster import Cluster, UnknownName
from cluster_data.model.filters import PARTS, Filter, link_of_filter, options
from cluster_data.model.link_words import Parameters
from cluster_data.model.page_files import page_title, questions
from cluster_data.model.words import listing

ROOT = "/plain"
ANY = "any"

Changes = Mapping[str, str | Sequence[str] | None]


def link(path: str, *parameters: Changes) -> str:
    """The address of a plain page; later parameters replace earlier ones, None takes one out."""
    merged = {key: value for asked in parameters for key, value in asked.items()}
    return f"{ROOT}/{path}{query_of({key: value for key, value in merged.items() if value is not None})}"


def page(cluster: Cluster, name: str, asked: Parameters, root: str = "") -> bytes:
    """The plain page of a view; UnknownName if there is none."""
    found = taken(name, cluster, asked, root)
    here, choice = found.document.page, link_of_filter(cluster, found.chosen)
    own = {key: values for key, values in found.asked.items() if key not in choice}

    def view(to: str, asked: Changes) -> str:
        return link(to, choice, asked) if to in questions() else ""

    def changed(changes: Changes) -> str:
        return link(here, choice, own, changes)

    def drawn(number: int) -> str:
        return link(f"{here}/{number}.svg", choice, own)

    return html.page(
        found.document,
        found.elements,
        html.Ways(view, changed, drawn),
        menu=[(page_title(one), view(one, {}), one == here) for one in pages()],
        filters=[] if here == STORY else _filters(cluster, found.chosen, changed),
        notices=found.notices,
        foot=[
            ("This view with all that can be done with it (needs JavaScript)", f"/{here}{query_of(found.asked)}"),
            ("This view as data (JSON)", f"/api/v1/views/{here}{query_of(found.asked)}"),
        ],
    )


def picture(cluster: Cluster, name: str, number: int, asked: Parameters) -> bytes:
    """One picture of a view as SVG; UnknownName if there is none."""
    found = list(html.drawn_parts(taken(name, cluster, asked).elements))
    if number >= len(found):
        raise UnknownName("picture", str(number), {str(known): None for known in range(len(found))})
    return html.picture(cluster, found[number])


def about_api(cluster: Cluster) -> bytes:
    """The page for people about the API."""
    document, parts = openapi.document(cluster)
    menu = [(page_title(one), link(one), False) for one in pages()]
    return html.page(document, parts, html.Ways(lambda page, _: page), menu=menu)


def _filters(cluster: Cluster, chosen: Filter, changed: Callable[[Changes], str]) -> list[html.Data]:
    """The boxes of the filter, each option a link that adds it or takes it away."""
    found = []
    for key, known in options(cluster).items():
        ids = [chosen.match] if key == link_words.MATCH else getattr(chosen, PARTS[key])
        labels = [label for label, word in known.items() if word in ids]
        ways = [(label, changed({key: _toggled(key, labels, label)}), label in labels) for label in known]
        if key != link_words.MATCH:
            ways.insert(0, (ANY, changed({key: "" if key == link_words.ROLE else None}), not labels))
        of_firms = " of firms" if key in (link_words.ROLE, link_words.STAGE) else ""
        found.append(html.choices(f"{key.capitalize()}{of_firms}", listing(labels) or ANY, ways))
    return found


def _toggled(key: str, labels: Sequence[str], label: str) -> list[str] | str:
    if key == link_words.MATCH:
        return label
    return [one for one in labels if one != label] or [""] if label in labels else [*labels, label]
