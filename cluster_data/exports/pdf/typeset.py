"""A sheet set by Typst, in as few tries as find one that fits. Only fonts that come with the dashboard are used."""

import json
from bisect import bisect_left
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import typst

from cluster_data.drawing.fonts import folders
from cluster_data.exports.pdf.template_data import STORY, VIEW, Data, TemplateData

TEMPLATE = Path(__file__).with_name("page.typ")
MOST_PAGES = 6
LOWEST_PICTURE = 220
FEW_ROWS = 5
OF_VIEW = [
    (rows, 1.0) for rows in (VIEW.rows, 24, 19, 15, 12, 10, 8, 6, FEW_ROWS)
]  # the most rows of a table, the scale of words
TIGHTER = [(0, 0.96), (0, 0.92), (3, 1.0), (3, 0.92)]  # rows less, and scale, lest the last page hold the end alone
OF_STORY = [(STORY.rows, 1.0), *((FEW_ROWS, scale) for scale in (1.0, 0.85, 0.7, 0.55, 0.4))]
KEPT = 10


def pdf(content: TemplateData) -> bytes:
    """The content as PDF/UA-1: with as many rows, and words as large, as leave it few pages."""
    story = content.data["story"]
    tries = [{"rows": str(rows), "scale": str(scale)} for rows, scale in (OF_STORY if story else OF_VIEW)]
    fits = _story_fits if story else _view_fits
    return typeset(TEMPLATE, content.data, content.files, tries, fits, _tighter, pdf_standards="ua-1")


def _tighter(chosen: dict[str, str], found: Data) -> list[dict[str, str]]:
    """What to try so that the end of a view does not stand on a page of its own."""
    rows = int(chosen["rows"])
    return [{"rows": str(rows - less), "scale": str(scale)} for less, scale in TIGHTER] if found["alone"] else []


def _view_fits(found: Data) -> bool:
    return bool(found["pages"] <= MOST_PAGES)


def _story_fits(found: Data) -> bool:
    """Whether a story has one page for each scene, and pictures that are high enough."""
    return bool(found["pages"] <= found["scenes"] and found["lowest"] >= LOWEST_PICTURE)


def typeset(
    template: Path,
    data: Data,
    files: dict[str, bytes],
    tries: list[dict[str, str]],
    fits: Callable[[Any], bool],
    better: Callable[[dict[str, str], Any], list[dict[str, str]]] = lambda *_: [],
    **form: Any,
) -> bytes:
    """What a template makes of data and files by the first of the tries that fits, or else by the last.

    `fits` tells it by what the template says that it has <measured>. Each try is smaller than those before. `better`
    names what else to try: the first of which `better` has nothing to say is taken instead.
    """
    said = json.dumps(data, ensure_ascii=False).encode(errors="replace")
    given: Any = {"main.typ": template.read_bytes(), "data.json": said, **files}  # Typst's types know no files by name

    @cache
    def measured(place: int) -> Any:
        return found(tries[place])

    def found(chosen: dict[str, str]) -> Any:
        told = typst.query(given, "<measured>", field="value", one=True, font_paths=fonts(), sys_inputs=chosen)
        return json.loads(told)

    def fit(place: int) -> bool:
        return fits(measured(place))

    place = 0 if fit(0) else 1 + bisect_left(range(1, len(tries) - 1), True, key=fit)
    chosen = tries[place]
    chosen = next((one for one in better(chosen, measured(place)) if not better(one, found(one))), chosen)
    made = bytes(typst.compile(given, font_paths=fonts(), sys_inputs=chosen, **form))
    forget()
    return made


def forget() -> None:
    """Free the memory of what was tried: Typst keeps what it has laid out until some more files are made."""
    for _ in range(KEPT + 1):
        typst.compile(b"", font_paths=fonts())


@cache
def fonts() -> typst.Fonts:
    """The fonts that come with the dashboard."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders())
