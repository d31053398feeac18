"""What no browser sends: broken, foreign, oversized, or meant to leave something on the server."""

import random
from contextlib import closing, suppress

import pytest
from websockets.exceptions import InvalidStatus

from tests.browser.test_serving import FRAMES, REQUESTS
from tests.faults.visitor import MANY, Socket, asks, dial, visiting

TIMES = 20
KB, MB = 1_024, 1_048_576
HEAD = b"Host: localhost\r\nConnection: close\r\n"
OVERSIZED = {
    "an address of 40 KB": (b"GET /Map?q=" + b"x" * 40 * KB + b" HTTP/1.1\r\n" + HEAD + b"\r\n", {414}),
    "an address of 5 MB": (b"GET /" + b"x" * 5 * MB + b" HTTP/1.1\r\n" + HEAD + b"\r\n", {400, 414}),
    "a header of 5 MB": (b"GET / HTTP/1.1\r\n" + HEAD + b"X-A: " + b"x" * 5 * MB + b"\r\n\r\n", {400, 431}),
    "5,000 headers": (b"GET / HTTP/1.1\r\n" + HEAD + b"X-A: y\r\n" * 5_000 + b"\r\n", {400, 431}),
    "100 headers": (b"GET / HTTP/1.1\r\n" + HEAD + b"X-A: y\r\n" * 100 + b"\r\n", {431}),
    "a cookie of 30 KB, 4 times": (
        b"GET / HTTP/1.1\r\n" + HEAD + (b"Cookie: a=" + b"y" * 30 * KB + b"\r\n") * 4 + b"\r\n",
        {400, 431},
    ),
    "a body of 20 MB": (
        b"POST / HTTP/1.1\r\n" + HEAD + b"Content-Length: %d\r\n\r\n" % (20 * MB) + b"z" * 20 * MB,
        {405, 413},
    ),
    "an endless body in pieces": (
        b"POST / HTTP/1.1\r\n"
        + HEAD
        + b"Transfer-Encoding: chunked\r\n\r\n"
        + (b"8000\r\n" + b"z" * 32_768 + b"\r\n") * 600,
        {405, 413},
    ),
    "an upload of 20 MB": (
        b"PUT /_stcore/upload_file/a/b HTTP/1.1\r\n"
        + HEAD
        + b"Content-Length: %d\r\n\r\n" % (20 * MB)
        + b"z" * 20 * MB,
        {404, 413},
    ),
    "an upload of 900 bytes": (
        b"PUT /_stcore/upload_file/a/b HTTP/1.1\r\n" + HEAD + b"Content-Length: 900\r\n\r\n" + b"z" * 900,
        {404},
    ),
}
FOREIGN = ["evil.test", "localhost.evil.test", "localhost@evil.test", "evil.test:443", "127.0.0.1.evil.test", ""]


def answer(url, sent):
    """What the other end says to these bytes, until it closes or falls silent."""
    got = b""
    with closing(dial(url, MANY, timeout=0.5)) as line:
        with suppress(OSError):
            line.sendall(sent)
        with suppress(OSError):
            while piece := line.recv(65_536):
                got += piece
    return got


def status(got):
    """The status of an answer; nothing if the other end just closed."""
    return int(got[9:12]) if got.startswith(b"HTTP/1.") else None


def ended(url, says):
    """The code with which a socket is closed after this message."""
    with closing(Socket(url, MANY)) as line:
        with suppress(OSError):
            line.send(says)
        return line.code()


def places(site):
    """The proxy, and a replica past it."""
    return [site.url, site.replica(site.ports[0])]


def test_requests_that_are_none(site, fault):
    with fault(site, f"{len(REQUESTS)} kinds of broken requests and random bytes, by the proxy and past it") as told:
        noise = random.Random(7)
        broken = [one for kind, one in REQUESTS.items() if kind not in ("broken cookie", "old", "foreign host")]
        broken += [noise.randbytes(noise.randrange(1, 3_000)) for _ in range(30)]
        broken += [one + b"\r\n\r\n" for one in broken[-15:]]
        answers = [status(answer(place, one)) for place in places(site) for one in broken]
        told.happened = f"{len(answers)} sent, answered with {sorted({one for one in answers if one})} or nothing"
    assert {one for one in answers if one} <= {400, 404, 405, 411, 413, 414, 431, 501}


@pytest.mark.parametrize("what", OVERSIZED)
def test_requests_that_are_too_large(site, fault, what):
    sent, allowed = OVERSIZED[what]
    with fault(site, f"{what}, {TIMES} times, by the proxy and past it") as told:
        answers = {status(answer(place, sent)) for place in places(site) for _ in range(TIMES)}
        told.happened = f"refused with {sorted(one for one in answers if one) or 'nothing'}"
    assert answers - {None} <= allowed


def stuffed(count, size):
    """A message with many widgets that are none."""
    message = asks("/Map")
    for number in range(count):
        message.rerun_script.widget_states.widgets.add(id=f"$$ID-{number}-x", string_value="v" * size)
    return message


MESSAGES = FRAMES | {
    "text of 100 KB": "x" * 100_000,
    "random bytes": random.Random(1).randbytes(5_000),
    "widgets of 1 MB": stuffed(100, 10_000).SerializeToString(),
    "a message of 20 MB": b"x" * 20 * MB,
}


def test_messages_that_are_none(site, fault):
    with fault(site, f"{len(MESSAGES)} kinds of broken, forbidden and oversized messages, {TIMES} times") as told:
        codes = {ended(place, says) for place in places(site) for says in MESSAGES.values() for _ in range(TIMES)}
        told.happened = f"each closed its own socket, with {sorted(code for code in codes if code)}"
    assert codes <= {1002, 1003, 1006, 1009, None}


def frame(first, second, rest=b""):
    """The bytes of a frame."""
    return bytes([first, second]) + rest


RAW = {
    "an unmasked frame": frame(0x82, 5, b"hello"),
    "a frame of 2^63 bytes": frame(0x82, 0xFF, b"\x7f" + b"\xff" * 7 + b"mask"),
    "a reserved kind": frame(0x8B, 0x80, b"mask"),
    "reserved bits": frame(0xF2, 0x80, b"mask"),
    "a long ping": frame(0x89, 0xFE, b"\x10\x00mask" + b"x" * 4_096),
    "a piece of nothing": frame(0x80, 0x80, b"mask"),
    "endless pieces": frame(0x02, 0x81, b"maskx") + frame(0x00, 0xFE, b"\xff\xffmask" + b"x" * 65_535) * 100,
    "half a frame": frame(0x82, 0xFE, b"\x10\x00mask" + b"x" * 10),
    "a close that is none": frame(0x88, 0x81, b"maskx"),
}


def test_frames_that_are_none(site, fault):
    with fault(site, f"{len(RAW)} kinds of malformed frames, {TIMES} times, by the proxy and past it") as told:
        for place in places(site):
            for sent in list(RAW.values()) * TIMES:
                with closing(Socket(place, MANY)) as line, suppress(OSError):
                    line.line.settimeout(0.2)
                    line.line.sendall(sent)
                    line.code()
        told.happened = "each closed its own socket or waited for the rest"


def test_widgets_that_are_none(site, fault):
    with fault(site, "messages of 100 KB with 2,500 widgets that no page has, 200 in all") as told:
        sent = stuffed(2_500, 10).SerializeToString()
        for _ in range(20):
            with closing(Socket(site.url, MANY)) as line:
                for _ in range(10):
                    line.send(sent)
                line.recv()
        told.happened = f"{len(sent):,} bytes each were heard, and nothing came of them"


def test_requests_of_files_that_are_none(site, fault):
    asked = [{"deferred_file": {"file_id": name}} for name in ("", "x" * 100_000, "../../etc/passwd", "a\nb")]
    asked += [{"dataframe_chunk": {"source_id": name, "offset": 2**63, "limit": 2**31}} for name in ("", "x", "a\nb")]
    with fault(site, f"{len(asked)} kinds of requests for files and rows that are not there") as told:
        with visiting(site.url, "/Map", MANY) as (visit, view):
            answers = [visit.ask(session, **one) for session in (view.session, "", "x") for one in asked * 3]
        told.happened = "told that there is none"
    assert all(one.error_msg or not one.WhichOneof("payload") for one in answers)


def test_foreign_hosts_and_origins(site, fault):
    with fault(site, "foreign hosts and origins, by the proxy and past it") as told:
        pages, refused = set(), set()
        for place in places(site):
            for name in FOREIGN:
                request = b"GET /Map HTTP/1.1\r\nConnection: close\r\nHost: %s\r\n\r\n" % name.encode()
                pages.add(status(answer(place, request)))
            for origin in ("http://evil.test", f"{place}.evil.test", "null", f"{place}/", place.upper()):
                with pytest.raises(InvalidStatus) as said:
                    Socket(place, MANY, origin)
                refused.add(said.value.response.status_code)
        told.happened = f"pages refused with {sorted(pages)}, sockets with {sorted(refused)}"
    assert (pages, refused) == ({400}, {403})
