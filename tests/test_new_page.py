"""What one file adds: a page with its parameter, a kind of chart, a column. Then they are in every form of a view."""

import csv
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.slow

VIEW = '''"""Which firms are old."""

from functools import partial

from cluster_data.drawing.charts.dots import dots_chart
from cluster_data.measures import counts
from cluster_data.views.page import Page, Parameter

ORDER = Parameter("order", "In order", ("most first", "least first"))
PARAMETERS = (ORDER,)
ICON = "elderly"
DRAWN_WITH = ("chart",)


def view(page: Page) -> None:
    """Firms by area, in an order."""
    cluster, order = page.cluster, page.one_of(ORDER)
    rows = counts.firms_by_area(cluster, page.chosen)
    rows = rows if order == "most first" else rows.iloc[::-1]
    page.headline(f"Firms stand in {len(rows)} areas, {order}")
    page.boxes(ORDER)
    page.chart("old", partial(dots_chart, rows), rows[["label", "all"]], "Firms by area", page.source())
    page.on_stage(page.elements[-1], shows=(ORDER,))
'''
PAGE = '''"""Which firms are old?"""

from cluster_data import ui

ui.show(ui.begin(__doc__))
'''
CHART = '''"""Dots that show how many."""

import pandas as pd
import plotly.graph_objects as go

from cluster_data.drawing.charts.base import figure_of, inert
from cluster_data.palette import Palette


def dots_chart(rows: pd.DataFrame, ground: Palette) -> go.Figure:
    """One dot for each label."""
    marks = {"color": ground.accent, "size": 9}
    dots = {"type": "scatter", "mode": "markers", "x": list(rows["all"]), "y": [*map(inert, rows["label"])]}
    return figure_of(ground, 200, [dots | {"marker": marks}], {"range": [0, 9]}, {})
'''
BEFORE, COLUMN = "employees", '    patented: Whole = year("Year of the first patent")'
TRIED = """
import datetime, io, json, sys, zipfile
from streamlit.testing.v1 import AppTest
from cluster_data import exports, scenes, views
from cluster_data.api import answers, folder, openapi, plain
from cluster_data.api.taken import taken
from cluster_data.model.page_files import questions
from cluster_data.input.read import read_cluster
from cluster_data.scenes.showing import shown_scene
from pathlib import Path

root, pack = Path.cwd(), Path(sys.argv[1])
found = {}
for key, asked in {"first": "most first", "least": "LEAST FIRST", "bad": "sideways"}.items():
    app = AppTest.from_file(str(root / "app.py"), default_timeout=60)
    app.query_params["order"] = asked
    app.switch_page(str(root / "pages" / "14_Old_firms.py")).run()
    assert not app.exception
    found[f"screen {key}"] = app.title[0].value
    found[f"address {key}"] = dict(app.session_state["address"])
    found[f"warned {key}"] = " ".join(warning.value for warning in app.warning)
app = AppTest.from_file(str(root / "app.py"), default_timeout=60)
app.query_params["print"] = "1"
app.switch_page(str(root / "pages" / "14_Old_firms.py")).run()
found["paper"] = app.title[0].value
cluster = read_cluster(pack, datetime.date(2026, 11, 28))
opened = views.opened("Old_firms", cluster, {"order": ["least first"]})
found["statement"] = opened.page.draft.whole_statement()
document = opened.document("https://dashboard.example/Old_firms?order=least+first")
found["files"] = [export.name for export in exports.every() if export.of == exports.VIEW and export.file_of(document)]
(scene,) = scenes.scenes_of_link(["Old_firms?order=least+first"])
told = shown_scene(cluster, scene, questions())
found["stage"] = [told.finding, told.missing, bool(told.picture)]
asked = {"order": ["least first"]}
found["api"] = json.loads(answers.answer(cluster, "views/Old_firms", asked).body)
found["refused"] = answers.answer(cluster, "views/Old_firms", {"order": ["sideways"]}).status
found["described"] = openapi.specification(cluster)["paths"]["/views/Old_firms"]["get"]["parameters"]
found["plain"] = plain.page(cluster, "Old_firms", {}).decode()
found["picture"] = plain.picture(cluster, "Old_firms", 0, asked).decode()
found["site"] = "Old_firms" in folder.site_of(cluster).of_pages
found["menu"], found["code"] = views.icon_of("Old_firms"), views.drawn_with("Old_firms")
data = taken("Data", cluster, {"table": ["companies"]}).document
(packed,) = [export.file_of(data) for export in exports.every() if export.name == "datapackage"]
archive = zipfile.ZipFile(io.BytesIO(packed))
(companies,) = [one for one in json.loads(archive.read("datapackage.json"))["resources"] if one["name"] == "companies"]
found["column"] = [one for one in companies["schema"]["fields"] if one["name"] == "patented"]
found["dictionary"] = plain.page(cluster, "Data", {"table": ["companies"]}).decode()
found["profile"] = plain.page(cluster, "Organisations", {"org": [cluster.table("companies")["id"].iloc[0]]}).decode()
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project with one page, one kind of chart and one column more, and with a pack that fills it."""
    root = tmp_path_factory.mktemp("project")
    for name in ("cluster_data", "pages", ".streamlit", "tests", "data"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("app.py", "pyproject.toml"):
        shutil.copy(ROOT / name, root)
    house = root / "cluster_data"
    (house / "views" / "old_firms.py").write_text(VIEW)
    (root / "pages" / "14_Old_firms.py").write_text(PAGE)
    (house / "drawing" / "charts" / "dots.py").write_text(CHART)
    tables = house / "model" / "tables" / "organisations.py"
    tables.write_text(tables.read_text().replace(f"    {BEFORE}: Whole", f"{COLUMN}\n    {BEFORE}: Whole", 1))
    file = root / "tests" / "pack" / "companies.csv"
    with file.open(encoding="utf-8", newline="") as text:
        heading, *rows = csv.reader(text)
    at = heading.index(BEFORE)
    with file.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows(
            [*row[:at], said, *row[at:]]
            for row, said in zip([heading, *rows], ["patented", "2019", *[""] * len(rows)], strict=False)
        )
    return root


def ran(project, *words, **settings):
    """What a program prints that runs in the project."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=project,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(project)} | settings,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def found(project):
    """What every form says of the page, the chart and the column."""
    pack = str(project / "tests" / "pack")
    return json.loads(ran(project, "-c", TRIED, pack, CLUSTER_DATA=pack).splitlines()[-1])


def test_a_page_is_everywhere_with_its_parameter(found):
    assert found["screen first"].endswith("most first") and "order" not in found["address first"]
    assert found["screen least"].endswith("least first") and found["address least"]["order"] == ["least first"]
    assert found["screen bad"].endswith("most first") and "sideways" in found["warned bad"]
    assert found["paper"].endswith("most first")
    assert "in order: least first" in found["statement"].lower()
    finding, missing, has_picture = found["stage"]
    assert finding.endswith("least first") and not missing and has_picture
    assert found["menu"] == "elderly" and found["code"] == ["chart"] and found["site"]


def test_it_is_given_to_programs_and_as_a_plain_page(found):
    assert found["api"]["title"].endswith("least first") and found["refused"] == 400
    (order,) = [one for one in found["described"] if one["name"] == "order"]
    assert "least first" in json.dumps(order)
    assert "/plain/Old_firms?order=least+first" in found["plain"] and "most first</h1>" in found["plain"]


def test_a_kind_of_chart_is_drawn_for_every_file(found):
    assert {"workbook", "slides", "pdf", "tables"} <= set(found["files"])
    assert found["picture"].startswith("<svg") and found["picture"].count("<use") > 2


def test_a_column_is_described_and_typed_and_told_by_a_profile(found):
    (column,) = found["column"]
    assert column["type"] == "year" and column["description"] == "Year of the first patent"
    assert "Year of the first patent" in found["dictionary"]
    assert re.search(r"Year of the first patent(<[^>]+>)+2019", found["profile"])


def test_it_is_on_the_command_line(project):
    said = ran(
        project,
        "-m",
        "cluster_data",
        "view",
        "Old_firms?order=least+first",
        "--as",
        "text",
        CLUSTER_DATA=str(project / "tests" / "pack"),
    )
    assert "least first" in said and "Firms by area" in said


def test_the_tests_of_links_know_its_parameter(project):
    said = ran(project, "-m", "pytest", "-p", "no:cacheprovider", "-rA", "tests/test_links.py", "-k", "Old_firms")
    assert "PASSED tests/test_links.py::test_a_page_keeps_all_that_its_link_says[Old_firms]" in said
    assert "changes_its_scene_or_is_named_there[Old_firms order]" in said
