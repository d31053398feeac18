"""Rules of text: no sign that nobody sees, no formula, no e-mail address and no telephone number of a person."""

import re
from collections.abc import Iterator

from cluster_data.input.faults import ODD_ADVICE, Fault, in_quotes, signs_in_words
from cluster_data.input.sheets import Sheet
from cluster_data.model import clean

NO_FORMULA = "Begin it, and each of its lines, with a letter, a digit or a quotation mark."
# A quick look that misses nothing; what it finds is then looked at closely.
SUSPECT = re.compile(r"@|[\[(]\s?at\s?[\])]|(?:\+|0)[^0-9A-Za-z]{0,3}[0-9](?:[^0-9A-Za-z]{0,3}[0-9]){6}")
EMAIL = re.compile(r"[\w.+-]+(?:@|\s?[\[(]\s?at\s?[\])]\s?)[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
GAP = r"[\s().‐‑–-]"
PHONE = re.compile(
    r"(?<![\w/£$€#-])(?<![0-9][.,])"
    rf"(?:(?:\+|00)[1-9](?:{GAP}{{0,3}}[0-9]){{8,13}}"  # +44 121 496 0000
    rf"|0[0-9]{{2,4}}{GAP}{{1,3}}[0-9]{{3,4}}{GAP}{{0,3}}[0-9]{{3,4}}"  # 0121 496 0000, 01632 960000
    r"|0[0-9]{9,10})"  # 01214960000
    r"(?![0-9]|[.,-][0-9])"
)
DIGITS_OF_PHONES = range(9, 16)
DIGITS_OF_BRITISH_PHONES = range(10, 12)
MASKED = 3


def formula_faults(sheet: Sheet) -> Iterator[Fault]:
    """Free text that a spreadsheet would work out; odd signs are found as the file is read."""
    for line, column, text in sheet.free_texts():
        if not text[0].isalnum() or "\n" in text or "\r" in text:
            yield from formula_fault(sheet.file, line, column, "the text", text)


def text_faults(file: str, what: str, text: str, may_be_formula: bool = False) -> Iterator[Fault]:
    """What is wrong with one text of another file than a table; `what` says which."""
    odd = list(clean.odd_signs(text))
    if odd:
        yield Fault(file, f"{what} holds {signs_in_words(text, odd)}.", ODD_ADVICE, text)
    if not may_be_formula:
        yield from formula_fault(file, None, None, what, text)


def formula_fault(file: str, line: int | None, column: str | None, what: str, text: str) -> Iterator[Fault]:
    """A text that begins as formulas do."""
    if clean.is_formula(text):
        begins = "begins with =, +, - or @: a spreadsheet takes it for a formula"
        says = f"{what} {in_quotes(text)} has a line that {begins}."
        yield Fault(file, says, NO_FORMULA, text, line, column)


def texts_in(value: object, name: str) -> Iterator[tuple[str, str]]:
    """All texts in what was read from TOML or JSON, keys included, each with the key that it stands under."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part, name)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield name or key, key
            yield from texts_in(part, name or key)


def personal_faults(sheet: Sheet) -> Iterator[Fault]:
    """Free text that holds an e-mail address or a telephone number; only its start is told."""
    for line, column, text in sheet.free_texts():
        if SUSPECT.search(text):
            for what, found in (("an e-mail address", EMAIL.search(text)), ("a telephone number", phone_in(text))):
                if found:
                    start = found[0][:MASKED] + "…"
                    says = f"the text holds {what}, {in_quotes(start)}. A pack holds no way to reach a person."
                    yield sheet.fault(line, column, start, says, "Take it out.")


def phone_in(text: str) -> re.Match[str] | None:
    """The first telephone number in a text."""
    for found in PHONE.finditer(text):
        digits = sum(letter.isdigit() for letter in found[0])
        british = found[0].startswith("0") and not found[0].startswith("00")
        if digits in (DIGITS_OF_BRITISH_PHONES if british else DIGITS_OF_PHONES):
            return found
    return None
