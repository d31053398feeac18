"""A view drawn in Streamlit, part by part.

In print there is nothing to open or to scroll: charts are still pictures on a light ground, tables stand in full.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import groupby
from textwrap import wrap
from typing import Any
from urllib.parse import quote

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cluster_data import elements
from cluster_data.document import Chart, Heading, Map, Notes, PageLink, Table, Text
from cluster_data.elements import Element
from cluster_data.model import words
from cluster_data.palette import Palette, palette
from cluster_data.ui import address, chips, filter_bar, live_map, paper, still_pictures, story, tables
from cluster_data.ui.failures import download_button
from cluster_data.ui.foot import faults, foot
from cluster_data.ui.frame import View, link_to
from cluster_data.ui.scripts import component, copy_button, readable_when_chosen, swiped
from cluster_data.ui.tables import csv_button, fold, twin
from cluster_data.ui.take_away import link_of_view
from cluster_data.views import Opened, page_of
from cluster_data.views.page import Page

LOOKS: dict[str, Callable[[str], object]] = {"small": st.caption, "notice": st.info, "warning": st.warning}
_line = component("status", '<p role="status"></p>')
LONGEST_LINE = 34  # letters of a link in a narrow place


def show(view: View) -> None:
    """The view that the address asks for, from its headline to its foot."""
    name = address.name_of(view.page)
    page = page_of(name, view.cluster, view.chosen, address.parameters())
    for key, values in page.corrected.items():
        address.correct(key, values, [value for other, value in page.unknown if other == key])
    headline(page)
    view = replace(view, tray=_bar_of(view, page), shown=Opened(name, page, address.parameters()))
    with st.container():  # there at all times: what comes before a part as it is used takes the focus from it
        if not (page.everywhere or page.of_all_kinds and view.chosen.keeps(view.cluster).any()):
            chips.out_of_nothing(view)
    draw(view, tuple(page.elements))
    foot(view)
    said = f"{page.draft.said}. {page.draft.title}"
    if st.session_state.setdefault("said at first", said) != said:  # of a first view a screen reader reads the title
        st.session_state["said at first"] = ""
        _line(data={"said": said}, key="spoken line")  # after all else: what stands behind it would lose the focus


def headline(page: Page) -> None:
    """The finding as the title, and below it the filter in words with what it keeps."""
    draft = page.draft
    st.title(words.plain(draft.title), anchor=False)
    rest = f"{words.plain(draft.more)}." if draft.more else ""
    st.markdown(f"**{words.plain(draft.said)}**{rest}")


def _bar_of(view: View, page: Page) -> DeltaGenerator | None:
    """The chips of the filter, and beside them the place for taking the view away."""
    if view.bare:
        return None
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if page.states_filter:
            chips.chips(view)
        tray = st.container(width="content")
        story.gather(address.name_of(view.page))
    return tray


def draw(view: View, parts: Iterable[Element]) -> None:
    """Parts in their order; items that follow each other are one list."""
    for listed, run in groupby(parts, lambda part: isinstance(part, Text) and part.kind == "item"):
        if listed:
            st.markdown("\n".join(f"- {_said(part)}" for part in run if isinstance(part, Text)))
        else:
            for part in run:
                DRAWN[type(part)](view, part)


def _heading(_: View, part: Heading) -> None:
    if part.level == 2:
        st.header(words.plain(part.text), anchor=False)
    elif part.level == 3:
        st.subheader(words.plain(part.text), anchor=False)
    else:
        st.markdown(f"#### {words.plain(part.text)}")


def _text(view: View, part: Text) -> None:
    if view.printing and any(to.startswith("#") for _, to in part.links):
        return  # a way within the page
    said = _said(part)
    look = st.markdown if part.links else LOOKS.get(part.kind, st.markdown)  # links need more contrast than captions
    look(f"- {said}" if part.kind == "item" else said)


def _said(part: Text) -> str:
    """A paragraph in Markdown."""
    lead = f"**{words.plain(part.lead)}** " if part.lead else ""
    return f"{lead}{words.plain(part.text)} {words.links(part.links)}".strip()


def _link(_: View, part: PageLink) -> None:
    lines = wrap(part.label, LONGEST_LINE) if part.narrow else [part.label]
    said = "  \n".join(map(words.plain, lines))
    link_to(part.page, f"**{said}**" if part.strong else said, part.icon, **part.asked)


def _group(view: View, part: elements.Group) -> None:
    match part.layout:
        case "columns":
            places = [st.container() for _ in part.widths] if view.printing else st.columns(part.widths, gap="large")
            for place, inner in zip(places, part.parts, strict=True):
                with place:
                    draw(view, [inner])
            return
        case "folded" | "rest" | "tabs" | "figures":
            OPENED[part.layout](view, part)
            return
        case "lines":
            st.markdown("  \n".join(_said(line) for line in part.parts if isinstance(line, Text)))
            return
        case "grid":
            place = st.grid(part.most or "auto", min_column_width=part.width)
        case "row":
            place = st.container(horizontal=True, vertical_alignment="center")
        case "card":
            place = st.container(border=True)
        case _:
            place = st.container(gap="xxsmall") if part.layout == "close" else st.container()
    with place:
        draw(view, paper.first_cards(part) if view.printing else part.parts)


def _figures(view: View, part: elements.Group) -> None:
    if view.printing:
        st.markdown("\n\n".join(map(_in_line, part.parts)))
    else:
        _group(view, replace(part, layout="grid"))


def _in_line(part: Element) -> str:
    """What a card tells of a figure as one paragraph, for paper."""
    match part:
        case elements.Group():
            return " ".join(filter(None, map(_in_line, part.parts)))
        case Heading():
            return f"**{words.plain(part.text)}.**"
        case Text():
            said = _said(part)
            return said if said.endswith(".") else f"{said}."
    return ""


def _folded(view: View, part: elements.Group) -> None:
    if view.printing and part.layout == "rest":
        st.caption(paper.LEFT.format(words.plain(part.label)))
        return
    if view.printing and _only_boxes(part):
        return
    opened = fold(view, words.plain(part.label), f"twin {part.label}", part.opened)
    if opened is not None:
        with opened:
            draw(view, part.parts)


def _tabs(view: View, part: elements.Group) -> None:
    """Parts of which a reader sees one at a time, made and sent when opened; paper shows them all."""
    parts = [tab for tab in part.parts if isinstance(tab, elements.Group)]
    if view.printing:
        draw(view, parts)
        return
    labels = [words.plain(tab.label) for tab in parts]
    with st.container(gap=None):
        places = address.draw_tabs(labels, part.box) if part.box else st.tabs(labels, on_change="rerun")
        readable_when_chosen(palette(view.dark).accent, f"looks of {labels[0]}")
    for place, tab in zip(places, parts, strict=True):
        if place.open:
            with place:
                draw(view, tab.parts)


OPENED: dict[str, Callable[[View, elements.Group], None]] = {
    "rest": _folded,
    "folded": _folded,
    "tabs": _tabs,
    "figures": _figures,
}


def _only_boxes(part: Element) -> bool:
    """Whether there is nothing but what a reader can choose, which paper leaves out."""
    return isinstance(part, elements.Box) or (isinstance(part, elements.Group) and all(map(_only_boxes, part.parts)))


def _chart(view: View, part: Chart) -> None:
    if view.printing:
        still_pictures.on_paper(part.draw, part.alt)
    else:
        more: dict[str, Any] = {"on_select": "rerun", "selection_mode": "points"} if part.opens else {}
        bare = {"displayModeBar": False, "responsive": True}
        with swiped(part.key, bool(more)):
            drawn = part.draw(palette(view.dark))
            event = st.plotly_chart(drawn, theme=None, key=f"chart {part.key}", alt=part.alt, config=bare, **more)
        if part.opens:
            address.follow_click(event, part.opens, part.adds_to)
    st.caption(words.plain(part.note))
    if not part.apart:
        twin(view, part.rows, part.alt, part.key, part.of)


def _copy(view: View, part: elements.Copy) -> None:
    if not view.printing:
        citation = part.citation if isinstance(part.citation, str) else part.citation(link_of_view())
        copy_button("Copy citation", citation, f"cite {part.key}")


def _site(_: View, part: elements.ExternalLink) -> None:
    st.link_button(part.label, part.address, icon=f":material/{part.icon}:")


def _ask(view: View, part: elements.Ask) -> None:
    label = words.plain(part.label)
    if view.printing:
        if part.tells:
            st.markdown(label)
        return
    if part.tells and not part.changes:
        st.markdown(label, text_alignment="center")
        return
    st.button(
        label,
        key=part.key,
        on_click=address.put,
        kwargs=dict(part.changes),
        type="secondary" if part.tells else "tertiary",
        icon=f":material/{part.icon}:" if part.icon else None,
        disabled=part.disabled,
        width="stretch" if part.tells else "content",
    )


def _file(view: View, part: elements.File) -> None:
    if not view.printing:
        download_button(view, part.label, part.made, part.name, part.mime, f"file {part.name}", type="tertiary")


def _chips(view: View, part: elements.Chips) -> None:
    if not view.printing:
        filter_bar.chips_of(view.cluster, part.name, part.label, _drawn_signs(view, part.signs.items()))
        readable_when_chosen(palette(view.dark).accent, f"looks of {part.label}")


def _key(view: View, part: elements.Key) -> None:
    signs = _drawn_signs(view, ((said, sign) for sign, said in part.signs))
    with st.container(horizontal=True, gap="small"):
        for said, sign in signs.items():
            st.markdown(f"{sign} {words.plain(said)}", width="content")


def _drawn_signs(view: View, signs: Iterable[tuple[str, Callable[[Palette], str]]]) -> dict[str, str]:
    """Words with their signs as pictures in Markdown."""
    return {said: f"![](data:image/svg+xml,{quote(sign(palette(view.dark)))})" for said, sign in signs}


DRAWN: dict[type, Callable[[View, Any], None]] = {
    Heading: _heading,
    Text: _text,
    Notes: lambda *_: None,  # for a stage
    PageLink: _link,
    elements.Group: _group,
    elements.Only: lambda view, part: draw(view, part.parts if part.where == "screen" else ()),
    Table: tables.table,
    elements.Records: tables.records,
    Chart: _chart,
    Map: live_map.draw,
    elements.Bar: still_pictures.bar,
    elements.Copy: _copy,
    elements.ExternalLink: _site,
    elements.Ask: _ask,
    elements.Box: lambda _, part: address.draw_box(part),
    elements.FilterBox: lambda view, part: filter_bar.box(view.cluster, part.name),
    elements.Download: lambda view, part: csv_button(view, part.rows, part.about, words.plain(part.label)),
    elements.Faults: lambda view, _: faults(view),
    elements.File: _file,
    elements.Still: still_pictures.still,
    elements.Chips: _chips,
    elements.Key: _key,
}
