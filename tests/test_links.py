"""What links say, from the tables of pages and parameters: every parameter, on every page, in every way of writing."""

from itertools import combinations
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit import stop

from cluster_data import views
from cluster_data.api.taken import taken
from cluster_data.input.read import read_cluster
from cluster_data.model import link_words, words
from cluster_data.model.link_words import FILTER, OF_EVERY_PAGE, box_parameters, page_parameters
from cluster_data.model.tables.story import SCENES
from cluster_data.scenes import Scene
from cluster_data.scenes.showing import shown_scene
from cluster_data.ui import address
from cluster_data.ui.frame import page_files, page_name
from cluster_data.views import names_of, parameters_of
from cluster_data.views.page import Page
from tests import home
from tests.packs import PACK

pytestmark = pytest.mark.slow

FILES = {page_name(file): file.name for file in page_files()}
OF_PAGES = {page: names_of(page) for page in FILES}
CHOSEN = {
    "d": ["Data", "Digital"],
    "match": ["primary"],
    "area": ["Dunmere", "Carrow Vale"],
    "kind": ["Firms"],
    "role": [""],
    "stage": ["Growth"],
    "status": ["Active"],
    "q": ["robot arm"],
}
TYPED = {"near": "Dunmere", "view": "Map?d=Data"}  # into boxes for text; any other: 1
BESIDE = {  # with what else a parameter takes effect
    ("Challenges", "column"): {"challenge": "N1"},
    ("Connections", "from"): {"to": "test-firm-f"},
    ("Connections", "to"): {"from": "test-firm-a"},
    ("Map", "within"): {"near": "Dunmere"},
    ("Organisations", "compare"): {"org": "test-firm-a"},
}
WRITTEN = {
    "as it is": lambda name: name,
    "in capitals": str.upper,
    "with a capital": str.capitalize,
    "after &amp;": lambda name: f"amp;{name}",
    "after &amp;amp;": lambda name: f"amp;amp;{name.title()}",
}


@pytest.fixture(scope="module")
def known(cluster):
    """For each box of the filter, label to id."""
    return link_words.options(cluster.table)


@pytest.fixture(scope="module")
def chosen(known):
    """A value of each parameter of the filter, which the invented pack has."""
    return {key: [next(iter(known[key]))] if key in ("stage", "status") else CHOSEN[key] for key in FILTER}


def values(cluster, page, parameter, beside):
    """The values of a parameter that its page knows, last what is the default or is named beside it."""
    if parameter.text:
        return [TYPED.get(parameter.name, "1")]
    box = views.opened(page, cluster, beside).page.box(parameter)
    others = {box.default, *(said for values in beside.values() for said in values)}
    return sorted(reversed(box.options), key=others.__contains__)


def understood(cluster, page, asked):
    """Whether nothing of a link is asked in vain."""
    return not (views.has_view(page) and views.opened(page, cluster, asked).unknown)


@pytest.fixture(scope="module")
def own(cluster):
    """By page, a value of each of its own parameters that it understands with the others."""
    found = {page: {} for page in FILES}
    for page, asked in found.items():
        for parameter in sorted(parameters_of(page), key=lambda one: not one.resets):
            more = ({parameter.name: [value]} for value in values(cluster, page, parameter, asked))
            asked |= next((one for one in more if understood(cluster, page, asked | one)), {})
    return found


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("page", OF_PAGES)
def test_every_pair_of_parameters_is_understood_in_every_way_of_writing(known, chosen, own, page, written):
    everything = chosen | own[page]
    for pair in combinations(everything, 2):
        asked = {key: everything[key] for key in pair}
        found, unknown = box_parameters(
            OF_PAGES[page], {WRITTEN[written](key): values for key, values in asked.items()}, known
        )
        assert found == asked and not unknown


@pytest.mark.parametrize("page", OF_PAGES)
def test_labels_and_ids_are_understood_in_any_case(known, chosen, page):
    for key in known:
        labels = [label for label in chosen[key] if label]
        for write in (str.upper, str.lower, lambda label, key=key: known[key][label]):
            assert box_parameters(OF_PAGES[page], {key: list(map(write, labels))}, known)[0] == (
                {key: labels} if labels else {}
            )


@pytest.mark.parametrize("page", OF_PAGES)
def test_a_parameter_that_a_page_does_not_know_is_named_and_left_out(page):
    others = {key for keys in OF_PAGES.values() for key in keys} - set(OF_PAGES[page]) | {"x", "D2", "areas"}
    found, unknown = page_parameters(OF_PAGES[page], {key: ["value"] for key in others})
    assert not found and sorted(unknown) == sorted((key, "value") for key in others)


@pytest.mark.parametrize(
    "name", ["utm_source", "UTM_campaign", "fbclid", "gclid", "msclkid", "amp;gclid", "mc_cid", "_ga", "igshid", "ref"]
)
def test_what_other_sites_add_to_a_link_is_left_out_without_a_word(name):
    assert page_parameters(OF_PAGES["Map"], {name: ["x"], "d": ["Data"]}) == ({"d": ["Data"]}, [])


WORDS = (
    st.sampled_from(["Data", "data", "robotics", "DUNMERE", "", "Bogus", "primary", "Core", "<b>", "a&b=c"]) | st.text()
)
NAMES = st.sampled_from([*OF_EVERY_PAGE, "D", "amp;area", "org", "near", "utm_id", "in"]) | st.text(min_size=1)


@given(st.sampled_from(list(OF_PAGES)), st.dictionaries(NAMES, st.lists(WORDS, min_size=1, max_size=4), max_size=6))
def test_a_link_put_right_stays_as_it_is(known, page, asked):
    found, _ = box_parameters(OF_PAGES[page], asked, known)
    assert box_parameters(OF_PAGES[page], found, known) == (found, [])
    assert parse_qs(urlencode(found, doseq=True), keep_blank_values=True) == found


@pytest.mark.parametrize(
    ("unknown", "rest", "said"),
    [
        ([("d", "Bogus")], True, "This link asks for d = “Bogus”, which is without effect here. The rest of it holds."),
        ([("d", "X"), ("d", "Y")], False, "This link asks for d = “X” and d = “Y”, which are without effect here."),
        ([("d", "X"), ("d", "X")], False, "This link asks for d = “X”, which is without effect here."),
    ],
)
def test_a_notice_of_what_is_not_known_agrees_with_how_much_it_is_and_what_else_there_is(unknown, rest, said):
    assert words.in_vain("This link", unknown, rest) == said


@pytest.mark.parametrize(("fields", "told"), [("1202", True), ("many", False), ("9" * 9_000, False), ("²", False)])
def test_a_link_of_which_the_browser_kept_a_part_says_so(visit, fields, told):
    app = visit("2_Map.py", PACK, fields=fields, d="Digital")
    assert not app.exception and app.session_state[address.HELD] == {"d": ["Digital"]}
    assert [warning.value.startswith("This link has 1,202 fields") for warning in app.warning] == [True] * told


@pytest.mark.parametrize("page", OF_PAGES)
def test_a_page_keeps_all_that_its_link_says(visit, chosen, own, page):
    asked = chosen | own[page]
    app = visit(FILES[page], PACK, **{key.capitalize(): values for key, values in asked.items()})
    assert not app.exception and not [warning for warning in app.warning if "This link" in warning.value]
    assert app.session_state[address.HELD] == asked


@pytest.mark.parametrize("page", OF_PAGES)
def test_every_link_of_a_page_takes_the_filter_along(visit, chosen, page):
    app = visit(FILES[page], PACK, **chosen)
    links = [parse_qs(link.query_string, keep_blank_values=True) for link in map(proto, app.get("page_link"))]
    assert links and all({key: link[key] for key in chosen} == chosen | {"d": link["d"]} for link in links)
    assert all(link["d"] == chosen["d"] or link["d"][0] in chosen["d"] and len(link["d"]) == 1 for link in links)


def proto(element):
    """What the browser is sent of an element."""
    return element.proto


@pytest.fixture(params=[PACK, home.HOME], ids=["invented", "home"])
def records(request, visit, monkeypatch):
    """For each page and each parameter of it that names records: id to label, as the page's own box knows them."""
    found, several_of = {}, Page.several_of

    def noted_of_view(self, parameter, names):
        found[page, parameter.name] = dict(names)
        return several_of(self, parameter, names)

    monkeypatch.setattr(Page, "several_of", noted_of_view)
    for page in SCENES:
        more = {"from": next(iter(home.NAMES))} if page == "Connections" and request.param == home.HOME else {}
        visit(FILES[page], request.param, **more)
    return request.param, dict(found)


def title(name, label):
    """What stands in a label behind an id."""
    return label.partition(f"{name}: " if f"{name}: " in label else f"{name} ")[2] or label


FORMS = {"id": lambda name, label: name, "label": lambda name, label: label, "title": title}


def test_a_link_names_records_by_id_label_or_title_in_any_case(records, visit):
    pack, found = records
    assert {key for _, key in found} >= {
        "need",
        "challenge",
        "column",
        "theme",
        "org",
        "compare",
        "around",
        "in",
        "pick",
    }
    cluster = read_cluster(pack, home.TODAY)
    for (page, key), names in found.items():
        for form, of in FORMS.items():
            said = {name: of(name, label) for name, label in names.items()}
            for case in (str, str.upper, str.lower):
                ids, unknown = link_words.ids_of(names, [case(value) for value in said.values()])
                assert not unknown, (page, key, form)
                assert {said[name].casefold() for name in ids} == {value.casefold() for value in said.values()}
        name, label = list(names.items())[-1]
        ways = name, title(name, label).upper()
        first, second = (shown_scene(cluster, Scene(page, ((key, (way,)),)), {}) for way in ways)
        assert first.finding == second.finding, (page, key)
        assert first.missing.replace(ways[0], "") == second.missing.replace(ways[1], ""), (page, key)


@pytest.mark.parametrize(
    ("page", "key", "written", "asked"),
    [
        ("Find_support", "need", "finding a FIRST hospital", "N1"),
        ("Challenges", "challenge", "Finding a first hospital", "N1"),
        ("Challenges", "column", "Robotics", "robotics"),
        ("Organisations", "org", "test firm A", "test-firm-a"),
        ("Invest", "pick", "TEST FIRM A", "test-firm-a"),
    ],
)
def test_a_record_named_by_its_title_stands_in_the_address_by_id(visit, page, key, written, asked):
    app = visit(FILES[page], PACK, **{key: written})
    assert app.session_state[address.HELD] == {key: [asked]} and not app.warning


def test_a_choice_is_kept_with_all_else_that_the_address_says(visit, chosen):
    app = visit("5_Find_support.py", PACK, **chosen, need="n1", near="Dunmere")
    app.multiselect(key="d").set_value(["Robotics"]).run()
    app.selectbox(key="choose need").set_value("N2").run()
    app.text_input(key="near").set_value("Carrow Vale").run()
    expected = chosen | {"d": ["Robotics"], "need": ["N2"], "near": ["Carrow Vale"]}
    assert app.query_params == {key: values if len(values) > 1 else values[0] for key, values in expected.items()}


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("1_Overview.py", {"q": "a" * 100_000}),
        ("2_Map.py", {"near": "b" * 100_000}),
        ("10_Invest.py", {"pick": ["nobody" * 9 + str(place) for place in range(900)]}),
        ("4_Challenges.py", {"challenge": "x" * 100_000}),
    ],
)
def test_a_link_of_any_length_gives_a_page_and_a_short_notice(visit, page, link):
    app = visit(page, PACK, **link)
    assert not app.exception
    assert all(len(warning.value) < 3_000 for warning in app.warning)


OF_SCENES = [(page, parameter) for page in SCENES for parameter in parameters_of(page)]


@pytest.mark.parametrize(("page", "parameter"), OF_SCENES, ids=[f"{page} {of.name}" for page, of in OF_SCENES])
def test_what_a_page_is_asked_changes_its_scene_or_is_named_there(cluster, page, parameter):
    def told(parameters):
        found = shown_scene(cluster, Scene(page, tuple((name, tuple(said)) for name, said in parameters.items())), {})
        return found.finding, found.source, found.picture.rows().to_csv(), found.missing

    beside = {name: [said] for name, said in BESIDE.get((page, parameter.name), {}).items()}
    *without, _ = told(beside)
    for value in values(cluster, page, parameter, beside):
        *with_it, missing = told(beside | {parameter.name: [value]})
        if f"{parameter.name} = " in missing or with_it != without:
            return
    raise AssertionError(f"{parameter.name} changes nothing")


@pytest.mark.parametrize(("page", "key"), BESIDE)
def test_what_has_no_effect_alone_is_not_said(cluster, own, page, key):
    def stated(asked):
        return taken(page, cluster, asked).document.statement

    assert stated({key: own[page][key]}) == stated({})


def test_a_box_whose_first_run_was_broken_off_is_told_anew_what_it_shows(visit, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(address, "settle", lambda *of: stop())
        app = visit("5_Find_support.py", need="N1")
    told = [app.run().selectbox("choose need").proto.set_value for _ in range(2)]
    assert told == [True, False]
