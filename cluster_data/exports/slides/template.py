"""An empty presentation of 16 to 9 in the dashboard's faces and colours, with room for long titles."""

from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.util import Inches

from cluster_data.exports.slides.letters import rgb
from cluster_data.palette import Palette

Frame = tuple[float, float, float, float]  # inches from the left and from the top, wide and high

WIDE, HIGH = 13.333, 7.5
LEFT, ROOM = 0.5, 12.333
TITLE = (0.35, 1.0)  # inches from the top, and high
FIRST_TITLE, FIRST_TEXT = (1.0, 2.5), (3.75, 3.25)
BODY = (1.5, 5.5)
HEADINGS, WORDS = "Georgia", "Arial"
FIRST, WITH_TEXT, TITLE_ONLY = 0, 1, 5


def blank(ground: Palette, accents: list[str]) -> Any:
    """A presentation without slides; `accents` are the first colours offered to whoever edits it."""
    show = Presentation()
    wider = Inches(WIDE) / show.slide_width
    show.slide_width, show.slide_height = Inches(WIDE), Inches(HIGH)
    master = show.slide_master
    for place in [shape for sheet in (master, *show.slide_layouts) for shape in sheet.placeholders]:
        place.left, place.width, place.top, place.height = (
            round(place.left * wider),
            round(place.width * wider),
            place.top,
            place.height,
        )
    _styles(master)
    _theme(master, ground, accents)
    _room(show.slide_layouts[FIRST], FIRST_TITLE, FIRST_TEXT)
    _room(show.slide_layouts[WITH_TEXT], TITLE, BODY)
    _room(show.slide_layouts[TITLE_ONLY], TITLE, None)
    package = show.part.package
    for name, link in list(package._rels.items()):
        if link.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package.drop_rel(name)
    return show


def _room(layout: Any, title: tuple[float, float], text: tuple[float, float] | None) -> None:
    """Gives the title and the text of a layout their places."""
    for place in layout.placeholders:
        spot = {0: title, 1: text}.get(place.placeholder_format.idx)
        if spot:
            place.left, place.width = Inches(LEFT), Inches(ROOM)
            place.top, place.height = Inches(spot[0]), Inches(spot[1])
            body = place.text_frame._txBody.bodyPr
            body.set("anchor", "b" if title == FIRST_TITLE and place.placeholder_format.idx == 0 else "t")
            for style in place._element.iter(qn("a:lvl1pPr")):
                style.set("algn", "l")
        if place.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
            place.left, place.top = Inches(LEFT + ROOM - 1), Inches(HIGH - 0.42)
            place.width, place.height = Inches(1), Inches(0.3)


def _styles(master: Any) -> None:
    """Titles and text begin at the left, and paragraphs bear no bullet."""
    styles = master.element.find(qn("p:txStyles"))
    styles.find(f"{qn('p:titleStyle')}/{qn('a:lvl1pPr')}").set("algn", "l")
    first = styles.find(f"{qn('p:bodyStyle')}/{qn('a:lvl1pPr')}")
    first.set("marL", "0")
    first.set("indent", "0")
    for bullet in first.findall(qn("a:buChar")):
        first.replace(bullet, first.makeelement(qn("a:buNone"), {}))


def _theme(master: Any, ground: Palette, accents: list[str]) -> None:
    """Faces that every office program has, and the palette as the theme's colours."""
    part = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = etree.fromstring(part.blob)
    for kind, face in (("majorFont", HEADINGS), ("minorFont", WORDS)):
        theme.find(f".//{qn(f'a:{kind}')}/{qn('a:latin')}").set("typeface", face)
    colours = {"dk2": ground.text, "lt2": ground.land, "hlink": ground.accent, "folHlink": ground.accent}
    colours |= {f"accent{place}": colour for place, colour in enumerate(accents[:6], 1)}
    for name, colour in colours.items():
        slot = theme.find(f".//{qn('a:clrScheme')}/{qn(f'a:{name}')}")
        slot[:] = [slot.makeelement(qn("a:srgbClr"), {"val": colour.lstrip("#")})]
    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def hatch(fill: Any, lines: str, ground: str) -> None:
    """Fills what is not known, or marked, with slanting lines on a ground."""
    fill.patterned()
    fill.pattern = MSO_PATTERN.LIGHT_UPWARD_DIAGONAL
    fill.fore_color.rgb, fill.back_color.rgb = rgb(lines), rgb(ground)
