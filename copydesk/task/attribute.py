"""The attribution task of a case, and whose words its words are."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.case import Case
from copydesk.model import (
    CHOICES,
    AttributeTask,
    AttributionField,
    Choice,
    Clause,
    KeyClause,
    Question,
    TaskEntry,
)
from copydesk.scoring.attribute import same_as
from copydesk.task.common import common, ui_strings
from copydesk.task.words import line_bounds, word_range, words_of


def questions(language: str = "en") -> tuple[Question, ...]:
    """The five questions with their answers, as a reader meets them."""
    strings = ui_strings(language)["attribute"]
    return tuple(
        Question(
            field=field,
            short=strings[f"{field}.short"],
            text=strings[f"{field}.text"],
            choices=tuple(
                Choice(
                    id=choice,
                    letter=strings[f"{field}.{choice}.letter"],
                    name=strings[f"{field}.{choice}.name"],
                    what=strings[f"{field}.{choice}.what"],
                )
                for choice in choices
            ),
        )
        for field, choices in CHOICES.items()
    )


def owners(words: int, ranges: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """For each word, the number of the shortest range that holds it, or -1.

    Ranges are (first, last), both included. Of two that are equally short, the earlier one has it.
    """
    owned = [-1] * words
    # The longest first, so that what lies inside it is written over it.
    for number in sorted(
        range(len(ranges)), key=lambda n: (ranges[n][1] - ranges[n][0], n), reverse=True
    ):
        first, last = ranges[number]
        owned[first : last + 1] = [number] * (last - first + 1)
    return tuple(owned)


def key_of(clause: Clause) -> dict[AttributionField, str]:
    """The key's answer to each question of a clause."""
    return {field: getattr(clause.entry, field) for field in CHOICES}


def attribute_task(case: Case, entry: TaskEntry) -> AttributeTask:
    """The attribution task of a case; clauses stand in reading order, an outer one first."""
    words = words_of(case.article)
    bounds = line_bounds(case.article)
    clauses = []
    for clause in sorted(case.clauses, key=lambda c: (c.span.start, -c.span.end)):
        found = word_range(words, clause.span)
        if found is None:
            raise ValueError(f'the clause "{clause.span.quote}" of case {case.id} has no word')
        first, last = found
        key = key_of(clause)
        clauses.append(
            KeyClause(
                id=clause.entry.id,
                first=first,
                last=last,
                line=next(n for n, (a, b) in enumerate(bounds, start=1) if a <= first <= b),
                quote=clause.span.quote,
                claim=clause.words.claim,
                source=clause.entry.source,
                verb=clause.entry.verb,
                key=key,
                same={field: same_as(choice) for field, choice in key.items()},
                why=clause.words.why,
                against=clause.words.against,
                readings=clause.entry.readings,
            )
        )
    return AttributeTask(
        **common(case, entry),
        questions=questions(case.entry.language),
        readings=tuple(reading.id for reading in case.attribution_readings),
        clauses=tuple(clauses),
        owners=owners(len(words), [(c.first, c.last) for c in clauses]),
    )
