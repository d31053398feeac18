"""A view as JSON, for programs: its words, and its tables with typed columns."""

import json
import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from cluster_data.document import Chart, Document, Heading, Map, Notes, Part, Table, title_of
from cluster_data.exports import PROGRAM
from cluster_data.model.clean import cleaned
from cluster_data.model.formats import Number, as_data, columns_of, formats_of, is_missing, is_number, typed
from cluster_data.model.pack import Pack

ORDER = 100
LABEL = "JSON"
SAYS = "The words and every table of this view, each column with its format and unit, for programs."
SUFFIX = "json"
MIME = "application/json"
OF = PROGRAM

Data = dict[str, Any]


def file_of(document: Document) -> bytes:
    """The bytes of a JSON file, all rows included."""
    return written(content(document), indent=1)


def written(data: Data, indent: int | None = None) -> bytes:
    """Data as JSON; without an indent in one line."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=indent).encode()


def content(document: Document, most: int | None = None) -> Data:
    """A view as data; of each table at most so many rows."""
    return {
        "page": document.page,
        "question": cleaned(document.question),
        "title": cleaned(document.title),
        "statement": cleaned(document.statement),
        "link": cleaned(document.link),
        "made": document.made.isoformat(),
        **about_pack(document.cluster.pack),
        "parts": [_part(part, most) for part in document.parts],
    }


def about_pack(pack: Pack) -> Data:
    """What goes with everything that is taken from a pack: its name, its date and its terms."""
    return {
        "pack": {"name": cleaned(pack.name), "as_of": pack.as_of.isoformat()},
        "licences": [cleaned(line) for line in pack.licences],
    }


def _part(part: Part, most: int | None) -> Data:
    kind = {"type": type(part).__name__.lower()}
    if isinstance(part, Table | Chart | Map):
        return kind | {"about": cleaned(title_of(part)), "note": cleaned(part.note)} | table(part.rows(), most)
    level: Data = {"level": part.level} if isinstance(part, Heading) else {}
    return kind | level | {"text": cleaned(part.text if isinstance(part, Heading | Notes) else part.whole)}


def table(rows: pd.DataFrame, most: int | None = None) -> Data:
    """Rows as data: how many there are, what each column holds, and the first of them; what is not known is null."""
    unsaid = {name: replace(shown, unknown="") for name, _, shown in columns_of(rows)}
    data = as_data(typed(rows.head(len(rows) if most is None else most), unsaid))
    names = _each_once(map(str, data.columns))
    cells = [[value(cell) for cell in data.iloc[:, place]] for place in range(data.shape[1])]
    return {
        "total": len(rows),
        "columns": [
            {"name": name, "format": type(shown).__name__.lower()}
            | ({"unit": shown.unit} if isinstance(shown, Number) and shown.unit else {})
            for name, shown in zip(names, formats_of(data), strict=True)
        ],
        "records": [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)],
    }


def _each_once(names: Iterable[str]) -> list[str]:
    found: list[str] = []
    for name in map(cleaned, names):
        again = sum(other.rpartition(" ")[0] == name or other == name for other in found)
        found.append(f"{name} {again + 1}" if name in found else name)
    return found


def value(cell: Any) -> Any:
    """A cell as JSON has it."""
    if isinstance(cell, list | tuple):
        return [value(part) for part in cell]
    if is_missing(cell):
        return None
    if pd.api.types.is_bool(cell):
        return bool(cell)
    if is_number(cell):
        number = float(cell)
        return (int(number) if number.is_integer() else number) if math.isfinite(number) else None
    return cleaned(str(cell))
