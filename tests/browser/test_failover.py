"""Two replicas behind nginx with TLS, as deploy/up --try serves them: one dies, all restart, code and pack change."""

import os
import shutil
import signal
import time
from json import loads
from pathlib import Path

import pytest

from bench.browser import until
from tests.browser.screen import PATIENCE, ROOT, download, main, rows_of_csv, statement, wait_until_settled
from tests.replicas import MISSING, START_LIMIT, Site

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


def test_another_version_takes_over_without_a_lost_view(site, open_view, tmp_path):
    page = open_view(LIST)
    before = seen(page)
    other = tmp_path / "other"
    shutil.copytree(ROOT, other, symlinks=True, ignore=shutil.ignore_patterns(".git", ".venv", ".*_cache", ".run"))
    (other / ".venv").symlink_to(Path(ROOT, ".venv").resolve())
    answers = other / "cluster_data" / "serving" / "site.py"
    answers.write_text(answers.read_text().replace('"ok\\n"', '"ok, other version\\n"'))
    with site.asked_all_the_while():
        site.call("up", code=other)
    wait_until_back(page)
    assert seen(page) == before
    assert {site.read(f"{site.replica(port)}/healthz") for port in site.ports} == {"ok, other version\n"}
    site.call("up")


def test_a_pack_is_changed_on_all_replicas_under_load(site, tmp_path):
    pack = shutil.copytree(ROOT / "data", tmp_path / "pack")
    about = pack / "pack.toml"
    about.write_text(about.read_text().replace('\nname = "', '\nname = "Another: ', 1))
    names = [set(), set()]
    with site.asked_all_the_while():
        site.call("pack", pack)
        end = time.monotonic() + START_LIMIT
        while not all(any(name.startswith("Another: ") for name in found) for found in names):
            assert time.monotonic() < end
            for found, port in zip(names, site.ports, strict=True):
                found.add(loads(site.read(f"{site.replica(port)}/readyz"))["pack"])
    assert all("Another: " in site.read(f"{site.url}/") for _ in range(10))
