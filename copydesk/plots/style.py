"""matplotlib: data in, Figure out. Unit and source are written on the figure.

Colours are those of the page, by name: `copydesk.picture` turns each into the page's own variable,
so that one figure serves light and dark.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, cast

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# Name of the page's variable -> its light value, which stands where the page has no such variable.
PALETTE = {
    "ink": "#1c1a17",
    "ink-soft": "#57524a",
    "paper": "#fffdf8",
    "panel": "#f6f2e9",
    "line": "#d9d2c3",
    "accent": "#8a1c1c",
    "good": "#1f6b3a",
    "warn": "#9a4a00",
    "label": "#8a1c4a",
    "emotive": "#9a3412",
    "doubt": "#5b3aa0",
    "soften": "#155e75",
    "verdict": "#7a5400",
    "verb": "#2f5d1e",
}
INK, SOFT, PAPER, PANEL, LINE = (PALETTE[n] for n in ("ink", "ink-soft", "paper", "panel", "line"))

STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "text.color": INK,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "figure.facecolor": "none",
    "grid.color": LINE,
    "legend.frameon": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "copydesk",
}


def house_style() -> AbstractContextManager[None]:
    """A context in which matplotlib draws in the house style, and which leaves no trace."""
    # The names of settings are a closed list to the type checker; ours are checked as they are set.
    return rc_context(cast(Any, STYLE))


def new_figure(width: float, height: float) -> tuple[Figure, Axes]:
    """A figure of this size in inches with one set of axes, in the house style."""
    with house_style():
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.add_subplot()
    return figure, axes


def code_colour(code: str) -> str:
    """The colour of a code of loaded language."""
    return PALETTE[code.lower()]


def sign(figure: Figure, note: str) -> None:
    """Write the source at the foot of a figure."""
    figure.supxlabel(note, x=0.01, ha="left", fontsize=7.5, color=SOFT)
