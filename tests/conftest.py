"""What the tests share: the invented pack, the pack that comes with the dashboard, and a visitor without a browser."""

import functools
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from cluster_data.document import Document
from cluster_data.input.read import read_cluster
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.filters import Filter
from cluster_data.ui import take_away
from tests import home
from tests.packs import PACK, TODAY

ROOT = Path(__file__).parents[1]
PATIENCE = 60

# An AppTest reads the description of every installed package anew, some 0.15 s each; they do not change meanwhile.
manifest_scanner.scan_component_manifests = functools.cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    """The invented pack."""
    return read_cluster(PACK, TODAY)


@pytest.fixture(scope="session")
def real() -> Cluster:
    """The pack at home: see tests/home.py."""
    return read_cluster(home.HOME, home.TODAY)


@pytest.fixture(scope="session")
def everything() -> Filter:
    """The choice that keeps all records."""
    return Filter()


@pytest.fixture(scope="session")
def at_first(cluster: Cluster) -> Filter:
    """What a visitor of the invented pack sees before choosing: its heartland firms."""
    return Filter.default(cluster)


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Opens a page, named by its file, as a new visitor with a link: visit("2_Map.py", PACK, area=["Dunmere"])."""

    def opened(page: str, pack: Path = PACK, **link: str | list[str]) -> AppTest:
        monkeypatch.setenv("CLUSTER_DATA", str(pack))
        app = AppTest.from_file(ROOT / "app.py", default_timeout=PATIENCE)
        for key, value in link.items():
            app.query_params[key] = value
        return app.switch_page(str(ROOT / "pages" / page)).run()

    return opened


@pytest.fixture
def taken(visit: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Document]:
    """The document of a page, opened as `visit` does: taken("8_Areas.py", PACK, **{"in": "Aldbrook"})."""
    found: list[Document] = []
    monkeypatch.setattr(take_away, "_files", lambda view, document: found.append(document))
    monkeypatch.setattr(take_away, "_is_open", lambda tray: True)

    def document(page: str, pack: Path = PACK, **link: str | list[str]) -> Document:
        app = visit(page, pack, **link)
        assert not app.exception
        return found[-1]

    return document


@pytest.fixture(scope="session")
def read_aloud() -> Callable[[AppTest], str]:
    """All that a page says in titles, text and notices, without pictures and the signs that guard Markdown."""

    def aloud(app: AppTest) -> str:
        kinds = (app.title, app.header, app.subheader, app.markdown, app.caption, app.text, app.warning, app.info)
        written = "\n".join(part.value for kind in kinds for part in kind).replace(words.SEAM, "")
        return re.sub(r"\\([^\w\s])|!\[\]\(data:[^)]*\)", r"\1", written)

    return aloud
