"""A headless Chromium, and the one definition of "the full first view is there".

A page's first view is full when Streamlit has finished running and left no placeholder, every
picture is decoded, every chart, map and table has its drawing, the fonts are loaded, nothing is
being fetched, and nothing has moved since. Its time is that of the last change before half a
second of quiet, counted from the start of the navigation (`settle.js` keeps it).
"""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Page, TimeoutError, sync_playwright

from bench.server import NothingToMeasureError

SETTLE = Path(__file__).with_name("settle.js")
QUIET = 500
LIMIT = 60_000
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser whose path CHROMIUM gives (none: Playwright's own); unset, the machine's if it has one."""
    own = (path for path in map(shutil.which, NAMES) if path)
    found = os.environ.get("CHROMIUM", next(own, None)) or None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def open_page(page: Page, url: str, kind: str = "streamlit") -> float:
    """Go to an address and return the milliseconds until its full first view."""
    page.add_init_script(path=SETTLE)
    page.goto(url, timeout=LIMIT)
    return settled(page, kind)


def until(page: Page, script: str, argument: object = None, limit: float = LIMIT) -> Any:
    """What a script in the page gives, once that is neither false nor empty.

    Playwright's own waiting would evaluate the script within the page, which the page's headers forbid.
    """
    end = time.monotonic() + limit / 1000
    while time.monotonic() < end:
        try:
            found = page.evaluate(script, argument)
        except Error as left:
            if "navigat" not in str(left):
                raise
            found = None
        if found:
            return found
        page.wait_for_timeout(50)
    raise TimeoutError(f"{page.url} did not come to what was waited for.")


def exceptions(page: Page) -> list[str]:
    """The first line of each error that a Streamlit page shows."""
    shown = page.locator('[data-testid="stException"]').all_inner_texts()
    return [text.strip().split("\n")[0] for text in shown]


def settled(page: Page, kind: str = "streamlit") -> float:
    """Wait until the view is full and quiet; the milliseconds from navigation to its last change."""
    ready = f"fullFirstView('{kind}', {QUIET})"
    try:
        page.wait_for_load_state("networkidle", timeout=LIMIT)
        return float(until(page, ready))
    except TimeoutError:
        raise NothingToMeasureError(f"{page.url} never came to rest.") from None
