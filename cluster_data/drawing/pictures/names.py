"""Where a name finds room: beside what it names, or further away, where a thin line leads to it."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from cluster_data.drawing.pictures.canvas import LINE, Bounds, Canvas, Spot, box_around, box_of, touch

SIDES = ((0, -1), (1, 0), (-1, 0), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
BETWEEN = tuple((right * across, down * up) for across, up in ((1, 0.5), (0.5, 1)) for right, down in SIDES[4:])
AROUND_PLACES = tuple(0.15 + 0.2 * step for step in range(20))  # this and all that follows in heights of words
AROUND_MARKS = tuple(0.2 + 0.6 * step for step in range(20))
FURTHER = 1.0  # from here on a name may stand between two sides
BESIDE, CLEAR, ALONE = 0.5, 0.2, 0.7  # from the own mark without a line; from others with a line, and without
LARGE = 1.6  # squares, of what no line crosses

Way = tuple[Spot, Spot]


def spots(
    name: str, at: Spot, size: float, away: Sequence[float] = AROUND_PLACES, half: float = 0, bold: bool = False
) -> Iterator[Bounds]:
    """The boxes that a name may have round a mark of half a width, the nearest first."""
    high = LINE * (name.count("\n") + 1)
    for far in away:
        reach = half + far * size
        for right, down in SIDES if far < FURTHER else SIDES + BETWEEN:
            across = "center" if right == 0 else "left" if right > 0 else "right"
            yield box_of(
                at[0] + right * reach, at[1] + down * (reach + high / 2 * size), name, size, across, "center", bold
            )


def way_to(box: Bounds, at: Spot) -> Way:
    """The shortest way from a place to a name."""
    return at, (float(np.clip(at[0], box[0], box[2])), float(np.clip(at[1], box[1], box[3])))


def lead(canvas: Canvas, box: Bounds, at: Spot, size: float) -> None:
    """A thin line from a dot to a name that stands further away than a word is high, below the marks."""
    way = way_to(box, at)
    if math.dist(*way) > size:
        canvas.line(way, canvas.ink, size / 20, 2.5)
        canvas.mark("circle", at, size / 5, canvas.ink, level=2.5)


@dataclass
class Among:
    """Names among marks: each covers none, and stands alone beside its own or is led to by a line.

    They stand `within` a box, if one is given, and no further `away` than so many heights of words.
    """

    canvas: Canvas
    size: float
    marks: Sequence[Bounds]
    away: Sequence[float] = AROUND_MARKS
    within: Bounds | None = None
    lines: list[Any] = field(default_factory=list)

    def find(self, name: str, at: Spot, half: float, surely: bool = False, bold: bool = False) -> Bounds | None:
        """The box of the name of a mark, led to if it stands away; None if there is no room.

        What is `surely` named may stand at the edge of the sheet, cover small marks, or come near others.
        """
        marks = _shapes(self.marks)
        others = marks[~shapely.dwithin(shapely.centroid(marks), shapely.Point(at), 1e-6)]
        large = others[shapely.area(others) > LARGE * self.size**2]
        boxes = list(spots(name, at, self.size, self.away, half, bold))
        tried = [(others, others, ALONE), (others, large, ALONE)]
        if surely:
            edge = [self.canvas.inside(box) for box in boxes]
            boxes += [box for box in edge if not touch(box, box_around(*at, half))]
            crossed = large[~shapely.intersects(large, shapely.Point(at))]
            tried += [(others, crossed, ALONE), (large, crossed, ALONE), (large, crossed, CLEAR)]
        for hidden, crossed, alone in tried:
            for box in boxes:
                way = way_to(box, at)
                beside = math.dist(*way) <= half + BESIDE * self.size
                if self._clear(box, hidden, alone if beside else CLEAR) and (beside or self._free_way(way, crossed)):
                    if not beside:
                        self.lines.append(shapely.LineString(way))
                        lead(self.canvas, box, at, self.size)
                    return box
        return None

    def _clear(self, box: Bounds, others: Any, apart: float) -> bool:
        if not self.canvas.free(box) or (self.within and not shapely.box(*self.within).covers(shapely.box(*box))):
            return False
        room = shapely.box(*box)
        near = shapely.dwithin(room, others, apart * self.size).any()
        return not near and not shapely.intersects(room, self.lines).any()

    def _free_way(self, way: Way, large: Any) -> bool:
        line, written = shapely.LineString(way), _shapes(self.canvas.taken)
        others = written[~shapely.intersects(written, shapely.Point(way[0]))]
        return not any(shapely.intersects(line, found).any() for found in (large, others, self.lines))


def _shapes(boxes: Sequence[Bounds]) -> Any:
    return shapely.box(*np.reshape(boxes, (-1, 4)).T)
