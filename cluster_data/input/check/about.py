"""Rules of pack.toml: all that is needed is said, in the right form, and names what is there."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date
from pathlib import Path
from typing import Any

from cluster_data.input.check.references import Sheets
from cluster_data.input.check.text import text_faults, texts_in
from cluster_data.input.faults import Fault, closest, did_you_mean, in_quotes, not_known
from cluster_data.input.files import read_text
from cluster_data.model import clean
from cluster_data.model.pack import TOLD, Pack
from cluster_data.model.words import sentences

FILE = "pack.toml"
REQUIRED = tuple(field.name for field in fields(Pack) if field.default is MISSING)
KNOWN = tuple(field.name for field in fields(Pack))
NAMING = (
    ("headline_indicators", "indicators", "id"),
    ("outlines", "groups", "id"),
    ("outline_kind", "groups", "kind"),
    ("thinly_covered", "areas", "lad_code"),
)  # keys that name rows of a table by a column


def read_about(path: Path) -> dict[str, Any] | Fault:
    """What pack.toml says, by key."""
    text = read_text(path)
    if isinstance(text, Fault):
        return text
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        at = re.search(r"at line ([0-9]+)", str(error))
        advice = 'Write lines such as name = "Text".'
        return Fault(path.name, "this cannot be read as TOML.", advice, line=int(at[1]) if at else None)


def about_faults(said: Mapping[str, Any], today: date) -> Iterator[Fault]:
    """What pack.toml lacks, or says in another form than it should."""
    for name in KNOWN:
        is_right, form = FORMS.get(name, TEXT if name in REQUIRED else OPTIONAL_TEXT)
        if name in said and not is_right(said[name]):
            value = str(said[name])
            yield Fault(FILE, f"{in_quotes(name)} is {in_quotes(value)}.", f"Write {form}.", value)
        elif name in REQUIRED and name not in said:
            yield Fault(FILE, f"{in_quotes(name)} is missing.", f"Add it: {form}.")
    if type(said.get("as_of")) is date and said["as_of"] > today:
        says = f"'as_of' is {said['as_of']}, which is in the future; today is {today}."
        yield Fault(FILE, says, "Correct the day.", str(said["as_of"]))
    yield from unknown_numbers(said)
    for name in said:
        if name not in KNOWN:
            advice = sentences(did_you_mean(closest(name, KNOWN)), "Rename or delete it.")
            yield Fault(FILE, f"{in_quotes(name)} is not a key that is known.", advice, name)
    for name, text in texts_in(said, ""):
        yield from text_faults(FILE, in_quotes(clean.mended(name)), text)


def is_text(value: object) -> bool:
    """A text that says something."""
    return isinstance(value, str) and bool(value.strip())


def is_address(value: object) -> bool:
    """Nothing, or an address that a browser or a mail program opens."""
    return isinstance(value, str) and (not value or bool(re.match(r"mailto:|https?://", value)))


def is_paragraphs(value: object) -> bool:
    """Blocks that each hold a text."""
    return isinstance(value, list) and all(isinstance(row, dict) and is_text(row.get("text")) for row in value)


TEXT = (is_text, "a text in quotation marks")
OPTIONAL_TEXT = (lambda value: isinstance(value, str), TEXT[1])
LIST = (lambda value: isinstance(value, list) and all(map(is_text, value)), "a list of ids, each in quotation marks")
FORMS: dict[str, tuple[Callable[[object], bool], str]] = {
    "as_of": (lambda value: type(value) is date, "a day without quotation marks, such as 2026-11-01"),
    "correction_address": (is_address, "an address that starts with mailto: or https://"),
    "headline_indicators": LIST,
    "outlines": LIST,
    "thinly_covered": LIST,
    "licences": (is_paragraphs, 'blocks headed [[licences]], each with a line text = "..."'),
    "limits": (is_paragraphs, 'blocks headed [[limits]], each with a line text = "..."'),
}


def unknown_numbers(said: Mapping[str, Any]) -> Iterator[Fault]:
    """Names in braces in the limits that stand for nothing that is counted."""
    limits = said.get("limits", [])
    for row in limits if is_paragraphs(limits) else []:
        for name in re.findall(r"{([^{}]*)}", row["text"]):
            if name not in TOLD:
                says = f"a text of 'limits' names {in_quotes('{' + name + '}')}, which stands for nothing here."
                advice = "Correct it, or write it without braces."
                yield Fault(FILE, *not_known(says, name, TOLD, advice), name)


def named_faults(said: Mapping[str, Any], sheets: Sheets) -> Iterator[Fault]:
    """Ids in pack.toml that no table has."""
    for name, table, column in NAMING:
        sheet, value = sheets[table], said.get(name, [])
        if sheet.whole and sheet.has(column):
            known = list(dict.fromkeys(sheet.texts[column].dropna()))
            for wanted in value if isinstance(value, list) else [value]:
                if is_text(wanted) and wanted not in known:
                    says = f"{in_quotes(name)} names {in_quotes(wanted)}, which is not in {sheet.file}."
                    yield Fault(FILE, *not_known(says, wanted, known, "Correct it, or leave it out."), wanted)
