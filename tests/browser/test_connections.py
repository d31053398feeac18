"""What people do on Connections: click a mark, ask for a path, choose a kind of link, hand on the address."""

from tests.browser.screen import (
    choose,
    headings,
    main,
    rows_of_list,
    rows_of_table,
    unfold,
    wait_for_address,
    wait_until_settled,
)

SPOT = """(chart, record) => {
  const { xaxis, yaxis, _size } = chart._fullLayout, box = chart.getBoundingClientRect();
  for (const trace of chart._fullData) {
    const at = (trace.customdata ?? []).findIndex(([id]) => id === record);
    const across = (axis, value, start, side) => start + side + axis.d2p(value);
    if (at >= 0) return [across(xaxis, trace.x[at], box.x, _size.l), across(yaxis, trace.y[at], box.y, _size.t)];
  }
}"""


def click_mark(page, record):
    """Click the mark of a record in the drawing."""
    chart = page.locator(".js-plotly-plot")
    chart.scroll_into_view_if_needed()
    page.mouse.click(*chart.evaluate(SPOT, record))
    wait_until_settled(page)


def pick(page, box, name):
    """Choose in a long select box by typing."""
    page.get_by_role("combobox", name=box, exact=True).click()
    page.keyboard.type(name)
    page.get_by_role("option", name=name, exact=True).click()
    wait_until_settled(page)


def test_a_click_on_a_mark_shows_its_links_and_the_link_brings_them_back(open_page):
    page = open_page("/Connections")
    click_mark(page, "university-of-warwick")
    wait_for_address(page, lambda held: held == {"around": ["university-of-warwick"]})
    shown = headings(page)
    assert shown[0].startswith("University of Warwick is linked with ")
    assert len(rows_of_list(page)) > 10
    afresh = open_page("/Connections?around=university-of-warwick")
    assert headings(afresh) == shown


def test_one_mark_after_another_can_be_clicked_and_one_let_go_again(open_page):
    page = open_page("/Connections")
    for mark, name in (("university-of-warwick", "University of Warwick"), ("medherant", "Medherant")):
        click_mark(page, mark)
        wait_for_address(page, lambda held, mark=mark: held == {"around": [mark]})
        assert headings(page)[0].startswith(f"{name} is linked with ")
    main(page).get_by_role("button", name="Clear value").first.click()
    wait_for_address(page, lambda held: "around" not in held)
    click_mark(page, "medherant")
    click_mark(page, "medherant")
    wait_for_address(page, lambda held: held == {"around": ["medherant"]})


def test_the_way_between_two_is_told_step_by_step(open_page):
    page = open_page("/Connections")
    unfold(page, "Choose two organisations")
    pick(page, "From", "Sarissa Biomedical")
    pick(page, "To", "Keele University")
    wait_for_address(page, lambda held: held == {"from": ["sarissa-biomedical"], "to": ["keele-university"]})
    assert "Sarissa Biomedical and Keele University are 3 links apart" in headings(page)
    told = main(page).inner_text()
    assert "1. Sarissa Biomedical is a spin-out of University of Warwick, 2002" in told
    assert "3. Midlands Innovation has as a member Keele University" in told


def test_a_kind_of_link_changes_drawing_table_and_address(open_page):
    page = open_page("/Connections")
    choose(page, "Kind of link", "hosts")
    wait_for_address(page, lambda held: held == {"link": ["hosts"]})
    assert "of the kind “hosts”" in headings(page)[0]
    rows = rows_of_table(unfold(page, "The same as a table"))
    assert {row[1] for row in rows[1:]} == {"hosts"}
