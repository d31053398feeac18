"""What people ask: who can help, and the way there; a list that can be taken away."""

import re

import pytest

from tests.browser.screen import (
    choose,
    download,
    headings,
    main,
    notices,
    parameters,
    press,
    rows_of_csv,
    wait_for_address,
    wait_until_settled,
)


def type_in(page, box, text):
    """Type into a box of the page and press Enter."""
    page.get_by_role("textbox", name=box).fill(text)
    page.keyboard.press("Enter")
    wait_until_settled(page)


# ---- find support ---------------------------------------------------------


def test_a_need_is_put_in_four_choices_and_its_list_taken_away(open_page):
    page = open_page("/Find_support")
    choose(page, "Challenge or theme", "C06 Affordable prototyping", empty_at_first=True)
    choose(page, "Ds", "Diagnostics")
    choose(page, "Stage of the product", "Prototype", empty_at_first=True)
    type_in(page, "Where you are", "Walsall")
    asked = {"need": ["C06"], "d": ["Diagnostics"], "help_stage": ["prototype"], "near": ["Walsall"]}
    wait_for_address(page, lambda held: held == asked)
    title = headings(page)[0]
    assert title.endswith("affordable prototyping for diagnostics at prototype stage near Walsall")
    listed = [re.sub(r"^\d+\. ", "", heading) for heading in headings(page) if re.match(r"\d+\. ", heading)]
    button = main(page).get_by_role("button", name=re.compile("Download all"))
    table = rows_of_csv(download(page, button.inner_text()))
    assert [row[table[0].index("Name")] for row in table[1:]] == listed and listed
    assert all(row[table[0].index("Sources")].startswith("http") for row in table[1:])
    afresh = open_page(page.url)
    assert headings(afresh) == headings(page)


@pytest.mark.parametrize(
    ("near", "says"),
    [
        ("Wallsal", "Did you mean Walsall"),
        ("ZZ99 9ZZ", "No place “ZZ99 9ZZ” is known"),
        ("OX1 1AA", "No place “OX1 1AA” is known"),
    ],
)
def test_a_place_that_is_not_known_is_told_and_the_list_stays(open_page, near, says):
    page = open_page(f"/Find_support?need=C06&near={near}")
    assert says in notices(page)
    assert "could help with affordable prototyping" in headings(page)[0]


def test_what_has_ended_is_listed_on_request_alone(open_page):
    page = open_page("/Find_support?need=C05&d=Diagnostics&most=100")
    assert "1 more is known to have ended" in main(page).inner_text()
    before = headings(page)
    choose(page, "Help known to have ended", "listed too")
    assert parameters(page)["ended"] == ["listed too"]
    assert len(headings(page)) == len(before) + 1


def test_a_profile_leads_to_more_help_for_it(open_page):
    page = open_page("/Organisations?org=sarissa-biomedical")
    press(page, "Find more support from here", "link")
    page.wait_for_url("**/Find_support?*")
    wait_until_settled(page)
    assert parameters(page) == {"near": ["Coventry"], "d": ["Diagnostics"]}
    assert headings(page)[0].endswith("could help for diagnostics near Coventry")
