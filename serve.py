"""Serves the dashboard: guarded, compressed, with health and previews. Run with `python serve.py`.

The settings are environment variables: see README, "Serve it to others". `app` is an ASGI app for any other server.
"""

import os
import sys
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import memory_media_file_storage

from cluster_data.serving.descriptors import allow_more
from cluster_data.serving.leaving import Leaving
from cluster_data.serving.logs import keep_quiet
from cluster_data.serving.settings import BadSetting, settings_of
from cluster_data.serving.site import Reading, Site
from cluster_data.serving.sockets import LARGEST_MESSAGE, Wire

WELCOME = ("rerun_script", "stop_script", "app_heartbeat", "backend_operation_request")
ASKED_FOR = ("deferred_file", "dataframe_chunk")
LONGEST_END = 300
STOPS_AFTER = 5


def read() -> Reading:
    """The newest good data and the faults of its files as they are now."""
    from cluster_data.load import load_cluster

    loaded = load_cluster()
    return loaded.cluster, loaded.faults


def welcome(data: bytes) -> bool:
    """Whether a browser may send this message: others would clear the caches of all visitors, or write files."""
    try:
        message = BackMsg.FromString(data)
    except DecodeError:
        return False
    kind = message.WhichOneof("type")
    asked = message.backend_operation_request.WhichOneof("payload")
    return kind in WELCOME and (kind != "backend_operation_request" or asked in ASKED_FOR)


def asks_run(data: bytes) -> bool:
    """Whether this message asks for a run of the app."""
    return BackMsg.FromString(data).WhichOneof("type") == "rerun_script"


def ends_run(data: bytes) -> bool:
    """Whether this message tells the browser that a run has ended."""
    return len(data) < LONGEST_END and ForwardMsg.FromString(data).WhichOneof("type") == "script_finished"


class KeptFiles(memory_media_file_storage.MemoryMediaFileStorage):
    """As Streamlit's own store of files, but what it deletes can be fetched for a while."""

    def __init__(self, media_endpoint: str) -> None:
        """An empty store."""
        super().__init__(media_endpoint)
        self.leaving = Leaving()

    def load_and_get_id(self, *file: Any, **more: Any) -> str:
        """Take a file in; one that was about to go stays."""
        name = super().load_and_get_id(*file, **more)
        self.leaving.stays(name)
        return name

    def delete_file(self, file_id: str) -> None:
        """Let a file go later, and those whose time has come."""
        for name in self.leaving.gone(file_id):
            super().delete_file(name)


# Streamlit has no setting for its store; it looks there when it makes one.
memory_media_file_storage.MemoryMediaFileStorage = KeptFiles
try:
    settings = settings_of(os.environ)
except BadSetting as bad:
    sys.exit(str(bad))
keep_quiet()
site = Site(settings, read, Wire(welcome, asks_run, ends_run))
app = st.App(
    Path(__file__).with_name("app.py"), routes=site.routes(), middleware=site.middleware(), lifespan=site.lifespan
)

if __name__ == "__main__":
    allow_more()
    sys.stdout.write(f"The dashboard is at http://{settings.listen}:{settings.port}. Ctrl+C stops it.\n")
    sys.stdout.flush()
    uvicorn.run(
        app,
        host=settings.listen,
        port=settings.port,
        ws="websockets-sansio",
        ws_max_size=LARGEST_MESSAGE,
        server_header=False,
        access_log=False,
        use_colors=False,
        timeout_graceful_shutdown=STOPS_AFTER,
    )
