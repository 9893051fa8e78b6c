"""matplotlib: data in, Figure out. Unit and source are written on the figure.

Colours are those of the page, by name: `copydesk.picture` turns each into the page's own variable,
so that one figure serves light and dark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

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


def new_figure(width: float, height: float) -> tuple[Figure, Axes]:
    """A figure of this size in inches with one set of axes, in the house style."""
    with rc_context(STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.add_subplot()
    return figure, axes


def code_colour(code: str) -> str:
    """The colour of a code of loaded language."""
    return PALETTE[code.lower()]


def words_by_line(
    lines: Sequence[Sequence[str | None]],
    letters: Mapping[str, str],
    *,
    x_label: str,
    y_label: str,
    note: str,
    shares: Sequence[str],
) -> Figure:
    """The article in miniature: a row for each line, a cell for each word, coloured where loaded.

    `lines`: for each line its words' codes, None for a word that is not loaded. `letters`: the letter
    of each code, written where its stretch begins, so that colour is not alone. `shares`: a short
    text for the end of each row. `note`: the source, written below.
    """
    with rc_context(STYLE):
        figure, axes = new_figure(5.4, 0.32 * len(lines) + 1.0)
        longest = max((len(line) for line in lines), default=1)
        for row, codes in enumerate(lines):
            axes.add_patch(Rectangle((0, row - 0.34), len(codes), 0.68, facecolor=PANEL))
            for code, first, last in _runs(codes):
                width = last - first + 1
                cell = Rectangle((first, row - 0.34), width, 0.68, facecolor=code_colour(code))
                axes.add_patch(cell)
                axes.text(
                    first + 0.5, row, letters[code], color=PAPER, fontsize=7, fontweight="bold",
                    ha="center", va="center_baseline",
                )  # fmt: skip
            # One path a line draws the cells' borders: a path for each cell would weigh ten times more.
            borders = [x for n in range(len(codes) + 1) for x in (n, n, float("nan"))]
            axes.plot(
                borders,
                [row - 0.34, row + 0.34, float("nan")] * (len(codes) + 1),
                color=PAPER,
                lw=0.8,
            )
            axes.text(len(codes) + 0.6, row, shares[row], fontsize=8, color=SOFT, va="center")
        axes.set(
            xlim=(0, longest + 6),
            ylim=(len(lines) - 0.4, -0.6),
            yticks=range(len(lines)),
            yticklabels=[str(n + 1) for n in range(len(lines))],
            xlabel=x_label,
            ylabel=y_label,
        )
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
        _sign(figure, note)
    return figure


def _runs(codes: Sequence[str | None]) -> list[tuple[str, int, int]]:
    """Stretches of one code as (code, first, last)."""
    runs: list[tuple[str, int, int]] = []
    for n, code in enumerate(codes):
        if code and runs and runs[-1][0] == code and runs[-1][2] == n - 1:
            runs[-1] = (code, runs[-1][1], n)
        elif code:
            runs.append((code, n, n))
    return runs


def marks_by_code(
    counts: Sequence[tuple[str, str, Sequence[int]]],
    *,
    strengths: Sequence[str],
    x_label: str,
    note: str,
) -> Figure:
    """How many marks have each code, by strength.

    `counts`: for each code its name, the code, and the number of marks of strength 1, 2 and 3.
    """
    with rc_context(STYLE):
        figure, axes = new_figure(5.4, 0.42 * len(counts) + 1.5)
        for row, (_, code, by_strength) in enumerate(counts):
            start = 0
            for strength, number in enumerate(by_strength):
                axes.barh(
                    row, number, left=start, height=0.62, color=code_colour(code),
                    alpha=(0.35, 0.65, 1.0)[strength], edgecolor=PAPER, linewidth=1,
                )  # fmt: skip
                start += number
            axes.text(start + 0.12, row, str(start), va="center")
        axes.set(
            yticks=range(len(counts)),
            yticklabels=[name for name, _, _ in counts],
            ylim=(len(counts) - 0.5, -0.5),
            xlabel=x_label,
        )
        axes.xaxis.get_major_locator().set_params(integer=True)
        handles = [Rectangle((0, 0), 1, 1, color=INK, alpha=alpha) for alpha in (0.35, 0.65, 1.0)]
        axes.legend(
            handles, strengths, loc="lower right", fontsize=8, handlelength=1, handleheight=1
        )
        _sign(figure, note)
    return figure


def _sign(figure: Figure, note: str) -> None:
    """Write the source at the foot of a figure."""
    figure.supxlabel(note, x=0.01, ha="left", fontsize=7.5, color=SOFT)
