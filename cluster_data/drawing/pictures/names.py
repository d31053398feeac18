"""Where a name finds room: beside what it names, or further away, where a thin line leads to it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from cluster_data.drawing.fonts import width
from cluster_data.drawing.pictures.canvas import Bounds, Canvas, Spot, box_around, height_of, touch

SIDES = ((0, -1), (1, 0), (-1, 0), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
BETWEEN = tuple((right * across, down * up) for across, up in ((1, 0.5), (0.5, 1)) for right, down in SIDES[4:])
AROUND_PLACES = tuple(0.15 + 0.2 * step for step in range(20))  # this and all that follows in heights of words
AROUND_MARKS = tuple(0.2 + 0.6 * step for step in range(20))
FURTHER = 1.0  # from here on a name may stand between two sides
BESIDE, CLEAR, ALONE = 0.5, 0.2, 0.7  # from the own mark without a line; from others with a line, and without
SAME = 1e-6  # points: a mark this near to a place stands there
LARGE = 1.6  # squares, of what no line crosses
NEAREST = 16  # boxes, of which one nearly always has room

Way = tuple[Spot, Spot]
Boxes = Any  # an array with a row for each box, as Bounds


def spots(
    name: str, at: Spot, size: float, away: Sequence[float] = AROUND_PLACES, half: float = 0, bold: bool = False
) -> list[Bounds]:
    """The boxes that a name may have round a mark of half a width, the nearest first."""
    wide, high = width(name, size, bold), height_of(name, size)
    found = []
    for far in away:
        reach = half + far * size
        for right, down in SIDES if far < FURTHER else SIDES + BETWEEN:
            left = at[0] + right * reach - wide * (0.5 if right == 0 else 0 if right > 0 else 1)
            top = at[1] + down * (reach + high / 2) - high / 2
            found.append((left, top, left + wide, top + high))
    return found


def way_to(box: Bounds, at: Spot) -> Way:
    """The shortest way from a place to a name."""
    return at, (min(max(at[0], box[0]), box[2]), min(max(at[1], box[1]), box[3]))


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
        boxes = spots(name, at, self.size, self.away, half, bold)
        marks = self._near(self.marks, boxes)
        others = marks[np.hypot(*((marks[:, :2] + marks[:, 2:]) / 2 - at).T) > SAME]
        large = others[np.prod(others[:, 2:] - others[:, :2], axis=1) > LARGE * self.size**2]
        tried = [(others, others, ALONE), (others, large, ALONE)]
        if surely:
            edge = [self.canvas.inside(box) for box in boxes]
            boxes += [box for box in edge if not touch(box, box_around(*at, half))]
            crossed = large[~_holding(large, at)]
            tried += [(others, crossed, ALONE), (large, crossed, ALONE), (large, crossed, CLEAR)]
        return self._first(boxes[:NEAREST], tried[:1], at, half) or self._first(boxes, tried, at, half)

    def _first(
        self, boxes: list[Bounds], tried: Sequence[tuple[Boxes, Boxes, float]], at: Spot, half: float
    ) -> Bounds | None:
        """The first box with room by the first rule that finds one: what it may not cover, what no line may cross, and
        how far from others it stands beside its own mark.
        """
        free = self._on_sheet(np.array(boxes))
        written = self._near(self.canvas.taken, boxes)
        free = free[~_touching(free, written)]
        free = free[~_crossing(_shapes(free), self.lines)]
        ends = np.clip(at, free[:, :2], free[:, 2:])  # where a line from the mark would come to each
        ways = shapely.linestrings(np.stack([np.broadcast_to(at, ends.shape), ends], axis=1))
        beside = np.hypot(*(ends - at).T) <= half + BESIDE * self.size
        crosses = _crossing(ways, [*_shapes(written[~_holding(written, at)]), *self.lines])
        for hidden, barred, alone in tried:
            clear = _apart(free, hidden) > np.where(beside, alone, CLEAR) * self.size
            fits = np.flatnonzero(clear & (beside | ~(crosses | _crossing(ways, _shapes(barred)))))
            if len(fits):
                left, top, right, bottom = free[fits[0]].tolist()
                if not beside[fits[0]]:
                    self.lines.append(ways[fits[0]])
                    lead(self.canvas, (left, top, right, bottom), at, self.size)
                return left, top, right, bottom
        return None

    def _near(self, others: Sequence[Bounds], boxes: Sequence[Bounds]) -> Boxes:
        """Those of the others that are near enough to any of the boxes to matter."""
        some, reach = np.reshape(others, (-1, 4)), np.array(boxes)
        low, high = reach[:, :2].min(axis=0) - self.size, reach[:, 2:].max(axis=0) + self.size
        return some[((some[:, :2] < high) & (some[:, 2:] > low)).all(axis=1)]

    def _on_sheet(self, boxes: Boxes) -> Boxes:
        """Those of the boxes that lie on the sheet, and within what these names stand within."""
        left, top, right, bottom = self.within or (0.0, 0.0, self.canvas.wide, self.canvas.high)
        first, last = np.maximum((left, top), 0), np.minimum((right, bottom), (self.canvas.wide, self.canvas.high))
        return boxes[((boxes[:, :2] >= first) & (boxes[:, 2:] <= last)).all(axis=1)]


def _shapes(boxes: Boxes) -> Any:
    return shapely.box(*boxes.T)


def _crossing(ways: Any, others: Sequence[Any]) -> Any:
    """Which of the ways or boxes have a point in common with any of the others."""
    found = np.zeros(len(ways), bool)
    found[shapely.STRtree(others).query(ways, predicate="intersects")[0]] = True
    return found


def _holding(boxes: Boxes, at: Spot) -> Any:
    """Which of the boxes hold a place."""
    return ((boxes[:, :2] <= at) & (at <= boxes[:, 2:])).all(axis=1)


def _gaps(boxes: Boxes, others: Boxes) -> Any:
    """How far each box is from each of the others, to the right and down; below 0 where they lie upon one another."""
    return np.maximum(boxes[:, None, :2] - others[None, :, 2:], others[None, :, :2] - boxes[:, None, 2:])


def _touching(boxes: Boxes, others: Boxes) -> Any:
    """Which of the boxes have a part in common with any of the others."""
    return (_gaps(boxes, others) < 0).all(axis=2).any(axis=1)


def _apart(boxes: Boxes, others: Boxes) -> Any:
    """How far each box is from the nearest of the others."""
    return np.linalg.norm(np.clip(_gaps(boxes, others), 0, None), axis=2).min(axis=1, initial=math.inf)
