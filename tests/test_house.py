"""The rules of the house: short pages, short functions, no pack in the code, names that links rely on."""

import ast
import re
import subprocess
import tokenize
from functools import cache

import pytest

from cluster_data.findings import headlines
from cluster_data.input.read import HOME_PACK
from cluster_data.measures import help, splits
from cluster_data.ui import filter_bar
from tests import home

ROOT = HOME_PACK.parent
PAGES = sorted((ROOT / "pages").glob("*.py"))
PACKAGE = sorted((ROOT / "cluster_data").rglob("*.py"))
CODE = [ROOT / "app.py", ROOT / "serve.py", *PAGES, *PACKAGE]
PROSE = sorted((ROOT / "cluster_data").rglob("*.md"))
MAY_IMPORT = {"load", "ui"}
TALL, LONG, PAGE = 350, 50, 80


@cache
def tree_of(file):
    """The syntax tree of a file."""
    return ast.parse(file.read_text())


def trees(files):
    """Files as (name, syntax tree)."""
    return [(str(file.relative_to(ROOT)), tree_of(file)) for file in files]


def functions(files):
    """All functions as (name of the file, function)."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return [(name, node) for name, tree in trees(files) for node in ast.walk(tree) if isinstance(node, kinds)]


def column(table, name):
    """A column of a table of the pack at home."""
    return {row[name] for row in home.rows(table)}


# ---- sizes and shapes -----------------------------------------------------


def test_pages_are_short():
    assert [page.name for page in PAGES if len(page.read_text().splitlines()) >= PAGE] == []


@pytest.mark.slow
def test_modules_and_functions_are_of_a_size_to_read():
    lines = {str(file.relative_to(ROOT)): len(file.read_text().splitlines()) for file in PACKAGE}
    assert {name: n for name, n in lines.items() if n > TALL} == {}
    sizes = {f"{name} {node.name}": node.end_lineno - node.lineno + 1 for name, node in functions(CODE)}
    assert {name: n for name, n in sizes.items() if n > LONG} == {}


def test_every_module_class_and_public_function_says_what_it_is():
    silent = [name for name, tree in trees(CODE) if not ast.get_docstring(tree) and not name.endswith("__main__.py")]
    for name, tree in trees(CODE):
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
        bodies = [*tree.body, *(node for parent in classes for node in parent.body)]
        told = [*classes, *(node for node in bodies if isinstance(node, ast.FunctionDef))]
        silent += [f"{name} {node.name}" for node in told if node.name[0] != "_" and not ast.get_docstring(node)]
    assert silent == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_opens_with_its_question(page):
    tree = ast.parse(page.read_text())
    assert re.fullmatch(r"[A-Z].*\?", ast.get_docstring(tree))
    begun = [ast.unparse(node) for node in tree.body if "ui.begin" in ast.unparse(node)]
    assert begun in (["ui.show(ui.begin(__doc__))"], ["stage.present(ui.begin(__doc__))"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_imports_streamlit_and_the_package_alone(page):
    found = []
    for node in ast.walk(ast.parse(page.read_text())):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            direct = [f"cluster_data.{alias.name}" for alias in node.names]
            found += direct if node.module == "cluster_data" else [node.module]
    allowed = {"streamlit", *(f"cluster_data.{name}" for name in MAY_IMPORT)}
    assert [name for name in found if name not in allowed and not name.startswith("cluster_data.measures.")] == []


@pytest.mark.parametrize("trick", ["unsafe_allow_html", r"\bst\.map\(", r"components\.(html|v1)", r"\bst\.html\("])
def test_no_page_leaves_plain_streamlit(trick):
    assert [file.name for file in CODE if re.search(trick, file.read_text())] == []


# ---- the code knows no pack -----------------------------------------------


def spoken(file):
    """What a file says outside its docstrings, as (line, text): its literals and comments."""
    tree = ast.parse(file.read_text())
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef
    told = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, kinds) and ast.get_docstring(node)}
    literals = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    with open(file, encoding="utf-8") as text:
        comments = [part for part in tokenize.generate_tokens(text.readline) if part.type == tokenize.COMMENT]
    return [(node.lineno, node.value) for node in literals if id(node) not in told] + [
        (part.start[0], part.string) for part in comments
    ]


@pytest.mark.slow
def test_no_place_and_no_challenge_of_the_pack_is_named():
    names = column("areas", "name") | column("places", "name") | column("groups", "label")
    names |= (
        column("challenges", "title")
        | column("challenges", "id")
        | {"West Midlands", "WMCA", "Birmingham", home.SAID["region"]}
    )
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
    said = [(file.name, line, text) for file in CODE for line, text in spoken(file)]
    said += [(file.name, 0, file.read_text()) for file in PROSE]
    found = [(name, line, match.group()) for name, line, text in said for match in [pattern.search(text)] if match]
    assert found == []


@pytest.mark.slow
def test_no_d_of_the_pack_is_named():
    ds = (column("ds", "id") | column("ds", "label")) - {"data", "Data"}  # the folder and the page
    assert [(file.name, line, text) for file in CODE for line, text in spoken(file) if text in ds] == []


# ---- what others rely on --------------------------------------------------


def test_links_keep_their_names(real):
    known = filter_bar.options(real)
    assert list(known) == ["d", "match", "area", "kind", "role", "stage", "status"]
    assert list(known["d"]) == [home.LABELS[d] for d in home.DS]
    assert list(known["match"]) == ["any", "primary"]
    for field in ("role", "stage"):
        assert set(known[field]) == {row["label"] for row in home.rows("vocabulary") if row["field"] == field}
    assert {*column("areas", "name"), *column("groups", "label")} <= set(known["area"])
    assert set(known["kind"]) <= {
        row["plural"] for row in home.rows("vocabulary") if row["field"] in ("record_type", "sort")
    }
    assert list(help.LENS) == [
        "help here",
        "local help only",
        "firms per source of help",
        "firms known to face it",
    ]
    assert splits.SPLITS == ("D", "area", "every area", "group of areas", "stage", "theme")


def test_pages_keep_their_places():
    in_order = [page.stem.split("_", 1)[1] for page in sorted(PAGES, key=lambda page: int(page.stem.split("_")[0]))]
    ours = [
        "Overview",
        "Map",
        "Four_Ds",
        "Challenges",
        "Find_support",
        "Organisations",
        "Connections",
        "Areas",
        "Growth",
        "Invest",
        "Present",
        "Data",
        "About",
    ]
    assert [page for page in in_order if page in ours] == ours


def test_findings_lead_to_pages_that_exist(cluster, everything):
    names = {page.stem.split("_", 1)[1] for page in PAGES}
    assert {finding.page for finding in headlines.worth_knowing(cluster, everything)} <= names


@pytest.mark.parametrize("file", ["requirements.txt", "tests/requirements.txt"])
def test_what_is_needed_is_pinned_with_a_reason(file):
    lines = [line for line in (ROOT / file).read_text().splitlines() if line and line[0] not in "#-"]
    assert lines
    assert [line for line in lines if not re.fullmatch(r"[a-zA-Z0-9_.-]+==[0-9][0-9a-z.]* +# \w.+", line)] == []


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="no clone")
def test_a_clone_ends_its_lines_with_lf_on_every_machine():
    listed = subprocess.run(
        ["git", "ls-files", "--eol"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True
    )
    files = [line.split("\t") for line in listed.stdout.splitlines()]
    assert files
    assert [name for eol, name in files if "eol=lf" not in eol and "attr/-text" not in eol] == []
    assert [name for eol, name in files if "crlf" in eol or "mixed" in eol] == []
