"""Clients that are slow, that fall silent, or that only take up room."""

import resource
import time
from contextlib import ExitStack, closing, suppress

import pytest
from websockets.exceptions import InvalidStatus

from tests.faults.visitor import BAD, GONE, MANY, Socket, asks, dial

THOUSAND = 1_000
HEAVY = b"GET /static/js/%s HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: identity\r\n\r\n"
START = b"GET /Map?d=Data HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
CLOSED_WITHIN = 15


@pytest.fixture(autouse=True, scope="module")
def room_for_sockets():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 4 * THOUSAND:
        pytest.skip(f"this machine allows {hard} open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture
def lines():
    """Opens many connections from one address; all are closed in the end."""
    with ExitStack() as stack:

        def opened(url, count):
            return [stack.enter_context(closing(dial(url, BAD))) for _ in range(count)]

        yield opened


def still_open(lines):
    """Those of some connections that the other end has not closed."""
    found = []
    for line in lines:
        line.settimeout(0.01)
        try:
            if line.recv(65_536):
                found.append(line)
        except TimeoutError:
            found.append(line)
        except OSError:
            pass
    return found


def test_requests_that_come_byte_by_byte(site, fault, lines):
    with fault(site, "200 requests sent byte by byte, without end") as told:
        slow, end = lines(site.url, 200), time.monotonic() + CLOSED_WITHIN
        for line in slow:
            line.sendall(START)
        while (left := still_open(slow)) and time.monotonic() < end:
            for line in left:
                with suppress(OSError):
                    line.sendall(b"x")
            time.sleep(0.3)
        told.happened = f"the proxy closed {200 - len(left)} within {CLOSED_WITHIN} s"
    assert not left


@pytest.mark.parametrize("begun", [b"", START], ids=["nothing", "half a request"])
def test_connections_that_fall_silent(site, fault, lines, begun):
    with fault(site, f"{THOUSAND} connections that send {len(begun)} bytes of a request and fall silent") as told:
        silent, end = lines(site.url, THOUSAND), time.monotonic() + 45
        for line in silent:
            line.sendall(begun)
        while (left := still_open(silent)) and time.monotonic() < end:
            time.sleep(1)
        told.happened = f"the proxy closed {THOUSAND - len(left)} of them"
    assert not left


def test_readers_that_do_not_read(site, fault, lines):
    name = next(part for part in site.read(f"{site.url}/Map").split('"') if "DeckGlJsonChart" in part and ".js" in part)
    with fault(site, "200 clients that ask for the largest file 20 times and read nothing") as told:
        for line in lines(site.url, 200):
            line.sendall(HEAVY % name.rpartition("/")[2].encode() * 20)
        time.sleep(25)
        told.happened = "the proxy gave up on them"


def test_half_open_requests_of_a_replica_itself(site, fault, lines):
    with fault(site, "500 half requests sent to one replica past the proxy") as told:
        for line in lines(site.replica(site.ports[0]), 500):
            line.sendall(START)
        time.sleep(3)
        told.happened = "they stay open, as SECURITY.md says, and harm nobody"


def sockets_of_one(site, count, stack):
    """Opens sockets from one address; the statuses with which some were refused."""
    refused = []
    for _ in range(count):
        try:
            stack.enter_context(closing(Socket(site.url, BAD)))
        except InvalidStatus as said:
            refused.append(said.response.status_code)
    return refused


def test_idle_sockets(site, fault):
    with fault(site, f"{THOUSAND} idle sockets from one address, that answer no ping") as told, ExitStack() as stack:
        refused = sockets_of_one(site, THOUSAND, stack)
        time.sleep(5)
        told.happened = f"{len(refused)} were refused; visitors from elsewhere came in all the while"
    assert len(refused) < THOUSAND / 10


def test_more_sockets_than_one_address_may_have(site, fault):
    with fault(site, "1,600 sockets from one address") as told, ExitStack() as stack:
        refused = sockets_of_one(site, 1_600, stack)
        told.happened = f"{len(refused)} were refused with {sorted(set(refused))}; others came in all the while"
    assert set(refused) == {429}


def test_visitors_that_ask_and_do_not_read(site, fault):
    with fault(site, "30 sockets that ask for views without pause and read nothing") as told, ExitStack() as stack:
        asked = asks("/Map").SerializeToString()
        lines = [stack.enter_context(closing(Socket(site.url, MANY))) for _ in range(30)]
        sent, end = 0, time.monotonic() + 20
        while time.monotonic() < end:
            for line in lines:
                line.line.settimeout(0.05)
                try:
                    line.send(asked)
                    sent += 1
                except GONE:
                    pass
            time.sleep(0.1)
        told.happened = f"{sent} were sent; they were paced, and visitors had their turn"
