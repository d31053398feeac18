"""The guard of the sockets by which browsers and the app talk: from where, how many, how often, how large."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected

from cluster_data.serving.figures import Figures
from cluster_data.serving.guard import Refusal, foreign_host, header, ill_formed
from cluster_data.serving.settings import Settings

STREAM = "/_stcore/stream"
LARGEST_MESSAGE = 131_072
MESSAGES_AT_ONCE, MESSAGES_A_SECOND = 40, 5.0
RUN_ENDS_WITHIN = 5.0
MOST_KNOWN = 10_000


@dataclass(frozen=True)
class Wire:
    """What the app's own language says of a message: may a browser send it, does it ask for a run, does it end one."""

    welcome: Callable[[bytes], bool]
    asks_run: Callable[[bytes], bool]
    ends_run: Callable[[bytes], bool]


@dataclass
class Bucket:
    """Tokens that refill with time: as many at once as it holds, then so many a second."""

    size: float
    a_second: float
    left: float = 0.0
    at: float = 0.0

    def wait(self, now: float) -> float:
        """Take a token; the seconds until it is there."""
        self.left = min(self.size, self.left + (now - self.at) * self.a_second) - 1 if self.at else self.size - 1
        self.at = now
        return max(0.0, -self.left / self.a_second)

    def is_empty(self, now: float) -> bool:
        """Take a token if there is one; whether there was none."""
        if self.wait(now) == 0:
            return False
        self.left += 1
        return True


class Visitors:
    """How many sockets are open and how many were opened of late, in all and by client address."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.open: Counter[str] = Counter()
        self.opening: dict[str, Bucket] = {}

    def refusal(self, peer: str, now: float) -> Refusal | None:
        """Why one more socket is too many; nothing if it is not. A client of no known address is not counted alone."""
        if self.open.total() >= self.settings.sessions:
            return 503, "The dashboard is full. Try again in a minute."
        most = self.settings.sessions_per_address
        if peer and (self.open[peer] >= most or self._bucket(peer, most).is_empty(now)):
            return 429, "Too many views were opened from this address. Try again in a minute."
        return None

    def _bucket(self, peer: str, most: int) -> Bucket:
        if len(self.opening) >= MOST_KNOWN:
            self.opening = {known: bucket for known, bucket in self.opening.items() if self.open[known]}
        return self.opening.setdefault(peer, Bucket(most, most / 60))

    def left(self, peer: str) -> None:
        """One socket has closed."""
        self.open[peer] -= 1
        if self.open[peer] <= 0:
            del self.open[peer]


def peer_of(scope: Scope) -> str:
    """Whose socket it is: the client's address, the network of 64 bits for one of IPv6; nothing if it is not known."""
    host = (scope.get("client") or ("", 0))[0] or ""
    try:
        address = ip_address(host.split("%")[0])
    except ValueError:
        return host[:64]
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
    return str(address)


def foreign_origin(scope: Scope, settings: Settings) -> Refusal | None:
    """The refusal of a socket that a page of another site opens, or no page at all."""
    origins, hosts = header(scope, b"origin"), header(scope, b"host")
    own = {settings.address, *(f"{scheme}://{host}" for host in hosts for scheme in ("http", "https"))}
    if len(origins) == 1 and origins[0] in own - {""} and urlsplit(origins[0]).netloc:
        return None
    return 403, "Only the dashboard’s own pages may open this."


class Sockets:
    """ASGI middleware that lets in the sockets of the dashboard's own pages and paces what comes by them."""

    def __init__(self, app: ASGIApp, settings: Settings, figures: Figures, wire: Wire) -> None:
        self.app, self.settings, self.figures, self.wire = app, settings, figures, wire
        self.visitors = Visitors(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        peer = peer_of(scope)
        refused = self.refusal(scope, peer)
        if refused:
            self.figures.refused(refused[0])
            await receive()
            await refuse(scope, receive, send, refused)
            return
        self.visitors.open[peer] += 1
        self.figures.sessions += 1
        self.figures.opened += 1
        try:
            talk = Talk(receive, send, self.figures, self.wire)
            with suppress(WebSocketDisconnected):  # the app bids farewell to one who has left
                await self.app(scope, talk.receive, talk.send)
        finally:
            self.visitors.left(peer)
            self.figures.sessions -= 1

    def refusal(self, scope: Scope, peer: str) -> Refusal | None:
        """Why a socket does not come in; nothing if it does."""
        if scope["path"] != STREAM:
            return 404, "There is nothing at this address."
        return (
            ill_formed(scope)
            or foreign_host(scope, self.settings)
            or foreign_origin(scope, self.settings)
            or self.visitors.refusal(peer, time.monotonic())
        )


async def refuse(scope: Scope, receive: Receive, send: Send, refused: Refusal) -> None:
    """Answer the request for a socket with a status and a sentence, if the server can; else close it."""
    status, sentence = refused
    if "websocket.http.response" in scope.get("extensions", {}):
        await PlainTextResponse(f"{sentence}\n", status)(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": 1008})


class Talk:
    """One socket's messages: those that come in are checked and paced, those that go out tell when a run ends."""

    def __init__(self, receive: Receive, send: Send, figures: Figures, wire: Wire) -> None:
        self._receive, self._send, self.figures, self.wire = receive, send, figures, wire
        self.pace = Bucket(MESSAGES_AT_ONCE, MESSAGES_A_SECOND)
        self.asked: float | None = None
        self.idle = asyncio.Event()
        self.closed = False

    async def receive(self) -> Message:
        """The next message that may come in. Those that come too fast wait; others than the app's close the socket."""
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return message
        fault = self.fault(message.get("bytes"))
        if fault:
            return await self.close(*fault)
        wait = self.pace.wait(time.monotonic())
        if wait:
            self.figures.slowed += 1
            await asyncio.sleep(wait)
        if self.wire.asks_run(message["bytes"]):
            begun = time.monotonic()
            await self.turn()
            self.idle.clear()
            self.asked = begun
        return message

    async def turn(self) -> None:
        """Wait until the run before has ended, a while at most: views that cut their runs short end none under load."""
        if self.asked is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.idle.wait(), RUN_ENDS_WITHIN)

    def fault(self, data: bytes | None) -> tuple[int, str] | None:
        """Why a message may not come in: the code that closes the socket and the reason."""
        if data is None:
            return 1003, "only binary messages"
        if len(data) > LARGEST_MESSAGE:
            return 1009, "message too large"
        return None if self.wire.welcome(data) else (1002, "not a message of this app")

    async def close(self, code: int, reason: str) -> Message:
        """Close the socket and tell the app that it is gone."""
        self.figures.refused(reason)
        self.closed = True
        await self._send({"type": "websocket.close", "code": code, "reason": reason})
        return {"type": "websocket.disconnect", "code": code, "reason": reason}

    async def send(self, message: Message) -> None:
        """Send a message unless the socket is closed; note the end of a run."""
        if self.closed:
            return
        data = message.get("bytes")
        if data and self.asked is not None and self.wire.ends_run(data):
            self.figures.ran(time.monotonic() - self.asked)
            self.asked = None
            self.idle.set()
        await self._send(message)
