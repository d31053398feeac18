"""The time line of money that firms raised or were awarded."""

import math

import pandas as pd
import plotly.graph_objects as go

from cluster_data.drawing.charts.base import Trace, figure_of, inert, scatter, texts, years
from cluster_data.model import words
from cluster_data.palette import Palette

ROW, MOST_FIRMS = 52, 10
LONGEST = 26  # letters of a sum
LETTER = 0.022  # how wide a letter is of the picture on a phone
BEFORE = {"right": 0.0, "center": 0.5, "left": 1.0}  # by side: the share of a text that stands before its mark


def rounds_chart(rows: pd.DataFrame, ground: Palette, unknown: str = "sum not known") -> go.Figure:
    """A line for each of the firms with the newest rounds, a mark for each of its rounds: measures.rounds.rounds.

    A mark is filled where the sum is known, else open: `unknown` says what that means. Its year and its sum stand below
    it. Other dated events are drawn in the same way, without sums.
    """
    firms = list(dict.fromkeys(rows["id"]))[:MOST_FIRMS]
    rows = rows[rows["id"].isin(firms)]
    first, last = int(rows["year"].min()), int(rows["year"].max())
    span = max(last - first, 4)
    start, end = last - span - span * 0.06, last + span * 0.06
    down = {firm: place for place, firm in enumerate(firms)}
    names = rows.drop_duplicates("id")
    above = [place - 0.14 for place in down.values()]
    said = [inert(words.cut(name, 40)) for name in names["firm"]]
    heads = texts([start] * len(firms), above, said, "top right", showlegend=False)
    rows = rows.assign(shown=_with_room(rows, start, end - start))
    marks = []
    for name, part, colour in (
        ("sum known", rows[rows["sum"] != ""], ground.accent),
        (unknown, rows[rows["sum"] == ""], ground.ground),
    ):
        marks.append(_marks(name, part, down, (start, end), colour, ground))
    lines = [
        {"type": "line", "x0": start, "x1": end, "y0": place, "y1": place, "line": {"color": ground.line, "width": 1}}
        | {"layer": "below"}
        for place in down.values()
    ]
    across = years(start, end, math.ceil(span / 6))
    upright = {"visible": False, "range": [len(firms) - 0.4, -0.6]}
    more = {"shapes": lines, "showlegend": True, "margin": {"l": 4, "r": 8, "t": 30, "b": 8}}
    return figure_of(ground, 90 + ROW * len(firms), [heads, *marks], across, upright, **more)


def _marks(
    name: str, rows: pd.DataFrame, down: dict[str, int], across: tuple[float, float], colour: str, ground: Palette
) -> Trace:
    """The rounds whose sum is known, or is not."""
    start, end = across
    told = zip(rows["firm"], rows["year"], rows["sum"].replace("", name), rows["funders"], strict=True)
    return scatter(
        "markers+text",
        rows["year"],
        [down[firm] for firm in rows["id"]],
        name=name,
        marker={"size": 13, "color": colour, "line": {"color": ground.accent, "width": 2}},
        text=[inert(said) for said in rows["shown"]],
        textposition=[f"bottom {_side((year - start) / (end - start))}" for year in rows["year"]],
        hovertext=[inert(", ".join(str(part) for part in row if part)) for row in told],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _side(share: float) -> str:
    """Where the sum of a mark stands, so that it does not leave the picture."""
    return "right" if share < 0.2 else "left" if share > 0.8 else "center"


def _with_room(rows: pd.DataFrame, start: float, span: float) -> list[str]:
    """The year and sum of each round, or its year alone, or nothing, as far as the newer ones of its firm leave room.

    The table has them all.
    """
    taken: dict[str, list[tuple[float, float]]] = {firm: [] for firm in rows["id"]}
    found = []
    for row in rows.itertuples():
        share = (row.year - start) / span
        whole = f"{row.year}: {words.cut(row.sum, LONGEST)}" if row.sum else f"{row.year}"
        for said in dict.fromkeys((whole, f"{row.year}")):
            left = share - BEFORE[_side(share)] * LETTER * len(said)
            right = left + LETTER * len(said)
            if all(right <= other[0] or other[1] <= left for other in taken[row.id]):
                taken[row.id].append((left, right))
                found.append(said)
                break
        else:
            found.append("")
    return found
