"""The words that other tables use: Ds, challenges, themes, reaches, and every coded word."""

from cluster_data.model.columns import COLOUR, key, number, one_of, some_of, sources, text
from cluster_data.model.tables.model import Schema, Text, Whole


class Ds(Schema, may_be_empty=False):
    """The Ds that the cluster is told in, in their order and colours."""

    id: Text = key("Stable id")
    label: Text = text("Name on screen and in links", required=True)
    order: Whole = number("Place in every list, from 1", least=1, required=True)
    symbol: Text = text(
        "Marker on maps: square, circle, triangle, diamond, pentagon or cross",
        required=True,
        pattern=r"^(square|circle|triangle|diamond|pentagon|cross)$",
    )
    colour_light: Text = text("Colour on a light ground, as #RRGGBB", required=True, pattern=COLOUR)
    colour_dark: Text = text("Colour on a dark ground, as #RRGGBB", required=True, pattern=COLOUR)
    meaning: Text = text("What belongs to it")


class Challenges(Schema, may_be_empty=False):
    """The challenges that firms of the region named."""

    id: Text = key("Stable id, such as N1", r"^[A-Z0-9][A-Za-z0-9.-]*$")
    title: Text = text("Short name", required=True)
    meaning: Text = text("What firms meant by it")
    source_ids: Text = sources()


class Themes(Schema):
    """The intervention themes and their parts."""

    id: Text = key("Stable id, such as T1 or 1.2", r"^[A-Za-z0-9][A-Za-z0-9.-]*$")
    parent: Text = one_of(("themes",), "The theme it is part of; empty for a theme of the first level")
    title: Text = text("Short name", required=True)
    source_ids: Text = sources()


class Vocabulary(Schema, unique=["field", "id"], may_be_empty=False):
    """Every coded word the tables use, with its label. A new word is a new row here."""

    field: Text = text("Which columns may hold the word; word: one that texts use, explained on About", required=True)
    id: Text = text("The word in the files", required=True)
    label: Text = text("The word on screen and in links", required=True)
    plural: Text = text("The label for several")
    order: Whole = number("Place in every list", least=1, required=True)
    flag: Text = text(
        "default: chosen at first; gone: known to have ended; bought: part of another firm since; open: at work or "
        "taking applications when last seen; board: an NHS body that is no trust; academic, business, clinical: the "
        "part of the network that a type of record belongs to; funds, spinout, trial: what such a link, firm or asset "
        "tells an investor; invests: help by equity or loan; doubted: confidence that a reader is warned of",
        pattern=r"^(default|gone|bought|open|board|academic|business|clinical|funds|spinout|trial|invests|doubted)$",
    )
    meaning: Text = text("What the word means")


class Reaches(Schema, may_be_empty=False):
    """How far an offer reaches."""

    id: Text = key("Stable id")
    label: Text = text("Name on screen", required=True)
    order: Whole = number("From the nearest, 1, to the widest", least=1, required=True)
    local: Text = text("yes if it is of the region or nearer", required=True, pattern=r"^(yes|no)$")
    group: Text = some_of(
        ("groups", "areas"),
        "The groups of areas, or the local authorities by code, that it is held to; empty if it reaches every area of "
        "the pack",
    )
