"""The site: a folder of plain pages that is whole, leads only where something is, and is put in place at once."""

import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest

from cluster_data import cli
from cluster_data.api import folder, taken
from cluster_data.exports import html
from cluster_data.input.read import read_cluster
from cluster_data.measures import organisations
from tests import hostile
from tests.packs import PACK, TODAY

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """A cluster whose texts are all traps."""
    return read_cluster(hostile.hostile_pack(tmp_path_factory.mktemp("odd")), TODAY)


@pytest.fixture(scope="module")
def site(odd, tmp_path_factory):
    """Its site, written without the dashboard's address; what pictures hold is left out, as it takes long."""
    out = tmp_path_factory.mktemp("site") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html, "picture", lambda *_: b"<svg/>")
        folder.write_site(odd, out)
    return out


@pytest.fixture(scope="module")
def read(site):
    """Every page of it, by file."""
    return {file: lxml.html.fromstring(file.read_bytes()) for file in sorted(site.rglob("*.html"))}


def test_every_page_record_and_area_is_there_and_named_at_the_start(odd, site, read):
    names = {unquote(way) for way in read[site / "index.html"].xpath("//main//a/@href")}
    assert {f"{page}.html" for page in taken.pages()} <= names
    assert {f"organisations/{record}.html" for record in organisations.names(odd)} <= names
    assert len([name for name in names if name.startswith("areas/")]) == len(odd.area_codes)
    assert {file.relative_to(site).as_posix() for file in read} == {"index.html", *(n for n in names if n[0] != "#")}
    assert all((letter := way[1:]) and read[site / "index.html"].get_element_by_id(letter) is not None
               for way in names if way.startswith("#"))  # fmt: skip


def test_all_that_a_page_leads_to_or_loads_is_in_the_folder(site, read):
    met = set()
    for file, page in read.items():
        for _, attribute, way, _ in page.iterlinks():
            if urlsplit(way).scheme in ("http", "https"):
                assert attribute == "href" and "evil" not in urlsplit(way).netloc, (file, way)
            elif not way.startswith("#"):
                assert not re.match(r"/|\w+:", way) and "?" not in way, (file, way)
                met.add((file.parent / unquote(way)).resolve())
        assert not page.xpath("//*[@srcset or @background]") and "url(" not in page.xpath("string(//style)")
    assert [file for file in met if not file.is_file()] == []
    files = {file for file in site.rglob("*") if file.is_file()}
    assert files - met == {site / "contents.json"} and site / "pictures/Four_Ds-0.svg" in met


def test_no_page_has_a_script_but_the_start_and_names_break_out_of_nothing(site, read):
    scripts = {file: page.xpath("//script/@src") for file, page in read.items() if page.xpath("//script")}
    assert scripts == {site / "index.html": ["search.js"]}
    for file, page in read.items():
        assert not page.xpath("//b | //br[not(ancestor::p[@class='search'])] | //iframe"), file
        assert not [name for tag in page.iter() for name in tag.attrib if name.startswith("on")]
    assert "<b>b</b>" in read[site / "index.html"].text_content()


def test_each_page_names_its_edition_and_licences(odd, read):
    for page in read.values():
        said = " ".join(page.find(".//footer").text_content().split())
        assert "Data as known in" in said and all(" ".join(line.split()) in said for line in odd.pack.licences)
        assert "@media print" in page.xpath("string(//style)")


def test_a_way_leads_to_what_is_asked_for_or_nowhere(cluster):
    site = folder.site_of(cluster)
    record, area = next(iter(site.of_records)), next(iter(site.of_areas))
    here = f"organisations/{record}.html"
    assert site.way("Map.html", "Organisations", {"org": record}) == here
    assert (
        site.way(here, "Map", {}) == "../Map.html" and site.way("Map.html", "Connections", {"around": record}) == here
    )
    assert site.way(here, "Map", {"area": [area]}) == f"../{site.of_areas[area].file}"
    assert site.way(here, "Connections", {"around": record}) == ""  # it is here
    assert site.way(here, "Four_Ds", {"split": "age"}) == site.way(here, "Map", {"area": area, "d": "Data"}) == ""
    assert site.way(here, "/api", {}) == ""


# ---- the folder -----------------------------------------------------------


@pytest.fixture
def small(monkeypatch):
    """One page and no record or area, of the invented pack."""
    whole = folder.site_of
    monkeypatch.setenv("CLUSTER_DATA", str(PACK))
    monkeypatch.setattr(folder, "pages", lambda: ["About"])
    monkeypatch.setattr(
        folder, "site_of", lambda *of: folder.PlainSite(*of, whole(*of).of_pages, whole(*of).of_records and {}, {})
    )


def tree(top: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {str(file.relative_to(top)): file.read_bytes() for file in top.rglob("*") if file.is_file()}


def test_what_was_written_before_is_replaced(small, tmp_path, capsys, monkeypatch):
    out = tmp_path / "a" / "site"
    assert cli.main(["site", str(out)]) == 0 and "2 pages" in capsys.readouterr().out
    first = tree(out)
    monkeypatch.setenv("CLUSTER_ADDRESS", "https://dashboard.example/")
    assert cli.main(["site", str(out)]) == 0
    assert tree(out) != first and "https://dashboard.example/About" in (out / "About.html").read_text()
    assert [one.name for one in out.parent.iterdir()] == ["site"]
    assert set(json.loads((out / "contents.json").read_text())["files"]) == set(tree(out))


def test_what_others_wrote_is_left_alone(small, tmp_path, capsys):
    assert cli.main(["site", str(tmp_path)]) == 0  # empty
    (tmp_path / "mine.txt").write_text("mine")
    before = tree(tmp_path)
    assert cli.main(["site", str(tmp_path)]) == 2
    assert "mine.txt" in capsys.readouterr().err and tree(tmp_path) == before
    assert cli.main(["site", str(tmp_path / "mine.txt")]) == 2
    assert "mine.txt is a file, not a folder." in capsys.readouterr().err


def test_nothing_half_made_is_left(small, tmp_path, capsys, monkeypatch):
    out = tmp_path / "site"
    assert cli.main(["site", str(out)]) == 0
    before = tree(out)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder, "write_names", full)
    assert cli.main(["site", str(out)]) == 2
    assert "no space left on device. Nothing was made." in " ".join(capsys.readouterr().err.split())
    assert tree(out) == before and [one.name for one in tmp_path.iterdir()] == ["site"]


def test_a_folder_that_cannot_be_is_named(small, tmp_path, capsys):
    (tmp_path / "file").write_text("mine")
    out = tmp_path / "file" / "site"
    assert cli.main(["site", str(out)]) == 2
    assert capsys.readouterr().err == f"{out}: file is a file, not a folder. Nothing was made.\n"
