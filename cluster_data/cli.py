"""The command line: `python -m cluster_data check [FOLDER]`."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from cluster_data import words
from cluster_data.day import today
from cluster_data.faults import Fault
from cluster_data.read import HOME_PACK, BadPack, read_cluster

CLEAN, FAULTY, NOT_RUN = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name, and give its exit code."""
    speak_plainly()
    parser = argparse.ArgumentParser(prog="python -m cluster_data", description="Looks after a pack of data.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    checking = commands.add_parser("check", help="print every fault of a pack", description=check.__doc__)
    checking.add_argument(
        "folder",
        nargs="?",
        default=os.environ.get("CLUSTER_DATA") or str(HOME_PACK),
        metavar="FOLDER",
        help="the pack; by default the folder that CLUSTER_DATA names, or data/",
    )
    checking.set_defaults(run=lambda chosen: check(chosen.folder))
    chosen = parser.parse_args(arguments)
    try:
        code: int = chosen.run(chosen)
        print(end="", flush=True)
    except BrokenPipeError:
        # The reader has left, as `head` does: what is still unsaid goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FAULTY
    return code


def speak_plainly() -> None:
    """What a terminal has no sign for is printed as its code, and stops nothing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def check(folder: str) -> int:
    """Print every fault of a pack. Exit code 0: no fault; 1: faults; 2: the folder cannot be read."""
    try:
        os.listdir(folder)
    except (OSError, ValueError) as error:
        print(f"{folder}: {why_not(error)} Name the folder that holds the pack.", file=sys.stderr)
        return NOT_RUN
    try:
        cluster = read_cluster(Path(folder), today())
    except BadPack as bad:
        print_faults(folder, bad.faults)
        return FAULTY
    rows = sum(len(table) for table in cluster.tables.values())
    print(f"{folder}: {words.count(len(cluster.tables), 'table')}, {words.count(rows, 'row')}, no faults.")
    return CLEAN


def why_not(error: Exception) -> str:
    """Why a folder cannot be listed."""
    if isinstance(error, FileNotFoundError):
        return "there is no such folder."
    if isinstance(error, NotADirectoryError):
        return "this is a file, not a folder."
    if isinstance(error, PermissionError):
        return "this folder may not be read by this account."
    return "this is not a folder that can be read."


def print_faults(folder: str, faults: Sequence[Fault]) -> None:
    """One fault a line, a blank line between files, and how many there are."""
    files = 0
    for _, of_file in groupby(faults, key=lambda fault: fault.file):
        files += 1
        for fault in of_file:
            print(fault)
        print()
    print(f"{folder}: {words.count(len(faults), 'fault')} in {words.count(files, 'file')}.")
