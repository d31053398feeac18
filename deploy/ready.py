"""Waits until the replicas at these ports have data to show: `python3 deploy/ready.py 8601 8602`."""

import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

PATIENCE = 60


def is_ready(port: str) -> bool:
    """Whether a replica of this machine says that it is ready."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def wait(port: str) -> None:
    """Return once a replica is ready."""
    end = time.monotonic() + PATIENCE
    while not is_ready(port):
        if time.monotonic() > end:
            sys.exit(f"The replica at port {port} is not ready after {PATIENCE} seconds. The others serve on.")
        time.sleep(0.1)


for one in sys.argv[1:]:
    wait(one)
