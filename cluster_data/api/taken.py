"""A view, or a story of several, as an address asks for it from outside the app."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from cluster_data import views
from cluster_data.document import Document
from cluster_data.elements import Element
from cluster_data.model import words
from cluster_data.model.cluster import Cluster, UnknownName
from cluster_data.model.day import today
from cluster_data.model.filters import Filter, filter_of_link, link_of_filter
from cluster_data.model.link_words import FILTER, Parameters, page_parameters
from cluster_data.model.page_files import questions
from cluster_data.model.tables.story import SCENES
from cluster_data.scenes import Scene, scenes_of_link, scenes_of_pack, story_query
from cluster_data.scenes.showing import document_of, shown_scene

STORY = "Present"
ASKING = "This link"


@dataclass(frozen=True)
class Taken:
    """A view with what a reader must know of its link; `in_vain` if some of what the link asks for is not known,
    `partly` if some of what a scene of a story asks for is not.

    `asked` holds the parameters as understood, those of the filter by label.
    """

    document: Document
    elements: Sequence[Element]
    chosen: Filter
    asked: dict[str, list[str]]
    notices: tuple[str, ...] = ()
    in_vain: bool = False
    partly: bool = False


def pages() -> list[str]:
    """The pages that can be taken, by name in the order of the menu."""
    return [name for name in questions() if name == STORY or views.has_view(name)]


def query_of(asked: Parameters) -> str:
    """Parameters as the end of an address: "?d=Data"; nothing if there are none."""
    return f"?{urlencode(asked, doseq=True)}" if asked else ""


def taken(name: str, cluster: Cluster, asked: Parameters, root: str = "") -> Taken:
    """The view of a page, whatever the case of its name; UnknownName if there is none, or none for a whole story.

    `root` is the address of the dashboard; without it the links of the view are paths: "/Four_Ds?d=Data".
    """
    named = {page.casefold(): page for page in pages()}
    if name.casefold() not in named:
        raise UnknownName("page", name[:60], dict.fromkeys(pages()))
    name = named[name.casefold()]
    if name == STORY:
        return _story(cluster, asked, root)
    found = views.opened(name, cluster, asked)
    own = {key: values for key, values in found.asked.items() if key in views.names_of(name) and any(values)}
    canonical = own | link_of_filter(cluster, found.page.chosen)
    link = Scene(name, tuple((key, tuple(values)) for key, values in canonical.items())).address
    document, notices = found.document(f"{root}/{link}"), tuple(found.notices(ASKING))
    return Taken(document, found.page.elements, found.page.chosen, canonical, notices, bool(found.unknown))


def _story(cluster: Cluster, asked: Parameters, root: str) -> Taken:
    known, strange = page_parameters(views.names_of(STORY), asked)
    chosen, unknown = filter_of_link(cluster, known)
    told = scenes_of_link(known.get("view", ())) or scenes_of_pack(cluster)
    if not any(scene.page in SCENES for scene in told):
        raise UnknownName("page", told[0].page[:60], dict.fromkeys(SCENES))
    story = [shown_scene(cluster, scene, questions()) for scene in told]
    link = f"{root}/{STORY}?{story_query(known['view'])}" if known.get("view") else f"{root}/{STORY}"
    links = [f"{root}/{scene.address}" for scene in told]
    vain = words.in_vain(ASKING, [*strange, *unknown], rest=True) if strange or unknown else ""
    missing = dict.fromkeys(scene.missing for scene in story if scene.missing)
    document = document_of(cluster, story, link, today(), links)
    own = {key: values for key, values in known.items() if key not in FILTER}
    notices, partly = tuple(filter(None, [vain, *missing])), any(scene.in_vain for scene in story)
    return Taken(document, document.parts, chosen, own, notices, bool(vain), partly)
