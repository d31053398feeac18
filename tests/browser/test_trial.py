"""Thirty tasks of people who work with the cluster, invest in it or present it, each done in a few clicks.

A task begins where its reader would and does what one does: it presses what is seen, types, or uses keys. The answer on
screen is held against the files of the pack, counted anew. Beside each task stands how many clicks, taps or keys it may
take, on a desk and on a phone: it is done where its reader would do it, or in both places.
"""

import io
import re
from collections import Counter
from collections.abc import Callable
from itertools import product

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pypdf import PdfReader

from tests import home
from tests.browser.hand import Hand
from tests.browser.screen import (
    headings,
    main,
    parameters,
    rows_of_list,
    rows_of_table,
    stage,
    statement,
    wait_until_settled,
    without_network,
)

TASKS = []
WIDTHS = {1400: 900, 390: 844}
LETTERS_IN_VIEW = 2000
FEW = 10  # firms: a rate that rests on fewer leads no title


def task(
    start: str, desk: int | None = None, phone: int | None = None, keys: int = 0, scheme: str = "light"
) -> Callable[..., None]:
    """Note a task: where it begins, and the clicks at 1400 px, those at 390 px and the keys that it may take."""

    def noted(does: Callable[[Hand], None]) -> None:
        for width, clicks in zip(WIDTHS, (desk, phone), strict=True):
            if clicks is not None:
                TASKS.append(pytest.param(start, width, clicks, keys, scheme, does, id=f"{does.__name__}-{width}"))

    return noted


@pytest.fixture
def hand(open_page):
    """Gives the hand of a reader who opens a page."""
    return lambda start, width, scheme: Hand(open_page(start, width, scheme))


def title(hand: Hand) -> str:
    """The finding of the page."""
    return headings(hand.page)[0]


def says(hand: Hand, text: str) -> None:
    """Hold that a text is on the page."""
    assert text in main(hand.page).inner_text(), main(hand.page).inner_text()[:LETTERS_IN_VIEW]


def in_view(part) -> None:
    """Hold that a part is on the screen, and nothing lies over it."""
    expect(part).to_be_in_viewport()
    part.click(trial=True)


def held(firm: home.Row) -> set[str]:
    """The Ds of a firm."""
    return set(home.parts(firm["ds"]))


# ---- who works with the cluster -------------------------------------------

AREA, OTHER_AREA = home.LEADING_NAMES[1], home.LEADING_NAMES[2]
CODE = home.LEADING[1]
D = home.DS[-1]
HELP = ("assets", "support_offers")
CHALLENGES = [row["id"] for row in home.rows("challenges")]
TITLES = {row["id"]: row["title"] for row in home.rows("challenges")}


@task("/", desk=0, phone=0)
def firms_by_d(hand):
    for d, name in home.LABELS.items():
        number = sum(d in held(firm) for firm in home.FIRMS)
        expect(main(hand.page).get_by_role("heading", name=re.compile(rf"{name} {number:,}$"))).to_be_visible()


@task("/", desk=2)
def firms_by_d_and_area(hand):
    tile = main(hand.page).get_by_role("heading", name=re.compile(rf"{home.LABELS[D]} \d+$"))
    hand.click("By area", "link", tile.locator("xpath=ancestor::*[.//a][1]"))
    hand.click_cell(AREA, home.LABELS[D])
    number = home.firms(D, CODE)
    assert any(said.endswith(f" in {AREA}: {number:,}") for said in headings(hand.page))
    names = {firm["name"] for firm in home.FIRMS if D in held(firm) and firm["lad_code"] == CODE}
    listed = {row[0] for row in rows_of_list(hand.page)[1:]}
    assert listed and listed <= names


@task("/", desk=2)
def the_challenge_with_least_help(hand):
    helped = {challenge: len(home.helping(challenge)) for challenge in CHALLENGES}
    least = min(helped, key=lambda challenge: (helped[challenge], challenge))
    says(hand, f"the least help: {helped[least]} sources of help")
    says(hand, f"({least})")
    hand.click("See the challenge", "link")
    sizes = [sum(least in home.parts(row["challenges"]) for row in home.running(table)) for table in HELP]
    assert sizes == [int(number) for number in re.findall(r"(\d+) (?:research|support)", title(hand))]
    hand.click("Who can help with this?", "link")
    assert sizes == [int(number) for number in re.findall(r"(\d+) (?:research|support)", title(hand))]


@task("/Connections", desk=1)
def who_should_meet_whom(hand):
    hand.click("who should meet whom", "radio")
    reason = main(hand.page).get_by_text(re.compile(r"is known to face .* helps? with that")).first
    in_view(reason)
    card = reason.locator("xpath=ancestor::*[@data-testid='stVerticalBlock'][1]")
    one, *others = (" ".join(link.inner_text().split()[1:]) for link in card.get_by_role("link").all())  # without icons
    challenge = re.search(r"\. .+ is known to face “.+?” \((\w+)\)", reason.inner_text().replace("\n", " "))[1]
    ids = {name: record for record, name in home.NAMES.items()}
    assert challenge in next(home.parts(firm["challenges"]) for firm in home.FIRMS if firm["name"] == one) and others
    for other in others:
        assert ids[other] in home.helping(challenge) and ids[other] not in home.NEIGHBOURS[ids[one]]


@task("/", desk=1)
def cite_a_figure(hand):
    hand.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    hand.click("Copy citation")
    copied = hand.page.evaluate("navigator.clipboard.readText()")
    address = re.search(r"https?://\S+", copied)[0]
    source = next(row for row in home.rows("sources") if row["url"] == address)
    assert source["publisher"] in copied
    assert any(row["name"] in copied for row in home.rows("indicators") if source["id"] in row["source_ids"])


GONE = next((row for row in home.rows("trusts") if row["status"] in home.ENDED and row["postcode"]), None)


def middle(postcode: str) -> home.Row:
    """Where the sector of a postcode lies."""
    return next(row for row in home.rows("postcode_sectors") if row["code"] == postcode[:-2])


def near(hand, postcode: str) -> None:
    """Ask the map what is near a postcode, and hold its number of firms and that the nearest come first."""
    hand.type_in("Near a postcode or place", postcode)
    within = sum(home.kilometres(firm, middle(postcode)) <= 10 for firm in home.FIRMS if firm["lat"])
    assert f" {within} {home.ROLES[0]['label'].lower()} firm" in statement(hand.page)
    head, *rows = rows_of_list(hand.page)
    far = [float(row[head.index("Distance")].removesuffix(" km")) for row in rows]
    assert far == sorted(far) and far[-1] <= 10


@task("/Map", desk=1)
def what_is_near_a_postcode(hand):
    if GONE is None:
        pytest.skip("no trust of this pack is known to have ended")
    near(hand, GONE["postcode"])
    assert GONE["name"] not in main(hand.page).inner_text() + str(rows_of_list(hand.page))


@task("/Areas", desk=2)
def two_areas_compared(hand):
    hand.choose("Area", AREA)
    hand.choose("Compare with", OTHER_AREA)
    numbers = Counter(home.AREA_NAMES.get(firm["lad_code"]) for firm in home.FIRMS)
    table = main(hand.page).get_by_role("table", name=re.compile(f"{AREA} and {OTHER_AREA} beside")).first
    rows = rows_of_table(table.locator("xpath=ancestor-or-self::*[@data-testid='stTable']"))
    columns = [rows[0].index(area) for area in (AREA, OTHER_AREA)]
    firms = next(row for row in rows if "firms" in row[0].lower())
    assert [firms[column] for column in columns] == [str(numbers[AREA]), str(numbers[OTHER_AREA])]


@task("/Map", desk=3)
def zoom_mark_and_density(hand):
    hand.click("Closer")
    assert parameters(hand.page)["zoom"] == ["closer"]
    hand.click_row(1)
    name = rows_of_list(hand.page)[1][0]
    expect(main(hand.page).get_by_role("heading", name=name)).to_be_visible()
    hand.click("firms per 100,000 residents", "radio")
    firms = Counter(firm["lad_code"] for firm in home.FIRMS)
    residents = {row["lad_code"]: (row["name"], int(row["population"])) for row in home.rows("areas")}
    rates = {name: 100_000 * firms[code] / number for code, (name, number) in residents.items()}
    sure = [name for code, (name, _) in residents.items() if firms[code] >= FEW]
    densest = max(sure if len(sure) > 1 else rates, key=rates.__getitem__)
    assert densest in title(hand) and f"{rates[densest]:.1f}" in title(hand)


@task("/", phone=5)
def out_of_an_empty_choice(hand):
    area, d = next((a, d) for a, d in product(reversed(home.LEADING), home.DS) if not home.firms(d, a))
    hand.choose("Ds", home.LABELS[d], hand.menu())
    hand.choose("Areas", home.AREA_NAMES[area], hand.menu())
    left = sum(firm["lad_code"] == area for firm in home.FIRMS)
    hand.click("Collapse sidebar", within=hand.menu())
    hand.click(f"Without {home.LABELS[d]}: {left} firm{'s' * (left != 1)}")
    assert statement(hand.page).endswith(f"{home.AREA_NAMES[area]}: {left}")


@task("/", desk=4)
def back_and_forward(hand):
    d = home.LABELS[D]
    hand.choose("Ds", d, hand.menu())
    hand.go("Areas")
    said = home.the_firms(d)
    for step, path in ((hand.page.go_back, "/"), (hand.page.go_forward, "/Areas")):
        step()
        hand.clicks += 1
        hand.page.wait_for_url(f"**{path}?*")
        wait_until_settled(hand.page)
        assert statement(hand.page).startswith(said) and parameters(hand.page)["d"] == [d]


# ---- who invests ----------------------------------------------------------

STAGES = list(home.labelled("stage").items())
PICKED = [home.A_FIRM, home.ANOTHER_FIRM, home.OF_ONE_D[-1]]
SHORTLIST = "&".join(f"pick={firm['id']}" for firm in PICKED)


@task(f"/Invest?{SHORTLIST}", phone=0)
def a_shared_shortlist(hand):
    assert f"Shortlist: {len(PICKED)} firms" in headings(hand.page)
    table = main(hand.page).get_by_test_id("stTable").first
    rows, wide = rows_of_table(table), hand.page.viewport_size["width"]
    assert rows[0][1:] == [firm["name"] for firm in PICKED]
    assert all(cell.bounding_box()["x"] + cell.bounding_box()["width"] <= wide for cell in table.locator("th").all())


def firms_of_a_stage(hand, stage: str, named: str) -> None:
    """Go to the page for investors, press a stage, and hold its number."""
    number = sum(firm["stage"] == stage for firm in home.FIRMS)
    hand.go("Invest")
    hand.click(f"{named}: {number}")
    assert statement(hand.page).endswith(f": {number}") and named.lower() in statement(hand.page).lower()
    listed = [link.inner_text().split("\n")[-1] for link in main(hand.page).get_by_test_id("stPageLink").all()]
    assert set(listed) >= {firm["name"] for firm in home.FIRMS if firm["stage"] == stage}


@task("/", phone=3)
def firms_before_revenue(hand):
    firms_of_a_stage(hand, *STAGES[1])


@task("/", phone=3)
def firms_that_grow(hand):
    firms_of_a_stage(hand, *STAGES[2])


@task("/Organisations", phone=1)
def a_profile(hand):
    firm = home.A_FIRM
    hand.choose("Profile", firm["name"])
    assert title(hand) == firm["name"]
    where = home.AREA_NAMES[firm["lad_code"]]
    assert firm["summary"] in main(hand.page).inner_text()
    assert home.LABELS[firm["ds"]] in statement(hand.page) and where in statement(hand.page)
    for box in ("Search", "Compare with"):
        in_view(main(hand.page).get_by_label(box, exact=True).first)


@task("/", phone=6)
def help_for_a_prototype(hand):
    need, stage = home.parts(home.AN_OFFER["challenges"])[0], home.parts(home.AN_OFFER["stages"])[0]
    hand.go("Find_support")
    hand.choose("Challenge or theme", home.challenge(need))
    hand.type_in("Where you are", AREA)
    main(hand.page).locator("summary", has_text="More choices").click()
    hand.clicks += 1
    wait_until_settled(hand.page)
    hand.choose("Stage of the product", home.labelled("offer_stage")[stage])
    found = home.helping(need, stage=stage)
    offers = {record: row for record, row in found.items() if "reach" not in row or CODE in home.areas_of(row)}
    says(hand, f"All {len(offers):,} as a list")
    names = [re.sub(r"^\d+\. ", "", said) for said in headings(hand.page) if re.match(r"\d+\. ", said)]
    assert len(names) == 5 == len(set(names)) and set(names) <= {home.NAMES[record] for record in offers}


@task("/Invest", phone=1)
def who_funds_whom(hand):
    hand.click("Who invests", "tab")
    firms = {firm["id"] for firm in home.FIRMS}
    kinds = {row["id"] for row in home.rows("vocabulary") if row["field"] == "link_kind" and "fund" in row["id"]}
    links = [row for row in home.rows("links") if row["kind"] in kinds and {row["from_id"], row["to_id"]} & firms]
    assert f"Who funds these firms: {len(links)} cases" in headings(hand.page)
    newest = max(links, key=lambda row: row["year"])
    assert home.NAMES[({newest["from_id"], newest["to_id"]} & firms).pop()] == rows_of_list(hand.page)[1][0]
    grid = hand.page.get_by_test_id("data-grid-canvas").first.bounding_box()
    assert grid["y"] + 70 <= WIDTHS[hand.page.viewport_size["width"]]


@task("/Organisations", phone=2)
def two_firms_side_by_side(hand):
    hand.choose("Profile", home.A_FIRM["name"])
    hand.choose("Compare with", home.ANOTHER_FIRM["name"])
    rows = rows_of_table(main(hand.page).get_by_test_id("stTable").first)
    assert rows[0][1:] == [home.A_FIRM["name"], home.ANOTHER_FIRM["name"]]
    assert [home.LABELS[home.A_FIRM["ds"]]] * 2 in [row[1:] for row in rows]


@task("/Map", phone=1)
def nearest_to_a_postcode(hand):
    near(hand, home.A_POSTCODE)


@task("/Connections", phone=1)
def the_network_of_a_university(hand):
    hand.choose("Look at one organisation", home.NAMES[home.A_UNIVERSITY])
    others = len(home.NEIGHBOURS[home.A_UNIVERSITY])
    assert title(hand) == f"{home.NAMES[home.A_UNIVERSITY]} is linked with {others} others"


@task("/", phone=2)
def to_another_page(hand):
    hand.go("Challenges")
    in_view(main(hand.page).get_by_role("heading", level=1))
    in_view(main(hand.page).get_by_role("combobox", name="Columns by"))


# ---- who presents ---------------------------------------------------------

SCENES = len(home.rows("scenes"))
ADD, PRESENT = "Add to my story", re.compile("Present my story of")


def arrives(hand, place: str) -> None:
    """Hold that a scene is on stage, with a picture."""
    expect(hand.page.locator('[data-part="place"]')).to_have_text(place)
    expect(stage(hand.page).locator(".picture > *")).to_be_visible()


def share_of_picture(hand) -> float:
    """How much of the height of the screen the picture on stage has."""
    return stage(hand.page).locator(".picture img").bounding_box()["height"] / WIDTHS[hand.page.viewport_size["width"]]


@task("/Present", desk=0, keys=SCENES - 1)
def the_story_by_keyboard(hand):
    tables = 0
    for place in range(1, SCENES + 1):
        if place > 1:
            hand.press("ArrowRight")
        arrives(hand, f"{place} of {SCENES}")
        tables += stage(hand.page).locator(".picture table").count()
    assert tables <= SCENES / 4


@task("/Four_Ds", desk=5)
def an_own_story(hand):
    hand.click(ADD)
    hand.go("Challenges")
    hand.click(ADD)
    hand.click("Up", within=hand.menu())
    hand.click(PRESENT, "link", hand.menu())
    arrives(hand, "1 of 2")
    assert parameters(hand.page)["view"] == ["Challenges", "Four_Ds"]


@task("/Four_Ds", desk=2)
def what_is_gathered_is_presented(hand):
    hand.click(ADD)
    hand.page.reload()
    wait_until_settled(hand.page)
    main(hand.page).get_by_role("button", name="Take it out of my story").wait_for()
    hand.click("Present", "link", hand.menu())
    arrives(hand, "1 of 1")
    hand.page.reload()
    arrives(hand, "1 of 1")
    wait_until_settled(hand.page)


@task("/Present", desk=0, keys=3)
def a_show_without_a_network(hand):
    with without_network(hand.page):
        for place in range(2, 5):
            hand.press("ArrowRight")
            arrives(hand, f"{place} of {SCENES}")


@task("/Present?scene=2", desk=0, keys=1, scheme="dark")
def the_code_by_a_key(hand):
    hand.press("q")
    expect(stage(hand.page).locator("figure img")).to_be_visible()
    expect(stage(hand.page).locator("figure figcaption")).to_have_text(re.compile(r"\S"))


@task("/Invest", desk=2)
def slides(hand):
    made = Presentation(io.BytesIO(hand.take("Slides (PowerPoint)"))).slides
    assert title(hand) in " ".join(shape.text_frame.text for shape in made[0].shapes if shape.has_text_frame)
    assert not [slide for slide in made if slide.shapes.title and "part 2" in slide.shapes.title.text_frame.text]
    shapes = [shape for slide in made for shape in slide.shapes]
    assert any(shape.has_chart or shape.shape_type == MSO_SHAPE_TYPE.PICTURE for shape in shapes)
    assert all(len(shape.table.rows) <= 11 for shape in shapes if shape.has_table)


@task("/Map", desk=2)
def a_pdf(hand):
    pages = PdfReader(io.BytesIO(hand.take("PDF"))).pages
    assert len(pages) <= 6 and title(hand) in " ".join(pages[0].extract_text().split())


@task("/Challenges", desk=0, keys=14)
def a_cell_by_keyboard(hand):
    hand.press("Tab")
    hand.press("Enter")
    for box, typed in (("Challenge", CHALLENGES[1]), ("D", home.LABELS[D])):
        hand.tab_to(box)
        hand.choose_at_cursor(typed)
    number = len(home.helping(CHALLENGES[1], D))
    assert title(hand).startswith(f"{TITLES[CHALLENGES[1]]} · {home.LABELS[D]}: {number} sources of help")


@task(f"/Four_Ds?d={home.LABELS[D]}&area={AREA}", desk=2)
def a_workbook(hand):
    *tables, sources = load_workbook(io.BytesIO(hand.take("Excel workbook"))).worksheets
    head, *cited = sources.iter_rows(values_only=True)
    told = " ".join(str(cell) for sheet in tables[1:] for row in sheet.iter_rows(values_only=True) for cell in row)
    addresses = [row[head.index("Address")] for row in cited]
    assert addresses and [address for address in addresses if address not in told.split()] == []


@task("/Map", desk=3)
def a_postcode_on_stage(hand):
    hand.type_in("Near a postcode or place", home.A_POSTCODE)
    hand.click(ADD)
    hand.click(PRESENT, "link")
    arrives(hand, "1 of 1")
    assert share_of_picture(hand) > 0.6


@pytest.mark.parametrize(("begins", "width", "clicks", "keys", "scheme", "does"), TASKS)
def test_a_task_is_done_in_few_clicks(hand, begins, width, clicks, keys, scheme, does):
    reader = hand(begins, width, scheme)
    does(reader)
    assert reader.clicks <= clicks and reader.keys <= keys
