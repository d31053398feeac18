"""A server and a browser for the tests, and pages that watch what they ask for.

CHROMIUM is the path of the browser to use; without it Playwright takes its own.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.browser import FLAGS
from tests.browser.screen import HEIGHTS, HERE, ROOT, wait_until_settled
from tests.packs import PACK

START_LIMIT = 60.0
BRIEF = "--js-flags=--no-maglev --no-turbofan"  # a page of a test is gone before code optimised for it would pay
FORBIDDEN = "Content Security Policy"  # what a browser says of anything that the headers do not allow
FORGET = "() => { try { localStorage.clear(); sessionStorage.clear(); } catch { /* no page of ours */ } }"
ONLY_SOME_NEED = frozenset({"northmark", "hostile", "site", "attacked"})
WCAG_A_AND_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The quick tests first; those with a browser come last, as its loop must not run beside the others.

    Of these the slow ones begin, lest one be left when all others are done; tests of a server that only some need run
    in one process, so that it is started once.
    """
    items.sort(key=lambda item: (HERE in item.path.parents, item.get_closest_marker("slow") is None))
    for item in items:
        for name in ONLY_SOME_NEED.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.xdist_group(name))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A test that fails shows the end of the servers' logs."""
    report = yield
    if report.failed:
        servers = item.config.stash.get(SERVERS, [])
        report.sections += [(f"log of {server.url}", server.tail()) for server in servers]
    return report


# ---- servers --------------------------------------------------------------


@dataclass
class Server:
    """A running dashboard: its address, its process and its log."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def tail(self, lines: int = 40) -> str:
        """The end of the log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def wait(self) -> None:
        """Return once the server answers."""
        end = time.monotonic() + START_LIMIT
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            if is_healthy(self.url):
                return
            time.sleep(0.1)
        self.stop()
        pytest.fail(f"The server did not come up:\n{self.tail()}", pytrace=False)

    def stop(self) -> None:
        """End the server, firmly if it does not go when asked."""
        self.process.terminate()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


SERVERS = pytest.StashKey[list[Server]]()


def is_healthy(url: str) -> bool:
    """Does the server at this address answer?"""
    try:
        with urlopen(f"{url}/_stcore/health", timeout=2) as reply:
            return bool(reply.status == 200)
    except (URLError, OSError):
        return False


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def launch(port: int, log: Path, environment: dict[str, str]) -> Server:
    """Start the dashboard at a port, as `make run` does."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "serve.py"],
            cwd=ROOT,
            env={**os.environ, **environment, "CLUSTER_PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    return Server(f"http://localhost:{port}", process, log)


@pytest.fixture(scope="session")
def start(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Starts a new server, at a port and with other environment variables if wanted; all end with the tests."""
    folder = tmp_path_factory.mktemp("servers")
    servers = pytestconfig.stash.setdefault(SERVERS, [])

    def started(port: int | None = None, **environment: str) -> Server:
        server = launch(port or free_port(), folder / f"{len(servers)}.log", environment)
        servers.append(server)
        server.wait()
        return server

    yield started
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def server(start: Callable[..., Server]) -> str:
    """The address of the one server that most tests share."""
    return start().url


@pytest.fixture(scope="session")
def northmark(start: Callable[..., Server]) -> str:
    """The address of a server with the invented pack."""
    return start(CLUSTER_DATA=str(PACK)).url


@pytest.fixture(scope="session")
def port_of_one_test() -> int:
    """Where the server of a single test answers: at an address of its own it would find the browser's cache empty."""
    return free_port()


@pytest.fixture
def serve(start: Callable[..., Server], port_of_one_test: int) -> Iterator[Callable[..., str]]:
    """Starts a new server for one test, with other environment variables if wanted, and gives its address."""
    servers: list[Server] = []

    def started(**environment: str) -> str:
        servers.append(start(port_of_one_test, **environment))
        return servers[-1].url

    yield started
    for server in servers:
        server.stop()


# ---- pages ----------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless browser for all tests."""
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or None
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, BRIEF])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Where all pages open, so that each loads Streamlit's own files only once from a server."""
    context = browser.new_context(reduced_motion="reduce", locale="en-GB", timezone_id="Europe/London")
    yield context
    context.close()


@pytest.fixture(scope="session")
def tabs() -> list[Page]:
    """The tabs that tests use one after another: a new tab would have to read all of Streamlit's code anew."""
    return []


def add_tab(context: BrowserContext, tabs: list[Page]) -> Page:
    """One more tab; should it crash, it is not used again."""
    tab = context.new_page()
    tab.once("crash", lambda gone: tabs.remove(gone))
    tabs.append(tab)
    return tab


def leave(tab: Page) -> None:
    """Leave a tab as a new one: nothing is stored, and its history, of which a browser keeps 50 entries, is empty.

    It stays with its server, if that still runs: from elsewhere a browser would come back in a new process, which has
    to read all of Streamlit's code anew and takes twice as long.
    """
    tab.evaluate(FORGET)
    home = urljoin(tab.url, "/").rstrip("/")
    stays = home.startswith("http") and is_healthy(home)
    tab.goto(f"{home}/healthz" if stays else "about:blank")
    session = tab.context.new_cdp_session(tab)
    session.send("Page.resetNavigationHistory")
    session.detach()


def watch(page: Page, base: str, faults: list[str]) -> Callable[[], None]:
    """Note each request that leaves the server, and each error of the page's own code, until told to stop."""
    home = urlsplit(base).netloc

    def asked(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != home:
            faults.append(f"asked another host: {url}")

    listeners = {
        "request": lambda request: asked(request.url),
        "websocket": lambda socket: asked(socket.url),
        "pageerror": lambda error: faults.append(f"error in the page: {error}"),
        "console": lambda said: faults.append(said.text) if FORBIDDEN in said.text else None,
    }
    for event, listener in listeners.items():
        page.on(event, listener)
    return lambda: [page.remove_listener(event, listener) for event, listener in listeners.items()]


@pytest.fixture
def open_page(
    context: BrowserContext, tabs: list[Page], request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """Opens a path as a new visitor, in a tab of its own; fails the test if the page erred or asked another host."""
    faults: list[str] = []
    stops: list[Callable[[], None]] = []

    def visit(path: str = "/", width: int = 1400, scheme: str = "light", base: str | None = None) -> Page:
        base = base or request.getfixturevalue("server")
        page = tabs[len(stops)] if len(stops) < len(tabs) else add_tab(context, tabs)
        page.bring_to_front()
        page.mouse.move(0, 0)
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        page.emulate_media(color_scheme=scheme)
        stops.append(watch(page, base, faults))
        page.goto(urljoin(base, path))
        wait_until_settled(page)
        return page

    yield visit
    for page in context.pages:
        if page in tabs:
            leave(page)
        else:
            page.close()
    for stop in stops:
        stop()
    if faults:
        pytest.fail("\n".join(dict.fromkeys(faults)), pytrace=False)


# ---- accessibility --------------------------------------------------------


def describe(violation: dict) -> str:
    """A violation of an accessibility rule in a few lines: the rule, and where it is broken."""
    lines = [f"{violation['id']} ({violation['impact']}): {violation['help']}"]
    for node in violation["nodes"]:
        lines.append(f"  at {' '.join(map(str, node['target']))}")
        lines.append(f"     {node['html'][:200]}")
        lines += [f"     {line.strip()}" for line in node["failureSummary"].splitlines()[1:]]
    return "\n".join(lines)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], str]:
    """Says which WCAG 2.2 A and AA rules a page breaks, and where; empty if none."""
    rules = {
        "runOnly": {"type": "tag", "values": WCAG_A_AND_AA},
        "resultTypes": ["violations"],
        "preload": {"assets": ["media"]},
    }

    def violations(page: Page) -> str:
        answer = Axe().run(page, options=rules).response
        return "\n".join(map(describe, answer["violations"]))

    return violations
