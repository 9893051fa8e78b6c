"""The nouns of the match task: labels for one referent, who used them, and how far they judge.

A label is a few words of an outlet, with its date and its source; no sentence is copied.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from copydesk.model.base import Confidence, Filled, Frozen, Id, ShortText, Task
from copydesk.model.sort import BINS, BinWords, CardSource, Fit, TaskBin

# A day, a month or nothing: some pages say no more.
Dated = Annotated[str, StringConstraints(pattern=r"^(\d{4}-\d{2}(-\d{2})?)?$")]
YesNo = Literal["yes", "no"]


def _split(value: object) -> object:
    return tuple(value.split()) if isinstance(value, str) else value


Ids = Annotated[tuple[Id, ...], BeforeValidator(_split)]


# --- data/labels.csv and matches.yml ------------------------------------------------------------


class LabelRow(Frozen):
    """One row of data/labels.csv: a label of at most a few words, whose it is, and where it stood.

    `standing` is the outlet's kind, `also` other kinds that may be defended, `owner` what is known
    of it in words. `cut`: words were left out of the label.
    """

    id: Id
    referent: Id
    label: Filled
    cut: YesNo
    outlet: Filled
    owner: Filled
    standing: Id
    also: Ids
    date: Dated
    source: Id
    note: str


class RoundEntry(Frozen):
    """The labels of one referent from plain to judging; those in one list stand level.

    `arguable`: labels whose place is no more than the course's judgement.
    """

    id: Id
    order: tuple[tuple[Id, ...], ...] = Field(min_length=2)
    arguable: tuple[Id, ...] = ()


class MatchesFile(Frozen):
    """matches.yml: the kinds of outlet, and a round for each referent."""

    standings: tuple[Id, ...] = Field(min_length=BINS[0], max_length=BINS[1])
    rounds: tuple[RoundEntry, ...] = Field(min_length=1)


class LabelWords(Frozen):
    """The sentences of one label: why it stands where it stands, and the best case against."""

    why: Filled
    against: Filled | None = None


class RoundWords(Frozen):
    """A round as a reader meets it: its referent, and what the labels are for."""

    name: Filled
    what: Filled


class MatchWords(Frozen):
    """The sentences of matches.yml: kinds of outlet, rounds, labels."""

    standings: dict[Id, BinWords]
    rounds: dict[Id, RoundWords]
    labels: dict[Id, LabelWords]


class Matches(Frozen):
    """The rounds of a case with the rows they use and their sentences."""

    entry: MatchesFile
    labels: dict[str, LabelRow]
    words: MatchWords


# --- a task -------------------------------------------------------------------------------------


class TaskLabel(Frozen):
    """A label as a page needs it; `level` counts from 1, plain, upwards."""

    id: str
    text: str
    cut: bool
    fits: dict[str, Fit]
    outlet: str
    owner: str
    date: str
    source: CardSource
    level: int
    arguable: bool
    why: str
    against: str | None
    note: str


class MatchRound(Frozen):
    """A round as a page needs it.

    `labels` stand in the order in which they are shown first, which says nothing. `pairs`: every
    two labels of which the key calls the first one plainer.
    """

    id: str
    name: str
    what: str
    labels: tuple[TaskLabel, ...]
    pairs: tuple[tuple[str, str], ...]


class MatchTask(Task):
    """The match task: guess which kind of outlet used a label, then order them by judgement."""

    kind: Literal["match"] = "match"
    standings: tuple[TaskBin, ...]
    rounds: tuple[MatchRound, ...]


# --- an answer and a score ----------------------------------------------------------------------


class RoundAnswer(Frozen):
    """A reader's guesses by label, and their order from plain to judging; empty if not ordered."""

    guesses: dict[str, str] = Field(default_factory=dict)
    order: tuple[str, ...] = ()


class MatchAnswer(Frozen):
    """An answer to a match task, by round.

    `first`: a round as it stood when its feedback was first seen. `dissent`: by label.
    """

    rounds: dict[str, RoundAnswer] = Field(default_factory=dict)
    first: dict[str, RoundAnswer] = Field(default_factory=dict)
    dissent: dict[str, ShortText] = Field(default_factory=dict)


class RoundScore(Frozen):
    """Counts of one round.

    `key`, `accepted`, `other`, `open`: guesses by how they stand to the key. `pairs`: pairs of
    labels that the key orders; `same_order`: those of them that the reader orders alike, None while
    the labels were not ordered.
    """

    round: str
    key: int
    accepted: int
    other: int
    open: int
    pairs: int
    same_order: int | None


class MatchScore(Frozen):
    """The score of an answer to a match task, a row for each round."""

    case: str
    task: str
    rounds: tuple[RoundScore, ...]


# --- data/accounts.csv --------------------------------------------------------------------------


class AccountRow(Frozen):
    """One row of data/accounts.csv: how a real outlet named and sourced the event, or its nearest.

    Labels and facts only; nothing here is a copied sentence.
    """

    outlet: Filled
    owner: Filled
    date: Dated
    event: Filled
    named: Filled
    kind: Filled
    group: Filled
    base: Filled
    damage: Filled
    weapons: Filled
    dead: Filled
    source: Id
    confidence: Confidence
    note: str
