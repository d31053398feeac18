"""Streamlit's own files: compressed ahead of time, and served for good, as their names change with what they hold."""

import gzip
import os
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from mimetypes import guess_type
from pathlib import Path

import brotli
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

FOLDER = "/static/"
COMPRESSED = (".js", ".css", ".svg")
ENDINGS = {"br": ".br", "gzip": ".gz"}
PIECE = 65_536
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".woff2": "font/woff2"}


def streamlit_files() -> Path:
    """Where Streamlit keeps what it sends to browsers."""
    found = find_spec("streamlit")
    return Path(found.origin or "").parent / "static" if found else Path()


def store() -> Path:
    """Where the compressed files of this version of Streamlit are kept."""
    return Path(__file__).parents[2] / ".static" / version("streamlit")


def compress(source: Path, target: Path) -> int:
    """Make what is missing of the compressed files; how many were made."""
    wanted = [file for file in sorted((source / "static").rglob("*")) if file.suffix in COMPRESSED]
    tasks = [(file, kept_at(target, file, source, how), how) for file in wanted for how in ENDINGS]
    missing = [task for task in tasks if not task[1].is_file()]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda task: _squeeze(*task), missing))
    return len(missing)


def kept_at(target: Path, file: Path, source: Path, how: str) -> Path:
    """Where a compressed file is kept."""
    return target / f"{file.relative_to(source / 'static').as_posix()}{ENDINGS[how]}"


def _squeeze(file: Path, kept: Path, how: str) -> None:
    data = file.read_bytes()
    squeezed = brotli.compress(data, quality=11) if how == "br" else gzip.compress(data, 9, mtime=0)
    kept.parent.mkdir(parents=True, exist_ok=True)
    made = kept.with_name(f"{kept.name}.{os.getpid()}")
    made.write_bytes(squeezed)
    made.replace(kept)


def accepted(text: str) -> list[str]:
    """The ways of compression that an Accept-Encoding header allows, the best first."""
    allowed = {}
    for part in text.lower().split(","):
        name, _, quality = part.partition(";")
        allowed[name.strip()] = not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", quality)
    return [how for how in ENDINGS if allowed.get(how, allowed.get("*", False))]


class Asset:
    """One of Streamlit's files with its compressed forms, each read once and kept."""

    def __init__(self, file: Path, forms: dict[str, Path]) -> None:
        """The file as it is and what has been made of it."""
        self.file, self.forms = file, forms
        self._read: dict[str, bytes] = {}

    @cached_property
    def kind(self) -> str:
        """Its media type."""
        return TYPES.get(self.file.suffix) or guess_type(self.file.name)[0] or "application/octet-stream"

    def form(self, encodings: str) -> tuple[str, bytes]:
        """The best form that a browser accepts: how it is compressed, if it is, and its bytes."""
        how = next((how for how in accepted(encodings) if how in self.forms), "")
        if how not in self._read:
            self._read[how] = (self.forms[how] if how else self.file).read_bytes()
        return how, self._read[how]

    def headers(self, how: str, size: int) -> dict[str, str]:
        """The headers of one form."""
        found = {
            "Content-Type": self.kind,
            "Content-Length": str(size),
            "Cache-Control": "public, max-age=31536000, immutable",
            "ETag": self.tag(how),
        }
        vary = {"Vary": "Accept-Encoding"} if self.forms else {}
        return found | vary | ({"Content-Encoding": how} if how else {})

    def tag(self, how: str) -> str:
        """What tells this form from any other: the name already changes with what the file holds."""
        return f'"{self.file.name}{f"-{how}" if how else ""}"'


def all_assets(source: Path, target: Path) -> dict[str, Asset]:
    """Streamlit's files by their path in an address."""
    found = {}
    for file in (source / "static").rglob("*"):
        if file.is_file():
            kept = {how: kept_at(target, file, source, how) for how in ENDINGS}
            forms = {how: path for how, path in kept.items() if path.is_file()}
            found[FOLDER + file.relative_to(source / "static").as_posix()] = Asset(file, forms)
    return found


class Assets:
    """ASGI middleware that answers for Streamlit's files. One that is not there, as of another version, is a 404."""

    def __init__(self, app: ASGIApp, source: Path, target: Path) -> None:
        """Where the files are and where their compressed forms."""
        self.app, self.found = app, all_assets(source, target)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a file; pass all else on."""
        if scope["type"] != "http" or not scope["path"].startswith(FOLDER):
            await self.app(scope, receive, send)
        elif scope["path"] in self.found:
            await _answer(self.found[scope["path"]], scope, send)
        else:
            gone = PlainTextResponse("This file is not there. Reload the page.\n", 404, {"Cache-Control": "no-store"})
            await gone(scope, receive, send)


async def _answer(asset: Asset, scope: Scope, send: Send) -> None:
    asked = Headers(scope=scope)
    how, data = asset.form(asked.get("accept-encoding", ""))
    headers, status = asset.headers(how, len(data)), 200
    if asset.tag(how) in asked.get("if-none-match", ""):
        del headers["Content-Length"]
        status, data = 304, b""
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    if scope["method"] != "HEAD":
        for start in range(0, len(data), PIECE):
            await send({"type": "http.response.body", "body": data[start : start + PIECE], "more_body": True})
    await send({"type": "http.response.body", "body": b""})
