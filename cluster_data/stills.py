"""Still pictures as SVG text: the map of the region and the bars of the first page. Tables in, text out."""

import re
from io import StringIO
from typing import Any

import geopandas as gpd
import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cluster_data.palette import Palette, readable_on

MARKERS = {"square": "s", "circle": "o", "triangle": "^", "diamond": "D", "pentagon": "p", "cross": "X"}
METRES = 27700
TEXT = {
    "svg.fonttype": "none",
    "font.family": ["Source Sans Pro", "Arial", "Helvetica", "sans-serif"],
    "svg.hashsalt": "still",
}


def bar(value: float, most: float, colour: str, ground: Palette) -> str:
    """A bar of `value` against `most`, without words: they stand beside it."""
    figure = Figure(figsize=(4, 0.3))
    axes = _bare_axes(figure)
    axes.barh([0], [1], color=ground.land)
    axes.barh([0], [value / most if most else 0], color=colour)
    axes.set_xlim(0, 1)
    return _svg(figure)


def region_map(
    boundaries: dict[str, Any],
    basemap: dict[str, Any],
    outlined: list[str],
    points: pd.DataFrame,
    bubbles: pd.DataFrame,
    towns: pd.DataFrame,
    ground: Palette,
) -> str:
    """The region with its firms: borders, roads, points by D and one bubble per place that stands for several.

    `points`: lat, lon, symbol, colour_light, colour_dark. `bubbles`: lat, lon, records. `towns`: name, lat, lon. `outlined`: area codes
    whose common border is drawn strong.
    """
    areas = _frame(boundaries)
    figure = Figure(figsize=(7, 7.3))
    axes = _bare_axes(figure)
    around = _frame(basemap)
    _draw(
        around[around["layer"] == "neighbour"],
        axes,
        facecolor=ground.outside,
        edgecolor=ground.line,
        linewidth=0.6,
    )
    _draw(areas, axes, facecolor=ground.land, edgecolor=ground.line, linewidth=0.8)
    _draw(around[around["layer"] != "neighbour"], axes, color=ground.line, linewidth=0.7)
    inner = areas[areas["lad_code"].isin(outlined)]
    if len(inner):
        _draw(
            gpd.GeoDataFrame(geometry=[inner.union_all()], crs=METRES),
            axes,
            facecolor="none",
            edgecolor=ground.text,
            linewidth=1.6,
        )
    _bubbles(axes, bubbles, ground)
    _points(axes, points, ground)
    _towns(axes, towns, ground)
    west, south, east, north = areas.total_bounds
    axes.set_xlim(west - 4000, east + 4000)
    axes.set_ylim(south - 4000, north + 4000)
    axes.set_aspect("equal")
    return _svg(figure)


def _frame(geojson: dict[str, Any]) -> gpd.GeoDataFrame:
    frame = gpd.GeoDataFrame.from_features(geojson["features"], crs=4326).to_crs(METRES)
    frame["geometry"] = frame.geometry.simplify(400)
    return frame


def _draw(frame: gpd.GeoDataFrame, axes: Axes, **style: Any) -> None:
    if len(frame):
        frame.plot(ax=axes, aspect=None, **style)


def _metres(table: pd.DataFrame) -> tuple[Any, Any]:
    where = gpd.GeoSeries(gpd.points_from_xy(table["lon"], table["lat"]), crs=4326).to_crs(METRES)
    return where.x, where.y


def _bubbles(axes: Axes, bubbles: pd.DataFrame, ground: Palette) -> None:
    if bubbles.empty:
        return
    east, north = _metres(bubbles)
    size = 120 + 26 * bubbles["records"].to_numpy()
    axes.scatter(
        east, north, s=size, color=ground.accent, alpha=0.92, edgecolor=ground.ground, linewidth=1.2, zorder=6
    )
    for x, y, records in zip(east, north, bubbles["records"], strict=True):
        style = {"ha": "center", "va": "center_baseline", "fontsize": 12, "zorder": 7}
        axes.text(x, y, str(records), color=readable_on(ground.accent), fontweight="bold", **style)


def _points(axes: Axes, points: pd.DataFrame, ground: Palette) -> None:
    drawn = points.assign(
        symbol=points["symbol"].fillna("circle"), colour=points[ground.d_column].fillna(ground.quiet)
    )
    for (symbol, colour), same in drawn.groupby(["symbol", "colour"]):
        east, north = _metres(same)
        axes.scatter(
            east,
            north,
            s=90,
            marker=MARKERS[symbol],
            color=colour,
            edgecolor=ground.ground,
            linewidth=0.9,
            zorder=5,
        )


def _towns(axes: Axes, towns: pd.DataFrame, ground: Palette) -> None:
    if towns.empty:
        return
    east, north = _metres(towns)
    for x, y, name in zip(east, north, towns["name"], strict=True):
        halo = {"facecolor": ground.land, "edgecolor": "none", "alpha": 0.75, "pad": 1}
        axes.text(
            x, y + 5200, name, ha="center", va="bottom", fontsize=14, color=ground.text, bbox=halo, zorder=8
        )


def _bare_axes(figure: Figure) -> Axes:
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    return axes


def _svg(figure: Figure) -> str:
    written = StringIO()
    with mpl.rc_context(TEXT):
        figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    shorter = re.sub(r"(\d\.\d)\d+", r"\1", written.getvalue())
    return shorter[shorter.index("<svg") :]
