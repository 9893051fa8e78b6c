"""Figures of the words desk: where the loaded words stand, and how often each code occurs."""

from __future__ import annotations

from collections import Counter

from copydesk.case import Case
from copydesk.model import MarkTask, TaskEntry
from copydesk.picture import Picture, Table
from copydesk.plots import words as plots
from copydesk.task import code_infos, mark_task, ui_strings


def codes_by_line(task: MarkTask) -> list[list[str | None]]:
    """For each line of the article, the code of each word; None where the key has no mark.

    Where marks overlap, the stronger one shows.
    """
    by_word: dict[int, str] = {}
    for mark in sorted(task.key, key=lambda m: m.strength):
        by_word.update(dict.fromkeys(range(mark.first, mark.last + 1), mark.code))
    lines, at = [], 0
    for pieces in task.lines:
        count = len(pieces) // 2
        lines.append([by_word.get(n) for n in range(at, at + count)])
        at += count
    return lines


def _note(case: Case, strings: dict[str, str]) -> str:
    readings = ", ".join(reading.id for reading in case.readings)
    return strings["note"].format(
        publisher=case.entry.publisher, date=case.entry.published, readings=readings
    )


def loaded_by_line(case: Case, name: str) -> Picture:
    """Where in the article the loaded words stand."""
    strings = ui_strings(case.entry.language)["figures"]
    task = mark_task(case, TaskEntry(id="loaded-language", kind="mark"))
    lines = codes_by_line(task)
    loaded = [sum(code is not None for code in line) for line in lines]
    infos = code_infos(case.entry.language)
    of = strings["lines.of"]
    figure = plots.words_by_line(
        lines,
        {info.code: info.letter for info in infos},
        x_label=strings["lines.x"],
        y_label=strings["lines.y"],
        note=_note(case, strings),
        shares=[of.format(part=n, whole=len(line)) for n, line in zip(loaded, lines, strict=True)],
    )
    fullest = max(range(len(lines)), key=lambda n: (loaded[n] / max(len(lines[n]), 1), -n))
    none = [str(n + 1) for n, count in enumerate(loaded) if not count]
    words = sum(len(line) for line in lines)
    return Picture(
        id=name,
        figure=figure,
        caption=strings["lines.caption"],
        alt=strings["lines.alt"].format(
            loaded=sum(loaded),
            words=words,
            percent=round(100 * sum(loaded) / max(words, 1)),
            fullest=fullest + 1,
            part=loaded[fullest],
            whole=len(lines[fullest]),
            none=", ".join(none) or strings["none"],
        ),
        table=Table(
            heads=[
                strings["lines.y"],
                strings["lines.words"],
                strings["lines.loaded"],
                strings["lines.codes"],
            ],
            rows=[
                [
                    str(n + 1),
                    str(len(line)),
                    str(loaded[n]),
                    ", ".join(
                        f"{info.name} {sum(c == info.code for c in line)}"
                        for info in infos
                        if info.code in line
                    )
                    or strings["none"],
                ]
                for n, line in enumerate(lines)
            ],
        ),
        table_title=strings["numbers"],
    )


def marks_by_code(case: Case, name: str) -> Picture:
    """How often each code occurs in the key, by strength."""
    strings = ui_strings(case.entry.language)["figures"]
    count = Counter((mark.code, mark.strength) for mark in case.marks)
    infos = code_infos(case.entry.language)
    counts = [(info.name, info.code, [count[info.code, s] for s in (1, 2, 3)]) for info in infos]
    levels = [strings[f"codes.strength-{n}"] for n in (1, 2, 3)]
    figure = plots.marks_by_code(
        counts, strengths=levels, x_label=strings["codes.x"], note=_note(case, strings)
    )
    return Picture(
        id=name,
        figure=figure,
        caption=strings["codes.caption"],
        alt=strings["codes.alt"].format(
            marks=len(case.marks),
            parts=", ".join(f"{name_} {sum(parts)}" for name_, _, parts in counts),
        ),
        table=Table(
            heads=[strings["codes.code"], *levels, strings["codes.all"]],
            rows=[[name_, *map(str, parts), str(sum(parts))] for name_, _, parts in counts],
        ),
        table_title=strings["numbers"],
    )
