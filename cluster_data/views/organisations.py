"""Who is here: the directory, a profile, or two side by side."""

from cluster_data import words
from cluster_data.document import Link, Table
from cluster_data.elements import FilterBox
from cluster_data.link_words import TEXT
from cluster_data.measures import captions, counts, findings, organisations, profiles
from cluster_data.views import profile
from cluster_data.views.page import MOST, OF_A_SCENE, Page, Parameter

ORG = Parameter("org", "Profile", hint="Choose an organisation by name")
COMPARE = Parameter("compare", "Compare with", hint="Choose another")
PARAMETERS = (ORG, COMPARE)

ALL = Link("Organisations", "All organisations", icon="arrow_back")


def view(page: Page) -> None:
    """The directory with the boxes that lead to a profile; below a profile, the same boxes."""
    names = organisations.names(page.cluster)
    org, other = page.one_of(ORG, names), page.one_of(COMPARE, names)
    if not org:
        page.headline(findings.who_is_here(page.cluster, page.chosen))
        _boxes(page)
        if other:
            with page.only("screen"):
                page.notice("Choose a profile too, to see both side by side.")
        _directory(page)
        return
    page.goes_without_saying(ORG, *([COMPARE] if other else []))
    if other:
        _side_by_side(page, [org, other])
    else:
        profile.fill(page, org, ALL)
    _boxes(page)
    page.hint(f"Your choice of records stays: {page.chosen.statement(page.cluster)}")
    profile.on_stage(page, org, (ORG,))


def _boxes(page: Page) -> None:
    with page.group("grid", most=3, width=240):
        page.add(FilterBox(TEXT), page.box(ORG), page.box(COMPARE))


def _directory(page: Page) -> None:
    cluster, chosen = page.cluster, page.chosen
    total = int(chosen.keeps(cluster).sum())
    page.heading(captions.listed_in_words(chosen, cluster, total))
    page.text(captions.listed_once(cluster, chosen))
    page.records(
        lambda: organisations.directory(cluster, organisations.found(cluster, chosen, MOST)),
        "Directory of records",
        total,
        lambda: organisations.directory(cluster, organisations.found(cluster, chosen)),
    )
    page.on_stage(_kinds(page), (ORG,))


def _kinds(page: Page) -> Table:
    """How many records there are of each kind."""
    rows = counts.by_sort(page.cluster, page.chosen)
    return Table(
        f"Records by kind: {page.chosen.words(page.cluster, 'records')}",
        lambda: (
            rows.loc[rows["records"] > 0, ["label", "records"]].set_axis(["Kind", "Records"], axis=1).head(OF_A_SCENE)
        ),
        page.source(),
    )


def _side_by_side(page: Page, chosen: list[str]) -> None:
    """Records in columns, with the ways to their profiles and the download."""
    rows = profiles.side_by_side(page.cluster, chosen)
    names = list(rows.columns[1:])
    said = (
        f"{name}: {profiles.profile_in_words(page.cluster, record)}" for record, name in zip(chosen, names, strict=True)
    )
    stated = "; ".join(said)
    page.headline(f"{words.listing(names)} side by side", about=stated, said=stated)
    page.add(ALL)
    for record, name in zip(chosen, names, strict=True):
        page.link("Organisations", name, "domain", org=record)
    about = f"Comparison of {words.listing(names)}"
    page.table(rows, about)
    page.hint(f"Empty: its sort has no such fact. Sources stand on each profile. {page.source()}")
    with page.only("screen"):
        page.download(rows, about)
