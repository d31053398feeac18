"""Every rule that a pack must keep, and every fault of a pack at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cluster_data.input.check import references
from cluster_data.input.check.about import about_faults, named_faults, read_about
from cluster_data.input.check.borders import border_faults
from cluster_data.input.check.cells import checked_cells
from cluster_data.input.check.positions import Region, position_faults
from cluster_data.input.check.rows import figure_faults, row_faults
from cluster_data.input.check.scenes import scene_faults
from cluster_data.input.check.shapes import Shapes, layer_faults, read_shapes
from cluster_data.input.check.text import formula_faults, personal_faults
from cluster_data.input.faults import Fault
from cluster_data.input.sheets import read_sheet
from cluster_data.model.tables import TABLES

GEOMETRIES = ("boundaries", "basemap")


@dataclass(frozen=True, eq=False)
class Checked:
    """A pack as far as it could be read, and all its faults by file and line."""

    sheets: references.Sheets
    shapes: Mapping[str, Shapes]
    about: Mapping[str, Any]
    faults: tuple[Fault, ...]


def check(folder: Path, today: date) -> Checked:
    """Read all files of a pack and hold them against every rule."""
    sheets = {name: checked_cells(read_sheet(folder / f"{name}.csv", model)) for name, model in TABLES.items()}
    shapes = {name: read_shapes(folder / f"{name}.geojson") for name in GEOMETRIES}
    about = read_about(folder / "pack.toml")
    faults = [fault for sheet in sheets.values() for fault in sheet.faults]
    faults += [fault for one in shapes.values() for fault in one.faults]
    faults += layer_faults(shapes["basemap"])
    faults += rule_faults(sheets, shapes["boundaries"], today)
    if isinstance(about, Fault):
        faults.append(about)
        about = {}
    else:
        faults += [*about_faults(about, today), *named_faults(about, sheets)]
    return Checked(sheets, shapes, about, tuple(sorted(faults, key=lambda fault: fault.order)))


def rule_faults(sheets: references.Sheets, boundaries: Shapes, today: date) -> Iterator[Fault]:
    """The rules that need more than one cell."""
    crooked = list(border_faults(boundaries, sheets))
    yield from crooked
    borders = [] if crooked or boundaries.faults else [shape for _, shape in boundaries.features]
    region = Region.within(borders) if borders else None
    for sheet in sheets.values():
        yield from row_faults(sheet, today)
        yield from position_faults(sheet, region)
        yield from personal_faults(sheet)
        yield from formula_faults(sheet)
    yield from references.reference_faults(sheets)
    yield from references.type_faults(sheets["vocabulary"])
    yield from references.group_faults(sheets["groups"], sheets["areas"])
    yield from references.label_faults(sheets)
    yield from figure_faults(sheets["indicators"])
    yield from scene_faults(sheets)
    yield from references.redirect_faults(sheets)
