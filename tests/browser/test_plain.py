"""Plain pages in a browser: read without scripts, on a phone, by whoever does not see them."""

from urllib.parse import urljoin

import pytest

from tests import home

AREA = home.LEADING_NAMES[0]
VIEWS = [f"Four_Ds?area={AREA}", "Map", f"Organisations?org={home.A_FIRM['id']}", "Growth", "Data"]
WIDER = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def tab(browser):
    """A browser on a phone; scripts of pages do not run, as the policy of the server allows those of the app alone."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("view", VIEWS)
def test_a_plain_page_keeps_the_rules_of_accessibility_and_fits_a_phone(server, tab, axe, view):
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(urljoin(server, f"/plain/{view}"))
    assert axe(tab) == ""
    assert not tab.evaluate(WIDER)
    assert all(url.startswith((server, "data:")) for url in asked)
    assert axe(tab) == "" and [url for url in asked if url.endswith((".js", ".css"))] == []


def test_without_scripts_a_reader_goes_from_a_link_to_a_choice(server, browser):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(urljoin(server, f"/Four_Ds?area={AREA}"))
    tab.get_by_role("link", name="plain page").click()
    heading = tab.get_by_role("heading", level=1)
    assert heading.inner_text() and AREA in tab.get_by_role("main").inner_text()
    tab.get_by_text("D: any", exact=True).click()
    tab.get_by_role("main").get_by_role("link", name=home.LABELS[home.DS[0]], exact=True).click()
    assert f"{home.the_firms(home.LABELS[home.DS[0]].lower()).split(' firms')[0]} firms in {AREA}" in tab.content()
    assert tab.locator("img").first.evaluate("picture => picture.alt")
    context.close()
