"""From the first to the last test: the same people on two mark tasks, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from copydesk.model import Task
from copydesk.picture import Picture, Table
from copydesk.plots import report as plots
from copydesk.report import stats
from copydesk.report.kinds.base import SMALLEST_CLASS
from copydesk.report.stats import Estimate, Floats
from copydesk.report.store import Store


@dataclass(frozen=True)
class Half:
    """Those who took the forms in one order; gains are last minus first test, in d'."""

    label: str
    people: int
    marks: Estimate | None
    words: Estimate | None


@dataclass(frozen=True)
class Gain:
    """The paired gain of a class in d', per mark and per word.

    `both`: people with both tests. `unordered`: those of them whose times of saving do not tell
    which test came first; they are left out. `one_order`: all took the forms in the same order, so
    a harder form would look like a loss, and an easier one like a gain.
    """

    before: Task
    after: Task
    both: int
    unordered: int
    halves: tuple[Half, ...]
    one_order: bool
    marks: Estimate | None
    words: Estimate | None
    picture: Picture | None

    @property
    def small(self) -> bool:
        """Whether so few took both that a warning stands in the place of statistics."""
        return self.both - self.unordered < SMALLEST_CLASS


def _pairs(store: Store, first: int, last: int) -> dict[str, Any]:
    """For each person with both: `sign`, the order, and the gain in d' by `marks` and `words`.

    sign 1: the task named first was saved first, -1: the other, 0: the times do not tell. The gains
    are of the last test that was taken less the first.
    """
    return store.arrays(
        """
        SELECT sign, sign * marks AS marks, sign * words AS words FROM (
            SELECT CASE
                    WHEN try_cast(a.saved AS TIMESTAMPTZ) < try_cast(b.saved AS TIMESTAMPTZ) THEN 1
                    WHEN try_cast(a.saved AS TIMESTAMPTZ) > try_cast(b.saved AS TIMESTAMPTZ) THEN -1
                    ELSE 0
                END AS sign,
                sb.d_marks - sa.d_marks AS marks, sb.d_words - sa.d_words AS words, place
            FROM current a JOIN current b USING (person) JOIN people USING (person)
            JOIN mark_scores sa ON sa.answer = a.answer JOIN mark_scores sb ON sb.answer = b.answer
            WHERE a.task = ? AND b.task = ?
        ) ORDER BY place
        """,
        first, last,
    )  # fmt: skip


def measure(
    store: Store, tasks: Sequence[Task], first: int, last: int, ui: Mapping[str, str]
) -> Gain:
    """The gain from task `first` to task `last` (or back, for those who took them that way)."""
    pairs = _pairs(store, first, last)
    names = [f"{tasks[n].case.id}/{tasks[n].id}" for n in (first, last)]
    groups: dict[str, tuple[Floats, Floats]] = {}
    for sign, (one, two) in ((1, names), (-1, names[::-1])):
        ours = pairs["sign"] == sign
        if ours.any():
            label = ui["gain.order"].format(first=one, last=two)
            groups[label] = pairs["marks"][ours], pairs["words"][ours]
    known = sum(len(marks) for marks, _ in groups.values())
    marks = words = None
    picture = None
    if known >= SMALLEST_CLASS:
        marks, words = (_whole([group[i] for group in groups.values()]) for i in (0, 1))
        picture = _picture(groups, marks, ui, known, names)
    return Gain(
        before=tasks[first],
        after=tasks[last],
        both=len(pairs["sign"]),
        unordered=len(pairs["sign"]) - known,
        halves=tuple(
            Half(
                label,
                len(group[0]),
                *(
                    stats.mean_interval(values) if len(values) >= SMALLEST_CLASS else None
                    for values in group
                ),
            )
            for label, group in groups.items()
        ),
        one_order=len(groups) < 2,
        marks=marks,
        words=words,
        picture=picture,
    )


def _whole(halves: Sequence[Floats]) -> Estimate:
    if len(halves) == 2:
        return stats.two_orders(*halves)
    return stats.mean_interval(halves[0])


def _picture(
    groups: Mapping[str, tuple[Floats, Floats]],
    mean: Estimate,
    ui: Mapping[str, str],
    people: int,
    names: Sequence[str],
) -> Picture:
    def number(value: float | None) -> str:
        return "-" if value is None else f"{value:.2f}"

    return Picture(
        id="gain",
        figure=plots.gains(
            [(label, marks.tolist()) for label, (marks, _) in groups.items()],
            (mean.value, mean.low, mean.high),
            mean_label=ui["gain.mean"],
            x_label=ui["gain.x"],
            note=ui["gain.note"].format(people=people, first=names[0], last=names[1]),
        ),
        caption=ui["gain.caption"],
        alt=ui["gain.alt"].format(
            people=people, mean=number(mean.value), low=number(mean.low), high=number(mean.high)
        ),
        table=Table(
            heads=[ui["gain.group"], ui["people"], ui["gain.mean"]],
            rows=[
                [label, str(len(marks)), number(float(marks.mean()))]
                for label, (marks, _) in groups.items()
            ],
        ),
        table_title=ui["numbers"],
    )
