"""The pack at home, read with the csv module alone: its rows, what is counted of them, and examples chosen by rule.

It is the pack that comes with the dashboard, or the one that CLUSTER_DATA names as the tests start. Its rows change
with every edition, so no test names or counts one of them: it takes an example, or counts again, from here.
"""

import csv
import math
import os
import tomllib
from collections import Counter, defaultdict
from datetime import UTC, datetime
from functools import cache
from itertools import product
from pathlib import Path

from cluster_data.input.read import HOME_PACK

Row = dict[str, str]

ORGANISATIONS = ("companies", "universities", "trusts", "assets", "support_offers", "investors", "partners")
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
FIRMS = [row for row in running("companies") if row["role"] in {role["id"] for role in ROLES}]


def the_firms(d: str = "") -> str:
    """The firms seen at first, or those of a D, as the statement names them."""
    named = " and ".join(role["label"] for role in ROLES)
    return f"{' '.join(filter(None, (named, d))).capitalize()} firms in {SAID['the_region']}"


AT_FIRST = f"{the_firms()}: {len(FIRMS)}"

# ---- examples -------------------------------------------------------------

# The areas with most firms first, by code and by name.
LEADING = [code for code, _ in Counter(row["lad_code"] for row in FIRMS if row["lad_code"]).most_common()]
LEADING_NAMES = [AREA_NAMES[code] for code in LEADING]
A_POSTCODE = next(row["postcode"] for row in FIRMS if row["location_precision"] == "postcode")


def firms(d: str, area: str) -> int:
    """How many of the firms seen at first are in a D and an area."""
    return sum(d in parts(row["ds"]) and row["lad_code"] == area for row in FIRMS)


def labelled(field: str) -> dict[str, str]:
    """The words that a column may hold, by id: their labels."""
    return {row["id"]: row["label"] for row in rows("vocabulary") if row["field"] == field}


def links_apart(record: str) -> dict[str, int]:
    """Every organisation that links lead to from a record, with the number of links on the way."""
    found, edge = {record: 0}, [record]
    while edge:
        one = edge.pop(0)
        for other in sorted(NEIGHBOURS[one] - found.keys()):
            found[other] = found[one] + 1
            edge.append(other)
    return found


LOCAL = {row["id"] for row in rows("reaches") if row["local"] == "yes"}
REACHES = {row["id"]: row["group"] for row in rows("reaches")}
GROUPS = {
    group["id"]: {row["lad_code"] for row in rows("areas") if row[group["column"]] == group["value"]}
    for group in sorted(rows("groups"), key=lambda row: int(row["order"]))
}


def areas_of(row: Row) -> set[str]:
    """The areas that a record stands in, or that an offer reaches."""
    if "reach" in row:
        held_to = [GROUPS.get(part, {part}) for part in parts(REACHES[row["reach"]])]
        return set().union(*held_to) if held_to else set(AREA_NAMES)
    return {row["lad_code"]} - {""}


def helping(challenge: str, d: str = "", area: str = "", stage: str = "") -> dict[str, Row]:
    """The sources of help with a challenge by id: of a D and a stage if they name it or none, in reach of an area.

    What is both asset and offer counts once, as the offer.
    """
    found = {}
    for row in [*running("assets"), *running("support_offers")]:
        serves = not d or not row["ds"] or d in parts(row["ds"])
        suits = not stage or not row.get("stages") or stage in parts(row["stages"])
        if challenge in parts(row["challenges"]) and serves and suits and (not area or area in areas_of(row)):
            found[row.get("asset_id") or row["id"]] = row
    return found


_NAMED = [(row["id"], row["name"]) for table in ORGANISATIONS for row in rows(table)]
NAMES = dict(_NAMED) | dict(reversed(_NAMED))  # what stands in several tables is named by the first
NEIGHBOURS: dict[str, set[str]] = defaultdict(set)
for _link in rows("links"):
    NEIGHBOURS[_link["from_id"]].add(_link["to_id"])
    NEIGHBOURS[_link["to_id"]].add(_link["from_id"])

# An offer with all that a need can ask for, the cell of challenge and D with most offers, the place of an area.
AN_OFFER = next(row for row in running("support_offers") if row["challenges"] and row["ds"] and row["stages"])
A_CELL, _ = Counter(
    cell for row in running("support_offers") for cell in product(parts(row["challenges"]), parts(row["ds"]))
).most_common(1)[0]
A_PLACE = next(row["name"] for row in rows("places") if row["name"] in LEADING_NAMES)

# The university with most links, a firm of one D linked with it, and another firm of that D.
A_UNIVERSITY = max((row["id"] for row in rows("universities")), key=lambda record: len(NEIGHBOURS[record]))
OF_ONE_D = [row for row in FIRMS if len(parts(row["ds"])) == 1 and row["lad_code"] and row["status"] not in ENDED]
A_FIRM = next(row for row in OF_ONE_D if row["id"] in NEIGHBOURS[A_UNIVERSITY])
ANOTHER_FIRM = next(row for row in OF_ONE_D if row["ds"] == A_FIRM["ds"] and row is not A_FIRM)


def challenge(of: str) -> str:
    """A challenge as headings name it."""
    return next(f"{row['id']} {row['title']}" for row in rows("challenges") if row["id"] == of)


def slip(name: str) -> str:
    """A name as a hand that slips may type it: two letters change places, one is lost."""
    return f"{name[0]}{name[2]}{name[1]}{name[3:-3]}{name[-2:]}".lower()


def kilometres(one: Row, other: Row) -> float:
    """How far apart two rows with positions are, in a straight line."""
    (north, east), (to_north, to_east) = (
        [math.radians(float(row[key])) for key in ("lat", "lon")] for row in (one, other)
    )
    across = math.sin((to_east - east) / 2) ** 2 * math.cos(north) * math.cos(to_north)
    return 2 * 6371.0 * math.asin(math.sqrt(math.sin((to_north - north) / 2) ** 2 + across))
