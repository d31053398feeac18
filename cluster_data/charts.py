"""Charts one can hover and click: tables in, Plotly figures out. Each measure's chart bears its name."""

import textwrap

import pandas as pd
import plotly.graph_objects as go

from cluster_data.palette import GLYPHS, Palette, readable_on

FONT = "Source Sans, sans-serif"
ROW = 58
BETWEEN_ROWS = 26
EMPTY = "Nothing to draw for this choice"


def _figure(ground: Palette, height: int) -> go.Figure:
    figure = go.Figure()
    figure.update_layout(
        height=height,
        margin={"l": 4, "r": 8, "t": 8, "b": 8},
        paper_bgcolor=ground.ground,
        plot_bgcolor=ground.ground,
        font={"family": FONT, "size": 14, "color": ground.text},
        hoverlabel={"font": {"family": FONT, "size": 14}},
        showlegend=False,
        dragmode=False,
        bargap=0.3,
    )
    figure.update_xaxes(showgrid=False, zeroline=False, fixedrange=True)
    figure.update_yaxes(showgrid=False, zeroline=False, fixedrange=True, automargin=True)
    return figure


def by_d_chart(table: pd.DataFrame, sorts: dict[str, str], ground: Palette) -> go.Figure:
    """One row of bars per sort of record, one bar per D with its number: the table of measures.counts.by_d.

    `sorts` gives the columns to draw and their labels.
    """
    figure = _figure(ground, 60 + 34 * len(sorts) * len(table))
    marks = [f"{GLYPHS[row.symbol]} {row.label}" for row in table.itertuples()]
    for row, (colour, mark) in enumerate(zip(table[ground.d_column], marks, strict=True)):
        figure.add_bar(
            y=[list(sorts.values()), [mark] * len(sorts)],
            x=[int(table[sort].iloc[row]) for sort in sorts],
            orientation="h",
            marker_color=colour,
            text=[f"{table[sort].iloc[row]:,}" for sort in sorts],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{x}<extra></extra>",
        )
    figure.update_layout(barmode="stack")
    figure.update_xaxes(visible=False, range=[0, max(1, table[list(sorts)].max().max()) * 1.12])
    figure.update_yaxes(autorange="reversed", showdividers=False)
    return figure


def shares_chart(table: pd.DataFrame, ground: Palette, unknown: str = "Unknown") -> go.Figure:
    """Horizontal bars of the column `all` of a table by label; the bar of what is not known is hollow."""
    rows = table[(table["all"] > 0) | (table["label"] != unknown)]
    figure = _figure(ground, 40 + 34 * len(rows))
    hollow = rows["label"] == unknown
    figure.add_bar(
        y=rows["label"],
        x=rows["all"],
        orientation="h",
        marker={
            "color": [ground.ground if empty else ground.accent for empty in hollow],
            "line": {"color": ground.quiet, "width": [1.5 if empty else 0 for empty in hollow]},
        },
        text=[f"{value:,}" for value in rows["all"]],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{x}<extra></extra>",
    )
    figure.update_xaxes(visible=False, range=[0, max(1, rows["all"].max() if len(rows) else 1) * 1.15])
    figure.update_yaxes(autorange="reversed")
    return figure


def matches_compared_chart(table: pd.DataFrame, colours: pd.Series, ground: Palette) -> go.Figure:
    """For each D, firms with it as any of their Ds (open mark) and as their primary D (filled mark), joined by a line."""
    figure = _figure(ground, 70 + 44 * len(table))
    for row, colour in zip(table.itertuples(), colours, strict=True):
        figure.add_scatter(
            x=[row.primary, row.any],
            y=[row.label, row.label],
            mode="lines+markers+text",
            line={"color": colour, "width": 3},
            marker={"size": 16, "color": [colour, ground.ground], "line": {"color": colour, "width": 3}},
            text=[f"{row.primary}", f"{row.any}"],
            textposition=["middle left", "middle right"],
            cliponaxis=False,
            hovertemplate="%{y}: %{x}<extra></extra>",
        )
    figure.update_xaxes(visible=False, range=[-0.12 * table["any"].max() - 1, table["any"].max() * 1.15 + 1])
    figure.update_yaxes(autorange="reversed")
    return figure


def challenge_grid_chart(grid: pd.DataFrame, ground: Palette, chosen: tuple[str | None, str | None]) -> go.Figure:
    """The heat map: a row per challenge with its title above the cells, a column per `column`, the number in each cell.

    `grid` is the table of measures.help.challenge_grid. Cells are square markers too, so that a click gives
    customdata [challenge, column]. `chosen` is framed. Cells that hold no number are hollow.
    """
    down = list(dict.fromkeys(grid["challenge"]))
    across = list(dict.fromkeys(grid["column"]))
    labels = [textwrap.fill(label, 14).replace("\n", "<br>") for label in dict.fromkeys(grid["label"])]
    figure = _figure(ground, 64 + ROW * len(down))
    values = grid["value"].to_numpy().reshape(len(down), len(across))
    most = max(1.0, float(pd.Series(values.ravel()).max() or 0))
    steps = [[place / (len(ground.steps) - 1), colour] for place, colour in enumerate(ground.steps)]
    figure.add_heatmap(
        z=values,
        x=list(range(len(across))),
        y=list(range(len(down))),
        colorscale=steps,
        zmin=0,
        zmax=most,
        xgap=4,
        ygap=BETWEEN_ROWS,
        showscale=False,
        hoverinfo="skip",
    )
    _cell_texts(figure, grid, across, down, most, ground)
    _cell_targets(figure, grid, across, down)
    for place, challenge in enumerate(down):
        title = grid.loc[grid["challenge"] == challenge, "title"].iloc[0]
        figure.add_annotation(
            x=-0.48,
            y=place - 0.28,
            yanchor="bottom",
            text=f"{challenge}  {title}",
            showarrow=False,
            xanchor="left",
            font={"size": 13},
        )
    _frame_cell(figure, across, down, chosen, ground)
    figure.update_layout(clickmode="event+select", margin_t=48)
    figure.update_xaxes(
        side="top", ticks="", tickvals=list(range(len(across))), ticktext=labels, range=[-0.5, len(across) - 0.5]
    )
    figure.update_yaxes(visible=False, range=[len(down) - 0.6, -0.8])
    return figure


def _cell_texts(
    figure: go.Figure, grid: pd.DataFrame, across: list[str], down: list[str], most: float, ground: Palette
) -> None:
    inks = []
    for value in grid["value"]:
        step = 0 if pd.isna(value) else round(value / most * (len(ground.steps) - 1))
        inks.append(ground.quiet if pd.isna(value) else readable_on(ground.steps[step]))
    figure.add_scatter(
        x=[across.index(column) for column in grid["column"]],
        y=[down.index(challenge) + 0.02 for challenge in grid["challenge"]],
        mode="text",
        text=grid["shown"],
        textfont={"color": inks, "size": 14},
        hoverinfo="skip",
    )


def _cell_targets(figure: go.Figure, grid: pd.DataFrame, across: list[str], down: list[str]) -> None:
    invisible = {"marker": {"opacity": 0}}
    figure.add_scatter(
        x=[across.index(column) for column in grid["column"]],
        y=[down.index(challenge) for challenge in grid["challenge"]],
        mode="markers",
        marker={"symbol": "square", "size": 38, "opacity": 0},
        selected=invisible,
        unselected=invisible,
        customdata=grid[["challenge", "column"]].to_numpy(),
        text=[f"{row.title}<br>{row.label}: {row.shown}" for row in grid.itertuples()],
        hovertemplate="%{text}<extra></extra>",
    )


def _frame_cell(
    figure: go.Figure, across: list[str], down: list[str], chosen: tuple[str | None, str | None], ground: Palette
) -> None:
    challenge, column = chosen
    if challenge not in down:
        return
    y = down.index(challenge)
    x = across.index(column) if column in across else None
    left, right = (-0.5, len(across) - 0.5) if x is None else (x - 0.48, x + 0.48)
    figure.add_shape(type="rect", x0=left, x1=right, y0=y - 0.27, y1=y + 0.27, line={"color": ground.text, "width": 3})


def coverage_chart(table: pd.DataFrame, ground: Palette) -> go.Figure:
    """Share of each column that is known: bars from 0 to 100%, the table of measures.coverage.known."""
    figure = _figure(ground, 40 + 28 * len(table))
    figure.add_bar(y=table["label"], x=[100] * len(table), orientation="h", marker_color=ground.land, hoverinfo="skip")
    figure.add_bar(
        y=table["label"],
        x=table["share"],
        orientation="h",
        marker_color=ground.accent,
        text=[f"{row.known} of {row.rows}" for row in table.itertuples()],
        textposition=["inside" if share > 40 else "outside" for share in table["share"]],
        hovertemplate="%{y}: %{x:.0f}%<extra></extra>",
        cliponaxis=False,
    )
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(visible=False, range=[0, 104])
    figure.update_yaxes(autorange="reversed")
    return figure
