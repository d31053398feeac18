"""Serves the bare page as `streamlit run` does, at the port that a replica is given."""

import os
import sys

options = {
    "server.port": os.environ["CLUSTER_PORT"],
    "server.address": "127.0.0.1",
    "server.headless": "true",
    "browser.gatherUsageStats": "false",
}
flags = [f"--{name}={value}" for name, value in options.items()]
os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", "bare.py", *flags])
