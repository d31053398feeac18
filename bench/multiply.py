"""A pack many times its size, for timing only: `python -m bench.multiply FOLDER [--times 100]`.

The first copy is the pack itself. In every further one each organisation, offer and link comes again:
ids end in `-copy-17`, names begin with "Synthetic copy 17 of", references lead to the same copy's own
records, and positions known by postcode move a little. Everything else (areas, borders, Ds, challenges,
themes, words, figures, sources) stays as it is. Never shown as data, so never written in the repository.
"""

import argparse
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from bench.server import ROOT

PACK = ROOT / "data"
RECORDS = ("companies", "universities", "trusts", "assets", "support_offers", "investors", "partners")
BY_ID = {"links": ("from_id", "to_id"), "companies": ("located_at",), "support_offers": ("asset_id",)}
BY_NAME = {
    "companies": ("spinout_of",),
    "trusts": ("teaching_partner",),
    "assets": ("hosts",),
    "support_offers": ("provider",),
}
SEED = 20_261_105
SHIFT = 0.01  # degrees, about a kilometre
SEPARATOR = ";"


def multiply(folder: Path, times: int, pack: Path = PACK) -> int:
    """Write the pack so many times over into a folder; the count of records and links written."""
    if folder.resolve().is_relative_to(ROOT.resolve()):
        raise ValueError(f"{folder} lies in the repository; synthetic data does not belong there.")
    shutil.copytree(pack, folder, dirs_exist_ok=True)
    tables = {name: read(pack / f"{name}.csv") for name in (*RECORDS, "links")}
    known = {column: set(pd.concat(tables[name][column] for name in RECORDS)) for column in ("id", "name")}
    dice = random.Random(SEED)
    for name, rows in tables.items():
        copies = [copy_of(name, rows, known, number, dice) for number in range(1, times)]
        pd.concat([rows, *copies]).to_csv(folder / f"{name}.csv", index=False)
    return times * sum(map(len, tables.values()))


def read(file: Path) -> pd.DataFrame:
    """A table as text, empty cells as empty text."""
    return pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def copy_of(
    table: str, rows: pd.DataFrame, known: dict[str, set[str]], number: int, dice: random.Random
) -> pd.DataFrame:
    """The rows of a table as they stand in one copy."""
    new = rows.copy()
    new_id, new_name = f"{{}}-copy-{number}".format, f"Synthetic copy {number} of {{}}".format
    if table in RECORDS:
        new["id"] = [new_id(old) for old in rows["id"]]
        new["name"] = [new_name(old) for old in rows["name"]]
    for column in BY_ID.get(table, ()):
        new[column] = [replaced(cell, known["id"], new_id) for cell in rows[column]]
    for column in BY_NAME.get(table, ()):
        new[column] = [replaced(cell, known["name"], new_name) for cell in rows[column]]
    if "ods_code" in rows:
        new["ods_code"] = [f"X{number * len(rows) + at:04X}" for at in range(len(rows))]
    if "location_precision" in rows:
        move(new, dice)
    return new


def replaced(cell: str, known: set[str], new: Callable[[str], str]) -> str:
    """A cell of one or several references, those that are known led to the copy."""
    parts = (part.strip() for part in cell.split(SEPARATOR))
    return f"{SEPARATOR} ".join(new(part) if part in known else part for part in parts)


def move(rows: pd.DataFrame, dice: random.Random) -> None:
    """Shift the exact positions a little, in place."""
    exact = rows["location_precision"] == "postcode"
    for column in ("lat", "lon"):
        shifted = [f"{float(old) + dice.uniform(-SHIFT, SHIFT):.5f}" for old in rows.loc[exact, column]]
        rows.loc[exact, column] = shifted


def main() -> None:
    """Write a multiplied pack to look at or to serve."""
    parser = argparse.ArgumentParser(prog="python -m bench.multiply", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="outside the repository")
    parser.add_argument("--times", type=int, default=100)
    arguments = parser.parse_args()
    rows = multiply(arguments.folder, arguments.times)
    print(f"{rows:,} synthetic rows in {arguments.folder}. Open them with CLUSTER_DATA={arguments.folder}")


if __name__ == "__main__":
    main()
