"""Charts one can hover and click: tables in, Plotly figures out."""

from cluster_data.drawing.charts.bars import by_d_chart, coverage_chart, matches_compared_chart, shares_chart
from cluster_data.drawing.charts.growth import path_chart, regions_chart
from cluster_data.drawing.charts.heat import challenge_grid_chart, d_by_area_chart
from cluster_data.drawing.charts.network import network_chart
from cluster_data.drawing.charts.overlap import overlap_chart
from cluster_data.drawing.charts.rounds import MOST_FIRMS, rounds_chart
from cluster_data.drawing.charts.strips import strips_chart

__all__ = [
    "MOST_FIRMS",
    "by_d_chart",
    "challenge_grid_chart",
    "coverage_chart",
    "d_by_area_chart",
    "matches_compared_chart",
    "path_chart",
    "regions_chart",
    "network_chart",
    "overlap_chart",
    "rounds_chart",
    "shares_chart",
    "strips_chart",
]
