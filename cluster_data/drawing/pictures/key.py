"""The key of a still map: a mark with its words for each type of thing on it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import pandas as pd

from cluster_data.document import Map
from cluster_data.drawing.fonts import width
from cluster_data.drawing.pictures.canvas import LINE, Canvas, Spot, height_of, wrapped
from cluster_data.drawing.pictures.signs import NUMBERS, bubble, mark
from cluster_data.measures.places import LETTERS
from cluster_data.measures.rates import FEW_FIRMS, LEFT_OUT, band_in_words
from cluster_data.model import words
from cluster_data.model.cluster import Cluster
from cluster_data.palette import Palette

SHARE, WIDER, GAP, LEAST = 0.26, 0.292, 0.25, 4.0
BESIDE_MAP = (1, 0.92, 0.84, 0.76, 0.7, 0.64)  # of the size of words, in a key beside its map
MOST_BELOW = 0.57  # of the height of a sheet, for a key below its map
NO_MARK = "No position to show"
BY_TOWN, ONLY_BY_TOWN = "Number known only by town, roughly placed", "Known only by town"
SHARED, TOGETHER = "; close towns share one", "Organisations or sites"

Draw = Callable[[Canvas, Spot, float], None]  # canvas, the mark's middle, size of words


class Entry(NamedTuple):
    """A line of the key: its words, and what draws its mark."""

    said: str
    draw: Draw | None = None


@dataclass
class KeyBlock:
    """The key laid out: in a column that takes at most a share of the sheet's width, or in lines. `wide` and `high` is
    the room it takes.
    """

    canvas: Canvas
    size: float
    column: bool
    entries: list[Entry]
    share: float = 1.0
    placed: list[tuple[float, float, Entry]] = field(default_factory=list)
    wide: float = 0.0
    high: float = 0.0

    def __post_init__(self) -> None:
        x = y = 0.0
        room = self.canvas.wide * self.share - 3 * self.size
        for entry in self.entries:
            entry = Entry(wrapped(entry.said, room, self.size), entry.draw)
            wide = width(entry.said, self.size) + 2.9 * self.size
            if not self.column and x and x + wide > self.canvas.wide:
                x, y = 0.0, self.high - GAP * self.size
            self.placed.append((x, y, entry))
            self.wide = max(self.wide, x + wide)
            self.high = max(self.high, y + height_of(entry.said, self.size) + GAP * self.size)
            x, y = (x, self.high) if self.column else (x + wide, y)

    def write(self, left: float, top: float) -> None:
        """The key with its top left corner at a place."""
        for x, y, entry in self.placed:
            if entry.draw:
                entry.draw(self.canvas, (left + x + self.size, top + y + LINE * self.size / 2), self.size)
            indent = 2.1 * self.size if entry.draw else 0.3 * self.size
            self.canvas.write(left + x + indent, top + y, entry.said, self.size, down="top")


def fitting(canvas: Canvas, size: float, beside: bool, entries: list[Entry], far: bool = False) -> KeyBlock:
    """The key beside its map, in words of this size or a little smaller; below it where those find no room there.

    From `far` it may be wider instead. Below its map it takes at most MOST_BELOW of the sheet's height, in words as
    small as that asks for.
    """
    sizes, share = (BESIDE_MAP[:3], WIDER) if far else (BESIDE_MAP, SHARE)
    for smaller in sizes if beside else ():
        key = KeyBlock(canvas, smaller * size, True, entries, share)
        longest = max((width(word, key.size) for entry in entries for word in entry.said.split()), default=0)
        if longest <= share * canvas.wide - 3 * key.size and key.high < canvas.high - 0.5 * key.size:
            return key
    key = KeyBlock(canvas, size, False, entries)
    room = MOST_BELOW * canvas.high - size
    return key if key.high <= room or size < LEAST else fitting(canvas, 0.9 * size, False, entries)


def entries_of(
    cluster: Cluster,
    shown: Map,
    points: pd.DataFrame,
    bubbles: pd.DataFrame,
    rates: pd.DataFrame | None,
    ground: Palette,
    far: bool = False,
) -> list[Entry]:
    """What stands on the map, in order: shades, Ds, letters, numbered circles, borders and lines.

    From `far` few words can be read, and no roads.
    """
    entries = [
        *_shades(cluster, shown, rates, ground),
        *_firms(cluster, points, ground),
        *_letters(cluster, points, ground),
    ]
    if len(bubbles):
        said = BY_TOWN + (SHARED if len(bubbles) > 1 else "")
        said = (ONLY_BY_TOWN if len(points) else TOGETHER) if far else said
        entries.append(Entry(said, partial(_number, ground)))
    if not entries:
        entries.append(Entry(NO_MARK))
    if shown.circle:
        said = f"Circle: {shown.circle.words}"
        entries.append(
            Entry(said, lambda canvas, at, size: canvas.mark("circle", at, size, "none", ground.accent, size / 7))
        )
    if shown.outlined:
        entries.append(Entry(_outline_name(cluster, shown), partial(_line, ground.text, 0.14)))
    if rates is None and not far:
        entries.append(Entry("Motorway", partial(_line, ground.quiet, 0.09)))
        entries.append(Entry("Railway", partial(_line, ground.line, 0.06)))
    return entries


def _shades(cluster: Cluster, shown: Map, rates: pd.DataFrame | None, ground: Palette) -> Iterator[Entry]:
    if rates is None:
        return
    yield Entry(words.first_upper(shown.unit))
    for step, group in rates.groupby("step")["rate"]:
        said = band_in_words(int(str(step)), group.min(), group.max())
        yield Entry(said, partial(_shade, ground.steps[int(str(step))], ground, ""))
    if rates["few"].any():
        yield Entry(f"* {FEW_FIRMS}", partial(_shade, ground.ground, ground, ground.quiet))
    if len(rates) < len(cluster.area_names):
        yield Entry(LEFT_OUT, partial(_shade, ground.land, ground, ""))


def _firms(cluster: Cluster, points: pd.DataFrame, ground: Palette) -> Iterator[Entry]:
    firms = points[points["letter"] == ""]
    for row in cluster.table("ds").sort_values("order").to_dict("records"):
        if (points["colour_light"] == row["colour_light"]).any():  # of a firm's mark, or of the ring around a letter
            yield Entry(row["label"], partial(_mark, row["symbol"], row[ground.d_column], ground, ""))
    if firms["symbol"].isna().any():
        yield Entry("No D known", partial(_mark, "circle", ground.quiet, ground, ""))


def _letters(cluster: Cluster, points: pd.DataFrame, ground: Palette) -> Iterator[Entry]:
    labels = cluster.labels("record_type")
    for letter in dict.fromkeys(LETTERS.values()):
        types = [each for each, own in LETTERS.items() if own == letter and (points["record_type"] == each).any()]
        if types:
            said = words.listing((labels[each] for each in types), "or")
            yield Entry(said, partial(_mark, "circle", ground.quiet, ground, letter))


def _outline_name(cluster: Cluster, shown: Map) -> str:
    """The name of the area or group whose border is strong."""
    named = [name for name, codes in cluster.area_codes.items() if set(codes) == set(shown.outlined)]
    return f"Border of {named[0]}" if named else "Common border of the areas shown"


def _mark(symbol: str, colour: str, ground: Palette, letter: str, canvas: Canvas, at: Spot, size: float) -> None:
    mark(canvas, at, size, symbol, colour, ground, letter)


def _shade(colour: str, ground: Palette, hatched: str, canvas: Canvas, at: Spot, size: float) -> None:
    box = (at[0] - 0.7 * size, at[1] - 0.45 * size, at[0] + 0.7 * size, at[1] + 0.45 * size)
    fill = canvas.hatched(colour, hatched) if hatched else colour
    canvas.rectangle(box, fill=fill, stroke=ground.quiet, stroke_width=0.6)


def _number(ground: Palette, canvas: Canvas, at: Spot, size: float) -> None:
    bubble(canvas, *at, "5", 0.7 * size, size / NUMBERS, ground)


def _line(colour: str, thick: float, canvas: Canvas, at: Spot, size: float) -> None:
    canvas.line([(at[0] - 0.7 * size, at[1]), (at[0] + 0.7 * size, at[1])], colour, thick * size)
