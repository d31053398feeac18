"""Rules of scenes: their filter and what stands out in them must be there, and their words hold no figures."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl

import pandas as pd

from cluster_data.input.check.references import Sheets, key_of
from cluster_data.input.faults import Fault, closest, did_you_mean, known_words, sentences, shown
from cluster_data.input.sheets import Sheet
from cluster_data.model import link_words
from cluster_data.model.cluster import SEPARATOR
from cluster_data.model.tables.story import HIGHLIGHTS, NAMED_BY
from cluster_data.model.words import listing

WORDS_OF_LINKS = {"ds": ("id", "label", "order"), "areas": ("name",), "groups": ("label", "order")}
WORDS_OF_LINKS |= {"vocabulary": ("field", "id", "label", "plural", "order")}
NAMES = {"areas": "name", "groups": "label", "vocabulary": "id"}


def scene_faults(sheets: Sheets) -> Iterator[Fault]:
    """What a scene asks for and the pack does not have, and figures where the data should speak."""
    scenes = sheets["scenes"]
    yield from figures_told(scenes)
    if all(sheets[name].whole and sheets[name].has(*columns) for name, columns in WORDS_OF_LINKS.items()):
        known = link_words.options(lambda name: sheets[name].rows)
        for line, cell in scenes.sound("filter")["filter"].dropna().items():
            yield from filter_faults(scenes.file, int(line), cell, known)
    rows = scenes.sound("page", "highlight").dropna(subset=["page", "highlight"])
    for line, row in rows.iterrows():
        parts = [part.strip() for part in row["highlight"].split(SEPARATOR)]
        yield from highlight_faults(sheets, int(line), row["page"], parts)


def figures_told(scenes: Sheet) -> Iterator[Fault]:
    """Texts of scenes that hold digits."""
    for column in ("title", "sentence", "notes"):
        for line, text in scenes.sound(column)[column].dropna().items():
            figure = re.search(r"[0-9][0-9.,]*", text)
            if figure:
                says = f"the text holds the figure {shown(figure[0])}, which may go stale."
                advice = "Take it out: a scene’s figures are computed from the data."
                yield Fault(scenes.file, int(line), column, figure[0], says, advice)


def filter_faults(file: str, line: int, cell: str, known: link_words.Options) -> Iterator[Fault]:
    """Parameters that the filter does not have, and values that they do not know."""
    for key, value in parse_qsl(cell, keep_blank_values=True):
        if key not in link_words.FILTER:
            says = f"{shown(key)} is no part of the filter. {known_words(link_words.FILTER)}"
            near = closest(key, link_words.FILTER)
            yield Fault(file, line, "filter", key, says, sentences(did_you_mean(near), "Write it as an address does."))
        elif key in known and link_words.understood(known[key], [value])[1]:
            says = f"{shown(value)} is no value of {shown(key)}. {known_words(known[key])}"
            advice = sentences(did_you_mean(closest(value, list(known[key]))), "Correct it or take it out.")
            yield Fault(file, line, "filter", value, says, advice)


def highlight_faults(sheets: Sheets, line: int, page: str, parts: list[str]) -> Iterator[Fault]:
    """What should stand out but is not there, or cannot stand out on this page."""
    file, parameters = sheets["scenes"].file, HIGHLIGHTS.get(page, ())
    for part in parts[len(parameters) :]:
        most = f"at most {len(parameters)}" if parameters else "nothing"
        says = f"{shown(part)} cannot stand out: on {shown(page)} {most} can."
        yield Fault(file, line, "highlight", part, says, "Take it out.")
    for part, parameter in zip(parts, parameters, strict=False):
        tables = NAMED_BY[parameter]
        known = names_in(sheets, tables)
        if part and known is not None and part not in known:
            files = listing([sheets[table].file for table in tables], "or")
            says = sentences(f"{shown(part)} is not in {files}.", known_words(known) if len(tables) < 3 else "")
            advice = sentences(did_you_mean(closest(part, known)), "Correct it, or take the scene out.")
            yield Fault(file, line, "highlight", part, says, advice)


def names_in(sheets: Sheets, tables: tuple[str, ...]) -> list[str] | None:
    """What the rows of the tables are called in scenes; None if a table could not be read whole."""
    found: list[str] = []
    for table in tables:
        sheet = sheets[table]
        column = NAMES.get(table) or key_of(sheet)
        if not (sheet.whole and sheet.has(column)):
            return None
        rows: pd.DataFrame = sheet.texts
        if table == "vocabulary":
            rows = rows[rows["field"] == "indicator_measure"] if sheet.has("field") else rows
        found += rows[column].dropna().tolist()
    return found
