"""Who works with whom, and who might meet."""

import pandas as pd

from cluster_data import charts, words
from cluster_data.document import Chart, Picture, Table
from cluster_data.measures import citations, network, organisations, suggestions
from cluster_data.measures import network_words as said
from cluster_data.views.page import MOST, OF_A_SCENE, Page, Parameter

LINK = Parameter("link", "Kind of link")
AROUND = Parameter("around", "Look at one organisation", hint="Choose one, or a mark below")
FROM = Parameter("from", "From", hint="Choose an organisation")
TO = Parameter("to", "To", hint="Choose another")
PARAMETERS = (LINK, AROUND, FROM, TO)

ANY_KIND = "any kind"
FIRST = 12
ROOM, MOST_DRAWN = (360, 235), 80  # on a stage
COLOURS = "Violet: academic; orange: business; blue: clinical; grey: none of these."


def view(page: Page) -> None:
    """The network, then the links of one organisation or those with most, a path, and who might meet."""
    cluster, names = page.cluster, organisations.names(page.cluster)
    kinds = {ANY_KIND: ""} | {label: kind for kind, label in cluster.labels("link_kind").items()}
    meaning = {label: kind or label for label, kind in kinds.items()}
    kind = kinds[page.one_of(LINK, {label: label for label in kinds}, ANY_KIND, meaning=meaning)]
    around = page.one_of(AROUND, names, offered=suggestions.linked_or_suggestible(cluster))
    start, end = page.one_of(FROM, names), page.one_of(TO, names)
    page.headline(said.finding(cluster, page.chosen, kind, around))
    if around:
        page.link("Organisations", f"Profile of {names[around]}", "domain", org=around)
    page.boxes(LINK, AROUND, most=2, width=240)
    _network(page, kind, around)
    if around:
        _links_of(page, kind, around, names[around])
    elif len(network.drawn(cluster, page.chosen, kind)):
        _most_linked(page, kind)
    _path(page, kind, start, end)
    if not around:
        _pairs(page)
    if start and end:
        _path_on_stage(page, kind, start, end)
    else:
        page.on_stage(_scene(page, kind, around), PARAMETERS, statement=page.chosen.counted(cluster))


def _network(page: Page, kind: str, around: str) -> None:
    cluster, chosen, sorts = page.cluster, page.chosen, page.cluster.plurals("sort")
    drawn = network.drawn(cluster, chosen, kind)
    if drawn.empty:
        return
    joined = network.lines(cluster, chosen, kind)
    page.chart(
        "network",
        lambda ground: charts.network_chart(drawn, joined, sorts, ground, around or None),
        lambda: said.links_in_words(cluster, chosen, kind),
        f"Network of links: {chosen.words(cluster, 'records')}",
        f"{said.what_is_shown(cluster, chosen, kind, around)} {said.KEY} {page.source()}",
        "links",
        (AROUND,),
    )


def _links_of(page: Page, kind: str, around: str, name: str) -> None:
    """The links of one organisation, and whom it might meet."""
    cluster = page.cluster
    links, partners = (
        said.links_around(cluster, around, kind),
        suggestions.partners_for(cluster, around, None, page.chosen),
    )
    page.heading(said.links_found(links))
    if len(links):
        page.records(links, f"Links of {name}")
    page.heading(said.partners_found(cluster, around, partners))
    with page.only("screen"), page.group("grid", width=330):
        for row in partners.head(FIRST).itertuples():
            with page.group("close"):
                page.profile(row.name, row.id, "handshake")
                page.small(row.why)
    more = said.first_of(FIRST, len(partners))
    page.hint(f"{suggestions.REASONS} {suggestions.RULE_FOR_ONE} {more} {page.source()}")
    page.download(lambda: said.for_download(partners), f"Who might meet {name}")


def _most_linked(page: Page, kind: str) -> None:
    """Those linked with most others, and the bridges between the parts."""
    cluster, chosen = page.cluster, page.chosen
    across, about = network.bridges(cluster, chosen, kind), "Organisations linked with most others"
    page.heading(about)
    page.records(said.connected_in_words(cluster, network.most_connected(cluster, chosen, kind)), about)
    page.heading(said.bridges_found(across))
    page.small(said.BRIDGE)
    if len(across):
        page.records(
            lambda: said.bridges_in_words(cluster, across.head(MOST)),
            "Bridges between the three parts",
            len(across),
            lambda: said.bridges_in_words(cluster, across),
        )


def _path(page: Page, kind: str, start: str, end: str) -> None:
    """The shortest way between two; files hold one that has been asked for."""
    cluster = page.cluster
    finding = said.path_finding(cluster, start, end, kind)
    if not start or not end or start == end:
        with page.only("screen"):
            page.heading(finding)
            _ends(page, start, end)
            page.small(said.PATH)
        return
    steps = network.path(cluster, start, end, kind)
    page.heading(finding)
    _ends(page, start, end)
    page.text(said.path_detail(cluster, start, end, kind))
    with page.only("screen"):
        for row in steps.itertuples():
            told = ". ".join([*(str(part) for part in (row.year, row.note) if pd.notna(part)), "Source:"])
            lead = f"{row.step}. {row.one_name} {row.said} {row.other_name}."
            page.text(told, lead, citations.pairs(cluster, row.source_ids))
    if len(steps):
        with page.only("files"):
            page.table(lambda: said.steps_in_words(cluster, steps), "The steps of the shortest way")
    page.hint(said.PATH)


def _ends(page: Page, start: str, end: str) -> None:
    asked = bool(start or end)
    with page.group("folded", label="Choose two organisations", opened=asked):
        page.boxes(*((FROM, TO) if asked else (FROM,)), most=2, width=240)


def _pairs(page: Page) -> None:
    """Who might meet."""
    cluster, chosen = page.cluster, page.chosen
    pairs = len(suggestions.ranked(cluster, chosen))
    page.heading(said.pairs_found(pairs, suggestions.MOST_PAIRS))
    with page.only("screen"), page.group("grid", width=330):
        for row in suggestions.pairs_not_linked(cluster, chosen, FIRST).itertuples():
            with page.group("close"):
                page.profile(row.one_name, row.one, "handshake")
                page.profile(row.other_name, row.other, "add")
                page.small(row.why)
    more = said.first_of(FIRST, pairs)
    page.hint(f"{suggestions.REASONS} {suggestions.RULE} {more} {page.source()}")
    if pairs:
        page.download(lambda: said.for_download(suggestions.pairs_not_linked(cluster, chosen)), "Pairs not yet linked")


def _scene(page: Page, kind: str, around: str) -> Picture:
    """The network around one organisation, or those linked with most: as many as an audience can tell apart."""
    cluster, chosen = page.cluster, page.chosen
    drawn, lines = _few(network.drawn(cluster, chosen, kind), network.lines(cluster, chosen, kind), around)

    def links() -> pd.DataFrame:
        return said.links_around(cluster, around, kind) if around else said.links_in_words(cluster, chosen, kind)

    if drawn.empty:
        return Table("Links", lambda: links().head(OF_A_SCENE), page.source())
    who = f"{words.count(len(drawn), 'organisation')}, those linked with most"
    if around:
        who = f"{organisations.names(cluster)[around]} and those it is linked with"
    return Chart(
        f"Network of links: {chosen.words(cluster, 'records')}",
        f"Drawn: {who}. {COLOURS} {page.source()}",
        lambda ground: charts.network_chart(drawn, lines, cluster.plurals("sort"), ground, around or None, ROOM),
        links,
    )


def _few(drawn: pd.DataFrame, lines: pd.DataFrame, around: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Those linked with one organisation, or with most, spread over the picture, and the lines between them."""
    own = lines[(lines["one"] == around) | (lines["other"] == around)]
    rows = drawn[drawn["id"].isin({around, *own["one"], *own["other"]})] if around else drawn.head(MOST_DRAWN)
    for axis in ("x", "y"):
        least, most = rows[axis].min(), rows[axis].max()
        rows = rows.assign(**{axis: (rows[axis] - least) / (most - least) if most > least else 0.5})
    return rows, lines[lines["one"].isin(rows["id"]) & lines["other"].isin(rows["id"])]


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
