"""What people do on Areas: add a place by its dot, take one out, follow a name in a table without a new tab."""

from tests.browser.screen import headings, main, parameters, press, resize, wait_for_address, wait_until_settled

SPOT = """chart => {
  const trace = chart.data.find((one) => one.mode === "markers"), { xaxis, yaxis } = chart._fullLayout;
  const first = trace.y[0], further = (best, x, at) => (trace.y[at] === first && x > trace.x[best] ? at : best);
  const place = trace.x.reduce(further, 0);
  const box = chart.getBoundingClientRect();
  const across = box.left + xaxis._offset + xaxis.d2p(trace.x[place]);
  return [across, box.top + yaxis._offset + yaxis.d2p(first), trace.customdata[place][0]];
}"""


def test_a_dot_adds_its_place_and_a_button_takes_one_out(open_page):
    page = open_page("/Areas?in=Walsall&d=Digital")
    resize(page, 390, 844)
    chart = main(page).locator(".js-plotly-plot")
    chart.scroll_into_view_if_needed()
    across, down, place = chart.evaluate(SPOT)
    page.mouse.click(across, down)
    wait_for_address(page, lambda held: held.get("in") == ["Walsall", place])
    wait_until_settled(page)
    assert headings(page)[0].startswith("Walsall has") and place in headings(page)[0]
    press(page, "Take out Walsall")
    wait_for_address(page, lambda held: held == {"in": [place], "d": ["Digital"]})


def test_the_name_of_an_area_in_a_table_opens_it_in_the_same_tab(open_page):
    page = open_page("/Areas?d=Digital")
    tabs = len(page.context.pages)
    main(page).get_by_role("link", name="Coventry", exact=True).first.click()
    wait_for_address(page, lambda held: held.get("in") == ["Coventry"])
    assert len(page.context.pages) == tabs and parameters(page)["d"] == ["Digital"]
