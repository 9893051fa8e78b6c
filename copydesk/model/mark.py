"""The nouns of the mark task: the key and its fair controls, the task, an answer, a score."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from copydesk.model.base import (
    Filled,
    Frozen,
    Id,
    Quote,
    ReadingEntry,
    ShortText,
    Span,
    Task,
    WordNumber,
)

# The codes of the key. Their names and meanings, which a reader sees, stand in ui/en/codes.json.
Code = Literal["LABEL", "EMOTIVE", "DOUBT", "SOFTEN", "VERDICT", "VERB"]
CODES: tuple[Code, ...] = ("LABEL", "EMOTIVE", "DOUBT", "SOFTEN", "VERDICT", "VERB")

Strength = Annotated[int, Field(ge=1, le=3, strict=True)]


class MarkEntry(Quote):
    """One mark of the key in marks.yml: where, which code, how strong, which readings had it."""

    id: Id
    code: Code
    strength: Strength
    readings: tuple[Filled, ...] = Field(min_length=1)
    swap: Quote | None = None
    semeval: str | None = None
    sources: tuple[Id, ...] = ()


class ControlEntry(Quote):
    """One fair control in marks.yml: words that a careful reader leaves alone."""

    id: Id
    readings: tuple[Filled, ...] = Field(min_length=1)
    sources: tuple[Id, ...] = ()


class MarksFile(Frozen):
    """marks.yml: the readings, the marks of the key, and the fair controls."""

    readings: tuple[ReadingEntry, ...] = Field(min_length=1)
    marks: tuple[MarkEntry, ...]
    controls: tuple[ControlEntry, ...]


class MarkWords(Frozen):
    """The sentences of one mark: why it is loaded, the plain words, the case against.

    `swap` is the text that replaces the swapped words, where that is not `plain`.
    """

    why: Filled
    plain: Filled
    against: Filled
    swap: str | None = None


class ControlWords(Frozen):
    """The sentence of one fair control."""

    why_fair: Filled


class Mark(Frozen):
    """A code on a Span of the article, with its reason."""

    id: str
    span: Span
    code: Code
    strength: Strength
    readings: tuple[str, ...]
    why: str
    plain: str
    against: str
    swap: Span
    swap_text: str
    semeval: str | None = None
    sources: tuple[str, ...] = ()


class Control(Frozen):
    """Words of the article that are fair, with the reason."""

    id: str
    span: Span
    readings: tuple[str, ...]
    why_fair: str


class CodeInfo(Frozen):
    """A code as a reader meets it: its name, the letter that sets it, what it means."""

    code: Code
    letter: str
    name: str
    what: str


class Swap(Frozen):
    """Words first to last (inclusive) are replaced by `text`, which may be empty."""

    first: int
    last: int
    text: str


class KeyMark(Frozen):
    """A mark of the key, by word numbers (inclusive).

    `reach` is the widest stretch that still counts as this mark: an answer finds the mark when it
    shares a word with it and lies inside its reach. Python computes it; the page only looks it up.
    """

    id: str
    first: int
    last: int
    reach: tuple[int, int]
    code: Code
    strength: int
    readings: tuple[str, ...]
    why: str
    plain: str
    against: str
    swap: Swap


class KeyControl(Frozen):
    """A fair control, by word numbers (inclusive)."""

    id: str
    first: int
    last: int
    readings: tuple[str, ...]
    why_fair: str


class MarkTask(Task):
    """The mark task: find the loaded words and leave the fair ones alone."""

    kind: Literal["mark"] = "mark"
    codes: tuple[CodeInfo, ...]
    readings: tuple[str, ...]
    key: tuple[KeyMark, ...]
    controls: tuple[KeyControl, ...]


def _ordered(mark: tuple[int, int, Code]) -> tuple[int, int, Code]:
    if mark[1] < mark[0]:
        raise ValueError(f"a mark ends (word {mark[1]}) before it starts (word {mark[0]})")
    return mark


AnswerMark = Annotated[tuple[WordNumber, WordNumber, Code], AfterValidator(_ordered)]


class MarkAnswer(Frozen):
    """An answer to a mark task.

    `marks`: [first word, last word, code], both words included. `first_marks`: the marks as they
    stood at the first check, before any feedback was seen; None until then. `dissent`: what the
    reader argues against, by the id of a mark of the key or, for an own mark, by "first-last".
    """

    marks: tuple[AnswerMark, ...] = ()
    first_marks: tuple[AnswerMark, ...] | None = None
    dissent: dict[str, ShortText] = Field(default_factory=dict)


MarkResult = Literal["both", "fair", "wide", "elsewhere"]


class MarkOutcome(Frozen):
    """What became of one mark of an answer.

    `both`: it finds the marks of the key in `found`; `same_code` says whether one of them has its
    code. `wide`: it covers a mark of the key but reaches too far beyond it. `fair`: it touches no
    mark of the key, but a fair control. `elsewhere`: the key says nothing of these words. `touched`
    names the fair controls that a `wide` or `fair` mark wrongly covers; it is empty for the others.
    """

    mark: AnswerMark
    result: MarkResult
    found: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    same_code: bool = False


class Rates(Frozen):
    """Counts of one kind of unit, and the measures that follow from them.

    precision, recall and f1 lie in 0..1. They are 0 where their denominator is 0 (so that an empty
    answer to a key that has marks scores 0), but 1, all three, if the key is empty and so is the
    answer: to leave a clean text alone is right. Among marks, precision is the share of the
    answer's marks that find one of the key. d_prime and criterion use the log-linear correction.
    """

    hits: int
    misses: int
    false_alarms: int
    correct_rejections: int
    precision: float
    recall: float
    f1: float
    d_prime: float
    criterion: float


class MarkScore(Frozen):
    """The score of one answer to a mark task.

    `marks`: signal is a mark of the key, noise a fair control. `words`: signal is a word inside a
    mark of the key, noise every other word. `same_code`: how many of `found` were marked with the
    key's code. `span_f1` is the partial-credit measure of SemEval-2020 Task 11.
    """

    case: str
    task: str
    outcomes: tuple[MarkOutcome, ...]
    found: tuple[str, ...]
    missed: tuple[str, ...]
    fair_marked: tuple[str, ...]
    elsewhere: int
    wide: int
    same_code: int
    marks: Rates
    words: Rates
    span_precision: float
    span_recall: float
    span_f1: float
