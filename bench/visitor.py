"""A visitor without a browser: opens a page over Streamlit's own protocol and changes its filter.

It does what Streamlit's front end does: connects to `/_stcore/stream`, asks for a run of a page,
remembers the widgets that come back and what the app says the address is, and sends a widget's new
value with the address. Pictures and scripts are not fetched.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from bench.server import NothingToMeasureError

LISTS = ("multiselect", "button_group")
RUN_LIMIT = 120.0
ENDS = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR)


@dataclass(frozen=True)
class Widget:
    """A widget with a key: its id, its options, whether it takes a list and whether the browser keeps the address."""

    id: str
    options: tuple[str, ...]
    takes_list: bool
    is_bound: bool


@dataclass(frozen=True)
class Run:
    """One run of the script: seconds until it ended, bytes received, and what went wrong."""

    seconds: float
    bytes: int
    errors: tuple[str, ...]


@dataclass
class Visitor:
    """One open session; `visiting` opens and closes it."""

    url: str
    socket: ClientConnection
    widgets: dict[str, Widget] = field(default_factory=dict)
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    query: str = ""
    page_hash: str = ""
    session: str = ""
    cached: set[str] = field(default_factory=set)
    files: list[str] = field(default_factory=list)

    async def open(self, path: str = "/") -> Run:
        """Ask for a page, which must come without an error."""
        run = await self.go(path)
        if run.errors:
            raise NothingToMeasureError(f"{path} shows an error: {run.errors[0]}")
        return run

    async def go(self, path: str, query: str = "") -> Run:
        """Ask for a view, as a browser does that opens its address or is led there by a link of the app."""
        request = BackMsg()
        state = request.rerun_script
        state.is_history_navigation = bool(self.page_hash)
        state.page_name, state.query_string = path.strip("/"), query
        state.cached_message_hashes.extend(self.cached)
        self.query, self.chosen, self.widgets = query, {}, {}
        return await self._run(request)

    async def clear(self, key: str) -> Run:
        """Choose nothing in a widget that takes a list."""
        return await self.choose(key, ())

    async def choose(self, key: str, values: tuple[str, ...]) -> Run:
        """Give the widget bound to `key` these values."""
        self.widget(key)
        self.chosen[key] = values
        request = BackMsg()
        state = request.rerun_script
        if self.widget(key).is_bound:
            self.query = urlencode(self.chosen, doseq=True)
        state.query_string = self.query
        state.page_script_hash = self.page_hash
        state.cached_message_hashes.extend(self.cached)
        for name, wanted in self.chosen.items():
            widget = self.widget(name)
            new = state.widget_states.widgets.add(id=widget.id)
            if widget.takes_list:
                new.string_array_value.SetInParent()
                new.string_array_value.data.extend(wanted)
            else:
                new.string_value = wanted[0]
        return await self._run(request)

    def widget(self, key: str) -> Widget:
        if key not in self.widgets:
            raise NothingToMeasureError(f"No widget has the key {key!r}; there are {sorted(self.widgets)}.")
        return self.widgets[key]

    async def made(self, file: str) -> str:
        """Have a file made that the page offers; the path where it lies then."""
        request = BackMsg()
        asked = request.backend_operation_request
        asked.request_id, asked.session_id, asked.deferred_file.file_id = uuid4().hex, self.session, file
        await self.socket.send(request.SerializeToString())
        async with asyncio.timeout(RUN_LIMIT):
            while True:
                answer = ForwardMsg.FromString(await self.socket.recv(decode=False)).backend_operation_response
                if answer.request_id == asked.request_id:
                    if answer.error_msg:
                        raise NothingToMeasureError(f"The file was not made: {answer.error_msg}")
                    return answer.deferred_file.url

    async def _run(self, request: BackMsg) -> Run:
        """Send a request and read until its run has ended."""
        received = 0
        errors: list[str] = []
        request.rerun_script.context_info.url = self.url
        request.rerun_script.context_info.color_scheme = "light"
        begun = time.perf_counter()
        await self.socket.send(request.SerializeToString())
        async with asyncio.timeout(RUN_LIMIT):
            while True:
                data = await self.socket.recv(decode=False)
                received += len(data)
                message = ForwardMsg.FromString(data)
                if message.WhichOneof("type") == "script_finished" and message.script_finished in ENDS:
                    seconds = time.perf_counter() - begun
                    return Run(seconds, received, (*errors, *failure(message)))
                errors += failure(message)
                self._note(message)

    def _note(self, message: ForwardMsg) -> None:
        """Remember the page, the widgets and what the server need not send again."""
        if message.metadata.cacheable:
            self.cached.add(message.hash)
        kind = message.WhichOneof("type")
        if kind in ("new_session", "navigation"):
            self.page_hash = getattr(message, kind).page_script_hash
            if kind == "new_session":
                self.session, self.files = message.new_session.initialize.session_id, []
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._note_widget(message.delta.new_element)

    def _note_widget(self, element: Element) -> None:
        kind = element.WhichOneof("type")
        proto = getattr(element, kind) if kind else element
        bound = getattr(proto, "query_param_key", "")
        key = bound or key_of(getattr(proto, "id", ""))
        if key:
            self.widgets[key] = Widget(proto.id, options_of(proto), kind in LISTS, bool(bound))
        if kind == "download_button" and proto.deferred_file_id:
            self.files.append(proto.deferred_file_id)


@asynccontextmanager
async def visiting(url: str, **more: Any) -> AsyncIterator[Visitor]:
    """A visitor who is connected until the block ends; `more` is for the socket."""
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    protocol = [Subprotocol("streamlit")]
    line = connect(
        address,
        subprotocols=protocol,
        max_size=None,
        compression=None,
        ping_interval=None,
        open_timeout=RUN_LIMIT,
        proxy=None,
        origin=Origin(url),
        **more,
    )
    async with line as socket:
        yield Visitor(url, socket)


def key_of(widget: str) -> str:
    """The key that a script gave a widget, which stands at the end of the widget's id; empty if it gave none."""
    mark, _, key = widget.removeprefix("$$ID-").partition("-")
    return key if widget.startswith("$$ID-") and mark and key != "None" else ""


def options_of(proto: object) -> tuple[str, ...]:
    """The labels a widget offers."""
    options = getattr(proto, "options", ())
    return tuple(one if isinstance(one, str) else one.content for one in options)


def failure(message: ForwardMsg) -> list[str]:
    """What a message says went wrong, if anything."""
    kind = message.WhichOneof("type")
    if kind == "page_not_found":
        return [f"page not found: {message.page_not_found.page_name}"]
    if kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
        return ["the script does not compile"]
    if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
        shown = message.delta.new_element.exception
        return [": ".join(part for part in (shown.type, shown.message) if part)]
    return []
