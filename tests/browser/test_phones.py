"""A finger on a chart or a map: a swipe scrolls the page, a tap selects; and maps where a browser cannot draw them."""

import os

import pytest
from playwright.sync_api import expect

from bench.browser import FLAGS
from cluster_data.measures import places
from tests.browser.conftest import FORGET
from tests.browser.screen import (
    PATHS,
    choose,
    main,
    notices,
    press,
    spot_on_map,
    view_near,
    wait_for_address,
    wait_until_settled,
)

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
VIEWS = PATHS | {"density": "/Map?show=firms+per+100,000+residents", "links": "/Connections?around=test-firm-a"}
STEPS, FRAME, LEAST = 8, 16, 100
DRAWINGS = '[data-testid="stPlotlyChart"], [data-testid="stDeckGlJsonChart"], [data-testid="stImage"], table'
LIVE, WHY = "stDeckGlJsonChart", "cannot draw a live map"
LOSE = "canvas => canvas.getContext('webgl2').getExtension('WEBGL_lose_context').loseContext()"


@pytest.fixture(scope="module")
def phone(browser):
    """A page as on a phone, of one visitor after another."""
    context = browser.new_context(**PHONE, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def open_on_phone(phone, northmark):
    """Opens a path as one does on a phone."""

    def visit(path):
        phone.goto(northmark + path)
        wait_until_settled(phone)
        return phone

    yield visit
    phone.evaluate(FORGET)


def bring_up(drawing):
    """Scroll until the drawing is in the middle of the screen."""
    drawing.evaluate("part => part.scrollIntoView({ block: 'center' })")
    drawing.page.wait_for_timeout(100)


def scrolled(page):
    """How far the page is scrolled."""
    return main(page).evaluate("page => page.scrollTop")


def drag(page, *fingers):
    """Move fingers over the glass, each from a point to another."""
    glass = page.context.new_cdp_session(page)
    for step in range(STEPS + 1):
        ways = [[start + (end - start) * step / STEPS for start, end in zip(*way, strict=True)] for way in fingers]
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(ways)]
        glass.send("Input.dispatchTouchEvent", {"type": "touchMove" if step else "touchStart", "touchPoints": points})
        page.wait_for_timeout(FRAME)
    glass.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(200)


def swipe_moves(page, drawing):
    """How far a swipe from the middle of the drawing scrolls the page: up, or down if it is at its end."""
    bring_up(drawing)
    box, before = drawing.bounding_box(), scrolled(page)
    middle = box["x"] + box["width"] / 2, min(max(box["y"] + box["height"] / 2, 330), 500)
    far = 200 if before > 2 * LEAST else -200
    drag(page, (middle, (middle[0], middle[1] + far)))
    return abs(scrolled(page) - before)


@pytest.mark.parametrize("view", ["Map", "Four_Ds", "links"])
def test_a_swipe_over_any_drawing_scrolls_the_page(open_on_phone, view):
    page = open_on_phone(VIEWS[view])
    drawings = [part for part in main(page).locator(DRAWINGS).all() if part.is_visible()]
    stuck = [part.get_attribute("data-testid") for part in drawings if swipe_moves(page, part) < LEAST]
    assert stuck == []


def test_a_tap_on_a_cell_shows_what_is_behind_it(open_on_phone):
    page = open_on_phone("/Challenges")
    bring_up(page.get_by_test_id("stPlotlyChart"))
    row = page.locator(".textpoint text", has_text="N1").bounding_box()
    column = page.locator(".xtick text", has_text="Devices").bounding_box()
    page.touchscreen.tap(column["x"] + column["width"] / 2, row["y"] + row["height"] + 18)
    wait_for_address(page, lambda held: held == {"challenge": ["N1"], "column": ["devices"]})


def test_a_tap_on_a_mark_of_the_network_shows_its_links(open_on_phone):
    page = open_on_phone("/Connections")
    bring_up(page.get_by_test_id("stPlotlyChart"))
    mark = page.locator(".js-plotly-plot .points path").first.bounding_box()
    page.touchscreen.tap(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
    wait_for_address(page, lambda held: list(held) == ["around"])


def test_a_tap_on_a_mark_of_the_map_shows_it_below(open_on_phone, cluster):
    page = open_on_phone("/Map?near=NM1+1AA&within=5&kind=Firms")
    bring_up(page.get_by_test_id(LIVE))
    place, _ = places.find_place(cluster, "NM1 1AA")
    firm = cluster.table("companies").set_index("id").loc["test-firm-a"]
    page.touchscreen.tap(*spot_on_map(page, firm["lat"], firm["lon"], view_near(page, place, 5)))
    wait_for_address(page, lambda held: held.get("at") == ["test-firm-a"])


def test_two_fingers_move_the_map_and_not_the_page(open_on_phone):
    page = open_on_phone("/Map")
    drawing = page.get_by_test_id(LIVE)
    bring_up(drawing)
    box, before, at = drawing.bounding_box(), drawing.screenshot(), scrolled(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    drag(page, ((x - 30, y), (x - 110, y)), ((x + 30, y), (x + 110, y)))
    assert drawing.screenshot() != before
    assert scrolled(page) == at


# ---- browsers without WebGL ----------------------------------------------


@pytest.fixture(scope="module")
def without_webgl(browser):
    """A browser that draws nothing live."""
    path = os.environ.get("CHROMIUM") or None
    other = browser.browser_type.launch(executable_path=path, args=[*FLAGS, "--disable-3d-apis"])
    yield other
    other.close()


def is_still(page, name):
    """Is the map of this name a picture, with a word why?"""
    expect(main(page).get_by_text(WHY)).to_be_visible()
    expect(main(page).get_by_role("img", name=name)).to_be_visible()
    expect(page.get_by_test_id(LIVE)).to_have_count(0)
    return page.get_by_test_id("stException").count() == 0


def test_without_webgl_each_map_is_a_still_picture_with_a_word_why(without_webgl, northmark, axe):
    page = without_webgl.new_page(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page.goto(f"{northmark}/Map")
    wait_until_settled(page)
    assert is_still(page, "Map of organisations")
    assert axe(page) == ""
    choose(page, "Show", "firms per 100,000 residents")
    assert is_still(page, "per 100,000 residents")
    page.close()


def test_a_map_that_is_lost_becomes_a_still_picture(open_on_phone):
    page = open_on_phone("/Map")
    assert WHY not in notices(page)
    page.get_by_test_id(LIVE).locator("canvas").first.evaluate(LOSE)
    assert is_still(page, "Map of organisations")


def test_a_map_that_one_leaves_is_not_lost(open_page, northmark):
    page = open_page("/Map", base=northmark)
    choose(page, "Show", "firms per 100,000 residents")
    for name in ("Overview", "Map"):
        press(page, name, "link")
    expect(page.get_by_test_id(LIVE)).to_be_visible()
    assert main(page).get_by_text(WHY).count() == 0
