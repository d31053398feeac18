"""The story that is told on stage."""

from cluster_data.model.columns import number, several, text
from cluster_data.model.page_files import questions
from cluster_data.model.tables.model import Schema, Text, Whole
from cluster_data.model.tables.organisations import LINKED

NO_SCENES = ("Present", "About")
SCENES = tuple(page for page in questions() if page not in NO_SCENES)  # the pages that a scene may show
HIGHLIGHTS = {
    "Challenges": ("challenge", "column"),
    "Find_support": ("need",),
    "Organisations": ("org",),
    "Connections": ("around",),
    "Areas": ("in",),
    "Growth": ("measure",),
}  # by page: the parameters of its address that say what stands out
NAMED_BY = {
    "challenge": ("challenges",),
    "column": ("ds",),
    "need": ("challenges", "themes"),
    "org": LINKED,
    "around": LINKED,
    "in": ("areas", "groups"),
    "measure": ("vocabulary",),
}  # the tables whose rows such a parameter names


class Scenes(Schema, unique=["order", "title"], may_be_missing=True):
    """The scenes of the story told on stage, each a view of a page. Findings and figures are computed from the data."""

    order: Whole = number("Place in the story", least=1, required=True)
    page: Text = text("Page it is a view of, as in addresses", required=True, pattern=rf"^({'|'.join(SCENES)})$")
    filter: Text = text("Choice of records, as an address has it after its question mark; empty: as at first")
    highlight: Text = several(
        "What stands out, by id, areas by name: on Challenges a challenge, or a challenge and a D; on Find_support a "
        "challenge or theme; on Organisations and Connections a record; on Areas an area; on Growth what goals add to"
    )
    title: Text = text("Its topic in a few plain words, without figures", required=True)
    sentence: Text = text("One sentence that leads to what is shown, without figures", required=True)
    notes: Text = text("What a presenter may say, without figures")
