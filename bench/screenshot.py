"""The README's picture of Overview: `python -m bench.screenshot [FILE]`."""

import argparse
from pathlib import Path

from playwright.sync_api import ViewportSize

from bench import browser, server

WIDTH, HEIGHT = 1400, 900


def main() -> None:
    """Start the dashboard, take the picture, say where it is."""
    parser = argparse.ArgumentParser(prog="python -m bench.screenshot", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=server.ROOT / ".github" / "overview.png")
    file = parser.parse_args().file
    file.parent.mkdir(parents=True, exist_ok=True)
    with server.running(server.APP) as app, browser.chromium() as chromium:
        size: ViewportSize = {"width": WIDTH, "height": HEIGHT}
        page = chromium.new_page(viewport=size, color_scheme="light", reduced_motion="reduce")
        browser.open_page(page, app.url)
        page.screenshot(path=file)
    print(f"Overview at {WIDTH} by {HEIGHT} is in {file}.")


if __name__ == "__main__":
    main()
