"""Rules of scenes: their filter and what stands out in them must be there, and their words hold no figures."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl

from cluster_data.input.check.references import Sheets, names_in, words_of
from cluster_data.input.faults import Fault, closest, did_you_mean, in_quotes, known_words, not_known
from cluster_data.input.sheets import Sheet
from cluster_data.model import link_words
from cluster_data.model.cluster import SEPARATOR
from cluster_data.model.tables.story import HIGHLIGHTS, NAMED_BY
from cluster_data.model.words import listing, sentences

WORDS_OF_LINKS = {
    "ds": ("id", "label", "order"),
    "areas": ("name",),
    "groups": ("label", "order"),
    "vocabulary": ("field", "id", "label", "plural", "order"),
}
LABELS = {"areas": "name", "groups": "label"}  # what scenes call their rows by, in place of the key


def scene_faults(sheets: Sheets) -> Iterator[Fault]:
    """What a scene asks for and the pack does not have, and figures where the data should speak."""
    scenes = sheets["scenes"]
    for column in ("title", "sentence", "notes"):
        for line, text in scenes.sound(column)[column].dropna().items():
            if figure := re.search(r"[0-9][0-9.,]*", text):
                says = f"the text holds the figure {in_quotes(figure[0])}, which may go stale."
                advice = "Take it out: a scene’s figures are computed from the data."
                yield scenes.fault(line, column, figure[0], says, advice)
    if all(sheets[name].whole and sheets[name].has(*columns) for name, columns in WORDS_OF_LINKS.items()):
        known = link_words.options(lambda name: sheets[name].rows)
        for line, cell in scenes.sound("filter")["filter"].dropna().items():
            yield from filter_faults(scenes, line, cell, known)
    for line, row in scenes.sound("page", "highlight").dropna(subset=["page", "highlight"]).iterrows():
        parts = [part.strip() for part in row["highlight"].split(SEPARATOR)]
        yield from highlight_faults(sheets, line, row["page"], parts)


def filter_faults(scenes: Sheet, line: object, cell: str, known: link_words.Options) -> Iterator[Fault]:
    """Parameters that the filter does not have, and values that they do not know."""
    for key, value in parse_qsl(cell, keep_blank_values=True):
        if key not in link_words.FILTER:
            says, advice = f"{in_quotes(key)} is no part of the filter.", "Write it as an address does."
            yield scenes.fault(line, "filter", key, *not_known(says, key, link_words.FILTER, advice))
        elif key in known and link_words.labels_of(known[key], [value])[1]:
            says, advice = f"{in_quotes(value)} is no value of {in_quotes(key)}.", "Correct it or take it out."
            yield scenes.fault(line, "filter", value, *not_known(says, value, list(known[key]), advice))


def highlight_faults(sheets: Sheets, line: object, page: str, parts: list[str]) -> Iterator[Fault]:
    """What should stand out but is not there, or cannot stand out on this page."""
    scenes, parameters = sheets["scenes"], HIGHLIGHTS.get(page, ())
    for part in parts[len(parameters) :]:
        most = f"at most {len(parameters)}" if parameters else "nothing"
        says = f"{in_quotes(part)} cannot stand out: on {in_quotes(page)} {most} can."
        yield scenes.fault(line, "highlight", part, says, "Take it out.")
    for part, parameter in zip(parts, parameters, strict=False):
        tables = NAMED_BY[parameter]
        if tables == ("vocabulary",):
            known = words_of(sheets["vocabulary"], "indicator_measure")
        else:
            columns = [LABELS[table] for table in tables if table in LABELS]
            known = names_in([sheets[table] for table in tables], columns)
        if part and known is not None and part not in known:
            files = listing([sheets[table].file for table in tables], "or")
            says = sentences(f"{in_quotes(part)} is not in {files}.", known_words(known) if len(tables) < 3 else "")
            advice = sentences(did_you_mean(closest(part, known)), "Correct it, or take the scene out.")
            yield scenes.fault(line, "highlight", part, says, advice)
