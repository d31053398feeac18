"""Still pictures: bars and small charts on a screen, charts on paper."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from cluster_data.drawing import pictograms
from cluster_data.drawing.pictures import chart_picture
from cluster_data.elements import Bar, Still
from cluster_data.palette import LIGHT, palette
from cluster_data.ui.frame import View

PRINT_WIDE, DOTS_PER_INCH = 7.5, 96
PRINT_HIGH = 7.5  # inches: a page holds the picture with its heading


def bar(view: View, part: Bar) -> None:
    """A bar, whose words stand beside it."""
    ground = palette(view.dark)
    drawn = pictograms.bar(part.value, part.most, part.colour(ground), ground, part.unknown)
    st.image(drawn, alt="", width="stretch")


def still(view: View, part: Still) -> None:
    """A small picture with the words that stand for it."""
    st.image(part.draw(palette(view.dark)), alt=part.alt, width="stretch")


def on_paper(draw: Callable[[Any], Any], alt: str) -> None:
    """A chart on a light ground, as wide as a page."""
    chart = draw(LIGHT)
    high = min((chart.layout.height or 400) / DOTS_PER_INCH, PRINT_HIGH)
    st.image(chart_picture(chart, PRINT_WIDE, high).svg(), alt=alt, width="stretch")
