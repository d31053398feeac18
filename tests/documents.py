"""Documents to take away in tests: a view with each sort of part, an empty one, a long one, one of odd names."""

from dataclasses import replace
from datetime import date

import pandas as pd

from cluster_data.document import Chart, Document, Heading, Map, Notes, Part, Table, Text
from cluster_data.drawing import charts
from cluster_data.measures import counts, places
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.filters import Filter

LINK = "https://dashboard.example/Four_Ds?d=Devices&area=Aldbrook"
ODD_NAMES = (
    '=HYPERLINK("http://evil.example")',
    "+44",
    "-1",
    "@SUM(A1)",
    "\tTab first",
    "\rReturn first",
    '<script>alert("x")</script> & "quotes" and \'others\'',
    "#set text(red); $x$ *bold* _under_ `code` [a](b) \\ { } ~ //",
    "Gentle 🦾 Robotics 😀",
    "شركة الروبوتات الصحية",
    "W" * 300,
    "word " * 60,
    "",
)


def document(cluster: Cluster, **changes: object) -> Document:
    """A view with each sort of part; `changes` replace fields."""
    chosen = Filter(roles=("heartland",))
    by_d = counts.by_d(cluster, chosen)
    types = {each: label for each, label in cluster.plurals("record_type").items() if each in by_d}
    firms = chosen.but(kinds=("company",))
    areas = counts.firms_by_area_in_words(counts.firms_by_area(cluster, chosen))
    parts: tuple[Part, ...] = (
        Text("A record counts under each of its Ds."),
        Chart(
            alt="Records by D",
            note="Records. Source: the list of organisations.",
            draw=lambda ground: charts.by_d_chart(by_d, types, ground),
            rows=lambda: counts.by_d_in_words(cluster, by_d),
        ),
        Heading("Aldbrook holds most firms"),
        Map(
            alt="Map of heartland firms in Northmark",
            note="Firms. Source: the list of organisations.",
            points=lambda: places.points(cluster, firms),
            bubbles=lambda: places.bubbles(cluster, firms),
            rows=lambda: areas,
            outlined=tuple(places.outlined(cluster)),
        ),
        Table("Firms by area", lambda: areas, "Firms. Source: the list of organisations."),
        Notes("Say that the Ds overlap."),
    )
    whole = Document(
        cluster=cluster,
        page="Four_Ds",
        question="What does each D hold?",
        title="Devices lead; robotics is thin",
        statement=chosen.statement(cluster),
        slug=words.slug(chosen.words(cluster)),
        link=LINK,
        made=date(2026, 11, 21),
        parts=parts,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def empty(cluster: Cluster) -> Document:
    """A view that keeps nothing: a chart without marks, a map without points, a table without rows."""
    nothing = Filter(text="zzzz")
    by_d = counts.by_d(cluster, nothing)
    firms = nothing.but(kinds=("company",))
    none = pd.DataFrame({"Name": pd.Series(dtype=str), "Firms": pd.Series(dtype=int)})
    parts: tuple[Part, ...] = (
        Chart("No record", "Records.", lambda ground: charts.by_d_chart(by_d, {}, ground), lambda: none),
        Map(
            "Map without firms",
            "Firms.",
            lambda: places.points(cluster, firms),
            lambda: places.bubbles(cluster, firms),
            lambda: none,
        ),
        Table("No firm", lambda: none),
    )
    return document(cluster, title="No firm is known for this choice", parts=parts)


def long(cluster: Cluster, rows: int = 5000) -> Document:
    """A view with a table of many rows: Name, Firms, Share, Known."""
    frame = pd.DataFrame(
        {
            "Name": [f"Firm {number}" for number in range(rows)],
            "Firms": range(rows),
            "Share": [number / rows for number in range(rows)],
            "Known": [number % 2 == 0 for number in range(rows)],
        }
    )
    return document(cluster, parts=(Table("Many firms", lambda: frame, "Firms."),))


def odd(cluster: Cluster) -> Document:
    """A view whose names try to break out of each form."""
    frame = pd.DataFrame({"Name": list(ODD_NAMES), "=Firms": range(len(ODD_NAMES))})
    parts: tuple[Part, ...] = (Heading(ODD_NAMES[6]), Text(ODD_NAMES[7]), Table("Odd & <names>", lambda: frame))
    return document(cluster, title=f"{ODD_NAMES[6]} {ODD_NAMES[7]}", statement=ODD_NAMES[9], parts=parts)


def map_of(cluster, chosen, **changes):
    """A map of the records chosen."""
    shown = Map(
        alt="A map",
        note="Records.",
        points=lambda: places.points(cluster, chosen),
        bubbles=lambda: places.bubbles(cluster, chosen),
        rows=pd.DataFrame,
        outlined=tuple(places.outlined(cluster)),
    )
    return replace(shown, **changes)
