"""How much of a sheet there is room for: found by setting it and counting its pages."""

from collections.abc import Callable
from dataclasses import replace

from cluster_data import words
from cluster_data.exports.pdf import letters, typeset
from cluster_data.exports.pdf.sheet import Data, Sheet, shortened

MOST_PAGES = 3
FEWEST_ROWS, SPARED = 5, 3
SHORT, FEWEST_OF_LONG = 16, 3
TRIES, NEARLY = 8, 0.04
SMALLER, ENOUGH = 0.8, 0.8
SCALES = (1.0, 0.85, 0.7, 0.55, 0.4)
LOWEST_PICTURE = 220
NAMED, LONG_NAME = 8, 60


def fitted(sheet: Sheet) -> Sheet:
    """The sheet with what it has room for: on three pages, or with each scene of a story on one."""
    most = max((_enough(part) for part in sheet.data["parts"] if part["sort"] == "table"), default=0)
    return _story(sheet, most) if sheet.data["story"] else _view(sheet, most)


def _view(sheet: Sheet, most: int) -> Sheet:
    """As many rows as there is room for, short tables first; if a few of each are too many, fewer parts.

    Where that leaves something out, pictures become smaller if that makes room for much more.
    """
    large = _most(sheet, most, 1.0)
    if large == (len(sheet.data["parts"]), most) or not sheet.files:
        return _cut(sheet, *large, 1.0)
    small = _most(sheet, most, SMALLER)
    much_more = _worth(*small, ENOUGH) > _worth(*large, 1.0)
    return _cut(sheet, *small, SMALLER) if much_more else _cut(sheet, *large, 1.0)


def _worth(parts: int, most: int, share: float) -> tuple[int, int, float]:
    """What is shown, the weightiest first: parts, rows of short tables, and this share of the rows of long ones."""
    return parts, min(most, SHORT), share * _of_long(most)


def _enough(part: Data) -> int:
    """With how many rows allowed a table is whole, or shows all that are worth trying."""
    rows = len(part["rows"])
    return rows if _is_short(part) else rows + SHORT - FEWEST_OF_LONG


def _is_short(part: Data) -> bool:
    return bool(part["total"] <= SHORT)


def _of_long(most: int) -> int:
    """How many rows a long table gets: few until short tables are whole, and from there on more."""
    return FEWEST_OF_LONG + max(0, most - SHORT)


def _most(sheet: Sheet, most: int, scale: float) -> tuple[int, int]:
    """How many parts there is room for, and how many rows to allow, with pictures of this scale."""
    few = min(FEWEST_ROWS, most)

    def filled(parts: int, rows: int) -> float:
        return float(typeset.measured(_cut(sheet, parts, rows, scale))["filled"])

    parts = largest(0, len(sheet.data["parts"]), lambda number: filled(number, few) < MOST_PAGES)
    return parts, closest(few, most, lambda rows: filled(parts, rows), MOST_PAGES)


def _story(sheet: Sheet, most: int) -> Sheet:
    """A page for each scene: in smaller type, then with fewer rows, where the words leave no room."""
    scenes, few = _scenes(sheet.data), min(FEWEST_ROWS, most)

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


def closest(least: int, most: int, filled: Callable[[int], float], room: float) -> int:
    """About the largest number up to `most` with which less than the room is filled; `least` is taken to fit.

    Few numbers are tried: each where the room would be full if what is filled grew evenly.
    """
    if most <= least or (over := filled(most)) < room:
        return max(least, most)
    under = filled(least)
    for _ in range(TRIES):
        if most - least <= 1 or room - under < NEARLY:
            break
        guess = least + int((most - least) * (room - NEARLY / 2 - under) / (over - under))
        guess = min(max(guess, least + 1), most - 1)
        reached = filled(guess)
        least, under, most, over = (guess, reached, most, over) if reached < room else (least, under, guess, reached)
    return least


def _cut(sheet: Sheet, number: int, most: int, scale: float) -> Sheet:
    """The first parts of a view, with at most so many rows each, pictures of this scale, and what is left out."""
    parts = sheet.data["parts"]
    while 0 < number < len(parts) and parts[number - 1]["sort"] == "heading":
        number -= 1
    named = [shortened(part["named"], LONG_NAME) for part in parts[number:]]
    more = [f"{len(named) - NAMED} more"] if len(named) > NAMED else []
    said = f"Left out for want of room, and held by the workbook: {'; '.join([*named[:NAMED], *more])}."
    kept = [shown(part, most) for part in parts[:number]]
    return _with(sheet, parts=kept, left_out=letters.plain(said if named else ""), pictured=scale)


def _told(sheet: Sheet, scenes: list[list[Data]], scale: float, most: int) -> Sheet:
    """The scenes of a story with at most so many rows each, in type of this scale."""
    return _with(sheet, parts=[], scenes=[[shown(part, most) for part in scene] for scene in scenes], scale=scale)


def _with(sheet: Sheet, **changes: object) -> Sheet:
    data = sheet.data | changes
    lacking = str([data["title"], data["statement"], data["parts"], data.get("scenes")]).count(letters.LACKING)
    said = (
        f"{words.count(lacking, 'sign')} cannot be shown in this file (here {letters.LACKING}); the workbook holds all."
    )
    return replace(sheet, data=data | {"lacking": letters.plain(said if lacking else "")})


def shown(part: Data, most: int) -> Data:
    """A table with its first rows, or all if they are hardly more, and a line for the others; another part as it is.

    A table of up to `most` rows is whole, one that is not much longer gets a few, so that the shortest are whole first.
    A long one gets FEWEST_OF_LONG, and one more for each that `most` has beyond SHORT.
    """
    if part["sort"] != "table":
        return part
    total = part["total"]
    few = min(most, FEWEST_ROWS) if _is_short(part) else _of_long(most)
    whole = total <= max(few, min(most, SHORT)) + SPARED
    rows = part["rows"][: total if whole else few]
    said = f"The first {len(rows):,} of {total:,} rows are shown; the workbook holds all."
    if not total:
        said = "There is no row to show."
    return part | {"rows": rows, "cut": letters.plain(said if len(rows) < total or not total else "")}


def _scenes(data: Data) -> list[list[Data]]:
    """The parts of a story scene by scene: each begins with a heading."""
    scenes: list[list[Data]] = []
    for part in data["parts"]:
        if part["sort"] == "heading" or not scenes:
            scenes.append([])
        scenes[-1].append(part)
    empty = [{"sort": "heading", "text": data["title"]}, {"sort": "text", "text": letters.plain("No scene is in it.")}]
    return scenes or [empty]
