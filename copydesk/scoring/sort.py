"""Rules of the sort task: how the bin of a card stands to the key, and the counts."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.model import CardOutcome, Fit, SortAnswer, SortScore, SortTask
from copydesk.scoring.mark import AnswerDoesNotFit


def fit(key_bin: str, accepted: Sequence[str], chosen: str) -> Fit:
    """How a chosen bin stands to the key: its own, an accepted other, or neither.

    Reason: some cards belong with good reason into two bins; to call one of them wrong would teach
    guessing, and to call both the key's would hide that there is a better one.
    Source: a rule of this course.
    """
    if chosen == key_bin:
        return "key"
    return "accepted" if chosen in accepted else "other"


def check_sort_fit(task: SortTask, answer: SortAnswer) -> None:
    """Raise AnswerDoesNotFit, naming every card and bin that the task does not have."""
    cards = {card.id for card in task.cards}
    bins = {bin_.id for bin_ in task.bins}
    strange = [
        f"{field}: card {card} in bin {chosen}"
        for field, places in (("placed", answer.placed), ("first", answer.first))
        for card, chosen in places.items()
        if card not in cards or chosen not in bins
    ]
    strange += [f"dissent: card {card}" for card in answer.dissent if card not in cards]
    if strange:
        raise AnswerDoesNotFit(
            f"the answer does not fit task {task.id!r} of case {task.case.id!r}, which has no such "
            f"card or bin: {'; '.join(strange)}. Take the answer that was saved for this very task"
        )


def score_sort(task: SortTask, answer: SortAnswer) -> SortScore:
    """The score of an answer to a sort task, from its `placed`; cards stand in the task's order.

    To score what stood before feedback was seen, put `first` in the place of `placed`.
    Range: each count 0..number of cards, and the four add up to it. Unit: cards.
    Reason: agreement with the key, not truth; a card without a bin is open, and not wrong.
    Source: a rule of this course.
    Raises AnswerDoesNotFit if the answer names a card or a bin that the task does not have.
    """
    check_sort_fit(task, answer)
    outcomes = tuple(
        CardOutcome(card=card.id, bin=chosen, fit=card.fits[chosen])
        for card in task.cards
        if (chosen := answer.placed.get(card.id)) is not None
    )
    fits = [outcome.fit for outcome in outcomes]
    return SortScore(
        case=task.case.id,
        task=task.id,
        outcomes=outcomes,
        key=fits.count("key"),
        accepted=fits.count("accepted"),
        other=fits.count("other"),
        open=len(task.cards) - len(outcomes),
    )
