"""A sheet set by Typst: how many pages it takes, and the PDF. Only fonts that come with the dashboard are used."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

from cluster_data.exports.pdf import letters
from cluster_data.exports.pdf.sheet import Data, Sheet

KEPT = 10


def measured(sheet: Sheet) -> Data:
    """How the sheet comes out: pages; filled, the pages with the share of the last; lowest, the points that the
    lowest picture of a story is high."""
    answer: Data = json.loads(typst.query(_files(sheet), "<measured>", field="value", one=True, font_paths=_fonts()))
    return answer


def pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF/UA-1."""
    made = bytes(typst.compile(_files(sheet), font_paths=_fonts(), pdf_standards="ua-1"))
    _forget()
    return made


def _forget() -> None:
    """Free the memory of what was tried: Typst keeps what it has laid out until some more files are made."""
    for _ in range(KEPT + 1):
        typst.compile(b"", font_paths=_fonts())


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
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=letters.folders())
