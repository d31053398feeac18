"""The time line of money that firms raised or were awarded."""

import math
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from cluster_data.drawing.charts.base import Trace, figure_of, inert, scatter, texts, years
from cluster_data.drawing.fonts import width
from cluster_data.model import words
from cluster_data.palette import Palette

ROW, MOST_FIRMS = 52, 10
NAME, RULE = 0.25, 0.3  # of a row: how far above its marks its name ends, and below them the line that closes it
BEFORE, BEHIND = 0.06, 0.13  # of the years: room for the first mark, and for the last one and its year
LONGEST = 26  # letters of a sum
PHONE, TEXT = 346, 14  # pixels: how wide the picture is on a phone, and the size of its words
BESIDE, AWAY = 9, 16  # from the middle of a mark to its label, and to that of another mark at the nearest
Span = tuple[float, float]


class Label(NamedTuple):
    """Words beside a mark, on which side of it, and from where to where on a phone."""

    said: str
    side: str
    span: Span


NONE = Label("", "right", (0.0, 0.0))


def rounds_chart(rows: pd.DataFrame, ground: Palette, unknown: str = "sum not known") -> go.Figure:
    """A row for each of the firms with the newest rounds, a mark for each of its rounds: measures.rounds.rounds.

    A mark is filled where the sum is known, else open: `unknown` says what that means. Its year and its sum stand
    beside it, the name of the firm above both. Other dated events are drawn in the same way, without sums.
    """
    firms = list(dict.fromkeys(rows["id"]))[:MOST_FIRMS]
    rows = rows[rows["id"].isin(firms)]
    first, last = int(rows["year"].min()), int(rows["year"].max())
    span = max(last - first, 4)
    start, end = last - span * (1 + BEFORE), last + span * BEHIND
    down = {firm: place for place, firm in enumerate(firms)}
    names = rows.drop_duplicates("id")
    above = [place - NAME for place in down.values()]
    said = [inert(words.cut(name, 40)) for name in names["firm"]]
    heads = texts([start] * len(firms), above, said, "top right", showlegend=False)
    labels = {(firm, year): one for firm, own in rows.groupby("id") for year, one in _labels(own, start, end).items()}
    found = [labels.pop(mark, NONE) for mark in zip(rows["id"], rows["year"], strict=True)]
    rows = rows.assign(shown=[one.said for one in found], side=[one.side for one in found])
    marks = []
    for name, part, colour in (
        ("sum known", rows[rows["sum"] != ""], ground.accent),
        (unknown, rows[rows["sum"] == ""], ground.ground),
    ):
        marks.append(_marks(name, part, down, colour, ground))
    lines = [
        {"type": "line", "x0": start, "x1": end, "y0": place, "y1": place, "line": {"color": ground.line, "width": 1}}
        | {"layer": "below"}
        for place in (place + RULE for place in down.values())
    ]
    across = years(start, end, math.ceil(span / 6))
    upright = {"visible": False, "range": [len(firms) - 0.6, -0.75]}
    more = {"shapes": lines, "showlegend": True, "margin": {"l": 4, "r": 8, "t": 30, "b": 8}}
    return figure_of(ground, 90 + ROW * len(firms), [heads, *marks], across, upright, **more)


def _marks(name: str, rows: pd.DataFrame, down: dict[str, int], colour: str, ground: Palette) -> Trace:
    """The rounds whose sum is known, or is not."""
    told = zip(rows["firm"], rows["year"], rows["sum"].replace("", name), rows["funders"], strict=True)
    return scatter(
        "markers+text",
        rows["year"],
        [down[firm] for firm in rows["id"]],
        name=name,
        marker={"size": 13, "color": colour, "line": {"color": ground.accent, "width": 2}},
        text=[inert(said) for said in rows["shown"]],
        textposition=[f"middle {side}" for side in rows["side"]],
        hovertext=[inert(", ".join(str(part) for part in row if part)) for row in told],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _labels(rows: pd.DataFrame, start: float, end: float) -> dict[int, Label]:
    """What is shown beside the marks of a firm, by year, so that it touches no other mark or label.

    First each has its year, then, the newest first, year and sum or the sum alone, as there is room. The table has all.
    """
    sums = rows.drop_duplicates("year").set_index("year")["sum"].to_dict()
    at = {year: (year - start) / (end - start) * PHONE for year in sums}
    labels = dict.fromkeys(sums, NONE)
    for with_sum in (False, True):
        for year, money in sums.items():
            said = words.cut(money, LONGEST)
            forms = ([f"{year}: {said}", said] if said else []) if with_sum else [f"{year}"]
            others = [span for one, x in at.items() if one != year for span in ((x - AWAY, x + AWAY), labels[one].span)]
            tried = (_beside(at[year], form, side) for form in forms for side in ("right", "left"))
            labels[year] = next((one for one in tried if _is_free(one.span, others)), labels[year])
    return labels


def _beside(x: float, said: str, side: str) -> Label:
    """A label on a side of a mark."""
    near, far = BESIDE, BESIDE + width(said, TEXT)
    return Label(said, side, (x + near, x + far) if side == "right" else (x - far, x - near))


def _is_free(span: Span, others: list[Span]) -> bool:
    left, right = span
    return left >= 0 and right <= PHONE and all(right <= other[0] or other[1] <= left for other in others)
