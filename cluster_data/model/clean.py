"""Which signs a text may hold, and what makes any text harmless: nothing unseen, nothing a spreadsheet would work out.

The check names what is found here; every file that goes out is written through `cleaned`, tables through `inert`.
"""

import re
import unicodedata
from collections.abc import Iterator

LOST = "\N{REPLACEMENT CHARACTER}"
CONTROLS = r"\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f"  # a line break is none: a quoted cell may have several lines
BREAKS = r"\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
UNSEEN = (
    r"\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
NO_LETTERS = r"\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffd\U000f0000-\U0010ffff" + "".join(
    chr(plane + last) for plane in range(0, 0xF0000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
ODD = f"{CONTROLS}{BREAKS}{UNSEEN}{NO_LETTERS}"
SPACES = r"\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
# Unseen signs that scripts and emoji need: a joiner between two of theirs, a variant after one, the tags of a flag.
EMOJI = r"\u203c-\u205e\u2070-\u27ff\u2900-\u3163\U0001f000-\U0001fbff"
SCRIPTS = (
    r"\u0590-\u061b\u061d-\u115e\u1161-\u17b3\u17b6-\u180a\u1810-\u1cff"
    r"\ufb1d-\ufdcf\ufe70-\ufefc\U00010a00-\U00011fff"
)
NEEDED = (
    rf"(?:(?<=[{EMOJI}{SCRIPTS}])|(?<=[{EMOJI}]\ufe0f))[\u200c\u200d](?=[{EMOJI}{SCRIPTS}])"
    rf"|(?<=[#*0-9\xa9\xae\u1000-\u109f\u3400-\u9fff{EMOJI}\U00020000-\U0003fffd])[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
    r"|(?<=\U0001f3f4)[\U000e0061-\U000e007a]{5}\U000e007f"
)

_ANY = re.compile(f"[{ODD}{SPACES}]")
_FOUND = re.compile(f"{NEEDED}|([{ODD}])")
_FOUND_OR_SPACE = re.compile(f"{NEEDED}|([{ODD}{SPACES}])")
_BREAK = re.compile(f"[{BREAKS}]")
_NUMBER = re.compile(r"-[0-9]+(?:\.[0-9]+)?")
_FORMULA = re.compile(r"(?:\A|(?<=[\n\r]))(?=[^\S\n\r]*[=+\-@＝＋－＠﹢﹣﹦﹫])|\A(?=[\t\r])")
NAMES = {
    "\x00": "NUL",
    "\t": "TAB",
    "\x0b": "VERTICAL TAB",
    "\x0c": "FORM FEED",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
    "\ufeff": "ZERO WIDTH NO-BREAK SPACE, also called byte-order mark",
}
INSTEAD = {"Cc": " ", "Cn": " ", "Cs": " ", "Co": LOST}
KINDS = {"Cc": "CONTROL CHARACTER", "Co": "PRIVATE USE CHARACTER", "Cs": "LONE SURROGATE", "Cn": "NO CHARACTER"}


def may_be_odd(text: str) -> bool:
    """Whether `odd_signs` may find any in a long text: a quick look at each sign that it is made of."""
    return bool(_ANY.search("".join(set(text))))


def odd_signs(text: str, spaces: bool = False) -> Iterator[tuple[int, str]]:
    """Place and sign of all in a text that is unseen, that controls something or that stands for no letter.

    Joiners and variants are right where a script or an emoji needs them, line breaks always. Spaces of another width
    than the usual one count if `spaces` says so.
    """
    pattern = _FOUND_OR_SPACE if spaces else _FOUND
    return ((found.start(), found[1]) for found in pattern.finditer(text) if found[1])


def name_of(sign: str) -> str:
    """A sign by its number and name: "U+200B (ZERO WIDTH SPACE)"."""
    name = NAMES.get(sign) or unicodedata.name(sign, "") or KINDS.get(unicodedata.category(sign), "UNNAMED CHARACTER")
    return f"U+{ord(sign):04X} ({name})"


def cleaned(text: str) -> str:
    """The text without odd signs: breaks as \\n, controls as spaces, unknown signs as LOST, unseen ones left out."""
    if text.isascii() and text.isprintable():
        return text
    return _FOUND.sub(_instead, _BREAK.sub("\n", text))


def mended(text: str) -> str:
    """The text as it was most likely meant: without odd signs, each space the usual one."""
    kept = _FOUND.sub(lambda found: "" if found[1] else found[0], text)
    return re.sub(f"[{SPACES}]", " ", kept).strip()


def _instead(found: re.Match[str]) -> str:
    sign = found[1]
    if not sign or sign == "\t":
        return found[0]
    return INSTEAD.get(unicodedata.category(sign), LOST if sign == LOST else "")


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would work the text out, or a line of it, instead of showing it; a number it shows."""
    return not _NUMBER.fullmatch(text) and bool(_FORMULA.search(cleaned(text)))


def inert(text: str) -> str:
    """The cleaned text with an apostrophe before each line that a spreadsheet would work out."""
    return _FORMULA.sub("'", cleaned(text))
