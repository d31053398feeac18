"""How much of a sheet there is room for: reckoned from the heights of its parts, and found by setting it."""

from collections.abc import Callable
from dataclasses import replace

from cluster_data import words
from cluster_data.exports.pdf import letters, typeset
from cluster_data.exports.pdf.heights import Heights, Plan, heights
from cluster_data.exports.pdf.sheet import Data, Sheet, shortened

MOST_PAGES = 3
FEWEST_ROWS, SPARED = 5, 3
SHORT, FEWEST_OF_LONG = 16, 3
A_LITTLE = 0.01
SMALLER = (0.9, 0.8, 0.75)
SCALES = (1.0, 0.85, 0.7, 0.55, 0.4)
LOWEST_PICTURE = 220
NAMED, LONG_NAME = 8, 60


def fitted(sheet: Sheet) -> Sheet:
    """The sheet with what it has room for: on three pages, or with each scene of a story on one."""
    return _story(sheet) if sheet.data["story"] else _view(sheet)


def _view(sheet: Sheet) -> Sheet:
    """As much as three pages hold; where the pages come out fuller than reckoned, so much less."""
    parts, high = sheet.data["parts"], heights(sheet)
    room, less = float(MOST_PAGES), A_LITTLE
    while True:
        plan = best(parts, high, room)
        cut = _cut(sheet, plan, high)
        if typeset.measured(cut)["filled"] < MOST_PAGES or not plan.parts:
            return cut
        room, less = min(room, high.filled(plan)) - less, 2 * less


def best(parts: list[Data], high: Heights, room: float) -> Plan:
    """What to show in so many pages. Where that leaves something out, pictures are smaller if much more finds room."""
    scales = (1.0, *SMALLER) if any(part.drawn for part in high.parts) else (1.0,)
    return max((_most(parts, high, room, scale) for scale in scales), key=lambda plan: _worth(parts, plan))


def _most(parts: list[Data], high: Heights, room: float, scale: float) -> Plan:
    """What finds room with pictures of this scale: all, if it does, else with less beneath rows; where tables are to be
    cut anyway, as many parts as have room for a few rows each, and of these as many rows, with all beneath them."""

    def fits(plan: Plan) -> bool:
        return high.filled(plan) < room

    def allowed(number: int, most: int) -> Plan:
        rows = tuple(rows_shown(part, most) for part in parts[:number])
        return Plan(number, rows, rows, scale)

    def few(number: int) -> Plan:
        return allowed(_without_last_headings(parts, number), FEWEST_ROWS)

    totals = tuple(_total(part) for part in parts)
    if all(_total(part) == len(part.get("rows", ())) for part in parts):
        steps = _steps(parts)
        plans = [Plan(len(parts), totals, _beneath(parts, steps[:step]), scale) for step in range(len(steps) + 1)]
        if fits(plans[0]):
            return plans[largest(0, len(steps), lambda step: fits(plans[step]))]
    number = few(largest(0, len(parts), lambda number: fits(few(number)))).parts
    most = largest(FEWEST_ROWS, max(totals, default=0) + SHORT, lambda most: fits(allowed(number, most)))
    return allowed(number, most)


def _steps(parts: list[Data]) -> list[tuple[int, int]]:
    """The places of parts in turn, and beneath how many rows more stands: of a short table beneath all at once."""
    return [
        (place, rows)
        for place, part in enumerate(parts)
        if any(part.get("beneath", []))
        for rows in ((_total(part),) if _is_short(part) else range(1, _total(part) + 1))
    ]


def _beneath(parts: list[Data], steps: list[tuple[int, int]]) -> tuple[int, ...]:
    reached = dict(steps)
    return tuple(reached.get(place, 0) for place in range(len(parts)))


def _without_last_headings(parts: list[Data], number: int) -> int:
    """So many parts, or fewer, so that no heading is left alone."""
    while 0 < number < len(parts) and parts[number - 1]["sort"] == "heading":
        number -= 1
    return number


def _worth(parts: list[Data], plan: Plan) -> tuple[int, int, float]:
    """What is shown, the weightiest first: parts, tables that are whole, and rows, which count less beside pictures
    that are smaller."""
    whole = sum(rows == _total(part) for rows, part in zip(plan.rows, parts, strict=False))
    return plan.parts, whole, plan.pictured * (sum(plan.rows) + sum(plan.beneath))


def _total(part: Data) -> int:
    return int(part.get("total", 0))


def _is_short(part: Data) -> bool:
    return bool(part["total"] <= SHORT)


def _of_long(most: int) -> int:
    """How many rows a long table gets: few until short tables are whole, and from there on more."""
    return FEWEST_OF_LONG + max(0, most - SHORT)


def _story(sheet: Sheet) -> Sheet:
    """A page for each scene: in smaller type, then with fewer rows, where the words leave no room."""
    scenes = _scenes(sheet.data)
    most = max((_total(part) + SHORT for part in sheet.data["parts"]), default=0)
    few = min(FEWEST_ROWS, most)

    def fits(scale: float, rows: int) -> bool:
        found = typeset.measured(_told(sheet, scenes, scale, rows))
        return found["pages"] <= len(scenes) and found["lowest"] >= LOWEST_PICTURE

    scale = next((scale for scale in SCALES if fits(scale, few)), SCALES[-1])
    return _told(sheet, scenes, scale, largest(few, most, lambda rows: fits(scale, rows)))


def largest(least: int, most: int, fits: Callable[[int], bool]) -> int:
    """The largest number up to `most` that fits, where `least` is taken to fit and all below one that fits do."""
    if most <= least or fits(most):
        return max(least, most)
    while most - least > 1:
        middle = (least + most) // 2
        least, most = (middle, most) if fits(middle) else (least, middle)
    return least


def _cut(sheet: Sheet, plan: Plan, high: Heights) -> Sheet:
    """What a plan shows of a view, and what it leaves out."""
    parts = sheet.data["parts"]
    named = list(dict.fromkeys(shortened(part["named"], LONG_NAME) for part in parts[plan.parts :]))
    more = [f"{len(named) - NAMED} more"] if len(named) > NAMED else []
    said = f"Left out for want of room, and held by the workbook: {'; '.join([*named[:NAMED], *more])}."
    kept = [
        shown(part, plan.rows[place], plan.beneath[place]) | {"together": high.stays_together(plan, place)}
        for place, part in enumerate(parts[: plan.parts])
    ]
    return _with(sheet, parts=kept, left_out=letters.plain(said if named else ""), pictured=plan.pictured)


def _told(sheet: Sheet, scenes: list[list[Data]], scale: float, most: int) -> Sheet:
    """The scenes of a story with at most so many rows each, in type of this scale."""
    return _with(
        sheet,
        parts=[],
        scenes=[[shown(part, rows_shown(part, most), 0) for part in scene] for scene in scenes],
        scale=scale,
    )


def _with(sheet: Sheet, **changes: object) -> Sheet:
    data = sheet.data | changes
    lacking = str([data["title"], data["statement"], data["parts"], data.get("scenes")]).count(letters.LOST)
    said = f"{words.count(lacking, 'sign')} cannot be shown in this file (here {letters.LOST}); the workbook holds all."
    return replace(sheet, data=data | {"lacking": letters.plain(said if lacking else "")})


def rows_shown(part: Data, most: int) -> int:
    """How many rows of a table are shown where so many are allowed.

    A table of up to `most` rows is whole, or of hardly more; one that is not much longer gets a few, so that the
    shortest are whole first. A long one gets FEWEST_OF_LONG, and one more for each that `most` has beyond SHORT.
    """
    if part["sort"] != "table":
        return 0
    few = min(most, FEWEST_ROWS) if _is_short(part) else _of_long(most)
    whole = part["total"] <= max(few, min(most, SHORT)) + SPARED
    return min(len(part["rows"]), part["total"] if whole else few)


def shown(part: Data, rows: int, beneath: int) -> Data:
    """A table with its first rows, the first of them with what stands beneath, and lines for what is not shown."""
    if part["sort"] != "table":
        return part
    total, names = part["total"], words.listing(part["names_beneath"])
    cut = f"The first {rows:,} of {total:,} rows are shown; the workbook holds all."
    left_out = f"Left out for want of room, and held by the workbook: {names}."
    if 0 < beneath < rows:
        left_out = f"From row {beneath + 1:,} on, left out for want of room, and held by the workbook: {names}."
    return part | {
        "rows": part["rows"][:rows],
        "beneath": [*part["beneath"][:beneath], *([[]] * (rows - beneath))],
        "cut": letters.plain((cut if rows < total else "") if total else "There is no row to show."),
        "left_out": letters.plain(left_out if names and beneath < rows else ""),
    }


def _scenes(data: Data) -> list[list[Data]]:
    """The parts of a story scene by scene: each begins with a heading."""
    scenes: list[list[Data]] = []
    for part in data["parts"]:
        if part["sort"] == "heading" or not scenes:
            scenes.append([])
        scenes[-1].append(part)
    empty = [{"sort": "heading", "text": data["title"]}, {"sort": "text", "text": letters.plain("No scene is in it.")}]
    return scenes or [empty]
