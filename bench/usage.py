"""What a server process uses: memory and processor time, read from /proc (Linux only)."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

ON_LINUX = sys.platform.startswith("linux")
MEGABYTE = 1024.0


@dataclass(frozen=True)
class Memory:
    """Megabytes: resident (RSS), its fair share (PSS), and what is the process's own (USS)."""

    rss: float
    pss: float
    uss: float


def memory(pid: int) -> Memory:
    """The memory of a process now."""
    kilobytes: dict[str, int] = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, amount = line.split(":")
        kilobytes[name] = int(amount.split()[0])
    own = kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]
    return Memory(kilobytes["Rss"] / MEGABYTE, kilobytes["Pss"] / MEGABYTE, own / MEGABYTE)


def processor_seconds(pid: int) -> float:
    """Processor time of all threads of a process since its start; not a number off Linux."""
    if not ON_LINUX:
        return float("nan")
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user, system = int(after_name[11]), int(after_name[12])
    return (user + system) / os.sysconf("SC_CLK_TCK")


def restart_peak() -> None:
    """Let this process count its peak of memory anew (Linux only)."""
    Path("/proc/self/clear_refs").write_text("5")


def peak() -> float:
    """The most memory that this process held at once since restart_peak, in megabytes, resident (Linux only)."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / MEGABYTE
