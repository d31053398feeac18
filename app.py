"""The dashboard: menu, filter bar and the page asked for. Run with `streamlit run app.py`."""

from cluster_data import ui

ui.frame()
