"""A button that copies a text: a link, a snippet, a citation. Works by keyboard, and says that it has copied."""

from cluster_data.ui.scripts import component

_copy = component(
    "copying",
    '<button type="button"></button><span role="status"></span><textarea readonly hidden rows="4"></textarea>',
)


def copy_button(label: str, text: str, key: str) -> None:
    """A button of this label that copies the text; where a browser forbids it, the text stands there to be copied."""
    _copy(data={"label": label, "text": text}, key=key)
