"""Why a source of help is listed, what it misses, and the list of help as readers see it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from cluster_data.findings.captions import distance_in_words
from cluster_data.measures import citations, support
from cluster_data.measures.organisations import ds_in_words, names
from cluster_data.measures.places import find_place
from cluster_data.measures.support import NAMED, SAME_AREA, Need, help_for, in_both, need_of, past_last_day
from cluster_data.model import words
from cluster_data.model.cluster import KINDS_OF_HELP, TABLE_OF_TYPE, Cluster, remembered
from cluster_data.model.day import day_in_words
from cluster_data.model.filters import Filter, link_of_filter
from cluster_data.model.formats import FIRM, NOT_KNOWN, SOURCES, WEBSITE, Record, typed
from cluster_data.model.source_years import OLD_AFTER_YEARS
from cluster_data.model.wording import cell_in_words, counted_in_words, type_in_words


@remembered
def can_be_asked(cluster: Cluster) -> dict[str, str]:
    """What help can be asked for: id of every challenge, then of every theme and part of one, to its id and title."""
    challenges = {row.id: f"{row.id} {row.title}" for row in cluster.table("challenges").itertuples()}
    parts = cluster.table("themes").itertuples()
    return challenges | {row.id: f"Theme {row.id}: {row.title}" for row in parts if row.id not in challenges}


@remembered
def themes(cluster: Cluster) -> dict[str, str]:
    """The themes and parts of themes that help can be asked for: id to title."""
    return {row.id: f"{row.id} {row.title}" for row in cluster.table("themes").itertuples()}


def asked_in_words(cluster: Cluster, chosen: Filter, need: Need) -> str:
    """What is asked for as a phrase: "affordable prototyping for diagnostics at trial stage for a firm in Walsall"."""
    parts = [
        _asked_in_words(cluster, need.asked),
        _asked_in_words(cluster, need.theme),
        f"for {words.listing([cluster.names('ds')[d].lower() for d in chosen.ds], 'or')}" if chosen.ds else "",
        f"at {cluster.labels('offer_stage')[need.stage].lower()} stage" if need.stage else "",
        f"for a firm in {need.place.name}" if need.place else "",
        chosen.searched(),
    ]
    return " ".join(part for part in parts if part)


def _asked_in_words(cluster: Cluster, asked: str) -> str:
    challenges = cluster.names("challenges")
    if asked in challenges:
        return f"with {words.first_lower(challenges[asked])}"
    return f"with the theme “{cluster.names('themes')[asked]}”" if asked else ""


def finding(cluster: Cluster, chosen: Filter, need: Need) -> str:
    """How much help there is: "9 research assets and 6 support offers could help with regulation"."""
    found = help_for(cluster, chosen, need)
    asked = asked_in_words(cluster, chosen, need)
    where = f" in or for {words.listing(chosen.areas)}" if chosen.areas else ""
    if found.empty:
        return f"No one yet is known to help {asked}".strip() + where
    lasting = in_both(cluster, chosen, need).query("not gone")
    ended = int(found["gone"].sum())
    more = f"; {ended:,} more ended" if ended else ""
    counted = words.listing(counted_in_words(cluster, lasting.index))
    if not counted:
        return f"No help that lasts is known {asked}".strip() + more
    return f"{counted} " + (f"could help {asked}{where}{more}" if asked else f"are known{where}{more}")


def how_they_fit(cluster: Cluster, chosen: Filter, need: Need) -> str:
    """How many of the list name what was chosen: "Of these 7, 3 name the D you chose and 4 name none, so ..."."""
    found = in_both(cluster, chosen, need)
    bodies = pd.Series(cluster.bodies[found.index], found.index)
    parts = []
    for aspect, what, asked in (("fit_d", "D", chosen.ds), ("fit_stage", "stage", need.stage)):
        named = bodies[found[aspect] == NAMED].nunique()
        rest = bodies.nunique() - named
        if asked and rest:
            name = "names" if named == 1 else "name"
            none = "names none, so it is" if rest == 1 else "name none, so they are"
            parts.append(f"{named:,} {name} the {what} you chose and {rest:,} {none} open to every {what}")
    return f"Of these {bodies.nunique():,}, {'; '.join(parts)}." if parts else ""


def rule(cluster: Cluster) -> str:
    """The rule that orders every list of help, as the page prints it."""
    reaches = cluster.table("reaches").sort_values("order")
    labels = cluster.labels("status")
    opened = [labels[status].lower() for status in cluster.flagged("status", "open")]
    seen = f"what was open when last seen ({', '.join(opened)}) and whose last day, if known, has not passed"
    first = f"{seen}; then " if opened else ""
    widest = reaches.loc[reaches["local"] == "yes", "label"]
    beside = f"; an asset elsewhere stands with offers for: {widest.iloc[-1]}" if len(widest) else ""
    return (
        f"First comes {first}what names most of the challenge or theme, the D and the stage you chose; "
        "then, for a place or an area, what is nearest: assets in the same authority, then offers by how far they "
        f"reach, the narrowest first{beside}; then what has a source of the last {OLD_AFTER_YEARS} years; then by "
        "distance, by newest year, by name. What names no D, or no stage, is open to all and stays, lower down; what "
        "names only others is left out. What is both asset and offer stands once."
    )


def place_in_words(cluster: Cluster, chosen: Filter, need: Need) -> str:
    """What the place asked for means for the list: how much of it reaches the place or is based in its area."""
    place = need.place
    if place is None:
        return ""
    far = f"Distances from {place.said}, in a straight line."
    if place.lad_code in cluster.area_names:
        area, found = cluster.area_names[place.lad_code], len(help_for(cluster, chosen, need))
        here = len(set(cluster.bodies[support.at_hand(cluster, chosen, need).index]))
        count = "reaches {0} or is based there" if here == 1 else "reach {0} or are based there"
        rest = f"; {type_in_words(cluster, 'asset', found - here)} elsewhere may help too" if found > here else ""
        return f"{here:,} of {found:,} {count.format(area)}, as Challenges counts by area{rest}. {far}"
    return (
        f"{place.name} lies outside {cluster.pack.the_region}: offers held to the region are left out. Whether a wider "
        f"offer takes in {place.name}, ask whoever runs it. {far}"
    )


def list_in_words(cluster: Cluster, chosen: Filter, need: Need, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of `help_for` or `comes_close` as readers see them: id, Name, Kind, Why, Run by, Help, Size of help,
    Who may apply, Where, Status, Last day, Summary, Website; Fits (why, in brief),
    Until (its last day, as a phrase), cited (pairs of words and address).

    What is not known says so; what does not apply to a type is empty.
    """
    reason = Reason(cluster, chosen, need)
    listed = [_in_words(cluster, reason, row) for row in rows.reset_index(names="row").to_dict("records")]
    formats = {"id": Record(), "Where": FIRM, "Status": FIRM, "Website": WEBSITE}
    return typed(pd.DataFrame(listed, columns=LISTED), formats)


LISTED = ["id", "Name", "Kind", "Why", "Run by", "Help", "Size of help", "Who may apply"]
LISTED += ["Where", "Status", "Last day", "Summary", "Website", "Fits", "Until", "cited"]


def _in_words(cluster: Cluster, reason: "Reason", row: dict) -> tuple:
    table = TABLE_OF_TYPE[row["record_type"]]
    own = reason.own(row)

    def said(column: str) -> str:
        if column not in own:
            return ""
        return NOT_KNOWN if pd.isna(own[column]) else cell_in_words(cluster, table, column, own[column])

    return (
        row["id"],
        names(cluster)[row["id"]],
        reason.kind(row),
        reason.why(row),
        said("provider") or said("hosts"),
        said("kinds") or said("kind"),
        said("size_of_help"),
        said("eligibility"),
        reason.where(row),
        reason.status(row),
        said("closes"),
        row["summary"] if isinstance(row["summary"], str) else "",
        row["website"] if isinstance(row["website"], str) else "",
        reason.in_brief(row),
        reason.until(row),
        citations.newest_first(citations.listed(cluster, own["source_ids"])),
    )


@dataclass(frozen=True)
class Reason:
    """Puts the fit of help to one need in words."""

    cluster: Cluster
    chosen: Filter
    need: Need

    def own(self, row: dict) -> dict:
        """The row of a record in its own table."""
        table = TABLE_OF_TYPE[row["record_type"]]
        return dict(self.cluster.tables[table].iloc[row["row"] - self.cluster.records_in(table).start])

    def kind(self, row: dict) -> str:
        """As what it meets the need, which may be both: "Research asset and support offer"."""
        met = self._types_met.get(self.cluster.bodies[row["row"]], frozenset())
        types = [each for each in reversed(KINDS_OF_HELP) if each in {row["record_type"], *met}]
        return words.first_upper(words.listing(words.noun(self.cluster.labels("record_type")[each]) for each in types))

    @cached_property
    def _types_met(self) -> dict[str, frozenset[str]]:
        """As what each body meets the need: as asset, as offer or as both."""
        types = in_both(self.cluster, self.chosen, self.need)["record_type"]
        return types.groupby(self.cluster.bodies[types.index]).agg(frozenset).to_dict()

    def why(self, row: dict) -> str:
        """Why it is listed, or for what only comes close, what speaks for and against it."""
        missed = str(row.get("missed", "")).split()
        named, need = can_be_asked(self.cluster), self.need
        of_theme = "is not known to be of" if "fit_theme" in missed else "is of"
        parts = [
            f"addresses {named[need.asked]}" if need.asked else "",
            f"{of_theme} {named[need.theme]}" if need.theme else "",
            self._d(row, missed),
            self._stage(row, missed),
            f"does not reach {need.place.name}" if need.place and "reaches" in missed else "",
            "has ended" if "lasts" in missed else "",
        ]
        return words.first_upper("; ".join(filter(None, parts)))

    def in_brief(self, row: dict) -> str:
        """Why it is listed, by what was asked for alone: "Fits C06 Affordable prototyping; open to every stage"."""
        if "missed" in row:
            return self.why(row)
        ds, held = self.cluster.names("ds"), str(ds_in_words(self.cluster)[row["row"]]).split(", ")
        asked = [
            can_be_asked(self.cluster)[self.need.asked] if self.need.asked else "",
            f"theme {self.need.theme}" if self.need.theme else "",
        ]
        if row["fit_d"] == NAMED:
            asked += [ds[d].lower() for d in self.chosen.ds if ds[d] in held]
        if row["fit_stage"] == NAMED:
            asked.append(f"{self.cluster.labels('offer_stage')[self.need.stage].lower()} stage")
        fits = words.listing(filter(None, asked))
        rest = [aspect for aspect, of in (("D", self.chosen.ds), ("stage", self.need.stage)) if of]
        rest = [what for what in rest if row[f"fit_{what.lower()}"] != NAMED]
        open_to = f"open to every {words.listing(rest, 'and')}" if rest else ""
        return words.first_upper("; ".join(filter(None, [f"fits {fits}" if fits else "", open_to])))

    def _d(self, row: dict, missed: list[str]) -> str:
        if not self.chosen.ds:
            return ""
        named = ds_in_words(self.cluster)[row["row"]]
        if "fit_d" in missed:
            return f"names only {named}"
        return f"names {named}" if row["fit_d"] == NAMED else "names no D"

    def _stage(self, row: dict, missed: list[str]) -> str:
        if not self.need.stage:
            return ""
        if row["record_type"] != "offer":
            return "no stages are listed for assets"
        own = self.own(row)["stages"]
        said = cell_in_words(self.cluster, "support_offers", "stages", own) if isinstance(own, str) else ""
        if "fit_stage" in missed:
            return f"is for other stages: {said}"
        return f"is for stages: {said}" if row["fit_stage"] == NAMED else "names no stage"

    def where(self, row: dict) -> str:
        """Where it is or how far it reaches, with the distance where two positions are known."""
        if row["record_type"] == "offer":
            reaches = self.cluster.names("reaches")
            assets = self.cluster.table("assets").set_index("id")
            asset = self.own(row)["asset_id"]
            at = self._stands(dict(assets.loc[asset])) if isinstance(asset, str) else ""
            return f"Open to: {reaches[row['reach']]}{f'; stands in {at}' if at else ''}"
        said = self._stands(row) or "Place not known"
        same = "same authority, " if self.need.place and row["near"] == SAME_AREA else ""
        far = "" if pd.isna(row["km"]) else f" ({same}{distance_in_words(row['km'], row['approximate'])})"
        return f"{said}{far}"

    def _stands(self, row: dict) -> str:
        """The town and area of a record, each once."""
        known = (row["town"], self.cluster.area_names.get(row["lad_code"]))
        return ", ".join(dict.fromkeys(part for part in known if isinstance(part, str) and part))

    def status(self, row: dict) -> str:
        """Its status with the year that holds for; of what is both asset and offer, which of them has it."""
        own = words.noun(self.cluster.labels("record_type")[row["record_type"]])
        whose = f" of the {own}" if self.cluster.bodies[row["row"]] in _in_two_kinds(self.cluster) else ""
        label = self.cluster.labels("status")[row["status"]].lower()
        year = f" as of {row['year']:.0f}" if pd.notna(row["year"]) else " (year not known)"
        return f"Status{whose}: {label}{year}"

    def until(self, row: dict) -> str:
        """Its last day: "last day 4 March 2026", or "last day was ..." of one that has passed."""
        closes = self.own(row).get("closes")
        if not isinstance(closes, str):
            return ""
        was = "was " if past_last_day(self.cluster)[row["row"]] else ""
        return f"last day {was}{day_in_words(date.fromisoformat(closes))}"


def how_many_left_out(cluster: Cluster, chosen: Filter, need: Need) -> str:
    """How much help is left out because it has ended."""
    listed, found = (help_for(cluster, asked, need).index for asked in (chosen, chosen.but(ended=True)))
    ended = found[~np.isin(cluster.bodies[found], cluster.bodies[listed])]
    return f"Left out, as known to have ended: {words.listing(counted_in_words(cluster, ended))}." if len(ended) else ""


def address_of_cell(cluster: Cluster, chosen: Filter, by: str, challenge: str, column: str | None) -> dict[str, Any]:
    """What a link to Find support says to ask for the help of a heat map's cell; the rest of the filter goes along."""
    asking, need = support.need_of_cell(cluster, chosen, by, challenge, column)
    asked = {"need": need.asked, "help_stage": need.stage, "theme": need.theme}
    filtered, now = link_of_filter(cluster, asking), link_of_filter(cluster, chosen)
    changed = {key: filtered[key] for key in ("d", "area") if filtered.get(key) != now.get(key)}
    return {key: value for key, value in asked.items() if value or key == "need"} | changed


def address_of_record(cluster: Cluster, chosen: Filter, record: str) -> dict[str, Any]:
    """What a link to Find support says to ask for the help of a record: its place and, with no filter on Ds, its Ds."""
    own = cluster.records[cluster.records["id"] == record].iloc[0]
    ds, _ = need_of(cluster, record)
    known = [own["postcode"], own["town"], cluster.area_names.get(own["lad_code"])]
    places = [place for place in known if isinstance(place, str) and find_place(cluster, place)[0]]
    asked: dict[str, Any] = {"near": places[0]} if places else {}
    return asked | ({"d": [cluster.names("ds")[d] for d in ds.ds]} if ds.ds and not chosen.ds else {})


def for_download(table: pd.DataFrame) -> pd.DataFrame:
    """The list with the addresses of its sources in one column."""
    addresses = table["cited"].map(lambda cited: " ".join(url for _, url in cited))
    return typed(table.drop(columns=["Fits", "Until", "cited"]).assign(Sources=addresses), {"Sources": SOURCES})


def nearest_in_words(cluster: Cluster, record: str) -> pd.DataFrame:
    """The nearest help for a record, as `list_in_words`."""
    return list_in_words(cluster, *need_of(cluster, record), support.nearest_help(cluster, record))


@remembered
def _in_two_kinds(cluster: Cluster) -> frozenset[str]:
    """The bodies that are both asset and offer."""
    helping = pd.Series(cluster.bodies[cluster.holds("record_type", KINDS_OF_HELP)])
    return frozenset(helping[helping.duplicated()])


def close_in_words(cluster: Cluster, chosen: Filter, need: Need) -> pd.DataFrame:
    """What comes closest to a need, as `list_in_words`."""
    return list_in_words(cluster, chosen, need, support.comes_close(cluster, chosen, need))
