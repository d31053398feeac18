"""Asks an ASGI app without a server: raw requests, also broken ones, and sockets."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

HOST = (b"host", b"localhost:8501")
ORIGIN = (b"origin", b"http://localhost:8501")

Header = tuple[bytes, bytes]


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers by lower-case name, body."""

    status: int
    headers: dict[str, str]
    body: bytes = b""

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass
class Talked:
    """What a socket met with: whether it was let in, the status if not, what the app got, how it was closed."""

    accepted: bool = False
    status: int | None = None
    got: list[dict] = field(default_factory=list)
    closed: int | None = None


def scope_of(kind: str, target: str, headers: Iterable[Header], **more: object) -> dict:
    """The scope of a request for a target such as "/Map?d=Data"."""
    path, _, query = target.partition("?")
    return {
        "type": kind,
        "http_version": "1.1",
        "scheme": "http" if kind == "http" else "ws",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": list(headers),
        "client": ("203.0.113.7", 50000),
        "server": ("localhost", 8501),
        "extensions": {"websocket.http.response": {}},
        **more,
    }


def ask(app, target: str, *headers: Header, method: str = "GET", host: Header = HOST, **more: object) -> Answer:
    """One HTTP request and its answer."""
    sent: list[dict] = []
    asked: list[bool] = []

    async def receive() -> dict:
        if asked:
            await asyncio.Event().wait()
        asked.append(True)
        return {"type": "http.request", "body": b""}

    async def send(message: dict) -> None:
        sent.append(message)

    every = [one for one in (host, *headers) if one[1]]
    asyncio.run(app(scope_of("http", target, every, method=method, **more), receive, send))
    start = next(message for message in sent if message["type"] == "http.response.start")
    body = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    named = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], named, body)


async def talk(app, *says: bytes | str, headers=(HOST, ORIGIN), path="/_stcore/stream", **more: object) -> Talked:
    """Open a socket, say all of this, leave."""
    met = Talked()
    said = [{"type": "websocket.receive", "bytes" if isinstance(one, bytes) else "text": one} for one in says]
    waiting = [{"type": "websocket.connect"}, *said, {"type": "websocket.disconnect", "code": 1001}]

    async def receive() -> dict:
        return waiting.pop(0)

    async def send(message: dict) -> None:
        if message["type"] == "websocket.accept":
            met.accepted = True
        if message["type"] == "websocket.close":
            met.closed = message["code"]
        if message["type"] == "websocket.http.response.start":
            met.status = message["status"]

    await app(scope_of("websocket", path, headers, met=met, **more), receive, send)
    return met
