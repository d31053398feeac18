"""The stage: a story in large type, scene by scene, with the presenter's notes in a window of their own.

All scenes are sent at once; from then on the browser needs no server to move among them. Of a story that a link makes
up, one run draws what MOST_SECONDS are enough for, and the browser asks for the rest.
"""

import gzip
from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from time import thread_time
from typing import Any, TypeVar

import segno
import streamlit as st

from cluster_data import exports, scenes
from cluster_data.document import Chart, Map, Picture, Table
from cluster_data.drawing.pictures import picture_of
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.model.day import today
from cluster_data.model.page_files import questions
from cluster_data.palette import palette
from cluster_data.scenes import Scene
from cluster_data.scenes.showing import document_of, shown_scene
from cluster_data.ui import address, failures
from cluster_data.ui.address import STAGE
from cluster_data.ui.foot import foot
from cluster_data.ui.frame import View, link_to
from cluster_data.ui.story import link_to_story
from cluster_data.ui.tables import on_screen, printed
from cluster_data.ui.take_away import MOST_IN_CODE, TOO_LONG, fitting

HERE = Path(__file__).parent
WIDE, HIGH, TEXT, POINTS = 748, 610, 29, 72  # a picture and its words as pixels of a screen of 1280 by 720
FORMS = ("slides", "pdf")
MOST_DRAWN, MOST_SECONDS = 60, 1.0
Told = TypeVar("Told")
Made = TypeVar("Made")
MOVED, DRAWN = "story moved to", "scenes drawn"
SOON = "This scene is drawn now"
TEXTS = ("topic", "finding", "sentence", "missing", "source", "notes")
NOT_YET = dict.fromkeys((*TEXTS, "link", "code"), "") | {"finding": SOON}


def _web(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


_stage = st.components.v2.component("stage", html=_web("stage.html"), css=_web("stage.css"), js=_web("stage.js"))
_notes = st.components.v2.component("stage_notes", html=_web("notes.html"), css=_web("stage.css"), js=_web("stage.js"))


def present(view: View) -> None:
    """The story of the address, or of the pack, on stage or as notes; below it, how to take it away."""
    views = address.get_all("view")
    told = scenes.scenes_of_link(views) if views else scenes.scenes_of_pack(view.cluster)
    if view.printing:
        _print(view, told, bool(views))
        foot(view)
        return
    start = _start(len(told))
    ready = _ready_of(view, told, bool(views), st.session_state.pop(MOVED, start))
    most, notices = scenes.MOST_VIEWS, list[str]()
    if len(views) > most:
        notices.append(f"A story holds {most} scenes at most; {len(views) - most:,} more of this link are left out.")
    sent = [
        scene | _code(f"{_root()}/{at.address}" if scene["picture"] else "") if scene else NOT_YET
        for scene, at in zip(ready, told, strict=True)
    ]
    asked = address.get("scene")
    if asked not in ("", str(start + 1)):
        notices.append(f"This link asks for scene “{asked}”; the story has {words.count(len(told), 'scene')}.")
    sent[start] = sent[start] | {"missing": " ".join([*notices, sent[start]["missing"]]).strip()}
    key = f"stage {sha256(repr(views).encode()).hexdigest()}"
    data = {"scenes": sent, "start": start, "wait": None in ready}
    if address.get("notes") == "1":
        st.title("Notes for the presenter", anchor=False)
        _notes(data=data, key=key, on_moved_change=partial(_draw_on, key))
    else:
        _stage(data=data, key=key, on_moved_change=partial(_draw_on, key))
        st.title(words.plain(scenes.title_of(view.cluster, len(told))), anchor=False)
    _take_away(view, told, scenes.slug_of(told[0].topic or questions().get(told[0].page, ""), len(told)))
    link_to_story(views)
    if views:
        link_to(STAGE, "Present the dashboard’s own story", "slideshow")
    listed = zip(sent, told, strict=True)
    st.markdown("\n".join(f"1. [{words.plain(scene['finding'])}](<{at.address or './'}>)" for scene, at in listed))
    link_to("Overview", "Leave", "arrow_back")
    foot(view)


def _draw_on(key: str) -> None:
    """The browser asks for more of the story from a scene on. What a browser sends is not to be trusted."""
    moved = st.session_state[key].get("moved")
    if isinstance(moved, int) and moved >= 0:
        st.session_state[MOVED] = moved


def _ready_of(view: View, told: Sequence[Scene], of_link: bool, first: int) -> list[dict[str, Any] | None]:
    """The scenes as the browser is sent them. Those of a link from the `first` on, as many as there is time for.

    Those that were drawn before come along. What all scenes of a page share is worked out before the time runs, once
    for all visitors.
    """

    def draw(ready: Callable[..., dict[str, Any]], scene: Scene) -> dict[str, Any]:
        return ready(view.cluster.fingerprint, scene, view.dark, view.cluster)

    if not of_link:
        return [draw(_ready, scene) for scene in told]
    for page in dict.fromkeys(scene.page for scene in told if scene.page in questions()):
        draw(_ready, Scene(page))
    seen = st.session_state.get(DRAWN, ())
    order = sorted(range(len(told)), key=lambda place: (place != first, told[place] not in seen, place < first))
    made = dict(zip(order, _in_time(lambda place: draw(_ready_of_link, told[place]), order), strict=False))
    st.session_state[DRAWN] = {told[place] for place in made}
    return [made.get(place) for place in range(len(told))]


def _in_time(draw: Callable[[Told], Made], told: Sequence[Told]) -> list[Made]:
    """What is made of each scene that MOST_SECONDS are enough for, and always of the first."""
    made: list[Made] = []
    end = thread_time() + MOST_SECONDS
    for scene in told:
        if made and thread_time() > end:
            break
        made.append(draw(scene))
    return made


def _print(view: View, told: Sequence[Scene], of_link: bool) -> None:
    """The story on paper, scene by scene; that of a link as far as there is time."""
    st.title(words.plain(scenes.title_of(view.cluster, len(told))), anchor=False)
    draw = partial(_print_scene, view)
    printed = _in_time(draw, told) if of_link else [draw(scene) for scene in told]
    if len(printed) < len(told):
        later = "they take long to draw. A page that is loaded anew draws more of them."
        st.info(f"The last {len(told) - len(printed):,} of {len(told):,} scenes are left out: {later}")


def _print_scene(view: View, scene: Scene) -> None:
    found = shown_scene(view.cluster, scene, questions())
    st.header(words.plain(found.finding), anchor=False)
    st.markdown(words.plain(f"{found.sentence} {found.missing}".strip()))
    if isinstance(found.picture, Table):
        printed(view, found.picture.rows())
    elif found.picture:
        st.image(_drawn(view.cluster, found.picture, dark=False), alt=found.picture.alt, width="stretch")
    st.caption(words.plain(found.source))


def _start(scenes_told: int) -> int:
    """The scene that the address asks for, counted from 0; the first if there is no such scene."""
    asked = address.get("scene")
    place = int(asked) - 1 if asked.isascii() and asked.isdigit() and len(asked) < 9 else 0
    return place if 0 <= place < scenes_told else 0


@st.cache_resource(show_spinner="Drawing the scenes", max_entries=MOST_DRAWN)
def _ready(files: str, scene: Scene, dark: bool, _cluster: Cluster) -> dict[str, Any]:
    """A scene of the pack as the browser is sent it, drawn once for all visitors and not to be changed."""
    return _sent(scene, dark, _cluster)


@st.cache_resource(show_spinner="Drawing the scenes", max_entries=MOST_DRAWN)
def _ready_of_link(files: str, scene: Scene, dark: bool, _cluster: Cluster) -> dict[str, Any]:
    """A scene of a link, kept apart: stories that visitors make up do not drive out that of the pack."""
    return _sent(scene, dark, _cluster)


def _sent(scene: Scene, dark: bool, _cluster: Cluster) -> dict[str, Any]:
    found = shown_scene(_cluster, scene, questions())
    return {name: getattr(found, name) for name in TEXTS} | {"picture": _picture(_cluster, found.picture, dark)}


def _picture(cluster: Cluster, picture: Picture | None, dark: bool) -> dict[str, Any] | None:
    if picture is None:
        return None
    if isinstance(picture, Table):
        rows = on_screen(picture.rows())
        return {"alt": picture.about, "columns": list(rows.columns), "rows": rows.astype(object).to_numpy().tolist()}
    packed = gzip.compress(_drawn(cluster, picture, dark).encode())
    return {"alt": picture.alt, "packed": b64encode(packed).decode()}


def _drawn(cluster: Cluster, picture: Chart | Map, dark: bool) -> str:
    """A chart or map as SVG, in words large enough for a stage."""
    return picture_of(cluster, picture, palette(dark), WIDE / POINTS, HIGH / POINTS, TEXT, far=True).svg()


def _code(link: str) -> dict[str, str]:
    """The address of the view behind a scene, and its QR code; neither where the address of the server is not known."""
    if not link.startswith("http"):
        return {"link": "", "code": ""}
    if len(link) > MOST_IN_CODE:
        return {"link": TOO_LONG, "code": ""}
    svg = BytesIO()
    segno.make(link, error="m", micro=False).save(svg, kind="svg", border=4, light="#FFFFFF", xmldecl=False)
    return {"link": link, "code": svg.getvalue().decode()}


def _take_away(view: View, told: Sequence[Scene], slug: str) -> None:
    """Buttons for the forms that suit a story; each file is made when asked for."""
    with st.container(horizontal=True):
        for export in exports.every():
            if export.name in FORMS:
                failures.download_button(
                    view,
                    export.label,
                    partial(_file, view.cluster, told, export, _link(), _root()),
                    f"present-{slug}.{export.suffix}",
                    export.mime,
                    f"story as {export.name}",
                    help=export.says,
                    icon=":material/download:",
                )


def _file(cluster: Cluster, told: Sequence[Scene], export: exports.Export, link: str, root: str) -> bytes:
    story = [shown_scene(cluster, scene, questions()) for scene in told]
    links = [fitting(f"{root}/{scene.address}") for scene in told] if root else []
    return export.file_of(document_of(cluster, story, fitting(link), today(), links))


def _root() -> str:
    """The address of the dashboard; nothing where that of the server is not known."""
    return (st.context.url or "").split("?")[0].rstrip("/").rpartition("/")[0]


def _link() -> str:
    """The whole address of the story."""
    views = address.get_all("view")
    path = (st.context.url or "").split("?")[0]
    return f"{path}?{scenes.story_query(views)}" if views else path
