"""Replicas behind nginx with TLS, as `deploy/up --try` serves them: the dashboard's, or such of the bare page."""

import os
import random
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from bench.server import BARE, ROOT, START_LIMIT, NothingToMeasureError, stop
from bench.usage import memory, processor_seconds

SBIN = os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/sbin"])
MISSING = [name for name in ("nginx", "openssl") if not shutil.which(name, path=SBIN)]
ANY_CERTIFICATE = ssl.create_default_context()
ANY_CERTIFICATE.check_hostname = False
ANY_CERTIFICATE.verify_mode = ssl.CERT_NONE
CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


def is_free(port: int) -> bool:
    """Whether nobody listens at a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def free_row(count: int) -> int:
    """The first of some ports in a row, below those that the system gives to connections, on which nobody listens."""
    starts = (random.randrange(20_000, 30_000) for _ in range(1_000))
    return next(first for first in starts if all(is_free(first + more) for more in range(count)))


class Site:
    """What one `deploy/up --try` serves from a folder."""

    ready = "readyz"

    def __init__(self, run: Path, replicas: int = 2) -> None:
        """Ports for so many replicas and for the proxy; nothing is started yet."""
        self.run = run
        first = free_row(replicas + 2)
        self.ports = tuple(range(first, first + replicas))
        self.https = first + replicas + 1
        self.url = f"https://localhost:{self.https}"

    def command(self, script: str, *words: str, code: Path = ROOT) -> list[str]:
        """The command line of a script of deploy/ for this folder."""
        return [str(code / "deploy" / script), *words, "--try", "--run", str(self.run)]

    def call(self, script: str, *words: str, code: Path = ROOT) -> None:
        """Run a script of deploy/ to its end."""
        command = self.command(script, *words, code=code)
        subprocess.run(command, check=True, timeout=START_LIMIT * 2, stdout=subprocess.DEVNULL)

    def start(self, environment: dict[str, str] | None = None, command: list[str] | None = None) -> None:
        """Start all and wait until each answers."""
        ports = ("--port", str(self.https), "--first", str(self.ports[0]), "--replicas", str(len(self.ports)))
        self.keeper = subprocess.Popen(
            command or self.command("up", *ports),
            env=os.environ | (environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        end = time.monotonic() + START_LIMIT
        while not all(self.answers(url) for url in (self.url, *map(self.replica, self.ports))):
            if time.monotonic() > end:
                raise NothingToMeasureError("\n".join(log.read_text() for log in self.run.glob("*.log")))
            time.sleep(0.2)

    def replica(self, port: int) -> str:
        """Where a replica answers without the proxy."""
        return f"http://127.0.0.1:{port}"

    def answers(self, url: str) -> bool:
        """Whether all is ready there."""
        try:
            return self.read(f"{url}/{self.ready}") != ""
        except (OSError, HTTPException):
            return False

    def read(self, url: str) -> str:
        """What stands at an address."""
        context = ANY_CERTIFICATE if url.startswith("https") else None
        with urlopen(url, timeout=20, context=context) as answer:
            return answer.read().decode()

    def process(self, name: object) -> int:
        """The process of the replica at a port, or of the "proxy"."""
        return int((self.run / f"{name}.pid").read_text())

    def processor_seconds(self) -> tuple[float, float]:
        """Processor time since the start: of all replicas, and of nginx."""
        return (
            sum(processor_seconds(self.process(port)) for port in self.ports),
            sum(processor_seconds(pid) for pid in family(self.process("proxy"))),
        )

    def megabytes(self) -> float:
        """Resident memory of all replicas."""
        return sum(memory(self.process(port)).rss for port in self.ports)


class BareSite(Site):
    """The bare page, as Streamlit serves it, behind the same proxy."""

    ready = "_stcore/health"

    def start(self, environment: dict[str, str] | None = None, command: list[str] | None = None) -> None:
        """Lay out what the supervisor of `deploy/up --try` expects, and start that."""
        code = self.run / "current"
        code.mkdir(parents=True)
        for name, to in (("serve.py", BARE.with_name("serve_bare.py")), ("bare.py", BARE), (".venv", ROOT / ".venv")):
            (code / name).symlink_to(to)
        (self.run / "secret.env").write_text("STREAMLIT_SERVER_COOKIE_SECRET=of-the-benchmark\n")
        key, certificate = self.run / "self-signed.key", self.run / "self-signed.pem"
        made = ["openssl", "req", "-x509", *CURVE, "-subj", "/CN=bench", "-keyout", str(key), "-out", str(certificate)]
        subprocess.run(made, check=True, capture_output=True, env=os.environ | {"PATH": SBIN})
        words = [str(self.run), str(self.https), *map(str, self.ports)]
        super().start({"PATH": SBIN}, command or [sys.executable, str(ROOT / "deploy" / "trial.py"), *words])


def family(pid: int) -> list[int]:
    """A process and those that it has started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *map(int, children)]


@contextmanager
def serving(is_bare: bool, replicas: int) -> Iterator[Site]:
    """A site of the dashboard or of the bare page, until the block ends."""
    if MISSING:
        raise NothingToMeasureError(f"Load is measured behind nginx; not on this machine: {', '.join(MISSING)}.")
    with TemporaryDirectory(prefix="bench-") as folder:
        site = BareSite(Path(folder), replicas) if is_bare else Site(Path(folder), replicas)
        try:
            site.start()
            yield site
        finally:
            stop(site.keeper)
