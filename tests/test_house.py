"""The rules of the house: short pages, short functions, no pack in the code, names that links rely on."""

import ast
import csv
import importlib
import inspect
import pickle
import pkgutil
import re
import tokenize

import pandas as pd
import pytest

from cluster_data import measures
from cluster_data.filters import Filter
from cluster_data.measures import counts, findings, help, organisations, places
from cluster_data.read import HOME_PACK
from cluster_data.ui import filter_bar

ROOT = HOME_PACK.parent
PAGES = sorted((ROOT / "pages").glob("*.py"))
PACKAGE = sorted((ROOT / "cluster_data").rglob("*.py"))
CODE = [ROOT / "app.py", *PAGES, *PACKAGE]
PROSE = sorted((ROOT / "cluster_data").rglob("*.md"))
MAY_IMPORT = {"charts", "cluster", "filters", "load", "maps", "measures", "palette", "stills", "tables", "ui", "words"}
DECLARATIONS = {"tables.py"}  # columns and their descriptions, nothing that runs
TALL, LONG, PAGE = 350, 50, 80


def trees(files):
    """Files as (name, syntax tree)."""
    return [(str(file.relative_to(ROOT)), ast.parse(file.read_text())) for file in files]


def functions(files):
    """All functions as (name of the file, function)."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return [(name, node) for name, tree in trees(files) for node in ast.walk(tree) if isinstance(node, kinds)]


def column(table, name):
    """A column of a table of the pack that comes with the dashboard, read without the package."""
    with open(ROOT / "data" / f"{table}.csv", encoding="utf-8", newline="") as file:
        return {row[name] for row in csv.DictReader(file)}


# ---- sizes and shapes -----------------------------------------------------


def test_pages_are_short():
    assert [page.name for page in PAGES if len(page.read_text().splitlines()) >= PAGE] == []


def test_modules_and_functions_are_of_a_size_to_read():
    lines = {file.name: len(file.read_text().splitlines()) for file in PACKAGE if file.name not in DECLARATIONS}
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
    assert [ast.unparse(node) for node in tree.body if "ui.begin" in ast.unparse(node)] == ["view = ui.begin(__doc__)"]


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


def test_no_place_and_no_challenge_of_the_pack_is_named():
    names = column("areas", "name") | column("places", "name") | column("groups", "label")
    names |= column("challenges", "title") | column("challenges", "id") | {"West Midlands", "WMCA", "Birmingham"}
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
    said = [(file.name, line, text) for file in CODE for line, text in spoken(file)]
    said += [(file.name, 0, file.read_text()) for file in PROSE]
    found = [(name, line, match.group()) for name, line, text in said for match in [pattern.search(text)] if match]
    assert found == []


def test_no_d_of_the_pack_is_named():
    ds = (column("ds", "id") | column("ds", "label")) - {"data", "Data"}  # the folder and the page
    assert [(file.name, line, text) for file in CODE for line, text in spoken(file) if text in ds] == []


# ---- measures leave the cluster alone -------------------------------------

MODULES = [
    importlib.import_module(f"{measures.__name__}.{found.name}") for found in pkgutil.iter_modules(measures.__path__)
]
MEASURES = {
    f"{module.__name__.rpartition('.')[2]}.{name}": function
    for module in MODULES
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if inspect.unwrap(function).__module__ == module.__name__ and not name.startswith("_")
}


def arguments(cluster, name):
    """What a measure is called with, by the names of what it takes."""
    chosen = Filter.default(cluster)
    grid = help.challenge_grid(cluster, chosen, "help here", "D")
    firms = cluster.records.query("sort == 'company'")
    place = places.Place("Aldbrook", 54.501, -2.201, "the middle of Aldbrook")
    near = places.near(cluster, chosen, place, 5)
    known = {
        "cluster": cluster,
        "chosen": chosen,
        "record": "test-firm-e",
        "sort": "company",
        "sorts": ("company",),
        "place": place,
        "within_km": 5,
        "lat": place.lat,
        "lon": place.lon,
        "text": "Aldbrook",
        "near": near,
        "grid": grid,
        "lens": help.LENS["help here"] if name.startswith("findings.") else "help here",
        "by": "D",
        "challenge": "N1",
        "column": "stage" if name.startswith("counts.") else "robotics",
        "title": "Rules",
        "behind": help.behind_cell(cluster, chosen, "help here", "D", "N1", None),
        "split": counts.firms_split(cluster, chosen, "stage", 2026) if name.startswith("findings.") else "stage",
        "this_year": 2026,
        "table": "companies",
        "rows": firms,
        "own": firms.iloc[0],
        "confidence": "sure",
        "year": 2020,
        "row": next(organisations.nearest_help(cluster, "test-firm-e").itertuples()),
    }
    tables = {
        "counts.by_d_in_words": counts.by_d(cluster, chosen),
        "counts.firms_by_area_in_words": counts.firms_by_area(cluster, chosen),
        "counts.head_counts_in_words": counts.head_counts(cluster, chosen),
        "places.density_in_words": places.firms_per_100_000(cluster, chosen),
        "findings.density_key": places.firms_per_100_000(cluster, chosen),
    }
    if name in tables:
        known["table"] = tables[name]
    if name == "findings.amount_in_words":
        known["row"] = cluster.table("indicators").to_dict("records")[0]
    return known


def asked(cluster, name):
    """The answer of a measure."""
    taken = inspect.signature(MEASURES[name]).parameters.values()
    known = arguments(cluster, name)
    return MEASURES[name](*(known[part.name] for part in taken if part.default is part.empty))


def frames(answer):
    """The frames in an answer."""
    parts = answer.values() if isinstance(answer, dict) else [answer]
    return [part for part in parts if isinstance(part, pd.DataFrame)]


def spoil(frame):
    """Change a frame in place in every way its owner may."""
    for place in range(frame.shape[1]):
        frame.iloc[:, place] = frame.iloc[::-1, place].to_numpy()
    frame.columns = range(frame.shape[1])
    frame["spoilt"] = 1
    frame.drop(frame.index, inplace=True)


def tables_of(cluster):
    """All tables as bytes."""
    return {name: pickle.dumps(frame.to_dict("tight")) for name, frame in cluster.tables.items()}


@pytest.fixture(scope="module")
def untouched(cluster):
    """All tables before any measure was called."""
    return tables_of(cluster)


@pytest.mark.parametrize(
    "name", [name for name in MEASURES if "cluster" in inspect.signature(MEASURES[name]).parameters]
)
def test_a_measure_leaves_the_cluster_alone_and_its_answer_is_the_callers_own(cluster, untouched, name):
    answer = frames(asked(cluster, name))
    kept = [frame.copy() for frame in answer]
    for frame in answer:
        spoil(frame)
    assert tables_of(cluster) == untouched
    for again, first in zip(frames(asked(cluster, name)), kept, strict=True):
        pd.testing.assert_frame_equal(again, first)


def test_a_cluster_hands_out_copies(cluster, untouched):
    for frame in (cluster.table("companies"), cluster.records, cluster.record_ds, cluster.many("companies", "ds")):
        spoil(frame)
    cluster.geojson("boundaries")["features"].clear()
    cluster.labels("sort").clear()
    assert tables_of(cluster) == untouched
    assert "spoilt" not in cluster.records and cluster.labels("sort")["company"] == "Firm"
    assert len(cluster.geojson("boundaries")["features"]) == 4
    with pytest.raises(TypeError):
        cluster.tables["companies"] = None
    with pytest.raises(AttributeError):
        cluster.pack = None


# ---- what others rely on --------------------------------------------------


def test_links_keep_their_names(real):
    known = filter_bar.options(real)
    assert list(known) == ["d", "match", "area", "kind", "role", "stage", "status"]
    assert list(known["d"]) == ["Data", "Devices", "Diagnostics", "Digital"]
    assert list(known["match"]) == ["any", "primary"]
    assert list(known["role"]) == ["Core", "Supply chain", "Adjacent", "Works here"]
    assert list(known["stage"]) == ["Research", "Pre-revenue", "Growth", "Established"]
    assert {"Birmingham", "Coventry", "WMCA boroughs"} <= set(known["area"])
    assert {"Firms", "Universities", "NHS trusts", "Research assets", "Support offers"} <= set(known["kind"])
    assert list(help.LENS) == [
        "help here",
        "local help only",
        "firms per source of help",
        "firms known to face it",
    ]
    assert help.SPLITS == ("D", "area", "stage", "theme")


def test_pages_keep_their_places():
    names = [page.stem.split("_", 1)[1] for page in PAGES]
    assert names[:7] == ["Overview", "Map", "Four_Ds", "Challenges", "Organisations", "Data", "About"]


def test_findings_lead_to_pages_that_exist(cluster, everything):
    names = {page.stem.split("_", 1)[1] for page in PAGES}
    assert {finding.page for finding in findings.worth_knowing(cluster, everything)} <= names


@pytest.mark.parametrize("file", ["requirements.txt", "tests/requirements.txt"])
def test_what_is_needed_is_pinned_with_a_reason(file):
    lines = [line for line in (ROOT / file).read_text().splitlines() if line and line[0] not in "#-"]
    assert lines
    assert [line for line in lines if not re.fullmatch(r"[a-zA-Z0-9_.-]+==[0-9][0-9a-z.]* +# \w.+", line)] == []
