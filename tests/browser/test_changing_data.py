"""Someone edits the data while the dashboard runs: good edits show at once, bad ones leave the last good data."""

import shutil

import pytest

from tests.browser.screen import (
    ROOT,
    choose,
    headings,
    main,
    notices,
    rows_of_list,
    statement,
    unfold,
    wait_until_settled,
)
from tests.packs import edit

FIRM = "salts-healthcare"


@pytest.fixture
def folder(tmp_path):
    """A copy of the pack that comes with the dashboard."""
    return shutil.copytree(ROOT / "data", tmp_path / "pack")


def write(folder, **cells):
    """Edit the row of the firm."""
    file = folder / "companies.csv"
    file.write_text(edit(FIRM, **cells)(file.read_text(encoding="utf-8")), encoding="utf-8")


def look_again(page):
    """Load the page anew, as its reader would."""
    page.reload()
    wait_until_settled(page)


def test_an_edit_shows_without_a_restart_and_a_fault_leaves_the_last_good_data(serve, open_page, folder):
    base = serve(CLUSTER_DATA=str(folder))
    page = open_page("/Organisations?q=Salts", base=base)
    assert rows_of_list(page)[1][0] == "Salts Healthcare"

    write(folder, name="Salts of the Earth")
    choose(page, "Ds", "Devices")
    assert rows_of_list(page)[1][0] == "Salts of the Earth"

    page = open_page("/", base=base)
    before = int(statement(page).rsplit(" ", 1)[1])
    write(folder, role="adjacent")
    look_again(page)
    assert statement(page) == f"Core firms in the West Midlands: {before - 1}"

    write(folder, role="jester")
    look_again(page)
    assert statement(page) == f"Core firms in the West Midlands: {before - 1}"
    assert page.get_by_test_id("stException").count() == 0
    operator = open_page("/Data", base=base)
    assert "1 fault" in notices(operator)
    unfold(operator, "The faults")
    told = main(operator).inner_text()
    assert [word for word in ("companies.csv", "line", "role", "jester", "adjacent") if word not in told] == []

    write(folder, role="core")
    look_again(operator)
    assert notices(operator) == ""
    assert statement(operator) == f"Core firms in the West Midlands: {before}"


def test_a_pack_that_was_never_good_is_refused_with_its_faults(serve, open_page, folder, axe):
    write(folder, role="jester")
    page = open_page("/Map?d=Digital", base=serve(CLUSTER_DATA=str(folder)))
    assert headings(page) == ["The data cannot be shown yet"]
    told = main(page).inner_text()
    assert [word for word in ("companies.csv", "role", "jester", "adjacent") if word not in told] == []
    assert page.get_by_test_id("stException").count() == 0
    assert axe(page) == ""
    write(folder, role="core")
    look_again(page)
    assert statement(page).startswith("Core digital firms in the West Midlands")
