"""What is counted while serving, and the text in which Prometheus reads it."""

import os
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from starlette.types import Message, Scope, Send

BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
STATM = Path("/proc/self/statm")

Series = dict[str, float]


@dataclass
class Figures:
    """The counts of one process since it started."""

    answers: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    buckets: Counter[float] = field(default_factory=Counter)
    sessions: int = 0
    opened: int = 0
    slowed: int = 0
    runs: int = 0
    run_seconds: float = 0.0
    started: float = field(default_factory=time.time)

    def refused(self, why: object) -> None:
        """One request, socket or message was not let in."""
        self.refusals[str(why)] += 1

    def ran(self, seconds: float) -> None:
        """One run has ended, so long after it was asked for."""
        self.runs += 1
        self.run_seconds += seconds
        self.buckets.update(limit for limit in BUCKETS if seconds <= limit)

    def counting(self, scope: Scope, send: Send) -> Send:
        """As `send`, and the answer is counted by its status."""
        if scope["type"] != "http":
            return send

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.answers[f"{message['status'] // 100}xx"] += 1
            await send(message)

        return counted

    def text(self, pack: Series) -> str:
        """All figures in the exposition format of Prometheus; `pack` holds gauges of the data."""
        le = {f"{limit:g}": self.buckets[limit] for limit in BUCKETS} | {"+Inf": self.runs}
        lines = [
            *_family("cluster_answers_total", "counter", "HTTP answers by status", "status", self.answers),
            *_family("cluster_refusals_total", "counter", "What was not let in, by reason", "reason", self.refusals),
            *_family("cluster_sessions", "gauge", "Open views", "", {"": self.sessions}),
            *_family("cluster_sessions_total", "counter", "Views opened", "", {"": self.opened}),
            *_family("cluster_slowed_total", "counter", "Messages that had to wait", "", {"": self.slowed}),
            *_family("cluster_run_seconds", "histogram", "From a choice to its answer", "le", le, "_bucket"),
            f"cluster_run_seconds_sum {self.run_seconds:.6f}",
            f"cluster_run_seconds_count {self.runs}",
            *_family("process_resident_memory_bytes", "gauge", "Memory", "", memory()),
            *_family("process_start_time_seconds", "gauge", "Start", "", {"": round(self.started, 3)}),
        ]
        for name, value in pack.items():
            lines += _family(f"cluster_{name}", "gauge", name.replace("_", " "), "", {"": value})
        return "\n".join(lines) + "\n"


def _family(name: str, kind: str, about: str, label: str, values: Mapping[str, float], end: str = "") -> list[str]:
    rows = [f'{name}{end}{{{label}="{key}"}} {value}' if label else f"{name} {value}" for key, value in values.items()]
    return [f"# HELP {name} {about}", f"# TYPE {name} {kind}", *rows]


def memory() -> dict[str, float]:
    """Bytes of memory that the process holds, where the system tells."""
    if not STATM.is_file():
        return {}
    return {"": int(STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")}
