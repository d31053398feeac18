"""A pack that changes while it is read: swapped, half-written, taken away, hostile."""

import csv
import io
import os
import shutil
import subprocess
import time
from json import loads

import pytest

from tests.faults.conftest import VIEWS
from tests.faults.visitor import get, seen
from tests.hostile import RAW, hostile_pack
from tests.packs import write_pack
from tests.replicas import ROOT

FORGED = "2026-11-28 00:00:00 forged\x1b[31m\nTraceback (most recent call last):"


def of_pack(site, port):
    """What a replica says of its pack."""
    return loads(site.read(f"{site.replica(port)}/readyz"))


def wait_until_told(site, holds):
    """Return once every replica says of its pack what it shall."""
    end = time.monotonic() + 30
    while not all(holds(of_pack(site, port)) for port in site.ports):
        assert time.monotonic() < end, [of_pack(site, port) for port in site.ports]
        time.sleep(0.3)


def lead(site, folder):
    """Let the name of the pack lead to another folder, in one step."""
    (site.run / "pack.next").symlink_to(folder)
    os.replace(site.run / "pack.next", site.run / "pack")


@pytest.fixture
def shown(site, fault, tmp_path):
    """The invented pack, shown by the replicas while visitors look."""
    folder = write_pack(tmp_path / "pack")
    home = os.readlink(site.run / "pack")
    lead(site, folder)
    wait_until_told(site, lambda told: told["pack"].startswith("Northmark"))
    yield folder
    lead(site, home)
    wait_until_told(site, lambda told: not told["pack"].startswith("Northmark") and told["faults"] == 0)


def renamed_copy(folder, target):
    """A copy of a pack in which every firm is called otherwise."""
    shutil.copytree(folder, target)
    rows = list(csv.DictReader(io.StringIO((folder / "companies.csv").read_text(), newline="")))
    for row in rows:
        row["name"] = f"Renamed {row['name']}"
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (target / "companies.csv").write_text(text.getvalue())
    about = target / "pack.toml"
    about.write_text(about.read_text().replace('\nname = "', '\nname = "Renamed ', 1))
    return target


def test_a_pack_is_swapped_while_it_is_read(site, fault, shown, tmp_path):
    other = renamed_copy(shown, tmp_path / "other")
    lead(site, other)
    wait_until_told(site, lambda told: told["pack"].startswith("Renamed"))
    also = {path: seen(site.url, path) for path in VIEWS}
    lead(site, shown)
    wait_until_told(site, lambda told: not told["pack"].startswith("Renamed"))
    with fault(site, "a pack swapped by rename, 60 times, then by deploy/pack, while it is read", also) as told:
        for turn in range(60):
            lead(site, other if turn % 2 else shown)
            time.sleep(0.15)
        lead(site, shown)
        site.call("pack", other)
        wait_until_told(site, lambda told: told["pack"].startswith("Renamed"))
        told.happened = "each view was wholly of one pack or wholly of the other"


@pytest.mark.parametrize("cut", [0.0, 0.4, 0.97])
def test_a_table_is_half_written(site, fault, shown, cut):
    file = shown / "companies.csv"
    whole = file.read_bytes()
    with fault(site, f"a table of which {cut:.1%} is written, in place, for some seconds, twice") as told:
        for _ in range(2):
            file.write_bytes(whole[: int(len(whole) * cut)])
            wait_until_told(site, lambda told: told["faults"] > 0)
            file.write_bytes(whole)
            wait_until_told(site, lambda told: told["faults"] == 0)
        told.happened = "the last good data stayed in use; the whole table was read again"


def test_a_pack_is_taken_away(site, fault, shown, tmp_path):
    with fault(site, "the folder of the pack taken away, and a table of it made a folder") as told:
        shown.rename(tmp_path / "away")
        wait_until_told(site, lambda told: told["faults"] > 0)
        (tmp_path / "away").rename(shown)
        (shown / "companies.csv").rename(tmp_path / "kept")
        (shown / "companies.csv").mkdir()
        wait_until_told(site, lambda told: told["faults"] > 0)
        (shown / "companies.csv").rmdir()
        (tmp_path / "kept").rename(shown / "companies.csv")
        wait_until_told(site, lambda told: told["faults"] == 0)
        told.happened = "the last good data stayed in use until it was back"


def test_a_pack_forges_lines_of_the_log(site, fault, shown):
    file = shown / "companies.csv"
    whole = file.read_text()
    with fault(site, "cells with line breaks, colours and a forged traceback, that the check refuses") as told:
        header, first, rest = whole.split("\n", 2)
        file.write_text("\n".join([header, f'"{FORGED}",' + first.split(",", 1)[1], rest]))
        wait_until_told(site, lambda told: told["faults"] > 0)
        file.write_text(whole)
        wait_until_told(site, lambda told: told["faults"] == 0)
        told.happened = "told on one line, without what is not printed"
    assert not any(
        "forged\x1b" in log.read_text() or "\nTraceback" in log.read_text()
        for log in (site.run / f"{port}.log" for port in site.ports)
    )


def test_a_pack_full_of_traps(site, fault, shown, tmp_path):
    traps = hostile_pack(tmp_path / "traps")
    lead(site, traps)
    wait_until_told(site, lambda told: "evil" in told["pack"])
    with fault(site, "a pack whose every text is a trap, on every page, in previews and health") as told:
        pages = [
            "/",
            "/Map",
            "/Four_Ds",
            "/Challenges",
            "/Find_support",
            "/Organisations",
            "/Areas",
            "/Growth",
            "/Invest",
            "/Present",
            "/Data",
            "/About",
        ]
        for path in pages:
            page = get(site.url, path)[2].decode()
            assert "evil" in page and not any(sign in page for sign in ("<b>b", "<br>", "<script>a"))
            assert not [text for text in seen(site.url, path) if RAW.search(text)]
        told.happened = f"text on {len(pages)} pages, and nowhere else"


def test_a_pack_with_faults_is_not_deployed(site, fault, tmp_path):
    bad = write_pack(tmp_path / "bad", companies="id\nx\n")
    with fault(site, "deploy/pack with a pack that has faults") as told:
        command = [ROOT / "deploy" / "pack", bad, "--try", "--run", site.run]
        ended = subprocess.run(command, check=False, capture_output=True, timeout=60)
        told.happened = "refused; what was shown stays"
    assert ended.returncode != 0
