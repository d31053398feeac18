"""Still pictures as SVG text: the map of the region and the bars of the first page. Tables in, text out.

The ground of the map is drawn by geopandas and matplotlib once per pack and theme; marks are laid over it, so that a
choice of the reader costs next to nothing.
"""

import re
from dataclasses import dataclass
from io import StringIO
from typing import Any
from xml.sax.saxutils import escape

import geopandas as gpd
import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cluster_data.palette import Palette, readable_on
from cluster_data.pictograms import SHAPES

METRES = 27700
DEGREES = 4326
WIDE = 560
MARGIN = 4000
FONT = "Source Sans Pro, Source Sans 3, Arial, Helvetica, sans-serif"


def bar(value: float, most: float, colour: str, ground: Palette) -> str:
    """A bar of `value` against `most`, without words: they stand beside it."""
    share = 400 * value / most if most else 0
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 24" width="400" height="24">'
        f'<rect width="400" height="24" rx="4" fill="{ground.land}"/>'
        f'<rect width="{share:.0f}" height="24" rx="4" fill="{colour}"/></svg>'
    )


@dataclass(frozen=True)
class Ground:
    """The drawn ground of a map: SVG text without its end, and how metres become its pixels."""

    svg: str
    west: float
    north: float
    scale: float

    def place(self, table: pd.DataFrame) -> tuple[Any, Any]:
        """Pixels from the left and from the top of the columns east and north, in metres."""
        return (table["east"] - self.west) * self.scale, (self.north - table["north"]) * self.scale


def region_ground(boundaries: dict[str, Any], basemap: dict[str, Any], outlined: list[str], palette: Palette) -> Ground:
    """Neighbours, areas, roads and railways, with the common border of the areas `outlined` drawn strong."""
    areas, around = _frame(boundaries), _frame(basemap)
    west, south, east, north = areas.total_bounds + [-MARGIN, -MARGIN, MARGIN, MARGIN]
    high = WIDE * (north - south) / (east - west)
    figure = Figure(figsize=(WIDE / 72, high / 72))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    around = around.clip((west, south, east, north))
    neighbours = around["layer"] == "neighbour"
    _draw(around[neighbours], axes, facecolor=palette.outside, edgecolor=palette.line, linewidth=0.6)
    _draw(areas, axes, facecolor=palette.land, edgecolor=palette.line, linewidth=0.8)
    _draw(around[~neighbours], axes, color=palette.line, linewidth=0.7)
    inner = areas[areas["lad_code"].isin(outlined)]
    if len(inner):
        merged = gpd.GeoDataFrame(geometry=[inner.union_all()], crs=METRES)
        _draw(merged, axes, facecolor="none", edgecolor=palette.text, linewidth=1.6)
    axes.set(xlim=(west, east), ylim=(south, north), aspect="auto")
    return Ground(_svg(figure).removesuffix("</svg>\n"), west, north, WIDE / (east - west))


def region_map(
    ground: Ground, points: pd.DataFrame, bubbles: pd.DataFrame, towns: pd.DataFrame, palette: Palette
) -> str:
    """Points by D, one bubble per place that stands for several firms, and the names of towns over the ground.

    `points`: symbol, colour_light, colour_dark. `bubbles`: records. `towns`: name. Each with east and north in metres.
    """
    marks = [*_points(ground, points, palette), *_bubbles(ground, bubbles, palette), *_towns(ground, towns, palette)]
    return f"{ground.svg}<g font-family='{FONT}' text-anchor='middle'>{''.join(marks)}</g></svg>"


def _frame(geojson: dict[str, Any]) -> gpd.GeoDataFrame:
    frame = gpd.GeoDataFrame.from_features(geojson["features"], crs=DEGREES).to_crs(METRES)
    frame["geometry"] = frame.geometry.simplify(500)
    return frame


def _draw(frame: gpd.GeoDataFrame, axes: Axes, **style: Any) -> None:
    if len(frame):
        frame.plot(ax=axes, aspect=None, **style)


def _points(ground: Ground, points: pd.DataFrame, palette: Palette) -> list[str]:
    symbols = points["symbol"].fillna("circle")
    colours = points[palette.d_column].fillna(palette.quiet)
    left, top = ground.place(points)
    return [
        f'<g transform="translate({x - 8.5:.1f} {y - 8.5:.1f}) scale(.36)" fill="{colour}" stroke="{palette.ground}" '
        f'stroke-width="4">{SHAPES[symbol]}</g>'
        for x, y, symbol, colour in zip(left, top, symbols, colours, strict=True)
    ]


def _bubbles(ground: Ground, bubbles: pd.DataFrame, palette: Palette) -> list[str]:
    left, top = ground.place(bubbles)
    ink = readable_on(palette.accent)
    return [
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{7.5 + 1.6 * records**0.5:.1f}" fill="{palette.accent}" '
        f'stroke="{palette.ground}"/>'
        f'<text x="{x:.1f}" y="{y + 4.5:.1f}" font-size="13" font-weight="700" fill="{ink}">{records}</text>'
        for x, y, records in zip(left, top, bubbles["records"], strict=True)
    ]


def _towns(ground: Ground, towns: pd.DataFrame, palette: Palette) -> list[str]:
    left, top = ground.place(towns)
    style = f'font-size="15" fill="{palette.text}" stroke="{palette.land}" stroke-width="3" paint-order="stroke"'
    return [
        f'<text x="{x:.1f}" y="{y - 14:.1f}" {style}>{escape(name)}</text>'
        for x, y, name in zip(left, top, towns["name"], strict=True)
    ]


def _svg(figure: Figure) -> str:
    written = StringIO()
    with mpl.rc_context({"svg.hashsalt": "ground"}):
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    shorter = re.sub(r"(\d\.\d)\d+", r"\1", written.getvalue())
    return shorter[shorter.index("<svg") :]
