"""Invest and Growth as one meets them: what the first screen holds, how long the pages are, tiles, cards and tabs."""

import re
from io import BytesIO
from statistics import mode
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from bench.browser import until
from cluster_data.palette import contrast
from tests import home
from tests.browser.screen import HEIGHTS, PRINTED, main, press, wait_until_settled

MOST_SCREENS = 4  # on a desk
LENGTH = "document.querySelector('[data-testid=stMain]').scrollHeight"
TOPIC = mode(row["topic"] for row in home.rows("indicators") if row["question"])  # a long one


@pytest.mark.parametrize("path", [f"/Growth?topic={TOPIC}&notes=shown", "/Invest"])
def test_the_page_is_a_few_screens_long(open_page, path):
    assert open_page(path).evaluate(LENGTH) <= HEIGHTS[1400] * MOST_SCREENS


def test_the_first_screen_of_a_phone_holds_the_first_firm(open_page):
    button = open_page("/Invest", 390).get_by_role("tabpanel").get_by_test_id("stPageLink").first
    assert button.bounding_box()["y"] < HEIGHTS[390] - 40


TOOLS = (
    "document.querySelector('[data-testid=stDataFrame]').closest('[data-testid=stElementContainer]')"
    ".querySelector('[data-testid=stElementToolbar]')"
)
COVERED = (
    f"() => {{ const tools = {TOOLS}.getBoundingClientRect();"
    + """
  const words = document.createTreeWalker(document.querySelector("[data-testid=stMain]"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (words.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    const covers = one => one.width > 1 && one.right > tools.left && one.left < tools.right
      && one.bottom > tools.top + 1 && one.top < tools.bottom - 1;
    if (!words.currentNode.parentElement.closest("[data-testid=stElementToolbar]") &&
      [...range.getClientRects()].some(covers)) found.push(words.currentNode.data);
  }
  return found;
}"""
)
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


@pytest.mark.parametrize(("page_name", "tab"), [("Invest", "Who invests"), ("Growth", "Published figures")])
def test_a_link_opens_the_tab_that_was_open(open_page, page_name, tab):
    page = open_page(f"/{page_name}")
    page.get_by_role("tab", name=tab).click()
    until(page, "() => location.search.includes('tab=')")
    wait_until_settled(page)
    again = open_page(urlsplit(page.url)._replace(scheme="", netloc="").geturl())
    expect(again.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")
    again.get_by_role("tab").first.click()
    until(again, "() => !location.search.includes('tab=')")


@pytest.mark.parametrize(
    ("path", "chosen", "scheme"),
    [
        ("/Invest", '[role=tab][aria-selected="true"]', "light"),
        ("/Invest", '[role=tab][aria-selected="true"]', "dark"),
        (f"/Map?d={home.LABELS[home.DS[0]]}", '[aria-pressed="true"]', "dark"),
    ],
)
def test_what_is_chosen_can_be_read_on_any_ground(open_page, path, chosen, scheme):
    page = open_page(path, 1400, scheme)
    look = (
        main(page)
        .locator(chosen)
        .first.evaluate(
            "part => [getComputedStyle(part.querySelector('p') ?? part).color,"
            " getComputedStyle(document.querySelector('.stApp')).backgroundColor]"
        )
    )
    said, ground = ("#" + "".join(f"{int(part):02X}" for part in re.findall(r"\d+", one)[:3]) for one in look)
    assert contrast(said, ground) >= 4.5


@pytest.mark.parametrize("path", ["/Organisations", "/Invest?tab=Who+invests"])
def test_the_tools_of_a_list_cover_no_words(open_page, path):
    page = open_page(path, 390)
    page.get_by_test_id("stDataFrame").first.hover()
    until(page, f"() => getComputedStyle({TOOLS}).opacity === '1'")
    assert page.evaluate(COVERED) == []


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
