"""The cluster: its tables, what can be asked of them, and how the answers are drawn."""
