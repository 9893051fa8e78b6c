"""Plots of running totals: each issuer apart, gaps left open, a change of issuer marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedFormatter, FixedLocator, StrMethodFormatter

from copydesk.plots.style import INK, PALETTE, PAPER, SOFT, house_style, new_figure, sign

# Width in inches at which one unit of the drawing is about a pixel on a phone 390 pixels wide.
WIDTH = 4.9
# Told apart by colour, by the pattern of the line and by the shape of the marker.
LOOKS = (
    (PALETTE["ink"], "-", "o"),
    (PALETTE["accent"], "--", "s"),
    (PALETTE["soften"], ":", "^"),
)


@dataclass(frozen=True)
class Run:
    """The numbers of one issuer or of one kind: days, values, and whether each marker is open."""

    name: str
    days: Sequence[date]
    values: Sequence[float]
    open: Sequence[bool] = ()


@dataclass(frozen=True)
class Callout:
    """A number of a day that is named on the figure; `value` means nothing for a whole day."""

    day: date
    text: str
    value: float = 0


def running_totals(
    runs: Sequence[Run],
    *,
    ticks: Sequence[tuple[date, str]],
    y_label: str,
    note: str,
    changes: Sequence[Callout] = (),
    points: Sequence[Callout] = (),
    open_marker: str | None = None,
    height: float = 3.9,
) -> Figure:
    """Running totals by day, one run for each issuer.

    A line joins only days that follow each other; where a day is missing nothing is drawn, as
    nothing is known. `changes`: days marked by an upright line. `points`: numbers ringed and
    named. `ticks`: the days on the axis, as they are written. `open_marker`: what an open marker
    means, for the legend. `note`: unit and source, written below.
    """
    with house_style():
        figure, axes = new_figure(WIDTH, height)
        for run, (colour, pattern, marker) in zip(runs, LOOKS, strict=False):
            _draw(axes, run, colour, pattern, marker)
        if open_marker:
            axes.plot(
                [], [], color=INK, lw=0, marker="o", ms=5, markerfacecolor=PAPER, label=open_marker
            )
        top = max((max(run.values) for run in runs if run.values), default=1)
        axes.set(ylim=(0, top * 1.08), ylabel=y_label)
        for change in changes:
            axes.axvline(_x(change.day), color=SOFT, lw=1, ls=(0, (2, 2)))
            axes.annotate(
                change.text, (_x(change.day), top * 1.06), xytext=(-4, 0),
                textcoords="offset points", ha="right", va="top", fontsize=9, color=INK,
            )  # fmt: skip
        for point in points:
            _ring(axes, point)
        axes.xaxis.set_major_locator(FixedLocator([_x(day) for day, _ in ticks]))
        axes.xaxis.set_major_formatter(FixedFormatter([text for _, text in ticks]))
        axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
        axes.grid(axis="y", lw=0.6)
        axes.set_axisbelow(True)
        axes.legend(
            loc="lower left",
            bbox_to_anchor=(0, 1.01),
            fontsize=9,
            handlelength=3,
            borderaxespad=0,
            labelspacing=0.35,
        )
        sign(figure, note)
    return figure


def _x(day: date) -> float:
    # Days as whole numbers: the axis has its own labels, so no calendar of matplotlib is needed.
    return float(day.toordinal())


def _draw(axes: Axes, run: Run, colour: str, pattern: str, marker: str) -> None:
    days: list[date] = []
    values: list[float] = []
    for day, value in zip(run.days, run.values, strict=True):
        if days and day - days[-1] > timedelta(days=1):
            days.append(days[-1] + timedelta(days=1))
            values.append(float("nan"))
        days.append(day)
        values.append(value)
    where = [_x(day) for day in days]
    axes.plot(where, values, color=colour, ls=pattern, lw=1.4)
    fills = run.open or [False] * len(run.days)
    for fill in (False, True):
        chosen = [
            (_x(day), value)
            for day, value, is_open in zip(run.days, run.values, fills, strict=True)
            if is_open == fill
        ]
        axes.plot(
            [x for x, _ in chosen], [y for _, y in chosen], color=colour, lw=0, marker=marker,
            ms=4.2, markerfacecolor=PAPER if fill else colour, markeredgewidth=1,
        )  # fmt: skip
    axes.plot([], [], color=colour, ls=pattern, lw=1.4, marker=marker, ms=4.2, label=run.name)


def _ring(axes: Axes, point: Callout) -> None:
    at = (_x(point.day), point.value)
    axes.plot(
        *at,
        color=INK,
        lw=0,
        marker="o",
        ms=11,
        markerfacecolor="none",
        markeredgecolor=INK,
        markeredgewidth=1.4,
    )
    axes.annotate(
        point.text, at, xytext=(0, -62), textcoords="offset points", fontsize=9.5, color=INK,
        ha="center", va="top", fontweight="bold",
        arrowprops={"arrowstyle": "-", "color": INK, "lw": 0.9, "shrinkB": 6},
    )  # fmt: skip
