"""Server time of a filter change, against a Streamlit page with one Plotly bar chart.

A visitor without a browser opens a page and gives its D filter, then its area filter, one value after
another. "New" values were not seen before by that server, so nothing is cached for them; "again" are
the same values a second time. Between any two changes the baseline page makes one too, so that a busy
machine slows both. Time runs from sending the change to the end of the script's run, as the visitor
sees it; processor time is the server's own, from /proc, and does not depend on other load.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice
from statistics import median

from bench import server
from bench.report import Report, heading, milliseconds, ratio, table
from bench.server import Server
from bench.usage import processor_seconds
from bench.visitor import Run, Visitor, visiting

FILTERS = ("d", "area")
BUDGET = 2.0
TIME_HEADERS = ("Change", "values", "ms", "one bar", "ratio", "budget", "")
OTHER_HEADERS = ("cpu ms", "one bar", "ratio", "KB sent", "errors")

Choice = tuple[str, ...]


@dataclass(frozen=True)
class Timing:
    """A series of changes on one server: their runs and the processor seconds all took."""

    runs: tuple[Run, ...]
    cpu: float

    @property
    def seconds(self) -> float:
        return median(run.seconds for run in self.runs)

    @property
    def cpu_seconds(self) -> float:
        return self.cpu / len(self.runs)

    @property
    def kilobytes(self) -> float:
        return median(run.bytes for run in self.runs) / 1024

    @property
    def errors(self) -> list[str]:
        return [error for run in self.runs for error in run.errors]


def run(report: Report, quick: bool) -> None:
    """Measure and print, with the pack as it is."""
    heading("Server time of a filter change (medians)")
    measure(report, "filter change", BUDGET, 5 if quick else 15)


def measure(report: Report, what: str, budget: float, changes: int, environment: dict[str, str] | None = None) -> None:
    """Every page and filter, each page on a server of its own; prints one table."""
    rows: list[list[str]] = []
    failures: list[str] = []
    with server.running(server.ONE_BAR) as bar:
        for path in server.PAGES:
            with server.running(server.APP, environment) as app:
                for name, own, other in asyncio.run(one_page(app, bar, path, changes)):
                    judged = report.judge(f"{what} {name}", own.seconds / other.seconds, budget)
                    rows.append(row(name, own, other, judged))
                    failures += own.errors
    table(TIME_HEADERS + OTHER_HEADERS, rows)
    for failure in dict.fromkeys(failures):
        print(f"  error: {failure}")


async def one_page(app: Server, bar: Server, path: str, changes: int) -> list[tuple[str, Timing, Timing]]:
    """New and repeated changes of each filter on one page, with the baseline's in between."""
    found = []
    async with visiting(app.url) as visitor, visiting(bar.url) as other:
        await visitor.open(path)
        await other.open()
        for key in FILTERS:
            mine = choices(visitor.widget(key).options, changes)
            theirs = choices(other.widget("d").options, changes)
            for values in ("new", "again"):
                own, baseline = await alternate((app, visitor, key, mine), (bar, other, "d", theirs))
                found.append((f"{path} {key} {values}", own, baseline))
            await visitor.clear(key)
    return found


async def alternate(*series: tuple[Server, Visitor, str, Sequence[Choice]]) -> list[Timing]:
    """Make the changes of all series in turns; a timing for each series."""
    before = [processor_seconds(served.pid) for served, *_ in series]
    runs: list[list[Run]] = [[] for _ in series]
    for turn in range(max(len(values) for *_, values in series)):
        for done, (_, visitor, key, values) in zip(runs, series, strict=True):
            done.append(await visitor.choose(key, values[turn % len(values)]))
    after = [processor_seconds(served.pid) for served, *_ in series]
    return [Timing(tuple(done), end - begin) for done, begin, end in zip(runs, before, after, strict=True)]


def choices(options: Sequence[str], how_many: int) -> list[Choice]:
    """Different values for a filter: each option alone, then pairs, and so on."""
    sizes = range(1, len(options) + 1)
    every = chain.from_iterable(combinations(options, size) for size in sizes)
    return list(islice(every, how_many))


def row(name: str, own: Timing, other: Timing, judged: list[str]) -> list[str]:
    """One line of the table; time, not processor time, was judged."""
    path_and_key, values = name.rsplit(" ", 1)
    time = compared(own.seconds, other.seconds)
    cpu = compared(own.cpu_seconds, other.cpu_seconds)
    return [path_and_key, values, *time, *judged, *cpu, f"{own.kilobytes:,.0f}", str(len(own.errors))]


def compared(own: float, other: float) -> list[str]:
    """Three cells: ours, the baseline's, and how many times that."""
    return [milliseconds(own), milliseconds(other), ratio(own, other)]
