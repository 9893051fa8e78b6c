"""Plots of what is not there: lines by what they add, counted words, reuse, a timeline."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from copydesk.plots.style import INK, PALETTE, PAPER, SOFT, house_style, new_figure, sign

ADDS_COLOURS = {
    "today": PALETTE["soften"],
    "party": PALETTE["emotive"],
    "background": PALETTE["line"],
}


def lines_by_part(
    lines: Sequence[tuple[int, str, str, str]], *, x_label: str, y_label: str, note: str
) -> Figure:
    """A bar for each line of the article, as long as it has words.

    `lines`: for each its words, what it adds, the letter of that, and the part in words.
    """
    with house_style():
        figure, axes = new_figure(5.4, 0.34 * len(lines) + 1.1)
        longest = max((words for words, _, _, _ in lines), default=1)
        for row, (words, adds, letter, part) in enumerate(lines):
            axes.barh(row, words, height=0.66, color=ADDS_COLOURS[adds], edgecolor=SOFT, lw=0.6)
            ink = INK if adds == "background" else PAPER
            axes.text(
                0.6, row, letter, color=ink, fontweight="bold", va="center_baseline", fontsize=9
            )
            axes.text(words + 0.6, row, f"{words}  {part}", va="center", fontsize=8)
        axes.set(
            yticks=range(len(lines)),
            yticklabels=[str(n + 1) for n in range(len(lines))],
            ylim=(len(lines) - 0.5, -0.5),
            xlim=(0, 1.75 * longest),
            xlabel=x_label,
            ylabel=y_label,
        )
        axes.tick_params(axis="y", length=0)
        sign(figure, note)
    return figure


def counted_words(counts: Sequence[tuple[str, int]], *, x_label: str, note: str) -> Figure:
    """A bar for each word that was looked for; 0 is written out, for there is no bar to see."""
    with house_style():
        figure, axes = new_figure(5.4, 0.36 * len(counts) + 1.1)
        for row, (_, count) in enumerate(counts):
            axes.barh(row, count, height=0.6, color=PALETTE["soften"])
            weight = "normal" if count else "bold"
            axes.text(count + 0.1, row, str(count), va="center", fontweight=weight)
        axes.set(
            yticks=range(len(counts)),
            yticklabels=[word for word, _ in counts],
            ylim=(len(counts) - 0.5, -0.5),
            xlim=(0, max((count for _, count in counts), default=0) + 1),
            xlabel=x_label,
        )
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        sign(figure, note)
    return figure


def found_again(
    lines: Sequence[tuple[float, str, str]], *, x_label: str, y_label: str, note: str
) -> Figure:
    """For each line the percentage of its words that a later text has again.

    `lines`: for each the share in 0..1, what it adds, and the letter of that.
    """
    with house_style():
        figure, axes = new_figure(5.4, 0.32 * len(lines) + 1.2)
        for row, (share, adds, _) in enumerate(lines):
            percent = 100 * share
            axes.barh(row, percent, height=0.62, color=ADDS_COLOURS[adds], edgecolor=SOFT, lw=0.6)
            axes.text(percent + 1.5, row, f"{percent:.0f}%", va="center", fontsize=9)
        axes.set(
            yticks=range(len(lines)),
            yticklabels=[f"{n + 1} {letter}" for n, (_, _, letter) in enumerate(lines)],
            ylim=(len(lines) - 0.5, -0.5),
            xlim=(0, 112),
            xticks=(0, 25, 50, 75, 100),
            xlabel=x_label,
            ylabel=y_label,
        )
        axes.tick_params(axis="y", length=0)
        sign(figure, note)
    return figure


def timeline(
    events: Sequence[tuple[str, str, str, int]], *, line_at: int, line_text: str, note: str
) -> Figure:
    """Events in order, one a row, evenly spaced: days of a month stand beside years later.

    `events`: for each its day, who, what, and -1, 0 or 1 for before, on and after the day of the
    article. `line_at`: the number of rows above the line that stands for the article.
    """
    with house_style():
        figure, axes = new_figure(5.4, 0.44 * len(events) + 1.0)
        ends = [row + (1 if row >= line_at else 0) for row in range(len(events))]
        axes.plot([0, 0], [-0.5, len(events) + 0.5], color=SOFT, lw=1)
        styles = {-1: "full", 0: "left", 1: "none"}
        for y, (day, who, what, when) in zip(ends, events, strict=True):
            axes.plot(
                0, y, marker="o", ms=8, color=PALETTE["soften"], markerfacecoloralt=PAPER,
                fillstyle=styles[when], markeredgecolor=PALETTE["soften"],
            )  # fmt: skip
            axes.text(-0.2, y, day, ha="right", va="center", fontsize=8, color=SOFT)
            axes.text(0.2, y - 0.2, who, va="center", fontsize=8, fontweight="bold")
            axes.text(0.2, y + 0.22, what, va="center", fontsize=8)
        axes.axhline(line_at, color=PALETTE["accent"], lw=1.2, ls="--", zorder=0)
        axes.text(
            0.2, line_at - 0.12, line_text, color=PALETTE["accent"], fontsize=8.5,
            fontweight="bold", va="bottom",
        )  # fmt: skip
        axes.set(xlim=(-1.5, 6.2), ylim=(len(events) + 0.6, -0.6))
        axes.set_axis_off()
        sign(figure, note)
    return figure
