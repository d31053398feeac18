"""What an operator may set: environment variables, each read, checked and explained in one place."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

LOCAL = ("localhost", "127.0.0.1", "::1")
OFF, LOOPBACK = "off", "loopback"
SELF, NOBODY, ANYBODY = "'self'", "'none'", "*"
BELOW = "STREAMLIT_SERVER_BASE_URL_PATH"
LABEL = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
NAME = re.compile(rf"{LABEL}(\.{LABEL})*")
EMBEDDER = re.compile(rf"https?://(\*\.)?{LABEL}(\.{LABEL})*(:[0-9]{{1,5}})?")
TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{16,200}")


class BadSetting(ValueError):
    """An environment variable that cannot be obeyed, in a sentence for the operator."""


def is_host(text: str) -> bool:
    """Whether a text in small letters is the name of a host or an address, which may stand in brackets."""
    try:
        return bool(NAME.fullmatch(text)) or bool(ip_address(re.sub(r"^\[(.*)\]$", r"\1", text)))
    except ValueError:
        return False


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,10}", text) or not least <= int(text) <= most:
            raise ValueError(f"a whole number from {least} to {most}")
        return int(text)

    return read


def _listen(text: str) -> str:
    if not is_host(text.lower()):
        raise ValueError("a name or an address of this machine, such as localhost or 0.0.0.0")
    return text


def _hosts(text: str) -> tuple[str, ...]:
    found = tuple(re.split(r"[\s,]+", text.lower()))
    if not all(host == ANYBODY or is_host(host.removeprefix("*.")) for host in found):
        raise ValueError("host names without port, parted by commas, such as dashboard.example.org, or *")
    return tuple(host.strip("[]") for host in found)


def _address(text: str) -> str:
    try:
        parts = urlsplit(text.lower())
        named = is_host(parts.hostname or "") and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        named = False
    if not named or not re.fullmatch(rf"https?://{re.escape(parts.netloc)}/?", text.lower()):
        raise ValueError("the whole public address without a path, such as https://dashboard.example.org")
    return f"{parts.scheme}://{parts.netloc}"


def _embedders(text: str) -> tuple[str, ...]:
    found = tuple(re.split(r"[\s,]+", text.lower()))
    words = {"self": SELF, "none": NOBODY, "*": ANYBODY}
    if not all(one in words or EMBEDDER.fullmatch(one) for one in found) or ("none" in found and len(found) > 1):
        raise ValueError("none, self, *, or origins parted by commas, such as https://www.example.org")
    return tuple(words.get(one, one) for one in found)


def _metrics(text: str) -> str:
    if text not in (OFF, LOOPBACK) and not TOKEN.fullmatch(text):
        raise ValueError("off, loopback, or a token of at least 16 letters, digits and signs of ._~+/=-")
    return text


def _setting(variable: str, default: Any, read: Callable[[str], Any]) -> Any:
    return field(default=default, metadata={"variable": variable, "read": read})


@dataclass(frozen=True)
class Settings:
    """How the dashboard is served. README, "Serve it to others", says what each variable is for.

    `hosts` are the names it answers to, `address` the one that links and previews name, `embedders` who may show it in
    a page of theirs, `hsts` for how many seconds browsers shall insist on HTTPS, `metrics` who may read the figures.
    """

    listen: str = _setting("CLUSTER_LISTEN", "localhost", _listen)
    port: int = _setting("CLUSTER_PORT", 8501, _whole(1, 65535))
    address: str = _setting("CLUSTER_ADDRESS", "", _address)
    hosts: tuple[str, ...] = _setting("CLUSTER_HOSTS", LOCAL, _hosts)
    embedders: tuple[str, ...] = _setting("CLUSTER_EMBEDDERS", (SELF,), _embedders)
    hsts: int = _setting("CLUSTER_HSTS", 0, _whole(0, 63_072_000))
    metrics: str = _setting("CLUSTER_METRICS", OFF, _metrics)
    sessions: int = _setting("CLUSTER_SESSIONS", 2_000, _whole(1, 100_000))
    sessions_per_address: int = _setting("CLUSTER_SESSIONS_PER_ADDRESS", 600, _whole(1, 100_000))

    def __post_init__(self) -> None:
        """The public address names a host that is answered to."""
        if self.address:
            host = urlsplit(self.address).hostname or ""
            object.__setattr__(self, "hosts", tuple(dict.fromkeys((*self.hosts, host))))

    def answers_to(self, host: str) -> bool:
        """Whether a Host header, with or without a port, names this dashboard."""
        found = re.fullmatch(r"(\[[0-9a-f:.]+\]|[^:\[\]@/?#\s]+?)\.?(?::\d{1,5})?", host.lower())
        return bool(found) and any(fits(found[1].strip("[]"), name) for name in self.hosts if found)


def fits(host: str, name: str) -> bool:
    """Whether a host is the one named, or any for "*", or one below it for "*.example.org"."""
    return name in ("*", host) or (name.startswith("*.") and host.endswith(name[1:]))


def settings_of(environment: Mapping[str, str]) -> Settings:
    """The settings that environment variables ask for. What is empty is as if it were not there."""
    found: dict[str, Any] = {}
    for one in fields(Settings):
        text = environment.get(one.metadata["variable"], "").strip()
        try:
            found |= {one.name: one.metadata["read"](text)} if text else {}
        except ValueError as wrong:
            raise BadSetting(f"{one.metadata['variable']} is “{text[:80]}”. It must be {wrong}.") from wrong
    if environment.get(BELOW, "").strip(" /"):
        raise BadSetting(f"{BELOW} is set. It must be empty: the dashboard stands at the root of a name of its own.")
    return Settings(**found)
