"""Links to stories that readers make of views."""

from collections.abc import Sequence

from cluster_data import scenes


def story_link(views: Sequence[str]) -> str:
    """The address, from the root of the dashboard, of a story made of the addresses of views ("Four_Ds?d=Data")."""
    return f"Present?{scenes.story_query(views)}"
