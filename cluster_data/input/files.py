"""Any file of a pack as text, or what keeps it from being read as text."""

import os
import stat
from pathlib import Path

from cluster_data.input.faults import Fault, closest, sentences, shown

LARGEST = 50_000_000
ALIKE = 75  # below it, one table's name may pass for another's
SAVE_AS_UTF8 = "Save it as UTF-8: in Excel choose “CSV UTF-8”, in LibreOffice the character set “Unicode (UTF-8)”."
EXPORT_IT = "Open it in the program it comes from and save it as “CSV UTF-8”."
OTHER_FORMATS = (
    (b"PK\x03\x04", "an Excel workbook or another zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip file"),
    (b"PAR1", "a Parquet file"),
)
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
WEB_PAGE = (b"<!doctype", b"<html", b"<?xml")
WORD_ENDS = b" \t\r\n,;\"'"


def read_text(path: Path) -> str | Fault:
    """The text of a file, a byte-order mark left out."""
    data = read_bytes(path)
    return data if isinstance(data, Fault) else decoded(path.name, data)


def read_bytes(path: Path) -> bytes | Fault:
    """The bytes of a file that is there, is a file, can be opened and is not too large."""
    try:
        about = os.stat(path)
        if not stat.S_ISREG(about.st_mode):
            return no_file(path.name)
        if about.st_size > LARGEST:
            return too_large(path.name, about.st_size)
        with open(path, "rb") as file:
            return file.read(LARGEST)
    except FileNotFoundError:
        return missing(path)
    except OSError as error:
        return cannot_be_opened(path.name, error)


def decoded(name: str, data: bytes) -> str | Fault:
    """The text that the bytes hold."""
    for start, what in OTHER_FORMATS:
        if data.startswith(start):
            return other_format(name, what, EXPORT_IT)
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(WEB_PAGE):
        return other_format(name, "a web page", "Download the file itself, not the page that shows it.")
    if data.startswith(WIDE_MARKS):
        return other_format(name, "text in UTF-16 or UTF-32, not UTF-8", SAVE_AS_UTF8)
    if b"\0" in data:
        return holds_nul(name, data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return not_utf8(name, data, error.start)
    return text if text.strip() else is_empty(name)


def missing(path: Path) -> Fault:
    """No file of that name; a file with nearly the same name may be the one meant."""
    names = {name.lower().removesuffix(path.suffix): name for name in neighbours(path)}
    near = closest(path.stem, list(names), ALIKE)
    rename = "" if near is None else f"If it is the file {shown(names[near])}, rename it; otherwise add it."
    return Fault(path.name, None, None, None, "this file is missing.", rename or "Add it to the folder.")


def neighbours(path: Path) -> list[str]:
    """Names in the same folder with the same ending, whatever its case."""
    try:
        names = sorted(os.listdir(path.parent))
    except OSError:
        return []
    return [name for name in names if name.lower().endswith(path.suffix)]


def no_file(name: str) -> Fault:
    """A folder, a pipe or the like."""
    return Fault(name, None, None, None, "this is not an ordinary file.", "Put the file itself in its place.")


def too_large(name: str, size: int) -> Fault:
    """Larger than any table of a pack can be."""
    says = f"this file holds {size / 1e6:,.0f} MB; at most {LARGEST / 1e6:,.0f} MB are read."
    return Fault(
        name,
        None,
        None,
        None,
        says,
        "Check that it is the right file, and leave out rows that are not needed.",
    )


def cannot_be_opened(name: str, error: OSError) -> Fault:
    """The operating system refuses."""
    reason = (error.strerror or "no reason given").lower()
    says = f"this file cannot be opened ({reason})."
    return Fault(name, None, None, None, says, "Make it readable for the account that runs this command.")


def other_format(name: str, what: str, advice: str) -> Fault:
    """A file of another kind under this name."""
    return Fault(name, None, None, None, f"this is {what}.", advice)


def is_empty(name: str) -> Fault:
    """Nothing but white space."""
    return Fault(name, None, None, None, "this file is empty.", "Put its contents back, the first line included.")


def holds_nul(name: str, data: bytes) -> Fault:
    """Zero bytes stand in no UTF-8 text."""
    line = line_of(data, data.index(b"\0"))
    says = "this is not text in UTF-8: a zero byte is there."
    return Fault(name, line, None, None, says, f"It may be UTF-16, or no text at all. {SAVE_AS_UTF8}")


def not_utf8(name: str, data: bytes, at: int) -> Fault:
    """Bytes of another encoding, most often Windows-1252: with the word they stand in."""
    says = f"byte {at + 1:,} of the file, 0x{data[at]:02X}, is not UTF-8."
    word = word_at(data, at)
    guess = "" if word is None else f"Read as Windows-1252 the word is {shown(word)}."
    return Fault(name, line_of(data, at), None, word, sentences(says, guess), SAVE_AS_UTF8)


def word_at(data: bytes, at: int) -> str | None:
    """The word around a byte, read as Windows-1252."""
    first = max(data.rfind(bytes([end]), 0, at) for end in WORD_ENDS) + 1
    ends = [data.find(bytes([end]), at) for end in WORD_ENDS]
    last = min((end for end in ends if end >= 0), default=len(data))
    try:
        return data[max(first, at - 40) : min(last, at + 40)].decode("cp1252")
    except UnicodeDecodeError:
        return None


def line_of(data: bytes, at: int) -> int:
    """The line, from 1, that holds a byte."""
    before = data[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1
