"""A sheet set by Typst, in as few tries as find one that fits. Only fonts that come with the dashboard are used."""

import json
from bisect import bisect_left
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import typst

from cluster_data.drawing.fonts import folders
from cluster_data.exports.pdf.sheet import STORY, VIEW, Data, Sheet

TEMPLATE = Path(__file__).with_name("page.typ")
MOST_PAGES = 6
LOWEST_PICTURE = 220
FEW_ROWS = 5
OF_VIEW = [
    (rows, 1.0) for rows in (VIEW.rows, 24, 19, 15, 12, 10, 8, 6, FEW_ROWS)
]  # the most rows of a table, the scale of words
OF_STORY = [(STORY.rows, 1.0), *((FEW_ROWS, scale) for scale in (1.0, 0.85, 0.7, 0.55, 0.4))]
KEPT = 10


def pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF/UA-1: with as many rows, and words as large, as leave it few pages."""
    story = sheet.data["story"]
    tries = [{"rows": str(rows), "scale": str(scale)} for rows, scale in (OF_STORY if story else OF_VIEW)]
    fits = _story_fits if story else _view_fits
    return typeset(TEMPLATE, sheet.data, sheet.files, tries, fits, pdf_standards="ua-1")


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
    **form: Any,
) -> bytes:
    """What a template makes of data and files by the first of the tries that fits, or else by the last.

    `fits` tells it by what the template says that it has <measured>. Each try is smaller than those before.
    """
    said = json.dumps(data, ensure_ascii=False).encode(errors="replace")
    given: Any = {"main.typ": template.read_bytes(), "data.json": said, **files}  # Typst's types know no files by name

    def fit(chosen: dict[str, str]) -> bool:
        found = typst.query(given, "<measured>", field="value", one=True, font_paths=fonts(), sys_inputs=chosen)
        return fits(json.loads(found))

    chosen = tries[0] if fit(tries[0]) else tries[1 + bisect_left(tries[1:-1], True, key=fit)]
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
