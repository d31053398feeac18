"""The pack at home, read with the csv module alone: its rows, what is counted of them, and examples chosen by rule.

It is the pack that comes with the dashboard, or the one that CLUSTER_DATA names as the tests start. Its rows change
with every edition, so no test names or counts one of them: it takes an example, or counts again, from here.
"""

import csv
import os
import tomllib
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from cluster_data.read import HOME_PACK

Row = dict[str, str]

HOME = Path(os.environ.get("CLUSTER_DATA") or HOME_PACK)
TODAY = datetime.now(UTC).date()
SAID = tomllib.loads((HOME / "pack.toml").read_text(encoding="utf-8"))


@cache
def rows(table: str) -> list[Row]:
    """The rows of a file, as text; none if the pack does without it."""
    file = HOME / f"{table}.csv"
    if not file.exists():
        return []
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def parts(cell: str) -> list[str]:
    """The words of a cell that holds several."""
    return [word.strip() for word in cell.split(";") if word.strip()]


def flagged(field: str, flag: str) -> list[Row]:
    """The words of the vocabulary that bear a flag."""
    return [row for row in rows("vocabulary") if row["field"] == field and row["flag"] == flag]


def running(table: str) -> list[Row]:
    """The rows that are not known to have ended."""
    return [row for row in rows(table) if row["status"] not in ENDED]


ENDED = {row["id"] for row in flagged("status", "gone")}
DS = [row["id"] for row in sorted(rows("ds"), key=lambda row: int(row["order"]))]
LABELS = {row["id"]: row["label"] for row in rows("ds")}
AREA_NAMES = {row["lad_code"]: row["name"] for row in rows("areas")}

# What a visitor sees before choosing.
ROLES = flagged("role", "default")
FIRMS = [row for row in rows("companies") if row["role"] in {role["id"] for role in ROLES}]
THE_FIRMS = f"{' and '.join(role['label'] for role in ROLES).capitalize()} firms in {SAID['the_region']}"
AT_FIRST = f"{THE_FIRMS}: {len(FIRMS)}"

# ---- examples -------------------------------------------------------------

# The areas with most firms first, by code and by name.
LEADING = [code for code, _ in Counter(row["lad_code"] for row in FIRMS if row["lad_code"]).most_common()]
LEADING_NAMES = [AREA_NAMES[code] for code in LEADING]
A_POSTCODE = next(row["postcode"] for row in FIRMS if row["location_precision"] == "postcode")
A_CHALLENGE = next(row for row in rows("challenges"))


def firms(d: str, area: str) -> int:
    """How many of the firms seen at first are in a D and an area."""
    return sum(d in parts(row["ds"]) and row["lad_code"] == area for row in FIRMS)
