"""Plots of the attribution desk: claims by voice, and words by voice."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from copydesk.plots.style import PALETTE, PANEL, PAPER, SOFT, house_style, new_figure, sign

# The colours that the task's page gives to the voices, in the order of the codebook.
VOICE_COLOURS = {
    "reporter": PALETTE["emotive"],
    "named-person": PALETTE["soften"],
    "named-organisation": PALETTE["verb"],
    "unnamed-official": PALETTE["doubt"],
    "document": PALETTE["verdict"],
}


def matrix(
    rows: Sequence[tuple[str, int, str]],
    columns: Sequence[str],
    *,
    letters: dict[str, str],
    note: str,
) -> Figure:
    """Claims down, sources across; one filled cell a row, with the letter of the voice in it.

    `rows`: for each claim its number, the column, the voice. `columns`: their names, from the left.
    """
    with house_style():
        figure, axes = new_figure(5.4, 0.24 * len(rows) + 1.7)
        for y, (_, x, voice) in enumerate(rows):
            axes.add_patch(Rectangle((-0.5, y - 0.42), len(columns), 0.84, facecolor=PANEL))
            axes.add_patch(
                Rectangle((x - 0.42, y - 0.42), 0.84, 0.84, facecolor=VOICE_COLOURS[voice])
            )
            axes.text(
                x, y, letters[voice], color=PAPER, fontsize=8, fontweight="bold",
                ha="center", va="center_baseline",
            )  # fmt: skip
        axes.set(
            xlim=(-0.5, len(columns) - 0.5),
            ylim=(len(rows) - 0.4, -0.6),
            xticks=range(len(columns)),
            yticks=range(len(rows)),
        )
        axes.set_xticklabels(columns, fontsize=8)
        axes.set_yticklabels([number for number, _, _ in rows], fontsize=8)
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.spines[["left", "bottom"]].set_visible(False)
        sign(figure, note)
    return figure


def words_by_voice(
    shares: Sequence[tuple[str, str | None, int]], total: int, *, x_label: str, note: str,
    percent: str,
) -> Figure:  # fmt: skip
    """How many words each voice has.

    `shares`: for each row its name, its voice (None for words of no claim), and its words.
    `percent`: a text with a place {n}, written behind the bar.
    """
    with house_style():
        figure, axes = new_figure(5.4, 0.42 * len(shares) + 1.1)
        for row, (_, voice, words) in enumerate(shares):
            colour = VOICE_COLOURS[voice] if voice else PAPER
            axes.barh(row, words, height=0.62, facecolor=colour, edgecolor=SOFT, linewidth=0.8)
            share = percent.format(n=round(100 * words / total) if total else 0)
            axes.text(words + 0.01 * total, row, f"{words} = {share}", va="center", fontsize=9)
        axes.set(
            yticks=range(len(shares)),
            yticklabels=[name for name, _, _ in shares],
            ylim=(len(shares) - 0.5, -0.5),
            xlim=(0, 1.25 * max((words for _, _, words in shares), default=1)),
            xlabel=x_label,
        )
        sign(figure, note)
    return figure
