"""Thirty tasks of people who work with the cluster, invest in it or present it: each is done in few clicks.

A task begins where such a reader would, and its hand does what a person does: it presses what is seen, types, or uses
keys. The answer is counted anew from the files of the pack. `most` says how many clicks may be needed at most, `phone`
how many taps; of a task for the keyboard it is the keys.
"""

import io
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect
from pptx import Presentation
from pypdf import PdfReader

from tests import home
from tests.browser.screen import (
    HEIGHTS,
    download,
    headings,
    label,
    main,
    notices,
    parameters,
    press,
    rows_of_list,
    rows_of_table,
    statement,
    wait_for_address,
    wait_until_settled,
)

TASKS = []
WIDE, PHONE = 1400, 390


@dataclass
class Hand:
    """What presses and types on a page, and counts how often it does."""

    page: Page
    clicks: int = 0
    keys: int = 0

    def click(self, name: str | re.Pattern[str], role: str = "button", within: Locator | None = None) -> None:
        """Press the first of this name."""
        found = (within or main(self.page)).get_by_role(role, name=name, exact=isinstance(name, str)).first
        (found.locator("xpath=..") if role == "radio" else found).click()
        self.clicks += 1
        wait_until_settled(self.page)

    def click_at(self, across: float, down: float) -> None:
        """Press a point of a picture."""
        self.page.mouse.click(across, down)
        self.clicks += 1
        wait_until_settled(self.page)

    def type_in(self, box: str, text: str, role: str = "textbox") -> None:
        """Press a box, type and confirm."""
        self.page.get_by_role(role, name=box, exact=True).first.click()
        self.clicks += 1
        self.page.keyboard.type(text)
        if role == "combobox":
            self.page.get_by_role("option", name=text).first.wait_for()
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Tab")
        wait_until_settled(self.page)

    def choose(self, box: str, option: str) -> None:
        """Choose in a box by typing."""
        self.type_in(box, option, "combobox")

    def menu(self) -> Locator:
        """The menu and the filter; on a phone it is opened first."""
        opener = self.page.get_by_role("button", name="Expand sidebar")
        if opener.is_visible():
            opener.click()
            self.clicks += 1
            wait_until_settled(self.page)
        return self.page.get_by_test_id("stSidebar")

    def go(self, page: str) -> None:
        """Go to a page by the menu."""
        self.click(label(page), "link", self.menu())

    def key(self, key: str) -> None:
        """Press a key."""
        self.page.keyboard.press(key)
        self.keys += 1


def task(start: str, most: int, phone: int | None = None, keys: int = 0) -> Callable[..., Callable[[Hand], None]]:
    """Note a task: where it begins, and how many clicks it may take, on a phone and of keys."""

    def noted(does: Callable[[Hand], None]) -> Callable[[Hand], None]:
        TASKS.append(pytest.param(start, {WIDE: most, PHONE: most if phone is None else phone}, keys, does, id=does.__name__))
        return does

    return noted


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize(("start", "most", "keys", "does"), TASKS)
def placeholder():
    pass
