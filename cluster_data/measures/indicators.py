"""Published figures: by topic, side by side where sources disagree, and by region where all regions are known."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from cluster_data.measures import citations
from cluster_data.model import words
from cluster_data.model.cluster import SEPARATOR, Cluster, remembered
from cluster_data.model.formats import FIRM, SOURCES, Amount, Number, Range, typed

DIFFER = {"name": "what is counted", "period": "period", "geography": "area"}
DIFFER |= {name: name for name in ("scope", "kind", "publisher")}
SERIES = ["metric", "scope", "period", "unit", "publisher"]


def amount_in_words(row: Mapping[str, Any]) -> str:
    """An indicator's value, or its range, in words: "£400m to £430m"; "not readable" if the source cannot be read."""
    value, high, unit = row["value"], row["value_high"], row["unit"]
    if pd.isna(value):
        return "not readable"
    if pd.isna(high):
        return words.amount(value, unit)
    low = words.amount(value, unit) if unit in words.MONEY else words.figure(value)
    return f"{low} to {words.amount(high, unit)}"


@remembered
def figures(cluster: Cluster) -> pd.DataFrame:
    """Every published figure in the pack's order: the columns of indicators.csv, kind, confidence and notes in words.

    Further columns: key (tells rows apart, in links too), figure (in words), own (of the region or within it),
    year (last year of the period, or the one assumed), assumed (no year is stated), url (of the sources), source
    (in words).
    """
    rows = cluster.table("indicators")
    rows["key"] = _keys(rows)
    rows["figure"] = [amount_in_words(row) for row in rows.to_dict("records")]
    rows["own"] = rows["place"].isin(cluster.flagged("indicator_place", "default"))
    stated = rows["year_to"].fillna(rows["year_from"])
    rows["year"], rows["assumed"] = stated.fillna(rows["year_about"]), stated.isna()
    rows["kind"] = rows["kind"].map(cluster.labels("indicator_kind"))
    rows["confidence"] = rows["confidence"].map(cluster.labels("confidence"))
    rows["url"] = [" ".join(one.url for one in citations.listed(cluster, cell)) for cell in rows["source_ids"]]
    rows["source"] = [citations.in_short(cluster, cell) for cell in rows["source_ids"]]
    rows["note"] = _notes(rows)
    return rows


def _keys(rows: pd.DataFrame) -> pd.Series:
    """The id; where several rows share it, with their period, area and source."""
    long = rows["id"] + "-" + (rows["period"] + " " + rows["geography"] + " " + rows["source_ids"]).map(words.slug)
    return rows["id"].where(~rows["id"].duplicated(keep=False), long)


def _notes(rows: pd.DataFrame) -> pd.Series:
    names = dict(zip(rows["id"], rows["name"], strict=True))
    spelt = sorted((name for name in names if "_" in name), key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, spelt))})\b") if spelt else re.compile(r"(?!)")
    named = rows["note"].dropna().map(lambda note: pattern.sub(lambda found: f"“{names[found.group()]}”", note))
    return named.reindex(rows.index)


@remembered
def topics(cluster: Cluster) -> pd.DataFrame:
    """The topics that have figures, in order: topic, label, figures, own (of the region), questions (with figures)."""
    rows = figures(cluster)
    counted = rows.groupby("topic").agg(figures=("id", "size"), own=("own", "sum"))
    counted["questions"] = rows.dropna(subset=["question"]).drop_duplicates("question")["topic"].value_counts()
    table = cluster.vocabulary("indicator_topic")[["id", "label"]].rename(columns={"id": "topic"})
    table = table.merge(counted.fillna({"questions": 0}), on="topic")
    return table.astype({"own": int, "questions": int})


def topic_labels(cluster: Cluster) -> dict[str, str]:
    """The topics that have figures, by id: their labels, in order."""
    rows = topics(cluster)
    return dict(zip(rows["topic"], rows["label"], strict=True))


def about_region(cluster: Cluster) -> str:
    """What a page of published figures is about: a filter on firms does not change them."""
    return f"Published figures of {cluster.pack.the_region}, whatever the filter"


def answers(cluster: Cluster, topic: str) -> dict[str, pd.DataFrame]:
    """The questions that several figures answer, by label: the columns of `figures`, and share (of the highest figure).

    A question belongs to the topic of its first row and brings all its rows. Share runs from 0 to 1; it is missing
    where the figures have no common scale.
    """
    rows = figures(cluster)
    first = rows.dropna(subset=["question"]).drop_duplicates("question")
    asked = set(first.loc[first["topic"] == topic, "question"])
    labels = cluster.labels("indicator_question").items()
    return {label: _shared(rows[rows["question"] == question]) for question, label in labels if question in asked}


def _shared(rows: pd.DataFrame) -> pd.DataFrame:
    highest = rows["value_high"].fillna(rows["value"])
    scale = not _vary(rows["unit"]) and rows["unit"].iloc[0] != "rank" and not (rows["value"] < 0).any()
    return rows.assign(share=highest / highest.max() if scale and highest.max() > 0 else float("nan"))


def others(cluster: Cluster, topic: str) -> dict[str, pd.DataFrame]:
    """The figures of a topic that answer no question with others, by place, the region's own first: as `figures`.

    Keys are ids of the vocabulary field indicator_place. With `answers`, every figure stands in exactly one group.
    Figures of one series, which share their id, stand together, newest first.
    """
    rows = figures(cluster)
    rows = rows[(rows["topic"] == topic) & rows["question"].isna()]
    rows = rows.assign(series=pd.factorize(rows["id"])[0], ago=-rows["year"])
    rows = rows.sort_values(["series", "ago"], kind="stable").drop(columns=["series", "ago"])
    places = cluster.vocabulary("indicator_place")["id"]
    return {place: rows[rows["place"] == place] for place in places if (rows["place"] == place).any()}


def answers_in_words(question: str, rows: pd.DataFrame) -> str:
    """What the sources of a question say: "How many firms there are: 3 sources, 298 to 800 firms"."""
    low, high = rows["value"], rows["value_high"].fillna(rows["value"])
    read = int(low.notna().sum())
    sources = words.count(len(rows), "source")
    if not read:
        return f"{question}: {sources}, none readable"
    unread = f", {len(rows) - read} not readable" if read < len(rows) else ""
    if _vary(rows["unit"]):
        return f"{question}: {sources}, in different units{unread}"
    ends = {"value": low.min(), "value_high": high.max(), "unit": rows["unit"].iloc[0]}
    if low.nunique() == high.nunique() == 1:
        ends["value_high"] = high.max() if rows["value_high"].notna().any() else None
        return f"{question}: {sources}, the same figure: {amount_in_words(ends)}{unread}"
    return f"{question}: {sources}, {amount_in_words(ends)}{unread}"


def _vary(cells: pd.Series) -> bool:
    return len(set(cells.fillna(""))) > 1


def differences(rows: pd.DataFrame) -> str:
    """In what the figures of a question differ beside their values: "The 3 sources differ in period and scope."."""
    found = [said for column, said in DIFFER.items() if _vary(rows[column])]
    return f"The {len(rows):,} sources differ in {words.listing(found) if found else 'nothing that is stated'}."


@remembered
def topic_in_words(cluster: Cluster, topic: str) -> str:
    """A topic at a glance: "Jobs: 17 figures of the region, and 2 questions that several sources answer"."""
    row = topics(cluster).set_index("topic").loc[topic]
    own = words.count(row["own"], "figure") if row["own"] else "no figure"
    differ = f", and {words.count(row['questions'], 'question')} that several sources answer"
    return f"{row['label']}: {own} of the region{differ if row['questions'] else ''}"


def figures_in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of `figures` as readers see them in a table."""
    columns = {"name": "What is counted", "figure": "Figure", "period": "Period", "kind": "Kind", "geography": "Area"}
    columns |= {"scope": "Scope", "confidence": "Confidence", "note": "Note", "publisher": "Publisher", "url": "Source"}
    held = rows.assign(figure=amounts(rows["figure"], rows["value"], rows["value_high"], rows["unit"]))
    table = held[[column for column in columns if column in rows]].fillna("").rename(columns=columns)
    return typed(table, {"Figure": Range(), "Publisher": FIRM, "Source": SOURCES})


def amounts(said: Iterable[str], low: pd.Series, high: pd.Series, unit: pd.Series | str = "") -> list[Amount]:
    """Words with the values that they say; the upper one only where it differs."""
    ends = {"low": low.array, "high": high.where(high != low).array, "unit": getattr(unit, "array", unit)}
    rows = pd.DataFrame({"said": list(said)} | ends).astype(object)
    return [Amount(*row) for row in rows.where(rows.notna(), None).itertuples(index=False)]


@remembered
def series(cluster: Cluster) -> pd.DataFrame:
    """Every series of comparisons.csv, complete ones first: SERIES, regions (held), all, held, complete, label, key.

    `key` is metric and period; where several series share them, with scope and publisher.

    A series is one metric, scope, period, unit and publisher. It is complete when it holds each region that the table
    knows exactly once; `held` names its areas. Only complete series may be compared.
    """
    rows = cluster.table("comparisons")
    rows["area"] = rows["region_code"].fillna(rows["region"])
    whole = set(rows.loc[rows["level"] == "region", "area"])
    found = []
    for names, part in rows.groupby(SERIES, sort=False):
        regions = list(part.loc[part["level"] == "region", "area"])
        complete = len(whole) > 1 and len(regions) == len(whole) and set(regions) == whole
        found.append((*names, len(set(regions)), len(whole), words.listing(part["region"]), complete))
    table = pd.DataFrame(found, columns=[*SERIES, "regions", "all", "held", "complete"])
    labels = cluster.labels("comparison_metric")
    table["label"] = table["metric"].map(labels) + ", " + table["period"]
    short = (table["metric"] + " " + table["period"]).map(words.slug)
    long = short + "-" + (table["scope"] + " " + table["publisher"]).map(words.slug)
    table["key"] = short.where(~short.duplicated(keep=False), long)
    table["order"] = table["metric"].map({metric: place for place, metric in enumerate(labels)})
    table = table.sort_values(["complete", "regions", "order"], ascending=[False, False, True], kind="stable")
    return table.drop(columns="order").astype({"complete": bool}).reset_index(drop=True)


@remembered
def regions(cluster: Cluster, metric: str) -> pd.DataFrame:
    """The regions of a complete series, highest first: region, value, unit, figure, own, rank, joint, note.

    Regions of the same value share the rank; totals of the country are not among them.
    """
    rows = _of_series(cluster, metric)
    rows = rows[rows["level"] == "region"].sort_values(["value", "region"], ascending=[False, True])
    rows["own"] = rows["region"] == cluster.pack.region
    rows["rank"] = rows["value"].rank(method="min", ascending=False).astype(int)
    rows["joint"] = rows["rank"].duplicated(keep=False)
    return rows[["region", "value", "unit", "figure", "own", "rank", "joint", "note"]].reset_index(drop=True)


def _of_series(cluster: Cluster, metric: str) -> pd.DataFrame:
    row = series(cluster).set_index("key").loc[metric]
    rows = cluster.table("comparisons")
    rows = rows[(rows[SERIES] == row[SERIES]).all(axis=1)].copy()
    rows["figure"] = [words.amount(value, unit) for value, unit in zip(rows["value"], rows["unit"], strict=True)]
    return rows


@remembered
def region_finding(cluster: Cluster, metric: str) -> str:
    """Where the region stands: "Net change in jobs, 2011 to 2020: the West Midlands comes last of 12, with -800"."""
    label = series(cluster).set_index("key").loc[metric, "label"]
    rows = regions(cluster, metric)
    own = rows[rows["own"]]
    if own.empty:
        return f"{label}: {cluster.pack.the_region} is not among the regions"
    row = own.iloc[0]
    named = {rows["rank"].max(): "last", 1: "first"}
    place = f"{'joint ' if row['joint'] else ''}{named.get(row['rank'], words.ordinal(int(row['rank'])))}"
    return f"{label}: {cluster.pack.the_region} comes {place} of {len(rows)} regions, with {row['figure']}"


def complete_series(cluster: Cluster) -> dict[str, str]:
    """The series that hold every region, by key: their labels."""
    rows = series(cluster)
    rows = rows[rows["complete"]]
    return dict(zip(rows["key"], rows["label"], strict=True))


@remembered
def series_about(cluster: Cluster, metric: str) -> str:
    """What a series counts, and the figures of the country, which are not ranked."""
    row = series(cluster).set_index("key").loc[metric]
    rows = _of_series(cluster, metric)
    notes = [f"{note}." for note in dict.fromkeys(rows["note"].dropna())]
    wholes = [f"{whole.region}: {whole.figure}, not ranked." for whole in rows[rows["level"] != "region"].itertuples()]
    meaning = cluster.vocabulary("comparison_metric").set_index("id")["meaning"].get(row["metric"])
    meant = [f"{meaning}."] if isinstance(meaning, str) else []
    return " ".join([*meant, f"Scope: {row['scope']}.", *notes, *wholes])


def series_sources(cluster: Cluster, metric: str) -> str:
    """The ids of the sources of a series, as a cell holds them."""
    return SEPARATOR.join(_of_series(cluster, metric)["source_ids"])


def compared_in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """The table of compared as readers see it."""
    ranks = [Amount(f"{'joint ' if row.joint else ''}{row.rank}", row.rank) for row in rows.itertuples()]
    figures = amounts(rows["figure"], rows["value"], rows["value"], rows["unit"])
    table = pd.DataFrame({"Region": rows["region"], "Rank": ranks, "Figure": figures})
    return typed(table, {"Rank": Number(), "Figure": Range(upper="")})


@remembered
def not_compared(cluster: Cluster) -> pd.DataFrame:
    """The incomplete series as readers see them, fullest first: Figure, Scope, Regions, Held, Publisher."""
    rows = series(cluster).query("not complete")
    rows = rows.assign(regions=rows["regions"].astype(str) + " of " + rows["all"].astype(str))
    names = {"label": "Not compared", "scope": "Scope", "regions": "Regions", "held": "Areas held"}
    names |= {"publisher": "Publisher"}
    return typed(rows[list(names)].rename(columns=names), {"Publisher": FIRM})
