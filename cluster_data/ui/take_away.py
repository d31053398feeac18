"""The one place for taking a view away: files, link, QR code, citation, embedding, print."""

from dataclasses import replace
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from cluster_data import exports
from cluster_data.document import Document
from cluster_data.measures import citations
from cluster_data.model import words
from cluster_data.ui import address, failures
from cluster_data.ui.frame import View
from cluster_data.ui.scripts import component, copy_button
from cluster_data.views import Opened

IN_A_PAGE = {"embed": "true", "embed_options": "light_theme"}
IN_A_PRINT = {"print": "1"} | IN_A_PAGE
QR_SCALE, FRAME_HIGH = 4, 800
MOST_IN_CODE, MOST_IN_FILE = 1_000, 2_000  # letters of a link
TOO_LONG = "The link to this view is too long for a QR code"
NOT_WHOLE = "The link in this file opens the page without these choices: the whole link is too long for a file."
FILES_TOO = " and for files, whose link opens the page without these choices"

# Opened by keyboard, the tray's first control has the focus; after its last the page goes on. Escape closes it.
_keyboard = component("keyboard", isolated=False)


def offer(view: View) -> None:
    """Fill the tray of the page with all ways to take it away, once it is opened."""
    if view.tray is None or view.shown is None:
        return
    with view.tray:
        tray = st.popover("Share or download", icon=":material/ios_share:", on_change="rerun", key="take away")
    if not _is_open(tray):
        return
    document = document_of(view, view.shown)
    with tray:
        st.markdown(f"**{words.plain(view.shown.page.draft.whole_statement())}**")
        _files(view, document)
        _link(link_of_view())
        cited = citations.of_view(document.cluster.pack, document.title, document.statement, document.link)
        copy_button("Copy citation", cited, "copy citation")
        st.markdown(f"[Print view, in a new tab](<{link_of_view(**IN_A_PRINT)}>)")
        _embed(document.title)
        _keyboard(key="way of the keyboard")


def _is_open(tray: Any) -> bool:
    return bool(tray.open)


def document_of(view: View, shown: Opened) -> Document:
    """The view of the page as a document."""
    link = link_of_view()
    document = shown.document(fitting(link))
    if document.link == link:
        return document
    return replace(document, statement=f"{document.statement.rstrip('.')}. {NOT_WHOLE}")


def link_of_view(**more: str) -> str:
    """The whole address of the view, as a reader elsewhere can open it."""
    path = (st.context.url or "").split("?")[0].rstrip("/")
    asked = address.query(**more)
    return f"{path}?{asked}" if asked else path


def fitting(link: str) -> str:
    """A link as a file can hold it: in place of one that is too long, that of the page alone."""
    return link if len(link) <= MOST_IN_FILE else link.partition("?")[0]


def _files(view: View, document: Document) -> None:
    for export in exports.suited(document):
        whole = export.of == exports.PACK
        pack = f"{words.slug(document.cluster.pack.name)}.{export.suffix}"
        failures.download_button(
            view,
            export.label,
            partial(export.file_of, document),
            pack if whole else document.file_name(export.suffix),
            export.mime,
            f"take {export.name}",
            help=export.says,
            icon=":material/download:",
            width="stretch",
        )


def _link(link: str) -> None:
    st.text_input("Link to this view", link, key=f"link {link}")
    copy_button("Copy link", link, "copy link")
    if len(link) > MOST_IN_CODE:
        st.caption(f"{TOO_LONG}{FILES_TOO if len(link) > MOST_IN_FILE else ''}.")
        return
    import segno  # loaded when a reader asks for it: it takes a tenth of a second

    code = segno.make(link, error="m", micro=False)
    st.image(code.svg_inline(scale=QR_SCALE, light="#FFFFFF"), alt="QR code of the link to this view", width=180)


def _embed(title: str) -> None:
    source = escape(link_of_view(**IN_A_PAGE))
    snippet = f'<iframe src="{source}" title="{escape(title)}" width="100%" height="{FRAME_HIGH}"></iframe>'
    st.text_area("To embed it in a page", snippet, key=f"embed {snippet}", height=120)
    copy_button("Copy snippet", snippet, "copy snippet")
