"""Rules of text: no sign that nobody sees, nothing that a spreadsheet would take for a formula."""

from collections.abc import Iterator

from cluster_data.input.faults import ODD_ADVICE, Fault, in_quotes, of_file, signs_in_words
from cluster_data.input.sheets import Sheet
from cluster_data.model import clean

NO_FORMULA = "Begin it, and each of its lines, with a letter, a digit or a quotation mark."


def formula_faults(sheet: Sheet) -> Iterator[Fault]:
    """Free text that a spreadsheet would work out; odd signs are found as the file is read."""
    for line, column, text in sheet.free_texts():
        if not text[0].isalnum() or "\n" in text or "\r" in text:
            yield from worked_out(sheet.file, line, column, "the text", text)


def text_faults(file: str, what: str, text: str, may_be_formula: bool = False) -> Iterator[Fault]:
    """What is wrong with one text of another file than a table; `what` says which."""
    odd = list(clean.odd_signs(text))
    if odd:
        yield of_file(file, f"{what} holds {signs_in_words(text, odd)}.", ODD_ADVICE, text)
    if not may_be_formula:
        yield from worked_out(file, None, None, what, text)


def worked_out(file: str, line: int | None, column: str | None, what: str, text: str) -> Iterator[Fault]:
    """A text that begins as formulas do."""
    if clean.is_formula(text):
        says = (
            f"{what} {in_quotes(text)} has a line that begins with =, +, - or @: a spreadsheet takes it for a formula."
        )
        yield Fault(file, line, column, text, says, NO_FORMULA)


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
