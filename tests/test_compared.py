"""Places side by side, worked by hand on the invented pack: see test_areas for who is where."""

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_data import views
from cluster_data.document import Chart, Table, Text
from cluster_data.drawing import charts
from cluster_data.drawing.charts import strips
from cluster_data.elements import Ask, Box, PageLink, in_files
from cluster_data.findings import area_words, compared
from cluster_data.measures import areas
from cluster_data.model.filters import Filter
from cluster_data.palette import DARK, LIGHT

PAIR = ("Aldbrook", "Dunmere")


def flat(elements):
    """All elements of a view, on one level."""
    for element in elements:
        yield element
        yield from flat(getattr(element, "parts", ()))


def of_page(cluster, chosen, *places):
    """All elements of the page of these places."""
    return list(flat(views.page_of("Areas", cluster, chosen, {"in": list(places)}).elements))


def strips_of(elements):
    """The strips of a page."""
    return next(part for part in elements if isinstance(part, Chart))


def test_thin_coverage_stands_beside_the_numbers_of_the_places_it_is_of(cluster, at_first):
    said = area_words.thin_coverage(cluster)
    for places, thin in ((PAIR, True), (("Dunmere",), True), (("Aldbrook", "Birkwick"), False), ((), True)):
        assert (Text(said) in of_page(cluster, at_first, *places)) == thin


@pytest.mark.parametrize("choice", [None, Filter(), Filter(ds=("digital",)), Filter(text="zzzzz")])
def test_all_places_measured_at_once_are_as_each_by_itself(cluster, real, choice):
    for pack in (cluster, real):
        chosen = choice or Filter.default(pack)
        rows = compared.measured(pack, chosen).set_index("area")
        for area in rows.index:
            assert rows.loc[area, "offer"] == areas.offers_by_reach(pack, chosen, area)["offers"].sum()
            assert rows.loc[area, "link"] == len(areas.links_in(pack, chosen, area))
            assert rows.loc[area, "site"] == len(areas.sites_in(pack, chosen, area))
            by_d = areas.firms_by_d(pack, chosen, area)
            assert [rows.loc[area, f"d {label}"] for label in by_d["label"]] == by_d["firms"].tolist()


def test_dots_by_hand(cluster, at_first):
    table = compared.dots(cluster, at_first, PAIR).set_index(["measure", "area"])["said"]
    assert table["company"].to_dict() == {
        "Aldbrook": "2",
        "Dunmere": "1",
        "Birkwick": "2",
        "Carrow Vale": "2",
        "": "1.8",
    }
    # 2 of 120,000, 1 of 60,000, 2 of 80,000, 2 of 45,000; the region 7 of 305,000
    assert table["rate"].tolist() == ["1.7*", "1.7*", "2.5*", "4.4*", "2.3"]
    assert table["residents"].to_dict()[""] == "76,250"
    twin = compared.dots_in_words(cluster, at_first, PAIR)
    assert twin["Area"].tolist()[:4] == ["Aldbrook", "Dunmere", "Birkwick", "Carrow Vale"]
    rates = twin["Heartland firms per 100,000 residents"]
    assert rates.map(str).tolist() == ["1.7*", "1.7*", "2.5*", "4.4*", "2.3"]
    assert [rate.value for rate in rates] == pytest.approx([1.6667, 1.6667, 2.5, 4.4444, 2.2951])


def test_groups_stand_among_groups_and_a_place_alone_has_no_strips(cluster, at_first):
    assert compared.side_by_side(cluster, at_first, ["Coast ICS"])["area"].tolist() == [
        "Coast ICS",
        "Moor and Dale ICS",
    ]
    assert not any(isinstance(part, Chart) for part in of_page(cluster, at_first, "Inner Northmark"))


def test_findings_by_hand(cluster, at_first):
    assert compared.title(cluster, at_first, PAIR) == "Aldbrook has 2 heartland firms and Dunmere 1"
    # of Aldbrook and Dunmere: firms, data, devices, robotics, assets, offers, links, trusts, sites; diagnostics
    assert compared.finding(cluster, at_first, PAIR).startswith(
        "Of 12 measures besides residents, Aldbrook has most in 9 and Dunmere in 1; in 2 none is alone"
    )
    # as many firms as Aldbrook has
    assert compared.finding(cluster, at_first, ["Carrow Vale"]) == (
        "Of 4 local authorities, Carrow Vale is joint 1st by heartland firms, and joint 3rd by devices"
    )


@given(st.lists(st.sampled_from([0.0, 0.01, 0.5, 0.51, 1.0]), min_size=1, max_size=3))
def test_marks_that_would_hide_one_another_stand_one_above_the_other(values):
    placed = strips.levels(pd.Series(values)).to_numpy()
    for one, other in combinations(range(len(values)), 2):
        near = abs(values[one] - values[other]) < strips.APART
        assert not near or abs(placed[one] - placed[other]) >= 1
    assert abs(placed.sum()) < 1e-9 and (len(values) > 1 or placed[0] == 0)


def test_without_a_choice_each_strip_names_who_has_least_and_most(cluster, at_first):
    table = compared.dots(cluster, at_first, ())
    said = [text for trace in charts.strips_chart(table, (), "All", "Region", LIGHT).data for text in trace.text or ()]
    assert "Aldbrook: 2" in said and "2 places: 0" in said
    chosen = charts.strips_chart(compared.dots(cluster, at_first, PAIR), PAIR, "Others", "Region", LIGHT)
    assert not [text for trace in chosen.data for text in trace.text or () if "places" in text]


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_chosen_places_differ_by_shape_and_a_click_gives_a_place(cluster, at_first, ground):
    table = compared.dots(cluster, at_first, PAIR)
    drawn = {trace.name: trace for trace in charts.strips_chart(table, PAIR, "Others", "Region", ground).data}
    assert len({drawn[name].marker.symbol for name in ("Others", *PAIR, "Region")}) == 4
    assert {one for (one,) in drawn["Others"].customdata} == {"Birkwick", "Carrow Vale"}
    one, other = (drawn[name] for name in PAIR)
    hiding = [at for at, x in enumerate(one.x) if abs(x - other.x[at]) < strips.APART]
    assert hiding and all(one.y[at] != other.y[at] for at in hiding)
    assert list(drawn["Dunmere"].x)[:2] == pytest.approx([0.5, 1.6667 / 4.4444], abs=1e-4)


def test_several_places_are_compared_alone_and_lead_to_each(cluster, at_first):
    page = of_page(cluster, at_first, *PAIR)
    beside = next(part for part in page if isinstance(part, Table)).rows()
    assert list(beside.columns) == ["Figure", *PAIR, "Region"]
    assert beside.set_index("Figure").loc["Firms in devices"].tolist() == [1, 0, 3]
    assert [part.changes["in"] for part in page if isinstance(part, Ask)] == [["Dunmere"], ["Aldbrook"]]
    led = [part.asked.get("in") for part in page if isinstance(part, PageLink) and part.page == "Areas"]
    assert {"Aldbrook", "Dunmere"} <= set(led)
    assert strips_of(page).opens == ("in",) and strips_of(page).adds_to == PAIR


def test_no_more_than_three_are_compared_and_the_rest_is_named(cluster, at_first):
    page = of_page(cluster, at_first, "Aldbrook", "Birkwick", "Carrow Vale", "Dunmere")
    (box,) = (part for part in page if isinstance(part, Box))
    assert box.disabled and not strips_of(page).opens
    assert any("Left out: Dunmere" in getattr(part, "text", "") for part in page)


def test_strips_stand_in_files_and_on_stage(cluster, at_first):
    made = views.page_of("Areas", cluster, at_first, {"in": list(PAIR)})
    assert sum(isinstance(part, Chart) for part in in_files(made.elements)) == 1
    assert isinstance(made.scene.picture, Chart) and "Aldbrook and Dunmere" in made.scene.statement


def test_a_place_is_added_by_the_box_and_taken_out_by_its_button(visit):
    app = visit("8_Areas.py", **{"in": "Aldbrook"})
    app.selectbox(key="choose in").set_value("Dunmere").run()
    assert app.query_params["in"] == ["Aldbrook", "Dunmere"] and app.title[0].value.startswith("Aldbrook has 2")
    app.button(key="remove Aldbrook").click().run()
    assert app.query_params["in"] == "Dunmere" and app.title[0].value.startswith("Based in Dunmere")


@pytest.mark.parametrize("ground", [LIGHT, DARK])
def test_places_differ_in_colour_and_sign_and_have_their_names_at_their_marks(cluster, at_first, ground):
    traces = charts.strips_chart(compared.dots(cluster, at_first, PAIR), PAIR, "Others", "Region", ground).data
    marks = {trace.name: trace for trace in traces if trace.name}
    assert (
        len({marks[place].marker.color for place in PAIR}) == len({marks[place].marker.symbol for place in PAIR}) == 2
    )
    assert [name for name, trace in marks.items() if trace.showlegend is not False] == ["Others"]
    named = {trace.text[0]: trace.x[0] for trace in traces if trace.text and len(trace.text) == 1 and not trace.name}
    assert named == {name: marks[name].x[0] for name in (*PAIR, "Region")}
