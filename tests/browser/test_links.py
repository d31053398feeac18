"""Links bring views back, to the first visitor of a server as to any other, and the address keeps step with choices."""

import csv
import re
import time
from dataclasses import dataclass, field

import pytest

from tests import home
from tests.browser.screen import (
    FRAMED,
    PATHS,
    ROOT,
    choose,
    headings,
    label,
    main,
    notices,
    parameters,
    plain_address,
    press,
    statement,
    unfold,
    wait_for_address,
    wait_until_settled,
)

COVENTRY = "E08000026"
SLOW = 1.5  # seconds
CORE = home.ROLES[0]["label"]


@dataclass
class Link:
    """A link, what its view must say, and what its address then holds (all that the link asked for, if not told)."""

    path: str
    says: list[str]
    holds: dict[str, list[str]] = field(default_factory=dict)


def core_firms(**having):
    """How many core firms of the pack have these values in their cells, counted from the file."""
    with (ROOT / "data" / "companies.csv").open(encoding="utf-8", newline="") as file:
        firms = [row for row in csv.DictReader(file) if row["role"] == "core" and row["status"] not in home.ENDED]
    return sum(all(value in re.split("; ?", firm[column]) for column, value in having.items()) for firm in firms)


FIRST_VISITS = [
    Link(
        "/?d=Digital&area=Coventry",
        [f"{CORE} digital firms in Coventry: {core_firms(ds='digital', lad_code=COVENTRY)}"],
        {"d": ["Digital"], "area": ["Coventry"]},
    ),
    Link(
        "/Challenges?challenge=C05&column=diagnostics&lens=local help only",
        ["C05 Capacity for new opportunities · Diagnostics", "Local help only:"],
        {"challenge": ["C05"], "column": ["diagnostics"], "lens": ["local help only"]},
    ),
    Link(
        "/Areas?d=Digital&in=Walsall",
        ["Walsall, of this choice:", f"{CORE} digital firms in Walsall: ", "Most like it among local authorities"],
        {"d": ["Digital"], "in": ["Walsall"]},
    ),
    Link(
        "/Organisations?org=sarissa-biomedical",
        ["Sarissa Biomedical", "University of Warwick"],
        {"org": ["sarissa-biomedical"]},
    ),
]


def shown(page):
    """All that a page says, in its lists of records as well."""
    lists = page.locator("canvas table").all_text_contents()
    return "\n".join([main(page).inner_text(), *lists])


def test_the_first_visitors_of_a_server_find_what_their_link_says(serve, open_page):
    base = serve()
    for link in FIRST_VISITS:
        page = open_page(link.path, base=base)
        said = shown(page)
        assert [words for words in link.says if words not in said] == [], f"{link.path} shows:\n{said[:1500]}"
        assert parameters(page) == link.holds, link.path


def test_the_first_page_answers_to_its_name_too_and_stands_in_the_menu_once(open_page):
    page = open_page("/Overview?d=Digital&area=Coventry")
    assert statement(page).startswith(f"{CORE} digital firms in Coventry: ")
    assert plain_address(page) == "/Overview?d=Digital&area=Coventry" and not page.get_by_role("dialog").count()
    menu = page.get_by_test_id("stSidebarNav").get_by_role("link")
    assert [entry.inner_text().split("\n")[-1] for entry in menu.all()] == list(map(label, PATHS))


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/?d=Bogus&area=Atlantis&match=neither", ["Bogus", "Atlantis", "neither"]),
        ("/Organisations?org=salts-healthcare&compare=nobody&role=king", ["nobody", "king"]),
        ("/Challenges?challenge=C99&lens=rosy&by=luck", ["C99", "rosy", "luck"]),
        ("/Invest?pick=medherant&pick=nobody&pick=nowhere&order=best", ["nobody", "nowhere", "best"]),
    ],
)
def test_what_a_link_asks_for_in_vain_is_named_in_a_notice(open_page, path, named):
    said = notices(open_page(path))
    assert [word for word in named if word not in said] == [], f"the notices say: {said or 'nothing'}"


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        (f"/Challenges?{'x=1&' * 1200}d=Digital", {}),
        (f"/?{'&'.join(f'x={place}' for place in range(1500))}&D=digital&amp;area=Coventry", {"area": ["Coventry"]}),
        (f"/Invest?{'&'.join(f'pick=nobody{place}' for place in range(1200))}&d=Digital", {}),
    ],
)
def test_a_link_of_more_fields_than_are_read_keeps_its_filter_and_says_so(open_page, path, asked):
    page = open_page(path)
    wait_for_address(page, lambda held: held == {"d": ["Digital"], **asked})
    assert statement(page).startswith(f"{CORE} digital firms")
    said = notices(page)
    assert "x = “1”" in said if "x=1&x=1&" in path else "fields; 999 of them are read" in said


def test_choices_stand_in_the_address_and_the_address_brings_them_back(open_page):
    page = open_page("/")
    choose(page, "Ds", "Digital")
    choose(page, "Areas", "Coventry")
    choose(page, "Firms by role", "Adjacent")
    unfold(page, "More choices")
    page.get_by_role("radiogroup").get_by_text("primary", exact=True).click()
    asked = {"d": ["Digital"], "area": ["Coventry"], "role": [CORE, "Adjacent"], "match": ["primary"]}
    wait_for_address(page, lambda held: held == asked)
    said = statement(page)
    assert said.startswith(f"{CORE} and adjacent digital (primary D) firms in Coventry: ")
    assert statement(open_page(page.url)) == said


def test_the_filter_goes_along_by_menu_and_by_links_until_it_is_reset(open_page):
    page = open_page("/?d=Digital&area=Coventry")
    said, asked, entries = statement(page), parameters(page), length(page)
    for name in [*FRAMED[2::3], "Overview"]:
        press(page, label(name), "link")
        page.wait_for_url(f"**{PATHS[name]}?*")
        wait_for_address(page, lambda held: held == asked)
        assert statement(page) == said, name
    assert length(page) == entries + len(FRAMED[2::3]) + 1
    press(page, "See the challenge", "link")
    wait_for_address(page, lambda held: "challenge" in held)
    assert statement(page) == said
    assert {key: parameters(page)[key] for key in asked} == asked
    press(page, "Reset filters")
    wait_for_address(page, lambda held: not held.keys() & asked.keys())
    assert statement(page) == f"{CORE} firms in the West Midlands: {core_firms()}"


def length(page):
    """How many entries the browser's history holds."""
    return page.evaluate("history.length")


def type_in(page, box, text):
    """Type in a box and let the page follow."""
    page.get_by_label(box, exact=True).fill(text)
    page.keyboard.press("Enter")
    wait_until_settled(page)


def test_a_choice_stays_by_menu_link_back_forward_and_reload_with_one_entry_a_page(open_page):
    page = open_page("/Data")
    type_in(page, "Search", "health")
    asked = {"q": ["health"]}
    wait_for_address(page, lambda held: held == asked)
    said, entries = statement(page), length(page)
    seen = ["/Data", "/Challenges", "/Invest"]
    for name in ("Challenges", "Invest"):
        press(page, label(name), "link")
        page.wait_for_url(f"**/{name}?*")
    press(page, "How it is counted", "link")
    page.wait_for_url("**/About?*")
    for step, places in ((page.go_back, reversed(seen)), (page.go_forward, [*seen[1:], "/About"])):
        for place in places:
            step()
            page.wait_for_url(f"**{place}?*")
            wait_for_address(page, lambda held: held == asked)
            assert place == "/About" or statement(page) == said
    page.reload()
    wait_until_settled(page)
    assert parameters(page) == asked and plain_address(page).startswith("/About?")
    assert length(page) <= entries + len(seen)


def test_a_choice_stays_on_a_slow_line_where_a_story_is_gathered(open_page):
    page = open_page(f"/Organisations?org={home.A_FIRM['id']}")
    press(page, "Add to my story")
    page.route("**/static/js/Selectbox*", lambda route: (time.sleep(SLOW), route.continue_()))
    page.reload()
    press(page, "Take it out of my story")
    page.unroute_all(behavior="wait")
    assert headings(page)[0] == home.A_FIRM["name"] and parameters(page) == {"org": [home.A_FIRM["id"]]}


def test_the_filter_stays_while_a_story_is_presented(open_page):
    page = open_page("/Challenges?d=Data")
    press(page, "Present", "link")
    page.locator("dialog[open]").wait_for()
    page.reload()
    page.locator("dialog[open]").get_by_role("link", name="Leave").click()
    page.wait_for_url("**/?d=Data")
    wait_until_settled(page)
    assert statement(page).startswith(f"{CORE} data firms")


def test_a_link_of_the_menu_opened_in_a_new_tab_holds_the_filter(open_page):
    page = open_page("/Challenges?d=Data")
    link = page.get_by_test_id("stSidebarNav").get_by_role("link", name="Invest", exact=True)
    link.hover()
    assert link.get_attribute("href").endswith("/Invest?d=Data")


def test_the_links_of_a_profile_lead_to_profiles(open_page):
    page = open_page("/Organisations?org=sarissa-biomedical&d=Diagnostics")
    press(page, "University of Warwick", "link")
    wait_for_address(page, lambda held: held == {"org": ["university-of-warwick"], "d": ["Diagnostics"]})
    assert headings(page)[0] == "University of Warwick"
    press(page, "All organisations", "link")
    wait_for_address(page, lambda held: held == {"d": ["Diagnostics"]})
    assert "Diagnostics" not in headings(page)[0]
    assert statement(page).startswith(f"{CORE} diagnostics firms in the West Midlands")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/Map?at=salts-healthcare&area=Birmingham", "Salts Healthcare"),
        ("/Challenges?challenge=C05&column=devices&d=Devices", "C05 Capacity for new opportunities · Devices"),
    ],
)
def test_back_from_a_profile_brings_the_view_back_and_forward_the_profile(open_page, path, says):
    page = open_page(path)
    asked = parameters(page)
    main(page).locator("a[href*='org=']").first.click()
    wait_for_address(page, lambda held: "org" in held)
    name = headings(page)[0]
    page.go_back()
    wait_for_address(page, lambda held: held == asked)
    assert headings(page)[0] != name
    assert says in main(page).inner_text()
    page.go_forward()
    wait_for_address(page, lambda held: "org" in held)
    assert headings(page)[0] == name


def test_two_organisations_are_compared_side_by_side_and_the_link_says_which(open_page):
    page = open_page("/Organisations?org=sarissa-biomedical&d=Diagnostics")
    box = page.get_by_role("combobox", name="Compare with", exact=True)
    box.click()
    page.keyboard.type("Salts Health")
    page.get_by_role("option", name=re.compile("^Salts Healthcare")).wait_for()
    page.keyboard.press("Enter")
    asked = {"org": ["sarissa-biomedical"], "compare": ["salts-healthcare"], "d": ["Diagnostics"]}
    wait_for_address(page, lambda held: held == asked)
    again = open_page(page.url)
    for shown in (page, again):
        assert headings(shown)[0] == "Sarissa Biomedical and Salts Healthcare side by side"
        assert shown.get_by_role("table", name=re.compile("^Comparison of")).is_visible()
    page.bring_to_front()
    press(page, "Salts Healthcare", "link")
    wait_for_address(page, lambda held: held == {"org": ["salts-healthcare"], "d": ["Diagnostics"]})
    assert headings(page)[0] == "Salts Healthcare"


def test_a_shortlist_stands_in_the_address_and_back_undoes_a_step(open_page):
    page = open_page("/Invest?d=Devices", 390)
    for typed, name in (("Medh", "Medherant"), ("Healome", "Healome Therapeutics")):
        box = page.get_by_role("combobox", name="Add a firm to the shortlist", exact=True)
        box.focus()
        page.keyboard.type(typed)
        page.get_by_role("option", name=re.compile(f"^{name}")).wait_for()
        page.keyboard.press("Enter")
        page.get_by_role("button", name=f"Remove {name}", exact=True).wait_for()
        wait_until_settled(page)
    both = {"d": ["Devices"], "pick": ["medherant", "healome-therapeutics"]}
    wait_for_address(page, lambda held: held == both)
    again = open_page(page.url, 390)
    for shown in (page, again):
        assert "Shortlist: 2 firms" in headings(shown)
        assert shown.get_by_role("table", name=re.compile("^Shortlist of Medherant and Healome")).is_visible()
    page.bring_to_front()
    press(page, "Medherant", "link")
    wait_for_address(page, lambda held: held.get("org") == ["medherant"])
    page.go_back()
    wait_for_address(page, lambda held: held == both)
    assert "Shortlist: 2 firms" in headings(page)
    page.get_by_role("button", name="Remove Medherant", exact=True).focus()
    page.keyboard.press("Enter")
    wait_for_address(page, lambda held: held == both | {"pick": ["healome-therapeutics"]})
    page.go_back()
    wait_for_address(page, lambda held: held == both)
    assert "Shortlist: 2 firms" in headings(page)
