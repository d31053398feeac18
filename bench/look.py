"""Pictures of every page at two widths and in both themes, and what is wrong at first sight.

    python -m bench.look FOLDER [--base URL] [--path /Map?d=Digital ...]

Prints, for each picture: console errors, requests to other hosts, sideways scroll and exceptions.
"""

import argparse
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from bench import browser, server

SIZES = {1400: 900, 390: 844}
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
TALLEST = 12_000
HARMLESS = re.compile(r"_stcore/(health|host-config)")

CONTENT_HEIGHT = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  return main.scrollHeight + innerHeight - main.clientHeight;
}"""

WIDER_THAN_PAGE = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const wide = (box) => box.scrollWidth > box.clientWidth + 1;
  if (!wide(document.documentElement) && !wide(main)) return null;
  const edge = main.getBoundingClientRect().right + 1;
  const out = [...main.querySelectorAll("*")].filter((box) => box.getBoundingClientRect().right > edge);
  const name = (box) => box.closest("[data-testid]").dataset.testid;
  return [...new Set(out.map(name))].slice(0, 3).join(", ") || "page";
}"""

BROKEN_PICTURES = """() => [...document.querySelectorAll("img")]
  .filter((image) => image.complete && image.naturalWidth === 0).map((image) => image.src)"""


@dataclass
class Findings:
    """What one page did that it should not."""

    host: str
    faults: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Note console errors, page errors and requests to other hosts from now on."""
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        page.on("request", self.see)

    def hear(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type == "error" and not HARMLESS.search(where + message.text):
            self.faults.append(f"console: {message.text[:200]} {where}")

    def see(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self.host:
            self.faults.append(f"asks another host: {request.url[:200]}")


def main() -> int:
    """Look at every page; 1 if there is something to mend."""
    arguments = parse()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with address(arguments.base) as base, browser.chromium() as chromium:
        shots = product(arguments.path or page_paths(), SIZES, THEMES)
        faulty = [look(chromium, base, arguments.folder, *shot) for shot in shots]
    print(f"{len(faulty)} pictures in {arguments.folder}, {sum(faulty)} with something to mend.")
    return int(any(faulty))


@contextmanager
def address(given: str | None) -> Iterator[str]:
    """The address of the running dashboard that was given, or of one of our own."""
    if given:
        yield given.rstrip("/")
        return
    with server.running(server.APP) as served:
        yield served.url


def parse() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench.look", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--base", help="address of a running dashboard; without it one is started")
    parser.add_argument("--path", action="append", help="look at this path only (may be repeated)")
    return parser.parse_args()


def page_paths() -> list[str]:
    """The path of each page, from the names of the files; the first page is the root."""
    files = sorted((server.ROOT / "pages").glob("[0-9]*_*.py"), key=lambda file: int(file.name.split("_")[0]))
    names = [file.stem.split("_", 1)[1] for file in files]
    return ["/", *(f"/{name}" for name in names[1:])]


def look(chromium: Browser, base: str, folder: Path, path: str, width: int, theme: Theme) -> bool:
    """Take one picture and print what is wrong; true if something is."""
    findings = Findings(urlsplit(base).netloc)
    context = chromium.new_context(
        viewport={"width": width, "height": SIZES[width]}, color_scheme=theme, reduced_motion="reduce"
    )
    page = context.new_page()
    findings.watch(page)
    try:
        milliseconds = browser.open_page(page, base + path)
        photograph(page, width, folder / f"{name_of(path)}-{width}-{theme}.png")
        findings.faults += faults_on(page)
    except server.NothingToMeasureError:
        milliseconds = float("nan")
        page.screenshot(path=folder / f"{name_of(path)}-{width}-{theme}.png")
        findings.faults.append("never came to rest")
    context.close()
    report(path, width, theme, milliseconds, findings.faults)
    return bool(findings.faults)


def photograph(page: Page, width: int, file: Path) -> None:
    """A picture of the whole page: Streamlit scrolls inside, so the window grows to the content."""
    height = min(page.evaluate(CONTENT_HEIGHT), TALLEST)
    page.set_viewport_size({"width": width, "height": height})
    browser.settled(page)
    page.screenshot(path=file)


def faults_on(page: Page) -> list[str]:
    """Sideways scroll, broken pictures and exceptions that the page shows."""
    wide = page.evaluate(WIDER_THAN_PAGE)
    broken = page.evaluate(BROKEN_PICTURES)
    faults = [f"scrolls sideways: {wide}"] if wide else []
    faults += [f"broken picture: {address[:200]}" for address in broken]
    return faults + [f"exception: {text}" for text in browser.exceptions(page)]


def name_of(path: str) -> str:
    """A file name for a path: `/Map?d=Digital` becomes `Map-d-Digital`."""
    return re.sub(r"[^A-Za-z0-9_]+", "-", path).strip("-") or "Overview"


def report(path: str, width: int, theme: str, milliseconds: float, faults: list[str]) -> None:
    """Print one line for the picture and one for each fault."""
    print(f"{path:<16} {width:>5} {theme:<6} {milliseconds:>6.0f} ms  {'' if faults else 'nothing wrong'}")
    for fault in dict.fromkeys(faults):
        print(f"    {fault}")


if __name__ == "__main__":
    sys.exit(main())
