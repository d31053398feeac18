"""Server time of a filter change with the pack multiplied a hundred times, in a temporary folder."""

import tempfile
from pathlib import Path

from bench import filter_change
from bench.multiply import multiply
from bench.report import Report, heading

TIMES = 100
BUDGET = 4.0


def run(report: Report, quick: bool) -> None:
    """Multiply, measure and print."""
    heading(f"Server time of a filter change with {TIMES} times the pack (medians)")
    with tempfile.TemporaryDirectory(prefix="bench-pack-") as folder:
        rows = multiply(Path(folder), TIMES)
        print(f"{rows:,} rows of organisations, offers and links, synthetic and for timing only.\n")
        what = f"filter change at {TIMES} times the pack"
        filter_change.measure(report, what, BUDGET, 4 if quick else 10, {"CLUSTER_DATA": folder})
