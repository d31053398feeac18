"""A reader's hand: it presses what is seen, types and uses keys, and counts how often."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.browser.screen import label, main, wait_until_settled

FOCUSED = """() => {
  const at = document.activeElement;
  if (at.matches("body, main")) return at.tagName;
  const named = at.getAttribute("aria-label") ?? at.labels?.[0]?.innerText ?? at.innerText ?? "";
  return named.trim().split("\\n").at(-1);
}"""


@dataclass
class Hand:
    """Presses and types on a page. Typing counts only for the press that puts the cursor into a box."""

    page: Page
    clicks: int = 0
    keys: int = 0

    def click(self, name: str | re.Pattern[str], role: str = "button", within: Locator | None = None) -> None:
        """Press the first part of this name."""
        found = (within or main(self.page)).get_by_role(role, name=name, exact=isinstance(name, str)).first
        self._press(found.locator("xpath=ancestor::label") if role == "radio" else found)

    def _press(self, part: Locator) -> None:
        part.click()
        self.clicks += 1
        wait_until_settled(self.page)

    def click_cell(self, row: str, column: str) -> None:
        """Press a cell of the first picture, by what its row and its column begin with."""
        chart = self.page.get_by_test_id("stPlotlyChart").first
        chart.scroll_into_view_if_needed()
        side = chart.locator(".textpoint text, .ytick text", has_text=row).first.bounding_box()
        head = chart.locator(".xtick text", has_text=column).first.bounding_box()
        self.page.mouse.click(head["x"] + head["width"] / 2, side["y"] + side["height"] / 2)
        self.clicks += 1
        wait_until_settled(self.page)

    def click_row(self, number: int, right: int = 16, grid_number: int = 0) -> None:
        """Press the box left of a row of the first list, or of another, or a cell further right."""
        grid = self.page.get_by_test_id("data-grid-canvas").nth(grid_number)
        grid.evaluate("grid => grid.scrollIntoView({ block: 'center' })")
        box = grid.bounding_box()
        self.page.mouse.click(box["x"] + right, box["y"] + 35 * number + 17)
        self.clicks += 1
        wait_until_settled(self.page)

    def type_in(self, box: str, text: str, within: Locator | None = None) -> None:
        """Press a box, type into it and confirm."""
        self._press((within or main(self.page)).get_by_role("textbox", name=box, exact=True))
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        wait_until_settled(self.page)

    def choose(self, box: str, option: str, within: Locator | None = None) -> None:
        """Press a box of choices, type what is wanted and confirm."""
        self._press((within or main(self.page)).get_by_role("combobox", name=box, exact=True))
        self.page.keyboard.type(option)
        self.page.get_by_role("option", name=re.compile(re.escape(option))).first.wait_for()
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Tab")
        wait_until_settled(self.page)

    def menu(self) -> Locator:
        """The menu and the filter; on a phone they are opened first."""
        opener = self.page.get_by_role("button", name="Expand sidebar")
        if opener.is_visible():
            self._press(opener)
        return self.page.get_by_test_id("stSidebar")

    def go(self, page: str) -> None:
        """Go to a page by the menu."""
        self.click(label(page), "link", self.menu())

    def take(self, form: str) -> bytes:
        """Take the view away in a form."""
        self.click("Share or download")
        with self.page.expect_download() as given:
            self.page.get_by_test_id("stPopoverBody").get_by_role("button", name=form, exact=True).click()
        self.clicks += 1
        return given.value.path().read_bytes()

    def press(self, key: str, times: int = 1) -> None:
        """Press a key so many times."""
        for _ in range(times):
            self.page.keyboard.press(key)
            self.keys += 1

    def tab_to(self, name: str, most: int = 60) -> list[str]:
        """Press Tab until the control of this name has the focus; gives the names passed on the way."""
        passed: list[str] = []
        while not passed or passed[-1] != name:
            assert len(passed) < most, f"Tab does not reach “{name}”, but {passed}"
            self.press("Tab")
            passed.append(self.at())
        return passed

    def at(self) -> str:
        """The name of the control that has the focus."""
        return str(self.page.evaluate(FOCUSED))

    def choose_at_cursor(self, option: str) -> None:
        """Type what is wanted in the box of choices that has the focus, and confirm."""
        self.page.keyboard.type(option)
        self.page.get_by_role("option", name=re.compile(re.escape(option))).first.wait_for()
        self.press("Enter")
        wait_until_settled(self.page)
