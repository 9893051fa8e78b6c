"""Plots of the class report."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from copydesk.plots.style import INK, LINE, PALETTE, PAPER, SOFT, house_style, new_figure, sign


def spread(
    points: Sequence[tuple[int, int, int]],
    most: tuple[int, int],
    *,
    x_label: str,
    y_label: str,
    note: str,
) -> Figure:
    """A class by wrongly marked fair places (x) and found loaded places (y).

    `points`: x, y and how many people stand there, written beside the dot where there are more than
    one. `most`: the largest x and y that there can be. The line is where guessing would put people.
    """
    with house_style():
        figure, axes = new_figure(5.4, 3.8)
        axes.plot([0, most[0]], [0, most[1]], color=SOFT, lw=1, ls=(0, (4, 3)), zorder=1)
        largest = max((count for _, _, count in points), default=1)
        for x, y, count in points:
            size = 40 + 300 * (count - 1) / largest
            axes.scatter(
                [x], [y], s=size, color=PALETTE["soften"], edgecolor=PAPER, linewidth=0.8, zorder=2
            )
            if count > 1 and len(points) <= 40:
                axes.annotate(
                    str(count), (x, y), xytext=(7, 5), textcoords="offset points", fontsize=7.5,
                    color=INK, zorder=3,
                )  # fmt: skip
        pad_x, pad_y = max(most[0], 1) * 0.06, max(most[1], 1) * 0.06
        axes.set(
            xlim=(-pad_x, max(most[0], 1) + pad_x),
            ylim=(-pad_y, max(most[1], 1) + pad_y),
            xlabel=x_label,
            ylabel=y_label,
        )
        axes.grid(color=LINE, lw=0.6, zorder=0)
        axes.set_axisbelow(True)
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_major_locator(MaxNLocator(integer=True))
        sign(figure, note)
    return figure


def bars(labels: Sequence[str], values: Sequence[int], *, x_label: str, note: str) -> Figure:
    """Counts as lying bars, the first on top, each with its number at its end."""
    with house_style():
        figure, axes = new_figure(5.4, 0.4 * len(labels) + 1.2)
        axes.barh(range(len(labels)), values, height=0.62, color=PALETTE["soften"])
        for row, value in enumerate(values):
            axes.annotate(
                str(value), (value, row), xytext=(4, 0), textcoords="offset points", va="center"
            )
        axes.set(
            yticks=range(len(labels)),
            yticklabels=labels,
            ylim=(len(labels) - 0.5, -0.5),
            xlim=(0, max(1, *values) * 1.1),
            xlabel=x_label,
        )
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        sign(figure, note)
    return figure


def gains(
    groups: Sequence[tuple[str, Sequence[float]]],
    mean: tuple[float, float | None, float | None],
    *,
    mean_label: str,
    x_label: str,
    note: str,
) -> Figure:
    """Each person's gain as a stroke, a row for each group, and the mean with its interval.

    `groups`: a name and the gains, in the unit of `x_label`; of more than 300 only every nth.
    """
    with house_style():
        figure, axes = new_figure(5.4, 0.7 * len(groups) + 1.9)
        axes.axvline(0, color=SOFT, lw=1)
        for row, (_, values) in enumerate(groups):
            shown = sorted(values)[:: max(1, len(values) // 300)]
            axes.plot(
                shown, [row] * len(shown), ls="none", marker="|", ms=14, mew=1.2,
                color=PALETTE["soften"],
            )  # fmt: skip
        value, low, high = mean
        row = len(groups)
        if low is not None and high is not None:
            axes.plot([low, high], [row, row], color=PALETTE["accent"], lw=2.5)
        axes.plot([value], [row], marker="D", ms=7, color=PALETTE["accent"])
        axes.set(
            yticks=[],
            ylim=(row + 0.4, -0.7),
            xlabel=x_label,
        )
        # Names above their rows: beside them the names of two tasks would leave no room.
        for place, name in enumerate([*(name for name, _ in groups), mean_label]):
            axes.text(
                0.01, place - 0.32, name, transform=axes.get_yaxis_transform(), fontsize=8,
                color=INK, va="center", bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.5},
            )  # fmt: skip
        axes.spines["left"].set_visible(False)
        sign(figure, note)
    return figure


def heat(
    lines: Sequence[Sequence[int]],
    key: Sequence[Sequence[bool]],
    *,
    levels: Sequence[str],
    key_label: str,
    x_label: str,
    y_label: str,
    note: str,
) -> Figure:
    """The article in miniature, shaded by how many marked each word; below, what the key marks.

    `lines`: for each line the step of shade of each word, 0 (nobody) up to the number of `levels`,
    which name the steps. `key`: for each word whether the key marks it.
    """
    with house_style():
        figure, axes = new_figure(5.4, 0.36 * len(lines) + 1.5)
        for row, steps in enumerate(lines):
            axes.broken_barh([(0, len(steps))], (row - 0.34, 0.56), facecolor=PALETTE["panel"])
            for step in range(1, len(levels) + 1):
                cells = [(n, 1) for n, own in enumerate(steps) if own == step]
                axes.broken_barh(
                    cells, (row - 0.34, 0.56), facecolor=PALETTE["soften"],
                    alpha=step / len(levels), linewidth=0,
                )  # fmt: skip
            under = [(n, 1) for n, own in enumerate(key[row]) if own]
            axes.broken_barh(under, (row + 0.27, 0.11), facecolor=PALETTE["accent"], linewidth=0)
        handles = [
            Patch(facecolor=PALETTE["soften"], alpha=(n + 1) / len(levels), label=label)
            for n, label in enumerate(levels)
        ]
        handles.append(Patch(facecolor=PALETTE["accent"], label=key_label))
        figure.legend(handles=handles, loc="outside upper left", ncols=6, fontsize=8)
        axes.set(
            xlim=(0, max((len(line) for line in lines), default=1)),
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
