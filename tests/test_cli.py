"""The command line: what it prints and with which code it ends."""

import json
import os
import subprocess
import sys
from urllib.parse import parse_qs

import pandas as pd
import pytest

from cluster_data import cli, exports
from cluster_data.api.taken import taken
from cluster_data.cli import FORMS, OF_STORIES, main
from cluster_data.document import Heading
from cluster_data.exports import text
from cluster_data.exports.tables import facts
from cluster_data.input.read import HOME_PACK
from cluster_data.measures import organisations
from cluster_data.model.filters import Filter
from cluster_data.model.tables import TABLES
from tests.packs import PACK, edit, rows_of, write_pack

pytestmark = pytest.mark.slow

ROOT = HOME_PACK.parent
ROWS = rows_of(PACK)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """The command as a user calls it, from the folder of the project."""
    return subprocess.run(
        [sys.executable, "-m", "cluster_data", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


def test_a_clean_pack_ends_with_0():
    done = run("check", "tests/pack")
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        f"tests/pack: {len(TABLES)} tables, {ROWS} rows, no faults.\n",
        "",
    )


def test_faults_end_with_1_and_are_grouped_by_file(tmp_path):
    folder = write_pack(tmp_path, events=None, companies=edit("test-firm-a", employees="-3", name=""))
    done = run("check", str(folder))
    assert done.stdout.splitlines() == [
        "companies.csv line 2, column 'employees': -3 is below 0. Correct it, or leave it empty if it is not known.",
        "companies.csv line 2, column 'name': nothing is there; every row needs a value. Fill it in: Name.",
        "",
        "events.csv: this file is missing. Add it to the folder.",
        "",
        f"{folder}: 3 faults in 2 files.",
    ]
    assert (done.returncode, done.stderr) == (1, "")


def test_a_folder_that_is_none_ends_with_2(tmp_path):
    done = run("check", "nowhere")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "nowhere: there is no such folder. Name the folder that holds the pack.\n"


def test_a_terminal_without_the_letters_stops_nothing(tmp_path):
    folder = write_pack(tmp_path, companies=edit("test-firm-a", status="شركة 🦾"))
    done = run("check", str(folder), PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert r"\u0634\u0631\u0643\u0629 \U0001f9be" in done.stdout
    assert done.stderr == ""


@pytest.mark.skipif(os.name != "posix", reason="pipes of a Unix shell")
def test_a_reader_that_leaves_early_stops_nothing(tmp_path):
    many = write_pack(tmp_path, links="from_id,to_id,kind,year,note,source_ids\n" + "a,b,c,d,,e\n" * 3000)
    command = f'"{sys.executable}" -m cluster_data check "{many}" | head -n 1'
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.stdout.startswith("links.csv line 2, column 'from_id': 'a' is not in ")
    assert done.stderr == ""


def test_the_command_line_needs_no_streamlit():
    asked = "import sys; from cluster_data.cli import main; main(['check']); print('streamlit' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.stdout.splitlines()[-1] == "False"


def test_without_a_folder_the_environment_names_it(monkeypatch, capsys):
    monkeypatch.setenv("CLUSTER_DATA", str(PACK))
    assert main(["check"]) == 0
    assert capsys.readouterr().out == f"{PACK}: {len(TABLES)} tables, {ROWS} rows, no faults.\n"


def test_without_folder_and_environment_it_is_the_pack_that_comes_along(monkeypatch, capsys):
    monkeypatch.delenv("CLUSTER_DATA", raising=False)
    assert main(["check"]) == 0
    assert capsys.readouterr().out.startswith(f"{HOME_PACK}: {len(TABLES)} tables, ")


def test_a_file_is_no_folder(tmp_path, capsys):
    file = tmp_path / "data.csv"
    file.touch()
    assert main(["check", str(file)]) == 2
    assert capsys.readouterr().err == (f"{file}: this is a file, not a folder. Name the folder that holds the pack.\n")


# ---- views ----------------------------------------------------------------


@pytest.fixture
def invented(monkeypatch, cluster):
    """The invented pack is the one that is viewed; it has been read."""
    monkeypatch.setattr(cli, "read_cluster", lambda folder, today: cluster)
    monkeypatch.delenv("CLUSTER_ADDRESS", raising=False)


@pytest.mark.parametrize("form", FORMS)
def test_a_view_is_made_in_every_form_without_a_server(invented, tmp_path, capsys, form):
    file = tmp_path / "view"
    assert main(["view", "Four_Ds?d=Data&area=Aldbrook", "--as", form, "-o", str(file)]) == 0
    begins = {"pdf": b"%PDF", "pptx": b"PK", "xlsx": b"PK", "csv": b"PK", "json": b"{", "html": b"<!DOCTYPE html>"}
    assert file.read_bytes().startswith(begins.get(form, b"")) and file.stat().st_size > 500
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("form", OF_STORIES)
def test_a_story_is_made_too(invented, tmp_path, form):
    file = tmp_path / "story"
    assert main(["view", "Present?view=Four_Ds%3Fd%3DData&view=Map", "--as", form, "-o", str(file)]) == 0
    assert file.stat().st_size > 500


def test_a_terminal_shows_finding_statement_and_tables(invented, capsys):
    assert main(["view", "https://dashboard.example.org/four_ds?d=Data&utm_source=x"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("2 of 8 firms work in data\n====") and "Heartland data firms in Northmark: 2." in said
    assert "Test Firm A" in said and max(map(len, said.splitlines())) < 160
    assert "\x1b" not in said


def test_a_public_address_is_named_in_what_is_made(invented, monkeypatch, capsys):
    monkeypatch.setenv("CLUSTER_ADDRESS", "https://dashboard.example.org/")
    assert main(["view", "Four_Ds?area=Aldbrook&split=age", "--as", "json"]) == 0
    link = json.loads(capsys.readouterr().out)["link"]
    assert link == "https://dashboard.example.org/Four_Ds?split=age&area=Aldbrook"


@pytest.mark.parametrize("link", ["Four_Ds?d=Data&area=Aldbrook", "Present?view=Map", "Present"])
def test_without_a_public_address_a_view_is_named_by_its_path(invented, cluster, tmp_path, link):
    name, _, query = link.partition("?")
    document = taken(name, cluster, parse_qs(query)).document
    assert document.link == f"/{link}" and facts(document)["Cite as"].endswith(f" Available at: /{link}")
    assert all(isinstance(part, Heading) or "view: ." not in str(part) for part in document.parts)
    assert main(["view", link, "--as", "pdf", "-o", str(tmp_path / "made.pdf")]) == 0


def test_a_terminal_cuts_no_cell_and_breaks_no_address(invented, cluster, capsys):
    assert main(["view", "Four_Ds"]) == 0
    said = capsys.readouterr().out
    assert "…" not in said
    firms = organisations.directory(cluster, cluster.records[Filter(roles=("heartland",)).keeps_of(cluster, "company")])
    for address in " ".join(firms["Sources"]).split():
        assert address in said.split()


def test_the_lines_of_a_cell_stand_below_each_other_in_its_column():
    rows = pd.DataFrame({"Name": ["a", "b"], "Note": ["word " * 20, "short"], "Firms": [1, 2]})
    lines = text._rows(rows).splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["a", *["word"] * 9, "1"],
        ["word"] * 9,
        ["word"] * 2,
        ["b", "short", "2"],
    ]
    assert {line.index("word") for line in lines if "word" in line} == {lines[0].index("Note")}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["Nowhere"], 2, "No page 'Nowhere'."),
        (["Four_Ds?d=Arms"], 2, "This link asks for d = “Arms”, which is without effect here."),
        (["Four_Ds?colour=red&d=Data"], 2, "colour = “red”"),
        (["Four_Ds?split=zz"], 2, "split = “zz”"),
        (["Present?view=Nowhere"], 2, "No page 'Nowhere'. Known: Areas, "),
        (["Present?view=Nowhere&view=Data"], 1, "asks for the page “Nowhere”"),
        (["Present?d=Arms"], 2, "d = “Arms”"),
        (["Present", "--as", "xlsx", "-o", "x"], 2, "A story can be "),
        (["Four_Ds", "--as", "pdf"], 2, "-o FILE"),
        (["Four_Ds", "-o", "/nowhere/at/all"], 2, "/nowhere/at/all: "),
        (["Four_Ds", "-o", "a\0b"], 2, "Nothing was made."),
    ],
)
def test_what_cannot_be_made_is_told_in_words(invented, capsys, arguments, code, said):
    assert main(["view", *arguments]) == code
    told = capsys.readouterr()
    assert said in told.err and "Traceback" not in told.err and (code == 1 or told.out == "")


def test_a_pack_with_faults_gives_no_view(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CLUSTER_DATA", str(write_pack(tmp_path, events=None)))
    assert main(["view", "Four_Ds"]) == 2
    assert "1 fault" in capsys.readouterr().err


WITH_A_VIEW = (exports.PACK, exports.POSTER)  # which only some views offer


def test_every_form_that_suits_any_view_can_be_asked_for():
    assert {export.name for export in exports.every() if export.of not in WITH_A_VIEW} == set(FORMS.values())


@pytest.mark.parametrize("arguments", [[], ["chekc"], ["check", "a", "b"], ["view"], ["view", "Map", "--as", "doc"]])
def test_a_call_that_makes_no_sense_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m cluster_data" in capsys.readouterr().err
