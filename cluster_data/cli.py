"""The command line: `python -m cluster_data check [FOLDER]`, `view LINK --as FORM` and `site OUT`."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from cluster_data import exports
from cluster_data.api.folder import START, NoFolder, write_site
from cluster_data.api.taken import STORY, taken
from cluster_data.document import Document
from cluster_data.input.read import BadPack, pack_folder, read_cluster
from cluster_data.model import words
from cluster_data.model.cluster import UnknownName
from cluster_data.model.day import today
from cluster_data.scenes import scenes_of_link

CLEAN, FAULTY, NOT_RUN = 0, 1, 2
FORMS = {
    "text": "text",
    "json": "json",
    "html": "html",
    "pdf": "pdf",
    "pptx": "slides",
    "xlsx": "workbook",
    "csv": "tables",
}  # as they are asked for, to the modules of exports
OF_STORIES = ("text", "json", "html", "pdf", "pptx")
ON_A_TERMINAL = ("text", "json", "html")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name, and give its exit code."""
    speak_plainly()
    parser = argparse.ArgumentParser(prog="python -m cluster_data", description="Looks after a pack of data.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    checking = commands.add_parser("check", help="print every fault of a pack", description=check.__doc__)
    checking.add_argument(
        "folder",
        nargs="?",
        default=str(pack_folder()),
        metavar="FOLDER",
        help="the pack; by default the folder that CLUSTER_DATA names, or data/",
    )
    checking.set_defaults(run=lambda chosen: check(chosen.folder))
    viewing = commands.add_parser("view", help="make any view in any form", description=view.__doc__)
    viewing.add_argument("link", metavar="LINK", help='the address of a view, whole or short: "Four_Ds?split=age"')
    viewing.add_argument("--as", dest="form", choices=FORMS, default="text", help="text by default; csv gives one zip")
    viewing.add_argument("-o", dest="file", metavar="FILE", help="where to write; without it, on the terminal")
    viewing.set_defaults(run=lambda chosen: view(chosen.link, chosen.form, chosen.file))
    writing = commands.add_parser("site", help="write all views as a folder of plain pages", description=site.__doc__)
    writing.add_argument("folder", metavar="OUT", help="a folder that is empty, new, or written by this command before")
    writing.set_defaults(run=lambda chosen: site(chosen.folder))
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
        by_file = [list(faults) for _, faults in groupby(bad.faults, key=lambda fault: fault.file)]
        for faults in by_file:
            print(*faults, "", sep="\n")
        files = words.count(len(by_file), "file")
        print(f"{folder}: {words.count(len(bad.faults), 'fault')} in {files}.")
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


def view(link: str, form: str, file: str | None) -> int:
    """Make a view of the pack that CLUSTER_DATA names, or of data/, as a link asks for it, in a form.

    A story is a view too: "Present?view=Map&view=Four_Ds". Exit code 0: made; 1: a story was made, but some of what it
    asks for is not there; 2: nothing was made, and what was wrong is said.
    """
    if not file and form not in ON_A_TERMINAL:
        return _nothing_made(f"A terminal cannot show {form}: name a file with -o FILE.")
    (scene,) = scenes_of_link([link])
    try:
        found = taken(scene.page, read_cluster(pack_folder(), today()), dict(scene.asked), dashboard_address())
    except BadPack as bad:
        return _bad_pack(bad)
    except UnknownName as unknown:
        return _nothing_made(f"{unknown}.")
    name = found.document.page
    for notice in found.notices:
        print(notice, file=sys.stderr)
    if found.in_vain or (name == STORY and form not in OF_STORIES):
        return _nothing_made("" if found.in_vain else f"A story can be {words.listing(OF_STORIES, 'or')}.")
    made = _written(found.document, form, file)
    return FAULTY if made == CLEAN and name == STORY and found.notices else made


def site(folder: str) -> int:
    """Write every page, profile and area of the pack that CLUSTER_DATA names, or of data/, as plain pages that need no
    server: OUT/index.html is the start. Pages lead to the dashboard if CLUSTER_ADDRESS says where it is.

    Exit code 0: written; 2: nothing was written, and what was wrong is said; what stood in OUT stands there still.
    """
    try:
        number = write_site(read_cluster(pack_folder(), today()), Path(folder), dashboard_address())
    except BadPack as bad:
        return _bad_pack(bad)
    except NoFolder as refused:
        return _nothing_made(f"{folder}: {refused}")
    except (OSError, ValueError) as error:
        return _nothing_made(f"{folder}: {_why(error, 'this is no name of a folder')}.")
    print(f"{folder}: {words.count(number, 'page')}. Open {Path(folder) / START}.")
    return CLEAN


def dashboard_address() -> str:
    """The address of the dashboard that files name, if CLUSTER_ADDRESS gives one."""
    return os.environ.get("CLUSTER_ADDRESS", "").rstrip("/")


def _why(error: Exception, otherwise: str) -> str:
    """What stopped the writing of a file, in words without a full stop."""
    return words.first_lower(getattr(error, "strerror", None) or otherwise)


def _bad_pack(bad: BadPack) -> int:
    faults = words.count(len(bad.faults), "fault")
    return _nothing_made(f"{pack_folder()}: {faults}. `python -m cluster_data check` prints them.")


def _nothing_made(why: str) -> int:
    print(*filter(None, [why, "Nothing was made."]), file=sys.stderr)
    return NOT_RUN


def _written(document: Document, form: str, file: str | None) -> int:
    (export,) = [one for one in exports.every() if one.name == FORMS[form]]
    data = export.file_of(document)
    if not file:
        print(data.decode(), end="")
        return CLEAN
    try:
        Path(file).write_bytes(data)
    except (OSError, ValueError) as error:
        return _nothing_made(f"{file}: {_why(error, 'this is no name of a file')}.")
    return CLEAN
