"""Whatever a pack holds, what a page gives to Streamlit as Markdown has every trap of it made harmless."""

import re
from itertools import chain

import pytest

from tests.hostile import RAW, hostile_pack
from tests.test_pages import OPENED, QUESTIONS

pytestmark = pytest.mark.slow

TARGET = re.compile(r"\]\(<[^>]*>\)")
WRITTEN = ("title", "header", "subheader", "markdown", "caption", "warning", "info")
LABELLED = (
    "page_link",
    "link_button",
    "button",
    "download_button",
    "expander",
    "text_input",
    "selectbox",
    "multiselect",
)
VIEWS = [(page, {}) for page in QUESTIONS]
VIEWS += [(page, {"print": "1"}) for page in QUESTIONS]
VIEWS += [(page, link) for page, link in OPENED if page != "12_Data.py" and "in" not in link]
VIEWS += [("6_Organisations.py", {"org": "test-firm-a", "compare": "gentle-bench"})]


@pytest.fixture(scope="module")
def traps(tmp_path_factory):
    """A pack full of traps."""
    return hostile_pack(tmp_path_factory.mktemp("hostile") / "pack")


def markdown_of(app):
    """All that stands on a page as Markdown, without where its links lead."""
    yield from (part.value for kind in WRITTEN for part in app.get(kind))
    yield from (getattr(part, "label", None) or part.proto.label for kind in LABELLED for part in app.get(kind))
    for table in app.table:
        yield from map(str, chain(table.value.columns, table.value.to_numpy().ravel()))


@pytest.mark.parametrize(
    ("page", "link"), VIEWS, ids=lambda part: "-".join(part.values()) if isinstance(part, dict) else part
)
def test_no_trap_of_a_pack_stands_in_markdown(visit, traps, page, link):
    app = visit(page, traps, **link)
    assert not app.exception
    said = [TARGET.sub("]", text) for text in markdown_of(app)]
    assert "evil" in " ".join(said)
    assert [text[:200] for text in said if RAW.search(text)] == []
