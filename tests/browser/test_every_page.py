"""Every page at both widths, in a theme each by turns: whole, named, sourced, and open to those who do not see it."""

from itertools import cycle, takewhile

import pytest
from playwright.sync_api import expect

from tests import home
from tests.browser.screen import FRAMED, PATHS, label, main, question, statement, unfold, unroll, wait_until_settled

CHALLENGE, D = home.A_CELL
FIRM, OTHER = home.A_FIRM["id"], home.ANOTHER_FIRM["id"]
THEME = [row["id"] for row in home.rows("themes") if not row["parent"]][-1]
STAGE = list(home.labelled("offer_stage"))[-1]
MEASURE, TOPIC = (list(home.labelled(field))[-1] for field in ("indicator_measure", "indicator_topic"))
UNDATED = [row["id"] for row in home.rows("indicators") if row["measure"] and row["year_about"]][:1]
VIEWS = {
    "a profile": f"/Organisations?org={home.A_UNIVERSITY}",
    "a comparison": f"/Organisations?org={FIRM}&compare={OTHER}",
    "behind a cell": f"/Challenges?challenge={CHALLENGE}&column={D}",
    "help for a need": f"/Find_support?need={CHALLENGE}&d={home.LABELS[D]}&near={home.A_PLACE}",
    "no help for a need": f"/Find_support?need={THEME}&d={home.LABELS[D]}&help_stage={STAGE}&near={home.A_POSTCODE}",
    "a shortlist": f"/Invest?pick={FIRM}&pick={OTHER}&pick={home.FIRMS[0]['id']}&spinout=known spin-outs",
    "an area": f"/Areas?in={home.LEADING_NAMES[-1]}",
    "a group of areas": f"/Areas?in={home.rows('groups')[0]['label']}",
    "firms per resident near a postcode": f"/Map?show=firms per 100,000 residents&near={home.A_POSTCODE}&within=5",
    "output and research": f"/Growth?measure={MEASURE}&topic={TOPIC}&notes=shown",
    "a baseline without a year": f"/Growth?{'&'.join(f'baseline={key}' for key in UNDATED)}",
    "links of one": f"/Connections?around={home.A_UNIVERSITY}",
    "a path": f"/Connections?from={FIRM}&to={list(home.links_apart(FIRM))[-1]}",
}
THEMES = ("light", "dark")
ONLY_WORDS = ("About",)
LONG = ("a shortlist",)  # as long as what one picked
PARTS = """() => {
  const kinds = ["stPlotlyChart", "stDeckGlJsonChart", "stDataFrame", "stTable", "stExpander", "stCaptionContainer"];
  const asked = [...kinds.map((kind) => `[data-testid="${kind}"]`), "img"].join(",");
  const named = (box) => box.closest("[aria-label]") ?? box.querySelector("table, [role=region]");
  return [...document.querySelectorAll('[data-testid="stMain"] :is(' + asked + ")")]
    .filter((box) => box.checkVisibility())
    .map((box) => ({
      kind: box.dataset.testid ?? "picture",
      name: box.alt ?? named(box)?.getAttribute("aria-label") ?? "",
      text: box.innerText,
    }));
}"""
FIGURES = ("stPlotlyChart", "stDeckGlJsonChart", "picture")
TABLES = ("stDataFrame", "stTable")
WIDER = """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
  .some((box) => box.scrollWidth > box.clientWidth)"""
FIRST_SCREEN = """() => [...document.querySelectorAll(
    '[data-testid="stMain"] :is([data-testid="stPlotlyChart"], [data-testid="stDeckGlJsonChart"], ' +
    '[data-testid="stDataFrame"], table, img, h3)')]
  .some((part) => part.checkVisibility() && part.getBoundingClientRect().top < innerHeight - 60)"""
SCREENS = """() => document.querySelector('[data-testid="stMain"]').scrollHeight / innerHeight"""
MOST_SCREENS = {1400: 6, 390: 8}
WITHOUT_ALT = "[...document.querySelectorAll('img:not([alt])')].map((image) => image.src.slice(0, 80))"


def faults_of_screen(page):
    """What no page may do, whatever it shows."""
    if page.get_by_test_id("stException").count():
        yield "an exception is shown"
    if page.evaluate(WIDER):
        yield "the page scrolls sideways"
    yield from (f"a picture without alt: {source}" for source in page.evaluate(WITHOUT_ALT))
    yield from faults_of_figures(page.evaluate(PARTS))


def faults_of_figures(parts):
    """Charts, maps and tables have names; below each chart or map stand its source and the same as a table."""
    for part in parts:
        if part["kind"] in (*FIGURES, *TABLES) and part["kind"] != "picture" and not part["name"]:
            yield f"{part['kind']} has no name"
    for place, figure in enumerate(parts):
        if not is_figure(figure):
            continue
        below = list(takewhile(lambda part: not is_figure(part), parts[place + 1 :]))
        captions = [part["text"] for part in below if part["kind"] == "stCaptionContainer"]
        if "Source" not in (captions or [""])[0]:
            yield f"no source line below “{figure['name']}”, but {captions[:1]}"
        if not any(is_twin(part) for part in below):
            yield f"no table beside “{figure['name']}”"


def is_figure(part):
    return part["kind"] in FIGURES and part["name"] != ""


def is_twin(part):
    return part["kind"] in TABLES or "The same as a table" in part["text"]


def faults_of_words(page, name):
    """A page has a title of its own, asks its question and states the filter."""
    others = [label(other) for other in PATHS if other != name]
    if not page.title().startswith(label(name)) or any(page.title().startswith(other) for other in others):
        yield f"the title is “{page.title()}”"
    if question(name) not in main(page).inner_text():
        yield "its question is not asked"
    if not statement(page).startswith(home.AT_FIRST):
        yield f"the filter is stated as “{statement(page)}”"


def at_width(page, width, faults_of):
    """The faults of a page at this width."""
    unroll(page, width)
    yield from (f"{width} px: {fault}" for fault in faults_of(page) if fault)


@pytest.mark.parametrize(("name", "schemes"), list(zip(FRAMED, cycle([THEMES, THEMES[::-1]]), strict=False)))
def test_every_page_is_whole_and_open_to_all(open_page, axe, name, schemes):
    for width, scheme in zip((1400, 390), schemes, strict=True):
        page = open_page(PATHS[name], width, scheme)
        assert name in ONLY_WORDS or page.evaluate(FIRST_SCREEN), "no picture or result on the first screen"
        assert page.evaluate(SCREENS) <= MOST_SCREENS[width]
        found = at_width(page, width, lambda page: [*faults_of_screen(page), *faults_of_words(page, name), axe(page)])
        assert "\n".join(found) == "", scheme


@pytest.mark.parametrize(("view", "scheme"), list(zip(VIEWS, cycle(THEMES), strict=False)))
def test_what_one_chooses_on_a_page_is_whole_too(open_page, axe, view, scheme):
    page = open_page(VIEWS[view], 390, scheme)
    assert view in LONG or page.evaluate(SCREENS) <= MOST_SCREENS[390]
    assert "\n".join(at_width(page, 390, lambda page: [*faults_of_screen(page), axe(page)])) == ""


def test_a_table_beside_a_chart_is_open_to_all(open_page, axe):
    page = open_page("/Four_Ds", 390)
    twin = unfold(page, "The same as a table")
    assert twin.get_by_role("table").get_attribute("aria-label")
    unroll(page)
    assert "\n".join([*faults_of_screen(page), axe(page)]) == ""


def test_the_menu_and_all_of_the_filter_are_open_to_all(open_page, axe):
    page = open_page("/", 1400)
    unfold(page, "More choices")
    assert axe(page) == ""
    page = open_page("/", 390)
    expect(page.get_by_role("link", name="Challenges", exact=True)).not_to_be_in_viewport()
    page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name="Challenges", exact=True).wait_for()
    unfold(page, "More choices")
    assert axe(page) == ""
    page.get_by_role("link", name="Challenges", exact=True).click()
    page.wait_for_url("**/Challenges")
    wait_until_settled(page)
    assert question("Challenges") in main(page).inner_text()
