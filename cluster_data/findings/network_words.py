"""The network in words: its finding, what the drawing holds, its links and lists as tables, a path step by step."""

from collections.abc import Iterable, Sequence

import pandas as pd

from cluster_data.measures import citations, network, profiles
from cluster_data.measures.network import PARTS
from cluster_data.measures.organisations import ended, names
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.filters import Filter
from cluster_data.model.formats import FIRM, Record, Year, typed
from cluster_data.model.wording import with_types

LONGEST = 40  # letters of names in a finding
BRIDGE = (
    "A bridge joins the academic, the business and the clinical part: each is the part it belongs to itself or one in "
    "which it has a direct link. Those linked with most organisations of the three parts come first."
)
KEY = (
    "A mark is larger the more organisations it is linked with. Its colour tells the part: violet academic, orange "
    "business, blue clinical, grey none of these; its shape tells the kind of record."
)
PATH = (
    "The shortest way from one to the other, through the whole network whatever the filter, by the kind of link chosen "
    "above. Where several ways are equally short, one is shown, always the same."
)


def finding(cluster: Cluster, chosen: Filter, kind: str, around: str | None = None) -> str:
    """Who is linked with most others; or with how many one organisation is.

    If those with most stand outside the region or nowhere, who of those within it.
    """
    if around:
        return _finding_around(cluster, around, kind)
    rows = network.linked_members(cluster, chosen, kind)
    if rows.empty:
        return f"No link{_of_kind(cluster, kind)} is known{' for this choice' if len(cluster.table('links')) else ''}"
    own, where = rows[rows["kept"]], ""
    here = own[own["id"].isin(cluster.records.loc[cluster.records["lad_code"].notna(), "id"])]
    leading = own.loc[own["neighbours"] == own["neighbours"].max(), "id"]
    if len(here) and not leading.isin(here["id"]).any():
        own, where = here, f" of those in {cluster.pack.the_region}"
    most = int(own["neighbours"].max())
    top = list(own.loc[own["neighbours"] == most, "name"])
    have, each = ("has", "") if len(top) == 1 else ("have", " each")
    short = len(top) == 1 or len(", ".join(top)) <= LONGEST
    named = words.listing(top) if short else f"{len(top)} organisations"
    others = f"{words.count(most, 'other')}{each or _ended_among(cluster, own['id'].iloc[0], kind)}"
    return f"{named} {have} most links{_of_kind(cluster, kind)}{where}: {others}"


def held_together(cluster: Cluster, chosen: Filter, kind: str) -> str:
    """How much of the network hangs together, to follow the statement of the choice; empty if there is none."""
    sizes = network.islands(cluster, chosen, kind)
    if not sizes:
        return ""
    whole = "All" if len(sizes) == 1 else f"{sizes[0]:,} of"
    return f". {whole} {sum(sizes):,} linked organisations form one network"


def _of_kind(cluster: Cluster, kind: str) -> str:
    return f" of the kind “{cluster.labels('link_kind')[kind]}”" if kind else ""


def _finding_around(cluster: Cluster, record: str, kind: str) -> str:
    whole = network.graph(cluster, kind)
    others = len(set(whole[record]) - {record}) if record in whole else 0
    name = names(cluster)[record]
    if not others:
        return f"{name}: no link{_of_kind(cluster, kind)} is listed"
    by = f" by links{_of_kind(cluster, kind)}" if kind else ""
    return f"{name} is linked with {words.count(others, 'other')}{by}{_ended_among(cluster, record, kind)}"


def _ended_among(cluster: Cluster, record: str, kind: str) -> str:
    """How many of those that one is linked with have ended: ", 2 of them ended"; nothing if none has."""
    gone = len((set(network.graph(cluster, kind)[record]) - {record}) & ended(cluster))
    return f", {gone:,} of them ended" if gone else ""


def what_is_shown(cluster: Cluster, chosen: Filter, kind: str, surely: tuple[str, ...] = (), way: bool = False) -> str:
    """How many organisations and links there are, which of them the choice keeps, and which are drawn.

    What stands out are the ids `surely`: along a way, or one and those it is linked with.
    """
    if way:
        return "Drawn strong is the way; faint, others of most links."
    rows = network.linked_members(cluster, chosen, kind)
    drawn, others = len(network.nodes(cluster, chosen, kind, surely)), len(surely) - 1
    links = words.count(network.links_kept(cluster, chosen, kind).sum(), "link")
    beyond = int((~rows["kept"]).sum())
    parts = [f"{words.count(len(rows), 'organisation')} and {links}, each with at least one end in your choice."]
    if beyond:
        stands = "stands" if beyond == 1 else "stand"
        parts.append(f"{words.count(beyond, 'organisation')} beyond your choice {stands} at the far end of a link.")
    if chosen.areas:
        parts.append(with_types(cluster, "Of an area are those that stand in it, not the {offers} that reach it."))
    if surely:
        strong = f"{names(cluster)[surely[0]]} and the {words.count(others, 'other')} it is linked with"
        parts.append(f"Drawn strong: {strong}; faint, others of most links.")
    elif drawn < len(rows):
        parts.append(f"Drawn: the {drawn:,} of most links that hang together; the table holds all links.")
    return " ".join(parts)


def meeting_found(cluster: Cluster, record: str, partners: pd.DataFrame) -> str:
    """How many organisations one might meet, and for how many the reason is strong."""
    name = names(cluster)[record]
    if len(partners):
        others = words.count(len(partners), "other")
        return f"{name} might meet {others}, {_for_a_strong_reason(partners['strength'])}"
    bought = cluster.holds("id", [record]) & cluster.holds("status", cluster.flagged("status", "bought"))
    why = "it has ended, " if record in ended(cluster) else "it is part of another firm, " if bought.any() else ""
    return f"{name}: {why}nobody is suggested"


def pairs_found(strengths: Sequence[str], most: int) -> str:
    """How many pairs might meet, and for how many the reason is strong; `most` is where counting stops."""
    if not strengths:
        return "No pair that might meet is found for this choice"
    might = f"{words.count(len(strengths), 'pair')} of organisations might meet"
    return f"At least {might}" if len(strengths) >= most else f"{might}, {_for_a_strong_reason(strengths)}"


def _for_a_strong_reason(strengths: Iterable[str]) -> str:
    strong = sum(strength == "strong" for strength in strengths)
    return f"{f'{strong:,}' if strong else 'none'} for a strong reason"


def connected_in_words(cluster: Cluster, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of network.linked_members as readers see them: id, Linked with, Name, a column per part, Others, Kind."""
    table = rows[["id", "neighbours", "name", *PARTS]]
    table = table.set_axis(["id", "Linked with", "Name", *map(str.capitalize, PARTS)], axis=1)
    table["Others"] = rows["neighbours"] - rows[list(PARTS)].sum(axis=1)
    table["Kind"] = rows["record_type"].map(cluster.labels("record_type"))
    return typed(table, {"id": Record()})


def bridges_in_words(cluster: Cluster, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of network.bridges as readers see them: id, In the three parts, Name, a column per part, Others, Kind."""
    table = connected_in_words(cluster, rows).drop(columns="Linked with")
    table.insert(1, "In the three parts", rows[list(PARTS)].sum(axis=1))
    return table


def links_in_words(cluster: Cluster, chosen: Filter, kind: str) -> pd.DataFrame:
    """The links shown: From, How, To, Year, What the source says, Sources (in short words)."""
    rows = cluster.table("links")[network.links_kept(cluster, chosen, kind)]
    named = names(cluster)
    rows = rows.assign(
        From=rows["from_id"].map(named),
        How=rows["kind"].map(cluster.labels("link_kind")),
        To=rows["to_id"].map(named),
    )
    return _told(cluster, rows, ["From", "How", "To"]).sort_values(["From", "How", "To"], ignore_index=True)


def links_around(cluster: Cluster, record: str, kind: str) -> pd.DataFrame:
    """The links of one organisation, read from it: id (the other's), How, With, Year, What the source says, Sources."""
    rows = profiles.links_of(cluster, record, kind).rename(columns={"other": "id", "said": "How", "name": "With"})
    return _told(cluster, rows, ["id", "How", "With"])


def steps_in_words(cluster: Cluster, steps: pd.DataFrame) -> pd.DataFrame:
    """The table of network.path as readers see it: From, Link, To, Year, What the source says, Sources."""
    rows = steps.rename(columns={"one_name": "From", "said": "Link", "other_name": "To"})
    return _told(cluster, rows, ["From", "Link", "To"])


def _told(cluster: Cluster, rows: pd.DataFrame, first: list[str]) -> pd.DataFrame:
    """Links with the columns named, then Year, What the source says and Sources."""
    table = rows[first].assign(Year=rows["year"])
    table["What the source says"] = rows["note"].fillna("")
    table["Sources"] = [citations.in_short(cluster, cell) for cell in rows["source_ids"]]
    formats = {"id": Record(), "Year": Year(unknown="year not known"), "Sources": FIRM}
    return typed(table.reset_index(drop=True), formats)


def path_finding(cluster: Cluster, start: str, end: str, kind: str) -> str:
    """How far apart two organisations are."""
    named = names(cluster)
    one, other = named[start], named[end]
    if start == end:
        return "Choose two different organisations"
    steps = network.path(cluster, start, end, kind)
    if steps.empty:
        by = f" by links{_of_kind(cluster, kind)}" if kind else ""
        return f"No path from {one} to {other} is known{by}"
    apart = int(steps["step"].max())
    return f"{one} and {other} are {'directly linked' if apart == 1 else f'{apart} links apart'}"


def path_detail(cluster: Cluster, start: str, end: str, kind: str) -> str:
    """Where there is no path, in which groups of how many the two stand."""
    if start == end or len(network.path(cluster, start, end, kind)):
        return ""
    said = []
    for record in (start, end):
        size = network.island_of(cluster, record, kind)
        name = names(cluster)[record]
        hangs = f"is one of {size:,} linked with each other, directly or through others"
        said.append(f"{name} {hangs if size > 1 else f'has no known link{_of_kind(cluster, kind)}'}")
    return f"{'; '.join(said)}. No link joins the two groups."


NO_DISTANCE = "no distance"
DOWNLOADED = {
    "one": "Id of the first",
    "one_name": "First",
    "other": "Id of the second",
    "other_name": "Second",
    "id": "Id",
    "name": "Name",
    "record_type": "Kind",
    "strength": "How good the reason is",
    "why": "Why",
    "km": "Kilometres",
    "approximate": "Distance approximate",
}


def best_found(first: pd.DataFrame, number: int) -> str:
    """What the first suggestions are of all: "The best 3 of 25", "The best 10 reasons, shared by 175 of 1,793 pairs",
    or empty if they are all.
    """
    reasons = first.drop_duplicates(["one", "strength", "why"]) if "alike" in first else first
    shown = int(reasons["alike"].sum()) if "alike" in first else len(first)
    if shown == number:
        return ""
    if shown == len(first):
        return f"The best {shown:,} of {number:,}"
    return f"The best {words.count(len(reasons), 'reason')}, shared by {shown:,} of {number:,} pairs"


def for_stage(first: pd.DataFrame) -> pd.DataFrame:
    """The rows of suggestions.strongest as an audience sees them, each reason once: First, Second, Why; or those of
    suggestions.partners_for: Name, Why.
    """
    told = first.assign(why=first["strength"].map(words.first_upper) + ". " + first["why"])
    if "alike" not in first:
        return told[["name", "why"]].rename(columns=DOWNLOADED)
    rows = told.drop_duplicates(["one", "why"])
    more = [f" and {alike - 1:,} more" if alike > 1 else "" for alike in rows["alike"]]
    rows = rows.assign(other_name=rows["other_name"] + more)
    return rows[["one_name", "other_name", "why"]].rename(columns=DOWNLOADED)


def for_download(cluster: Cluster, partners: pd.DataFrame) -> pd.DataFrame:
    """Pairs or partners of measures.suggestions under headings that readers know."""
    km = partners["km"].mask(partners["approximate"] & partners["km"].eq(0))  # both stand in the middle of one town
    approximate = partners["approximate"].map({True: "yes", False: "no"}).mask(km.isna(), NO_DISTANCE)
    said = partners.assign(approximate=approximate, km=km)
    if "record_type" in said:
        said["record_type"] = said["record_type"].map(cluster.labels("record_type"))
    said = said.rename(columns=DOWNLOADED)
    return typed(said, {DOWNLOADED[name]: Record() for name in ("one", "other", "id")})
