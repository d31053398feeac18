"""Streamlit's own files: compressed ahead of time, and served for good, as their names change with what they hold."""

import gzip
import os
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from mimetypes import guess_type
from pathlib import Path

import brotli
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
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
    squeezed = brotli.compress(data, quality=10) if how == "br" else gzip.compress(data, 9, mtime=0)
    kept.parent.mkdir(parents=True, exist_ok=True)
    made = kept.with_name(f"{kept.name}.{os.getpid()}")
    made.write_bytes(squeezed)
    made.replace(kept)


def encodings(text: str) -> list[str]:
    """The ways of compression that an Accept-Encoding header allows, the best first."""
    allowed = {}
    for part in text.lower().split(","):
        name, _, quality = part.partition(";")
        allowed[name.strip()] = not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", quality)
    return [how for how in ENDINGS if allowed.get(how, allowed.get("*", False))]


class Kept(Response):
    """A file out of memory, as a page needs some hundred at once; in pieces, of which a slow reader holds one."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send its headers and, if they are not all that is asked for, its bytes."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        data = b"" if scope["method"] == "HEAD" else self.body
        for start in range(0, len(data), PIECE):
            await send({"type": "http.response.body", "body": data[start : start + PIECE], "more_body": True})
        await send({"type": "http.response.body", "body": b""})


@cache
def read(file: Path) -> bytes:
    """What a file holds, read once."""
    return file.read_bytes()


class StoredFiles:
    """ASGI middleware that answers for Streamlit's files. One that is not there, as of another version, is a 404."""

    def __init__(self, app: ASGIApp, source: Path, target: Path) -> None:
        self.app = app
        self.found = {
            FOLDER + file.relative_to(source / "static").as_posix(): {
                "": file,
                **{how: kept for how in ENDINGS if (kept := kept_at(target, file, source, how)).is_file()},
            }
            for file in (source / "static").rglob("*")
            if file.is_file()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(FOLDER):
            await self.app(scope, receive, send)
            return
        forms = self.found.get(scope["path"])
        gone = PlainTextResponse("This file is not there. Reload the page.\n", 404, {"Cache-Control": "no-store"})
        await (_answer(forms, Headers(scope=scope)) if forms else gone)(scope, receive, send)


def _answer(forms: dict[str, Path], asked: Headers) -> Response:
    """The best form that a browser accepts, or that it has it: the name already changes with what the file holds."""
    how, file = next((how for how in encodings(asked.get("accept-encoding", "")) if how in forms), ""), forms[""]
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "ETag": f'"{file.name}{f"-{how}" if how else ""}"',
        **({"Vary": "Accept-Encoding"} if len(forms) > 1 else {}),
        **({"Content-Encoding": how} if how else {}),
    }
    if headers["ETag"] in asked.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    kind = TYPES.get(file.suffix) or guess_type(file.name)[0] or "application/octet-stream"
    return Kept(read(forms[how]), headers=headers, media_type=kind)
