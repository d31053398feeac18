"""What holds of every measure: it changes no table, and its answer is the caller's own."""

import importlib
import inspect
import pickle
import pkgutil

import pandas as pd
import pytest

from cluster_data import findings, measures
from cluster_data.findings import suggestions
from cluster_data.measures import (
    areas,
    counts,
    heat,
    help,
    network,
    organisations,
    places,
    profiles,
    rates,
    support,
)
from cluster_data.measures.pace import Counting
from cluster_data.model.filters import Filter

MEASURES = {
    f"{module.name}.{name}": function
    for room in (measures, findings)
    for module in pkgutil.iter_modules(room.__path__)
    for name, function in vars(importlib.import_module(f"{room.__name__}.{module.name}")).items()
    if inspect.isfunction(function)
    and function.__module__.endswith(f".{module.name}")
    and not name.startswith("_")
    and "cluster" in inspect.signature(function).parameters
}


def arguments(cluster):
    """What measures are called with, by the names of what they take, or by measure and name where that says more."""
    chosen = Filter.default(cluster)
    place = places.Place("Aldbrook", 54.501, -2.201, "the middle of Aldbrook")
    firms = chosen.firms(cluster)
    return {
        "cluster": cluster,
        "area": "Aldbrook",
        "chosen": chosen,
        "record": "test-firm-e",
        "records": ["test-firm-e", "dunmere-college"],
        "invest records": ["test-firm-e", "test-firm-a"],
        "spinout": "all firms",
        "funded": "any sign of funding",
        "linked": "all firms",
        "record_type": "company",
        "sites": cluster.records[cluster.records["record_type"] == "trust"],
        "codes": frozenset(["X00000002"]),
        "years": cluster.records["year"],
        "place": place,
        "within_km": 5,
        "within": 5,
        "lat": place.lat,
        "town": "Birkwick",
        "marked": "test-firm-a",
        "lon": place.lon,
        "text": "Aldbrook",
        "near": places.near(cluster, chosen, place, 5),
        "lens": "help here",
        "steps": network.path(cluster, "test-firm-a", "test-firm-f", ""),
        "findings lens": help.LENS["help here"],
        "captions lens": help.LENS["help here"],
        "behind": support.behind_cell(cluster, chosen, "help here", "D", "N1", "robotics"),
        "by": "D",
        "landscape by": "stage",
        "challenge": "N1",
        "column": "robotics",
        "counts column": "stage",
        "title": "Rules",
        "total": 7,
        "split": "stage",
        "this_year": 2026,
        "table": "companies",
        "counts table": counts.by_d(cluster, chosen),
        "heat table": heat.firms_by_d_and_area(cluster, chosen),
        "heat place": "Aldbrook",
        "cells": heat.RATE,
        "firms": 1,
        "captions table": rates.firms_per_100_000(cluster, chosen),
        "rows": firms,
        "columns": ("id", "Name"),
        "investors rows": cluster.records[cluster.records["record_type"] == "offer"],
        "network_words rows": network.linked_members(cluster, chosen, ""),
        "listed": areas.sites_in(cluster, chosen, "Aldbrook"),
        "grid": help.challenge_grid(cluster, chosen, "help here", "D"),
        "inside": areas.holding(cluster),
        "picks": ("test-firm-e", "test-firm-a"),
        "cited": cluster.table("links")["source_ids"],
        "profiles linked": profiles.links_of(cluster, "test-firm-e"),
        "organisations table": organisations.directory(cluster, firms),
        "kind": "works_with",
        "start": "test-firm-a",
        "end": "aldbrook-hospital-trust",
        "one": "test-firm-a",
        "other": "test-park",
        "around": "test-firm-a",
        "way": True,
        "group": 0,
        "surely": ("test-firm-a", "aldbrook-hospital-trust"),
        "partners": suggestions.partners_for(cluster, "test-firm-e"),
        "own": firms.iloc[0],
        "need": support.Need("N1", "trial", place),
        "support table": support.fits(cluster, chosen, support.Need("N1")),
        "reasons most": 10,
        "help rows": cluster.record_ds["row"],
        "splits rows": cluster.record_ds["row"],
        "splits by": "D",
        "heat rows": "areas",
        "heat cells": heat.FIRMS,
        "flag": "invests",
        "reasons rows": support.help_for(cluster, chosen, support.Need("N1")),
        "measure": "workers",
        "counting": Counting("workers", "jobs_page", 2026, 2030),
        "topic": "work",
        "metric": "change-2020-to-2023",
        "confidence": "sure",
        "citations cell": "test-gazette; test-register",
        "citations row": cluster.table("indicators").iloc[0].to_dict(),
        "figure": "1,400 people",
        "link": "https://dashboard.example/Organisations?org=test-firm-e",
        "addresses": ["https://example.org/gazette"],
        "places": [0, 1],
        "area_words places": "Aldbrook",
        "areas places": "Aldbrook",
        "compared places": ["Aldbrook", "Dunmere"],
        "captions row": 0,
        "help_words rows": [12, 13],
        "citations place": 0,
        "year": 2020,
    }


def frames_of(measure, known):
    """The frames that a measure answers with."""
    taken = inspect.signature(MEASURES[measure]).parameters.values()
    names = [part.name for part in taken if part.default is part.empty]
    room = measure.partition(".")[0]
    answer = MEASURES[measure](*(known.get(f"{room} {name}", known.get(name)) for name in names))
    parts = answer.values() if isinstance(answer, dict) else [answer]
    return [part for part in parts if isinstance(part, pd.DataFrame)]


def spoil(frame):
    """Change a frame in place as its owner may."""
    for place in range(frame.shape[1] if len(frame) else 0):
        frame.iloc[0, place] = frame.iloc[-1, place]
    frame.columns = range(frame.shape[1])
    frame["spoilt"] = 1


def tables_of(cluster):
    """All tables as bytes."""
    return {name: pickle.dumps(frame.to_dict("tight")) for name, frame in cluster.tables.items()}


def test_the_arguments_are_those_that_measures_take(cluster):
    known = arguments(cluster)
    taken = {name for function in MEASURES.values() for name in inspect.signature(function).parameters}
    assert len(MEASURES) > 50
    assert taken - {name.split(" ")[-1] for name in known} <= {
        "local",
        "most",
        "ids",
        "dense",
        "whole",
    }  # each may be left out


@pytest.mark.slow
def test_measures_leave_the_cluster_alone_and_their_answers_are_the_callers_own(cluster):
    known, before, kept = arguments(cluster), tables_of(cluster), {}
    for name in MEASURES:
        answer = frames_of(name, known)
        kept[name] = [frame.copy() for frame in answer]
        for frame in answer:
            spoil(frame)
    assert tables_of(cluster) == before
    known = arguments(cluster)
    for name, first in kept.items():
        again = frames_of(name, known)
        assert [one.equals(other) for one, other in zip(again, first, strict=True)] == [True] * len(first), name


def test_a_cluster_hands_out_copies(cluster):
    before = tables_of(cluster)
    for frame in (cluster.table("companies"), cluster.records, cluster.record_ds, cluster.many("companies", "ds")):
        spoil(frame)
    cluster.geojson("boundaries")["features"].clear()
    cluster.labels("record_type").clear()
    assert tables_of(cluster) == before
    assert "spoilt" not in cluster.records and cluster.labels("record_type")["company"] == "Firm"
    assert len(cluster.geojson("boundaries")["features"]) == 4
    with pytest.raises(TypeError):
        cluster.tables["companies"] = None
    with pytest.raises(AttributeError):
        cluster.pack = None
