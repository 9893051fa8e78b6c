"""Rules of the match task: guesses of the kind of outlet, and the order from plain to judging."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from copydesk.model import MatchAnswer, MatchRound, MatchScore, MatchTask, RoundAnswer, RoundScore
from copydesk.scoring.mark import AnswerDoesNotFit


def ordered_pairs(levels: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """Every two labels of which the first is called plainer; labels of one level make no pair.

    Reason: the order is a judgement, and coarse; to demand an order within a level would ask for
    a difference that the course itself does not see.
    Source: a rule of this course; the counts over pairs are those of Kendall's tau.
    """
    return tuple(
        (plainer, other)
        for lower, higher in combinations(levels, 2)
        for plainer in lower
        for other in higher
    )


def same_order(pairs: Sequence[tuple[str, str]], order: Sequence[str]) -> int:
    """How many pairs stand in `order` as the key has them. Range: 0..len(pairs). Unit: pairs."""
    place = {label: number for number, label in enumerate(order)}
    return sum(place[plainer] < place[other] for plainer, other in pairs)


def _strange(task: MatchTask, answer: MatchAnswer) -> Iterator[str]:
    """What an answer names that the task does not have."""
    rounds = {entry.id: {label.id for label in entry.labels} for entry in task.rounds}
    standings = {standing.id for standing in task.standings}
    for field, given in (("rounds", answer.rounds), ("first", answer.first)):
        for name, entry in given.items():
            if name not in rounds:
                yield f"{field}: round {name}"
                continue
            for label, standing in entry.guesses.items():
                if label not in rounds[name] or standing not in standings:
                    yield f"{field}: {label} as {standing} in {name}"
            if entry.order and sorted(entry.order) != sorted(rounds[name]):
                yield f"{field}: an order of {name} that has not each label once"
    labels = {label for names in rounds.values() for label in names}
    yield from (f"dissent: label {label}" for label in answer.dissent if label not in labels)


def _round(entry: MatchRound, answer: RoundAnswer) -> RoundScore:
    fits = [
        label.fits[answer.guesses[label.id]] for label in entry.labels if label.id in answer.guesses
    ]
    return RoundScore(
        round=entry.id,
        key=fits.count("key"),
        accepted=fits.count("accepted"),
        other=fits.count("other"),
        open=len(entry.labels) - len(fits),
        pairs=len(entry.pairs),
        same_order=same_order(entry.pairs, answer.order) if answer.order else None,
    )


def score_match(task: MatchTask, answer: MatchAnswer) -> MatchScore:
    """The score of an answer to a match task, from its `rounds`, in the task's order.

    To score what stood before feedback was seen, put `first` in the place of `rounds`.
    Range: the four counts of guesses add up to the labels of the round; same_order 0..pairs.
    Reason: agreement with what the sources say of an outlet, and with the course's order, which is
    a judgement; a label without a guess is open, and not wrong.
    Source: a rule of this course.
    Raises AnswerDoesNotFit if the answer names a round, a label or a kind of outlet that the task
    does not have, or orders a round without having each of its labels once.
    """
    strange = list(_strange(task, answer))
    if strange:
        raise AnswerDoesNotFit(
            f"the answer does not fit task {task.id!r} of case {task.case.id!r}: "
            f"{'; '.join(strange)}. Take the answer that was saved for this very task"
        )
    return MatchScore(
        case=task.case.id,
        task=task.id,
        rounds=tuple(_round(e, answer.rounds.get(e.id, RoundAnswer())) for e in task.rounds),
    )
