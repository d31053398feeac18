"""Rules of a single table, as the schemas state them: numbers, forms, ranges, ids that stand once."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError, SchemaErrors

from cluster_data.input.check import sentences as say
from cluster_data.input.faults import Fault
from cluster_data.input.sheets import Sheet
from cluster_data.model.tables import TABLES, Table

NUMBER = r"-?[0-9]{1,15}(?:\.[0-9]{0,17})?(?:[eE][+-]?[0-9]{1,2})?"
LARGEST_WHOLE = 1e15


def checked_cells(sheet: Sheet) -> Sheet:
    """The sheet with its numbers read and every fault of its cells added."""
    typed, not_numbers = read_numbers(sheet)
    unfit = list(schema_faults(typed, spoilt_by(not_numbers)))
    faults = (*typed.faults, *not_numbers, *unfit)
    return replace(typed, faults=faults, spoilt=spoilt_by([*not_numbers, *unfit]))


def spoilt_by(faults: list[Fault]) -> dict[str, frozenset[int]]:
    """The lines of each column that a fault of one cell names."""
    lines = defaultdict(set)
    for fault in faults:
        if fault.line is not None and fault.column is not None and not fault.other_lines:
            lines[fault.column].add(fault.line)
    return {column: frozenset(found) for column, found in lines.items()}


def read_numbers(sheet: Sheet) -> tuple[Sheet, list[Fault]]:
    """The sheet with number columns as numbers, and a fault for each cell that is none."""
    rows, faults = sheet.texts.copy(deep=False), list[Fault]()
    for name in sheet.texts.columns:
        column = sheet.columns[name]
        kind = str(column.dtype)
        if kind not in ("float64", "Int64"):
            continue
        whole = kind == "Int64"
        rows[name] = numbers(sheet.texts[name], whole).astype(kind)
        lost = sheet.texts.loc[sheet.texts[name].notna() & rows[name].isna(), name]
        faults += [say.no_number(sheet.file, line, column, text, whole) for line, text in lost.items()]
    return replace(sheet, rows=rows), faults


def numbers(texts: pd.Series, whole: bool) -> pd.Series:
    """Texts as numbers; missing where a text is none, or is not whole and should be."""
    values = pd.to_numeric(texts.where(texts.str.fullmatch(NUMBER))).astype("float64")
    return values.where((values % 1 == 0) & (values.abs() <= LARGEST_WHOLE)) if whole else values


def schema_faults(sheet: Sheet, spoilt: dict[str, frozenset[int]]) -> Iterator[Fault]:
    """What pandera finds, in words; cells that are spoilt already are left out."""
    try:
        values_only(sheet.model, tuple(sheet.rows.columns)).validate(sheet.rows, lazy=True)
    except SchemaErrors as found:
        for error in found.schema_errors:
            yield from in_words(sheet, error, spoilt)


@lru_cache(maxsize=2 * len(TABLES))
def values_only(model: type[Table], there: tuple[str, ...]) -> pa.DataFrameSchema:
    """The schema of the columns that are there; their types are right by now, and to check them again costs most."""
    schema = model.to_schema().select_columns(list(there))
    schema = schema.update_columns({name: {"dtype": None, "coerce": False} for name in there})
    schema.coerce = False
    if not set(schema.unique or ()) <= set(there):
        schema.unique = None
    return schema


def in_words(sheet: Sheet, error: SchemaError, spoilt: dict[str, frozenset[int]]) -> Iterator[Fault]:
    """One thing that pandera found, as faults."""
    cases = error.failure_cases
    if "column" in cases:
        yield from same_rows(sheet, set(cases["index"]), spoilt)
        return
    column = sheet.columns[error.schema.name]
    lines = [line for line in cases["index"] if line not in spoilt.get(column.name, ())]
    values = sheet.texts.loc[lines, column.name]
    if error.check == "not_nullable":
        yield from (say.nothing_there(sheet.file, line, column) for line in lines)
    elif error.check == "field_uniqueness":
        for value, same in values.groupby(values):
            yield say.same_value(sheet.file, list(same.index), column, value)
    else:
        yield from (say.unfit(sheet.file, line, column, value, error.check) for line, value in values.items())


def same_rows(sheet: Sheet, lines: set[int], spoilt: dict[str, frozenset[int]]) -> Iterator[Fault]:
    """Rows that agree in every column that should tell them apart, and whose cells there could all be read."""
    names = sheet.model.to_schema().unique
    lost = frozenset[int]().union(*(spoilt.get(name, frozenset()) for name in names))
    rows = sheet.rows.loc[sorted(lines - lost), names]
    for _, same in rows.groupby(names, dropna=False):
        if len(same) > 1:
            yield say.same_row(sheet.file, list(same.index), names)
