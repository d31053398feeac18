"""Any file of a pack as text, or what keeps it from being read as text."""

import os
import re
import stat
from pathlib import Path

from cluster_data.input.faults import Fault, closest, in_quotes
from cluster_data.model.words import sentences

LARGEST = 50_000_000
ALIKE = 75  # below it, one table's name may pass for another's
SAVE_AS_UTF8 = "Save it as UTF-8: in Excel choose “CSV UTF-8”, in LibreOffice the character set “Unicode (UTF-8)”."
EXPORT_IT = "Open it in the program it comes from and save it as “CSV UTF-8”."
OTHER_FORMATS = (
    ((b"PK\x03\x04",), "an Excel workbook or another zip file", EXPORT_IT),
    ((b"\xd0\xcf\x11\xe0",), "an old Excel workbook", EXPORT_IT),
    ((b"%PDF",), "a PDF", EXPORT_IT),
    ((b"\x1f\x8b",), "a gzip file", EXPORT_IT),
    ((b"PAR1",), "a Parquet file", EXPORT_IT),
    ((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff"), "text in UTF-16 or UTF-32, not UTF-8", SAVE_AS_UTF8),
)
WEB_PAGE = (b"<!doctype", b"<html", b"<?xml")
WORD_ENDS = re.compile(rb"[ \t\r\n,;\"']")
PUT_BACK = "Put its contents back, the first line included."


def read_text(path: Path) -> str | Fault:
    """The text of a file, a byte-order mark left out."""
    try:
        about = os.stat(path)
        if not stat.S_ISREG(about.st_mode):
            return Fault(path.name, "this is not an ordinary file.", "Put the file itself in its place.")
        if about.st_size > LARGEST:
            size = f"{about.st_size / 1e6:,.0f} MB; at most {LARGEST / 1e6:,.0f} MB are read."
            advice = "Check that it is the right file, and leave out rows that are not needed."
            return Fault(path.name, f"this file holds {size}", advice)
        with open(path, "rb") as file:
            return text_of(path.name, file.read(LARGEST))
    except FileNotFoundError:
        return missing(path)
    except OSError as error:
        says = f"this file cannot be opened ({(error.strerror or 'no reason given').lower()})."
        return Fault(path.name, says, "Make it readable for the account that runs this command.")


def text_of(name: str, data: bytes) -> str | Fault:
    """The text that the bytes hold."""
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(WEB_PAGE):
        return Fault(name, "this is a web page.", "Download the file itself, not the page that shows it.")
    for starts, what, advice in OTHER_FORMATS:
        if data.startswith(starts):
            return Fault(name, f"this is {what}.", advice)
    if b"\0" in data:
        says = "this is not text in UTF-8: a zero byte is there."
        advice = f"It may be UTF-16, or no text at all. {SAVE_AS_UTF8}"
        return Fault(name, says, advice, line=line_of(data, data.index(b"\0")))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return not_utf8(name, data, error.start)
    return text if text.strip() else Fault(name, "this file is empty.", PUT_BACK)


def missing(path: Path) -> Fault:
    """No file of that name; a file with nearly the same name may be the one meant."""
    try:
        there = sorted(os.listdir(path.parent))
    except OSError:
        there = []
    names = {name.lower().removesuffix(path.suffix): name for name in there if name.lower().endswith(path.suffix)}
    near = closest(path.stem, list(names), ALIKE)
    rename = "" if near is None else f"If it is the file {in_quotes(names[near])}, rename it; otherwise add it."
    return Fault(path.name, "this file is missing.", rename or "Add it to the folder.")


def not_utf8(name: str, data: bytes, at: int) -> Fault:
    """Bytes of another encoding, most often Windows-1252: with the word they stand in."""
    says = f"byte {at + 1:,} of the file, 0x{data[at]:02X}, is not UTF-8."
    word = word_at(data, at)
    guess = "" if word is None else f"Read as Windows-1252 the word is {in_quotes(word)}."
    return Fault(name, sentences(says, guess), SAVE_AS_UTF8, word, line_of(data, at))


def word_at(data: bytes, at: int) -> str | None:
    """The word around a byte, read as Windows-1252."""
    before, after = WORD_ENDS.split(data[max(0, at - 40) : at])[-1], WORD_ENDS.split(data[at : at + 40])[0]
    try:
        return (before + after).decode("cp1252")
    except UnicodeDecodeError:
        return None


def line_of(data: bytes, at: int) -> int:
    """The line, from 1, that holds a byte."""
    return len(data[: at + 1].splitlines())
