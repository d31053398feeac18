"""The one place that knows what the address says; each box shows what stands there and writes there what is chosen.

A link, the menu, Back and a reload all lead to an address that holds everything, so that a page reads it and nothing
else. What a link says in other words is put right in the browser, and what it asks for in vain is told.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_tab_container import TabContainer
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx

from cluster_data.elements import Box
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.link_words import FILTER, ROLE, TEXT, Options, box_parameters, page_parameters
from cluster_data.model.page_files import page_files, page_name, questions
from cluster_data.model.redirects import moved_in_words, redirected
from cluster_data.model.search import cut_in_words
from cluster_data.ui.scripts import component
from cluster_data.views import names_of, parameters_of, record_names_of

LONGEST_ROW = 40  # letters of options side by side
HOME, STAGE = next(iter(questions())), "Present"
CARRIED = (*FILTER, "embed", "embed_options")
HELD, HEARD, TOLD, PLACE = "address", "address heard", "address told", "page of the address"
SHOWN, DRAWN = "boxes shown", "boxes drawn in this run"
FIELDS, MOST_FIELDS = "fields", 999  # how many a link held of which the browser kept these
NOTED, TOLD_OF, MOVED = "unknown in this run", "notices of the link", "moved"
KEPT = "kept"

_browser = component("address")


@cache
def _of_links() -> dict[str, Any]:
    """What the browser must know of links."""
    entries = {one.name for page in questions() for one in parameters_of(page) if one.entry}
    return {"goes_along": CARRIED, "has_entry": sorted(entries), "stage": STAGE, "keeps": _keeps()}


@cache
def _keeps() -> dict[str, str]:
    """By page, the parameter whose values the tab keeps."""
    return {page: one.name for page in questions() for one in parameters_of(page) if one.kept}


def name_of(page: StreamlitPage) -> str:
    """The name of a page in addresses; the first one stands at the root too."""
    return page.url_path or HOME


@cache
def page_file(name: str) -> str:
    """The file of the page with this name in its URL."""
    return next(str(file) for file in page_files() if page_name(file) == name)


def arrive(page: StreamlitPage, cluster: Cluster, known: Options) -> None:
    """Read what the browser asks for; `known` gives, for each box of the filter, what a link may say: label to id.

    Between two addresses of the same page what was chosen here holds: the browser may not have been told yet.
    """
    name, heard = name_of(page), {key: st.query_params.get_all(key) for key in st.query_params}
    run = get_script_run_ctx()
    led_here = run is not None and run.is_history_navigation  # by Back, Forward or a link of the app
    if led_here or st.session_state.get(PLACE) != name or heard not in (st.session_state.get(HEARD), parameters()):
        st.session_state[TOLD], st.session_state[SHOWN] = heard, set()
        st.session_state[HELD] = {key: values for key, values in heard.items() if key != FIELDS}
        st.session_state[FIELDS] = next(iter(heard.get(FIELDS, ())), "")
    st.session_state[HEARD], st.session_state[PLACE], st.session_state[DRAWN] = heard, name, set()
    held, unknown = box_parameters(names_of(name), parameters(), known)
    st.session_state[HELD], older = redirected(cluster, held, record_names_of(name))
    if older:
        st.session_state[MOVED] = (name, _records(name)), moved_in_words(cluster, older)
    elif st.session_state.get(MOVED, ((), ""))[0] != (name, _records(name)):
        st.session_state.pop(MOVED, None)
    st.session_state[NOTED] = unknown


# ---- what the address holds -----------------------------------------------


def parameters() -> dict[str, list[str]]:
    """What the address holds, by parameter."""
    held: dict[str, list[str]] = st.session_state.get(HELD, {})
    return held


def get_all(key: str) -> list[str]:
    """The values of a parameter."""
    return parameters().get(key, [])


def get(key: str) -> str:
    """The first value of a parameter; empty if there is none."""
    return next(iter(get_all(key)), "")


def along(**own: Any) -> dict[str, Any]:
    """The parameters of an address within the app: its own, and the filter as it is now."""
    return {key: get_all(key) for key in FILTER if get_all(key)} | own


def query(**more: Any) -> str:
    """What the address holds, as it stands behind the question mark, but for what sets a view on paper."""
    return urlencode({key: values for key, values in parameters().items() if key != "print"} | more, doseq=True)


def put(**changes: str | Sequence[str] | None) -> None:
    """Put values in the address, or take parameters out, all at once."""
    held = dict(parameters())
    for key, value in changes.items():
        held.pop(key, None)
        if value:
            held[key] = [value] if isinstance(value, str) else list(dict.fromkeys(value))
    for page, key in _keeps().items():
        if key in changes:
            keep_in_tab(page, held.get(key, []))
    st.session_state[HELD], st.session_state[TOLD] = held, held
    st.query_params.from_dict(held)


def correct(key: str, values: Sequence[str], unknown: Sequence[str] = ()) -> None:
    """Put right what a link says of a box of the page; the browser and the reader are told at the end of the run."""
    st.session_state[NOTED] += [(key, value) for value in unknown]
    others = {name: found for name, found in parameters().items() if name != key}
    st.session_state[HELD] = others | ({key: list(values)} if values else {})


# ---- the browser ----------------------------------------------------------


def keep_in_step() -> None:
    """Let links of the app lead to whole addresses, and the tab keep the story and the shortlist that are gathered."""
    _browser(data=_of_links() | {"kept": st.session_state.get(KEPT, {})}, key="address kept", on_kept_change=_remember)


def kept(page: str) -> list[str]:
    """What the tab keeps of the parameter of a page, if it keeps one: from there the menu leads back to it."""
    values: list[str] = st.session_state.get(KEPT, {}).get(page, [])
    return values


def keep_in_tab(page: str, values: Sequence[str]) -> None:
    """Let the tab keep these until it is closed."""
    st.session_state[KEPT] = st.session_state.get(KEPT, {}) | {page: list(values)}


def _remember() -> None:
    """After a reload: what the tab has kept. What a browser sends is not to be trusted."""
    sent = st.session_state["address kept"].get("kept")
    for page in _keeps().keys() - st.session_state.get(KEPT, {}).keys():
        values = sent.get(page) if isinstance(sent, dict) else None
        keep_in_tab(page, [value for value in values if isinstance(value, str)] if isinstance(values, list) else [])


def lead_to(page: str, **own: Any) -> None:
    """Lead the browser to another view, with the filter; nothing more of this one is drawn."""
    _lead(f"./{page}?{urlencode(along(**own), doseq=True)}", replace=False)
    st.stop()


def _lead(to: str, replace: bool) -> None:
    _browser(data=_of_links() | {"asked": to, "replace": replace}, key="address asked")


def settle(page: StreamlitPage, notices: DeltaGenerator) -> None:
    """At the end of a run: name what the link asked for in vain, and let the browser show the address put right."""
    name, held = name_of(page), parameters()
    if name in _keeps() and name != STAGE and (values := get_all(_keeps()[name])):
        keep_in_tab(name, values)
    st.session_state[SHOWN] |= st.session_state[DRAWN]
    if MOVED in st.session_state:
        notices.info(words.plain(st.session_state[MOVED][1]))
    for notice in _notices(name, held):
        notices.warning(words.plain(notice))
    opened_anew = on_paper() and not st.context.is_embedded
    run = get_script_run_ctx()
    if run is not None and held != st.session_state[TOLD] and not opened_anew:
        st.session_state[TOLD], run.query_string = held, urlencode(held, doseq=True)
        _lead(f"?{run.query_string}", replace=True)


def _records(name: str) -> dict[str, list[str]]:
    """The records that the address names: as long as they stay, a reader is told which of them were older ids."""
    return {key: list(get_all(key)) for key in record_names_of(name)}


def _notices(name: str, held: dict[str, list[str]]) -> list[str]:
    """What a reader is told of the link that led here, as long as the address stays as it is."""
    of, unknown, fields = st.session_state.get(TOLD_OF, (None, [], ""))
    if of != (name, held):
        unknown, fields = [], ""
    unknown, fields = st.session_state[NOTED] or unknown, st.session_state.pop(FIELDS, "") or fields
    st.session_state[TOLD_OF] = (name, held), unknown, fields
    return [
        *filter(None, [cut_in_words(get(TEXT)) if name != STAGE else ""]),
        *([words.in_vain("This link", unknown, rest=bool(held.keys() - {"print"}))] if unknown else []),
        *([_too_many(int(fields))] if fields.isascii() and fields.isdigit() and len(fields) < 9 else []),
    ]


def _too_many(fields: int) -> str:
    return f"This link has {fields:,} fields; {MOST_FIELDS:,} of them are read, those of the filter before all others."


# ---- boxes ----------------------------------------------------------------


def on_paper() -> bool:
    """Whether the view is for paper, where nothing can be chosen: the address alone says what is."""
    return "print" in page_parameters((), st.query_params.to_dict())[0]


def show(box: str, value: Any) -> None:
    """Let a box show what the address says; one that does is let be, as somebody may be typing in it.

    What a run has drawn that did not come to its end may never have reached the browser, so it counts for nothing.
    """
    if box not in st.session_state[SHOWN] or st.session_state.get(box) != value:
        st.session_state[box] = value
    st.session_state[DRAWN].add(box)


def keep(key: str, box: str, at_first: Any = None, resets: Sequence[str] = ()) -> None:
    """Put what was chosen in a box in the address, and take out what it `resets`; what is as at first stays out."""
    chosen = st.session_state[box]
    none_of_some = [""] if key == ROLE else None
    put(**{key: None if chosen == at_first else chosen or none_of_some}, **dict.fromkeys(resets))


def _add(key: str, box: str, so_far: Sequence[str]) -> None:
    """Put what was chosen in a box in the address, after what stands there so far; the box is empty again."""
    put(**{key: [*so_far, *filter(None, [st.session_state[box]])]})


def draw_box(box: Box) -> None:
    """The box of a parameter, which shows what the view has read of the address, or adds to it."""
    if on_paper():
        return
    if box.options is None:
        show(box.name, box.chosen)
        st.text_input(
            box.label,
            key=box.name,
            placeholder=box.hint,
            icon=box.icon or None,
            on_change=keep,
            args=(box.name, box.name, None, box.resets),
        )
        return
    options = list(box.offered or box.options)
    if box.chosen and box.chosen not in options:
        options.append(box.chosen)
    key = f"choose {box.name}"
    show(key, box.chosen or None)
    adds = box.adds_to is not None
    common: dict[str, Any] = {
        "format_func": box.options.__getitem__,
        "key": key,
        "on_change": _add if adds else keep,
        "args": (box.name, key, box.adds_to) if adds else (box.name, key, box.default or None, box.resets),
        "disabled": box.disabled,
    }
    labels = [box.options[option] for option in options]
    in_one_row = 1 < len(labels) <= 3 and sum(map(len, labels)) <= LONGEST_ROW  # each one click away
    if box.default and in_one_row:
        st.radio(box.label, options, index=options.index(box.default), horizontal=True, **common)
    else:
        index = options.index(box.default) if box.default else None
        st.selectbox(box.label, options, index=index, placeholder=box.hint or None, **common)


def draw_tabs(labels: Sequence[str], box: Box) -> Sequence[TabContainer]:
    """Tabs of which the one is open that the address names."""
    key = f"choose {box.name}"
    show(key, box.chosen)
    return st.tabs(labels, key=key, on_change=keep, args=(box.name, key, box.default))


def follow_click(event: Any, keys: Sequence[str], adds_to: Sequence[str] = ()) -> None:
    """Put the ids of the point clicked in a chart, its customdata, in the address; once for each click.

    An id goes behind those that it `adds_to`.
    """
    points = event.selection.points
    clicked = tuple(points[0]["customdata"][: len(keys)]) if points else None
    again = st.session_state.get("clicked") == clicked
    st.session_state["clicked"] = clicked
    if again or clicked is None:
        return
    put(**{key: [*filter(None, [*adds_to, found])] for key, found in zip(keys, clicked, strict=True)})
    st.rerun()
