"""Charts and maps: for the screen by Plotly and deck.gl, and as still pictures for files."""
