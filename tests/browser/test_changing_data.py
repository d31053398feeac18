"""Someone edits the data while the dashboard runs: good edits show at once, bad ones leave the last good data."""

import re
import shutil

import pytest

from tests import home
from tests.browser.screen import (
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

FIRM, NAME, ROLE = (home.A_FIRM[column] for column in ("id", "name", "role"))
ANOTHER = next(role for role in home.labelled("role") if role not in {row["id"] for row in home.ROLES})


@pytest.fixture
def folder(tmp_path):
    """A copy of the pack at home."""
    return shutil.copytree(home.HOME, tmp_path / "pack")


def write(folder, **cells):
    """Edit the row of the firm."""
    file = folder / "companies.csv"
    file.write_text(edit(FIRM, **cells)(file.read_text(encoding="utf-8")), encoding="utf-8")


def look_again(page):
    """Load the page anew, as its reader would."""
    page.reload()
    wait_until_settled(page)


@pytest.mark.slow
def test_an_edit_shows_without_a_restart_and_a_fault_leaves_the_last_good_data(serve, open_page, folder):
    base = serve(CLUSTER_DATA=str(folder))
    page = open_page(f"/Organisations?q={NAME}", base=base)
    assert rows_of_list(page)[1][0] == NAME

    write(folder, name=f"{NAME} of the Earth")
    choose(page, "Ds", home.LABELS[home.A_FIRM["ds"]])
    assert rows_of_list(page)[1][0] == f"{NAME} of the Earth"

    page = open_page("/", base=base)
    before = int(re.search(r": (\d+)", statement(page))[1])
    write(folder, role=ANOTHER)
    look_again(page)
    assert statement(page).startswith(f"{home.the_firms()}: {before - 1}")

    write(folder, role="jester")
    look_again(page)
    assert statement(page).startswith(f"{home.the_firms()}: {before - 1}")
    assert page.get_by_test_id("stException").count() == 0
    operator = open_page("/Data", base=base)
    assert "1 fault" in notices(operator)
    unfold(operator, "The faults")
    told = main(operator).inner_text()
    assert [word for word in ("companies.csv", "line", "role", "jester", ANOTHER) if word not in told] == []

    write(folder, role=ROLE)
    look_again(operator)
    assert notices(operator) == ""
    assert statement(operator).startswith(f"{home.the_firms()}: {before}")


def test_a_pack_that_was_never_good_is_refused_with_its_faults(serve, open_page, folder, axe):
    write(folder, role="jester")
    page = open_page(f"/Challenges?d={home.LABELS[home.DS[0]]}", base=serve(CLUSTER_DATA=str(folder)))
    assert headings(page) == ["The data cannot be shown yet"]
    told = main(page).inner_text()
    assert [word for word in ("companies.csv", "role", "jester", ANOTHER) if word not in told] == []
    assert page.get_by_test_id("stException").count() == 0
    assert axe(page) == ""
    write(folder, role=ROLE)
    look_again(page)
    assert statement(page).startswith(home.the_firms(home.LABELS[home.DS[0]]))
