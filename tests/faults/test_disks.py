"""Disks that are full, or can only be read."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from bench.server import free_port
from tests.faults.conftest import VIEWS
from tests.faults.visitor import all_files, get, seen
from tests.packs import write_pack
from tests.replicas import MISSING, ROOT, START_LIMIT, Site

SMALL = 24  # MB
LOCKED = 'mount --bind /tmp /tmp; mount -o remount,bind,ro /; ! touch /var/tmp/x "$HOME/x" 2>&-; exec "$@"'


def may_mount():
    """Whether this user may mount, in a namespace of its own."""
    return sys.platform == "linux" and subprocess.run(["unshare", "-m", "true"], check=False, stderr=-3).returncode == 0


pytestmark = pytest.mark.skipif(not may_mount(), reason="only root on Linux can make a small or a locked disk")


@pytest.fixture
def small_disk(tmp_path):
    """A disk of a few megabytes."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL}m,mode=755", "tmpfs", tmp_path], check=True)
    yield tmp_path
    subprocess.run(["umount", "-l", tmp_path], check=True)


@pytest.fixture
def small_site(small_disk):
    """A site whose logs, pack, temporary files and kept static files are on a small disk."""
    if MISSING:
        pytest.skip(f"not on this machine: {', '.join(MISSING)}")
    (small_disk / "tmp").mkdir()
    place = str(small_disk / "tmp")
    site = Site(small_disk / "run")
    kept = site.run / "static"  # on a machine of its own this is below /run, in memory
    kept.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=60m,mode=777", "tmpfs", kept], check=True)
    site.start(TMPDIR=place, HOME=place)
    yield site
    (small_disk / "filler").unlink(missing_ok=True)
    site.call("down")
    subprocess.run(["umount", "-l", kept], check=True)


def fill(folder):
    """Fill the disk of a folder to the last byte."""
    with suppress(OSError), (folder / "filler").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4_096))
    assert shutil.disk_usage(folder).free < 4_096


def heavy_files(site):
    """The addresses of static files that nobody has asked for yet."""
    folder = ROOT / ".venv" / "lib"
    found = sorted(folder.glob("*/site-packages/streamlit/static/static/js/*.js"))
    return [(f"/static/js/{file.name}", file.stat().st_size) for file in found[-40:]]


def test_a_full_disk(small_site, small_disk, fault):
    site = small_site
    with fault(site, f"a disk of {SMALL} MB filled to the last byte: logs, kept files, temporary files") as told:
        fill(small_disk)
        for path, size in heavy_files(site):
            status, _, data = get(site.url, path)
            assert (status, len(data)) == (200, size), path
        made = all_files(site.url, VIEWS[1])
        assert made and all(data for _, data in made.values())
        told.happened = f"{len(made)} files to take away and 40 of Streamlit's came whole; only the log lacks lines"
        (small_disk / "filler").unlink()


def test_a_replica_is_killed_on_a_full_disk(small_site, small_disk, fault):
    site = small_site
    with fault(site, "kill -9 of a replica while the disk is full") as told:
        fill(small_disk)
        old = site.process(site.ports[0])
        os.kill(old, signal.SIGKILL)
        time.sleep(3)
        end = time.monotonic() + START_LIMIT
        while not site.answers(site.replica(site.ports[0])):
            assert time.monotonic() < end, "not started again"
            time.sleep(0.2)
        (small_disk / "filler").unlink()
        while site.process(site.ports[0]) == old:
            time.sleep(0.1)
        told.happened = "it was started again"


def test_a_pack_is_brought_to_a_full_disk(small_site, small_disk, fault, tmp_path_factory):
    site, pack = small_site, write_pack(tmp_path_factory.mktemp("pack") / "pack")
    command = [ROOT / "deploy" / "pack", pack, "--try", "--run", site.run]
    with fault(site, "deploy/pack while the disk is full") as told:
        fill(small_disk)
        ended = subprocess.run(command, check=False, capture_output=True, timeout=60)
        left = [*(site.run / "packs").glob("*")]
        (small_disk / "filler").unlink()
        told.happened = "refused; what was shown stays"
    assert ended.returncode != 0 and left == []


def test_a_disk_that_can_only_be_read(tmp_path):
    port = free_port()
    command = ["unshare", "-m", "sh", "-ec", LOCKED, "sh", sys.executable, "serve.py"]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | {"CLUSTER_PORT": str(port)}, stdout=log, stderr=log
        )
    try:
        url, end = f"http://localhost:{port}", time.monotonic() + START_LIMIT
        while True:
            with suppress(OSError, AssertionError):
                if get(url, "/readyz")[0] == 200:
                    break
            assert time.monotonic() < end and process.poll() is None, (tmp_path / "log").read_text()
            time.sleep(0.3)
        for path in VIEWS:
            assert seen(url, path)
        made = all_files(url, VIEWS[1])
        assert made and all(data for _, data in made.values())
    finally:
        process.kill()
        process.wait()
    assert "Traceback" not in (tmp_path / "log").read_text()
