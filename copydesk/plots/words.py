"""Plots of the words desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from copydesk.plots.style import INK, PANEL, PAPER, SOFT, code_colour, house_style, new_figure, sign


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

    `lines`: for each line its words' codes, None for a word that is not loaded. `letters`: the
    letter of each code, written where its stretch begins, so that colour is not alone. `shares`: a
    short text for the end of each row. `note`: the source, written below.
    """
    with house_style():
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
            # One path draws a line's borders: a path for each cell would weigh ten times more.
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
        sign(figure, note)
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
    with house_style():
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
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        handles = [Rectangle((0, 0), 1, 1, color=INK, alpha=alpha) for alpha in (0.35, 0.65, 1.0)]
        axes.legend(
            handles, strengths, loc="lower right", fontsize=8, handlelength=1, handleheight=1
        )
        sign(figure, note)
    return figure
