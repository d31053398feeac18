"""What people do on Connections: click a mark, ask for a path, choose a kind of link, hand on the address."""

import re

from tests import home
from tests.browser.screen import (
    choose,
    headings,
    main,
    rows_of_table,
    unfold,
    wait_for_address,
    wait_until_settled,
)

UNIVERSITY, FIRM = home.A_UNIVERSITY, home.A_FIRM["id"]
SPOT = """(chart, record) => {
  const { xaxis, yaxis, _size } = chart._fullLayout, box = chart.getBoundingClientRect();
  for (const trace of chart._fullData) {
    const at = (trace.customdata ?? []).findIndex(([id]) => id === record);
    const across = (axis, value, start, side) => start + side + axis.d2p(value);
    const middle = () => [across(xaxis, trace.x[at], box.x, _size.l), across(yaxis, trace.y[at], box.y, _size.t)];
    if (at >= 0) return [...middle(), trace.marker.size[at]];
  }
}"""
UNDER_THE_MOUSE = "chart => chart._hoverdata?.[0].customdata?.[0]"
AIMS = [(0, 0), (-0.3, -0.3), (0.3, -0.3), (-0.3, 0.3), (0.3, 0.3)]  # parts of a mark, of which others may hide some


def click_mark(page, record):
    """Click the mark of a record in the drawing."""
    chart = page.locator(".js-plotly-plot")
    chart.scroll_into_view_if_needed()
    x, y, size = chart.evaluate(SPOT, record)
    for across, up in AIMS:
        page.mouse.move(x + across * size, y + up * size)
        page.wait_for_timeout(200)
        if chart.evaluate(UNDER_THE_MOUSE) == record:
            break
    page.mouse.down()
    page.mouse.up()
    wait_until_settled(page)


def pick(page, box, name):
    """Choose in a long select box by typing."""
    page.get_by_role("combobox", name=box, exact=True).click()
    page.keyboard.type(name)
    page.get_by_role("option", name=name, exact=True).click()
    wait_until_settled(page)


def test_one_mark_after_another_can_be_clicked_and_one_let_go_again(open_page):
    page = open_page("/Connections")
    for mark in (UNIVERSITY, FIRM):
        click_mark(page, mark)
        wait_for_address(page, lambda held, mark=mark: held == {"around": [mark]})
        assert headings(page)[0].startswith(f"{home.NAMES[mark]} is linked with ")
    main(page).get_by_role("button", name="Clear value").first.click()
    wait_for_address(page, lambda held: "around" not in held)
    click_mark(page, FIRM)
    click_mark(page, FIRM)
    wait_for_address(page, lambda held: held == {"around": [FIRM]})


def test_the_way_between_two_is_told_step_by_step(open_page):
    away = home.links_apart(FIRM)
    end = max((row["id"] for row in home.rows("universities") if row["id"] in away), key=lambda record: away[record])
    page = open_page("/Connections")
    unfold(page, "The way from one organisation to another")
    pick(page, "From", home.NAMES[FIRM])
    pick(page, "To", home.NAMES[end])
    wait_for_address(page, lambda held: held == {"from": [FIRM], "to": [end]})
    assert f"{home.NAMES[FIRM]} and {home.NAMES[end]} are {away[end]} links apart" in headings(page)
    steps = re.findall(r"^(\d+)\. (.*)", main(page).inner_text(), re.MULTILINE)
    assert [int(number) for number, _ in steps] == list(range(1, away[end] + 1))
    assert steps[0][1].startswith(home.NAMES[FIRM]) and home.NAMES[end] in steps[-1][1]


def test_a_kind_of_link_changes_drawing_table_and_address(open_page):
    kind = home.labelled("link_kind")[home.rows("links")[0]["kind"]]
    page = open_page("/Connections")
    choose(page, "Kind of link", kind)
    wait_for_address(page, lambda held: held == {"link": [kind]})
    assert f"of the kind “{kind}”" in headings(page)[0]
    rows = rows_of_table(unfold(page, "The same as a table"))
    assert {row[1] for row in rows[1:]} == {kind}
