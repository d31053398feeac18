"""What many visitors take, worked out from what a few took. The assumptions stand in ASSUMED."""

from dataclasses import dataclass
from math import ceil

PAUSE = 20.0  # seconds from one choice of a visitor to the next
ARRIVAL = 300.0  # seconds within which all arrive
BUSY = 0.6  # of a core, at most
VIEWS = 2_000  # of a replica, CLUSTER_SESSIONS
OVERHEAD = 1.1  # on the line: TLS, TCP, headers
MEGABIT = 1_000_000 / 8
ASSUMED = (
    f"Assumed: all arrive within {ARRIVAL / 60:.0f} minutes, each with an empty cache, and choose every {PAUSE:.0f} s "
    f"from then on; no core is busy for more than {BUSY:.0%} of the time; a replica uses one core and holds at most "
    f"{VIEWS:,} views; {OVERHEAD - 1:.0%} more on the line than what is counted."
)


@dataclass(frozen=True)
class Costs:
    """Measured: processor seconds of a run in the replica and in the proxy, megabytes, bytes."""

    replica_seconds: float
    proxy_seconds: float
    replica_megabytes: float
    visitor_megabytes: float
    open_bytes: float
    change_bytes: float


@dataclass(frozen=True)
class Needs:
    """What so many visitors take: replicas, cores with those of the proxy, gigabytes, megabits a second."""

    visitors: int
    runs: float
    replicas: int
    cores: int
    gigabytes: float
    megabits: float


def needs(visitors: int, costs: Costs) -> Needs:
    """What so many visitors take while the last of them arrive, when it is most."""
    opened, changed = visitors / ARRIVAL, visitors / PAUSE
    runs = opened + changed
    replicas = max(ceil(runs * costs.replica_seconds / BUSY), ceil(visitors / VIEWS))
    proxy = ceil(runs * costs.proxy_seconds / BUSY)
    megabytes = replicas * costs.replica_megabytes + visitors * max(0.0, costs.visitor_megabytes)
    bytes_a_second = opened * costs.open_bytes + changed * costs.change_bytes
    megabits = bytes_a_second * OVERHEAD / MEGABIT
    return Needs(visitors, runs, replicas, replicas + proxy, megabytes / 1024, megabits)
