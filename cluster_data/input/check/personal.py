"""The rule that a pack tells of organisations, not of people: no e-mail address, no telephone number."""

import re
from collections.abc import Iterator

from cluster_data.input.faults import Fault, in_quotes
from cluster_data.input.sheets import Sheet

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
