"""What people ask of those who could help: a place that is not known, what has ended, more from a profile."""

import re

import pytest

from tests import home
from tests.browser.screen import (
    choose,
    headings,
    main,
    notices,
    parameters,
    press,
    unfold,
    wait_until_settled,
)


@pytest.mark.parametrize(
    ("near", "says"),
    [
        (home.slip(home.A_PLACE), f"Did you mean {home.A_PLACE}"),
        ("OX1 1AA", "No place “OX1 1AA” is known"),
    ],
)
def test_a_place_that_is_not_known_is_told_and_the_list_stays(open_page, near, says):
    page = open_page(f"/Find_support?need={home.A_CELL[0]}&near={near}")
    assert says in notices(page)
    assert "could help with " in headings(page)[0]


def test_what_has_ended_is_listed_on_request_alone(open_page):
    ended = [row for row in home.rows("support_offers") if row["status"] in home.ENDED and row["challenges"]]
    if not ended:
        pytest.skip("no offer of this pack is known to have ended")
    page = open_page(f"/Find_support?need={home.parts(ended[0]['challenges'])[0]}&most=1000")
    left_out = re.search(r"Left out: (\d+) more known to have ended", main(page).inner_text())
    before = headings(page)
    unfold(main(page), "More choices")
    choose(page, "Help known to have ended", "listed too")
    assert parameters(page)["ended"] == ["listed too"]
    assert len(headings(page)) == len(before) + int(left_out[1]) > len(before)


def test_a_profile_leads_to_more_help_for_it(open_page):
    firm, d = home.A_FIRM, home.LABELS[home.A_FIRM["ds"]]
    page = open_page(f"/Organisations?org={firm['id']}")
    press(page, "Find more support from here", "link")
    page.wait_for_url("**/Find_support?*")
    wait_until_settled(page)
    (near,) = parameters(page)["near"]
    assert near in (firm["postcode"], firm["town"], home.AREA_NAMES[firm["lad_code"]])
    assert parameters(page)["d"] == [d]
    assert f"could help for {d.lower()} for a firm in " in headings(page)[0]
