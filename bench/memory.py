"""Memory of the server with 1, 20 and 100 visitors at once, each with Overview open and filtered.

One server keeps all visitors: the second stop adds 19, the third 80 more, each group arriving at the
same moment. A visitor opens Overview and changes the D filter; its session stays open. The first one
goes through every choice the others will make, so that what the server keeps for all is not counted
as a visitor's.
"""

import asyncio
from collections.abc import Awaitable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from statistics import median

from bench import server
from bench.filter_change import choices
from bench.report import Report, heading, table
from bench.server import Server
from bench.usage import ON_LINUX, Memory, memory
from bench.visitor import Run, Visitor, visiting

STOPS = (1, 20, 100)
BUDGET = 1.0
REST = 2.0  # seconds before memory is read
CHOICES = 15
HEADERS = ("Visitors", "RSS MB", "PSS MB", "USS MB", "median ms", "slowest ms", "errors")


@dataclass(frozen=True)
class Stop:
    """The server with so many visitors, and the runs of those who came last."""

    visitors: int
    used: Memory
    runs: tuple[Run, ...]
    lost: tuple[str, ...]

    @property
    def errors(self) -> list[str]:
        return [*self.lost, *(error for run in self.runs for error in run.errors)]


def run(report: Report, quick: bool) -> None:
    """Measure and print; the count of visitors is the point, so `quick` changes nothing."""
    heading("Memory per visitor")
    if not ON_LINUX:
        print("Memory is read from /proc: measured on Linux only.")
        return
    with server.running(server.APP) as app:
        stops = asyncio.run(crowd(app))
    table(HEADERS, [row(stop) for stop in stops])
    print()
    table(("A visitor more costs", "RSS MB", "USS MB", "budget", ""), list(growth(report, stops)))
    errors = [error for stop in stops for error in stop.errors]
    judged = report.judge("errors among 100 visitors", len(errors), 0, "errors")
    print(f"\n{len(errors)} errors among {STOPS[-1]} visitors at once ({', '.join(judged)}).")
    for error in dict.fromkeys(errors):
        print(f"  error: {error}")


async def crowd(app: Server) -> list[Stop]:
    """Let visitors arrive group by group, all staying to the end."""
    stops: list[Stop] = []
    async with AsyncExitStack() as doors:
        here = 0
        for wanted in STOPS:
            arrivals = [doors.enter_async_context(visiting(app.url)) for _ in range(wanted - here)]
            visits = [visit(arrival, number) for number, arrival in enumerate(arrivals, start=here)]
            outcomes = await asyncio.gather(*visits, return_exceptions=True)
            await asyncio.sleep(REST)
            stops.append(stop_at(wanted, memory(app.pid), outcomes))
            here = wanted
    return stops


async def visit(arrival: Awaitable[Visitor], number: int) -> tuple[Run, ...]:
    """Open Overview and choose Ds, others than the visitor before; the very first chooses all in turn."""
    visitor = await arrival
    opened = await visitor.open()
    different = choices(visitor.widget("d").options, CHOICES)
    mine = [different[number % len(different)]] if number else different
    return opened, *[await visitor.choose("d", values) for values in mine]


def stop_at(visitors: int, used: Memory, outcomes: list[tuple[Run, ...] | BaseException]) -> Stop:
    """Part the runs from the visits that failed."""
    lost = tuple(repr(outcome) for outcome in outcomes if isinstance(outcome, BaseException))
    runs = tuple(run for outcome in outcomes if isinstance(outcome, tuple) for run in outcome)
    return Stop(visitors, used, runs, lost)


def row(stop: Stop) -> list[str]:
    """One line: the memory of the server, and how long the runs of the newcomers took."""
    used, times = stop.used, [run.seconds * 1000 for run in stop.runs] or [float("nan")]
    sizes = [f"{size:,.1f}" for size in (used.rss, used.pss, used.uss)]
    return [str(stop.visitors), *sizes, f"{median(times):,.0f}", f"{max(times):,.0f}", str(len(stop.errors))]


def growth(report: Report, stops: list[Stop]) -> Iterator[list[str]]:
    """Between two stops, the megabytes per visitor more; the last step is judged."""
    for before, after in zip(stops, stops[1:], strict=False):
        more = after.visitors - before.visitors
        rss = (after.used.rss - before.used.rss) / more
        uss = (after.used.uss - before.used.uss) / more
        name = f"from {before.visitors} to {after.visitors}"
        judged = report.judge(f"memory per visitor {name}", rss, BUDGET, "MB")
        yield [name, f"{rss:.2f}", f"{uss:.2f}", *judged]
