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
from cluster_data.model.page_files import page_files, page_name
from cluster_data.views import drawn_with

BARE, ONE_BAR, DASH = "bare Streamlit page", "one Plotly bar", "Dash page"
UNCOMPRESSED = " as Streamlit sends it"
FAST_BUDGET, SLOW_BUDGET, DASH_BUDGET = 1.3, 0.85, 1.0
LARGE, SMALL = 0.55, 0.7  # of what a page takes uncompressed: with Plotly or deck.gl, and without
SLOW_LINE = {"offline": False, "latency": 40, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}
BINARY = 2


@dataclass(frozen=True)
class Target:
    """An address to open, and the framework that says when it is done."""

    url: str
    kind: str = "streamlit"


@dataclass(frozen=True)
class FirstView:
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
        print_table(report, fast)
        judge_dash(report, fast)
        heading("The same at 10 Mbit/s and 40 ms, the page as Streamlit sends it beside it (medians)")
        slow = views(chromium, {BARE: targets[BARE]} | dict(twice(stack)), 1 if quick else 3, SLOW_LINE)
        print_slow_table(report, slow)


def serve_all(stack: ExitStack) -> Iterator[tuple[str, Target]]:
    """Start every server; the Dash page only where Dash is installed."""
    yield BARE, Target(stack.enter_context(server.running(server.BARE)).url)
    yield ONE_BAR, Target(stack.enter_context(server.running(server.ONE_BAR)).url)
    yield from every_page(stack.enter_context(server.running(server.SERVE)).url)
    if find_spec("dash"):
        yield DASH, Target(stack.enter_context(server.running(server.DASH)).url, "dash")


def twice(stack: ExitStack) -> Iterator[tuple[str, Target]]:
    """Every page as it is served, and as Streamlit alone sends it."""
    served = stack.enter_context(server.running(server.SERVE)).url
    plain = stack.enter_context(server.running(server.APP)).url
    yield from every_page(served)
    yield from ((path + UNCOMPRESSED, target) for path, target in every_page(plain))


def every_page(url: str) -> Iterator[tuple[str, Target]]:
    """Every page of the app by its path; the first is at the root."""
    for number, file in enumerate(page_files()):
        path = f"/{page_name(file)}" if number else "/"
        yield path, Target(url + path)


def views(chromium: Browser, targets: dict[str, Target], rounds: int, line: dict | None = None) -> dict[str, FirstView]:
    """The median view of each target; every second round goes backwards."""
    taken: dict[str, list[FirstView]] = {name: [] for name in targets}
    for number in range(rounds):
        for name in reversed(targets) if number % 2 else targets:
            taken[name].append(view(chromium, targets[name], line))
    return {name: middle(some) for name, some in taken.items()}


def view(chromium: Browser, target: Target, line: dict | None = None) -> FirstView:
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
    return FirstView(taken, meter.bytes / 1024)


def middle(some: list[FirstView]) -> FirstView:
    """Median time and median size."""
    return FirstView(median(one.milliseconds for one in some), median(one.kilobytes for one in some))


def print_table(report: Report, found: dict[str, FirstView]) -> None:
    """Every page against the bare page and the page with one bar."""
    rows = []
    for name, seen in found.items():
        against_bare = seen.milliseconds / found[BARE].milliseconds
        judged = report.judge("first view of Overview", against_bare, FAST_BUDGET) if name == "/" else UNJUDGED
        figures = [f"{seen.milliseconds:,.0f}", f"{seen.kilobytes:,.0f}", f"{against_bare:.2f}"]
        rows.append([name, *figures, ratio(seen.milliseconds, found[ONE_BAR].milliseconds), *judged])
    table(("Page", "ms", "KB", "x bare", "x one bar", "budget", ""), rows)


def print_slow_table(report: Report, found: dict[str, FirstView]) -> None:
    """Every page against itself as Streamlit sends it, and Overview against the bare page."""
    bare, rows = found[BARE], []
    for name, seen in found.items():
        if name == BARE or name.endswith(UNCOMPRESSED):
            continue
        plain = found[name + UNCOMPRESSED]
        budget = LARGE if {"chart", "map"} & {*drawn_with(name[1:])} else SMALL
        against = seen.milliseconds / plain.milliseconds
        figures = [f"{one:,.0f}" for one in (seen.milliseconds, plain.milliseconds, seen.kilobytes, plain.kilobytes)]
        judged = report.judge(f"{name} on the slow line against uncompressed", against, budget)
        rows.append([name, *figures, f"{against:.2f}", *judged])
    table(("Page", "ms", "ms uncompressed", "KB", "KB uncompressed", "x", "budget", ""), rows)
    against_bare = found["/"].milliseconds / bare.milliseconds
    judged = report.judge("Overview on the slow line against the bare page", against_bare, SLOW_BUDGET)
    print(
        f"\nThe bare page takes {bare.milliseconds:,.0f} ms, Overview {against_bare:.2f} x of it ({', '.join(judged)})."
    )


def judge_dash(report: Report, found: dict[str, FirstView]) -> None:
    """Overview against the same kind of page in Dash, where that was measured."""
    if DASH not in found:
        print("\nDash is not installed, so the comparison with a Dash page is left out.")
        return
    times = found["/"].milliseconds / found[DASH].milliseconds
    judged = report.judge("first view of Overview against Dash", times, DASH_BUDGET)
    print(f"\nOverview takes {times:.2f} x the Dash page ({', '.join(judged)}).")
