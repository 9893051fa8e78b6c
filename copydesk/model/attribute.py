"""The nouns of the attribution task: clauses of the article, and who says what stands in them.

A clause may lie inside another one ("the group, an umbrella of ..., said"): a word belongs to the
shortest clause that holds it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from copydesk.model.base import (
    Filled,
    Frozen,
    Id,
    Quote,
    ReadingEntry,
    ShortText,
    Span,
    Task,
)

Voice = Literal["reporter", "named-person", "named-organisation", "unnamed-official", "document"]
VerbKind = Literal["neutral", "factive", "assertive", "distancing", "none"]
Party = Literal["yes", "no", "unclear", "not-applicable"]
DocumentGiven = Literal["yes", "named-no-link", "no"]
Checkable = Literal["yes", "partly", "no"]

# The five questions in the order in which a reader meets them, with their answers. What a reader
# sees of them stands in ui/en/attribute.json.
AttributionField = Literal["voice", "verb_kind", "party", "document", "checkable"]
CHOICES: dict[AttributionField, tuple[str, ...]] = {
    "voice": ("reporter", "named-person", "named-organisation", "unnamed-official", "document"),
    "verb_kind": ("neutral", "factive", "assertive", "distancing", "none"),
    "party": ("yes", "no", "unclear", "not-applicable"),
    "document": ("yes", "named-no-link", "no"),
    "checkable": ("yes", "partly", "no"),
}


class ClauseEntry(Quote):
    """One clause in attribution.yml that asserts something, and the key's answers to it.

    `source` is who is said to say it, and `verb` the reporting verb, both letter by letter as in
    the article; neither stands there where the article names none.
    """

    id: Id
    voice: Voice
    source: Filled | None = None
    verb: Filled | None = None
    verb_kind: VerbKind
    party: Party
    document: DocumentGiven
    checkable: Checkable
    readings: tuple[Filled, ...] = Field(min_length=1)


class AttributionFile(Frozen):
    """attribution.yml: the readings, and every clause of the article that asserts something."""

    readings: tuple[ReadingEntry, ...] = Field(min_length=1)
    clauses: tuple[ClauseEntry, ...] = Field(min_length=1)


class ClauseWords(Frozen):
    """The sentences of one clause: its claim in plain words, the reason, the case against."""

    claim: Filled
    why: Filled
    against: Filled | None = None


class Clause(Frozen):
    """A clause with its Span, its entry and its sentences."""

    span: Span
    entry: ClauseEntry
    words: ClauseWords


# --- a task -------------------------------------------------------------------------------------


class Choice(Frozen):
    """One answer to a question; `letter` marks it in the article and in the matrix."""

    id: str
    letter: str
    name: str
    what: str


class Question(Frozen):
    """One of the questions asked of every clause."""

    field: AttributionField
    short: str
    text: str
    choices: tuple[Choice, ...]


class KeyClause(Frozen):
    """A clause as a page needs it, by word numbers (inclusive).

    `key`: the key's answer to each question. `same`: the answers that count as the same as the
    key's, by question; Python writes them, and the page only looks them up.
    """

    id: str
    first: int
    last: int
    line: int
    quote: str
    claim: str
    source: str | None
    verb: str | None
    key: dict[AttributionField, str]
    same: dict[AttributionField, tuple[str, ...]]
    why: str
    against: str | None
    readings: tuple[str, ...]


class AttributeTask(Task):
    """The attribution task: who says so, with which verb, and could a reader check it?

    `owners`: for each word of the article the number of its clause in `clauses`, or -1.
    """

    kind: Literal["attribute"] = "attribute"
    questions: tuple[Question, ...]
    readings: tuple[str, ...]
    clauses: tuple[KeyClause, ...]
    owners: tuple[int, ...]


# --- an answer and a score ----------------------------------------------------------------------


class ClauseAnswer(Frozen):
    """What a reader says of one clause; None where a question is still open."""

    voice: Voice | None = None
    verb_kind: VerbKind | None = None
    party: Party | None = None
    document: DocumentGiven | None = None
    checkable: Checkable | None = None


class AttributeAnswer(Frozen):
    """An answer to an attribution task, by clause id.

    `first`: the answers to a clause as they stood when it was first compared with the key.
    `dissent`: what the reader argues against.
    """

    clauses: dict[str, ClauseAnswer] = Field(default_factory=dict)
    first: dict[str, ClauseAnswer] = Field(default_factory=dict)
    dissent: dict[str, ShortText] = Field(default_factory=dict)


class FieldOutcome(Frozen):
    """One answered question of one clause: what was given, and whether it is the key's answer."""

    clause: str
    field: AttributionField
    given: str
    key: str
    same: bool


class FieldScore(Frozen):
    """Counts over the clauses for one question; `agreement` is None while no clause is answered."""

    field: AttributionField
    same: int
    differs: int
    open: int
    agreement: float | None


class AttributeScore(Frozen):
    """The score of one answer to an attribution task; see copydesk.scoring.attribute for the rules.

    `answered`: clauses with an answer to at least one question.
    """

    case: str
    task: str
    outcomes: tuple[FieldOutcome, ...]
    fields: tuple[FieldScore, ...]
    answered: int
    voice_kappa: float | None
