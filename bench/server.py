"""Start and stop Streamlit servers of our own, each on a free port of this machine only."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
APP = ROOT / "app.py"
SERVE = ROOT / "serve.py"
BARE = ROOT / "bench" / "pages" / "bare.py"
ONE_BAR = ROOT / "bench" / "pages" / "one_bar.py"
DASH = ROOT / "bench" / "pages" / "dash_page.py"
START_LIMIT = 60.0
PAGES = (
    "/",
    "/Map",
    "/Four_Ds",
    "/Challenges",
    "/Find_support",
    "/Connections",
    "/Areas",
    "/Growth",
    "/Invest",
)


class NothingToMeasureError(Exception):
    """A server did not come up, or a page shows an error instead of itself."""


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, its process, and when that was started."""

    url: str
    process: subprocess.Popen[bytes]
    started: float
    log: Path

    @property
    def pid(self) -> int:
        return self.process.pid


@contextmanager
def serve(script: Path, environment: dict[str, str] | None = None) -> Iterator[Server]:
    """Serve a script until the block ends. The app runs in the root, a baseline in its own folder."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        log = Path(folder) / "server.log"
        started = time.perf_counter()
        settings = {"CLUSTER_PORT": str(port), "CLUSTER_LISTEN": "127.0.0.1"} if script == SERVE else {}
        process = launch(command(script, port), script.parent, log, settings | (environment or {}))
        server = Server(f"http://127.0.0.1:{port}", process, started, log)
        try:
            yield server
        finally:
            stop(process)


def command(script: Path, port: int) -> list[str]:
    """The command line that serves a script, quiet and local; serve.py takes settings, the Dash page only its port."""
    if script == SERVE:
        return [sys.executable, script.name]
    if script == DASH:
        return [sys.executable, script.name, str(port)]
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", script.name, *flags]


def launch(arguments: list[str], folder: Path, log: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a process with its output in a log file."""
    with log.open("wb") as out:
        return subprocess.Popen(
            arguments, cwd=folder, env={**os.environ, **environment}, stdout=out, stderr=subprocess.STDOUT
        )


def wait_until_up(server: Server, path: str) -> None:
    """Return once the path answers; raise with the server's log if it ends or takes too long."""
    end = time.perf_counter() + START_LIMIT
    while time.perf_counter() < end:
        if server.process.poll() is not None:
            raise NothingToMeasureError(f"The server ended at once:\n{tail(server.log)}")
        if answers(server.url + path):
            return
        time.sleep(0.02)
    raise NothingToMeasureError(f"No answer within {START_LIMIT:.0f} s:\n{tail(server.log)}")


@contextmanager
def running(script: Path, environment: dict[str, str] | None = None) -> Iterator[Server]:
    """Serve a script and wait until the server answers."""
    with serve(script, environment) as server:
        wait_until_up(server, "/" if script == DASH else "/_stcore/health")
        yield server


def answers(url: str) -> bool:
    """Does the address answer with success?"""
    try:
        with urllib.request.urlopen(url, timeout=2) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process, firmly if it does not go when asked."""
    process.terminate()
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def tail(log: Path, lines: int = 20) -> str:
    """The last lines of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
