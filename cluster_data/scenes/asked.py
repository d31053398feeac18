"""What views of challenges, help, organisations, links and goals answer."""

import pandas as pd

from cluster_data import charts, words
from cluster_data.cluster import Cluster
from cluster_data.document import Chart, Table
from cluster_data.formats import NOT_KNOWN
from cluster_data.measures import (
    captions,
    citations,
    counts,
    findings,
    help,
    network,
    network_words,
    organisations,
    profiles,
    reasons,
    support,
)
from cluster_data.scenes.view import ROWS, Answer, Picture, View, place_of

ANY_KIND = "any kind"
ROOM, MOST_DRAWN, SOURCES = (360, 235), 80, 2
COLOURS = "Violet: academic; orange: business; blue: clinical; grey: none of these."


def challenges(view: View) -> Answer:
    """Where help is missing, or what a challenge or a cell of the heat map holds."""
    cluster, chosen = view.cluster, view.chosen
    lens = help.LENS[view.one_of_labels("lens", help.LENS, help.LENSES[0].name)]
    by = view.one_of_labels("by", lens.splits, lens.splits[0])
    grid = help.challenge_grid(cluster, chosen, lens.name, by)
    challenge = view.one_of("challenge", help.challenge_labels(grid))
    column = view.one_of("column", dict(zip(grid["column"], grid["label"], strict=True)))
    few, how = _thinnest(grid, lens, challenge), captions.how_split(lens, by)
    picture = Chart(
        f"{words.first_upper(lens.name)} by challenge and {by}: {chosen.words(cluster)}",
        f"{words.first_upper(lens.unit)} {_which_rows(grid, few)}. {how} {captions.source_line(cluster)}",
        lambda ground: charts.challenge_grid_chart(few, ground, (challenge or None, column or None)),
        lambda: help.grid_in_words(grid),
    )
    finding = captions.challenges_finding(cluster, chosen, grid, lens, by, challenge or None, column or None)
    return Answer(finding, picture, chosen.statement(cluster))


def _thinnest(grid: pd.DataFrame, lens: help.Lens, challenge: str) -> pd.DataFrame:
    """What an audience can read of the heat map: the rows with the thinnest cells and the challenge asked for."""
    least = grid["value"].fillna(float("inf")).mul(-1) if lens.divides else grid["value"].fillna(0)
    order = least.groupby(grid["challenge"], sort=False).min().sort_values(kind="stable").index
    first = [*([challenge] if challenge else []), *(other for other in order if other != challenge)][:ROWS]
    return grid[grid["challenge"].isin(first)]


def _which_rows(grid: pd.DataFrame, few: pd.DataFrame) -> str:
    shown, all_of_them = few["challenge"].nunique(), grid["challenge"].nunique()
    return "for each challenge" if shown == all_of_them else f"for {shown} of {all_of_them} challenges"


def find_support(view: View) -> Answer:
    """Who could help with a need: the first of the list."""
    cluster, chosen = view.cluster, view.chosen
    need = support.Need(
        view.one_of("need", reasons.can_be_asked(cluster)),
        view.one_of("help_stage", cluster.labels("offer_stage")),
        place_of(view),
        view.one_of("theme", reasons.themes(cluster)),
    )
    chosen = chosen.but(ended=view.one_of_labels("ended", ("left out", "listed too")) == "listed too")
    found = support.ranked(cluster, chosen, need)
    listed = reasons.list_in_words(cluster, chosen, need, found.head(ROWS))
    shown = f"The first {ROWS} of {len(found):,}, in the order of the page Find support. " if len(found) > ROWS else ""
    picture = Table(
        f"Help {reasons.asked_in_words(cluster, chosen, need)}".strip(),
        lambda: listed[["Name", "Where"]],
        f"{shown}{captions.source_line(cluster)}",
    )
    return Answer(reasons.finding(cluster, chosen, need), picture, chosen.statement(cluster))


def organisation(view: View) -> Answer:
    """Who is here, or what is known of one organisation."""
    cluster, chosen = view.cluster, view.chosen
    record = view.one_of("org", organisations.names(cluster))
    if record:
        return _profile(cluster, record)
    rows = counts.by_sort(cluster, chosen)
    picture = Table(
        f"Records by kind: {chosen.words(cluster, 'records')}",
        lambda: rows.loc[rows["records"] > 0, ["label", "records"]].set_axis(["Kind", "Records"], axis=1).head(ROWS),
        captions.source_line(cluster),
    )
    return Answer(findings.who_is_here(cluster, chosen), picture, chosen.statement(cluster))


def _profile(cluster: Cluster, record: str) -> Answer:
    first = profiles.records_of(cluster, record).iloc[0]
    facts = profiles.facts(cluster, first["sort"], record)
    facts = facts[facts["Said"] != NOT_KNOWN]
    does = f": {words.first_lower(first['summary'])}" if isinstance(first["summary"], str) else ""
    sure, _ = captions.how_sure(cluster, first["confidence"], first["year"])
    cited = [one.short for one in citations.of_records(cluster, cluster.records.loc[[first.name]])]
    more = f" and {words.count(len(cited) - SOURCES, 'more', 'more')}" if len(cited) > SOURCES else ""
    sure = f"{sure} {captions.how_founded(cluster, int(str(first.name)))}".rstrip()
    source = f"Source: {'; '.join(cited[:SOURCES])}{more}. " if cited else ""
    picture = Table(
        f"Facts of {first['name']}",
        lambda: facts.head(ROWS),
        f"{source}{sure}",
    )
    return Answer(f"{first['name']}{does}", picture, profiles.profile_in_words(cluster, record))


def connections(view: View) -> Answer:
    """Who is linked with whom, in the whole network, around one organisation, or between two."""
    cluster, chosen = view.cluster, view.chosen
    kind = view.one_of("link", {"": ANY_KIND, **cluster.labels("link_kind")})
    around, start, end = (view.one_of(key, organisations.names(cluster)) for key in ("around", "from", "to"))
    if start and end:
        view.read.discard("around")
        return _path(cluster, start, end, kind)
    drawn, lines = _few(network.drawn(cluster, chosen, kind), network.lines(cluster, chosen, kind), around)

    def links() -> pd.DataFrame:
        if around:
            return network_words.links_around(cluster, around, kind)
        return network_words.links_in_words(cluster, chosen, kind)

    picture: Picture = Table("Links", lambda: links().head(ROWS), captions.source_line(cluster))
    if len(drawn):
        picture = Chart(
            f"Network of links: {chosen.words(cluster, 'records')}",
            f"{_what_is_drawn(cluster, drawn, around)} {COLOURS} {captions.source_line(cluster)}",
            lambda ground: charts.network_chart(drawn, lines, cluster.plurals("sort"), ground, around or None, ROOM),
            links,
        )
    return Answer(network_words.finding(cluster, chosen, kind, around or None), picture, chosen.counted(cluster))


def _few(drawn: pd.DataFrame, lines: pd.DataFrame, around: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The organisations that an audience can tell apart, spread over the picture, and the lines between them.

    Those linked with one organisation, or those linked with most.
    """
    own = lines[(lines["one"] == around) | (lines["other"] == around)]
    rows = drawn[drawn["id"].isin({around, *own["one"], *own["other"]})] if around else drawn.head(MOST_DRAWN)
    for axis in ("x", "y"):
        least, most = rows[axis].min(), rows[axis].max()
        rows = rows.assign(**{axis: (rows[axis] - least) / (most - least) if most > least else 0.5})
    return rows, lines[lines["one"].isin(rows["id"]) & lines["other"].isin(rows["id"])]


def _what_is_drawn(cluster: Cluster, drawn: pd.DataFrame, around: str) -> str:
    if around:
        return f"Drawn: {organisations.names(cluster)[around]} and those it is linked with."
    return f"Drawn: {words.count(len(drawn), 'organisation')}, those linked with most."


def _path(cluster: Cluster, start: str, end: str, kind: str) -> Answer:
    steps = network.path(cluster, start, end, kind)
    picture = Table(
        "The steps of the shortest way",
        lambda: steps[["one_name", "said", "other_name"]].set_axis(["From", "Link", "To"], axis=1).head(ROWS),
        f"The shortest way, through the whole network. {captions.source_line(cluster)}",
    )
    named = organisations.names(cluster)
    statement = f"From {named[start]} to {named[end]}, whatever the filter"
    return Answer(network_words.path_finding(cluster, start, end, kind), picture, statement)
