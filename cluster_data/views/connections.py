"""Who works with whom, and who might meet."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from cluster_data.document import Chart, Picture, Table
from cluster_data.drawing import charts
from cluster_data.findings import network_words as said
from cluster_data.findings import suggestions
from cluster_data.measures import citations, network, organisations, profiles
from cluster_data.model import words
from cluster_data.model.filters import link_of_filter
from cluster_data.model.link_words import ROLE
from cluster_data.model.wording import with_types
from cluster_data.views.page import OF_A_SCENE, Page, Parameter
from cluster_data.views.profile import first_and_rest, link_in_words

NETWORK, MEETING = "network", "who should meet whom"
SHOW = Parameter("show", "Show", (NETWORK, MEETING))
LINK = Parameter("link", "Kind of link")
AROUND = Parameter("around", "Look at one organisation", hint="Name or a mark", records=True, entry=True)
NO_MARKS = "Choose one"
FROM = Parameter("from", "From", hint="Choose an organisation", records=True)
TO = Parameter("to", "To", hint="Choose another", records=True)
PARAMETERS = (SHOW, LINK, AROUND, FROM, TO)
ICON = "hub"
DRAWN_WITH = ("chart", "list")

ANY_KIND = "any kind"
REASONS_OF_A_SCENE = 4
ROOM, MOST_DRAWN = (360, 235), 32  # on a stage
COLOURS = "Violet: academic; orange: business; blue: clinical; grey: none of these."


def view(page: Page) -> None:
    """The network and beside it what is chosen there; or who might meet."""
    cluster, names = page.cluster, organisations.names(page.cluster)
    kinds = {ANY_KIND: ""} | {label: kind for kind, label in cluster.labels("link_kind").items()}
    meaning = {label: kind or label for label, kind in kinds.items()}
    meeting = page.one_of(SHOW) == MEETING
    kind = kinds[page.one_of(LINK, {label: label for label in kinds}, ANY_KIND, meaning=meaning)]
    asked_around = replace(AROUND, hint=NO_MARKS) if meeting else AROUND
    page.of_all_kinds = True
    offered = suggestions.linked_or_suggestible(cluster)
    only = _only_one(page, offered) if meeting else ""
    around = page.one_of(asked_around, names, only, offered)
    start, end = page.one_of(FROM, names), page.one_of(TO, names)
    if meeting:
        _meeting(page, around)
        return
    start = start or (around if end else "")
    asked = bool(start and end)
    if not asked:
        page.goes_without_saying(FROM, TO)
    page.headline(
        said.path_finding(cluster, start, end, kind) if asked else said.finding(cluster, page.chosen, kind, around),
        "" if asked or around else said.held_together(cluster, page.chosen, kind),
    )
    page.boxes(SHOW, LINK, AROUND, most=3)
    picture, beside = page.columns(3, 2)
    with page.within(picture):
        _network(page, kind, around, network.way(cluster, start, end, kind) if asked else [])
    with page.within(beside):
        if asked:
            _steps(page, kind, start, end)
        if around:
            _links_of(page, kind, around, names[around])
        _ends(page, around, start, end)
        if not around and not asked and len(network.nodes(cluster, page.chosen, kind)):
            most, about = network.most_connected(cluster, page.chosen, kind), "Organisations linked with most others"
            page.heading(about, 3)
            page.records(said.connected_in_words(cluster, most), about, opens=AROUND)
    if not around:
        _bridges(page, kind)
    if asked:
        _path_on_stage(page, kind, start, end)
    else:
        page.on_stage(_scene(page, kind, around), PARAMETERS, statement=page.chosen.counted(cluster))


def _only_one(page: Page, offered: Sequence[str]) -> str:
    """The firm of a choice that holds no other, if there is something to say of it."""
    firms = page.chosen.firms(page.cluster)["id"]
    return firms.iloc[0] if len(firms) == 1 and firms.iloc[0] in offered else ""


def _network(page: Page, kind: str, around: str, way: list[str]) -> None:
    """The drawing, in which the way asked for stands out, or else one organisation with those it is linked with."""
    cluster, chosen, types = page.cluster, page.chosen, page.cluster.plurals("record_type")
    surely = tuple(way) or network.with_neighbours(cluster, chosen, kind, around)
    drawn, joined = (of(cluster, chosen, kind, surely) for of in (network.nodes, network.lines))
    if drawn.empty:
        return
    page.chart(
        "network",
        lambda ground: charts.network_chart(drawn, joined, types, ground, around or None, way=way),
        lambda: said.links_in_words(cluster, chosen, kind),
        f"Network of links: {chosen.words(cluster, 'records')}",
        f"{said.what_is_shown(cluster, chosen, kind, surely, bool(way))} {said.KEY} {page.source()}",
        "links",
        (AROUND,),
    )


def _links_of(page: Page, kind: str, around: str, name: str) -> None:
    """One organisation: its profile, its links with their sources, and the way to whom it might meet."""
    links = profiles.links_of(page.cluster, around, kind)
    page.heading(name, 3)
    with page.group("row"):
        page.link("Organisations", "Profile", "domain", org=around)
        page.link("Connections", "Whom it might meet", "handshake", around=around, show=SHOW.options[1])
    page.heading(f"{words.count(len(links), 'link')}, whatever the filter" if len(links) else "No link is listed", 4)
    if len(links):
        with page.only("screen"):
            first_and_rest(page, [link_in_words(page, row) for row in links.itertuples()], "link", "links")
        listed = said.links_around(page.cluster, around, kind)
        page.records(listed, f"Links of {name}", folded="The links as a list")


def _bridges(page: Page, kind: str) -> None:
    """The bridges between the parts."""
    cluster, chosen = page.cluster, page.chosen
    across = network.bridges(cluster, chosen, kind)
    joins = "joins" if len(across) == 1 else "join"
    found = f"{words.count(len(across), 'organisation')} {joins} academic, business and clinical"
    page.heading(found if len(across) else "No organisation joins all three parts", 3)
    page.small(said.BRIDGE)
    if len(across):
        about, folded = "Bridges between the three parts", "The organisations that join all three"
        page.listed(partial(said.bridges_in_words, cluster), across, about, folded=folded)


def _steps(page: Page, kind: str, start: str, end: str) -> None:
    """The shortest way between two, link by link with its sources."""
    cluster = page.cluster
    if start == end:
        return
    steps = network.path(cluster, start, end, kind)
    page.text(said.path_detail(cluster, start, end, kind))
    with page.only("screen"):
        for row in steps.itertuples():
            told = ". ".join([*(str(part) for part in (row.year, row.note) if pd.notna(part)), "Source:"])
            lead = f"{row.step}. {row.one_name} {row.said} {row.other_name}."
            page.text(told, lead, citations.pairs(cluster, row.source_ids))
    if len(steps):
        with page.only("files"):
            page.table(lambda: said.steps_in_words(cluster, steps), "The steps of the shortest way")


def _ends(page: Page, around: str, start: str, end: str) -> None:
    """The boxes of the way to another: from the organisation chosen, or between any two."""
    asked = bool(start or end)
    with page.only("screen"), page.group("folded", label="The way from one organisation to another", opened=asked):
        page.boxes(*((FROM, TO) if asked or around else (FROM,)), most=2, width=150)
    if asked:
        page.hint(said.PATH)


def _meeting(page: Page, around: str) -> None:
    """Who might meet: for one organisation the best, or the best pairs of the choice; each with its reason."""
    cluster, chosen, beyond = page.cluster, page.chosen, False
    page.goes_without_saying(SHOW)
    if around:
        found = suggestions.partners_for(cluster, around, None, chosen)
        if found.empty:
            found = suggestions.partners_for(cluster, around)
            beyond = not found.empty
        page.headline(said.meeting_found(cluster, around, found))
        first, number, rule = found.head(suggestions.BEST), len(found), suggestions.RULE_FOR_ONE
        about, by, ends = "Who might meet it", ["strength", "why"], [("name", "id", "handshake")]
    else:
        strengths = suggestions.strengths(cluster, chosen)
        page.headline(said.pairs_found(strengths, suggestions.MOST_PAIRS))
        first, number, rule = suggestions.strongest(cluster, chosen, suggestions.BEST), len(strengths), suggestions.RULE
        about, by = "Pairs not yet linked", ["one", "strength", "why"]
        ends = [("one_name", "one", "handshake"), ("other_name", "other", "domain")]

    def rows() -> pd.DataFrame:
        return said.for_download(cluster, found if around else suggestions.pairs_not_linked(cluster, chosen))

    page.boxes(SHOW, AROUND, most=2, width=240)
    with page.only("screen"):
        if beyond:
            page.text(f"No other of this choice is suggested: these are of all of {cluster.pack.the_region}.")
        if best := said.best_found(first, number):
            page.heading(best, 3)
        _cards(page, first, by, ends)
        if not around and not number:
            _elsewhere(page)
    if number:
        page.table(rows, about, folded=f"All {number:,} as a table", key="meeting")
    page.small(f"How good a reason is. {suggestions.HOW_GOOD}")
    page.hint(f"{with_types(page.cluster, suggestions.REASONS)} {rule} {page.source()}")
    picture = Table(about, lambda: said.for_stage(first).head(REASONS_OF_A_SCENE), page.source())
    page.on_stage(picture, (SHOW, AROUND), statement=chosen.counted(cluster))


def _elsewhere(page: Page) -> None:
    """Where no two of the choice might meet: the ways to whom each of the first might meet in all of the region."""
    cluster, chosen = page.cluster, page.chosen
    rows = organisations.found(cluster, chosen)
    rows = rows[suggestions.suggestible(cluster)[rows.index]].head(suggestions.BEST)
    if len(rows):
        page.text(f"No two of this choice might meet. Whom each might meet in all of {cluster.pack.the_region}:")
    no_limit = {name: "" for name in link_of_filter(cluster, chosen) if name != ROLE}
    for row in rows.itertuples():
        page.link("Connections", row.name, "handshake", **{SHOW.name: MEETING, AROUND.name: row.id}, **no_limit)


def _cards(page: Page, found: pd.DataFrame, by: list[str], ends: Sequence[tuple[str, str, str]]) -> None:
    """Those who might meet, alike ones together, with their reason; `ends` names the columns of names and ids."""
    with page.group("grid", width=300):
        for _, alike in found.groupby(by, sort=False):
            with page.group("card"):
                for name, record, icon in ends:
                    for row in alike.drop_duplicates(record).to_dict("records"):
                        page.profile(row[name], row[record], icon)
                more = row.get("alike", len(alike)) - len(alike)
                if more:
                    page.small(f"and {more:,} more, in the table below")
                page.text(row["why"], f"{words.first_upper(row['strength'])}.")


def _scene(page: Page, kind: str, around: str) -> Picture:
    """The network around one organisation, or those linked with most: as many as an audience can tell apart."""
    cluster, chosen = page.cluster, page.chosen
    near = network.with_neighbours(cluster, chosen, kind, around)
    most = min(MOST_DRAWN, len(near)) if around else MOST_DRAWN
    drawn, lines = (of(cluster, chosen, kind, near, most) for of in (network.nodes, network.lines))

    def links() -> pd.DataFrame:
        return said.links_around(cluster, around, kind) if around else said.links_in_words(cluster, chosen, kind)

    if drawn.empty:
        return Table("Links", lambda: links().head(OF_A_SCENE), page.source())
    who = f"{words.count(len(drawn), 'organisation')}, those linked with most"
    if around:
        who = f"{organisations.names(cluster)[around]} and those it is linked with"
        who += ", as far as they are linked with most" if len(drawn) < len(near) else ""
    return Chart(
        f"Network of links: {chosen.words(cluster, 'records')}",
        f"Drawn: {who}. {COLOURS} {page.source()}",
        lambda ground: charts.network_chart(drawn, lines, cluster.plurals("record_type"), ground, around or None, ROOM),
        links,
    )


def _path_on_stage(page: Page, kind: str, start: str, end: str) -> None:
    cluster, named = page.cluster, organisations.names(page.cluster)
    steps = said.steps_in_words(cluster, network.path(cluster, start, end, kind))
    page.on_stage(
        Table(
            "The steps of the shortest way",
            lambda: steps[["From", "Link", "To"]].head(OF_A_SCENE),
            f"The shortest way, through the whole network. {page.source()}",
        ),
        (LINK, FROM, TO),
        said.path_finding(cluster, start, end, kind),
        f"From {named[start]} to {named[end]}, whatever the filter",
    )
