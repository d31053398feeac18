"""What is here for an investor."""

from functools import partial
from typing import Any

import pandas as pd

from cluster_data import charts, words
from cluster_data.cluster import SEPARATOR
from cluster_data.document import Chart, Table
from cluster_data.elements import Ask, Box
from cluster_data.filters import Filter
from cluster_data.formats import NOT_KNOWN
from cluster_data.measures import captions, citations, invest, investors
from cluster_data.measures.counts import UNKNOWN
from cluster_data.views.page import MOST, Page, Parameter
from cluster_data.views.parts import SAME

PICK = Parameter("pick", "Shortlist")
SPINOUT = Parameter("spinout", "Origin", invest.NARROWED["spinout"])
FUNDED = Parameter("funded", "Funding", invest.NARROWED["funded"])
LINKED = Parameter("linked", "Trusts", invest.NARROWED["linked"])
ORDER = Parameter("order", "In order", invest.ORDERS)
PARAMETERS = (PICK, SPINOUT, FUNDED, LINKED, ORDER)

COMPARED, CARDS = invest.MOST_PICKED, 24  # most firms side by side, most investors as cards
OF_A_FIRM = ["Stage", "Ds", "Funding seen"]  # on a stage


def view(page: Page) -> None:
    """A shortlist that stands in the address, firms by stage and as a list, who funds them and who else invests."""
    cluster, chosen, names = page.cluster, page.chosen.but(kinds=()), invest.firm_names(page.cluster)
    asked = page.several_of(PICK, names)
    picks = asked[:COMPARED]
    if picks:
        page.states(PICK, words.listing(names[record] for record in picks))
    page.headline(invest.shortlist_finding(cluster, picks) if picks else invest.finding(cluster, chosen))
    _shortlist(page, names, asked)
    page.hint("Nothing here is scored or ranked by worth: what no source says is shown as not known.")
    stages = invest.by_stage(cluster, chosen)
    _stages(page, chosen, stages)
    _firms(page, chosen, stages["firms"].sum())
    _funders(page, chosen)
    _support(page, chosen)
    _investors(page)
    if picks:
        _shortlist_on_stage(page, picks)
    else:
        page.on_stage(_stages_on_stage(page, chosen, stages), (PICK,), statement=chosen.statement(cluster))


# ---- the shortlist --------------------------------------------------------


def _shortlist(page: Page, names: dict[str, str], asked: list[str]) -> None:
    """The firms picked side by side, a button to remove each, and a box to add one."""
    picks, full = asked[:COMPARED], len(asked) >= COMPARED
    if picks:
        page.heading(f"Shortlist: {words.count(len(picks), 'firm')}")
        with page.only("screen"):
            _left_out(page, [names[record] for record in asked])
        _side_by_side(page, picks)
        for record in picks:
            others = [other for other in asked if other != record]
            with page.group("row"):
                page.link("Organisations", names[record], "domain", org=record)
                page.add(Ask(f"Remove {names[record]}", f"remove {record}", {PICK.name: others}))
    else:
        with page.only("screen"):
            page.heading("Shortlist")
    hint = "Remove one to add another" if full else "Choose a firm by name"
    label = "Add a firm to the shortlist"
    page.add(Box(PICK.name, label, names, "", hint=hint, adds_to=tuple(asked), disabled=full))
    if not picks:
        page.hint(f"Up to {COMPARED} firms side by side. The address of the page holds them: copy it to share them.")


def _left_out(page: Page, asked: list[str]) -> None:
    """Which of the firms asked for by name are not compared, if there are too many."""
    if len(asked) > COMPARED:
        named, more = asked[COMPARED : 2 * COMPARED], len(asked) - 2 * COMPARED
        left_out = words.listing(named + ([f"{more:,} more"] if more > 0 else []))
        page.notice(f"The first {COMPARED} of {len(asked):,} are compared. Left out: {left_out}.")


def _side_by_side(page: Page, picks: list[str]) -> None:
    rows, cited = invest.side_by_side(page.cluster, picks), invest.sources(page.cluster)
    about = f"Shortlist of {words.listing(rows.columns[1:])}"
    rows.loc[len(rows)] = ["Sources", *(" ".join(cited.loc[cited["id"] == record, "url"]) for record in picks)]
    with page.only("screen"):
        page.table(rows, about)
        page.small("“Not known”: no source of this dashboard says it; it does not mean no.")
    page.download(rows, about, "Download the shortlist as CSV", "")


# ---- the firms ------------------------------------------------------------


def _stages(page: Page, chosen: Filter, stages: pd.DataFrame) -> None:
    page.heading(invest.stages_known(stages))
    with page.only("screen"), page.group("grid", most=5, width=150):
        for row in stages.itertuples():
            _stage(page, row, stages["firms"].max())
    page.hint(f"Firms; each counts once. {invest.FUNDED_MEANS} {page.source()}")
    about = f"Firms by stage: {chosen.words(page.cluster)}"
    page.table(invest.by_stage_in_words(stages), about, folded=SAME, key="stages")
    known = partial(invest.known, page.cluster, chosen)
    page.table(known, f"What is known of {chosen.words(page.cluster)}", folded="How much is known of these firms")


def _stage(page: Page, row: Any, most: int) -> None:
    """A stage with its firms, a bar against the stage with most, and what is seen of them."""
    unknown = row.label == UNKNOWN
    with page.group("card"):
        page.text("", lead=f"{'Not known' if unknown else row.label}: {row.firms:,}")
        page.bar(row.firms, most, lambda ground: ground.accent, unknown)
        with page.group("close"):
            for said in invest.stage_said(row):
                page.small(said)


def _firms(page: Page, chosen: Filter, total: int) -> None:
    cluster = page.cluster
    narrowed = [page.one_of(parameter) for parameter in (SPINOUT, FUNDED, LINKED)]
    order = page.one_of(ORDER)
    kept = invest.in_order(invest.kept(cluster, chosen, *narrowed), order)
    page.heading(invest.list_in_words(kept, total, *narrowed))
    page.hint(invest.order_said(kept, order))
    page.boxes(SPINOUT, FUNDED, LINKED, ORDER)
    page.records(
        lambda: invest.listed(cluster, kept.head(MOST)),
        f"For investors: {chosen.words(cluster)}",
        len(kept),
        lambda: invest.listed(cluster, kept),
    )
    page.hint(f"{invest.LIST_NOTE} {captions.confidence_words(cluster)}")


# ---- who puts money in ----------------------------------------------------


def _funders(page: Page, chosen: Filter) -> None:
    rows = investors.funded(page.cluster, chosen)
    page.heading(investors.funded_said(rows))
    if len(rows):
        page.records(rows.head(MOST), f"Who funds {chosen.words(page.cluster)}", len(rows), rows, links=True)


def _support(page: Page, chosen: Filter) -> None:
    cluster, offers = page.cluster, investors.support_that_invests(page.cluster, chosen)
    page.heading(investors.support_said(cluster, offers))
    page.hint("Chosen by area and D alone, in the order of Find support; an offer that names no D is open to every D.")
    if len(offers):
        rows = investors.support_in_words(cluster, offers)
        page.records(rows.head(MOST), "Support that invests or lends", len(rows), rows, links=True)
    page.link("Find_support", "Find support of other kinds")


def _investors(page: Page) -> None:
    """A card for each investor, and the download of all."""
    cluster = page.cluster
    rows, cited = investors.seen(cluster), investors.sources(cluster)
    if rows.empty:
        page.heading("No investor is listed")
        return
    page.heading(f"{words.count(len(rows), 'investor')} seen in {cluster.pack.the_region}")
    with page.only("screen"):
        with page.group("grid", width=300):
            for row in rows.head(CARDS).to_dict("records"):
                _card(page, row, cited.loc[cited["id"] == row["id"], "url"])
        if len(rows) > CARDS:
            page.small(f"The first {CARDS} of {len(rows):,} are shown; the download holds all.")
    page.download(rows, "Investors seen in the region", note="")


def _card(page: Page, row: dict[str, Any], urls: pd.Series) -> None:
    """An investor: its words, the deals seen, firms linked to it, its sources."""
    naming = citations.naming(page.cluster)
    with page.group("card"):
        page.heading(row["Investor"], 3)
        page.text(". ".join(f"{head}: {row[head]}" for head in ("Sorts", "Town", "Stage", "Usual size")) + ".")
        if row[investors.DEALS] != NOT_KNOWN:
            page.text(f"{investors.DEALS}:")
            page.items(part.strip() for part in row[investors.DEALS].split(SEPARATOR))
        if row[investors.LINKED] != investors.NONE_LINKED:
            page.text(f"{investors.LINKED}: {row[investors.LINKED]}")
        sources = "Sources" if len(urls) > 1 else words.first_upper(citations.ONE_ONLY)
        page.text(f"{sources}:", links=((naming(url), url) for url in urls))


# ---- on a stage -----------------------------------------------------------


def _shortlist_on_stage(page: Page, picks: list[str]) -> None:
    rows = invest.side_by_side(page.cluster, picks).set_index("Fact").loc[OF_A_FIRM].T
    rows = rows.replace(invest.SEE_NOTE, invest.SUM_NOT_KNOWN).rename_axis("Firm")
    listed = words.listing(rows.index)
    picture = Table(f"Shortlist of {listed}", lambda: rows.reset_index(), page.source())
    page.on_stage(picture, (PICK,), f"Shortlist: {listed}", f"{words.count(len(rows), 'firm')}, whatever the filter")


def _stages_on_stage(page: Page, chosen: Filter, stages: pd.DataFrame) -> Chart:
    return Chart(
        f"Firms by stage: {chosen.words(page.cluster)}",
        f"Firms by stage; each counts once. Outlined bar: not known. {page.source()}",
        partial(charts.shares_chart, stages.rename(columns={"firms": "all"})),
        lambda: invest.by_stage_in_words(stages),
    )
