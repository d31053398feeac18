"""The files of the pages folder: their order, their names in addresses, the question each answers."""

import ast
from functools import cache
from pathlib import Path

PAGES = Path(__file__).parents[2] / "pages"


def page_name(file: Path) -> str:
    """The name of a page in its URL: "Four_Ds"."""
    return file.stem.split("_", 1)[1]


def page_title(name: str) -> str:
    """The name of a page as the menu shows it: "Four Ds"."""
    return name.replace("_", " ")


def page_files() -> list[Path]:
    """The files of the pages folder in the order of their numbers."""
    return sorted(PAGES.glob("[0-9]*_*.py"), key=lambda file: int(file.name.split("_")[0]))


@cache
def questions() -> dict[str, str]:
    """The question of each page, the first line of its file, by its name in addresses."""
    said = {page_name(file): ast.get_docstring(ast.parse(file.read_text("utf-8"))) for file in page_files()}
    return {page: (whole or "").split("\n")[0] for page, whole in said.items()}
