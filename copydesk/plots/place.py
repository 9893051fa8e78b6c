"""A map with two places: how far they lie apart, and how far somebody says they do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from copydesk.plots.series import WIDTH
from copydesk.plots.style import INK, LINE, PALETTE, PANEL, PAPER, SOFT, house_style, sign

Position = tuple[float, float]


@dataclass(frozen=True)
class Country:
    """An outline: its name, where the name is written, and its rings of (lon, lat) in degrees."""

    name: str
    rings: Sequence[Sequence[Position]]
    label: Position | None
    main: bool = False


def two_places(
    countries: Sequence[Country],
    window: tuple[float, float, float, float],
    *,
    start: tuple[str, Position],
    end: tuple[str, Position],
    ring: Sequence[Position],
    ring_label: tuple[str, Position],
    line_label: str,
    scale: tuple[str, float],
    note: str,
) -> Figure:
    """Two places, the straight line between them, and a ring of the distance that was claimed.

    Positions are (lon, lat) in degrees; `window` is west, south, east, north. `ring` is the ring's
    line. `scale`: the label of the scale bar and its length in kilometres. A degree of longitude
    is drawn as short as it is in the middle of the window, so that lengths compare there.
    """
    west, south, east, north = window
    stretch = 1 / math.cos(math.radians((south + north) / 2))
    with house_style():
        height = WIDTH * (north - south) / (east - west) * stretch + 0.45
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        axes = figure.add_subplot()
        for country in countries:
            for outline in country.rings:
                axes.add_patch(
                    Polygon(
                        outline, closed=True, edgecolor=SOFT, linewidth=0.8,
                        facecolor=PAPER if country.main else PANEL,
                    )
                )  # fmt: skip
            if country.label:
                size = 10.5 if country.main else 9
                _text(axes, country.label, country.name, color=SOFT, fontsize=size, bbox=None)
        axes.plot(*zip(*ring, strict=True), color=PALETTE["accent"], lw=1.3, ls=(0, (4, 2)))
        axes.plot(*zip(start[1], end[1], strict=True), color=INK, lw=1.8)
        for (name, at), marker, ha in ((start, "o", "center"), (end, "s", "right")):
            axes.plot(*at, marker=marker, ms=6, color=INK)
            _text(axes, (at[0], at[1] - 0.36), name, fontweight="bold", ha=ha)
        middle = ((start[1][0] + end[1][0]) / 2, (start[1][1] + end[1][1]) / 2 + 0.22)
        _text(axes, middle, line_label, fontweight="bold", ha="center", va="bottom")
        _text(axes, ring_label[1], ring_label[0], color=PALETTE["accent"], ha="center")
        _scale_bar(axes, (west + 0.4, south + 0.5), scale)
        axes.set(xlim=(west, east), ylim=(south, north), xticks=[], yticks=[], aspect=stretch)
        for spine in axes.spines.values():
            spine.set_visible(True)
            spine.set_color(LINE)
        sign(figure, note)
    return figure


def _text(axes: Axes, at: Position, text: str, **how: Any) -> None:
    # A patch in the colour of the paper keeps a label legible across a line.
    patch = {"facecolor": PAPER, "edgecolor": "none", "alpha": 0.8, "pad": 0.8}
    style = {"fontsize": 9.5, "color": INK, "ha": "center", "va": "center", "bbox": patch, **how}
    axes.text(*at, text, **style)


def _scale_bar(axes: Axes, at: Position, scale: tuple[str, float]) -> None:
    label, km = scale
    # 111.32 km is a degree of longitude at the equator; the bar is right at its own latitude.
    degrees = km / (111.32 * math.cos(math.radians(at[1])))
    left, bottom = at
    axes.plot([left, left + degrees], [bottom, bottom], color=INK, lw=2, solid_capstyle="butt")
    for end in (left, left + degrees):
        axes.plot([end, end], [bottom - 0.09, bottom + 0.09], color=INK, lw=1.2)
    _text(axes, (left + degrees / 2, bottom + 0.28), label)
