"""Sourced figures, codes and sources."""

from cluster_data.model.columns import AREA_CODE, SIC_CODE, WEB_ADDRESS, key, number, some_of, sources, text, word, year
from cluster_data.model.tables.model import Number, Schema, Text, Whole


class Indicators(Schema, unique=["id", "geography", "period", "source_ids"]):
    """Sourced figures. One id is one series; sources may disagree, and the note says how."""

    id: Text = text("Id of the series", required=True, pattern=r"^[a-z0-9_]+$")
    name: Text = text("What is counted", required=True)
    topic: Text = word("indicator_topic", "What it is about", required=True)
    question: Text = word("indicator_question", "The question that it and other rows answer, each in its own way")
    value: Number = number("The figure, or the lower end of a range; empty if it could not be read")
    value_high: Number = number("The upper end of a range")
    unit: Text = text("Unit", required=True)
    geography: Text = text("Where it holds, in the source's terms", required=True)
    geography_code: Text = text("Code of that geography")
    place: Text = word("indicator_place", "How that geography stands to the region of the pack", required=True)
    scope: Text = text("What it counts as the sector")
    ds: Text = some_of(("ds",), "Ds it speaks of")
    period: Text = text("When it holds, in the source's words", required=True)
    year_from: Whole = year("First year of the period, if stated", may_be_future=True)
    year_to: Whole = year("Last year of the period, if stated", may_be_future=True)
    year_about: Whole = year("Year of the page or report, if the period states none", may_be_future=True)
    kind: Text = word("indicator_kind", "Actual, estimate, target or projection", required=True)
    measure: Text = word("indicator_measure", "What a goal adds to and a baseline holds; empty for all other rows")
    counts_as: Text = text(
        "goal: it would be added; kept: it would not be lost; baseline: goals are counted from it",
        pattern=r"^(goal|kept|baseline)$",
    )
    note: Text = text("What to know, and which sources disagree")
    publisher: Text = text("Publisher", required=True)
    title: Text = text("Title of the page or report")
    confidence: Text = word("confidence", "How sure the row is", required=True)
    source_ids: Text = sources()


class Comparisons(Schema):
    """Figures by region of the country."""

    region: Text = text("Region or nation", required=True)
    region_code: Text = text("Its code", pattern=AREA_CODE)
    level: Text = text(
        "region: one of the regions that are compared; country: all of them; other: an area of another make",
        required=True,
        pattern=r"^(region|country|other)$",
    )
    period: Text = text("When it holds, in the source's words", required=True)
    year_from: Whole = year("First year of the period, if stated")
    year_to: Whole = year("Last year of the period, if stated")
    scope: Text = text("What it counts as the sector", required=True)
    metric: Text = word("comparison_metric", "What is counted", required=True)
    value: Number = number("The figure", required=True)
    unit: Text = text("Unit", required=True)
    note: Text = text("What to know about this row")
    publisher: Text = text("Publisher", required=True)
    confidence: Text = word("confidence", "How sure the row is", required=True)
    source_ids: Text = sources()


class SicCodes(Schema, unique=["sic", "definition", "description"]):
    """Industry codes used in definitions of health and life science, with the Ds they mostly map to."""

    sic: Text = text("SIC 2007 code, or the first digits of several", required=True, pattern=SIC_CODE)
    description: Text = text("What the code covers", required=True)
    ds: Text = some_of(("ds",), "Ds it mostly maps to; the mapping is the pack's own")
    definition: Text = text("Whose definition uses it", required=True)
    source_ids: Text = sources()


class Sources(Schema):
    """Every page or data set cited."""

    id: Text = key("Stable id")
    publisher: Text = text("Publisher", required=True)
    title: Text = text("Title, often not known")
    url: Text = text("Web address", required=True, pattern=WEB_ADDRESS)
    note: Text = text("What was used of it")
