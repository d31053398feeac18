"""What the faults share: a site to harm, visitors who look at it meanwhile, and the table of what was lost."""

import os
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest

from tests.faults.visitor import Looking
from tests.replicas import MISSING, Site

VIEWS = ["/Areas?d=Data&area=Coventry", "/Organisations?d=Digital&q=imaging", "/Four_Ds"]
MOST_GROWN, MOST_HELD = 200_000_000, 700_000_000  # bytes of a replica; its unit allows 2 GB
FEWEST_VIEWS = 6  # opened while a fault lasts
READY_WITHIN = 30.0
COLOUR = re.compile(r"\x1b\[[\d;]*m")
TRACEBACK = re.compile(r"\W*Traceback \(most recent call last\)")
SHOWN = 60  # lines of a log that fails a test
ADDRESS = re.compile(r"\b127\.0\.(0\.7|66\.\d+)\b")
TABLE = pytest.StashKey[list["Told"]]()


@dataclass
class Told:
    """One fault: what was tried, what happened, what was lost."""

    tried: str
    happened: str = ""
    lost: str = ""


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Two replicas behind nginx, for all faults that they are to survive."""
    if MISSING:
        pytest.skip(f"not on this machine: {', '.join(MISSING)}")
    site = Site(tmp_path_factory.mktemp("site"))
    site.start()
    yield site
    site.call("down")


def memory(site, port):
    """Bytes that a replica holds."""
    pages = Path(f"/proc/{site.process(port)}/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def wait_until_ready(site):
    """Return once the proxy and all replicas say that they are up and have data; fail if they do not."""
    end = time.monotonic() + READY_WITHIN
    places = [site.url, *map(site.replica, site.ports)]
    while not all(site.answers(place) and site.read(f"{place}/healthz") == "ok\n" for place in places):
        assert time.monotonic() < end, "not ready again"
        time.sleep(0.2)


def written(site):
    """What the logs hold, by name; the long lines in which tracebacks are drawn are left plain."""
    return {log.name: COLOUR.sub("", log.read_text(errors="replace")) for log in site.run.glob("*.log")}


def bad_lines(site, before):
    """What no log may hold: a traceback, or the address of a visitor. Only what is new is looked at."""
    for name, text in written(site).items():
        lines = text[len(before.get(name, "")) :].splitlines()
        for number, line in enumerate(lines):
            if TRACEBACK.match(line) or ADDRESS.search(line):
                yield f"{name}: " + "\n".join(lines[number : number + SHOWN])


@pytest.fixture
def fault(pytestconfig, request):
    """Tries a fault while visitors look: `with fault(site, "what is tried") as told: told.happened = "…"`."""
    table = pytestconfig.stash.setdefault(TABLE, [])

    @contextmanager
    def tried(site, what, also=None):
        told = Told(what, lost="the test ended early")
        table.append(told)
        looking, logs = Looking(site.url, VIEWS), written(site)
        for path, texts in (also or {}).items():
            looking.as_before[path].append(texts)
        before = {site.process(port): memory(site, port) for port in site.ports}
        with looking.all_the_while():
            yield told
            looking.wait_for(FEWEST_VIEWS)
        wait_until_ready(site)
        held = {site.process(port): memory(site, port) for port in site.ports}
        grown = [size - before[process] for process, size in held.items() if process in before]
        lost = [*looking.lost, *bad_lines(site, logs)]
        if max(grown, default=0) > MOST_GROWN or max(held.values()) > MOST_HELD:
            lost.append(f"memory: {before} bytes before, {held} after")
        told.lost = "; ".join(line.splitlines()[0] for line in lost[:3]) or (
            f"nothing: {len(looking.waits)} views as before, half within {median(looking.waits):.1f} s, the slowest"
            f" after {max(looking.waits):.1f} s, {looking.again} tried again;"
            f" a replica holds {max(held.values()) / 1e6:.0f} MB ({max(grown, default=0) / 1e6:+.0f})"
        )
        assert not lost, "\n".join(lost)

    return tried


def pytest_terminal_summary(terminalreporter, config):
    """The table: each fault in three lines."""
    terminalreporter.section("faults")
    for told in config.stash.get(TABLE, []):
        terminalreporter.write_line(f"tried     {told.tried}")
        terminalreporter.write_line(f"happened  {told.happened}")
        terminalreporter.write_line(f"lost      {told.lost}\n")
