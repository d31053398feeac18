"""Load on paper and the crowd's own rules: what visitors take, and what counts as an error."""

import asyncio
from collections import Counter

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosedError, InvalidStatus
from websockets.frames import Close
from websockets.http11 import Response

from bench import crowd as crowds
from bench.crowd import Crowd, Line, Refused, Tally, kind_of
from bench.load import at
from bench.paper import Costs, needs
from bench.visitor import Run, failure, key_of

COSTS = Costs(
    replica_seconds=0.06,
    proxy_seconds=0.003,
    replica_megabytes=200,
    visitor_megabytes=0.5,
    open_bytes=1_500_000,
    change_bytes=50_000,
)


def test_what_three_thousand_visitors_take_as_worked_out_by_hand():
    """10 arrive and 150 choose in a second; at 60 % of a core each, 0.06 s a run make 16 replicas, 0.003 s one core."""
    taken = needs(3_000, COSTS)
    assert (taken.runs, taken.replicas, taken.cores) == (160, 16, 17)
    assert taken.gigabytes == pytest.approx((16 * 200 + 3_000 * 0.5) / 1024)
    assert taken.megabits == pytest.approx((10 * 1.5 + 150 * 0.05) * 1.1 * 8)


def test_cheap_runs_do_not_put_more_views_on_a_replica_than_it_takes():
    cheap = Costs(0.0001, 0.0001, 100, 0, 0, 0)
    assert needs(30_000, cheap).replicas == 15
    assert needs(1, cheap).replicas == 1


def test_a_share_of_runs_ends_within():
    runs = [Run(seconds, 0, ()) for seconds in (5.0, 1.0, 2.0, 4.0, 3.0)]
    assert (at(0.5, runs), at(0.95, runs)) == (3.0, 5.0)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (InvalidStatus(Response(429, "Too Many Requests", Headers())), "429"),
        (ConnectionClosedError(Close(1012, "restart"), None), "1012"),
        (ConnectionClosedError(None, None), "closed"),
        (TimeoutError(), "60 s"),
        (ConnectionRefusedError(111, "Connect call failed ('127.0.0.1', 1)"), "ConnectionRefused"),
        (Refused("HTTP 502 at /Areas"), "502"),
    ],
)
def test_errors_of_a_kind_are_counted_together_and_told_from_others(error, says):
    assert says in kind_of(error)


def test_what_a_page_shows_of_errors_counts_also_where_the_run_ends_well():
    shown = ForwardMsg()
    shown.delta.new_element.exception.type = "KeyError"
    tally = Tally()
    tally.note(tally.changed, Run(0.1, 10, tuple(failure(shown))))
    tally.note(tally.changed, Run(0.1, 10, ()))
    assert len(tally.changed) == 2
    assert list(tally.errors.values()) == [1]
    assert "KeyError" in next(iter(tally.errors))


@pytest.mark.parametrize(("widget", "key"), [("$$ID-0f3-choose org", "choose org"), ("$$ID-0f3-None", ""), ("", "")])
def test_a_widget_is_known_by_the_key_that_the_script_gave_it(widget, key):
    assert key_of(widget) == key


# ---- HTTP -----------------------------------------------------------------


ANSWERS = {
    "/good": b"HTTP/1.1 200 OK\r\nSet-Cookie: replica=ab; Path=/; Secure\r\nContent-Length: 3\r\n\r\nyes",
    "/in_parts": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nye\r\n1\r\ns\r\n0\r\n\r\n",
    "/bad": b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n",
    "/cut": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nye",
}


def asked(monkeypatch, *paths):
    """What a line brings of some paths, one after the other by one connection; what its jar holds then."""

    async def serve(reader, writer):
        while head := await reader.readline():
            while await reader.readline() != b"\r\n":
                pass
            path = head.split()[1].decode()
            writer.write(ANSWERS[path])
            if path == "/cut":
                break
        writer.close()

    async def ask():
        jar = {}
        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            async with Line(f"https://127.0.0.1:{port}", jar) as line:
                return [await line.get(path) for path in paths], jar

    monkeypatch.setattr(crowds, "ANY_CERTIFICATE", None)
    return asyncio.run(ask())


def test_one_connection_brings_several_answers_and_keeps_cookies(monkeypatch):
    assert asked(monkeypatch, "/good", "/in_parts", "/good") == ([b"yes"] * 3, {"replica": "ab"})


@pytest.mark.parametrize("path", ["/bad", "/cut"])
def test_an_answer_that_is_an_error_or_not_whole_is_a_failure(monkeypatch, path):
    with pytest.raises(crowds.FAILURES):
        asked(monkeypatch, path)


def test_a_visitor_who_finds_nobody_counts_as_an_error_and_tries_again(monkeypatch):
    async def visit():
        crowd = Crowd("https://127.0.0.1:1", pause=(0.01, 0.01))
        await crowd.grow(2, 0.2)
        await crowd.leave()
        return crowd.tally

    tally = asyncio.run(visit())
    assert tally.errors.keys() == Counter(["no connection: ConnectionRefusedError"]).keys()
    assert tally.errors.total() > 2
    assert not tally.opened
