"""The nouns of what is not there: words to look for, what each line adds, what was known when."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from copydesk.model.base import Filled, Frozen, Id

# What a line adds to a report: today's event, a party's words, or background.
Adds = Literal["today", "party", "background"]
ADDS: tuple[Adds, ...] = ("today", "party", "background")
# A day, or a month where the day is not known.
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
LineNumber = Annotated[int, Field(ge=1, strict=True)]


class PartEntry(Frozen):
    """A part that lines of the article play, and what such a line adds."""

    id: Id
    adds: Adds


class EventEntry(Frozen):
    """Something that could be known: its day, its source, and the lines that it bears on."""

    id: Id
    date: Day
    source: Id
    lines: tuple[LineNumber, ...] = Field(min_length=1)


class OmissionFile(Frozen):
    """omission.yml: words to look for, the parts that lines play, and dated events."""

    sought: tuple[Filled, ...] = Field(min_length=1)
    parts: tuple[PartEntry, ...] = Field(min_length=1)
    events: tuple[EventEntry, ...] = Field(min_length=1)


class EventWords(Frozen):
    """The sentences of an event: who issued it, and what it says, in a few words."""

    issuer: Filled
    what: Filled


class ReuseRow(Frozen):
    """One row of data/reuse.csv: a line of the article, and how much of it was printed again.

    `words`: its words as the comparison counted them. `share`: how many of these lie in runs of
    five words or more that the source has as well, 0..1. `longest_run`: the longest run, in words.
    """

    line: Annotated[int, Field(ge=1)]
    part: Id
    words: Annotated[int, Field(ge=1)]
    share: Annotated[float, Field(ge=0, le=1)]
    longest_run: Annotated[int, Field(ge=0)]
    source: Id


class Event(Frozen):
    """An event with its sentences."""

    entry: EventEntry
    words: EventWords
