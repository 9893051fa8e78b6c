"""The nouns of the source cards: outlets, and the same questions put to each of them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from copydesk.model.base import Filled, Frozen, Id, SourceEntry

# Asked of every outlet alike, in this order.
OutletQuestion = Literal["owner", "money", "appoints", "decisions", "record"]
OUTLET_QUESTIONS: tuple[OutletQuestion, ...] = ("owner", "money", "appoints", "decisions", "record")


class OutletAnswerEntry(Frozen):
    """How one answer is known: by its sources, or from memory, or both for different parts."""

    sources: tuple[Id, ...] = ()
    from_memory: bool = False


class OutletEntry(Frozen):
    """One outlet. A question that `answers` lacks is shown as not established, never left out."""

    id: Id
    answers: dict[OutletQuestion, OutletAnswerEntry] = Field(default_factory=dict)


class OutletsFile(Frozen):
    """outlets.yml: the outlets in the order in which their cards stand."""

    outlets: tuple[OutletEntry, ...] = Field(min_length=1)


class OutletWords(Frozen):
    """The sentences of one outlet: its name, its country, and an answer to each known question."""

    name: Filled
    country: Filled
    answers: dict[OutletQuestion, Filled] = Field(default_factory=dict)


class OutletAnswer(Frozen):
    """One question to an outlet; `text` is None where the answer is not established."""

    question: OutletQuestion
    text: str | None
    sources: tuple[SourceEntry, ...]
    from_memory: bool


class Outlet(Frozen):
    """An outlet with an answer, or its lack, to every question."""

    id: str
    name: str
    country: str
    answers: tuple[OutletAnswer, ...]
