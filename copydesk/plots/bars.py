"""Plots of parts: the lines of a bill, the votes of a council."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from copydesk.plots.series import WIDTH
from copydesk.plots.style import INK, PALETTE, PANEL, PAPER, SOFT, house_style, new_figure, sign

# How a bar is filled, told apart by hatching as well as by colour.
FILLS: dict[str, dict[str, Any]] = {
    "plain": {"facecolor": PALETTE["soften"], "edgecolor": PALETTE["soften"], "hatch": ""},
    "whole": {"facecolor": INK, "edgecolor": INK, "hatch": ""},
    "odd": {"facecolor": PAPER, "edgecolor": PALETTE["warn"], "hatch": "////"},
    "offset": {"facecolor": PAPER, "edgecolor": PALETTE["accent"], "hatch": "xxxx"},
    "for": {"facecolor": PALETTE["good"], "edgecolor": PAPER, "hatch": ""},
    "abstain": {"facecolor": PANEL, "edgecolor": SOFT, "hatch": ""},
    "against": {"facecolor": PAPER, "edgecolor": PALETTE["accent"], "hatch": "////"},
}


@dataclass(frozen=True)
class Bar:
    """One bar: its name (lines of it), its value, what is written after it, and its fill."""

    name: str
    value: float
    text: str
    fill: str = "plain"


def parts_of_a_sum(
    bars: Sequence[Bar], *, legend: Sequence[tuple[str, str]], x_label: str, note: str
) -> Figure:
    """Bars below each other, each under its name, to compare parts with their whole.

    `legend`: what the fills mean, as (fill, text).
    """
    with house_style():
        lines = [bar.name.count("\n") + 1 for bar in bars]
        # In units of one line of text: the name, the bar, and air.
        heights = [n + 1.5 for n in lines]
        figure, axes = new_figure(WIDTH, 0.175 * sum(heights) + 1.1)
        at, longest = 0.0, max((bar.value for bar in bars), default=1)
        for bar, text_lines, height in zip(bars, lines, heights, strict=True):
            axes.text(0, at + 0.1, bar.name, fontsize=9.5, va="top", linespacing=1.15)
            middle = at + text_lines * 1.02 + 0.62
            axes.barh(middle, bar.value, height=0.8, linewidth=1, **FILLS[bar.fill])
            axes.text(bar.value + longest * 0.015, middle, bar.text, fontsize=9.5, va="center")
            at += height
        axes.set(xlim=(0, longest * 1.3), ylim=(at, 0), yticks=[], xlabel=x_label)
        axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
        axes.spines["left"].set_visible(False)
        handles = [Patch(**FILLS[fill]) for fill, _ in legend]
        axes.legend(
            handles, [text for _, text in legend], loc="lower left", bbox_to_anchor=(0, 1),
            fontsize=9, borderaxespad=0, handlelength=1.6,
        )  # fmt: skip
        sign(figure, note)
    return figure


@dataclass(frozen=True)
class Vote:
    """A vote: its name, the three counts, what came of it, and whether it came after the article.

    `strong`: the outcome is a veto, and is written in bold.
    """

    name: str
    votes_for: int
    abstained: int
    against: int
    outcome: str
    strong: bool = False
    later: bool = False


def votes(
    rows: Sequence[Vote],
    *,
    needed: int,
    needed_label: str,
    legend: tuple[str, str, str],
    later_label: str,
    x_label: str,
    note: str,
) -> Figure:
    """Votes of a council, one bar for each, and the line that a text must reach.

    `needed`: the votes for that a text must have. `legend`: for, abstained, against.
    """
    with house_style():
        lines = [row.name.count("\n") + 1 for row in rows]
        # In units of one line of text: the name, the bar, and air; and one line for `later_label`.
        total = sum(lines) + 1.9 * len(rows) + 1.2 * any(row.later for row in rows)
        figure, axes = new_figure(WIDTH, 0.175 * total + 1.5)
        at, told = 0.0, False
        for row, text_lines in zip(rows, lines, strict=True):
            if row.later and not told:
                told = True
                axes.axhline(at, color=SOFT, lw=1, ls=(0, (2, 2)))
                axes.text(20.5, at + 0.1, later_label, fontsize=9, color=SOFT, ha="right", va="top")
                at += 1.2
            axes.text(0, at + 0.1, row.name, fontsize=9.5, va="top", linespacing=1.15)
            middle, left = at + text_lines * 1.05 + 0.75, 0
            for fill, count in (
                ("for", row.votes_for), ("abstain", row.abstained), ("against", row.against),
            ):  # fmt: skip
                if count:
                    axes.barh(middle, count, left=left, height=1, linewidth=1, **FILLS[fill])
                    patch = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8}
                    axes.text(
                        left + count / 2, middle, str(count), fontsize=9.5, ha="center",
                        va="center_baseline", color=PAPER if fill == "for" else INK,
                        bbox=None if fill == "for" else patch,
                    )  # fmt: skip
                left += count
            axes.plot([needed, needed], [middle - 0.75, middle + 0.75], color=INK, lw=2.2)
            weight = "bold" if row.strong else "normal"
            axes.text(15.25, middle, row.outcome, fontsize=9, va="center", fontweight=weight)
            at += text_lines + 1.9
        axes.text(needed, -0.15, needed_label, fontsize=9, ha="center", va="bottom")
        axes.set(xlim=(0, 20.5), ylim=(at, 0), yticks=[], xticks=[0, 5, 10, 15], xlabel=x_label)
        axes.spines["left"].set_visible(False)
        handles = [Patch(**FILLS[fill]) for fill in ("for", "abstain", "against")]
        axes.legend(
            handles, legend, loc="lower left", bbox_to_anchor=(0, 1.03), ncols=3, fontsize=9,
            borderaxespad=0, handlelength=1.4, columnspacing=1.2,
        )  # fmt: skip
        sign(figure, note)
    return figure
