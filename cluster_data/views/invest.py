"""What is here for an investor."""

from functools import partial
from typing import Any

import pandas as pd

from cluster_data.document import Chart, PageLink, Table
from cluster_data.drawing import charts
from cluster_data.elements import Ask, Box
from cluster_data.findings import captions, headlines
from cluster_data.measures import citations, firm_cards, invest, investors, rounds
from cluster_data.model import words
from cluster_data.model.cluster import SEPARATOR
from cluster_data.model.filters import Filter
from cluster_data.model.formats import NOT_KNOWN
from cluster_data.model.link_words import STAGE
from cluster_data.views.page import OF_A_SCENE, Page, Parameter
from cluster_data.views.parts import left_out, source_line

PICK = Parameter("pick", "Shortlist", records=True, entry=True, kept=True)
SPINOUT = Parameter("spinout", "Origin", invest.NARROWED["spinout"])
FUNDED = Parameter("funded", "Funding", invest.NARROWED["funded"])
LINKED = Parameter("linked", "Trusts", invest.NARROWED["linked"])
ORDER = Parameter("order", "In order", invest.ORDERS)
FIRMS, ROUNDS, INVESTORS = "Firms", "Rounds", "Who invests"
TAB = Parameter("tab", "Part", (FIRMS, ROUNDS, INVESTORS))
NARROWING = (SPINOUT, FUNDED, LINKED, ORDER)
PARAMETERS = (TAB, PICK, *NARROWING)
ICON = "savings"

COMPARED, FIRM_CARDS = invest.MOST_PICKED, 6  # most firms side by side, as cards
CARDS, CARDS_AT_FIRST = 24, 4  # most investors as cards
LONGEST_WORDS = 110  # letters of what a card says of one thing
OF_A_FIRM, OF_A_ROUND = ["Stage", "Ds", "Money raised"], ["Year", "Firm", "Sum", "From"]  # on a stage


def view(page: Page) -> None:
    """A shortlist that stands in the address, firms by stage and as cards, their rounds, and who invests."""
    cluster, chosen, names = page.cluster, page.chosen.but(kinds=()), invest.firm_names(page.cluster)
    asked = page.several_of(PICK, names)
    picks = asked[:COMPARED]
    if picks:
        page.states(PICK, words.listing(names[record] for record in picks))
    some, narrowed = bool(chosen.keeps_of(cluster, "company").any()), {each: page.one_of(each) for each in NARROWING}
    tab = page.one_of(TAB)
    page.goes_without_saying(TAB)
    finding = _finding(page, chosen, tab) if some else headlines.no_firm(cluster, chosen)
    page.headline(invest.shortlist_finding(cluster, picks) if picks else finding)
    with page.group("column"):  # there at all times: what stands below it keeps its place as a firm is added
        if picks:
            _shortlist(page, names, asked)
    stages = invest.by_stage(cluster, chosen.but(stages=()))
    if stages["firms"].any():
        _tiles(page, chosen, stages)
    drawn = None
    with page.group("tabs", box=page.box(TAB) if some else None):
        if some:
            with page.group("tab", label=FIRMS):
                _firms(page, chosen, names, asked, [*narrowed.values()])
            with page.group("tab", label=ROUNDS):
                drawn = _rounds(page, chosen)
        page.later("tab", partial(_who_invests, page, chosen, some), label=INVESTORS)
    if some:
        _counted(page, chosen, stages)
    if drawn and tab == ROUNDS and not picks:
        page.on_stage(drawn, (PICK, TAB), drawn.about)
    else:
        _scene(page, chosen, picks)


def _finding(page: Page, chosen: Filter, tab: str) -> str:
    """What the tab shows of a choice with firms."""
    if tab == ROUNDS:
        return rounds.finding(rounds.rounds(page.cluster, chosen))
    return (investors if tab == INVESTORS else invest).finding(page.cluster, chosen)


def _scene(page: Page, chosen: Filter, picks: list[str]) -> None:
    """The shortlist, or the firms by stage."""
    cluster = page.cluster
    if picks:
        rows = invest.side_by_side(cluster, picks).set_index("Fact").loc[OF_A_FIRM].T
        rows = rows.replace(invest.SEE_NOTE, invest.SUM_NOT_KNOWN).rename_axis("Firm")
        listed = words.listing(rows.index)
        on_stage = Table(f"Shortlist of {listed}", lambda: rows.reset_index(), page.source())
        firms = f"{words.count(len(rows), 'firm')}, whatever the filter"
        page.on_stage(on_stage, (PICK,), f"Shortlist: {listed}", firms)
    else:
        now = invest.by_stage(cluster, chosen)
        picture = Chart(
            f"Firms by stage: {chosen.words(cluster)}",
            f"Firms by stage; each counts once. Outlined bar: not known. {page.source()}",
            partial(charts.shares_chart, now.rename(columns={"firms": "all"})),
            lambda: invest.by_stage_in_words(now),
        )
        page.on_stage(picture, (PICK,))


# ---- the shortlist --------------------------------------------------------


def _said(asked: list[str]) -> str:
    """The heading of the shortlist."""
    return f"Shortlist: {words.count(len(asked[:COMPARED]), 'firm')}"


def _see_shortlist(page: Page, asked: list[str]) -> None:
    """How many firms are on the shortlist, and the way up to it."""
    anchor = words.slug(_said(asked))  # Streamlit names a heading's anchor by its letters, as slug does
    page.text("", lead=f"{_said(asked)}.", links=[("See it", f"#{anchor}")])


def _remove(page: Page, label: str, firm: str, asked: list[str], key: str = "remove") -> None:
    page.add(Ask(label, f"{key} {firm}", {PICK.name: [other for other in asked if other != firm]}))


def _shortlist(page: Page, names: dict[str, str], asked: list[str]) -> None:
    """The firms picked side by side, a button to remove each, and a box to add one."""
    picks = asked[:COMPARED]
    page.heading(_said(asked))
    with page.only("screen"):
        left_out(page, [names[record] for record in asked], COMPARED)
    for record in picks:
        with page.group("row"):
            page.link("Organisations", names[record], "domain", org=record)
            _remove(page, f"Remove {names[record]}", record, asked)
    _side_by_side(page, picks)
    _add_box(page, names, asked)


def _add_box(page: Page, names: dict[str, str], asked: list[str]) -> None:
    full = len(asked) >= COMPARED
    hint = "Remove one to add another" if full else "Choose a firm by name"
    label = "Add a firm to the shortlist"
    page.add(Box(PICK.name, label, names, "", hint=hint, adds_to=tuple(asked), disabled=full))


def _side_by_side(page: Page, picks: list[str]) -> None:
    rows, cited = invest.side_by_side(page.cluster, picks), invest.sources(page.cluster)
    about = f"Shortlist of {words.listing(rows.columns[1:])}"
    with page.only("screen"):
        page.table(rows, about)
        page.small(invest.UNKNOWN_MEANS)
        naming = citations.naming(page.cluster)
        with page.group("rest", label="Sources of the shortlist"):
            for name, record in zip(rows.columns[1:], picks, strict=True):
                page.text("", lead=f"{name}:", links=((naming(url), url) for url in cited.get(record, "").split()))
    whole = pd.concat(
        [rows, pd.DataFrame([["Sources", *(cited.get(record, "") for record in picks)]], columns=rows.columns)]
    )
    page.download(whole.reset_index(drop=True), about, "Download the shortlist as CSV", "")


# ---- the firms ------------------------------------------------------------


def _tiles(page: Page, chosen: Filter, stages: pd.DataFrame) -> None:
    """A tile for each stage, which puts it in the filter or takes it off."""
    ids = {label: stage for stage, label in page.cluster.labels("stage").items()}
    labels = page.cluster.labels("stage")
    now = [labels[stage] for stage in chosen.stages if stage in labels]
    with page.only("screen"), page.group("grid", most=len(stages), width=100):
        for row in stages.itertuples():
            with page.group("close"):
                if row.label in ids:
                    on, others = row.label in now, [label for label in now if label != row.label]
                    said = f"{'Chosen: ' if on else ''}{row.label}: {row.firms:,}"
                    changes = {STAGE: others if on else [*now, row.label]}
                    page.add(Ask(said, f"tile {ids[row.label]}", changes, "", tells=True))
                else:
                    page.add(Ask(f"{row.label}: {row.firms:,}", "tile", {}, "", tells=True))
                page.bar(row.firms, stages["firms"].max(), lambda ground: ground.accent, row.label not in ids)


def _firms(page: Page, chosen: Filter, names: dict[str, str], asked: list[str], said: list[str]) -> None:
    """The firms, narrowed and in the order that is `said`, as cards and as a list."""
    cluster, most, narrowed, order = page.cluster, FIRM_CARDS, said[:-1], said[-1]
    kept = invest.in_order(invest.kept(cluster, chosen, *narrowed), order)
    total = int(invest.by_stage(cluster, chosen)["firms"].sum())
    if len(kept) < total:
        page.heading(invest.list_in_words(kept, total, *narrowed), 3)
    with page.group("folded", label="More choices"):
        page.boxes(*NARROWING)
    with page.only("screen"):
        with page.group("grid", width=300):
            for firm in firm_cards.cards(cluster, kept.head(most)):
                _firm(page, firm, asked)
        cut = f"The first {most} of {len(kept):,}; the list has all. " if len(kept) > most else ""
        if len(kept):
            page.small(f"{cut}{invest.order_said(kept, order)}")
    folded = "" if kept.empty else f"As a list: {words.count(len(kept), 'firm')}"
    page.listed(partial(invest.listed, cluster), kept, f"For investors: {chosen.words(cluster)}", folded=folded)
    page.hint(f"{invest.LIST_NOTE} {invest.UNKNOWN_MEANS} {captions.confidence_words(cluster)}")
    if asked:
        with page.only("screen"):
            _see_shortlist(page, asked)
    else:
        _add_box(page, names, asked)
        page.hint(f"Up to {COMPARED} firms side by side. This tab keeps them; the address of the page shares them.")


def _firm(page: Page, firm: firm_cards.Told, asked: list[str]) -> None:
    """A firm: its name, which leads to its profile, what it does, what is known and what is not."""
    with page.group("card"), page.group("close"):
        page.add(PageLink("Organisations", firm.name, {"org": firm.id}, "domain", narrow=True, strong=True))
        page.text(words.cut(firm.does, LONGEST_WORDS))
        page.small(firm.about)
        for head, said in firm.known:
            page.text(words.cut(said, LONGEST_WORDS), lead=f"{head}:")
        unknown = f"Not known: {', '.join(firm.unknown)}." if firm.unknown else ""
        page.add(source_line(firm.cited, unknown, "small"))
        if firm.id in asked:
            _see_shortlist(page, asked)
            _remove(page, "Take off the shortlist", firm.id, asked, "drop")
        elif len(asked) < COMPARED:
            page.add(Ask("Add to shortlist", f"add {firm.id}", {PICK.name: [*asked, firm.id]}, "add"))


def _rounds(page: Page, chosen: Filter) -> Table | None:
    """The rounds that have a year, as a time line; then what is told without one. The newest are for a stage."""
    rows = rounds.rounds(page.cluster, chosen)
    finding, dated = rounds.finding(rows), rows.dropna(subset="year").astype({"year": int})
    page.subheading(finding)
    firms, rest = dated["id"].nunique(), rows.loc[rows["year"].isna(), ["id", "firm", "note", "sum", "funders"]]
    if firms:
        most = charts.MOST_FIRMS
        first = f" Drawn are the {most} of {firms:,} firms whose rounds here are newest." if firms > most else ""
        note = f"Filled mark: its sum is known; open mark: it is not.{first} {rounds.COVERED} {page.source()}"
        page.chart("rounds", partial(charts.rounds_chart, dated), partial(rounds.in_words, dated), finding, note)
    if len(rest):
        with page.group("rest", label=f"Money in a note or without a year: {words.count(len(rest), 'firm')}"):
            about = f"Money in a note or without a year: {chosen.words(page.cluster)}"
            page.table(partial(rounds.in_words, rest), about, saved=True)
    newest = dated.sort_values("year", ascending=False, kind="stable").head(OF_A_SCENE)
    cut = f"The newest {OF_A_SCENE}, a firm’s of one year together. " if len(dated) > OF_A_SCENE else ""
    return Table(finding, lambda: rounds.in_words(newest)[OF_A_ROUND], f"{cut}{page.source()}") if firms else None


def _counted(page: Page, chosen: Filter, stages: pd.DataFrame) -> None:
    """How much is known of the firms, by stage and by fact."""
    known = filter(None, [invest.stages_known(stages), invest.stages_mean(page.cluster), invest.STAGE_RESTS_ON])
    page.hint(
        words.sentences(
            "Nothing here is scored or ranked by worth: what no source says is shown as not known.",
            ". ".join(known),
            f"Firms; each counts once. {invest.FUNDED_MEANS}",
            invest.spinouts_by_ownership(page.cluster, chosen),
            page.source(),
        )
    )
    about = f"Firms by stage: {chosen.but(stages=()).words(page.cluster)}"
    with page.group("rest", label="How much is known of these firms, by stage and by fact"):
        page.table(partial(invest.by_stage_in_words, stages), about, saved=True)
        facts = partial(invest.facts_known, page.cluster, chosen)
        page.table(facts, f"What is known of {chosen.words(page.cluster)}", saved=True)


# ---- who puts money in ----------------------------------------------------


def _who_invests(page: Page, chosen: Filter, some: bool) -> None:
    if some:
        _funders(page, chosen)
    _support(page, chosen)
    _investors(page)


def _funders(page: Page, chosen: Filter) -> None:
    funded = investors.funders(page.cluster, chosen)
    cases = f"Who funds these firms: {words.count(len(funded), 'case')}"
    page.heading(cases if len(funded) else "No funder is known")
    if len(funded):
        page.records(funded, f"Who funds {chosen.words(page.cluster)}", links=True)


def _support(page: Page, chosen: Filter) -> None:
    cluster, offers = page.cluster, investors.support_that_invests(page.cluster, chosen)
    page.heading(investors.support_said(cluster, offers))
    page.hint("Chosen by area and D alone, in the order of Find support; an offer that names no D is open to every D.")
    if len(offers):
        rows = investors.support_in_words(cluster, offers)
        page.records(rows, "Support that invests or lends", links=True)
    page.link("Find_support", "Find support of other kinds")


def _investors(page: Page) -> None:
    """A card for each investor, and the download of all."""
    cluster = page.cluster
    rows = investors.seen(cluster)
    if rows.empty:
        page.heading("No investor is listed")
        return
    page.heading(f"{words.count(len(rows), 'investor')} seen in {cluster.pack.the_region}")
    page.small("Deals stand in the words of their sources, also those of firms that the choice above leaves out.")
    with page.only("screen"):
        first, more = rows.head(CARDS_AT_FIRST), rows.head(CARDS)[CARDS_AT_FIRST:]
        _cards(page, first)
        if len(more):
            with page.group("rest", label=words.count(len(more), "more investor")):
                _cards(page, more)
        if len(rows) > CARDS:
            page.small(f"The first {CARDS} of {len(rows):,} are shown; the download holds all.")
    page.download(rows, "Investors seen in the region", note="")


def _cards(page: Page, rows: pd.DataFrame) -> None:
    with page.group("grid", width=320):
        for row in rows.to_dict("records"):
            _card(page, row)


def _card(page: Page, row: dict[str, Any]) -> None:
    """An investor: its words, the deals seen, firms linked to it, its sources."""
    naming = citations.naming(page.cluster)
    with page.group("card"):
        page.heading(row["Investor"], 3)
        page.text(". ".join(f"{head}: {row[head]}" for head in ("Kinds", "Town", "Stage", "Usual size")) + ".")
        if row[investors.DEALS] != NOT_KNOWN:
            page.text(f"{investors.DEALS}:")
            page.items(part.strip() for part in row[investors.DEALS].split(SEPARATOR))
        if row[investors.LINKED] != investors.NONE_LINKED:
            page.text(f"{investors.LINKED}: {row[investors.LINKED]}")
        links = [(naming(url), url) for url in row["Sources"].split()] if row["Sources"] != NOT_KNOWN else []
        if len(links) > 1:
            with page.group("rest", label=f"Sources on {row['Investor']}"):
                page.text("Sources:", links=links)
        elif links:
            page.text(f"{words.first_upper(citations.ONE_ONLY)}:", links=links)
