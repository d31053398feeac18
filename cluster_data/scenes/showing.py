"""What a scene shows: the finding and the picture of its view, computed from the data by the measures of its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cluster_data import views
from cluster_data.document import Document, Heading, Notes, Part, Picture, Text
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.link_words import OF_EVERY_PAGE, OF_THE_FRAME
from cluster_data.model.page_files import page_title
from cluster_data.model.tables.story import SCENES
from cluster_data.scenes import Scene, slug_of, title_of


@dataclass(frozen=True)
class ShownScene:
    """A scene as it is shown. `missing` says what of it is asked for in vain or cut; an unknown page has no picture.

    `in_vain` if something of it is not known.
    """

    topic: str
    finding: str
    sentence: str
    statement: str
    picture: Picture | None
    notes: str
    missing: str = ""
    in_vain: bool = False

    @property
    def source(self) -> str:
        """What the picture shows: the filter in words unless it has been said, unit, source."""
        said = [] if self.statement == self.sentence else [f"{self.statement}."]
        return " ".join([*said, *([self.picture.note] if self.picture else [])])


def shown_scene(cluster: Cluster, scene: Scene, questions: Mapping[str, str]) -> ShownScene:
    """A scene with its finding and picture. `questions` gives, by page, what stands for a topic that is not told."""
    topic = scene.topic or questions.get(scene.page, "")
    if scene.page not in SCENES:
        name, there = scene.page[:60], words.listing(map(page_title, SCENES))
        missing = f"This scene asks for the page “{name}”, which is none that a story can show. There are {there}."
        finding = f"A story has no page “{name}”"
        return ShownScene(topic, finding, scene.sentence, "", None, scene.notes, missing, in_vain=True)
    found = views.opened(scene.page, cluster, dict(scene.asked))
    told = found.page.scene
    of_page = set(found.asked) - {*OF_EVERY_PAGE, *OF_THE_FRAME, *told.shows}
    others = [(key, value) for key in sorted(of_page) for value in found.asked[key] if value]
    left_out, _ = words.parameters(pair for pair in others if pair not in found.unknown)
    said = [f"This scene does not go by {left_out}, as its page does."] if left_out else []
    return ShownScene(
        topic=topic,
        finding=told.finding,
        sentence=scene.sentence or told.statement,
        statement=told.statement,
        picture=told.picture,
        notes=scene.notes,
        missing=" ".join([*found.notices("This scene"), *said]),
        in_vain=bool(found.unknown),
    )


def document_of(
    cluster: Cluster, story: Sequence[ShownScene], link: str, made: date, links: Sequence[str] = ()
) -> Document:
    """The whole story as a document, to be taken away as slides or pages; `links` are the addresses of its views."""
    parts: list[Part] = []
    for scene, address in zip(story, links or [""] * len(story), strict=True):
        here = f"This view: {address}" if address else ""
        said = [scene.sentence, scene.missing, "" if scene.picture else here]
        parts += [Heading(scene.finding), Text(" ".join(filter(None, said)))]
        if scene.picture:
            parts.append(replace(scene.picture, note=f"{scene.source} {here}".strip()))
        parts.append(Notes("\n".join(filter(None, [scene.topic, scene.notes, here]))))
    return Document(
        cluster=cluster,
        page="Present",
        question="What is the story?",
        title=title_of(cluster, len(story)),
        statement="Each scene states its own choice of records",
        slug=slug_of(story[0].topic, len(story)),
        link=link,
        made=made,
        parts=tuple(parts),
        story=True,
        views=tuple(links),
    )
