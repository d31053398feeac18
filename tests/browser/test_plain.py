"""Plain pages in a browser: read without scripts, on a phone, by whoever does not see them, from a folder."""

import re
from urllib.parse import urljoin

import pytest

from cluster_data.api.folder import write_site
from cluster_data.exports import html
from cluster_data.input.read import read_cluster
from tests import home
from tests.packs import PACK, TODAY

AREA = home.LEADING_NAMES[0]
VIEWS = [f"Four_Ds?area={AREA}", "Map", f"Organisations?org={home.A_FIRM['id']}", "Growth", "Data"]
READABLE = 600  # pixels of a picture drawn for a desk, whose words are still words
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
    for picture in tab.locator("img").all():
        assert picture.bounding_box()["width"] >= READABLE
        frame = picture.locator("xpath=..")
        assert frame.get_attribute("tabindex") == "0" and frame.bounding_box()["width"] < 390
    for folded in tab.locator("main details").all():
        folded.evaluate("one => one.open = true")
    assert not tab.evaluate(WIDER)
    assert [one for one in tab.locator("caption").all() if one.bounding_box()["width"] > 390] == []
    assert all(url.startswith((server, "data:")) for url in asked)
    assert axe(tab) == "" and [url for url in asked if url.endswith((".js", ".css"))] == []


def test_without_scripts_a_reader_goes_from_a_link_to_a_choice(server, browser):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(urljoin(server, f"/Four_Ds?area={AREA}"))
    tab.get_by_role("link", name="plain page").click()
    heading = tab.get_by_role("heading", level=1)
    assert heading.inner_text() and AREA in tab.get_by_role("main").inner_text()
    tab.get_by_text("Filter", exact=True).click()
    tab.get_by_text("D: any", exact=True).click()
    tab.get_by_role("main").get_by_role("link", name=home.LABELS[home.DS[0]], exact=True).click()
    assert f"{home.the_firms(home.LABELS[home.DS[0]].lower()).split(' firms')[0]} firms in {AREA}" in tab.content()
    assert tab.locator("img").first.evaluate("picture => picture.alt")
    context.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The start of the invented pack's site in a folder; its pictures are squares."""
    out = tmp_path_factory.mktemp("site") / "out"
    square = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html, "picture", lambda *_: square)
        write_site(read_cluster(PACK, TODAY), out)
    return (out / "index.html").as_uri()


def test_from_a_folder_names_are_found_and_nothing_else_is_asked(site, tab, axe):
    asked, failed = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda error: failed.append(error))
    tab.goto(site)
    assert axe(tab) == "" and not tab.evaluate(WIDER)
    names = tab.locator(".names li:visible")
    every = names.count()
    tab.get_by_label("Search names").fill("aldbrook zebra")
    assert names.count() == 0 and tab.get_by_role("status").inner_text() == "No names"
    tab.get_by_label("Search names").fill("TRUST  áldbrook")
    assert 0 < names.count() < every and tab.get_by_role("status").inner_text().startswith(f"{names.count()} name")
    assert axe(tab) == ""
    tab.reload()
    assert "aldbrook" in tab.get_by_label("Search names").input_value().replace("á", "a")
    names.first.get_by_role("link").click()
    assert "Aldbrook" in tab.get_by_role("heading", level=1).inner_text() and axe(tab) == ""
    for page in ("Overview", "Map", "Areas"):
        tab.get_by_role("navigation", name="Pages").get_by_role("link", name=page, exact=True).click()
        assert re.search(rf"/{page}\.html$", tab.url) and axe(tab) == "" and not tab.evaluate(WIDER)
    assert all(url.startswith((site.removesuffix("index.html"), "data:")) for url in asked) and failed == []


def test_a_folder_is_whole_without_its_script(site, browser):
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(site)
    assert tab.get_by_label("Search names").count() == 0 or not tab.get_by_label("Search names").is_visible()
    tab.get_by_role("navigation", name="Letters").get_by_role("link", name="T", exact=True).click()
    tab.get_by_role("link", name="Test Firm A").click()
    assert "Test Firm A" in tab.get_by_role("heading", level=1).inner_text()
    context.close()
