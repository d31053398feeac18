"""A well-behaved visitor without a browser: opens views through the proxy as a browser does, and takes their files."""

import socket
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.client import ClientProtocol
from websockets.exceptions import WebSocketException
from websockets.frames import Opcode
from websockets.protocol import State
from websockets.uri import parse_uri

from bench.visitor import ENDS, failure
from tests.replicas import ANY_CERTIFICATE

GOOD, BAD = "127.0.0.7", "127.0.66.0"  # where visitors come from, and where what harms them does
MANY = "many addresses"
_strangers = cycle(f"127.0.66.{number}" for number in range(1, 255))
STREAM = "/_stcore/stream"
SAID = {"heading": "body", "markdown": "body", "alert": "body"}
ANSWER_WITHIN = 15.0
GONE = (OSError, HTTPException, WebSocketException)


def dial(url, source=GOOD, timeout=ANSWER_WITHIN):
    """A connection from an address of this machine, or from another each time, to the proxy or to a replica."""
    parts = urlsplit(url)
    source = next(_strangers) if source == MANY else source
    line = socket.create_connection(("127.0.0.1", parts.port), timeout=timeout, source_address=(source, 0))
    return ANY_CERTIFICATE.wrap_socket(line, server_hostname="localhost") if parts.scheme == "https" else line


def get(url, path, source=GOOD):
    """Status, headers and body of what is answered for a path."""
    with closing(dial(url, source)) as line:
        asked = HTTPConnection(urlsplit(url).netloc)
        asked.sock = line
        asked.request("GET", path)
        answer = asked.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


class Socket:
    """A socket of the app, as simple as can be: pings are answered while something is waited for."""

    def __init__(self, url, source=GOOD, origin=None, path=STREAM):
        """Open it; InvalidStatus says with which status it was refused."""
        self.line, self.heard = dial(url, source), []
        self.protocol = ClientProtocol(
            parse_uri(url.replace("http", "ws", 1) + path), origin=origin or url, max_size=None
        )
        self.protocol.send_request(self.protocol.connect())
        self.flush()
        while self.protocol.state is State.CONNECTING and not self.protocol.handshake_exc:
            self.hear()
        if self.protocol.handshake_exc:
            self.close()
            raise self.protocol.handshake_exc

    def flush(self):
        """Send what is to be sent."""
        for data in self.protocol.data_to_send():
            self.line.sendall(data)

    def hear(self):
        """Take in what has come; fail if the other end has closed."""
        data = self.line.recv(65_536)
        self.protocol.receive_data(data) if data else self.protocol.receive_eof()
        self.heard += [
            one.data for one in self.protocol.events_received() if getattr(one, "opcode", 0) == Opcode.BINARY
        ]
        self.flush()
        if not data and not self.protocol.handshake_exc and not self.heard:
            raise ConnectionResetError(f"closed with code {self.protocol.close_code}")

    def send(self, data):
        """Send a message: bytes, or text."""
        self.protocol.send_binary(data) if isinstance(data, bytes) else self.protocol.send_text(data.encode())
        self.flush()

    def recv(self):
        """The next message."""
        while not self.heard:
            self.hear()
        return self.heard.pop(0)

    def code(self):
        """The code with which the other end closes it; a TimeoutError if it does not."""
        try:
            while True:
                self.recv()
        except TimeoutError:
            raise
        except OSError:
            return self.protocol.close_code

    def close(self):
        """Leave without a word, as a laptop that is shut."""
        self.line.close()


def asks(path, url="https://localhost"):
    """What a browser sends that asks for the view of an address."""
    page, _, query = path.strip("/").partition("?")
    message = BackMsg()
    message.rerun_script.page_name, message.rerun_script.query_string = page, query
    message.rerun_script.context_info.url = f"{url}/{page}"
    return message


@dataclass
class View:
    """What a visitor sees: its texts in order; and what can be asked for next."""

    texts: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    tray: str = ""
    page: str = ""
    session: str = ""

    def note(self, message):
        """Take in one message of the server."""
        self.faults += failure(message)
        kind = message.WhichOneof("type")
        if kind in ("new_session", "navigation"):
            self.page = getattr(message, kind).page_script_hash
            self.session = message.new_session.initialize.session_id or self.session
        elif kind == "delta" and message.delta.WhichOneof("type") == "add_block":
            self.tray = message.delta.add_block.popover.id or self.tray
        elif kind == "delta":
            self.note_element(message.delta.new_element)

    def note_element(self, element):
        """Take in one part of the page."""
        kind = element.WhichOneof("type")
        if kind in SAID:
            self.texts.append(getattr(element, kind).body)
        elif kind == "download_button":
            self.files[element.download_button.label] = element.download_button.deferred_file_id


class Visit:
    """One open view."""

    def __init__(self, line, url, path):
        self.line, self.url, self.path = line, url, path

    def run(self, message):
        """The view that comes of a message."""
        self.line.send(message.SerializeToString())
        view, end = View(), time.monotonic() + ANSWER_WITHIN
        while time.monotonic() < end:
            answer = ForwardMsg.FromString(self.line.recv())
            view.note(answer)
            if answer.WhichOneof("type") == "script_finished" and answer.script_finished in ENDS:
                return view
        raise TimeoutError(self.path)

    def opened_tray(self, view):
        """The view with all ways to take it away."""
        message = asks(self.path, self.url)
        message.rerun_script.page_script_hash = view.page
        message.rerun_script.widget_states.widgets.add(id=view.tray, bool_value=True)
        return self.run(message)

    def ask(self, session, **what):
        """The answer to a request of a file or of rows."""
        request = {"session_id": session, "request_id": "1"} | what
        self.line.send(BackMsg(backend_operation_request=request).SerializeToString())
        while True:
            answer = ForwardMsg.FromString(self.line.recv())
            if answer.WhichOneof("type") == "backend_operation_response":
                return answer.backend_operation_response


@contextmanager
def visiting(url, path, source=GOOD):
    """A visitor who has opened a view, with what is seen there."""
    status, _, page = get(url, path, source)
    assert (status, b'<div id="root">' in page) == (200, True), f"{path} answered {status}"
    with closing(Socket(url, source)) as line:
        visit = Visit(line, url, path)
        yield visit, visit.run(asks(path, url))


def seen(url, path, source=GOOD):
    """The texts of a view; what went wrong in it is a fault."""
    with visiting(url, path, source) as (_, view):
        assert not view.faults and view.texts, (path, view.faults)
        return view.texts


def all_files(url, path):
    """Every file that a view offers, by its label: its headers and what it holds."""
    with visiting(url, path) as (visit, view):
        opened = visit.opened_tray(view)
        asked = {
            label: visit.ask(view.session, deferred_file={"file_id": name}) for label, name in opened.files.items()
        }
        assert asked and not any(answer.error_msg for answer in asked.values())
        return {label: get(url, answer.deferred_file.url)[1:] for label, answer in asked.items()}


class Looking:
    """Visitors who open views all the while. As browsers do, they try again when a connection breaks."""

    def __init__(self, url, paths, most=2):
        self.url, self.paths, self.most = url, paths, most
        self.as_before = {path: [seen(url, path)] for path in paths}
        self.waits, self.lost, self.again, self.done = [], [], 0, threading.Event()

    def look(self, path):
        """Open a view until it is there; how long that took is noted, and whether it is another than before."""
        begun, found = time.monotonic(), None
        while found is None:
            try:
                found = seen(self.url, path)
            except (*GONE, AssertionError) as gone:
                self.again += 1
                if time.monotonic() - begun > ANSWER_WITHIN:
                    self.lost.append(f"{path}: {gone!r}")
                    return
                time.sleep(0.2)
        self.waits.append(time.monotonic() - begun)
        if found not in self.as_before[path]:
            self.lost.append(f"{path} is another: {[text for text in found if text not in self.as_before[path][0]]}")

    def look_on(self, number):
        """Open one view after another until told to stop."""
        while not self.done.is_set():
            self.look(self.paths[(number + len(self.waits)) % len(self.paths)])
            self.done.wait(0.3)

    def wait_for(self, count):
        """Return once so many views were opened, or lost."""
        while len(self.waits) < count and not self.lost:
            time.sleep(0.1)

    @contextmanager
    def all_the_while(self):
        """Visitors look while the block runs, and once more after it."""
        looking = [threading.Thread(target=self.look_on, args=[number]) for number in range(self.most)]
        for one in looking:
            one.start()
        try:
            yield self
        finally:
            self.done.set()
            for one in looking:
                one.join()
            for path in self.paths:
                self.look(path)
