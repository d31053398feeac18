"""What is wrong in a pack, told as: where, what is there, what may be there, what to do."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from cluster_data.model import clean
from cluster_data.model.words import listing, sentences

ODD_ADVICE = "Delete it, or type a plain space or letter in its place."
MOST_NAMED = 10
FEW = 30
LONGEST = 60
LIKENESS = 70
START = 20
DIGITS = re.compile(r"[0-9]{1,18}")
OPPOSITE = re.compile(r"(?:un|non|in|im|ir|dis|not|no)[\s_-]*")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong. `says` and `advice` are sentences; `other_lines` are further lines it is about."""

    file: str
    says: str
    advice: str
    value: str | None = None
    line: int | None = None
    column: str | None = None
    other_lines: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.where}: {self.says} {self.advice}"

    @property
    def where(self) -> str:
        """File, line and column in words: "companies.csv line 14, column 'ds'"."""
        lines = [] if self.line is None else [self.line, *self.other_lines]
        where = f"{self.file} {lines_in_words(lines)}".strip()
        return where if self.column is None else f"{where}, column {in_quotes(self.column)}"

    @property
    def order(self) -> tuple[str, int, str, str]:
        """Sorts faults by file, then line, then column."""
        return self.file, self.line or 0, self.column or "", self.says


def in_quotes(value: str) -> str:
    """A value in quotation marks, on one line, without what cannot be printed, and not too long."""
    printable = "".join(letter if letter.isprintable() else " " for letter in value[: 4 * LONGEST])
    short = " ".join(printable.split())
    return f"'{short}'" if len(short) <= LONGEST else f"'{short[:LONGEST]}…'"


def signs_in_words(text: str, odd: Sequence[tuple[int, str]]) -> str:
    """The odd signs of a text, the first with its place: "U+200B (ZERO WIDTH SPACE) after 'id'"."""
    (at, first), *_ = odd
    before = clean.cleaned(text[:at])[-START:].strip()
    others = [sign for sign in dict.fromkeys(sign for _, sign in odd) if sign != first]
    where = f"{clean.name_of(first)} {f'after {in_quotes(before)}' if before else 'at the start'}"
    return where if not others else f"{where}, and {at_most_ten([clean.name_of(sign) for sign in others])}"


def at_most_ten(items: Collection[object]) -> str:
    """The first ten items, and how many more there are."""
    named = ", ".join(str(item) for item in list(items)[:MOST_NAMED])
    return named if len(items) <= MOST_NAMED else f"{named} and {len(items) - MOST_NAMED:,} more"


def lines_in_words(lines: Collection[int]) -> str:
    """Lines by number: "line 14", "lines 3 and 9"."""
    named = at_most_ten(lines) if len(lines) > MOST_NAMED else listing(map(str, lines))
    return f"line{'' if len(lines) == 1 else 's'} {named}" if lines else ""


def closest(value: str, known: Sequence[str], likeness: int = LIKENESS) -> str | None:
    """The known word most like the value, if any is like it at all; never one of other numbers, or its opposite."""
    known = [word for word in known if is_meant(value.casefold(), word.casefold())]
    found = process.extractOne(value, known, scorer=fuzz.ratio, score_cutoff=likeness, processor=str.casefold)
    return None if found is None else str(found[0])


def is_meant(value: str, word: str) -> bool:
    """Whether one may be a slip of the other: the numbers in them agree, and neither says that the other is not so."""
    if [int(digits) for digits in DIGITS.findall(value)] != [int(digits) for digits in DIGITS.findall(word)]:
        return False
    longer, shorter = (value, word) if len(value) > len(word) else (word, value)
    return not (longer.endswith(shorter) and OPPOSITE.fullmatch(longer.removesuffix(shorter)))


def did_you_mean(near: str | None) -> str:
    """The question that offers the closest word, if there is one."""
    return "" if near is None else f"Did you mean {in_quotes(near)}?"


def not_known(says: str, value: str, known: Sequence[str], advice: str) -> tuple[str, str]:
    """What a fault says of a value that is none of the known ones, which are listed, and what to do: the closest."""
    return sentences(says, known_words(known)), sentences(did_you_mean(closest(value, known)), advice)


def known_words(known: Collection[str]) -> str:
    """The sentence that lists what may be there; of many, only how many they are."""
    if not known:
        return "None is known yet."
    return f"{len(known):,} are known." if len(known) > FEW else f"Known: {at_most_ten(known)}."
