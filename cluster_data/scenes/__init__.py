"""The story told on stage: scenes, each one view of a page.

A story is that of the pack (scenes.csv), or that of a link, which holds the addresses of views. What a scene shows is
computed in `showing`; this much is enough to tell and to link to a story.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from cluster_data.model import words
from cluster_data.model.cluster import SEPARATOR, Cluster
from cluster_data.model.link_words import Parameters
from cluster_data.model.page_files import questions
from cluster_data.model.tables.story import HIGHLIGHTS, SCENES

MOST_VIEWS = 30
HOME = next(iter(questions()))


@dataclass(frozen=True)
class Scene:
    """A view of a page as the story asks for it: its parameters by name, as pairs, and words that go with it.

    Without a `sentence` the statement of the filter stands in its place.
    """

    page: str
    asked: tuple[tuple[str, tuple[str, ...]], ...] = ()
    topic: str = ""
    sentence: str = ""
    notes: str = ""

    @property
    def address(self) -> str:
        """The address of the view, from the root of the dashboard: "Four_Ds?d=Digital"."""
        path = "" if self.page == HOME else quote(self.page)
        query = urlencode(dict(self.asked), doseq=True)
        return f"{path}?{query}" if query else path


def scenes_of_pack(cluster: Cluster) -> tuple[Scene, ...]:
    """The story of the pack, in order. A pack that tells none gives one scene for each page."""
    rows = cluster.table("scenes").sort_values("order", kind="stable").fillna("")
    told = []
    for row in rows.itertuples():
        highlights = [[part.strip()] for part in row.highlight.split(SEPARATOR) if part.strip()]
        standing_out = dict(zip(HIGHLIGHTS.get(row.page, ()), highlights, strict=False))
        asked = _pairs(parse_qs(row.filter, keep_blank_values=True) | standing_out)
        told.append(Scene(row.page, asked, row.title, row.sentence, row.notes))
    return tuple(told) or tuple(Scene(page) for page in SCENES)


def _pairs(parameters: Parameters) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((key, tuple(values)) for key, values in parameters.items())


def scenes_of_link(views: Sequence[str]) -> tuple[Scene, ...]:
    """The story of a link: a scene for each of its views, at most MOST_VIEWS. A view is an address, short or whole."""
    found = []
    for view in views[:MOST_VIEWS]:
        parts = urlsplit(view)
        page = parts.path.rstrip("/").rpartition("/")[2] or HOME
        found.append(Scene(page, _pairs(parse_qs(parts.query, keep_blank_values=True))))
    return tuple(found)


def story_query(views: Sequence[str]) -> str:
    """The parameters of the address of a story made of these views, the first MOST_VIEWS of them."""
    return urlencode({"view": list(views[:MOST_VIEWS])}, doseq=True)


def slug_of(topic: str, scenes: int) -> str:
    """What the files of a story are called, from the topic of its first scene: "how-big-it-is-12-scenes"."""
    return words.slug(f"{topic} {words.count(scenes, 'scene')}".strip())


def title_of(cluster: Cluster, scenes: int) -> str:
    """What a story is called."""
    return f"{cluster.pack.name}: a story in {words.count(scenes, 'scene')}"
