"""The guard at the door: which HTTP requests come in, and what the others are told."""

import re

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from cluster_data.serving.figures import Figures
from cluster_data.serving.settings import Settings

LONGEST_ADDRESS = 32_768
MOST_HEADERS, LARGEST_HEADERS = 64, 65_536
PROBES = frozenset({"/healthz", "/readyz"})
OPEN = frozenset({"/", "/favicon.png", "/metrics", "/_stcore/health", "/_stcore/host-config", *PROBES})
OPEN_BELOW = re.compile(
    r"/static/(?:js|css|media)/[\w.-]{1,120}"  # Streamlit's own files
    r"|/media/[0-9a-f]{16,128}(?:\.\w{1,10})?"  # pictures and files to take away
    r"|/api/v1(?:/(?:openapi\.json|[a-z]{1,30}(?:/[A-Za-z]\w{0,60})?/?)?)?"  # for programs
    r"|/plain/[A-Za-z]\w{0,60}(?:/[0-9]{1,4}\.svg|/)?"  # without scripts
    r"|/[A-Za-z]\w{0,60}/?",  # pages
    re.ASCII,
)

Refusal = tuple[int, str]


def header(scope: Scope, name: bytes) -> list[str]:
    """The values of a header."""
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]


def ill_formed(scope: Scope) -> Refusal | None:
    """The refusal of an address or of headers larger than the dashboard ever needs, or of an address with raw bytes."""
    if not scope["query_string"].isascii():
        return 400, "This address is not written as addresses are."
    if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
        return 414, "This address is longer than any view of the dashboard has."
    if len(scope["headers"]) > MOST_HEADERS or sum(len(k) + len(v) for k, v in scope["headers"]) > LARGEST_HEADERS:
        return 431, "The headers of this request are too many or too large."
    return None


def foreign_host(scope: Scope, settings: Settings) -> Refusal | None:
    """The refusal of a request for a host that this is not."""
    hosts = header(scope, b"host")
    if len(hosts) == 1 and settings.answers_to(hosts[0]):
        return None
    return 400, "This server does not answer to that host name. Its operator sets the names in CLUSTER_HOSTS."


def refusal(scope: Scope, settings: Settings) -> Refusal | None:
    """Why an HTTP request does not come in: status and a sentence; nothing if it does."""
    refused = ill_formed(scope) or (foreign_host(scope, settings) if scope["path"] not in PROBES else None)
    if refused:
        return refused
    if scope["path"] not in OPEN and not OPEN_BELOW.fullmatch(scope["path"]):
        return 404, "There is nothing at this address."
    if scope["method"] not in ("GET", "HEAD"):
        return 405, "The dashboard can only be read."
    sizes = [size.strip() for size in header(scope, b"content-length")]
    with_body = header(scope, b"transfer-encoding") or any(size != "0" for size in sizes)
    return (413, "The dashboard takes nothing in.") if with_body else None


class Guard:
    """ASGI middleware that lets in the HTTP requests that the dashboard needs and no others."""

    def __init__(self, app: ASGIApp, settings: Settings, figures: Figures) -> None:
        self.app, self.settings, self.figures = app, settings, figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = refusal(scope, self.settings) if scope["type"] == "http" else None
        if refused is None:
            await self.app(scope, receive, self.figures.counting(scope, send))
            return
        status, sentence = refused
        self.figures.refused(status)
        allowed = {"Allow": "GET, HEAD"} if status == 405 else {}
        headers = {"Cache-Control": "no-store", "Connection": "close", **allowed}
        await PlainTextResponse(f"{sentence}\n", status, headers)(scope, receive, send)
