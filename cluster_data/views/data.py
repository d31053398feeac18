"""Where the data comes from, how fresh and how sure it is."""

from functools import partial

import pandas as pd

from cluster_data.document import Chart, Table
from cluster_data.drawing import charts
from cluster_data.elements import Faults, File
from cluster_data.findings import captions, headlines
from cluster_data.measures import citations, counts, coverage, places
from cluster_data.model import words
from cluster_data.model.filters import Filter
from cluster_data.model.formats import Number, as_csv, as_data, typed
from cluster_data.model.tables import TABLES
from cluster_data.views.page import OF_A_SCENE, Page, Parameter

BY = Parameter("by", "By", ("D", "area"))
TABLE = Parameter("table", "Table", tuple(TABLES))
PARAMETERS = (BY, TABLE)
ICON = "table_rows"
DRAWN_WITH = ("chart",)
BY_AGE = "Records by age of their newest source"


def view(page: Page) -> None:
    """How fresh and how sure the records of the choice are, then every table in full."""
    cluster, chosen = page.cluster, page.chosen
    by, name = page.one_of(BY), page.one_of(TABLE)
    page.headline(headlines.how_old(cluster, chosen).said.rstrip(","))
    page.add(Faults())
    ages = coverage.ages(cluster, chosen)
    _records(page, chosen, ages)
    page.heading(coverage.firms_finding(cluster, chosen))
    page.add(page.box(BY))
    page.table(coverage.by_split(cluster, chosen, by), f"What is known of firms by {by}")
    page.hint(f"Share of firms with each fact. Under ten firms no percentage is given. {page.source()}")
    page.heading("Every table")
    page.add(page.box(TABLE))
    _table(page, name)
    if name == "sources":
        page.heading(citations.finding(cluster), 3)
        every = partial(citations.table, cluster)
        page.table(every, "Every source with its citation", note="", long=True, saved=True)
    page.on_stage(_scene(page, chosen, ages))


def _records(page: Page, chosen: Filter, ages: pd.DataFrame) -> None:
    """How old the sources of records are, how sure the records, and on how many sources they rest."""
    cluster = page.cluster
    page.heading(coverage.ages_finding(cluster, chosen))
    page.table(ages, BY_AGE, "sources")
    several = captions.listed_once(cluster, chosen)
    page.hint(f"Records of the choice by the year of their newest source. {several} {page.source()}")
    page.heading(coverage.sureness_finding(cluster, chosen))
    page.table(coverage.sureness(cluster, chosen), "Records by confidence", "vocabulary")
    page.hint(captions.confidence_words(cluster))
    page.heading(coverage.foundations_finding(cluster, chosen))
    page.table(coverage.foundations(cluster, chosen), "Records by number of sources", "sources")
    page.hint(f"Records of the choice by how many sources they name. {page.source()}")


def _table(page: Page, name: str) -> None:
    """What is known of a table, what its columns hold, and all its rows to see and to take."""
    cluster, rows = page.cluster, page.cluster.table(name)
    with page.only("screen"):
        page.text(coverage.about(name), f"{words.count(len(rows), 'row')}.")
        with page.group("row"):
            label, file = f"Download {name} as CSV", f"{words.slug(name)}.csv"
            page.add(File(label, file, "text/csv", lambda: as_csv(as_data(rows))))
            if {"lat", "lon"} <= set(rows.columns):
                made, mime = partial(places.geojson, rows), "application/geo+json"
                page.add(File(f"Download {name} as GeoJSON", f"{name}.geojson", mime, made))
    known = coverage.columns_known(cluster, name)
    page.chart(
        "coverage",
        partial(charts.coverage_chart, known),
        typed(known.rename(columns=str.capitalize), {"Share": Number("%", 0)}),
        f"Share of each column of {name} that is known",
        f"Rows of {name} in which the column is filled, all rows of the table, whatever the filter. {page.source()}",
        name,
    )
    with page.group("folded", label=f"What each column of {name} holds"):
        page.table(partial(coverage.dictionary, name), f"Data dictionary of {name}", name, "")
    with page.only("screen"):
        label = f"All rows of {name}"
        page.table(rows, label, name, folded=label, long=True)


def _scene(page: Page, chosen: Filter, rows: pd.DataFrame) -> Chart | Table:
    """How old the firms are of which the finding tells, or else the records; the first types of a long list."""
    ages = coverage.ages(page.cluster, chosen.but(kinds=("company",)))
    if ages.empty:
        left_out = f"; the first {OF_A_SCENE} of {len(rows)} kinds" if len(rows) > OF_A_SCENE else ""
        note = f"Records by the year of their newest source{left_out}. {page.source()}"
        return Table(BY_AGE, lambda: rows.head(OF_A_SCENE), note)
    recent, old, undated = ages.iloc[0][list(coverage.AGES)]
    counted = {"Three years or newer": recent, "Older": old, counts.UNKNOWN: undated}
    firms = pd.DataFrame({"label": list(counted), "all": list(counted.values())})
    return Chart(
        f"Firms by age of their newest source: {chosen.words(page.cluster)}",
        f"Firms by the year of their newest source. Outlined bar: not known. {page.source()}",
        partial(charts.shares_chart, firms),
        firms.rename(columns={"label": "Newest source", "all": "Firms"}).copy,
    )
