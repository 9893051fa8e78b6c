"""Figures of a mark task: the article shaded by the class, and the class by what it found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from copydesk.model import MarkTask
from copydesk.picture import Picture, Table
from copydesk.plots import report as plots
from copydesk.report.kinds.base import Store
from copydesk.report.kinds.heat import HEAT, level
from copydesk.report.texts import line_of, words_text

# The table behind the shades names the words that at least a quarter of the class marked.
NAMED_FROM = 0.25


def heat_picture(
    number: int, task: MarkTask, counts: Sequence[int], people: int, ui: Mapping[str, str]
) -> Picture:
    """The article in miniature: how many of the class marked each word, and what the key marks."""
    in_key = {n for k in task.key for n in range(k.first, k.last + 1)}
    lines, key, at = [], [], 0
    for pieces in task.lines:
        words = range(at, at + len(pieces) // 2)
        lines.append([level(counts[n] / people) for n in words])
        key.append([n in in_key for n in words])
        at += len(words)
    named = [n for n, count in enumerate(counts) if count >= NAMED_FROM * people]
    both = sum(n in in_key for n in named)
    return Picture(
        id=f"heat-{number}",
        figure=plots.heat(
            lines,
            key,
            levels=[ui["heat.some"], *(f"{100 * share:.0f} %" for share in HEAT[1:])],
            key_label=ui["mark.key"],
            x_label=ui["heat.x"],
            y_label=ui["line"],
            note=ui["note"].format(people=people, case=task.case.id, task=task.id),
        ),
        caption=ui["heat.caption"],
        alt=ui["heat.alt"].format(named=len(named), both=both, key=len(in_key)),
        table=Table(
            heads=[ui["words"], ui["line"], ui["people"], ui["mark.in-key"]],
            rows=[
                [
                    words_text(task, n, n),
                    str(line_of(task, n)),
                    str(counts[n]),
                    ui["mark.yes"] if n in in_key else ui["mark.no"],
                ]
                for n in named
            ],
        ),
        table_title=ui["numbers"],
    )


def spread_picture(
    store: Store, number: int, task: MarkTask, people: int, ui: Mapping[str, str]
) -> Picture:
    """Each number of found marks against each number of wrongly marked controls, as counts."""
    rows = store.rows(
        "SELECT fair, found, count(*) FROM current JOIN mark_scores USING (answer) "
        "WHERE task = ? GROUP BY fair, found ORDER BY found DESC, fair",
        number,
    )
    figure = plots.spread(
        rows,
        (len(task.controls), len(task.key)),
        x_label=ui["spread.x"],
        y_label=ui["spread.y"],
        note=ui["note"].format(people=people, case=task.case.id, task=task.id),
    )
    good = sum(
        c
        for fair, found, c in rows
        if 2 * found >= len(task.key) and 4 * fair <= len(task.controls)
    )
    return Picture(
        id=f"spread-{number}",
        figure=figure,
        caption=ui["spread.caption"],
        alt=ui["spread.alt"].format(people=people, good=good),
        table=Table(
            heads=[ui["spread.y"], ui["spread.x"], ui["people"]],
            rows=[[str(found), str(fair), str(count)] for fair, found, count in rows],
        ),
        table_title=ui["numbers"],
    )
