"""How high the parts of a view are, and how many pages a choice of them fills: measured once, then reckoned."""

from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from math import inf

from cluster_data.exports.pdf import typeset
from cluster_data.exports.pdf.sheet import MOST_FULL, POINTS, Data, Sheet

FEW_ROWS, LOW = 12, 0.4
LINE, LEFT_OUT = 10.5, 24.0  # what says that a table is cut, and which parts are left out


@dataclass(frozen=True)
class Plan:
    """What is shown of a view: how many parts; of each the rows, the rows beneath which the columns stand for which
    there is no room beside the others; the scale of pictures."""

    parts: int
    rows: tuple[int, ...]
    beneath: tuple[int, ...]
    pictured: float


@dataclass(frozen=True)
class Part:
    """A part in points: what stands before its rows, the head that is repeated on each page, the rows as they are and
    with what stands beneath them, for how many there are; of a picture, how much is drawn and so can be smaller."""

    lead: float
    head: float = 0.0
    rows: tuple[float, ...] = ()
    full: tuple[float, ...] = ()
    total: int = 0
    drawn: float = 0.0
    sticks: bool = False  # to the next part
    flows: bool = False  # it may be broken anywhere

    def shown(self, rows: int, beneath: int) -> list[float]:
        """The heights of the first rows, so many of them with what stands beneath; the first with all before it."""
        missing = (rows < self.total) + (beneath < rows and self.full != self.rows)
        first, *others = [*self.full[:beneath], *self.rows[beneath:rows]] or [0.0]
        return [self.lead + missing * LINE + self.head + first, *others]


@dataclass(frozen=True)
class Heights:
    """All parts of a view, what stands before and after them, and how high the room on a page is, in points."""

    parts: list[Part]
    before: float
    after: float
    room: float

    def filled(self, plan: Plan) -> float:
        """About how many pages are filled, the last by its share."""
        page, used, held = 0, self.before, 0.0
        for place, part in enumerate(self.parts[: plan.parts]):
            first, *others = part.shown(plan.rows[place], plan.beneath[place])
            first += held - part.drawn * (1 - plan.pictured)
            held = first if part.sticks else 0.0
            if part.sticks:
                continue
            whole = self.stays_together(plan, place)
            for number, high in enumerate([first + sum(others)] if whole else [first, *others]):
                if high == inf:
                    return inf
                if used + high > self.room and not part.flows:
                    page, used = page + 1, part.head if number else 0.0
                used += high
                page, used = page + int(used // self.room), used % self.room
        left_out = LEFT_OUT if plan.parts < len(self.parts) else 0.0
        if used + left_out + self.after > self.room:
            page, used = page + 1, 0.0
        return page + (used + left_out + self.after) / self.room

    def stays_together(self, plan: Plan, place: int) -> bool:
        """Whether a table has few rows and takes so little of a page that it is not broken."""
        rows = plan.rows[place]
        high = sum(self.parts[place].shown(rows, plan.beneath[place]))
        return 0 < rows <= FEW_ROWS and high <= LOW * self.room


def heights(sheet: Sheet) -> Heights:
    """How high everything on a sheet is. It is set on one endless page: with what stands beneath rows, and without."""
    parts = sheet.data["parts"]
    full = [_first(part, MOST_FULL) if _has_beneath(part) else part for part in parts]
    bare = [part | {"beneath": [[]] * len(part["rows"])} if _has_beneath(part) else part for part in parts]
    with_all = _measured(sheet, full)
    without = _measured(sheet, bare) if bare != parts else with_all
    each = zip(parts, _of_each(full, with_all["marks"]), _of_each(bare, without["marks"]), strict=True)
    return Heights(
        [_part(part, *apart) for part, *apart in each],
        before=with_all["marks"][0],
        after=with_all["last"] - with_all["marks"][-1],
        room=with_all["high"],
    )


def _has_beneath(part: Data) -> bool:
    return any(part.get("beneath", []))


def _first(part: Data, most: int) -> Data:
    return part | {"rows": part["rows"][:most], "beneath": part["beneath"][:most]}


def _measured(sheet: Sheet, parts: list[Data]) -> Data:
    return typeset.measured(replace(sheet, data=sheet.data | {"parts": parts, "marked": True}))


def _of_each(parts: list[Data], marks: list[float]) -> list[list[float]]:
    """How far from one mark to the next, part by part: a part has one mark, a table one more for its head and rows."""
    apart = [end - start for start, end in pairwise(marks)]
    counts = [1 + (1 + len(part["rows"]) if part.get("rows") else 0) for part in parts]
    ends = [0, *accumulate(counts)]
    return [apart[start:end] for start, end in pairwise(ends)]


def _part(part: Data, full: list[float], bare: list[float]) -> Part:
    rows = bare[2:]
    return Part(
        lead=bare[0],
        head=sum(bare[1:2]),
        rows=tuple(rows),
        full=(*full[2:], *[inf] * (len(rows) - len(full[2:]))),
        total=part.get("total", 0),
        drawn=part["high"] * POINTS if part["sort"] == "picture" else 0.0,
        sticks=part["sort"] == "heading" or part.get("leads", False),
        flows=part["sort"] == "text" and not part.get("leads", False),
    )
