"""The stage: led by keys alone, large enough to be read from far, and not to be stopped by a lost network."""

import csv
import re
from urllib.parse import unquote, urlencode

import pytest
from playwright.sync_api import expect

from bench.browser import until
from tests.browser.conftest import SERVERS
from tests.browser.screen import (
    PATIENCE,
    ROOT,
    main,
    parameters,
    question,
    stage,
    told,
    wait_for_address,
    wait_until_settled,
    without_network,
)

LEAST = 24
LEAST_SHARE = 0.7  # of the height of the screen, for a picture
SCENES = sum(1 for _ in csv.DictReader((ROOT / "data" / "scenes.csv").open(encoding="utf-8", newline="")))
WITH_AXE = (1, 2, 5)
SMALL = """(least) => {
  const small = [];
  const look = (root) => {
    for (const part of root.querySelectorAll("*")) {
      if (part.shadowRoot) look(part.shadowRoot);
      const own = [...part.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
      if (!own || !part.closest("dialog") || !part.checkVisibility()) continue;
      const size = parseFloat(getComputedStyle(part).fontSize);
      if (size < least) small.push(`${size} px: ${part.textContent.trim().slice(0, 40)}`);
    }
  };
  look(document);
  return small;
}"""
CUT_OFF = """(dialog) => {
  const cut = [];
  const inside = (part) => {
    const box = part.getBoundingClientRect();
    return box.left >= -1 && box.top >= -1 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1;
  };
  for (const part of dialog.querySelectorAll("h1, p:not(.unseen), button, a, table, .picture img, .keys")) {
    if (part.checkVisibility() && !inside(part)) cut.push(part.outerHTML.slice(0, 60));
  }
  if (dialog.scrollHeight > dialog.clientHeight + 1) cut.push("the stage scrolls");
  return cut;
}"""
PICTURE = (
    "image => [image.src, image.clientWidth, image.clientHeight, image.naturalWidth, image.naturalHeight, image.alt]"
)


def arrive(page, place):
    """Return once a scene is shown, by its number from 1, and stands in the address."""
    expect(page.locator('[data-part="place"]')).to_have_text(f"{place} of {SCENES}")
    assert parameters(page)["scene"] == [str(place)]


def faults_of_scene(page):
    """Small words, on the page or in its picture, and what is cut off."""
    yield from page.evaluate(SMALL, LEAST)
    yield from stage(page).evaluate(CUT_OFF)
    image = stage(page).locator(".picture img")
    until(page, "image => !image || image.naturalWidth > 0", image.element_handle() if image.count() else None)
    place = stage(page).locator(".picture")
    if place.evaluate("place => (place.querySelector('table') ?? place).clientHeight / innerHeight") < LEAST_SHARE:
        yield "a picture that is not high enough"
    if not image.count():
        assert stage(page).locator(".picture table").get_attribute("aria-label")
        return
    source, wide, high, own_wide, own_high, alt = image.evaluate(PICTURE)
    svg = unquote(source.partition(",")[2])
    drawn = float(re.search(r'viewBox="0 0 ([\d.]+) ', svg)[1])
    fits = min(wide / own_wide, high / own_high)
    if fits * own_high / page.viewport_size["height"] < LEAST_SHARE:
        yield f"a picture “{alt}” that is not high enough"
    scale = fits * own_wide / drawn
    letters = [1000 * float(size) * scale for size in re.findall(r"scale\(([\d.]+) -[\d.]+\)", svg)]
    if not alt or not letters or min(letters) < LEAST:
        yield f"a picture “{alt}” with words of {min(letters, default=0):.1f} px"


@pytest.mark.parametrize(("width", "scheme"), [(1920, "light"), (1280, "dark")])
def test_keys_alone_lead_through_the_story_without_a_network(open_page, axe, width, scheme):
    page = open_page("/Present", width, scheme)
    faults, findings = [], []
    with without_network(page):
        for place in range(1, SCENES + 1):
            arrive(page, place)
            findings.append(told(page, "finding"))
            faults += [f"scene {place}: {fault}" for fault in faults_of_scene(page)]
            if place in WITH_AXE:
                faults.append(axe(page))
            page.keyboard.press(("ArrowRight", "PageDown", " ")[place % 3])
        arrive(page, SCENES)
        assert told(page, "spoken") == f"Scene {SCENES} of {SCENES}: {findings[-1]}"
        for key, place in (("ArrowLeft", SCENES - 1), ("PageUp", SCENES - 2), ("Home", 1), ("End", SCENES)):
            page.keyboard.press(key)
            arrive(page, place)
            assert told(page, "finding") == findings[place - 1]
    assert "".join(faults) == "" and len(set(findings)) > SCENES - 2


def test_the_show_goes_on_when_the_server_is_gone(serve, open_page, pytestconfig):
    page = open_page("/Present", 1280, base=serve())
    arrive(page, 1)
    pytestconfig.stash[SERVERS][-1].stop()
    for place in range(2, SCENES + 1):
        page.keyboard.press("ArrowRight")
        arrive(page, place)
        page.wait_for_timeout(400)
    assert list(faults_of_scene(page)) == []


def test_a_link_opens_at_its_scene_and_back_leads_out(open_page):
    page = open_page("/Data", 1280)
    page.get_by_role("link", name="Present", exact=True).click()
    stage(page).wait_for()
    arrive(page, 1)
    page.keyboard.press("End")
    arrive(page, SCENES)
    again = open_page(f"/Present?scene={SCENES}", 1280)
    arrive(again, SCENES)
    assert told(again, "finding") == told(page, "finding")
    page.bring_to_front()
    page.go_back()
    page.wait_for_url("**/Data")
    expect(stage(page)).to_have_count(0, timeout=PATIENCE)
    wait_until_settled(page)
    assert question("Data") in main(page).inner_text()


def test_buttons_do_what_keys_do_and_the_code_comes_large(open_page, axe):
    page = open_page("/Present?scene=2", 1280)
    for name, place in (("Next", 3), ("Previous", 2), ("Last", SCENES), ("First", 1)):
        stage(page).get_by_role("button", name=name, exact=True).click()
        arrive(page, place)
    page.keyboard.press("q")
    code = stage(page).locator("figure img")
    expect(code).to_be_visible()
    assert code.bounding_box()["height"] > 400
    assert told(page, "link") in code.get_attribute("alt") and told(page, "link").startswith("http://localhost")
    assert axe(page) == "" and page.evaluate(SMALL, LEAST) == []
    page.keyboard.press("Escape")
    expect(code).to_be_hidden()
    expect(stage(page)).to_be_visible()


def test_f_fills_the_screen_and_escape_ends_what_is_open_one_after_the_other(open_page):
    page, full = open_page("/Present", 1280), "() => Boolean(document.fullscreenElement)"
    arrive(page, 1)
    assert "F full screen" in stage(page).locator(".keys").inner_text()
    page.keyboard.press("f")
    until(page, full)
    page.keyboard.press("ArrowRight")
    arrive(page, 2)
    page.keyboard.press("q")
    assert page.evaluate("() => document.fullscreenElement.contains(document.querySelector('[data-testid=stApp]'))")
    page.keyboard.press("Escape")
    until(page, f"() => !({full})()")
    expect(stage(page).locator("figure img")).to_be_visible()
    page.keyboard.press("Escape")
    expect(stage(page).locator("figure img")).to_be_hidden()
    page.keyboard.press("F")
    until(page, full)
    page.keyboard.press("f")
    until(page, f"() => !({full})()")
    expect(stage(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(stage(page)).to_have_count(0)


def test_the_stage_can_be_left_entered_again_and_left_for_good(open_page, axe):
    page = open_page("/Present?scene=3", 1280)
    stage(page).get_by_role("button", name="Share or download", exact=True).click()
    expect(stage(page)).to_have_count(0)
    assert "a story in" in main(page).get_by_role("heading", level=1).inner_text()
    expect(page.get_by_role("button", name="Back to the stage")).to_be_focused()
    assert page.get_by_test_id("stSidebarNav").count() == 0 and axe(page) == ""
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    arrive(page, 3)
    stage(page).get_by_role("link", name="Leave", exact=True).click()
    page.get_by_role("link", name="Present", exact=True).wait_for()
    assert parameters(page) == {}


def test_stage_and_notes_follow_each_other(open_page, axe):
    page = open_page("/Present?scene=2", 1280)
    notes = open_page("/Present?notes=1", 1280)
    arrive(notes, 2)
    page.bring_to_front()
    page.keyboard.press("ArrowRight")
    arrive(notes, 3)
    assert told(notes, "finding") == told(page, "finding") and told(notes, "notes")
    notes.bring_to_front()
    upcoming = told(notes, "next finding")
    notes.keyboard.press("ArrowRight")
    arrive(page, 4)
    assert told(page, "finding") == upcoming
    assert re.fullmatch(r"\d+:\d\d", told(notes, "since")) and re.fullmatch(r"\d\d:\d\d", told(notes, "clock"))
    expect(notes.locator('[data-part="since"]')).not_to_have_text("0:00")
    notes.get_by_role("button", name="Start anew").click()
    assert told(notes, "since") == "0:00"
    assert axe(notes) == ""
    with page.context.expect_page() as opened:
        page.bring_to_front()
        stage(page).get_by_role("link", name="Notes", exact=True).click()
    arrive(opened.value, 4)


def test_a_story_of_ones_own_stands_in_its_link(open_page):
    views = "view=Four_Ds%3Fd%3DDigital&view=Challenges%3Fchallenge%3DC02&view=Challenges%3Fchallenge%3DC99"
    page = open_page(f"/Present?{views}&scene=2", 1280)
    expect(page.locator('[data-part="place"]')).to_have_text("2 of 3")
    assert told(page, "finding").startswith("Regulation: ")
    page.keyboard.press("End")
    wait_for_address(page, lambda held: held["scene"] == ["3"])
    assert "C99" in told(page, "missing")
    page.keyboard.press("Home")
    assert told(page, "topic") == "What does each D hold?"
    assert len(parameters(page)["view"]) == 3 and list(faults_of_scene(page)) == []


def test_a_phone_shows_a_scene_that_can_be_read(open_page, axe):
    page = open_page("/Present", 390)
    for place in (1, 2, 5, SCENES):
        while told(page, "place") != f"{place} of {SCENES}":
            page.keyboard.press("ArrowRight")
        assert page.evaluate(SMALL, 16) == []
        assert stage(page).evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")
        expect(page.locator('[data-part="finding"]')).to_be_in_viewport()
        expect(stage(page).get_by_role("button", name="Next", exact=True)).to_be_in_viewport()
    assert axe(page) == ""


def test_a_fresh_server_draws_a_story_of_thirty_views_and_then_it_needs_no_network(serve, open_page):
    pages = ("Overview", "Map", "Four_Ds", "Challenges", "Connections", "Areas")
    choices = ("", "?d=Digital", "?d=Data", "?d=Devices", "?d=Diagnostics")
    views = [f"{name}{choice}" for choice in choices for name in pages]
    page = open_page(f"/Present?{urlencode({'view': views}, doseq=True)}", base=serve())
    expect(page.get_by_text("This scene is drawn now")).to_have_count(0, timeout=3 * PATIENCE)
    with without_network(page):
        for key, place in (("End", 30), *(("ArrowLeft", 29 - step) for step in range(29))):
            page.keyboard.press(key)
            expect(page.locator('[data-part="place"]')).to_have_text(f"{place} of 30")
            expect(page.locator('[data-part="picture"] > *')).to_have_count(1)
            assert not told(page, "missing")
