"""Invest and Growth as one meets them: what the first screen holds, how long the pages are, tiles, cards and tabs."""

from io import BytesIO
from statistics import mode

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from bench.browser import until
from tests import home
from tests.browser.screen import PRINTED, press, wait_until_settled

SCREENS = {1400: (900, 4), 390: (844, 8)}
LENGTH = "document.querySelector('[data-testid=stMain]').scrollHeight"
TOPIC = mode(row["topic"] for row in home.rows("indicators") if row["question"])  # a long one


@pytest.mark.parametrize("width", SCREENS)
@pytest.mark.parametrize("path", [f"/Growth?topic={TOPIC}&notes=shown", "/Invest"])
def test_the_page_is_a_few_screens_long(open_page, path, width):
    page = open_page(path, width)
    high, most = SCREENS[width]
    assert page.evaluate(LENGTH) <= high * most


@pytest.mark.parametrize("width", SCREENS)
def test_the_first_screen_holds_the_first_firm(open_page, width):
    page = open_page("/Invest", width)
    button = page.get_by_role("tabpanel").get_by_test_id("stPageLink").first
    assert button.bounding_box()["y"] < SCREENS[width][0] - 40


PICKS = "".join(f"&pick={firm['id']}" for firm in home.FIRMS[:5])


@pytest.mark.parametrize("path", ["/Invest?", f"/Invest?{PICKS[1:]}&", f"/Growth?topic={TOPIC}&notes=shown&"])
def test_a_print_is_at_most_six_sheets(open_page, path):
    page = open_page(f"{path}{PRINTED}", 900)
    assert len(PdfReader(BytesIO(page.pdf(format="A4"))).pages) <= 6


def test_a_tile_filters_and_a_tab_shows_the_rounds(open_page):
    page = open_page("/Invest")
    page.locator("[class*='st-key-tile-']:not(.st-key-tile) button").first.click()
    until(page, "() => location.search.includes('stage=')")
    page.get_by_role("button", name="Chosen:").click()
    until(page, "() => !location.search.includes('stage=')")
    page.get_by_role("tab", name="Rounds").click()
    page.locator(".js-plotly-plot").first.wait_for()
    page.get_by_role("tab", name="Who invests").click()
    until(page, "() => !document.querySelector('.js-plotly-plot')")


def test_a_card_adds_to_the_shortlist_and_leads_to_the_profile(open_page):
    page = open_page("/Invest")
    panel = page.get_by_role("tabpanel")
    link = panel.get_by_test_id("stPageLink").first.get_by_role("link")
    name = link.inner_text().strip()
    panel.get_by_role("button", name="Add to shortlist").first.click()
    page.get_by_role("heading", name="Shortlist: 1 firm").wait_for()
    panel.get_by_test_id("stPageLink").first.get_by_role("link").click()
    until(page, "() => location.pathname.endsWith('Organisations') && location.search.includes('org=')")
    page.get_by_role("heading", level=1).filter(has_text=name.split("\n")[-1]).wait_for()
    wait_until_settled(page)
    page.reload()
    wait_until_settled(page)
    press(page.get_by_test_id("stSidebarNav"), "Invest", "link")
    page.get_by_role("heading", name="Shortlist: 1 firm").wait_for()
    button = panel.get_by_role("button", name="Take off the shortlist")
    button.scroll_into_view_if_needed()
    panel.get_by_role("link", name="See it").first.click()
    expect(page.get_by_role("heading", name="Shortlist: 1 firm")).to_be_in_viewport()
    button.click()
    page.get_by_role("heading", name="Shortlist: 1 firm").wait_for(state="detached")
