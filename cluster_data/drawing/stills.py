"""Bars as small SVG pictures beside words: a number against the most, and the rows of a short table."""

from xml.sax.saxutils import escape

import pandas as pd

from cluster_data.model import words
from cluster_data.palette import Palette

FONT = "Source Sans, Arial, Helvetica, sans-serif"
BAR_ROW, BAR_NAME = 54, 40


def bar(value: float, most: float, colour: str, ground: Palette, unknown: bool = False) -> str:
    """A bar of `value` against `most`, without words: they stand beside it. What is not known is striped."""
    share = 400 * value / most if most else 0
    drawn = f'<rect width="{share:.0f}" height="24" rx="4" fill="{colour}"/>'
    if unknown:
        drawn = f'<path d="M0 12H{share:.0f}" stroke="{ground.quiet}" stroke-width="24" stroke-dasharray="8 6"/>'
    track = f'<rect width="400" height="24" rx="4" fill="{ground.land}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 24" width="400" height="24">{track}{drawn}</svg>'


def bars(table: pd.DataFrame, ground: Palette, unknown: str) -> str:
    """The column `all` of a table by label, a bar with its number each; that of the label `unknown` is not filled."""
    most, high = max([1, *table["all"]]), BAR_ROW * len(table)
    drawn = []
    for place, row in enumerate(table.to_dict("records")):
        y, wide = place * BAR_ROW, 335 * row["all"] / most
        look = f'fill="{ground.accent}"'
        if row["label"] == unknown:
            look = f'fill="{ground.ground}" stroke="{ground.quiet}" stroke-width="1.5" stroke-dasharray="5 3"'
        drawn.append(
            f'<text x="0" y="{y + 18}">{escape(words.cut(str(row["label"]), BAR_NAME))}</text>'
            f'<rect x="1" y="{y + 26}" width="{max(wide, 2):.0f}" height="16" rx="2" {look}/>'
            f'<text x="{wide + 8:.0f}" y="{y + 41}">{row["all"]:,}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 {high}" width="400" height="{high}">'
        f'<g font-family="{FONT}" font-size="19" fill="{ground.text}">{"".join(drawn)}</g></svg>'
    )
