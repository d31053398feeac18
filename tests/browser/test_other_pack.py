"""Another pack, of an invented region with five Ds, runs through the same pages."""

from pathlib import Path

import pytest

from tests import home
from tests.browser.screen import (
    PATHS,
    PRINTED,
    download,
    headings,
    main,
    notices,
    parameters,
    question,
    rows_of_list,
    statement,
    unroll,
    wait_for_address,
)

DS = ["Data", "Devices", "Diagnostics", "Digital", "Robotics"]
OF_ANOTHER_REGION = [home.SAID["region"], *home.LEADING_NAMES[:3], home.rows("groups")[0]["label"]]
VIEWS = {
    "Challenges": "/Challenges?challenge=N1&column=robotics&by=D",
    "Organisations": "/Organisations?org=test-firm-e",
}


@pytest.mark.parametrize("name", ["Overview", "Challenges"])
def test_a_page_shows_the_other_pack_and_nothing_else(open_page, axe, northmark, name):
    page = open_page(PATHS[name], base=northmark)
    assert page.get_by_test_id("stException").count() == 0
    assert question(name) in main(page).inner_text()
    assert statement(page) == "Heartland firms in Northmark: 8"
    assert "Northmark health robots" in page.title()
    page.get_by_role("combobox", name="Ds", exact=True).click()
    page.get_by_role("option").first.wait_for()
    assert page.get_by_role("option").all_inner_texts() == DS
    page.keyboard.press("Escape")
    sent = page.content()
    assert [word for word in OF_ANOTHER_REGION if word in sent] == []
    unroll(page)
    assert axe(page) == ""


@pytest.mark.parametrize("name", VIEWS)
def test_its_links_hold_on_a_phone(open_page, northmark, name):
    page = open_page(VIEWS[name], 390, base=northmark)
    assert page.get_by_test_id("stException").count() == 0
    assert notices(page) == ""
    sent = page.content()
    assert [word for word in OF_ANOTHER_REGION if word in sent] == []


@pytest.mark.parametrize(
    ("path", "holds", "title"),
    [
        ("/Organisations?org=gentle-ward&d=Robotics", {"org": ["gentle-bench"], "d": ["Robotics"]}, "Gentle Bench"),
        ("/Connections?around=gentle-ward", {"around": ["gentle-bench"]}, "Gentle Bench"),
        (f"/Organisations?org=gentle-ward&{PRINTED}", {"org": ["gentle-bench"], "print": ["1"]}, "Gentle Bench"),
    ],
)
def test_an_old_link_opens_the_record_that_stays_and_says_so(open_page, northmark, path, holds, title):
    page = open_page(path, base=northmark)
    wait_for_address(page, lambda held: {key: held.get(key) for key in holds} == holds)
    assert title in headings(page)[0]
    assert all(named in main(page).inner_text() for named in ("“gentle-ward”", "Gentle Bench (gentle-bench)"))


def test_the_map_near_a_postcode_lists_sites_and_counts_each_body_once(open_page, northmark):
    page = open_page("/Map?near=NM1 3HO&within=40&kind=Hospital trusts", base=northmark)
    said = [
        "1 record within 40 km of NM1 3",
        "1 record placed within 40 km of NM1 3; 2 sites of 1 hospital trust count as 1",
    ]
    assert headings(page)[:2] == said and parameters(page)["within"] == ["40"]
    near = rows_of_list(page)
    assert ["Aldbrook Infirmary" in str(near[-2]), "Birkwick General" in str(near[-1])] == [True, True]
    given = download(main(page), "Download as CSV")
    *_, first, second = Path(given.path()).read_text("utf-8-sig").splitlines()
    assert "Aldbrook Infirmary" in first and "2024" in first
    assert "Birkwick General" in second and "2018, over three years old" in second
