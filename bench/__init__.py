"""Speed, memory and looks of the dashboard: run `python -m bench` from the repository root."""
