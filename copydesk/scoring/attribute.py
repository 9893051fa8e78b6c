"""Rules of the attribution task: how far an answer agrees with the key, question by question.

The key is an editors' key: a score measures agreement with it, not truth. A question that is left
open is open, and not wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from copydesk.model import (
    CHOICES,
    AttributeAnswer,
    AttributeScore,
    AttributeTask,
    AttributionField,
    ClauseAnswer,
    FieldOutcome,
    FieldScore,
)
from copydesk.scoring.mark import AnswerDoesNotFit


def same_as(key: str) -> tuple[str, ...]:
    """The answers that count as the same as the key's: the key's own.

    Reason: the answers to each question exclude one another; a reader who sees it differently says
    why in words, and the case against is shown beside the key. Source: a rule of this course.
    """
    return (key,)


def agreement(same: int, differs: int) -> float | None:
    """The share of answered questions that have the key's answer; None where none is answered.

    Range: 0..1. Unit: none. Reason: open questions say nothing about agreement, so they are left
    out. Some agreement comes by chance, most where one answer is common: see `kappa`.
    Source: percent agreement, as in Krippendorff (2019), Content Analysis, 4th edition, chapter 12.
    """
    return same / (same + differs) if same + differs else None


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of (given, key) pairs: agreement beyond what chance alone would give.

    kappa = (p_o - p_e) / (1 - p_e), with p_o the share of pairs that agree and p_e the share that
    would agree if both sides kept how often they use each answer, but not where.

    Range: -1..1; 1 is full agreement, 0 what chance gives, below 0 less than that. None without a
    pair, and where p_e is 1 (both sides gave one and the same answer throughout), for then there is
    nothing beyond chance to measure. Unit: none.
    Reason: most clauses of a report are in the reporter's voice, so that answering "reporter"
    throughout agrees often and shows nothing; its kappa is 0. With few clauses it jumps about.
    Source: Cohen (1960), Educational and Psychological Measurement 20, 37-46.
    """
    n = len(pairs)
    if not n:
        return None
    given, key = (Counter(side) for side in zip(*pairs, strict=True))
    # Whole numbers up to the last step, so that full agreement by chance is found exactly.
    agreed = n * sum(a == b for a, b in pairs)
    chance = sum(given[choice] * key[choice] for choice in given)
    return (agreed - chance) / (n * n - chance) if n * n != chance else None


def check_attribute_fit(task: AttributeTask, answer: AttributeAnswer) -> None:
    """Raise AnswerDoesNotFit, naming every clause that the task does not have."""
    have = {clause.id for clause in task.clauses}
    strange = [
        f"{field}: clause {name}"
        for field, group in (
            ("clauses", answer.clauses),
            ("first", answer.first),
            ("dissent", answer.dissent),
        )
        for name in group
        if name not in have
    ]
    if strange:
        raise AnswerDoesNotFit(
            f"the answer does not fit task {task.id!r} of case {task.case.id!r}, which has no such "
            f"clause: {'; '.join(strange)}. Take the answer that was saved for this very task"
        )


def given_to(answer: ClauseAnswer, field: AttributionField) -> str | None:
    """What an answer says to one question of a clause; None where it is open."""
    value: str | None = getattr(answer, field)
    return value


def score_attribute(task: AttributeTask, answer: AttributeAnswer) -> AttributeScore:
    """The score of an answer to an attribution task, from its `clauses`.

    `outcomes`: every answered question, clause by clause in the task's order. `fields`: for each of
    the five questions, over all clauses, how many answers are the key's (`same`), are not
    (`differs`), or are `open`; the three add up to the number of clauses. `voice_kappa`: `kappa` of
    the answers to who says so. The page shows these counts for clauses that were compared with the
    key, which are all once all are compared. To score what stood before that, put `first` in the
    place of `clauses`.
    Raises AnswerDoesNotFit if the answer names a clause that the task does not have.
    """
    check_attribute_fit(task, answer)
    outcomes = []
    for clause in task.clauses:
        own = answer.clauses.get(clause.id, ClauseAnswer())
        for field in CHOICES:
            given = given_to(own, field)
            if given is not None:
                outcomes.append(
                    FieldOutcome(
                        clause=clause.id,
                        field=field,
                        given=given,
                        key=clause.key[field],
                        same=given in clause.same[field],
                    )
                )
    return AttributeScore(
        case=task.case.id,
        task=task.id,
        outcomes=tuple(outcomes),
        fields=tuple(_field_score(field, outcomes, len(task.clauses)) for field in CHOICES),
        answered=len({outcome.clause for outcome in outcomes}),
        voice_kappa=kappa([(o.given, o.key) for o in outcomes if o.field == "voice"]),
    )


def _field_score(
    field: AttributionField, outcomes: Sequence[FieldOutcome], clauses: int
) -> FieldScore:
    here = [outcome.same for outcome in outcomes if outcome.field == field]
    same, differs = here.count(True), here.count(False)
    return FieldScore(
        field=field,
        same=same,
        differs=differs,
        open=clauses - same - differs,
        agreement=agreement(same, differs),
    )
