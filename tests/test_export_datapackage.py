"""The whole pack as a data package: checked by frictionless, by its checksums, and by opening it as a pack again."""

import csv
import hashlib
import io
import json
import shutil
import tomllib
import zipfile
from dataclasses import replace
from datetime import date

import frictionless
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as some

from cluster_data import exports
from cluster_data.exports import datapackage
from cluster_data.input.check.cells import numbers
from cluster_data.input.read import read_cluster
from cluster_data.model.pack import Pack, pack_of
from cluster_data.model.tables import TABLES
from tests import documents, home
from tests.packs import PACK, STEADY, TODAY, edit, write_pack

pytestmark = pytest.mark.slow

TEXT = some.text(some.characters(exclude_categories=["Cs"]), max_size=30)


def unpacked(cluster, folder, **changes):
    """The folder of a package made of the cluster."""
    data = datapackage.file_of(documents.document(cluster, **changes))
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        assert whole.testzip() is None
        whole.extractall(folder)
    return folder


def problems(folder):
    """What frictionless finds wrong with a package."""
    report = frictionless.validate(str(folder / "datapackage.json"))
    return [error.message for task in report.tasks for error in task.errors] + [one.message for one in report.errors]


def same(one, other):
    """Whether two clusters hold the same."""
    for name in TABLES:
        pd.testing.assert_frame_equal(one.table(name), other.table(name))
    assert one.pack == other.pack
    assert dict(one.geometries) == dict(other.geometries)
    return True


@pytest.fixture(scope="module")
def folder(cluster, tmp_path_factory):
    """The package of the invented pack."""
    return unpacked(cluster, tmp_path_factory.mktemp("package"))


@pytest.fixture(scope="module")
def said(folder):
    """Its datapackage.json."""
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def test_it_is_offered_for_the_whole_pack():
    (form,) = [form for form in exports.every() if form.name == "datapackage"]
    assert (form.suffix, form.mime, form.of) == ("pack.zip", "application/zip", exports.PACK)


def test_it_holds_every_file_of_the_pack_and_what_says_what_they_are(folder):
    files = {path.name for path in folder.iterdir()}
    assert files == {path.name for path in PACK.iterdir()} | {"datapackage.json", "checksums.txt", "README.txt"}


def test_frictionless_finds_it_valid(folder):
    assert problems(folder) == []


def test_the_pack_that_comes_with_the_dashboard_is_valid_too(real, tmp_path):
    assert problems(unpacked(real, tmp_path)) == []
    assert same(real, read_cluster(tmp_path, home.TODAY))


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("companies.csv", b"Test Firm A", b"Test Firm Z", "hash"),
        ("companies.csv", b"X00000001", b"X00000009", "foreign key"),
        ("areas.csv", b"X00000002", b"X00000001", "primary key"),
        ("companies.csv", b",heartland,", b",hinterland,", "enum"),
    ],
)
def test_frictionless_finds_what_was_changed_since(folder, tmp_path, file, old, new, says):
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    path = tmp_path / file
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new))
    assert any(says in problem for problem in problems(tmp_path))


def test_every_other_file_has_its_checksum(folder):
    sums = dict(reversed(line.split("  ")) for line in (folder / "checksums.txt").read_text().splitlines())
    assert set(sums) == {path.name for path in folder.iterdir()} - {"checksums.txt"}
    assert sums == {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sums}


def test_it_opens_again_as_the_same_pack(cluster, folder):
    assert same(cluster, read_cluster(folder, TODAY))


def test_the_values_are_those_of_the_files_it_came_from(folder):
    for name in TABLES:
        assert rows_of(folder / f"{name}.csv") == rows_of(PACK / f"{name}.csv")


def rows_of(path):
    """The rows of a file by column, numbers as numbers, without the package."""
    with open(path, encoding="utf-8", newline="") as file:
        return [{key: number(cell) for key, cell in row.items()} for row in csv.DictReader(file)]


def number(cell):
    """A cell as a number, if it is one."""
    try:
        return float(cell)
    except ValueError:
        return cell


def test_tables_are_plain_csv(folder):
    for name in TABLES:
        data = (folder / f"{name}.csv").read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf")
        assert data.decode("utf-8").endswith("\r\n")


def test_odd_cells_come_back_as_they_were(tmp_path):
    odd = {"name": "NULL", "note": "-1", "summary": '"a", b\r\nc 🦾 ; <b>', "town": "NA"}
    cluster = read_cluster(write_pack(tmp_path / "old", companies=edit("test-firm-a", lat="54.5", **odd)), TODAY)
    folder = unpacked(cluster, tmp_path / "new")
    assert same(cluster, read_cluster(folder, TODAY))
    assert read_cluster(folder, TODAY).table("companies").loc[0, list(odd)].to_dict() == odd
    assert problems(folder) == []


def test_what_no_pack_may_hold_is_harmless_in_the_files(cluster, tmp_path):
    odd = {
        "name": '=HYPERLINK("http://evil.example")',
        "note": "a\n@SUM(A1)",
        "summary": "\x0ba\u200bb",
        "town": " ＝1",
    }
    firms = cluster.table("companies").copy()
    firms.loc[0, list(odd)] = list(odd.values())
    folder = unpacked(replace(cluster, tables={**cluster.tables, "companies": firms}), tmp_path)
    first = rows_of(folder / "companies.csv")[0]
    found = [first["name"], first["note"], first["summary"], first["town"]]
    assert found == ['\'=HYPERLINK("http://evil.example")', "a\n'@SUM(A1)", "\nab", "' ＝1"]
    assert read_cluster(folder, TODAY)
    assert problems(folder) == []


def test_it_says_what_it_is_and_on_what_terms(said, cluster):
    assert (said["name"], said["title"]) == ("northmark-health-robots", "Northmark health robots")
    assert (said["version"], said["created"]) == ("2026-06-30", "2026-11-21T00:00:00Z")
    assert said["licenses"] == [{"title": "Invented data, free for any use.", "path": "README.txt"}]
    assert said["sources"][1:] == [
        {
            "title": "Register of test bodies, Test Register, year not known",
            "path": "https://example.org/register?page=1",
        },
        {"title": "Web page, title not known, Test Survey, year not known", "path": "https://example.com/survey"},
    ]


def test_it_says_what_each_column_holds(said):
    tables = {one["name"]: one for one in said["resources"]}
    fields = {field["name"]: field for field in tables["trusts"]["schema"]["fields"]}
    assert tables["themes"]["description"] == "The intervention themes and their parts."
    assert fields["beds"] == {
        "name": "beds",
        "type": "integer",
        "description": "General and acute beds; acute and specialist trusts only",
        "constraints": {"minimum": 0},
    }
    assert fields["dissolved_on"]["type"] == "date"
    assert fields["lat"]["type"] == "number"
    assert fields["ods_code"]["constraints"] == {"required": True, "unique": True, "pattern": "^[A-Z0-9]{3,5}$"}
    assert fields["ds"]["description"].endswith("; several are parted by semicolons")
    assert tables["trusts"]["schema"]["missingValues"] == [""]


def test_keys_join_the_tables(said):
    tables = {one["name"]: one["schema"] for one in said["resources"] if "schema" in one}
    assert tables["trusts"]["primaryKey"] == ["id"]
    assert tables["vocabulary"]["primaryKey"] == ["field", "id"]
    assert "primaryKey" not in tables["links"]  # a link may lack its year
    joined = {"fields": ["lad_code"], "reference": {"resource": "areas", "fields": ["lad_code"]}}
    assert tables["companies"]["foreignKeys"] == [joined]
    assert tables["themes"]["foreignKeys"][0]["reference"] == {"resource": "", "fields": ["id"]}


def test_the_readme_says_how_to_open_it_and_on_what_terms(folder):
    lines = (folder / "README.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "Northmark health robots"
    assert "Data as known in June 2026, packed on 21 November 2026." in lines
    assert f"From: {documents.LINK}" in lines
    assert {"Invented data, free for any use.", "8 firms are listed, and none exists."} <= set(lines)
    assert any("CLUSTER_DATA" in line for line in lines)


def test_a_pack_that_says_no_more_than_it_must_is_valid(tmp_path):
    short = 'name = "A"\nregion = "B"\nthe_region = "B"\nas_of = 2026-01-01\nas_of_words = "C"\n'
    cluster = read_cluster(write_pack(tmp_path / "old", pack=short), TODAY)
    folder = unpacked(cluster, tmp_path / "new")
    assert problems(folder) == []
    assert same(cluster, read_cluster(folder, TODAY))


def test_equal_packs_give_equal_bytes(cluster):
    view = documents.document(cluster)
    assert datapackage.file_of(view) == datapackage.file_of(view)


@given(words=some.lists(TEXT, min_size=6, max_size=6), many=some.lists(TEXT), day=some.dates(date(1, 1, 1)))
@STEADY
def test_what_a_pack_says_of_itself_is_read_again_whatever_it_is(words, many, day):
    pack = Pack(*words[:3], day, *words[3:], outlines=tuple(many), licences=tuple(many), limits=tuple(many))
    assert pack_of(tomllib.loads(datapackage.as_toml(pack))) == pack


@given(
    some.integers(-(10**15), 10**15).map(float) | some.floats(1e-90, 1e-3) | some.floats(1e-3, 1e17) | some.just(0.0)
)
@STEADY
def test_every_number_is_written_as_a_pack_may_hold_it(value):
    written = datapackage.decimal(value)
    assert not written.endswith(".0")
    assert numbers(pd.Series([written], dtype="str"), whole=False).tolist() == [value]
