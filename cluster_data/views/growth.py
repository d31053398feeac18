"""Where the region stands, and how far its targets are."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from cluster_data.document import Chart, Picture, Table
from cluster_data.drawing import charts
from cluster_data.findings import headlines
from cluster_data.measures import citations, goals, indicators, pace
from cluster_data.model import words
from cluster_data.views.page import OF_A_SCENE, Page, Parameter
from cluster_data.views.parts import ACROSS, AT_ONCE, SAME, figure, figures, origin

MEASURE = Parameter("measure", "Goals for", resets=("baseline",))
BASELINE = Parameter("baseline", "Counted from", hint="No baseline is known")
SINCE = Parameter("since", "Goals without a year: from")
UNTIL = Parameter("until", "Goals without a year: until")
METRIC = Parameter("metric", "Compare by")
TOPIC = Parameter("topic", "Topic")
NOTES = Parameter("notes", "Notes on other figures", ("hidden", "shown"))
GOALS, REGIONS, PUBLISHED = "What each goal asks", "The regions", "Published figures"
TAB = Parameter("tab", "Part", (GOALS, REGIONS, PUBLISHED))
PARAMETERS = (TAB, MEASURE, BASELINE, SINCE, UNTIL, METRIC, TOPIC, NOTES)
ICON = "trending_up"
FIGURES_OF_A_SCENE = 5
DRAWN_WITH = ("chart",)


def view(page: Page) -> None:
    """The goals and what they ask for a year, the regions side by side, then all that is published."""
    cluster, about = page.cluster, indicators.about_region(page.cluster)
    counting, series, topics = _counting(page), indicators.complete_series(cluster), indicators.topic_labels(cluster)
    metric, topic, notes = page.first_of(METRIC, series), page.first_of(TOPIC, topics), page.one_of(NOTES)
    tab = _open_tab(page, bool(counting))
    page.headline(_finding(page, tab, counting, metric, topic), f". {about}", about)
    with page.group("tabs", box=page.box(TAB)):
        if counting:
            with page.group("tab", label=GOALS):
                _way(page, counting)
                _goals(page, counting)
        with page.group("tab", label=REGIONS):
            _regions(page, metric)
            left_out = indicators.not_compared(cluster)
            if len(left_out):
                label = f"Not compared between regions, because some are missing: {len(left_out)} series"
                page.table(left_out, "Series that are not compared", "comparisons", folded=label)
        page.later("tab", partial(_published, page, topic, notes == NOTES.options[1]), label=PUBLISHED)
    if metric and tab == REGIONS:
        page.on_stage(_scene_of_regions(page, metric), (TAB, METRIC), statement=about)
    elif topic and tab == PUBLISHED:
        page.on_stage(_figures_on_stage(*_first_answers(page, topic)), (TAB, TOPIC), statement=about)
    elif counting:
        way = _scene_of_goals(page, counting)
        years = () if isinstance(way, Chart) else (SINCE, UNTIL)  # the chart is of the one goal that has a year
        page.on_stage(way, (TAB, MEASURE, BASELINE, *years), statement=about)
    else:
        page.on_stage(_figures_on_stage(PUBLISHED, headlines.headline_figures(cluster)), statement=about)


def _finding(page: Page, tab: str, counting: pace.Counting | None, metric: str, topic: str) -> str:
    """What the tab shows, or else what the goals ask for; what is lacking, if there is neither."""
    cluster = page.cluster
    if tab == REGIONS and metric:
        return indicators.region_finding(cluster, metric)
    if tab == PUBLISHED and topic:
        return _first_answers(page, topic)[0]
    if counting:
        return goals.target_finding(cluster, counting)
    what = "target" if topic else "published figure"
    return f"No {what} of {cluster.pack.the_region} is in the data"


def _open_tab(page: Page, counting: bool) -> str:
    """The tab that is open: the one asked for, else that of what else is asked for."""
    at_first = REGIONS if page.says(METRIC) else PUBLISHED if page.says(TOPIC) or page.says(NOTES) else ""
    tabs = [GOALS, REGIONS, PUBLISHED] if counting else [REGIONS, PUBLISHED]
    tab = page.one_of(TAB, {tab: tab for tab in tabs}, at_first or tabs[0])
    page.goes_without_saying(TAB)
    return tab


def _counting(page: Page) -> pace.Counting | None:
    """How the reader asks for the goals to be counted; None if there is no goal."""
    cluster, measures = page.cluster, pace.measures(page.cluster)
    if not measures:
        return None
    measure = page.first_of(MEASURE, measures)
    baseline = page.first_of(BASELINE, pace.baseline_labels(cluster, measure))
    starts, ends = pace.years_offered(cluster)
    since = page.one_of(SINCE, starts, list(starts)[-1])
    until = page.one_of(UNTIL, ends, pace.goal_year(cluster))
    return pace.Counting(measure, baseline or None, int(since), int(until))


def _way(page: Page, counting: pace.Counting) -> None:
    """The goal, the gap and the pace in one picture; below it what it counts from, and how it goes."""
    cluster = page.cluster
    way, heading = goals.path(cluster, counting), goals.path_finding(cluster, counting)
    if len(way):
        page.heading(heading)
        draw, source = partial(charts.path_chart, way), goals.path_source(way)
        page.chart("path", draw, goals.path_in_words(way), heading, source, "indicators")
    page.text(goals.on_pace(cluster, counting))
    page.small(goals.doubts(cluster, counting))
    page.boxes(MEASURE, BASELINE, most=2, width=240)


def _goals(page: Page, counting: pace.Counting) -> None:
    cluster = page.cluster
    page.heading("What each goal asks for a year")
    figures(page, goals.goals_in_words(cluster, counting), notes=True)
    about = f"Goals for {pace.measures(cluster)[counting.measure]} and their yearly pace"
    rows = goals.goals_table(cluster, counting)
    page.table(rows, about, "indicators", goals.TABLE_SOURCE, folded=SAME, key="goals")
    with page.group("folded", label="Years of goals that name none"):
        page.boxes(SINCE, UNTIL, width=200)
    with page.group("folded", label="What this takes for granted"):
        page.items(goals.assumptions(cluster, counting))


def _regions(page: Page, metric: str) -> None:
    """The regions by a series that holds each."""
    cluster = page.cluster
    page.heading("The regions side by side")
    if not metric:
        with page.only("screen"):
            page.notice("No series holds every region, so none is compared.")
        return
    page.boxes(METRIC, most=2, width=240)
    rows, finding = indicators.regions(cluster, metric), indicators.region_finding(cluster, metric)
    page.subheading(finding)
    cited = indicators.series_sources(cluster, metric)
    period = indicators.series(cluster).set_index("key").loc[metric, "period"]
    page.text(f"{indicators.series_about(cluster, metric)} Source:", links=citations.pairs(cluster, cited))
    page.chart(
        "regions",
        partial(charts.regions_chart, rows),
        indicators.compared_in_words(rows),
        finding,
        f"Hatched bar, bold name: {cluster.pack.region}. {period}. Source: {citations.in_short(cluster, cited)}.",
        "comparisons",
    )


def _published(page: Page, topic: str, notes: bool) -> None:
    """The figures of a topic: those that answer one question side by side, then those that stand alone."""
    cluster = page.cluster
    page.heading("Where we stand: the published figures")
    if not topic:
        with page.only("screen"):
            page.notice(f"The data holds no published figure of {cluster.pack.the_region}.")
        return
    page.boxes(TOPIC, width=200)
    with page.only("screen"):
        page.text("", lead=indicators.topic_in_words(cluster, topic))
    for number, (question, rows) in enumerate(indicators.answers(cluster, topic).items()):
        if number:
            with page.group("folded", label=indicators.answers_in_words(question, rows)):
                _answers(page, question, rows)
        else:
            page.subheading(indicators.answers_in_words(question, rows))
            _answers(page, question, rows)
    labels, own = cluster.labels("indicator_place"), cluster.flagged("indicator_place", "default")
    for place, rows in indicators.others(cluster, topic).items():
        about = f"{labels[place]}: {words.count(len(rows), 'figure')}"
        if place in own:
            page.heading(about, 3)
            figures(page, rows, about, notes)
            with page.only("screen"):
                _table(page, rows, about, SAME)
        else:
            _table(page, rows, about, about)
    with page.group("folded", label="More choices"):
        page.boxes(NOTES, width=200)


def _answers(page: Page, question: str, rows: pd.DataFrame) -> None:
    """What several sources say on one question: side by side, with a bar each and what may explain the difference."""
    page.text(indicators.differences(rows))
    shown = list(enumerate(rows.to_dict("records")))
    with page.only("screen"):
        _compared(page, question, shown[:AT_ONCE])
        if shown[AT_ONCE:]:
            with page.group("rest", label=f"{words.count(len(rows) - AT_ONCE, 'more source')}: {question}"):
                _compared(page, question, shown[AT_ONCE:])
    _table(page, rows, indicators.answers_in_words(question, rows), SAME)


def _compared(page: Page, question: str, rows: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
    """Figures on one question side by side, each with a bar."""
    with page.group("figures", width=ACROSS):
        for place, row in rows:
            with page.group("card"), page.group("close"):
                figure(page, row, 4)
                if pd.notna(row["share"]):
                    page.bar(row["share"], 1, lambda ground: ground.accent)
                page.text("", lead=row["name"])
                origin(page, row, f"{question} {place}")


def _table(page: Page, rows: pd.DataFrame, about: str, label: str) -> None:
    """Figures as a table with their notes, behind a line that says what they are."""
    made = partial(indicators.figures_in_words, rows)
    page.table(made, about, "indicators", "", folded=label, key=f"figures {about}")


def _scene_of_goals(page: Page, counting: pace.Counting) -> Picture:
    """The way to the goal that has a year, or what each goal asks for."""
    cluster, way = page.cluster, goals.path(page.cluster, counting)
    if way.empty:
        table = goals.goals_table(cluster, counting)
        return Table(
            "Goals",
            lambda: table[["Goal", "Figure", "A year"]].head(OF_A_SCENE),
            _by(pace.paces(cluster, counting)["source"]),
        )
    others = " Open marks: other sources." if (way["role"] == "other").any() else ""
    return Chart(
        goals.path_finding(cluster, counting),
        f"Filled mark: the baseline.{others} Bar at the end: with the goal; dotted: a straight line, not a forecast. "
        f"{_by(way['source'].iloc[::-1])}",
        partial(charts.path_chart, way),
        lambda: goals.path_in_words(way),
    )


def _first_answers(page: Page, topic: str) -> tuple[str, pd.DataFrame]:
    """What several sources answer to the first question of a topic, or what its figures are; and the figures."""
    cluster = page.cluster
    for question, rows in indicators.answers(cluster, topic).items():
        return indicators.answers_in_words(question, rows), rows
    rows = indicators.figures(cluster)
    rows = rows[rows["topic"] == topic].sort_values("own", ascending=False, kind="stable")
    return indicators.topic_in_words(cluster, topic), rows


def _figures_on_stage(about: str, rows: pd.DataFrame) -> Table:
    """The first of published figures that can be read, each with who published it."""
    rows = rows[rows["value"].notna()]
    first = rows.head(FIGURES_OF_A_SCENE)[["name", "figure", "publisher"]]
    cut = f"The first {len(first)} of {len(rows)}. " if len(first) < len(rows) else ""
    said = f"{cut}Scopes and years differ; the page names them and the sources."
    return Table(about, lambda: first.set_axis(["What", "Figure", "Published by"], axis=1), said)


def _by(sources: pd.Series) -> str:
    """The first source in words: a stage has no room for all, the page names them."""
    more = "; the page names the others" if len(set(sources)) > 1 else ""
    return f"Source: {sources.iloc[0]}{more}."


def _scene_of_regions(page: Page, metric: str) -> Table:
    """The first regions, this one always among them."""
    rows = indicators.regions(page.cluster, metric)
    first, cited = rows.head(OF_A_SCENE), indicators.series_sources(page.cluster, metric)
    if not first["own"].any():
        first = pd.concat([rows.head(OF_A_SCENE - 1), rows[rows["own"]]])
    return Table(
        indicators.region_finding(page.cluster, metric),
        lambda: indicators.compared_in_words(first),
        f"{len(first)} of {len(rows)} regions. Source: {citations.in_short(page.cluster, cited)}.",
    )
