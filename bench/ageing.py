"""Processor time of a filter change on a server that has had many sessions, against a fresh server.

The sessions come a few at once: each opens a page, the pages in turn, makes one choice of Ds and leaves. Then a
newcomer makes the same changes on both servers, in turns, so that a busy machine slows both.
"""

import asyncio

from bench import server
from bench.filter_change import Timing, alternate, choices
from bench.report import UNJUDGED, Report, heading, milliseconds, ratio, table
from bench.server import Server
from bench.usage import ON_LINUX, memory
from bench.visitor import visiting

SESSIONS = 500
AT_ONCE = 4
CHOICES = 15
ROUNDS = 3
BUDGET = 1.15
HEADERS = ("Server", "cpu ms", "ms", "ratio of cpu", "RSS MB", "budget", "")


def run(report: Report, quick: bool) -> None:
    """Measure and print."""
    sessions = SESSIONS // 5 if quick else SESSIONS
    heading(f"A filter change on Overview after {sessions} sessions")
    if not ON_LINUX:
        print("Processor time is read from /proc: measured on Linux only.")
        return
    with server.running(server.APP) as old, server.running(server.APP) as fresh:
        asyncio.run(crowd(old, sessions))
        aged, new = asyncio.run(newcomers(old, fresh))
        judged = report.judge(f"processor time after {sessions} sessions", aged.cpu_seconds / new.cpu_seconds, BUDGET)
        rows = [row("fresh", fresh, new, new, UNJUDGED), row(f"after {sessions}", old, aged, new, judged)]
    table(HEADERS, rows)


def row(name: str, served: Server, timing: Timing, fresh: Timing, judged: list[str]) -> list[str]:
    """One line: what a change takes and what the server holds."""
    cpu = ratio(timing.cpu_seconds, fresh.cpu_seconds)
    times = [f"{timing.cpu_seconds * 1000:.1f}", milliseconds(timing.seconds), cpu]
    return [name, *times, f"{memory(served.pid).rss:,.0f}", *judged]


async def crowd(served: Server, sessions: int) -> None:
    """Let so many sessions come and go, a few at once."""
    numbers = iter(range(sessions))

    async def come_and_go() -> None:
        for number in numbers:
            await visit(served, number)

    await asyncio.gather(*(come_and_go() for _ in range(AT_ONCE)))


async def visit(served: Server, number: int) -> None:
    """One session: a page and a choice of Ds."""
    async with visiting(served.url) as visitor:
        await visitor.open(server.PAGES[number % len(server.PAGES)])
        different = choices(visitor.widget("d").options, CHOICES)
        await visitor.choose("d", different[number % len(different)])


async def newcomers(*servers: Server) -> list[Timing]:
    """The same changes on each server, in turns; the first round of them is not counted."""
    async with visiting(servers[0].url) as one, visiting(servers[1].url) as other:
        visitors = (one, other)
        for visitor in visitors:
            await visitor.open()
        series = [
            (served, visitor, "d", choices(visitor.widget("d").options, CHOICES))
            for served, visitor in zip(servers, visitors, strict=True)
        ]
        await alternate(*series)
        return await alternate(*((served, visitor, key, mine * ROUNDS) for served, visitor, key, mine in series))
