"""Processes that are killed without warning or give way to others, under load."""

import os
import shutil
import signal
import time
from json import loads
from pathlib import Path

from tests.faults.conftest import VIEWS, wait_until_ready
from tests.faults.visitor import seen
from tests.replicas import ROOT


def kill(site, *ports):
    """Kill these replicas and wait until others have taken their places."""
    old = {port: site.process(port) for port in ports}
    for process in old.values():
        os.kill(process, signal.SIGKILL)
    end = time.monotonic() + 20
    while any(site.process(port) == process for port, process in old.items()):
        assert time.monotonic() < end, "not started again"
        time.sleep(0.1)
    wait_until_ready(site)


def test_one_replica_after_the_other_is_killed(site, fault):
    with fault(site, "kill -9 of one replica after the other, four times, under load") as told:
        for turn in range(4):
            kill(site, site.ports[turn % 2])
        told.happened = "the other served at once; what was killed was started again"


def test_all_replicas_are_killed_at_once(site, fault):
    with fault(site, "kill -9 of all replicas at the same moment, under load") as told:
        kill(site, *site.ports)
        told.happened = "views came when the first was up again"


def test_a_worker_of_the_proxy_is_killed(site, fault):
    master = (site.run / "proxy.pid").read_text().strip()
    with fault(site, "kill -9 of every worker of the proxy, under load") as told:
        workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        for worker in workers:
            os.kill(int(worker), signal.SIGKILL)
        told.happened = f"{len(workers)} workers ended; the proxy started others"
    assert seen(site.url, VIEWS[0])


def test_another_version_takes_over(site, fault, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(ROOT, other, symlinks=True, ignore=shutil.ignore_patterns(".git", ".venv", ".*_cache", ".run"))
    (other / ".venv").symlink_to(Path(ROOT, ".venv").resolve())
    answers = other / "cluster_data" / "serving" / "site.py"
    answers.write_text(answers.read_text().replace('= {"ready": ', '= {"version": "another", "ready": '))
    with fault(site, "deploy/up with another version, under load") as told:
        site.call("up", code=other)
        assert all(loads(site.read(f"{site.replica(port)}/readyz")).get("version") for port in site.ports)
        told.happened = "one replica after the other took it up"
    site.call("up")
