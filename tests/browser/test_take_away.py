"""Taking a view away in a browser: link and QR code, files, the view for paper, the view within another page."""

import io
import re
import zipfile

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from pptx import Presentation
from pypdf import PdfReader

from cluster_data.exports import pdf, workbook
from cluster_data.model import words
from tests import home
from tests.browser.screen import (
    download,
    headings,
    main,
    open_tray,
    plain_address,
    statement,
    unroll,
    wait_until_settled,
)

AREA, D = home.LEADING_NAMES[0], home.LABELS[home.DS[-1]]
VIEW = f"/Four_Ds?d={D}&area={AREA}"


def ground_of(page):
    """The colour behind the page."""
    return page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")


def test_the_link_is_copied_and_opened_afresh_shows_the_same(open_page):
    page = open_page(VIEW)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tray = open_tray(page)
    link = tray.get_by_role("textbox", name="Link to this view").input_value()
    tray.get_by_role("button", name="Copy link").click()
    expect(tray.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link
    assert tray.get_by_alt_text("QR code of the link to this view").is_visible()
    afresh = open_page(link)
    assert plain_address(afresh) == VIEW and headings(afresh) == headings(page)


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        ("/", r".+: .+\. .+Available at: https?://\S+ \(as held in the .+ dashboard, .+\)\."),
        ("/Growth", r".+: .+\. .+Available at: https?://\S+ \(as held in the .+ dashboard, .+\)\."),
        (
            "/Organisations?org=sarissa-biomedical",
            r"“.+”, entry in the .+\nSources:\n\(1\) .+Available at: https?://\S+",
        ),
    ],
)
def test_a_citation_is_copied_by_keyboard_and_says_so(open_page, path, holds):
    page = open_page(path, 390)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = main(page).get_by_role("button", name="Copy citation", exact=True).first
    button.focus()
    page.keyboard.press("Enter")
    expect(main(page).get_by_role("status").filter(has_text="Copied").first).to_be_visible()
    expect(button).to_be_focused()
    assert re.match(holds, page.evaluate("navigator.clipboard.readText()"))


def test_a_view_is_cited_with_its_finding_its_filter_and_its_link(open_page):
    page = open_page(VIEW)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    title, said, tray = headings(page)[0], statement(page), open_tray(page)
    tray.get_by_role("button", name="Copy citation", exact=True).click()
    expect(tray.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    link = tray.get_by_role("textbox", name="Link to this view").input_value()
    assert title in copied and said in copied and copied.endswith(f"Available at: {link}")


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (390, "dark")])
def test_the_open_tray_is_open_to_all(open_page, axe, width, scheme):
    page = open_page(VIEW, width, scheme)
    open_tray(page)
    assert axe(page) == ""


def test_keys_lead_into_the_tray_through_it_and_back(open_page):
    page = open_page(VIEW, 390)
    opener, tray = page.get_by_role("button", name="Share or download"), page.get_by_test_id("stPopoverBody")
    opener.focus()
    page.keyboard.press("Enter")
    expect(tray.get_by_role("button", name="Excel workbook")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(opener).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(tray).to_have_count(0)
    expect(opener).to_be_focused()
    opener.click()
    tray.get_by_role("button", name="Copy snippet").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Add to my story")).to_be_focused()


def test_each_file_opens_in_a_program_of_its_kind(open_page):
    page = open_page(VIEW)
    tray, said, title = open_tray(page), statement(page), headings(page)[0]
    files = {}
    for label in ("Excel workbook", "Tables as CSV", "Slides (PowerPoint)", "PDF"):
        given = download(tray, label)
        assert words.slug(AREA) in given.suggested_filename
        with open(given.path(), "rb") as file:
            files[given.suggested_filename.rsplit(".", 1)[1]] = io.BytesIO(file.read())
    cover = load_workbook(files["xlsx"]).worksheets[0]
    written = {str(cell.value) for row in cover.iter_rows() for cell in row}
    assert title in written and any(text.startswith(said) for text in written)
    assert any(name.endswith(".csv") for name in zipfile.ZipFile(files["zip"]).namelist())
    assert title in Presentation(files["pptx"]).slides[0].shapes.title.text_frame.text
    pages = PdfReader(files["pdf"]).pages
    assert 1 <= len(pages) <= 6 and title in pages[0].extract_text()


def test_in_another_page_it_stands_without_menu_and_filter(open_page, axe):
    page = open_page(f"{VIEW}&embed=true", 900)
    assert not page.get_by_test_id("stSidebar").count() and not page.get_by_role("navigation").count()
    assert f" in {AREA}: {home.firms(home.DS[-1], home.LEADING[0])}" in statement(page)
    unroll(page)
    assert home.SAID["licences"][-1]["text"] in main(page).inner_text() and axe(page) == ""


def test_on_paper_it_stands_on_light_ground_even_for_those_who_read_in_the_dark(open_page, axe):
    page = open_page(f"{VIEW}&print=1", 900, "dark")
    page.wait_for_url("**embed_options=light_theme**")
    wait_until_settled(page)
    page.get_by_role("button", name="Print this page").wait_for()
    assert ground_of(page) == "rgb(255, 255, 255)"
    assert not page.get_by_test_id("stSidebar").count() and not page.get_by_test_id("stPlotlyChart").count()
    assert len(main(page).get_by_role("img").all()) >= 4 and len(main(page).get_by_role("table").all()) >= 2
    unroll(page)
    assert axe(page) == ""


def test_a_file_that_cannot_be_made_is_told_wherever_its_button_stands(start, open_page, axe, tmp_path):
    broken = "import sys\nsys.path.insert(0, '.')\nfrom cluster_data.model import words\n"
    broken += "from cluster_data.exports import workbook\n"
    broken += (
        "def file_of(asked): raise ValueError('no room for the file')\nworkbook.file_of = words.safe_csv = file_of\n"
    )
    (tmp_path / "sitecustomize.py").write_text(broken)
    server = start(PYTHONPATH=str(tmp_path))
    page = open_page(VIEW, base=server.url)
    told = page.get_by_role("alert").filter(has_text="could not be made")
    tray = open_tray(page)
    tray.get_by_role("button", name=workbook.LABEL).click()
    expect(told).to_be_visible()
    expect(tray.get_by_test_id("stDownloadButtonError")).to_have_count(0, timeout=9000)
    expect(told).to_be_visible()
    assert "no room for the file" in server.tail(400) and axe(page) == ""
    assert download(tray, pdf.LABEL)
    expect(told).to_have_count(0)
    page.keyboard.press("Escape")
    main(page).locator("summary").first.click()
    main(page).get_by_role("button", name="Download as CSV").first.click()
    expect(told).to_be_visible()
    page.get_by_role("button", name="Close", exact=True).click()
    expect(told).to_have_count(0)
    server.stop()
