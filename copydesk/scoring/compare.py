"""Rules of the compare task: how the accounts chosen stand to the key, and the counts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import get_args

from copydesk.model import (
    CompareAnswer,
    ComparedEntry,
    ComparedOutcome,
    ComparePointEntry,
    CompareScore,
    CompareTask,
    Result,
)
from copydesk.model.compare import MULTIPLE
from copydesk.scoring.mark import AnswerDoesNotFit


def key_of(
    point: ComparePointEntry, question: ComparedEntry, accounts: Sequence[str]
) -> tuple[str, ...]:
    """The accounts that the key chooses, in the order of the accounts.

    What can be read off the accounts is never a judgement: the key of `sourced` is the accounts
    whose cell names a source, that of `absent` those that leave the point out.
    Source: a rule of this course.
    """
    if question.kind == "sourced":
        return tuple(a for a in accounts if a in point.cells and point.cells[a].source)
    if question.kind == "absent":
        return tuple(a for a in accounts if a in point.absent)
    return tuple(a for a in accounts if a in question.key)


def result(
    key: Collection[str], accepted: Collection[str], chosen: Collection[str], *, multiple: bool
) -> Result:
    """How a choice of accounts stands to the key's.

    Several may be chosen: "key" if they are the key's, all and no others; "partly" if some are.
    One may be chosen, and the key's may be more than one that are equally right: any of them is
    "key", one of the accepted is "accepted". "None of them", the empty choice, is right only where
    the key chooses none.
    Reason: to find two of three sources is more than to find none; of two labels that are equally
    plain neither is wrong.
    Source: a rule of this course.
    """
    if not chosen or not key:
        return "key" if not chosen and not key else "other"
    hits = [account for account in chosen if account in key]
    if multiple:
        if set(chosen) == set(key):
            return "key"
        return "partly" if hits else "other"
    if hits:
        return "key"
    return "accepted" if all(account in accepted for account in chosen) else "other"


def results(
    accounts: Sequence[str], key: Collection[str], accepted: Collection[str], *, multiple: bool
) -> tuple[Result, ...]:
    """The result of every possible choice; see model.Compared for the place of each."""
    return tuple(
        result(
            key,
            accepted,
            [account for bit, account in enumerate(accounts) if choice >> bit & 1],
            multiple=multiple,
        )
        for choice in range(2 ** len(accounts))
    )


def place_of(accounts: Sequence[str], chosen: Collection[str]) -> int:
    """The place of a choice in `results`."""
    return sum(1 << bit for bit, account in enumerate(accounts) if account in chosen)


def _strange(task: CompareTask, answer: CompareAnswer) -> Iterator[str]:
    """What an answer names that the task does not have, or cannot take."""
    accounts = {account.id for account in task.accounts}
    kinds = {point.id: {q.kind: q for q in point.questions} for point in task.points}
    for field, points in (("points", answer.points), ("first", answer.first)):
        for point, questions in points.items():
            if point not in kinds:
                yield f"{field}: point {point}"
                continue
            for kind, chosen in questions.items():
                if kind not in kinds[point]:
                    yield f"{field}: question {kind} of {point}"
                elif not set(chosen) <= accounts or len(set(chosen)) != len(chosen):
                    yield f"{field}: accounts {', '.join(chosen)} in {point}"
                elif len(chosen) > 1 and not kinds[point][kind].multiple:
                    yield f"{field}: more than one account in {kind} of {point}"
    yield from (f"dissent: point {point}" for point in answer.dissent if point not in kinds)


def score_compare(task: CompareTask, answer: CompareAnswer) -> CompareScore:
    """The score of an answer to a compare task, from its `points`, in the task's order.

    To score what stood before feedback was seen, put `first` in the place of `points`.
    Range: each count 0..number of questions, and the five add up to it. Unit: questions.
    Reason: agreement with the key, not truth; a question without an answer is open, and not wrong.
    Source: a rule of this course.
    Raises AnswerDoesNotFit if the answer names a point, a question or an account that the task does
    not have, or several accounts where one is asked for.
    """
    strange = list(_strange(task, answer))
    if strange:
        raise AnswerDoesNotFit(
            f"the answer does not fit task {task.id!r} of case {task.case.id!r}: "
            f"{'; '.join(strange)}. Take the answer that was saved for this very task"
        )
    accounts = [account.id for account in task.accounts]
    outcomes = tuple(
        ComparedOutcome(
            point=point.id,
            kind=question.kind,
            chosen=tuple(a for a in accounts if a in chosen),
            result=question.results[place_of(accounts, chosen)],
        )
        for point in task.points
        for question in point.questions
        if (chosen := answer.points.get(point.id, {}).get(question.kind)) is not None
    )
    count = [outcome.result for outcome in outcomes].count
    return CompareScore(
        case=task.case.id,
        task=task.id,
        outcomes=outcomes,
        **{name: count(name) for name in get_args(Result)},
        open=sum(len(point.questions) for point in task.points) - len(outcomes),
    )


def is_multiple(question: ComparedEntry) -> bool:
    """Whether a question asks for every account that fits, and not for one."""
    return question.kind in MULTIPLE
