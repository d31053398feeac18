"""Ids that were merged into others: where links that name them lead, and what the check says of redirects."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from cluster_data.input.check.references import circles
from cluster_data.input.read import read_cluster
from cluster_data.model.redirects import moved_in_words, redirected
from cluster_data.scenes import scenes_of_link
from cluster_data.scenes.showing import shown_scene
from cluster_data.ui import address
from tests.packs import STEADY, TODAY, faults_of, write_pack

QUOTED = 'Test Firm E "The Quoted" & <b>Sons</b>'


def redirects(*pairs):
    """The file redirects.csv with these rows."""
    return "old_id,id\n" + "".join(f"{old},{new}\n" for old, new in pairs)


def test_an_older_id_leads_to_the_record_that_stays(cluster):
    assert dict(cluster.redirects) == {"robot-works": "test-firm-e", "gentle-ward": "gentle-bench"}


def test_redirects_lead_on_to_the_last(tmp_path):
    rows = redirects(("a-1", "a-2"), ("a-3", "test-park"), ("a-2", "a-3"))
    assert dict(read_cluster(write_pack(tmp_path, redirects=rows), TODAY).redirects) == dict.fromkeys(
        ("a-1", "a-2", "a-3"), "test-park"
    )


def test_a_link_is_put_right_and_says_so(cluster):
    asked = {"pick": ["robot-works", "test-firm-a", "test-firm-e"], "org": ["gentle-ward"], "q": ["robot-works"]}
    now, moved = redirected(cluster, asked, ("org", "pick"))
    assert now == {"pick": ["test-firm-e", "test-firm-a"], "org": ["gentle-bench"], "q": ["robot-works"]}
    said = moved_in_words(cluster, moved)
    assert QUOTED in said and "“gentle-ward” is now Gentle Bench (gentle-bench)" in said
    assert redirected(cluster, {"org": ["test-firm-a"]}, ("org", "pick")) == ({"org": ["test-firm-a"]}, ())
    assert moved_in_words(cluster, ()) == ""


@pytest.mark.parametrize(
    "link",
    [
        "Organisations?org=gentle-ward",
        "Connections?around=gentle-ward",
        "Connections?from=gentle-ward&to=aldbrook-hospital-trust",
        "Connections?from=aldbrook-hospital-trust&to=gentle-ward",
    ],
)
def test_a_scene_opens_the_record_that_stays(cluster, link):
    (scene,), (new,) = scenes_of_link([link]), scenes_of_link([link.replace("gentle-ward", "gentle-bench")])
    old, now = shown_scene(cluster, scene, {}), shown_scene(cluster, new, {})
    assert (old.finding, old.statement) == (now.finding, now.statement)
    assert now.missing == "" and "gentle-ward" in old.missing and "not in the data" not in old.missing


@pytest.mark.parametrize(
    ("page", "key", "old", "new"),
    [
        ("6_Organisations.py", "org", "gentle-ward", "gentle-bench"),
        ("7_Connections.py", "around", "gentle-ward", "gentle-bench"),
        ("10_Invest.py", "pick", "robot-works", "test-firm-e"),
    ],
)
def test_a_page_opens_the_record_that_stays_and_says_so(visit, read_aloud, page, key, old, new):
    app = visit(page, **{key: [old]})
    assert not app.exception
    assert app.session_state[address.HELD][key] == [new]
    assert old in read_aloud(app) and "not in the data" not in read_aloud(app)
    assert old not in read_aloud(visit(page, **{key: [new]}))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("test-park", "test-firm-a")], ["line 2, column 'old_id': 'test-park' is the id of a record in assets.csv"]),
        ([("a-1", "a-1")], ["line 2, column 'id': 'a-1' leads back to itself"]),
        ([("a-1", "a-2"), ("a-2", "a-1")], ["line 2, column 'id': 'a-1' leads back to itself, by 'a-2'"]),
        ([("a-0", "a-1"), ("a-1", "a-2"), ("a-2", "a-1")], ["line 3, column 'id': 'a-1' leads back to itself"]),
        ([("a-1", "test-park"), ("a-1", "test-firm-a")], ["column 'old_id'"]),
        ([("a-1", "nobody")], ["line 2, column 'id': 'nobody' is not in"]),
        ([("a-1", "a-2"), ("a-2", "test-park")], []),
    ],
)
def test_the_check_names_redirects_that_lead_nowhere(tmp_path, rows, said):
    faults = faults_of(write_pack(tmp_path, redirects=redirects(*rows)))
    assert len(faults) == len(said)
    assert all(fault.startswith("redirects.csv") and part in fault for fault, part in zip(faults, said, strict=True))


@STEADY
@given(some.dictionaries(some.sampled_from("abcdef"), some.sampled_from("abcdefxyz")))
def test_each_circle_is_told_once_and_every_other_way_has_an_end(leads):
    found = list(circles(leads))
    inside = [record for circle in found for record in circle]
    assert len(set(inside)) == len(inside)
    for circle in found:
        assert [leads[record] for record in circle] == [*circle[1:], circle[0]]
    for start in leads:
        now = start
        for _ in leads:
            now = leads.get(now, now)
        assert (now in leads) == (now in inside)
