"""What people ask: who can help, and the way there; a list that can be taken away."""

import re

import pytest

from tests import home
from tests.browser.screen import (
    choose,
    download,
    headings,
    main,
    notices,
    parameters,
    press,
    rows_of_csv,
    unfold,
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
    need, d, stage = (home.parts(home.AN_OFFER[column])[0] for column in ("challenges", "ds", "stages"))
    d, stage_label, place = home.LABELS[d], home.labelled("offer_stage")[stage], home.A_PLACE
    page = open_page("/Find_support")
    choose(page, "Challenge or theme", home.challenge(need), empty_at_first=True)
    choose(page, "Ds", d)
    unfold(main(page), "More choices")
    choose(page, "Stage of the product", stage_label, empty_at_first=True)
    type_in(page, "Where you are", place)
    asked = {"need": [need], "d": [d], "help_stage": [stage], "near": [place]}
    wait_for_address(page, lambda held: held == asked)
    title, challenge = headings(page)[0], home.challenge(need).partition(" ")[2]
    said = f"{challenge} for {d} at {stage_label} stage for a firm in {place}"
    assert title.casefold().endswith(said.casefold())
    listed = [re.sub(r"^\d+\. ", "", heading) for heading in headings(page) if re.match(r"\d+\. ", heading)]
    table = rows_of_csv(download(unfold(main(page), "as a list"), "Download as CSV"))
    named = [row[table[0].index("Name")] for row in table[1:]]
    assert named[: len(listed)] == listed and listed
    assert all(row[table[0].index("Sources")].startswith("http") for row in table[1:])
    afresh = open_page(page.url)
    assert headings(afresh) == headings(page)


@pytest.mark.parametrize(
    ("near", "says"),
    [
        (home.slip(home.A_PLACE), f"Did you mean {home.A_PLACE}"),
        ("ZZ99 9ZZ", "No place “ZZ99 9ZZ” is known"),
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
    path = f"/Find_support?need={home.parts(ended[0]['challenges'])[0]}&most=1000"
    page = open_page(path)
    said = re.search(r"Left out, as known to have ended: ([^.]+)\.", main(page).inner_text())[1]
    counted, both = ([int(number) for number in re.findall(r"\d+", part)] for part in (said.partition("(")[::2]))
    before = headings(page)
    page = open_page(f"{path}&ended=listed+too")
    assert len(headings(page)) == len(before) + sum(counted) - sum(both) > len(before)


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


# ---- ten minutes before a meeting -----------------------------------------


def test_from_the_thinnest_challenge_to_a_firm_worth_meeting_in_ten_minutes(open_page, real):
    d, place = home.DS[2], home.A_PLACE
    page = open_page("/")
    choose(page, "Ds", home.LABELS[d])
    press(page, "See the challenge", "link")
    page.wait_for_url("**/Challenges?*")
    wait_until_settled(page)
    challenge = parameters(page)["challenge"][0]
    assert challenge == thinnest(real, d)

    press(page, "Who can help with this?", "link")
    page.wait_for_url("**/Find_support?*")
    wait_until_settled(page)
    type_in(page, "Where you are", place)
    asked = {"need": [challenge], "d": [home.LABELS[d]], "near": [place]}
    wait_for_address(page, lambda held: held == asked)
    assert headings(page)[0].endswith(f"for {home.LABELS[d].lower()} for a firm in {place}")

    listed = [re.sub(r"^\d+\. ", "", heading) for heading in headings(page)[1:]]
    first = next(place for place, name in enumerate(listed) if name in set(real.table("assets")["name"]))
    name = listed[first]
    main(page).get_by_role("link", name="Profile", exact=True).nth(first).click()
    page.wait_for_url("**/Organisations?*")
    wait_until_settled(page)
    assert headings(page)[0] == name
    assert "no link known" in main(page).inner_text()

    press(page, "Whom it might meet", "link")
    page.wait_for_url("**/Connections?*")
    wait_until_settled(page)
    org = parameters(page)["around"][0]
    firms = set(real.table("companies")["name"]) - linked_names(real, org)
    met = links(page)
    assert [name for name in met if name in firms]

    afresh = open_page(page.url)
    assert headings(afresh) == headings(page)
    assert links(afresh) == met


def links(page):
    """The names of all links on the page itself, without their icons."""
    return [link.inner_text().split("\n")[-1] for link in main(page).get_by_role("link").all()]


def thinnest(real, d):
    """The challenge with fewest sources of help that name the D or none, what is both asset and offer counted once."""
    offers, gone = real.table("support_offers"), real.flagged("status", "gone")
    helping = [real.table("assets"), offers.assign(id=offers["asset_id"].fillna(offers["id"]))]
    counted = {}
    for challenge in real.table("challenges")["id"]:
        bodies = set()
        for rows in helping:
            named = rows["challenges"].fillna("").str.contains(challenge)
            serves = rows["ds"].isna() | rows["ds"].fillna("").str.contains(d)
            bodies |= set(rows.loc[named & serves & ~rows["status"].isin(gone), "id"])
        counted[challenge] = len(bodies)
    return min(counted, key=lambda challenge: (counted[challenge], challenge))


def linked_names(real, record):
    """The names of all that a record is linked with."""
    links = real.table("links")
    ids = {*links.loc[links["from_id"] == record, "to_id"], *links.loc[links["to_id"] == record, "from_id"]}
    return set(real.records.loc[real.records["id"].isin(ids), "name"])
