"""The rules of the figure task: how a verdict on a claim stands to the key, and what is counted.

A verdict of the key is an editor's judgement with its reason and the case against it: a score
measures agreement with it, not truth. Nothing is weighed: the report shows counts, and no mark.
"""

from __future__ import annotations

from collections.abc import Collection

from copydesk.model import (
    ClaimAnswer,
    ClaimOutcome,
    FigureAnswer,
    FigureScore,
    FigureTask,
    Stance,
    TaskClaim,
    Verdict,
)
from copydesk.scoring.mark import AnswerDoesNotFit


def stance(key: Verdict, defensible: Collection[Verdict], verdict: Verdict) -> Stance:
    """How a verdict stands to the key's.

    `key`: it is the key's. `defensible`: the key itself says what can be said for it.
    `overconfident`: any other verdict where the key says that the claim cannot be checked.
    `off`: any other.

    Range: one of the four. Reason: to settle what nothing at hand can settle is another mistake
    than to misread what is there; and a verdict that can be defended is none.
    Source: a rule of this course; which verdicts can be defended stands in claims.yml.
    """
    if verdict == key:
        return "key"
    if verdict in defensible:
        return "defensible"
    return "overconfident" if key == "uncheckable" else "off"


def claim_outcome(claim: TaskClaim, verdict: Verdict, reason: str | None) -> ClaimOutcome:
    """What became of one verdict: its stance, from the task's table, and whether its reason holds.

    `right_reason`: the verdict is the key's, and the reason picked is one that supports it. With
    another verdict no reason counts as right, however true it is; nor does a reason in the
    reader's own words, which no rule can read.

    Reason: the right verdict for a wrong reason is luck. Source: a rule of this course.
    """
    by_verdict = {v.verdict: v.stance for v in claim.verdicts}
    found = by_verdict[verdict]
    right = any(r.right for r in claim.reasons if r.id == reason)
    return ClaimOutcome(
        claim=claim.id, verdict=verdict, stance=found, right_reason=found == "key" and right
    )


def first_answer(answer: FigureAnswer) -> FigureAnswer:
    """The answer as it stood before the references were seen: what a class report scores.

    `first` and `first_reason` take the place of verdict and reason. A verdict that was never
    compared with the references has no `first`, and counts as it stands.

    Reason: after the references are read, agreement shows that they were read.
    """
    return FigureAnswer(
        claims={
            claim_id: given
            if given.first is None
            else ClaimAnswer(verdict=given.first, reason=given.first_reason)
            for claim_id, given in answer.claims.items()
        }
    )


def check_claims(task: FigureTask, answer: FigureAnswer) -> None:
    """Raise AnswerDoesNotFit, naming every claim and reason that the task does not have."""
    reasons = {claim.id: {reason.id for reason in claim.reasons} for claim in task.claims}
    faults = [f"claim {i!r}" for i in answer.claims if i not in reasons]
    faults += [
        f"reason {reason!r} of claim {i!r}"
        for i, given in answer.claims.items()
        for reason in dict.fromkeys((given.reason, given.first_reason))
        if i in reasons and reason is not None and reason not in reasons[i]
    ]
    if faults:
        raise AnswerDoesNotFit(
            f"the answer does not fit task {task.id!r} of case {task.case.id!r}, which has no "
            f"{'; no '.join(faults)}. It was given to another version of the task: take the "
            f"answer that was saved for this one"
        )


def score_figure(task: FigureTask, answer: FigureAnswer) -> FigureScore:
    """The score of an answer to a figure task, from `verdict` and `reason` of each claim.

    Outcomes come in the task's order; a claim without a verdict is `open` and has none. key +
    defensible + off + overconfident + open is the number of claims, and right_reason <= key.
    To score what stood before the references were seen, give `first_answer(answer)`.
    Raises AnswerDoesNotFit if the answer names a claim or a reason that the task does not have.
    """
    check_claims(task, answer)
    outcomes = tuple(
        claim_outcome(claim, given.verdict, given.reason)
        for claim in task.claims
        if (given := answer.claims.get(claim.id)) is not None and given.verdict is not None
    )

    def count(wanted: Stance) -> int:
        return sum(o.stance == wanted for o in outcomes)

    return FigureScore(
        case=task.case.id,
        task=task.id,
        outcomes=outcomes,
        key=count("key"),
        right_reason=sum(o.right_reason for o in outcomes),
        defensible=count("defensible"),
        off=count("off"),
        overconfident=count("overconfident"),
        open=len(task.claims) - len(outcomes),
    )
