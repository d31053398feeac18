"""Two replicas behind nginx with TLS, as deploy/up --try serves them, for tests that harm them."""

import os
import random
import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
START_LIMIT = 60.0
SBIN = os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/sbin"])
MISSING = [name for name in ("nginx", "openssl") if not shutil.which(name, path=SBIN)]
ANY_CERTIFICATE = ssl.create_default_context()
ANY_CERTIFICATE.check_hostname = False
ANY_CERTIFICATE.verify_mode = ssl.CERT_NONE


def is_free(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def free_row(count):
    """The first of some ports in a row, below those that the system gives to connections, on which nobody listens."""
    starts = (random.randrange(20_000, 30_000) for _ in range(1_000))
    return next(first for first in starts if all(is_free(first + more) for more in range(count)))


class Site:
    """What one deploy/up --try serves."""

    def __init__(self, run):
        self.run = run
        first = free_row(4)
        self.ports = (first, first + 1)
        self.https = first + 3
        self.url = f"https://localhost:{self.https}"

    def call(self, script, *words, code=ROOT):
        command = [code / "deploy" / script, *words, "--try", "--run", self.run]
        subprocess.run(command, check=True, timeout=START_LIMIT * 2, stdout=subprocess.DEVNULL)

    def start(self, **environment):
        command = [ROOT / "deploy" / "up", "--try", "--run", self.run, "--port", str(self.https)]
        subprocess.Popen(
            [*command, "--first", str(self.ports[0])],
            env=os.environ | {"CLUSTER_METRICS": "loopback"} | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        end = time.monotonic() + START_LIMIT
        while not (self.answers(self.url) and all(self.answers(self.replica(port)) for port in self.ports)):
            assert time.monotonic() < end, "\n".join(log.read_text() for log in self.run.glob("*.log"))
            time.sleep(0.2)

    def replica(self, port):
        return f"http://127.0.0.1:{port}"

    def answers(self, url):
        try:
            return self.read(f"{url}/readyz") != ""
        except (URLError, OSError):
            return False

    def read(self, url):
        context = ANY_CERTIFICATE if url.startswith("https") else None
        with urlopen(url, timeout=20, context=context) as answer:
            return answer.read().decode()

    def process(self, port):
        return int((self.run / f"{port}.pid").read_text())

    def serving(self):
        """The port of the one replica that holds a view."""
        held = [port for port in self.ports if "\ncluster_sessions 1\n" in self.read(f"{self.replica(port)}/metrics")]
        assert len(held) == 1
        return held[0]

    @contextmanager
    def asked_all_the_while(self):
        """Ask for pages, without pause, and fail if one was not given."""
        failed, done, times = [], threading.Event(), []

        def ask():
            while not done.is_set():
                try:
                    times.append(len(self.read(f"{self.url}/Areas?d=Data")))
                except (HTTPError, URLError, HTTPException, OSError) as fault:
                    failed.append(repr(fault))

        asking = [threading.Thread(target=ask) for _ in range(2)]
        for one in asking:
            one.start()
        yield
        done.set()
        for one in asking:
            one.join()
        assert not failed and len(times) > 10
