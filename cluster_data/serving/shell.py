"""The HTML that a page begins with: Streamlit's own, with title, description and the code that the page will need."""

import json
import re
from functools import cached_property
from html import escape
from pathlib import Path

from cluster_data import views
from cluster_data.serving.previews import Preview

TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
NOSCRIPT = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
AGENTS = re.compile(r'<link rel="service-desc"[^>]*>\s*')
INDEX = "index.html"
EVERYWHERE = ("Multiselect", "PageLink", "Selectbox", "TextInput", "Button", "Radio")
CODE_OF = {"chart": "PlotlyChart", "map": "DeckGlJsonChart", "list": "DataFrame"}  # large parts of Streamlit


class Shell:
    """Streamlit's page, from the folder of its files, ready to be filled."""

    def __init__(self, source: Path) -> None:
        """The page as Streamlit sends it, without its words on what is closed here."""
        self.source = source
        page = COMMENT.sub("", (source / "index.html").read_text("utf-8"))
        self.page = AGENTS.sub("", page)

    @cached_property
    def manifest(self) -> dict[str, dict]:
        """Which file needs which: the manifest of Streamlit's build; empty if there is none."""
        file = self.source / "manifest.json"
        return json.loads(file.read_text("utf-8")) if file.is_file() else {}

    @cached_property
    def entries(self) -> dict[str, str]:
        """The name of each part that is loaded when needed, and its key in the manifest."""
        keys = [key for key in self.manifest.get(INDEX, {}).get("dynamicImports", ()) if key in self.manifest]
        return {str(self.manifest[key].get("name")): key for key in keys}

    def needed(self, page: str) -> list[str]:
        """The files that a page will ask for beside those that every page names, each once."""
        found: dict[str, None] = {}
        parts = [*(CODE_OF[part] for part in views.drawn_with(page)), *EVERYWHERE]
        waiting = [self.entries[part] for part in parts if part in self.entries]
        while waiting:
            one = self.manifest[waiting.pop(0)]
            for file in (one["file"], *one.get("css", ())):
                if file not in found:
                    found[file] = None
                    waiting += [key for key in one.get("imports", ()) if key in self.manifest]
        return [file for file in found if file not in self.page]

    def html(self, preview: Preview) -> str:
        """The page with the title, the description and the files of one view."""
        tags = [f"<meta {kind}={_quoted(name)} content={_quoted(text)}>" for kind, name, text in preview.tags()]
        tags += [f'<link rel="canonical" href={_quoted(preview.address)}>'] if preview.address else []
        head = "\n".join([f"<title>{escape(preview.title)}</title>", *tags, ""])
        plain = f" <a href={_quoted(preview.plain)}>Read it as a plain page</a>." if preview.plain else ""
        told = f"<noscript><p>{escape(preview.description)}</p><p>This page needs JavaScript.{plain}</p></noscript>"
        page = TITLE.sub(lambda _: head, self.page, count=1)
        early = "\n".join(map(_link, self.needed(preview.page)))  # but after what the app itself starts with
        page = page.replace("</head>", f"{early}\n</head>", 1)
        return NOSCRIPT.sub(lambda _: told, page, count=1)


def _quoted(text: str) -> str:
    return f'"{escape(text)}"'


def _link(file: str) -> str:
    if file.endswith(".css"):
        return f'<link rel="preload" as="style" crossorigin href="./{file}">'
    return f'<link rel="modulepreload" fetchpriority="low" crossorigin href="./{file}">'
