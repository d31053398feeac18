"""Measure speed and memory and say which budgets are kept.

    python -m bench                         everything, some twenty minutes
    python -m bench --quick                 fewer repeats
    python -m bench first_view memory       some parts
    python -m bench load                    many visitors at once, apart from the others: see its --help

Exit code 0 if every budget was kept, 1 if one was broken, 2 if a page could not be measured.
"""

import argparse
import platform
import sys
from collections.abc import Callable
from importlib.metadata import version
from os import cpu_count

from bench import ageing, exports, filter_change, first_view, hundredfold, load, memory, start
from bench.report import Report
from bench.server import NothingToMeasureError

PARTS: dict[str, Callable[[Report, bool], None]] = {
    "first_view": first_view.run,
    "filter_change": filter_change.run,
    "hundredfold": hundredfold.run,
    "memory": memory.run,
    "ageing": ageing.run,
    "start": start.run,
    "exports": exports.run,
}


def known_part(name: str) -> str:
    """The name of a part, or a complaint."""
    if name not in PARTS:
        raise argparse.ArgumentTypeError(f"no part '{name}': there are {', '.join(PARTS)}")
    return name


def main() -> int:
    """Measure what is asked for; 0 if every budget was kept."""
    words = sys.argv[1:]
    print(f"Streamlit {version('streamlit')}, Python {platform.python_version()}, {cpu_count()} processors.")
    try:
        return load.main(words[1:]) if words[:1] == ["load"] else parts(words)
    except NothingToMeasureError as error:
        print(f"\n{error}")
        return 2


def parts(words: list[str]) -> int:
    """Run the parts asked for and print the summary."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", nargs="*", type=known_part, help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="fewer repeats, rougher figures")
    asked = parser.parse_args(words)
    report = Report()
    for name in asked.part or PARTS:
        PARTS[name](report, asked.quick)
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
