"""Who can help with a need."""

from typing import Any

import pandas as pd

from cluster_data.document import Table, Text
from cluster_data.elements import Ask, Element, FilterBox, Group
from cluster_data.findings import reasons
from cluster_data.measures import places, support
from cluster_data.model import words
from cluster_data.model.filters import Filter
from cluster_data.model.link_words import D
from cluster_data.views.page import OF_A_SCENE, Page, Parameter
from cluster_data.views.parts import no_such_place, source_line

NEED = Parameter("need", "Challenge or theme", hint="Any")
HELP_STAGE = Parameter("help_stage", "Stage of the product", hint="Any stage")
NEAR = Parameter("near", "Where you are", hint="Postcode or place", text=True)
MOST = Parameter("most", "How many to show", ("5", "10", "25", "100", "1000"))
THEME = Parameter("theme", "Within a theme", hint="Any theme")
ENDED = Parameter("ended", "Help known to have ended", ("left out", "listed too"))
PARAMETERS = (NEED, HELP_STAGE, NEAR, MOST, THEME, ENDED)
ICON = "handshake"
FILTER_BOX = D
WHOLE_NAMES = 200  # pixels: on a phone a box of challenges has a line of its own
LONGEST = 90  # letters of what a card cuts, so that it is one line of a wide screen


def view(page: Page) -> None:
    """The help that fits, best first; if none does, what comes closest."""
    cluster = page.cluster
    asked = page.one_of(NEED, reasons.can_be_asked(cluster))
    stage = page.one_of(HELP_STAGE, cluster.labels("offer_stage"))
    typed = page.text_of(NEAR)
    most = int(page.one_of(MOST))
    theme = page.one_of(THEME, reasons.themes(cluster))
    chosen = page.chosen.but(ended=page.one_of(ENDED) == ENDED.options[1])
    place, close_names = places.find_place(cluster, typed)
    need = support.Need(asked, stage, place, theme)
    found = support.help_for(cluster, chosen, need)
    page.headline(reasons.finding(cluster, chosen, need))
    page.of_all_kinds = True
    with page.group("grid", most=3, width=WHOLE_NAMES):
        page.add(page.box(NEED), FilterBox(FILTER_BOX), page.box(NEAR))
    with page.group("folded", label="More choices"):
        page.boxes(HELP_STAGE, THEME, ENDED)
    if typed and place is None:
        no_such_place(page, NEAR, typed, close_names)
    if len(found):
        _fitting(page, chosen, need, found, most)
    else:
        close = reasons.close_in_words(cluster, chosen, need)
        heading = "The nearest to it" if len(close) else "Nothing comes near it either"
        page.heading(heading)
        if len(close):
            with page.only("screen"):
                _cards(page, close)
            with page.only("files"):
                page.table(lambda: reasons.for_download(close), heading)
    page.text(reasons.how_they_fit(cluster, chosen, need))
    with page.only("screen"):
        page.text(reasons.place_in_words(cluster, chosen, need))
    page.small(reasons.rule(cluster), "How this list is ordered:")
    shows = (NEED, HELP_STAGE, NEAR, THEME, ENDED)
    page.on_stage(_scene(page, chosen, need, found), shows, statement=chosen.statement(cluster))


def _fitting(page: Page, chosen: Filter, need: support.Need, found: pd.DataFrame, most: int) -> None:
    """The first as cards, the way to more of them, and all as a list."""
    cluster = page.cluster
    with page.only("screen"):
        _cards(page, reasons.list_in_words(cluster, chosen, need, found.head(most)))
        more = next((option for option in MOST.options if int(option) > most), "")
        if more and len(found) > most:
            page.add(Ask(f"Show {min(int(more), len(found)):,} of {len(found):,}", MOST.name, {MOST.name: more}, "add"))

    def listed(rows: pd.DataFrame) -> pd.DataFrame:
        return reasons.for_download(reasons.list_in_words(cluster, chosen, need, rows))

    page.listed(listed, found, _about(page, chosen, need), folded=f"All {len(found):,} as a list", narrow=True)
    page.hint(f"{reasons.how_many_left_out(cluster, chosen, need)} {page.source()}".strip())


def _about(page: Page, chosen: Filter, need: support.Need) -> str:
    return f"Help {reasons.asked_in_words(page.cluster, chosen, need)}".strip()


def _cards(page: Page, rows: pd.DataFrame) -> None:
    """A numbered list of the table of measures.reasons.list_in_words, each with the way to its profile."""
    for place, row in enumerate(rows.to_dict("records"), 1):
        with page.group("card"), page.group("close"):
            page.heading(f"{place}. {row['Name']}", 3)
            page.add(Group("lines", _lines(row)))
            with page.group("row"):
                page.link("Organisations", "Profile", "domain", org=row["id"])
                page.add(source_line(row["cited"]))


def _lines(row: dict[str, Any]) -> list[Element]:
    """What it is, why it fits, who may apply and when, where to go; its profile tells in full what is cut."""
    does, who, run_by = (words.cut(row[column], LONGEST) for column in ("Summary", "Who may apply", "Run by"))
    fits = Text("", lead=row["Fits"]) if row["Fits"] else Text(row["Help"], lead="Help:")
    where, website = " · ".join(filter(None, [run_by, row["Where"]])), [("Website", row["Website"])]
    return [
        Text(does, lead=f"{row['Kind']}:"),
        fits,
        Text(" · ".join(filter(None, [f"For: {who}" if who else "", row["Status"], row["Until"]]))),
        Text(f"{where} ·", links=tuple(website)) if row["Website"] else Text(where),
    ]


def _scene(page: Page, chosen: Filter, need: support.Need, found: pd.DataFrame) -> Table:
    """The first of the list."""

    def first() -> pd.DataFrame:
        listed = reasons.list_in_words(page.cluster, chosen, need, found.head(OF_A_SCENE))
        return listed[["Name", "Where"]]

    of_all = f"The first {OF_A_SCENE} of {len(found):,}, in the order of the page Find support. "
    shown = of_all if len(found) > OF_A_SCENE else ""
    return Table(_about(page, chosen, need), first, f"{shown}{page.source()}")
