"""What each slide holds: the parts of a document, sorted by their headings."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, count

from cluster_data.document import Chart, Document, Heading, Map, Notes, Part, Poster, Table, Text, title_of
from cluster_data.drawing.pictures.canvas import POINTS
from cluster_data.exports.slides.letters import clean, height
from cluster_data.exports.slides.template import BODY, ROOM
from cluster_data.exports.tables import references

SIZES = (20.0, 16.0, 12.0)  # of paragraphs, of which the first that fills no second slide is taken
MOST_ROWS = 10  # of a table on a slide; one of up to twice as many goes on over further slides
NOTHING = "This view holds nothing to show."
SOURCES, IN_SHORT = "Sources and licences", "In short"

Shown = Chart | Map | Table


@dataclass
class Slide:
    """One slide: its title, what it shows, the sentences on it, and what its presenter says.

    A table that `goes_on` has all its rows, on as many slides as it takes; this is the `number`th, and so many
    rows stand `before` on earlier ones. Their `order` and the columns `left_out` are the same on all of them.
    """

    title: str
    shown: Shown | Poster | None = None
    sentences: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)
    goes_on: bool = False
    before: int = 0
    number: int = 1
    order: str = ""
    left_out: tuple[str, ...] = ()


def pages(document: Document) -> list[Slide]:
    """The slides after the first, no two with the same title; the last ones name sources and licences.

    A heading with what follows it is one slide, or one for each chart, map and table; sentences and notes belong to the
    first of them. A table without a heading of its own is named by what it is about. A poster comes first, and so does
    the picture of a view that a table stands before.
    """
    found = [page for title, parts in _sections(document) for page in _pages(title, parts, not document.story)]
    found = found or [Slide(document.title, sentences=[NOTHING])]
    if not document.story:
        found[:2] = sorted(found[:2], key=lambda page: not isinstance(page.shown, Chart | Map))
    if document.poster and len(document.poster.rows()):
        found.insert(0, Slide(document.title, document.poster))
    found += _in_pages(SOURCES, _sources(document), [])
    whole = clean(document.title)
    taken = {whole}
    for page in found:
        page.title = _title(page, taken, IN_SHORT if clean(page.title) == whole else "")
        taken.update(going_on(page.title, number) for number in range(1, MOST_ROWS if page.goes_on else 2))
    return found


def going_on(title: str, number: int) -> str:
    """The title of a slide that goes on, by which of its slides it is."""
    return f"{title} ({number})" if number > 1 else title


def _title(page: Slide, taken: set[str], unshown: str) -> str:
    """The page's title; if another slide bears it, what the page shows or `unshown`, and if need be with a number."""
    title = clean(page.title)
    about = clean(title_of(page.shown)) if page.shown else unshown
    if title in taken and about:
        title = about
    numbered = (f"{title} ({number})" for number in count(2))
    return next(filter(lambda wish: wish not in taken, chain([title], numbered)))


def _sections(document: Document) -> list[tuple[str, list[Part]]]:
    """Each heading with the parts after it, if any; those before the first stand under the document's title."""
    sections: list[tuple[str, list[Part]]] = [(document.title, [])]
    for part in document.parts:
        if isinstance(part, Heading):
            sections.append((part.text, []))
        else:
            sections[-1][1].append(part)
    return [
        (title, parts)
        for title, parts in sections
        if any(not isinstance(part, Text) or clean(part.text) for part in parts)
    ]


def _pages(title: str, parts: Sequence[Part], whole: bool) -> Iterator[Slide]:
    shown = [part for part in parts if isinstance(part, Shown)]
    notes = {clean(part.note) for part in shown} - {""}
    sentences = [text for part in parts if isinstance(part, Text) and (text := _without(clean(part.text), notes))]
    spoken = [clean(part.text) for part in parts if isinstance(part, Notes)]
    if not shown:
        yield from _in_pages(title, sentences, spoken)
        return
    for place, part in enumerate(shown):
        titled = part.about if place and isinstance(part, Table) else title
        goes_on = whole and isinstance(part, Table) and MOST_ROWS < len(part.rows()) <= 2 * MOST_ROWS
        said = ([], []) if place else (sentences, spoken)
        yield Slide(titled, part, *said, goes_on)


def _without(text: str, notes: Iterable[str]) -> str:
    """A text without what stands on the slide as the note of what is shown."""
    for note in notes:
        text = text.replace(note, "")
    return text.strip()


def _in_pages(title: str, sentences: Sequence[str], spoken: list[str]) -> list[Slide]:
    """Paragraphs on one slide, or on as many as the smallest words need."""
    for size in SIZES:
        found = [Slide(title, spoken=spoken)]
        for sentence in sentences:
            together = [*found[-1].sentences, sentence]
            if found[-1].sentences and height(together, size, (ROOM - 0.3) * POINTS) > (BODY[1] - 0.2) * POINTS:
                found.append(Slide(title))
            found[-1].sentences.append(sentence)
        if len(found) == 1:
            break
    return found


def _sources(document: Document) -> list[str]:
    """Where the figures come from, under which licences, and what the data does not hold: each line once."""
    pack = document.cluster.pack
    notes = [part.note for part in document.parts if isinstance(part, Shown)]
    known = f"{pack.name}: data as known in {pack.as_of_words}."
    lines = [*notes, *references(document), known, *pack.licences, *pack.limits]
    return [line for line in dict.fromkeys(map(clean, lines)) if line]
