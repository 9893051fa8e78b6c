"""All rules of scoring: a task and an answer go in, a score comes out, and nothing else is touched.

A word is its number in the article, counted from 0; a stretch is (first, last), both included.
`key` is the editors' key: a score measures agreement with it, not truth. No rule looks at how many
readings stand behind a mark, nor at the order in which an answer lists its marks.
"""

from __future__ import annotations

from collections.abc import Iterable
from statistics import NormalDist

from copydesk.model import (
    CODES,
    AnswerMark,
    MarkAnswer,
    MarkOutcome,
    MarkScore,
    MarkTask,
    Rates,
    Task,
)

Stretch = tuple[int, int]

# Four words let a reader add an article, an auxiliary and an adverb on one side of a loaded word
# ("have been so brutally bombarded") without losing it, and stop short of a clause of plain text.
# A choice of this course, not a finding.
SLACK_WORDS = 4


class AnswerDoesNotFit(ValueError):  # noqa: N818 - reads as the sentence it is
    """The answer names words that the article of the task does not have."""


# --- which marks count --------------------------------------------------------------------------


def reach(
    first: int, last: int, line_first: int, line_last: int, slack: int = SLACK_WORDS
) -> Stretch:
    """The widest stretch that still counts as the mark first..last of the key.

    Range: inside line_first..line_last. Unit: word numbers, both ends included.
    Reason: where a loaded phrase ends is a matter of taste, what it is about is not; a line is a
    paragraph, and no phrase runs on into the next one.
    Source: SLACK_WORDS, a rule of this course.
    Raises ValueError if the mark does not lie inside its line.
    """
    if not line_first <= first <= last <= line_last or slack < 0:
        raise ValueError(
            f"words {first}-{last} do not lie inside the line {line_first}-{line_last} "
            f"(slack {slack}): give first <= last within one line, and a slack of 0 or more"
        )
    return max(line_first, first - slack), min(line_last, last + slack)


def outcome(task: MarkTask, mark: AnswerMark) -> MarkOutcome:
    """What became of one mark of an answer.

    A mark finds a mark of the key when it shares a word with it and lies inside its reach.
    `both`: finds one or more (same_code: one of these has the mark's code); fair words that it
    brushes against cost nothing. `wide`: shares a word with a mark of the key and finds none.
    `fair`: touches no mark of the key, but a fair control. `elsewhere`: touches neither. `wide` and
    `fair` list the controls that they touch, and these count as wrongly marked.

    Reason: to mark a whole paragraph is not to find the loaded word in it, and covers fair words.
    Source: a rule of this course.
    """
    first, last, code = mark
    near = [k for k in task.key if first <= k.last and k.first <= last]
    found = [k for k in near if k.reach[0] <= first and last <= k.reach[1]]
    if found:
        same_code = any(k.code == code for k in found)
        ids = tuple(k.id for k in found)
        return MarkOutcome(mark=mark, result="both", found=ids, same_code=same_code)
    touched = tuple(c.id for c in task.controls if first <= c.last and c.first <= last)
    if near:
        return MarkOutcome(mark=mark, result="wide", touched=touched)
    return MarkOutcome(mark=mark, result="fair" if touched else "elsewhere", touched=touched)


def distinct(marks: Iterable[AnswerMark]) -> tuple[AnswerMark, ...]:
    """The marks of an answer as they are scored: in reading order, each once.

    Reason: the same words with the same code, marked twice, say one thing. The same words with two
    codes say two, and both are scored.
    """
    return tuple(sorted(set(marks), key=lambda m: (m[0], m[1], CODES.index(m[2]))))


# --- rates --------------------------------------------------------------------------------------


def ratio(part: float, whole: float) -> float:
    """Part / whole, and 0 where the whole is 0. Range: 0..1 for 0 <= part <= whole. Unit: none."""
    return part / whole if whole else 0.0


def f1(precision: float, recall: float) -> float:
    """The harmonic mean of precision and recall. Range: 0..1, 0 if both are 0. Unit: none.

    Reason: it is high only if both are: neither marking everything nor one sure word pays.
    Source: van Rijsbergen (1979), Information Retrieval, 2nd edition, chapter 7.
    """
    return ratio(2 * precision * recall, precision + recall)


def sensitivity(hits: int, signal: int, false_alarms: int, noise: int) -> tuple[float, float]:
    """d' and the criterion c of signal detection: how well told apart, and how readily marked.

    H = (hits + 0.5) / (signal + 1), F = (false_alarms + 0.5) / (noise + 1), z the inverse of the
    standard normal distribution: d' = z(H) - z(F), c = -(z(H) + z(F)) / 2.

    Range: d' is near 0 for guessing, below 0 if fair words are marked more readily than loaded
    ones; c is below 0 for a reader who marks readily, above 0 for a cautious one. Both are finite
    for any counts, but pulled towards 0 where these are small: compare only texts with about as
    many marks and controls. Unit: standard deviations.
    Reason: the correction (log-linear) keeps 0 and 1, which occur with few marks, from becoming an
    infinite z. Without noise trials F is 0.5, and d' speaks of the hits alone.
    Source: Hautus (1995), Behavior Research Methods, Instruments, & Computers 27, 46-51.
    """
    z = NormalDist().inv_cdf
    z_hits = z((hits + 0.5) / (signal + 1))
    z_false = z((false_alarms + 0.5) / (noise + 1))
    return z_hits - z_false, -(z_hits + z_false) / 2


def mark_rates(task: MarkTask, outcomes: tuple[MarkOutcome, ...]) -> Rates:
    """Rates with a mark of the key as signal and a fair control as noise.

    hits: marks of the key that were found, each once however many marks find it. false_alarms:
    controls wrongly marked, each once. precision: of the marks of the answer, the share with the
    result `both`; a mark elsewhere lowers it though it is no false alarm. recall: hits / key.

    Range: precision, recall, f1 in 0..1; all three are 1 if there was nothing to find and nothing
    was marked. Unit: marks. Source: a rule of this course; for d' and c see `sensitivity`.
    """
    found = {i for o in outcomes for i in o.found}
    wrong = {i for o in outcomes for i in o.touched}
    good = sum(o.result == "both" for o in outcomes)
    return _rates(len(found), len(task.key), len(wrong), len(task.controls), good, len(outcomes))


def word_rates(task: MarkTask, marks: tuple[AnswerMark, ...]) -> Rates:
    """Rates with a word inside a mark of the key as signal and every other word as noise.

    The words of an answer are those inside any of its marks, each once.

    Range: precision, recall, f1 in 0..1, as in `mark_rates`. Unit: words. Words of one mark hang
    together, so d' and c per word describe an answer and do not support a test of significance.
    Source: a rule of this course; for d' and c see `sensitivity`.
    """
    signal = _words((k.first, k.last) for k in task.key)
    marked = _words((first, last) for first, last, _ in marks)
    hits, false_alarms = len(marked & signal), len(marked - signal)
    noise = word_count(task) - len(signal)
    return _rates(hits, len(signal), false_alarms, noise, hits, len(marked))


def _rates(hits: int, signal: int, false_alarms: int, noise: int, good: int, marked: int) -> Rates:
    # Nothing to find and nothing marked is a perfect answer to a clean text, not a failure.
    nothing = signal == 0 and marked == 0
    precision = 1.0 if nothing else ratio(good, marked)
    recall = 1.0 if nothing else ratio(hits, signal)
    d_prime, criterion = sensitivity(hits, signal, false_alarms, noise)
    return Rates(
        hits=hits,
        misses=signal - hits,
        false_alarms=false_alarms,
        correct_rejections=noise - false_alarms,
        precision=precision,
        recall=recall,
        f1=f1(precision, recall),
        d_prime=d_prime,
        criterion=criterion,
    )


# --- spans --------------------------------------------------------------------------------------


def merge(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Stretches with no word in common, in reading order: those that overlap become one.

    Stretches that only touch (one ends at word 4, the next starts at word 5) stay two.
    Reason: without it a word could count twice and a precision exceed 1; but two neighbours are two
    devices, and an answer that keeps them apart shall not look worse for it.
    """
    merged: list[Stretch] = []
    for first, last in sorted(stretches):
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return merged


def span_rates(found: Iterable[Stretch], wanted: Iterable[Stretch]) -> tuple[float, float, float]:
    """Precision, recall and F1 that give credit for a part of a span.

    With S the spans of the answer, T those of the key and C(s, t, h) = |s & t| / h:
    P = 1/|S| * sum of C(s, t, |s|) over all s and t, R = 1/|T| * sum of C(s, t, |t|) over all s
    and t, F1 is their harmonic mean. P and R are 0 for an empty side; if both sides are empty, all
    three are 1.

    Range: 0..1. Unit: none. Differs from the source in this: lengths count words, not characters;
    spans that overlap are merged on both sides; for two empty sides P and R, not F1 alone, are 1.
    As in the source's subtask SI, codes are ignored (the formula's factor for equal labels is 1).
    Reason: a published measure of the same task, which rewards a mark for the part that it gets.
    Source: Da San Martino et al. (2020), SemEval-2020 Task 11, measure of subtask SI, there taken
    from Da San Martino et al. (2019), Fine-Grained Analysis of Propaganda in News Articles.
    """
    ours, theirs = merge(found), merge(wanted)
    if not ours and not theirs:
        return 1.0, 1.0, 1.0
    precision_sum = recall_sum = 0.0
    start = 0
    for s_first, s_last in ours:
        # Both sides are in reading order and overlap with nothing of their own: what ended before
        # this stretch ended before the next one too. A class of a million is scored by this loop.
        while start < len(theirs) and theirs[start][1] < s_first:
            start += 1
        for t_first, t_last in theirs[start:]:
            if t_first > s_last:
                break
            common = min(s_last, t_last) - max(s_first, t_first) + 1
            precision_sum += common / (s_last - s_first + 1)
            recall_sum += common / (t_last - t_first + 1)
    # A sum of parts of 1 may come out a last digit above it.
    precision = min(1.0, ratio(precision_sum, len(ours)))
    recall = min(1.0, ratio(recall_sum, len(theirs)))
    return precision, recall, f1(precision, recall)


# --- whole answers ------------------------------------------------------------------------------


def word_count(task: Task) -> int:
    """The number of words of the task's article; its last word has the number one below."""
    return sum(len(line) // 2 for line in task.lines)


def check_fit(task: MarkTask, answer: MarkAnswer) -> None:
    """Raise AnswerDoesNotFit, naming every mark that ends beyond the article's last word."""
    words = word_count(task)
    beyond = [
        f"{field}: words {first}-{last} ({code})"
        for field, marks in (("marks", answer.marks), ("first_marks", answer.first_marks or ()))
        for first, last, code in distinct(marks)
        if last >= words
    ]
    if beyond:
        has = f"ends with word {words - 1}" if words else "has no words"
        raise AnswerDoesNotFit(
            f"the answer does not fit task {task.id!r} of case {task.case.id!r}, whose article "
            f"{has} (counted from 0): {'; '.join(beyond)}. It was made on another text: take the "
            f"answer that was saved for the article with sha256 {task.case.sha256[:12]}..."
        )


def score_mark(task: MarkTask, answer: MarkAnswer) -> MarkScore:
    """The score of an answer to a mark task, from its `marks`.

    `found`, `missed` and `fair_marked` are in the key's order, `outcomes` in reading order. To
    score what stood at the first check, put `first_marks` in the place of `marks`.
    Raises AnswerDoesNotFit if the answer names words that the article does not have.
    """
    check_fit(task, answer)
    marks = distinct(answer.marks)
    outcomes = tuple(outcome(task, mark) for mark in marks)
    found = {i for o in outcomes for i in o.found}
    wrong = {i for o in outcomes for i in o.touched}
    codes = {(i, o.mark[2]) for o in outcomes for i in o.found}
    span_precision, span_recall, span_f1 = span_rates(
        ((first, last) for first, last, _ in marks), ((k.first, k.last) for k in task.key)
    )
    return MarkScore(
        case=task.case.id,
        task=task.id,
        outcomes=outcomes,
        found=tuple(k.id for k in task.key if k.id in found),
        missed=tuple(k.id for k in task.key if k.id not in found),
        fair_marked=tuple(c.id for c in task.controls if c.id in wrong),
        elsewhere=sum(o.result == "elsewhere" for o in outcomes),
        wide=sum(o.result == "wide" for o in outcomes),
        same_code=sum((k.id, k.code) in codes for k in task.key),
        marks=mark_rates(task, outcomes),
        words=word_rates(task, marks),
        span_precision=span_precision,
        span_recall=span_recall,
        span_f1=span_f1,
    )


def _words(stretches: Iterable[Stretch]) -> set[int]:
    return {word for first, last in stretches for word in range(first, last + 1)}
