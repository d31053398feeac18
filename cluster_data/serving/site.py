"""The parts put together: routes, middleware and what happens from start to end, for any ASGI app to take."""

import asyncio
import hmac
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from ipaddress import ip_address
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from cluster_data.input.faults import Fault
from cluster_data.model.cluster import Cluster
from cluster_data.model.day import today
from cluster_data.model.page_files import page_files, page_name
from cluster_data.serving.assets import StoredFiles, store, streamlit_files
from cluster_data.serving.figures import Figures
from cluster_data.serving.guard import Guard
from cluster_data.serving.headers import Headers, headers_of
from cluster_data.serving.previews import preview
from cluster_data.serving.readable import Readable
from cluster_data.serving.settings import LOCAL, LOOPBACK, OFF, Settings, fits
from cluster_data.serving.shell import Shell
from cluster_data.serving.sockets import Sockets, Wire

ICON = Path(__file__).parents[1] / "icon.png"
NEWS_AFTER = 2.0
PASSED_ON = ("x-forwarded-for", "forwarded", "x-real-ip")

Reading = tuple[Cluster | None, tuple[Fault, ...]]


class Data:
    """What is known of the pack. It is read off the event loop, and asked for anew at most every two seconds."""

    def __init__(self, read: Callable[[], Reading]) -> None:
        self.read = read
        self.cluster: Cluster | None = None
        self.faults: tuple[Fault, ...] = ()
        self.asked: float | None = None
        self._busy = asyncio.Lock()

    async def refresh(self) -> None:
        """Read what is new, unless that was done a moment ago. While another reads, what is known stands."""
        if self._busy.locked() or (self.asked and time.monotonic() - self.asked < NEWS_AFTER):
            return
        async with self._busy:
            self.cluster, self.faults = await run_in_threadpool(self.read)
            self.asked = time.monotonic()

    async def newest(self) -> Cluster | None:
        """The newest good data, if there is any; the first reading is waited for."""
        if self.asked is None:
            async with self._busy:
                pass
        await self.refresh()
        return self.cluster


class Site:
    """The dashboard as a site of pages: what to give an ASGI app so that it serves them."""

    def __init__(self, settings: Settings, read: Callable[[], Reading], wire: Wire) -> None:
        self.settings, self.wire = settings, wire
        self.figures, self.data = Figures(), Data(read)
        self.shell = Shell(streamlit_files())
        self.readable = Readable(settings, self.data.newest)
        self.pages = [page_name(file) for file in page_files()]

    def middleware(self) -> list[Middleware]:
        """From the outermost to the innermost."""
        return [
            Middleware(Headers, headers_of(self.settings, self.shell.page)),
            Middleware(Guard, self.settings, self.figures),
            Middleware(Sockets, self.settings, self.figures, self.wire),
            Middleware(StoredFiles, streamlit_files(), store()),
        ]

    def routes(self) -> list[Route]:
        """The site's own answers; a page that is not in the menu is told so by the app."""
        return [
            Route("/healthz", self.healthz),
            Route("/readyz", self.readyz),
            Route("/metrics", self.metrics),
            Route("/favicon.png", self.icon),
            *self.readable.routes(),
            Route("/", self.html),
            Route("/{name:path}/", self.without_slash),
            Route("/{name:str}", self.html),
        ]

    @asynccontextmanager
    async def lifespan(self, _: object) -> AsyncIterator[None]:
        """Read the pack beside the first requests."""
        reading = asyncio.create_task(self.data.refresh())
        yield
        reading.cancel()

    # ---- pages ------------------------------------------------------------

    async def html(self, request: Request) -> Response:
        """The HTML of a page; of a name that is no page too, with status 404."""
        name = request.path_params.get("name", self.pages[0])
        if "." in name:
            return PlainTextResponse("There is nothing at this address.\n", 404)
        known = name in self.pages
        await self._glance()
        page, query = (name, request.url.query) if known else (self.pages[0], "")
        told = await run_in_threadpool(preview, self.data.cluster, page, query, self.settings.address)
        return HTMLResponse(self.shell.html(told), 200 if known else 404, {"Cache-Control": "no-cache"})

    async def _glance(self) -> None:
        """Have the pack looked at again, without waiting for it."""
        if self.data.asked:
            await self.data.refresh()

    async def without_slash(self, request: Request) -> Response:
        """What has a name has no slash at its end."""
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/{request.url.path.strip('/')}{query}", 308)

    async def icon(self, _: Request) -> Response:
        """The picture that previews of links show."""
        headers = {"Cache-Control": "public, max-age=86400", "Cross-Origin-Resource-Policy": "cross-origin"}
        return FileResponse(ICON, headers=headers)

    # ---- health -----------------------------------------------------------

    async def healthz(self, _: Request) -> Response:
        """The process is up."""
        return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})

    async def readyz(self, _: Request) -> Response:
        """Whether there is good data to show, and what is wrong with the files as they are now."""
        await self._glance()
        cluster = self.data.cluster
        about: dict[str, object] = {"ready": cluster is not None, "faults": len(self.data.faults)}
        if cluster is not None:
            about |= {"pack": cluster.pack.name, "as_of": cluster.pack.as_of.isoformat()}
        return JSONResponse(about, 200 if cluster is not None else 503, {"Cache-Control": "no-store"})

    async def metrics(self, request: Request) -> Response:
        """The figures for Prometheus, for those who may read them; for others there is nothing here."""
        if not self.may_read(request):
            return PlainTextResponse("There is nothing at this address.\n", 404, {"Cache-Control": "no-store"})
        await self._glance()
        kind = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8", "Cache-Control": "no-store"}
        return Response(self.figures.text(self.of_pack()), headers=kind)

    def may_read(self, request: Request) -> bool:
        """Whether a request shows the token, or comes from this machine itself and not by way of a proxy."""
        allowed = self.settings.metrics
        if allowed == OFF:
            return False
        if allowed == LOOPBACK:
            passed_on = any(name in request.headers for name in PASSED_ON)
            local = any(fits(request.url.hostname or "", name) for name in LOCAL)
            return local and not passed_on and is_loopback(request.client.host if request.client else "")
        shown = request.headers.get("authorization", "")
        return hmac.compare_digest(shown.encode(), f"Bearer {allowed}".encode())

    def of_pack(self) -> dict[str, float]:
        """The gauges of the data."""
        cluster = self.data.cluster
        known = {"pack_ready": float(cluster is not None), "pack_faults": float(len(self.data.faults))}
        return known | ({"pack_age_days": float((today() - cluster.pack.as_of).days)} if cluster else {})


def is_loopback(host: str) -> bool:
    """Whether an address is of this machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
