"""The match task of a case."""

from __future__ import annotations

from copydesk.case import Case
from copydesk.model import (
    CardSource,
    LabelRow,
    Matches,
    MatchRound,
    MatchTask,
    RoundEntry,
    SourceEntry,
    TaskBin,
    TaskEntry,
    TaskLabel,
)
from copydesk.scoring.match import ordered_pairs
from copydesk.scoring.sort import fit
from copydesk.task.common import common


def card_source(source: SourceEntry) -> CardSource:
    """A source as it is named with a reason."""
    return CardSource(
        publisher=source.publisher,
        title=source.title,
        date=source.date,
        url=source.url,
        from_memory=source.from_memory,
    )


def _label(case: Case, matches: Matches, row: LabelRow, entry: RoundEntry) -> TaskLabel:
    words = matches.words.labels[row.id]
    return TaskLabel(
        id=row.id,
        text=row.label,
        cut=row.cut == "yes",
        fits={name: fit(row.standing, row.also, name) for name in matches.entry.standings},
        outlet=row.outlet,
        owner=row.owner,
        date=row.date,
        source=card_source(case.source(row.source)),
        level=next(n for n, level in enumerate(entry.order, start=1) if row.id in level),
        arguable=row.id in entry.arguable,
        why=words.why,
        against=words.against,
        note=row.note,
    )


def match_task(case: Case, entry: TaskEntry) -> MatchTask:
    """The labels of a case by referent, with the feedback for every guess and every order."""
    matches = case.matches
    if matches is None:
        raise ValueError(f"case {case.id} has no labels to match: add matches.yml")
    return MatchTask(
        **common(case, entry),
        standings=tuple(
            TaskBin(
                id=name,
                letter="ABCDE"[number],
                name=matches.words.standings[name].name,
                what=matches.words.standings[name].what,
            )
            for number, name in enumerate(matches.entry.standings)
        ),
        rounds=tuple(
            MatchRound(
                id=part.id,
                name=matches.words.rounds[part.id].name,
                what=matches.words.rounds[part.id].what,
                # By the alphabet: an order that gives nothing away.
                labels=tuple(
                    _label(case, matches, row, part)
                    for row in sorted(
                        (matches.labels[name] for level in part.order for name in level),
                        key=lambda row: row.label.casefold(),
                    )
                ),
                pairs=ordered_pairs(part.order),
            )
            for part in matches.entry.rounds
        ),
    )
