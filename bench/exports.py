"""Time and memory of each form in which a view can be taken away, with the pack as it is and a hundred times over.

The view is a full one: a chart by D, the map of all records, firms by area, and the directory of everyone with sources.
For each form a fresh process, forked from one that has the pack but no form loaded, makes the file twice: the first
time holds imports and what the measures compute, the second is what later askers wait for. Memory is the peak of that
process, and how much more that is than before.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, TypeVar

import pandas as pd

from bench.multiply import PACK, multiply
from bench.report import UNJUDGED, Report, heading, table
from bench.server import ROOT
from bench.usage import ON_LINUX, memory, peak, restart_peak
from cluster_data.document import Chart, Document, Heading, Map, Table, Text
from cluster_data.exports import POSTER, every
from cluster_data.findings import headlines
from cluster_data.input.read import read_cluster
from cluster_data.measures import counts, organisations, places
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.day import today
from cluster_data.model.filters import Filter
from cluster_data.palette import Palette

TIMES = 100
BUDGET = 2.0
HEADERS = ("Form", "file KB", "first s", "again s", "peak MB", "more MB", "budget", "")

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Made:
    """One form made twice in one process: seconds, bytes of the file, megabytes before and at the peak."""

    form: str
    first: float
    again: float
    size: int
    before: float
    peak: float


def run(report: Report, quick: bool) -> None:
    """Measure and print, at both sizes."""
    if not ON_LINUX:
        heading("Files to take away")
        print("Memory is read from /proc: measured on Linux only.")
        return
    heading("Files to take away (medians)")
    measure(report, PACK, 2 if quick else 5, BUDGET)
    heading(f"Files to take away with {TIMES} times the pack (medians)")
    with tempfile.TemporaryDirectory(prefix="bench-pack-") as folder:
        multiply(Path(folder), TIMES)
        measure(report, Path(folder), 1 if quick else 3, None)


def measure(report: Report, pack: Path, repeats: int, budget: float | None) -> None:
    """Every form with one pack, in a process of its own; prints one table."""
    command = [sys.executable, "-m", "bench.exports", str(pack), str(repeats)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    made = [Made(**json.loads(line)) for line in done.stdout.splitlines()]
    rows = []
    for form in dict.fromkeys(one.form for one in made):
        typical = partial(middle, [one for one in made if one.form == form])
        judged = UNJUDGED if budget is None else report.judge(f"{form} to take away", typical("first"), budget, "s")
        more = typical("peak") - typical("before")
        times = [f"{typical(time):.2f}" for time in ("first", "again")]
        rows.append(
            [form, f"{typical('size') / 1024:,.0f}", *times, f"{typical('peak'):,.0f}", f"{more:,.0f}", *judged]
        )
    table(HEADERS, rows)


def middle(made: list[Made], what: str) -> float:
    """The median of one figure."""
    return median(getattr(one, what) for one in made)


# ---- in the process that is measured --------------------------------------


def main() -> None:
    """Make each form so many times, each in a fork of its own, and print a line of JSON for each."""
    view = full_view(read_cluster(Path(sys.argv[1]), today()))
    for form in in_a_fork(forms):
        for _ in range(int(sys.argv[2])):
            print(json.dumps(asdict(in_a_fork(partial(made_twice, form, view)))))


def in_a_fork(work: Callable[[], Answer]) -> Answer:
    """What the work gives, done by a copy of this process, so that this one loads nothing for it."""
    context = get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=lambda: there.send(work()))
    process.start()
    there.close()
    answer: Answer = here.recv()
    process.join()
    return answer


def forms() -> list[str]:
    """The names of all forms."""
    return [form.name for form in every() if form.of != POSTER]


def made_twice(form: str, view: Document) -> Made:
    """One form made twice, its imports within the first time."""
    restart_peak()
    before = memory(os.getpid()).rss
    begun = perf_counter()
    file_of = next(export.file_of for export in every() if export.name == form)
    size = len(file_of(view))
    first = perf_counter()
    file_of(view)
    return Made(form, first - begun, perf_counter() - first, size, before, peak())


def full_view(cluster: Cluster) -> Document:
    """A view with a chart, a map, a small and a large table; charts are loaded when drawn."""
    chosen = Filter()
    by_d = counts.by_d(cluster, chosen)
    areas = counts.firms_by_area_in_words(counts.firms_by_area(cluster, chosen))
    source = "Source: the list of organisations."

    def bars(ground: Palette) -> Any:
        from cluster_data.drawing import charts

        types = {each: label for each, label in cluster.plurals("record_type").items() if each in by_d}
        return charts.by_d_chart(by_d, types, ground)

    def directory() -> pd.DataFrame:
        return organisations.directory(cluster, organisations.found(cluster, chosen))

    return Document(
        cluster=cluster,
        page="Organisations",
        question="Who is here?",
        title=headlines.who_is_here(cluster, chosen),
        statement=chosen.statement(cluster),
        slug=words.slug(chosen.words(cluster)),
        link="https://dashboard.example/Organisations",
        made=today(),
        parts=(
            Text("A record counts under each of its Ds."),
            Chart("Records by D", source, bars, lambda: counts.by_d_in_words(cluster, by_d)),
            Heading(headlines.where_firms_are(cluster, chosen)),
            Map(
                "Map of all records",
                source,
                lambda: places.points(cluster, chosen),
                lambda: places.bubbles(cluster, chosen),
                lambda: organisations.on_map(cluster, chosen),
                tuple(places.outlined(cluster)),
            ),
            Table("Firms by area", lambda: areas, source),
            Table("Directory of records", directory, source),
        ),
    )


if __name__ == "__main__":
    main()
