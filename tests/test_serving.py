"""Serving: what comes in and what does not, what every answer carries, previews of links, compression, health."""

import asyncio
import base64
import gzip
import hashlib
import logging
import os
import re
import subprocess
import sys
import time
from dataclasses import fields
from html import unescape
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.websockets import WebSocket

from bench import server
from bench.server import free_port
from bench.visitor import visiting
from cluster_data import views
from cluster_data.input.faults import Fault
from cluster_data.model.page_files import questions
from cluster_data.serving import assets, headers, logs, previews, shell, site, sockets
from cluster_data.serving.figures import Figures
from cluster_data.serving.leaving import Leaving
from cluster_data.serving.settings import BadSetting, Settings, settings_of
from tests.asgi import HOST, ORIGIN, ask, scope_of, talk

ROOT = Path(__file__).parents[1]
PUBLIC = "https://dashboard.example.org"
WIRE = sockets.Wire(lambda data: data.startswith(b"good"), lambda data: data == b"good", lambda data: data == b"end")
TOKEN = "a-token-of-enough-signs"


async def streamlit(scope, receive, send):
    """Stands for Streamlit: answers every path that comes through, takes every socket and notes what it hears."""
    if scope["type"] == "http":
        await PlainTextResponse("from the app")(scope, receive, send)
        return
    await receive()
    await send({"type": "websocket.accept"})
    while True:
        message = await receive()
        scope["met"].got.append(message)
        if message["type"] == "websocket.disconnect":
            return
        await send({"type": "websocket.send", "bytes": b"end"})


def served(cluster=None, faults=(), **chosen):
    """The site with this data in it, and the app that serves it."""
    made = site.Site(Settings(**chosen), lambda: (cluster, faults), WIRE)
    asyncio.run(made.data.refresh())
    made.data.asked = float("inf")
    return made, Starlette(routes=[*made.routes(), Mount("/", streamlit)], middleware=made.middleware())


@pytest.fixture(scope="module")
def app(cluster):
    return served(cluster)[1]


# ---- settings -------------------------------------------------------------


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CLUSTER_PORT", "http"),
        ("CLUSTER_PORT", "0"),
        ("CLUSTER_PORT", "٣"),
        ("CLUSTER_HOSTS", "https://dashboard.example.org"),
        ("CLUSTER_HOSTS", "a b;c"),
        ("CLUSTER_HOSTS", "a,,b."),
        ("CLUSTER_ADDRESS", "dashboard.example.org"),
        ("CLUSTER_ADDRESS", "https://example.org/dashboard"),
        ("CLUSTER_ADDRESS", "https://user@example.org"),
        ("CLUSTER_ADDRESS", "https://[::1"),
        ("CLUSTER_ADDRESS", "https://example.org:port"),
        ("CLUSTER_EMBEDDERS", "www.example.org"),
        ("CLUSTER_EMBEDDERS", "none, https://www.example.org"),
        ("CLUSTER_EMBEDDERS", "https://example.org; script-src *"),
        ("CLUSTER_HSTS", "-1"),
        ("CLUSTER_METRICS", "secret"),
        ("CLUSTER_METRICS", "on"),
        ("CLUSTER_SESSIONS", "many"),
        ("CLUSTER_LISTEN", "*"),
        ("STREAMLIT_SERVER_BASE_URL_PATH", "dashboard"),
    ],
)
def test_a_setting_that_cannot_be_obeyed_is_refused_in_words(variable, value):
    with pytest.raises(BadSetting) as refused:
        settings_of({variable: value})
    assert variable in str(refused.value) and "It must be " in str(refused.value)


def test_settings_are_read_and_what_is_empty_is_as_by_default():
    assert settings_of({"CLUSTER_HOSTS": " ", "CLUSTER_PORT": ""}) == Settings()
    chosen = settings_of({"CLUSTER_ADDRESS": f"{PUBLIC}/", "CLUSTER_EMBEDDERS": "self, https://*.example.org:8443"})
    assert chosen.address == PUBLIC and chosen.answers_to("dashboard.example.org")
    assert chosen.embedders == ("'self'", "https://*.example.org:8443")


def test_every_setting_is_in_the_readme():
    told = (ROOT / "README.md").read_text()
    assert [one.metadata["variable"] for one in fields(Settings) if f"`{one.metadata['variable']}`" not in told] == []


# ---- who and what comes in ------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/upload_file/session/file",
        "/_stcore/agent/interact",
        "/_stcore/agent/mcp",
        "/_stcore/agent/openapi.json",
        "/Map/_stcore/agent/interact",
        "/_stcore/metrics",
        "/_stcore/script-health-check",
        "/_stcore/bidi-components/any/file.js",
        "/component/any/index.html",
        "/app/static/file.html",
        "/oauth2callback/x",
        "/manifest.json",
        "/index.html",
        "/static/js/gone.12345678.js",
        "/static/../app.py",
        "/media/../../etc/passwd",
        "//example.org",
        "/Map/_stcore/health",
        "/\ufffd",
        "/Map\x00",
        "/Karte\n",
        "/Größe",
    ],
)
@pytest.mark.parametrize("method", ["GET", "PUT", "POST"])
def test_what_no_page_needs_is_not_there(app, path, method):
    answer = ask(app, path, method=method, raw_path=path.encode())
    assert answer.status in (404, 405) and "from the app" not in answer.text
    assert method != "GET" or answer.status == 404


@pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/host-config", f"/media/{'0a' * 28}.png"])
def test_what_pages_need_of_streamlit_comes_through(app, path):
    assert ask(app, path).text == "from the app"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"])
def test_the_dashboard_can_only_be_read(app, method):
    assert ask(app, "/Map", method=method).status == 405


@pytest.mark.parametrize(
    "header", [(b"content-length", b"5"), (b"transfer-encoding", b"chunked"), (b"Content-Length", b"x")]
)
def test_bodies_are_refused(app, header):
    assert ask(app, "/Map", header).status == 413
    assert ask(app, "/Map", (b"content-length", b"0")).status == 200


def test_addresses_and_headers_have_their_limits(app):
    assert ask(app, f"/Map?q={'x' * 8_000}").status == 200
    assert ask(app, f"/Map?q={'x' * 40_000}").status == 414
    assert ask(app, "/Map", *[(b"x-%d" % n, b"y") for n in range(100)]).status == 431
    assert ask(app, "/Map", (b"cookie", b"y" * 80_000)).status == 431


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("dashboard.example.org", True),
        ("Dashboard.Example.ORG:443", True),
        ("dashboard.example.org.", True),
        ("localhost:8501", True),
        ("[::1]:8501", True),
        ("example.org", False),
        ("evil-dashboard.example.org", False),
        ("dashboard.example.org.evil.test", False),
        ("dashboard.example.org@evil.test", False),
        ("evil.test#dashboard.example.org", False),
        ("dashboard.example.org:port", False),
        ("", False),
    ],
)
def test_only_its_own_hosts_are_answered(cluster, host, known):
    app = served(cluster, address=PUBLIC)[1]
    answer = ask(app, "/Map", host=(b"host", host.encode()))
    assert answer.status == (200 if known else 400)
    assert asyncio.run(talk(app, headers=[(b"host", host.encode()), (b"origin", PUBLIC.encode())])).accepted == known


def test_two_hosts_are_none(app):
    assert ask(app, "/Map", (b"host", b"localhost")).status == 400


def test_a_name_below_may_be_allowed_and_probes_need_no_name(cluster):
    app = served(cluster, hosts=("*.example.org",))[1]
    assert ask(app, "/", host=(b"host", b"a.b.example.org")).status == 200
    assert ask(app, "/", host=(b"host", b"example.org")).status == 400
    assert [ask(app, path, host=(b"host", b"10.0.0.9:8501")).status for path in ("/healthz", "/readyz")] == [200, 200]


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=60),
    st.binary(max_size=80),
    st.lists(st.tuples(st.binary(max_size=12), st.binary(max_size=40)), max_size=4),
)
def test_whatever_is_asked_there_is_an_answer(app, path, query, more):
    answer = ask(app, "/", *more, path=f"/{path}", raw_path=path.encode("utf-8", "replace"), query_string=query)
    assert answer.status < 500 and "content-security-policy" in answer.headers


# ---- sockets --------------------------------------------------------------


@pytest.mark.parametrize(
    "origin",
    [
        b"https://evil.test",
        b"http://localhost:3000",
        b"null",
        b"",
        b"http://localhost",
        b"file://",
        b"//localhost:8501",
    ],
)
def test_pages_of_others_open_no_socket(app, origin):
    met = asyncio.run(talk(app, headers=[HOST, *([(b"origin", origin)] if origin else [])]))
    assert (met.accepted, met.status) == (False, 403)


def test_own_pages_do_also_behind_a_proxy_that_ends_tls(cluster):
    app = served(cluster, address=PUBLIC)[1]
    inner = [(b"host", b"localhost:8501"), (b"origin", PUBLIC.encode())]
    outer = [(b"host", b"dashboard.example.org"), (b"origin", PUBLIC.encode())]
    assert all(asyncio.run(talk(app, headers=which)).accepted for which in (inner, outer, [HOST, ORIGIN]))


@pytest.mark.parametrize("path", ["/", "/stream", "/Map", "/_stcore/stream/", "/Map/_stcore/stream"])
def test_sockets_are_at_one_place(app, path):
    assert asyncio.run(talk(app, path=path)).status == 404


@pytest.mark.parametrize(
    ("says", "code"), [("text", 1003), (b"bad", 1002), (b"", 1002), (b"good" + b"x" * sockets.LARGEST_MESSAGE, 1009)]
)
def test_what_is_no_message_of_the_app_closes_the_socket(app, says, code):
    met = asyncio.run(talk(app, b"good", says, b"good"))
    assert met.closed == code
    assert [message["type"] for message in met.got] == ["websocket.receive", "websocket.disconnect"]


def test_what_comes_too_fast_waits(cluster, monkeypatch):
    made, app = served(cluster)
    waited = []

    async def asleep(seconds):
        waited.append(seconds)

    monkeypatch.setattr(sockets.asyncio, "sleep", asleep)
    many = sockets.MESSAGES_AT_ONCE + 10
    met = asyncio.run(talk(app, *[b"good"] * many))
    assert len(met.got) == many + 1 and len(waited) == 10 == made.figures.slowed
    assert waited == sorted(waited) and waited[-1] > 1
    assert made.figures.runs == many


@pytest.mark.parametrize(("ends", "seconds"), [(True, 0.0), (False, 0.2)])
def test_a_view_runs_again_once_its_run_before_has_ended_or_has_had_its_time(monkeypatch, ends, seconds):
    monkeypatch.setattr(sockets, "RUN_ENDS_WITHIN", 0.2)

    async def said():
        return {"type": "websocket.receive", "bytes": b"good"}

    async def heard(_message):
        pass

    async def waited():
        line = sockets.Talk(said, heard, Figures(), WIRE)
        await line.receive()
        begun, again = asyncio.get_running_loop().time(), asyncio.create_task(line.receive())
        await asyncio.sleep(0)
        assert not again.done()
        if ends:
            await line.send({"type": "websocket.send", "bytes": b"end"})
        await again
        return asyncio.get_running_loop().time() - begun

    assert seconds <= asyncio.run(waited()) < seconds + 0.15


def test_a_farewell_to_one_who_has_left_is_no_fault(cluster):
    async def twice_closed(scope, receive, send):
        line = WebSocket(scope, receive, send)
        await line.accept()
        await line.close()
        await line.close()

    made = site.Site(Settings(), lambda: (cluster, ()), WIRE)
    app = Starlette(routes=[Mount("/", twice_closed)], middleware=made.middleware())
    assert asyncio.run(talk(app)).accepted and made.figures.sessions == 0


def test_a_bucket_refills_as_time_goes():
    bucket = sockets.Bucket(2, 0.5)
    assert [bucket.wait(now) for now in (10, 10, 10, 12, 20, 20, 20)] == [0, 0, 2, 2, 0, 0, 2]


def test_one_address_cannot_take_every_place():
    visitors = sockets.Visitors(Settings(sessions=5, sessions_per_address=3))

    def comes(peer, now):
        refused = visitors.refusal(peer, now)
        if not refused:
            visitors.open[peer] += 1
        return refused[0] if refused else 200

    assert [comes("a", 1.0) for _ in range(4)] == [200, 200, 200, 429]
    assert [comes(peer, 1.0) for peer in "bcd"] == [200, 200, 503]
    for _ in range(3):
        visitors.left("a")
    assert comes("a", 1.5) == 429, "opening and closing without end"
    assert comes("a", 30.0) == 200
    assert "a" in visitors.open and visitors.open.total() == 3


def test_a_room_behind_one_router_is_let_in():
    visitors = sockets.Visitors(Settings())
    for _ in range(300):
        assert visitors.refusal("203.0.113.7", 1.0) is None
        visitors.open["203.0.113.7"] += 1


def test_sockets_that_close_are_forgotten(cluster):
    made, app = served(cluster, sessions=1)
    assert [asyncio.run(talk(app, b"good")).accepted for _ in range(3)] == [True] * 3
    assert (made.figures.sessions, made.figures.opened) == (0, 3)


@pytest.mark.parametrize(
    ("client", "peer"),
    [
        (("203.0.113.7", 1), "203.0.113.7"),
        (("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::"),
        (("::ffff:203.0.113.7", 1), "203.0.113.7"),
        (("fe80::1%eth0", 1), "fe80::"),
        (("", 0), ""),
        (None, ""),
    ],
)
def test_who_a_socket_belongs_to(client, peer):
    assert sockets.peer_of(scope_of("websocket", "/", [], client=client)) == peer


# ---- headers --------------------------------------------------------------


def test_every_answer_carries_the_headers(app):
    for target in ("/", "/Map", "/nothing/here", "/healthz", "/_stcore/health", "/favicon.png", "/static/js/gone.js"):
        found = ask(app, target).headers
        assert found["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in found["content-security-policy"]
        assert "unsafe-eval'" not in found["content-security-policy"].replace("wasm-unsafe-eval'", "")
        assert "camera=()" in found["permissions-policy"] and found["referrer-policy"] == "same-origin"
        assert found["cross-origin-opener-policy"] == "same-origin"
        assert "strict-transport-security" not in found


def test_headers_follow_the_settings(cluster):
    app = served(cluster, hsts=31_536_000, embedders=("'self'", "https://www.example.org"))[1]
    found = ask(app, "/").headers
    assert found["strict-transport-security"] == "max-age=31536000"
    assert found["content-security-policy"].endswith("frame-ancestors 'self' https://www.example.org")
    assert "x-frame-options" not in found
    assert ask(served(cluster, embedders=("'none'",))[1], "/").headers["x-frame-options"] == "DENY"


def test_scripts_in_the_page_are_allowed_by_what_they_say(app):
    answer = ask(app, "/Map?q=<script>alert(1)</script>&d=</title><script>alert(2)</script>")
    inline = headers.INLINE_SCRIPT.findall(answer.text)
    sums = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline]
    assert inline and all(f"'sha256-{one}'" in answer.headers["content-security-policy"] for one in sums)
    assert not any("alert" in script for script in inline)


# ---- previews -------------------------------------------------------------


def tags(text):
    """Title and tags of a page, as a reader of the link sees them."""
    pairs = re.findall(r'<meta (?:name|property)="([\w:]+)" content="([^"]*)">', text)
    return {
        "title": unescape(re.search("<title>(.*?)</title>", text)[1]),
        **{name: unescape(value) for name, value in pairs},
    }


@pytest.mark.parametrize("page", questions())
def test_a_link_tells_its_finding_and_its_filter(app, cluster, page):
    area = "Dunmere"
    told = tags(ask(app, f"/{page}?area={area}").text)
    assert told["title"] == f"{page.replace('_', ' ')} · Northmark health robots" == told["og:title"]
    found = views.opened(page, cluster, {"area": [area]}).page if views.has_view(page) else None
    finding = found.draft.title if found else questions()[page]
    assert told["description"].startswith(finding.rstrip(".")[:100])
    assert area in told["description"] or (found and found.everywhere)
    assert told["og:description"] == told["description"] and told["twitter:card"]


def test_a_preview_costs_one_run_of_its_page_at_most(app, cluster, monkeypatch):
    runs = []
    monkeypatch.setattr(previews, "opened", lambda *asked: runs.append(asked) or views.opened(*asked))
    for _ in range(3):
        ask(app, "/Four_Ds?d=Robotics&area=Birkwick")
    assert len(runs) == 1


def test_without_scripts_a_link_leads_to_the_plain_page(app):
    told = re.search("<noscript>.*?</noscript>", ask(app, "/Four_Ds?area=Dunmere").text)[0]
    way = unescape(re.search('href="([^"]+)"', told)[1])
    assert way == "/plain/Four_Ds?area=Dunmere" and ask(app, way).status == 200


def test_a_profile_is_told_by_its_name(app, cluster):
    record = cluster.records.iloc[0]
    assert tags(ask(app, f"/Organisations?org={record['id']}").text)["title"].startswith(f"{record['name']} · ")
    moved = cluster.table("redirects").iloc[0]
    names = cluster.records.set_index("id")["name"]
    assert tags(ask(app, f"/Organisations?org={moved['old_id']}").text)["title"].startswith(f"{names[moved['id']]} · ")
    assert tags(ask(app, "/Organisations?org=nobody").text)["title"].startswith("Organisations · ")


def test_links_name_the_public_address_where_it_is_set(cluster, app):
    text = ask(served(cluster, address=PUBLIC)[1], "/Map?area=Dunmere&embed=true&q=a%22b").text
    told = tags(text)
    assert told["og:url"] == f"{PUBLIC}/Map?area=Dunmere&q=a%22b"
    assert f'<link rel="canonical" href="{PUBLIC}/Map?area=Dunmere&amp;q=a%22b">' in text
    assert told["og:image"].startswith(PUBLIC)
    assert ask(app, told["og:image"].removeprefix(PUBLIC)).headers["content-type"] == "image/png"
    assert "og:url" not in tags(ask(app, "/Map").text)


EVIL = st.sampled_from(
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title>", "\\1", "]]>", "\x00", "%", "é", "&"]
)


@settings(max_examples=60, deadline=None)
@given(
    key=st.sampled_from(["d", "area", "kind", "role", "stage", "status", "q", "org", "match", "x"]),
    value=st.lists(EVIL, max_size=4),
    raw=st.booleans(),
)
def test_nothing_in_an_address_becomes_part_of_the_page(app, key, value, raw):
    text = "".join(value)
    query = f"{key}={text}" if raw and text.isascii() else urlencode({key: text})
    page = ask(app, "/Organisations", query_string=query.encode("utf-8")).text
    plain = ask(app, "/Organisations").text
    assert page.count("<") == plain.count("<") and page.count(">") == plain.count(">")


def test_what_is_long_or_broken_is_not_repeated(cluster):
    for query in ("q=" + "x" * 5_000, "&".join(f"d={n}" for n in range(500)), "d=%ff%zz", "=&&=;", "q=" + "y" * 100):
        told = previews.preview(cluster, "Map", query, PUBLIC)
        assert len(told.description) < 300 and "xxx" not in told.description and "yyy" not in told.description


def test_before_the_data_is_read_a_link_tells_its_question():
    assert tags(ask(served()[1], "/Map?area=Dunmere").text)["description"] == questions()["Map"]


def test_a_page_that_is_not_there_is_told_so_and_slashes_lead_on(app):
    assert ask(app, "/Nowhere").status == 404 and '<div id="root">' in ask(app, "/Nowhere").text
    led = ask(app, "/Map/?d=Arms&q=%0d%0aX")
    assert (led.status, led.headers["location"]) == (308, "/Map?d=Arms&q=%0d%0aX")
    assert ask(app, "/plain/Map/?d=Arms").headers["location"] == "/plain/Map?d=Arms"
    assert ask(app, "/api/v1/organisations/").status == 200
    assert ask(app, "//elsewhere.example/").status == 404


# ---- what pages load ------------------------------------------------------


def test_a_page_names_the_code_it_draws_with(app):
    plotly = re.compile(r'<link rel="modulepreload"[^>]* href="\./static/js/PlotlyChart\.[\w-]+\.js">')
    assert plotly.search(ask(app, "/Four_Ds").text) and not plotly.search(ask(app, "/").text)
    for page in questions():
        named = re.findall(r'(?:href|src)="\./(static/[^"]+)"', ask(app, f"/{page}").text)
        assert len(named) == len(set(named))
        assert [file for file in named if not (assets.streamlit_files() / file).is_file()] == []


def test_the_page_needs_no_manifest(tmp_path):
    (tmp_path / "index.html").write_text("<title>x</title>")
    assert shell.Shell(tmp_path).needed("Map") == []


@pytest.fixture(scope="module")
def compressed(tmp_path_factory):
    """A folder as Streamlit's, what is made of it, and the app that serves it."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("target")
    for name, text in (("js/index.AAAAAAAA.js", "let a = 1;" * 20_000), ("media/font.AAAAAAAA.woff2", "font")):
        (source / "static" / name).parent.mkdir(parents=True, exist_ok=True)
        (source / "static" / name).write_text(text)
    assert assets.compress(source, target) == 2 and assets.compress(source, target) == 0
    return source, target, assets.StoredFiles(streamlit, source, target)


@pytest.mark.parametrize(
    ("accept", "how", "unpack"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip;q=1.0, br;q=0", "gzip", gzip.decompress),
        ("*", "br", brotli.decompress),
        ("deflate", "", bytes),
        ("br;q=0.000, *;q=0", "", bytes),
        ("", "", bytes),
    ],
)
def test_files_go_as_small_as_the_browser_takes_them(compressed, accept, how, unpack):
    source, _, app = compressed
    path = "/static/js/index.AAAAAAAA.js"
    answer = ask(app, path, (b"accept-encoding", accept.encode()))
    assert answer.headers.get("content-encoding", "") == how and answer.headers["vary"] == "Accept-Encoding"
    assert unpack(answer.body) == (source / path[1:]).read_bytes()
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert (
        answer.headers["content-type"].startswith("text/javascript") and "immutable" in answer.headers["cache-control"]
    )
    head = ask(app, path, (b"accept-encoding", accept.encode()), method="HEAD")
    assert head.body == b"" and head.headers == answer.headers
    again = ask(app, path, (b"accept-encoding", accept.encode()), (b"if-none-match", answer.headers["etag"].encode()))
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", answer.headers["etag"])


def test_forms_of_a_file_differ_in_their_tag_and_files_that_are_not_there_are_not(compressed):
    app = compressed[2]
    found = {
        ask(app, "/static/js/index.AAAAAAAA.js", (b"accept-encoding", how)).headers["etag"]
        for how in (b"br", b"gzip", b"")
    }
    assert len(found) == 3
    assert "vary" not in ask(app, "/static/media/font.AAAAAAAA.woff2", (b"accept-encoding", b"br")).headers
    assert [ask(app, f"/static/{path}").status for path in ("js/index.BBBBBBBB.js", "../static", "", "js/")] == [
        404
    ] * 4


def test_without_compressed_files_they_go_as_they_are(compressed, tmp_path):
    app = assets.StoredFiles(streamlit, compressed[0], tmp_path)
    answer = ask(app, "/static/js/index.AAAAAAAA.js", (b"accept-encoding", b"br"))
    assert "content-encoding" not in answer.headers and len(answer.body) == 200_000


# ---- health ---------------------------------------------------------------


def test_it_is_ready_once_good_data_is_read(cluster):
    assert ask(served()[1], "/readyz").status == 503 and ask(served()[1], "/healthz").status == 200
    fault = Fault("a.csv", "x.", "Mend it.")
    answer = ask(served(cluster, (fault,))[1], "/readyz")
    assert answer.status == 200
    assert (
        '"faults":1' in answer.text
        and cluster.pack.as_of.isoformat() in answer.text
        and cluster.pack.name in answer.text
    )


def test_the_data_is_read_beside_the_requests_and_not_once_for_each(cluster):
    times = []

    def read():
        times.append(1)
        return cluster, ()

    async def run():
        made = site.Site(Settings(), read, WIRE)
        async with made.lifespan(None):
            await asyncio.sleep(0)
            await asyncio.gather(*(made.data.refresh() for _ in range(20)))
            while made.data.cluster is None:
                await asyncio.sleep(0.01)
            await made.data.refresh()

    asyncio.run(run())
    assert len(times) == 1


def test_figures_are_for_those_who_may_read_them(cluster):
    here, away = {"client": ("127.0.0.1", 1)}, {"client": ("203.0.113.7", 1)}
    assert ask(served(cluster)[1], "/metrics", **here).status == 404
    local = served(cluster, metrics="loopback", hosts=("*",))[1]
    assert ask(local, "/metrics", **here).status == 200
    assert ask(local, "/metrics", **away).status == 404
    assert ask(local, "/metrics", (b"x-forwarded-for", b"203.0.113.7"), **here).status == 404
    assert ask(local, "/metrics", host=(b"host", b"dashboard.example.org"), **here).status == 404
    secret = served(cluster, metrics=TOKEN)[1]
    assert [
        ask(secret, "/metrics", (b"authorization", shown), **away).status
        for shown in (b"Bearer " + TOKEN.encode(), b"Bearer x", b"\xff")
    ] == [200, 404, 404]


def test_figures_are_as_prometheus_reads_them(cluster):
    made, app = served(cluster, metrics=TOKEN)
    ask(app, "/Map"), ask(app, "/gone/gone")
    made.figures.ran(0.07), made.figures.ran(3.0)
    text = ask(app, "/metrics", (b"authorization", f"Bearer {TOKEN}".encode())).text
    line = re.compile(r"(# (HELP|TYPE) \w+ .+|\w+(\{\w+=\"[^\"]*\"\})? -?[\d.e+]+)")
    assert [one for one in text.splitlines() if not line.fullmatch(one)] == []
    for told in (
        'cluster_answers_total{status="2xx"} 1',
        'cluster_refusals_total{reason="404"} 1',
        'cluster_run_seconds_bucket{le="0.1"} 1',
        'cluster_run_seconds_bucket{le="5"} 2',
        'cluster_run_seconds_bucket{le="+Inf"} 2',
        "cluster_run_seconds_count 2",
        "cluster_sessions 0",
        "cluster_pack_faults 0.0",
        f"cluster_pack_age_days {float((site.today() - cluster.pack.as_of).days)}",
    ):
        assert told in text.splitlines()
    assert Figures().text({}).count("# TYPE cluster_run_seconds histogram") == 1


# ---- the log --------------------------------------------------------------


def test_the_log_says_a_thing_a_few_times_a_minute():
    now = [0.0]
    seldom = logs.Seldom(lambda: now[0])
    records = [logging.makeLogRecord({"msg": "broken", "pathname": "a", "lineno": 1}) for _ in range(100)]
    assert sum(map(seldom.filter, records)) == logs.MOST_A_MINUTE
    assert seldom.filter(logging.makeLogRecord({"msg": "other", "pathname": "a", "lineno": 2}))
    now[0] = 61.0
    assert seldom.filter(records[0])


# ---- a server of its own --------------------------------------------------


def test_files_leave_a_minute_later_unless_they_are_used_again_or_many_follow():
    now = [0.0]
    leaving = Leaving(lambda: now[0])
    assert leaving.gone("one") == leaving.gone("two") == []
    leaving.stays("one")
    now[0] = 61.0
    assert leaving.gone("three") == ["two"]
    assert [name for number in range(100) for name in leaving.gone(f"file {number}")] == ["three"]


def test_a_file_can_be_fetched_after_others_were_served():
    """Only serve.py promises this: a crowd of runs ends between the making of a file and the request for it."""

    async def fetched(url):
        async with visiting(url) as visitor, visiting(url) as other:
            await visitor.open("/Organisations")
            path = await visitor.made(visitor.files[0])
            for _ in range(4):
                await other.go("/About")
        return await asyncio.to_thread(lambda: urlopen(url + path, timeout=20).read())

    with server.running(ROOT / "serve.py") as served_now:
        assert asyncio.run(fetched(served_now.url))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the limits of another process")
def test_a_server_that_is_given_few_descriptors_takes_all_that_it_may_have():
    import resource

    few = "import os, resource, sys; resource.setrlimit(resource.RLIMIT_NOFILE, (256, 4096)); "
    start = "os.execv(sys.executable, [sys.executable, 'serve.py'])"
    server = subprocess.Popen(
        [sys.executable, "-c", few + start],
        cwd=ROOT,
        env=os.environ | {"CLUSTER_PORT": str(free_port())},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 60
        while resource.prlimit(server.pid, resource.RLIMIT_NOFILE) != (4096, 4096):
            assert server.poll() is None
            assert time.monotonic() < end
            time.sleep(0.1)
    finally:
        server.kill()
        server.wait()


def test_a_file_that_is_asked_for_in_vain_is_not_in_the_log():
    class MediaFileStorageError(Exception):
        pass

    failed = MediaFileStorageError("x")
    failed.__cause__ = OSError("no room for the file")
    kinds = (MediaFileStorageError("x"), ValueError("x"), failed)
    records = [logging.makeLogRecord({"exc_info": (type(one), one, None)}) for one in kinds]
    assert [logs.of_a_file_that_is(record) for record in records] == [False, True, True]
