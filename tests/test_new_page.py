"""A page is added by one file in views/ and one in pages/: then it is on screen, on paper, on stage, in every file."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packs import PACK

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.slow

VIEW = '''"""Which firms are old."""

from functools import partial

from cluster_data.drawing import charts
from cluster_data.measures import counts
from cluster_data.views.page import Page, Parameter

ORDER = Parameter("order", "In order", ("most first", "least first"))
PARAMETERS = (ORDER,)


def view(page: Page) -> None:
    """Firms by area, in an order."""
    cluster, order = page.cluster, page.one_of(ORDER)
    rows = counts.firms_by_area(cluster, page.chosen)
    rows = rows if order == "most first" else rows.iloc[::-1]
    page.headline(f"Firms stand in {len(rows)} areas, {order}")
    page.boxes(ORDER)
    page.chart("old", partial(charts.shares_chart, rows), rows[["label", "all"]], "Firms by area", page.source())
    page.on_stage(page.elements[-1], shows=(ORDER,))
'''
PAGE = '''"""Which firms are old?"""

from cluster_data import ui

ui.show(ui.begin(__doc__))
'''
TRIED = """
import datetime, json, sys
from streamlit.testing.v1 import AppTest
from cluster_data import exports, scenes, views
from cluster_data.model.page_files import questions
from cluster_data.input.read import read_cluster
from cluster_data.scenes.showing import shown
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
found["files"] = [export.name for export in exports.every() if export.of == exports.VIEW and export.made(document)]
(scene,) = scenes.scenes_of_link(["Old_firms?order=least+first"])
told = shown(cluster, scene, questions())
found["stage"] = [told.finding, told.missing, bool(told.picture)]
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project with one page more."""
    root = tmp_path_factory.mktemp("project")
    for name in ("cluster_data", "pages", ".streamlit"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", root)
    (root / "cluster_data" / "views" / "old_firms.py").write_text(VIEW)
    (root / "pages" / "14_Old_firms.py").write_text(PAGE)
    return root


def ran(project, *words):
    """What a program prints that runs in the project."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=project,
        env={"PATH": "/usr/bin:/bin", "CLUSTER_DATA": str(PACK), "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_is_everywhere_with_its_parameter(project):

    found = json.loads(ran(project, "-c", TRIED, str(PACK)).splitlines()[-1])
    assert found["screen first"].endswith("most first") and "order" not in found["address first"]
    assert found["screen least"].endswith("least first") and found["address least"]["order"] == ["least first"]
    assert found["screen bad"].endswith("most first") and "sideways" in found["warned bad"]
    assert found["paper"].endswith("most first")
    assert "in order: least first" in found["statement"].lower()
    assert {"workbook", "slides", "pdf", "tables"} <= set(found["files"])
    finding, missing, has_picture = found["stage"]
    assert finding.endswith("least first") and not missing and has_picture


def test_it_is_on_the_command_line(project):
    said = ran(project, "-m", "cluster_data", "view", "Old_firms?order=least+first", "--as", "text")
    assert "least first" in said and "Firms by area" in said
