"""Another pack, of an invented region with five Ds, runs through the same pages."""

import pytest

from tests.browser.screen import PATHS, main, notices, question, statement, unroll
from tests.packs import PACK

DS = ["Data", "Devices", "Diagnostics", "Digital", "Robotics"]
OF_ANOTHER_REGION = ["West Midlands", "Birmingham", "WMCA", "Coventry"]
VIEWS = {
    "Map": "/Map?near=NM1 1AA&within=5",
    "Challenges": "/Challenges?challenge=N1&column=robotics&by=D",
    "Organisations": "/Organisations?org=test-firm-e",
}


@pytest.fixture(scope="module")
def northmark(start):
    return start(CLUSTER_DATA=str(PACK)).url


@pytest.mark.parametrize("name", ["Overview", "Map", "Challenges", "Connections"])
def test_a_page_shows_the_other_pack_and_nothing_else(open_page, axe, northmark, name):
    page = open_page(PATHS[name], base=northmark)
    assert page.get_by_test_id("stException").count() == 0
    assert question(name) in main(page).inner_text()
    assert statement(page) == "Heartland firms in Northmark: 9"
    assert "Northmark health robots" in page.title()
    page.get_by_role("combobox", name="Ds", exact=True).click()
    page.get_by_role("option").first.wait_for()
    assert page.get_by_role("option").all_inner_texts() == DS
    page.keyboard.press("Escape")
    sent = page.content()
    assert [word for word in OF_ANOTHER_REGION if word in sent] == []
    if name in ("Overview", "Challenges"):
        unroll(page)
        assert axe(page) == ""


@pytest.mark.parametrize("name", VIEWS)
def test_its_links_hold_on_a_phone(open_page, northmark, name):
    page = open_page(VIEWS[name], 390, base=northmark)
    assert page.get_by_test_id("stException").count() == 0
    assert notices(page) == ""
    sent = page.content()
    assert [word for word in OF_ANOTHER_REGION if word in sent] == []
