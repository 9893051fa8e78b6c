"""Figures of the attribution desk: who makes which claim, and whose the article's words are."""

from __future__ import annotations

from collections import Counter

from copydesk.case import Case
from copydesk.model import AttributeTask, TaskEntry
from copydesk.picture import Picture, Table
from copydesk.plots import attribute as plots
from copydesk.task import attribute_task, ui_strings


def _task(case: Case) -> AttributeTask:
    return attribute_task(case, TaskEntry(id="who-says-so", kind="attribute"))


def _note(case: Case, strings: dict[str, str]) -> str:
    return strings["key-note"].format(
        publisher=case.entry.publisher,
        date=case.entry.published,
        readings=", ".join(reading.id for reading in case.attribution_readings),
    )


def words_of_voices(task: AttributeTask) -> dict[str | None, int]:
    """The number of words of each voice by the key, and under None of those in no claim."""
    return dict(Counter(None if n < 0 else task.clauses[n].key["voice"] for n in task.owners))


def claims_by_source(case: Case, name: str) -> Picture:
    """Every claim and its source by the key."""
    strings = ui_strings(case.entry.language)["figures"]
    task = _task(case)
    voices = {choice.id: choice for choice in task.questions[0].choices}
    # The reporter first, then each source in the order in which the article names it.
    columns: list[str | None] = [
        None,
        *dict.fromkeys(c.source for c in task.clauses if c.source is not None),
    ]
    heads = [source or voices["reporter"].name for source in columns]
    rows = [
        (str(n), columns.index(clause.source), clause.key["voice"])
        for n, clause in enumerate(task.clauses, start=1)
    ]
    figure = plots.matrix(
        rows,
        [_broken(head) for head in heads],
        letters={voice: choice.letter for voice, choice in voices.items()},
        note=_note(case, strings),
    )
    alone = [number for number, column, _ in rows if column == 0]
    return Picture(
        id=name,
        figure=figure,
        caption=strings["claims.caption"],
        alt=strings["claims.alt"].format(
            claims=len(rows),
            reporter=len(alone),
            numbers=", ".join(alone),
            sources="; ".join(
                f"{source}: {', '.join(number for number, at, _ in rows if at == column)}"
                for column, source in enumerate(heads)
                if column
            ),
        ),
        table=Table(
            heads=[strings["claims.claim"], strings["claims.voice"], strings["claims.source"]],
            rows=[
                [
                    f"{n}. {clause.claim}",
                    voices[clause.key["voice"]].name,
                    clause.source or strings["claims.nobody"],
                ]
                for n, clause in enumerate(task.clauses, start=1)
            ],
        ),
        table_title=strings["numbers"],
    )


def _broken(head: str, width: int = 14) -> str:
    """A head of a column on lines of at most `width` characters, where its words allow that."""
    lines = [""]
    for word in head.split():
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def words_by_voice(case: Case, name: str) -> Picture:
    """Whose words the article's are by the key."""
    strings = ui_strings(case.entry.language)["figures"]
    task = _task(case)
    words = words_of_voices(task)
    total = len(task.owners)
    shares: list[tuple[str, str | None, int]] = [
        (choice.name, choice.id, words.get(choice.id, 0)) for choice in task.questions[0].choices
    ]
    shares.append((strings["voices.outside"], None, words.get(None, 0)))
    figure = plots.words_by_voice(
        shares,
        total,
        x_label=strings["voices.words"],
        note=_note(case, strings),
        percent=strings["voices.percent"],
    )
    percents = [round(100 * n / total) if total else 0 for _, _, n in shares]
    return Picture(
        id=name,
        figure=figure,
        caption=strings["voices.caption"],
        alt=strings["voices.alt"].format(
            words=total,
            parts=", ".join(
                strings["voices.part"].format(name=label, n=n, percent=percent)
                for (label, _, n), percent in zip(shares, percents, strict=True)
            ),
        ),
        table=Table(
            heads=[strings["voices.voice"], strings["voices.words"], strings["voices.share"]],
            rows=[
                [label, str(n), strings["voices.percent"].format(n=percent)]
                for (label, _, n), percent in zip(shares, percents, strict=True)
            ],
        ),
        table_title=strings["numbers"],
    )
