"""The address of a view: put a link's values in order, say which are unknown, keep chosen ids in it."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from cluster_data import words
from cluster_data.cluster import Cluster
from cluster_data.document import Asked
from cluster_data.link_words import FILTER, understood
from cluster_data.ui.choices import CHOICES

TYPED, OF_THE_PACK = ("near",), ("link",)
GROWTH_IDS = ("topic", "measure", "baseline", "since", "until", "metric")
IDS = ("challenge", "column", "need", "theme", "help_stage", "pick", "in", "around", "from", "to", *GROWTH_IDS)


def along(**parameters: Any) -> dict[str, Any]:
    """The parameters of a link within the app: its own, and the filter as it is now."""
    return {key: st.query_params.get_all(key) for key in FILTER if key in st.query_params} | parameters


def tidy(page: StreamlitPage, options: Mapping[str, Mapping[str, str]]) -> None:
    """Rewrite a link's values as the labels the widgets know, whatever their case or if they are ids.

    This must come before any widget: once one is drawn, nothing else may set its parameter.

    `options` gives, for each parameter, label to id. A value that is neither is taken out and told to the reader.
    """
    asked = {key: st.query_params.get_all(key) for key in st.query_params}
    good, unknown = dict(asked), []
    for key in asked.keys() & options.keys():
        labels, strange = understood(options[key], asked[key])
        good[key] = labels or ["" for value in asked[key] if not value][:1]
        unknown += [(key, value) for value in strange]
    if unknown:
        remember_unknown(page, unknown)
    if good != asked:
        st.switch_page(page, query_params={key: found for key, found in good.items() if found})


def remember_view(page: StreamlitPage) -> None:
    """Keep what a page shows, for when a click or a link on it opens a profile."""
    if page.url_path == "Organisations":
        return
    boxes = {key: st.session_state[key] for key in (*FILTER, *CHOICES, *TYPED, *OF_THE_PACK) if key in st.session_state}
    ids = {key: st.query_params.get_all(key) for key in IDS if key in st.query_params}
    st.session_state["view left"] = (page.url_path, boxes, ids)


def come_back(page: StreamlitPage) -> None:
    """After Back from such a profile, show what the page showed.

    On the way to another page Streamlit writes the new parameters to the address of the old one, so that Back leads to
    an address of the old page with the id of the record. This must come before any widget.
    """
    if page.url_path == "Organisations" or "org" not in st.query_params:
        return
    del st.query_params["org"]
    path, boxes, ids = st.session_state.get("view left", (None, {}, {}))
    if path == page.url_path:
        for key, values in ids.items():
            st.query_params[key] = values
        for key, value in boxes.items():
            st.session_state[key] = value
        st.rerun()


def page_options(cluster: Cluster) -> dict[str, dict[str, str]]:
    """For each box of a page, what a link may say: label to id."""
    offered = {**CHOICES, "in": tuple(cluster.area_codes)}
    same = {key: {option: option for option in options} for key, options in offered.items()}
    return same | {"link": kinds_of_link(cluster)}


def kinds_of_link(cluster: Cluster) -> dict[str, str]:
    """The kinds of link of the pack, label to id; first any kind, whose id is empty."""
    return {"any kind": ""} | {label: kind for kind, label in cluster.labels("link_kind").items()}


def remember_unknown(page: StreamlitPage, unknown: Sequence[tuple[str, str]]) -> None:
    """Keep, until the reader chooses anything, what the link of this page asked for in vain."""
    path, noted, _ = st.session_state.get("unknown", (page.url_path, [], None))
    earlier = noted if path == page.url_path else []
    noted = [*earlier, *(asked for asked in unknown if asked not in earlier)]
    st.session_state["unknown"] = (page.url_path, noted, None)


def show_unknown(page: StreamlitPage) -> None:
    """Name what the link asked for and the data does not have."""
    path, unknown, address = st.session_state.get("unknown", (None, [], None))
    now = [(key, st.query_params.get_all(key)) for key in sorted(st.query_params)]
    if path != page.url_path or address not in (None, now):
        st.session_state.pop("unknown", None)
        return
    st.session_state["unknown"] = (path, unknown, now)
    asked = words.listing(f"{key} = “{value}”" for key, value in unknown)
    st.warning(f"This link asks for {words.plain(asked)}, which is not in the data. The rest of the link holds.")


def _note(key: str, label: str, chosen: str, record: bool = False) -> None:
    """Note what a box of the page asks for, to be stated when the view is taken away; the filter states its own."""
    if key not in FILTER:
        st.session_state["asked"][key] = Asked(label, chosen, record)


def on_paper() -> bool:
    """Whether the view is for paper, where nothing can be chosen: the address alone says what is."""
    return "print" in st.query_params


def one_of(label: str, key: str, options: Sequence[str] = (), **more: Any) -> str:
    """A select box bound to the address by its labels, over CHOICES[key] or some of them; the first is the default."""
    offered = options or CHOICES[key]
    if on_paper():
        asked = st.query_params.get(key, "")
        chosen = asked if asked in offered else offered[0]
    else:
        chosen = st.selectbox(label, offered, key=key, bind="query-params", **more) or offered[0]
    if chosen != offered[0]:
        _note(key, label, chosen)
    return chosen


def text_of(label: str, key: str, placeholder: str, icon: str | None = None) -> str:
    """A text box bound to the address."""
    if on_paper():
        typed = st.query_params.get(key, "")
    else:
        typed = st.text_input(label, key=key, bind="query-params", placeholder=placeholder, icon=icon) or ""
    if typed.strip():
        _note(key, label, typed.strip())
    return typed.strip()


def chosen_id(
    page: StreamlitPage,
    label: str,
    key: str,
    names: Mapping[str, str],
    placeholder: str = "",
    default: str | None = None,
    resets: Sequence[str] = (),
    offered: Sequence[str] = (),
    **more: Any,
) -> str | None:
    """A select box over records whose choice stands in the address by id. Maps, charts and tables set the same key.

    The box offers all of `names`, or only the ids `offered` and the one that the address asks for. With a `default`
    something is always chosen, and the default itself stays out of the address. Another choice takes the ids that it
    `resets` out of the address.
    """
    asked = st.query_params.get(key)
    if asked and asked not in names:
        remember_unknown(page, [(key, asked)])
        del st.query_params[key]
        st.rerun()
    chosen = asked or default
    if not on_paper():
        options = list(offered or names)
        if asked and asked not in options:
            options.append(asked)
        chosen = st.selectbox(
            label,
            options,
            format_func=names.__getitem__,
            index=None if default is None else options.index(default),
            placeholder=placeholder or None,
            key=_box_in_step(key, names, asked, default),
            on_change=_keep,
            args=(key, default, resets),
            **more,
        )
    if chosen and chosen != default:
        _note(key, label, names[chosen], record=True)
    return chosen


def _box_in_step(key: str, names: Mapping[str, str], asked: str | None, default: str | None) -> str:
    """The key of the box of a parameter, which shows what the address asks for if that has changed."""
    box, last = f"choose {key}", f"{key} of the last run"
    if st.session_state.get(last, asked) != asked:
        tell_browser_the_address()
    if st.session_state.get(last) != asked or st.session_state.get(box) not in names:
        st.session_state[box] = asked or default
    st.session_state[last] = asked
    return box


def picked_ids(page: StreamlitPage, key: str, names: Mapping[str, str]) -> list[str]:
    """The ids of a repeated parameter, in their order and each once; what names no record is told to the reader."""
    asked = st.query_params.get_all(key)
    good = [record for record in dict.fromkeys(asked) if record in names]
    unknown = [(key, value) for value in dict.fromkeys(asked) if value and value not in names]
    if unknown:
        remember_unknown(page, unknown)
    if good != asked:
        set_ids(key, good)
        st.rerun()
    return good


def first_of(page: StreamlitPage, label: str, key: str, names: Mapping[str, str], **more: Any) -> str | None:
    """A select box as chosen_id draws it, whose first record is chosen until another is."""
    return chosen_id(page, label, key, names, default=next(iter(names), None), **more)


def tell_browser_the_address() -> None:
    """Needed after a link from a page to itself: it runs the page anew but leaves the browser's address as it was."""
    st.query_params.update()


def _keep(key: str, default: str | None, resets: Sequence[str]) -> None:
    chosen = st.session_state[f"choose {key}"]
    for other in resets:
        set_id(other, None)
    set_id(key, None if chosen == default else chosen)


def set_id(key: str, value: str | None) -> None:
    """Put a chosen id in the address, or take it out."""
    if value is None:
        st.query_params.pop(key, None)
    else:
        st.query_params[key] = value


def set_ids(key: str, values: Sequence[str]) -> None:
    """Put chosen ids in the address as a repeated parameter, each once, or take the parameter out if there are none."""
    if values:
        st.query_params[key] = list(dict.fromkeys(values))
    else:
        st.query_params.pop(key, None)


def follow_click(event: Any, keys: Sequence[str]) -> None:
    """Put the ids of the point clicked in a chart, its customdata, in the address; once for each click."""
    points = event.selection.points
    clicked = tuple(points[0]["customdata"][: len(keys)]) if points else None
    again = st.session_state.get("clicked") == clicked
    st.session_state["clicked"] = clicked
    if again or clicked is None:
        return
    for key, value in zip(keys, clicked, strict=True):
        set_id(key, value)
    st.rerun()
