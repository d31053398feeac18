"""Rules across tables: what a cell names must be there, and be named once; old ids lead to records that stay."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from cluster_data.input.faults import Fault, closest, did_you_mean, in_quotes, known_words
from cluster_data.input.sheets import Sheet
from cluster_data.model.cluster import SEPARATOR, TABLE_OF_TYPE
from cluster_data.model.tables.organisations import LINKED
from cluster_data.model.words import listing, sentences

Sheets = Mapping[str, Sheet]
Parts = list[tuple[int, str]]
MOST_COMPARED = 50
LABELS = {
    "ds": ["label"],
    "reaches": ["label"],
    "areas": ["name"],
    "groups": ["label"],
    "vocabulary": ["field", "label"],
}  # the columns that no two rows share, the label last


def reference_faults(sheets: Sheets) -> Iterator[Fault]:
    """Cells that name what no table and no vocabulary holds, and cells that name one thing twice."""
    for sheet in sheets.values():
        for column in sheet.texts.columns:
            about = sheet.about(column)
            if not {"many", "refers", "vocabulary"} & set(about):
                continue
            parts = parts_of(sheet, column)
            if about.get("many"):
                yield from repeat_faults(sheet, column, parts)
            if "refers" in about:
                yield from id_faults(sheet, column, parts, [sheets[table] for table in about["refers"]])
            if "vocabulary" in about:
                yield from word_faults(sheet, column, parts, sheets["vocabulary"], about["vocabulary"])


def parts_of(sheet: Sheet, column: str) -> Parts:
    """What each cell names, with its line."""
    cells = sheet.texts[column].dropna()
    pairs = zip(cells.index, cells.tolist(), strict=True)
    if not sheet.about(column).get("many"):
        return list(pairs)
    return [(line, part.strip()) for line, cell in pairs for part in cell.split(SEPARATOR)]


def repeat_faults(sheet: Sheet, column: str, parts: Parts) -> Iterator[Fault]:
    """Parts of one cell that are empty or stand twice."""
    for (line, part), times in Counter(parts).items():
        if not part:
            says = "a semicolon has nothing on one side."
            yield sheet.fault(line, column, None, says, "Delete the semicolon or add what is missing.")
        elif times > 1:
            says = f"{in_quotes(part)} stands twice in this cell."
            yield sheet.fault(line, column, part, says, "Delete one of them.")


def names_in(tables: Sequence[Sheet], columns: Sequence[str] = ()) -> list[str] | None:
    """What the rows of tables are named by; None if a table could not be read whole, so that nothing can be said.

    That is their key, unless a column is named for each table.
    """
    keys = columns or [next(name for name, column in table.columns.items() if column.unique) for table in tables]
    if not all(table.whole and table.has(key) for table, key in zip(tables, keys, strict=True)):
        return None
    return list(pd.concat([table.texts[key] for table, key in zip(tables, keys, strict=True)]).dropna())


def id_faults(sheet: Sheet, column: str, parts: Parts, tables: Sequence[Sheet]) -> Iterator[Fault]:
    """Ids that are in none of the tables."""
    known = names_in(tables)
    if known is None:
        return
    files = [table.file for table in tables]
    single = len(files) == 1
    advice = f"If it is new, add a row to {files[0] if single else 'its table'}."
    for line, part, near in not_among(parts, known):
        says = sentences(f"{in_quotes(part)} is not in {listing(files, 'or')}.", known_words(known) if single else "")
        yield sheet.fault(line, column, part, says, sentences(near, advice))


def word_faults(sheet: Sheet, column: str, parts: Parts, vocabulary: Sheet, field: str) -> Iterator[Fault]:
    """Words that vocabulary.csv does not list for the field."""
    known = words_of(vocabulary, field)
    if known is None:
        return
    if not known and parts:
        where = f"{sheet.file}, column {in_quotes(column)}"
        says = f"no row has the field {in_quotes(field)}, whose words stand in {where}."
        yield Fault(vocabulary.file, says, "Add its words.", field, column="field")
        return
    advice = f"If it is a new word, add it to vocabulary.csv under the field {in_quotes(field)}."
    for line, part, near in not_among(parts, known):
        says = f"{in_quotes(part)} is not a word for this column. {known_words(known)}"
        yield sheet.fault(line, column, part, says, sentences(near, advice))


def words_of(vocabulary: Sheet, field: str) -> list[str] | None:
    """The words that vocabulary.csv lists for a field; None if it could not be read whole."""
    rows, readable = vocabulary.texts, vocabulary.whole and vocabulary.has("field", "id")
    return list(rows.loc[rows["field"] == field, "id"].dropna()) if readable else None


def not_among(parts: Parts, known: list[str]) -> Iterator[tuple[int, str, str]]:
    """Line, part and the question for the closest word of each part not known; comparing has an end."""
    among = {*known, ""}
    unknown = dict.fromkeys(pair for pair in parts if pair[1] not in among)
    compared = list(dict.fromkeys(part for _, part in unknown))[:MOST_COMPARED]
    near = {part: did_you_mean(closest(part, known)) for part in compared}
    for line, part in unknown:
        yield line, part, near.get(part, "")


def type_faults(vocabulary: Sheet) -> Iterator[Fault]:
    """Each type of record needs a row in the vocabulary, for its label."""
    known = words_of(vocabulary, "record_type")
    for word, table in TABLE_OF_TYPE.items():
        if known is not None and word not in known:
            says = f"the field 'record_type' has no row for {in_quotes(word)}: the rows of {table}.csv have no label."
            yield Fault(vocabulary.file, says, "Add the row.", word, column="field")


def group_faults(groups: Sheet, areas: Sheet) -> Iterator[Fault]:
    """Groups that no area belongs to."""
    for line, group in groups.sound("column", "value").dropna(subset=["column", "value"]).iterrows():
        column, value = group["column"], group["value"]
        known = list(areas.texts[column].dropna().unique()) if areas.whole and areas.has(column) else [value]
        if value not in known:
            says = f"no area has {in_quotes(value)} in its column {in_quotes(column)}."
            advice = sentences(did_you_mean(closest(value, known)), "Correct it, or give an area this value.")
            yield groups.fault(line, "value", value, says, advice)


def label_faults(sheets: Sheets) -> Iterator[Fault]:
    """Labels are how links and lists tell things apart, so two things may not share one."""
    for sheet, columns in ((sheets[table], columns) for table, columns in LABELS.items()):
        if sheet.has(*columns):
            says, rows = "{both} are {value}. A label may stand here once.", sheet.texts[columns].dropna()
            yield from sheet.twins(rows, columns[-1], says, "Correct one of them.")
    areas, groups = sheets["areas"], sheets["groups"]
    if areas.has("name") and groups.has("label"):
        labels = groups.texts["label"].dropna()
        shared = labels[labels.isin(list(areas.texts["name"]))]
        yield from groups.each(shared, "{} is also the name of an area.", "Give the group a label of its own.")


def redirect_faults(sheets: Sheets) -> Iterator[Fault]:
    """Old ids that are in use, and those that lead to themselves or round in a circle."""
    redirects = sheets["redirects"]
    if not redirects.has("old_id", "id"):
        return
    rows = redirects.texts[["old_id", "id"]].dropna()
    lines = dict(zip(rows["old_id"], rows.index, strict=True))
    leads = dict(zip(rows["old_id"], rows["id"], strict=True))
    for sheet in (sheets[table] for table in LINKED if sheets[table].has("id")):
        cells = redirects.texts["old_id"].dropna()
        says = f"{{}} is the id of a record in {sheet.file}, so it is still used."
        advice = f"Take this row out, or take that record out of {sheet.file}."
        yield from redirects.each(cells[cells.isin(sheet.texts["id"].dropna())], says, advice)
    for start, *others in circles(leads):
        by = f", by {', '.join(map(in_quotes, others))}" if others else ""
        says = f"{in_quotes(start)} leads back to itself{by}, and so to no record."
        yield redirects.fault(lines[start], "id", leads[start], says, "Write the id of the record that stays.")


def circles(leads: Mapping[str, str]) -> Iterator[list[str]]:
    """The ids of each way that leads back to where it began."""
    seen: set[str] = set()
    for start in leads:
        passed: list[str] = []
        now = start
        while now in leads and now not in seen:
            seen.add(now)
            passed.append(now)
            now = leads[now]
        if now in passed:
            yield passed[passed.index(now) :]
