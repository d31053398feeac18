"""A crowd of visitors without browsers: each opens a view and then, every so often, asks for another.

A visit is what a browser does: the page and the files that it names, health, the socket, a run of the script. (Files
that only scripts ask for are left out: few where a page names what it preloads, a third of the bare page's.) Then a
choice of Ds, a link to another page, or now and then a file to take away. A visitor whose socket closes comes back to
the same view as Streamlit's front end does: after a moment, then after longer and longer ones.
"""

import asyncio
import gzip
import re
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from random import Random
from urllib.parse import urlencode

import brotli
import h11
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from bench.server import PAGES, NothingToMeasureError
from bench.site import ANY_CERTIFICATE
from bench.visitor import Run, Visitor, visiting

LIMIT = 60.0
LIST = "/Organisations"
NAMED = re.compile(rb"""(?:href|src)="\.?(/static/[^"]+)\"""")
UNPACKED = {b"br": brotli.decompress, b"gzip": gzip.decompress, b"": bytes}
HEALTH = ("/_stcore/health", "/_stcore/host-config")
BACK_AFTER = (0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0, 8.0, 8.0, 8.0)
ASKED_EVERY = 0.05


class Refused(Exception):
    """An HTTP request that was answered with a status of 400 or more."""


FAILURES = (
    Refused,
    InvalidHandshake,
    ConnectionClosed,
    TimeoutError,
    OSError,
    h11.ProtocolError,
    NothingToMeasureError,
)


def kind_of(error: BaseException) -> str:
    """What sort of error a visitor met, in a few words without what differs from one to the next."""
    match error:
        case InvalidStatus():
            return f"socket refused with HTTP {error.response.status_code}"
        case ConnectionClosed():
            return f"socket closed with code {error.rcvd.code if error.rcvd else 'none'}"
        case TimeoutError():
            return f"not finished within {LIMIT:.0f} s"
        case OSError():
            return f"no connection: {type(error).__name__}"
    return str(error) or type(error).__name__


@dataclass
class Tally:
    """What the visitors met between two moments."""

    opened: list[Run] = field(default_factory=list)
    changed: list[Run] = field(default_factory=list)
    regained: list[Run] = field(default_factory=list)
    files: int = 0
    errors: Counter[str] = field(default_factory=Counter)

    def note(self, runs: list[Run], run: Run) -> None:
        """One run that ended; what the page shows of errors counts."""
        runs.append(run)
        self.errors.update(f"on the page: {error}" for error in run.errors)


class Line:
    """One HTTPS connection that is kept for several requests."""

    def __init__(self, url: str, cookies: dict[str, str]) -> None:
        """Where to, and the jar of who asks."""
        self.host, self.cookies, self.bytes, self.form = url.removeprefix("https://"), cookies, 0, b""
        self.state = h11.Connection(h11.CLIENT)

    async def __aenter__(self) -> "Line":
        """Connect."""
        host, _, port = self.host.partition(":")
        self.reader, self.writer = await asyncio.open_connection(host, int(port), ssl=ANY_CERTIFICATE)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Hang up."""
        self.writer.close()

    async def get(self, path: str) -> bytes:
        """What stands at a path, as it comes over the line."""
        headers = [("Host", self.host), ("Accept-Encoding", "br, gzip"), ("Cookie", cookie(self.cookies))]
        request = h11.Request(method="GET", target=path, headers=headers)
        self.writer.write(self.state.send(request) + self.state.send(h11.EndOfMessage()))
        body = bytearray()
        while not isinstance(event := self.state.next_event(), h11.EndOfMessage | h11.ConnectionClosed):
            if event is h11.NEED_DATA:
                data = await self.reader.read(65_536)
                self.bytes += len(data)
                self.state.receive_data(data)
            elif isinstance(event, h11.Response):
                self._note(event, path)
            elif isinstance(event, h11.Data):
                body += event.data
        self.state.start_next_cycle()
        return bytes(body)

    def _note(self, answer: h11.Response, path: str) -> None:
        if answer.status_code >= 400:
            place = re.match(r"/(?:_stcore/[\w-]+|[A-Za-z]*)", path)
            raise Refused(f"HTTP {answer.status_code} at {place[0] if place else path}")
        self.form = dict(answer.headers).get(b"content-encoding", b"")
        for name, value in answer.headers:
            if name == b"set-cookie":
                key, _, rest = value.decode().partition("=")
                self.cookies[key] = rest.partition(";")[0]


def cookie(jar: dict[str, str]) -> str:
    """A jar as the header that a browser sends."""
    return "; ".join(f"{key}={value}" for key, value in jar.items())


@dataclass
class Crowd:
    """Visitors of one site: what they do between runs and what they met. `is_forgiving` of sockets that close."""

    url: str
    pages: tuple[str, ...] = (*PAGES, LIST)
    pause: tuple[float, float] = (10.0, 30.0)
    is_forgiving: bool = False
    tally: Tally = field(default_factory=Tally)
    hashes: dict[str, str] = field(default_factory=dict)
    guests: dict["Guest", asyncio.Task[None]] = field(default_factory=dict)
    is_over: bool = False

    async def grow(self, to: int, ramp: float) -> None:
        """Let visitors arrive, evenly over so many seconds, until there are as many as wanted."""
        more = to - len(self.guests)
        for turn in range(more):
            guest = Guest(self, Random(len(self.guests)))
            self.guests[guest] = asyncio.create_task(guest.stay(turn * ramp / more))
        await asyncio.sleep(ramp)

    async def leave(self) -> None:
        """Everybody leaves, after the run that they wait for; a fault of this program's own is raised."""
        self.is_over = True
        for guest, task in self.guests.items():
            if not guest.is_waiting:
                task.cancel()
        ends = await asyncio.gather(*self.guests.values(), return_exceptions=True)
        faults = [end for end in ends if end and not isinstance(end, asyncio.CancelledError)]
        if faults:
            raise faults[0]

    async def ask_all_the_while(self, done: asyncio.Event) -> int:
        """Ask for pages, as newcomers, until told to end; how many were asked for."""
        asked = 0
        while not done.is_set():
            asked += 1
            try:
                async with asyncio.timeout(LIMIT), Line(self.url, {}) as line:
                    await line.get("/Areas?d=Data")
            except FAILURES as error:
                self.tally.errors[kind_of(error)] += 1
            await asyncio.sleep(ASKED_EVERY)
        return asked


class Guest:
    """One visitor of a crowd, with one view open."""

    def __init__(self, crowd: Crowd, random: Random) -> None:
        """Nothing is open yet."""
        self.crowd, self.random = crowd, random
        self.page = random.choice(crowd.pages)
        self.cookies: dict[str, str] = {}
        self.socket = AsyncExitStack()
        self.visitor: Visitor | None = None
        self.is_waiting = False

    async def stay(self, wait: float) -> None:
        """Arrive after so many seconds; then look, choose, look, until the crowd leaves."""
        try:
            await asyncio.sleep(wait)
            while not self.crowd.is_over:
                self.is_waiting = True
                await self.act()
                self.is_waiting = False
                await self.look()
        finally:
            await self.socket.aclose()

    async def act(self) -> None:
        """Open a view or change it, and note how that went."""
        is_new = self.visitor is None
        try:
            async with asyncio.timeout(LIMIT):
                run = await (self.arrive() if is_new else self.change())
        except FAILURES as error:
            await self.fail(error)
        else:
            tally = self.crowd.tally
            tally.note(tally.opened if is_new else tally.changed, run)

    async def look(self) -> None:
        """Rest; a browser notices at once when its socket closes, and comes back."""
        pause = self.random.uniform(*self.crowd.pause)
        if self.visitor is None:
            await asyncio.sleep(pause)
            return
        try:
            async with asyncio.timeout(pause):
                await self.visitor.socket.wait_closed()
        except TimeoutError:
            return
        self.is_waiting = True
        await self.fail(ConnectionClosed(self.visitor.socket.protocol.close_rcvd, None))

    async def fail(self, error: BaseException) -> None:
        """Note an error. Who has lost a socket comes back; who has met another one opens a page anew later."""
        closed = isinstance(error, ConnectionClosed) and self.visitor is not None
        if not (closed and self.crowd.is_forgiving):
            self.crowd.tally.errors[kind_of(error)] += 1
        if closed:
            await self.come_back()
        else:
            await self.part()

    async def part(self) -> None:
        """Close the socket."""
        self.visitor = None
        await self.socket.aclose()

    # ---- what a browser does ------------------------------------------------

    async def arrive(self) -> Run:
        """Open a page: all that a browser loads that has never been here, and the first run."""
        begun = time.perf_counter()
        self.cookies = {}
        async with Line(self.crowd.url, self.cookies) as line:
            html = await line.get(self.page)
            for path in dict.fromkeys(NAMED.findall(UNPACKED[line.form](html))):
                await line.get(path.decode())
            for path in HEALTH:
                await line.get(path)
        run = await self.connect(self.page, "")
        return Run(time.perf_counter() - begun, line.bytes + run.bytes, run.errors)

    async def connect(self, page: str, query: str) -> Run:
        """Open the socket and ask for a view."""
        headers = {"Cookie": cookie(self.cookies)}
        door = visiting(self.crowd.url, additional_headers=headers, ssl=ANY_CERTIFICATE)
        self.visitor = await self.socket.enter_async_context(door)
        return await self.go(page, query)

    async def go(self, page: str, query: str) -> Run:
        """Ask for a view by its address; another page than all others got there is an error."""
        assert self.visitor is not None
        run, found = await self.visitor.go(page, query), self.visitor.page_hash
        is_other = self.crowd.hashes.setdefault(page, found) != found
        return replace(run, errors=(*run.errors, "another page than asked for")) if is_other else run

    async def change(self) -> Run:
        """A choice of Ds, a link to another page, with a filter or as it was, or a file."""
        assert self.visitor is not None
        what, shown = self.random.random(), self.visitor.widgets.get("d")
        if shown and what < 0.5:
            ds = self.random.sample(shown.options, self.random.randint(1, 2))
            return await self.visitor.choose("d", tuple(ds))
        query = self.visitor.query
        if shown and what < 0.75:
            query = urlencode({"d": self.random.choice(shown.options)})
        self.page = LIST if LIST in self.crowd.pages and what > 0.95 else self.random.choice(self.crowd.pages)
        run = await self.go(self.page, query)
        if self.page == LIST and self.visitor.files and what > 0.95:
            await self.take_away()
        return run

    async def take_away(self) -> None:
        """Have the file made that the page offers, and fetch it."""
        assert self.visitor is not None
        async with Line(self.crowd.url, self.cookies) as line:
            await line.get(await self.visitor.made(self.visitor.files[0]))
        self.crowd.tally.files += 1

    async def come_back(self) -> None:
        """Open the socket anew and ask for the view that stood there."""
        assert self.visitor is not None
        page, query, begun = self.page, self.visitor.query, time.perf_counter()
        for pause in BACK_AFTER:
            await self.part()
            await asyncio.sleep(pause * self.random.uniform(0.5, 1.0))
            try:
                async with asyncio.timeout(LIMIT):
                    async with Line(self.crowd.url, self.cookies) as line:
                        for path in HEALTH:
                            await line.get(path)
                    run = await self.connect(page, query)
            except (InvalidHandshake, ConnectionClosed):
                continue
            except FAILURES as error:
                self.crowd.tally.errors[kind_of(error)] += 1
                continue
            self.crowd.tally.note(self.crowd.tally.regained, replace(run, seconds=time.perf_counter() - begun))
            return
        self.crowd.tally.errors["view lost"] += 1
