"""The dashboard as a folder of plain pages that needs no server: views, records and areas, linked, with all names."""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from posixpath import dirname, relpath
from unicodedata import normalize
from urllib.parse import quote

from cluster_data.api.taken import pages, taken
from cluster_data.exports import html
from cluster_data.exports.json import about_pack
from cluster_data.measures import organisations, profiles
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.day import today
from cluster_data.model.page_files import page_title, questions

START, SEARCH, CONTENTS = "index.html", "search.js", "contents.json"
OTHERS = "Others"  # names that begin with no letter from A to Z
NOT_OURS = "it holds what this command did not write, as {}. Name another folder, or one that is empty."

Write = Callable[[str, bytes], None]


class NoFolder(OSError):
    """A folder that the site may not replace, in words."""


@dataclass(frozen=True)
class PageFile:
    """A page to write: its file, the view and the record or area that it is asked for."""

    file: str
    page: str
    asked: Mapping[str, list[str]]


@dataclass(frozen=True)
class PlainSite:
    """Which pages the folder has: `of_pages` by name, and by id and label `of_records` and `of_areas`."""

    cluster: Cluster
    address: str
    of_pages: Mapping[str, PageFile]
    of_records: Mapping[str, PageFile]
    of_areas: Mapping[str, PageFile]

    def way(self, here: str, page: str, asked: html.Changes) -> str:
        """The way from a file to a view; to the one record or area that it is asked for, if it is not written itself.

        Empty if there is none, or if it is here.
        """
        named = [one for value in asked.values() for one in ([value] if isinstance(value, str) else value or ()) if one]
        to = self.of_pages.get(page)
        if named:
            to = (self.of_records.get(named[0]) or self.of_areas.get(named[0])) if len(named) == 1 else None
        return relative(here, to.file) if to and to.file != here else ""

    def menu(self, here: str) -> list[tuple[str, str, bool]]:
        """The way to the start and to each page."""
        places = [("All names", START), *((page_title(name), place.file) for name, place in self.of_pages.items())]
        return [(label, relative(here, file), file == here) for label, file in places]


def site_of(cluster: Cluster, address: str = "") -> PlainSite:
    """What is written of a cluster: each page, each record that has a profile, each area and group of areas."""
    records, slugs = organisations.names(cluster), [words.slug(area) for area in cluster.area_codes]
    files = [f"{slug}-{at}" if slug in slugs[:at] else slug for at, slug in enumerate(slugs)]
    areas = zip(cluster.area_codes, files, strict=True)
    return PlainSite(
        cluster,
        address,
        {name: PageFile(f"{name}.html", name, {}) for name in pages()},
        {record: PageFile(f"organisations/{record}.html", "Organisations", {"org": [record]}) for record in records},
        {area: PageFile(f"areas/{file}.html", "Areas", {"in": [area]}) for area, file in areas},
    )


def relative(here: str, file: str) -> str:
    """The address of a file as a link in another one has it."""
    return quote(relpath(file, dirname(here) or "."))


# ---- pages ----------------------------------------------------------------


def write_page(site: PlainSite, place: PageFile, write: Write) -> None:
    """Write one page and its pictures."""
    found = taken(place.page, site.cluster, place.asked, site.address)
    drawn = list(html.drawn_parts(found.elements))

    def picture(number: int) -> str:
        file = f"pictures/{place.file.removesuffix('.html')}-{number}.svg"
        write(file, html.picture(site.cluster, drawn[number]))
        return relative(place.file, file)

    def own(changes: html.Changes) -> str:
        return site.way(place.file, place.page, {**place.asked, **changes})

    ways, link = html.Ways(partial(site.way, place.file), own, picture), found.document.link
    foot = [("This view with all that can be done with it, on the dashboard", link)] if site.address else []
    write(place.file, html.page(found.document, found.elements, ways, menu=site.menu(place.file), foot=foot))


def write_names(site: PlainSite, write: Write) -> None:
    """Write the start: all pages, areas and names, and the script that searches them."""
    rows = site.cluster.records.drop_duplicates("id")
    rows = rows[rows["id"].isin(site.of_records)]
    said = zip(rows["name"], rows["id"], profiles.in_one_line(site.cluster, rows), strict=True)
    names = sorted(((name, site.of_records[record].file, says) for name, record, says in said), key=_in_order)
    records, areas = words.count(len(names), "organisation or offer", "organisations and offers"), len(site.of_areas)
    told = {
        "title": "All pages and names",
        "statement": f"{records} by name, {words.count(areas, 'area')}, {words.count(len(site.of_pages), 'page')}.",
        "menu": site.menu(START),
        "pages": [(page_title(name), place.file, questions()[name]) for name, place in site.of_pages.items()],
        "areas": [(area, place.file) for area, place in site.of_areas.items()],
        "letters": [(letter, list(alike)) for letter, alike in groupby(names, lambda one: _letter(one[0]))],
    }
    write(START, html.rendered("names.html", site.cluster, today(), told))
    write(SEARCH, (Path(html.__file__).parent / SEARCH).read_bytes())


def _letter(name: str) -> str:
    first = normalize("NFKD", name.strip())[:1].upper()
    return first if re.fullmatch("[A-Z]", first) else OTHERS


def _in_order(told: tuple[str, ...]) -> tuple[bool, str]:
    """Names by their letters, those that begin with none last."""
    return _letter(told[0]) == OTHERS, normalize("NFKD", told[0].strip()).casefold()


# ---- the folder -----------------------------------------------------------


def write_site(cluster: Cluster, folder: Path, address: str = "") -> int:
    """Write all pages into a folder, which stands there whole or, if anything goes wrong, as before.

    It may be empty or hold what was written before. `address` is that of the dashboard, if there is one to lead to.
    How many pages there are; NoFolder or another OSError if it cannot be written.
    """
    folder = folder.resolve()
    refuse_strangers(folder)
    site, files = site_of(cluster, address), [CONTENTS]
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
        new = Path(beside) / "new"

        def write(file: str, data: bytes) -> None:
            (new / file).parent.mkdir(parents=True, exist_ok=True)
            (new / file).write_bytes(data)
            files.append(file)

        places = [*site.of_pages.values(), *site.of_records.values(), *site.of_areas.values()]
        for place in places:
            write_page(site, place, write)
        write_names(site, write)
        told = about_pack(cluster.pack) | {"made": str(today()), "files": sorted(files)}
        (new / CONTENTS).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
        put_in_place(new, folder, Path(beside) / "old")
    return len(places) + 1


def refuse_strangers(folder: Path) -> None:
    """NoFolder if there is anything in a folder that was not written by `write_site`, or no folder can stand there."""
    there = next(one for one in (folder, *folder.parents) if one.exists())
    if not there.is_dir():
        raise NoFolder(f"{there.name} is a file, not a folder.")
    if there != folder:
        return
    inside = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if not file.is_dir()}
    try:
        ours = set(json.loads((folder / CONTENTS).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        ours = set()
    if inside - ours:
        raise NoFolder(NOT_OURS.format(min(inside - ours)))


def put_in_place(new: Path, folder: Path, old: Path) -> None:
    """Let a new folder stand where another may stand, which comes back if that fails."""
    if not folder.exists():
        os.rename(new, folder)
        return
    os.rename(folder, old)
    try:
        os.rename(new, folder)
    except OSError:
        os.rename(old, folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
