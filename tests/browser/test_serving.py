"""A running server, in a browser and by raw sockets: pages within pages, a server that dies, requests that are none."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from bench.browser import until
from tests.browser.conftest import free_port, is_healthy
from tests.browser.screen import (
    PATIENCE,
    ROOT,
    main,
    press,
    question,
    statement,
    unfold,
    wait_until_settled,
)

CONNECTED = """() => document.querySelector('[data-testid="stApp"]')?.dataset.testConnectionState === "CONNECTED" """
STREAM = "/_stcore/stream"


# ---- in a browser ---------------------------------------------------------


def test_code_goes_over_the_line_compressed(context, server):
    page = context.request.get(f"{server}/Map").text()
    code = re.search(r'rel="modulepreload"[^>]* href="\./(\S*DeckGlJsonChart\S*)"', page)[1]
    heaviest = context.request.get(f"{server}/{code}", headers={"accept-encoding": "br"})
    assert heaviest.headers["content-encoding"] == "br" and int(heaviest.headers["content-length"]) < 1_000_000


@contextmanager
def site_that_embeds(folder, url):
    """Another site whose one page shows a view."""
    (folder / "index.html").write_text(f'<!doctype html><iframe title="view" width="900" height="700" src="{url}">')
    site = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=folder))
    threading.Thread(target=site.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{site.server_port}"
    finally:
        site.shutdown()
        site.server_close()


def test_those_may_embed_a_view_whom_the_settings_name(start, context, tmp_path):
    port = free_port()
    view = f"http://localhost:{port}/Areas?embed=true"
    with site_that_embeds(tmp_path, view) as named, site_that_embeds(tmp_path, view) as other:
        start(port, CLUSTER_EMBEDDERS=f"self, {named}")
        page = context.new_page()
        page.goto(named)
        expect(page.frame_locator("iframe").locator("h1")).to_be_visible(timeout=PATIENCE)
        page.goto(other)
        page.wait_for_timeout(3_000)
        assert page.frame_locator("iframe").get_by_test_id("stApp").count() == 0
        page.close()


def seen(page):
    """What a view shows: its address, and its words as far as they are unfolded."""
    return page.url, page.title(), statement(page), main(page).inner_text()


def asleep(page):
    """Let a page rest as that of a laptop that sleeps: none of its code runs; gives what wakes it."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})

    def wake():
        session.send("Page.setWebLifecycleState", {"state": "active"})
        session.detach()

    return wake


@pytest.mark.parametrize("sleeps", [False, True], ids=["page was open", "laptop slept"])
def test_a_view_comes_back_by_itself_after_its_server_was_killed(start, open_page, sleeps):
    first = start()
    page = open_page("/Challenges?challenge=C05&column=data&area=Coventry", base=first.url)
    press(page, "Add to my story")
    page.get_by_role("button", name="Take it out of my story").wait_for()
    unfold(page, "More choices")
    before = seen(page)
    wake = asleep(page) if sleeps else None
    first.process.send_signal(signal.SIGKILL)
    first.process.wait()
    if wake is None:
        until(page, f"() => !({CONNECTED})()", None, PATIENCE)
    again = start(urlsplit(first.url).port)
    if wake:
        wake()
        until(page, f"() => !({CONNECTED})()", None, PATIENCE)
    until(page, CONNECTED, None, PATIENCE)
    wait_until_settled(page)
    assert seen(page) == before
    page.get_by_role("button", name="Take it out of my story").wait_for()
    again.stop()


def test_the_bare_app_is_served_as_well(open_page, tmp_path):
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with (tmp_path / "log").open("wb") as log:
        bare = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        for _ in range(600):
            if is_healthy(f"http://localhost:{port}"):
                break
            threading.Event().wait(0.1)
        assert question("Areas") in main(open_page("/Areas", base=f"http://localhost:{port}")).inner_text()
    finally:
        bare.kill()
        bare.wait()


# ---- by raw sockets -------------------------------------------------------


def exchange(url, sent):
    """What comes back for these bytes, until the server closes or is silent for two seconds."""
    parts = urlsplit(url)
    with socket.create_connection((parts.hostname, parts.port), timeout=2) as line:
        line.sendall(sent)
        got = b""
        try:
            while piece := line.recv(65_536):
                got += piece
        except (TimeoutError, ConnectionResetError):
            pass
    return got


UPGRADE = b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
KEY = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
REQUESTS = {
    "no request": b"\x16\x03\x01\x02\x00\x01\x00",
    "no version": b"GET /\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "old": b"GET / HTTP/1.0\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.test\r\n\r\n",
    "foreign host": b"GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n",
    "whole address": b"GET http://evil.test/ HTTP/1.1\r\nHost: evil.test\r\n\r\n",
    "bad percent": b"GET /%zz%ff%00?d=%ff%zz&%=% HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "raw bytes": b"GET /\xff\xfe?\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "broken cookie": b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: =;;\xff=\x01; _streamlit_session=x.y.z\r\n\r\n",
    "long": b"GET /" + b"a" * 30_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "endless": b"GET /" + b"a" * 200_000,
    "upload": b"PUT /_stcore/upload_file/a/b HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n" + b"x" * 9,
    "large body": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\nx",
    "two lengths": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0",
    "climbing": b"GET /static/../../../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "no key": b"GET /_stcore/stream HTTP/1.1\r\nHost: localhost\r\n" + UPGRADE + b"\r\n",
    "bad key": b"GET /_stcore/stream HTTP/1.1\r\nHost: localhost\r\n" + UPGRADE + b"Sec-WebSocket-Key: \xff\r\n\r\n",
    "odd socket": b"GET /\xff%ff HTTP/1.1\r\nHost: localhost\r\n" + UPGRADE + KEY + b"\r\n",
    "odd protocol": b"GET /_stcore/stream HTTP/1.1\r\nHost: localhost\r\nOrigin: \xff\r\nCookie: \xff\r\n"
    + b"Sec-WebSocket-Protocol: ,,\xff,\r\n"
    + UPGRADE
    + KEY
    + b"\r\n",
}
FRAMES = {
    "text": "hello",
    "no message": b"\xff\xff\xff",
    "nothing": b"",
    "empty message": BackMsg().SerializeToString(),
    "clears all caches": BackMsg(clear_cache=True).SerializeToString(),
    "asks for git": BackMsg(load_git_info=True).SerializeToString(),
    "shuts down": BackMsg(debug_shutdown_runtime=True).SerializeToString(),
    "writes files": BackMsg(backend_operation_request={"install_skills": {}}).SerializeToString(),
    "too large": b"x" * 2_000_000,
}


@pytest.fixture(scope="module")
def attacked(start):
    """A server of its own, whose log is looked at."""
    return start()


@pytest.mark.parametrize("kind", REQUESTS)
def test_requests_that_are_none_are_refused_and_leave_no_traceback(attacked, kind):
    got = exchange(attacked.url, REQUESTS[kind])
    assert not got or re.match(rb"HTTP/1\.1 (4\d\d|200) ", got)
    assert (b" 200 " in got[:16]) == (kind == "broken cookie")
    assert b"Traceback" not in got and b"root:" not in got and b"uvicorn" not in got.lower()
    assert is_healthy(attacked.url)


@pytest.mark.parametrize("kind", FRAMES)
def test_messages_that_are_none_close_the_socket(attacked, kind):
    with connect(f"ws{attacked.url[4:]}{STREAM}", origin=attacked.url) as line:
        line.send(FRAMES[kind])
        with pytest.raises(ConnectionClosed) as closed:
            for _ in range(100):
                line.recv(timeout=10)
    assert closed.value.rcvd.code in (1002, 1003, 1009)
    assert is_healthy(attacked.url)


@pytest.mark.parametrize("origin", ["http://evil.test", "http://localhost:3000", "null", None])
def test_pages_of_others_open_no_socket(attacked, origin):
    with pytest.raises(InvalidStatus) as refused, connect(f"ws{attacked.url[4:]}{STREAM}", origin=origin):
        pass
    assert refused.value.response.status_code == 403


def test_after_all_this_the_log_is_short_and_names_no_visitor(attacked):
    for _ in range(50):
        exchange(attacked.url, REQUESTS["no request"])
    log = attacked.log.read_text()
    assert "Traceback" not in log and len(log.splitlines()) < 40
    assert re.findall(r"127\.0\.0\.1:\d+|::1", log) == []


def test_a_setting_that_cannot_be_obeyed_stops_the_start():

    ended = subprocess.run(
        [sys.executable, "serve.py"],
        cwd=ROOT,
        env={**os.environ, "CLUSTER_ADDRESS": "dashboard"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1
    assert "CLUSTER_ADDRESS" in ended.stderr and "Traceback" not in ended.stderr
