"""What people do: click a cell, a mark, a row; search with slips; download; go everywhere by keyboard."""

import json
import math
from collections import Counter

import pandas as pd
import pytest

from cluster_data.measures import places
from cluster_data.model.filters import Filter
from tests import home
from tests.browser.hand import Hand
from tests.browser.screen import (
    choose,
    download,
    headings,
    main,
    press,
    rows_of_csv,
    rows_of_list,
    rows_of_table,
    spot_on_map,
    statement,
    unfold,
    view_near,
    wait_for_address,
    wait_until_settled,
)

FORMULA = "=1+1 is a name"
CHALLENGE, D = home.A_CELL
CELL = f"{home.challenge(CHALLENGE)} · {home.LABELS[D]}"


# ---- the heat map ---------------------------------------------------------


def test_a_click_on_a_cell_shows_what_is_behind_it(open_page):
    page = open_page("/Challenges")
    page.get_by_test_id("stPlotlyChart").scroll_into_view_if_needed()
    row = page.locator(".textpoint text", has_text=CHALLENGE).bounding_box()
    column = page.locator(".xtick text", has_text=home.LABELS[D]).bounding_box()
    page.mouse.click(column["x"] + column["width"] / 2, row["y"] + row["height"] + 18)
    wait_for_address(page, lambda held: held == {"challenge": [CHALLENGE], "column": [D]})
    assert CELL in headings(page)
    grid = page.get_by_test_id("stPlotlyChart").bounding_box()
    panel = page.get_by_role("heading", name=CELL).bounding_box()
    assert panel["x"] > grid["x"] + grid["width"] and grid["y"] < panel["y"] < grid["y"] + grid["height"]
    main(page).get_by_text("all, with status and sources").first.click()
    wait_until_settled(page)
    assert len(rows_of_list(page)) > 1


@pytest.mark.parametrize(("wide", "high"), [(1400, 900), (390, 844)])
def test_finding_and_cells_of_the_ds_stand_on_the_first_screen(open_page, wide, high):
    page = open_page("/Four_Ds", wide)
    column = page.locator(".xtick text", has_text=home.LABELS[D]).first.bounding_box()
    assert column["y"] + column["height"] < high - 100


# ---- the map --------------------------------------------------------------


def firms_on_map(real):
    """The firms one sees at first, as marks and as numbered circles."""
    chosen = Filter.default(real).but(kinds=("company",))
    return places.points(real, chosen), places.bubbles(real, chosen)


def alone(marks, others, clear=2500):
    """The marks without any other within this many metres."""
    around = pd.concat([marks, others])[["east", "north"]].to_numpy()
    for mark in marks.itertuples():
        if sum(math.dist((mark.east, mark.north), other) < clear for other in around) == 1:
            yield mark


def point_at_map(page, latitude, longitude, looking):
    """Move the mouse as a hand does to where the map draws a position, and give that place of the screen."""
    page.get_by_test_id("stDeckGlJsonChart").scroll_into_view_if_needed()
    x, y = spot_on_map(page, latitude, longitude, looking)
    page.mouse.move(x - 40, y - 40)
    page.mouse.move(x, y, steps=4)
    page.wait_for_timeout(300)
    return x, y


def click_map(page, latitude, longitude, looking):
    """Click the map where a position is drawn."""
    page.mouse.click(*point_at_map(page, latitude, longitude, looking))


SAID_AT = """said => {
  const [own, frame] = [said, said.parentElement].map((part) => part.getBoundingClientRect());
  return [own.left - frame.left, own.top - frame.top, frame.right - own.right, frame.bottom - own.bottom];
}"""


@pytest.fixture
def circle(real):
    """A numbered circle with no other mark near."""
    marks, circles = firms_on_map(real)
    return next(circle for circle in alone(circles, marks) if circle.records > 1)


def open_at_circle(open_page, real, circle, width):
    """The map near a numbered circle, with the mouse on it, where all that it says of it can be read."""
    place, _ = places.find_place(real, circle.town)
    page = open_page(f"/Map?near={circle.town}&within=5&kind=Firms", width)
    point_at_map(page, circle.lat, circle.lon, view_near(page, place, 5))
    said = page.locator(".deck-tooltip").filter(has_text=f"{circle.records:,} records")
    said.wait_for()
    page.wait_for_timeout(200)
    assert min(said.evaluate(SAID_AT)) >= -1
    return page, view_near(page, place, 5)


def test_what_a_map_says_of_a_mark_is_cut_nowhere_on_a_phone(open_page, real, circle):
    open_at_circle(open_page, real, circle, 390)


def test_a_click_on_a_numbered_circle_lists_who_is_there(open_page, real, circle):
    page, looking = open_at_circle(open_page, real, circle, 1280)
    click_map(page, circle.lat, circle.lon, looking)
    heading = f"records known only to be in {circle.town}"
    main(page).get_by_role("heading", name=heading).wait_for()
    wait_until_settled(page)
    here = places.in_town(real, Filter.default(real).but(kinds=("company",)), circle.town)
    assert len(rows_of_csv(download(page, "Download as CSV"))) == len(here) + 1


def test_a_click_on_a_mark_shows_it_beside_the_map(open_page, real):
    marks, circles = firms_on_map(real)
    firm = next(alone(marks, circles))
    postcode = real.table("companies").set_index("id")["postcode"][firm.id]
    place, _ = places.find_place(real, postcode)
    page = open_page(f"/Map?near={postcode}&within=5&kind=Firms")
    click_map(page, firm.lat, firm.lon, view_near(page, place, 5))
    wait_for_address(page, lambda held: held.get("at") == [firm.id])
    main(page).get_by_role("heading", name=firm.name).wait_for()
    press(page, "Profile", "link")
    wait_for_address(page, lambda held: held == {"org": [firm.id], "kind": ["Firms"]})


# ---- the directory --------------------------------------------------------


def test_choosing_a_row_opens_its_profile_and_one_can_go_back_and_on(open_page):
    d = home.LABELS[home.DS[0]]
    page = open_page(f"/Organisations?d={d}")
    for number in (1, 2, 1):
        name = choose_row(page, number)
        wait_for_address(page, lambda held: held.keys() == {"org", "d"} and held["d"] == [d])
        assert headings(page)[0] == name
        press(page, "All organisations", "link")
        wait_for_address(page, lambda held: held == {"d": [d]})


def choose_row(page, number):
    """Tick the box left of a row of the first list; gives the name in it."""
    grid = page.get_by_test_id("data-grid-canvas").first
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    name = rows_of_list(page)[number][0]
    page.mouse.click(box["x"] + 16, box["y"] + 35 * number + 17)
    return name


def test_search_forgives_slips_of_typing(open_page):
    name = home.A_FIRM["name"]
    typed = home.slip(name)
    page = open_page("/Organisations")
    page.get_by_role("textbox", name="Search", exact=True).fill(typed)
    page.keyboard.press("Enter")
    wait_for_address(page, lambda held: held == {"q": [typed]})
    assert rows_of_list(page)[1][0] == name


# ---- downloads ------------------------------------------------------------


def test_a_downloaded_table_says_what_the_screen_says(open_page):
    page = open_page("/?" + "&".join(f"d={label}" for label in list(home.LABELS.values())[:2]))
    twin = unfold(page, "The same as a table")
    assert rows_of_csv(download(twin, "Download as CSV")) == rows_of_table(twin)
    page = open_page("/Organisations")
    rows = rows_of_csv(download(page, "Download as CSV"))
    assert f"{len(rows) - 1} records" in headings(page)[-1]
    listed = rows_of_list(page)
    assert [row[0] for row in listed] == [row[rows[0].index("Name")] for row in rows[: len(listed)]]


def test_tables_and_places_of_the_pack_can_be_taken_away(open_page):
    page = open_page("/Data?table=universities")
    rows = rows_of_csv(download(page, "Download universities as CSV"))
    held = home.rows("universities")
    assert [row[0] for row in rows[1:]] == [row["id"] for row in held]
    file = download(page, "Download universities as GeoJSON")
    assert file.suggested_filename == "universities.geojson"
    shapes = json.loads(file.path().read_text(encoding="utf-8"))
    assert shapes["type"] == "FeatureCollection"
    placed = {row["id"]: [float(row["lon"]), float(row["lat"])] for row in held if row["lat"]}
    assert {shape["properties"]["id"]: shape["geometry"]["coordinates"] for shape in shapes["features"]} == placed


# ---- by keyboard ----------------------------------------------------------


def test_all_can_be_reached_by_keyboard(open_page):
    page = open_page("/")
    passed = Hand(page).tab_to("How it is counted")
    assert passed[0] == "Skip to main content"
    wanted = ["Overview", "About", "Search", "Ds", "Areas", "Firms by role", "More choices", "Reset filters"]
    wanted += ["The same as a table", "See the challenge"]
    assert [name for name in wanted if name not in passed] == []


def test_a_screen_reader_is_told_what_a_choice_changed(open_page):
    page = open_page("/")
    for d in list(home.LABELS.values())[:2]:
        choose(page, "Ds", d)
        page.get_by_role("status").filter(has_text=statement(page).split(":")[0]).wait_for(state="attached")


def test_a_reader_skips_the_menu_and_filters_by_keyboard(open_page):
    page = open_page("/")
    Hand(page).tab_to("Skip to main content")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page = open_page("/")
    Hand(page).tab_to("Ds")
    d = home.LABELS[home.DS[0]]
    page.keyboard.type(d)
    page.keyboard.press("Enter")
    wait_for_address(page, lambda held: held == {"d": [d]})
    assert statement(page).startswith(home.the_firms(d))


@pytest.mark.parametrize(("path", "asked"), [("/Map", "at"), ("/Organisations", "org")])
def test_a_row_can_be_chosen_by_keyboard(open_page, path, asked):
    page = open_page(path)
    page.get_by_test_id("data-grid-canvas").first.focus()
    name = rows_of_list(page)[1][0]
    page.keyboard.press("Shift+Space")
    wait_for_address(page, lambda held: held.keys() == {asked})
    assert name in headings(page)


def test_a_cell_of_a_list_gives_the_way_to_the_profile_and_marks_on_the_map(open_page):
    page = open_page("/Organisations")
    name = rows_of_list(page)[3][0]
    Hand(page).click_row(3, 150)
    wait_for_address(page, lambda held: "org" not in held)
    Hand(page).click(name, "link")
    wait_for_address(page, lambda held: "org" in held)
    assert name in headings(page)
    page = open_page("/Map")
    name = rows_of_list(page)[2][0]
    Hand(page).click_row(2, 150)
    wait_for_address(page, lambda held: held.keys() == {"at"})
    assert name in headings(page)
    for row, right in ((1, 16), (4, 150), (3, 16), (5, 150)):  # by box and by cell in turns
        name = rows_of_list(page)[row][0]
        Hand(page).click_row(row, right)
        page.get_by_role("heading", name=name).wait_for()


def test_what_was_chosen_in_a_list_of_others_is_chosen_no_more(open_page):
    page = open_page("/Invest?tab=Who+invests")
    grids, hints = page.get_by_test_id("data-grid-canvas"), page.get_by_text("Choose a row for the way to its profile.")
    lists = grids.count()
    assert hints.count() == lists > 1
    Hand(page).click_row(4, 150, lists - 1)
    assert hints.count() == lists - 1
    Hand(page).choose("Ds", home.LABELS[home.DS[0]], Hand(page).menu())
    assert hints.count() == grids.count() == lists


def test_farther_fits_a_map_that_the_wheel_has_moved(open_page):
    page = open_page("/Map")
    drawing = page.get_by_test_id("stDeckGlJsonChart")
    made = page.locator('[class*="st-key-map-"]').get_attribute("class")
    drawing.hover()
    page.mouse.wheel(0, -600)
    press(page, "Farther")
    assert page.locator('[class*="st-key-map-"]').get_attribute("class") != made


def cursor(page, mark):
    """What the pointer is over the middle of a mark of a chart."""
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    spot = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    page.mouse.move(*spot)
    page.wait_for_timeout(200)
    return page.evaluate("([x, y]) => getComputedStyle(document.elementFromPoint(x, y)).cursor", spot)


def test_the_pointer_is_a_hand_only_where_a_click_leads_somewhere(open_page):
    page = open_page("/Four_Ds")
    cells, overlap = page.get_by_test_id("stPlotlyChart").all()[:2]
    assert cursor(page, cells.locator(".scatterlayer .point").first) == "pointer"
    assert cursor(page, overlap.locator(".bars .point").first) == "default"


def test_on_a_phone_the_firms_of_a_cell_stand_below_the_cells_in_full(open_page):
    cells = Counter((row["lad_code"], d) for row in home.FIRMS if row["lad_code"] for d in home.parts(row["ds"]))
    area, d = max((cell for cell, firms in cells.items() if firms <= 10), key=cells.__getitem__)
    page = open_page(f"/Four_Ds?place={home.AREA_NAMES[area]}&column={d}", 390)
    assert main(page).evaluate("main => main.scrollHeight") <= 8 * 844
    cells, listed = page.get_by_test_id("stPlotlyChart").first.bounding_box(), page.get_by_test_id("stTable").first
    place = listed.bounding_box()
    assert place["y"] - cells["y"] - cells["height"] < 844 / 2
    assert listed.evaluate("table => [...table.querySelectorAll('*')].every(part => part.scrollWidth <= 390)")
    assert place["x"] + place["width"] <= 390
