"""Rules across tables: what a cell names must be there, and be named once."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from cluster_data.input.faults import Fault, closest, did_you_mean, known_words, sentences, shown
from cluster_data.input.sheets import Sheet
from cluster_data.model.cluster import SEPARATOR, TABLE_OF_SORT
from cluster_data.model.words import listing

Sheets = Mapping[str, Sheet]
Parts = list[tuple[int, str]]
MOST_COMPARED = 50


def reference_faults(sheets: Sheets) -> Iterator[Fault]:
    """Cells that name what no table and no vocabulary holds, and cells that name one thing twice."""
    for sheet in sheets.values():
        for column in sheet.texts.columns:
            about = sheet.about(column)
            if not {"many", "refers", "vocabulary"} & set(about):
                continue
            parts = named_in(sheet, column)
            if about.get("many"):
                yield from repeated(sheet.file, column, parts)
            if "refers" in about:
                yield from unknown_ids(sheet.file, column, parts, sheets, about["refers"])
            if "vocabulary" in about:
                yield from unknown_words(sheet.file, column, parts, sheets["vocabulary"], about["vocabulary"])


def named_in(sheet: Sheet, column: str) -> Parts:
    """What each cell names, with its line."""
    cells = sheet.texts[column].dropna()
    pairs = zip(cells.index, cells.tolist(), strict=True)
    if not sheet.about(column).get("many"):
        return list(pairs)
    return [(line, part.strip()) for line, cell in pairs for part in cell.split(SEPARATOR)]


def repeated(file: str, column: str, parts: Parts) -> Iterator[Fault]:
    """Parts of one cell that are empty or stand twice."""
    for (line, part), times in Counter(parts).items():
        if not part:
            says = "a semicolon has nothing on one side."
            yield Fault(file, line, column, None, says, "Delete the semicolon or add what is missing.")
        elif times > 1:
            says = f"{shown(part)} stands twice in this cell."
            yield Fault(file, line, column, part, says, "Delete one of them.")


def key_of(sheet: Sheet) -> str:
    """The column that names the rows of a table."""
    return next(name for name, column in sheet.columns.items() if column.unique)


def unknown_ids(file: str, column: str, parts: Parts, sheets: Sheets, tables: Sequence[str]) -> Iterator[Fault]:
    """Ids that are in none of the tables. If one of the tables could not be read whole, nothing can be said."""
    targets = [sheets[table] for table in tables]
    if not all(target.whole and target.has(key_of(target)) for target in targets):
        return
    known = list(pd.concat([target.texts[key_of(target)] for target in targets]).dropna())
    files = [target.file for target in targets]
    for line, part, near in not_among(parts, known):
        yield unknown_id(file, line, column, part, near, known, files)


def unknown_words(file: str, column: str, parts: Parts, vocabulary: Sheet, field: str) -> Iterator[Fault]:
    """Words that vocabulary.csv does not list for the field."""
    if not (vocabulary.whole and vocabulary.has("field", "id")):
        return
    rows = vocabulary.texts
    known = list(rows.loc[rows["field"] == field, "id"].dropna())
    if not known and parts:
        yield no_words(vocabulary.file, field, file, column)
        return
    for line, part, near in not_among(parts, known):
        yield unknown_word(file, line, column, part, near, known, field)


def not_among(parts: Parts, known: list[str]) -> Iterator[tuple[int, str, str | None]]:
    """Line, part and closest known word of each part that is not known. Looking for likeness has an end."""
    among = {*known, ""}
    unknown = dict.fromkeys(pair for pair in parts if pair[1] not in among)
    words = list(dict.fromkeys(part for _, part in unknown))
    near = {part: closest(part, known) for part in words[:MOST_COMPARED]}
    for line, part in unknown:
        yield line, part, near.get(part)


def unknown_id(
    file: str, line: int, column: str, part: str, near: str | None, known: list[str], files: list[str]
) -> Fault:
    """An id that no row has."""
    single = len(files) == 1
    says = sentences(f"{shown(part)} is not in {listing(files, 'or')}.", known_words(known) if single else "")
    advice = f"If it is new, add a row to {files[0] if single else 'its table'}."
    return Fault(file, line, column, part, says, sentences(did_you_mean(near), advice))


def unknown_word(file: str, line: int, column: str, part: str, near: str | None, known: list[str], field: str) -> Fault:
    """A word that the vocabulary does not have."""
    says = sentences(f"{shown(part)} is not a word for this column.", known_words(known))
    advice = f"If it is a new word, add it to vocabulary.csv under the field {shown(field)}."
    return Fault(file, line, column, part, says, sentences(did_you_mean(near), advice))


def no_words(vocabulary: str, field: str, file: str, column: str) -> Fault:
    """A field without any word."""
    says = f"no row has the field {shown(field)}, whose words stand in {file}, column {shown(column)}."
    return Fault(vocabulary, None, "field", field, says, "Add its words.")


def sort_faults(vocabulary: Sheet) -> Iterator[Fault]:
    """Each sort of record needs a row in the vocabulary, for its label."""
    if not (vocabulary.whole and vocabulary.has("field", "id")):
        return
    rows = vocabulary.texts
    known = set(rows.loc[rows["field"] == "sort", "id"].dropna())
    for sort, table in TABLE_OF_SORT.items():
        if sort not in known:
            says = f"the field 'sort' has no row for {shown(sort)}, so the rows of {table}.csv have no label."
            yield Fault(vocabulary.file, None, "field", sort, says, "Add the row.")


def group_faults(groups: Sheet, areas: Sheet) -> Iterator[Fault]:
    """Groups that no area belongs to."""
    for line, group in groups.sound("column", "value").dropna(subset=["column", "value"]).iterrows():
        if not (areas.whole and areas.has(group["column"])):
            continue
        known = areas.texts[group["column"]].dropna().unique()
        if group["value"] not in known:
            near = closest(group["value"], list(known))
            says = f"no area has {shown(group['value'])} in its column {shown(group['column'])}."
            advice = sentences(did_you_mean(near), "Correct it, or give an area this value.")
            yield Fault(groups.file, int(line), "value", group["value"], says, advice)


def label_faults(sheets: Sheets) -> Iterator[Fault]:
    """Labels are how links and lists tell things apart, so two things may not share one."""
    for table in ("ds", "reaches"):
        yield from shared_labels(sheets[table], "label")
    yield from shared_labels(sheets["areas"], "name")
    yield from shared_labels(sheets["groups"], "label")
    yield from shared_labels(sheets["vocabulary"], "label", within=["field"])
    if sheets["areas"].has("name") and sheets["groups"].has("label"):
        names = set(sheets["areas"].texts["name"].dropna())
        labels = sheets["groups"].texts["label"]
        for line, label in labels[labels.isin(list(names))].items():
            says = f"{shown(label)} is also the name of an area."
            yield Fault(sheets["groups"].file, int(line), "label", label, says, "Give the group a label of its own.")


def shared_labels(sheet: Sheet, column: str, within: Sequence[str] = ()) -> Iterator[Fault]:
    """Rows of one table that share a label."""
    if not sheet.has(column, *within):
        return
    rows = sheet.texts.dropna(subset=[column])
    rows = rows[rows.duplicated([*within, column], keep=False)]
    for _, same in rows.groupby([*within, column]):
        lines, label = [int(line) for line in same.index], same[column].iloc[0]
        says = f"{'both' if len(lines) == 2 else 'all'} are {shown(label)}. A label may stand here once."
        yield Fault(sheet.file, lines[0], column, label, says, "Correct one of them.", tuple(lines[1:]))
