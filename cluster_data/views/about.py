"""On what terms the data can be used."""

from collections.abc import Iterable
from functools import partial

from cluster_data.document import Text
from cluster_data.findings import captions
from cluster_data.measures.help import LENSES
from cluster_data.model import words
from cluster_data.model.wording import with_types
from cluster_data.views.page import Page, Parameter

PARAMETERS: tuple[Parameter, ...] = ()
ICON = "info"

WHAT = (
    "One open place for what is publicly known of health technology in {region}: firms, universities, NHS bodies, "
    "{assets}, support on offer, and the challenges that firms named. It is compiled from public pages and open "
    "official data as known in {as_of}. It is not official statistics."
)
COUNTED = (
    ("Firms", "counted at first are those of the roles chosen under “Firms by role”; other roles are added there."),
    (
        "What has ended, been dissolved or moved away",
        "counts nowhere, unless you choose its status. The foot of a page says how many records that "
        "leaves out. The tables under “Data” hold every row.",
    ),
    (
        "What stands in several lists",
        "counts once in any total, and in full in the count of each kind: a fund among the {assets} and "
        "among the {offers} is one source of help, and counts among both. Where a sentence gives both kinds, it says "
        "how many are both.",
    ),
    (
        "By D",
        "a record counts under each of its Ds, so the Ds overlap; with “primary” it counts under its first D alone.",
    ),
    (
        "Help that names no D, or no stage,",
        "is open to all and counts under each. The numbers in brackets in the heat map are those that name the column. "
        "“No help” is said only where nothing is known that names the column or is open to all.",
    ),
    (
        "The same help",
        "stands in a cell of the heat map, behind it when it is opened, and in “Find support”. “Continuing” holds for "
        "the year beside it.",
    ),
    ("{trusts}", "and {boards} stand apart."),
    (
        "Areas:",
        "a choice of area keeps the organisations that stand in it and the {offers} that reach it.",
    ),
    (
        "Per 100,000 residents",
        "divides the firms of an area by its residents, whose year stands beside the figure.",
    ),
    (
        "Find support",
        "lists help by one rule, printed below its list; profiles and the cells of the heat map list it in the same "
        "order.",
    ),
    (
        "Pairs that might meet",
        "share a D and a local authority, or a challenge and an asset, and no link between them is known. The rule is "
        "printed below the pairs; it says nothing of whether the two would suit.",
    ),
    (
        "Similar areas",
        "are near each other in residents and in firms by D; the numbers stand beside them. Under ten firms no "
        "percentage is given.",
    ),
    (
        "Pace",
        "divides what a published goal adds by the years from its baseline to its end. It is a sum, not a forecast.",
    ),
    ("For investors", "nothing is scored or ranked by worth."),
    ("What is not known", "is a category of its own. It is shown and never filled by a guess."),
    ("Figures of different years or definitions", "are never added up."),
)
SINGLE = {
    "Positions": (
        "Only records with a full postcode are drawn as points, to about 100 metres. Records known by postcode sector "
        "or town share one numbered circle in its middle. Records without either are counted as not on the map. "
        "Distances are straight lines. Borders are simplified for drawing."
    ),
    "Reuse": (
        "The code of this dashboard is under the MIT licence. The data is licensed as the lines under “Licences” say: "
        "facts and figures may be reused with their source named. Summaries are in our own words. Names of "
        "organisations belong to them; a listing is no endorsement."
    ),
    "Taking it away": (
        "“Share or download”, at the top of every page, gives the view as a workbook, as tables, as slides with bars "
        "and tables that can be edited, and as a PDF, with its link, a QR code, a view for paper and a snippet to "
        "embed it. Each file says which choice it shows, when it was made, and from which sources."
    ),
    "Privacy": (
        "The dashboard stores organisations, never people: no personal names, e-mail addresses or telephone numbers. "
        "It does not track visitors and asks nothing of any other host. What you choose stands in the address of the "
        "page and nowhere else. The server may set two cookies until the browser is closed: one guards forms against "
        "misuse, one leads you back to the same of several servers. Neither tells who you are."
    ),
    "Correct a record": (
        "Open the record under “Organisations” and choose “Suggest a correction”: the message holds its id. Please "
        "give a public source."
    ),
}
ACCESS = (
    "This dashboard aims at WCAG 2.2, levels A and AA, and is partially compliant. It is tested with axe-core on every "
    "page, at two widths and in both themes. Known to fail or to fall short:"
)
FALLS_SHORT = (
    (
        "The map and long lists",
        "are drawn on a canvas. Each has a list or a table beside it, a download, and choices of place and zoom that "
        "work by keyboard; the drawing itself cannot be reached by keyboard.",
    ),
    (
        "Cells of the heat map and marks of the network",
        "cannot be chosen by keyboard. The boxes of their pages do the same.",
    ),
    (
        "Where several words are chosen in a box,",
        "the place to type beside them can be narrower than 24 pixels.",
    ),
    (
        "Slides and workbooks",
        "carry titles, alternative texts and heading rows; the PDFs are tagged. Signs for which the fonts of the PDFs "
        "have no shape, such as some emoji, are replaced there, and the page says so.",
    ),
    ("The shortcut keys", "of the framework cannot be switched off."),
)
TOLD = (
    "Automatic tests find only part of what can be wrong. Tell us of anything that stops you in the same way as a "
    "correction."
)


def view(page: Page) -> None:
    """What it is, how things are counted, what may be done with it, and what it cannot tell."""
    cluster, pack = page.cluster, page.cluster.pack
    page.headline(f"{pack.name}: free to use, with its sources named")
    page.heading("What this is")
    page.text(with_types(cluster, WHAT.replace("{region}", pack.the_region).replace("{as_of}", pack.as_of_words)))
    page.heading("How things are counted")
    _items(page, ((with_types(cluster, lead), with_types(cluster, said)) for lead, said in COUNTED))
    for heading, said in SINGLE.items():
        page.heading(heading)
        page.text(said)
    page.heading("Accessibility")
    page.text(ACCESS)
    _items(page, FALLS_SHORT)
    page.text(TOLD)
    page.heading("What the words mean")
    listed = partial(page.table, captions.word_list(cluster), "What the words mean", "vocabulary")
    with page.only("files"):
        listed()
    with page.only("screen"), page.group("folded", label="The words of the lists"):
        listed()
    _items(page, ((f"{words.first_upper(lens.name)}:", with_types(cluster, lens.definition)) for lens in LENSES))
    page.heading("What it cannot tell")
    page.items(pack.limits)
    page.heading("Licences")
    page.items(pack.licences)


def _items(page: Page, said: Iterable[tuple[str, str]]) -> None:
    """A list whose items begin with what they are about."""
    page.add(*(Text(text, "item", words.first_upper(lead)) for lead, text in said))
