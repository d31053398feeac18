"""What a reader sees and does on a page: the pages there are, what stands on one, choices, clicks and downloads."""

import ast
import csv
import math
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Download, Locator, Page, TimeoutError
from pydeck import ViewState

from bench.browser import until
from cluster_data.drawing import maps
from cluster_data.measures.places import Place

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HEIGHTS = {1920: 1080, 1400: 900, 1280: 720, 900: 900, 390: 844}
PRINTED = "print=1&embed=true&embed_options=light_theme"  # where a page that is to be printed leads by itself
QUIET = 300
PATIENCE = 45_000
SETTLED = (HERE / "settled.js").read_text()


# ---- the pages ------------------------------------------------------------


def page_files() -> dict[str, Path]:
    """The name of every page in its address, with its file, in the order of the menu."""
    files = sorted((ROOT / "pages").glob("[0-9]*_*.py"), key=lambda file: int(file.name.split("_")[0]))
    return {file.stem.split("_", 1)[1]: file for file in files}


PAGE_FILES = page_files()
PATHS = {name: f"/{name}" if place else "/" for place, name in enumerate(PAGE_FILES)}
FRAMED = [name for name in PATHS if name != "Present"]  # the pages with menu and filter


def label(name: str) -> str:
    """A page's name as the menu shows it."""
    return name.replace("_", " ")


def question(name: str) -> str:
    """The question a page answers: the first line of its docstring."""
    return (ast.get_docstring(ast.parse(PAGE_FILES[name].read_text())) or "").split("\n")[0]


# ---- waiting --------------------------------------------------------------


def wait_until_settled(page: Page) -> None:
    """Return once Streamlit has finished and the page has kept still for a moment."""
    page.evaluate("window.settledSince = null")
    until(page, SETTLED, QUIET, PATIENCE)


def wait_for_address(page: Page, holds: Callable[[dict[str, list[str]]], bool]) -> None:
    """Return once the parameters of the address are as asked and the page has settled."""
    try:
        page.wait_for_url(lambda url: holds(parse_qs(urlsplit(url).query)), timeout=PATIENCE, wait_until="commit")
    except TimeoutError as late:
        raise AssertionError(f"the address stays {plain_address(page)}") from late
    wait_until_settled(page)


# ---- what a page says -----------------------------------------------------


def parameters(page: Page) -> dict[str, list[str]]:
    """What the address holds beside the path."""
    return parse_qs(urlsplit(page.url).query)


def main(page: Page) -> Locator:
    """The page itself, without menu and filter."""
    return page.get_by_test_id("stMain")


def statement(page: Page) -> str:
    """The sentence below the title that states the filter."""
    return page.locator("h1 >> xpath=following::strong[1]").inner_text()


def headings(page: Page) -> list[str]:
    """All headings, the title first."""
    return [heading.inner_text() for heading in main(page).get_by_role("heading").all()]


def notices(page: Page) -> str:
    """What the notices on a page say."""
    return "\n".join(notice.inner_text() for notice in main(page).get_by_role("alert").all())


def rows_of_table(table: Locator) -> list[list[str]]:
    """The cells of a table, its head first, without the sign that leads to what its columns mean."""
    read = "table => [...table.rows].map(row => [...row.cells].map(cell => cell.innerText.trim()))"
    head, *rows = table.locator("table").evaluate(read)
    return [[cell.removesuffix(" info") for cell in head], *rows]


def rows_of_list(part: Page | Locator) -> list[list[str]]:
    """The cells of the first list of records, its head first, as screen readers are told them; a few stand in full."""
    read = "table => [...table.rows].map(row => [...row.cells].map(cell => cell.textContent.trim()))"
    head, *rows = part.locator('canvas table, [data-testid="stTable"] table').first.evaluate(read)
    return [[cell.removesuffix(" info") for cell in head], *rows]


# ---- the stage ------------------------------------------------------------


def stage(page: Page) -> Locator:
    """The stage as it is shown."""
    return page.locator("dialog[open]")


def told(page: Page, part: str) -> str:
    """What a part of the stage or of the notes says."""
    return page.locator(f'[data-part="{part}"]').inner_text()


@contextmanager
def without_network(page: Page) -> Iterator[None]:
    """As if the cable were out."""
    page.context.set_offline(True)
    page.route("**/*", lambda route: route.abort())
    try:
        yield
    finally:
        page.unroute("**/*")
        page.context.set_offline(False)


# ---- where things are drawn ----------------------------------------------


def _web_mercator(latitude: float, longitude: float, zoom: float) -> tuple[float, float]:
    """Pixels from the left and from the top of the world, as deck.gl draws it at this zoom."""
    size = 512 * 2**zoom
    north = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    return size * (longitude + 180) / 360, size * (0.5 - north / (2 * math.pi))


def spot_on_map(page: Page, latitude: float, longitude: float, looking: ViewState) -> tuple[float, float]:
    """Where on the screen the map draws a position."""
    box = page.get_by_test_id("stDeckGlJsonChart").locator("canvas").first.bounding_box()
    left, top = _web_mercator(latitude, longitude, looking.zoom)
    middle_left, middle_top = _web_mercator(looking.latitude, looking.longitude, looking.zoom)
    return box["x"] + box["width"] / 2 + left - middle_left, box["y"] + box["height"] / 2 + top - middle_top


def view_near(page: Page, place: Place, within: float) -> ViewState:
    """How the map looks at a place, from the height it is drawn at."""
    _, box = maps.rings_around(place.lat, place.lon, [within])
    height = page.get_by_test_id("stDeckGlJsonChart").bounding_box()["height"]
    return maps.view_of(box, round(height))


# ---- what a reader does ---------------------------------------------------


def resize(page: Page, width: int, height: int) -> None:
    """Give the window another size."""
    size = {"width": width, "height": height}
    if page.viewport_size != size:
        page.set_viewport_size(size)
        wait_until_settled(page)


def unroll(page: Page, width: int | None = None) -> None:
    """Make the window, of this width if given, as tall as the page: what is scrolled out of sight escapes axe-core."""
    if width not in (None, page.viewport_size["width"]):
        resize(page, width, HEIGHTS[width])
    tall = """() => {
        const main = document.querySelector('[data-testid="stMain"]');
        return main.scrollHeight + innerHeight - main.clientHeight;
    }"""
    resize(page, page.viewport_size["width"], page.evaluate(tall))


def choose(page: Page, box: str, option: str, empty_at_first: bool = False) -> None:
    """Choose by mouse among buttons side by side, or in a box.

    A box that is empty at first closes by itself, and Escape would empty it again.
    """
    beside = page.get_by_role("radiogroup", name=box, exact=True)
    if beside.count():
        beside.get_by_text(option, exact=True).click()
        wait_until_settled(page)
        return
    combobox = page.get_by_role("combobox", name=box, exact=True)
    combobox.scroll_into_view_if_needed()
    wait_until_settled(page)
    combobox.click()
    page.get_by_role("option", name=option, exact=True).click()
    if not empty_at_first:
        page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    page.get_by_role("listbox").wait_for(state="hidden")
    wait_until_settled(page)


def press(part: Page | Locator, name: str, role: str = "button") -> None:
    """Press the first button, link or the like with this name."""
    part.get_by_role(role, name=name, exact=True).first.click()
    wait_until_settled(part if isinstance(part, Page) else part.page)


def open_tray(page: Page) -> Locator:
    """Open "Share or download" and give what it holds."""
    press(page, "Share or download")
    return page.get_by_test_id("stPopoverBody")


def unfold(part: Page | Locator, name: str) -> Locator:
    """Open the first expander with this name, and give it."""
    page = part if isinstance(part, Page) else part.page
    expander = part.get_by_test_id("stExpander").filter(has=page.locator("summary", has_text=name)).first
    expander.locator("summary").click()
    wait_until_settled(page)
    return expander


def download(part: Page | Locator, name: str) -> Download:
    """What the first button with this name gives."""
    page = part if isinstance(part, Page) else part.page
    with page.expect_download() as expected:
        part.get_by_role("button", name=name, exact=True).first.click()
    return expected.value


def rows_of_csv(file: Download) -> list[list[str]]:
    """The cells of a downloaded table, its head first."""
    with open(file.path(), encoding="utf-8-sig", newline="") as text:
        return list(csv.reader(text))


def plain_address(page: Page) -> str:
    """The address without the server's name."""
    return re.sub(r"^https?://[^/]+", "", page.url)
