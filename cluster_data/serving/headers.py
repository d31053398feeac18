"""The headers that every answer carries: what the page may load, who may embed it, what is kept from others."""

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cluster_data.serving.settings import ANYBODY, NOBODY, SELF, Settings

INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
NOT_ALLOWED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "geolocation"),
    *("gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment", "serial", "usb"),
)


def policy(page: str, embedders: tuple[str, ...]) -> str:
    """What a browser may load and run: nothing from other hosts.

    Drawing the map takes WebAssembly and `connect-src data:`; the app's own small parts are scripts of `blob:`. The
    scripts within the page are allowed by what they say.
    """
    digests = [hashlib.sha256(script.encode()).digest() for script in INLINE_SCRIPT.findall(page)]
    scripts = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    rules = (
        "default-src 'none'",
        "base-uri 'none'",
        "object-src 'none'",
        "form-action 'none'",
        f"script-src 'self' 'wasm-unsafe-eval' blob: {scripts}".strip(),
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data:",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        f"frame-ancestors {' '.join(embedders)}",
    )
    return "; ".join(rules)


def headers_of(settings: Settings, page: str) -> dict[str, str]:
    """The headers under these settings, for pages made of `page`."""
    framing = {NOBODY: "DENY", SELF: "SAMEORIGIN"}.get(" ".join(settings.embedders), "")
    found = {
        "Content-Security-Policy": policy(page, settings.embedders),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": framing,
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{one}=()" for one in NOT_ALLOWED),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "cross-origin" if ANYBODY in settings.embedders else "same-origin",
        "Strict-Transport-Security": f"max-age={settings.hsts}" if settings.hsts else "",
    }
    return {name: value for name, value in found.items() if value}


class Headers:
    """ASGI middleware that puts headers on every HTTP answer, whatever made it."""

    def __init__(self, app: ASGIApp, headers: dict[str, str]) -> None:
        self.app, self.headers = app, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def dressed(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        await self.app(scope, receive, dressed)
