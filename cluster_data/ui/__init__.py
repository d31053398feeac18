"""Everything that is drawn in Streamlit. With load.py, the only part of the package that knows it."""

from cluster_data.ui.frame import begin, frame
from cluster_data.ui.render import show

__all__ = ["begin", "frame", "show"]
