"""Many visitors at once, behind nginx with TLS, against a bare Streamlit page: `python -m bench load --help`.

    python -m bench load                    100, then 300 visitors, on one and on two replicas; some 19 minutes
    python -m bench load --quick            fewer, for three minutes
    python -m bench load --restart          a rolling restart with visitors alone

Visitors arrive evenly, stay, and are joined by more. Each choice follows the one before after a pause. Times are those
of a visitor: from asking for the page to the end of its first run, from a choice to the end of its run. Visitors and
servers share this machine; processor time is counted apart for replicas, nginx and visitors.
"""

import argparse
import asyncio
import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from bench.crowd import Crowd, Tally
from bench.filter_change import choices
from bench.paper import ASSUMED, Costs, needs
from bench.report import Report, heading, milliseconds, ratio, table
from bench.server import PAGES
from bench.site import Site, serving
from bench.usage import ON_LINUX
from bench.visitor import Run, visiting
from cluster_data.model import words
from cluster_data.serving.descriptors import allow_more

NAMES = {False: "dashboard", True: "bare page"}
BARE_PAGES = ("/",)
BUDGET_ERRORS, BUDGET_VISITOR = 0, 0.5
HOW_MANY = (3_000, 30_000)
HEADERS = (
    ("Page", "visitors", "replicas", "opened", "p50 ms", "p95 ms", "changed", "p50 ms", "p95 ms", "errors")
    + ("cpu ms a run", "nginx", "visitor", "cores busy", "MB a replica", "MB a visitor", "KB to open", "to change")
)  # fmt: skip


@dataclass(frozen=True)
class Stop:
    """What was measured while so many visitors were there: times, processor seconds, megabytes before and after."""

    is_bare: bool
    visitors: int
    more: int
    replicas: int
    tally: Tally
    elapsed: float
    replica_seconds: float
    proxy_seconds: float
    own_seconds: float
    before: float
    after: float

    @property
    def runs(self) -> int:
        return len(self.tally.opened) + len(self.tally.changed)

    @property
    def a_visitor(self) -> float:
        return (self.after - self.before) / self.more


def at(share: float, runs: Sequence[Run]) -> float:
    """The seconds within which such a share of runs has ended."""
    times = sorted(run.seconds for run in runs) or [float("nan")]
    return times[min(len(times) - 1, int(share * len(times)))]


def main(arguments: list[str]) -> int:
    """Measure what the command line asks for and print it."""
    asked = asked_for(arguments)
    if not ON_LINUX:
        print("Memory and processor time are read from /proc: measured on Linux only.")
        return 2
    allow_more()
    report = Report()
    if not asked.restart:
        stops = [stop for is_bare in NAMES for count in asked.replicas for stop in measured(is_bare, count, asked)]
        show(report, stops, asked)
    restart(report, asked)
    return report.close()


def asked_for(arguments: list[str]) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(
        prog="python -m bench load", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="30, then 100 visitors on two replicas, for half a minute")
    parser.add_argument("--restart", action="store_true", help="only the rolling restart")
    parser.add_argument("--visitors", type=int, nargs="+", help="how many, one number after the other (100 300)")
    parser.add_argument("--replicas", type=int, nargs="+", help="on how many replicas (1 2)")
    parser.add_argument("--minutes", type=float, help="for how long, after all have arrived (1.25)")
    parser.add_argument("--ramp", type=float, help="seconds in which they arrive (40)")
    parser.add_argument("--pause", type=float, nargs=2, default=(10.0, 30.0), help="seconds between choices (10 30)")
    asked = parser.parse_args(arguments)
    usual = ([30, 100], [2], 0.5, 12.0) if asked.quick else ([100, 300], [1, 2], 1.25, 40.0)
    for name, value in zip(("visitors", "replicas", "minutes", "ramp"), usual, strict=True):
        setattr(asked, name, getattr(asked, name) or value)
    asked.visitors = sorted(set(asked.visitors))
    return asked


def measured(is_bare: bool, replicas: int, asked: argparse.Namespace) -> list[Stop]:
    """The stops of one crowd that grows."""
    print(f"{NAMES[is_bare]}, {words.count(replicas, 'replica')} …", flush=True)
    with serving(is_bare, replicas) as site:
        return asyncio.run(grown(site, is_bare, asked))


async def grown(site: Site, is_bare: bool, asked: argparse.Namespace) -> list[Stop]:
    """Let the crowd grow and measure at each stop."""
    stops: list[Stop] = []
    await warm(site, is_bare)
    crowd = crowd_of(site, is_bare, asked)
    for visitors in asked.visitors:
        crowd.tally, more, before = Tally(), visitors - len(crowd.guests), site.megabytes()
        begun = clock(site)
        await crowd.grow(visitors, asked.ramp)
        await asyncio.sleep(asked.minutes * 60)
        after = site.megabytes()
        if visitors == asked.visitors[-1]:
            await crowd.leave()
        elapsed, replica, proxy, own = (end - begin for begin, end in zip(begun, clock(site), strict=True))
        print(f"  {visitors} visitors: {words.count(crowd.tally.errors.total(), 'error')}", flush=True)
        here = (is_bare, visitors, more, len(site.ports), crowd.tally)
        stops.append(Stop(*here, elapsed, replica, proxy, own, before, after))
    return stops


def crowd_of(site: Site, is_bare: bool, asked: argparse.Namespace, is_forgiving: bool = False) -> Crowd:
    """Nobody yet, for a site."""
    return Crowd(site.url, BARE_PAGES if is_bare else Crowd.pages, tuple(asked.pause), is_forgiving)


def clock(site: Site) -> tuple[float, ...]:
    """Seconds: of the wall, and of processors for replicas, nginx and visitors."""
    return time.perf_counter(), *site.processor_seconds(), time.process_time()


async def warm(site: Site, is_bare: bool) -> None:
    """Let each replica draw what it keeps for all visitors, so that it does not count as one visitor's."""
    for port in site.ports:
        for path in BARE_PAGES if is_bare else PAGES:
            async with visiting(site.replica(port)) as visitor:
                await visitor.open(path)
                if not is_bare:
                    for values in choices(visitor.widget("d").options, 15):
                        await visitor.choose("d", values)


# ---- a rolling restart -------------------------------------------------------


def restart(report: Report, asked: argparse.Namespace) -> None:
    """Restart one of two replicas after the other while visitors are there; print what was lost."""
    visitors = asked.visitors[0]
    heading(f"A rolling restart of two replicas with {visitors} visitors")
    with serving(False, 2) as site:
        seconds, pages, tally = asyncio.run(restarted(site, visitors, asked))
    back = tally.regained
    print(f"It took {seconds:.0f} s. Asked for meanwhile: {pages} pages, {len(tally.changed)} choices of visitors.")
    print(f"{len(back)} views lost their socket; half of them were back in {at(0.5, back):.1f} s, 95 % in", end=" ")
    print(f"{at(0.95, back):.1f} s.")
    tell_errors("a rolling restart", tally.errors, report)


async def restarted(site: Site, visitors: int, asked: argparse.Namespace) -> tuple[float, int, Tally]:
    """How long the restart took, how many pages were asked for meanwhile, and what all met."""
    await warm(site, False)
    crowd = crowd_of(site, False, asked, is_forgiving=True)
    await crowd.grow(visitors, asked.ramp)
    crowd.tally, done, begun = Tally(errors=crowd.tally.errors), asyncio.Event(), time.perf_counter()
    asking = asyncio.create_task(crowd.ask_all_the_while(done))
    await asyncio.to_thread(site.call, "restart")
    seconds = time.perf_counter() - begun
    await asyncio.sleep(asked.pause[1])
    done.set()
    pages = await asking
    await crowd.leave()
    return seconds, pages, crowd.tally


def tell_errors(what: str, errors: Counter[str], report: Report) -> None:
    """Print the kinds of errors; their count is judged."""
    report.judge(f"errors, {what}", errors.total(), BUDGET_ERRORS, "errors")
    print(f"{what}: {words.count(errors.total(), 'error')}")
    for kind, count in errors.most_common():
        print(f"  {count} x {kind}")


# ---- what is printed ---------------------------------------------------------


def show(report: Report, stops: list[Stop], asked: argparse.Namespace) -> None:
    """The table, the ratios, the budgets, and what more visitors take."""
    low, high = asked.pause
    heading(f"Visitors who choose every {low:g} to {high:g} s, behind nginx with TLS, {os.cpu_count()} cores for all")
    table(HEADERS, [row(stop) for stop in stops])
    own, bare = ([stop for stop in stops if stop.is_bare is is_bare] for is_bare in NAMES)
    heading("As many times the bare page")
    titles = ("visitors", "replicas", "open p50", "open p95", "change p50", "change p95", "cpu a run", "MB a replica")
    table(titles, [ratios(*pair) for pair in zip(own, bare, strict=True)])
    print()
    for stop in stops:
        what = f"{NAMES[stop.is_bare]}, {stop.visitors} visitors, {words.count(stop.replicas, 'replica')}"
        is_judged = not stop.is_bare and stop.replicas > 1
        tell_errors(what, stop.tally.errors, report if is_judged else Report())
    print(f"{words.count(sum(stop.tally.files for stop in own), 'file')} taken away")
    last = own[-1]
    report.judge(f"memory of a visitor more, up to {last.visitors}", last.a_visitor, BUDGET_VISITOR, "MB")
    show_paper(last)


def row(stop: Stop) -> list[str]:
    """One line of the table."""
    tally, runs = stop.tally, stop.runs or float("nan")
    spent = (stop.replica_seconds, stop.proxy_seconds, stop.own_seconds)
    return [
        NAMES[stop.is_bare],
        *(str(count) for count in (stop.visitors, stop.replicas)),
        *times(tally.opened),
        *times(tally.changed),
        str(tally.errors.total()),
        *(f"{seconds * 1000 / runs:.1f}" for seconds in spent),
        f"{sum(spent) / stop.elapsed:.2f}",
        f"{stop.after / stop.replicas:,.0f}",
        f"{stop.a_visitor:.2f}",
        *(f"{size(runs) / 1024:,.0f}" for runs in (tally.opened, tally.changed)),
    ]


def times(runs: Sequence[Run]) -> list[str]:
    """Three cells: how many, half of them within, 95 in 100 of them within."""
    return [str(len(runs)), milliseconds(at(0.5, runs)), milliseconds(at(0.95, runs))]


def size(runs: Sequence[Run]) -> float:
    """The bytes that a run takes over the line, in the mean."""
    return mean([run.bytes for run in runs] or [float("nan")])


def ratios(own: Stop, bare: Stop) -> list[str]:
    """One line: ours for each of the bare page's."""
    compared = [
        (at(share, one), at(share, other))
        for one, other in zip(both(own), both(bare), strict=True)
        for share in (0.5, 0.95)
    ]
    compared += [(own.replica_seconds / own.runs, bare.replica_seconds / bare.runs), (own.after, bare.after)]
    return [str(own.visitors), str(own.replicas), *(ratio(one, other) for one, other in compared)]


def both(stop: Stop) -> tuple[list[Run], list[Run]]:
    """The runs of opening and of changing."""
    return stop.tally.opened, stop.tally.changed


def show_paper(stop: Stop) -> None:
    """What more visitors would take, from what these took."""
    tally = stop.tally
    costs = Costs(
        stop.replica_seconds / stop.runs,
        stop.proxy_seconds / stop.runs,
        (stop.after - stop.visitors * max(0.0, stop.a_visitor)) / stop.replicas,
        stop.a_visitor,
        size(tally.opened),
        size(tally.changed),
    )
    heading(f"On paper, from {stop.visitors} visitors on {words.count(stop.replicas, 'replica')}")
    print(ASSUMED)
    rows = [needs(visitors, costs) for visitors in HOW_MANY]
    cells = [
        [f"{one.visitors:,}", f"{one.runs:,.0f}", f"{one.replicas:,}", f"{one.cores:,}"]
        + [f"{one.gigabytes:,.1f}", f"{one.megabits:,.0f}"]
        for one in rows
    ]
    table(("Visitors", "runs a second", "replicas", "cores", "GB", "Mbit/s"), cells)
