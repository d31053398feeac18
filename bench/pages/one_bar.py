"""A minimal Streamlit page with one Plotly bar chart and one filter."""

import plotly.graph_objects as go
import streamlit as st

COUNTS = {"data": 12, "devices": 61, "diagnostics": 24, "digital": 38}

chosen = st.multiselect("D", list(COUNTS), key="d", bind="query-params")
shown = {name: COUNTS[name] for name in chosen or COUNTS}
st.plotly_chart(go.Figure(go.Bar(x=list(shown), y=list(shown.values()))))
