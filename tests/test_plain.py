"""Plain pages: whole without scripts, readable by any reader, linked with each other, harmless whatever is asked."""

import re
from collections import Counter
from html import unescape

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as some
from lxml import etree

from cluster_data.api import plain, taken
from cluster_data.document import Chart, Heading, PageLink, Table, Text
from cluster_data.elements import Ask, Box, Group, Only, Records
from cluster_data.exports import html
from cluster_data.input.read import read_cluster
from cluster_data.measures import organisations
from cluster_data.model.filters import Filter
from tests import documents, hostile
from tests.asgi import ask
from tests.packs import FEW, TODAY
from tests.test_serving import EVIL, served

PAGES = taken.pages()
WAYS = html.Ways(
    lambda page, asked: plain.link(page, asked),
    lambda changes: plain.link("Here", changes),
    lambda number: f"{number}.svg",
)


@pytest.fixture(scope="module")
def app(cluster):
    return served(cluster)[1]


def read(text):
    return lxml.html.fromstring(text)


def addresses(page):
    """Where a page leads, below /plain."""
    return [a.get("href") for a in page.iter("a") if a.get("href").startswith("/plain")]


def written(cluster, *parts):
    """A plain page of these parts."""
    return read(html.page(documents.document(cluster), parts, WAYS).decode())


# ---- every page -----------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_whole_and_of_good_form(app, cluster, page):
    answer = ask(app, f"/plain/{page}?area=Aldbrook")
    told = read(answer.text)
    assert answer.status == 200 and "max-age=60" in answer.headers["cache-control"]
    found = taken.taken(page, cluster, {"area": ["Aldbrook"]} if page != taken.STORY else {})
    assert [h.text for h in told.iter("h1")] == [found.document.title]
    assert found.document.statement in told.text_content()
    levels = [int(h.tag[1]) for h in told.iter("h1", "h2", "h3")]
    assert all(below <= above + 1 for above, below in zip(levels, levels[1:], strict=False))
    for table in told.iter("table"):
        assert table.findtext("caption").strip()
        assert {th.get("scope") for th in table.iter("th")} <= {"col", "row"}
        widths = {sum(int(cell.get("colspan", 1)) for cell in row) for row in table.iter("tr")}
        assert len(widths) == 1
    assert all(img.get("alt") for img in told.iter("img")) and not list(told.iter("script"))
    assert [key for tag in told.iter() for key in tag.attrib if key.startswith("on")] == []
    assert told.get("lang") == "en-GB" and told.find(".//main") is not None
    assert [name for name, n in Counter(tag.get("id") for tag in told.iter() if tag.get("id")).items() if n > 1] == []


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_its_pictures_are_there(app, page):
    sources = [img.get("src") for img in read(ask(app, f"/plain/{page}?area=Aldbrook").text).iter("img")]
    for source in sources[:4]:
        answer = ask(app, source)
        assert (answer.status, answer.headers["content-type"]) == (200, "image/svg+xml")
        assert etree.fromstring(answer.body).tag.endswith("svg")
    assert ask(app, f"/plain/{page}/999.svg").status == 404


def test_every_way_from_a_page_leads_to_another_with_its_filter(app):
    ways = addresses(read(ask(app, "/plain/Four_Ds?area=Aldbrook&split=age").text))
    assert len(ways) > 20
    others = [way for way in ways if not way.startswith("/plain/Four_Ds")]
    assert all("area=Aldbrook" in way and "split" not in way for way in others)
    for way in dict.fromkeys(ways):
        if way.split("?")[0].rpartition("/")[2] in PAGES:
            assert ask(app, way).status == 200


def test_a_choice_is_taken_and_taken_back_by_links(app):
    def chosen(text, of, label):
        (box, *_) = [
            box for box in read(text).iterfind(".//details") if box.findtext("summary").startswith(f"{of}: ")
        ]  # the filter's stands first
        (way,) = [a for a in box.iterfind("ul/li/a") if a.text == label]
        return way

    first = ask(app, "/plain/Four_Ds").text
    way = chosen(first, "D", "Robotics")
    assert way.get("aria-current") is None
    then = ask(app, way.get("href")).text
    assert chosen(then, "D", "Robotics").get("aria-current") == "true" and "robotics firms" in then
    more = ask(app, chosen(then, "Area", "Aldbrook").get("href")).text
    assert "robotics firms in Aldbrook" in more
    assert ask(app, chosen(more, "D", "Robotics").get("href")).text.count("robotics firms in Aldbrook") == 0
    assert "Shown first: age" in ask(app, chosen(first, "Shown first", "age").get("href")).text


def test_the_filter_is_folded_away_before_the_view(app):
    main = read(ask(app, "/plain/Four_Ds").text).find(".//main")
    before = [part for part in main[: list(main).index(main.find("figure"))] if part.tag == "details"]
    assert before[0].findtext("summary") == "Filter" and before[0].get("open") is None
    labels = [box.findtext("summary").split(":")[0] for box in before[0].iterfind("details")]
    assert {"D", "Area", "Role of firms", "Stage of firms"} <= set(labels)
    assert [box for box in before[1:] if box.findtext("summary").split(":")[0] in labels] == []


def test_what_is_asked_in_vain_is_noticed(app):
    text = ask(app, "/plain/Four_Ds?d=Arms").text
    assert "asks for d = “Arms”" in text and ask(app, "/plain/Nowhere").status == 404
    assert ask(app, "/plain/four_ds").status == 200
    assert ask(app, "/plain/Present?view=Nowhere").status == 404 and ask(app, "/plain/Present?view=About").status == 404
    assert "A story has no page “Nowhere”" in ask(app, "/plain/Present?view=Data&view=Nowhere").text


def test_a_story_is_a_page_too(app):
    told = read(ask(app, "/plain/Present?view=Four_Ds%3Fd%3DData&view=Four_Ds%3Fd%3DRobotics").text)
    assert len(list(told.iter("h2"))) >= 2 and len(list(told.iter("img"))) == 2


# ---- every part -----------------------------------------------------------


def test_parts_are_shown_as_what_they_are(cluster):
    rows = organisations.directory(cluster, organisations.found(cluster, Filter()))
    page = written(
        cluster,
        Heading("A finding"),
        Text("one", "item"),
        Text("two", "item"),
        Text("Said.", lead="Lead", links=(("Here", "https://example.org/a"), ("No", "javascript:alert(1)"))),
        Only("screen", [Text("only on a screen")]),
        Only("files", [Text("in files")]),
        Group("folded", [Text("folded away")], label="Open me"),
        PageLink("Map", "To the map", {"near": "Aldbrook"}),
        Ask("Take it out", "k", {"pick": None, "order": "name"}),
        Box("by", "By", {"D": "D", "area": "area"}, "area", "D"),
        Box("org", "Profile", None, "typed"),
        Records("All", lambda: rows, lambda: rows.head(1), len(rows)),
    )
    text = " ".join(page.text_content().split())
    assert [len(ul) for ul in page.iterfind(".//main/ul")][:1] == [2]
    assert "in files" in text and "only on a screen" not in text
    assert page.xpath("//details[summary='Open me']/p")[0].text == "folded away"
    assert page.xpath("//a[.='To the map']/@href") == ["/plain/Map?near=Aldbrook"]
    assert page.xpath("//a[.='Take it out']/@href") == ["/plain/Here?order=name"]
    assert page.xpath("//a[.='D']/@href") == ["/plain/Here"] and page.xpath("//a[.='area']/@aria-current") == ["true"]
    assert page.xpath("//a[.='Here']/@href") and "javascript" not in "".join(page.xpath("//@href"))
    profiles = page.xpath("//tbody/tr/th/a/@href")
    assert profiles == [plain.link("Organisations", {"org": record}) for record in rows["id"].head(html.MOST)]


def test_an_empty_view_says_so_and_a_long_table_is_cut(cluster):
    empty = read(html.file_of(documents.empty(cluster)).decode())
    assert "Nothing to draw" in empty.text_content() and "No row." in empty.text_content()
    long = read(html.file_of(documents.long(cluster)).decode())
    assert len(long.xpath("//tbody/tr")) == html.MOST and f"The first {html.MOST} of 5,000 rows." in long.text_content()


def test_alone_it_holds_its_pictures_and_leads_nowhere_but_to_sources(cluster):
    page = read(html.file_of(documents.document(cluster)).decode())
    assert all(img.get("src").startswith("data:image/svg+xml;base64,") for img in page.iter("img"))
    known = organisations.known_addresses(cluster)
    assert {a.get("href") for a in page.iter("a")} <= {"#main", *known}


# ---- text that is not to be trusted ---------------------------------------


def test_names_of_a_file_break_out_of_nothing(cluster):
    page = read(html.file_of(documents.odd(cluster)).decode())
    assert not list(page.iter("script")) and "<script>" in page.text_content()


@pytest.mark.slow
def test_a_pack_full_of_traps_makes_no_tag_and_no_link_of_its_own(tmp_path):
    odd = read_cluster(hostile.hostile_pack(tmp_path), TODAY)
    known = organisations.known_addresses(odd)
    for name in PAGES:
        text = plain.page(odd, name, {}).decode()
        page = read(text)
        assert not list(page.iter("b", "script", "iframe", "object")), name
        assert {a.get("href") for a in page.iter("a") if "//" in a.get("href")} <= known
    assert not re.search(r"<b>|<script", text)


@FEW
@given(
    key=some.sampled_from(["d", "area", "q", "split", "view", "x", "<b>"]),
    value=some.lists(EVIL, max_size=4).map("".join),
    page=some.sampled_from(["Four_Ds", "Present"]),
)
def test_nothing_in_an_address_becomes_part_of_a_page(app, key, value, page):
    answer = ask(app, f"/plain/{page}", query_string=plain.link("", {key: value}).partition("?")[2].encode())
    text = answer.text
    if answer.status == 404:
        assert answer.headers["content-type"].startswith("text/plain") and key == "view"
        return
    told = read(text)
    assert not list(told.iter("script", "b", "iframe")) and len(list(told.iter("title"))) == 1
    assert all(re.match(r"/|#|https?://", a.get("href")) for a in told.iter("a"))
    assert not re.search(r"<(script|img src=x)", unescape(text.replace("&lt;", "")))


def test_numbers_of_pictures_are_those_of_the_page(cluster):
    chart = Chart("One", "", lambda ground: None, lambda: documents.document(cluster).parts[-2].rows())
    other, third = (Chart(name, "", chart.draw, chart.rows) for name in ("Two", "Three"))
    parts = [
        Group("columns", [Group("column", [chart])], (1,)),
        Group("folded", [other], label="x"),
        Only("screen", [chart]),
        Table("t", chart.rows),
        third,
    ]
    page = written(cluster, *parts)
    named = {img.get("src"): img.get("alt") for img in page.iter("img")}
    drawn = [part.alt for part in html.drawn_parts(parts)]
    assert drawn == ["One", "Two", "Three"] == [named[f"{number}.svg"] for number in range(3)]
