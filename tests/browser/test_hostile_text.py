"""Text of a pack or an address never becomes a link, a picture, a formula or emphasis, wherever it stands."""

from urllib.parse import quote, urlencode

import pytest

from tests.browser.screen import PATHS, PRINTED, main, notices, statement, wait_until_settled
from tests.hostile import TRAP, areas_of, hostile_pack

MADE = """() => {
  const href = (link) => link.getAttribute("href") ?? link.getAttributeNS("http://www.w3.org/1999/xlink", "href") ?? "";
  const known = (link) => {
    const asked = new URL(href(link), location.href);
    return asked.host === location.host || ["example.org", "example.com"].includes(asked.host);
  };
  const links = [...document.querySelectorAll("a")].filter((link) => !known(link));
  const acted = document.querySelectorAll(`em, i, b, strong, del, code, tspan, .katex, [class*=stMarkdownColored],
    [class*=stMarkdownBadge]`);
  const words = [...acted].filter((part) => /^[ebxrc]$/.test(part.textContent.trim()) || part.matches(".katex"));
  const pictures = document.querySelectorAll("img[alt='Streamlit logo'], [role=img][translate=no][aria-label^=home]");
  return [...links, ...words, ...pictures].map((part) => part.outerHTML.slice(0, 200));
}"""
VIEWS = {
    **{name: PATHS[name] for name in ("Map", "Connections", "Data")},
    "a profile": "/Organisations?org=test-firm-a",
    "a cell": "/Challenges?challenge=N1&column=data",
    "a shortlist": "/Invest?pick=test-firm-a&pick=test-firm-e",
    "the notes of the stage": "/Present?notes=1",
    "a scene": "/Present?scene=3",
}
ON_PAPER = {f"{name}, on paper": f"/{name}?{PRINTED}" for name in ("Organisations", "Growth")}
DEEPEST = 2  # folds within folds
TYPED = ("https://evil.example/x", "www.evil.example", "a@evil.example", ":streamlit:", ":material/home:", ":smile:")
TYPED += ("$x$", ":red[r]", "**b**", "a -> b", "<b>b</b>", "`c`", "~~e~~")


@pytest.fixture(scope="module")
def hostile(start, tmp_path_factory):
    """A server with a pack full of traps: its address and its folder."""
    folder = hostile_pack(tmp_path_factory.mktemp("hostile") / "pack")
    served = start(CLUSTER_DATA=str(folder))
    yield served.url, folder
    served.stop()


def open_all(page):
    """Open every fold of the page."""
    closed = main(page).locator("details:not([open]) > summary")
    for _ in range(DEEPEST):
        for _ in range(closed.count()):
            closed.first.click()
        wait_until_settled(page)
    assert closed.count() == 0


@pytest.mark.parametrize("view", [*VIEWS, *ON_PAPER])
def test_nothing_of_a_pack_is_acted_on(open_page, hostile, view):
    page = open_page((VIEWS | ON_PAPER)[view], base=hostile[0])
    open_all(page)
    assert page.get_by_test_id("stException").count() == 0
    assert TRAP in " ".join(main(page).inner_text().split())
    assert page.evaluate(MADE) == []


def test_nothing_of_an_area_or_a_choice_is_acted_on(open_page, hostile):
    area = areas_of(hostile[1])[0]
    for path in ("/Areas?in=", "/Find_support?near=", "/?area="):
        page = open_page(f"{path}{quote(area)}", base=hostile[0])
        open_all(page)
        assert TRAP in " ".join(main(page).inner_text().split())
        assert page.evaluate(MADE) == [], path
    page.get_by_role("combobox", name="Ds").click()
    page.get_by_role("option").first.wait_for()
    assert page.evaluate(MADE) == []


@pytest.mark.parametrize("page_name", ["Organisations", "Find_support"])
def test_nothing_typed_is_acted_on(open_page, hostile, page_name):
    typed = " ".join(TYPED)
    asked = urlencode({"q": TYPED[0], "d": typed, "near": typed, "in": typed, "org": typed})
    page = open_page(f"{PATHS[page_name]}?{asked}", base=hostile[0])
    assert page.evaluate(MADE) == []
    assert typed[:60] in " ".join(main(page).inner_text().split())


def test_what_is_searched_for_stands_as_it_was_typed(open_page, hostile):
    for typed in (" ".join(TYPED[:6]), " ".join(TYPED[6:])):
        page = open_page(f"/?{urlencode({'q': typed})}", base=hostile[0])
        assert page.evaluate(MADE) == [], typed
        assert f"“{typed}”" in main(page).inner_text()


def test_a_search_that_is_cut_says_so(open_page):
    page = open_page(f"/?{urlencode({'q': ' '.join(f'word{place}' for place in range(2000))})}")
    assert "first 10 words" in notices(page)
    assert "word9" in statement(page) and "word10" not in statement(page)
