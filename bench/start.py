"""From starting the server's process to the end of a first visitor's run of the first page.

Fresh processes each time, ours and the baselines in turns, after one of each that is not counted
(it fills the disk's cache and compiles the modules).
"""

import asyncio
import time
from pathlib import Path
from statistics import median

from bench import server
from bench.report import UNJUDGED, Report, heading, milliseconds, ratio, table
from bench.visitor import visiting

BUDGET = 1.5
SCRIPTS = {"bare": server.BARE, "one bar": server.ONE_BAR, "Overview": server.APP}


def run(report: Report, quick: bool) -> None:
    """Measure and print."""
    heading("Start of the server to the first page (medians)")
    times = starts(3 if quick else 7)
    bare = times["bare"]
    judged = {"Overview": report.judge("start", times["Overview"] / bare, BUDGET)}
    rows = [
        [name, milliseconds(seconds), ratio(seconds, bare), *judged.get(name, UNJUDGED)]
        for name, seconds in times.items()
    ]
    table(("Page", "ms", "x bare", "budget", ""), rows)


def starts(repeats: int) -> dict[str, float]:
    """Median seconds for each script."""
    times: dict[str, list[float]] = {name: [] for name in SCRIPTS}
    for _ in range(repeats + 1):
        for name, script in SCRIPTS.items():
            times[name].append(first_page(script))
    return {name: median(seconds[1:]) for name, seconds in times.items()}


def first_page(script: Path) -> float:
    """Seconds from a new process to the end of its first run."""
    with server.running(script) as served:
        asyncio.run(open_first(served.url))
        return time.perf_counter() - served.started


async def open_first(url: str) -> None:
    """One visitor, one run."""
    async with visiting(url) as visitor:
        await visitor.open()
