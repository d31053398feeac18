"""One rule of counting, counted again from the files alone: every place that gives a number gives the same.

What has ended counts only if it is asked for; a body that is both asset and offer counts once among the kinds chosen,
and in full in each kind; help that names no D is open to every D, and help that names no stage to every stage.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as some

from cluster_data.findings import captions, headlines, reasons
from cluster_data.measures import areas, counts, coverage, help, invest, rates, splits, support
from cluster_data.measures.places import PLACED_TYPES
from cluster_data.model.cluster import Cluster
from cluster_data.model.filters import Filter, filter_of_link, link_of_filter
from cluster_data.model.formats import in_words
from cluster_data.views import page_of
from tests.home import HOME
from tests.packs import PACK, STEADY

FOUND = settings(STEADY, phases=[Phase.explicit, Phase.generate])  # a failure is told as found: to shrink it takes long
OFTEN, SELDOM = settings(FOUND, max_examples=12), settings(FOUND, max_examples=4)
FILES = {
    "company": "companies",
    "university": "universities",
    "trust": "trusts",
    "asset": "assets",
    "offer": "support_offers",
    "investor": "investors",
    "partner": "partners",
}
ROLES_OF = {"roles": "role", "stages": "stage"}
Row = dict[str, str]


def parts(cell: str) -> list[str]:
    """The words of a cell that holds several."""
    return [word.strip() for word in cell.split(";") if word.strip()]


@cache
def rows_of(file: Path) -> list[Row]:
    """The rows of a file; none if there is no such file."""
    if not file.exists():
        return []
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


@dataclass(frozen=True)
class Files:
    """A pack's files, read with the csv module, and the rule of counting written once more."""

    folder: Path

    def rows(self, table: str) -> list[Row]:
        """The rows of a file."""
        return rows_of(self.folder / f"{table}.csv")

    @cached_property
    def words(self) -> dict[str, list[Row]]:
        """The vocabulary by field."""
        fields: dict[str, list[Row]] = {}
        for row in self.rows("vocabulary"):
            fields.setdefault("record_type" if row["field"] == "sort" else row["field"], []).append(row)
        return fields

    def flagged(self, field: str, flag: str) -> set[str]:
        """The words of a field that bear a flag."""
        return {row["id"] for row in self.words[field] if row["flag"] == flag}

    @cached_property
    def records(self) -> list[Row]:
        """Every record with its type and its body."""
        boards = self.flagged("trust_kind", "board")
        found = []
        for record_type, table in FILES.items():
            for row in self.rows(table):
                own = "board" if record_type == "trust" and row["kind"] in boards else record_type
                found.append(row | {"record_type": own, "body": row.get("asset_id") or row["id"]})
        return found

    @cached_property
    def areas(self) -> dict[str, set[str]]:
        """Every label of an area or a group, and the codes it stands for."""
        authorities = self.rows("areas")
        groups = {
            group["label"]: {row["lad_code"] for row in authorities if row[group["column"]] == group["value"]}
            for group in self.rows("groups")
        }
        return groups | {row["name"]: {row["lad_code"]} for row in authorities}

    @cached_property
    def reaches(self) -> dict[str, set[str]]:
        """The codes that each reach takes in."""
        named = {row["id"]: self.areas[row["label"]] for row in self.rows("groups")}
        named |= {row["lad_code"]: {row["lad_code"]} for row in self.rows("areas")}
        held_to = {row["id"]: [part.strip() for part in row["group"].split(";")] for row in self.rows("reaches")}
        return {
            reach: set().union(*(named[part] for part in parts if part)) if any(parts) else set().union(*named.values())
            for reach, parts in held_to.items()
        }

    @cached_property
    def local(self) -> set[str]:
        """The reaches held to the region."""
        return {row["id"] for row in self.rows("reaches") if row["local"] == "yes"}

    @cached_property
    def top(self) -> dict[str, str]:
        """Each theme and the one it is part of in the end."""
        parent = {row["id"]: row["parent"] for row in self.rows("themes")}
        up = {theme: theme for theme in parent}
        while any(parent[theme] for theme in up.values()):
            up = {theme: parent[over] or over for theme, over in up.items()}
        return up

    @cached_property
    def challenges(self) -> list[str]:
        """The challenges."""
        return [row["id"] for row in self.rows("challenges")]

    @cached_property
    def ds(self) -> list[str]:
        """The Ds in their order."""
        return [row["id"] for row in sorted(self.rows("ds"), key=lambda row: int(row["order"]))]

    # ---- the rule ----

    def lasts(self, row: Row, chosen: Filter) -> bool:
        """Whether a record is not known to have ended, or that is asked for."""
        return bool(chosen.ended or chosen.statuses) or row.get("status", "") not in self.flagged("status", "gone")

    def named(self, row: Row, ds: tuple[str, ...], match: str) -> bool:
        """Whether a record names one of the Ds, or names it first."""
        held = parts(row.get("ds", ""))
        return bool(set(held if match == "any" else held[:1]) & set(ds))

    def serves(self, row: Row, ds: tuple[str, ...], match: str) -> bool:
        """Whether a record counts for one of the Ds."""
        open_to_all = row["record_type"] in ("asset", "offer") and not parts(row["ds"])
        return open_to_all or self.named(row, ds, match)

    def stands_in(self, row: Row, codes: set[str]) -> bool:
        """Whether a record stands in one of the areas, or reaches one."""
        if row["record_type"] == "offer":
            return bool(codes & self.reaches[row["reach"]])
        sites = {site["lad_code"] for site in self.rows("sites") if site["trust_id"] == row["id"]}
        return bool(codes & (sites | {row.get("lad_code", "")}))

    def allows(self, chosen: Filter, row: Row) -> bool:
        """Whether every part of a choice but its kinds and its text allows a record."""
        codes = {code for label in chosen.areas for code in self.areas[label]}
        return (
            self.lasts(row, chosen)
            and (not chosen.ds or self.serves(row, chosen.ds, chosen.match))
            and (not chosen.areas or self.stands_in(row, codes))
            and (not chosen.statuses or row.get("status") in chosen.statuses)
            and all(
                row["record_type"] != "company" or not getattr(chosen, part) or row[column] in getattr(chosen, part)
                for part, column in ROLES_OF.items()
            )
        )

    def kept(self, cluster: Cluster, chosen: Filter, *types: str) -> list[Row]:
        """The records of the types named that a choice allows, whatever its kinds; what a text finds is taken over."""
        found = Filter(text=chosen.text, ended=True).matches(cluster)
        rows = zip(self.records, found, strict=True) if chosen.text else ((row, True) for row in self.records)
        return [row for row, hit in rows if hit and row["record_type"] in types and self.allows(chosen, row)]

    def help(self, cluster: Cluster, chosen: Filter, local: bool = False) -> list[Row]:
        """The sources of help that a choice allows."""
        kinds = [kind for kind in ("asset", "offer") if kind in chosen.kinds] or ["asset", "offer"]
        rows = self.kept(cluster, chosen, *kinds)
        return [row for row in rows if not local or row["record_type"] == "asset" or row["reach"] in self.local]

    def in_column(self, row: Row, chosen: Filter, by: str, column: str) -> tuple[bool, bool]:
        """Whether a source of help serves a column of the heat map, and whether it names it."""
        if by == "D":
            return self.serves(row, (column,), chosen.match), self.named(row, (column,), chosen.match)
        if by == "stage":
            stages = parts(row.get("stages", ""))
            return column in stages or not stages, column in stages
        if by == "theme":
            of_it = column in {self.top[theme] for theme in parts(row.get("themes", ""))}
            return of_it, of_it
        return (self.stands_in(row, self.codes(chosen, column)),) * 2

    def codes(self, chosen: Filter, column: str) -> set[str]:
        """The codes that a column of areas stands for: those chosen or of the first group have their own."""
        groups = {row["id"]: set(self.areas[row["label"]]) for row in self.rows("groups")}
        if column in groups:
            chosen_codes = {code for label in chosen.areas for code in self.areas[label]}
            return groups[column] & (chosen_codes or groups[column])
        if column != "elsewhere":
            return {column}
        first = min(self.rows("groups"), key=lambda row: int(row["order"]))["label"]
        listed = {code for label in chosen.areas or [first] for code in self.areas[label]}
        return {row["lad_code"] for row in self.rows("areas")} - listed

    def cell(
        self, helping: list[Row], chosen: Filter, by: str, challenge: str, column: str
    ) -> tuple[set[str], set[str]]:
        """The bodies in a cell of the heat map, and those that name its column."""
        bodies, naming = set(), set()
        for row in helping:
            serves, names = self.in_column(row, chosen, by, column)
            if serves and challenge in parts(row["challenges"]):
                bodies.add(row["body"])
                naming |= {row["body"]} if names else set()
        return bodies, naming


OF = {"cluster": Files(PACK), "real": Files(HOME)}
BOTH = pytest.mark.parametrize("pack", OF)


def some_of(words: list[str], most: int = 2) -> some.SearchStrategy[tuple[str, ...]]:
    """No word at all most often, or a few."""
    return some.just(()) | some.lists(some.sampled_from(words), max_size=most, unique=True).map(tuple)


def choices(files: Files) -> some.SearchStrategy[Filter]:
    """Any choice of a pack's own words."""
    labels = {field: [row["id"] for row in files.words[field]] for field in ("role", "stage", "status", "record_type")}
    return some.builds(
        Filter,
        ds=some_of(files.ds),
        match=some.sampled_from(["any", "primary"]),
        areas=some_of(list(files.areas)),
        kinds=some_of(labels["record_type"], 3),
        roles=some_of(labels["role"]),
        stages=some_of(labels["stage"]),
        statuses=some_of(labels["status"]),
        text=some.sampled_from(["", "", "", "health", "test"]),
    )


ANY = {pack: choices(files) for pack, files in OF.items()}


def first_number(said: str) -> int:
    """The number that a text begins with."""
    return int(re.match(r"[\d,]+", said)[0].replace(",", ""))


def asked_by(cluster: Cluster, chosen: Filter, asked: dict) -> tuple[Filter, support.Need]:
    """A link to Find support as the page understands it: the choice goes along, what the link says comes first."""
    link = link_of_filter(cluster, chosen) | {
        key: value if isinstance(value, list) else [value] for key, value in asked.items()
    }
    understood, strange = filter_of_link(cluster, {key: value or [""] for key, value in link.items()})
    assert strange == []
    return understood, support.Need(asked["need"], asked.get("help_stage", ""), theme=asked.get("theme", ""))


# ---- the heat map, what opens behind it, Find support, the stage and the files ----


@pytest.mark.slow
@BOTH
@pytest.mark.parametrize("by", splits.SPLITS)
def test_a_cell_and_all_that_follows_from_it_hold_the_same_help(request, pack, by):
    cluster, files = request.getfixturevalue(pack), OF[pack]

    @(OFTEN if pack == "cluster" else SELDOM)
    @given(ANY[pack], some.data())
    def hold(chosen, draw):
        grid = help.challenge_grid(cluster, chosen, "help here", by)
        helping = files.help(cluster, chosen)
        in_cells = {
            (cell.challenge, cell.column): files.cell(helping, chosen, by, cell.challenge, cell.column)
            for cell in grid.itertuples()
        }
        counted = {(cell.challenge, cell.column): (cell.help, cell.named) for cell in grid.itertuples()}
        assert counted == {at: (len(bodies), len(naming)) for at, (bodies, naming) in in_cells.items()}
        if in_cells:
            one_cell(cluster, chosen, by, grid, in_cells, draw.draw(some.sampled_from(sorted(in_cells))))

    hold()


def one_cell(cluster, chosen, by, grid, in_cells, at):
    """What a cell leads to holds the bodies of the cell."""
    challenge, column = at
    bodies, naming = in_cells[at]
    behind = support.behind_cell(cluster, chosen, "help here", by, challenge, column)
    rows = captions.helping(behind)
    assert set(cluster.bodies[rows]) == bodies
    named = [row for part in ("asset", "offer") for row in behind[part].index[behind[part]["named"]]]
    assert set(cluster.bodies[named]) == naming
    asking, need = asked_by(cluster, chosen, reasons.address_of_cell(cluster, chosen, by, challenge, column))
    found = support.help_for(cluster, asking, need)
    assert set(cluster.bodies[found.index]) == bodies and len(found) == len(bodies)
    assert len(reasons.for_download(reasons.list_in_words(cluster, asking, need, found))) == len(bodies)
    assert reasons.finding(cluster, asking, need).startswith("No one yet") == (not bodies)
    at_hand = grid.set_index(["challenge", "column"]).loc[at]
    table = in_words(help.grid_in_words(grid)).set_index("Challenge")
    written = table.loc[f"{challenge} {at_hand['title']}", at_hand["label"]]
    assert first_number(written) == len(bodies)
    assert (
        headlines.cell_finding(grid, help.LENS["help here"], challenge, column).split(": ")[1].startswith(written[:1])
    )
    link = link_of_filter(cluster, chosen) | {"by": [by], "challenge": [challenge], "column": [at_hand["label"]]}
    shown = in_words(page_of("Challenges", cluster, chosen, link).scene.picture.rows()).set_index("Challenge")
    assert shown.loc[f"{challenge} {at_hand['title']}", at_hand["label"]] == written


@BOTH
def test_local_help_leaves_out_what_is_held_to_more_than_the_region(request, pack):
    cluster, files = request.getfixturevalue(pack), OF[pack]

    @SELDOM
    @given(ANY[pack], some.sampled_from(splits.SPLITS))
    def hold(chosen, by):
        helping = files.help(cluster, chosen, local=True)
        for cell in help.challenge_grid(cluster, chosen, "local help only", by).itertuples():
            bodies, naming = files.cell(helping, chosen, by, cell.challenge, cell.column)
            assert (cell.help, cell.named) == (len(bodies), len(naming)), cell

    hold()


# ---- "no help" is said only where there is none ---------------------------


@pytest.mark.slow
@BOTH
def test_no_help_is_said_where_none_is_found_and_nowhere_else(request, pack):
    cluster, files = request.getfixturevalue(pack), OF[pack]

    @(OFTEN if pack == "cluster" else SELDOM)
    @given(ANY[pack], some.sampled_from(["help here", "local help only"]), some.sampled_from(splits.SPLITS))
    def hold(chosen, lens, by):
        by = by if by in help.LENS[lens].splits else "D"
        helping = files.help(cluster, chosen, local=help.LENS[lens].local)
        grid = help.challenge_grid(cluster, chosen, lens, by)
        empty = {
            (cell.challenge, cell.column)
            for cell in grid.itertuples()
            if not files.cell(helping, chosen, by, cell.challenge, cell.column)[0]
        }
        said = headlines.grid_finding(grid, help.LENS[lens], by)
        missing = first_number(said) if "no known" in said else int(said.startswith("No "))
        assert missing == len(empty), said
        for challenge in files.challenges:
            columns = list(dict.fromkeys(grid["column"]))
            none = sum((challenge, column) in empty for column in columns if column != splits.ELSEWHERE)
            known = len(columns) - (splits.ELSEWHERE in columns)
            in_row = headlines.row_finding(grid, help.LENS[lens], by, challenge)
            assert in_row.startswith("no known") == (0 < none < known), in_row
            whole = {row["body"] for row in helping if challenge in parts(row["challenges"])}
            led = captions.challenges_finding(cluster, chosen, grid, help.LENS[lens], by, challenge, None)
            assert ("source of help is known" in led) == (not whole), led

    hold()


# ---- a count that stands on two pages -------------------------------------


@BOTH
def test_the_title_of_a_map_counts_all_that_stands_there_at_its_sites_too(request, pack):
    cluster, files = request.getfixturevalue(pack), OF[pack]

    def standing(*names):
        chosen = Filter.default(cluster).but(areas=names)
        return chosen, len({row["id"] for row in files.kept(cluster, chosen, *PLACED_TYPES)})

    everywhere, whole = standing()
    for area in (row["name"] for row in files.rows("areas")):
        chosen, number = standing(area)
        expected = f"{area} holds {number} of {whole}" if number else f"None of {whole} organisations is known to be in"
        assert headlines.map_finding(cluster, chosen).startswith(expected)
    said = headlines.map_finding(cluster, everywhere)
    leading = re.split(", | and ", said.partition(" hold ")[0])
    assert f"hold {standing(*leading)[1]} of {whole} organisations" in said


@BOTH
def test_firms_are_counted_alike_by_d_by_area_and_by_stage(request, pack):
    cluster, files = request.getfixturevalue(pack), OF[pack]

    @(OFTEN if pack == "cluster" else SELDOM)
    @given(ANY[pack].map(lambda chosen: chosen.but(kinds=())))
    def hold(chosen):
        firms = files.kept(cluster, chosen, "company")
        ds = [d for d in files.ds if not chosen.ds or d in chosen.ds]
        expected = [sum(files.named(firm, (d,), chosen.match) for firm in firms) for d in ds]
        table = counts.by_d(cluster, chosen)
        assert table["company"].tolist() == expected
        assert counts.matches_compared(cluster, chosen)[chosen.match].tolist() == expected
        labels = list(table["label"])
        areas_of_firms = counts.firms_by_area(cluster, chosen)
        stages = counts.firms_by(cluster, chosen, "stage", 2026)
        assert stages[labels].sum().tolist() == areas_of_firms[labels].sum().tolist() == expected
        scene = page_of("Four_Ds", cluster, chosen, {}).scene
        assert not firms or scene.picture.rows()[labels].sum().tolist() == expected
        by_area = {row.label: row.all for row in areas_of_firms.itertuples() if row.all}
        names = {next(iter(codes)): label for label, codes in files.areas.items() if len(codes) == 1}
        names |= {row["lad_code"]: row["name"] for row in files.rows("areas")}
        where = [names.get(firm["lad_code"], "Not known") for firm in firms]
        assert by_area == {label: where.count(label) for label in set(where)}
        density = rates.firms_per_100_000(cluster, chosen).set_index("label")["firms"]
        assert all(by_area.get(label, 0) == number for label, number in density.items())
        whole = areas.all_areas(cluster, chosen).set_index("area")["company"]
        if not chosen.areas:
            assert all(whole[label] == where.count(label) for label in names.values())
        by_stage = invest.by_stage(cluster, chosen)
        assert by_stage["firms"].sum() == stages["all"].sum() == len(firms)
        told, split = by_stage[by_stage["firms"] > 0], stages[stages["all"] > 0]
        assert told[["label", "firms"]].to_numpy().tolist() == split[["label", "all"]].to_numpy().tolist()

    hold()


@BOTH
def test_each_type_is_counted_alike_on_every_page(request, pack):
    cluster, files = request.getfixturevalue(pack), OF[pack]

    @(OFTEN if pack == "cluster" else SELDOM)
    @given(ANY[pack])
    def hold(chosen):
        types = list(cluster.plurals("record_type"))
        of_type = {
            each: len(files.kept(cluster, chosen, each)) if not chosen.kinds or each in chosen.kinds else 0
            for each in types
        }
        table = counts.by_type(cluster, chosen)
        assert dict(zip(table["record_type"], table["records"], strict=True)) == of_type
        plurals = cluster.plurals("record_type")
        for measure in (coverage.ages, coverage.sureness):
            counted = measure(cluster, chosen).set_index("Kind").sum(axis=1)
            assert counted.to_dict() == {plurals[s]: n for s, n in of_type.items() if n}
        bodies = {row["body"] for row in files.kept(cluster, chosen, *(chosen.kinds or types))}
        assert chosen.keeps(cluster).sum() == len(bodies) == len(chosen.records(cluster))
        for said in (coverage.ages_finding(cluster, chosen), coverage.sureness_finding(cluster, chosen)):
            assert f" {len(bodies):,} record" in said if bodies else said.startswith("No record"), said
        region = areas.region_counts(cluster, chosen)
        everywhere = chosen.but(areas=(), kinds=())
        assert region == {each: len(files.kept(cluster, everywhere, each)) for each in region}
        said = headlines.company_kept(cluster, chosen)
        numbers = [int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", said)]
        helping = [
            {row["body"] for row in files.kept(cluster, chosen, each)} if of_type[each] else set()
            for each in ("asset", "offer")
        ]
        both = len(set.intersection(*helping))
        of_types = [of_type[each] for each in ("university", "trust", "asset", "offer")]
        assert numbers == [*of_types, *filter(None, [both])], said

    hold()


@BOTH
def test_the_statement_counts_what_is_listed_and_what_is_not(request, pack):
    cluster, files = request.getfixturevalue(pack), OF[pack]

    @(OFTEN if pack == "cluster" else SELDOM)
    @given(ANY[pack])
    def hold(chosen):
        said, _, left_out = chosen.statement(cluster).partition(". Not counted, as ended or moved away: ")
        types = list(cluster.plurals("record_type"))
        kinds = chosen.kinds or types
        listed = ["company"] if "company" in kinds else kinds
        number = len({row["body"] for row in files.kept(cluster, chosen, *listed)})
        assert said.rsplit(": ", 1)[1] == f"{number:,}"
        ended = chosen.but(ended=True)
        gone = {
            each: {row["body"] for row in files.kept(cluster, ended, each)}
            - {row["body"] for row in files.kept(cluster, chosen, each)}
            for each in types
            if each in kinds
        }
        both = gone.get("asset", set()) & gone.get("offer", set())
        numbers = [int(one.replace(",", "")) for one in re.findall(r"[\d,]*\d", left_out)]
        assert numbers == [len(bodies) for bodies in [*gone.values(), both] if bodies], left_out

    hold()


@BOTH
@pytest.mark.parametrize("roles", [(), "default"])
def test_the_primary_d_parts_the_firms_and_any_d_overlaps(request, pack, roles):
    cluster, files = request.getfixturevalue(pack), OF[pack]
    chosen = Filter.default(cluster) if roles else Filter()
    firms = files.kept(cluster, chosen, "company")
    with_a_d = [firm for firm in firms if parts(firm["ds"])]
    primary = counts.by_d(cluster, chosen.but(match="primary"))["company"]
    overlapping = counts.by_d(cluster, chosen)["company"]
    assert primary.sum() == len(with_a_d)
    assert overlapping.sum() == sum(len(parts(firm["ds"])) for firm in firms)
    assert (overlapping >= primary).all()


@BOTH
def test_help_by_d_counts_what_names_the_d_and_what_names_none(request, pack):
    cluster, files = request.getfixturevalue(pack), OF[pack]
    for match in ("any", "primary"):
        chosen = Filter(match=match)
        table = counts.by_d(cluster, chosen).set_index("d")
        for record_type in ("asset", "offer"):
            rows = files.kept(cluster, chosen, record_type)
            assert table[record_type].to_dict() == {
                d: sum(files.serves(row, (d,), match) for row in rows) for d in files.ds
            }
            named = {d: sum(files.named(row, (d,), match) for row in rows) for d in files.ds}
            assert table[f"{record_type}_named"].to_dict() == named


@BOTH
def test_the_challenges_with_their_help_count_a_body_once(request, pack):
    cluster, files = request.getfixturevalue(pack), OF[pack]
    helping = files.help(cluster, Filter())
    table = help.help_by_challenge(cluster, Filter()).set_index("challenge")
    for challenge in files.challenges:
        rows = [row for row in helping if challenge in parts(row["challenges"])]
        types = [sum(row["record_type"] == each for row in rows) for each in ("offer", "asset")]
        assert table.loc[challenge, ["offer", "asset", "help"]].tolist() == [*types, len({r["body"] for r in rows})]


def all_numbers(said: str) -> list[int]:
    """The numbers that a text names."""
    return [int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", said)]


@BOTH
def test_a_headline_of_kinds_and_a_map_with_what_stands_beside_it_add_up_to_the_records(request, pack):
    cluster = request.getfixturevalue(pack)

    @(OFTEN if pack == "cluster" else SELDOM)
    @given(ANY[pack].map(lambda chosen: chosen.but(kinds=())))
    def hold(chosen):
        records = int(chosen.keeps(cluster).sum())
        said = headlines.who_is_here(cluster, chosen)
        counted, both = re.sub(r" \([^)]*both\)", "", said), re.search(r"\((\d+) (is|are) both", said)
        kinds = sum(all_numbers(counted)) - (int(both[1]) if both else 0)
        assert kinds == records or not re.search(r"\bothers?$", said), said
        shown, rest = captions.on_map(cluster, chosen)
        beside, _, also = rest.partition(" at no one place")
        beside = beside.rpartition("known position. ")[2]
        whole = all_numbers(shown)[-1:] + (all_numbers(beside) if "stand" in beside else [])
        assert sum(whole) - sum(all_numbers(also)) == records, (shown, rest)

    hold()


@BOTH
def test_what_is_one_body_stands_once_in_find_support_and_says_all_that_it_is(request, pack):
    cluster, files = request.getfixturevalue(pack), OF[pack]
    found = support.help_for(cluster, Filter(), support.Need())
    listed = reasons.list_in_words(cluster, Filter(), support.Need(), found)
    kinds = dict(zip(cluster.bodies[found.index], listed["Kind"], strict=True))
    labels = cluster.labels("record_type")
    helping = files.help(cluster, Filter())
    assert len(listed) == len({row["body"] for row in helping})
    for row in helping:
        assert labels[row["record_type"]].lower() in kinds[row["body"]].lower()
