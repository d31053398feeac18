"""Rules of a single table, as the schemas state them: numbers, forms, ranges, ids that stand once."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaError, SchemaErrors

from cluster_data.input.check.forms import CHOICE, FORMS, correction
from cluster_data.input.faults import Fault, did_you_mean, in_quotes, not_known
from cluster_data.input.sheets import Sheet
from cluster_data.model.columns import NUMBERS
from cluster_data.model.tables import TABLES, Schema
from cluster_data.model.words import sentences

NUMBER = r"-?[0-9]{1,15}(?:\.[0-9]{0,17})?(?:[eE][+-]?[0-9]{1,2})?"
LARGEST_WHOLE = 1e15
THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")


def checked_cells(sheet: Sheet) -> Sheet:
    """The sheet with its numbers read and every fault of its cells added."""
    typed, faults = read_numbers(sheet)
    typed = replace(typed, spoilt=spoilt_lines(faults))
    faults += schema_faults(typed)
    return replace(typed, faults=(*typed.faults, *faults), spoilt=spoilt_lines(faults))


def spoilt_lines(faults: list[Fault]) -> dict[str, frozenset[int]]:
    """The lines of each column that a fault of one cell names."""
    lines = defaultdict(set)
    for fault in faults:
        if fault.line is not None and fault.column is not None and not fault.other_lines:
            lines[fault.column].add(fault.line)
    return {column: frozenset(found) for column, found in lines.items()}


def read_numbers(sheet: Sheet) -> tuple[Sheet, list[Fault]]:
    """The sheet with number columns as numbers, and a fault for each cell that is none."""
    rows, faults = sheet.texts.copy(deep=False), list[Fault]()
    for name, texts in sheet.texts.items():
        column = sheet.columns[name]
        kind = str(column.dtype)
        if kind in NUMBERS:
            whole = kind == "Int64"
            rows[name] = numbers(texts, whole).astype(kind)
            lost = texts[texts.notna() & rows[name].isna()]
            faults += [sheet.fault(line, name, text, *no_number(column, text, whole)) for line, text in lost.items()]
    return replace(sheet, rows=rows), faults


def numbers(texts: pd.Series, whole: bool) -> pd.Series:
    """Texts as numbers; missing where a text is none, or is not whole and should be."""
    values = pd.to_numeric(texts.where(texts.str.fullmatch(NUMBER))).astype("float64")
    return values.where((values % 1 == 0) & (values.abs() <= LARGEST_WHOLE)) if whole else values


def no_number(column: pa.Column, value: str, whole: bool) -> tuple[str, str]:
    """What is wrong with a text where a number should be, and what to do."""
    split = whole and DECIMAL.fullmatch(value)
    says = f"{in_quotes(value)} is not a {'whole number' if split else 'number that can be read'}."
    if THOUSANDS.fullmatch(value):
        one, other = value.replace(",", ""), value.replace(",", ".")
        either = one if whole or value.count(",") > 1 or "." in value else f"{one}, or {other} if it is no whole number"
        return says, f"Write {either}, without commas."
    example = "a whole number" if split else f"the digits alone, such as 1200{'' if whole else ' or 0.5'}"
    return says, f"Write {example}{or_nothing(column)}."


def or_nothing(column: pa.Column) -> str:
    """The leave to put nothing, where the column gives it."""
    return ", or leave it empty if it is not known" if column.nullable else ""


def schema_faults(sheet: Sheet) -> Iterator[Fault]:
    """What pandera finds, in words; cells that are spoilt already are left out."""
    try:
        values_only(sheet.model, tuple(sheet.rows.columns)).validate(sheet.rows, lazy=True)
    except SchemaErrors as found:
        for error in found.schema_errors:
            yield from in_words(sheet, error)


@lru_cache(maxsize=2 * len(TABLES))
def values_only(model: type[Schema], there: tuple[str, ...]) -> pa.DataFrameSchema:
    """The schema of the columns that are there; their types are right by now, and to check them again costs most."""
    schema = model.to_schema().select_columns(list(there))
    schema = schema.update_columns({name: {"dtype": None, "coerce": False} for name in there})
    schema.coerce = False
    if not set(schema.unique or ()) <= set(there):
        schema.unique = None
    return schema


def in_words(sheet: Sheet, error: SchemaError) -> Iterator[Fault]:
    """One thing that pandera found, as faults."""
    cases = error.failure_cases
    if "column" in cases:
        names = sheet.model.to_schema().unique
        says = f"{{both}} have the same {', '.join(names[:-1])} and {names[-1]}."
        yield from sheet.twins(sheet.sound(*names)[names], None, says, "Delete one line, or correct what differs.")
        return
    column = sheet.columns[error.schema.name]
    name = str(column.name)
    values = sheet.texts.loc[[line for line in cases["index"] if line not in sheet.spoilt.get(name, ())], name]
    if error.check == "not_nullable":
        says, advice = "nothing is there; every row needs a value.", f"Fill it in: {column.description}."
        yield from sheet.each(values, says, advice)
    elif error.check == "field_uniqueness":
        says, advice = "{both} are {value}. A value may stand here once.", "Delete one line or correct its value."
        yield from sheet.twins(values.to_frame(), name, says, advice)
    else:
        for line, value in values.items():
            yield sheet.fault(line, name, value, *misfit(column, value, error.check))


def misfit(column: pa.Column, value: str, check: pa.Check) -> tuple[str, str]:
    """What is wrong with a value out of its range or of another form than the column's, and what to do."""
    about, correct = check.statistics or {}, f"Correct it{or_nothing(column)}."
    if check.name != "str_matches":
        limits = {"min_value": "below", "max_value": "above"}
        beyond = [f"{value} is {limits[name]} {bound:.15g}." for name, bound in about.items() if name in limits]
        return sentences(*beyond) or f"{in_quotes(value)} is not what the column holds: {column.description}.", correct
    pattern = about["pattern"]
    if choice := CHOICE.fullmatch(pattern):
        says = f"{in_quotes(value)} is not one of the words for this column."
        return not_known(says, value, choice[1].split("|"), correct)
    form = FORMS.get(pattern, f"what the column holds: {column.description}")
    return f"{in_quotes(value)} is not {form}.", sentences(did_you_mean(correction(value, pattern)), correct)
