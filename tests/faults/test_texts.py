"""Texts of any length and kind that come by an address: as searches, as stories, and into files."""

import re
from urllib.parse import quote, urlencode

import pytest

from tests.faults.visitor import MANY, all_files, get, seen

KB = 1_024
SEARCHES = {
    "words": "robot " * 2 * KB,
    "one word": "x" * 12 * KB,
    "Markdown and HTML": "<b>*a*_[x](https://evil.example)$y$ " * 350,
    "signs of four bytes": "\N{MECHANICAL ARM}" * 3 * KB,
    "signs that nobody sees": "\u202e\x00\n\u200b" * 3 * KB,
    "bytes that are no text": b"\xff\xfe" * 6 * KB,
}
SEARCHED = ("Organisations", "Map", "Find_support", "Invest", "Challenges", "Areas", "Growth", "Data")
INJECTED = {
    "a line": "a\r\nSet-Cookie: evil=1\r\n\r\n<script>alert(1)</script>",
    "a tag": "\"'></title><script>alert(1)</script><img src=x onerror=alert(1)>",
    "a formula": '=HYPERLINK("https://evil.example","x")',
    "a path": "../../../../etc/passwd",
    "a template": "{{7*7}}${7*7}<%= 7*7 %>%(x)s{0.__class__}",
    "a line of the log": "\n2026-11-28T00:00:00+00:00 GET /forged 200\x1b[31m",
}
LINE_OF_LOG = re.compile(  # from replicas, or from all of them if none answered
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00 \S+ .*\d{3} \d+ bytes \d+\.\d+ s from [-\d.:, ]+(replicas [-\d, ]+)?"
)
NAME_OF_FILE = re.compile(r'attachment; filename="[\w.-]+"')


@pytest.mark.parametrize("kind", SEARCHES)
def test_searches_of_12_kb(site, fault, kind):
    with fault(site, f"a search of 12 KB of {kind} on {len(SEARCHED)} pages") as told:
        asked = quote(SEARCHES[kind], safe="")[: 30 * KB]
        heard = [seen(site.url, f"/{name}?q={asked}", MANY) for name in SEARCHED]
        longest = max(len(text) for view in heard for text in view)
        told.happened = f"{len(heard)} views, each by what a search goes by; no text is longer than {longest:,} letters"
    assert longest < 5_000


def test_stories_of_30_scenes_and_more(site, fault):
    views = [
        "Map?d=Data",
        "Challenges?challenge=C05&column=data",
        "Nowhere",
        "",
        "Present?view=Present",
        *INJECTED.values(),
    ]
    with fault(site, "stories of 30 views and of 400, sound, hostile and nested, told at the same time") as told:
        stories = [
            urlencode({"view": (views * 40)[first : first + count]}, doseq=True)
            for first in range(5)
            for count in (30, 400)
        ]
        heard = [
            seen(site.url, f"/Present?{story[: 31 * KB]}&notes={turn % 2}", MANY) for turn, story in enumerate(stories)
        ]
        told.happened = f"{len(heard)} stories told"
    assert all(heard)


@pytest.mark.parametrize("what", INJECTED)
def test_injection_by_an_address(site, fault, what):
    text = quote(INJECTED[what], safe="")
    keys = ("q", "area", "d", "org", "near", "in", "challenge", "view", "scene", "around", "measure")
    with fault(site, f"{what} in {len(keys)} parts of an address, in the path and in its files") as told:
        for key in keys:
            for name in ("Organisations", "Map", "Present"):
                status, headers, page = get(site.url, f"/{name}?{key}={text}", MANY)
                assert status == 200 and "evil" not in str(headers) and b"alert(1)</" not in page
                seen(site.url, f"/{name}?{key}={text}", MANY)
        assert get(site.url, f"/{text}", MANY)[0] in (400, 404)
        files = all_files(site.url, f"/Organisations?d=Data&q={text}")
        assert all(headers["x-content-type-options"] == "nosniff" for headers, _ in files.values())
        assert all(NAME_OF_FILE.fullmatch(headers["content-disposition"]) for headers, _ in files.values())
        told.happened = f"shown as text or not at all; {len(files)} files taken, none with a formula"
    tables = [data for headers, data in files.values() if '.csv"' in headers["content-disposition"]]
    assert not any(re.search(rb'(^|,)"?=', data, re.MULTILINE) for data in tables)
    lines = (site.run / "access.log").read_text().splitlines()
    assert [line for line in lines if not LINE_OF_LOG.fullmatch(line)] == []
