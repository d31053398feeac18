"""Two replicas behind nginx with TLS, as deploy/up --try serves them: one dies, all restart (tests/faults has more)."""

import os
import signal
import time

import pytest

from bench.browser import until
from tests.browser.screen import PATIENCE, download, main, rows_of_csv, statement, wait_until_settled
from tests.replicas import MISSING, Site

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not on this machine: {', '.join(MISSING)}")

CONNECTED = """() => document.querySelector('[data-testid="stApp"]')?.dataset.testConnectionState === "CONNECTED" """
LIST = "/Organisations?d=Data&area=Coventry"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("site"))
    site.start()
    yield site
    site.call("down")


@pytest.fixture
def open_view(browser, site):
    """Opens a view as a new visitor who takes the certificate as it is."""
    with browser.new_context(ignore_https_errors=True, reduced_motion="reduce", locale="en-GB") as context:

        def opened(path):
            page = context.new_page()
            page.goto(site.url + path)
            wait_until_settled(page)
            return page

        yield opened


def seen(page):
    return page.url, page.title(), statement(page), main(page).inner_text()


def wait_until_back(page):
    until(page, CONNECTED, None, PATIENCE)
    wait_until_settled(page)


def test_a_view_moves_to_the_other_replica_when_its_own_is_killed_under_load(site, open_view):
    page = open_view(LIST)
    before, port = seen(page), site.serving()
    process = site.process(port)
    with site.asked_all_the_while():
        os.kill(process, signal.SIGKILL)
        until(page, f"() => !({CONNECTED})()", None, PATIENCE)
        wait_until_back(page)
    assert seen(page) == before
    assert rows_of_csv(download(page, "Download as CSV"))

    while site.process(port) == process or not site.answers(site.replica(port)):
        time.sleep(0.2)
    assert rows_of_csv(download(page, "Download as CSV"))


def test_a_file_is_found_on_whichever_replica_made_it(site, open_view):
    page = open_view(LIST)
    page.context.clear_cookies()
    for _ in range(6):
        assert rows_of_csv(download(page, "Download as CSV"))
        page.context.clear_cookies()


def test_restarting_one_replica_after_the_other_loses_no_view_and_no_request(site, open_view):
    page = open_view(LIST)
    before, processes = seen(page), [site.process(port) for port in site.ports]
    with site.asked_all_the_while():
        site.call("restart")
    wait_until_back(page)
    assert seen(page) == before
    assert not set(processes) & {site.process(port) for port in site.ports}
