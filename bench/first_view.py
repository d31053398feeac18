"""Time and kilobytes to the full first view in a fresh browser (see `browser.py` for what that is).

Every measurement has a new browser context with an empty cache, on servers that have been up since one
first view of each page, so a start is not part of it. The pages are taken in turns, round by round, so
that a busy machine slows all alike.
"""

from base64 import b64decode
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.util import find_spec
from statistics import median

from playwright.sync_api import Browser, CDPSession

from bench import browser, server
from bench.report import UNJUDGED, Report, heading, ratio, table

BARE, ONE_BAR, DASH = "bare Streamlit page", "one Plotly bar", "Dash page"
STAGE = "/Present"
BUDGET, SLOW_BUDGET, DASH_BUDGET = 1.5, 1.25, 1.0
SLOW_LINE = {"offline": False, "latency": 40, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}
BINARY = 2


@dataclass(frozen=True)
class Target:
    """An address to open, and the framework that says when it is done."""

    url: str
    kind: str = "streamlit"


@dataclass(frozen=True)
class View:
    """One full first view."""

    milliseconds: float
    kilobytes: float


class Meter:
    """Counts the bytes that reach a page, over HTTP and over its WebSocket."""

    def __init__(self, session: CDPSession) -> None:
        self.bytes = 0
        session.on("Network.loadingFinished", self.loaded)
        session.on("Network.webSocketFrameReceived", self.framed)

    def loaded(self, event: dict) -> None:
        """An HTTP answer has come, headers and compression counted as sent."""
        self.bytes += int(event["encodedDataLength"])

    def framed(self, event: dict) -> None:
        """A WebSocket message has come; binary ones are reported in base64."""
        frame = event["response"]
        payload = frame["payloadData"]
        self.bytes += len(b64decode(payload)) if frame["opcode"] == BINARY else len(payload)


def run(report: Report, quick: bool) -> None:
    """Measure and print: this machine's own line, then the slow one."""
    with ExitStack() as stack:
        targets = dict(serve_all(stack))
        chromium = stack.enter_context(browser.chromium())
        for target in targets.values():
            view(chromium, target)
        heading("Time to the full first view in a fresh browser (medians)")
        fast = views(chromium, targets, 3 if quick else 9)
        print_table(report, fast, BUDGET, "first view of Overview")
        judge_dash(report, fast)
        heading("The same for Overview at 10 Mbit/s and 40 ms (medians)")
        some = {name: targets[name] for name in (BARE, "/")}
        slow = views(chromium, some, 2 if quick else 5, SLOW_LINE)
        print_table(report, slow, SLOW_BUDGET, "first view of Overview on the slow line")


def serve_all(stack: ExitStack) -> Iterator[tuple[str, Target]]:
    """Start every server; the Dash page only where Dash is installed."""
    yield BARE, Target(stack.enter_context(server.running(server.BARE)).url)
    yield ONE_BAR, Target(stack.enter_context(server.running(server.ONE_BAR)).url)
    app = stack.enter_context(server.running(server.APP))
    for path in (*server.PAGES, STAGE):
        yield path, Target(app.url + path)
    if find_spec("dash"):
        yield DASH, Target(stack.enter_context(server.running(server.DASH)).url, "dash")


def views(chromium: Browser, targets: dict[str, Target], rounds: int, line: dict | None = None) -> dict[str, View]:
    """The median view of each target; every second round goes backwards."""
    taken: dict[str, list[View]] = {name: [] for name in targets}
    for number in range(rounds):
        for name in reversed(targets) if number % 2 else targets:
            taken[name].append(view(chromium, targets[name], line))
    return {name: middle(some) for name, some in taken.items()}


def view(chromium: Browser, target: Target, line: dict | None = None) -> View:
    """One first view in a new context."""
    context = chromium.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    meter = Meter(session)
    if line:
        session.send("Network.emulateNetworkConditions", line)
    taken = browser.open_page(page, target.url, target.kind)
    for error in browser.exceptions(page):
        raise server.NothingToMeasureError(f"{target.url} shows an error: {error}")
    context.close()
    return View(taken, meter.bytes / 1024)


def middle(some: list[View]) -> View:
    """Median time and median size."""
    return View(median(one.milliseconds for one in some), median(one.kilobytes for one in some))


def print_table(report: Report, found: dict[str, View], budget: float, what: str) -> None:
    """Every page against the bare page and, where measured, the page with one bar."""
    rows = []
    for name, seen in found.items():
        against_bare = seen.milliseconds / found[BARE].milliseconds
        judged = report.judge(what, against_bare, budget) if name == "/" else UNJUDGED
        bar = ratio(seen.milliseconds, found[ONE_BAR].milliseconds) if ONE_BAR in found else ""
        figures = [f"{seen.milliseconds:,.0f}", f"{seen.kilobytes:,.0f}", f"{against_bare:.2f}"]
        rows.append([name, *figures, bar, *judged])
    table(("Page", "ms", "KB", "x bare", "x one bar", "budget", ""), rows)


def judge_dash(report: Report, found: dict[str, View]) -> None:
    """Overview against the same kind of page in Dash, where that was measured."""
    if DASH not in found:
        print("\nDash is not installed, so the comparison with a Dash page is left out.")
        return
    times = found["/"].milliseconds / found[DASH].milliseconds
    judged = report.judge("first view of Overview against Dash", times, DASH_BUDGET)
    print(f"\nOverview takes {times:.2f} x the Dash page ({', '.join(judged)}).")
