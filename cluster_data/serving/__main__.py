"""Compresses Streamlit's files for serving: `python -m cluster_data.serving`. What is already there is kept."""

import sys

from cluster_data.model import words
from cluster_data.serving.assets import compress, store, streamlit_files

made = compress(streamlit_files(), store())
sys.stdout.write(f"{words.count(made, 'file')} compressed.\n" if made else "")
