"""The nouns of the sort task: cards, the bins they go into, an answer, a score.

One case may hold several sorts; each is a task of the kind `sort` that has the sort's id.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from copydesk.model.base import Filled, Frozen, Id, ShortText, Task

# How a bin stands to a card: the key's own bin; another that a careful reader may defend; neither.
Fit = Literal["key", "accepted", "other"]
# Fewer bins than the first are no choice at all; more than the second are none on a phone.
BINS = (2, 5)


class CardEntry(Frozen):
    """One card in sorts.yml: the bin that the key puts it into, and others that are accepted.

    What it says is, in this order: a quote of the article, a whole line of it (numbered from 1), or
    its `text` in the words file. `sources` are shown with its reason.
    """

    id: Id
    bin: Id
    accepted: tuple[Id, ...] = ()
    quote: Annotated[str, StringConstraints(min_length=1)] | None = None
    nth: int | None = Field(default=None, ge=1, strict=True)
    line: int | None = Field(default=None, ge=1, strict=True)
    sources: tuple[Id, ...] = ()


class SortEntry(Frozen):
    """One sort: its id, which is also its task's, its bins in order, and its cards."""

    id: Id
    bins: tuple[Id, ...]
    cards: tuple[CardEntry, ...] = Field(min_length=1)


class SortsFile(Frozen):
    """sorts.yml: every sort of the case."""

    sorts: tuple[SortEntry, ...]


class BinWords(Frozen):
    """A bin as a reader meets it: its name, and what belongs into it in one line."""

    name: Filled
    what: Filled


class CardWords(Frozen):
    """The sentences of a card: its text, where the article does not give it, and the reason.

    `against` is the best argument for another bin, where there is one.
    """

    text: Filled | None = None
    why: Filled
    against: Filled | None = None


class SortWords(Frozen):
    """The sentences of one sort, by the ids of its bins and cards."""

    bins: dict[Id, BinWords]
    cards: dict[Id, CardWords]


# --- a case -------------------------------------------------------------------------------------


class Card(Frozen):
    """A card with its text and its sentences; `line` is its line in the article, from 1."""

    id: str
    text: str
    line: int | None
    bin: str
    accepted: tuple[str, ...]
    sources: tuple[str, ...]
    why: str
    against: str | None


class Sort(Frozen):
    """A sort of a case: bins with their names, and cards."""

    id: str
    bins: dict[str, BinWords]
    cards: tuple[Card, ...]


# --- a task -------------------------------------------------------------------------------------


class TaskBin(Frozen):
    """A bin as a page needs it; the letter tells it apart where colour cannot."""

    id: str
    letter: str
    name: str
    what: str


class CardSource(Frozen):
    """A source named with a card's reason."""

    publisher: str
    title: str | None
    date: str | None
    url: str | None
    from_memory: bool


class TaskCard(Frozen):
    """A card as a page needs it; `fits` says of every bin how it stands to the key."""

    id: str
    text: str
    line: int | None
    fits: dict[str, Fit]
    why: str
    against: str | None
    sources: tuple[CardSource, ...]


class SortTask(Task):
    """The sort task: put each card into a bin, then compare with the key, card by card."""

    kind: Literal["sort"] = "sort"
    bins: tuple[TaskBin, ...]
    cards: tuple[TaskCard, ...]


# --- an answer and a score ----------------------------------------------------------------------


class SortAnswer(Frozen):
    """An answer to a sort task.

    `placed`: the bin of each card, by card id. `first`: the bin that a card lay in when its
    feedback was first seen. `dissent`: what the reader argues against, by card id.
    """

    placed: dict[str, str] = Field(default_factory=dict)
    first: dict[str, str] = Field(default_factory=dict)
    dissent: dict[str, ShortText] = Field(default_factory=dict)


class CardOutcome(Frozen):
    """Where a card was put, and how that stands to the key."""

    card: str
    bin: str
    fit: Fit


class SortScore(Frozen):
    """Counts of cards by how their bin stands to the key; `open` have no bin yet."""

    case: str
    task: str
    outcomes: tuple[CardOutcome, ...]
    key: int
    accepted: int
    other: int
    open: int
