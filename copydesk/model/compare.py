"""The nouns of the compare task: several accounts of one event, laid side by side point by point.

An account is a case of its own; compare.yml of one case names the others by their ids.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from copydesk.model.base import Filled, Frozen, Id, Quote, ShortText, Span, Task
from copydesk.model.sort import Fit

# What is asked of a point. The keys of `sourced` and `absent` follow from the cells; those of the
# other two are the course's judgement.
QuestionKind = Literal["sourced", "absent", "plainest", "leans"]
MULTIPLE: tuple[QuestionKind, ...] = ("sourced", "absent")
# More accounts than this do not fit side by side, and the table of results doubles with each.
ACCOUNTS = (2, 4)
MAX_QUESTIONS = 3

# How the accounts that a reader chose stand to the key: the same; another single account that may
# be defended; some of the key's; none of them.
Result = Literal["key", "accepted", "partly", "other"]


# --- compare.yml --------------------------------------------------------------------------------


class CellEntry(Quote):
    """Where one account speaks of a point, and in which words.

    `source` is who is said to say it, `verb` the reporting verb, `label` what the point's referent
    is called: each letter by letter as in the account, and missing where the account has none.
    """

    source: Filled | None = None
    verb: Filled | None = None
    label: Filled | None = None


class ComparedEntry(Frozen):
    """A question on a point, and the accounts that the key and a defensible reading choose."""

    kind: QuestionKind
    key: tuple[Id, ...] = ()
    accepted: tuple[Id, ...] = ()


class ComparePointEntry(Frozen):
    """A point of the event: where each account has it, and which accounts leave it out."""

    id: Id
    cells: dict[Id, CellEntry]
    absent: tuple[Id, ...] = ()
    questions: tuple[ComparedEntry, ...] = Field(min_length=1, max_length=MAX_QUESTIONS)


class CompareFile(Frozen):
    """compare.yml: the accounts by case id, the case's own first, and the points."""

    accounts: tuple[Id, ...] = Field(min_length=ACCOUNTS[0], max_length=ACCOUNTS[1])
    points: tuple[ComparePointEntry, ...] = Field(min_length=1)


class ComparedWords(Frozen):
    """The sentences of one question: itself, the reason for the key, the best case against."""

    text: Filled
    why: Filled
    against: Filled | None = None


class ComparePointWords(Frozen):
    """A point as a reader meets it: its name, what to look for, and its questions by kind."""

    name: Filled
    what: Filled
    questions: dict[QuestionKind, ComparedWords]


class CompareWords(Frozen):
    """The sentences of a comparison: a short name for each account, and those of the points."""

    accounts: dict[Id, Filled]
    points: dict[Id, ComparePointWords]


# --- a case -------------------------------------------------------------------------------------


class Account(Frozen):
    """One account: its text, whose it is, and whether it was constructed for the comparison."""

    id: str
    name: str
    publisher: str
    published: str
    url: str | None
    constructed: bool
    article: str


class ComparePoint(Frozen):
    """A point with its entry, its sentences, and its place in each account that has it."""

    entry: ComparePointEntry
    words: ComparePointWords
    spans: dict[str, Span]


class Comparison(Frozen):
    """The accounts of a case, and the points in which they are compared."""

    accounts: tuple[Account, ...]
    points: tuple[ComparePoint, ...]


# --- a task -------------------------------------------------------------------------------------


class TaskAccount(Frozen):
    """An account as a page needs it; its letter names it in the questions and in the table."""

    id: str
    letter: str
    name: str
    publisher: str
    published: str
    url: str | None
    constructed: bool
    lines: tuple[tuple[str, ...], ...]


class TaskCell(Frozen):
    """A point in one account, by the account's own word numbers (inclusive), and its words."""

    first: int
    last: int
    quote: str
    source: str | None
    verb: str | None
    label: str | None


class Compared(Frozen):
    """A question as a page needs it.

    `fits`: how each account stands to the key. `results`: how a choice stands to it; the place in
    the list is the sum of 1 for the first account, 2 for the second, 4, 8, ... if they are chosen,
    so that the place 0 is "none of them".
    """

    kind: QuestionKind
    text: str
    multiple: bool
    fits: dict[str, Fit]
    results: tuple[Result, ...]
    why: str
    against: str | None


class TaskPoint(Frozen):
    """A point as a page needs it; `cells` lacks the accounts that leave it out."""

    id: str
    name: str
    what: str
    cells: dict[str, TaskCell]
    questions: tuple[Compared, ...]


class CompareTask(Task):
    """The compare task: the same event in several accounts; attribute, verb and label by point."""

    kind: Literal["compare"] = "compare"
    accounts: tuple[TaskAccount, ...]
    points: tuple[TaskPoint, ...]


# --- an answer and a score ----------------------------------------------------------------------


class CompareAnswer(Frozen):
    """An answer to a compare task.

    `points`: by point and kind of question the accounts chosen; an empty choice is "none of them".
    `first`: the choices of a point as they stood when its feedback was first seen. `dissent`: what
    the reader argues against, by point.
    """

    points: dict[str, dict[QuestionKind, tuple[str, ...]]] = Field(default_factory=dict)
    first: dict[str, dict[QuestionKind, tuple[str, ...]]] = Field(default_factory=dict)
    dissent: dict[str, ShortText] = Field(default_factory=dict)


class ComparedOutcome(Frozen):
    """One answered question: what was chosen, and how that stands to the key."""

    point: str
    kind: QuestionKind
    chosen: tuple[str, ...]
    result: Result


class CompareScore(Frozen):
    """Counts of questions by how the choice stands to the key; `open` have no answer yet."""

    case: str
    task: str
    outcomes: tuple[ComparedOutcome, ...]
    key: int
    accepted: int
    partly: int
    other: int
    open: int
