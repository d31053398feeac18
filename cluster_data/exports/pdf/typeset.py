"""A sheet set by Typst, in as few tries as find one that fits. Only fonts that come with the dashboard are used."""

import json
from bisect import bisect_left
from functools import cache, partial
from pathlib import Path
from typing import Any

import typst

from cluster_data.drawing.fonts import folders
from cluster_data.exports.pdf.sheet import STORY, VIEW, Sheet

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
    files = _files(sheet)
    tries = [{"rows": str(rows), "scale": str(scale)} for rows, scale in (OF_STORY if sheet.data["story"] else OF_VIEW)]
    fits = partial(_fits, sheet, files)
    chosen = tries[0] if fits(tries[0]) else tries[1 + bisect_left(tries[1:-1], True, key=fits)]
    made = bytes(typst.compile(files, font_paths=fonts(), sys_inputs=chosen, pdf_standards="ua-1"))
    forget()
    return made


def _fits(sheet: Sheet, files: Any, chosen: dict[str, str]) -> bool:
    """Whether a view has few pages; whether a story has one for each scene, and pictures that are high enough."""
    answer = typst.query(files, "<measured>", field="value", one=True, font_paths=fonts(), sys_inputs=chosen)
    found = json.loads(answer)
    if not sheet.data["story"]:
        return bool(found["pages"] <= MOST_PAGES)
    return bool(found["pages"] <= found["scenes"] and found["lowest"] >= LOWEST_PICTURE)


def forget() -> None:
    """Free the memory of what was tried: Typst keeps what it has laid out until some more files are made."""
    for _ in range(KEPT + 1):
        typst.compile(b"", font_paths=fonts())


def _files(sheet: Sheet) -> Any:  # Typst takes files by name, but its types do not say so
    return {
        "main.typ": _template(),
        "data.json": json.dumps(sheet.data, ensure_ascii=False).encode(errors="replace"),
        **sheet.files,
    }


@cache
def _template() -> bytes:
    return Path(__file__).with_name("page.typ").read_bytes()


@cache
def fonts() -> typst.Fonts:
    """The fonts that come with the dashboard."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders())
