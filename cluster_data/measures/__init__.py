"""Numbers computed from a Cluster and a Filter: pure functions, small frames out, ready to draw."""
