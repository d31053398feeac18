"""How many firms of a D are in an area, and who helps them: asked by keys alone, and by what a screen reader is told.

Both walks lead through Map, Four Ds, Challenges and Connections; the answers are counted anew from the files.
"""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests import home
from tests.browser.hand import Hand
from tests.browser.screen import main, wait_for_address, wait_until_settled

AREA, CODE, D = home.LEADING_NAMES[1], home.LEADING[1], home.DS[-1]
NEED, TITLE = (home.rows("challenges")[1][key] for key in ("id", "title"))
FIRMS = home.firms(D, CODE)
HELPERS = home.helping(NEED, D, CODE)
CUT, NAMED = 20, 5  # letters of a name in a narrow place; how many are named beside the picture
CONTROLS = {"button", "link", "combobox", "textbox", "radio", "tab", "checkbox", "searchbox"}


@dataclass
class Keyboard:
    """A reader with nothing but keys: Tab, what is typed, and Enter."""

    page: Page

    def follow(self, name: str) -> None:
        """Go to a link and open it."""
        Hand(self.page).tab_to(name, 90)
        self.page.keyboard.press("Enter")

    def choose(self, box: str, option: str) -> None:
        """Go to a box of choices, type and confirm: the focus stays there."""
        hand = Hand(self.page)
        hand.tab_to(box, 90)
        hand.choose_at_cursor(option)
        assert hand.at() == box

    def told(self) -> str:
        """What stands on the page."""
        return main(self.page).inner_text()


@dataclass
class Listener:
    """A reader of the tree that a browser gives to screen readers: of roles and names, and of nothing that is drawn."""

    page: Page

    def tree(self) -> list[dict]:
        """The parts that are told."""
        session = self.page.context.new_cdp_session(self.page)
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        session.detach()
        return [node for node in nodes if not node["ignored"]]

    def to(self, role: str, name: str) -> None:
        """Put the focus on the part of this role and name."""
        tree = self.tree()
        assert [node for node in tree if node["role"]["value"] in CONTROLS and not name_of(node)] == []
        node = next(node for node in tree if (node["role"]["value"], name_of(node)) == (role, name))
        session = self.page.context.new_cdp_session(self.page)
        session.send("DOM.focus", {"backendNodeId": node["backendDOMNodeId"]})
        session.detach()

    def follow(self, name: str) -> None:
        """Open a link."""
        self.to("link", name)
        self.page.keyboard.press("Enter")

    def choose(self, box: str, option: str) -> None:
        """Type in a box of choices until the choice is told, confirm, and leave its list."""
        self.to("combobox", box)
        Hand(self.page).choose_at_cursor(option)
        self.page.keyboard.press("Tab")

    def told(self) -> str:
        """The names of all parts."""
        return "\n".join(map(name_of, self.tree()))


def name_of(node: dict) -> str:
    """The name of a part of the tree."""
    return str(node.get("name", {}).get("value", "")).strip()


@pytest.mark.slow
@pytest.mark.parametrize("way", [Keyboard, Listener])
def test_how_many_firms_of_a_d_are_in_an_area_and_who_helps_them(open_page, way):
    reader = way(open_page("/"))
    page = reader.page
    filtered = {"d": [home.LABELS[D]], "area": [AREA]}

    def go(name: str) -> None:
        reader.follow(name)
        page.wait_for_url(f"**/{name.replace(' ', '_')}*")
        wait_until_settled(page)

    reader.choose("Ds", home.LABELS[D])
    reader.choose("Areas", AREA)
    wait_for_address(page, lambda asked: asked == filtered)
    go("Map")
    said = home.the_firms(home.LABELS[D].lower()).replace(home.SAID["the_region"], AREA)
    assert re.search(rf"{re.escape(said)}: {FIRMS}\b", reader.told())

    go("Four Ds")
    reader.choose("Area", AREA)
    wait_for_address(page, lambda asked: asked == filtered | {"place": [AREA]})
    assert re.search(rf" in {AREA}: {FIRMS}\b", reader.told())

    go("Challenges")
    reader.choose("Challenge", NEED)
    wait_for_address(page, lambda asked: asked == filtered | {"challenge": [NEED]})
    told = reader.told()
    assert f"{TITLE}: {len(HELPERS)} sources of help" in told or f"{len(HELPERS)} support offers" in told
    assert sum(row["name"][:CUT] in told for row in HELPERS.values()) >= min(NAMED, len(HELPERS))

    go("Connections")
    helper = max(HELPERS, key=lambda record: len(home.NEIGHBOURS[record]))
    reader.choose("Look at one organisation", home.NAMES[helper])
    wait_for_address(page, lambda asked: asked == filtered | {"around": [helper]})
    others = len(home.NEIGHBOURS[helper])
    assert f"{home.NAMES[helper]} is linked with {others} other" in reader.told()
