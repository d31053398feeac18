"""The kind of page Overview is, in Dash: a still map, four tiles and bars. Run with a port."""

import json
import sys
from base64 import b64encode
from pathlib import Path

import plotly.graph_objects as go
from dash import Dash, dcc, html

BORDERS = Path(__file__).parents[2] / "data" / "boundaries.geojson"
COUNTS = {"Data": 12, "Devices": 61, "Diagnostics": 24, "Digital": 38}
WIDE, HIGH = 300, 480  # pixels in a degree


def rings(geometry: dict) -> list:
    """All rings of a polygon or of several."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def map_picture() -> str:
    """The borders as an SVG picture, inline."""
    features = json.loads(BORDERS.read_text(encoding="utf-8"))["features"]
    shapes = [ring for feature in features for ring in rings(feature["geometry"])]
    west = min(x for ring in shapes for x, _ in ring)
    north = max(y for ring in shapes for _, y in ring)
    placed = ([((x - west) * WIDE, (north - y) * HIGH) for x, y in ring] for ring in shapes)
    lines = (" ".join(f"{x:.1f},{y:.1f}" for x, y in ring) for ring in placed)
    outlines = "".join(f'<polygon points="{line}" fill="#eee" stroke="#555"/>' for line in lines)
    picture = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 800">{outlines}</svg>'
    return "data:image/svg+xml;base64," + b64encode(picture.encode()).decode()


app = Dash(__name__, serve_locally=True)
app.layout = html.Main(
    [
        html.H1("The cluster at a glance"),
        html.Div([html.Div([html.P(name), html.H2(count)]) for name, count in COUNTS.items()]),
        html.Img(src=map_picture(), alt="Borders of the region", style={"width": "700px"}),
        dcc.Graph(figure=go.Figure(go.Bar(x=list(COUNTS), y=list(COUNTS.values())))),
    ]
)

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
